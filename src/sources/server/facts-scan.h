/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/server/facts-report.h"

G_BEGIN_DECLS

/* Reading the files of the folder takes no more; then a file server is as good as gone. */
#define PRESYNC_FACTS_SCAN_SECONDS 30
/* Of a folder, so many files are read. */
#define PRESYNC_FACTS_SCAN_MAX_FILES 200

/**
 * PresyncFactsFile: one facts file as it was read
 * @report: (nullable): what it told
 * @error: (nullable): why it told nothing
 * @in_folder: found in the watched folder
 * @fresh: written within the last two seconds: perhaps somebody still writes
 * @changed, @size: of a file of the folder, before it was read: microseconds since 1970, bytes
 * @settled: nobody had written for a while, so that a later change shows in @changed
 * @restored: another session read it; nobody has looked since
 */
typedef struct
{
  GFile *file;
  PresyncFactsReport *report;
  GError *error;
  gboolean in_folder;
  gboolean fresh;
  gint64 changed;
  gint64 size;
  gboolean settled;
  gboolean restored;
} PresyncFactsFile;

/* @report: (nullable); @error: (transfer full) (nullable) */
PresyncFactsFile *presync_facts_file_new (GFile *file, PresyncFactsReport *report, GError *error);
void presync_facts_file_free (PresyncFactsFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncFactsFile, presync_facts_file_free)

/**
 * presync_facts_scan_async:
 * @files: (element-type GFile): files to be read
 * @folder: (nullable): all *.json in it are read as well
 * @known: (nullable) (element-type PresyncFactsFile): what was read of the folder before, changed
 * no more: a settled file with the same time and size is not read again, but has the same report
 * @cancellable: (nullable): is held until the thread has ended, also after it was given up
 *
 * Reads on a thread of its own. Completes at once when cancelled, and with
 * %PRESYNC_ERROR_TIMED_OUT after %PRESYNC_FACTS_SCAN_SECONDS, even if a file server hangs.
 */
void presync_facts_scan_async (GPtrArray *files, GFile *folder, GPtrArray *known,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * presync_facts_scan_finish:
 * @problem: (out) (transfer full) (nullable): what is wrong with the folder
 *
 * Returns: (transfer full) (element-type PresyncFactsFile): first @files in their order, then those
 *   of the folder by name; %NULL if cancelled or timed out
 */
GPtrArray *presync_facts_scan_finish (GAsyncResult *result, GError **problem, GError **error);

G_END_DECLS
