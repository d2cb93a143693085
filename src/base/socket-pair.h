/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_socket_pair:
 * @ours: (out) (transfer full): one end, blocking; closed with its last reference
 * @theirs: (out): the other end's descriptor, blocking; the caller owns and closes it
 *
 * Makes two connected stream sockets inside this process, for a library that wants a descriptor of
 * its own. Both are closed on exec.
 *
 * Returns: %FALSE with a #GIOErrorEnum
 */
gboolean presync_socket_pair (GSocket **ours, int *theirs, GError **error);

G_END_DECLS
