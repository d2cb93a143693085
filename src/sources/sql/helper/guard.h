/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncTdsGuard: stands between a driver and the server, and sees that the connection is
 * encrypted
 *
 * FreeTDS 1.3 takes "encryption = require" for fulfilled when the server answers that it will
 * encrypt the log-in only: the rest would then be readable and could be changed on the way. That
 * answer comes before TLS, so anybody on the way could give it. The guard listens on loopback for
 * the one connection of the driver, passes all on to the address that was probed, but closes both
 * sides unless the PRELOGIN answer agrees to encrypt everything. TLS goes through it end to end.
 *
 * The driver lives in this process, so a connection of any other process of the computer is closed
 * at once: it gets nothing, and the server does not hear of it.
 */
typedef struct _PresyncTdsGuard PresyncTdsGuard;

/**
 * presync_tds_guard_new:
 * @peer: the server's address
 * @seconds: limit of the connection to it, and of each step until both sides agree to encrypt
 * @port: (out): where the driver is to connect to, on 127.0.0.1
 *
 * Returns: %NULL with a #GIOErrorEnum
 */
PresyncTdsGuard *presync_tds_guard_new (GSocketAddress *peer, guint seconds, guint16 *port,
                                        GError **error);
/* Ends the connection, if it still is. */
void presync_tds_guard_free (PresyncTdsGuard *self);
/* Has the server refused to encrypt, and was it cut off for that? */
gboolean presync_tds_guard_get_refused (PresyncTdsGuard *self);
/* Was there no connection to be had to the server for the driver? */
gboolean presync_tds_guard_get_unreached (PresyncTdsGuard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTdsGuard, presync_tds_guard_free)

G_END_DECLS
