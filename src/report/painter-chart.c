/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/painter-chart.h"

#include "report/palette.h"
#include "report/symbol.h"

#define HATCH 3.6 /* points between the lines of a pattern */
#define HATCH_WIDTH 0.9
/* Up to so many points each is marked */
#define MOST_MARKS 24

/* Lines that rise to the right */
static void
presync_share_rising (cairo_t *cr, double x, double y, double width, double height)
{
  /* from a fixed grid, so that neighbours match */
  for (double at = x - height; at < x + width; at += HATCH)
    {
      cairo_move_to (cr, at, y + height);
      cairo_line_to (cr, at + height, y);
    }
  cairo_set_line_width (cr, HATCH_WIDTH);
  cairo_stroke (cr);
}

static void
presync_share_level (cairo_t *cr, double x, double y, double width, double height)
{
  for (double at = y + HATCH / 2; at < y + height; at += HATCH * 0.75)
    {
      cairo_move_to (cr, x, at);
      cairo_line_to (cr, x + width, at);
    }
  cairo_set_line_width (cr, HATCH_WIDTH);
  cairo_stroke (cr);
}

/* Dots, every second row shifted by half */
static void
presync_share_dots (cairo_t *cr, double x, double y, double width, double height)
{
  guint row = 0;

  for (double at = y + HATCH / 2; at < y + height; at += HATCH, row++)
    for (double dot = x + (row % 2 == 0 ? HATCH / 2 : HATCH); dot < x + width; dot += HATCH)
      {
        cairo_new_sub_path (cr);
        cairo_arc (cr, dot, at, 0.75, 0, 2 * G_PI);
      }
  cairo_fill (cr);
}

void
presync_share_fill (PresyncStatus status, cairo_t *cr, double x, double y, double width,
                    double height)
{
  static void (*const draw[PRESYNC_N_STATUSES]) (cairo_t *, double, double, double, double) = {
    [PRESYNC_STATUS_ADVICE] = presync_share_rising,
    [PRESYNC_STATUS_NEEDS_ANSWER] = presync_share_dots,
    [PRESYNC_STATUS_UNKNOWN] = presync_share_level,
  };

  cairo_save (cr);
  presync_ink_set (presync_ink_of_share (status), cr);
  if (status == PRESYNC_STATUS_NOT_APPLICABLE)
    {
      cairo_set_line_width (cr, 0.7);
      cairo_stroke (cr);
      cairo_restore (cr);
      return;
    }
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  if (draw[status] != NULL)
    {
      presync_ink_set (PRESYNC_INK_PAPER, cr);
      draw[status](cr, x, y, width, height);
    }
  cairo_restore (cr);
  cairo_new_path (cr);
}

static void
presync_curve_set_dash (PresyncStatus status, cairo_t *cr)
{
  static const double broken[] = { 5, 2.5 };
  static const double dotted[] = { 0.01, 3 };

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, 1.6);
  if (status == PRESYNC_STATUS_NOT_MET)
    {
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
      cairo_set_dash (cr, broken, G_N_ELEMENTS (broken), 0);
    }
  else if (status != PRESYNC_STATUS_MET)
    {
      cairo_set_dash (cr, dotted, G_N_ELEMENTS (dotted), 0);
      cairo_set_line_width (cr, 1.9);
    }
}

void
presync_curve_draw (const PresyncCurve *curve, cairo_t *cr, double x, double y, double width,
                    double height)
{
  guint n = curve->points->len / 2;

  cairo_save (cr);
  cairo_new_path (cr);
  presync_ink_set (presync_ink_of_status (curve->status), cr);
  presync_curve_set_dash (curve->status, cr);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, x + g_array_index (curve->points, double, 2 * i) * width,
                   y + height - g_array_index (curve->points, double, 2 * i + 1) * height);
  cairo_stroke (cr);
  for (guint i = 0; i < n && n <= MOST_MARKS; i++)
    {
      cairo_arc (cr, x + g_array_index (curve->points, double, 2 * i) * width,
                 y + height - g_array_index (curve->points, double, 2 * i + 1) * height, 2.0, 0,
                 2 * G_PI);
      cairo_fill (cr);
    }
  cairo_restore (cr);
}

