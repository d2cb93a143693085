/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are damaged, hostile, or none of ours: a clear sentence, or all that was in it; never
 * a crash, a wait, or a change of the file. */
#include "store-kit.h"

#include <fcntl.h>
#include <string.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "base/error.h"

#define PAGE 4096

typedef struct
{
  char *folder;
  char *path;
  char *bytes; /* of a good file */
  gsize length;
  char *dump; /* of what it holds */
} DamageTest;

static void
damage_test_fill (DamageTest *self, gboolean small)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (PresyncStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (!small)
    store_kit_fill (assessment);
  else
    {
      store_kit_give_facts (assessment, 3, "CONTOSO");
      store_kit_answer (assessment, "cs-ram", TRUE, "a note");
      store_kit_waive (assessment, "cs-ram", "a reason");
      store_kit_add_run (assessment);
    }
  store = presync_store_create (assessment, self->path, &error);
  g_assert_no_error (error);
  self->dump = store_kit_dump (assessment);
  g_assert_true (presync_store_close (store, &error));
  g_file_get_contents (self->path, &self->bytes, &self->length, &error);
  g_assert_no_error (error);
}

static void
damage_test_set_up (DamageTest *self, gconstpointer data)
{
  self->folder = store_kit_make_folder ();
  self->path = g_build_filename (self->folder, "Contoso.presync", NULL);
  damage_test_fill (self, data != NULL);
}

static void
damage_test_tear_down (DamageTest *self, gconstpointer data)
{
  g_free (self->path);
  g_free (self->bytes);
  g_free (self->dump);
  store_kit_remove_folder (self->folder);
}

static void
damage_test_check_error (const GError *error, const char *name)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == PRESYNC_ERROR);
  g_assert_true (error->code == PRESYNC_ERROR_BAD_INPUT || error->code == PRESYNC_ERROR_NOT_FOUND
                 || error->code == PRESYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

/* @dump without the rows of runs, and without why they could not be read */
static char *
damage_test_dup_heads (const char *dump)
{
  g_auto (GStrv) lines = g_strsplit (dump, "\n", -1);
  GString *heads = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *error
          = g_str_has_prefix (lines[i], "run ") ? strstr (lines[i], " error=A run of") : NULL;

      if (error != NULL)
        *error = '\0';
      if (!g_str_has_prefix (lines[i], "row "))
        g_string_append_printf (heads, "%s\n", lines[i]);
    }
  return g_string_free (heads, FALSE);
}

/* Opens the file with these bytes. TRUE if all of it could be read: then it is what the good one
 * holds. If only the rows of a run could not, all else is. */
static gboolean
damage_test_open (DamageTest *self, const char *bytes, gsize length)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (PresyncStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *after = NULL;
  gsize after_length = 0;
  int fd = g_open (self->path, O_WRONLY | O_TRUNC, 0);
  gboolean same = FALSE;

  g_assert_cmpint (write (fd, bytes, length), ==, (int) length);
  close (fd);
  store = presync_store_open (assessment, self->path, &error);
  if (store == NULL)
    damage_test_check_error (error, "Contoso.presync");
  else
    {
      g_autofree char *dump = store_kit_dump (assessment);
      g_autofree char *heads = damage_test_dup_heads (dump);
      g_autofree char *wanted = damage_test_dup_heads (self->dump);

      same = strstr (dump, " error=A run of") == NULL;
      if (same)
        store_kit_assert_same (dump, self->dump);
      else
        store_kit_assert_same (heads, wanted);
      presync_store_close (store, NULL);
    }
  g_file_get_contents (self->path, &after, &after_length, NULL);
  g_assert_cmpmem (after, after_length, bytes, length);
  return same;
}

static void
damage_test_assert_refused (const char *path, const char *reason)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (path);
  PresyncStore *store = presync_store_open (assessment, path, &error);

  g_assert_null (store);
  damage_test_check_error (error, name);
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” does not say “%s”", error->message, reason);
}

