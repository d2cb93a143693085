/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/runner.h"

#include "base/error.h"

/* A source that does what the test says: a check waits until the test ends it, or a cancel. */
#define FAKE_TYPE_SOURCE (fake_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (FakeSource, fake_source, FAKE, SOURCE, PresyncSource)

struct _FakeSourceClass
{
  PresyncSourceClass parent_class;
};

typedef struct
{
  GTask *task;
  gulong cancel_handler;
  guint n_checks;
  gboolean closed;
  gboolean by_itself; /* it looks again, and nobody has asked for it */
} FakeSourcePrivate;

G_DEFINE_TYPE_WITH_PRIVATE (FakeSource, fake_source, PRESYNC_TYPE_SOURCE)

static FakeSourcePrivate *
fake_source_priv (PresyncSource *self)
{
  return fake_source_get_instance_private (FAKE_SOURCE (self));
}

/* @error: (transfer full) (nullable): how the check ends */
static void
fake_source_end (PresyncSource *self, GError *error)
{
  FakeSourcePrivate *priv = fake_source_priv (self);
  g_autoptr (GTask) task = g_steal_pointer (&priv->task);

  g_assert_nonnull (task);
  if (priv->cancel_handler != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), priv->cancel_handler);
  priv->cancel_handler = 0;
  presync_source_set_state (self, error == NULL ? PRESYNC_SOURCE_DONE : PRESYNC_SOURCE_FAILED,
                            error != NULL ? error->message : NULL);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
fake_source_cancelled_cb (GCancellable *cancellable, PresyncSource *self)
{
  fake_source_end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled."));
}

static void
fake_source_check_async (PresyncSource *self, gboolean test_only, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  FakeSourcePrivate *priv = fake_source_priv (self);

  priv->n_checks++;
  priv->by_itself = FALSE;
  priv->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (priv->task, FALSE);
  presync_source_set_state (self, PRESYNC_SOURCE_CHECKING, "Reading …");
  if (g_cancellable_is_cancelled (cancellable))
    fake_source_cancelled_cb (cancellable, self);
  else
    priv->cancel_handler
        = g_signal_connect (cancellable, "cancelled", G_CALLBACK (fake_source_cancelled_cb), self);
}

static gboolean
fake_source_check_finish (PresyncSource *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fake_source_close (PresyncSource *self)
{
  FakeSourcePrivate *priv = fake_source_priv (self);

  priv->closed = TRUE;
  if (priv->task != NULL)
    fake_source_cancelled_cb (NULL, self);
}

static gboolean
fake_source_may_join (PresyncSource *self)
{
  return fake_source_priv (self)->by_itself;
}

static char *
fake_source_dup_target (PresyncSource *self)
{
  return g_strdup ("fake");
}

static void
fake_source_class_init (FakeSourceClass *klass)
{
  PresyncSourceClass *source_class = PRESYNC_SOURCE_CLASS (klass);

  source_class->id = "directory";
  source_class->dup_target = fake_source_dup_target;
  source_class->check_async = fake_source_check_async;
  source_class->check_finish = fake_source_check_finish;
  source_class->may_join = fake_source_may_join;
  source_class->close = fake_source_close;
}

static void
fake_source_init (FakeSource *self)
{
}

/* The same, of another id. */
#define FAKE_TYPE_SERVER (fake_server_get_type ())
G_DECLARE_FINAL_TYPE (FakeServer, fake_server, FAKE, SERVER, FakeSource)

struct _FakeServer
{
  FakeSource parent_instance;
};

G_DEFINE_FINAL_TYPE (FakeServer, fake_server, FAKE_TYPE_SOURCE)

static void
fake_server_class_init (FakeServerClass *klass)
{
  PRESYNC_SOURCE_CLASS (klass)->id = "server";
}

static void
fake_server_init (FakeServer *self)
{
}

typedef struct
{
  PresyncFactSet *facts;
  PresyncRunner *runner;
  PresyncSource *directory;
  PresyncSource *server;
} RunnerTest;

typedef struct
{
  guint n; /* how often it has ended */
  GError *error;
} RunnerEnd;

static void
runner_test_set_up (RunnerTest *self, gconstpointer data)
{
  self->facts = presync_fact_set_new ();
  self->runner = presync_runner_new (self->facts);
  self->directory = g_object_new (FAKE_TYPE_SOURCE, NULL);
  self->server = g_object_new (FAKE_TYPE_SERVER, NULL);
  presync_runner_set_source (self->runner, self->directory);
  presync_runner_set_source (self->runner, self->server);
}

static void
runner_test_tear_down (RunnerTest *self, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (self->runner);
  g_assert_true (fake_source_priv (self->directory)->closed);
  g_assert_finalize_object (self->directory);
  g_assert_finalize_object (self->server);
  g_assert_finalize_object (self->facts);
}

static void
runner_test_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  RunnerEnd *end = user_data;

  end->n++;
  g_assert_true (presync_runner_check_finish (PRESYNC_RUNNER (object), result, &end->error)
                 == (end->error == NULL));
}

