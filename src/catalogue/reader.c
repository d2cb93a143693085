/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/reader-private.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "catalogue/account-role.h"
#include "catalogue/catalogue.h"
#include "facts/fact-key.h"

/* No text of the catalogue is near this; a file beyond it is no catalogue. */
#define FILE_MAX (4 * 1024 * 1024)
/* Tests are evaluated and freed by recursion, so no file may say how deep. */
#define DEPTH_MAX 16

void
presync_reader_error (PresyncReader *self, GError **error, const char *format, ...)
{
  int line = 0;
  int column = 0;
  va_list args;
  g_autofree char *message = NULL;
  g_autofree char *valid = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  /* GMarkup may quote a name of the file that is no UTF-8. */
  valid = g_utf8_make_valid (message, -1);
  g_markup_parse_context_get_position (self->context, &line, &column);
  /* GMarkup counts a line break to the line that it begins: column 1 is the end of a line. */
  if (column == 1 && line > 1)
    line--;
  line -= self->lines_back;
  g_clear_error (error);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s:%d: %s", self->file_name, line,
               valid);
}

PresyncReaderPlace
presync_reader_get_place (PresyncReader *self)
{
  return g_array_index (self->places, PresyncReaderPlace, self->places->len - 1);
}

static void
presync_reader_push (PresyncReader *self, PresyncReaderPlace place)
{
  g_array_append_val (self->places, place);
  if (place == IN_TEXT)
    g_string_truncate (self->text, 0);
}

/* (transfer none) (nullable): an attribute's value */
static const char *
presync_reader_get_attribute (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

/* Refuses attributes that are not in @allowed (separated by blanks). */
static gboolean
presync_reader_check_attributes (PresyncReader *self, const char *element, const char **names,
                                 const char *allowed, GError **error)
{
  g_auto (GStrv) list = g_strsplit (allowed, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) list, names[i]))
      {
        presync_reader_error (self, error, _ ("<%s> has no attribute “%s”"), element, names[i]);
        return FALSE;
      }
  return TRUE;
}

static gboolean
presync_reader_is_id (const char *text, gboolean upper)
{
  if (text == NULL || !(upper ? g_ascii_isupper (text[0]) : g_ascii_islower (text[0])))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!(upper ? g_ascii_isupper (*p) : g_ascii_islower (*p)) && !g_ascii_isdigit (*p)
        && *p != '-')
      return FALSE;
  return TRUE;
}

static void
presync_reader_take_date (PresyncReader *self, const char *text, GDate **slot, GError **error)
{
  GDate date;

  if (text == NULL)
    return;
  if (!presync_edition_parse (text, &date, NULL))
    presync_reader_error (self, error, _ ("“%s” is no date such as “2026-10-06”"), text);
  else
    *slot = g_date_copy (&date);
}

static void
presync_reader_start_document (PresyncReader *self, const char **names, const char **values,
                               GError **error)
{
  const char *id = presync_reader_get_attribute (names, values, "id");
  const char *date = presync_reader_get_attribute (names, values, "date");
  GDate day;

  if (!presync_reader_check_attributes (self, "document", names, "id date", error))
    return;
  if (!presync_reader_is_id (id, TRUE))
    presync_reader_error (self, error, _ ("“%s” is no name of a document"), id != NULL ? id : "");
  else if (g_hash_table_contains (self->result->documents, id))
    presync_reader_error (self, error, _ ("the document “%s” is defined twice"), id);
  else if (date == NULL || !presync_edition_parse (date, &day, NULL))
    presync_reader_error (self, error, _ ("“%s” is no date such as “2026-10-06”"),
                          date != NULL ? date : "");
  else
    {
      self->document = g_new0 (PresyncReference, 1);
      self->document->id = g_strdup (id);
      self->document->date = g_strdup (date);
      g_hash_table_insert (self->result->documents, self->document->id, self->document);
      presync_reader_push (self, IN_DOCUMENT);
    }
}

