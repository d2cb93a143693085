/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/runs-table.h"

#include <string.h>

#include "store/seal.h"
#include "store/statements-table.h"
#include "store/texts-table.h"

/* Numbers in the file, whatever order the enumerations get one day: a place in these. The totals'
 * columns of statuses stand in this order, too. */
static const PresyncStatus presync_runs_table_statuses[PRESYNC_N_STATUSES]
    = { PRESYNC_STATUS_NOT_APPLICABLE, PRESYNC_STATUS_MET,     PRESYNC_STATUS_ADVICE,
        PRESYNC_STATUS_NEEDS_ANSWER,   PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_NOT_MET };
static const PresyncVerdict presync_runs_table_verdicts[]
    = { PRESYNC_VERDICT_READY, PRESYNC_VERDICT_READY_WITH_ADVICE, PRESYNC_VERDICT_NOT_YET_KNOWN,
        PRESYNC_VERDICT_NOT_READY };
static const PresyncOption presync_runs_table_options[PRESYNC_N_OPTIONS]
    = { PRESYNC_OPTION_CLOUD_SYNC, PRESYNC_OPTION_CONNECT_SYNC };

/* Texts stand once in the file and once for each row in memory. What a row tells in bytes: longer
 * is cut when it is written; and what a run may tell in all, in how many rows */
#define MAX_FOUND 65536
#define MAX_TEXTS (64 * 1024 * 1024)
#define MAX_ROWS 10000

#define N_VERDICTS G_N_ELEMENTS (presync_runs_table_verdicts)

static void
presync_runs_table_bind_status (PresyncStatement *statement, PresyncStatus status)
{
  guint code = 0;

  while (code < PRESYNC_N_STATUSES - 1 && presync_runs_table_statuses[code] != status)
    code++;
  presync_statement_bind_integer (statement, code);
}

static PresyncStatus
presync_runs_table_read_status (PresyncStatement *statement)
{
  return presync_runs_table_statuses[presync_statement_read_integer (statement, 0,
                                                                     PRESYNC_N_STATUSES - 1)];
}

static void
presync_runs_table_bind_option (PresyncStatement *statement, PresyncOption option)
{
  presync_statement_bind_integer (
      statement, option == presync_runs_table_options[PRESYNC_N_OPTIONS - 1] ? 1 : 0);
}

static PresyncOption
presync_runs_table_read_option (PresyncStatement *statement)
{
  return presync_runs_table_options[presync_statement_read_integer (statement, 0,
                                                                    PRESYNC_N_OPTIONS - 1)];
}

/* A digest of 16 hexadecimal digits is a number of 64 bits; none is NULL. */
static void
presync_runs_table_bind_evidence (PresyncStatement *statement, const char *evidence)
{
  guint64 number = 0;
  g_autofree char *again = NULL;

  if (evidence[0] == '\0')
    {
      presync_statement_bind_null (statement);
      return;
    }
  g_ascii_string_to_unsigned (evidence, 16, 0, G_MAXUINT64, &number, NULL);
  again = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", number);
  if (g_str_equal (again, evidence))
    presync_statement_bind_integer (statement, (gint64) number);
  else
    presync_statement_bind_text (statement, evidence);
}

static void
presync_runs_table_read_evidence (PresyncStatement *statement, char evidence[PRESYNC_EVIDENCE_SIZE])
{
  if (presync_statement_next_type (statement) == SQLITE_INTEGER)
    g_snprintf (evidence, PRESYNC_EVIDENCE_SIZE, "%016" G_GINT64_MODIFIER "x",
                (guint64) presync_statement_read_integer (statement, G_MININT64, G_MAXINT64));
  else
    {
      const char *text = presync_statement_read_text_or_null (statement);

      g_strlcpy (evidence, text != NULL ? text : "", PRESYNC_EVIDENCE_SIZE);
    }
}

static char *
presync_runs_table_dup_found (const char *found)
{
  g_autofree char *valid = g_utf8_make_valid (found, -1);
  char *end;

  if (strlen (valid) <= MAX_FOUND)
    return g_steal_pointer (&valid);
  end = g_utf8_find_prev_char (valid, valid + MAX_FOUND - strlen ("…") + 1);
  *end = '\0';
  return g_strconcat (valid, "…", NULL);
}

