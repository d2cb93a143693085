/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/type-private.h"

#include "report/breaks.h"
#include <string.h>

/* Most of a report is plain text: letters that stand one by one from left to right, in fonts that
 * draw each with a glyph of its own. It is set here from the widths of pairs of letters, which each
 * face remembers, where Pango would itemize, shape and break every text anew; the outcome is the
 * same to the last unit. What is not plain, or has words to break, is left to Pango. */

/* Of each byte of the text */
typedef struct
{
  int x;            /* from the start of its paragraph */
  gint16 index;     /* of the letter that begins here, see face.h; -1 for none */
  gboolean may_end; /* a line, before it */
} PresyncMark;

/* A line to be, in bytes before names are broken; @breaks: how many of these are before it; @width
 * in Pango units */
typedef struct
{
  guint start;
  guint end;
  guint breaks;
  int width;
} PresyncPlainLine;

struct _PresyncPlain
{
  GArray *marks;  /* (element-type PresyncMark): of each byte, and one more */
  GArray *lines;  /* (element-type PresyncPlainLine) */
  GArray *breaks; /* (element-type guint) */
  GArray *attrs;  /* (element-type PangoLogAttr) */
  /* what is set now */
  PresyncType *type;
  PresyncTypeRole role;
  PresyncFlat *flat;
  PangoLanguage *language;
  int width;
};

PresyncPlain *
presync_plain_new (void)
{
  PresyncPlain *self = g_new0 (PresyncPlain, 1);

  self->marks = g_array_new (FALSE, FALSE, sizeof (PresyncMark));
  self->lines = g_array_new (FALSE, FALSE, sizeof (PresyncPlainLine));
  self->breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  self->attrs = g_array_new (FALSE, FALSE, sizeof (PangoLogAttr));
  return self;
}

void
presync_plain_free (PresyncPlain *self)
{
  g_array_unref (self->marks);
  g_array_unref (self->lines);
  g_array_unref (self->breaks);
  g_array_unref (self->attrs);
  g_free (self);
}

static PresyncMark *
presync_plain_mark (const PresyncPlain *self, guint offset)
{
  return &g_array_index (self->marks, PresyncMark, offset);
}

/* Numbers the letters of a run; %FALSE if one is not plain */
static gboolean
presync_plain_number (PresyncPlain *self, const PresyncFlatRun *run, guint *scripts)
{
  const char *text = self->flat->text->str;

  for (guint i = run->start; i < run->end; i++)
    {
      PresyncMark *mark = presync_plain_mark (self, i);
      guchar c = (guchar) text[i];

      mark->index = -1;
      mark->may_end = FALSE;
      if (c == '\n' || (c & 0xc0) == 0x80)
        continue;
      mark->index
          = (gint16) presync_face_get_index (c < 0x80 ? c : g_utf8_get_char (text + i), scripts);
      if (mark->index < 0)
        return FALSE;
    }
  return TRUE;
}

/* Places the letters of a run behind @x, which is that of the paragraph; %FALSE if two of them are
 * not drawn one by one */
static gboolean
presync_plain_place (PresyncPlain *self, const PresyncFlatRun *run, PresyncFace *face,
                     PresyncFace *next_face, int *x)
{
  const char *text = self->flat->text->str;
  PresyncMark *mark = presync_plain_mark (self, run->start);
  PresyncMark *end = presync_plain_mark (self, run->end);

  while (mark < end)
    {
      PresyncMark *next = mark + 1;
      int advance;

      mark->x = *x;
      if (mark->index < 0)
        {
          if (text[mark - presync_plain_mark (self, 0)] != '\n')
            return FALSE;
          *x = 0;
          mark++;
          continue;
        }
      while (next < end && next->index < 0 && text[next - presync_plain_mark (self, 0)] != '\n')
        (next++)->x = *x;
      advance = presync_face_get_advance (face, mark->index,
                                          next < end || next_face == face ? next->index : -1);
      if (advance == PRESYNC_FACE_NOT_SIMPLE)
        return FALSE;
      *x += advance;
      mark = next;
    }
  return TRUE;
}

/* Finds where each letter stands; %FALSE if the text is not plain */
static gboolean
presync_plain_measure (PresyncPlain *self, PresyncType *type, PresyncTypeRole role)
{
  const GArray *runs = self->flat->runs;
  guint scripts = 0;
  int x = 0;

  g_array_set_size (self->marks, (guint) self->flat->text->len + 1);
  for (guint i = 0; i < runs->len; i++)
    if (!presync_plain_number (self, &g_array_index (runs, PresyncFlatRun, i), &scripts))
      return FALSE;
  /* kerning, and the font, of what is between letters of two scripts is Pango's business */
  if ((scripts & (scripts - 1)) != 0)
    return FALSE;
  presync_plain_mark (self, (guint) self->flat->text->len)->index = -1;
  for (guint i = 0; i < runs->len; i++)
    {
      const PresyncFlatRun *run = &g_array_index (runs, PresyncFlatRun, i);
      PresyncFace *face = presync_type_get_face (type, role, run->style);
      PresyncFace *next
          = i + 1 < runs->len ? presync_type_get_face (type, role, (run + 1)->style) : NULL;

      if (presync_face_get_metrics (face) == NULL
          || !presync_plain_place (self, run, face, next, &x))
        return FALSE;
    }
  presync_plain_mark (self, (guint) self->flat->text->len)->x = x;
  return TRUE;
}