/* @id: (nullable): leaves the slot alone */
static gboolean
presync_reader_take_account (PresyncReader *self, const char *id, const char **slot, GError **error)
{
  const PresyncAccountRole *role = id != NULL ? presync_account_role_find (self->option, id) : NULL;

  if (id != NULL && role == NULL)
    {
      presync_reader_error (self, error, _ ("%s has no account “%s”"),
                            presync_option_title (self->option), id);
      return FALSE;
    }
  if (role != NULL)
    *slot = role->id;
  return TRUE;
}

static gboolean
presync_reader_has_requirement (PresyncReader *self, const char *id)
{
  for (guint i = 0; i < self->result->requirements->len; i++)
    if (g_str_equal (presync_requirement_get_id (g_ptr_array_index (self->result->requirements, i)),
                     id))
      return TRUE;
  return FALSE;
}

static void
presync_reader_start_requirement (PresyncReader *self, const char **names, const char **values,
                                  GError **error)
{
  const char *id = presync_reader_get_attribute (names, values, "id");
  const char *overview = presync_reader_get_attribute (names, values, "overview");

  if (!presync_reader_check_attributes (self, "requirement", names, "id overview account", error))
    return;
  if (!presync_reader_is_id (id, FALSE))
    presync_reader_error (self, error, _ ("“%s” is no id"), id != NULL ? id : "");
  else if (presync_reader_has_requirement (self, id))
    presync_reader_error (self, error, _ ("the requirement “%s” is defined twice"), id);
  else if (overview != NULL && !g_str_equal (overview, "true"))
    presync_reader_error (self, error, _ ("“overview” is “true” or missing, not “%s”"), overview);
  else
    {
      self->requirement = presync_requirement_new ();
      self->requirement->id = g_strdup (id);
      self->requirement->option = self->option;
      self->requirement->section = self->section;
      self->requirement->overview = overview != NULL;
      g_ptr_array_add (self->result->requirements, self->requirement);
      if (presync_reader_take_account (self,
                                       presync_reader_get_attribute (names, values, "account"),
                                       &self->requirement->account, error))
        presync_reader_push (self, IN_REQUIREMENT);
    }
}

static gboolean
presync_reader_take_severity (PresyncReader *self, const char *severity, const char *feature,
                              GError **error)
{
  PresyncCondition *condition = self->condition;
  gboolean found = FALSE;

  for (guint i = PRESYNC_SEVERITY_REQUIRED; i <= PRESYNC_SEVERITY_CONDITIONAL; i++)
    if (g_strcmp0 (severity, presync_severity_id (i)) == 0)
      {
        condition->severity = i;
        found = TRUE;
      }
  if (!found)
    {
      presync_reader_error (self, error, _ ("“%s” is no severity"),
                            severity != NULL ? severity : "");
      return FALSE;
    }
  if (feature != NULL)
    condition->feature = g_strconcat ("plan.", feature, NULL);
  if (condition->feature != NULL && presync_fact_key_find (condition->feature) == NULL)
    {
      presync_reader_error (self, error, _ ("there is no feature “%s”"), feature);
      return FALSE;
    }
  if (condition->severity == PRESYNC_SEVERITY_CONDITIONAL && feature == NULL)
    {
      presync_reader_error (self, error, _ ("a conditional condition names its “feature”"));
      return FALSE;
    }
  return TRUE;
}

static void
presync_reader_start_condition (PresyncReader *self, const char **names, const char **values,
                                GError **error)
{
  GError *date_error = NULL;
  const char *id = presync_reader_get_attribute (names, values, "id");
  const char *severity = presync_reader_get_attribute (names, values, "severity");
  const char *feature = presync_reader_get_attribute (names, values, "feature");

  if (!presync_reader_check_attributes (self, "condition", names,
                                        "id severity feature account from until", error))
    return;
  if (!presync_reader_is_id (id, FALSE))
    {
      presync_reader_error (self, error, _ ("“%s” is no id"), id != NULL ? id : "");
      return;
    }
  self->condition = presync_condition_new ();
  g_ptr_array_add (self->requirement->conditions, self->condition);
  self->condition->id = g_strdup (id);
  self->condition->account = self->requirement->account;
  if (!presync_reader_take_severity (self, severity, feature, error)
      || !presync_reader_take_account (self,
                                       presync_reader_get_attribute (names, values, "account"),
                                       &self->condition->account, error))
    return;
  presync_reader_take_date (self, presync_reader_get_attribute (names, values, "from"),
                            &self->condition->from, &date_error);
  if (date_error == NULL)
    presync_reader_take_date (self, presync_reader_get_attribute (names, values, "until"),
                              &self->condition->until, &date_error);
  if (date_error != NULL)
    g_propagate_error (error, date_error);
  else
    presync_reader_push (self, IN_CONDITION);
}

