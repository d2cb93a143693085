/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/status.h"
#include <cairo.h>

G_BEGIN_DECLS

/**
 * presync_symbol_draw:
 * @x, @y: upper left corner
 * @size: side of the square it fills
 *
 * Draws a status' symbol as paths. Each has a shape of its own: tick in a ring (met), disc with a
 * bar (not met), triangle with "!" (advice), diamond with "?" (needs an answer), ring with "?"
 * (unknown), three dots (not applicable).
 */
void presync_symbol_draw (PresyncStatus status, cairo_t *cr, double x, double y, double size);

/* Begins a symbol: a square of 16 units, as of the window's icons, with round lines; cairo is to be
 * restored behind it */
void presync_symbol_begin (cairo_t *cr, double x, double y, double size);

/* The status whose symbol stands for a verdict */
PresyncStatus presync_symbol_of_verdict (PresyncVerdict verdict);

/**
 * presync_symbol_draw_donut:
 * @counts: by status; a ring of nothing if all are 0
 * @x, @y: upper left corner of the square of side @size
 */
void presync_symbol_draw_donut (const guint counts[PRESYNC_N_STATUSES], cairo_t *cr, double x,
                                double y, double size);

G_END_DECLS
