/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/filter.h"

#include "base/error.h"
#include "sources/directory/dn.h"

#include <string.h>
#include <glib/gi18n.h>

/* [MS-ADTS] 3.1.1.3.4.4: LDAP_MATCHING_RULE_BIT_AND and _BIT_OR */
#define RULE_BIT_AND "1.2.840.113556.1.4.803"
#define RULE_BIT_OR "1.2.840.113556.1.4.804"
/* Ours are three deep; a bound so that hostile text cannot exhaust the stack */
#define MAX_DEPTH 64

typedef enum
{
  FILTER_AND,
  FILTER_OR,
  FILTER_NOT,
  FILTER_PRESENT,
  FILTER_EQUAL,
  FILTER_SUBSTRINGS,
  FILTER_AT_LEAST,
  FILTER_AT_MOST,
  FILTER_ALL_BITS,
  FILTER_ANY_BIT,
} PresyncFilterKind;

struct _PresyncFilter
{
  PresyncFilterKind kind;
  GPtrArray *children; /* and, or, not */
  char *attribute;
  /* The assertion between its wildcards, each a GBytes; one piece unless FILTER_SUBSTRINGS */
  GPtrArray *pieces;
};

typedef struct
{
  const char *text;
  const char *p;
  guint depth;
  GError **error;
} PresyncFilterParser;

void
presync_filter_free (PresyncFilter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_free (self->attribute);
  g_free (self);
}

static PresyncFilter *
presync_filter_new (PresyncFilterKind kind)
{
  PresyncFilter *self = g_new0 (PresyncFilter, 1);

  self->kind = kind;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_filter_free);
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return self;
}

static gpointer
presync_filter_fail (PresyncFilterParser *parser)
{
  g_set_error (parser->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("The LDAP filter “%s” cannot be understood from character %u on."), parser->text,
               (guint) (parser->p - parser->text) + 1);
  return NULL;
}

static gboolean
presync_filter_is_name_char (char c)
{
  return g_ascii_isalnum (c) || c == '-' || c == '.' || c == ';';
}

/* Value up to the closing parenthesis, unescaped and split at wildcards */
static gboolean
presync_filter_parse_value (PresyncFilterParser *parser, PresyncFilter *filter)
{
  g_autoptr (GByteArray) piece = g_byte_array_new ();

  for (;; parser->p++)
    {
      guint8 byte = (guint8) *parser->p;

      if (byte == '\0' || byte == '(')
        return FALSE;
      if (byte == ')' || byte == '*')
        {
          g_ptr_array_add (filter->pieces, g_byte_array_free_to_bytes (g_steal_pointer (&piece)));
          piece = g_byte_array_new ();
          if (byte == ')')
            return TRUE;
          continue;
        }
      if (byte == '\\')
        {
          if (!g_ascii_isxdigit (parser->p[1]) || !g_ascii_isxdigit (parser->p[2]))
            return FALSE;
          byte = (guint8) (g_ascii_xdigit_value (parser->p[1]) << 4
                           | g_ascii_xdigit_value (parser->p[2]));
          parser->p += 2;
        }
      g_byte_array_append (piece, &byte, 1);
    }
}

static gboolean
presync_filter_starts (PresyncFilterParser *parser, const char *token)
{
  if (!g_str_has_prefix (parser->p, token))
    return FALSE;
  parser->p += strlen (token);
  return TRUE;
}

static gboolean
presync_filter_parse_operator (PresyncFilterParser *parser, PresyncFilterKind *kind)
{
  if (presync_filter_starts (parser, ":" RULE_BIT_AND ":="))
    *kind = FILTER_ALL_BITS;
  else if (presync_filter_starts (parser, ":" RULE_BIT_OR ":="))
    *kind = FILTER_ANY_BIT;
  else if (presync_filter_starts (parser, ">="))
    *kind = FILTER_AT_LEAST;
  else if (presync_filter_starts (parser, "<="))
    *kind = FILTER_AT_MOST;
  else if (presync_filter_starts (parser, "~=") || presync_filter_starts (parser, "="))
    *kind = FILTER_EQUAL;
  else
    return FALSE;
  return TRUE;
}

static PresyncFilter *
presync_filter_parse_item (PresyncFilterParser *parser)
{
  g_autoptr (PresyncFilter) filter = presync_filter_new (FILTER_EQUAL);
  const char *name = parser->p;

  while (presync_filter_is_name_char (*parser->p))
    parser->p++;
  filter->attribute = g_strndup (name, (gsize) (parser->p - name));
  if (filter->attribute[0] == '\0' || !presync_filter_parse_operator (parser, &filter->kind)
      || !presync_filter_parse_value (parser, filter))
    return presync_filter_fail (parser);
  if (filter->pieces->len == 1)
    return g_steal_pointer (&filter);
  if (filter->kind != FILTER_EQUAL)
    return presync_filter_fail (parser);
  filter->kind = FILTER_SUBSTRINGS;
  if (filter->pieces->len == 2 && g_bytes_get_size (filter->pieces->pdata[0]) == 0
      && g_bytes_get_size (filter->pieces->pdata[1]) == 0)
    filter->kind = FILTER_PRESENT;
  return g_steal_pointer (&filter);
}

