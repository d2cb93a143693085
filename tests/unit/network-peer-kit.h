/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>
#include <gio/gio.h>
#include <gio/gnetworking.h>
#include <glib/gstdio.h>

/* Peers of network probes on loopback, each connection on a thread of its own; certificates of
 * tests/support/certificates.py. */

typedef enum
{
  PEER_HTTPS,    /* TLS, then 404 */
  PEER_TLS_MUTE, /* TLS, then nothing */
  PEER_MUTE,     /* takes the connection, reads, and says nothing */
  PEER_RESET,    /* takes the connection and breaks it */
  PEER_ALERT,    /* refuses the version, as a server of TLS 1.1 does that knows the extension */
  PEER_OLD,      /* chooses TLS 1.1, as one does that does not */
  PEER_NO_TLS,   /* speaks something else */
  PEER_PROXY,    /* lets through to @behind */
  PEER_ANSWERS,  /* answers @answer to whatever is asked */
} PeerKind;

typedef struct
{
  PeerKind kind;
  GSocketListener *listener;
  GCancellable *stopped;
  GThread *thread;
  GPtrArray *calls; /* GThread; of the thread that accepts */
  guint16 port;
  guint16 behind;
  const char *answer;
  GTlsCertificate *certificate;
} Peer;

/* What was sent after the head of a request is not looked at. */
static void
peer_read_some (GIOStream *stream)
{
  char buffer[4096];

  (void) !g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer, NULL,
                               NULL);
}

static void
peer_say (GIOStream *stream, const void *data, gsize size)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, size, NULL, NULL, NULL);
}

static void
peer_serve_tls (Peer *peer, GIOStream *base)
{
  static const char answer[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (GIOStream) stream = g_tls_server_connection_new (base, peer->certificate, NULL);

  if (!g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, NULL))
    return;
  peer_read_some (stream);
  if (peer->kind == PEER_TLS_MUTE)
    peer_read_some (stream);
  else
    peer_say (stream, answer, strlen (answer));
  g_io_stream_close (stream, NULL, NULL);
}

static void
peer_pass_on (Peer *peer, GIOStream *client)
{
  static const char established[] = "HTTP/1.1 200 Connection established\r\n\r\n";
  g_autoptr (GSocketClient) dialer = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;
  g_autoptr (GMainContext) context = g_main_context_new ();

  peer_read_some (client);
  server = g_socket_client_connect_to_host (dialer, "127.0.0.1", peer->behind, NULL, NULL);
  g_assert_nonnull (server);
  peer_say (client, established, strlen (established));
  for (;;)
    {
      GSocket *sockets[] = { g_socket_connection_get_socket (G_SOCKET_CONNECTION (client)),
                             g_socket_connection_get_socket (server) };
      GPollFD fds[] = { { g_socket_get_fd (sockets[0]), G_IO_IN, 0 },
                        { g_socket_get_fd (sockets[1]), G_IO_IN, 0 } };

      g_poll (fds, 2, -1);
      for (int i = 0; i < 2; i++)
        if (fds[i].revents != 0)
          {
            char buffer[8192];
            gssize n = g_socket_receive (sockets[i], buffer, sizeof buffer, NULL, NULL);

            if (n <= 0)
              return;
            peer_say (G_IO_STREAM (i == 0 ? server : G_SOCKET_CONNECTION (client)), buffer,
                      (gsize) n);
          }
    }
}

typedef struct
{
  Peer *peer;
  GSocketConnection *connection;
} PeerCall;

static gpointer
peer_run (gpointer data)
{
  static const guint8 alert[] = { 21, 3, 1, 0, 2, 2, 70 };
  /* A ServerHello of TLS 1.1, as far as anybody reads it */
  static const guint8 hello[] = { 22, 3, 2, 0, 49, 2, 0, 0, 45, 3, 2, 1, 2, 3, 4, 5, 6, 7 };
  PeerCall *call = data;
  Peer *peer = call->peer;
  g_autoptr (GSocketConnection) connection = call->connection;
  GIOStream *stream = G_IO_STREAM (connection);
  GSocket *socket = g_socket_connection_get_socket (connection);
  struct linger abort = { 1, 0 };

  switch (peer->kind)
    {
    case PEER_HTTPS:
    case PEER_TLS_MUTE:
      peer_serve_tls (peer, stream);
      break;
    case PEER_RESET:
      peer_read_some (stream);
      setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
      break;
    case PEER_ALERT:
      peer_read_some (stream);
      peer_say (stream, alert, sizeof alert);
      break;
    case PEER_OLD:
      peer_read_some (stream);
      peer_say (stream, hello, sizeof hello);
      break;
    case PEER_NO_TLS:
      peer_read_some (stream);
      peer_say (stream, "220 mail.example ESMTP\r\n", 24);
      break;
    case PEER_PROXY:
      peer_pass_on (peer, stream);
      break;
    case PEER_ANSWERS:
      peer_read_some (stream);
      peer_say (stream, peer->answer, strlen (peer->answer));
      break;
    case PEER_MUTE:
    default:
      /* until the other side has enough */
      peer_read_some (stream);
      peer_read_some (stream);
      break;
    }
  g_free (call);
  return NULL;
}

