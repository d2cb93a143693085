/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/transport.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/socket-pair.h"

/* A client that empties its socket at once reads a busy server many times faster than one that lets
 * the receive window fill. */
#define CHUNK (256 * 1024)

struct _PresyncTransport
{
  gatomicrefcount refs;
  GIOStream *stream;
  GSocket *near;
  GCancellable *stop;
  GMutex mutex;
  GCond sent;
  GCond news;
  gboolean in_ended;
  gboolean out_ended;
  gboolean woken;
  GError *end;
  guint64 received;
  guint64 delivered;
};

PresyncTransport *
presync_transport_ref (PresyncTransport *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
presync_transport_unref (PresyncTransport *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->stream);
  g_clear_object (&self->near);
  g_clear_object (&self->stop);
  g_clear_error (&self->end);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->sent);
  g_cond_clear (&self->news);
  g_free (self);
}

/* Keeps the first reason only: what follows is its consequence. */
static void
presync_transport_end (PresyncTransport *self, const GError *error)
{
  g_mutex_lock (&self->mutex);
  if (self->end == NULL)
    self->end = error != NULL ? g_error_copy (error)
                              : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED,
                                                     _ ("the server closed the connection"));
  g_mutex_unlock (&self->mutex);
}

static gboolean
presync_transport_send_all (GSocket *socket, const char *buffer, gsize length, GCancellable *stop)
{
  gsize sent = 0;

  while (sent < length)
    {
      gssize n = g_socket_send (socket, buffer + sent, length - sent, stop, NULL);
      if (n <= 0)
        return FALSE;
      sent += (gsize) n;
    }
  return TRUE;
}

/* Nothing more comes: whoever waits for news is to see for himself. */
static void
presync_transport_end_in (PresyncTransport *self)
{
  g_mutex_lock (&self->mutex);
  self->in_ended = TRUE;
  g_cond_broadcast (&self->news);
  g_mutex_unlock (&self->mutex);
}

/* From the server to the library */
static gpointer
presync_transport_in_thread (gpointer data)
{
  g_autoptr (PresyncTransport) self = data;
  GInputStream *input = g_io_stream_get_input_stream (self->stream);
  g_autofree char *buffer = g_malloc (CHUNK);
  g_autoptr (GError) error = NULL;

  while (TRUE)
    {
      gssize n = g_input_stream_read (input, buffer, CHUNK, self->stop, &error);
      if (n <= 0)
        break;
      g_mutex_lock (&self->mutex);
      self->received += (guint64) n;
      g_mutex_unlock (&self->mutex);
      if (!presync_transport_send_all (self->near, buffer, (gsize) n, self->stop))
        break;
      g_mutex_lock (&self->mutex);
      self->delivered += (guint64) n;
      g_cond_broadcast (&self->news);
      g_mutex_unlock (&self->mutex);
    }
  /* Before the library sees the end, so that it can ask why. */
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    presync_transport_end (self, error);
  g_socket_shutdown (self->near, TRUE, TRUE, NULL);
  presync_transport_end_in (self);
  return NULL;
}

/* From the library to the server. The buffer may hold a password, so it is wiped. */
static gpointer
presync_transport_out_thread (gpointer data)
{
  g_autoptr (PresyncTransport) self = data;
  GOutputStream *output = g_io_stream_get_output_stream (self->stream);
  char buffer[8192];
  volatile char *wipe = buffer;
  g_autoptr (GError) error = NULL;

  while (TRUE)
    {
      gssize n = g_socket_receive (self->near, buffer, sizeof buffer, self->stop, NULL);
      gboolean good = n > 0;
      if (good)
        good = g_output_stream_write_all (output, buffer, (gsize) n, NULL, self->stop, &error);
      for (gssize i = 0; i < n; i++)
        wipe[i] = 0;
      if (!good)
        break;
    }
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    presync_transport_end (self, error);
  g_mutex_lock (&self->mutex);
  self->out_ended = TRUE;
  g_cond_broadcast (&self->sent);
  g_mutex_unlock (&self->mutex);
  /* The library has gone, or nothing more can be sent: nobody needs the other direction. */
  if (error == NULL)
    g_cancellable_cancel (self->stop);
  return NULL;
}

PresyncTransport *
presync_transport_new (GIOStream *stream, int *descriptor, GError **error)
{
  PresyncTransport *self;
  GSocket *near = NULL;

  g_return_val_if_fail (G_IS_IO_STREAM (stream) && descriptor != NULL, NULL);
  if (!presync_socket_pair (&near, descriptor, error))
    return NULL;
  self = g_new0 (PresyncTransport, 1);
  g_atomic_ref_count_init (&self->refs);
  self->stream = g_object_ref (stream);
  self->near = near;
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->sent);
  g_cond_init (&self->news);
  g_thread_unref (
      g_thread_new ("directory-in", presync_transport_in_thread, presync_transport_ref (self)));
  g_thread_unref (
      g_thread_new ("directory-out", presync_transport_out_thread, presync_transport_ref (self)));
  return self;
}

void
presync_transport_close (PresyncTransport *self)
{
  g_cancellable_cancel (self->stop);
  g_socket_shutdown (self->near, TRUE, TRUE, NULL);
  presync_transport_end_in (self);
}

void
presync_transport_drain (PresyncTransport *self, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&self->mutex);
  while (!self->out_ended && g_cond_wait_until (&self->sent, &self->mutex, until))
    continue;
  g_mutex_unlock (&self->mutex);
}

guint64
presync_transport_get_delivered (PresyncTransport *self)
{
  guint64 delivered;

  g_mutex_lock (&self->mutex);
  delivered = self->delivered;
  g_mutex_unlock (&self->mutex);
  return delivered;
}

void
presync_transport_wait (PresyncTransport *self, guint64 delivered, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&self->mutex);
  while (self->delivered == delivered && !self->in_ended && !self->woken
         && g_cond_wait_until (&self->news, &self->mutex, until))
    continue;
  self->woken = FALSE;
  g_mutex_unlock (&self->mutex);
}

void
presync_transport_wake (PresyncTransport *self)
{
  g_mutex_lock (&self->mutex);
  self->woken = TRUE;
  g_cond_broadcast (&self->news);
  g_mutex_unlock (&self->mutex);
}

guint64
presync_transport_get_received (PresyncTransport *self)
{
  guint64 received;

  g_mutex_lock (&self->mutex);
  received = self->received;
  g_mutex_unlock (&self->mutex);
  return received;
}

GError *
presync_transport_dup_end (PresyncTransport *self)
{
  GError *end;

  g_mutex_lock (&self->mutex);
  end = self->end != NULL ? g_error_copy (self->end) : NULL;
  g_mutex_unlock (&self->mutex);
  return end;
}
