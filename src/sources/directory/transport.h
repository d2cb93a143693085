/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncTransport: carries the bytes between a connection of ours and a library that wants a
 * descriptor of its own (libldap)
 *
 * Two threads copy between the connection and one end of a socket pair. So the encryption is GIO's,
 * how a connection ended is known exactly, and presync_transport_close() wakes whoever waits on the
 * other end at once, whatever the server does. Reference counted, thread-safe.
 */
typedef struct _PresyncTransport PresyncTransport;

/**
 * presync_transport_new:
 * @stream: (transfer none): the connection
 * @descriptor: (out): the library's end, which the caller owns
 *
 * Returns: (transfer full): a running transport
 */
PresyncTransport *presync_transport_new (GIOStream *stream, int *descriptor, GError **error);
PresyncTransport *presync_transport_ref (PresyncTransport *self);
void presync_transport_unref (PresyncTransport *self);

/* Breaks both sides at once. The other end reads an end of file. */
void presync_transport_close (PresyncTransport *self);

/* Waits up to @milliseconds until what the library wrote last (its farewell) is sent. */
void presync_transport_drain (PresyncTransport *self, guint milliseconds);

/* Bytes that the library can read, or has read */
guint64 presync_transport_get_delivered (PresyncTransport *self);

/**
 * presync_transport_wait:
 * @delivered: of presync_transport_get_delivered(), asked before the library was
 * @milliseconds: how long at most
 *
 * Waits until more was delivered, the connection has ended, or presync_transport_wake() was called
 * since the last wait.
 */
void presync_transport_wait (PresyncTransport *self, guint64 delivered, guint milliseconds);
void presync_transport_wake (PresyncTransport *self);

/* Bytes received so far */
guint64 presync_transport_get_received (PresyncTransport *self);

/**
 * presync_transport_dup_end:
 *
 * Returns: (transfer full) (nullable): how the server's side ended, as a #GError of GIO;
 *   %G_IO_ERROR_CLOSED for an orderly end; %NULL while it is open
 */
GError *presync_transport_dup_end (PresyncTransport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTransport, presync_transport_unref)

G_END_DECLS
