/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How rows are tried: in which thread, in what order, for how long, and with how many lookups. */
#include "network-peer-kit.h"
#include "resolver-kit.h"
#include "wait-kit.h"

#include "sources/network/lookup.h"
#include "sources/network/network-source.h"
#include "sources/network/reach-run.h"

typedef struct
{
  char *folder;
  PresyncNetworkTarget *target;
  PresyncReachRun *run;
  GThread *thread; /* the main one */
  GPtrArray *rows;
  guint n_ended;
  guint n_elsewhere; /* what was told in another thread */
  gboolean done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = (char *) data;
  fixture->thread = g_thread_self ();
  fixture->rows = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->target = presync_network_target_new ();
  fixture->target->proxy = g_strdup ("direct://x");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->run, presync_reach_run_stop);
  g_ptr_array_unref (fixture->rows);
  presync_network_target_free (fixture->target);
}

static void
ended_cb (PresyncReach *row, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_elsewhere += g_thread_self () != fixture->thread;
  if (row != NULL)
    fixture->n_ended++;
  else
    fixture->done = TRUE;
}

static void
notify_cb (GObject *row, GParamSpec *property, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_elsewhere += g_thread_self () != fixture->thread;
}

static void
add (Fixture *fixture, const char *key, const char *group, const char *host, guint16 port)
{
  const char *const keys[] = { key, NULL };
  g_autofree char *subject = g_strdup_printf ("%s:%u", host, port);
  PresyncReach *row = presync_reach_new (keys, group, subject, host, port, NULL);

  g_signal_connect (row, "notify", G_CALLBACK (notify_cb), fixture);
  g_ptr_array_add (fixture->rows, row);
  presync_reach_run_add (fixture->run, row, fixture->target);
}

static void
add_controllers (Fixture *fixture, guint n, const char *domain)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *host = g_strdup_printf ("dc%u.%s", i, domain);
      add (fixture, "network.dc-ldap", "controllers", host, 389);
    }
}

/* Threads have something to tell while nobody runs the main loop: it waits until somebody does. */
static void
test_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GResolver) other = g_resolver_get_default ();

  g_resolver_set_default (G_RESOLVER (resolver));
  fixture->run = presync_reach_run_new (PRESYNC_NETWORK_DEADLINE_SECONDS, ended_cb, fixture);
  add_controllers (fixture, 3, "contoso.hung");
  while (g_atomic_int_get (&resolver->n_hung) < 3)
    g_main_context_iteration (NULL, FALSE);
  test_resolver_release (resolver);
  g_usleep (G_USEC_PER_SEC / 2);
  g_assert_cmpuint (fixture->n_ended, ==, 0);
  WAIT_FOR (fixture->done);
  g_assert_cmpuint (fixture->n_ended, ==, 3);
  g_assert_cmpuint (fixture->n_elsewhere, ==, 0);
  g_resolver_set_default (other);
}

static gboolean
add_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  add_controllers (fixture, 1, "contoso.hung");
  return G_SOURCE_CONTINUE;
}

static void
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Rows keep coming: that does not put off the end (in the order of the main loop). */
static void
test_end (Fixture *fixture, gconstpointer data)
{
  gboolean late = FALSE;
  guint promise = g_timeout_add_once (5000, late_cb, &late);
  guint coming;

  fixture->run = presync_reach_run_new (2, ended_cb, fixture);
  g_assert_false (presync_reach_run_has_time (fixture->run));
  add_controllers (fixture, 1, "contoso.hung");
  coming = g_timeout_add (100, add_cb, fixture);
  WAIT_FOR (fixture->n_ended > 20 || late);
  g_source_remove (coming);
  WAIT_FOR (fixture->done);
  g_assert_false (late);
  g_source_remove (promise);
  g_assert_cmpuint (fixture->n_ended, ==, fixture->rows->len);
}