static const PresyncReference *
presync_reader_find_document (PresyncReader *self, const char *element, const char **names,
                              const char **values, GError **error)
{
  const char *id = presync_reader_get_attribute (names, values, "document");
  const PresyncReference *reference = NULL;

  if (!presync_reader_check_attributes (self, element, names, "document", error))
    return NULL;
  if (id != NULL)
    reference = g_hash_table_lookup (self->result->documents, id);
  if (reference == NULL)
    presync_reader_error (self, error, _ ("no document “%s” is defined"), id != NULL ? id : "");
  return reference;
}

/* <test>, <only-when> or <unless> */
static gboolean
presync_reader_open_test (PresyncReader *self, const char *element, GError **error)
{
  if (*self->test_slot != NULL)
    {
      presync_reader_error (self, error, _ ("<%s> stands twice"), element);
      return FALSE;
    }
  presync_reader_push (self, IN_TEST);
  return TRUE;
}

static void
presync_reader_start_in_condition (PresyncReader *self, const char *element, const char **names,
                                   const char **values, GError **error)
{
  static const char *const texts[] = { "title", "needed", "why", NULL };
  const PresyncReference *reference;

  if (g_strv_contains (texts, element))
    presync_reader_push (self, IN_TEXT);
  else if (g_str_equal (element, "test") || g_str_equal (element, "only-when"))
    {
      self->test_slot
          = g_str_equal (element, "test") ? &self->condition->test : &self->condition->only_when;
      if (!presync_reader_open_test (self, element, error))
        return;
    }
  else if (g_str_equal (element, "advice"))
    {
      self->advice = g_new0 (PresyncAdvice, 1);
      g_ptr_array_add (self->condition->advice, self->advice);
      presync_reader_push (self, IN_ADVICE);
    }
  else if (g_str_equal (element, "provided") && self->condition->provided != NULL)
    {
      presync_reader_error (self, error, _ ("<%s> stands twice"), element);
      return;
    }
  else if (g_str_equal (element, "provided"))
    {
      self->condition->provided = g_new0 (PresyncProvided, 1);
      presync_reader_push (self, IN_PROVIDED);
    }
  else if (g_str_equal (element, "fix") || g_str_equal (element, "find-out"))
    presync_reader_push (self, g_str_equal (element, "fix") ? IN_FIX : IN_FIND_OUT);
  else if (g_str_equal (element, "figure") || g_str_equal (element, "source"))
    {
      reference = presync_reader_find_document (self, element, names, values, error);
      if (reference == NULL)
        return;
      if (g_str_equal (element, "figure"))
        self->figure_reference = reference;
      else
        g_ptr_array_add (self->condition->references, (gpointer) reference);
      presync_reader_push (self, IN_TEXT);
      return;
    }
  else
    {
      presync_reader_error (self, error, _ ("unknown element <%s> in <condition>"), element);
      return;
    }
  presync_reader_check_attributes (self, element, names, "", error);
}

