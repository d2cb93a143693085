/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source as a whole: what it tells and when, silence, cancelling, changes of its target. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "resolver-kit.h"
#include "wait-kit.h"

#include "facts/fact-set.h"
#include "sources/network/network-source.h"
#include "sources/network/reach-recording.h"
#include "base/error.h"
#include "sources/runner.h"

typedef struct
{
  PresyncNetworkTarget *target;
  PresyncNetworkSource *source;
  PresyncRunner *runner;
  PresyncFactSet *facts;
  GCancellable *cancellable;
  gboolean done;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->target = presync_network_target_new ();
  fixture->target->domains = g_strsplit ("contoso.hung", ",", -1);
  fixture->facts = presync_fact_set_new ();
  fixture->runner = presync_runner_new (fixture->facts);
  fixture->cancellable = g_cancellable_new ();
}

static void
start (Fixture *fixture)
{
  fixture->source = presync_network_source_new (fixture->target);
  presync_runner_set_source (fixture->runner, PRESYNC_SOURCE (fixture->source));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  presync_runner_close (fixture->runner);
  g_object_unref (fixture->runner);
  /* A file that is being read holds it a little longer. */
  g_object_add_weak_pointer (G_OBJECT (fixture->source), (gpointer *) &fixture->source);
  g_object_unref (fixture->source);
  WAIT_FOR (fixture->source == NULL);
  g_object_unref (fixture->facts);
  g_object_unref (fixture->cancellable);
  presync_network_target_free (fixture->target);
  g_clear_error (&fixture->error);
}

static void
checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->error);
  presync_runner_check_finish (PRESYNC_RUNNER (object), result, &fixture->error);
  fixture->done = TRUE;
}

static void
check (Fixture *fixture)
{
  fixture->done = FALSE;
  presync_runner_check_async (fixture->runner, fixture->cancellable, checked_cb, fixture);
}

static GListModel *
get_rows (Fixture *fixture)
{
  return presync_network_source_get_rows (fixture->source);
}

static PresyncReach *
get_row (Fixture *fixture, const char *subject)
{
  for (guint i = 0; i < g_list_model_get_n_items (get_rows (fixture)); i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (get_rows (fixture), i);
      if (g_str_equal (presync_reach_get_subject (row), subject))
        return row;
    }
  g_error ("no row %s", subject);
  return NULL;
}

static guint
count_outcome (Fixture *fixture, PresyncReachOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (get_rows (fixture)); i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (get_rows (fixture), i);
      n += presync_reach_get_outcome (row) == outcome;
    }
  return n;
}

static guint
count_unknown (Fixture *fixture, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (fixture->facts, key);
  guint n = 0;

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    n += presync_fact_get_unknown (g_ptr_array_index (facts, i)) != PRESYNC_UNKNOWN_NONE;
  return n;
}

static gboolean
tick_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

static void
late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* More names than can be looked up at once, and every one hangs for good: the check ends before
 * what is promised (in the order of the main loop, which never stood still), and everything is
 * unknown. */
