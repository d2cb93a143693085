/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include <glib/gi18n.h>

#include "base/error.h"

/* The last column of each row is the checksum of the others (statement.h). "seals" tells for each
 * table how many rows it has and the sum of their checksums, "runs" likewise for the rows of each
 * run, so that a row that vanished is noticed too. There is no index beside the primary keys: an
 * index that is damaged would lead to the wrong row. Times are microseconds since 1970, UTC. */
#define VERSION_1                                                                                  \
  "CREATE TABLE header (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL,"                      \
  " saved_at INTEGER NOT NULL, program TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT;"          \
  "CREATE TABLE seals (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, sum INTEGER NOT NULL,"        \
  " checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                             \
  "CREATE TABLE pieces (name TEXT PRIMARY KEY, json TEXT NOT NULL, checksum INTEGER NOT NULL)"     \
  " STRICT, WITHOUT ROWID;"                                                                        \
  "CREATE TABLE origins (id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL,"      \
  " query TEXT NOT NULL, at INTEGER NOT NULL, complete INTEGER NOT NULL,"                          \
  " checksum INTEGER NOT NULL) STRICT;"                                                            \
  "CREATE TABLE facts (key TEXT NOT NULL, place INTEGER NOT NULL, subject TEXT NOT NULL,"          \
  " origin INTEGER NOT NULL, unknown TEXT NOT NULL, detail TEXT, value ANY,"                       \
  " checksum INTEGER NOT NULL, PRIMARY KEY (key, place)) STRICT, WITHOUT ROWID;"                   \
  "CREATE TABLE answers (condition TEXT PRIMARY KEY, met INTEGER NOT NULL, name TEXT NOT NULL,"    \
  " note TEXT NOT NULL, at INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;"    \
  "CREATE TABLE waivers (condition TEXT PRIMARY KEY, reason TEXT NOT NULL, owner TEXT NOT NULL,"   \
  " expires TEXT, at INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;"          \
  "CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL, checksum INTEGER NOT NULL)"     \
  " STRICT;"                                                                                       \
  "CREATE TABLE runs (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, edition TEXT NOT NULL,"         \
  " rows INTEGER NOT NULL, sum INTEGER NOT NULL, checksum INTEGER NOT NULL) STRICT;"               \
  "CREATE TABLE run_totals (run INTEGER NOT NULL, option INTEGER NOT NULL,"                        \
  " verdict INTEGER NOT NULL, not_applicable INTEGER NOT NULL, met INTEGER NOT NULL,"              \
  " advice INTEGER NOT NULL, needs_answer INTEGER NOT NULL, unknown INTEGER NOT NULL,"             \
  " not_met INTEGER NOT NULL, blockers INTEGER NOT NULL, open INTEGER NOT NULL,"                   \
  " answered INTEGER NOT NULL, waived INTEGER NOT NULL, checksum INTEGER NOT NULL,"                \
  " PRIMARY KEY (run, option)) STRICT, WITHOUT ROWID;"                                             \
  "CREATE TABLE run_rows (run INTEGER NOT NULL, place INTEGER NOT NULL, option INTEGER NOT NULL,"  \
  " condition INTEGER NOT NULL, status INTEGER NOT NULL, measured INTEGER NOT NULL,"               \
  " answered INTEGER NOT NULL, waived INTEGER NOT NULL, found INTEGER, evidence ANY,"              \
  " checksum INTEGER NOT NULL, PRIMARY KEY (run, place)) STRICT, WITHOUT ROWID;"                   \
  "PRAGMA application_id = 0x5053594e; PRAGMA user_version = 1;"

/* From version n to n + 1, as one transaction each. A file is made by all of them, so that its
 * schema is the same word for word whenever it was made. */
static const char *const migrations[PRESYNC_STORE_VERSION] = { VERSION_1 };

#define SCHEMA "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"

const char *const *
presync_schema_tables (void)
{
  static const char *const tables[]
      = { "pieces",
          "name, json, checksum",
          "origins",
          "id, source, target, query, at, complete, checksum",
          "facts",
          "key, place, subject, origin, unknown, detail, value, checksum",
          "texts",
          "id, text, checksum",
          "runs",
          "id, at, edition, rows, sum, checksum",
          "run_totals",
          "run, option, verdict, not_applicable, met, advice, needs_answer, unknown, not_met, "
          "blockers, open, answered, waived, checksum",
          "run_rows",
          "run, place, option, condition, status, measured, answered, waived, found, evidence, "
          "checksum",
          NULL };

  return tables;
}

const char *const *
presync_schema_names (void)
{
  static const char *const names[]
      = { "header",  "seals", "pieces", "origins",    "facts",    "answers",
          "waivers", "texts", "runs",   "run_totals", "run_rows", NULL };

  return names;
}

gboolean
presync_schema_migrate (sqlite3 *db, GError **error)
{
  gint64 version = 0;

  if (!presync_statement_query (db, "PRAGMA user_version", &version, error))
    return FALSE;
  for (; version < PRESYNC_STORE_VERSION; version++)
    if (!presync_statement_execute (db, "BEGIN IMMEDIATE", error)
        || !presync_statement_execute (db, migrations[version], error)
        || !presync_statement_execute (db, "COMMIT", error))
      {
        presync_statement_execute (db, "ROLLBACK", NULL);
        return FALSE;
      }
  return TRUE;
}

/* (transfer full) (nullable): "type\nname\ntable\nsql" of each entry */
static GPtrArray *
presync_schema_list (sqlite3 *db, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PresyncStatement) statement = presync_statement_new (db, SCHEMA, error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      const char *parts[4];

      if (!row)
        return g_steal_pointer (&list);
      for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
        {
          parts[i] = presync_statement_read_text_or_null (statement);
          if (parts[i] == NULL)
            parts[i] = "";
        }
      g_ptr_array_add (list, g_strjoin ("\n", parts[0], parts[1], parts[2], parts[3], NULL));
    }
  return NULL;
}

