/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each outcome of a probe, against peers on loopback. */
#include "network-peer-kit.h"
#include "resolver-kit.h"

#include "sources/network/authority.h"
#include "sources/network/reach-probe.h"

#define PATIENCE (20 * G_USEC_PER_SEC)

typedef struct
{
  char *folder;
  PresyncLookup *lookup;
  PresyncReachMark marks[PRESYNC_N_REACH_STAGES];
} Fixture;

static void
passed (PresyncReachStage stage, PresyncReachMark mark, const PresyncReachCertificate *certificate,
        gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->marks[stage] = mark;
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (G_USEC_PER_SEC / 4);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* @proxy: (nullable); @hangs: it is cancelled */
static void
run (Fixture *fixture, PresyncReachProbeKind kind, const char *host, guint16 port,
     const char *proxy, gboolean hangs, PresyncReachProbeResult *result)
{
  PresyncReachProbe probe
      = { kind, (char *) host, port, NULL, (char *) (proxy != NULL ? proxy : "direct://x") };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GThread) thread
      = hangs ? g_thread_new ("cancel", cancel_soon, g_object_ref (cancellable)) : NULL;

  memset (fixture->marks, 0, sizeof fixture->marks);
  presync_reach_probe_run (&probe, fixture->lookup, g_get_monotonic_time () + PATIENCE, passed,
                           fixture, cancellable, result);
  if (thread != NULL)
    {
      g_thread_join (g_steal_pointer (&thread));
      g_object_unref (cancellable);
    }
}

static void
assert_web (Fixture *fixture, PeerKind kind, const char *certificate, PresyncReachOutcome outcome,
            const char *word)
{
  g_autofree char *path
      = certificate != NULL ? g_strdup_printf ("%s/%s.pem", fixture->folder, certificate) : NULL;
  Peer *peer = peer_start (kind, path);
  g_auto (PresyncReachProbeResult) result = { 0 };

  run (fixture, PRESYNC_REACH_PROBE_WEB, "localhost", peer->port, NULL, kind == PEER_MUTE, &result);
  g_test_message ("%s", result.text);
  g_assert_cmpstr (presync_reach_outcome_id (result.outcome), ==,
                   presync_reach_outcome_id (outcome));
  g_assert_nonnull (strstr (result.text, word));
  g_assert_cmpint (fixture->marks[PRESYNC_REACH_TCP], ==, PRESYNC_REACH_GOOD);
  g_assert_cmpint (result.certificate != NULL, ==, certificate != NULL);
  peer_stop (peer);
}

static void
test_reached (Fixture *fixture, gconstpointer data)
{
  assert_web (fixture, PEER_HTTPS, "good", PRESYNC_REACH_REACHED, "404");
  g_assert_cmpint (fixture->marks[PRESYNC_REACH_TLS], ==, PRESYNC_REACH_GOOD);
}

static void
test_inspected (Fixture *fixture, gconstpointer data)
{
  assert_web (fixture, PEER_HTTPS, "inspected", PRESYNC_REACH_REACHED, "Contoso inspection");
}

static void
test_certificates (Fixture *fixture, gconstpointer data)
{
  assert_web (fixture, PEER_HTTPS, "wrong", PRESYNC_REACH_WRONG_NAME, "another name");
  g_assert_cmpint (fixture->marks[PRESYNC_REACH_TLS], !=, PRESYNC_REACH_GOOD);
  assert_web (fixture, PEER_HTTPS, "expired", PRESYNC_REACH_EXPIRED, "expired on");
  assert_web (fixture, PEER_HTTPS, "later", PRESYNC_REACH_EXPIRED, "clock");
  assert_web (fixture, PEER_HTTPS, "unknown", PRESYNC_REACH_INTERCEPTED, "Stranger");
  assert_web (fixture, PEER_HTTPS, "self", PRESYNC_REACH_INTERCEPTED, "localhost");
}

static void
test_tls (Fixture *fixture, gconstpointer data)
{
  assert_web (fixture, PEER_ALERT, NULL, PRESYNC_REACH_NO_TLS12, "TLS 1.2");
  assert_web (fixture, PEER_OLD, NULL, PRESYNC_REACH_NO_TLS12, "TLS 1.2");
  assert_web (fixture, PEER_NO_TLS, NULL, PRESYNC_REACH_TLS_FAILED, "localhost");
  assert_web (fixture, PEER_RESET, NULL, PRESYNC_REACH_RESET, "broken off");
  assert_web (fixture, PEER_MUTE, NULL, PRESYNC_REACH_SILENT, "does not answer");
}

