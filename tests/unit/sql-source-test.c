/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-source.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "sources/sql/sql-facts.h"
#include "sources/sql/sql-helper.h"
#include "sql-kit.h"

/* Over real pipes and processes: sql-fake-helper.c plays presync-sql. */

typedef struct
{
  char *folder; /* where presync-sql is */
  char *pid_file;
  PresyncSqlTarget *target;
  PresyncSource *source;
  GPtrArray *facts; /* the last that were emitted; nullable */
  guint n_emitted;
  GPtrArray *stages_seen; /* "find running", … */
  GError *error;
  guint n_ends;
} SourceTest;

static void
source_test_set_up (SourceTest *self, gconstpointer data)
{
  g_autofree char *fake = g_test_build_filename (G_TEST_BUILT, "unit", "sql-fake-helper", NULL);
  g_autofree char *link = NULL;

  self->folder = g_dir_make_tmp ("presync-sql-test-XXXXXX", NULL);
  link = g_build_filename (self->folder, "presync-sql", NULL);
  g_assert_true (g_file_test (fake, G_FILE_TEST_IS_EXECUTABLE));
  g_assert_cmpint (symlink (fake, link), ==, 0);
  self->pid_file = g_build_filename (self->folder, "pid", NULL);
  g_setenv ("PRESYNC_LIBEXEC_DIR", self->folder, TRUE);
  g_setenv ("PRESYNC_FAKE_PID", self->pid_file, TRUE);
  self->stages_seen = g_ptr_array_new_with_free_func (g_free);
}

/* Nobody waits for a helper that was killed: it may be in the middle of writing its file. */
static void
source_test_remove_folder (const char *folder)
{
  while (g_rmdir (folder) != 0)
    {
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      g_assert_nonnull (dir);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          g_unlink (path);
        }
    }
}

static void
source_test_tear_down (SourceTest *self, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  if (self->source != NULL)
    g_assert_finalize_object (self->source);
  presync_sql_target_free (self->target);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_ptr_array_unref (self->stages_seen);
  g_clear_error (&self->error);
  source_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->pid_file);
}

static void
source_test_facts_cb (PresyncSource *source, GPtrArray *facts, SourceTest *self)
{
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  self->facts = g_ptr_array_ref (facts);
  self->n_emitted++;
}

static void
source_test_stage_cb (PresyncStage *stage, GParamSpec *pspec, SourceTest *self)
{
  static const char *const words[] = { "waiting", "running", "done", "failed", "skipped" };

  g_ptr_array_add (self->stages_seen, g_strdup_printf ("%s %s", presync_stage_get_id (stage),
                                                       words[presync_stage_get_state (stage)]));
}

/* @mode: what the helper does */
static void
source_test_make (SourceTest *self, const char *mode, const char *password)
{
  self->target = presync_sql_target_new ();
  if (g_str_has_suffix (mode, ".json"))
    self->target->recording = g_strdup (mode);
  self->target->server = g_strdup (self->target->recording != NULL ? "sql01.contoso.com" : mode);
  self->target->instance = g_strdup ("SYNC");
  self->target->login = g_strdup ("presync");
  self->target->password = presync_secret_new (password);
  self->source = PRESYNC_SOURCE (presync_sql_source_new (self->target));
  g_signal_connect (self->source, "facts", G_CALLBACK (source_test_facts_cb), self);
  for (guint i = 0; i < g_list_model_get_n_items (presync_source_get_stages (self->source)); i++)
    {
      g_autoptr (PresyncStage) stage
          = g_list_model_get_item (presync_source_get_stages (self->source), i);
      g_signal_connect (stage, "notify::state", G_CALLBACK (source_test_stage_cb), self);
    }
}

static void
source_test_ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SourceTest *self = user_data;

  g_clear_error (&self->error);
  g_assert_true (presync_source_check_finish (PRESYNC_SOURCE (object), result, &self->error)
                 == (self->error == NULL));
  self->n_ends++;
}

static void
source_test_start (SourceTest *self, gboolean test_only, GCancellable *cancellable)
{
  self->n_ends = 0;
  presync_source_check_async (self->source, test_only, cancellable, source_test_ended_cb, self);
}

