/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/secret.h"

G_BEGIN_DECLS

/**
 * PresyncSqlTarget: which SQL Server to read and how. Plain data, copied between threads.
 * @recording: (nullable): a recorded answer of the helper (file name, "file:///" or "resource://"
 *   address) instead of a server; @server, @instance and @port then only name it
 * @server: host name or address
 * @instance: (nullable): name of an instance; %NULL: the default one
 * @port: 0: ask the SQL Server Browser for @instance, or 1433 if there is none
 * @kerberos: sign in with the Kerberos ticket at hand instead of @login
 * @login: (nullable): SQL Server login
 * @password: (nullable)
 * @ca_file: (nullable): PEM file of accepted roots instead of the system's
 * @pin: (nullable): SHA-256 fingerprint, 64 lower-case hex digits, of the one certificate that a
 *   person saw and accepted
 */
typedef struct
{
  char *recording;
  char *server;
  char *instance;
  guint16 port;
  gboolean kerberos;
  char *login;
  PresyncSecret *password;
  char *ca_file;
  char *pin;
} PresyncSqlTarget;

#define PRESYNC_TYPE_SQL_TARGET (presync_sql_target_get_type ())
GType presync_sql_target_get_type (void);

PresyncSqlTarget *presync_sql_target_new (void);
/* (nullable) */
PresyncSqlTarget *presync_sql_target_copy (const PresyncSqlTarget *self);
void presync_sql_target_free (PresyncSqlTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSqlTarget, presync_sql_target_free)

/**
 * presync_sql_target_parse_name:
 * @text: what a person typed: "sql01.contoso.com", "sql01\SYNC", "sql01,1433", "sql01\SYNC,50123",
 *   "tcp:sql01,1433"; surrounding white space is dropped
 *
 * Sets server, instance and port. Host names and instances are held to strict patterns
 * ([A-Za-z0-9.:-], [A-Za-z0-9_$#]): nothing of them may reach a connection string otherwise.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT, one sentence that tells what is wrong, also for
 *   LocalDB and named pipes, which cannot be reached from here
 */
gboolean presync_sql_target_parse_name (PresyncSqlTarget *self, const char *text, GError **error);

/**
 * presync_sql_target_validate:
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT if login or password are missing or the recording
 *   is no file of this computer, and with %PRESYNC_ERROR_REFUSED if login or password cannot be
 *   passed to the driver safely (presync_sql_text_check_login()); the sentence never shows them
 */
gboolean presync_sql_target_validate (const PresyncSqlTarget *self, GError **error);

/* (transfer full): for people, facts and origins: "sql01.contoso.com\SYNC", "sql01,1433" */
char *presync_sql_target_dup_text (const PresyncSqlTarget *self);

G_END_DECLS
