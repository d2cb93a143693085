/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/assessment-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "store/file-clear.h"
#include "store/file-place.h"
#include "store/plan-json.h"
#include "store/runs-table.h"
#include "store/schema.h"
#include "store/seal.h"
#include "store/texts-table.h"

/* The file is complete and on the disk before it gets its name, so a journal beside it is of no
 * use. (Without any it cannot be made: SQLITE_DBCONFIG_DEFENSIVE.) */
#define SETTINGS "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
/* Behind the name of the file, and a dot before it: such a file is left by a program that was
 * killed. */
#define TEMPORARY ".saving-"
#define RANDOM "XXXXXX"
/* After which it is no other program's that is at it still */
#define STALE_SECONDS (24 * 60 * 60)

/* What is copied of another file */
typedef struct
{
  PresyncAssessmentFile *from; /* nullable */
  GHashTable *runs;            /* gint64 id: of those that were */
} PresyncFileCopy;

/* Copies a row as it is; its checksum is the last column. */
static gboolean
presync_file_create_copy_row (sqlite3_stmt *from, sqlite3_stmt *to, int n, PresyncSeal *seal)
{
  int result = SQLITE_OK;

  for (int i = 0; i < n && result == SQLITE_OK; i++)
    result = sqlite3_bind_value (to, i + 1, sqlite3_column_value (from, i));
  if (result == SQLITE_OK)
    result = sqlite3_step (to);
  seal->rows++;
  seal->sum = (gint64) ((guint64) seal->sum + (guint64) sqlite3_column_int64 (from, n - 1));
  return result == SQLITE_DONE && sqlite3_reset (to) == SQLITE_OK;
}

static char *
presync_file_create_dup_insert (const char *table, const char *columns, int n)
{
  g_autoptr (GString) marks = g_string_new ("?");

  for (int i = 1; i < n; i++)
    g_string_append (marks, ", ?");
  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s)", table, columns, marks->str);
}

/* A run that this window does not know, or that is another by now, is somebody else's. */
static gboolean
presync_file_create_wants_run (const PresyncFileCopy *copy, sqlite3_stmt *from)
{
  gint64 id = sqlite3_column_int64 (from, 0);
  const PresyncRunSeal *known = g_hash_table_lookup (copy->from->runs, &id);
  PresyncRunSeal found;

  found.at = sqlite3_column_int64 (from, 1);
  found.rows.rows = sqlite3_column_int64 (from, 3);
  found.rows.sum = sqlite3_column_int64 (from, 4);
  if (known == NULL || !presync_run_seal_equal (&found, known))
    return FALSE;
  g_hash_table_add (copy->runs, g_memdup2 (&id, sizeof id));
  return TRUE;
}

/* Facts and pieces that this Presync knows come from the assessment; a newer one's are copied. */
static gboolean
presync_file_create_wants_row (const PresyncFileCopy *copy, const char *table, sqlite3_stmt *from)
{
  const char *name;
  gint64 id;

  if (g_str_equal (table, "runs"))
    return presync_file_create_wants_run (copy, from);
  if (g_str_equal (table, "run_totals") || g_str_equal (table, "run_rows"))
    {
      id = sqlite3_column_int64 (from, 0);
      return g_hash_table_contains (copy->runs, &id);
    }
  if (!g_str_equal (table, "facts") && !g_str_equal (table, "pieces"))
    return TRUE;
  name = (const char *) sqlite3_column_text (from, 0);
  return name != NULL
         && (g_str_equal (table, "facts") ? presync_fact_key_find (name) == NULL
                                          : !presync_plan_json_is_known (name));
}

static gboolean
presync_file_create_copy_table (const PresyncFileCopy *copy, sqlite3 *new, const char *table,
                                const char *columns, GError **error)
{
  sqlite3 *old = copy->from->db;
  sqlite3_stmt *from = NULL, *to = NULL;
  PresyncSeal seal = { 0, 0 };
  g_autofree char *select = g_strdup_printf ("SELECT %s FROM %s", columns, table);
  gboolean good = sqlite3_prepare_v2 (old, select, -1, &from, NULL) == SQLITE_OK;
  int n = sqlite3_column_count (from);
  int result = SQLITE_DONE;
  g_autofree char *insert = presync_file_create_dup_insert (table, columns, n);
  gboolean written = good && sqlite3_prepare_v2 (new, insert, -1, &to, NULL) == SQLITE_OK;

  while (good && written && (result = sqlite3_step (from)) == SQLITE_ROW)
    if (presync_file_create_wants_row (copy, table, from))
      written = presync_file_create_copy_row (from, to, n, &seal);
  good = good && (!written || result == SQLITE_DONE);
  if (!good)
    presync_statement_set_error (old, error);
  else if (!written)
    presync_statement_set_error (new, error);
  sqlite3_finalize (from);
  sqlite3_finalize (to);
  /* Rows of runs are sealed by their run. */
  return good && written
         && (g_str_equal (table, "run_rows") || presync_seal_write (new, table, &seal, error));
}

