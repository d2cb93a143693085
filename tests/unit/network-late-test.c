/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that come when the time of a check is nearly up: it ends in time, and they are tried by a
 * look that begins by itself and may be joined. */
#include "resolver-kit.h"
#include "wait-kit.h"

#include "facts/fact-set.h"
#include "sources/network/network-source.h"

typedef struct
{
  PresyncNetworkTarget *target;
  PresyncNetworkTarget *more;
  PresyncNetworkSource *source;
  guint n_facts; /* of the late names, when the first check ended */
  gboolean joined;
  gboolean done;
  gboolean done_again;
  gboolean late;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->target = presync_network_target_new ();
  fixture->target->domains = g_strsplit ("contoso.hung", ",", -1);
  fixture->more = presync_network_target_copy (fixture->target);
  g_strfreev (fixture->more->domains);
  fixture->more->domains = g_strsplit ("contoso.hung,other.hung,contoso.missing", ",", -1);
  fixture->source = presync_network_source_new (fixture->target);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  presync_source_close (PRESYNC_SOURCE (fixture->source));
  g_object_unref (fixture->source);
  presync_network_target_free (fixture->more);
  presync_network_target_free (fixture->target);
}

static void
facts_cb (PresyncSource *source, GPtrArray *facts, gpointer user_data)
{
  Fixture *fixture = user_data;

  for (guint i = 0; i < facts->len; i++)
    fixture->n_facts += g_str_has_suffix (presync_fact_get_subject (g_ptr_array_index (facts, i)),
                                          "contoso.missing");
}

static void
checked_again_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (presync_source_check_finish (PRESYNC_SOURCE (object), result, NULL));
  fixture->done_again = TRUE;
}

/* What a runner does: it joins who is at work still. */
static void
checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (presync_source_check_finish (PRESYNC_SOURCE (object), result, NULL));
  fixture->done = TRUE;
  g_assert_cmpuint (fixture->n_facts, ==, 0);
  fixture->joined = presync_source_may_join (PRESYNC_SOURCE (object));
  if (fixture->joined)
    presync_source_check_async (PRESYNC_SOURCE (object), FALSE, NULL, checked_again_cb, fixture);
}

static void
more_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  presync_network_source_set_target (fixture->source, fixture->more);
}

static void
hung_cb (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (PresyncNetworkTarget) other = presync_network_target_copy (fixture->target);

  g_strfreev (other->domains);
  other->domains = g_strsplit ("contoso.hung,other.hung", ",", -1);
  presync_network_source_set_target (fixture->source, other);
}

static void
late_cb (gpointer user_data)
{
  ((Fixture *) user_data)->late = TRUE;
}

/* Silent names keep the check at work: the first for five seconds, those that still come in time
 * for five more, so that the last come too late. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  guint promise = g_timeout_add_once (PRESYNC_NETWORK_DEADLINE_SECONDS * 1000, late_cb, fixture);
  guint missing = 0;
  GListModel *rows = presync_network_source_get_rows (fixture->source);

  g_signal_connect (fixture->source, "facts", G_CALLBACK (facts_cb), fixture);
  g_timeout_add_once (4500, hung_cb, fixture);
  g_timeout_add_once (9300, more_cb, fixture);
  presync_source_check_async (PRESYNC_SOURCE (fixture->source), FALSE, NULL, checked_cb, fixture);
  WAIT_FOR (fixture->done);
  g_assert_false (fixture->late);
  g_source_remove (promise);
  g_assert_true (fixture->joined);
  WAIT_FOR (fixture->done_again);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (rows, i);

      missing += presync_reach_get_outcome (row) == PRESYNC_REACH_NO_NAME;
      g_assert_cmpint (presync_reach_get_outcome (row), !=, PRESYNC_REACH_PENDING);
    }
  g_assert_cmpuint (missing, ==, 5);
  g_assert_cmpuint (fixture->n_facts, >=, 5);
}

static void
state_cb (PresyncSource *source, GParamSpec *pspec, gpointer user_data)
{
  Fixture *fixture = user_data;

  if (presync_source_get_state (source) != PRESYNC_SOURCE_DONE || fixture->late)
    return;
  fixture->late = TRUE;
  presync_network_source_set_target (fixture->source, fixture->more);
}

/* Whoever is told that it is done names more at once: that is looked at once. */
static void
test_told_done (Fixture *fixture, gconstpointer data)
{
  TestResolver *resolver = TEST_RESOLVER (g_resolver_get_default ());
  int before = g_atomic_int_get (&resolver->n_asked), first;

  g_object_unref (fixture->source);
  g_strfreev (fixture->target->domains);
  fixture->target->domains = g_strsplit ("contoso.missing", ",", -1);
  fixture->source = presync_network_source_new (fixture->target);
  g_strfreev (fixture->more->domains);
  fixture->more->domains = g_strsplit ("contoso.missing,other.missing", ",", -1);
  g_signal_connect (fixture->source, "notify::state", G_CALLBACK (state_cb), fixture);
  presync_source_check_async (PRESYNC_SOURCE (fixture->source), FALSE, NULL, checked_cb, fixture);
  WAIT_FOR (fixture->late);
  first = g_atomic_int_get (&resolver->n_asked) - before;
  WAIT_FOR (fixture->done_again);
  g_assert_true (fixture->joined);
  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (g_atomic_int_get (&resolver->n_asked) - before, ==, 2 * first);
  g_object_unref (resolver);
}

int
main (int argc, char **argv)
{
  g_autoptr (GResolver) resolver = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  g_test_add ("/network-late/late", Fixture, NULL, set_up, test_late, tear_down);
  g_test_add ("/network-late/told-done", Fixture, NULL, set_up, test_told_done, tear_down);
  result = g_test_run ();
  test_resolver_release (TEST_RESOLVER (resolver));
  return result;
}
