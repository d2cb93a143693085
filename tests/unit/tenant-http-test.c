/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way to a server: what is wrong on it is told in one sentence that names who is to blame. */
#include "tenant-resolver-kit.h"
#include "tenant-server-kit.h"

/* As kit_get(), of a server at @port with another name or none */
static PresyncHttpAnswer *
ask_at (Kit *self, const char *host, guint16 port)
{
  g_free (self->login_base);
  self->login_base = g_strdup_printf ("https://%s:%u", host, port);
  self->cloud.login = self->login_base;
  kit_open (self);
  presync_http_set_seconds (self->http, 1);
  return kit_get (self, self->login_base, "/", NULL);
}

static guint16
closed_port (void)
{
  Peer *peer = peer_start (PEER_MUTE, NULL);
  guint16 port = peer->port;

  peer_stop (peer);
  return port;
}

static void
test_names (Kit *self, gconstpointer data)
{
  kit_assert_refused (self, ask_at (self, "login.missing", 443), PRESYNC_ERROR_UNREACHABLE,
                      "The name login.missing has no address");
  kit_assert_refused (self, ask_at (self, "login.broken", 443), PRESYNC_ERROR_UNREACHABLE,
                      "No name server tells the address of login.broken");
  kit_assert_refused (self, ask_at (self, "login.hung", 443), PRESYNC_ERROR_TIMED_OUT,
                      "No name server told the address of login.hung within 1 seconds");
}

static void
test_way (Kit *self, gconstpointer data)
{
  static const struct
  {
    PeerKind kind;
    PresyncError code;
    const char *words;
  } cases[] = {
    { PEER_MUTE, PRESYNC_ERROR_TIMED_OUT, "localhost did not answer within 1 seconds" },
    { PEER_RESET, PRESYNC_ERROR_UNREACHABLE, "No encrypted connection to localhost" },
    { PEER_NO_TLS, PRESYNC_ERROR_UNREACHABLE, "No encrypted connection to localhost" },
    { PEER_ALERT, PRESYNC_ERROR_UNREACHABLE, "does not speak TLS as it should" },
    { PEER_OLD, PRESYNC_ERROR_UNREACHABLE, "localhost" },
  };

  kit_assert_refused (self, ask_at (self, "localhost", closed_port ()), PRESYNC_ERROR_UNREACHABLE,
                      "localhost refuses the connection");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Peer *peer = peer_start (cases[i].kind, NULL);

      kit_assert_refused (self, ask_at (self, "localhost", peer->port), cases[i].code,
                          cases[i].words);
      g_clear_object (&self->http);
      peer_stop (peer);
    }
}

/* A server whose name or authority is not as it should be gets not even the request. */
static void
test_certificates (Kit *self, gconstpointer data)
{
  static const struct
  {
    const char *certificate;
    const char *words;
  } cases[] = {
    { "unknown", "signed by an authority that this computer does not trust" },
    { "self", "signed by an authority that this computer does not trust" },
    { "wrong", "made out for another server" },
    { "expired", "has expired: it was valid until" },
    { "later", "perhaps the clock is wrong" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.pem", self->folder, cases[i].certificate);
      Server *server = server_start (path);

      server_answer (server, NULL, 200, "", "{}");
      kit_assert_refused (self, ask_at (self, "localhost", server->port), PRESYNC_ERROR_CERTIFICATE,
                          cases[i].words);
      g_assert_nonnull (strstr (self->error->message, "localhost"));
      g_clear_object (&self->http);
      g_assert_cmpuint (server_count (server), ==, 0);
      server_stop (server);
    }
}

/* Who opens the traffic is named, so that somebody can ask there. */
static void
test_issuer (Kit *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "unknown.pem", NULL);
  Server *server = server_start (path);

  kit_assert_refused (self, ask_at (self, "localhost", server->port), PRESYNC_ERROR_CERTIFICATE,
                      "Issuer: ");
  g_assert_nonnull (strstr (self->error->message, "Stranger"));
  g_clear_object (&self->http);
  server_stop (server);
}

