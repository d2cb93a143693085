/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/painter.h"

#include "report/symbol.h"

/* In the attributes of a cairo tag, ' and \ stand for themselves only behind a \ */
static char *
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
  g_autofree char *quoted = presync_painter_quote (*link == '#' ? link + 1 : link);
  g_autofree char *attributes = g_strconcat (*link == '#' ? "dest=" : "uri=", quoted, NULL);

  cairo_tag_begin (cr, CAIRO_TAG_LINK, attributes);
}

static void
presync_painter_rounded (cairo_t *cr, double x, double y, double width, double height,
                         double radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* Where @offset leads, %NULL if nowhere */
static const char *
presync_painter_find_link (const PresyncLines *lines, guint offset)
{
  for (guint i = 0; i < lines->links->len; i++)
    {
      const PresyncLinkRange *range = &g_array_index (lines->links, PresyncLinkRange, i);

      if (offset >= range->start && offset < range->end)
        return range->link;
    }
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

/* Draws a line run by run, so that each link holds its own text and no other */
static void
presync_painter_draw_line (cairo_t *cr, const PresyncBox *box, const PangoLayoutLine *line,
                           double x, double y)
{
  const char *text = pango_layout_get_text (box->lines->layout);
  const char *open = NULL;

  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      PangoGlyphItem *run = l->data;
      const char *link = presync_painter_find_link (box->lines, (guint) run->item->offset);

      if (link != open)
        {
          if (open != NULL)
            cairo_tag_end (cr, CAIRO_TAG_LINK);
          if (link != NULL)
            presync_painter_begin_link (cr, link);
          open = link;
        }
      presync_painter_set_colour (cr, box->ink, &run->item->analysis);
      cairo_move_to (cr, x, y);
      pango_cairo_show_glyph_item (cr, text, run);
      x += pango_units_to_double (pango_glyph_string_get_width (run->glyphs));
    }
  if (open != NULL)
    cairo_tag_end (cr, CAIRO_TAG_LINK);
}

static void
presync_painter_draw_text (cairo_t *cr, const PresyncBox *box)
{
  GSList *line = NULL;
  double top;

  if (box->n == 0 || box->lines == NULL)
    return;
  top = box->lines->lines[box->first].top;
  line = g_slist_nth (pango_layout_get_lines_readonly (box->lines->layout), box->first);
  for (guint i = box->first; i < box->first + box->n && line != NULL; i++, line = line->next)
    presync_painter_draw_line (cr, box, line->data, box->x + box->lines->lines[i].left,
                               box->y + box->lines->lines[i].baseline - top);
}

static void
presync_painter_draw_shape (cairo_t *cr, const PresyncBox *box)
{
  presync_ink_set (box->ink, cr);
  if (box->kind == PRESYNC_BOX_RULE)
    {
      cairo_rectangle (cr, box->x, box->y, box->width, box->height);
      cairo_fill (cr);
      return;
    }
  presync_painter_rounded (cr, box->x, box->y, box->width, box->height, box->radius);
  if (box->kind == PRESYNC_BOX_FIELD)
    {
      cairo_fill (cr);
      return;
    }
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

static void
presync_painter_draw_anchor (cairo_t *cr, const PresyncBox *box)
{
  g_autofree char *quoted = presync_painter_quote (box->name);
  g_autofree char *attributes
      = g_strdup_printf ("name=%s x=%d y=%d internal", quoted, (int) box->x, (int) box->y);

  cairo_tag_begin (cr, CAIRO_TAG_DEST, attributes);
  cairo_tag_end (cr, CAIRO_TAG_DEST);
}

static void
presync_painter_draw_box (cairo_t *cr, const PresyncBox *box)
{
  switch (box->kind)
    {
    case PRESYNC_BOX_TEXT:
      presync_painter_draw_text (cr, box);
      break;
    case PRESYNC_BOX_RULE:
    case PRESYNC_BOX_FIELD:
    case PRESYNC_BOX_FRAME:
      presync_painter_draw_shape (cr, box);
      break;
    case PRESYNC_BOX_SYMBOL:
      presync_symbol_draw ((PresyncStatus) box->status, cr, box->x, box->y, box->width);
      break;
    case PRESYNC_BOX_DONUT:
      presync_symbol_draw_donut (box->card->counts, cr, box->x, box->y, box->width);
      break;
    case PRESYNC_BOX_ANCHOR:
      presync_painter_draw_anchor (cr, box);
      break;
    case PRESYNC_BOX_OPEN:
      cairo_tag_begin (cr, box->name, NULL);
      break;
    case PRESYNC_BOX_CLOSE:
      cairo_tag_end (cr, box->name);
      break;
    case PRESYNC_BOX_OUTLINE:
    default:
      break;
    }
}

void
presync_painter_draw_page (const PresyncLayout *layout, guint page, cairo_t *cr)
{
  GArray *boxes;

  g_return_if_fail (page < layout->pages->len);
  boxes = g_ptr_array_index (layout->pages, page);
  for (guint i = 0; i < boxes->len; i++)
    presync_painter_draw_box (cr, &g_array_index (boxes, PresyncBox, i));
}
