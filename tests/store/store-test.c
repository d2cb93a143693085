/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything comes back from a file as it was, and follows what changes. */
#include "store-kit.h"

#include "assessment/sample.h"
#include "sources/server/server-source.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "store/follower.h"
#include "store/plan-json.h"
#include "store/targets-json.h"

typedef struct
{
  char *folder;
  char *path;
  PresyncAssessment *assessment;
} StoreTest;

static void
store_test_set_up (StoreTest *self, gconstpointer data)
{
  self->folder = store_kit_make_folder ();
  self->path = g_build_filename (self->folder, "Contoso.presync", NULL);
  self->assessment = store_kit_new ();
  store_kit_fill (self->assessment);
}

static void
store_test_tear_down (StoreTest *self, gconstpointer data)
{
  g_object_unref (self->assessment);
  g_free (self->path);
  store_kit_remove_folder (self->folder);
}

static void
store_test_round_trip (StoreTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);
  g_autofree char *files = NULL;

  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  g_assert_null (presync_store_get_message (store));
  g_assert_nonnull (presync_store_get_saved_at (store));
  g_assert_cmpstr (presync_store_get_path (store), ==, self->path);
  g_assert_cmpstr (presync_store_get_title (store), ==, "Contoso");
  store_kit_close (store);
  files = store_kit_list_folder (self->folder);
  g_assert_cmpstr (files, ==, "Contoso.presync");
  store_kit_assert_file (self->assessment, self->path);
  g_assert_false (store_kit_file_holds (self->path, "Pa55"));
}

/* Opening and looking changes no byte. */
static void
store_test_unchanged (StoreTest *self, gconstpointer data)
{
  gsize before_length = 0, after_length = 0;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_kit_close (store_kit_create (self->assessment, self->path));
  before = store_kit_read_file (self->path, &before_length);
  store_kit_assert_file (self->assessment, self->path);
  after = store_kit_read_file (self->path, &after_length);
  g_assert_cmpmem (before, before_length, after, after_length);
}

/* One save after the other, each with a few changes */
static void
store_test_follows (StoreTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);

  store_kit_change_everything (self->assessment);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVING);
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *note = g_strdup_printf ("note %u", i);

      store_kit_answer (self->assessment, "cs-ram", i % 2 == 0, note);
      store_kit_add_run (self->assessment);
      store_kit_settle (store);
    }
  presync_statements_undo (presync_assessment_get_statements (self->assessment));
  store_kit_settle (store);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, self->path);
}

/* Closing writes what is not written yet; what was deleted is not there any more. */
static void
store_test_close_writes (StoreTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);
  g_autoptr (GString) secret = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append (secret, "a-secret-that-was-typed-by-mistake ");
  store_kit_answer (self->assessment, "cs-ram", TRUE, secret->str);
  store_kit_settle (store);
  g_assert_true (store_kit_file_holds (self->path, "a-secret-that-was"));
  store_kit_change_everything (self->assessment);
  store_kit_close (store);
  g_assert_false (store_kit_file_holds (self->path, "a-secret-that-was"));
  store_kit_assert_file (self->assessment, self->path);
}

/* An assessment that was opened is followed; what it did not load of runs stays. */
static void
store_test_goes_on (StoreTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  PresyncStore *store;
  GPtrArray *none = NULL;
  g_autofree char *wanted = NULL;

  store_kit_close (store_kit_create (self->assessment, self->path));
  store = store_kit_open (again, self->path);
  none = presync_run_get_rows (presync_history_get_last (presync_assessment_get_history (again)));
  g_assert_null (none);
  store_kit_change_everything (again);
  store_kit_settle (store);
  wanted = store_kit_dump (again);
  store_kit_close (store);
  store_kit_assert_file_is (wanted, self->path);
}

