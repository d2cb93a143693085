/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/assessment-file.h"

G_BEGIN_DECLS

/**
 * PresyncSaver: an assessment file and what is still to be written into it. Reference counted; used
 * by the main thread and the worker, one after the other. A thread that only adds changes never
 * waits for the disk.
 */
typedef struct _PresyncSaver PresyncSaver;

/**
 * PresyncSaverReport: how a write went. Plain data.
 * @serial: counts the reports
 * @error: (nullable): one sentence: the changes are kept
 * @read_only: (nullable): the sentence, if the file may not be written
 * @saved_at: (nullable)
 * @n_lost: of saving under another name: runs that could not be copied
 * @runs, @ids: (element-type PresyncRun), (element-type gint64): that were written
 */
typedef struct
{
  guint64 serial;
  GError *error;
  char *read_only;
  GDateTime *saved_at;
  guint n_lost;
  GPtrArray *runs;
  GArray *ids;
} PresyncSaverReport;

void presync_saver_report_free (PresyncSaverReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSaverReport, presync_saver_report_free)

/* @file: (transfer full) */
PresyncSaver *presync_saver_new (PresyncAssessmentFile *file);
PresyncSaver *presync_saver_ref (PresyncSaver *self);
void presync_saver_unref (PresyncSaver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSaver, presync_saver_unref)

/* @changes: (transfer full) */
void presync_saver_add (PresyncSaver *self, PresyncChanges *changes);
/* Is something not written yet? */
gboolean presync_saver_has_changes (PresyncSaver *self);
/* Nothing is there to be written, and nothing is being written */
gboolean presync_saver_is_clean (PresyncSaver *self);

/* (transfer full): writes what is there to be written; blocking */
PresyncSaverReport *presync_saver_write (PresyncSaver *self);

/* Blocking: as presync_assessment_file_read_rows() */
GPtrArray *presync_saver_read_rows (PresyncSaver *self, gint64 id, GDateTime *at, GError **error);

/**
 * presync_saver_save_as:
 * @all: (transfer full): everything but runs
 *
 * Writes everything to another file, and goes on with that. Blocking.
 *
 * Returns: (transfer full) (nullable): the report; %NULL with an error: nothing changed
 */
PresyncSaverReport *presync_saver_save_as (PresyncSaver *self, PresyncChanges *all,
                                           const char *path, GError **error);

/* Lets the file go; what is not written is lost. Waits for a write that is under way. */
void presync_saver_close (PresyncSaver *self);

G_END_DECLS
