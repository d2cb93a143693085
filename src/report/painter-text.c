/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/painter-private.h"

gboolean
presync_painter_is_tagged (cairo_t *cr)
{
  return cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_PDF;
}

/* In the attributes of a cairo tag, ' and \ stand for themselves only behind a \ */
char *
presync_painter_quote (const char *text)
{
  GString *quoted = g_string_new ("'");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\'' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '\'');
  return g_string_free (quoted, FALSE);
}

static void
presync_painter_begin_link (cairo_t *cr, const char *link)
{
  /* cairo writes an address as it is: a parenthesis or a backslash would end it */
  g_autofree char *address = g_uri_escape_string (link, "%:/?#[]@!$&*+,;=", FALSE);
  g_autofree char *quoted = presync_painter_quote (*link == '#' ? link + 1 : address);
  g_autofree char *attributes = g_strconcat (*link == '#' ? "dest=" : "uri=", quoted, NULL);

  cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes);
}

/* Ends the link that is open and begins another, if they are not the same; either may be %NULL */
static const char *
presync_painter_change_link (cairo_t *cr, const char *open, const char *link)
{
  if (link == open || !presync_painter_is_tagged (cr))
    return open;
  if (open != NULL)
    cairo_tag_end (cr, CAIRO_TAG_LINK);
  if (link != NULL)
    presync_painter_begin_link (cr, link);
  return link;
}

/* Where @offset leads, %NULL if nowhere */
static const char *
presync_painter_find_link (const PresyncLines *lines, guint offset)
{
  for (guint i = 0; i < lines->n_runs; i++)
    if (offset >= lines->runs[i].start && offset < lines->runs[i].end)
      return lines->runs[i].link;
  return NULL;
}

static void
presync_painter_set_colour (cairo_t *cr, PresyncInk ink, const PangoAnalysis *analysis)
{
  for (const GSList *l = analysis->extra_attrs; l != NULL; l = l->next)
    {
      const PangoAttribute *attribute = l->data;

      if (attribute->klass->type == PANGO_ATTR_FOREGROUND)
        {
          const PangoColor *colour = &((const PangoAttrColor *) attribute)->color;

          cairo_set_source_rgb (cr, colour->red / 65535.0, colour->green / 65535.0,
                                colour->blue / 65535.0);
          return;
        }
    }
  presync_ink_set (ink, cr);
}

/* Draws a line of Pango's run by run, so that each link holds its own text and no other */
static void
presync_painter_draw_layout_line (cairo_t *cr, const PresyncBox *box, const PangoLayoutLine *line,
                                  double x, double y)
{
  const char *open = NULL;

  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *run = l->data;

      open = presync_painter_change_link (
          cr, open, presync_painter_find_link (box->lines, (guint) run->item->offset));
      presync_painter_set_colour (cr, box->ink, &run->item->analysis);
      cairo_move_to (cr, x, y);
      pango_cairo_show_glyph_item (cr, box->lines->text, run);
      x += pango_units_to_double (pango_glyph_string_get_width (run->glyphs));
    }
  presync_painter_change_link (cr, open, NULL);
}

void
presync_pen_flush (PresyncPen *self)
{
  if (self->n == 0)
    return;
  presync_ink_set (self->ink, self->cr);
  cairo_set_scaled_font (self->cr, presync_face_get_scaled_font (self->face));
  cairo_show_text_glyphs (self->cr, self->text, self->length, self->glyphs, self->n, self->clusters,
                          self->n, 0);
  self->n = 0;
  self->length = 0;
}

/* Gathers letters of one face; @x: in Pango units, moved behind them. @next: of the letter behind
 * @end, if it is in the same line and face, else -1 */
static void
presync_pen_draw_letters (PresyncPen *self, const char *text, const char *end, int next,
                          double left, int *x, double y)
{
  guint scripts = 0;
  int index = presync_face_get_index (g_utf8_get_char (text), &scripts);

  for (const char *p = text; p < end;)
    {
      const char *behind = g_utf8_next_char (p);
      int index_behind
          = behind < end ? presync_face_get_index (g_utf8_get_char (behind), &scripts) : next;
      cairo_glyph_t *glyph;

      if (self->n == PRESYNC_PEN_MOST)
        presync_pen_flush (self);
      glyph = &self->glyphs[self->n];
      glyph->x = left + pango_units_to_double (*x);
      glyph->y = y;
      *x += presync_face_get_advance (self->face, index, index_behind);
      glyph->index = presync_face_get_glyph (self->face, index);
      self->clusters[self->n].num_glyphs = 1;
      self->clusters[self->n++].num_bytes = (int) (behind - p);
      while (p < behind)
        self->text[self->length++] = *p++;
      index = index_behind;
    }
}

/* Draws a line of plain text: see type-plain.c */
static void
presync_pen_draw_line (PresyncPen *self, const PresyncBox *box, const PresyncLine *line,
                       double left, double y)
{
  const PresyncLines *lines = box->lines;
  const char *open = NULL;
  guint end = (guint) line->end;
  int x = 0;

  for (guint i = 0; i < lines->n_runs && lines->runs[i].start < end; i++)
    {
      const PresyncTextRun *run = &lines->runs[i];
      PresyncInk ink = run->ink >= 0 ? (PresyncInk) run->ink : box->ink;
      guint from = MAX (run->start, (guint) line->start);
      guint to = MIN (run->end, end);
      int next = -1;
      guint scripts = 0;

      if (from >= to)
        continue;
      if (to < end && run[1].face == run->face)
        next = presync_face_get_index (g_utf8_get_char (lines->text + to), &scripts);
      if (run->face != self->face || ink != self->ink || run->link != open)
        presync_pen_flush (self);
      open = presync_painter_change_link (self->cr, open, run->link);
      self->face = run->face;
      self->ink = ink;
      presync_pen_draw_letters (self, lines->text + from, lines->text + to, next, left, &x, y);
    }
  if (open != NULL)
    presync_pen_flush (self);
  presync_painter_change_link (self->cr, open, NULL);
}

void
presync_pen_draw_text (PresyncPen *self, const PresyncBox *box)
{
  const PresyncLines *lines = box->lines;
  GSList *line = NULL;
  double top;

  if (box->n == 0 || lines == NULL)
    return;
  top = lines->lines[box->first].top;
  if (lines->layout != NULL)
    {
      presync_pen_flush (self);
      line = g_slist_nth (pango_layout_get_lines_readonly (lines->layout), box->first);
    }
  for (guint i = box->first; i < MIN (box->first + box->n, lines->n_lines); i++)
    {
      double x = box->x + lines->lines[i].left;
      double y = box->y + lines->lines[i].baseline - top;

      if (lines->layout == NULL)
        presync_pen_draw_line (self, box, &lines->lines[i], x, y);
      else if (line != NULL)
        {
          presync_painter_draw_layout_line (self->cr, box, line->data, x, y);
          line = line->next;
        }
    }
}
