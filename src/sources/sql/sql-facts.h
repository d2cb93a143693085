/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"
#include "sources/sql/sql-result.h"

G_BEGIN_DECLS

/* What a SQL Server answered, as facts. Pure: no file, process or clock. */

/**
 * presync_sql_facts_from_result:
 * @subject: the SQL Server as it was named (presync_sql_target_dup_text())
 * @target: what was asked, for origins: the same, or a recording's file name
 *
 * Returns: (transfer container) (element-type PresyncFact): a fact, known or unknown with the
 *   reason, for every key of presync_sql_fact_keys(). The origin's query names the driver.
 */
GPtrArray *presync_sql_facts_from_result (const PresyncSqlResult *result, const char *subject,
                                          const char *target);

/**
 * presync_sql_facts_from_failure:
 * @prelogin: (nullable): what was read before the check failed
 * @instance_missing: the SQL Server Browser did not answer for the instance
 * @error: why it failed
 *
 * Returns: (transfer container) (element-type PresyncFact): what is known nevertheless, and an
 *   unknown fact with @error's message for every other key
 */
GPtrArray *presync_sql_facts_from_failure (const PresyncSqlPrelogin *prelogin,
                                           gboolean instance_missing, const GError *error,
                                           GDateTime *at, const char *subject, const char *target);

G_END_DECLS