static void
runner_test_wait (RunnerEnd *end)
{
  while (end->n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (end->n, ==, 1);
}

static void
runner_test_read (PresyncSource *source, const char *key, gint64 value)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin
      = presync_origin_new (presync_source_get_id (source), "fake", "fake", now, TRUE);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts, presync_fact_new_integer (key, "A", value, origin));
  presync_source_emit_facts (source, facts);
}

static GError *
runner_test_error (const char *message)
{
  return g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE, message);
}

/* One dead source never stops the others. */
static void
runner_test_one_fails (RunnerTest *self, gconstpointer data)
{
  RunnerEnd end = { 0, NULL };

  g_assert_false (presync_runner_get_checking (self->runner));
  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &end);
  g_assert_true (presync_runner_get_checking (self->runner));
  fake_source_end (self->directory, runner_test_error ("DC1 does not resolve."));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (end.n, ==, 0);
  runner_test_read (self->server, "server.memory", 7);
  g_assert_nonnull (presync_fact_set_lookup (self->facts, "server.memory"));
  fake_source_end (self->server, NULL);
  runner_test_wait (&end);
  g_assert_error (end.error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE);
  g_assert_cmpstr (end.error->message, ==, "DC1 does not resolve.");
  g_clear_error (&end.error);
  g_assert_false (presync_runner_get_checking (self->runner));
  g_assert_true (presync_source_get_state (self->directory) == PRESYNC_SOURCE_FAILED);
  g_assert_true (presync_source_get_state (self->server) == PRESYNC_SOURCE_DONE);
  g_assert_nonnull (presync_fact_set_lookup (self->facts, "server.memory"));
}

static void
runner_test_all_well (RunnerTest *self, gconstpointer data)
{
  for (guint i = 1; i <= 2; i++)
    {
      RunnerEnd end = { 0, NULL };
      presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &end);
      fake_source_end (self->server, NULL);
      fake_source_end (self->directory, NULL);
      runner_test_wait (&end);
      g_assert_no_error (end.error);
      g_assert_cmpuint (fake_source_priv (self->server)->n_checks, ==, i);
    }
}

static void
runner_test_no_source (RunnerTest *self, gconstpointer data)
{
  RunnerEnd end = { 0, NULL };
  PresyncFactSet *facts = presync_fact_set_new ();
  PresyncRunner *runner = presync_runner_new (facts);

  presync_runner_check_async (runner, NULL, runner_test_checked_cb, &end);
  runner_test_wait (&end);
  g_assert_no_error (end.error);
  g_assert_finalize_object (runner);
  g_assert_finalize_object (facts);
}

/* By the runner, by the caller, and before it has begun. */
static void
runner_test_cancel (RunnerTest *self, gconstpointer data)
{
  for (guint how = 0; how < 3; how++)
    {
      RunnerEnd end = { 0, NULL };
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      if (how == 2)
        g_cancellable_cancel (cancellable);
      presync_runner_check_async (self->runner, cancellable, runner_test_checked_cb, &end);
      if (how < 2)
        {
          /* What was read until then is kept. */
          runner_test_read (self->server, "server.memory", how);
          g_assert_cmpuint (end.n, ==, 0);
        }
      if (how == 0)
        presync_runner_cancel (self->runner);
      else if (how == 1)
        g_cancellable_cancel (cancellable);
      runner_test_wait (&end);
      g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&end.error);
      g_assert_false (presync_runner_get_checking (self->runner));
      g_assert_nonnull (presync_fact_set_lookup (self->facts, "server.memory"));
    }
  presync_runner_cancel (self->runner);
}

/* A caller's cancellable outlives the check: nothing of the check may hang on it. */
static void
runner_test_cancellable_is_let_go (RunnerTest *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint signal = g_signal_lookup ("cancelled", G_TYPE_CANCELLABLE);

  for (guint i = 0; i < 3; i++)
    {
      RunnerEnd end = { 0, NULL };
      presync_runner_check_async (self->runner, cancellable, runner_test_checked_cb, &end);
      fake_source_end (self->directory, NULL);
      fake_source_end (self->server, NULL);
      runner_test_wait (&end);
      g_assert_no_error (end.error);
    }
  g_assert_false (g_signal_has_handler_pending (cancellable, signal, 0, TRUE));
}

