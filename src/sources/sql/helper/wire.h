/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Kinds of TDS packets ([MS-TDS] 2.2.3.1.1). */
#define PRESYNC_TDS_RESPONSE 0x04
#define PRESYNC_TDS_PRELOGIN 0x12

/**
 * presync_tds_send:
 * @kind: of its packets
 * @body: one message
 *
 * Sends @body as one message, in as many packets as it needs.
 */
gboolean presync_tds_send (GSocket *socket, guint8 kind, const guint8 *body, gsize length,
                           GCancellable *cancellable, GError **error);

/**
 * presync_tds_receive:
 * @body: the message is added to it
 * @first: (out): the first byte that came, 0 if none did
 *
 * Reads one whole message, a PRELOGIN or a response. The peer may be anything: what is not a TDS
 * packet ends with %G_IO_ERROR_INVALID_DATA, an end of the stream with %G_IO_ERROR_CLOSED.
 */
gboolean presync_tds_receive (GSocket *socket, GByteArray *body, guint8 *first,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
