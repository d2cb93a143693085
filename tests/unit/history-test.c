/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runs-kit.h"

#include "base/error.h"

/* What a run remembers, and when there is one */

typedef struct
{
  PresyncAssessment *assessment;
  PresyncHistory *history;
  GDateTime *now;
  guint n_added;
} HistoryTest;

static void
history_test_changed_cb (GListModel *model, guint position, guint removed, guint added,
                         HistoryTest *self)
{
  self->n_added += added;
}

static void
history_test_set_up (HistoryTest *self, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = runs_kit_catalogue ();

  self->assessment = presync_assessment_new (catalogue);
  self->history = presync_assessment_get_history (self->assessment);
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  self->n_added = 0;
  presync_assessment_set_now (self->assessment, self->now);
  g_signal_connect (self->history, "items-changed", G_CALLBACK (history_test_changed_cb), self);
}

static void
history_test_tear_down (HistoryTest *self, gconstpointer data)
{
  PresyncHistory *history = g_object_ref (self->history);

  g_signal_handlers_disconnect_by_data (history, self);
  g_assert_finalize_object (self->assessment);
  g_assert_finalize_object (history);
  g_date_time_unref (self->now);
}

static const PresyncRunRow *
history_test_row (PresyncRun *run, const char *condition)
{
  GPtrArray *rows = presync_run_get_rows (run);

  for (guint i = 0; i < rows->len; i++)
    {
      const PresyncRunRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->condition, condition))
        return row;
    }
  g_assert_not_reached ();
}

static void
history_test_run (HistoryTest *self, gconstpointer data)
{
  g_autoptr (PresyncAnswer) answer = presync_answer_new ("cs-hand", TRUE, "Ada", "seen", self->now);
  g_autoptr (PresyncWaiver) waiver
      = presync_waiver_new ("cs-memory", "soon", "Ada", NULL, self->now);
  PresyncStatements *statements = presync_assessment_get_statements (self->assessment);
  const PresyncRunRow *row;
  const PresyncRunTotals *totals;
  PresyncRun *run;

  runs_kit_put_memory (self->assessment, 2);
  presync_assessment_set_answer (self->assessment, answer);
  presync_statements_set_waiver (statements, "cs-memory", waiver);
  run = presync_history_add (self->history);
  g_assert_true (presync_history_get_last (self->history) == run);
  g_assert_null (presync_history_get_previous (self->history));
  g_assert_cmpint (presync_run_get_id (run), ==, 0);
  g_assert_true (g_date_time_equal (presync_run_get_at (run), self->now));
  g_assert_cmpuint (g_date_get_julian (presync_run_get_edition (run)), ==,
                    g_date_get_julian (presync_assessment_get_edition (self->assessment)));
  totals = presync_run_get_totals (run, PRESYNC_OPTION_CLOUD_SYNC);
  g_assert_cmpint (totals->verdict, ==, PRESYNC_VERDICT_NOT_READY);
  g_assert_cmpuint (totals->blockers, ==, 1);
  g_assert_cmpuint (totals->answered, ==, 1);
  g_assert_cmpuint (totals->waived, ==, 1);
  g_assert_cmpuint (totals->open, ==, 3);
  g_assert_cmpuint (totals->requirements[PRESYNC_STATUS_NOT_MET], ==, 1);
  totals = presync_run_get_totals (run, PRESYNC_OPTION_CONNECT_SYNC);
  g_assert_cmpint (totals->verdict, ==, PRESYNC_VERDICT_NOT_YET_KNOWN);
  /* those of the edition, in the order of the tables, of both options */
  g_assert_cmpuint (presync_run_get_rows (run)->len, ==, 7);
  row = g_ptr_array_index (presync_run_get_rows (run), 0);
  g_assert_cmpstr (row->condition, ==, "cs-memory");
  g_assert_cmpint (row->status, ==, PRESYNC_STATUS_NOT_MET);
  g_assert_cmpstr (row->found, !=, "");
  g_assert_true (row->waived);
  g_assert_false (row->answered);
  g_assert_cmpuint (strlen (row->evidence), ==, 16);
  row = history_test_row (run, "cs-hand");
  g_assert_cmpint (row->status, ==, PRESYNC_STATUS_MET);
  g_assert_cmpint (row->measured, ==, PRESYNC_STATUS_NEEDS_ANSWER);
  g_assert_true (row->answered);
  g_assert_cmpstr (row->evidence, ==, "");
  g_assert_cmpint (history_test_row (run, "cn-exists")->option, ==, PRESYNC_OPTION_CONNECT_SYNC);
  /* What comes later changes no run. */
  runs_kit_put_memory (self->assessment, 64);
  g_assert_cmpint (history_test_row (run, "cs-memory")->status, ==, PRESYNC_STATUS_NOT_MET);
}

