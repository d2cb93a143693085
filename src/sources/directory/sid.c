/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/sid.h"

#include <string.h>

/* Revision (1 byte), number of sub-authorities (1), authority (6, big-endian), then the
 * sub-authorities (4 each, little-endian): [MS-DTYP] 2.4.2.2 */
#define SID_HEAD 8
#define SID_MAX_PARTS 15

static guint32
presync_sid_part (const guint8 *bytes, guint i)
{
  const guint8 *p = bytes + SID_HEAD + 4 * (gsize) i;

  return (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;
}

/* Takes for granted that there is room. */
static void
presync_sid_add_part (PresyncSid *sid, guint32 part)
{
  guint8 *p = sid->bytes + sid->size;

  for (guint i = 0; i < 4; i++)
    p[i] = (guint8) (part >> (8 * i));
  sid->size += 4;
  sid->bytes[1]++;
}

gboolean
presync_sid_read (const guint8 *data, gsize size, PresyncSid *sid)
{
  gsize used;

  memset (sid, 0, sizeof *sid);
  if (data == NULL || size < SID_HEAD || data[0] != 1 || data[1] > SID_MAX_PARTS)
    return FALSE;
  used = SID_HEAD + 4 * (gsize) data[1];
  if (size < used)
    return FALSE;
  memcpy (sid->bytes, data, used);
  sid->size = (guint8) used;
  return TRUE;
}

gboolean
presync_sid_from_bytes (GBytes *value, PresyncSid *sid)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (value, &size);

  if (presync_sid_read (data, size, sid) && sid->size == size)
    return TRUE;
  memset (sid, 0, sizeof *sid);
  return FALSE;
}

/* The authority: decimal, or "0x" and hexadecimal digits from 2^32 on ([MS-DTYP] 2.4.2.1) */
static gboolean
presync_sid_parse_authority (const char *text, guint64 *authority)
{
  if (g_ascii_strncasecmp (text, "0x", 2) == 0)
    return strlen (text) <= 14
           && g_ascii_string_to_unsigned (text + 2, 16, 0, (G_GUINT64_CONSTANT (1) << 48) - 1,
                                          authority, NULL);
  return g_ascii_string_to_unsigned (text, 10, 0, (G_GUINT64_CONSTANT (1) << 48) - 1, authority,
                                     NULL);
}

gboolean
presync_sid_parse (const char *text, PresyncSid *sid)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  g_auto (GStrv) words = g_strsplit (copy, "-", -1);
  guint n = g_strv_length (words);
  guint64 number;

  memset (sid, 0, sizeof *sid);
  if (n < 3 || n > 3 + SID_MAX_PARTS || g_ascii_strcasecmp (words[0], "S") != 0
      || !g_str_equal (words[1], "1") || !presync_sid_parse_authority (words[2], &number))
    return FALSE;
  sid->bytes[0] = 1;
  for (guint i = 0; i < 6; i++)
    sid->bytes[2 + i] = (guint8) (number >> (8 * (5 - i)));
  sid->size = SID_HEAD;
  for (guint i = 3; i < n; i++)
    {
      if (!g_ascii_string_to_unsigned (words[i], 10, 0, G_MAXUINT32, &number, NULL))
        {
          memset (sid, 0, sizeof *sid);
          return FALSE;
        }
      presync_sid_add_part (sid, (guint32) number);
    }
  return TRUE;
}

char *
presync_sid_to_text (const PresyncSid *sid)
{
  guint64 authority = 0;
  g_autoptr (GString) text = g_string_new (NULL);

  if (sid->size == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  for (guint i = 2; i < SID_HEAD; i++)
    authority = authority << 8 | sid->bytes[i];
  if (authority > G_MAXUINT32)
    g_string_append_printf (text, "S-1-0x%012" G_GINT64_MODIFIER "x", authority);
  else
    g_string_append_printf (text, "S-1-%" G_GUINT64_FORMAT, authority);
  for (guint i = 0; i < sid->bytes[1]; i++)
    g_string_append_printf (text, "-%u", presync_sid_part (sid->bytes, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
presync_sid_equal (const PresyncSid *a, const PresyncSid *b)
{
  return a->size == b->size && memcmp (a->bytes, b->bytes, a->size) == 0;
}

guint32
presync_sid_get_rid (const PresyncSid *sid)
{
  return sid->size > SID_HEAD ? presync_sid_part (sid->bytes, sid->bytes[1] - 1u) : 0;
}

gboolean
presync_sid_append (const PresyncSid *domain, guint32 rid, PresyncSid *sid)
{
  PresyncSid longer = *domain;

  memset (sid, 0, sizeof *sid);
  if (longer.size < SID_HEAD || longer.size + 4 > PRESYNC_SID_MAX_SIZE)
    return FALSE;
  presync_sid_add_part (&longer, rid);
  *sid = longer;
  return TRUE;
}

gboolean
presync_sid_get_domain (const PresyncSid *sid, PresyncSid *domain)
{
  PresyncSid shorter = *sid;

  memset (domain, 0, sizeof *domain);
  if (shorter.size < SID_HEAD + 4)
    return FALSE;
  shorter.size -= 4;
  shorter.bytes[1]--;
  memset (shorter.bytes + shorter.size, 0, 4);
  *domain = shorter;
  return TRUE;
}

char *
presync_sid_dup_filter (const PresyncSid *sid)
{
  g_autoptr (GString) text = g_string_sized_new (3 * PRESYNC_SID_MAX_SIZE + 1);

  for (guint i = 0; i < sid->size; i++)
    g_string_append_printf (text, "\\%02x", sid->bytes[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
presync_sid_dup_text (GBytes *value)
{
  PresyncSid sid;

  return presync_sid_from_bytes (value, &sid) ? presync_sid_to_text (&sid) : NULL;
}
