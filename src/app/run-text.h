/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "assessment/run.h"

G_BEGIN_DECLS

/* Translated: "Met", "Not met", "Unknown or unanswered" */
const char *presync_run_line_title (PresyncRunLine line);

/**
 * presync_run_dup_title:
 * @newest: (nullable): the newest edition; that of the run is named if it is another one
 *
 * Returns: (transfer full): when the run was, and of which edition
 */
char *presync_run_dup_title (PresyncRun *run, const GDate *newest);

/**
 * presync_run_dup_number:
 * @place: in its history, from 1; the number of a run that is in no file yet
 *
 * Returns: (transfer full): "Run 7", as presync-cli names it: runs of one minute are told apart
 */
char *presync_run_dup_number (PresyncRun *run, guint place);

/**
 * presync_run_dup_figures:
 *
 * Returns: (transfer full): "21 met, 2 not met, 3 unknown or unanswered"
 */
char *presync_run_dup_figures (PresyncRun *run, PresyncOption option);

/**
 * presync_run_dup_name:
 *
 * Returns: (transfer full): all of the run in one line, for screen readers
 */
char *presync_run_dup_name (PresyncRun *run, const GDate *newest);

/**
 * presync_runs_dup_description:
 * @runs: list of #PresyncRun, oldest first
 *
 * Returns: (transfer full): what the line of @option shows, in words and figures, for screen
 *   readers
 */
char *presync_runs_dup_description (GListModel *runs, PresyncOption option);

G_END_DECLS
