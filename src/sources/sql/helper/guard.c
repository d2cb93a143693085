/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/guard.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include "sources/sql/helper/prelogin.h"
#include "sources/sql/helper/wire.h"

#define CHUNK 16384

struct _PresyncTdsGuard
{
  GSocketAddress *peer;
  guint seconds;
  GSocket *listener;
  GCancellable *stop;
  GThread *thread;
  int refused;   /* atomic */
  int unreached; /* atomic */
};

/* One end of an IPv4 connection */
typedef struct sockaddr_in PresyncTdsEnd;

static gboolean
presync_tds_guard_read_end (GSocketAddress *address, PresyncTdsEnd *end)
{
  return address != NULL && g_socket_address_get_family (address) == G_SOCKET_FAMILY_IPV4
         && g_socket_address_to_native (address, end, sizeof *end, NULL);
}

static gboolean
presync_tds_guard_is_end (const PresyncTdsEnd *end, const PresyncTdsEnd *other, socklen_t length)
{
  return length == sizeof *end && end->sin_family == AF_INET && end->sin_port == other->sin_port
         && end->sin_addr.s_addr == other->sin_addr.s_addr;
}

/* Is the other end of @connection a socket of this process? */
static gboolean
presync_tds_guard_is_ours (GSocket *connection)
{
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (connection, NULL);
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  PresyncTdsEnd here = { 0 };
  PresyncTdsEnd there = { 0 };
  const char *name;

  if (!presync_tds_guard_read_end (local, &here) || !presync_tds_guard_read_end (remote, &there))
    return FALSE;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      int descriptor = (int) g_ascii_strtoull (name, NULL, 10);
      PresyncTdsEnd end = { 0 };
      PresyncTdsEnd peer = { 0 };
      socklen_t end_length = sizeof end;
      socklen_t peer_length = sizeof peer;

      /* Seen from there: its own end is our remote one. */
      if (getsockname (descriptor, (struct sockaddr *) &end, &end_length) == 0
          && presync_tds_guard_is_end (&end, &there, end_length)
          && getpeername (descriptor, (struct sockaddr *) &peer, &peer_length) == 0
          && presync_tds_guard_is_end (&peer, &here, peer_length))
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (nullable): the driver's connection; whoever else comes is sent away */
static GSocket *
presync_tds_guard_accept (PresyncTdsGuard *self)
{
  GSocket *driver = NULL;

  while (driver == NULL)
    {
      g_autoptr (GSocket) came = g_socket_accept (self->listener, self->stop, NULL);
      if (came == NULL)
        break;
      if (presync_tds_guard_is_ours (came))
        driver = g_steal_pointer (&came);
    }
  g_socket_close (self->listener, NULL);
  return driver;
}

/* Passes what @from has on to @to. Returns: %FALSE at its end */
static gboolean
presync_tds_guard_pass (GSocket *from, GSocket *to, GCancellable *stop)
{
  char data[CHUNK];
  gssize got = g_socket_receive (from, data, sizeof data, stop, NULL);
  gssize at = 0;

  while (got > 0 && at < got)
    {
      gssize sent = g_socket_send (to, data + at, (gsize) (got - at), stop, NULL);
      if (sent <= 0)
        return FALSE;
      at += sent;
    }
  return got > 0;
}

/* Passes everything both ways, until one side ends. */
static void
presync_tds_guard_pump (PresyncTdsGuard *self, GSocket *driver, GSocket *server)
{
  GPollFD polls[3]
      = { { g_socket_get_fd (driver), G_IO_IN, 0 }, { g_socket_get_fd (server), G_IO_IN, 0 } };

  if (!g_cancellable_make_pollfd (self->stop, &polls[2]))
    return;
  while (!g_cancellable_is_cancelled (self->stop) && g_poll (polls, G_N_ELEMENTS (polls), -1) >= 0)
    if ((polls[0].revents != 0 && !presync_tds_guard_pass (driver, server, self->stop))
        || (polls[1].revents != 0 && !presync_tds_guard_pass (server, driver, self->stop)))
      break;
  g_cancellable_release_fd (self->stop);
}

/* Passes the PRELOGIN question and answer. Returns: %FALSE if the server does not agree to encrypt
 */
static gboolean
presync_tds_guard_open (PresyncTdsGuard *self, GSocket *driver, GSocket *server)
{
  g_autoptr (GByteArray) question = g_byte_array_new ();
  g_autoptr (GByteArray) answer = g_byte_array_new ();
  g_autoptr (PresyncTdsPrelogin) prelogin = NULL;
  guint8 first = 0;

  if (!presync_tds_receive (driver, question, &first, self->stop, NULL)
      || first != PRESYNC_TDS_PRELOGIN
      || !presync_tds_send (server, PRESYNC_TDS_PRELOGIN, question->data, question->len, self->stop,
                            NULL)
      || !presync_tds_receive (server, answer, &first, self->stop, NULL))
    return FALSE;
  prelogin = presync_tds_prelogin_parse (answer->data, answer->len);
  if (prelogin != NULL && presync_tds_prelogin_is_encrypted (prelogin))
    return presync_tds_send (driver, PRESYNC_TDS_RESPONSE, answer->data, answer->len, self->stop,
                             NULL);
  g_atomic_int_set (&self->refused, TRUE);
  return FALSE;
}

static gpointer
presync_tds_guard_run (gpointer data)
{
  PresyncTdsGuard *self = data;
  g_autoptr (GSocket) driver = presync_tds_guard_accept (self);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  GSocket *server;

  if (driver == NULL)
    return NULL;
  g_socket_set_timeout (driver, self->seconds);
  g_socket_client_set_timeout (client, self->seconds);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection
      = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (self->peer), self->stop, NULL);
  g_atomic_int_set (&self->unreached, connection == NULL);
  if (connection != NULL)
    {
      server = g_socket_connection_get_socket (connection);
      g_socket_set_blocking (server, TRUE);
      if (presync_tds_guard_open (self, driver, server))
        {
          g_socket_set_timeout (driver, 0);
          g_socket_set_timeout (server, 0);
          presync_tds_guard_pump (self, driver, server);
        }
    }
  g_socket_close (driver, NULL);
  return NULL;
}

PresyncTdsGuard *
presync_tds_guard_new (GSocketAddress *peer, guint seconds, guint16 *port, GError **error)
{
  g_autoptr (PresyncTdsGuard) self = g_new0 (PresyncTdsGuard, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->peer = g_object_ref (peer);
  self->seconds = seconds;
  self->stop = g_cancellable_new ();
  self->listener
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (self->listener == NULL || !g_socket_bind (self->listener, any, FALSE, error)
      || !g_socket_listen (self->listener, error))
    return NULL;
  bound = g_socket_get_local_address (self->listener, error);
  if (bound == NULL)
    return NULL;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("guard", presync_tds_guard_run, self);
  return g_steal_pointer (&self);
}

void
presync_tds_guard_free (PresyncTdsGuard *self)
{
  g_cancellable_cancel (self->stop);
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_clear_object (&self->peer);
  g_clear_object (&self->listener);
  g_clear_object (&self->stop);
  g_free (self);
}

gboolean
presync_tds_guard_get_refused (PresyncTdsGuard *self)
{
  return g_atomic_int_get (&self->refused);
}

gboolean
presync_tds_guard_get_unreached (PresyncTdsGuard *self)
{
  return g_atomic_int_get (&self->unreached);
}