/* What an edition names makes no other evidence, but what is known of it does. */
static void
history_test_editions (HistoryTest *self, gconstpointer data)
{
  g_autoptr (PresyncOrigin) origin = runs_kit_origin ("tenant.exists", 9, TRUE);
  GDate edition;
  PresyncRun *before, *after, *more;

  runs_kit_put (self->assessment, presync_fact_new_boolean ("tenant.exists", "T", TRUE, origin));
  before = presync_history_add (self->history);
  g_assert_true (presync_edition_parse ("2025-06-01", &edition, NULL));
  presync_assessment_set_edition (self->assessment, &edition);
  after = presync_history_add (self->history);
  /* The newer one names tenant.custom-domain, too. */
  g_assert_cmpstr (history_test_row (before, "cs-advice")->evidence, ==,
                   history_test_row (after, "cs-advice")->evidence);
  g_assert_cmpstr (history_test_row (after, "cs-advice")->evidence, !=, "");
  runs_kit_put (self->assessment,
                presync_fact_new_boolean ("tenant.custom-domain", "T", TRUE, origin));
  more = presync_history_add (self->history);
  g_assert_cmpstr (history_test_row (after, "cs-advice")->evidence, !=,
                   history_test_row (more, "cs-advice")->evidence);
  g_assert_cmpstr (history_test_row (after, "cs-strict")->evidence, ==,
                   history_test_row (more, "cs-strict")->evidence);
}

/* @fact: (transfer full) */
static char *
history_test_digest (PresyncFact *fact, PresyncFact *other)
{
  char digest[PRESYNC_EVIDENCE_SIZE];
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  if (fact != NULL)
    g_ptr_array_add (facts, fact);
  if (other != NULL)
    g_ptr_array_add (facts, other);
  presync_evidence_digest (facts, digest);
  return g_strdup (digest);
}

#define SAME(a, b)                                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *left = a;                                                                     \
    g_autofree char *right = b;                                                                    \
    g_assert_cmpstr (left, ==, right);                                                             \
  }                                                                                                \
  G_STMT_END
#define OTHER(a, b)                                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *left = a;                                                                     \
    g_autofree char *right = b;                                                                    \
    g_assert_cmpstr (left, !=, right);                                                             \
  }                                                                                                \
  G_STMT_END

static void
history_test_evidence (HistoryTest *self, gconstpointer data)
{
  g_autoptr (PresyncOrigin) early = runs_kit_origin ("server.memory", 9, TRUE);
  g_autoptr (PresyncOrigin) late = runs_kit_origin ("server.memory", 10, TRUE);
  g_autoptr (PresyncOrigin) partial = runs_kit_origin ("server.memory", 9, FALSE);
  g_autoptr (GDateTime) utc = g_date_time_new_utc (2026, 7, 1, 12, 0, 0);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7200);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  const char *one[] = { "a", "b", NULL };
  const char *turned[] = { "b", "a", NULL };
  const char *joined[] = { "a\036b", NULL };
  char digest[PRESYNC_EVIDENCE_SIZE];
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();

  presync_evidence_digest (facts, digest);
  g_assert_cmpstr (digest, ==, "");
  /* Files keep it: it stays what it was. */
  g_ptr_array_set_free_func (facts, g_object_unref);
  g_ptr_array_add (facts,
                   presync_fact_new_text ("domain.netbios-name", "contoso.com", "CONTOSO", early));
  g_ptr_array_add (facts, presync_fact_new_text ("domain.netbios-name", "F", "A", early));
  presync_evidence_digest (facts, digest);
  g_assert_cmpstr (digest, ==, "8fac1a4779210762");