static void
source_test_wait (SourceTest *self)
{
  while (self->n_ends == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_ends, ==, 1);
}

static void
source_test_check (SourceTest *self)
{
  source_test_start (self, FALSE, NULL);
  source_test_wait (self);
}

/* Waits until the helper has told its process id. */
static pid_t
source_test_get_pid (SourceTest *self)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = NULL;
      if (g_file_get_contents (self->pid_file, &text, NULL, NULL) && text[0] != '\0')
        return (pid_t) g_ascii_strtoll (text, NULL, 10);
      g_usleep (10000);
    }
  g_assert_not_reached ();
}

static void
source_test_assert_gone (pid_t pid)
{
  for (guint i = 0; i < 500 && kill (pid, 0) == 0; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpint (kill (pid, 0), ==, -1);
  g_assert_cmpint (errno, ==, ESRCH);
}

static PresyncStageState
source_test_stage (SourceTest *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (presync_source_get_stages (self->source)); i++)
    {
      g_autoptr (PresyncStage) stage
          = g_list_model_get_item (presync_source_get_stages (self->source), i);
      if (g_str_equal (presync_stage_get_id (stage), id))
        return presync_stage_get_state (stage);
    }
  g_assert_not_reached ();
}

/* Every key is unknown, with the error's sentence. */
static void
source_test_assert_all_unknown (SourceTest *self, PresyncUnknown reason)
{
  const char *const *keys = presync_sql_fact_keys ();

  g_assert_nonnull (self->error);
  g_assert_nonnull (self->facts);
  g_assert_cmpuint (self->facts->len, ==, g_strv_length ((char **) keys));
  for (; *keys != NULL; keys++)
    sql_kit_assert_unknown (self->facts, *keys, reason, self->error->message);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_FAILED);
  g_assert_cmpstr (presync_source_get_message (self->source), ==, self->error->message);
  g_assert_null (strstr (self->error->message, "secret-password"));
}

static void
test_check (SourceTest *self, gconstpointer data)
{
  g_autofree char *target = NULL;

  source_test_make (self, "ok", "secret-password");
  target = presync_source_dup_target (self->source);
  g_assert_cmpstr (target, ==, "ok\\SYNC");
  g_assert_cmpstr (presync_source_get_id (self->source), ==, "sql");
  source_test_check (self);
  g_assert_no_error (self->error);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_DONE);
  g_assert_null (presync_source_get_message (self->source));
  g_assert_cmpfloat (presync_source_get_progress (self->source), ==, -1.0);
  g_assert_cmpuint (self->n_emitted, ==, 1);
  sql_kit_assert_integer (self->facts, "sql.major-version", 15);
  g_assert_cmpstr (presync_fact_get_subject (sql_kit_find (self->facts, "sql.edition")), ==,
                   "ok\\SYNC");
  /* Every stage was told when it happened. */
  g_ptr_array_add (self->stages_seen, NULL);
  {
    g_autofree char *seen = g_strjoinv (" ", (char **) self->stages_seen->pdata);
    g_assert_cmpstr (seen, ==,
                     "find running find done connect running connect done tls running tls done "
                     "sign-in running sign-in done read running read done");
  }
}

static void
test_test_only (SourceTest *self, gconstpointer data)
{
  source_test_make (self, "ok", "secret-password");
  source_test_start (self, TRUE, NULL);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_TESTING);
  source_test_wait (self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->n_emitted, ==, 0);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_IDLE);
  g_assert_cmpint (source_test_stage (self, "sign-in"), ==, PRESYNC_STAGE_DONE);
  g_assert_cmpint (source_test_stage (self, "read"), ==, PRESYNC_STAGE_SKIPPED);
}