static void
presync_reader_start_test (PresyncReader *self, const char *element, const char **names,
                           const char **values, GError **error)
{
  PresyncTest *test;
  PresyncTest *parent = NULL;
  g_autoptr (GError) local = NULL;

  if (self->open_tests->len > 0)
    parent = g_ptr_array_index (self->open_tests, self->open_tests->len - 1);
  if (parent != NULL && parent->kind == PRESYNC_TEST_ONE_OF && g_str_equal (element, "value"))
    {
      presync_reader_push (self, IN_TEXT);
      return;
    }
  if (self->open_tests->len >= DEPTH_MAX)
    {
      presync_reader_error (self, error, _ ("tests stand more than %d deep in each other"),
                            DEPTH_MAX);
      return;
    }
  test = presync_reader_make_test (element, names, values, &local);
  if (test == NULL)
    {
      presync_reader_error (self, error, "%s", local->message);
      return;
    }
  if (parent != NULL && parent->children != NULL)
    g_ptr_array_add (parent->children, test);
  else if (parent == NULL && *self->test_slot == NULL)
    *self->test_slot = test;
  else
    {
      presync_test_free (test);
      presync_reader_error (self, error, _ ("<%s> is one test too many"), element);
      return;
    }
  g_ptr_array_add (self->open_tests, test);
  presync_reader_push (self, IN_TEST);
}

static void
presync_reader_start_root (PresyncReader *self, const char *element, const char **names,
                           const char **values, GError **error)
{
  if (g_str_equal (element, "documents"))
    {
      presync_reader_check_attributes (self, element, names, "", error);
      presync_reader_push (self, IN_DOCUMENTS);
    }
  else if (g_str_equal (element, "catalogue"))
    {
      const char *option = presync_reader_get_attribute (names, values, "option");
      if (!presync_reader_check_attributes (self, element, names, "option", error))
        return;
      if (option == NULL || !presync_option_from_id (option, &self->option))
        presync_reader_error (self, error, _ ("“%s” is no option"), option != NULL ? option : "");
      presync_reader_push (self, IN_CATALOGUE);
    }
  else
    presync_reader_error (self, error, _ ("unknown element <%s>"), element);
}

static void
presync_reader_start_section (PresyncReader *self, const char **names, const char **values,
                              GError **error)
{
  const char *id = presync_reader_get_attribute (names, values, "id");

  if (!presync_reader_check_attributes (self, "section", names, "id", error))
    return;
  if (id == NULL || !presync_section_from_id (id, &self->section))
    presync_reader_error (self, error, _ ("“%s” is no section"), id != NULL ? id : "");
  presync_reader_push (self, IN_SECTION);
}

static void
presync_reader_start_text (PresyncReader *self, const char *element, const char **names,
                           const char *allowed, GError **error)
{
  g_auto (GStrv) list = g_strsplit (allowed, " ", -1);

  if (!g_strv_contains ((const char *const *) list, element))
    presync_reader_error (self, error, _ ("unknown element <%s>"), element);
  else if (presync_reader_check_attributes (self, element, names, "", error))
    presync_reader_push (self, IN_TEXT);
}

static void
presync_reader_start_cb (GMarkupParseContext *context, const char *element, const char **names,
                         const char **values, gpointer user_data, GError **error)
{
  PresyncReader *self = user_data;
  PresyncReaderPlace place = presync_reader_get_place (self);

  if (place == IN_NOTHING)
    presync_reader_start_root (self, element, names, values, error);
  else if (place == IN_DOCUMENTS && g_str_equal (element, "document"))
    presync_reader_start_document (self, names, values, error);
  else if (place == IN_DOCUMENT)
    presync_reader_start_text (self, element, names, "title url", error);
  else if (place == IN_CATALOGUE && g_str_equal (element, "section"))
    presync_reader_start_section (self, names, values, error);
  else if (place == IN_SECTION && g_str_equal (element, "requirement"))
    presync_reader_start_requirement (self, names, values, error);
  else if (place == IN_REQUIREMENT && g_str_equal (element, "condition"))
    presync_reader_start_condition (self, names, values, error);
  else if (place == IN_REQUIREMENT)
    presync_reader_start_text (self, element, names, "title why", error);
  else if (place == IN_CONDITION)
    presync_reader_start_in_condition (self, element, names, values, error);
  else if ((place == IN_ADVICE && g_str_equal (element, "unless"))
           || (place == IN_PROVIDED && g_str_equal (element, "test")))
    {
      self->test_slot = place == IN_ADVICE ? &self->advice->test : &self->condition->provided->test;
      if (presync_reader_open_test (self, element, error))
        presync_reader_check_attributes (self, element, names, "", error);
    }
  else if (place == IN_ADVICE || place == IN_PROVIDED)
    presync_reader_start_text (self, element, names, "text", error);
  else if (place == IN_FIX || place == IN_FIND_OUT)
    presync_reader_start_text (self, element, names, "step command", error);
  else if (place == IN_TEST)
    presync_reader_start_test (self, element, names, values, error);
  else
    presync_reader_error (self, error, _ ("unknown element <%s>"), element);
}

