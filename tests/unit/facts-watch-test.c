/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder in which things change without an event, as on a file share */
#include "facts-kit.h"
#include "wait-kit.h"

#include "sources/server/facts-watch.h"

/* Long ago: a file of then has settled. */
#define OLD (G_GINT64_CONSTANT (1790000000))

/* @folder leads to @first, and after a turn to @second; only of the former are there events. */
typedef struct
{
  char *top;
  char *first;
  char *second;
  char *folder;
  PresyncFactsWatch *watch;
  PresyncFactsReport *report; /* of the first file, at the last scan */
  guint n_files;
  guint n_scans;
  guint n_problems;
} Test;

static gboolean
scanned_cb (GPtrArray *scanned, const GError *problem, gpointer data)
{
  Test *self = data;

  self->n_scans++;
  self->n_problems += problem != NULL ? 1 : 0;
  self->n_files = scanned != NULL ? scanned->len : 0;
  g_clear_object (&self->report);
  if (self->n_files > 0)
    g_set_object (&self->report, ((PresyncFactsFile *) g_ptr_array_index (scanned, 0))->report);
  return FALSE;
}

static void
wait_for_scans (Test *self, guint n)
{
  guint before = self->n_scans;

  WAIT_FOR (self->n_scans >= before + n);
}

/* Writes the facts file of @server as it was changed at @changed. */
static void
write_facts (const char *folder, const char *name, const char *server, gint64 changed)
{
  g_autoptr (GString) text = g_string_new (facts_kit_text);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct timespec times[] = { { .tv_sec = changed }, { .tv_sec = changed } };

  g_string_replace (text, "SYNC01", server, 0);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
turn (Test *self)
{
  g_autofree char *other = g_strconcat (self->folder, ".new", NULL);

  g_assert_cmpint (symlink (self->second, other), ==, 0);
  g_assert_cmpint (g_rename (other, self->folder), ==, 0);
}

static void
set_up (Test *self, gconstpointer data)
{
  self->top = g_dir_make_tmp ("presync-XXXXXX", NULL);
  self->first = g_build_filename (self->top, "first", NULL);
  self->second = g_build_filename (self->top, "second", NULL);
  self->folder = g_build_filename (self->top, "folder", NULL);
  g_assert_cmpint (g_mkdir (self->first, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (self->second, 0700), ==, 0);
  g_assert_cmpint (symlink (self->first, self->folder), ==, 0);
}

static void
start (Test *self, guint seconds)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  self->watch = presync_facts_watch_new (folder, seconds, scanned_cb, self);
  g_assert_cmpuint (self->n_scans, ==, 0);
  /* at once, and when events can come */
  wait_for_scans (self, 2);
}

static void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_clear_pointer (&self->watch, presync_facts_watch_stop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->report);
  remove_folder (self->first);
  remove_folder (self->second);
  g_remove (self->folder);
  g_free (self->folder);
  remove_folder (self->top);
}

static gboolean
tells (Test *self, const char *server)
{
  return self->report != NULL && strcmp (presync_facts_report_get_name (self->report), server) == 0;
}

/* A file comes and goes where no event tells of it. */
static void
test_unseen (Test *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->second, "a.json", NULL);

  start (self, 1);
  g_assert_cmpuint (self->n_files, ==, 0);
  write_facts (self->second, "a.json", "SYNC01", OLD);
  turn (self);
  WAIT_FOR (tells (self, "SYNC01"));
  write_facts (self->second, "a.json", "SYNC02", OLD + 1);
  WAIT_FOR (tells (self, "SYNC02"));
  g_remove (path);
  WAIT_FOR (self->n_files == 0);
  g_assert_cmpuint (self->n_problems, ==, 0);
}

/* Only what has another time or size is read again. */
static void
test_unchanged (Test *self, gconstpointer data)
{
  g_autoptr (PresyncFactsReport) before = NULL;

  write_facts (self->first, "a.json", "SYNC01", OLD);
  /* the same time and size, and something else in it: nobody will notice */
  write_facts (self->second, "a.json", "SYNC02", OLD);
  start (self, 1);
  g_assert_true (tells (self, "SYNC01"));
  before = g_object_ref (self->report);
  wait_for_scans (self, 1);
  g_assert_true (self->report == before);
  turn (self);
  wait_for_scans (self, 2);
  g_assert_true (self->report == before);
  write_facts (self->second, "a.json", "SYNC02", OLD + 1);
  WAIT_FOR (tells (self, "SYNC02"));
  write_facts (self->second, "a.json", "SYNC-3", OLD + 1);
  wait_for_scans (self, 2);
  g_assert_true (tells (self, "SYNC02"));
  write_facts (self->second, "a.json", "SYNC-04", OLD + 1);
  WAIT_FOR (tells (self, "SYNC-04"));
}

/* One that was just written may be written once more within the same tick of its clock. */
static void
test_unsettled (Test *self, gconstpointer data)
{
  gint64 ahead = g_get_real_time () / G_USEC_PER_SEC + 3600;

  write_facts (self->first, "a.json", "SYNC01", ahead);
  write_facts (self->second, "a.json", "SYNC02", ahead);
  start (self, 1);
  g_assert_true (tells (self, "SYNC01"));
  turn (self);
  WAIT_FOR (tells (self, "SYNC02"));
}

/* An event is enough, however seldom the folder is looked through. */
static void
test_event (Test *self, gconstpointer data)
{
  start (self, 3600);
  write_facts (self->first, "a.json", "SYNC01", OLD);
  WAIT_FOR (tells (self, "SYNC01"));
  write_facts (self->first, "a.json", "SYNC02", OLD);
  WAIT_FOR (tells (self, "SYNC02"));
}

/* Stopped at once: nobody is told, nothing leaks. */
static void
test_stop (Test *self, gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  self->watch = presync_facts_watch_new (folder, 1, scanned_cb, self);
  g_clear_pointer (&self->watch, presync_facts_watch_stop);
  for (guint i = 0; i < 10; i++)
    {
      g_usleep (G_USEC_PER_SEC / 50);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_cmpuint (self->n_scans, ==, 0);
}

#define ADD(name, func) g_test_add ("/facts-watch/" name, Test, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("unseen", test_unseen);
  ADD ("unchanged", test_unchanged);
  ADD ("unsettled", test_unsettled);
  ADD ("event", test_event);
  ADD ("stop", test_stop);
  return g_test_run ();
}