#define MEMORY(value, subject, origin)                                                             \
  presync_fact_new_integer ("server.memory", subject, value, origin)
#define LIST(value) presync_fact_new_list ("forest.upn-suffixes", "F", value, early)
#define UNKNOWN(reason, detail)                                                                    \
  presync_fact_new_unknown ("server.memory", "A", PRESYNC_UNKNOWN_##reason, detail, early)
  /* when it was read, and in whose words, does not matter */
  SAME (history_test_digest (MEMORY (8, "A", early), NULL),
        history_test_digest (MEMORY (8, "A", late), NULL));
  SAME (history_test_digest (UNKNOWN (NO_RIGHT, "You may not read it."), NULL),
        history_test_digest (UNKNOWN (NO_RIGHT, "Sie dürfen es nicht lesen."), NULL));
  SAME (
      history_test_digest (
          presync_fact_new_boolean_because ("server.ie-esc", "A", TRUE, "It is on.", early), NULL),
      history_test_digest (
          presync_fact_new_boolean_because ("server.ie-esc", "A", TRUE, "Es ist an.", early),
          NULL));
  SAME (history_test_digest (LIST (one), NULL), history_test_digest (LIST (turned), NULL));
  SAME (history_test_digest (MEMORY (8, "A", early), MEMORY (9, "B", early)),
        history_test_digest (MEMORY (9, "B", early), MEMORY (8, "A", early)));
  SAME (history_test_digest (presync_fact_new_time ("forest.kds-root-key-created", "A", utc, early),
                             NULL),
        history_test_digest (
            presync_fact_new_time ("forest.kds-root-key-created", "A", local, early), NULL));
  /* all else does */
  OTHER (history_test_digest (MEMORY (8, "A", early), NULL),
         history_test_digest (MEMORY (9, "A", early), NULL));
  OTHER (history_test_digest (MEMORY (8, "A", early), NULL),
         history_test_digest (MEMORY (8, "B", early), NULL));
  OTHER (history_test_digest (MEMORY (8, "A", early), NULL),
         history_test_digest (MEMORY (8, "A", partial), NULL));
  OTHER (history_test_digest (MEMORY (8, "A", early), NULL),
         history_test_digest (MEMORY (8, "A", early), MEMORY (8, "B", early)));
  OTHER (history_test_digest (UNKNOWN (NO_RIGHT, "x"), NULL),
         history_test_digest (UNKNOWN (TIMED_OUT, "x"), NULL));
  OTHER (history_test_digest (LIST (one), NULL), history_test_digest (LIST (joined), NULL));
}

static void
history_test_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  guint *n_ended = user_data;
  PresyncRunner *runner = PRESYNC_RUNNER (object);

  presync_runner_check_finish (runner, result, NULL);
  (*n_ended)++;
}

/* A run at the end of each check, and none of one that was cancelled */
static void
history_test_check (HistoryTest *self, gconstpointer data)
{
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PresyncRun *run;
  guint n_ended = 0;

  runs_kit_put_memory (self->assessment, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->history)), ==, 0);
  presync_runner_check_async (runner, NULL, history_test_checked_cb, &n_ended);
  while (n_ended < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_added, ==, 1);
  run = presync_history_get_last (self->history);
  g_assert_cmpint (history_test_row (run, "cs-memory")->status, ==, PRESYNC_STATUS_NOT_MET);
  g_cancellable_cancel (cancellable);
  presync_runner_check_async (runner, cancellable, history_test_checked_cb, &n_ended);
  while (n_ended < 2)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_added, ==, 1);
  presync_runner_check_async (runner, NULL, history_test_checked_cb, &n_ended);
  while (n_ended < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_added, ==, 2);
  g_assert_true (presync_history_get_previous (self->history) == run);
}

