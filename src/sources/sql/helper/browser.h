/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_sql_browser_parse:
 * @data: one datagram of the SQL Server Browser, @length bytes (SVR_RESP of [MC-SQLR] 2.2.5)
 * @instance: the instance that was asked for
 * @port: (out): 0 if the instance does not listen on TCP
 *
 * Returns: %FALSE if the datagram does not tell of @instance
 */
gboolean presync_sql_browser_parse (const char *data, gsize length, const char *instance,
                                    guint16 *port);

/**
 * presync_sql_browser_ask:
 * @addresses: (element-type GInetAddress): of the server; the first that answers counts
 * @text: the server for people
 *
 * Asks the SQL Server Browser (UDP port 1434) for the TCP port of an instance: one datagram, and
 * again after a second; two seconds in all.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_NOT_FOUND or %PRESYNC_ERROR_NOT_SUPPORTED and what to enter
 */
gboolean presync_sql_browser_ask (GList *addresses, const char *instance, const char *text,
                                  guint16 *port, GError **error);

G_END_DECLS