static PresyncFilter *presync_filter_parse_one (PresyncFilterParser *parser);

static PresyncFilter *
presync_filter_parse_list (PresyncFilterParser *parser, PresyncFilterKind kind)
{
  g_autoptr (PresyncFilter) filter = presync_filter_new (kind);

  parser->p++;
  while (*parser->p == '(')
    {
      PresyncFilter *child = presync_filter_parse_one (parser);
      if (child == NULL)
        return NULL;
      g_ptr_array_add (filter->children, child);
    }
  if (kind == FILTER_NOT && filter->children->len != 1)
    return presync_filter_fail (parser);
  return g_steal_pointer (&filter);
}

static PresyncFilter *
presync_filter_parse_one (PresyncFilterParser *parser)
{
  g_autoptr (PresyncFilter) filter = NULL;

  if (*parser->p != '(' || parser->depth >= MAX_DEPTH)
    return presync_filter_fail (parser);
  parser->p++;
  parser->depth++;
  if (*parser->p == '&')
    filter = presync_filter_parse_list (parser, FILTER_AND);
  else if (*parser->p == '|')
    filter = presync_filter_parse_list (parser, FILTER_OR);
  else if (*parser->p == '!')
    filter = presync_filter_parse_list (parser, FILTER_NOT);
  else
    filter = presync_filter_parse_item (parser);
  if (filter == NULL)
    return NULL;
  if (*parser->p != ')')
    return presync_filter_fail (parser);
  parser->p++;
  parser->depth--;
  return g_steal_pointer (&filter);
}

PresyncFilter *
presync_filter_parse (const char *text, GError **error)
{
  PresyncFilterParser parser = { text, text, 0, error };
  g_autoptr (PresyncFilter) filter = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  filter = presync_filter_parse_one (&parser);
  if (filter == NULL)
    return NULL;
  if (*parser.p != '\0')
    return presync_filter_fail (&parser);
  return g_steal_pointer (&filter);
}

/* (transfer full): case folded if it is text, else the bytes */
static GBytes *
presync_filter_fold (GBytes *value)
{
  gsize size;
  const char *data = g_bytes_get_data (value, &size);
  char *folded;

  if (size == 0 || !g_utf8_validate_len (data, size, NULL))
    return g_bytes_ref (value);
  folded = g_utf8_casefold (data, (gssize) size);
  return g_bytes_new_take (folded, strlen (folded));
}

/* (transfer full) (nullable): as text without NUL */
static char *
presync_filter_text (GBytes *value)
{
  gsize size;
  const char *data = g_bytes_get_data (value, &size);

  if (size == 0 || !g_utf8_validate_len (data, size, NULL))
    return NULL;
  return g_strndup (data, size);
}

/* "person" against "CN=Person,CN=Schema,…". The short form is a class's name: [MS-ADTS]
 * 3.1.1.3.1.3.5; its category is the class of that name, but of user, contact and inetOrgPerson. */
static gboolean
presync_filter_category_equals (const char *value, const char *wanted)
{
  g_autofree char *category = presync_dn_dup_name (value);
  g_auto (GStrv) parts = g_strsplit (category, "-", -1);
  g_autofree char *name = g_strjoinv ("", parts);

  if (g_ascii_strcasecmp (wanted, "user") == 0 || g_ascii_strcasecmp (wanted, "contact") == 0
      || g_ascii_strcasecmp (wanted, "inetOrgPerson") == 0)
    wanted = "person";
  return g_ascii_strcasecmp (name, wanted) == 0;
}

static gboolean
presync_filter_value_equals (const PresyncFilter *self, GBytes *value)
{
  GBytes *wanted = self->pieces->pdata[0];
  g_autoptr (GBytes) folded = presync_filter_fold (value);
  g_autoptr (GBytes) folded_wanted = presync_filter_fold (wanted);
  g_autofree char *text = NULL;
  g_autofree char *wanted_text = NULL;

  if (g_bytes_equal (folded, folded_wanted))
    return TRUE;
  text = presync_filter_text (value);
  wanted_text = presync_filter_text (wanted);
  if (text == NULL || wanted_text == NULL || strchr (text, '=') == NULL)
    return FALSE;
  if (strchr (wanted_text, '=') != NULL)
    return presync_dn_equal (text, wanted_text);
  return g_ascii_strcasecmp (self->attribute, "objectCategory") == 0
         && presync_filter_category_equals (text, wanted_text);
}

/* (nullable): where @wanted first stands in @data */
static const char *
presync_filter_search (const char *data, gsize length, const char *wanted, gsize size)
{
  for (gsize i = 0; i + size <= length; i++)
    if (memcmp (data + i, wanted, size) == 0)
      return data + i;
  return NULL;
}

