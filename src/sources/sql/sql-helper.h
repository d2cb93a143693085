/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/sql/sql-line.h"
#include "sources/sql/sql-target.h"

G_BEGIN_DECLS

/**
 * PresyncSqlHelper: one run of the program presync-sql. Lives in the thread that starts it.
 */
typedef struct _PresyncSqlHelper PresyncSqlHelper;

/**
 * PresyncSqlHelperFunc:
 * @line: (nullable): what it said; its contents may be stolen
 * @error: (nullable): the run failed for a reason of its own: a sentence that names the server
 *
 * Called for each line, until one that holds an error or a result, or until @error: then no more.
 * It may call presync_sql_helper_stop().
 */
typedef void (*PresyncSqlHelperFunc) (PresyncSqlHelper *self, PresyncSqlLine *line,
                                      const GError *error, gpointer user_data);

/**
 * presync_sql_helper_start:
 * @target: a server, which presync_sql_target_validate() has accepted
 * @deadline: in seconds, after which the program is killed
 *
 * Starts the program, hands it @target on its standard input and listens.
 *
 * Returns: (transfer full): %NULL with one sentence if it could not be started; else to be given
 *   to presync_sql_helper_stop(), whatever it says
 */
PresyncSqlHelper *presync_sql_helper_start (const PresyncSqlTarget *target, gboolean test_only,
                                            guint deadline, PresyncSqlHelperFunc func,
                                            gpointer user_data, GError **error);

/* (transfer full): forgets the run, at once. The program is killed unless it has said its last
 * line: then it has a moment to end by itself. */
void presync_sql_helper_stop (PresyncSqlHelper *self);

G_END_DECLS
