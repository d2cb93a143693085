/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/reader-private.h"

#include <glib/gi18n.h>

/* White space is folded, as the ITS rules of gettext do by default; so the text is its own key. */
static char *
presync_reader_fold (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto (GStrv) words = g_strsplit_set (stripped, " \t\r\n", -1);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (folded, "%s%s", folded->len > 0 ? " " : "", words[i]);
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static void
presync_reader_set_once (PresyncReader *self, const char *element, char **slot, const char *text,
                         GError **error)
{
  if (*slot != NULL)
    presync_reader_error (self, error, _ ("<%s> stands twice"), element);
  else
    *slot = g_strdup (text);
}

static void
presync_reader_add_step (PresyncReader *self, const char *element, const char *text,
                         PresyncReaderPlace place)
{
  PresyncStep *step = g_new0 (PresyncStep, 1);

  step->is_command = g_str_equal (element, "command");
  /* A command is copied as it stands; only the blanks around it are the file's. */
  step->text = step->is_command ? g_strstrip (g_strdup (self->text->str)) : g_strdup (_ (text));
  g_ptr_array_add (place == IN_FIX ? self->condition->fix : self->condition->find_out, step);
}

static void
presync_reader_add_value (PresyncReader *self, const char *text)
{
  PresyncTest *test = g_ptr_array_index (self->open_tests, self->open_tests->len - 1);
  guint n = test->values != NULL ? g_strv_length (test->values) : 0;

  test->values = g_renew (char *, test->values, n + 2);
  test->values[n] = g_strdup (text);
  test->values[n + 1] = NULL;
}

static void
presync_reader_end_text (PresyncReader *self, const char *element, GError **error)
{
  PresyncReaderPlace place = presync_reader_get_place (self);
  g_autofree char *text = presync_reader_fold (self->text->str);

  if (g_str_equal (element, "source"))
    {
      if (text[0] != '\0')
        presync_reader_error (self, error, _ ("text stands where none belongs"));
      return;
    }
  if (text[0] == '\0')
    presync_reader_error (self, error, _ ("<%s> is empty"), element);
  else if (place == IN_DOCUMENT)
    presync_reader_set_once (self, element,
                             g_str_equal (element, "title") ? &self->document->title
                                                            : &self->document->url,
                             text, error);
  else if (place == IN_REQUIREMENT)
    presync_reader_set_once (self, element,
                             g_str_equal (element, "title") ? &self->requirement->title
                                                            : &self->requirement->why,
                             _ (text), error);
  else if (place == IN_ADVICE)
    presync_reader_set_once (self, element, &self->advice->text, _ (text), error);
  else if (place == IN_PROVIDED)
    presync_reader_set_once (self, element, &self->condition->provided->text, _ (text), error);
  else if (place == IN_FIX || place == IN_FIND_OUT)
    presync_reader_add_step (self, element, text, place);
  else if (place == IN_TEST)
    presync_reader_add_value (self, text);
  else if (g_str_equal (element, "figure"))
    {
      PresyncFigure *figure = g_new0 (PresyncFigure, 1);
      figure->value = g_strdup (_ (text));
      figure->reference = self->figure_reference;
      g_ptr_array_add (self->condition->figures, figure);
    }
  else
    presync_reader_set_once (self, element,
                             g_str_equal (element, "title")    ? &self->condition->title
                             : g_str_equal (element, "needed") ? &self->condition->needed
                                                               : &self->condition->why,
                             _ (text), error);
}

static gboolean
presync_reader_overlaps (PresyncCondition *a, PresyncCondition *b)
{
  gboolean a_before_b
      = a->until != NULL && b->from != NULL && g_date_compare (a->until, b->from) <= 0;
  gboolean b_before_a
      = b->until != NULL && a->from != NULL && g_date_compare (b->until, a->from) <= 0;

  return !a_before_b && !b_before_a;
}

static gboolean
presync_reader_is_duplicate (PresyncReader *self)
{
  for (guint i = 0; i < self->result->requirements->len; i++)
    {
      PresyncRequirement *requirement = g_ptr_array_index (self->result->requirements, i);
      for (guint j = 0; j < requirement->conditions->len; j++)
        {
          PresyncCondition *other = g_ptr_array_index (requirement->conditions, j);
          if (other != self->condition && g_str_equal (other->id, self->condition->id)
              && (requirement != self->requirement
                  || presync_reader_overlaps (other, self->condition)))
            return TRUE;
        }
    }
  return FALSE;
}

static void
presync_reader_end_condition (PresyncReader *self, GError **error)
{
  PresyncCondition *condition = self->condition;

  if (condition->title == NULL || condition->needed == NULL || condition->test == NULL
      || condition->fix->len == 0 || condition->find_out->len == 0)
    presync_reader_error (self, error,
                          _ ("the condition “%s” lacks one of title, needed, test, fix, find-out"),
                          condition->id);
  else if (condition->from != NULL && condition->until != NULL
           && g_date_compare (condition->from, condition->until) >= 0)
    presync_reader_error (self, error, _ ("the condition “%s” ends before it begins"),
                          condition->id);
  else if (presync_reader_is_duplicate (self))
    presync_reader_error (self, error, _ ("the condition “%s” is defined twice for one date"),
                          condition->id);
  else
    presync_condition_seal (condition);
}

static void
presync_reader_end_test (PresyncReader *self, const char *element, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->open_tests->len > 0)
    {
      PresyncTest *test = g_ptr_array_index (self->open_tests, self->open_tests->len - 1);
      g_ptr_array_set_size (self->open_tests, (int) self->open_tests->len - 1);
      if (!presync_reader_check_test (test, &local))
        presync_reader_error (self, error, "%s", local->message);
    }
  else if (*self->test_slot == NULL)
    presync_reader_error (self, error, _ ("<%s> is empty"), element);
}

void
presync_reader_end_cb (GMarkupParseContext *context, const char *element, gpointer user_data,
                       GError **error)
{
  PresyncReader *self = user_data;
  PresyncReaderPlace place = presync_reader_get_place (self);

  g_array_set_size (self->places, self->places->len - 1);
  if (place == IN_TEXT)
    presync_reader_end_text (self, element, error);
  else if (place == IN_TEST)
    presync_reader_end_test (self, element, error);
  else if (place == IN_ADVICE && (self->advice->test == NULL || self->advice->text == NULL))
    presync_reader_error (self, error, _ ("<advice> lacks <unless> or <text>"));
  else if (place == IN_PROVIDED
           && (self->condition->provided->test == NULL || self->condition->provided->text == NULL))
    presync_reader_error (self, error, _ ("<provided> lacks <test> or <text>"));
  else if (place == IN_CONDITION)
    presync_reader_end_condition (self, error);
  else if (place == IN_REQUIREMENT
           && (self->requirement->title == NULL || self->requirement->why == NULL
               || self->requirement->conditions->len == 0))
    presync_reader_error (self, error, _ ("the requirement “%s” lacks title, why or a condition"),
                          self->requirement->id);
  else if (place == IN_DOCUMENT && (self->document->title == NULL || self->document->url == NULL))
    presync_reader_error (self, error, _ ("the document “%s” lacks title or url"),
                          self->document->id);
}
