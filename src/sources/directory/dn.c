/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/dn.h"

#include <string.h>

/* Takes one character, escaped or not, from @p; *@escaped tells which. */
static guchar
presync_dn_take (const char **p, gboolean *escaped)
{
  const char *at = *p;

  *escaped = at[0] == '\\' && at[1] != '\0';
  if (!*escaped)
    {
      *p = at + 1;
      return (guchar) at[0];
    }
  if (g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]))
    {
      *p = at + 3;
      return (guchar) (g_ascii_xdigit_value (at[1]) << 4 | g_ascii_xdigit_value (at[2]));
    }
  *p = at + 2;
  return (guchar) at[1];
}

static void
presync_dn_append (GString *out, guchar c, gboolean escaped)
{
  if (c < 0x20 || (c != '\0' && strchr (",\"\\<>;", c) != NULL) || (c == '+' && escaped))
    g_string_append_printf (out, "\\%02x", (guint) c);
  else
    g_string_append_c (out, (char) c);
}

static char *
presync_dn_fold (const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    return g_utf8_casefold (text, -1);
  return g_ascii_strdown (text, -1);
}

char *
presync_dn_normalize (const char *dn)
{
  g_autoptr (GString) out = NULL;
  gboolean at_start = TRUE; /* of a type or of a value: white space is not significant */
  gboolean in_value = FALSE;
  gsize keep = 0;

  g_return_val_if_fail (dn != NULL, NULL);

  out = g_string_new (NULL);
  for (const char *p = dn; *p != '\0';)
    {
      gboolean escaped;
      guchar c = presync_dn_take (&p, &escaped);

      if (!escaped && (c == ',' || (c == '=' && !in_value)))
        {
          g_string_truncate (out, keep); /* white space that was not escaped */
          g_string_append_c (out, (char) c);
          in_value = c == '=';
          at_start = TRUE;
          keep = out->len;
          continue;
        }
      if (!escaped && c == ' ' && at_start)
        continue;
      at_start = FALSE;
      presync_dn_append (out, c, escaped);
      if (escaped || c != ' ')
        keep = out->len;
    }
  g_string_truncate (out, keep);
  return presync_dn_fold (out->str);
}

gboolean
presync_dn_equal (const char *a, const char *b)
{
  g_autofree char *key_a = presync_dn_normalize (a);
  g_autofree char *key_b = presync_dn_normalize (b);

  return strcmp (key_a, key_b) == 0;
}

const char *
presync_dn_key_parent (const char *key)
{
  const char *comma;

  if (key[0] == '\0')
    return NULL;
  comma = strchr (key, ',');
  return comma == NULL ? key + strlen (key) : comma + 1;
}

gboolean
presync_dn_key_is_under (const char *key, const char *base)
{
  gsize length = strlen (key);
  gsize base_length = strlen (base);

  if (base_length == 0 || strcmp (key, base) == 0)
    return TRUE;
  return length > base_length + 1 && key[length - base_length - 1] == ','
         && strcmp (key + length - base_length, base) == 0;
}

guint
presync_dn_key_depth (const char *key)
{
  guint depth = key[0] == '\0' ? 0 : 1;

  for (const char *p = key; *p != '\0'; p++)
    depth += *p == ',' ? 1 : 0;
  return depth;
}

/* The end of the component that begins at @dn: its separator, or the end of the text */
static const char *
presync_dn_component_end (const char *dn)
{
  const char *p = dn;

  while (*p != '\0' && *p != ',')
    {
      gboolean escaped;
      presync_dn_take (&p, &escaped);
    }
  return p;
}

char *
presync_dn_dup_name (const char *dn)
{
  const char *end = presync_dn_component_end (dn);
  const char *equals = memchr (dn, '=', (gsize) (end - dn));
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = equals == NULL ? dn : equals + 1; p < end;)
    {
      gboolean escaped;
      guchar c = presync_dn_take (&p, &escaped);
      if (c != '\0')
        g_string_append_c (out, (char) c);
    }
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

char *
presync_dn_dup_parent (const char *dn)
{
  const char *end = presync_dn_component_end (dn);

  if (*end == '\0')
    return NULL;
  return g_strchug (g_strdup (end + 1));
}

char *
presync_dn_dup_domain (const char *dn)
{
  g_autoptr (GString) domain = g_string_new (NULL);

  for (const char *p = dn; *p != '\0';)
    {
      while (*p == ' ')
        p++;
      if (g_ascii_strncasecmp (p, "DC=", 3) == 0)
        {
          g_autofree char *label = presync_dn_dup_name (p);
          if (domain->len > 0)
            g_string_append_c (domain, '.');
          g_string_append (domain, label);
        }
      else
        g_string_truncate (domain, 0);
      p = presync_dn_component_end (p);
      if (*p == ',')
        p++;
    }
  return g_string_free (g_steal_pointer (&domain), FALSE);
}
