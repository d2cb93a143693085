/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Others use the file, too: another window, another program, another computer, a newer Presync. */
#include "store-kit.h"

#include <fcntl.h>
#include <string.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "base/error.h"

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

/* A second opener is told, may look, and sees what the first one saved when it opens again. */
static void
store_test_two_openers (StoreTest *self, gconstpointer data)
{
  PresyncStore *first = store_kit_create (self->assessment, self->path);
  g_autoptr (PresyncAssessment) other = store_kit_new ();
  PresyncStore *second = store_kit_open (other, self->path);
  g_autofree char *wanted = store_kit_dump (self->assessment);
  g_autofree char *found = store_kit_dump (other);
  g_autofree char *before = NULL;

  store_kit_assert_same (found, wanted);
  g_assert_cmpint (presync_store_get_state (second), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_nonnull (strstr (presync_store_get_message (second), "“Contoso.presync” is open"));
  store_kit_answer (other, "cs-ram", TRUE, "by the second");
  g_assert_true (presync_store_flush (second, NULL));
  store_kit_answer (self->assessment, "cs-ram", TRUE, "by the first");
  store_kit_settle (first);
  g_assert_cmpint (presync_store_get_state (first), ==, PRESYNC_STORE_SAVED);
  g_assert_false (store_kit_file_holds (self->path, "by the second"));
  store_kit_close (first);
  store_kit_close (second);
  store_kit_assert_file (self->assessment, self->path);
}

/* What a second opener did is not lost: it goes to another file. */
static void
store_test_read_only_save_as (StoreTest *self, gconstpointer data)
{
  PresyncStore *first = store_kit_create (self->assessment, self->path);
  g_autoptr (PresyncAssessment) other = store_kit_new ();
  PresyncStore *second = store_kit_open (other, self->path);
  g_autofree char *path = g_build_filename (self->folder, "second.presync", NULL);
  g_autofree char *wanted = NULL;
  g_autoptr (GError) error = NULL;

  store_kit_change_everything (other);
  g_assert_true (presync_store_save_as (second, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (presync_store_get_state (second), ==, PRESYNC_STORE_SAVED);
  g_assert_cmpstr (presync_store_get_path (second), ==, path);
  g_assert_null (presync_store_get_message (second));
  store_kit_answer (other, "cs-ram", TRUE, "and on");
  store_kit_settle (second);
  wanted = store_kit_dump (other);
  store_kit_close (second);
  store_kit_close (first);
  store_kit_assert_file_is (wanted, path);
  store_kit_assert_file (self->assessment, self->path);
}

static void
store_test_execute (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* Somebody else wrote between two saves: nothing of his is overwritten, nothing of ours is lost. */
static void
store_test_foreign_writer (StoreTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);
  g_autofree char *path = g_build_filename (self->folder, "ours.presync", NULL);
  g_autoptr (GError) error = NULL;

  store_test_execute (self->path, data);
  store_kit_answer (self->assessment, "cs-ram", TRUE, "after the other");
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_nonnull (strstr (presync_store_get_message (store), "Another program has changed"));
  g_assert_false (store_kit_file_holds (self->path, "after the other"));
  store_kit_add_run (self->assessment);
  g_assert_true (presync_store_save_as (store, path, &error));
  g_assert_no_error (error);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, path);
}

/* Puts the bytes of @from into the very file that @path is */
static void
store_test_copy_over (const char *from, const char *path)
{
  gsize length = 0;
  g_autofree char *bytes = store_kit_read_file (from, &length);
  int fd = g_open (path, O_WRONLY | O_TRUNC, 0);

  g_assert_cmpint (write (fd, bytes, length), ==, (int) length);
  close (fd);
}

/* Somebody copied another assessment over ours, whose runs have the same ids: they are never shown
 * as ours, nor go into a copy. */
static void
store_test_foreign_runs (StoreTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autoptr (PresyncAssessment) other = store_kit_new ();
  g_autoptr (PresyncAssessment) last = store_kit_new ();
  g_autoptr (GDateTime) later = g_date_time_new_utc (2026, 11, 23, 1, 2, 3);
  g_autofree char *path = g_build_filename (self->folder, "other.presync", NULL);
  g_autofree char *saved = g_build_filename (self->folder, "saved.presync", NULL);
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  presync_assessment_set_now (other, later);
  for (guint i = 0; i < 3; i++)
    store_kit_add_run (other);
  store_kit_close (store_kit_create (other, path));
  store = store_kit_open (again, self->path);
  store_test_copy_over (path, self->path);
  dump = store_kit_dump (again);
  g_assert_nonnull (strstr (dump, "another program has changed it"));
  g_assert_null (strstr (dump, "\nrow "));
  store_kit_add_run (again);
  g_assert_true (presync_store_save_as (store, saved, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (presync_store_get_n_lost (store), ==, 2);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  store_kit_close (store);
  store = store_kit_open (last, saved);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (presync_assessment_get_history (last))),
                    ==, 1);
  store_kit_close (store);
}

static void
store_test_assert_unsaved (PresyncStore *store, gboolean wanted)
{
  g_assert_true (presync_store_flush (store, NULL));
  g_assert_cmpint (presync_store_has_unsaved (store), ==, wanted);
}

/* Whatever changes in a file that may only be read is told, and opening it is no change. */
static void
store_test_unsaved (StoreTest *self, gconstpointer data)
{
  PresyncStore *first = store_kit_create (self->assessment, self->path);
  g_autofree char *path = g_build_filename (self->folder, "second.presync", NULL);
  g_autoptr (GError) error = NULL;

  store_test_assert_unsaved (first, FALSE);
  store_kit_answer (self->assessment, "cs-ram", TRUE, "not yet");
  g_assert_true (presync_store_has_unsaved (first));
  store_test_assert_unsaved (first, FALSE);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (PresyncAssessment) other = store_kit_new ();
      PresyncStore *second = store_kit_open (other, self->path);

      store_test_assert_unsaved (second, FALSE);
      if (i == 0)
        presync_assessment_set_name (other, "Another name");
      else if (i == 1)
        store_kit_give_facts (other, 1, "new");
      else if (i == 2)
        store_kit_add_run (other);
      else if (i == 3)
        store_kit_waive (other, "cs-ram", "new");
      else
        presync_runner_remove_source (presync_assessment_get_runner (other), "tenant");
      store_test_assert_unsaved (second, TRUE);
      g_assert_true (presync_store_save_as (second, path, &error));
      store_test_assert_unsaved (second, FALSE);
      store_kit_close (second);
    }
  presync_store_hold (first);
  presync_assessment_set_name (self->assessment, "While it is held");
  store_test_assert_unsaved (first, TRUE);
  presync_store_release (first);
  store_kit_close (first);
}

/* A writer that keeps to the rules but for the lock, such as one on another computer */
static void
store_test_other_computer (StoreTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);
  g_autofree char *copy = g_build_filename (self->folder, "copy.presync", NULL);
  g_autoptr (PresyncAssessment) other = store_kit_new ();
  PresyncStore *second;
  gsize length = 0;
  g_autofree char *bytes = store_kit_read_file (self->path, &length);
  g_autofree char *changed = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  g_file_set_contents (copy, bytes, (gssize) length, &error);
  second = store_kit_open (other, copy);
  store_kit_answer (other, "cs-agent-version", TRUE, "on another computer");
  wanted = store_kit_dump (other);
  store_kit_close (second);
  changed = store_kit_read_file (copy, &length);
  /* Both went on once from the same: no counter tells them apart. */
  store_kit_answer (self->assessment, "cs-agent-version", TRUE, "on this computer 1");
  g_assert_true (presync_store_flush (store, NULL));
  /* Into the same file, behind SQLite's back but for the counters in the file */
  fd = g_open (self->path, O_WRONLY, 0);
  g_assert_cmpint (write (fd, changed, length), ==, (int) length);
  close (fd);
  store_kit_answer (self->assessment, "cs-ram", TRUE, "after the other");
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_true (store_kit_file_holds (self->path, "on another computer"));
  store_kit_close (store);
  store_kit_assert_file_is (wanted, self->path);
}