static void
test_silence (Fixture *fixture, gconstpointer data)
{
  gboolean late = FALSE;
  guint n_ticks = 0;
  guint ticking = g_timeout_add (20, tick_cb, &n_ticks);
  guint promise;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n;

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("d%d.hung", i);
      g_strv_builder_add (builder, name);
    }
  g_strfreev (fixture->target->domains);
  fixture->target->domains = g_strv_builder_end (builder);
  start (fixture);
  n = g_list_model_get_n_items (get_rows (fixture));
  g_assert_cmpuint (n, ==, 100);
  promise = g_timeout_add_once (PRESYNC_NETWORK_DEADLINE_SECONDS * 1000, late_cb, &late);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_source_remove (ticking);
  g_assert_false (late);
  g_source_remove (promise);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (n_ticks, >, 50);
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_NO_RESOLVER)
                        + count_outcome (fixture, PRESYNC_REACH_NOT_TRIED),
                    ==, n);
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_NO_RESOLVER), >, n / 2);
  g_assert_cmpuint (count_unknown (fixture, "network.srv-record"), ==, 80);
  g_assert_cmpuint (count_unknown (fixture, "network.domain-reached"), ==, 20);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_DONE);
  g_assert_nonnull (presync_network_source_get_at (fixture->source));
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_strfreev (fixture->target->domains);
  fixture->target->domains = g_strsplit ("contoso.missing,contoso.here", ",", -1);
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (presync_reach_get_outcome (get_row (fixture, "_ldap._tcp.contoso.missing")), ==,
                   PRESYNC_REACH_NO_NAME);
  g_assert_cmpint (presync_reach_get_outcome (get_row (fixture, "_ldap._tcp.contoso.here")), ==,
                   PRESYNC_REACH_REACHED);
  g_assert_cmpint (presync_reach_get_outcome (get_row (fixture, "contoso.missing")), ==,
                   PRESYNC_REACH_NO_NAME);
  g_assert_cmpuint (count_unknown (fixture, "network.srv-record"), ==, 0);
  g_assert_cmpuint (presync_fact_set_lookup (fixture->facts, "network.srv-record")->len, ==, 8);
}

/* What nobody can try is not tried, and says why; once it is known, it is gone. */
static void
test_obstacle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncNetworkTarget) whole = NULL;
  PresyncReach *row;

  g_strfreev (fixture->target->domains);
  fixture->target->domains = g_strsplit ("contoso.here", ",", -1);
  fixture->target->domains_partial = TRUE;
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  row = get_row (fixture, "other domains");
  g_assert_cmpint (presync_reach_get_outcome (row), ==, PRESYNC_REACH_NOT_TRIED);
  g_assert_cmpstr (presync_reach_get_text (row), ==,
                   "Not all domains of the forest are known, so others could not be tried.");
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_NOT_TRIED), ==, 2);
  g_assert_cmpuint (count_unknown (fixture, "network.srv-record"), ==, 1);
  g_assert_cmpuint (presync_fact_set_lookup (fixture->facts, "network.srv-record")->len, ==, 5);
  whole = presync_network_target_copy (fixture->target);
  whole->domains_partial = FALSE;
  presync_network_source_set_target (fixture->source, whole);
  g_assert_cmpuint (count_unknown (fixture, "network.srv-record"), ==, 0);
  g_assert_cmpuint (presync_fact_set_lookup (fixture->facts, "network.srv-record")->len, ==, 4);
}

/* More rows than may be tried at once, and all of them end. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("d%d.missing", i);
      g_strv_builder_add (builder, name);
    }
  g_strfreev (fixture->target->domains);
  fixture->target->domains = g_strv_builder_end (builder);
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_NO_NAME), ==, 500);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  check (fixture);
  WAIT_FOR (presync_source_get_state (PRESYNC_SOURCE (fixture->source)) == PRESYNC_SOURCE_CHECKING);
  for (int i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (fixture->cancellable);
  WAIT_FOR (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_CANCELLED), ==, 5);
  g_assert_cmpuint (count_unknown (fixture, "network.srv-record"), ==, 4);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_IDLE);
}

static void
write_recording (const char *path, const char *outcome)
{
  g_autofree char *text = g_strdup_printf (
      "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":[{\"subject\":\"contoso.hung\",\"outcome\":"
      "\"%s\"},{\"subject\":\"b.hung\",\"outcome\":\"refused\"}]}",
      outcome);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_recording (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("presync-network-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.json", NULL);
  g_autofree char *target = NULL;
  GPtrArray *facts;

  write_recording (path, "reached");
  fixture->target->recording = g_strdup (path);
  start (fixture);
  target = presync_source_dup_target (PRESYNC_SOURCE (fixture->source));
  g_assert_cmpstr (target, ==, path);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_no_error (fixture->error);
  facts = presync_fact_set_lookup (fixture->facts, "network.domain-reached");
  g_assert_true (presync_fact_get_boolean (g_ptr_array_index (facts, 0)));
  g_assert_cmpint (g_date_time_get_year (presync_origin_get_at (
                       presync_fact_get_origin (g_ptr_array_index (facts, 0)))),
                   ==, 2026);
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_NOT_TRIED), ==, 4);
  /* A cancelled check leaves what was read. */
  write_recording (path, "refused");
  check (fixture);
  g_cancellable_cancel (fixture->cancellable);
  WAIT_FOR (fixture->done);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (presync_reach_get_outcome (get_row (fixture, "contoso.hung")), ==,
                   PRESYNC_REACH_REACHED);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_DONE);
  facts = presync_fact_set_lookup (fixture->facts, "network.domain-reached");
  g_assert_true (presync_fact_get_boolean (g_ptr_array_index (facts, 0)));
  g_remove (path);
  g_rmdir (folder);
}

