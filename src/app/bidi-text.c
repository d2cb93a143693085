/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/bidi-text.h"

/* U+2068 FIRST STRONG ISOLATE and U+2069 POP DIRECTIONAL ISOLATE */
#define ISOLATE "\xe2\x81\xa8"
#define END "\xe2\x81\xa9"

/* The blocks of scripts that run from right to left (Unicode, DerivedBidiClass) */
static const struct
{
  gunichar first;
  gunichar last;
} right_to_left[] = {
  { 0x0590, 0x08ff },   { 0xfb1d, 0xfdff },   { 0xfe70, 0xfeff },
  { 0x10800, 0x10fff }, { 0x1e800, 0x1efff },
};

static gboolean
presync_bidi_is_right_to_left (gunichar letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (right_to_left); i++)
    {
      if (letter >= right_to_left[i].first && letter <= right_to_left[i].last)
        return TRUE;
    }
  return FALSE;
}

char *
presync_bidi_dup_isolated (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (presync_bidi_is_right_to_left (g_utf8_get_char (at)))
        return g_strconcat (ISOLATE, name, END, NULL);
    }
  return g_strdup (name);
}
