/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/assessment-file-private.h"

#include <unistd.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "store/facts-table.h"
#include "store/file-place.h"
#include "store/pieces-table.h"
#include "store/plan-json.h"
#include "store/runs-table.h"
#include "store/schema.h"
#include "store/statements-table.h"

/* Opening never takes more steps of SQLite than the largest good file does by far. */
#define STEPS_AT_ONCE 1000000
#define MAX_STEPS 2000

static int
presync_file_open_count_cb (gpointer user_data)
{
  guint *count = user_data;

  return ++*count > MAX_STEPS;
}

static gboolean
presync_file_open_read_header (PresyncAssessmentFile *self, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      self->db, "SELECT id, generation, saved_at, program, checksum FROM header", error);

  if (statement == NULL || !presync_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      presync_statement_set_damaged (error);
      return FALSE;
    }
  presync_statement_read_integer (statement, 1, 1);
  self->generation = presync_statement_read_integer (statement, 0, G_MAXINT64);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  self->saved_at = presync_statement_read_time (statement);
  presync_statement_read_text (statement);
  return presync_statement_read_end (statement, NULL, error);
}

/* SQLite takes a last page that is cut for one that ends with zeros. */
static gboolean
presync_file_open_check_size (PresyncAssessmentFile *self, GError **error)
{
  gint64 pages = 0, size = 0;
  GStatBuf file;

  if (!presync_statement_query (self->db, "PRAGMA page_count", &pages, error)
      || !presync_statement_query (self->db, "PRAGMA page_size", &size, error))
    return FALSE;
  if (g_stat (self->whole, &file) == 0 && pages * size == (gint64) file.st_size)
    return TRUE;
  presync_statement_set_damaged (error);
  return FALSE;
}

static gboolean
presync_file_open_check_pages (sqlite3 *db, const char *check, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (PresyncStatement) statement = presync_statement_new (db, check, error);

  if (statement == NULL || !presync_statement_step (statement, &row, error))
    return FALSE;
  if (row && g_str_equal (presync_statement_read_text (statement), "ok"))
    return TRUE;
  presync_statement_set_damaged (error);
  return FALSE;
}

/* SQLite's own look at the whole file: pages, their order, types of values. In a newer file only at
 * the tables that are ours word for word: others may make it compute whatever they like. */
static gboolean
presync_file_open_check_tables (sqlite3 *db, int version, GError **error)
{
  const char *const *tables = presync_schema_names ();

  if (version <= PRESYNC_STORE_VERSION)
    return presync_file_open_check_pages (db, "PRAGMA quick_check (1)", error);
  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_autofree char *check = g_strdup_printf ("PRAGMA quick_check (%s)", tables[i]);

      if (!presync_file_open_check_pages (db, check, error))
        return FALSE;
    }
  return TRUE;
}

static PresyncFileContents *
presync_file_open_read_tables (sqlite3 *db, GError **error)
{
  g_autoptr (PresyncFileContents) contents = g_new0 (PresyncFileContents, 1);

  contents->pieces = presync_pieces_table_read (db, error);
  if (contents->pieces == NULL)
    return NULL;
  contents->parsed = presync_plan_json_parse (contents->pieces, error);
  if (contents->parsed == NULL)
    return NULL;
  contents->facts = presync_facts_table_read (db, error);
  if (contents->facts == NULL)
    return NULL;
  contents->answers = presync_statements_table_read_answers (db, error);
  if (contents->answers == NULL)
    return NULL;
  contents->waivers = presync_statements_table_read_waivers (db, error);
  if (contents->waivers == NULL)
    return NULL;
  contents->runs = presync_runs_table_read (db, error);
  return contents->runs != NULL ? g_steal_pointer (&contents) : NULL;
}

/* Only what a file that was just verified is written with */
static gboolean
presync_file_open_read_head (PresyncAssessmentFile *self, GError **error)
{
  return presync_file_open_read_header (self, error)
         && presync_statement_query (self->db, "PRAGMA data_version", &self->data_version, error);
}

/* Within a transaction, so that nobody writes meanwhile */
static PresyncFileContents *
presync_file_open_read_all (PresyncAssessmentFile *self, GError **error)
{
  gint64 id = 0, version = 0;
  GHashTable *runs;

  if (!presync_statement_query (self->db, "PRAGMA application_id", &id, error)
      || !presync_statement_query (self->db, "PRAGMA user_version", &version, error))
    return NULL;
  if (id != PRESYNC_STORE_APPLICATION_ID || version <= 0 || version > G_MAXINT)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("it is no assessment of Presync"));
      return NULL;
    }
  if (version > PRESYNC_STORE_VERSION)
    self->access = PRESYNC_FILE_NEWER;
  if (!presync_schema_check (self->db, (int) version, error)
      || !presync_file_open_check_size (self, error)
      || !presync_file_open_check_tables (self->db, (int) version, error)
      || !presync_file_open_read_head (self, error))
    return NULL;
  runs = presync_runs_table_read_seals (self->db, error);
  if (runs == NULL)
    return NULL;
  g_hash_table_unref (self->runs);
  self->runs = runs;
  return presync_file_open_read_tables (self->db, error);
}

