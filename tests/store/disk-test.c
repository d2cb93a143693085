/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Disks that are full or read-only, folders that may not be written: told, and nothing is lost. In
 * a small file system of its own, in a mount namespace of its own. */
#include "store-kit.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "base/error.h"

#define DISK "/dev/shm"
#define FULL_SIZE "size=512k"

/* unshare(), mount() of a namespace: the C library has the first only for _GNU_SOURCE. */
#define NEW_MOUNTS 0x00020000
#define NEW_USER 0x10000000

typedef struct
{
  char *path;
  PresyncAssessment *assessment;
} DiskTest;

static gboolean
disk_test_write (const char *path, const char *text)
{
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

/* A namespace whose mounts nobody else sees; as root, or as one who is root in it */
static gboolean
disk_test_enter (void)
{
  g_autofree char *map = g_strdup_printf ("0 %u 1", (guint) getuid ());

  if (syscall (SYS_unshare, NEW_MOUNTS) != 0)
    {
      if (syscall (SYS_unshare, NEW_USER | NEW_MOUNTS) != 0)
        return FALSE;
      disk_test_write ("/proc/self/setgroups", "deny");
      disk_test_write ("/proc/self/uid_map", map);
    }
  return mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount ("presync-test", DISK, "tmpfs", 0, FULL_SIZE) == 0;
}

static void
disk_test_set_up (DiskTest *self, gconstpointer data)
{
  self->path = g_strdup (DISK "/Contoso.presync");
  self->assessment = store_kit_new ();
  store_kit_fill (self->assessment);
}

static void
disk_test_tear_down (DiskTest *self, gconstpointer data)
{
  g_object_unref (self->assessment);
  g_free (self->path);
  g_assert_cmpint (umount (DISK), ==, 0);
  g_assert_cmpint (mount ("presync-test", DISK, "tmpfs", 0, FULL_SIZE), ==, 0);
}

/* Fills the disk but for @pages pages */
static void
disk_test_fill_disk (guint pages)
{
  static const char block[4096] = "full";
  FILE *file = g_fopen (DISK "/ballast", "w");

  setvbuf (file, NULL, _IONBF, 0);
  while (fwrite (block, sizeof block, 1, file) == 1)
    ;
  if (pages > 0)
    g_assert_cmpint (ftruncate (fileno (file), ftell (file) / 4096 * 4096 - pages * 4096), ==, 0);
  fclose (file);
}

static PresyncStore *
disk_test_create (DiskTest *self)
{
  g_autoptr (GError) error = NULL;
  PresyncStore *store = presync_store_create (self->assessment, self->path, &error);

  g_assert_no_error (error);
  presync_store_set_delay (store, 0);
  return store;
}

static void
disk_test_assert_same (DiskTest *self, const char *wanted)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncStore) store = presync_store_open (again, self->path, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = store_kit_dump (again);
  store_kit_assert_same (found, wanted);
  presync_store_close (store, NULL);
}

/* Changes go on while the disk is full, at each number of pages that are left: the file is what was
 * saved last; with room again all is written. */
static void
disk_test_full (DiskTest *self, gconstpointer data)
{
  PresyncStore *store = disk_test_create (self);
  guint n_failed = 0;
  g_autofree char *wanted = NULL;

  for (guint pages = 0; pages < 12; pages++)
    {
      g_autofree char *note = g_strdup_printf ("with %u pages left", pages);
      g_autofree char *before = store_kit_dump (self->assessment);

      disk_test_fill_disk (pages);
      store_kit_answer (self->assessment, "cs-ram", TRUE, note);
      store_kit_give_facts (self->assessment, 400 + pages, note);
      store_kit_add_run (self->assessment);
      store_kit_settle (store);
      if (presync_store_get_state (store) == PRESYNC_STORE_FAILED)
        {
          g_autoptr (GError) error = NULL;

          n_failed++;
          g_assert_nonnull (strstr (presync_store_get_message (store), "the disk is full"));
          g_assert_nonnull (strstr (presync_store_get_message (store), "Contoso.presync"));
          g_assert_false (presync_store_flush (store, &error));
          g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
          /* Another one may look at what was saved last. */
          disk_test_assert_same (self, before);
        }
      g_assert_cmpint (g_unlink (DISK "/ballast"), ==, 0);
      g_assert_true (presync_store_flush (store, NULL));
      g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
    }
  g_assert_cmpuint (n_failed, >=, 5);
  wanted = store_kit_dump (self->assessment);
  g_assert_true (presync_store_close (store, NULL));
  g_object_unref (store);
  disk_test_assert_same (self, wanted);
}