/* What a file of @version has: made anew, in memory */
static GPtrArray *
presync_schema_list_expected (int version, GError **error)
{
  g_autoptr (sqlite3) db = NULL;

  if (sqlite3_open_v2 (":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL)
      != SQLITE_OK)
    {
      presync_statement_set_error (db, error);
      return NULL;
    }
  for (int i = 0; i < MIN (version, PRESYNC_STORE_VERSION); i++)
    if (!presync_statement_execute (db, migrations[i], error))
      return NULL;
  return presync_schema_list (db, error);
}

static void
presync_schema_set_newer (GError **error)
{
  g_set_error_literal (
      error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
      _ ("a newer version of Presync wrote it in a way that this one cannot read"));
}

/* What a newer version made beside our tables must be plain tables: nothing that computes. */
static gboolean
presync_schema_check_newer (sqlite3 *db, GError **error)
{
  gint64 n = 0;

  if (!presync_statement_query (db,
                                "SELECT count (*) FROM sqlite_schema"
                                " WHERE type <> 'table' AND (type <> 'index' OR sql IS NOT NULL)"
                                " OR sql LIKE 'CREATE VIRTUAL%'",
                                &n, error)
      || (n == 0
          && !presync_statement_query (
              db,
              "SELECT count (*) FROM sqlite_schema AS s, pragma_table_xinfo (s.name) AS c"
              " WHERE s.type = 'table' AND c.hidden <> 0",
              &n, error)))
    return FALSE;
  if (n == 0)
    return TRUE;
  presync_schema_set_newer (error);
  return FALSE;
}

gboolean
presync_schema_check (sqlite3 *db, int version, GError **error)
{
  g_autoptr (GPtrArray) expected = presync_schema_list_expected (version, error);
  g_autoptr (GPtrArray) found = expected != NULL ? presync_schema_list (db, error) : NULL;
  gboolean newer = version > PRESYNC_STORE_VERSION;

  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < expected->len; i++)
    if (!g_ptr_array_find_with_equal_func (found, g_ptr_array_index (expected, i), g_str_equal,
                                           NULL))
      {
        if (newer)
          presync_schema_set_newer (error);
        else
          presync_statement_set_damaged (error);
        return FALSE;
      }
  if (!newer && found->len != expected->len)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("it holds what Presync did not write"));
      return FALSE;
    }
  return !newer || presync_schema_check_newer (db, error);
}
