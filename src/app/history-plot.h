/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/run-text.h"

G_BEGIN_DECLS

/**
 * PresyncHistoryPlot: what is drawn of a history. Plain data, for the time of a call.
 * @widget: on which; its colours, fonts and direction are used
 * @runs: (nullable): list of #PresyncRun, oldest first
 * @selected: position of the run that is chosen
 */
typedef struct
{
  GtkWidget *widget;
  GListModel *runs;
  PresyncOption option;
  guint selected;
} PresyncHistoryPlot;

/* Draws all of it over the widget's whole width; nothing where there are no runs */
void presync_history_plot_draw (const PresyncHistoryPlot *self, GtkSnapshot *snapshot);

/* Returns: the height that it takes in that width, in pixels */
int presync_history_plot_height (const PresyncHistoryPlot *self, int width);

/* Returns: position of the run that is nearest to @x; 0 where there are no runs */
guint presync_history_plot_at (const PresyncHistoryPlot *self, double x);

G_END_DECLS
