/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing where something lies already: another file, what a killed program left beside it, what
 * somebody protected. */
#include "store-kit.h"

#include <string.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>
#include <glib/gstdio.h>

#include "base/error.h"

#define PATH "PRESYNC_STORE_TEST_PATH"

typedef struct
{
  char *folder;
  char *path;
  char *journal;
  PresyncAssessment *assessment;
} ReplaceTest;

static void
replace_test_set_up (ReplaceTest *self, gconstpointer data)
{
  self->folder = store_kit_make_folder ();
  self->path = g_build_filename (self->folder, "Contoso.presync", NULL);
  self->journal = g_strconcat (self->path, "-journal", NULL);
  self->assessment = store_kit_new ();
  store_kit_fill (self->assessment);
}

static void
replace_test_tear_down (ReplaceTest *self, gconstpointer data)
{
  g_object_unref (self->assessment);
  g_free (self->path);
  g_free (self->journal);
  store_kit_remove_folder (self->folder);
}

static void
replace_test_execute (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* The file and its journal as a kill amid a transaction leaves them */
static void
replace_test_make_hot (ReplaceTest *self)
{
  sqlite3 *db = NULL;
  gsize length = 0, journal_length = 0;
  g_autofree char *bytes = NULL;
  g_autofree char *journal = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "PRAGMA cache_size = 1; BEGIN IMMEDIATE; DELETE FROM facts;"
                                 "DELETE FROM run_rows; DELETE FROM answers",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  bytes = store_kit_read_file (self->path, &length);
  journal = store_kit_read_file (self->journal, &journal_length);
  sqlite3_close (db);
  g_assert_true (g_file_set_contents (self->path, bytes, (gssize) length, NULL));
  g_assert_true (g_file_set_contents (self->journal, journal, (gssize) journal_length, NULL));
}

/* A journal of a file that was there is not played into the new one. @data: what becomes of that
 * file before */
static void
replace_test_stale_journal (ReplaceTest *self, gconstpointer data)
{
  const char *how = data;
  g_autoptr (PresyncAssessment) other = store_kit_new ();
  g_autofree char *files = NULL;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  replace_test_make_hot (self);
  if (g_str_equal (how, "gone"))
    g_assert_cmpint (g_unlink (self->path), ==, 0);
  else if (g_str_equal (how, "other"))
    g_assert_true (g_file_set_contents (self->path, "a text", -1, NULL));
  store_kit_fill (other);
  store_kit_give_facts (other, 3000, "new and precious");
  store = store_kit_create (other, self->path);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  store_kit_close (store);
  store_kit_assert_file (other, self->path);
  files = store_kit_list_folder (self->folder);
  g_assert_cmpstr (files, ==, "Contoso.presync");
}

/* Nor by saving under another name; and a log of SQLite's other kind goes with it. */
static void
replace_test_save_as (ReplaceTest *self, gconstpointer data)
{
  g_autofree char *own = g_build_filename (self->folder, "own.presync", NULL);
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *wanted = NULL;
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autoptr (GError) error = NULL;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  store_kit_close (store_kit_create (self->assessment, own));
  replace_test_make_hot (self);
  g_assert_true (g_file_set_contents (log, "a log", -1, NULL));
  store = store_kit_open (again, own);
  store_kit_answer (again, "cs-ram", TRUE, "new");
  g_assert_true (presync_store_save_as (store, self->path, &error));
  g_assert_no_error (error);
  wanted = store_kit_dump (again);
  store_kit_close (store);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  store_kit_assert_file_is (wanted, self->path);
}

/* Beside a file lies a log that SQLite would read, though Presync never writes one. */
static void
replace_test_log (ReplaceTest *self, gconstpointer data)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autoptr (GError) error = NULL;

  store_kit_close (store_kit_create (self->assessment, self->path));
  g_assert_true (g_file_set_contents (log, "a log", -1, NULL));
  g_assert_null (presync_store_open (again, self->path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "did not write"));
  g_assert_cmpint (g_unlink (log), ==, 0);
  g_assert_cmpint (mkfifo (log, 0600), ==, 0);
  g_assert_null (presync_store_open (again, self->path, NULL));
}

/* What a newer Presync left amid saving is put right, too, and not changed otherwise. */
static void
replace_test_newer_journal (ReplaceTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;
  PresyncStore *store;

  store_kit_close (store_kit_create (self->assessment, self->path));
  wanted = store_kit_dump (self->assessment);
  replace_test_execute (self->path, "CREATE TABLE more (a); PRAGMA user_version = 7");
  replace_test_make_hot (self);
  store = store_kit_open (again, self->path);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_nonnull (strstr (presync_store_get_message (store), "newer version of Presync"));
  found = store_kit_dump (again);
  store_kit_assert_same (found, wanted);
  store_kit_answer (again, "cs-ram", TRUE, "never written");
  store_kit_close (store);
  g_assert_false (store_kit_file_holds (self->path, "never written"));
}

