/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/run-text.h"

G_BEGIN_DECLS

/**
 * PresyncHistoryLine: how many requirements of an option were met, not met, and unknown or
 * unanswered, run by run, as three lines that differ in colour, dashes and marks
 *
 * A run is chosen by pointing at it, or by Left, Right, Home and End; what it counted stands above
 * the lines. Signal "activate" (guint position): it was clicked, or Enter was pressed on it.
 */
#define PRESYNC_TYPE_HISTORY_LINE (presync_history_line_get_type ())
G_DECLARE_FINAL_TYPE (PresyncHistoryLine, presync_history_line, PRESYNC, HISTORY_LINE, GtkWidget)

/* @runs: (transfer none): list of #PresyncRun, oldest first; followed. The last is chosen. */
void presync_history_line_set_runs (PresyncHistoryLine *self, GListModel *runs);
void presync_history_line_set_option (PresyncHistoryLine *self, PresyncOption option);

/* Position of the run that is chosen; %GTK_INVALID_LIST_POSITION if there is none */
guint presync_history_line_get_selected (PresyncHistoryLine *self);
/* @position: kept within the runs */
void presync_history_line_select (PresyncHistoryLine *self, guint position);

G_END_DECLS
