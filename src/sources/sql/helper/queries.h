/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/sql/helper/odbc.h"

G_BEGIN_DECLS

/**
 * presync_sql_queries_run:
 * @server: for the sentences
 * @password: (nullable): no sentence may hold it, whatever the server answers
 * @seconds: the limit of each query
 *
 * Asks all questions of ../protocol.md one after another. Once the server has stopped answering,
 * the remaining ones carry that error without being asked.
 *
 * Returns: (transfer full): the "reads"; %NULL if not one could be answered, with the first error
 */
JsonArray *presync_sql_queries_run (PresyncOdbc *odbc, const char *server, const char *password,
                                    guint seconds, GError **error);

G_END_DECLS