static gboolean
presync_runs_table_insert_row (PresyncStatement *statement, PresyncTextsTable *texts, gint64 id,
                               gint64 place, const PresyncRunRow *row, PresyncSeal *seal,
                               GError **error)
{
  gboolean any = row->found != NULL && row->found[0] != '\0';
  gint64 condition = presync_texts_table_add (texts, row->condition, error);
  g_autofree char *told = any ? presync_runs_table_dup_found (row->found) : NULL;
  gint64 found = condition != 0 && any ? presync_texts_table_add (texts, told, error) : 0;

  if (condition == 0 || (any && found == 0))
    return FALSE;
  presync_statement_bind_integer (statement, id);
  presync_statement_bind_integer (statement, place);
  presync_runs_table_bind_option (statement, row->option);
  presync_statement_bind_integer (statement, condition);
  presync_runs_table_bind_status (statement, row->status);
  presync_runs_table_bind_status (statement, row->measured);
  presync_statement_bind_integer (statement, row->answered ? 1 : 0);
  presync_statement_bind_integer (statement, row->waived ? 1 : 0);
  if (any)
    presync_statement_bind_integer (statement, found);
  else
    presync_statement_bind_null (statement);
  presync_runs_table_bind_evidence (statement, row->evidence);
  presync_statement_bind_checksum (statement, seal);
  return presync_statement_run (statement, error);
}

/* The numbers of a run's option; they are written and read in this order. */
static guint
presync_runs_table_list_counts (PresyncRunTotals *totals, guint *counts[PRESYNC_N_STATUSES + 4])
{
  guint n = 0;

  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    counts[n++] = &totals->requirements[presync_runs_table_statuses[i]];
  counts[n++] = &totals->blockers;
  counts[n++] = &totals->open;
  counts[n++] = &totals->answered;
  counts[n++] = &totals->waived;
  return n;
}

static gboolean
presync_runs_table_insert_totals (PresyncStatement *statement, gint64 id, PresyncRun *run,
                                  PresyncOption option, PresyncSeal *seal, GError **error)
{
  PresyncRunTotals totals = *presync_run_get_totals (run, option);
  guint *counts[PRESYNC_N_STATUSES + 4];
  guint n = presync_runs_table_list_counts (&totals, counts);
  guint verdict = 0;

  while (verdict < N_VERDICTS - 1 && presync_runs_table_verdicts[verdict] != totals.verdict)
    verdict++;
  presync_statement_bind_integer (statement, id);
  presync_runs_table_bind_option (statement, option);
  presync_statement_bind_integer (statement, verdict);
  for (guint i = 0; i < n; i++)
    presync_statement_bind_integer (statement, *counts[i]);
  presync_statement_bind_checksum (statement, seal);
  return presync_statement_run (statement, error);
}

/* The statements that add runs */
typedef struct
{
  PresyncTextsTable *texts;
  PresyncStatement *run;
  PresyncStatement *totals;
  PresyncStatement *row;
  PresyncSeal runs_seal;
  PresyncSeal totals_seal;
} PresyncRunsWriting;

static void
presync_runs_writing_clear (PresyncRunsWriting *self)
{
  presync_texts_table_free (self->texts);
  presync_statement_free (self->run);
  presync_statement_free (self->totals);
  presync_statement_free (self->row);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncRunsWriting, presync_runs_writing_clear)

