/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever waits for a server that says nothing can stop: the bound of the request itself is an hour
 * away there, so that nothing but the cancelling can end it. And pauses, and clocks that are apart.
 */
#include "tenant-resolver-kit.h"
#include "tenant-server-kit.h"

#define HOUR 3600

/* Cancels once something has happened. */
typedef struct
{
  GCancellable *cancellable;
  Server *server;        /* nullable: waits for its first request */
  KitResolver *resolver; /* nullable: waits for a question that hangs */
  int cancelled;         /* atomic */
} Stopper;

static gpointer
stopper_run (gpointer data)
{
  Stopper *self = data;

  if (self->server != NULL)
    server_wait (self->server, 0);
  while (self->resolver != NULL && g_atomic_int_get (&self->resolver->n_hung) == 0)
    g_usleep (G_USEC_PER_SEC / 100);
  /* Lets who asks come to rest. */
  g_usleep (G_USEC_PER_SEC / 20);
  g_atomic_int_set (&self->cancelled, 1);
  g_cancellable_cancel (self->cancellable);
  return NULL;
}

/* It ends, not before it was cancelled, and with nothing but that. */
static void
assert_stops (Kit *self, const char *base, Server *server, KitResolver *resolver)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stopper stopper = { cancellable, server, resolver, 0 };
  GThread *thread = g_thread_new ("stopper", stopper_run, &stopper);
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  presync_http_set_seconds (self->http, HOUR);
  answer = kit_get (self, base, "/v1.0/me", cancellable);
  g_assert_cmpint (g_atomic_int_get (&stopper.cancelled), ==, 1);
  g_assert_null (answer);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_silent (Kit *self, gconstpointer data)
{
  assert_stops (self, self->graph_base, self->graph, NULL);
  g_assert_cmpuint (server_count (self->graph), ==, 1);
}

static const char half[] = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":";

static void
test_half (Kit *self, gconstpointer data)
{
  server_say (self->graph, NULL, half, strlen (half), SERVER_HOLDS);
  assert_stops (self, self->graph_base, self->graph, NULL);
}

/* Half an answer, and then nothing */
static void
test_unfinished (Kit *self, gconstpointer data)
{
  presync_http_set_seconds (self->http, 1);
  server_say (self->graph, NULL, half, strlen (half), SERVER_HOLDS);
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_TIMED_OUT,
                      "localhost did not finish its answer within 1 seconds");
}

static void
test_handshake (Kit *self, gconstpointer data)
{
  Peer *peer = peer_start (PEER_MUTE, NULL);

  g_free (self->login_base);
  self->login_base = g_strdup_printf ("https://localhost:%u", peer->port);
  self->cloud.login = self->login_base;
  kit_open (self);
  assert_stops (self, self->login_base, NULL, NULL);
  g_clear_object (&self->http);
  peer_stop (peer);
}

static void
test_name (Kit *self, gconstpointer data)
{
  KitResolver *resolver = KIT_RESOLVER (g_resolver_get_default ());

  g_free (self->login_base);
  self->login_base = g_strdup ("https://login.hung");
  self->cloud.login = self->login_base;
  kit_open (self);
  assert_stops (self, self->login_base, NULL, resolver);
  g_object_unref (resolver);
}

/* In the pause that a server wants, and it is not asked again. */
static void
test_pause (Kit *self, gconstpointer data)
{
  server_answer (self->graph, NULL, 429, "Retry-After: 30\r\n", "{}");
  assert_stops (self, self->graph_base, self->graph, NULL);
  g_assert_cmpuint (server_count (self->graph), ==, 1);
}

/* Not a moment before the server's pause is over, and then all is well. */
static void
test_pause_over (Kit *self, gconstpointer data)
{
  g_autoptr (PresyncHttpAnswer) answer = NULL;
  gint64 start;

  server_answer (self->graph, NULL, 429, "Retry-After: 1\r\n", "{}");
  server_answer (self->graph, NULL, 200, "", "{'id':'x'}");
  start = g_get_monotonic_time ();
  answer = kit_get (self, self->graph_base, "/v1.0/me", NULL);
  g_assert_no_error (self->error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC);
  g_assert_cmpuint (server_count (self->graph), ==, 2);
}

static void
test_before (Kit *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (kit_get (self, self->graph_base, "/", cancellable));
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (server_count (self->graph), ==, 0);
}

/* One that was stopped is no hindrance to the next. */
static void
test_again (Kit *self, gconstpointer data)
{
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  assert_stops (self, self->graph_base, self->graph, NULL);
  server_answer (self->graph, NULL, 200, "", "{}");
  answer = kit_get (self, self->graph_base, "/", NULL);
  g_assert_no_error (self->error);
  g_assert_cmpuint (answer->status, ==, 200);
}

/* (transfer full) (nullable): what is said of a clock that is @seconds from this computer's */
static char *
dup_skew (Kit *self, double seconds, const char *more)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, seconds);
  g_autofree char *date = g_date_time_format (then, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n");
  g_autofree char *headers = g_strconcat (date, more, NULL);
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  server_answer (self->graph, NULL, 200, headers, "{}");
  answer = kit_get (self, self->graph_base, "/", NULL);
  g_assert_no_error (self->error);
  return presync_http_dup_skew (self->http);
}

static void
test_clocks (Kit *self, gconstpointer data)
{
  g_autofree char *behind = NULL;
  g_autofree char *ahead = NULL;
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  g_assert_null (presync_http_dup_skew (self->http));
  behind = dup_skew (self, 7200, "");
  g_assert_nonnull (behind);
  g_assert_nonnull (strstr (behind, "localhost"));
  g_assert_true (g_str_has_suffix (behind, "set this computer’s clock."));
  ahead = dup_skew (self, -400, "");
  g_assert_nonnull (ahead);
  /* A little, and an answer that lay somewhere for an hour, are no wrong clock. */
  g_assert_null (dup_skew (self, 200, ""));
  g_assert_null (dup_skew (self, -200, ""));
  g_assert_null (dup_skew (self, -3600, "Age: 3600\r\n"));
  g_assert_null (dup_skew (self, -3600, "Age: long\r\n"));
  /* The last answer counts, also one that tells no time. */
  g_free (dup_skew (self, 7200, ""));
  server_answer (self->graph, NULL, 200, "Date: today\r\n", "{}");
  answer = kit_get (self, self->graph_base, "/", NULL);
  g_assert_no_error (self->error);
  g_assert_null (presync_http_dup_skew (self->http));
}

int
main (int argc, char **argv)
{
  static const KitTest tests[] = {
    { "/tenant-http-cancel/silent", test_silent },
    { "/tenant-http-cancel/half", test_half },
    { "/tenant-http-cancel/handshake", test_handshake },
    { "/tenant-http-cancel/name", test_name },
    { "/tenant-http-cancel/pause", test_pause },
    { "/tenant-http-cancel/unfinished", test_unfinished },
    { "/tenant-http-cancel/pause-over", test_pause_over },
    { "/tenant-http-cancel/before", test_before },
    { "/tenant-http-cancel/again", test_again },
    { "/tenant-http-cancel/clocks", test_clocks },
  };
  g_autoptr (GResolver) resolver = g_object_new (KIT_TYPE_RESOLVER, NULL);

  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_resolver_set_default (resolver);
  return kit_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