static PresyncRun *
history_test_of_file (HistoryTest *self, gint64 id)
{
  PresyncRunTotals totals[PRESYNC_N_OPTIONS] = { 0 };

  return presync_run_new (id, self->now, presync_assessment_get_edition (self->assessment), totals,
                          NULL);
}

/* Figures that no check counts stay within bounds, and so does the axis below them */
static void
history_test_figures (HistoryTest *self, gconstpointer data)
{
  static const guint figures[]
      = { 0, 1, 4, 5, 9, 21, 99999, 100000, 100001, 4294967294, G_MAXUINT };
  PresyncRunTotals totals[PRESYNC_N_OPTIONS] = { 0 };
  g_autoptr (PresyncRun) run = NULL;

  totals[0].requirements[PRESYNC_STATUS_MET] = 21;
  totals[0].requirements[PRESYNC_STATUS_NOT_MET] = G_MAXUINT;
  totals[0].requirements[PRESYNC_STATUS_UNKNOWN] = 2;
  totals[0].requirements[PRESYNC_STATUS_NEEDS_ANSWER] = 3;
  totals[1].requirements[PRESYNC_STATUS_UNKNOWN] = G_MAXUINT;
  totals[1].requirements[PRESYNC_STATUS_NEEDS_ANSWER] = 3;
  run = presync_run_new (1, self->now, presync_assessment_get_edition (self->assessment), totals,
                         NULL);
  g_assert_cmpuint (presync_run_get_figure (run, 0, PRESYNC_RUN_LINE_MET), ==, 21);
  g_assert_cmpuint (presync_run_get_figure (run, 0, PRESYNC_RUN_LINE_NOT_MET), ==, 100000);
  g_assert_cmpuint (presync_run_get_figure (run, 0, PRESYNC_RUN_LINE_OPEN), ==, 5);
  g_assert_cmpuint (presync_run_get_figure (run, 1, PRESYNC_RUN_LINE_OPEN), ==, 100000);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    for (guint parts = 1; parts < 7; parts++)
      {
        guint step = presync_run_axis_step (figures[i], parts);
        guint most = MIN (figures[i], PRESYNC_RUN_MOST);

        g_assert_cmpuint (step, >, 0);
        g_assert_cmpuint (step, <=, PRESYNC_RUN_MOST);
        g_assert_cmpuint (step * parts, >=, most);
      }
  g_assert_cmpuint (presync_run_axis_step (21, 4), ==, 10);
  g_assert_cmpuint (presync_run_axis_step (4, 4), ==, 1);
}

typedef struct
{
  guint n_asked;
  guint n_loaded;
  gboolean fail;
  gboolean destroyed;
  GError *error;
} HistoryLoad;

static void
history_test_loader (PresyncRun *run, GTask *task, gpointer user_data)
{
  HistoryLoad *load = user_data;
  g_autoptr (GTask) taken = task;
  GPtrArray *rows = presync_run_rows_new ();

  load->n_asked++;
  if (load->fail)
    {
      g_ptr_array_unref (rows);
      g_task_return_new_error (task, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "It is damaged.");
      return;
    }
  g_ptr_array_add (rows, presync_run_row_new (PRESYNC_OPTION_CLOUD_SYNC, "cs-hand"));
  presync_run_set_rows (run, rows);
  g_task_return_boolean (task, TRUE);
}

static void
history_test_destroy (gpointer user_data)
{
  ((HistoryLoad *) user_data)->destroyed = TRUE;
}

static void
history_test_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  HistoryLoad *load = user_data;

  g_clear_error (&load->error);
  presync_history_load_rows_finish (PRESYNC_HISTORY (object), result, &load->error);
  load->n_loaded++;
}

static void
history_test_wait (HistoryTest *self, PresyncRun *run, HistoryLoad *load)
{
  guint n = load->n_loaded;

  presync_history_load_rows_async (self->history, run, NULL, history_test_loaded_cb, load);
  while (load->n_loaded == n)
    g_main_context_iteration (NULL, TRUE);
}