static void
damage_test_whole (DamageTest *self, gconstpointer data)
{
  g_assert_true (damage_test_open (self, self->bytes, self->length));
}

static void
damage_test_truncated (DamageTest *self, gconstpointer data)
{
  g_assert_cmpuint (self->length % PAGE, ==, 0);
  g_assert_cmpuint (self->length / PAGE, >, 10);
  for (gsize length = 0; length < self->length; length += PAGE)
    g_assert_false (damage_test_open (self, self->bytes, length));
  g_assert_false (damage_test_open (self, self->bytes, 1));
  g_assert_false (damage_test_open (self, self->bytes, 99));
  g_assert_false (damage_test_open (self, self->bytes, 100));
  /* Not even the end of the last page, which SQLite takes for zeros */
  g_assert_false (damage_test_open (self, self->bytes, self->length - 1));
  damage_test_assert_refused (self->path, "damaged");
}

static void
damage_test_flip (DamageTest *self, gsize place, guint bits, guint *n_opened)
{
  g_autofree char *bytes = g_memdup2 (self->bytes, self->length);

  bytes[place] = (char) (bytes[place] ^ (char) bits);
  if (damage_test_open (self, bytes, self->length))
    (*n_opened)++;
}

static void
damage_test_flipped (DamageTest *self, gconstpointer data)
{
  guint n_opened = 0, n = 0;

  for (gsize place = 0; place < self->length; place += 97)
    {
      damage_test_flip (self, place, 1u << (place % 8), &n_opened);
      n++;
    }
  /* The header of the file */
  for (gsize place = 0; place < 108; place++)
    damage_test_flip (self, place, 0x41, &n_opened);
  g_test_message ("%u of %u flipped bytes could be read", n_opened, n + 108);
}

/* Several bytes at a time, anywhere */
static void
damage_test_random (DamageTest *self, gconstpointer data)
{
  guint n_opened = 0;

  for (guint seed = 0; seed < 300; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      g_autofree char *bytes = g_memdup2 (self->bytes, self->length);

      for (int i = g_rand_int_range (random, 1, 20); i > 0; i--)
        bytes[g_rand_int_range (random, 0, (gint32) self->length)]
            = (char) g_rand_int_range (random, 0, 256);
      if (damage_test_open (self, bytes, self->length))
        n_opened++;
    }
  g_test_message ("%u of 300 damaged files could be read", n_opened);
}

/* Whole blocks that a disk lost */
static void
damage_test_zeroed (DamageTest *self, gconstpointer data)
{
  for (gsize place = 0; place + 512 <= self->length; place += 512)
    {
      g_autofree char *bytes = g_memdup2 (self->bytes, self->length);

      memset (bytes + place, 0, 512);
      damage_test_open (self, bytes, self->length);
    }
}

