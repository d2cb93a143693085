/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "network-peer-kit.h"

#include "base/error.h"
#include "sources/tenant/http.h"

/* HTTPS servers on loopback that say what a test wants, byte by byte, each connection on a thread
 * of its own; and a cloud whose sign-in and Graph they are. */

#define TOKEN "token-that-nobody-may-see"

/* Says nothing more until the other side has enough. */
#define SERVER_HOLDS G_MAXSIZE

typedef struct
{
  char *path; /* nullable: any; else how what is asked for begins */
  GBytes *data;
  gsize endless; /* so many bytes more of body, unless who asks hangs up; or SERVER_HOLDS */
  gboolean used;
} ServerAnswer;

typedef struct
{
  GSocketListener *listener;
  GCancellable *stopped;
  GThread *thread;
  GPtrArray *calls; /* GThread; of the thread that accepts */
  GTlsCertificate *certificate;
  guint16 port;
  /* guarded by it */
  GMutex lock;
  GCond cond;
  GPtrArray *answers;
  GPtrArray *requests; /* texts */
  gsize n_sent;
} Server;

static void
server_answer_free (gpointer data)
{
  ServerAnswer *answer = data;

  g_free (answer->path);
  g_bytes_unref (answer->data);
  g_free (answer);
}

/* (transfer full) (nullable): head and body; %NULL if the other side hangs up first */
static char *
server_read (GIOStream *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize wanted = G_MAXSIZE;

  while (text->len < wanted)
    {
      char buffer[4096];
      const char *body, *length;
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream), buffer, sizeof buffer,
                                      NULL, NULL);

      if (n <= 0)
        return NULL;
      g_string_append_len (text, buffer, n);
      body = strstr (text->str, "\r\n\r\n");
      length = strstr (text->str, "Content-Length: ");
      if (body != NULL)
        wanted = (gsize) (body + 4 - text->str)
                 + (length != NULL ? (gsize) g_ascii_strtoull (length + 16, NULL, 10) : 0);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The first answer for @request that was not given yet, or the last that was */
static ServerAnswer *
server_choose (Server *self, const char *request)
{
  const char *path = strchr (request, ' ') + 1;
  ServerAnswer *last = NULL;

  for (guint i = 0; i < self->answers->len; i++)
    {
      ServerAnswer *answer = g_ptr_array_index (self->answers, i);

      if (answer->path != NULL && !g_str_has_prefix (path, answer->path))
        continue;
      last = answer;
      if (!answer->used)
        break;
    }
  if (last != NULL)
    last->used = TRUE;
  return last;
}

static void
server_pour (Server *self, GIOStream *stream, gsize size)
{
  static const char zeros[65536];
  GOutputStream *out = g_io_stream_get_output_stream (stream);

  while (self->n_sent < size
         && g_output_stream_write_all (out, zeros, sizeof zeros, NULL, NULL, NULL))
    self->n_sent += sizeof zeros;
}

typedef struct
{
  Server *server;
  GSocketConnection *connection;
} ServerCall;

static gpointer
server_run (gpointer data)
{
  g_autofree ServerCall *call = data;
  Server *self = call->server;
  g_autoptr (GSocketConnection) connection = call->connection;
  g_autoptr (GIOStream) stream
      = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autofree char *request = NULL;
  ServerAnswer *answer;

  /* Else each handshake waits for a late acknowledgement. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  request = server_read (stream);
  if (request == NULL)
    return NULL;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->requests, g_strdup (request));
  answer = server_choose (self, request);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->lock);
  if (answer == NULL)
    {
      /* Says nothing until the other side has enough. */
      g_free (server_read (stream));
      return NULL;
    }
  peer_say (stream, g_bytes_get_data (answer->data, NULL), g_bytes_get_size (answer->data));
  if (answer->endless == SERVER_HOLDS)
    g_free (server_read (stream));
  else if (answer->endless > 0)
    server_pour (self, stream, answer->endless);
  g_io_stream_close (stream, NULL, NULL);
  return NULL;
}

static gpointer
server_accept (gpointer data)
{
  Server *self = data;

  for (;;)
    {
      GSocketConnection *connection
          = g_socket_listener_accept (self->listener, NULL, self->stopped, NULL);
      ServerCall *call;

      if (connection == NULL)
        return NULL;
      call = g_new0 (ServerCall, 1);
      call->server = self;
      call->connection = connection;
      g_ptr_array_add (self->calls, g_thread_new ("server", server_run, call));
    }
}

/* @certificate: file with certificates and key */
static Server *
server_start (const char *certificate)
{
  Server *self = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  self->answers = g_ptr_array_new_with_free_func (server_answer_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->certificate = g_tls_certificate_new_from_file (certificate, &error);
  g_assert_no_error (error);
  self->listener = g_socket_listener_new ();
  self->stopped = g_cancellable_new ();
  self->calls = g_ptr_array_new ();
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("servers", server_accept, self);
  return self;
}

/* Waits for its threads: whoever called has hung up. */
static void
server_stop (Server *self)
{
  g_cancellable_cancel (self->stopped);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->calls->len; i++)
    g_thread_join (g_ptr_array_index (self->calls, i));
  g_ptr_array_unref (self->calls);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stopped);
  g_object_unref (self->certificate);
  g_ptr_array_unref (self->answers);
  g_ptr_array_unref (self->requests);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->cond);
  g_free (self);
}

