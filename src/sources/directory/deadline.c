/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/deadline.h"

struct _PresyncDeadline
{
  GMainContext *context;
  GSource *timeout;
  GCancellable *outer;
  gulong outer_handler;
  GCancellable *inner;
  GAsyncResult *result;
  gboolean expired;
};

static gboolean
presync_deadline_expired_cb (gpointer user_data)
{
  PresyncDeadline *self = user_data;

  self->expired = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

static void
presync_deadline_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

PresyncDeadline *
presync_deadline_new (guint seconds, GCancellable *cancellable)
{
  PresyncDeadline *self = g_new0 (PresyncDeadline, 1);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->inner = g_cancellable_new ();
  self->timeout = g_timeout_source_new (seconds * 1000);
  g_source_set_callback (self->timeout, presync_deadline_expired_cb, self, NULL);
  g_source_attach (self->timeout, self->context);
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->outer_handler
          = g_cancellable_connect (cancellable, G_CALLBACK (presync_deadline_cancelled_cb),
                                   g_object_ref (self->inner), g_object_unref);
    }
  return self;
}

void
presync_deadline_free (PresyncDeadline *self)
{
  if (self == NULL)
    return;
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_handler);
  g_source_destroy (self->timeout);
  g_source_unref (self->timeout);
  g_clear_object (&self->outer);
  g_clear_object (&self->result);
  /* What the cancelled call left behind must not outlive the context. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_object_unref (self->inner);
  g_free (self);
}

GCancellable *
presync_deadline_get_cancellable (PresyncDeadline *self)
{
  return self->inner;
}

void
presync_deadline_ready_cb (GObject *object, GAsyncResult *result, gpointer deadline)
{
  PresyncDeadline *self = deadline;

  g_set_object (&self->result, result);
}

GAsyncResult *
presync_deadline_wait (PresyncDeadline *self)
{
  while (self->result == NULL)
    g_main_context_iteration (self->context, TRUE);
  return g_steal_pointer (&self->result);
}

gboolean
presync_deadline_get_expired (PresyncDeadline *self)
{
  return self->expired;
}
