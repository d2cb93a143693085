/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files whose checksums are right, but not what they say: written by somebody who knows the format,
 * or by a newer Presync. They are refused with a sentence, or what cannot be is left out; and
 * whatever else they hold stays in them. */
#include "store-kit.h"

#include <string.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "store/seal.h"

#define N_RANDOM 250

#define NEWER "newer version of Presync wrote it in a way"
#define COUNT(n)                                                                                   \
  "WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < " n " - 1)"
/* A run that has only so many rows, each of which tells the first text */
#define MANY_ROWS(n)                                                                               \
  "DELETE FROM run_rows WHERE run = 1;"                                                            \
  "INSERT INTO run_rows " COUNT (n) " SELECT 1, i, 0, 2, 1, 1, 0, 0, 1, NULL, 0 FROM c"
/* Facts of one key that two sources tell in turn */
#define TURNS(n)                                                                                   \
  "INSERT INTO facts " COUNT (n) " SELECT 'domain.netbios-name', 1000 + i, 'turn' || i,"           \
                                 " (SELECT min (id) FROM origins WHERE source ="                   \
                                 " CASE i % 2 WHEN 0 THEN 'server' ELSE 'network' END),"           \
                                 " 'none', NULL, 'x', 0 FROM c"

typedef struct
{
  char *folder;
  char *path;
  char *bytes; /* of a good file */
  gsize length;
} HostileTest;

/* Each table and its columns but for the checksum. The seals come last. */
static const char *const hostile_test_tables[][2] = {
  { "header", "id, generation, saved_at, program" },
  { "pieces", "name, json" },
  { "origins", "id, source, target, query, at, complete" },
  { "facts", "key, place, subject, origin, unknown, detail, value" },
  { "answers", "condition, met, name, note, at" },
  { "waivers", "condition, reason, owner, expires, at" },
  { "texts", "id, text" },
  { "run_rows",
    "run, place, option, condition, status, measured, answered, waived, found, evidence" },
  { "run_totals",
    "run, option, verdict, not_applicable, met, advice, needs_answer, unknown, not_met, blockers,"
    " open, answered, waived" },
  { "runs", "id, at, edition, rows, sum" },
};

static void
hostile_test_set_up (HostileTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (PresyncStore) store = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = store_kit_make_folder ();
  self->path = g_build_filename (self->folder, "Contoso.presync", NULL);
  store_kit_fill (assessment);
  store = presync_store_create (assessment, self->path, &error);
  g_assert_no_error (error);
  g_assert_true (presync_store_close (store, &error));
  g_file_get_contents (self->path, &self->bytes, &self->length, &error);
  g_assert_no_error (error);
}

static void
hostile_test_tear_down (HostileTest *self, gconstpointer data)
{
  g_free (self->path);
  g_free (self->bytes);
  store_kit_remove_folder (self->folder);
}

static void
hostile_test_execute (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  if (message != NULL)
    g_error ("%s: %s", sql, message);
}

static void
hostile_test_copy_row (sqlite3_stmt *from, PresyncStatement *to, PresyncSeal *seal)
{
  for (int i = 0; i < sqlite3_column_count (from); i++)
    switch (sqlite3_column_type (from, i))
      {
      case SQLITE_INTEGER:
        presync_statement_bind_integer (to, sqlite3_column_int64 (from, i));
        break;
      case SQLITE_TEXT:
        presync_statement_bind_text (to, (const char *) sqlite3_column_text (from, i));
        break;
      case SQLITE_NULL:
        presync_statement_bind_null (to);
        break;
      default:
        presync_statement_bind_blob (to, sqlite3_column_blob (from, i),
                                     (gsize) sqlite3_column_bytes (from, i));
      }
  presync_statement_bind_checksum (to, seal);
  g_assert_true (presync_statement_run (to, NULL));
}

