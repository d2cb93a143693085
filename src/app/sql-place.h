/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncSqlPlace: where a SQL Server runs, as far as names tell
 */
typedef enum
{
  PRESYNC_SQL_PLACE_UNKNOWN, /* a name is missing, or is an address or that of this computer */
  PRESYNC_SQL_PLACE_HERE,    /* on the sync server */
  PRESYNC_SQL_PLACE_ELSEWHERE,
} PresyncSqlPlace;

/**
 * presync_sql_place_compare:
 * @server: (nullable): host name of the SQL Server
 * @sync_server: (nullable): name of the sync server
 *
 * Names are the same if they agree as far as both go: "SYNC01" and "sync01.contoso.com".
 */
PresyncSqlPlace presync_sql_place_compare (const char *server, const char *sync_server);

/**
 * presync_sql_place_plan:
 * @server: (nullable): host name of the SQL Server
 *
 * Plans "remote-sql" for @assessment, or not, where the names tell; else it stays as it is.
 */
void presync_sql_place_plan (PresyncAssessment *assessment, const char *server);

G_END_DECLS