static void
runner_test_join (RunnerTest *self, gconstpointer data)
{
  RunnerEnd first = { 0, NULL };
  RunnerEnd second = { 0, NULL };

  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &first);
  fake_source_end (self->directory, NULL);
  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &second);
  fake_source_end (self->server, runner_test_error ("SYNC01 is silent."));
  runner_test_wait (&first);
  runner_test_wait (&second);
  g_assert_error (first.error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE);
  g_assert_error (second.error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE);
  g_clear_error (&first.error);
  g_clear_error (&second.error);
  /* Each was asked once. */
  g_assert_cmpuint (fake_source_priv (self->directory)->n_checks, ==, 1);
  g_assert_cmpuint (fake_source_priv (self->server)->n_checks, ==, 1);
}

static void
runner_test_remove (RunnerTest *self, gconstpointer data)
{
  runner_test_read (self->server, "server.memory", 7);
  runner_test_read (self->directory, "forest.functional-level", 7);
  presync_runner_remove_source (self->runner, "sql");
  presync_runner_remove_source (self->runner, "server");
  g_assert_true (fake_source_priv (self->server)->closed);
  g_assert_null (presync_fact_set_lookup (self->facts, "server.memory"));
  g_assert_nonnull (presync_fact_set_lookup (self->facts, "forest.functional-level"));
  g_assert_cmpuint (g_list_model_get_n_items (presync_runner_get_sources (self->runner)), ==, 1);
  /* What it still says is not heard. */
  runner_test_read (self->server, "server.memory", 7);
  g_assert_null (presync_fact_set_lookup (self->facts, "server.memory"));
}

/* While its check is under way: the check ends, without its facts. */
static void
runner_test_remove_while_checking (RunnerTest *self, gconstpointer data)
{
  RunnerEnd end = { 0, NULL };

  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &end);
  presync_runner_remove_source (self->runner, "server");
  runner_test_read (self->directory, "forest.functional-level", 7);
  fake_source_end (self->directory, NULL);
  runner_test_wait (&end);
  g_clear_error (&end.error);
  g_assert_false (presync_runner_get_checking (self->runner));
  g_assert_nonnull (presync_fact_set_lookup (self->facts, "forest.functional-level"));
}

static void
runner_test_replace (RunnerTest *self, gconstpointer data)
{
  g_autoptr (PresyncSource) first = NULL;
  PresyncSource *other = g_object_new (FAKE_TYPE_SOURCE, NULL);

  runner_test_read (self->directory, "forest.functional-level", 7);
  presync_runner_set_source (self->runner, self->directory);
  g_assert_nonnull (presync_fact_set_lookup (self->facts, "forest.functional-level"));
  presync_runner_set_source (self->runner, other);
  g_assert_true (fake_source_priv (self->directory)->closed);
  g_assert_null (presync_fact_set_lookup (self->facts, "forest.functional-level"));
  g_assert_cmpuint (g_list_model_get_n_items (presync_runner_get_sources (self->runner)), ==, 2);
  first = g_list_model_get_item (presync_runner_get_sources (self->runner), 0);
  g_assert_true (first == other);
  g_object_unref (other);
}

static void
runner_test_progress (RunnerTest *self, gconstpointer data)
{
  double progress = 0.0;
  RunnerEnd end = { 0, NULL };

  g_object_get (self->runner, "progress", &progress, NULL);
  g_assert_cmpfloat (progress, ==, -1.0);
  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &end);
  presync_source_set_progress (self->directory, 0.5);
  g_object_get (self->runner, "progress", &progress, NULL);
  g_assert_cmpfloat_with_epsilon (progress, 0.25, 1e-6);
  fake_source_end (self->server, NULL);
  g_object_get (self->runner, "progress", &progress, NULL);
  g_assert_cmpfloat_with_epsilon (progress, 0.75, 1e-6);
  fake_source_end (self->directory, NULL);
  runner_test_wait (&end);
  g_object_get (self->runner, "progress", &progress, NULL);
  g_assert_cmpfloat (progress, ==, -1.0);
}

/* One check at a time, whoever asks. */
static void
runner_test_busy_source (RunnerTest *self, gconstpointer data)
{
  RunnerEnd end = { 0, NULL };

  presync_source_set_state (self->directory, PRESYNC_SOURCE_TESTING, "Testing …");
  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &end);
  fake_source_end (self->server, NULL);
  runner_test_wait (&end);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_clear_error (&end.error);
  g_assert_cmpuint (fake_source_priv (self->directory)->n_checks, ==, 0);
  g_assert_cmpuint (fake_source_priv (self->server)->n_checks, ==, 1);
}

