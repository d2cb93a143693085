/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "sources/server/server-source.h"
#include "sources/sql/sql-source.h"

G_BEGIN_DECLS

/**
 * PresyncSourceOptions: the targets of a command line that are no directory: facts files of the
 * sync server, and the database. Plain data, filled by the option parser; for target-options.c.
 * @server_facts: (nullable): facts files, at most one folder among them
 * @sql: (nullable): as presync_sql_target_parse_name() reads it
 * @local_db: the database that the installer brings
 * @sql_login: (nullable): %NULL: Kerberos
 * @sql_password_file, @sql_ca_file: (nullable)
 * @sql_certificate: (nullable): SHA-256 fingerprint as a person wrote it
 */
typedef struct
{
  char **server_facts;
  char *sql;
  gboolean local_db;
  char *sql_login;
  char *sql_password_file;
  char *sql_ca_file;
  char *sql_certificate;
} PresyncSourceOptions;

void presync_source_options_clear (PresyncSourceOptions *self);

/* Appends the table that writes into @self to @entries (element-type GOptionEntry). */
void presync_source_options_add_entries (PresyncSourceOptions *self, GArray *entries);

/* %FALSE with one clear sentence if options contradict each other */
gboolean presync_source_options_check (const PresyncSourceOptions *self, GError **error);

/**
 * presync_source_options_plan:
 *
 * A SQL Server that is named plans own-sql, and remote-sql unless that was planned without it;
 * where names tell, the assessment then plans remote-sql by them. LocalDB unplans both. What was
 * not named stays as it is.
 */
void presync_source_options_plan (const PresyncSourceOptions *self, PresyncAssessment *assessment);

/**
 * presync_source_options_dup_sql:
 * @usage: (out): %TRUE if the error is one of usage, not of a file
 *
 * Reads the password file.
 *
 * Returns: (transfer full) (nullable): the SQL Server; %NULL with an error, or without one if none
 *   was named
 */
PresyncSqlTarget *presync_source_options_dup_sql (const PresyncSourceOptions *self, gboolean *usage,
                                                  GError **error);

/**
 * presync_source_options_read:
 * @sync_server: (nullable): the sync server as it was named
 * @server, @sql: (out) (transfer full) (nullable): %NULL where nothing was named
 * @usage: (out): as above
 *
 * Reads the facts files. Does not connect.
 *
 * Returns: %FALSE with one clear sentence: %PRESYNC_ERROR_BAD_INPUT for a faulty file,
 *   %PRESYNC_ERROR_REFUSED for one of another host than the sync server
 */
gboolean presync_source_options_read (const PresyncSourceOptions *self, const char *sync_server,
                                      PresyncServerSource **server, PresyncSqlSource **sql,
                                      gboolean *usage, GError **error);

/* Sets what was read as sources of @assessment: each takes the place of what is there. @server,
 * @sql: (nullable) (transfer none) */
void presync_source_options_set (const PresyncSourceOptions *self, PresyncAssessment *assessment,
                                 PresyncServerSource *server, PresyncSqlSource *sql);

G_END_DECLS