/* Each ends with one sentence that names the server, and nothing known. */
static void
test_broken_helper (SourceTest *self, gconstpointer data)
{
  static const struct
  {
    const char *mode;
    const char *part;
    PresyncUnknown reason;
  } cases[] = {
    { "crash", "ended before", PRESYNC_UNKNOWN_FAILED },
    { "nothing", "ended before", PRESYNC_UNKNOWN_FAILED },
    { "unended", "ended before", PRESYNC_UNKNOWN_FAILED },
    { "nonsense", "makes no sense", PRESYNC_UNKNOWN_FAILED },
    { "flood", "1 MiB", PRESYNC_UNKNOWN_PARTIAL },
    { "flood-lines", "1 MiB", PRESYNC_UNKNOWN_PARTIAL },
    { "much", "1 MiB", PRESYNC_UNKNOWN_PARTIAL },
    { "chatter", "chatter refused it", PRESYNC_UNKNOWN_NO_RIGHT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      pid_t pid;

      sql_kit_say (cases[i].mode);
      source_test_make (self, cases[i].mode, "secret-password");
      source_test_check (self);
      source_test_assert_all_unknown (self, cases[i].reason);
      if (strstr (self->error->message, cases[i].part) == NULL
          || strstr (self->error->message, cases[i].mode) == NULL)
        g_error ("%s: %s", cases[i].mode, self->error->message);
      g_assert_null (strstr (self->error->message, "<b>"));
      pid = source_test_get_pid (self);
      source_test_assert_gone (pid);
      g_assert_finalize_object (g_steal_pointer (&self->source));
      g_clear_pointer (&self->target, presync_sql_target_free);
      g_clear_pointer (&self->facts, g_ptr_array_unref);
      g_unlink (self->pid_file);
    }
}

/* It may be dead before it has read what it is to do: that must not be our end as well. */
static void
test_deaf_helper (SourceTest *self, gconstpointer data)
{
  g_setenv ("PRESYNC_FAKE_DEAF", "1", TRUE);
  source_test_make (self, "ok", "secret-password");
  for (guint i = 0; i < 20; i++)
    {
      source_test_check (self);
      source_test_assert_all_unknown (self, PRESYNC_UNKNOWN_FAILED);
    }
  g_unsetenv ("PRESYNC_FAKE_DEAF");
}

static void
test_no_helper (SourceTest *self, gconstpointer data)
{
  g_setenv ("PRESYNC_LIBEXEC_DIR", "/nonexistent", TRUE);
  source_test_make (self, "ok", "secret-password");
  source_test_check (self);
  source_test_assert_all_unknown (self, PRESYNC_UNKNOWN_FAILED);
  g_assert_nonnull (strstr (self->error->message, "/nonexistent/presync-sql"));
}

static void
test_refused_target (SourceTest *self, gconstpointer data)
{
  source_test_make (self, "ok", "x};DumpFile=/tmp/x;APP={secret-password");
  source_test_check (self);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED);
  source_test_assert_all_unknown (self, PRESYNC_UNKNOWN_FAILED);
  /* Nothing was even started. */
  g_assert_false (g_file_test (self->pid_file, G_FILE_TEST_EXISTS));
}

static void
test_refused_sign_in (SourceTest *self, gconstpointer data)
{
  source_test_make (self, "late-refusal", "secret-password");
  source_test_check (self);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
  g_assert_cmpint (source_test_stage (self, "sign-in"), ==, PRESYNC_STAGE_FAILED);
  g_assert_cmpint (source_test_stage (self, "read"), ==, PRESYNC_STAGE_SKIPPED);
  /* What was read before the sign-in holds. */
  sql_kit_assert_integer (self->facts, "sql.major-version", 16);
  sql_kit_assert_boolean (self->facts, "sql.tls12", TRUE);
  sql_kit_assert_unknown (self->facts, "sql.edition", PRESYNC_UNKNOWN_NO_RIGHT, "refused");
}

static void
test_silent_browser (SourceTest *self, gconstpointer data)
{
  source_test_make (self, "browser", "secret-password");
  source_test_check (self);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
  sql_kit_assert_boolean (self->facts, "sql.instance-found", FALSE);
  sql_kit_assert_unknown (self->facts, "sql.version", PRESYNC_UNKNOWN_UNREACHABLE,
                          "enter the port");
  g_assert_cmpint (source_test_stage (self, "find"), ==, PRESYNC_STAGE_FAILED);
}