/* What was found stays, what is new is read by itself, what went is forgotten. */
static void
test_target (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("presync-network-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.json", NULL);
  g_autoptr (PresyncNetworkTarget) other = NULL;
  PresyncReach *row;
  GPtrArray *facts;

  write_recording (path, "reached");
  fixture->target->recording = g_strdup (path);
  start (fixture);
  other = presync_network_target_copy (fixture->target);
  g_strfreev (other->domains);
  other->domains = g_strsplit ("contoso.hung,b.hung", ",", -1);
  /* Nobody asked for it yet. */
  presync_network_source_set_target (fixture->source, other);
  presync_network_source_set_target (fixture->source, fixture->target);
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_PENDING), ==, 5);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_IDLE);
  check (fixture);
  WAIT_FOR (fixture->done);
  row = get_row (fixture, "contoso.hung");
  presync_network_source_set_target (fixture->source, other);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_CHECKING);
  /* A check joins it. */
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_true (get_row (fixture, "contoso.hung") == row);
  g_assert_cmpint (presync_reach_get_outcome (get_row (fixture, "b.hung")), ==,
                   PRESYNC_REACH_REFUSED);
  facts = presync_fact_set_lookup (fixture->facts, "network.domain-reached");
  g_assert_cmpuint (facts->len, ==, 2);
  presync_network_source_set_target (fixture->source, fixture->target);
  facts = presync_fact_set_lookup (fixture->facts, "network.domain-reached");
  g_assert_cmpuint (facts->len, ==, 1);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_DONE);
  g_remove (path);
  g_rmdir (folder);
}

/* Gives what a facts file of the sync server tells. */
static void
give_server_fact (Fixture *fixture)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin
      = presync_origin_new ("server", "SYNC01.json", "network", now, TRUE);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts,
                   presync_fact_new_boolean ("network.srv-record", "contoso.hung", TRUE, origin));
  presync_fact_set_update (fixture->facts, facts);
}

/* A directory that is gone leaves no finding about its controllers behind; another source's stay.
 */
static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("presync-network-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.json", NULL);
  g_autoptr (PresyncNetworkTarget) other = NULL;

  write_recording (path, "reached");
  fixture->target->recording = g_strdup (path);
  fixture->target->login_host = g_strdup ("b.hung");
  start (fixture);
  give_server_fact (fixture);
  other = presync_network_target_copy (fixture->target);
  g_clear_pointer (&other->domains, g_strfreev);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_nonnull (presync_fact_set_lookup (fixture->facts, "network.domain-reached"));
  g_assert_nonnull (
      presync_fact_set_lookup_source (fixture->facts, "network.srv-record", "network"));
  presync_network_source_set_target (fixture->source, other);
  g_assert_null (presync_fact_set_lookup (fixture->facts, "network.domain-reached"));
  g_assert_null (presync_fact_set_lookup_source (fixture->facts, "network.srv-record", "network"));
  g_assert_nonnull (presync_fact_set_lookup (fixture->facts, "network.srv-record"));
  g_assert_nonnull (presync_fact_set_lookup (fixture->facts, "network.internet-name"));
  /* Back again, it is tried again; the source removed, nothing is left of it. */
  presync_network_source_set_target (fixture->source, fixture->target);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_nonnull (presync_fact_set_lookup (fixture->facts, "network.domain-reached"));
  presync_runner_remove_source (fixture->runner, "network");
  g_assert_null (presync_fact_set_lookup (fixture->facts, "network.internet-name"));
  g_remove (path);
  g_rmdir (folder);
}

