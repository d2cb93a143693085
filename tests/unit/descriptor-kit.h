/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Builds security descriptors byte by byte, apart from the code that is tested. */
#include "sources/directory/access-names.h"
#include "sources/directory/access.h"

#include <string.h>

#define KIT_DOMAIN "S-1-5-21-1004336348-1177238915-682003330"

#define KIT_ME KIT_DOMAIN "-1601"
#define KIT_GROUP KIT_DOMAIN "-1700" /* a group of a group: in the token like any other */
#define KIT_OTHER KIT_DOMAIN "-9999"

/* An entry; @object and @inherited are names of the tables or GUIDs in words */
typedef struct
{
  guint8 type;
  guint8 flags;
  guint32 mask;
  const char *sid;
  const char *object;
  const char *inherited;
} KitAce;

static inline void
kit_put (GByteArray *out, guint64 value, guint bytes)
{
  for (guint i = 0; i < bytes; i++)
    {
      guint8 byte = i < 8 ? (guint8) (value >> (8 * i)) : 0;
      g_byte_array_append (out, &byte, 1);
    }
}

static inline void
kit_set (GByteArray *out, guint at, guint64 value, guint bytes)
{
  for (guint i = 0; i < bytes; i++)
    out->data[at + i] = (guint8) (value >> (8 * i));
}

static inline void
kit_put_sid (GByteArray *out, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, "-", -1);
  guint n = g_strv_length (words);

  kit_put (out, 1, 1);
  kit_put (out, n - 3, 1);
  kit_put (out, 0, 5);
  kit_put (out, g_ascii_strtoull (words[2], NULL, 10), 1);
  for (guint i = 3; i < n; i++)
    kit_put (out, g_ascii_strtoull (words[i], NULL, 10), 4);
}

static inline PresyncGuid
kit_guid (const char *name)
{
  PresyncGuid guid = { { 0 } };

  if (name != NULL && !presync_access_name_find (name, &guid))
    g_assert_true (presync_guid_parse (name, &guid));
  return guid;
}

static inline PresyncSid
kit_sid (const char *text)
{
  PresyncSid sid;

  g_assert_true (presync_sid_parse (text, &sid));
  return sid;
}

static inline void
kit_put_ace (GByteArray *out, const KitAce *ace)
{
  guint start = out->len;

  kit_put (out, ace->type, 1);
  kit_put (out, ace->flags, 1);
  kit_put (out, 0, 2);
  kit_put (out, ace->mask, 4);
  if ((ace->type >= 5 && ace->type <= 8) || ace->type == 11 || ace->type == 12 || ace->type == 15
      || ace->type == 16)
    {
      PresyncGuid object = kit_guid (ace->object);
      PresyncGuid inherited = kit_guid (ace->inherited);

      kit_put (out, (ace->object != NULL ? 1u : 0u) | (ace->inherited != NULL ? 2u : 0u), 4);
      if (ace->object != NULL)
        g_byte_array_append (out, object.bytes, 16);
      if (ace->inherited != NULL)
        g_byte_array_append (out, inherited.bytes, 16);
    }
  kit_put_sid (out, ace->sid);
  if (ace->type >= 9 && ace->type <= 12)
    g_byte_array_append (out, (const guint8 *) "artx", 4); /* a condition */
  kit_set (out, start + 2, out->len - start, 2);
}

/* A descriptor with these entries; @owner may be NULL */
static inline GByteArray *
kit_descriptor (const char *owner, guint16 control, const KitAce *aces, guint n)
{
  GByteArray *out = g_byte_array_new ();
  guint start;

  kit_put (out, 1, 2);
  kit_put (out, 0x8000u | PRESYNC_CONTROL_DACL_PRESENT | control, 2);
  kit_put (out, 0, 16);
  if (owner != NULL)
    {
      kit_set (out, 4, out->len, 4);
      kit_put_sid (out, owner);
    }
  start = out->len;
  kit_set (out, 16, start, 4);
  kit_put (out, 4, 2);
  kit_put (out, 0, 2);
  kit_put (out, n, 2);
  kit_put (out, 0, 2);
  for (guint i = 0; i < n; i++)
    kit_put_ace (out, &aces[i]);
  kit_set (out, start + 2, out->len - start, 2);
  return out;
}