static void
test_farm (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "good", "self", "unknown", "expired" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.pem", fixture->folder, names[i]);
      Peer *peer = peer_start (PEER_HTTPS, path);
      g_auto (PresyncReachProbeResult) result = { 0 };

      /* A proxy is none of its business. */
      run (fixture, PRESYNC_REACH_PROBE_FARM, "localhost", peer->port, "http://127.0.0.1:1", FALSE,
           &result);
      g_assert_null (result.proxy);
      g_assert_nonnull (result.certificate);
      g_assert_cmpstr (result.certificate->names[0], ==, "localhost");
      g_assert_cmpint (result.certificate->self_signed, ==, g_str_equal (names[i], "self"));
      g_assert_cmpint (result.certificate->trusted, ==,
                       g_str_equal (names[i], "good") || g_str_equal (names[i], "expired"));
      g_assert_nonnull (result.certificate->not_after);
      peer_stop (peer);
    }
}

/* A port that nobody listens on */
static guint16
find_closed_port (void)
{
  Peer *peer = peer_start (PEER_MUTE, NULL);
  guint16 port = peer->port;

  peer_stop (peer);
  return port;
}

/* (transfer full): a socket whose queue is full, so that what comes is dropped */
static GSocket *
listen_silently (guint16 *port, GSocket **filler)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  GSocket *socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) bound = NULL;

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  g_socket_set_listen_backlog (socket, 0);
  g_assert_true (g_socket_listen (socket, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  for (int i = 0; i < 2; i++)
    {
      filler[i]
          = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
      g_socket_set_blocking (filler[i], FALSE);
      g_socket_connect (filler[i], bound, NULL, NULL);
      if (i == 0)
        g_socket_condition_wait (filler[i], G_IO_OUT, NULL, NULL);
    }
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return socket;
}

static void
test_ports (Fixture *fixture, gconstpointer data)
{
  Peer *peer = peer_start (PEER_MUTE, NULL);
  g_auto (PresyncReachProbeResult) good = { 0 };
  g_auto (PresyncReachProbeResult) refused = { 0 };
  g_auto (PresyncReachProbeResult) silent = { 0 };
  GSocket *filler[2] = { NULL, NULL };
  guint16 port = 0;
  g_autoptr (GSocket) socket = listen_silently (&port, filler);

  run (fixture, PRESYNC_REACH_PROBE_PORT, "dc1.contoso.here", peer->port, NULL, FALSE, &good);
  g_assert_cmpint (good.outcome, ==, PRESYNC_REACH_REACHED);
  run (fixture, PRESYNC_REACH_PROBE_PORT, "dc1.contoso.here", find_closed_port (), NULL, FALSE,
       &refused);
  g_assert_cmpint (refused.outcome, ==, PRESYNC_REACH_REFUSED);
  g_assert_cmpint (fixture->marks[PRESYNC_REACH_NAME], ==, PRESYNC_REACH_GOOD);
  run (fixture, PRESYNC_REACH_PROBE_PORT, "dc1.contoso.here", port, NULL, TRUE, &silent);
  g_assert_cmpint (silent.outcome, ==, PRESYNC_REACH_SILENT);
  g_object_unref (filler[0]);
  g_object_unref (filler[1]);
  peer_stop (peer);
}

static void
assert_name (Fixture *fixture, PresyncReachProbeKind kind, const char *name, gboolean hangs,
             PresyncReachOutcome outcome)
{
  g_auto (PresyncReachProbeResult) result = { 0 };

  run (fixture, kind, name, 0, NULL, hangs, &result);
  g_assert_cmpstr (presync_reach_outcome_id (result.outcome), ==,
                   presync_reach_outcome_id (outcome));
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  assert_name (fixture, PRESYNC_REACH_PROBE_NAME, "a.here", FALSE, PRESYNC_REACH_REACHED);
  assert_name (fixture, PRESYNC_REACH_PROBE_ALIAS, "a.here", FALSE, PRESYNC_REACH_REACHED);
  assert_name (fixture, PRESYNC_REACH_PROBE_NAME, "a.missing", FALSE, PRESYNC_REACH_NO_NAME);
  assert_name (fixture, PRESYNC_REACH_PROBE_NAME, "a.broken", FALSE, PRESYNC_REACH_NO_RESOLVER);
  assert_name (fixture, PRESYNC_REACH_PROBE_NAME, "a.hung", TRUE, PRESYNC_REACH_NO_RESOLVER);
  assert_name (fixture, PRESYNC_REACH_PROBE_RECORD, "_ldap._tcp.a.here", FALSE,
               PRESYNC_REACH_REACHED);
  assert_name (fixture, PRESYNC_REACH_PROBE_RECORD, "_ldap._tcp.a.missing", FALSE,
               PRESYNC_REACH_NO_NAME);
  assert_name (fixture, PRESYNC_REACH_PROBE_RECORD, "_ldap._tcp.a.broken", FALSE,
               PRESYNC_REACH_NO_RESOLVER);
  assert_name (fixture, PRESYNC_REACH_PROBE_RECORD, "_ldap._tcp.a.hung", TRUE,
               PRESYNC_REACH_NO_RESOLVER);
}

/* Of so many controllers not all are tried: those that were not might answer. */
static void
test_domain (Fixture *fixture, gconstpointer data)
{
  static char *few[] = { (char *) "a.missing", (char *) "b.missing", NULL };
  static char *many[] = { (char *) "a.missing", (char *) "b.missing",
                          (char *) "c.missing", (char *) "d.missing",
                          (char *) "e.missing", (char *) "f.missing",
                          (char *) "g.missing", (char *) "h.missing",
                          (char *) "i.missing", NULL };
  PresyncReachProbe probe = { .kind = PRESYNC_REACH_PROBE_DOMAIN,
                              .host = (char *) "contoso.com",
                              .port = 389,
                              .controllers = few };
  g_auto (PresyncReachProbeResult) all = { 0 };
  g_auto (PresyncReachProbeResult) some = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  presync_reach_probe_run (&probe, fixture->lookup, g_get_monotonic_time () + PATIENCE, passed,
                           fixture, cancellable, &all);
  g_assert_cmpint (all.outcome, ==, PRESYNC_REACH_NO_NAME);
  probe.controllers = many;
  presync_reach_probe_run (&probe, fixture->lookup, g_get_monotonic_time () + PATIENCE, passed,
                           fixture, cancellable, &some);
  g_assert_cmpint (some.outcome, ==, PRESYNC_REACH_NOT_TRIED);
  g_assert_cmpstr (some.text, ==,
                   "8 of the 9 domain controllers of contoso.com were tried, and none answered.");
}

/* Hosts of one priority come in any order; what is told of them is the same each time. */
static void
test_record_hosts (Fixture *fixture, gconstpointer data)
{
  PresyncReachProbe probe
      = { .kind = PRESYNC_REACH_PROBE_RECORD, .host = (char *) "_four._tcp.here" };
  g_auto (PresyncReachProbeResult) result = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  presync_reach_probe_run (&probe, fixture->lookup, g_get_monotonic_time () + PATIENCE, passed,
                           fixture, cancellable, &result);
  g_assert_cmpint (result.outcome, ==, PRESYNC_REACH_REACHED);
  g_assert_cmpstr (result.text, ==,
                   "4 hosts: dca.contoso.here, dcb.contoso.here, dcc.contoso.here and 1 more");
}

/* Names are looked up once, however many rows want them. */
static void
test_lookup_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  int before = g_atomic_int_get (&TEST_RESOLVER (resolver)->n_asked);

  for (int i = 0; i < 5; i++)
    assert_name (fixture, PRESYNC_REACH_PROBE_NAME, "once.here", FALSE, PRESYNC_REACH_REACHED);
  g_assert_cmpint (g_atomic_int_get (&TEST_RESOLVER (resolver)->n_asked), ==, before + 1);
}

