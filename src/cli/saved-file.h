/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/history.h"
#include "store/store.h"

G_BEGIN_DECLS

/**
 * PresyncSavedFile: a .presync file that a command line named, opened. Plain data.
 * @path: as it was named
 */
typedef struct
{
  char *path;
  PresyncAssessment *assessment;
  PresyncStore *store;
} PresyncSavedFile;

void presync_saved_file_free (PresyncSavedFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSavedFile, presync_saved_file_free)

/* (transfer full) (nullable): the file, to be read; nothing of it is changed, nothing that it names
 * is asked */
PresyncSavedFile *presync_saved_file_open (const char *path, GError **error);

/* The rows of @run, as far as they are not there. Blocking, runs a main loop. */
gboolean presync_history_load_rows (PresyncHistory *history, PresyncRun *run, GError **error);
/* Those of the last two, which a report compares. That they cannot be read is said, and is no
 * reason to have no report. */
void presync_saved_file_load_last (PresyncAssessment *assessment);

G_END_DECLS
