/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncSqlPlace: where a SQL Server runs, as far as names tell
 */
typedef enum
{
  PRESYNC_SQL_PLACE_UNKNOWN, /* a name is missing, or is an address or that of any computer */
  PRESYNC_SQL_PLACE_SAME,    /* on the sync server */
  PRESYNC_SQL_PLACE_OTHER,   /* on another computer */
} PresyncSqlPlace;

/**
 * presync_sql_place_compare:
 * @server: (nullable): host name of the SQL Server
 * @sync_server: (nullable): the sync server as it was named
 * @dns_name: (nullable): its DNS name, where one is known
 *
 * Names are compared as host names: in any case, and whole names whole. The first label alone
 * decides only where one side has no domain: "SYNC01" and "sync01.contoso.com" are one server.
 */
PresyncSqlPlace presync_sql_place_compare (const char *server, const char *sync_server,
                                           const char *dns_name);

/**
 * presync_sql_place_get:
 * @server: (nullable): host name of a SQL Server; %NULL: of the one that is read
 *
 * Returns: where @server runs, by the names that @assessment knows of its sync server
 */
PresyncSqlPlace presync_sql_place_get (PresyncAssessment *assessment, const char *server);

/**
 * presync_sql_place_dup_text:
 *
 * Returns: (transfer full) (nullable): how names tell @place, for people; %NULL if a person must
 *   say it
 */
char *presync_sql_place_dup_text (PresyncAssessment *assessment, PresyncSqlPlace place);

/**
 * presync_sql_place_plan_own:
 * @own: a SQL Server of one's own, else the built-in database
 *
 * Plans "own-sql" or not. One that is new to the plan is taken to be on another computer, which
 * asks more of the accounts; names and the person may tell otherwise. The built-in database never
 * is.
 */
void presync_sql_place_plan_own (PresyncAssessment *assessment, gboolean own);

G_END_DECLS