/* Gives the rows of a table their right checksums */
static void
hostile_test_seal_table (sqlite3 *db, const char *table, const char *columns)
{
  g_auto (GStrv) names = g_strsplit (columns, ",", -1);
  g_autoptr (GString) marks = g_string_new ("?");
  g_autofree char *copy
      = g_strdup_printf ("CREATE TEMP TABLE copy AS SELECT %s FROM %s", columns, table);
  g_autofree char *empty = g_strdup_printf ("DELETE FROM %s", table);
  g_autofree char *insert = NULL;
  g_autoptr (PresyncStatement) to = NULL;
  PresyncSeal seal = { 0, 0 };
  sqlite3_stmt *from = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append (marks, ", ?");
  insert
      = g_strdup_printf ("INSERT INTO %s (%s, checksum) VALUES (%s)", table, columns, marks->str);
  hostile_test_execute (db, copy);
  hostile_test_execute (db, empty);
  to = presync_statement_new (db, insert, NULL);
  g_assert_nonnull (to);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT * FROM copy", -1, &from, NULL), ==, SQLITE_OK);
  while (sqlite3_step (from) == SQLITE_ROW)
    hostile_test_copy_row (from, to, &seal);
  sqlite3_finalize (from);
  g_assert_true (presync_seal_write (db, table, &seal, NULL));
  hostile_test_execute (db, "DROP TABLE copy");
}

static void
hostile_test_seal_run (sqlite3 *db, gint64 run)
{
  g_autofree char *select
      = g_strdup_printf ("SELECT checksum FROM run_rows WHERE run = %" G_GINT64_FORMAT, run);
  g_autofree char *update = NULL;
  guint64 sum = 0;
  guint n = 0;
  sqlite3_stmt *from = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, select, -1, &from, NULL), ==, SQLITE_OK);
  for (; sqlite3_step (from) == SQLITE_ROW; n++)
    sum += (guint64) sqlite3_column_int64 (from, 0);
  sqlite3_finalize (from);
  update = g_strdup_printf ("UPDATE runs SET rows = %u, sum = %" G_GINT64_FORMAT
                            " WHERE id = %" G_GINT64_FORMAT,
                            n, (gint64) sum, run);
  hostile_test_execute (db, update);
}

/* The seal of a run's rows is in the run. */
static void
hostile_test_seal (sqlite3 *db)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile_test_tables); i++)
    {
      if (g_str_equal (hostile_test_tables[i][0], "runs"))
        for (gint64 run = 1; run <= 2; run++)
          hostile_test_seal_run (db, run);
      hostile_test_seal_table (db, hostile_test_tables[i][0], hostile_test_tables[i][1]);
    }
}

/* Changes the good file, and gives it right checksums; %FALSE if SQLite itself refuses */
static gboolean
hostile_test_write (HostileTest *self, const char *sql)
{
  sqlite3 *db = NULL;
  gboolean good;

  g_assert_true (g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL));
  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  hostile_test_execute (db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
  good = sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
  if (good)
    hostile_test_seal (db);
  sqlite3_close (db);
  return good;
}

/* (transfer full) (nullable): what could be read, or NULL with a sentence; both without a warning
 */
