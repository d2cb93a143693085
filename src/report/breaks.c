/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/breaks.h"

#include <string.h>

/* Longer runs of letters are no words, and no smaller type would make them fit */
#define LONGEST_LETTERS 40
/* What must stand before a break, or it would look like an accident */
#define SHORTEST_PART 4

/* Whether a part of a distinguished name begins behind the comma at @p: ",OU=" */
static gboolean
presync_breaks_is_name_part (const char *p)
{
  gsize n = 1;

  while (g_ascii_isalnum (p[n]) || p[n] == '-' || p[n] == '.')
    n++;
  return n > 1 && n < 24 && p[n] == '=';
}

gboolean
presync_breaks_have_name (const char *text)
{
  for (const char *p = strchr (text, ','); p != NULL; p = strchr (p + 1, ','))
    if (presync_breaks_is_name_part (p))
      return TRUE;
  return FALSE;
}

static guint
presync_breaks_get_word_length (const char *text, guint most)
{
  guint n = 0;

  while (n < most && text[n] != ' ')
    n++;
  return n;
}

void
presync_breaks_find_in_paragraph (const char *text, guint start, guint end, double width,
                                  PresyncBreakMeasure measure, gpointer data, GArray *breaks)
{
  int line_x = 0;
  int part_x = 0;
  guint part = 0;

  for (guint i = start; i <= end; i++)
    {
      int x;

      if (i < end && (text[i] != ',' || !presync_breaks_is_name_part (text + i)))
        continue;
      /* behind the last part, which ends the name, prose may follow */
      x = i < end ? measure (i, TRUE, data)
                  : measure (part + presync_breaks_get_word_length (text + part, end - part), FALSE,
                             data);
      if (part > 0 && x - line_x > (int) (width * PANGO_SCALE))
        {
          g_array_append_val (breaks, part);
          line_x = part_x;
        }
      part = i + 1;
      part_x = x;
    }
}

static int
presync_breaks_measure_line_cb (guint index, gboolean trailing, gpointer user_data)
{
  int x = 0;

  pango_layout_line_index_to_x (user_data, (int) index, trailing, &x);
  return x;
}

GArray *
presync_breaks_find_names (PangoLayout *layout, double width)
{
  GArray *breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *text = pango_layout_get_text (layout);

  pango_layout_set_width (layout, -1);
  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    {
      PangoLayoutLine *line = l->data;

      presync_breaks_find_in_paragraph (text, (guint) line->start_index,
                                        (guint) (line->start_index + line->length), width,
                                        presync_breaks_measure_line_cb, line, breaks);
    }
  return breaks;
}

/* Whether a line ends within what has no blank: calls for each such line, in order, until @func
 * returns TRUE. @start, @end: of the line, in bytes */
typedef gboolean (*PresyncBreakFunc) (const char *text, guint start, guint end, gpointer data);

static gboolean
presync_breaks_foreach (PangoLayout *layout, PresyncBreakFunc func, gpointer data)
{
  const char *text = pango_layout_get_text (layout);
  int n_attrs;
  const PangoLogAttr *attrs = pango_layout_get_log_attrs_readonly (layout, &n_attrs);
  const char *p = text;
  glong position = 0;

  for (GSList *l = pango_layout_get_lines_readonly (layout); l != NULL; l = l->next)
    {
      const PangoLayoutLine *line = l->data;
      const char *end = text + line->start_index + line->length;

      position += g_utf8_pointer_to_offset (p, end);
      p = end;
      if (*end != '\0' && *end != '\n' && line->length > 0 && position < n_attrs
          && !attrs[position].is_line_break
          && func (text, (guint) line->start_index, (guint) (end - text), data))
        return TRUE;
    }
  return FALSE;
}

/* Whether a part ends before @p: behind a separator, before a dot or a hump */
static gboolean
presync_breaks_is_part (const char *p)
{
  gunichar before = g_utf8_get_char (g_utf8_prev_char (p));
  gunichar behind = g_utf8_get_char (p);

  if (before < 0x80 && strchr ("\\/_=,;:|&?@)]}", (char) before) != NULL)
    return behind != before;
  if (behind == '.')
    return g_unichar_isalnum (before);
  return g_unichar_islower (before) && g_unichar_isupper (behind);
}

typedef struct
{
  guint from;
  guint at;
} PresyncPartSearch;

static gboolean
presync_breaks_find_part_in_line (const char *text, guint start, guint end, gpointer data)
{
  PresyncPartSearch *search = data;
  const char *first = text + MAX (start, search->from) + SHORTEST_PART;

  if (end <= search->from)
    return FALSE;
  for (const char *p = text + end; p >= first; p = g_utf8_prev_char (p))
    {
      if (g_ascii_isspace (*p))
        return FALSE;
      if (presync_breaks_is_part (p))
        {
          search->at = (guint) (p - text);
          return TRUE;
        }
    }
  return FALSE;
}

/* Whether a word of letters alone is broken at @end, and nothing before it in the line has parts */
static gboolean
presync_breaks_splits_word (const char *text, guint start, guint end, gpointer data)
{
  PresyncPartSearch search = { .from = 0 };
  const char *p = text + end;
  guint n = 0;

  while (n <= LONGEST_LETTERS && g_unichar_isalpha (g_utf8_get_char (p)))
    {
      p = g_utf8_next_char (p);
      n++;
    }
  /* at its end a quotation mark may be cut off */
  if (!g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (text + end))))
    return FALSE;
  for (p = text + end; n <= LONGEST_LETTERS && p > text; n++)
    {
      p = g_utf8_prev_char (p);
      if (!g_unichar_isalpha (g_utf8_get_char (p)))
        break;
    }
  return n <= LONGEST_LETTERS && !presync_breaks_find_part_in_line (text, start, end, &search);
}

gboolean
presync_breaks_have_broken_word (PangoLayout *layout)
{
  return presync_breaks_foreach (layout, presync_breaks_splits_word, NULL);
}

gboolean
presync_breaks_find_part (PangoLayout *layout, guint from, guint *at)
{
  PresyncPartSearch search = { .from = from };

  if (!presync_breaks_foreach (layout, presync_breaks_find_part_in_line, &search))
    return FALSE;
  *at = search.at;
  return TRUE;
}