/* What one source tells makes another look again: the check ends when nobody is at work. */
static void
runner_test_look_again (RunnerTest *self, gconstpointer data)
{
  RunnerEnd end = { 0, NULL };
  guint n_checks;

  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &end);
  fake_source_end (self->server, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  for (guint i = 0; i < 2; i++)
    {
      PresyncSource *again = i == 0 ? self->server : self->directory;
      PresyncSource *last = i == 0 ? self->directory : self->server;

      fake_source_priv (again)->by_itself = TRUE;
      presync_source_set_state (again, PRESYNC_SOURCE_CHECKING, "Looking again …");
      n_checks = fake_source_priv (again)->n_checks;
      fake_source_end (last, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      g_assert_cmpuint (fake_source_priv (again)->n_checks, ==, n_checks + 1);
      g_assert_cmpuint (end.n, ==, 0);
      g_assert_true (presync_runner_get_checking (self->runner));
    }
  fake_source_end (self->directory, NULL);
  runner_test_wait (&end);
  g_assert_no_error (end.error);
  g_assert_false (presync_runner_get_checking (self->runner));
}

/* A check that was cancelled does not go on with what came meanwhile. */
static void
runner_test_cancel_look_again (RunnerTest *self, gconstpointer data)
{
  RunnerEnd end = { 0, NULL };

  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &end);
  fake_source_end (self->server, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  fake_source_priv (self->server)->by_itself = TRUE;
  presync_source_set_state (self->server, PRESYNC_SOURCE_CHECKING, "Looking again …");
  presync_runner_cancel (self->runner);
  runner_test_wait (&end);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&end.error);
  g_assert_cmpuint (fake_source_priv (self->server)->n_checks, ==, 1);
}

typedef struct
{
  RunnerTest *test;
  RunnerEnd end;
  guint n;
  gboolean cancelled;
} RunnerEnded;

static void
runner_test_ended_cb (PresyncRunner *runner, gboolean cancelled, RunnerEnded *ended)
{
  /* The facts are there, and nobody was told yet. */
  g_assert_false (presync_runner_get_checking (runner));
  g_assert_cmpuint (ended->end.n, ==, 0);
  g_assert_true (cancelled
                 || presync_fact_set_lookup (ended->test->facts, "server.memory") != NULL);
  ended->n++;
  ended->cancelled = cancelled;
}

/* Told once a check, after the last facts, and whether it was cancelled */
static void
runner_test_ended (RunnerTest *self, gconstpointer data)
{
  RunnerEnded ended = { .test = self };

  g_signal_connect (self->runner, "ended", G_CALLBACK (runner_test_ended_cb), &ended);
  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &ended.end);
  fake_source_end (self->directory, runner_test_error ("DC1 does not resolve."));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (ended.n, ==, 0);
  runner_test_read (self->server, "server.memory", 7);
  fake_source_end (self->server, NULL);
  runner_test_wait (&ended.end);
  g_assert_cmpuint (ended.n, ==, 1);
  /* One that failed is no cancelled one. */
  g_assert_false (ended.cancelled);
  g_clear_error (&ended.end.error);

  ended.end.n = 0;
  presync_runner_check_async (self->runner, NULL, runner_test_checked_cb, &ended.end);
  fake_source_end (self->directory, NULL);
  presync_runner_cancel (self->runner);
  runner_test_wait (&ended.end);
  g_assert_cmpuint (ended.n, ==, 2);
  g_assert_true (ended.cancelled);
  g_clear_error (&ended.end.error);
  g_signal_handlers_disconnect_by_data (self->runner, &ended);
}

#define RUNNER_ADD(name, func)                                                                     \
  g_test_add ("/runner/" name, RunnerTest, NULL, runner_test_set_up, func, runner_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUNNER_ADD ("one-fails", runner_test_one_fails);
  RUNNER_ADD ("all-well", runner_test_all_well);
  RUNNER_ADD ("no-source", runner_test_no_source);
  RUNNER_ADD ("cancel", runner_test_cancel);
  RUNNER_ADD ("cancellable-is-let-go", runner_test_cancellable_is_let_go);
  RUNNER_ADD ("join", runner_test_join);
  RUNNER_ADD ("remove", runner_test_remove);
  RUNNER_ADD ("remove-while-checking", runner_test_remove_while_checking);
  RUNNER_ADD ("replace", runner_test_replace);
  RUNNER_ADD ("progress", runner_test_progress);
  RUNNER_ADD ("busy-source", runner_test_busy_source);
  RUNNER_ADD ("look-again", runner_test_look_again);
  RUNNER_ADD ("cancel-look-again", runner_test_cancel_look_again);
  RUNNER_ADD ("ended", runner_test_ended);
  return g_test_run ();
}