static gpointer
peer_accept (gpointer data)
{
  Peer *peer = data;

  for (;;)
    {
      GSocketConnection *connection
          = g_socket_listener_accept (peer->listener, NULL, peer->stopped, NULL);
      PeerCall *call;

      if (connection == NULL)
        return NULL;
      call = g_new0 (PeerCall, 1);
      call->peer = peer;
      call->connection = connection;
      g_ptr_array_add (peer->calls, g_thread_new ("peer", peer_run, call));
    }
}

/* @certificate: (nullable): file with certificates and key */
G_GNUC_UNUSED static Peer *
peer_start (PeerKind kind, const char *certificate)
{
  Peer *peer = g_new0 (Peer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  peer->kind = kind;
  if (certificate != NULL)
    peer->certificate = g_tls_certificate_new_from_file (certificate, &error);
  g_assert_no_error (error);
  peer->listener = g_socket_listener_new ();
  peer->stopped = g_cancellable_new ();
  peer->calls = g_ptr_array_new ();
  g_socket_listener_add_address (peer->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  peer->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  peer->thread = g_thread_new ("peers", peer_accept, peer);
  return peer;
}

/* Waits for its threads: whoever called has hung up. */
G_GNUC_UNUSED static void
peer_stop (Peer *peer)
{
  g_cancellable_cancel (peer->stopped);
  g_thread_join (peer->thread);
  for (guint i = 0; i < peer->calls->len; i++)
    g_thread_join (g_ptr_array_index (peer->calls, i));
  g_ptr_array_unref (peer->calls);
  g_socket_listener_close (peer->listener);
  g_object_unref (peer->listener);
  g_object_unref (peer->stopped);
  g_clear_object (&peer->certificate);
  g_free (peer);
}

/* Makes folder/{public,inspection,good,wrong,expired,later,unknown,inspected,self}.pem, each with
 * its key (servers' for "localhost"), and folder/trusted.pem. (transfer full): the folder */
G_GNUC_UNUSED static char *
peer_make_certificates (void)
{
  static const char script[]
      = "import sys\n"
        "sys.path.insert(0, sys.argv[1] + '/tests/support')\n"
        "from certificates import make_authority, make_key, sign\n"
        "f = sys.argv[2]\n"
        "make_authority(f, 'public', 'Test Root/O=DigiCert Inc')\n"
        "make_authority(f, 'inspection', 'Contoso inspection/O=Contoso')\n"
        "make_authority(f, 'stranger', 'Stranger/O=DigiCert Inc')\n"
        "def server(name, issuer, host='localhost', first=-1, last=30):\n"
        "    make_key(f, name)\n"
        "    sign(f, name, '/CN=' + host, issuer, 'subjectAltName=DNS:' + host + '\\n', first, "
        "last)\n"
        "    with open(f'{f}/{name}.pem', 'a') as out:\n"
        "        out.write(open(f'{f}/{name}.key').read())\n"
        "server('good', 'public')\n"
        "server('wrong', 'public', host='elsewhere.example')\n"
        "server('expired', 'public', first=-30, last=-2)\n"
        "server('later', 'public', first=5)\n"
        "server('inspected', 'inspection')\n"
        "server('unknown', 'stranger')\n"
        "server('self', 'self')\n"
        "with open(f + '/trusted.pem', 'w') as out:\n"
        "    out.write(open(f + '/public.pem').read() + open(f + '/inspection.pem').read())\n";
  char *folder = g_dir_make_tmp ("presync-network-XXXXXX", NULL);
  const char *argv[]
      = { "/usr/bin/python3", "-c", script, g_getenv ("PRESYNC_SOURCE"), folder, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_assert_nonnull (g_getenv ("PRESYNC_SOURCE"));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, &output, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("%s", output);
  return folder;
}

/* From now on folder/trusted.pem holds all authorities that are trusted. */
G_GNUC_UNUSED static void
peer_trust_certificates (const char *folder)
{
  g_autofree char *trusted = g_build_filename (folder, "trusted.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (trusted, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

G_GNUC_UNUSED static void
peer_remove_certificates (const char *folder)
{
  const char *name;
  GDir *dir = g_dir_open (folder, 0, NULL);

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_remove (path);
    }
  g_dir_close (dir);
  g_rmdir (folder);
}