static inline GBytes *
kit_bytes (GByteArray *array)
{
  return g_byte_array_free_to_bytes (array);
}

static inline PresyncSecurityDescriptor *
kit_parse (GByteArray *array)
{
  g_autoptr (GBytes) bytes = kit_bytes (array);
  g_autoptr (GError) error = NULL;
  PresyncSecurityDescriptor *sd = presync_security_descriptor_parse (bytes, &error);

  g_assert_no_error (error);
  g_assert_nonnull (sd);
  return sd;
}

static inline PresyncToken *
kit_token (const char *const *sids)
{
  PresyncToken *token = presync_token_new ();

  for (; *sids != NULL; sids++)
    {
      PresyncSid sid = kit_sid (*sids);
      presync_token_add (token, &sid);
    }
  return token;
}

typedef struct
{
  const char *word;
  guint32 value;
} KitWord;

/* SDDL's words ([MS-DTYP] 2.5.1.1), FC for full control, and ?? for a type nobody knows */
static const KitWord kit_types[] = {
  { "A", 0 },  { "D", 1 },   { "AU", 2 },  { "OA", 5 },  { "OD", 6 },
  { "XA", 9 }, { "XD", 10 }, { "ZA", 11 }, { "ZD", 12 }, { "??", 0x30 },
};
static const KitWord kit_flags[]
    = { { "OI", 1 }, { "CI", 2 }, { "NP", 4 }, { "IO", 8 }, { "ID", 16 } };
static const KitWord kit_masks[] = {
  { "CC", 1 },          { "DC", 2 },          { "LC", 4 },          { "SW", 8 },
  { "RP", 0x10 },       { "WP", 0x20 },       { "DT", 0x40 },       { "LO", 0x80 },
  { "CR", 0x100 },      { "SD", 0x10000 },    { "RC", 0x20000 },    { "WD", 0x40000 },
  { "WO", 0x80000 },    { "FC", 0xf01ff },    { "GA", 0x10000000 }, { "GX", 0x20000000 },
  { "GW", 0x40000000 }, { "GR", 0x80000000 },
};

static inline guint32
kit_word (const KitWord *words, gsize n, const char *word, gsize length)
{
  for (gsize i = 0; i < n; i++)
    if (strlen (words[i].word) == length && strncmp (words[i].word, word, length) == 0)
      return words[i].value;
  g_error ("no such word: %s", word);
}

static inline guint32
kit_words (const KitWord *words, gsize n, const char *text)
{
  guint32 value = 0;

  for (; *text != '\0'; text += 2)
    value |= kit_word (words, n, text, 2);
  return value;
}

/* "(type;flags;mask;object;inherited;trustee)…", with names for GUIDs, and ME, GROUP, OTHER and OW
 * (OWNER RIGHTS) for trustees */
static inline GByteArray *
kit_descriptor_of (const char *owner, const char *text)
{
  g_auto (GStrv) entries = g_strsplit (text, "(", -1);
  g_autoptr (GArray) aces = g_array_new (FALSE, TRUE, sizeof (KitAce));
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 1; i < g_strv_length (entries); i++)
    {
      char **field = g_strsplit (g_strdelimit (entries[i], ")", ';'), ";", -1);
      KitAce ace = { 0 };

      g_ptr_array_add (kept, field);
      g_assert_cmpuint (g_strv_length (field), ==, 7);
      ace.type
          = (guint8) kit_word (kit_types, G_N_ELEMENTS (kit_types), field[0], strlen (field[0]));
      ace.flags = (guint8) kit_words (kit_flags, G_N_ELEMENTS (kit_flags), field[1]);
      ace.mask = kit_words (kit_masks, G_N_ELEMENTS (kit_masks), field[2]);
      ace.object = *field[3] != '\0' ? field[3] : NULL;
      ace.inherited = *field[4] != '\0' ? field[4] : NULL;
      ace.sid = g_str_equal (field[5], "ME")      ? KIT_ME
                : g_str_equal (field[5], "GROUP") ? KIT_GROUP
                : g_str_equal (field[5], "OTHER") ? KIT_OTHER
                                                  : "S-1-3-4";
      g_array_append_val (aces, ace);
    }
  return kit_descriptor (owner, 0, (const KitAce *) (void *) aces->data, aces->len);
}
