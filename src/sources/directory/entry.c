/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/entry.h"

#include <string.h>

typedef struct
{
  char *name;
  GPtrArray *values; /* of GBytes */
} PresyncAttribute;

struct _PresyncEntry
{
  char *dn;
  GPtrArray *attributes; /* of PresyncAttribute: few, so a list is quicker than a table */
};

/* 1601-01-01 to 1970-01-01, in seconds: [MS-DTYP] 2.3.3 FILETIME */
#define FILETIME_TO_UNIX G_GINT64_CONSTANT (11644473600)
#define FILETIME_SECOND G_GINT64_CONSTANT (10000000)

static void
presync_attribute_free (PresyncAttribute *attribute)
{
  g_free (attribute->name);
  g_ptr_array_unref (attribute->values);
  g_free (attribute);
}

static PresyncAttribute *
presync_entry_find (const PresyncEntry *self, const char *name)
{
  for (guint i = 0; i < self->attributes->len; i++)
    {
      PresyncAttribute *attribute = g_ptr_array_index (self->attributes, i);
      if (g_ascii_strcasecmp (attribute->name, name) == 0)
        return attribute;
    }
  return NULL;
}

PresyncEntry *
presync_entry_new (const char *dn)
{
  PresyncEntry *self;

  g_return_val_if_fail (dn != NULL, NULL);

  self = g_new0 (PresyncEntry, 1);
  self->dn = g_strdup (dn);
  self->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_attribute_free);
  return self;
}

void
presync_entry_free (PresyncEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->dn);
  g_ptr_array_unref (self->attributes);
  g_free (self);
}

PresyncEntry *
presync_entry_copy (const PresyncEntry *self)
{
  PresyncEntry *copy = presync_entry_new (self->dn);

  for (guint i = 0; i < self->attributes->len; i++)
    {
      PresyncAttribute *attribute = g_ptr_array_index (self->attributes, i);
      for (guint j = 0; j < attribute->values->len; j++)
        presync_entry_add (copy, attribute->name,
                           g_bytes_ref (g_ptr_array_index (attribute->values, j)));
    }
  return copy;
}

const char *
presync_entry_get_dn (const PresyncEntry *self)
{
  return self->dn;
}

void
presync_entry_add (PresyncEntry *self, const char *attribute, GBytes *value)
{
  PresyncAttribute *found;

  g_return_if_fail (self != NULL && attribute != NULL && value != NULL);

  found = presync_entry_find (self, attribute);
  if (found == NULL)
    {
      found = g_new0 (PresyncAttribute, 1);
      found->name = g_strdup (attribute);
      found->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      g_ptr_array_add (self->attributes, found);
    }
  g_ptr_array_add (found->values, value);
}

GPtrArray *
presync_entry_get_values (const PresyncEntry *self, const char *attribute)
{
  PresyncAttribute *found;

  g_return_val_if_fail (self != NULL && attribute != NULL, NULL);

  found = presync_entry_find (self, attribute);
  return found == NULL ? NULL : found->values;
}

GPtrArray *
presync_entry_list_attributes (const PresyncEntry *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < self->attributes->len; i++)
    g_ptr_array_add (names, ((PresyncAttribute *) g_ptr_array_index (self->attributes, i))->name);
  return names;
}

/* (transfer full) (nullable): @value if it is text that can be shown and compared */
static char *
presync_entry_value_text (GBytes *value)
{
  gsize size;
  const char *data = g_bytes_get_data (value, &size);

  if (size == 0)
    return g_strdup ("");
  if (!g_utf8_validate_len (data, size, NULL))
    return NULL;
  return g_strndup (data, size);
}

char *
presync_entry_dup_text (const PresyncEntry *self, const char *attribute)
{
  GPtrArray *values = presync_entry_get_values (self, attribute);

  if (values == NULL || values->len == 0)
    return NULL;
  return presync_entry_value_text (g_ptr_array_index (values, 0));
}

char **
presync_entry_dup_texts (const PresyncEntry *self, const char *attribute)
{
  GPtrArray *values = presync_entry_get_values (self, attribute);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      g_autofree char *text = presync_entry_value_text (g_ptr_array_index (values, i));
      if (text != NULL)
        g_ptr_array_add (texts, g_steal_pointer (&text));
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_steal (texts, NULL);
}

gboolean
presync_entry_get_integer (const PresyncEntry *self, const char *attribute, gint64 *value)
{
  g_autofree char *text = presync_entry_dup_text (self, attribute);

  return text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
presync_entry_get_boolean (const PresyncEntry *self, const char *attribute, gboolean *value)
{
  g_autofree char *text = presync_entry_dup_text (self, attribute);

  if (text == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (text, "TRUE") != 0 && g_ascii_strcasecmp (text, "FALSE") != 0)
    return FALSE;
  *value = g_ascii_strcasecmp (text, "TRUE") == 0;
  return TRUE;
}

/* The @n digits at @text as a number, or -1 */
static int
presync_entry_digits (const char *text, guint n)
{
  int number = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      number = number * 10 + g_ascii_digit_value (text[i]);
    }
  return number;
}

/* GeneralizedTime, RFC 4517 3.3.13, with seconds: YYYYMMDDHHMMSS[.f](Z|+hhmm|-hhmm) */
static GDateTime *
presync_entry_parse_generalized (const char *text)
{
  static const guint lengths[] = { 4, 2, 2, 2, 2, 2 };
  int part[G_N_ELEMENTS (lengths)];
  const char *p = text;
  int hours, minutes;
  g_autoptr (GDateTime) local = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (lengths); p += lengths[i], i++)
    {
      part[i] = presync_entry_digits (p, lengths[i]);
      if (part[i] < 0)
        return NULL;
    }
  if (*p == '.' || *p == ',')
    for (p++; g_ascii_isdigit (*p);)
      p++;
  local = g_date_time_new_utc (part[0], part[1], part[2], part[3], part[4], part[5]);
  if (local == NULL)
    return NULL;
  if (strcmp (p, "Z") == 0)
    return g_steal_pointer (&local);
  if ((*p != '+' && *p != '-') || strlen (p) != 5)
    return NULL;
  hours = presync_entry_digits (p + 1, 2);
  minutes = presync_entry_digits (p + 3, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return NULL;
  return g_date_time_add_minutes (local, (*p == '+' ? -1 : 1) * (hours * 60 + minutes));
}

GDateTime *
presync_entry_dup_time (const PresyncEntry *self, const char *attribute)
{
  g_autofree char *text = presync_entry_dup_text (self, attribute);
  gint64 ticks;

  if (text == NULL)
    return NULL;
  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &ticks, NULL))
    return presync_entry_parse_generalized (text);
  if (ticks <= 0 || ticks == G_MAXINT64) /* "never" */
    return NULL;
  return g_date_time_new_from_unix_utc (ticks / FILETIME_SECOND - FILETIME_TO_UNIX);
}

gboolean
presync_entry_has_text (const PresyncEntry *self, const char *attribute, const char *text)
{
  g_auto (GStrv) texts = presync_entry_dup_texts (self, attribute);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; texts[i] != NULL; i++)
    {
      g_autofree char *candidate = g_utf8_casefold (texts[i], -1);
      if (strcmp (candidate, folded) == 0)
        return TRUE;
    }
  return FALSE;
}