static void
store_test_save_as (StoreTest *self, gconstpointer data)
{
  PresyncStore *store;
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autofree char *path = g_build_filename (self->folder, "b.presync", NULL);
  g_autofree char *link = g_build_filename (self->folder, "link.presync", NULL);
  g_autofree char *files = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr (GError) error = NULL;
  gsize before_length = 0, after_length = 0;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_kit_close (store_kit_create (self->assessment, self->path));
  before = store_kit_read_file (self->path, &before_length);
  store = store_kit_open (again, self->path);
  store_kit_add_run (again);
  g_file_set_contents (path, "precious", -1, &error);
  g_assert_no_error (error);
  g_chmod (path, 0640);
  g_assert_cmpint (symlink ("b.presync", link), ==, 0);
  /* Through a link: the file that it leads to is replaced, the link stays. */
  g_assert_true (presync_store_save_as (store, link, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpstr (presync_store_get_title (store), ==, "link");
  store_kit_answer (again, "cs-ram", TRUE, "in the copy");
  /* Onto itself */
  g_assert_true (presync_store_save_as (store, path, &error));
  g_assert_no_error (error);
  store_kit_add_run (again);
  g_assert_true (presync_store_flush (store, &error));
  wanted = store_kit_dump (again);
  store_kit_close (store);
  files = store_kit_list_folder (self->folder);
  g_assert_cmpstr (files, ==, "Contoso.presync b.presync link.presync");
  store_kit_assert_file_is (wanted, path);
  after = store_kit_read_file (self->path, &after_length);
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
store_test_permissions (StoreTest *self, gconstpointer data)
{
  GStatBuf file;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, "precious", -1, &error);
  g_assert_no_error (error);
  g_chmod (self->path, 0640);
  store_kit_close (store_kit_create (self->assessment, self->path));
  g_assert_cmpint (g_stat (self->path, &file), ==, 0);
  g_assert_cmpint (file.st_mode & 0777, ==, 0640);
}

static void
store_test_assert_not_created (StoreTest *self, const char *path, const char *reason)
{
  g_autoptr (GError) error = NULL;
  PresyncStore *store = presync_store_create (self->assessment, path, &error);

  g_assert_null (store);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, reason));
}

/* Where no file can be, and where one is that is in use */
static void
store_test_bad_targets (StoreTest *self, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (self->folder, "fifo", NULL);
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "such.presync", NULL);
  g_autofree char *name = g_strnfill (251, 'x');
  g_autofree char *too_long = g_build_filename (self->folder, name, NULL);
  g_autoptr (PresyncAssessment) other = store_kit_new ();
  g_autofree char *other_path = g_build_filename (self->folder, "other.presync", NULL);
  PresyncStore *store = store_kit_create (other, other_path);
  g_autofree char *files = NULL;

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("nothing", link), ==, 0);
  store_test_assert_not_created (self, self->folder, "folder");
  store_test_assert_not_created (self, fifo, "no ordinary file");
  store_test_assert_not_created (self, "/dev/null", "no ordinary file");
  store_test_assert_not_created (self, link, "leads nowhere");
  store_test_assert_not_created (self, nowhere, "No such file");
  store_test_assert_not_created (self, too_long, "too long");
  store_test_assert_not_created (self, other_path, "open in another window");
  store_kit_close (store);
  files = store_kit_list_folder (self->folder);
  g_assert_cmpstr (files, ==, "fifo link other.presync");
}

static void
store_test_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;

  g_assert_false (presync_history_load_rows_finish (PRESYNC_HISTORY (object), result, error));
}

/* After the store was closed, runs are asked for in vain, not for ever. */
static void
store_test_rows_after_close (StoreTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  PresyncHistory *history = presync_assessment_get_history (again);
  GError *first = NULL, *second = NULL;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  store = store_kit_open (again, self->path);
  presync_store_close (store, NULL);
  presync_history_load_rows_async (history, presync_history_get_last (history), NULL,
                                   store_test_loaded_cb, &first);
  g_object_unref (store);
  presync_history_load_rows_async (history, presync_history_get_last (history), NULL,
                                   store_test_loaded_cb, &second);
  while (first == NULL || second == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (first, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
  g_assert_error (second, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
  g_clear_error (&first);
  g_clear_error (&second);
}

/* 100 000 facts, and each of them read again */
static void
store_test_many_facts (StoreTest *self, gconstpointer data)
{
  PresyncStore *store;

  store_kit_give_facts (self->assessment, 100000, "CONTOSO");
  store = store_kit_create (self->assessment, self->path);
  store_kit_give_facts (self->assessment, 99999, "FABRIKAM");
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, self->path);
}

static void
store_test_count_cb (guint *count)
{
  ++*count;
}

/* How far a source is changes nothing that is saved: nothing is gathered for it. */
static void
store_test_progress (StoreTest *self, gconstpointer data)
{
  g_autoptr (PresyncFollower) follower = presync_follower_new (self->assessment, NULL);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "tenant");
  guint n = 0;

  g_signal_connect_swapped (follower, "dirty", G_CALLBACK (store_test_count_cb), &n);
  g_object_notify (G_OBJECT (source), "progress");
  g_object_notify (G_OBJECT (source), "message");
  g_assert_cmpuint (n, ==, 0);
  g_object_notify (G_OBJECT (source), "state");
  g_assert_cmpuint (n, ==, 1);
  presync_follower_stop (follower);
}

/* What a source found goes through as the text that it is, whatever that says. */
static void
store_test_found (StoreTest *self, gconstpointer data)
{
  const char *name = "facts-reports";
  g_autoptr (PresyncTargets) targets = presync_targets_new ();
  g_autoptr (GHashTable) pieces = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) parsed = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (pieces, (gpointer) name, (gpointer) "[ no JSON");
  parsed = presync_plan_json_parse (pieces, &error);
  g_assert_no_error (error);
  g_assert_null (g_hash_table_lookup (parsed, name));
  presync_plan_json_apply (pieces, parsed, self->assessment);
  g_assert_true (presync_targets_json_is_found (name));
  g_assert_true (presync_targets_json_get_found (targets, name) == &targets->facts_reports);
}