static char *
hostile_test_open (HostileTest *self, char **sentence)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncStore) store = presync_store_open (assessment, self->path, &error);
  char *dump;

  if (store == NULL)
    {
      g_assert_nonnull (strstr (error->message, "Contoso.presync"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      *sentence = g_strdup (error->message);
      return NULL;
    }
  dump = store_kit_dump (assessment);
  store_kit_answer (assessment, "cs-ram", TRUE, "goes on");
  g_assert_true (presync_store_close (store, &error));
  g_assert_no_error (error);
  return dump;
}

/* What is refused, and what is left out or kept */
static const struct
{
  const char *sql;
  const char *sentence; /* NULL: it opens */
  const char *in;       /* of what is read */
  const char *not_in;
} hostile_test_all[] = {
  { "UPDATE header SET program = program", NULL, "key=directory.writable", NULL },
  { "UPDATE facts SET key = 'of.another' WHERE key = 'directory.writable'", NULL,
    "key=forest.functional-level", "key=directory.writable" },
  { "UPDATE facts SET unknown = 'bored' WHERE key = 'directory.writable'", NULL, "key=plan.",
    "key=directory.writable" },
  { "UPDATE facts SET value = 2 WHERE key = 'directory.writable'", "damaged", NULL, NULL },
  { "UPDATE facts SET value = 'yes' WHERE key = 'directory.writable' AND unknown = 'none'", NULL,
    "subject=dc3", "subject=dc1" },
  { "UPDATE facts SET value = 'x.y' WHERE key = 'server.powershell-version'", NULL, "key=plan.",
    "key=server.powershell-version" },
  { "UPDATE facts SET value = x'61' WHERE key = 'forest.upn-suffixes'", NULL, "key=plan.",
    "key=forest.upn-suffixes" },
  { "UPDATE facts SET value = x'ff00' WHERE key = 'forest.upn-suffixes'", NULL, "key=plan.",
    "key=forest.upn-suffixes" },
  { "UPDATE facts SET value = 9223372036854775807 WHERE key = 'server.collected'", "damaged", NULL,
    NULL },
  { "UPDATE facts SET place = -1 WHERE key = 'server.collected'", "damaged", NULL, NULL },
  { "UPDATE facts SET origin = 77", "damaged", NULL, NULL },
  { "UPDATE origins SET complete = 2", "damaged", NULL, NULL },
  { "UPDATE origins SET source = ''", NULL, "key=plan.", NULL },
  { "UPDATE answers SET at = -9223372036854775808", "damaged", NULL, NULL },
  { "UPDATE answers SET condition = '' WHERE condition = 'cs-ram'", NULL, "condition= ", NULL },
  { "UPDATE waivers SET reason = ''", "damaged", NULL, NULL },
  { "UPDATE waivers SET expires = '2026-02-30'", "damaged", NULL, NULL },
  { "UPDATE waivers SET expires = '2026-13-01'", "damaged", NULL, NULL },
  { "UPDATE waivers SET expires = '99999-01-01'", "damaged", NULL, NULL },
  { "UPDATE runs SET edition = ''", "damaged", NULL, NULL },
  { "UPDATE runs SET at = 9223372036854775807", "damaged", NULL, NULL },
  { "UPDATE run_totals SET verdict = 9", "damaged", NULL, NULL },
  { "UPDATE run_totals SET met = 4294967296", "damaged", NULL, NULL },
  { "UPDATE run_totals SET met = 4294967294", "damaged", NULL, NULL },
  { "UPDATE run_totals SET unknown = 100001", "damaged", NULL, NULL },
  { "UPDATE run_totals SET needs_answer = 100000, unknown = 100000", NULL, "run id=1", NULL },
  { "DELETE FROM run_totals WHERE option = 1", NULL, "run id=1", NULL },
  { "UPDATE run_rows SET status = 6", NULL, "error=A run of", "\nrow " },
  { "UPDATE run_rows SET condition = 99999", NULL, "error=A run of", "\nrow " },
  { "UPDATE run_rows SET evidence = 'much longer than a digest ever is'", NULL, "run id=1", NULL },
  { "UPDATE texts SET text = hex (zeroblob (32768)) WHERE id IN (SELECT found FROM run_rows)", NULL,
    "\nrow ", "error=" },
  { "UPDATE texts SET text = hex (zeroblob (32769)) WHERE id IN (SELECT found FROM run_rows)", NULL,
    "error=A run of", "\nrow " },
  { "UPDATE texts SET text = hex (zeroblob (32768)) WHERE id = 1;" MANY_ROWS ("1100"), NULL,
    "error=A run of", NULL },
  { MANY_ROWS ("10001"), NULL, "error=A run of", NULL },
  { MANY_ROWS ("1000"), NULL, "\nrow ", "error=" },
  { TURNS ("100"), "damaged", NULL, NULL },
  { TURNS ("10"), NULL, "subject=turn9", NULL },
  { "PRAGMA user_version = 2; CREATE TABLE more (a UNIQUE, b)", NULL, "key=plan.", NULL },
  { "PRAGMA user_version = 2; CREATE TABLE more (a, b); INSERT INTO more VALUES (1, NULL);"
    "PRAGMA writable_schema = ON;"
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE more (a, b NOT NULL)' WHERE name = 'more'",
    NULL, "key=plan.", NULL },
  { "PRAGMA user_version = 2; CREATE VIEW more AS SELECT 1", NEWER, NULL, NULL },
  { "PRAGMA user_version = 2; CREATE TABLE more (a, b AS (hex (zeroblob (a))))", NEWER, NULL,
    NULL },
  { "PRAGMA user_version = 2; CREATE TABLE more (a, b AS (hex (zeroblob (a))) STORED)", NEWER, NULL,
    NULL },
  { "PRAGMA user_version = 2; CREATE INDEX more ON answers (hex (zeroblob (met)))", NEWER, NULL,
    NULL },
  { "PRAGMA user_version = 2; CREATE TRIGGER more AFTER INSERT ON answers BEGIN SELECT 1; END",
    NEWER, NULL, NULL },
  { "PRAGMA user_version = 2; PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES"
    " ('table', 'more', 'more', 0, 'create virtual table more using x')",
    NEWER, NULL, NULL },
  { "UPDATE pieces SET json = '{\"edition\":\"2026-13-01\"}' WHERE name = 'plan'", NULL,
    "edition=2026", NULL },
  { "UPDATE pieces SET json = '[]'", "damaged", NULL, NULL },
  { "UPDATE pieces SET json = ''", "could not be opened", NULL, NULL },
  { "UPDATE pieces SET json = '{}'", NULL, "server=1 network=1", "sql=" },
  { "UPDATE pieces SET json = '{\"server\":5,\"domain\":[],\"edition\":{},\"accounts\":1,"
    "\"federation\":[],\"files\":{},\"port\":-1}'",
    NULL, "server=1 network=1", "sql=" },
  { "UPDATE pieces SET json = '{\"server\":\"a;Trusted_Connection=yes\"}' WHERE name = 'sql'", NULL,
    "key=plan.", "sql=" },
  { "UPDATE pieces SET json = '{\"server\":\"a\",\"pin\":\"x\"}' WHERE name = 'sql'", NULL,
    "key=plan.", "sql=" },
  { "UPDATE pieces SET json = '{\"server\":\"ldap://x/?y\"}' WHERE name = 'directory'", NULL,
    "key=plan.", "directory=" },
  { "UPDATE pieces SET json = '{\"domain\":\"a b\"}' WHERE name = 'tenant'", NULL, "key=plan.",
    "tenant=" },
  { "UPDATE pieces SET json = '{\"domain\":\"a.example\",\"proxy\":\"file:///\"}'"
    " WHERE name = 'tenant'",
    NULL, "key=plan.", "tenant=" },
  { "INSERT INTO pieces VALUES ('newer', 'no JSON at all', 0)", NULL, "key=plan.", NULL },
};

static void
hostile_test_cases (HostileTest *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile_test_all); i++)
    {
      g_autofree char *sentence = NULL;
      g_autofree char *dump = NULL;

      g_assert_true (hostile_test_write (self, hostile_test_all[i].sql));
      dump = hostile_test_open (self, &sentence);
      if (hostile_test_all[i].sentence != NULL
              ? sentence == NULL || strstr (sentence, hostile_test_all[i].sentence) == NULL
              : dump == NULL || strstr (dump, hostile_test_all[i].in) == NULL
                    || (hostile_test_all[i].not_in != NULL
                        && strstr (dump, hostile_test_all[i].not_in) != NULL))
        g_error ("%s: %s%.300s", hostile_test_all[i].sql, sentence != NULL ? sentence : "",
                 dump != NULL ? dump : "");
    }
}

