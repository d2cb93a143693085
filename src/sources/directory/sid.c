/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/sid.h"

char *
presync_sid_dup_text (GBytes *value)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (value, &size);
  guint64 authority = 0;
  g_autoptr (GString) text = NULL;

  /* revision 1, number of parts, 6 bytes authority big-endian, parts of 4 bytes little-endian */
  if (size < 8 || data[0] != 1 || data[1] > 15 || size != 8 + 4 * (gsize) data[1])
    return NULL;
  for (guint i = 2; i < 8; i++)
    authority = authority << 8 | data[i];
  text = g_string_new (NULL);
  g_string_append_printf (text, "S-1-%" G_GUINT64_FORMAT, authority);
  for (guint i = 0; i < data[1]; i++)
    {
      const guint8 *p = data + 8 + 4 * (gsize) i;
      guint32 part
          = (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;
      g_string_append_printf (text, "-%u", part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