/* The file is moved, deleted, replaced while it is open */
static void
store_test_moved (StoreTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);
  g_autofree char *moved = g_build_filename (self->folder, "moved.presync", NULL);
  g_autofree char *saved = g_build_filename (self->folder, "saved.presync", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_rename (self->path, moved), ==, 0);
  store_kit_answer (self->assessment, "cs-ram", TRUE, "while it was away");
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_FAILED);
  g_assert_nonnull (strstr (presync_store_get_message (store), "moved or deleted"));
  g_assert_false (presync_store_flush (store, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_clear_error (&error);
  /* It comes back: what was kept is written with the next change. */
  g_assert_cmpint (g_rename (moved, self->path), ==, 0);
  store_kit_answer (self->assessment, "cs-agent-version", TRUE, "back again");
  store_kit_wait (store, PRESYNC_STORE_SAVED);
  g_assert_null (presync_store_get_message (store));
  g_assert_true (store_kit_file_holds (self->path, "while it was away"));
  /* Another one in its place */
  g_file_set_contents (self->path, "something else", -1, &error);
  g_assert_no_error (error);
  store_kit_answer (self->assessment, "cs-ram", TRUE, "not into that");
  store_kit_add_run (self->assessment);
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_FAILED);
  g_assert_nonnull (strstr (presync_store_get_message (store), "another file"));
  g_assert_true (presync_store_save_as (store, saved, &error));
  g_assert_no_error (error);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, saved);
  g_assert_true (store_kit_file_holds (self->path, "something else"));
}

/* Runs whose rows were never loaded are read from a file that is gone already. */
static void
store_test_deleted_keeps_runs (StoreTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autofree char *saved = g_build_filename (self->folder, "saved.presync", NULL);
  g_autoptr (GError) error = NULL;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  store = store_kit_open (again, self->path);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_true (presync_store_save_as (store, saved, &error));
  g_assert_no_error (error);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, saved);
}