static int
presync_plain_measure_cb (guint index, gboolean trailing, gpointer user_data)
{
  return presync_plain_mark (user_data, index + (trailing ? 1 : 0))->x;
}

static void
presync_plain_add_line (PresyncPlain *self, guint start, guint end, guint breaks, int width)
{
  PresyncPlainLine line = { start, end, breaks, width };

  g_array_append_val (self->lines, line);
}

/* Finds the places where a line may end, within a paragraph or part of one. Between letters,
 * figures and a few signs these are the blanks before all but some signs (Unicode Standard Annex
 * #14, LB 13, 18, 24, 25, 28, 29); what is not so simple is asked of Pango. */
static void
presync_plain_find_breaks (PresyncPlain *self, guint start, guint end)
{
  const char *text = self->flat->text->str;
  guint i = start;

  while (
      i < end
      && (g_ascii_isalnum (text[i]) || (text[i] != '\0' && strchr (" .,;:=@_", text[i]) != NULL)))
    i++;
  if (i == end)
    {
      for (i = start + 1; i < end; i++)
        presync_plain_mark (self, i)->may_end
            = text[i - 1] == ' ' && strchr (" .,;:", text[i]) == NULL;
      return;
    }
  g_array_set_size (self->attrs, (guint) g_utf8_strlen (text + start, end - start) + 1);
  pango_get_log_attrs (text + start, (int) (end - start), -1, self->language,
                       (PangoLogAttr *) self->attrs->data, (int) self->attrs->len);
  for (guint n = 0, j = start; j < end; j++)
    if (presync_plain_mark (self, j)->index >= 0)
      presync_plain_mark (self, j)->may_end
          = g_array_index (self->attrs, PangoLogAttr, n++).is_line_break;
}

/* Where a line ends if its last letter is the one before @end: nothing kerns that */
static int
presync_plain_get_end (const PresyncPlain *self, guint end)
{
  guint last = end - 1;

  while (presync_plain_mark (self, last)->index < 0 && last > 0)
    last--;
  for (guint i = 0; i < self->flat->runs->len; i++)
    {
      const PresyncFlatRun *run = &g_array_index (self->flat->runs, PresyncFlatRun, i);

      if (last < run->end)
        return presync_plain_mark (self, last)->x
               + presync_face_get_advance (
                   presync_type_get_face (self->type, self->role, run->style),
                   presync_plain_mark (self, last)->index, -1);
    }
  return presync_plain_mark (self, end)->x;
}

/* The farthest place where the line from @start may end; 0 if there is none. @width: (out): without
 * the blank that it ends with */
static guint
presync_plain_find_end (PresyncPlain *self, guint start, guint end, int *width)
{
  const char *text = self->flat->text->str;
  int left = presync_plain_mark (self, start)->x;
  guint found = 0;

  for (guint i = start + 1; i < end; i++)
    {
      int x = presync_plain_mark (self, text[i - 1] == ' ' ? i - 1 : i)->x - left;

      /* what is farther is too wide, however its last letter is kerned */
      if (x > self->width + self->width / 4)
        break;
      if (!presync_plain_mark (self, i)->may_end)
        continue;
      if (text[i - 1] != ' ')
        x = presync_plain_get_end (self, i) - left;
      if (x > self->width)
        continue;
      found = i;
      *width = x;
    }
  return found;
}

/* Sets a part of a paragraph in lines, behind so many @breaks; %FALSE if a word is too wide */
static gboolean
presync_plain_wrap (PresyncPlain *self, guint start, guint end, guint breaks)
{
  const char *text = self->flat->text->str;
  int right = text[end - 1] == ' ' ? presync_plain_mark (self, end)->x
                                   : presync_plain_get_end (self, end);
  gboolean known = FALSE;

  while (right - presync_plain_mark (self, start)->x > self->width)
    {
      int width = 0;
      guint found;

      if (text[end - 1] == ' ')
        return FALSE;
      if (!known)
        presync_plain_find_breaks (self, start, end);
      known = TRUE;
      found = presync_plain_find_end (self, start, end, &width);
      if (found == 0)
        return FALSE;
      presync_plain_add_line (self, start, found, breaks, width);
      start = found;
    }
  presync_plain_add_line (self, start, end, breaks, right - presync_plain_mark (self, start)->x);
  return TRUE;
}

static gboolean
presync_plain_set_paragraph (PresyncPlain *self, guint start, guint end, double width)
{
  const char *text = self->flat->text->str;
  guint first = self->breaks->len;

  if (start == end)
    return FALSE;
  if (presync_plain_mark (self, end)->x > self->width && presync_breaks_have_name (text))
    {
      presync_breaks_find_in_paragraph (text, start, end, width, presync_plain_measure_cb, self,
                                        self->breaks);
      for (guint i = first; i < self->breaks->len; i++)
        {
          guint at = g_array_index (self->breaks, guint, i);

          if (!presync_plain_wrap (self, start, at, i))
            return FALSE;
          start = at;
        }
    }
  return presync_plain_wrap (self, start, end, self->breaks->len);
}