/* A tree of three */
static void
presync_place_draw_forest (cairo_t *cr)
{
  cairo_rectangle (cr, 5.75, 1.75, 4.5, 3.5);
  cairo_rectangle (cr, 1.75, 10.75, 4.0, 3.5);
  cairo_rectangle (cr, 10.25, 10.75, 4.0, 3.5);
  cairo_move_to (cr, 8, 5.25);
  cairo_line_to (cr, 8, 8);
  cairo_move_to (cr, 3.75, 10.75);
  cairo_line_to (cr, 3.75, 8);
  cairo_line_to (cr, 12.25, 8);
  cairo_line_to (cr, 12.25, 10.75);
  cairo_stroke (cr);
}

static void
presync_place_draw_server (cairo_t *cr)
{
  cairo_rectangle (cr, 3.75, 1.75, 8.5, 12.5);
  cairo_move_to (cr, 5.75, 4.5);
  cairo_line_to (cr, 10.25, 4.5);
  cairo_move_to (cr, 5.75, 7.0);
  cairo_line_to (cr, 10.25, 7.0);
  cairo_stroke (cr);
  cairo_arc (cr, 8, 11.25, 1.25, 0, 2 * G_PI);
  cairo_fill (cr);
}

/* The front of a round plate whose middle is at @y */
static void
presync_place_plate (cairo_t *cr, double y)
{
  cairo_move_to (cr, 2.75, y);
  cairo_curve_to (cr, 2.75, y + 2.5, 13.25, y + 2.5, 13.25, y);
}

static void
presync_place_draw_sql (cairo_t *cr)
{
  cairo_move_to (cr, 2.75, 3.6);
  cairo_curve_to (cr, 2.75, 1.1, 13.25, 1.1, 13.25, 3.6);
  cairo_line_to (cr, 13.25, 12.4);
  cairo_curve_to (cr, 13.25, 14.9, 2.75, 14.9, 2.75, 12.4);
  cairo_close_path (cr);
  for (guint i = 0; i < 3; i++)
    presync_place_plate (cr, 3.6 + 3.0 * i);
  cairo_stroke (cr);
}

static void
presync_place_draw_tenant (cairo_t *cr)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, 8, 8, 6.25, 0, 2 * G_PI);
  cairo_move_to (cr, 2.3, 5.75);
  cairo_line_to (cr, 13.7, 5.75);
  cairo_move_to (cr, 2.3, 10.25);
  cairo_line_to (cr, 13.7, 10.25);
  cairo_move_to (cr, 8, 1.75);
  cairo_curve_to (cr, 4.3, 5, 4.3, 11, 8, 14.25);
  cairo_move_to (cr, 8, 1.75);
  cairo_curve_to (cr, 11.7, 5, 11.7, 11, 8, 14.25);
  cairo_stroke (cr);
}

void
presync_place_draw (PresyncPlace place, cairo_t *cr, double x, double y, double size)
{
  static void (*const draw[PRESYNC_N_PLACES]) (cairo_t *) = {
    [PRESYNC_PLACE_FOREST] = presync_place_draw_forest,
    [PRESYNC_PLACE_SYNC_SERVER] = presync_place_draw_server,
    [PRESYNC_PLACE_SQL] = presync_place_draw_sql,
    [PRESYNC_PLACE_TENANT] = presync_place_draw_tenant,
  };

  presync_symbol_begin (cr, x, y, size);
  cairo_set_line_width (cr, 1.2);
  draw[place](cr);
  cairo_restore (cr);
}

void
presync_waiver_draw (cairo_t *cr, double x, double y, double size)
{
  presync_symbol_begin (cr, x, y, size);
  cairo_set_line_width (cr, 1.8);
  cairo_move_to (cr, 3.5, 1.5);
  cairo_line_to (cr, 3.5, 14.5);
  cairo_stroke (cr);
  cairo_move_to (cr, 3.5, 2.5);
  cairo_line_to (cr, 13.5, 2.5);
  cairo_line_to (cr, 10.75, 5.75);
  cairo_line_to (cr, 13.5, 9.0);
  cairo_line_to (cr, 3.5, 9.0);
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  cairo_restore (cr);
}