static void
assert_proxy (Fixture *fixture, const char *answer, PresyncReachOutcome outcome, guint16 port)
{
  Peer *proxy = peer_start (PEER_ANSWERS, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", proxy->port);
  g_auto (PresyncReachProbeResult) result = { 0 };

  proxy->answer = answer;
  run (fixture, PRESYNC_REACH_PROBE_WEB, "far.away.example", port, address, FALSE, &result);
  g_test_message ("%s", result.text);
  g_assert_cmpstr (presync_reach_outcome_id (result.outcome), ==,
                   presync_reach_outcome_id (outcome));
  g_assert_cmpstr (result.proxy, ==, address);
  g_assert_cmpint (fixture->marks[PRESYNC_REACH_NAME], ==, PRESYNC_REACH_NONE);
  peer_stop (proxy);
}

static void
test_proxy_answers (Fixture *fixture, gconstpointer data)
{
  assert_proxy (fixture, "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
                PRESYNC_REACH_PROXY_SIGN_IN, 443);
  assert_proxy (fixture, "HTTP/1.1 403 Forbidden\r\n\r\n", PRESYNC_REACH_PROXY_REFUSED, 443);
  assert_proxy (fixture, "HTTP/1.1 503 No\r\n\r\n", PRESYNC_REACH_PROXY_BROKEN, 443);
  assert_proxy (fixture, "SSH-2.0-x\r\n\r\n", PRESYNC_REACH_PROXY_BROKEN, 443);
  assert_proxy (fixture, "HTTP/1.0 407 No\r\n\r\n", PRESYNC_REACH_PROXY_SIGN_IN, 80);
  assert_proxy (fixture,
                "HTTP/1.1 403 No\r\nX-Squid-Error: ERR_ACCESS_DENIED\r\nVia: 1.1 p\r\n\r\n",
                PRESYNC_REACH_PROXY_REFUSED, 80);
  /* The host's own: it came through */
  assert_proxy (fixture, "HTTP/1.1 403 No\r\nVia: 1.1 p\r\n\r\n", PRESYNC_REACH_REACHED, 80);
  assert_proxy (fixture, "HTTP/1.1 200 OK\r\n\r\n", PRESYNC_REACH_REACHED, 80);
}

static void
test_proxy_tunnel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("%s/good.pem", fixture->folder);
  Peer *server = peer_start (PEER_HTTPS, path);
  Peer *proxy = peer_start (PEER_PROXY, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", proxy->port);
  g_autofree char *closed = g_strdup_printf ("http://127.0.0.1:%u", find_closed_port ());
  g_auto (PresyncReachProbeResult) result = { 0 };
  g_auto (PresyncReachProbeResult) refused = { 0 };

  proxy->behind = server->port;
  run (fixture, PRESYNC_REACH_PROBE_WEB, "localhost", server->port, address, FALSE, &result);
  g_assert_cmpint (result.outcome, ==, PRESYNC_REACH_REACHED);
  g_assert_true (presync_authority_is_published (result.certificate->root));
  run (fixture, PRESYNC_REACH_PROBE_WEB, "localhost", 443, closed, FALSE, &refused);
  g_assert_cmpint (refused.outcome, ==, PRESYNC_REACH_PROXY_BROKEN);
  peer_stop (server);
  peer_stop (proxy);
}

/* An IPv6 address keeps its brackets; nobody may listen there, or there may be no IPv6 at all. */
static void
test_proxy_ipv6 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = g_strdup_printf ("http://[::1]:%u", find_closed_port ());
  static const guint16 ports[] = { 80, 443 };

  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_auto (PresyncReachProbeResult) result = { 0 };

      run (fixture, PRESYNC_REACH_PROBE_WEB, "far.away.example", ports[i], address, FALSE, &result);
      g_test_message ("%s", result.text);
      g_assert_cmpstr (result.proxy, ==, address);
      g_assert_cmpint (result.outcome, !=, PRESYNC_REACH_NOT_TRIED);
      g_assert_cmpint (result.outcome, !=, PRESYNC_REACH_REACHED);
      g_assert_nonnull (strstr (result.text, address));
    }
}