static gboolean
presync_runs_writing_open (PresyncRunsWriting *self, sqlite3 *db, GError **error)
{
  self->texts = presync_texts_table_open (db, error);
  if (self->texts == NULL)
    return FALSE;
  self->run = presync_statement_new (
      db, "INSERT INTO runs (id, at, edition, rows, sum, checksum) VALUES (?, ?, ?, ?, ?, ?)",
      error);
  if (self->run == NULL)
    return FALSE;
  self->totals = presync_statement_new (
      db,
      "INSERT INTO run_totals (run, option, verdict, not_applicable, met, advice, needs_answer,"
      " unknown, not_met, blockers, open, answered, waived, checksum)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (self->totals == NULL)
    return FALSE;
  self->row = presync_statement_new (
      db,
      "INSERT INTO run_rows (run, place, option, condition, status, measured, answered, waived,"
      " found, evidence, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  return self->row != NULL && presync_seal_read (db, "runs", &self->runs_seal, error)
         && presync_seal_read (db, "run_totals", &self->totals_seal, error);
}

static gboolean
presync_runs_writing_add (PresyncRunsWriting *self, gint64 id, PresyncRun *run, GError **error)
{
  GPtrArray *rows = presync_run_get_rows (run);
  PresyncSeal seal = { 0, 0 };
  char edition[16];

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!presync_runs_table_insert_row (self->row, self->texts, id, i, g_ptr_array_index (rows, i),
                                        &seal, error))
      return FALSE;
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    if (!presync_runs_table_insert_totals (self->totals, id, run, presync_runs_table_options[i],
                                           &self->totals_seal, error))
      return FALSE;
  presync_statements_table_format_day (presync_run_get_edition (run), edition);
  presync_statement_bind_integer (self->run, id);
  presync_statement_bind_time (self->run, presync_run_get_at (run));
  presync_statement_bind_text (self->run, edition);
  presync_statement_bind_integer (self->run, seal.rows);
  presync_statement_bind_integer (self->run, seal.sum);
  presync_statement_bind_checksum (self->run, &self->runs_seal);
  return presync_statement_run (self->run, error);
}

gboolean
presync_runs_table_write (sqlite3 *db, GPtrArray *runs, GArray *ids, GError **error)
{
  gint64 id = 0;
  g_auto (PresyncRunsWriting) writing = { 0 };

  if (runs->len == 0)
    return TRUE;
  if (!presync_runs_writing_open (&writing, db, error)
      || !presync_statement_query (db, "SELECT ifnull (max (id), 0) FROM runs", &id, error))
    return FALSE;
  for (guint i = 0; i < runs->len; i++)
    {
      id++;
      if (!presync_runs_writing_add (&writing, id, g_ptr_array_index (runs, i), error))
        return FALSE;
      g_array_append_val (ids, id);
    }
  return presync_texts_table_finish (writing.texts, error)
         && presync_seal_write (db, "runs", &writing.runs_seal, error)
         && presync_seal_write (db, "run_totals", &writing.totals_seal, error);
}

/* (nullable): gint64 id -> PresyncRunTotals[PRESYNC_N_OPTIONS] */
static GHashTable *
presync_runs_table_read_totals (sqlite3 *db, GError **error)
{
  gboolean row = FALSE;
  PresyncSeal seal = { 0, 0 };
  g_autoptr (GHashTable) table
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db,
      "SELECT run, option, verdict, not_applicable, met, advice, needs_answer, unknown, not_met,"
      " blockers, open, answered, waived, checksum FROM run_totals",
      error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      gint64 id;
      guint *counts[PRESYNC_N_STATUSES + 4];
      guint n;
      PresyncRunTotals *totals;

      if (!row)
        return presync_seal_check (db, "run_totals", &seal, error) ? g_steal_pointer (&table)
                                                                   : NULL;
      id = presync_statement_read_integer (statement, 1, G_MAXINT64);
      totals = g_hash_table_lookup (table, &id);
      if (totals == NULL)
        {
          totals = g_new0 (PresyncRunTotals, PRESYNC_N_OPTIONS);
          g_hash_table_insert (table, g_memdup2 (&id, sizeof id), totals);
        }
      totals += presync_runs_table_read_option (statement);
      totals->verdict = presync_runs_table_verdicts[presync_statement_read_integer (
          statement, 0, N_VERDICTS - 1)];
      n = presync_runs_table_list_counts (totals, counts);
      for (guint i = 0; i < n; i++)
        *counts[i] = (guint) presync_statement_read_integer (statement, 0, PRESYNC_RUN_MOST);
      if (!presync_statement_read_end (statement, &seal, error))
        return NULL;
    }
  return NULL;
}

GPtrArray *
presync_runs_table_read (sqlite3 *db, GError **error)
{
  gboolean row = FALSE;
  PresyncSeal seal = { 0, 0 };
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) totals = presync_runs_table_read_totals (db, error);
  g_autoptr (PresyncStatement) statement
      = totals != NULL ? presync_statement_new (
            db, "SELECT id, at, edition, rows, sum, checksum FROM runs ORDER BY id", error)
                       : NULL;

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      gint64 id;
      GDate edition;
      gboolean right;
      PresyncRunTotals *numbers;
      g_autoptr (GDateTime) at = NULL;

      if (!row)
        return presync_seal_check (db, "runs", &seal, error) ? g_steal_pointer (&runs) : NULL;
      id = presync_statement_read_integer (statement, 1, G_MAXINT64);
      at = presync_statement_read_time (statement);
      right
          = presync_statements_table_parse_day (presync_statement_read_text (statement), &edition);
      presync_statement_read_integer (statement, 0, G_MAXINT64);
      presync_statement_read_integer (statement, G_MININT64, G_MAXINT64);
      if (!presync_statement_read_end (statement, &seal, error))
        return NULL;
      numbers = g_hash_table_lookup (totals, &id);
      if (!right || numbers == NULL)
        {
          presync_statement_set_damaged (error);
          return NULL;
        }
      g_ptr_array_add (runs, presync_run_new (id, at, &edition, numbers, NULL));
    }
  return NULL;
}

