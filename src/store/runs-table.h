/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/run.h"
#include "store/statement.h"

G_BEGIN_DECLS

/**
 * PresyncRunSeal: tells one run of a file from any other that has its id. Plain data.
 * @at: microseconds
 * @rows: of its rows
 */
typedef struct
{
  gint64 at;
  PresyncSeal rows;
} PresyncRunSeal;

gboolean presync_run_seal_equal (const PresyncRunSeal *self, const PresyncRunSeal *other);

/**
 * presync_runs_table_write:
 * @runs: (element-type PresyncRun): are added, in this order
 * @ids: (element-type gint64): the id of each is added
 *
 * Within a transaction. A run whose rows were not read is written without any.
 */
gboolean presync_runs_table_write (sqlite3 *db, GPtrArray *runs, GArray *ids, GError **error);

/* (transfer full) (nullable) (element-type PresyncRun): all, oldest first, without their rows */
GPtrArray *presync_runs_table_read (sqlite3 *db, GError **error);

/* (transfer full) (nullable): gint64 id -> #PresyncRunSeal of each run */
GHashTable *presync_runs_table_read_seals (sqlite3 *db, GError **error);

/**
 * presync_runs_table_read_rows:
 * @texts: id -> text: of presync_texts_table_read()
 * @wanted: of presync_runs_table_read_seals()
 *
 * Returns: (transfer full) (nullable) (element-type PresyncRunRow): of the run @id
 */
GPtrArray *presync_runs_table_read_rows (sqlite3 *db, gint64 id, GHashTable *texts,
                                         const PresyncSeal *wanted, GError **error);

G_END_DECLS
