/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncDeadline: a bound on an asynchronous call that is waited for
 *
 * Pushes a main context of its own on the calling thread; the call is made with
 * presync_deadline_get_cancellable() and presync_deadline_ready_cb(), then waited for. When the
 * time is up, or the outer cancellable is cancelled, so is the call. Freed on the same thread,
 * the last first.
 */
typedef struct _PresyncDeadline PresyncDeadline;

PresyncDeadline *presync_deadline_new (guint seconds, GCancellable *cancellable);
void presync_deadline_free (PresyncDeadline *self);

/* (transfer none) */
GCancellable *presync_deadline_get_cancellable (PresyncDeadline *self);
/* GAsyncReadyCallback, with the deadline as user data */
void presync_deadline_ready_cb (GObject *object, GAsyncResult *result, gpointer deadline);
/* (transfer full): may be called again for a further call */
GAsyncResult *presync_deadline_wait (PresyncDeadline *self);
/* has the time run out? */
gboolean presync_deadline_get_expired (PresyncDeadline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncDeadline, presync_deadline_free)

G_END_DECLS