/* What is left out of a file that may only be read is no change of it. */
static void
hostile_test_unsaved (HostileTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  PresyncStore *store;

  g_assert_true (hostile_test_write (
      self, "PRAGMA user_version = 2;"
            "UPDATE pieces SET json = '{\"server\":\"a\",\"pin\":\"x\"}' WHERE name = 'sql'"));
  store = store_kit_open (assessment, self->path);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_READ_ONLY);
  g_assert_false (presync_store_has_unsaved (store));
  presync_assessment_set_name (assessment, "Another name");
  g_assert_true (presync_store_has_unsaved (store));
  store_kit_close (store);
}

/* What this Presync does not know stays in the file, also in a copy. */
static void
hostile_test_kept (HostileTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (self->folder, "copy.presync", NULL);
  g_autoptr (PresyncStore) store = NULL;
  sqlite3 *db = NULL;
  gint64 n = 0;

  g_assert_true (hostile_test_write (
      self, "UPDATE facts SET key = 'of.another' WHERE key = 'directory.writable';"
            "INSERT INTO pieces VALUES ('newer', '{}', 0)"));
  store = presync_store_open (assessment, self->path, &error);
  g_assert_no_error (error);
  store_kit_give_facts (assessment, 2, "changed");
  store_kit_answer (assessment, "cs-ram", TRUE, "changed");
  g_assert_true (presync_store_flush (store, &error));
  g_assert_true (presync_store_save_as (store, copy, &error));
  g_assert_no_error (error);
  g_assert_true (presync_store_close (store, &error));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (sqlite3_open (i == 0 ? self->path : copy, &db), ==, SQLITE_OK);
      g_assert_true (presync_statement_query (
          db, "SELECT count (*) FROM facts JOIN origins ON origin = id WHERE key = 'of.another'",
          &n, NULL));
      g_assert_cmpint (n, ==, 3);
      g_assert_true (presync_statement_query (
          db, "SELECT count (*) FROM pieces WHERE name = 'newer'", &n, NULL));
      g_assert_cmpint (n, ==, 1);
      sqlite3_close (db);
    }
}

