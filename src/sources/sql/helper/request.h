/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/secret.h"

G_BEGIN_DECLS

/* More than this on the standard input is no request. */
#define PRESYNC_SQL_REQUEST_MAX (64 * 1024)

/**
 * PresyncSqlRequest: what the helper was asked to check
 * @server: host name or address, of [A-Za-z0-9.:-] only
 * @instance: (nullable): of [A-Za-z0-9_$#] only
 * @port: 0: to be found
 * @login: (nullable): never with @kerberos
 * @password: (nullable)
 * @ca_file: (nullable): PEM file of roots instead of the system's
 * @pin: (nullable): SHA-256 of the one accepted certificate, 64 lower-case hex digits
 * @seconds: the whole check's limit
 * @test_only: end after the sign-in
 * @text: the server for people, "sql01\SYNC,50123"
 */
typedef struct
{
  char *server;
  char *instance;
  guint16 port;
  gboolean kerberos;
  char *login;
  PresyncSecret *password;
  char *ca_file;
  char *pin;
  guint seconds;
  gboolean test_only;
  char *text;
} PresyncSqlRequest;

/**
 * presync_sql_request_parse:
 * @json: the request as ../protocol.md tells, @length bytes
 *
 * Strict: an unknown member, a wrong type or a value that is not of the form above is refused, for
 * host and instance reach a configuration file, login and password a connection string.
 *
 * Returns: (transfer full): %NULL with %PRESYNC_ERROR_BAD_INPUT, or %PRESYNC_ERROR_REFUSED for a
 *   login or password that no driver can be given safely; never shows the password
 */
PresyncSqlRequest *presync_sql_request_parse (const char *json, gsize length, GError **error);
void presync_sql_request_free (PresyncSqlRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSqlRequest, presync_sql_request_free)

G_END_DECLS