/* What was given is not said to be the system's. */
static void
test_proxy_kind (Fixture *fixture, gconstpointer data)
{
  g_auto (PresyncReachProbeResult) result = { 0 };

  run (fixture, PRESYNC_REACH_PROBE_WEB, "far.away.example", 443, "socks://127.0.0.1:1080", FALSE,
       &result);
  g_assert_cmpint (result.outcome, ==, PRESYNC_REACH_NOT_TRIED);
  g_assert_null (strstr (result.text, "settings"));
  g_assert_nonnull (strstr (result.text, "socks://127.0.0.1:1080"));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = (char *) data;
  fixture->lookup = presync_lookup_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  presync_lookup_unref (fixture->lookup);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/network-probe/reached", test_reached },
    { "/network-probe/inspected", test_inspected },
    { "/network-probe/certificates", test_certificates },
    { "/network-probe/tls", test_tls },
    { "/network-probe/domain", test_domain },
    { "/network-probe/record-hosts", test_record_hosts },
    { "/network-probe/farm", test_farm },
    { "/network-probe/ports", test_ports },
    { "/network-probe/names", test_names },
    { "/network-probe/lookup-once", test_lookup_once },
    { "/network-probe/proxy-answers", test_proxy_answers },
    { "/network-probe/proxy-tunnel", test_proxy_tunnel },
    { "/network-probe/proxy-ipv6", test_proxy_ipv6 },
    { "/network-probe/proxy-kind", test_proxy_kind },
  };
  g_autoptr (GResolver) resolver = NULL;
  g_autofree char *folder = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = peer_make_certificates ();
  peer_trust_certificates (folder);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, folder, set_up, tests[i].test, tear_down);
  result = g_test_run ();
  test_resolver_release (TEST_RESOLVER (resolver));
  peer_remove_certificates (folder);
  return result;
}
