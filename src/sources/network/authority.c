/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/authority.h"

#include <string.h>

/* Organisations of the root authorities in "Azure Certificate Authority details" (which tells what
 * Microsoft Entra shows too): DigiCert, Microsoft, Entrust, and, until 2025, Baltimore; and in
 * "Microsoft 365 encryption chains": D-TRUST and GlobalSign. Compared without commas, full stops
 * and case: "DigiCert, Inc." is "DigiCert Inc". */
static const char *const published[] = {
  "digicert inc", "microsoft corporation", "entrust inc", "baltimore", "d-trust gmbh",
  "globalsign",   "globalsign nv-sa",
};

/* (transfer none): the first byte after the value that begins at @p; the value goes to @value */
static const char *
presync_authority_read_value (const char *p, GString *value)
{
  gboolean quoted = *p == '"';

  if (quoted)
    p++;
  for (; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      else if (quoted && *p == '"')
        return p + 1;
      else if (!quoted && (*p == ',' || *p == '+'))
        break;
      g_string_append_c (value, *p);
    }
  return p;
}

char *
presync_authority_dup_part (const char *name, const char *type)
{
  const char *p = name;

  g_return_val_if_fail (name != NULL && type != NULL, NULL);
  while (*p != '\0')
    {
      g_autoptr (GString) value = g_string_new (NULL);
      const char *begin;
      gsize length;

      while (*p == ' ' || *p == ',' || *p == '+')
        p++;
      begin = p;
      while (*p != '\0' && *p != '=')
        p++;
      if (*p == '\0')
        return NULL;
      length = (gsize) (p - begin);
      p = presync_authority_read_value (p + 1, value);
      if (length == strlen (type) && g_ascii_strncasecmp (begin, type, length) == 0)
        return g_string_free (g_steal_pointer (&value), FALSE);
    }
  return NULL;
}

gboolean
presync_authority_is_published (const char *name)
{
  g_autofree char *organisation = NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, FALSE);
  organisation = presync_authority_dup_part (name, "O");
  for (const char *p = organisation; p != NULL && *p != '\0'; p++)
    if (*p != ',' && *p != '.')
      g_string_append_c (plain, g_ascii_tolower (*p));
  for (gsize i = 0; i < G_N_ELEMENTS (published); i++)
    if (g_str_equal (published[i], plain->str))
      return TRUE;
  return FALSE;
}
