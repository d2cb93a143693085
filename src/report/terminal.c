/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/terminal.h"

#include <string.h>

static guint
presync_terminal_char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
presync_terminal_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += presync_terminal_char_width (g_utf8_get_char (p));
  return width;
}

/* Control characters move the cursor or worse; others turn the direction of all that follows. */
static char *
presync_terminal_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t' || c == '\n')
        g_string_append_c (clean, ' ');
      else if (g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
               || c == 0x2028 || c == 0x2029)
        g_string_append (clean, "\357\277\275");
      else
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

static void
presync_terminal_pad (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

/* A word, broken where it is longer than a line; @column: where the cursor stands */
static void
presync_terminal_append_word (GString *out, const char *word, guint hang, guint width,
                              guint *column)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint n = presync_terminal_char_width (c);

      if (*column + n > width && *column > hang)
        {
          g_string_append_c (out, '\n');
          presync_terminal_pad (out, hang);
          *column = hang;
        }
      g_string_append_unichar (out, c);
      *column += n;
    }
}

void
presync_terminal_append (GString *out, guint indent, const char *label, guint hang,
                         const char *text, guint width)
{
  g_autofree char *clean = presync_terminal_clean (text != NULL ? text : "");
  g_auto (GStrv) words = g_strsplit (clean, " ", -1);
  guint column = indent + presync_terminal_width (label);
  gboolean first = TRUE;

  if (*clean == '\0' && *label == '\0')
    return;
  width = MAX (width, hang + 16);
  presync_terminal_pad (out, indent);
  g_string_append (out, label);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (first && column < hang)
        {
          presync_terminal_pad (out, hang - column);
          column = hang;
        }
      else if (!first && column + 1 + presync_terminal_width (words[i]) > width)
        {
          g_string_append_c (out, '\n');
          presync_terminal_pad (out, hang);
          column = hang;
        }
      else if (!first)
        {
          g_string_append_c (out, ' ');
          column++;
        }
      presync_terminal_append_word (out, words[i], hang, width, &column);
      first = FALSE;
    }
  g_string_append_c (out, '\n');
}

void
presync_terminal_append_heading (GString *out, const char *title, guint width)
{
  presync_terminal_append (out, 0, "", 0, title, width);
  for (guint i = MIN (presync_terminal_width (title), width); i > 0; i--)
    g_string_append (out, "═");
  g_string_append_c (out, '\n');
}