/* Runs of a file come first; their rows when somebody wants them, once. */
static void
history_test_file (HistoryTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  HistoryLoad load = { 0 };
  PresyncRun *mine, *first;

  mine = presync_history_add (self->history);
  g_ptr_array_add (runs, history_test_of_file (self, 1));
  g_ptr_array_add (runs, history_test_of_file (self, 2));
  presync_history_load (self->history, runs);
  g_assert_cmpuint (self->n_added, ==, 3);
  g_assert_true (presync_history_get_last (self->history) == mine);
  first = g_ptr_array_index (runs, 0);
  g_assert_cmpint (presync_run_get_id (presync_history_get_previous (self->history)), ==, 2);
  presync_run_set_id (mine, 3);
  g_assert_cmpint (presync_run_get_id (mine), ==, 3);

  /* Nobody can read them. */
  history_test_wait (self, first, &load);
  g_assert_error (load.error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
  presync_history_set_loader (self->history, history_test_loader, &load, history_test_destroy);
  load.fail = TRUE;
  history_test_wait (self, first, &load);
  g_assert_error (load.error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_null (presync_run_get_rows (first));
  load.fail = FALSE;
  history_test_wait (self, first, &load);
  g_assert_no_error (load.error);
  g_assert_cmpuint (presync_run_get_rows (first)->len, ==, 1);
  g_assert_cmpuint (load.n_asked, ==, 2);
  history_test_wait (self, first, &load);
  history_test_wait (self, mine, &load);
  g_assert_cmpuint (load.n_asked, ==, 2);
  presync_history_set_loader (self->history, NULL, NULL, NULL);
  g_assert_true (load.destroyed);
  g_clear_error (&load.error);
}

static void
history_test_loaded_last_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  HistoryLoad *load = user_data;

  g_clear_error (&load->error);
  presync_history_load_last_finish (PRESYNC_HISTORY (object), result, &load->error);
  load->n_loaded++;
}

static void
history_test_wait_last (HistoryTest *self, HistoryLoad *load)
{
  guint n = load->n_loaded;

  presync_history_load_last_async (self->history, NULL, history_test_loaded_last_cb, load);
  while (load->n_loaded == n)
    g_main_context_iteration (NULL, TRUE);
}

/* What a report compares is read, and no more */
static void
history_test_last (HistoryTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  HistoryLoad load = { 0 };

  presync_history_set_loader (self->history, history_test_loader, &load, NULL);
  g_assert_true (presync_history_has_last (self->history));
  history_test_wait_last (self, &load);
  g_assert_no_error (load.error);
  for (gint64 i = 1; i <= 3; i++)
    g_ptr_array_add (runs, history_test_of_file (self, i));
  presync_history_load (self->history, runs);
  g_assert_false (presync_history_has_last (self->history));
  load.fail = TRUE;
  history_test_wait_last (self, &load);
  g_assert_error (load.error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_cmpuint (load.n_asked, ==, 1);
  load.fail = FALSE;
  for (guint i = 0; i < 2; i++)
    {
      history_test_wait_last (self, &load);
      g_assert_no_error (load.error);
      g_assert_cmpuint (load.n_asked, ==, 3);
    }
  g_assert_true (presync_history_has_last (self->history));
  g_assert_null (presync_run_get_rows (g_ptr_array_index (runs, 0)));
  presync_history_set_loader (self->history, NULL, NULL, NULL);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (HistoryTest *self, gconstpointer data);
  } tests[] = {
    { "/history/run", history_test_run },           { "/history/editions", history_test_editions },
    { "/history/evidence", history_test_evidence }, { "/history/check", history_test_check },
    { "/history/file", history_test_file },         { "/history/last", history_test_last },
    { "/history/figures", history_test_figures },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, HistoryTest, NULL, history_test_set_up, tests[i].run,
                history_test_tear_down);
  return g_test_run ();
}
