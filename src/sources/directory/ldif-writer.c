/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldif-writer.h"

#include <string.h>

#define LINE_LENGTH 76

/* SAFE-STRING of RFC 2849, and no blank at the end */
static gboolean
presync_ldif_is_safe (const guchar *data, gsize size)
{
  if (size == 0)
    return TRUE;
  if (data[0] == ' ' || data[0] == ':' || data[0] == '<' || data[size - 1] == ' ')
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (data[i] == '\0' || data[i] == '\n' || data[i] == '\r' || data[i] > 127)
      return FALSE;
  return TRUE;
}

static void
presync_ldif_append_folded (GString *out, const char *line, gsize length)
{
  gsize room = LINE_LENGTH;

  while (length > room)
    {
      g_string_append_len (out, line, (gssize) room);
      g_string_append (out, "\n ");
      line += room;
      length -= room;
      room = LINE_LENGTH - 1;
    }
  g_string_append_len (out, line, (gssize) length);
  g_string_append_c (out, '\n');
}

static void
presync_ldif_append_value (GString *out, const char *name, const guchar *data, gsize size)
{
  g_autoptr (GString) line = g_string_new (name);

  if (presync_ldif_is_safe (data, size))
    {
      g_string_append (line, size == 0 ? ":" : ": ");
      if (size > 0)
        g_string_append_len (line, (const char *) data, (gssize) size);
    }
  else
    {
      g_autofree char *base64 = g_base64_encode (data, size);
      g_string_append_printf (line, ":: %s", base64);
    }
  presync_ldif_append_folded (out, line->str, line->len);
}

void
presync_ldif_append (GString *out, const PresyncEntry *entry)
{
  const char *dn = presync_entry_get_dn (entry);
  g_autoptr (GPtrArray) names = presync_entry_list_attributes (entry);

  presync_ldif_append_value (out, "dn", (const guchar *) dn, strlen (dn));
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GPtrArray *values = presync_entry_get_values (entry, name);

      for (guint j = 0; j < values->len; j++)
        {
          gsize size;
          const guchar *data = g_bytes_get_data (g_ptr_array_index (values, j), &size);
          presync_ldif_append_value (out, name, data, size);
        }
    }
  g_string_append_c (out, '\n');
}
