/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/wire.h"

#define HEAD 8
/* The packet size before a log-in has agreed on another ([MS-TDS] 2.2.3.1.3). */
#define PACKET_MAX 4096
/* The largest message that is read: a TLS flight with a chain of certificates. */
#define MESSAGE_MAX (128 * 1024)
#define STATUS_LAST 0x01

static gboolean
presync_tds_write (GSocket *socket, const guint8 *data, gsize length, GCancellable *cancellable,
                   GError **error)
{
  while (length > 0)
    {
      gssize sent = g_socket_send (socket, (const char *) data, length, cancellable, error);
      if (sent <= 0)
        return FALSE;
      data += sent;
      length -= (gsize) sent;
    }
  return TRUE;
}

gboolean
presync_tds_send (GSocket *socket, guint8 kind, const guint8 *body, gsize length,
                  GCancellable *cancellable, GError **error)
{
  guint8 packet = 1;

  while (length > 0)
    {
      gsize part = MIN (length, PACKET_MAX - HEAD);
      guint16 size = (guint16) (part + HEAD);
      guint8 head[HEAD] = {
        kind, part == length ? STATUS_LAST : 0, (guint8) (size >> 8), (guint8) size, 0, 0, packet++,
        0
      };
      g_autoptr (GByteArray) whole = g_byte_array_sized_new (size);

      g_byte_array_append (whole, head, HEAD);
      g_byte_array_append (whole, body, (guint) part);
      if (!presync_tds_write (socket, whole->data, whole->len, cancellable, error))
        return FALSE;
      body += part;
      length -= part;
    }
  return TRUE;
}

static gboolean
presync_tds_read (GSocket *socket, guint8 *data, gsize length, guint8 *first,
                  GCancellable *cancellable, GError **error)
{
  while (length > 0)
    {
      gssize got = g_socket_receive (socket, (char *) data, length, cancellable, error);
      if (got == 0)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "closed");
      if (got <= 0)
        return FALSE;
      if (*first == 0)
        *first = data[0];
      data += got;
      length -= (gsize) got;
    }
  return TRUE;
}

gboolean
presync_tds_receive (GSocket *socket, GByteArray *body, guint8 *first, GCancellable *cancellable,
                     GError **error)
{
  guint8 head[HEAD];
  guint start = body->len;

  *first = 0;
  do
    {
      gsize size;

      /* One byte first: what is no TDS packet may be shorter than a head. */
      if (!presync_tds_read (socket, head, 1, first, cancellable, error))
        return FALSE;
      if (head[0] != PRESYNC_TDS_PRELOGIN && head[0] != PRESYNC_TDS_RESPONSE)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no TDS packet");
          return FALSE;
        }
      if (!presync_tds_read (socket, head + 1, HEAD - 1, first, cancellable, error))
        return FALSE;
      size = (gsize) head[2] << 8 | head[3];
      if (size < HEAD || body->len - start + size > MESSAGE_MAX)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no TDS packet");
          return FALSE;
        }
      g_byte_array_set_size (body, body->len + (guint) (size - HEAD));
      if (!presync_tds_read (socket, body->data + body->len - (size - HEAD), size - HEAD, first,
                             cancellable, error))
        return FALSE;
    }
  while ((head[1] & STATUS_LAST) == 0);
  return TRUE;
}