/* The directory goes while the network is being tried: what was told before does not stay. */
static void
test_forgotten_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncNetworkTarget) other = presync_network_target_copy (fixture->target);

  g_clear_pointer (&other->domains, g_strfreev);
  g_strfreev (fixture->target->domains);
  fixture->target->domains = g_strsplit ("contoso.missing", ",", -1);
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_nonnull (presync_fact_set_lookup (fixture->facts, "network.srv-record"));
  check (fixture);
  presync_network_source_set_target (fixture->source, other);
  g_assert_null (presync_fact_set_lookup (fixture->facts, "network.srv-record"));
  WAIT_FOR (fixture->done);
  g_assert_null (presync_fact_set_lookup (fixture->facts, "network.srv-record"));
}

/* Names come while the network is being tried: they are tried in the same check. */
static void
test_target_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncNetworkTarget) other = presync_network_target_copy (fixture->target);

  g_strfreev (other->domains);
  other->domains = g_strsplit ("contoso.missing", ",", -1);
  start (fixture);
  check (fixture);
  for (int i = 0; i < 5; i++)
    g_main_context_iteration (NULL, FALSE);
  presync_network_source_set_target (fixture->source, other);
  WAIT_FOR (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (g_list_model_get_n_items (get_rows (fixture)), ==, 5);
  g_assert_cmpuint (count_outcome (fixture, PRESYNC_REACH_NO_NAME), ==, 5);
}

static void
test_bad_recording (Fixture *fixture, gconstpointer data)
{
  fixture->target->recording = g_strdup ("/nonexistent/network.json");
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_error (fixture->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_FAILED);
  g_assert_cmpuint (count_unknown (fixture, "network.srv-record"), ==, 4);
}

/* Nobody ever writes into it. */
static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("presync-network-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.json", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  fixture->target->recording = g_strdup (path);
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_error (fixture->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (fixture->error->message, "regular"));
  g_remove (path);
  g_rmdir (folder);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(GBytes **) user_data = presync_reach_recording_load_finish (result, &error);
  g_assert_no_error (error);
}

/* However long it is, no more is read than tells that it is too long. */
static void
test_long_recording (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("presync-network-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "network.json", NULL);
  int file = g_creat (path, 0600);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_cmpint (ftruncate (file, 64 * 1024 * 1024), ==, 0);
  g_assert_true (g_close (file, NULL));
  presync_reach_recording_load_async (path, NULL, loaded_cb, &bytes);
  WAIT_FOR (bytes != NULL);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, PRESYNC_REACH_RECORDING_MAX_BYTES + 1);
  fixture->target->recording = g_strdup (path);
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_error (fixture->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (fixture->error->message, "larger than"));
  g_remove (path);
  g_rmdir (folder);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->target->domains, g_strfreev);
  start (fixture);
  check (fixture);
  WAIT_FOR (fixture->done);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (fixture->source)), ==,
                   PRESYNC_SOURCE_DONE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/network-source/nothing", test_nothing },
    { "/network-source/missing", test_missing },
    { "/network-source/obstacle", test_obstacle },
    { "/network-source/many", test_many },
    { "/network-source/cancel", test_cancel },
    { "/network-source/recording", test_recording },
    { "/network-source/bad-recording", test_bad_recording },
    { "/network-source/pipe", test_pipe },
    { "/network-source/long-recording", test_long_recording },
    { "/network-source/target", test_target },
    { "/network-source/forgotten", test_forgotten },
    { "/network-source/forgotten-meanwhile", test_forgotten_meanwhile },
    { "/network-source/target-meanwhile", test_target_meanwhile },
    { "/network-source/silence", test_silence },
  };
  g_autoptr (GResolver) resolver = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  result = g_test_run ();
  test_resolver_release (TEST_RESOLVER (resolver));
  return result;
}