static gboolean
presync_filter_value_contains (const PresyncFilter *self, GBytes *value)
{
  g_autoptr (GBytes) folded = presync_filter_fold (value);
  gsize left;
  const char *at = g_bytes_get_data (folded, &left);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      g_autoptr (GBytes) piece = presync_filter_fold (self->pieces->pdata[i]);
      gsize size;
      const char *data = g_bytes_get_data (piece, &size);
      const char *hit;

      if (size == 0)
        continue;
      if (size > left)
        return FALSE;
      if (i == 0)
        hit = memcmp (at, data, size) == 0 ? at : NULL;
      else if (i == self->pieces->len - 1)
        hit = memcmp (at + left - size, data, size) == 0 ? at + left - size : NULL;
      else
        hit = presync_filter_search (at, left, data, size);
      if (hit == NULL)
        return FALSE;
      left -= (gsize) (hit + size - at);
      at = hit + size;
    }
  return TRUE;
}

static gboolean
presync_filter_value_compares (const PresyncFilter *self, GBytes *value)
{
  g_autofree char *text = presync_filter_text (value);
  g_autofree char *wanted = presync_filter_text (self->pieces->pdata[0]);
  gint64 a, b;
  int order;

  if (text == NULL || wanted == NULL)
    return FALSE;
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &a, NULL)
      && g_ascii_string_to_signed (wanted, 10, G_MININT64, G_MAXINT64, &b, NULL))
    order = a < b ? -1 : a > b;
  else
    {
      g_autofree char *folded = g_utf8_casefold (text, -1);
      g_autofree char *folded_wanted = g_utf8_casefold (wanted, -1);
      order = strcmp (folded, folded_wanted);
    }
  return self->kind == FILTER_AT_LEAST ? order >= 0 : order <= 0;
}

static gboolean
presync_filter_value_has_bits (const PresyncFilter *self, GBytes *value)
{
  g_autofree char *text = presync_filter_text (value);
  g_autofree char *wanted = presync_filter_text (self->pieces->pdata[0]);
  gint64 bits, mask;

  if (text == NULL || wanted == NULL
      || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &bits, NULL)
      || !g_ascii_string_to_signed (wanted, 10, G_MININT64, G_MAXINT64, &mask, NULL))
    return FALSE;
  return self->kind == FILTER_ALL_BITS ? (bits & mask) == mask : (bits & mask) != 0;
}

static gboolean
presync_filter_value_matches (const PresyncFilter *self, GBytes *value)
{
  if (self->kind == FILTER_EQUAL)
    return presync_filter_value_equals (self, value);
  if (self->kind == FILTER_SUBSTRINGS)
    return presync_filter_value_contains (self, value);
  if (self->kind == FILTER_AT_LEAST || self->kind == FILTER_AT_MOST)
    return presync_filter_value_compares (self, value);
  return presync_filter_value_has_bits (self, value);
}

static gboolean
presync_filter_item_matches (const PresyncFilter *self, const PresyncEntry *entry)
{
  GPtrArray *values = presync_entry_get_values (entry, self->attribute);

  /* Every entry has a class, even one that came without it: (objectClass=*) means "all". */
  if (self->kind == FILTER_PRESENT)
    return values != NULL || g_ascii_strcasecmp (self->attribute, "objectClass") == 0;
  for (guint i = 0; values != NULL && i < values->len; i++)
    if (presync_filter_value_matches (self, g_ptr_array_index (values, i)))
      return TRUE;
  return FALSE;
}

gboolean
presync_filter_matches (const PresyncFilter *self, const PresyncEntry *entry)
{
  g_return_val_if_fail (self != NULL && entry != NULL, FALSE);

  if (self->kind == FILTER_NOT)
    return !presync_filter_matches (self->children->pdata[0], entry);
  if (self->kind != FILTER_AND && self->kind != FILTER_OR)
    return presync_filter_item_matches (self, entry);
  for (guint i = 0; i < self->children->len; i++)
    if (presync_filter_matches (self->children->pdata[i], entry) == (self->kind == FILTER_OR))
      return self->kind == FILTER_OR;
  return self->kind == FILTER_AND;
}

static void
presync_filter_collect (const PresyncFilter *self, GPtrArray *names)
{
  for (guint i = 0; i < self->children->len; i++)
    presync_filter_collect (self->children->pdata[i], names);
  if (self->attribute == NULL)
    return;
  for (guint i = 0; i < names->len; i++)
    if (g_ascii_strcasecmp (names->pdata[i], self->attribute) == 0)
      return;
  g_ptr_array_add (names, g_strdup (self->attribute));
}

char **
presync_filter_list_attributes (const PresyncFilter *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  presync_filter_collect (self, names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

char *
presync_filter_escape (const char *value)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = value; *p != '\0'; p++)
    if (strchr ("*()\\", *p) != NULL || (guchar) *p < 0x20)
      g_string_append_printf (out, "\\%02x", (guint) (guchar) *p);
    else
      g_string_append_c (out, *p);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