/* What a newer Presync may have written: more beside our tables, or our tables otherwise */
static void
store_test_newer (StoreTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autoptr (PresyncAssessment) no = store_kit_new ();
  g_autofree char *saved = g_build_filename (self->folder, "saved.presync", NULL);
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  wanted = store_kit_dump (self->assessment);
  store_test_execute (self->path, "CREATE TABLE more (a UNIQUE);"
                                  "PRAGMA user_version = 7");
  store = store_kit_open (again, self->path);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_nonnull (strstr (presync_store_get_message (store), "newer version of Presync"));
  found = store_kit_dump (again);
  store_kit_assert_same (found, wanted);
  g_assert_true (presync_store_save_as (store, saved, &error));
  g_assert_no_error (error);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, saved);
  store_test_execute (self->path, "ALTER TABLE answers ADD COLUMN more TEXT");
  g_assert_null (presync_store_open (no, self->path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "newer version of Presync"));
  g_assert_nonnull (strstr (error->message, "Contoso.presync"));
}

static void
store_test_run_subprocess (const char *test, const char *path)
{
  g_setenv ("PRESYNC_STORE_TEST_PATH", path, TRUE);
  g_test_trap_subprocess (test, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

/* In another process: what it is told of a file that it may only read */
static void
store_test_look (const char *reason)
{
  const char *path = g_getenv ("PRESYNC_STORE_TEST_PATH");
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  PresyncStore *store;

  if (path == NULL)
    return;
  store = store_kit_open (assessment, path);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_nonnull (strstr (presync_store_get_message (store), reason));
  store_kit_answer (assessment, "cs-ram", TRUE, "not saved");
  store_kit_close (store);
}

static void
store_test_look_open (void)
{
  store_test_look ("is open in another window");
}

static void
store_test_look_folder (void)
{
  if (getuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  store_test_look ("may not be written");
}

/* A second process is told as a second window is. */
static void
store_test_two_processes (StoreTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);

  store_test_run_subprocess ("/store/others/subprocess/open", self->path);
  store_kit_answer (self->assessment, "cs-ram", TRUE, "meanwhile");
  store_kit_settle (store);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, self->path);
}

/* In another process, which cannot make a lock file anywhere */
static void
store_test_look_twice (void)
{
  const char *path = g_getenv ("PRESYNC_STORE_TEST_PATH");
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  PresyncStore *store;

  if (path == NULL)
    return;
  store = store_kit_open (assessment, path);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  store_test_look ("is open in another window");
  store_kit_close (store);
}

/* Two windows of one process know of each other in any case. */
static void
store_test_no_lock_file (StoreTest *self, gconstpointer data)
{
  g_autofree char *before = g_strdup (g_getenv ("XDG_RUNTIME_DIR"));

  store_kit_close (store_kit_create (self->assessment, self->path));
  g_setenv ("XDG_RUNTIME_DIR", "/proc/none", TRUE);
  store_test_run_subprocess ("/store/others/subprocess/twice", self->path);
  if (before != NULL)
    g_setenv ("XDG_RUNTIME_DIR", before, TRUE);
  else
    g_unsetenv ("XDG_RUNTIME_DIR");
}

/* The file may be written, its folder not: a journal could not be made. */
static void
store_test_read_only_folder (StoreTest *self, gconstpointer data)
{
  store_kit_close (store_kit_create (self->assessment, self->path));
  g_assert_cmpint (g_chmod (self->path, 0666), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  store_test_run_subprocess ("/store/others/subprocess/folder", self->path);
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
  store_kit_assert_file (self->assessment, self->path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function, data)                                                                  \
  g_test_add ("/store/others/" name, StoreTest, data, store_test_set_up, store_test_##function,    \
              store_test_tear_down)
  ADD ("two-openers", two_openers, NULL);
  ADD ("read-only-save-as", read_only_save_as, NULL);
  ADD ("foreign-writer", foreign_writer, "DELETE FROM answers");
  ADD ("foreign-generation", foreign_writer, "UPDATE header SET generation = generation + 1");
  ADD ("foreign-runs", foreign_runs, NULL);
  ADD ("unsaved", unsaved, NULL);
  ADD ("other-computer", other_computer, NULL);
  ADD ("moved", moved, NULL);
  ADD ("deleted-keeps-runs", deleted_keeps_runs, NULL);
  ADD ("newer", newer, NULL);
  ADD ("two-processes", two_processes, NULL);
  ADD ("no-lock-file", no_lock_file, NULL);
  ADD ("read-only-folder", read_only_folder, NULL);
  g_test_add_func ("/store/others/subprocess/open", store_test_look_open);
  g_test_add_func ("/store/others/subprocess/twice", store_test_look_twice);
  g_test_add_func ("/store/others/subprocess/folder", store_test_look_folder);
  return g_test_run ();
}
