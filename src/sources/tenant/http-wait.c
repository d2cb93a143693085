/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/http-wait.h"

struct _PresyncHttpWait
{
  GMainContext *context;
  GSource *timeout;
  GSource *stop; /* (nullable) */
  GCancellable *outer;
  GCancellable *inner;
  GAsyncResult *result;
  gboolean over;
  gboolean stopped;
};

static gboolean
presync_http_wait_timeout_cb (gpointer user_data)
{
  PresyncHttpWait *self = user_data;

  self->over = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

static gboolean
presync_http_wait_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  PresyncHttpWait *self = user_data;

  self->stopped = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

PresyncHttpWait *
presync_http_wait_new (GMainContext *context, guint seconds, GCancellable *cancellable)
{
  PresyncHttpWait *self = g_new0 (PresyncHttpWait, 1);

  self->context = g_main_context_ref (context);
  g_main_context_push_thread_default (context);
  self->inner = g_cancellable_new ();
  self->timeout = g_timeout_source_new (seconds * 1000);
  g_source_set_callback (self->timeout, presync_http_wait_timeout_cb, self, NULL);
  g_source_attach (self->timeout, context);
  if (cancellable == NULL)
    return self;
  self->outer = g_object_ref (cancellable);
  self->stop = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->stop, G_SOURCE_FUNC (presync_http_wait_cancelled_cb), self, NULL);
  g_source_set_priority (self->stop, G_PRIORITY_HIGH);
  g_source_attach (self->stop, context);
  return self;
}

void
presync_http_wait_free (PresyncHttpWait *self)
{
  if (self == NULL)
    return;
  g_source_destroy (self->timeout);
  g_source_unref (self->timeout);
  if (self->stop != NULL)
    g_source_destroy (self->stop);
  g_clear_pointer (&self->stop, g_source_unref);
  /* What a cancelled call left behind */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_clear_object (&self->outer);
  g_clear_object (&self->result);
  g_object_unref (self->inner);
  g_free (self);
}

GCancellable *
presync_http_wait_get_cancellable (PresyncHttpWait *self)
{
  return self->inner;
}

void
presync_http_wait_ready_cb (GObject *object, GAsyncResult *result, gpointer wait)
{
  PresyncHttpWait *self = wait;

  g_set_object (&self->result, result);
}

GAsyncResult *
presync_http_wait_result (PresyncHttpWait *self)
{
  while (self->result == NULL)
    g_main_context_iteration (self->context, TRUE);
  return g_steal_pointer (&self->result);
}

gboolean
presync_http_wait_sleep (PresyncHttpWait *self)
{
  while (!self->over && !self->stopped)
    g_main_context_iteration (self->context, TRUE);
  return !self->stopped;
}

gboolean
presync_http_wait_is_over (PresyncHttpWait *self)
{
  return self->over;
}

gboolean
presync_http_wait_is_cancelled (PresyncHttpWait *self, GError **error)
{
  /* It may be cancelled and not yet told in the context. */
  return g_cancellable_set_error_if_cancelled (self->outer, error);
}
