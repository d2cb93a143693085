/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/symbol.h"

#include "report/painter-chart.h"
#include "report/palette.h"
#include <math.h>

/* All symbols are drawn in a square of 16 units, like the icons of the window. */
#define GRID 16.0

static void
presync_symbol_question (cairo_t *cr)
{
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, 6.1, 6.4);
  cairo_curve_to (cr, 6.1, 3.7, 9.9, 3.7, 9.9, 6.3);
  cairo_curve_to (cr, 9.9, 7.8, 8.0, 7.8, 8.0, 9.3);
  cairo_stroke (cr);
  cairo_arc (cr, 8.0, 11.5, 0.95, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
presync_symbol_met (cairo_t *cr)
{
  cairo_set_line_width (cr, 1.3);
  cairo_arc (cr, 8, 8, 7.0, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 1.9);
  cairo_move_to (cr, 4.6, 8.3);
  cairo_line_to (cr, 7.0, 10.7);
  cairo_line_to (cr, 11.5, 5.6);
  cairo_stroke (cr);
}

static void
presync_symbol_not_met (cairo_t *cr)
{
  cairo_arc (cr, 8, 8, 7.6, 0, 2 * G_PI);
  cairo_fill (cr);
  presync_ink_set (PRESYNC_INK_PAPER, cr);
  cairo_rectangle (cr, 3.8, 6.7, 8.4, 2.6);
  cairo_fill (cr);
}

static void
presync_symbol_advice (cairo_t *cr)
{
  cairo_set_line_width (cr, 1.6);
  cairo_move_to (cr, 8, 1.6);
  cairo_line_to (cr, 15, 14);
  cairo_line_to (cr, 1, 14);
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
  presync_ink_set (PRESYNC_INK_PAPER, cr);
  cairo_set_line_width (cr, 1.8);
  cairo_move_to (cr, 8, 5.8);
  cairo_line_to (cr, 8, 9.5);
  cairo_stroke (cr);
  cairo_arc (cr, 8, 12.2, 1.0, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
presync_symbol_needs_answer (cairo_t *cr)
{
  cairo_set_line_width (cr, 1.2);
  cairo_move_to (cr, 8, 0.8);
  cairo_line_to (cr, 15.2, 8);
  cairo_line_to (cr, 8, 15.2);
  cairo_line_to (cr, 0.8, 8);
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
  presync_ink_set (PRESYNC_INK_PAPER, cr);
  presync_symbol_question (cr);
}

static void
presync_symbol_unknown (cairo_t *cr)
{
  cairo_set_line_width (cr, 1.3);
  cairo_arc (cr, 8, 8, 7.0, 0, 2 * G_PI);
  cairo_stroke (cr);
  presync_symbol_question (cr);
}

static void
presync_symbol_not_applicable (cairo_t *cr)
{
  for (int i = 0; i < 3; i++)
    {
      cairo_arc (cr, 3.0 + 5.0 * i, 8, 1.5, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

void
presync_symbol_begin (cairo_t *cr, double x, double y, double size)
{
  cairo_save (cr);
  /* an arc would be joined to where the last text ended */
  cairo_new_path (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / GRID, size / GRID);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
}

void
presync_symbol_draw (PresyncStatus status, cairo_t *cr, double x, double y, double size)
{
  static void (*const draw[PRESYNC_N_STATUSES]) (cairo_t *) = {
    [PRESYNC_STATUS_NOT_APPLICABLE] = presync_symbol_not_applicable,
    [PRESYNC_STATUS_MET] = presync_symbol_met,
    [PRESYNC_STATUS_ADVICE] = presync_symbol_advice,
    [PRESYNC_STATUS_NEEDS_ANSWER] = presync_symbol_needs_answer,
    [PRESYNC_STATUS_UNKNOWN] = presync_symbol_unknown,
    [PRESYNC_STATUS_NOT_MET] = presync_symbol_not_met,
  };

  presync_symbol_begin (cr, x, y, size);
  presync_ink_set (presync_ink_of_status (status), cr);
  draw[status](cr);
  cairo_restore (cr);
}

PresyncStatus
presync_symbol_of_verdict (PresyncVerdict verdict)
{
  static const PresyncStatus statuses[] = {
    [PRESYNC_VERDICT_READY] = PRESYNC_STATUS_MET,
    [PRESYNC_VERDICT_READY_WITH_ADVICE] = PRESYNC_STATUS_ADVICE,
    [PRESYNC_VERDICT_NOT_YET_KNOWN] = PRESYNC_STATUS_NEEDS_ANSWER,
    [PRESYNC_VERDICT_NOT_READY] = PRESYNC_STATUS_NOT_MET,
  };

  return statuses[verdict];
}

/* The path of one part of the ring, from @start to @end in radians; @radius: of its middle */
static void
presync_symbol_arc (cairo_t *cr, double radius, double thickness, double start, double end)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius + thickness / 2, start, end);
  if (end - start >= 2 * G_PI)
    cairo_new_sub_path (cr);
  cairo_arc_negative (cr, 0, 0, radius - thickness / 2, end, start);
  cairo_close_path (cr);
}

void
presync_symbol_draw_donut (const guint counts[PRESYNC_N_STATUSES], cairo_t *cr, double x, double y,
                           double size)
{
  /* What does not apply is no part of the work: a ring without it can be closed. */
  static const PresyncStatus order[] = {
    PRESYNC_STATUS_MET,          PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE,
    PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_UNKNOWN,
  };
  double thickness = size * 0.115;
  double radius = (size - thickness) / 2 - 2;
  double angle = -G_PI / 2;
  guint total = 0;
  guint parts = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      total += counts[order[i]];
      parts += counts[order[i]] > 0 ? 1 : 0;
    }
  cairo_save (cr);
  cairo_translate (cr, x + size / 2, y + size / 2);
  if (total == 0)
    {
      presync_symbol_arc (cr, radius, thickness, 0, 2 * G_PI);
      presync_ink_set (PRESYNC_INK_PALE, cr);
      cairo_fill (cr);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (order) && total > 0; i++)
    {
      PresyncStatus status = order[i];
      double turn = 2 * G_PI * counts[status] / total;
      /* a gap of two points between parts; the thinnest part keeps a sliver */
      double gap = parts > 1 ? MIN (2.0 / radius, turn * 0.6) : 0;
      /* what blocks stands out in a grey print too: that part is broader */
      double more = status == PRESYNC_STATUS_NOT_MET && parts > 1 ? 3.0 : 0;

      if (counts[status] == 0)
        continue;
      presync_symbol_arc (cr, radius, thickness + more, angle + gap / 2, angle + turn - gap / 2);
      presync_share_fill (status, cr, -size / 2, -size / 2, size, size);
      angle += turn;
    }
  cairo_restore (cr);
}
