/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/painter.h"

#include "report/painter-chart.h"
#include "report/painter-private.h"
#include "report/symbol.h"

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

/* What people do not see: a place to link to, the beginning or end of a part */
static void
presync_painter_draw_tag (cairo_t *cr, const PresyncBox *box)
{
  if (box->kind == PRESYNC_BOX_ANCHOR)
    presync_painter_draw_anchor (cr, box);
  else if (box->kind == PRESYNC_BOX_OPEN)
    cairo_tag_begin (cr, box->name, NULL);
  else
    cairo_tag_end (cr, box->name);
}

static void
presync_painter_draw_drawing (cairo_t *cr, const PresyncBox *box)
{
  presync_ink_set (box->ink, cr);
  cairo_new_path (cr);
  if (box->kind == PRESYNC_BOX_SHARE)
    {
      cairo_rectangle (cr, box->x, box->y, box->width, box->height);
      presync_share_fill ((PresyncStatus) box->status, cr, box->x, box->y, box->width, box->height);
    }
  else if (box->kind == PRESYNC_BOX_CURVE)
    presync_curve_draw (box->drawing, cr, box->x, box->y, box->width, box->height);
  else if (box->kind == PRESYNC_BOX_PLACE)
    presync_place_draw ((PresyncPlace) box->status, cr, box->x, box->y, box->width);
  else if (box->kind == PRESYNC_BOX_WAIVER)
    presync_waiver_draw (cr, box->x, box->y, box->width);
  else
    presync_logo_draw (box->drawing, cr, box->x, box->y, box->width, box->height);
}

static void
presync_painter_draw_box (cairo_t *cr, const PresyncBox *box)
{
  switch (box->kind)
    {
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
    case PRESYNC_BOX_SHARE:
    case PRESYNC_BOX_CURVE:
    case PRESYNC_BOX_PLACE:
    case PRESYNC_BOX_WAIVER:
    case PRESYNC_BOX_LOGO:
      presync_painter_draw_drawing (cr, box);
      break;
    case PRESYNC_BOX_ANCHOR:
    case PRESYNC_BOX_OPEN:
    case PRESYNC_BOX_CLOSE:
      if (presync_painter_is_tagged (cr))
        presync_painter_draw_tag (cr, box);
      break;
    case PRESYNC_BOX_TEXT:
    case PRESYNC_BOX_ROWS:
    case PRESYNC_BOX_OUTLINE:
    default:
      break;
    }
}

/* Draws boxes in their order: text that is drawn in one way is handed to cairo at once, and so are
 * rules that follow each other */
static void
presync_painter_draw_boxes (PresyncPen *pen, const GArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const PresyncBox *box = &g_array_index (boxes, PresyncBox, i);

      if (box->kind == PRESYNC_BOX_TEXT)
        {
          presync_pen_draw_text (pen, box);
          continue;
        }
      presync_pen_flush (pen);
      if (box->kind == PRESYNC_BOX_ROWS)
        {
          g_auto (PresyncSetRows) set = { NULL, NULL, NULL };

          presync_layout_set_rows (pen->layout, box->rows, &set);
          presync_painter_draw_boxes (pen, set.boxes);
        }
      else if (box->kind == PRESYNC_BOX_RULE && i + 1 < boxes->len
               && (box + 1)->kind == PRESYNC_BOX_RULE && (box + 1)->ink == box->ink)
        cairo_rectangle (pen->cr, box->x, box->y, box->width, box->height);
      else
        presync_painter_draw_box (pen->cr, box);
    }
  presync_pen_flush (pen);
}

void
presync_painter_draw_page (const PresyncLayout *layout, guint page, cairo_t *cr)
{
  PresyncPen pen = { .cr = cr, .layout = (PresyncLayout *) layout };

  g_return_if_fail (page < layout->pages->len);
  presync_painter_draw_boxes (&pen, g_ptr_array_index (layout->pages, page));
}