/* Any value anywhere */
static void
hostile_test_random (HostileTest *self, gconstpointer data)
{
  static const char *const values[] = {
    "0",
    "1",
    "2",
    "-1",
    "5",
    "255",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "NULL",
    "''",
    "'a'",
    "x''",
    "x'00'",
    "x'c3'",
    "x'610062'",
    "'{}'",
    "'2026-01-01'",
    "'plan'",
    "'none'",
    "'no-right'",
    "hex (zeroblob (40000))",
    "zeroblob (9000)",
  };
  guint n_opened = 0, n_refused = 0;

  for (guint seed = 0; seed < N_RANDOM; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      const char *const *table
          = hostile_test_tables[g_rand_int_range (random, 0, G_N_ELEMENTS (hostile_test_tables))];
      g_auto (GStrv) names = g_strsplit (table[1], ",", -1);
      const char *name = names[g_rand_int_range (random, 0, (gint32) g_strv_length (names))];
      const char *value = values[g_rand_int_range (random, 0, G_N_ELEMENTS (values))];
      g_autofree char *sql
          = g_strdup_printf ("UPDATE OR IGNORE %s SET %s = %s%s", table[0], name, value,
                             g_rand_boolean (random) ? "" : " WHERE checksum % 5 = 0");
      g_autofree char *sentence = NULL;
      g_autofree char *dump = NULL;

      if (!hostile_test_write (self, sql))
        continue;
      dump = hostile_test_open (self, &sentence);
      if (dump != NULL)
        n_opened++;
      else
        n_refused++;
    }
  g_test_message ("%u opened, %u refused", n_opened, n_refused);
  g_assert_cmpuint (n_opened, >, 20);
  g_assert_cmpuint (n_refused, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/store/hostile/" name, HostileTest, NULL, hostile_test_set_up,                      \
              hostile_test_##function, hostile_test_tear_down)
  ADD ("cases", cases);
  ADD ("unsaved", unsaved);
  ADD ("kept", kept);
  ADD ("random", random);
  return g_test_run ();
}