static void
test_breaks (Kit *self, gconstpointer data)
{
  static const struct
  {
    const char *answer;
    PresyncError code;
    const char *words;
  } cases[] = {
    { "", PRESYNC_ERROR_UNREACHABLE, "localhost closed the connection without an answer" },
    { "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":", PRESYNC_ERROR_UNREACHABLE,
      "localhost broke off in the middle of its answer" },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n",
      PRESYNC_ERROR_BAD_INPUT,
      "The answer of localhost is not JSON, or cut off (HTTP status 200)" },
    { "220 mail.example ESMTP\r\n\r\n", PRESYNC_ERROR_FAILED, "no HTTP answer" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      server_say (self->graph, NULL, cases[i].answer, strlen (cases[i].answer), 0);
      kit_assert_refused (self, kit_get (self, self->graph_base, "/v1.0/me", NULL), cases[i].code,
                          cases[i].words);
    }
}

static void
set_proxy (Kit *self, char *address)
{
  g_free (self->target->proxy);
  self->target->proxy = address;
  kit_open (self);
  presync_http_set_seconds (self->http, 1);
}

static void
test_proxy (Kit *self, gconstpointer data)
{
  static const struct
  {
    const char *answer; /* nullable: none */
    PresyncError code;
    const char *words;
  } cases[] = {
    { "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", PRESYNC_ERROR_UNREACHABLE,
      "wants a sign-in (407) before it opens the way to localhost" },
    { "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", PRESYNC_ERROR_UNREACHABLE,
      "refuses the way to localhost (403)" },
    { "HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n", PRESYNC_ERROR_UNREACHABLE,
      "does not open the way to localhost (HTTP status 502)" },
    { "SSH-2.0-x\r\n\r\n", PRESYNC_ERROR_UNREACHABLE, "does not open the way to localhost" },
    { NULL, PRESYNC_ERROR_TIMED_OUT, "did not open the way to localhost within 1 seconds" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Peer *proxy = peer_start (cases[i].answer != NULL ? PEER_ANSWERS : PEER_MUTE, NULL);
      g_autofree char *shown = g_strdup_printf ("127.0.0.1:%u", proxy->port);

      proxy->answer = cases[i].answer;
      set_proxy (self, g_strconcat ("http://", shown, NULL));
      kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), cases[i].code,
                          cases[i].words);
      g_assert_nonnull (strstr (self->error->message, shown));
      g_clear_object (&self->http);
      peer_stop (proxy);
    }
  set_proxy (self, g_strdup_printf ("http://127.0.0.1:%u", closed_port ()));
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_UNREACHABLE,
                      "127.0.0.1");
  set_proxy (self, g_strdup ("http://proxy.missing:8080"));
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_UNREACHABLE,
                      "The name proxy.missing:8080 has no address");
  /* Nobody was asked: one that cannot be used is said to be so. */
  set_proxy (self, g_strdup ("http://me:" TOKEN "@127.0.0.1:8080"));
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_BAD_INPUT,
                      "A proxy looks like");
  g_assert_cmpuint (server_count (self->graph), ==, 0);
}

static void
test_tunnel (Kit *self, gconstpointer data)
{
  Peer *proxy = peer_start (PEER_PROXY, NULL);
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  proxy->behind = self->graph->port;
  set_proxy (self, g_strdup_printf ("http://127.0.0.1:%u", proxy->port));
  server_answer (self->graph, NULL, 200, "", "{'id':'x'}");
  answer = kit_get (self, self->graph_base, "/v1.0/me", NULL);
  g_assert_no_error (self->error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (server_wait (self->graph, 0), "Authorization: Bearer " TOKEN "\r\n"));
  g_clear_object (&self->http);
  peer_stop (proxy);
}

int
main (int argc, char **argv)
{
  static const KitTest tests[] = {
    { "/tenant-http/names", test_names },
    { "/tenant-http/way", test_way },
    { "/tenant-http/certificates", test_certificates },
    { "/tenant-http/issuer", test_issuer },
    { "/tenant-http/breaks", test_breaks },
    { "/tenant-http/proxy", test_proxy },
    { "/tenant-http/tunnel", test_tunnel },
  };
  g_autoptr (GResolver) resolver = g_object_new (KIT_TYPE_RESOLVER, NULL);

  /* What this computer's settings say about proxies is none of the tests' business. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_resolver_set_default (resolver);
  return kit_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