/* @contents: (out) (nullable) */
static gboolean
presync_file_open_read (PresyncAssessmentFile *self, PresyncFileContents **contents, GError **error)
{
  gboolean good = FALSE;
  gint64 version = 0;

  if (!presync_statement_query (self->db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version < PRESYNC_STORE_VERSION && self->access == PRESYNC_FILE_WRITABLE
      && (!presync_schema_check (self->db, (int) version, error)
          || !presync_schema_migrate (self->db, error)))
    return FALSE;
  if (presync_statement_execute (self->db, "BEGIN", error))
    {
      if (contents == NULL)
        good = presync_file_open_read_head (self, error);
      else
        good = (*contents = presync_file_open_read_all (self, error)) != NULL;
      presync_statement_execute (self->db, "COMMIT", NULL);
    }
  return good;
}

static gboolean
presync_file_open_read_bounded (PresyncAssessmentFile *self, PresyncFileContents **contents,
                                GError **error)
{
  guint count = 0;
  gboolean good;

  sqlite3_progress_handler (self->db, STEPS_AT_ONCE, presync_file_open_count_cb, &count);
  good = presync_file_open_read (self, contents, error);
  sqlite3_progress_handler (self->db, 0, NULL, NULL);
  return good;
}

/* May file and folder be written? A file system that is read-only is noticed, too. */
static gboolean
presync_file_open_is_writable (const char *whole)
{
  g_autofree char *folder = g_path_get_dirname (whole);

  return g_access (whole, W_OK) == 0 && g_access (folder, W_OK | X_OK) == 0;
}

/* Looks at the file without SQLite. Errors are whole sentences. */
static gboolean
presync_file_open_look (PresyncAssessmentFile *self, GError **error)
{
  int version = PRESYNC_STORE_VERSION;
  GStatBuf file;

  if (g_stat (self->whole, &file) == 0)
    {
      self->device = (guint64) file.st_dev;
      self->inode = (guint64) file.st_ino;
    }
  self->lock = presync_file_lock_take (self->whole);
  if (self->lock != NULL
      && (!presync_file_place_check_head (self->whole, self->path, &version, error)
          || !presync_file_place_check_journal (self->whole, self->path, error)))
    return FALSE;
  if (version > PRESYNC_STORE_VERSION)
    self->access = PRESYNC_FILE_NEWER;
  else if (self->lock == NULL)
    self->access = PRESYNC_FILE_OPEN_TWICE;
  else if (!presync_file_open_is_writable (self->whole))
    self->access = PRESYNC_FILE_NOT_WRITABLE;
  return TRUE;
}

static gboolean
presync_file_open_connect (PresyncAssessmentFile *self, GError **error)
{
  /* SQLite goes back with a journal before it reads, a newer Presync's file, too. */
  gboolean writable
      = self->access == PRESYNC_FILE_WRITABLE
        || (self->access == PRESYNC_FILE_NEWER && presync_file_place_has_journal (self->whole)
            && presync_file_open_is_writable (self->whole));

  self->db = presync_assessment_file_connect (
      self->whole, writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, error);
  if (self->db == NULL)
    return FALSE;
  if (self->access == PRESYNC_FILE_WRITABLE && sqlite3_db_readonly (self->db, "main") != 0)
    self->access = PRESYNC_FILE_NOT_WRITABLE;
  return TRUE;
}

/* Makes of half a sentence a whole one that names the file */
static void
presync_file_open_set_error (PresyncAssessmentFile *self, const GError *reason, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->path);

  if (reason->code == PRESYNC_ERROR_CANNOT_WRITE && presync_file_place_has_journal (self->whole))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                 _ ("“%s” was being saved when a program or the computer stopped. The file "
                    "“%s-journal” beside it puts that right, but file or folder may not be "
                    "written: copy both into another folder, and open the copy."),
                 shown, shown);
  else
    g_set_error (error, PRESYNC_ERROR,
                 reason->code == PRESYNC_ERROR_CANNOT_WRITE ? PRESYNC_ERROR_REFUSED
                                                            : PRESYNC_ERROR_BAD_INPUT,
                 _ ("“%s” could not be opened: %s."), shown, reason->message);
}

static PresyncAssessmentFile *
presync_file_open_new (const char *path)
{
  PresyncAssessmentFile *self = g_new0 (PresyncAssessmentFile, 1);

  self->path = g_canonicalize_filename (path, NULL);
  self->runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

GHashTable *
presync_assessment_file_verify (const char *whole, GError **error)
{
  g_autoptr (PresyncAssessmentFile) self = presync_file_open_new (whole);
  g_autoptr (PresyncFileContents) contents = NULL;

  self->whole = g_strdup (whole);
  self->access = PRESYNC_FILE_NOT_WRITABLE;
  if (!presync_file_open_connect (self, error)
      || !presync_file_open_read_bounded (self, &contents, error))
    return NULL;
  return g_hash_table_ref (self->runs);
}

PresyncAssessmentFile *
presync_assessment_file_open (const char *path, PresyncFileContents **contents, GError **error)
{
  g_autoptr (PresyncAssessmentFile) self = presync_file_open_new (path);
  g_autoptr (GError) reason = NULL;

  self->whole = presync_file_place_find (path, error);
  if (self->whole == NULL)
    return NULL;
  if (!presync_file_open_look (self, error))
    return NULL;
  if (presync_file_open_connect (self, &reason)
      && presync_file_open_read_bounded (self, contents, &reason))
    return g_steal_pointer (&self);
  presync_file_open_set_error (self, reason, error);
  return NULL;
}
