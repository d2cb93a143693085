/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncSqlBrowser: what the SQL Server Browser tells of an instance
 * @known: it knows the instance
 * @named_pipes: it listens on named pipes, and not on TCP
 * @port: 0 if it does not listen on TCP
 */
typedef struct
{
  gboolean known;
  gboolean named_pipes;
  guint16 port;
} PresyncSqlBrowser;

/**
 * presync_sql_browser_parse:
 * @data: one datagram of the SQL Server Browser, @length bytes (SVR_RESP of [MC-SQLR] 2.2.5)
 * @instance: the instance that was asked for
 * @found: (out)
 *
 * Returns: %FALSE if the datagram does not tell of @instance
 */
gboolean presync_sql_browser_parse (const char *data, gsize length, const char *instance,
                                    PresyncSqlBrowser *found);

/**
 * presync_sql_browser_ask:
 * @addresses: (element-type GInetAddress): of the server; the first that answers counts
 * @text: the server for people
 * @found: (out): also if there is no port
 *
 * Asks the SQL Server Browser (UDP port 1434) for the TCP port of an instance: one datagram, and
 * again after a second; two seconds in all.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_NOT_FOUND or %PRESYNC_ERROR_NOT_SUPPORTED and what to enter
 */
gboolean presync_sql_browser_ask (GList *addresses, const char *instance, const char *text,
                                  PresyncSqlBrowser *found, GError **error);

G_END_DECLS
