/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_dial:
 * @addresses: (element-type GInetAddress): of one host, best first
 * @deadline: monotonic time (microseconds) by which it ends
 *
 * Connects by TCP, blocking, without any proxy: to the first address, then to one of the other
 * family, so that a dead family does not hide a host that answers, then to the rest. Ends after
 * three that kept silent; such an address gets its share of the time alone.
 *
 * Returns: (transfer full): %NULL with a #GIOErrorEnum: that of silence (%G_IO_ERROR_TIMED_OUT)
 *   before a refusal, and a refusal before the lack of a way to the network. It is a refusal only
 * if every address was tried
 */
GSocketConnection *presync_dial (GList *addresses, guint16 port, gint64 deadline,
                                 GCancellable *cancellable, GError **error);

/**
 * PresyncDialHead: the head of an HTTP answer
 * @status: such as 200; 0 if what came is no HTTP
 * @by_proxy: a 403 that the proxy said itself, as far as the head tells
 * @by_squid: it says that it is a proxy's own
 */
typedef struct
{
  guint status;
  gboolean by_proxy;
  gboolean by_squid;
} PresyncDialHead;

/**
 * presync_dial_ask:
 * @request: request line and headers with their empty line
 * @head: (out)
 *
 * Sends @request and reads the head of the answer, nothing of its body; at most 8 KB.
 *
 * Returns: %FALSE with a #GIOErrorEnum; %G_IO_ERROR_CONNECTION_CLOSED if nothing was answered
 */
gboolean presync_dial_ask (GIOStream *stream, const char *request, PresyncDialHead *head,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
