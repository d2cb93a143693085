/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/run.h"

G_BEGIN_DECLS

/**
 * PresyncHistory: the runs of an assessment, oldest first: a GListModel of #PresyncRun
 * (presync_assessment_get_history()). Whenever a check of the runner ends that was not cancelled,
 * a run is added.
 */
#define PRESYNC_TYPE_HISTORY (presync_history_get_type ())
G_DECLARE_FINAL_TYPE (PresyncHistory, presync_history, PRESYNC, HISTORY, GObject)

/* @assessment: (transfer none): whose runs they are; not kept */
PresyncHistory *presync_history_new (PresyncAssessment *assessment);
/* Runs of a file, oldest first, before those of this session (element-type PresyncRun) */
void presync_history_load (PresyncHistory *self, GPtrArray *runs);
/* Adds what the assessment says now as a run, and returns it (transfer none) */
PresyncRun *presync_history_add (PresyncHistory *self);
/* (nullable) (transfer none): the newest, or the one before it */
PresyncRun *presync_history_get_last (PresyncHistory *self);
PresyncRun *presync_history_get_previous (PresyncHistory *self);

/**
 * PresyncRunLoader: reads the rows of @run and sets them (presync_run_set_rows()); completes @task
 * with TRUE or an error, in the main thread
 * @task: (transfer full)
 */
typedef void (*PresyncRunLoader) (PresyncRun *run, GTask *task, gpointer user_data);

/* @loader: (nullable): who reads the rows of runs of a file */
void presync_history_set_loader (PresyncHistory *self, PresyncRunLoader loader, gpointer user_data,
                                 GDestroyNotify destroy);

/* Has @run its rows? If not, they are read; then they stay. */
void presync_history_load_rows_async (PresyncHistory *self, PresyncRun *run,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean presync_history_load_rows_finish (PresyncHistory *self, GAsyncResult *result,
                                           GError **error);

/* Likewise of the newest run and the one before it, which a report compares */
void presync_history_load_last_async (PresyncHistory *self, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
gboolean presync_history_load_last_finish (PresyncHistory *self, GAsyncResult *result,
                                           GError **error);
/* Are they all there? */
gboolean presync_history_has_last (PresyncHistory *self);

G_END_DECLS