static void
test_pieces (SourceTest *self, gconstpointer data)
{
  source_test_make (self, "pieces", "secret-password");
  source_test_check (self);
  g_assert_no_error (self->error);
  sql_kit_assert_integer (self->facts, "sql.major-version", 15);
}

/* What the helper is given is what was meant, byte by byte. */
static void
test_password_arrives (SourceTest *self, gconstpointer data)
{
  const char *password = "a\"b\\c'd/e;f=g \303\244\342\202\254\360\237\230\200 <b>&amp;%s{h}i";

  source_test_make (self, "echo", password);
  source_test_check (self);
  g_assert_no_error (self->error);
  {
    g_autofree char *query = g_strdup_printf ("SELECT p (%s)", password);
    PresyncFact *fact = sql_kit_find (self->facts, "sql.edition");
    g_assert_cmpstr (presync_origin_get_query (presync_fact_get_origin (fact)), ==, query);
  }
}

/* Kerberos needs none, so none goes there. */
static void
test_kerberos (SourceTest *self, gconstpointer data)
{
  PresyncFact *fact;

  source_test_make (self, "echo", "secret-password");
  g_assert_finalize_object (g_steal_pointer (&self->source));
  self->target->kerberos = TRUE;
  self->source = PRESYNC_SOURCE (presync_sql_source_new (self->target));
  g_signal_connect (self->source, "facts", G_CALLBACK (source_test_facts_cb), self);
  source_test_check (self);
  g_assert_no_error (self->error);
  fact = sql_kit_find (self->facts, "sql.edition");
  g_assert_cmpstr (presync_origin_get_query (presync_fact_get_origin (fact)), ==,
                   "SELECT p (no password)");
}

/* A program that stays after its last line does not hold the check up, and is put an end to. */
static void
test_late_helper (SourceTest *self, gconstpointer data)
{
  pid_t pid;

  source_test_make (self, "late", "secret-password");
  source_test_check (self);
  g_assert_no_error (self->error);
  pid = source_test_get_pid (self);
  g_assert_cmpint (kill (pid, 0), ==, 0);
  source_test_assert_gone (pid);
}

static gboolean
source_test_cancel_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (SourceTest *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  pid_t pid;

  source_test_make (self, "hang", "secret-password");
  source_test_start (self, FALSE, cancellable);
  while (source_test_stage (self, "connect") != PRESYNC_STAGE_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (presync_source_get_message (self->source), ==, "Connect");
  pid = source_test_get_pid (self);
  g_timeout_add (1, source_test_cancel_cb, cancellable);
  source_test_wait (self);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  source_test_assert_gone (pid);
  /* Nothing was ever read: that is told. */
  g_assert_cmpuint (self->n_emitted, ==, 1);
  sql_kit_assert_unknown (self->facts, "sql.version", PRESYNC_UNKNOWN_CANCELLED, "cancelled");
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_IDLE);

  /* Before it begins */
  source_test_start (self, FALSE, cancellable);
  source_test_wait (self);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What was read before stays, with its older times. */
static void
test_cancel_later (SourceTest *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  source_test_make (self, "ok", "secret-password");
  source_test_check (self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (self->n_emitted, ==, 1);
  source_test_start (self, FALSE, cancellable);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_CHECKING);
  g_cancellable_cancel (cancellable);
  source_test_wait (self);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (self->n_emitted, ==, 1);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_DONE);
  g_assert_cmpint (source_test_stage (self, "read"), ==, PRESYNC_STAGE_DONE);
}

static void
test_close (SourceTest *self, gconstpointer data)
{
  pid_t pid;

  source_test_make (self, "hang", "secret-password");
  presync_source_close (self->source);
  source_test_start (self, FALSE, NULL);
  pid = source_test_get_pid (self);
  presync_source_close (self->source);
  source_test_wait (self);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  source_test_assert_gone (pid);
}