/* A server that keeps silent after a good handshake has shown its certificate all the same. */
static void
test_certificate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "good.pem", NULL);
  Peer *peer = peer_start (PEER_TLS_MUTE, path);
  PresyncReach *row;

  fixture->run = presync_reach_run_new (2, ended_cb, fixture);
  add (fixture, "network.public-issuer", "internet", "localhost", peer->port);
  row = g_ptr_array_index (fixture->rows, 0);
  WAIT_FOR (fixture->done);
  g_assert_cmpstr (presync_reach_outcome_id (presync_reach_get_outcome (row)), ==, "silent");
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_TLS), ==, PRESYNC_REACH_GOOD);
  g_assert_nonnull (presync_reach_get_certificate (row));
  peer_stop (peer);
}

/* Of more controllers than can be tried, none of which answers, one gives way to the other groups
 * and to a controller that does answer. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  Peer *peer = peer_start (PEER_MUTE, NULL);
  guint n_reached = 0;

  fixture->run = presync_reach_run_new (4, ended_cb, fixture);
  for (guint port = 1; port <= 5; port++)
    for (guint i = 0; i < 20; i++)
      {
        g_autofree char *host = g_strdup_printf ("dc%u.contoso.hung", i);
        add (fixture, "network.dc-ldap", "controllers", host, (guint16) port);
      }
  add (fixture, "network.dc-ldap", "controllers", "dc1.contoso.here", peer->port);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *host = g_strdup_printf ("a%u.missing", i);
      add (fixture, "network.cloud-run", "internet", host, 443);
    }
  WAIT_FOR (fixture->done);
  for (guint i = 0; i < fixture->rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (fixture->rows, i);

      if (g_str_equal (presync_reach_get_group (row), "internet"))
        g_assert_cmpstr (presync_reach_outcome_id (presync_reach_get_outcome (row)), ==, "no-name");
      n_reached += presync_reach_get_outcome (row) == PRESYNC_REACH_REACHED;
    }
  g_assert_cmpuint (n_reached, ==, 1);
  peer_stop (peer);
}

typedef struct
{
  PresyncLookup *lookup;
  GCancellable *cancellable;
  char *name;
} Wait;

static gpointer
wait_thread (gpointer data)
{
  Wait *wait = data;
  GList *addresses = presync_lookup_host (wait->lookup, wait->name, NULL, wait->cancellable, NULL);

  g_assert_null (addresses);
  g_free (wait->name);
  g_free (wait);
  return NULL;
}

/* Names that hang are not without number, and what nobody waits for any more is not begun. */
static void
test_lookups (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncLookup) lookup = presync_lookup_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GResolver) other = g_resolver_get_default ();
  GThread *threads[PRESYNC_LOOKUP_AT_ONCE + 20];

  g_resolver_set_default (G_RESOLVER (resolver));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      Wait *wait = g_new0 (Wait, 1);

      wait->lookup = lookup;
      wait->cancellable = cancellable;
      wait->name = g_strdup_printf ("a%u.hung", (guint) i);
      threads[i] = g_thread_new ("wait", wait_thread, wait);
    }
  while (g_atomic_int_get (&resolver->n_hung) < PRESYNC_LOOKUP_AT_ONCE)
    g_usleep (G_USEC_PER_SEC / 50);
  g_usleep (G_USEC_PER_SEC / 5);
  g_cancellable_cancel (cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  test_resolver_release (resolver);
  g_assert_cmpint (g_atomic_int_get (&resolver->n_asked), ==, PRESYNC_LOOKUP_AT_ONCE);
  g_resolver_set_default (other);
}

/* A name that was given up before it was begun is looked up when somebody wants it again. */
static void
test_lookup_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncLookup) lookup = presync_lookup_new ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GList *addresses;

  g_cancellable_cancel (cancelled);
  g_assert_null (presync_lookup_host (lookup, "again.here", NULL, cancelled, NULL));
  addresses = presync_lookup_host (lookup, "again.here", NULL, cancellable, NULL);
  g_assert_nonnull (addresses);
  g_resolver_free_addresses (addresses);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/network-run/thread", test_thread },
    { "/network-run/end", test_end },
    { "/network-run/certificate", test_certificate },
    { "/network-run/order", test_order },
    { "/network-run/lookups", test_lookups },
    { "/network-run/lookup-again", test_lookup_again },
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
