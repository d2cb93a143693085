/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/assessment-file-private.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "store/facts-table.h"
#include "store/pieces-table.h"
#include "store/runs-table.h"
#include "store/statements-table.h"
#include "store/texts-table.h"

/* How long another process may keep the file busy */
#define BUSY_MS 2000
/* The longest texts are those of facts files (server-source-saved.c); what is longer is damaged. */
#define MAX_LENGTH (80 * 1024 * 1024)

/* Rollback journal, not a write-ahead log: whenever nobody writes, all is in the one file, which
 * may then be copied, renamed and mailed; and a killed program leaves no part of it elsewhere but a
 * journal, with which the next one to open it goes back. DELETE, since an empty journal that lay
 * beside would puzzle people. What is deleted is overwritten: the file is sent to others. */
#define SETTINGS                                                                                   \
  "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"                \
  "PRAGMA temp_store = MEMORY; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"

void
presync_file_contents_free (PresyncFileContents *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pieces, g_hash_table_unref);
  g_clear_pointer (&self->parsed, g_hash_table_unref);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->waivers, g_ptr_array_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_free (self);
}

void
presync_assessment_file_free (PresyncAssessmentFile *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->db, sqlite3_close);
  presync_file_lock_free (self->lock);
  g_free (self->path);
  g_free (self->whole);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  g_clear_pointer (&self->runs, g_hash_table_unref);
  g_free (self);
}

PresyncFileAccess
presync_assessment_file_get_access (PresyncAssessmentFile *self)
{
  return self->access;
}

char *
presync_assessment_file_dup_message (PresyncAssessmentFile *self)
{
  g_autofree char *name = g_filename_display_basename (self->path);

  switch (self->access)
    {
    case PRESYNC_FILE_NEWER:
      return g_strdup_printf (_ ("“%s” was written by a newer version of Presync. It can be read, "
                                 "but changes are not saved in it."),
                              name);
    case PRESYNC_FILE_OPEN_TWICE:
      return g_strdup_printf (_ ("“%s” is open in another window already. It can be read here, but "
                                 "changes are not saved in it."),
                              name);
    case PRESYNC_FILE_NOT_WRITABLE:
      return g_strdup_printf (_ ("“%s” or its folder may not be written. It can be read, but "
                                 "changes are not saved in it."),
                              name);
    case PRESYNC_FILE_FOREIGN:
      return g_strdup_printf (_ ("Another program has changed “%s” meanwhile. Nothing is "
                                 "overwritten: changes are not saved in it any more. Save the "
                                 "assessment under another name."),
                              name);
    case PRESYNC_FILE_WRITABLE:
    default:
      return NULL;
    }
}

GDateTime *
presync_assessment_file_get_saved_at (PresyncAssessmentFile *self)
{
  return self->saved_at;
}

guint
presync_assessment_file_get_n_lost (PresyncAssessmentFile *self)
{
  return self->n_lost;
}

const char *
presync_assessment_file_get_path (PresyncAssessmentFile *self)
{
  return self->path;
}

void
presync_assessment_file_prefix_write (GError **error, const char *path)
{
  g_autofree char *shown = NULL;
  g_autofree char *reason = NULL;

  if (error == NULL || *error == NULL)
    return;
  shown = g_filename_display_name (path);
  reason = g_strdup ((*error)->message);
  g_clear_error (error);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE, _ ("“%s” could not be saved: %s."),
               shown, reason);
}

sqlite3 *
presync_assessment_file_connect (const char *whole, int flags, GError **error)
{
  g_autoptr (sqlite3) db = NULL;

  if (sqlite3_open_v2 (whole, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL)
      != SQLITE_OK)
    {
      presync_statement_set_error (db, error);
      return NULL;
    }
  sqlite3_busy_timeout (db, BUSY_MS);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, MAX_LENGTH);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  if (!presync_statement_execute (db, SETTINGS, error))
    return NULL;
  return g_steal_pointer (&db);
}

gint64
presync_assessment_file_make_generation (void)
{
  return (gint64) (((guint64) g_random_int () << 31) ^ (guint64) g_random_int ());
}

gboolean
presync_assessment_file_write_header (sqlite3 *db, gint64 generation, GDateTime *saved_at,
                                      GError **error)
{
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db,
      "INSERT OR REPLACE INTO header (id, generation, saved_at, program, checksum)"
      " VALUES (?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  presync_statement_bind_integer (statement, 1);
  presync_statement_bind_integer (statement, generation);
  presync_statement_bind_time (statement, saved_at);
  presync_statement_bind_text (statement, "presync " PRESYNC_VERSION);
  presync_statement_bind_checksum (statement, NULL);
  return presync_statement_run (statement, error);
}

gboolean
presync_assessment_file_write_tables (sqlite3 *db, const PresyncChanges *changes, GArray *ids,
                                      GError **error)
{
  return presync_pieces_table_write (db, changes->pieces, error)
         && presync_facts_table_write (db, changes->facts, changes->all, error)
         && presync_statements_table_write (db, changes->answers, changes->waivers, changes->all,
                                            error)
         && presync_runs_table_write (db, changes->runs, ids, error);
}

/* Somebody may have moved, deleted or replaced the file: what is written then would be lost with
 * the last one who has it open. */