static void
source_test_pending_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (presync_source_check_finish (PRESYNC_SOURCE (object), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  (*(guint *) user_data)++;
}

static void
test_one_at_a_time (SourceTest *self, gconstpointer data)
{
  guint n = 0;

  source_test_make (self, "ok", "secret-password");
  source_test_start (self, FALSE, NULL);
  presync_source_check_async (self->source, FALSE, NULL, source_test_pending_cb, &n);
  source_test_wait (self);
  g_assert_no_error (self->error);
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
source_test_said_cb (PresyncSqlHelper *helper, PresyncSqlLine *line, const GError *error,
                     gpointer user_data)
{
  SourceTest *self = user_data;

  if (error == NULL)
    return;
  self->error = g_error_copy (error);
  self->n_ends++;
}

static void
test_deadline (SourceTest *self, gconstpointer data)
{
  PresyncSqlHelper *helper;
  pid_t pid;
  g_autoptr (GError) error = NULL;

  source_test_make (self, "hang", "secret-password");
  helper = presync_sql_helper_start (self->target, FALSE, 1, source_test_said_cb, self, &error);
  g_assert_no_error (error);
  pid = source_test_get_pid (self);
  source_test_wait (self);
  presync_sql_helper_stop (helper);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (self->error->message, "hang\\SYNC"));
  g_assert_nonnull (strstr (self->error->message, "while connecting"));
  source_test_assert_gone (pid);
}

static void
test_recording (SourceTest *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "sql01.json", NULL);
  g_autofree char *text = sql_kit_edit (SQL_KIT_RESULT, NULL, NULL);
  PresyncOrigin *origin;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  source_test_make (self, path, "");
  source_test_check (self);
  g_assert_no_error (self->error);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_DONE);
  g_assert_cmpint (source_test_stage (self, "open"), ==, PRESYNC_STAGE_DONE);
  g_assert_cmpint (source_test_stage (self, "read"), ==, PRESYNC_STAGE_DONE);
  sql_kit_assert_integer (self->facts, "sql.major-version", 15);
  origin = presync_fact_get_origin (sql_kit_find (self->facts, "sql.version"));
  g_assert_cmpstr (presync_origin_get_target (origin), ==, "sql01.json");
  g_assert_cmpstr (presync_fact_get_subject (sql_kit_find (self->facts, "sql.version")), ==,
                   "sql01.contoso.com\\SYNC");

  /* A file that is gone, cut or too large leaves nothing known. */
  g_unlink (path);
  source_test_check (self);
  source_test_assert_all_unknown (self, PRESYNC_UNKNOWN_MALFORMED);
  g_assert_true (g_file_set_contents (path, text, (gssize) strlen (text) / 2, NULL));
  source_test_check (self);
  source_test_assert_all_unknown (self, PRESYNC_UNKNOWN_MALFORMED);
  {
    g_autofree char *large = g_strnfill (3 * 1024 * 1024, ' ');
    g_assert_true (g_file_set_contents (path, large, -1, NULL));
    source_test_check (self);
    source_test_assert_all_unknown (self, PRESYNC_UNKNOWN_MALFORMED);
    g_assert_nonnull (strstr (self->error->message, "1 MiB"));
  }
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (SourceTest *self, gconstpointer data);
  } tests[] = {
    { "/sql-source/check", test_check },
    { "/sql-source/test-only", test_test_only },
    { "/sql-source/broken-helper", test_broken_helper },
    { "/sql-source/deaf-helper", test_deaf_helper },
    { "/sql-source/no-helper", test_no_helper },
    { "/sql-source/refused-target", test_refused_target },
    { "/sql-source/refused-sign-in", test_refused_sign_in },
    { "/sql-source/silent-browser", test_silent_browser },
    { "/sql-source/pieces", test_pieces },
    { "/sql-source/password-arrives", test_password_arrives },
    { "/sql-source/kerberos", test_kerberos },
    { "/sql-source/late-helper", test_late_helper },
    { "/sql-source/cancel", test_cancel },
    { "/sql-source/cancel-later", test_cancel_later },
    { "/sql-source/close", test_close },
    { "/sql-source/one-at-a-time", test_one_at_a_time },
    { "/sql-source/deadline", test_deadline },
    { "/sql-source/recording", test_recording },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, SourceTest, NULL, source_test_set_up, tests[i].run,
                source_test_tear_down);
  return g_test_run ();
}
