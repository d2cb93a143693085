/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/prelogin.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/sql/helper/wire.h"

/* Options of PRELOGIN ([MS-TDS] 2.2.6.5). */
#define OPTION_VERSION 0x00
#define OPTION_ENCRYPTION 0x01
#define OPTION_END 0xff
#define OPTION_HEAD 5
#define VERSION_LENGTH 6
/* A TLS alert record: a server that takes only TDS 8 wants TLS at once, and says so. */
#define TLS_ALERT 0x15

void
presync_tds_prelogin_free (PresyncTdsPrelogin *self)
{
  g_free (self->version);
  g_clear_object (&self->peer);
  g_clear_object (&self->certificate);
  g_free (self);
}

static void
presync_tds_prelogin_set_connect_error (const PresyncSqlRequest *request, guint16 port,
                                        guint seconds, const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 ngettext ("%s did not answer on port %u within %u second",
                           "%s did not answer on port %u within %u seconds", seconds),
                 request->server, port, seconds);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s refuses connections on port %u: SQL Server does not run there, does not "
                    "listen on TCP, or has another port"),
                 request->server, port);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s cannot be reached on port %u (%s)"), request->server, port, cause->message);
}

GSocketConnection *
presync_tds_prelogin_connect (const PresyncSqlRequest *request, guint16 port, guint seconds,
                              GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = g_network_address_new (request->server, port);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) local = NULL;
  GSocket *socket;

  g_socket_client_set_timeout (client, seconds);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, address, NULL, &local);
  if (connection == NULL)
    {
      presync_tds_prelogin_set_connect_error (request, port, seconds, local, error);
      return NULL;
    }
  socket = g_socket_connection_get_socket (connection);
  g_socket_set_blocking (socket, TRUE);
  g_socket_set_timeout (socket, seconds);
  return g_steal_pointer (&connection);
}

static void
presync_tds_prelogin_add_option (GByteArray *head, GByteArray *data, guint8 option,
                                 const guint8 *value, guint8 length, guint8 options)
{
  guint at = options * OPTION_HEAD + 1 + data->len;
  guint8 entry[OPTION_HEAD] = { option, (guint8) (at >> 8), (guint8) at, 0, length };

  g_byte_array_append (head, entry, sizeof entry);
  g_byte_array_append (data, value, length);
}

/* Version (ours), encryption on, no instance to compare, a thread id of 0, no MARS. */
static GByteArray *
presync_tds_prelogin_build (void)
{
  static const guint8 version[VERSION_LENGTH] = { 9, 0, 0, 0, 0, 0 };
  static const guint8 on[] = { 1 };
  static const guint8 zero[4] = { 0, 0, 0, 0 };
  static const guint8 end[] = { OPTION_END };
  static const struct
  {
    const guint8 *value;
    guint8 length;
  } options[] = { { version, sizeof version }, { on, 1 }, { zero, 1 }, { zero, 4 }, { zero, 1 } };
  GByteArray *message = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();

  for (guint8 i = 0; i < G_N_ELEMENTS (options); i++)
    presync_tds_prelogin_add_option (message, data, i, options[i].value, options[i].length,
                                     G_N_ELEMENTS (options));
  g_byte_array_append (message, end, sizeof end);
  g_byte_array_append (message, data->data, data->len);
  return message;
}

PresyncTdsPrelogin *
presync_tds_prelogin_parse (const guint8 *body, gsize length)
{
  /* ENCRYPT_OFF, ENCRYPT_ON, ENCRYPT_NOT_SUP, ENCRYPT_REQ */
  static const char *const encryptions[] = { "off", "on", "not-supported", "required" };
  g_autoptr (PresyncTdsPrelogin) self = g_new0 (PresyncTdsPrelogin, 1);

  for (gsize i = 0; i < length && body[i] != OPTION_END; i += OPTION_HEAD)
    {
      gsize at, size;

      if (length - i < OPTION_HEAD)
        return NULL;
      at = (gsize) body[i + 1] << 8 | body[i + 2];
      size = (gsize) body[i + 3] << 8 | body[i + 4];
      if (at + size > length)
        return NULL;
      if (body[i] == OPTION_VERSION && size == VERSION_LENGTH && self->version == NULL)
        self->version = g_strdup_printf ("%u.%u.%u", body[at], body[at + 1],
                                         (guint) body[at + 2] << 8 | body[at + 3]);
      else if (body[i] == OPTION_ENCRYPTION && size == 1 && body[at] < G_N_ELEMENTS (encryptions))
        self->encryption = encryptions[body[at]];
    }
  if (self->version == NULL || self->encryption == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

static void
presync_tds_prelogin_set_answer_error (const PresyncSqlRequest *request, guint8 first,
                                       const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("%s takes connections, but does not answer as a SQL Server does"),
                 request->text);
  else if (first == TLS_ALERT)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s takes only strict encryption (TDS 8), which Presync cannot speak; the "
                    "checks of this SQL Server are to be made by hand"),
                 request->text);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s is not a SQL Server: something else answers there"), request->text);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s closed the connection at once: it is not a SQL Server, or takes only "
                    "strict encryption (TDS 8), which Presync cannot speak"),
                 request->text);
}

PresyncTdsPrelogin *
presync_tds_prelogin_exchange (const PresyncSqlRequest *request, GSocket *socket, GError **error)
{
  g_autoptr (GByteArray) question = presync_tds_prelogin_build ();
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (PresyncTdsPrelogin) self = NULL;
  g_autoptr (GError) local = NULL;
  guint8 first = 0;

  if (!presync_tds_send (socket, PRESYNC_TDS_PRELOGIN, question->data, question->len, NULL, &local)
      || !presync_tds_receive (socket, answer, &first, NULL, &local))
    {
      presync_tds_prelogin_set_answer_error (request, first, local, error);
      return NULL;
    }
  self = presync_tds_prelogin_parse (answer->data, answer->len);
  if (self == NULL)
    {
      local = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no PRELOGIN answer");
      presync_tds_prelogin_set_answer_error (request, first, local, error);
      return NULL;
    }
  self->peer = g_socket_get_remote_address (socket, NULL);
  return g_steal_pointer (&self);
}

gboolean
presync_tds_prelogin_is_encrypted (const PresyncTdsPrelogin *self)
{
  return g_str_equal (self->encryption, "on") || g_str_equal (self->encryption, "required");
}