gboolean
presync_run_seal_equal (const PresyncRunSeal *self, const PresyncRunSeal *other)
{
  return self->at == other->at && self->rows.rows == other->rows.rows
         && self->rows.sum == other->rows.sum;
}

GHashTable *
presync_runs_table_read_seals (sqlite3 *db, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (GHashTable) seals
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (PresyncStatement) statement
      = presync_statement_new (db, "SELECT id, at, edition, rows, sum, checksum FROM runs", error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      gint64 id;
      PresyncRunSeal seal;

      if (!row)
        return g_steal_pointer (&seals);
      id = presync_statement_read_integer (statement, 1, G_MAXINT64);
      seal.at = presync_statement_read_integer (statement, G_MININT64, G_MAXINT64);
      presync_statement_skip (statement);
      seal.rows.rows = presync_statement_read_integer (statement, 0, G_MAXINT64);
      seal.rows.sum = presync_statement_read_integer (statement, G_MININT64, G_MAXINT64);
      if (!presync_statement_read_end (statement, NULL, error))
        return NULL;
      g_hash_table_insert (seals, g_memdup2 (&id, sizeof id), g_memdup2 (&seal, sizeof seal));
    }
  return NULL;
}

/* (nullable): %NULL if a text is not there */
static PresyncRunRow *
presync_runs_table_read_row (PresyncStatement *statement, GHashTable *texts)
{
  PresyncOption option;
  gint64 id;
  const char *condition, *found = "";
  PresyncRunRow *row;

  presync_statement_skip (statement);
  presync_statement_skip (statement);
  option = presync_runs_table_read_option (statement);
  id = presync_statement_read_integer (statement, 1, G_MAXINT64);
  condition = g_hash_table_lookup (texts, &id);
  row = presync_run_row_new (option, condition != NULL ? condition : "");
  row->status = presync_runs_table_read_status (statement);
  row->measured = presync_runs_table_read_status (statement);
  row->answered = presync_statement_read_integer (statement, 0, 1) != 0;
  row->waived = presync_statement_read_integer (statement, 0, 1) != 0;
  if (presync_statement_next_is_null (statement))
    presync_statement_skip (statement);
  else
    {
      id = presync_statement_read_integer (statement, 1, G_MAXINT64);
      found = g_hash_table_lookup (texts, &id);
    }
  g_free (row->found);
  row->found = g_strdup (found);
  presync_runs_table_read_evidence (statement, row->evidence);
  return row;
}

/* A few bytes of a file must not fill the memory. */
static gboolean
presync_runs_table_is_too_much (const PresyncRunRow *row, guint n, gsize *size)
{
  gsize found = strlen (row->found);

  *size += strlen (row->condition) + found;
  return n > MAX_ROWS || found > MAX_FOUND || *size > MAX_TEXTS;
}

/* Adds a row to @rows */
static gboolean
presync_runs_table_take_row (PresyncStatement *statement, GHashTable *texts, GPtrArray *rows,
                             PresyncSeal *seal, gsize *size, GError **error)
{
  PresyncRunRow *row = presync_runs_table_read_row (statement, texts);

  g_ptr_array_add (rows, row);
  if (!presync_statement_read_end (statement, seal, error))
    return FALSE;
  if (row->condition[0] != '\0' && row->found != NULL
      && !presync_runs_table_is_too_much (row, rows->len, size))
    return TRUE;
  presync_statement_set_damaged (error);
  return FALSE;
}

GPtrArray *
presync_runs_table_read_rows (sqlite3 *db, gint64 id, GHashTable *texts, const PresyncSeal *wanted,
                              GError **error)
{
  gboolean more = TRUE;
  gsize size = 0;
  PresyncSeal seal = { 0, 0 };
  g_autoptr (GPtrArray) rows = presync_run_rows_new ();
  g_autoptr (PresyncStatement) statement = NULL;

  statement = presync_statement_new (
      db,
      "SELECT run, place, option, condition, status, measured, answered, waived, found, evidence,"
      " checksum FROM run_rows WHERE run = ? ORDER BY place",
      error);
  if (statement == NULL)
    return NULL;
  presync_statement_bind_integer (statement, id);
  while (more)
    if (!presync_statement_step (statement, &more, error)
        || (more && !presync_runs_table_take_row (statement, texts, rows, &seal, &size, error)))
      return NULL;
  if (seal.rows == wanted->rows && seal.sum == wanted->sum)
    return g_steal_pointer (&rows);
  presync_statement_set_damaged (error);
  return NULL;
}
