/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/place.h"

G_BEGIN_DECLS

/* Drawings of a report as plain data: what they show, in figures and words; no place, no size. All
 * that colour says in them a shape, a figure or a word says too. */

/**
 * PresyncBar: how many of a section have which status
 * @title: the section, or the option
 * @total: the sum of those below it: figures without a bar
 * @counts: requirements by status
 */
typedef struct
{
  char *title;
  gboolean total;
  guint counts[PRESYNC_N_STATUSES];
} PresyncBar;

/**
 * PresyncMapNode: a place that a synchronization runs through
 * @name: what it is called; @detail: a few words about it
 */
typedef struct
{
  PresyncPlace place;
  PresyncStatus status;
  char *name;
  char *detail;
} PresyncMapNode;

/**
 * PresyncCurve: a figure over time
 * @title: what is counted, behind its end
 * @status: gives its colour, its dashes and the symbol at its end
 * @points: x and y by turns, each 0 to 1, from left to right
 * @last: the figure at its end
 */
typedef struct
{
  char *title;
  PresyncStatus status;
  GArray *points;
  guint last;
} PresyncCurve;

/**
 * PresyncPanel: curves of one option
 * @curves: (element-type PresyncCurve)
 * @most: figure at the upper end; at the lower it is 0; @step: from one figure of the axis to the
 *   next
 * @first, @last: dates at the left and right end; the same if there is one
 */
typedef struct
{
  char *title;
  GPtrArray *curves;
  guint most;
  guint step;
  char *first;
  char *last;
} PresyncPanel;

/**
 * PresyncChart: one drawing; only what its block's kind needs is filled in
 * @title: (nullable): above it
 * @note: (nullable): below it
 * @alternate: all its figures in words, for those who do not see it
 * @bars: (element-type PresyncBar); @nodes: (element-type PresyncMapNode); @panels: (element-type
 *   PresyncPanel): side by side
 */
typedef struct
{
  char *title;
  char *note;
  char *alternate;
  GPtrArray *bars;
  GPtrArray *nodes;
  GPtrArray *panels;
} PresyncChart;

PresyncChart *presync_chart_new (void);
void presync_chart_free (PresyncChart *self);

/* Each adds a part and returns it, (transfer none). */
PresyncBar *presync_chart_add_bar (PresyncChart *self, const char *title);
PresyncMapNode *presync_chart_add_node (PresyncChart *self, PresyncPlace place,
                                        PresyncStatus status, const char *name, const char *detail);
PresyncPanel *presync_chart_add_panel (PresyncChart *self, const char *title);
PresyncCurve *presync_panel_add_curve (PresyncPanel *self, PresyncStatus status, const char *title);
void presync_curve_add_point (PresyncCurve *self, double x, double y);

/* What a bar or a donut counts, in the order it is drawn: met, not met, advice, needs an answer,
 * unknown; and, of a bar's figures, not applicable last */
extern const PresyncStatus presync_chart_order[PRESYNC_N_STATUSES];

G_END_DECLS
