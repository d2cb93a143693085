/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sources/network/reach.h"

G_BEGIN_DECLS

/* The marks of the network's matrix, and where its columns stand: alike in its head and its rows */

/* From this width on, a column has room for its whole title */
#define PRESYNC_NETWORK_MARKS_WIDE 460

/* Width of a column in a row as wide as @width, in pixels */
int presync_network_marks_column (int width);

/**
 * presync_network_marks_draw:
 * @widget: whose colours and font are used
 * @x, @y: the middle of the mark, in pixels of @widget
 *
 * Draws a tick, a cross, a ringed question mark, a dash or a dot: told by shape and by colour.
 */
void presync_network_marks_draw (GtkWidget *widget, GtkSnapshot *snapshot, PresyncReachMark mark,
                                 double x, double y);

/* Draws the title of a column, with its middle at @x, @y. */
void presync_network_marks_draw_title (GtkWidget *widget, GtkSnapshot *snapshot,
                                       PresyncReachStage stage, double x, double y);

G_END_DECLS
