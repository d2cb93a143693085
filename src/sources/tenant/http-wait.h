/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncHttpWait: waits in a main context of the caller's, with a bound, for asynchronous calls
 *
 * libsoup's session stays in the context it was made in; so the context comes from outside, and
 * outlives many waits. It is the calling thread's default while a wait exists. What ends the calls
 * (the bound, or the outer cancellable) does so from within the context: libsoup's own handlers
 * never run in the thread that cancels.
 */
typedef struct _PresyncHttpWait PresyncHttpWait;

PresyncHttpWait *presync_http_wait_new (GMainContext *context, guint seconds,
                                        GCancellable *cancellable);
void presync_http_wait_free (PresyncHttpWait *self);

/* (transfer none): for the calls */
GCancellable *presync_http_wait_get_cancellable (PresyncHttpWait *self);
/* GAsyncReadyCallback, with the wait as user data */
void presync_http_wait_ready_cb (GObject *object, GAsyncResult *result, gpointer wait);
/* (transfer full): of the call that was just made; may be called again for a further call */
GAsyncResult *presync_http_wait_result (PresyncHttpWait *self);
/* Lets the time pass. Returns: %FALSE if it was cancelled before */
gboolean presync_http_wait_sleep (PresyncHttpWait *self);
/* has the time run out? */
gboolean presync_http_wait_is_over (PresyncHttpWait *self);
/* was the outer cancellable cancelled? Sets %G_IO_ERROR_CANCELLED then */
gboolean presync_http_wait_is_cancelled (PresyncHttpWait *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncHttpWait, presync_http_wait_free)

G_END_DECLS
