/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/test.h"

static const char *
presync_test_kind_id (PresyncTestKind kind)
{
  static const char *const ids[] = {
    [PRESYNC_TEST_IS_TRUE] = "is-true",
    [PRESYNC_TEST_IS_FALSE] = "is-false",
    [PRESYNC_TEST_AT_LEAST] = "at-least",
    [PRESYNC_TEST_AT_MOST] = "at-most",
    [PRESYNC_TEST_EQUALS] = "equals",
    [PRESYNC_TEST_ONE_OF] = "one-of",
    [PRESYNC_TEST_CONTAINS] = "contains",
    [PRESYNC_TEST_VERSION_AT_LEAST] = "version-at-least",
    [PRESYNC_TEST_OLDER_THAN] = "older-than",
    [PRESYNC_TEST_IS_KNOWN] = "is-known",
    [PRESYNC_TEST_IS_COLLECTED] = "is-collected",
    [PRESYNC_TEST_AGREES] = "agrees",
    [PRESYNC_TEST_SHARES] = "shares",
    [PRESYNC_TEST_SAME] = "same",
    [PRESYNC_TEST_ALL] = "all",
    [PRESYNC_TEST_ANY] = "any",
    [PRESYNC_TEST_NOT] = "not",
    [PRESYNC_TEST_BUILT_IN] = "built-in",
    [PRESYNC_TEST_BY_PERSON] = "by-person",
  };

  return ids[kind];
}

gboolean
presync_test_kind_from_id (const char *id, PresyncTestKind *kind)
{
  g_return_val_if_fail (id != NULL && kind != NULL, FALSE);
  for (guint i = PRESYNC_TEST_IS_TRUE; i <= PRESYNC_TEST_BY_PERSON; i++)
    if (g_str_equal (presync_test_kind_id (i), id))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

PresyncTest *
presync_test_new (PresyncTestKind kind)
{
  PresyncTest *self = g_new0 (PresyncTest, 1);
  self->kind = kind;
  return self;
}

void
presync_test_free (PresyncTest *self)
{
  if (self == NULL)
    return;
  g_free (self->fact);
  g_free (self->with);
  g_strfreev (self->values);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

static void
presync_test_append (const PresyncTest *self, GString *text)
{
  const char *id = presync_test_kind_id (self->kind);

  if (self->children != NULL)
    {
      g_string_append_printf (text, "%s (", id);
      for (guint i = 0; i < self->children->len; i++)
        {
          if (i > 0)
            g_string_append (text, ", ");
          presync_test_append (g_ptr_array_index (self->children, i), text);
        }
      g_string_append_c (text, ')');
      return;
    }
  if (self->fact != NULL)
    g_string_append_printf (text, "%s%s ", self->for_any ? "any " : "", self->fact);
  g_string_append (text, id);
  if (self->with != NULL)
    g_string_append_printf (text, " %s", self->with);
  if (self->values != NULL)
    {
      g_autofree char *values = g_strjoinv ("|", self->values);
      g_string_append_printf (text, " %s", values);
    }
  else if (self->with == NULL
           && (self->kind == PRESYNC_TEST_AT_LEAST || self->kind == PRESYNC_TEST_AT_MOST
               || self->kind == PRESYNC_TEST_EQUALS || self->kind == PRESYNC_TEST_OLDER_THAN))
    g_string_append_printf (text, " %" G_GINT64_FORMAT "%s", self->number,
                            self->kind == PRESYNC_TEST_OLDER_THAN ? " hours" : "");
}

char *
presync_test_dup_text (const PresyncTest *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  presync_test_append (self, text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
presync_test_collect_facts (const PresyncTest *self, GHashTable *keys)
{
  g_return_if_fail (self != NULL && keys != NULL);
  if (self->fact != NULL)
    g_hash_table_add (keys, self->fact);
  if (self->with != NULL)
    g_hash_table_add (keys, self->with);
  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    presync_test_collect_facts (g_ptr_array_index (self->children, i), keys);
}