/* A facts file of another server changes neither a fact nor a state, and is told all the same. */
static void
store_test_other_facts_file (StoreTest *self, gconstpointer data)
{
  g_autofree char *folder = store_kit_make_folder ();
  g_autofree char *path = g_build_filename (folder, "SYNC02.json", NULL);
  g_autoptr (GFile) sample = g_file_new_for_uri (PRESYNC_SAMPLE_FACTS);
  g_autoptr (GFile) watched = g_file_new_for_path (folder);
  g_autoptr (PresyncServerSource) source = presync_server_source_new ();
  g_autoptr (GBytes) bytes = g_file_load_bytes (sample, NULL, NULL, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  GListModel *reports = presync_server_source_get_reports (source);
  PresyncStore *store;

  g_assert_nonnull (bytes);
  g_string_append_len (text, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_string_replace (text, "SYNC01", "SYNC02", 0);
  g_string_replace (text, "sync01", "sync02", 0);
  presync_assessment_set_sync_server (self->assessment, "SYNC01");
  presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                             PRESYNC_SOURCE (source));
  g_assert_true (presync_server_source_add_file (source, sample, NULL));
  presync_server_source_set_folder (source, watched);
  store = store_kit_create (self->assessment, self->path);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  while (g_list_model_get_n_items (reports) < 2)
    g_main_context_iteration (NULL, TRUE);
  store_kit_close (store);
  g_assert_true (store_kit_file_holds (self->path, "SYNC02"));
  store_kit_assert_file (self->assessment, self->path);
  presync_server_source_set_folder (source, NULL);
  store_kit_remove_folder (g_steal_pointer (&folder));
}

static gboolean
store_test_late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Who holds a store sees first what comes of it: one write of all, or none. */
static void
store_test_held (StoreTest *self, gconstpointer data)
{
  gsize before_length = 0, after_length = 0;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr (PresyncAssessment) opened = store_kit_new ();
  gboolean late = FALSE;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  before = store_kit_read_file (self->path, &before_length);
  store = store_kit_open (opened, self->path);
  presync_store_hold (store);
  store_kit_change_everything (opened);
  /* Whatever waits for a timer of these stores has its turn, and its time to write. */
  g_timeout_add (100, store_test_late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (presync_store_flush (store, NULL));
  store_kit_close (store);
  after = store_kit_read_file (self->path, &after_length);
  g_assert_cmpmem (before, before_length, after, after_length);
  store_kit_assert_file (self->assessment, self->path);

  g_clear_object (&opened);
  opened = store_kit_new ();
  store = store_kit_open (opened, self->path);
  presync_store_hold (store);
  store_kit_change_everything (opened);
  presync_store_release (store);
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  g_assert_false (presync_store_get_newer (store));
  wanted = store_kit_dump (opened);
  store_kit_close (store);
  store_kit_assert_file_is (wanted, self->path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function, data)                                                                  \
  g_test_add ("/store/" name, StoreTest, data, store_test_set_up, store_test_##function,           \
              store_test_tear_down)
  ADD ("round-trip", round_trip, NULL);
  ADD ("opening-changes-nothing", unchanged, NULL);
  ADD ("follows", follows, NULL);
  ADD ("close-writes", close_writes, NULL);
  ADD ("goes-on", goes_on, NULL);
  ADD ("held", held, NULL);
  ADD ("save-as", save_as, NULL);
  ADD ("permissions", permissions, NULL);
  ADD ("bad-targets", bad_targets, NULL);
  ADD ("progress", progress, NULL);
  ADD ("found", found, NULL);
  ADD ("other-facts-file", other_facts_file, NULL);
  ADD ("rows-after-close", rows_after_close, NULL);
  ADD ("many-facts", many_facts, NULL);
  return g_test_run ();
}