static void
presync_reader_text_cb (GMarkupParseContext *context, const char *text, gsize length,
                        gpointer user_data, GError **error)
{
  PresyncReader *self = user_data;

  gsize start = 0;

  if (presync_reader_get_place (self) == IN_TEXT)
    {
      g_string_append_len (self->text, text, (gssize) length);
      return;
    }
  while (start < length && g_ascii_isspace (text[start]))
    start++;
  if (start == length)
    return;
  /* The parser tells of a text when it has read all of it. */
  for (gsize i = start; i < length; i++)
    self->lines_back += text[i] == '\n' ? 1 : 0;
  presync_reader_error (self, error, _ ("text stands where none belongs"));
}

static gboolean
presync_reader_load (const char *file, char **text, gsize *length, GError **error)
{
  g_autofree char *buffer = g_malloc (FILE_MAX + 1);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) gfile = g_str_has_prefix (file, "resource://")
                                ? g_file_new_for_uri (file)
                                : g_file_new_for_commandline_arg (file);
  g_autoptr (GFileInputStream) stream = g_file_read (gfile, NULL, &local);

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, FILE_MAX + 1, length, NULL,
                                   &local))
    {
      g_autofree char *reason = presync_error_dup_reason (local);

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The catalogue “%s” could not be read: %s"), file, reason);
      return FALSE;
    }
  if (*length > FILE_MAX)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The catalogue “%s” is larger than %d bytes"), file, FILE_MAX);
      return FALSE;
    }
  *text = g_steal_pointer (&buffer);
  return TRUE;
}

/* GMarkup lets NUL through, which would end a text early, and is vague on bad UTF-8. */
static gboolean
presync_reader_check_text (const char *name, const char *text, gsize length, GError **error)
{
  const char *end = NULL;
  int line = 1;

  if (g_utf8_validate (text, (gssize) length, &end))
    return TRUE;
  for (const char *p = text; p < end; p++)
    line += *p == '\n' ? 1 : 0;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("%s:%d: this is not UTF-8 text"),
               name, line);
  return FALSE;
}

gboolean
presync_reader_read_file (const char *file, PresyncReaderResult *result, GError **error)
{
  static const GMarkupParser parser = { .start_element = presync_reader_start_cb,
                                        .end_element = presync_reader_end_cb,
                                        .text = presync_reader_text_cb };
  PresyncReaderPlace nowhere = IN_NOTHING;
  gsize length = 0;
  gboolean ok;
  g_autofree char *text = NULL;
  g_autofree char *name = g_path_get_basename (file);
  g_autoptr (GError) local = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (PresyncReaderPlace));
  g_autoptr (GPtrArray) open_tests = g_ptr_array_new ();
  g_autoptr (GString) buffer = g_string_new (NULL);
  PresyncReader self = {
    .result = result, .file_name = name, .places = places, .text = buffer, .open_tests = open_tests
  };

  if (!presync_reader_load (file, &text, &length, error)
      || !presync_reader_check_text (name, text, length, error))
    return FALSE;
  g_array_append_val (places, nowhere);
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &self, NULL);
  self.context = context;
  ok = g_markup_parse_context_parse (context, text, (gssize) length, &local)
       && g_markup_parse_context_end_parse (context, &local);
  if (ok)
    return TRUE;
  if (local->domain != PRESYNC_ERROR)
    {
      /* "Error on line 3 char 5: …": our own place is enough. */
      const char *colon = strstr (local->message, ": ");
      g_autofree char *message = g_strdup (colon != NULL ? colon + 2 : local->message);
      presync_reader_error (&self, &local, "%s", message);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