/* What it says next to who asks for @path: @data, as it is; @endless: see ServerAnswer */
static void
server_say (Server *self, const char *path, const void *data, gsize size, gsize endless)
{
  ServerAnswer *answer = g_new0 (ServerAnswer, 1);

  answer->path = g_strdup (path);
  answer->data = g_bytes_new (data, size);
  answer->endless = endless;
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->answers, answer);
  g_mutex_unlock (&self->lock);
}

/* @headers: lines, each with its end; @body: with ' instead of " */
static void
server_answer (Server *self, const char *path, guint status, const char *headers, const char *body)
{
  g_autoptr (GString) text = g_string_new (body);
  g_autofree char *head = NULL;

  g_string_replace (text, "'", "\"", 0);
  head = g_strdup_printf ("HTTP/1.1 %u X\r\nContent-Type: application/json\r\nConnection: close\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n",
                          status, text->len, headers);
  g_string_prepend (text, head);
  server_say (self, path, text->str, text->len, 0);
}

/* (transfer none): what was asked as the @n-th; waits for it */
static const char *
server_wait (Server *self, guint n)
{
  const char *request;

  g_mutex_lock (&self->lock);
  while (self->requests->len <= n)
    g_cond_wait (&self->cond, &self->lock);
  request = g_ptr_array_index (self->requests, n);
  g_mutex_unlock (&self->lock);
  return request;
}

G_GNUC_UNUSED static guint
server_count (Server *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->requests->len;
  g_mutex_unlock (&self->lock);
  return n;
}

/* What each test has. The strings of the cloud live as long as the fixture. */
typedef struct
{
  const char *folder;
  Server *login;
  Server *graph;
  char *login_base;
  char *graph_base;
  PresyncCloud cloud;
  PresyncTenantTarget *target;
  PresyncHttp *http;
  PresyncSecret *token;
  GError *error;
} Kit;

/* Begins anew, with the target as it is now. */
static void
kit_open (Kit *self)
{
  g_autofree char *trusted = g_build_filename (self->folder, "trusted.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (trusted, &error);

  g_assert_no_error (error);
  g_clear_object (&self->http);
  self->http = presync_http_new (self->target);
  presync_http_set_trust (self->http, database);
}

/* @data: folder of the certificates */
static void
kit_set_up (Kit *self, gconstpointer data)
{
  g_autofree char *good = g_build_filename (data, "good.pem", NULL);

  self->folder = data;
  self->login = server_start (good);
  self->graph = server_start (good);
  self->login_base = g_strdup_printf ("https://localhost:%u", self->login->port);
  self->graph_base = g_strdup_printf ("https://localhost:%u", self->graph->port);
  self->cloud = (PresyncCloud){ "worldwide", self->login_base, self->graph_base, NULL,
                                "https://entra.microsoft.com" };
  self->token = presync_secret_new (TOKEN);
  self->target = presync_tenant_target_new ();
  self->target->domain = g_strdup ("contoso.com");
  self->target->cloud = &self->cloud;
  kit_open (self);
}

static void
kit_tear_down (Kit *self, gconstpointer data)
{
  g_clear_object (&self->http);
  server_stop (self->login);
  server_stop (self->graph);
  presync_secret_unref (self->token);
  presync_tenant_target_free (self->target);
  g_clear_error (&self->error);
  g_free (self->login_base);
  g_free (self->graph_base);
}

/* (transfer full) (nullable) */
G_GNUC_UNUSED static PresyncHttpAnswer *
kit_get (Kit *self, const char *base, const char *path, GCancellable *cancellable)
{
  g_autofree char *url = g_strconcat (base, path, NULL);

  g_clear_error (&self->error);
  return presync_http_get (self->http, url,
                           g_str_has_prefix (url, self->graph_base) ? self->token : NULL,
                           cancellable, &self->error);
}

/* It was one sentence, of the right kind, with @words in it and no secret. */
G_GNUC_UNUSED static void
kit_assert_refused (Kit *self, PresyncHttpAnswer *answer, PresyncError code, const char *words)
{
  g_autoptr (PresyncHttpAnswer) got = answer;

  g_assert_null (got);
  g_assert_error (self->error, PRESYNC_ERROR, (int) code);
  if (strstr (self->error->message, words) == NULL)
    g_error ("“%s” without “%s”", self->error->message, words);
  g_assert_null (strstr (self->error->message, TOKEN));
  g_assert_null (strpbrk (self->error->message, "\r\n"));
  g_assert_true (g_utf8_validate (self->error->message, -1, NULL));
}

typedef struct
{
  const char *path;
  void (*test) (Kit *, gconstpointer);
} KitTest;

/* Makes the certificates and runs @tests. */
static int
kit_main (int argc, char **argv, const KitTest *tests, gsize n)
{
  g_autofree char *folder = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = peer_make_certificates ();
  for (gsize i = 0; i < n; i++)
    g_test_add (tests[i].path, Kit, folder, kit_set_up, tests[i].test, kit_tear_down);
  result = g_test_run ();
  peer_remove_certificates (folder);
  return result;
}