/* Runs, and what only a newer Presync knows: all else comes from the assessment. */
static gboolean
presync_file_create_copy (const PresyncFileCopy *copy, sqlite3 *new, GError **error)
{
  sqlite3 *old = copy->from->db;
  const char *const *tables = presync_schema_tables ();
  gboolean good;

  /* See presync_assessment_file_transact() */
  sqlite3_db_release_memory (old);
  good = presync_statement_execute (old, "BEGIN", error);
  for (guint i = 0; good && tables[i] != NULL; i += 2)
    good = presync_file_create_copy_table (copy, new, tables[i], tables[i + 1], error);
  presync_statement_execute (old, "COMMIT", NULL);
  return good;
}

/* What was copied must be what was written once: damage is told, not handed on. */
static gboolean
presync_file_create_check_runs (sqlite3 *db, GError **error)
{
  GHashTableIter iter;
  gpointer id, seal;
  g_autoptr (GHashTable) runs = presync_runs_table_read_seals (db, error);
  g_autoptr (GHashTable) texts = runs != NULL ? presync_texts_table_read (db, error) : NULL;

  if (texts == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, runs);
  while (g_hash_table_iter_next (&iter, &id, &seal))
    {
      g_autoptr (GPtrArray) rows = presync_runs_table_read_rows (
          db, *(gint64 *) id, texts, &((PresyncRunSeal *) seal)->rows, error);

      if (rows == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
presync_file_create_fill (sqlite3 *db, const PresyncFileCopy *copy, const PresyncChanges *changes,
                          GArray *ids, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return presync_statement_execute (db, SETTINGS, error) && presync_schema_migrate (db, error)
         && presync_statement_execute (db, "BEGIN IMMEDIATE", error)
         && (copy->from == NULL
             || (presync_file_create_copy (copy, db, error)
                 && presync_file_create_check_runs (db, error)))
         && presync_assessment_file_write_tables (db, changes, ids, error)
         && presync_assessment_file_write_header (db, presync_assessment_file_make_generation (),
                                                  now, error)
         && presync_statement_execute (db, "COMMIT", error);
}

static void
presync_file_create_set_errno (GError **error)
{
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                       errno == ENOSPC ? _ ("the disk is full") : g_strerror (errno));
}

/* A folder is on the disk when it was synchronised itself; not every file system can. */
static void
presync_file_create_sync_folder (const char *whole)
{
  g_autofree char *folder = g_path_get_dirname (whole);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* Puts the complete file @temporary, to be on the disk first, in the place of @whole, whose
 * permissions it gets */
static gboolean
presync_file_create_replace (const char *temporary, const char *whole, GError **error)
{
  GStatBuf old;
  gboolean any = FALSE;
  int fd = g_open (temporary, O_RDWR | O_CLOEXEC, 0);

  if (fd < 0)
    {
      presync_file_create_set_errno (error);
      return FALSE;
    }
  if (g_stat (whole, &old) == 0 && fchmod (fd, old.st_mode & 0777) != 0)
    g_debug ("%s keeps its own permissions", whole);
  if (fsync (fd) != 0)
    {
      presync_file_create_set_errno (error);
      close (fd);
      return FALSE;
    }
  close (fd);
  if (!presync_file_clear (whole, &any, error))
    return FALSE;
  if (any)
    presync_file_create_sync_folder (whole);
  if (g_rename (temporary, whole) != 0)
    {
      presync_file_create_set_errno (error);
      return FALSE;
    }
  presync_file_create_sync_folder (whole);
  return TRUE;
}

/* Is it the very file that @self has open? */
static gboolean
presync_file_create_is_same (PresyncAssessmentFile *self, const char *whole)
{
  GStatBuf file;

  return self != NULL && g_str_equal (self->whole, whole) && g_stat (whole, &file) == 0
         && (guint64) file.st_dev == self->device && (guint64) file.st_ino == self->inode;
}

/* Who has the file open that is to be replaced would go on writing into nothing. @lock: (out)
 * (nullable): of that file, to be held meanwhile */
static gboolean
presync_file_create_check_free (PresyncAssessmentFile *from, const char *whole,
                                PresyncFileLock **lock, GError **error)
{
  if (!g_file_test (whole, G_FILE_TEST_EXISTS))
    return TRUE;
  if (presync_file_create_is_same (from, whole))
    {
      /* What this Presync does not know, or another program wrote, would be lost. */
      if (from->access == PRESYNC_FILE_NEWER || from->access == PRESYNC_FILE_FOREIGN)
        {
          g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                               _ ("there is more in it than is shown here: choose another name"));
          return FALSE;
        }
      if (from->lock != NULL)
        return TRUE;
    }
  else
    *lock = presync_file_lock_take (whole);
  if (*lock != NULL)
    return TRUE;
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                       _ ("it is open in another window"));
  return FALSE;
}

/* Removes what programs that were killed left of saving the file @name */
static void
presync_file_create_remove_stale (const char *folder, const char *name)
{
  g_autofree char *start = g_strdup_printf (".%s" TEMPORARY, name);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *other;

  while (dir != NULL && (other = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (other, start) && strlen (other) == strlen (start) + strlen (RANDOM))
      {
        g_autofree char *path = g_build_filename (folder, other, NULL);
        GStatBuf file;

        if (g_lstat (path, &file) == 0 && S_ISREG (file.st_mode) && file.st_uid == getuid ()
            && (gint64) file.st_mtime < now - STALE_SECONDS)
          g_unlink (path);
      }
}

/* (transfer full) (nullable): the name of a new file, empty, in the folder of @whole */
static char *
presync_file_create_make_temporary (const char *whole, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (whole);
  g_autofree char *base = g_path_get_basename (whole);
  gboolean fits = strlen (base) + strlen ("." TEMPORARY RANDOM) <= NAME_MAX;
  g_autofree char *own = g_strdup_printf (".%s" TEMPORARY RANDOM, fits ? base : "presync");
  g_autofree char *name = g_build_filename (folder, own, NULL);
  int fd;

  presync_file_create_remove_stale (folder, fits ? base : "presync");
  /* What only its owner may read stays so from the first byte on. */
  fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC,
                       g_file_test (whole, G_FILE_TEST_EXISTS) ? 0600 : 0666);
  if (fd < 0)
    {
      presync_file_create_set_errno (error);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&name);
}

static gboolean
presync_file_create_fill_path (const char *path, const PresyncFileCopy *copy,
                               const PresyncChanges *changes, GArray *ids, GError **error)
{
  sqlite3 *db = presync_assessment_file_connect (path, SQLITE_OPEN_READWRITE, error);
  gboolean good = db != NULL && presync_file_create_fill (db, copy, changes, ids, error);

  sqlite3_close (db);
  return good;
}

/* (nullable): the runs of the new file */
static GHashTable *
presync_file_create_write (const char *whole, const PresyncFileCopy *copy,
                           const PresyncChanges *changes, GArray *ids, GError **error)
{
  g_autofree char *temporary = presync_file_create_make_temporary (whole, error);
  GHashTable *runs = NULL;

  if (temporary == NULL)
    return NULL;
  /* What is replaced is gone: first it is seen whether the new one is good. */
  if (presync_file_create_fill_path (temporary, copy, changes, ids, error))
    runs = presync_assessment_file_verify (temporary, error);
  if (runs != NULL && !presync_file_create_replace (temporary, whole, error))
    g_clear_pointer (&runs, g_hash_table_unref);
  if (runs == NULL)
    g_unlink (temporary);
  return runs;
}

PresyncAssessmentFile *
presync_assessment_file_create (PresyncAssessmentFile *from, const PresyncChanges *changes,
                                const char *path, GArray *ids, GError **error)
{
  g_autofree char *whole = presync_file_place_find_new (path, error);
  g_autoptr (GHashTable) copied = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  PresyncFileCopy copy = { from, copied };
  GHashTable *runs = NULL;
  g_autoptr (PresyncFileLock) lock = NULL;
  g_autoptr (PresyncAssessmentFile) self = NULL;
  g_autoptr (GError) reason = NULL;

  if (whole == NULL)
    return NULL;
  if (presync_file_create_check_free (from, whole, &lock, &reason))
    runs = presync_file_create_write (whole, &copy, changes, ids, &reason);
  if (runs == NULL && from != NULL && from->access == PRESYNC_FILE_FOREIGN
      && reason->code == PRESYNC_ERROR_BAD_INPUT)
    {
      /* What another program wrote over it may be anything: this window's own is saved anyhow. */
      g_clear_error (&reason);
      g_hash_table_remove_all (copied);
      g_array_set_size (ids, 0);
      copy.from = NULL;
      runs = presync_file_create_write (whole, &copy, changes, ids, &reason);
    }
  if (runs != NULL)
    self = presync_assessment_file_open (path, NULL, error);
  else
    {
      presync_assessment_file_prefix_write (&reason, path);
      g_propagate_error (error, g_steal_pointer (&reason));
    }
  if (self == NULL)
    {
      g_clear_pointer (&runs, g_hash_table_unref);
      g_array_set_size (ids, 0);
      return NULL;
    }
  g_hash_table_unref (self->runs);
  self->runs = runs;
  if (from != NULL)
    self->n_lost = g_hash_table_size (from->runs) - g_hash_table_size (copied);
  return g_steal_pointer (&self);
}