static void
damage_test_execute (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

/* None of ours */
static void
damage_test_others (DamageTest *self, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (self->folder, "fifo.presync", NULL);
  g_autofree char *other = g_build_filename (self->folder, "other.presync", NULL);
  g_autofree char *text = g_build_filename (self->folder, "text.presync", NULL);
  g_autofree char *empty = g_build_filename (self->folder, "empty.presync", NULL);
  g_autofree char *nothing = g_build_filename (self->folder, "nothing.presync", NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  damage_test_execute (other, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  g_file_set_contents (text, "SQLite format 3, but only as text, and far too short", -1, NULL);
  g_file_set_contents (empty, "", 0, NULL);
  damage_test_assert_refused (fifo, "no ordinary file");
  damage_test_assert_refused ("/dev/null", "no ordinary file");
  damage_test_assert_refused (self->folder, "folder");
  damage_test_assert_refused (other, "no assessment of Presync");
  damage_test_assert_refused (text, "no assessment of Presync");
  damage_test_assert_refused (empty, "empty");
  damage_test_assert_refused (nothing, "No such file");
}

/* A good file in which somebody changed something with SQLite */
static void
damage_test_tampered (DamageTest *self, gconstpointer data)
{
  static const struct
  {
    const char *sql;
    const char *reason;
  } cases[] = {
    { "CREATE TRIGGER t AFTER INSERT ON answers BEGIN DELETE FROM facts; END", "did not write" },
    { "CREATE VIEW v AS SELECT * FROM answers", "did not write" },
    { "CREATE TABLE more (a)", "did not write" },
    { "CREATE INDEX more ON answers (name)", "did not write" },
    { "DROP TABLE facts; CREATE VIEW facts AS SELECT 1 AS key", "damaged" },
    { "DROP TABLE waivers", "damaged" },
    { "DELETE FROM answers", "damaged" },
    { "DELETE FROM waivers", "damaged" },
    { "DELETE FROM facts WHERE place = 0", "damaged" },
    { "DELETE FROM origins", "damaged" },
    { "DELETE FROM runs", "damaged" },
    { "DELETE FROM run_totals", "damaged" },
    { "DELETE FROM header", "damaged" },
    { "DELETE FROM seals", "damaged" },
    { "UPDATE answers SET met = 1 - met", "damaged" },
    { "UPDATE answers SET note = CAST (x'ff' AS TEXT)", "damaged" },
    { "UPDATE facts SET value = 'another'", "damaged" },
    { "UPDATE facts SET origin = 1000000", "damaged" },
    { "UPDATE origins SET at = 9223372036854775807", "damaged" },
    { "UPDATE pieces SET json = '{'", "damaged" },
    { "UPDATE runs SET edition = '2026-99-99'", "damaged" },
    { "UPDATE header SET generation = -1", "damaged" },
    { "PRAGMA user_version = 0", "damaged" },
    { "PRAGMA user_version = -5", "damaged" },
    { "PRAGMA application_id = 1", "no assessment" },
    { "PRAGMA journal_mode = WAL", "damaged" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL);
      damage_test_execute (self->path, cases[i].sql);
      damage_test_assert_refused (self->path, cases[i].reason);
    }
}

/* Rows of a run are read when they are asked for; damage there is told there, and nothing is shown.
 */
static void
damage_test_run_rows (DamageTest *self, gconstpointer data)
{
  static const char *const cases[] = {
    "UPDATE run_rows SET status = 1 - min (status, 1)",
    "DELETE FROM run_rows WHERE place = 3",
    "UPDATE run_rows SET place = place + 1000",
    "UPDATE texts SET text = 'another'",
    "DELETE FROM texts WHERE id = 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncAssessment) assessment = store_kit_new ();
      g_autoptr (PresyncStore) store = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *dump = NULL;

      g_file_set_contents (self->path, self->bytes, (gssize) self->length, NULL);
      damage_test_execute (self->path, cases[i]);
      store = presync_store_open (assessment, self->path, &error);
      g_assert_no_error (error);
      dump = store_kit_dump (assessment);
      g_assert_nonnull (strstr (dump, "damaged"));
      g_assert_null (strstr (dump, "\nrow "));
      presync_store_close (store, NULL);
    }
}

/* A journal that would have SQLite delete another file */
static void
damage_test_evil_journal (DamageTest *self, gconstpointer data)
{
  g_autofree char *journal = g_strconcat (self->path, "-journal", NULL);
  static const char tail[] = "victim\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";

  g_file_set_contents (journal, tail, sizeof tail - 1, NULL);
  damage_test_assert_refused (self->path, "journal that Presync did not write");
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function, small)                                                                 \
  g_test_add ("/store/damage/" name, DamageTest, small, damage_test_set_up,                        \
              damage_test_##function, damage_test_tear_down)
  ADD ("whole", whole, NULL);
  ADD ("truncated", truncated, NULL);
  ADD ("flipped", flipped, "small");
  ADD ("random", random, "small");
  ADD ("zeroed", zeroed, "small");
  ADD ("others", others, "small");
  ADD ("tampered", tampered, NULL);
  ADD ("run-rows", run_rows, "small");
  ADD ("evil-journal", evil_journal, "small");
  return g_test_run ();
}