/* Somebody else's file stands where ours was, and is open. */
static void
replace_test_own_path (ReplaceTest *self, gconstpointer data)
{
  PresyncStore *store = store_kit_create (self->assessment, self->path);
  g_autofree char *other = g_build_filename (self->folder, "other.presync", NULL);
  g_autoptr (PresyncAssessment) second = store_kit_new ();
  g_autoptr (GError) error = NULL;
  PresyncStore *theirs;

  store_kit_close (store_kit_create (self->assessment, other));
  g_assert_cmpint (g_rename (other, self->path), ==, 0);
  theirs = store_kit_open (second, self->path);
  g_assert_false (presync_store_save_as (store, self->path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, "open in another window"));
  g_clear_error (&error);
  store_kit_close (theirs);
  g_assert_true (presync_store_save_as (store, self->path, &error));
  g_assert_no_error (error);
  store_kit_close (store);
  store_kit_assert_file (self->assessment, self->path);
}

/* What killed programs left is removed after a day; what may be in use, and others' files stay. */
static void
replace_test_left_over (ReplaceTest *self, gconstpointer data)
{
  static const char *const names[]
      = { ".Contoso.presync.saving-aaaaaa", ".Contoso.presync.saving-bbbbbb",
          ".Contoso.presync.saving-ccccccc", ".Other.presync.saving-dddddd" };
  struct utimbuf old = { 1000000000, 1000000000 };
  g_autofree char *files = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, "left", -1, NULL));
      if (i != 1)
        g_assert_cmpint (utime (path, &old), ==, 0);
    }
  store_kit_close (store_kit_create (self->assessment, self->path));
  files = store_kit_list_folder (self->folder);
  g_assert_cmpstr (files, ==,
                   ".Contoso.presync.saving-bbbbbb .Contoso.presync.saving-ccccccc "
                   ".Other.presync.saving-dddddd Contoso.presync");
}

/* A file that nobody could have written is not even read. */
static void
replace_test_too_large (ReplaceTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autoptr (GError) error = NULL;

  store_kit_close (store_kit_create (self->assessment, self->path));
  g_assert_cmpint (truncate (self->path, 256 * 1024 * 1024 + 1), ==, 0);
  g_assert_null (presync_store_open (again, self->path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "larger than any assessment"));
}

/* In another process, which is not root */
static void
replace_test_protected_as_other (void)
{
  const char *path = g_getenv (PATH);
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  if (getuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  g_assert_null (presync_store_create (assessment, path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, "may not be written"));
}

/* The folder may be written, the file not: whoever protected it means it. */
static void
replace_test_protected (ReplaceTest *self, gconstpointer data)
{
  gsize length = 0;
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (self->path, "precious", -1, NULL));
  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0777), ==, 0);
  g_setenv (PATH, self->path, TRUE);
  g_test_trap_subprocess ("/store/replace/subprocess/protected", 0,
                          G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_unsetenv (PATH);
  text = store_kit_read_file (self->path, &length);
  g_assert_cmpstr (text, ==, "precious");
}

/* What a row tells is cut when it is longer than a row may be. */
static void
replace_test_long_found (ReplaceTest *self, gconstpointer data)
{
  GListModel *history = G_LIST_MODEL (presync_assessment_get_history (self->assessment));
  g_autoptr (PresyncRun) run = g_list_model_get_item (history, 0);
  PresyncRunRow *row = g_ptr_array_index (presync_run_get_rows (run), 0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autofree char *dump = NULL;
  PresyncStore *store;

  while (text->len < 100000)
    g_string_append (text, "日本");
  g_free (row->found);
  row->found = g_strdup (text->str);
  store_kit_close (store_kit_create (self->assessment, self->path));
  store = store_kit_open (again, self->path);
  dump = store_kit_dump (again);
  store_kit_close (store);
  g_assert_null (strstr (dump, "error=A run of"));
  g_clear_object (&run);
  run = g_list_model_get_item (G_LIST_MODEL (presync_assessment_get_history (again)), 0);
  row = g_ptr_array_index (presync_run_get_rows (run), 0);
  g_assert_cmpuint (strlen (row->found), >, 65530);
  g_assert_cmpuint (strlen (row->found), <=, 65536);
  g_assert_true (g_utf8_validate (row->found, -1, NULL));
  g_assert_true (g_str_has_suffix (row->found, "本…"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function, data)                                                                  \
  g_test_add ("/store/replace/" name, ReplaceTest, data, replace_test_set_up,                      \
              replace_test_##function, replace_test_tear_down)
  ADD ("stale-journal", stale_journal, "there");
  ADD ("stale-journal-gone", stale_journal, "gone");
  ADD ("stale-journal-other", stale_journal, "other");
  ADD ("save-as", save_as, NULL);
  ADD ("log", log, NULL);
  ADD ("newer-journal", newer_journal, NULL);
  ADD ("own-path", own_path, NULL);
  ADD ("left-over", left_over, NULL);
  ADD ("too-large", too_large, NULL);
  ADD ("protected", protected, NULL);
  ADD ("long-found", long_found, NULL);
  g_test_add_func ("/store/replace/subprocess/protected", replace_test_protected_as_other);
  return g_test_run ();
}
