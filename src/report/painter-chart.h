/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/chart.h"
#include <cairo.h>

G_BEGIN_DECLS

/**
 * presync_share_fill:
 * @x, @y, @width, @height: rectangle around the path
 *
 * Fills the current path as a part of a bar or donut of @status, and clears it. Each status has a
 * pattern of its own, so that a grey print tells them apart: plain, plain and dark, rising lines,
 * dots, level lines, an outline.
 */
void presync_share_fill (PresyncStatus status, cairo_t *cr, double x, double y, double width,
                         double height);

/* A curve within a rectangle, with the dashes of its status */
void presync_curve_draw (const PresyncCurve *curve, cairo_t *cr, double x, double y, double width,
                         double height);

/* The symbol of a place in a square of side @size, in the colour that is set */
void presync_place_draw (PresyncPlace place, cairo_t *cr, double x, double y, double size);

/* The mark of a waiver, in a square of side @size: a flag */
void presync_waiver_draw (cairo_t *cr, double x, double y, double size);

G_END_DECLS