/* Parts the text in lines */
static gboolean
presync_plain_break (PresyncPlain *self, double width)
{
  const char *text = self->flat->text->str;
  guint start = 0;
  guint length = (guint) self->flat->text->len;

  g_array_set_size (self->lines, 0);
  g_array_set_size (self->breaks, 0);
  if (length == 0)
    {
      presync_plain_add_line (self, 0, 0, 0, 0);
      return TRUE;
    }
  for (;;)
    {
      const char *stop = memchr (text + start, '\n', length - start);
      guint end = stop != NULL ? (guint) (stop - text) : length;

      if (!presync_plain_set_paragraph (self, start, end, width))
        return FALSE;
      if (stop == NULL)
        return TRUE;
      start = end + 1;
    }
}

/* Room of the lines in the height of those before them, as Pango reckons it */
static void
presync_plain_stack (PresyncLines *lines, PresyncFace *empty, double leading)
{
  guint run = 0;
  int baseline = 0;

  for (guint i = 0; i < lines->n_lines; i++)
    {
      PresyncLine *line = &lines->lines[i];
      PresyncFaceMetrics metrics = { 0, 0, 0 };

      if (lines->n_runs == 0)
        metrics = *presync_face_get_metrics (empty);
      while (run < lines->n_runs && lines->runs[run].end <= (guint) line->start)
        run++;
      for (guint j = run; j < lines->n_runs && lines->runs[j].start < (guint) line->end; j++)
        {
          const PresyncFaceMetrics *face = presync_face_get_metrics (lines->runs[j].face);

          metrics.ascent = MAX (metrics.ascent, face->ascent);
          metrics.descent = MAX (metrics.descent, face->descent);
          metrics.height = MAX (metrics.height, face->height);
        }
      baseline = i == 0 ? metrics.ascent
                        : (int) ((float) baseline + (float) leading * (float) metrics.height);
      line->top = pango_units_to_double (baseline - metrics.ascent);
      line->bottom = pango_units_to_double (baseline + metrics.descent);
      line->baseline = pango_units_to_double (baseline);
    }
}

/* All in one piece of memory: there are many of these */
static PresyncLines *
presync_plain_new_lines (PresyncPlain *self, PresyncType *type, PresyncTypeRole role,
                         double leading)
{
  const GArray *runs = self->flat->runs;
  gsize lines_size = self->lines->len * sizeof (PresyncLine);
  gsize runs_size = runs->len * sizeof (PresyncTextRun);
  PresyncLines *lines = g_rc_box_alloc0 (sizeof (PresyncLines) + lines_size + runs_size
                                         + self->flat->text->len + 1);

  lines->n_lines = self->lines->len;
  lines->lines = (PresyncLine *) (gpointer) (lines + 1);
  lines->n_runs = runs->len;
  lines->runs = (PresyncTextRun *) (gpointer) ((char *) lines->lines + lines_size);
  lines->text = (char *) lines->runs + runs_size;
  memcpy ((char *) lines->runs + runs_size, self->flat->text->str, self->flat->text->len);
  for (guint i = 0; i < lines->n_lines; i++)
    {
      const PresyncPlainLine *line = &g_array_index (self->lines, PresyncPlainLine, i);

      lines->lines[i].start = (int) (line->start + line->breaks);
      lines->lines[i].end = (int) (line->end + line->breaks);
      lines->width = MAX (lines->width, pango_units_to_double (line->width));
    }
  for (guint i = 0; i < lines->n_runs; i++)
    {
      const PresyncFlatRun *run = &g_array_index (runs, PresyncFlatRun, i);
      int ink = run->link != NULL                      ? PRESYNC_INK_BLUE
                : (run->style & PRESYNC_SPAN_DIM) != 0 ? PRESYNC_INK_DIM
                                                       : -1;

      lines->runs[i]
          = (PresyncTextRun){ run->start, run->end, presync_type_get_face (type, role, run->style),
                              ink, run->link };
    }
  presync_plain_stack (lines, presync_type_get_face (type, role, PRESYNC_SPAN_PLAIN), leading);
  return lines;
}

PresyncLines *
presync_plain_set (PresyncPlain *self, PresyncType *type, PresyncTypeRole role, PresyncFlat *flat,
                   double leading, double width)
{
  PresyncFace *face = presync_type_get_face (type, role, PRESYNC_SPAN_PLAIN);

  self->type = type;
  self->role = role;
  self->flat = flat;
  self->language = pango_context_get_language (presync_type_get_context (type));
  self->width = (int) (MAX (width, 1) * PANGO_SCALE);
  if (presync_face_get_metrics (face) == NULL || !presync_plain_measure (self, type, role)
      || !presync_plain_break (self, width))
    return NULL;
  if (self->breaks->len > 0)
    presync_flat_break (flat, self->breaks);
  return presync_plain_new_lines (self, type, role, leading);
}