/* No room for a new file: the old one stays, and nothing half-written lies beside it. */
static void
disk_test_full_create (DiskTest *self, gconstpointer data)
{
  for (guint pages = 0; pages < 20; pages += 4)
    {
      g_autofree char *files = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      PresyncStore *store;

      g_assert_true (disk_test_write (self->path, "precious"));
      disk_test_fill_disk (pages);
      store = presync_store_create (self->assessment, self->path, &error);
      g_assert_null (store);
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
      g_assert_nonnull (strstr (error->message, "the disk is full"));
      files = store_kit_list_folder (DISK);
      g_assert_cmpstr (files, ==, "Contoso.presync ballast");
      g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "precious");
      g_unlink (DISK "/ballast");
    }
}

/* Saving under another name on a full disk goes on with the old file. */
static void
disk_test_full_save_as (DiskTest *self, gconstpointer data)
{
  PresyncStore *store = disk_test_create (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *wanted = NULL;

  disk_test_fill_disk (8);
  store_kit_add_run (self->assessment);
  g_assert_false (presync_store_save_as (store, DISK "/other.presync", &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_assert_cmpstr (presync_store_get_path (store), ==, self->path);
  g_unlink (DISK "/ballast");
  store_kit_answer (self->assessment, "cs-ram", TRUE, "after it");
  g_assert_true (presync_store_flush (store, NULL));
  wanted = store_kit_dump (self->assessment);
  g_assert_true (presync_store_close (store, NULL));
  g_object_unref (store);
  disk_test_assert_same (self, wanted);
}

static void
disk_test_remount (gulong flags)
{
  g_assert_cmpint (mount (NULL, DISK, NULL, MS_REMOUNT | flags, NULL), ==, 0);
}

/* Opened on a disk that is read-only */
static void
disk_test_read_only (DiskTest *self, gconstpointer data)
{
  PresyncStore *store = disk_test_create (self);
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;

  wanted = store_kit_dump (self->assessment);
  g_assert_true (presync_store_close (store, NULL));
  g_object_unref (store);
  disk_test_remount (MS_RDONLY);
  store = presync_store_open (again, self->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_nonnull (strstr (presync_store_get_message (store), "may not be written"));
  found = store_kit_dump (again);
  store_kit_assert_same (found, wanted);
  store_kit_answer (again, "cs-ram", TRUE, "not saved");
  g_assert_true (presync_store_close (store, NULL));
  g_object_unref (store);
  g_assert_null (presync_store_create (again, DISK "/new.presync", &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  disk_test_remount (0);
}

static void
disk_test_copy (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize) length, NULL));
}

/* A copy of the file, half changed, with the journal that puts it right */
static void
disk_test_make_hot (const char *path, const char *hot)
{
  sqlite3 *db = NULL;
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *hot_journal = g_strconcat (hot, "-journal", NULL);

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
                                 "DELETE FROM facts; DELETE FROM run_rows; DELETE FROM answers",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  disk_test_copy (path, hot);
  disk_test_copy (journal, hot_journal);
  sqlite3_close (db);
}

/* A program was killed amid saving. Where the file may be written, it is put right; where it may
 * not, that is told, and nothing half-written is shown. */
static void
disk_test_journal (DiskTest *self, gconstpointer data)
{
  g_autofree char *wanted = NULL;
  PresyncStore *store = disk_test_create (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncAssessment) again = store_kit_new ();

  wanted = store_kit_dump (self->assessment);
  g_assert_true (presync_store_close (store, NULL));
  g_object_unref (store);
  g_free (self->path);
  self->path = g_strdup (DISK "/hot.presync");
  disk_test_make_hot (DISK "/Contoso.presync", self->path);
  disk_test_remount (MS_RDONLY);
  g_assert_null (presync_store_open (again, self->path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "hot.presync-journal"));
  g_assert_nonnull (strstr (error->message, "copy both"));
  disk_test_remount (0);
  disk_test_assert_same (self, wanted);
}

int
main (int argc, char **argv)
{
  if (!disk_test_enter ())
    {
      g_print ("1..0 # SKIP no mount namespaces here: %s\n", g_strerror (errno));
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_setenv ("XDG_RUNTIME_DIR", "/tmp", TRUE);
#define ADD(name, function)                                                                        \
  g_test_add ("/store/disk/" name, DiskTest, NULL, disk_test_set_up, disk_test_##function,         \
              disk_test_tear_down)
  ADD ("full", full);
  ADD ("full-create", full_create);
  ADD ("full-save-as", full_save_as);
  ADD ("read-only", read_only);
  ADD ("hot-journal", journal);
  return g_test_run ();
}
