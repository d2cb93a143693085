/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/tds-stream.h"

#include <string.h>

#include "sources/sql/helper/wire.h"

/* A flight of the client is a few hundred bytes. */
#define PENDING_MAX (64 * 1024)

struct _PresyncTdsStream
{
  GIOStream parent_instance;

  GSocket *socket;
  GByteArray *received;
  GByteArray *pending; /* not sent yet */
  GInputStream *input;
  GOutputStream *output;
};

/* Both point back to the stream that owns them. */
struct _PresyncTdsInput
{
  GInputStream parent_instance;
  PresyncTdsStream *stream;
};

struct _PresyncTdsOutput
{
  GOutputStream parent_instance;
  PresyncTdsStream *stream;
};

#define PRESYNC_TYPE_TDS_INPUT (presync_tds_input_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTdsInput, presync_tds_input, PRESYNC, TDS_INPUT, GInputStream)
#define PRESYNC_TYPE_TDS_OUTPUT (presync_tds_output_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTdsOutput, presync_tds_output, PRESYNC, TDS_OUTPUT, GOutputStream)

static void presync_tds_input_pollable_init (GPollableInputStreamInterface *iface);
static void presync_tds_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE (PresyncTdsStream, presync_tds_stream, G_TYPE_IO_STREAM)
G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncTdsInput, presync_tds_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      presync_tds_input_pollable_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncTdsOutput, presync_tds_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      presync_tds_output_pollable_init))

static gboolean
presync_tds_stream_flush (PresyncTdsStream *self, GError **error)
{
  gboolean sent = presync_tds_send (self->socket, PRESYNC_TDS_PRELOGIN, self->pending->data,
                                    self->pending->len, NULL, error);

  g_byte_array_set_size (self->pending, 0);
  return sent;
}

static gssize
presync_tds_input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
                        GError **error)
{
  PresyncTdsStream *self = PRESYNC_TDS_INPUT (stream)->stream;
  guint8 first = 0;
  gsize part;

  if (!presync_tds_stream_flush (self, error))
    return -1;
  while (self->received->len == 0)
    if (!presync_tds_receive (self->socket, self->received, &first, cancellable, error))
      return -1;
  part = MIN (count, self->received->len);
  memcpy (buffer, self->received->data, part);
  g_byte_array_remove_range (self->received, 0, (guint) part);
  return (gssize) part;
}

static void
presync_tds_input_init (PresyncTdsInput *self)
{
}

static void
presync_tds_input_class_init (PresyncTdsInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = presync_tds_input_read;
}

static gboolean
presync_tds_input_is_readable (GPollableInputStream *stream)
{
  PresyncTdsStream *self = PRESYNC_TDS_INPUT (stream)->stream;

  return self->received->len > 0
         || (g_socket_condition_check (self->socket, G_IO_IN) & G_IO_IN) != 0;
}

/* Waiting for an answer begins with sending the question. */
static GSource *
presync_tds_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  PresyncTdsStream *self = PRESYNC_TDS_INPUT (stream)->stream;
  g_autoptr (GSource) child = NULL;

  presync_tds_stream_flush (self, NULL);
  if (self->received->len > 0)
    child = g_timeout_source_new (0);
  else
    child = g_socket_create_source (self->socket, G_IO_IN, cancellable);
  return g_pollable_source_new_full (stream, child, cancellable);
}

static gssize
presync_tds_input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count,
                                    GError **error)
{
  PresyncTdsStream *self = PRESYNC_TDS_INPUT (stream)->stream;

  if (!presync_tds_stream_flush (self, error))
    return -1;
  if (!presync_tds_input_is_readable (stream))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "nothing yet");
      return -1;
    }
  /* The rest of a message that has begun is waited for, at most for the socket's time limit. */
  return presync_tds_input_read (G_INPUT_STREAM (stream), buffer, count, NULL, error);
}

static void
presync_tds_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = presync_tds_input_is_readable;
  iface->create_source = presync_tds_input_create_source;
  iface->read_nonblocking = presync_tds_input_read_nonblocking;
}

static gssize
presync_tds_output_write (GOutputStream *stream, const void *buffer, gsize count,
                          GCancellable *cancellable, GError **error)
{
  PresyncTdsStream *self = PRESYNC_TDS_OUTPUT (stream)->stream;

  if (count > PENDING_MAX - MIN (self->pending->len, PENDING_MAX))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "too much for a handshake");
      return -1;
    }
  g_byte_array_append (self->pending, buffer, (guint) count);
  return (gssize) count;
}

static void
presync_tds_output_init (PresyncTdsOutput *self)
{
}

static void
presync_tds_output_class_init (PresyncTdsOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = presync_tds_output_write;
}

static gboolean
presync_tds_output_is_writable (GPollableOutputStream *stream)
{
  return TRUE;
}

static GSource *
presync_tds_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) child = g_timeout_source_new (0);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static gssize
presync_tds_output_write_nonblocking (GPollableOutputStream *stream, const void *buffer,
                                      gsize count, GError **error)
{
  return presync_tds_output_write (G_OUTPUT_STREAM (stream), buffer, count, NULL, error);
}

static void
presync_tds_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = presync_tds_output_is_writable;
  iface->create_source = presync_tds_output_create_source;
  iface->write_nonblocking = presync_tds_output_write_nonblocking;
}

static GInputStream *
presync_tds_stream_get_input_stream (GIOStream *stream)
{
  return PRESYNC_TDS_STREAM (stream)->input;
}

static GOutputStream *
presync_tds_stream_get_output_stream (GIOStream *stream)
{
  return PRESYNC_TDS_STREAM (stream)->output;
}

static void
presync_tds_stream_finalize (GObject *object)
{
  PresyncTdsStream *self = PRESYNC_TDS_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->received, g_byte_array_unref);
  g_clear_pointer (&self->pending, g_byte_array_unref);
  G_OBJECT_CLASS (presync_tds_stream_parent_class)->finalize (object);
}

static void
presync_tds_stream_class_init (PresyncTdsStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_tds_stream_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = presync_tds_stream_get_input_stream;
  G_IO_STREAM_CLASS (klass)->get_output_stream = presync_tds_stream_get_output_stream;
}

static void
presync_tds_stream_init (PresyncTdsStream *self)
{
  self->received = g_byte_array_new ();
  self->pending = g_byte_array_new ();
  self->input = g_object_new (PRESYNC_TYPE_TDS_INPUT, NULL);
  PRESYNC_TDS_INPUT (self->input)->stream = self;
  self->output = g_object_new (PRESYNC_TYPE_TDS_OUTPUT, NULL);
  PRESYNC_TDS_OUTPUT (self->output)->stream = self;
}

GIOStream *
presync_tds_stream_new (GSocket *socket)
{
  PresyncTdsStream *self = g_object_new (PRESYNC_TYPE_TDS_STREAM, NULL);

  self->socket = g_object_ref (socket);
  return G_IO_STREAM (self);
}
