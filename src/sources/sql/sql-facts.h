/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-set.h"
#include "sources/sql/sql-result.h"

G_BEGIN_DECLS

/* What a SQL Server answered, as facts. Pure: no file, process or clock. */

/**
 * PresyncSqlInstance: why the SQL Server Browser told no port of the instance
 * @PRESYNC_SQL_INSTANCE_UNTOLD: it was not asked, or told one
 * @PRESYNC_SQL_INSTANCE_MISSING: it did not answer for the instance
 * @PRESYNC_SQL_INSTANCE_NO_TCP: it knows the instance, which does not listen on TCP
 * @PRESYNC_SQL_INSTANCE_NAMED_PIPES: nor that, but on named pipes
 */
typedef enum
{
  PRESYNC_SQL_INSTANCE_UNTOLD,
  PRESYNC_SQL_INSTANCE_MISSING,
  PRESYNC_SQL_INSTANCE_NO_TCP,
  PRESYNC_SQL_INSTANCE_NAMED_PIPES,
} PresyncSqlInstance;

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
 * @accepted: the certificate verified, or is the one that a person accepted. Else it may be anybody
 *   who told @prelogin: only that there is no trust and no encryption is taken from it, and that
 *   somebody answered, over TCP
 * @instance: of no interest with a @prelogin
 * @error: why it failed
 *
 * Returns: (transfer container) (element-type PresyncFact): what is known nevertheless, and an
 *   unknown fact with @error's message for every other key
 */
GPtrArray *presync_sql_facts_from_failure (const PresyncSqlPrelogin *prelogin, gboolean accepted,
                                           PresyncSqlInstance instance, const GError *error,
                                           GDateTime *at, const char *subject, const char *target);

/* (nullable) (transfer none): why the last check could ask nothing: @error's message of
 * presync_sql_facts_from_failure(), by its facts, perhaps in another session */
const char *presync_sql_facts_find_failure (PresyncFactSet *facts);

G_END_DECLS