static gboolean
presync_assessment_file_check_place (PresyncAssessmentFile *self, GError **error)
{
  GStatBuf now;

  if (g_stat (self->whole, &now) != 0)
    g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                         _ ("it was moved or deleted"));
  else if ((guint64) now.st_dev != self->device || (guint64) now.st_ino != self->inode)
    g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                         _ ("another file stands in its place"));
  else
    return TRUE;
  return FALSE;
}

/* Within a transaction: is it as we left it? */
static gboolean
presync_assessment_file_check_alone (PresyncAssessmentFile *self, GError **error)
{
  gint64 generation = 0, data_version = 0;
  g_autofree char *message = NULL;

  if (!presync_statement_query (self->db, "SELECT generation FROM header WHERE id = 1", &generation,
                                error)
      || !presync_statement_query (self->db, "PRAGMA data_version", &data_version, error))
    return FALSE;
  if (generation == self->generation && data_version == self->data_version)
    return TRUE;
  self->access = PRESYNC_FILE_FOREIGN;
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                       _ ("another program has changed it"));
  return FALSE;
}

/* Within a transaction: (transfer full) (nullable): the runs, if some are added */
static GHashTable *
presync_assessment_file_list_runs (PresyncAssessmentFile *self, const PresyncChanges *changes,
                                   GError **error)
{
  return changes->runs->len > 0 ? presync_runs_table_read_seals (self->db, error)
                                : g_hash_table_ref (self->runs);
}

static gboolean
presync_assessment_file_transact (PresyncAssessmentFile *self, const PresyncChanges *changes,
                                  GArray *ids, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 generation = presync_assessment_file_make_generation ();
  g_autoptr (GHashTable) runs = NULL;

  /* What is remembered of its pages may be older than the file, if somebody else changed it as
   * often as we did. */
  sqlite3_db_release_memory (self->db);
  if (!presync_assessment_file_check_place (self, error)
      || !presync_statement_execute (self->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!presync_assessment_file_check_alone (self, error)
      || !presync_assessment_file_write_tables (self->db, changes, ids, error)
      || (runs = presync_assessment_file_list_runs (self, changes, error)) == NULL
      || !presync_assessment_file_write_header (self->db, generation, now, error)
      || !presync_statement_execute (self->db, "COMMIT", error))
    {
      presync_statement_execute (self->db, "ROLLBACK", NULL);
      return FALSE;
    }
  self->generation = generation;
  g_hash_table_unref (self->runs);
  self->runs = g_steal_pointer (&runs);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  self->saved_at = g_steal_pointer (&now);
  return TRUE;
}

gboolean
presync_assessment_file_write (PresyncAssessmentFile *self, const PresyncChanges *changes,
                               GArray *ids, GError **error)
{
  g_autofree char *message = presync_assessment_file_dup_message (self);

  if (message != NULL)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE, message);
      return FALSE;
    }
  if (presync_assessment_file_transact (self, changes, ids, error))
    return TRUE;
  g_array_set_size (ids, 0);
  presync_assessment_file_prefix_write (error, self->path);
  return FALSE;
}

/* Is the run @id of the file the one that this window shows? Somebody may have copied another file
 * over it, with runs of the same ids. */
static gboolean
presync_assessment_file_check_run (PresyncAssessmentFile *self, gint64 id, GDateTime *at,
                                   PresyncSeal *rows, GError **error)
{
  g_autoptr (GHashTable) runs = presync_runs_table_read_seals (self->db, error);
  const PresyncRunSeal *found = runs != NULL ? g_hash_table_lookup (runs, &id) : NULL;
  const PresyncRunSeal *known = g_hash_table_lookup (self->runs, &id);

  if (runs == NULL)
    return FALSE;
  if (found == NULL || known == NULL || !presync_run_seal_equal (found, known)
      || found->at != presync_statement_time_to_micros (at))
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                           _ ("another program has changed it"));
      return FALSE;
    }
  *rows = found->rows;
  return TRUE;
}

static GPtrArray *
presync_assessment_file_read_rows_within (PresyncAssessmentFile *self, gint64 id, GDateTime *at,
                                          GError **error)
{
  PresyncSeal wanted;
  g_autoptr (GHashTable) texts = NULL;

  if (!presync_assessment_file_check_run (self, id, at, &wanted, error))
    return NULL;
  texts = presync_texts_table_read (self->db, error);
  return texts != NULL ? presync_runs_table_read_rows (self->db, id, texts, &wanted, error) : NULL;
}

GPtrArray *
presync_assessment_file_read_rows (PresyncAssessmentFile *self, gint64 id, GDateTime *at,
                                   GError **error)
{
  GPtrArray *rows = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GError) reason = NULL;

  /* See presync_assessment_file_transact() */
  sqlite3_db_release_memory (self->db);
  if (presync_statement_execute (self->db, "BEGIN", &reason))
    {
      rows = presync_assessment_file_read_rows_within (self, id, at, &reason);
      presync_statement_execute (self->db, "COMMIT", NULL);
    }
  if (rows != NULL)
    return rows;
  shown = g_filename_display_name (self->path);
  g_set_error (error, PRESYNC_ERROR, reason->code, _ ("A run of “%s” could not be read: %s."),
               shown, reason->message);
  return NULL;
}
