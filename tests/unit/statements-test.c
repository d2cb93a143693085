/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runs-kit.h"

/* Answers and waivers, the way back, and what a waiver does to rows and sums. */

typedef struct
{
  PresyncAssessment *assessment;
  PresyncStatements *statements;
  PresyncChecklist *list; /* of Cloud sync */
  GDateTime *now;
  guint n_changed;
  char *changed;
  guint n_updated;
} StatementsTest;

static void
statements_test_changed_cb (PresyncStatements *statements, const char *condition,
                            StatementsTest *self)
{
  self->n_changed++;
  g_free (self->changed);
  self->changed = g_strdup (condition);
}

static void
statements_test_updated_cb (PresyncAssessment *assessment, StatementsTest *self)
{
  self->n_updated++;
}

static void
statements_test_set_up (StatementsTest *self, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = runs_kit_catalogue ();

  self->assessment = presync_assessment_new (catalogue);
  self->statements = presync_assessment_get_statements (self->assessment);
  self->list = presync_assessment_get_checklist (self->assessment, PRESYNC_OPTION_CLOUD_SYNC);
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  presync_assessment_set_now (self->assessment, self->now);
  g_signal_connect (self->statements, "changed", G_CALLBACK (statements_test_changed_cb), self);
  g_signal_connect (self->assessment, "updated", G_CALLBACK (statements_test_updated_cb), self);
  runs_kit_put_memory (self->assessment, 2);
  self->n_updated = 0;
}

static void
statements_test_tear_down (StatementsTest *self, gconstpointer data)
{
  PresyncStatements *statements = g_object_ref (self->statements);
  PresyncHistory *history = g_object_ref (presync_assessment_get_history (self->assessment));

  g_assert_finalize_object (self->assessment);
  g_signal_handlers_disconnect_by_data (statements, self);
  g_assert_finalize_object (statements);
  g_assert_finalize_object (history);
  g_date_time_unref (self->now);
  g_free (self->changed);
}

static PresyncWaiver *
statements_test_waiver (StatementsTest *self, const char *condition, const char *reason,
                        const char *expires)
{
  GDate day;

  g_date_clear (&day, 1);
  if (expires != NULL)
    g_assert_true (presync_edition_parse (expires, &day, NULL));
  return presync_waiver_new (condition, reason, "Ada", expires != NULL ? &day : NULL, self->now);
}

static void
statements_test_waive (StatementsTest *self, const char *condition, const char *expires)
{
  g_autoptr (PresyncWaiver) waiver
      = statements_test_waiver (self, condition, "It is replaced soon", expires);

  presync_statements_set_waiver (self->statements, condition, waiver);
}

static void
statements_test_answer (StatementsTest *self, const char *condition, gboolean met, const char *note)
{
  g_autoptr (PresyncAnswer) answer = presync_answer_new (condition, met, "Ada", note, self->now);

  presync_statements_set_answer (self->statements, condition, answer);
}

static void
statements_test_says (StatementsTest *self, const char *undo, const char *redo)
{
  g_autofree char *undo_text = NULL;
  g_autofree char *redo_text = NULL;

  g_object_get (self->statements, "undo-text", &undo_text, "redo-text", &redo_text, NULL);
  g_assert_cmpstr (undo_text, ==, undo);
  g_assert_cmpstr (redo_text, ==, redo);
}

static PresyncStatus
statements_test_status (StatementsTest *self, const char *condition)
{
  return presync_checklist_item_get_status (presync_checklist_find (self->list, condition));
}

/* A waiver's fields, and whether two are the same */
static void
statements_test_fields (StatementsTest *self, gconstpointer data)
{
  g_autoptr (PresyncWaiver) waiver = statements_test_waiver (self, "a", "why", "2027-03-01");
  g_autoptr (PresyncWaiver) same = statements_test_waiver (self, "a", "why", "2027-03-01");
  g_autoptr (PresyncWaiver) later = statements_test_waiver (self, "a", "why", "2027-03-02");
  g_autoptr (PresyncWaiver) always = statements_test_waiver (self, "a", "why", NULL);
  g_autoptr (PresyncWaiver) other = statements_test_waiver (self, "a", "why not", "2027-03-01");

  g_assert_cmpstr (presync_waiver_get_condition (waiver), ==, "a");
  g_assert_cmpstr (presync_waiver_get_reason (waiver), ==, "why");
  g_assert_cmpstr (presync_waiver_get_owner (waiver), ==, "Ada");
  g_assert_cmpuint (g_date_get_julian (presync_waiver_get_expires (waiver)), ==,
                    g_date_get_julian (presync_waiver_get_expires (same)));
  g_assert_true (g_date_time_equal (presync_waiver_get_at (waiver), self->now));
  g_assert_null (presync_waiver_get_expires (always));
  g_assert_true (presync_waiver_equal (waiver, same));
  g_assert_false (presync_waiver_equal (waiver, later));
  g_assert_false (presync_waiver_equal (waiver, always));
  g_assert_false (presync_waiver_equal (waiver, other));
  g_assert_false (presync_waiver_equal (waiver, NULL));
  g_assert_true (presync_waiver_equal (NULL, NULL));
}

/* @zone: (nullable): as TZ was */
static void
statements_test_set_zone (const char *zone)
{
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
}

/* The last day counts whole, in the zone of the moment that is asked about, wherever that is done.
 */
static void
statements_test_midnight (StatementsTest *self, gconstpointer data)
{
  static const struct
  {
    const char *now;
    gboolean expired;
  } moments[] = {
    { "2026-11-10T23:59:59Z", FALSE },
    { "2026-11-11T00:00:00Z", TRUE },
    /* 13 hours ahead: it is the eleventh there already */
    { "2026-11-10T23:59:59+13:00", FALSE },
    { "2026-11-11T00:00:00+13:00", TRUE },
    /* 8 hours behind */
    { "2026-11-10T23:59:59-08:00", FALSE },
    { "2026-11-11T00:00:00-08:00", TRUE },
  };
  static const char *const zones[] = { "UTC", "Asia/Tokyo", "America/Los_Angeles" };
  g_autofree char *before = g_strdup (g_getenv ("TZ"));
  g_autoptr (PresyncWaiver) waiver = statements_test_waiver (self, "a", "why", "2026-11-10");
  g_autoptr (PresyncWaiver) always = statements_test_waiver (self, "a", "why", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (moments) * G_N_ELEMENTS (zones); i++)
    {
      gsize moment = i / G_N_ELEMENTS (zones);
      g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (moments[moment].now, NULL);

      g_setenv ("TZ", zones[i % G_N_ELEMENTS (zones)], TRUE);
      g_assert_cmpint (presync_waiver_get_expired (waiver, now), ==, moments[moment].expired);
      g_assert_false (presync_waiver_get_expired (always, now));
    }
  statements_test_set_zone (before);
}

static void
statements_test_undo (StatementsTest *self, gconstpointer data)
{
  statements_test_says (self, NULL, NULL);
  g_assert_false (presync_statements_undo (self->statements));
  g_assert_false (presync_statements_redo (self->statements));
  statements_test_answer (self, "cs-hand", TRUE, "seen");
  g_assert_cmpstr (self->changed, ==, "cs-hand");
  g_assert_cmpint (statements_test_status (self, "cs-hand"), ==, PRESYNC_STATUS_MET);
  statements_test_says (self, "Answer of “Title of cs-hand”", NULL);
  statements_test_waive (self, "cs-memory", NULL);
  statements_test_says (self, "Waiver of “Title of cs-memory”", NULL);
  presync_assessment_remove_answer (self->assessment, "cs-hand");
  g_assert_cmpint (statements_test_status (self, "cs-hand"), ==, PRESYNC_STATUS_NEEDS_ANSWER);
  statements_test_says (self, "Removal of the answer of “Title of cs-hand”", NULL);
  presync_statements_set_waiver (self->statements, "cs-memory", NULL);
  statements_test_says (self, "Removal of the waiver of “Title of cs-memory”", NULL);

  g_assert_true (presync_statements_undo (self->statements));
  g_assert_nonnull (presync_statements_get_waiver (self->statements, "cs-memory"));
  statements_test_says (self, "Removal of the answer of “Title of cs-hand”",
                        "Removal of the waiver of “Title of cs-memory”");
  g_assert_true (presync_statements_undo (self->statements));
  g_assert_cmpint (statements_test_status (self, "cs-hand"), ==, PRESYNC_STATUS_MET);
  g_assert_true (presync_statements_undo (self->statements));
  g_assert_true (presync_statements_undo (self->statements));
  g_assert_false (presync_statements_undo (self->statements));
  g_assert_cmpint (statements_test_status (self, "cs-hand"), ==, PRESYNC_STATUS_NEEDS_ANSWER);
  g_assert_null (presync_statements_get_waiver (self->statements, "cs-memory"));
  statements_test_says (self, NULL, "Answer of “Title of cs-hand”");

  g_assert_true (presync_statements_redo (self->statements));
  g_assert_cmpint (statements_test_status (self, "cs-hand"), ==, PRESYNC_STATUS_MET);
  g_assert_cmpstr (
      presync_answer_get_note (presync_statements_get_answer (self->statements, "cs-hand")), ==,
      "seen");
  /* A new change ends what could be done again. */
  statements_test_answer (self, "cs-hand", FALSE, NULL);
  statements_test_says (self, "Answer of “Title of cs-hand”", NULL);
  g_assert_false (presync_statements_redo (self->statements));
  g_assert_true (presync_statements_undo (self->statements));
  g_assert_cmpint (statements_test_status (self, "cs-hand"), ==, PRESYNC_STATUS_MET);
}

/* What is there already is no step, and judges nothing. */
static void
statements_test_same (StatementsTest *self, gconstpointer data)
{
  statements_test_answer (self, "cs-hand", TRUE, "seen");
  statements_test_waive (self, "cs-memory", "2027-01-01");
  self->n_changed = self->n_updated = 0;
  statements_test_answer (self, "cs-hand", TRUE, "seen");
  statements_test_waive (self, "cs-memory", "2027-01-01");
  presync_assessment_remove_answer (self->assessment, "cs-esc");
  presync_statements_set_waiver (self->statements, "cs-esc", NULL);
  g_assert_cmpuint (self->n_changed, ==, 0);
  g_assert_cmpuint (self->n_updated, ==, 0);
  statements_test_says (self, "Waiver of “Title of cs-memory”", NULL);
  /* Another note is another answer. */
  statements_test_answer (self, "cs-hand", TRUE, "seen twice");
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_cmpuint (self->n_updated, ==, 1);
}

static void
statements_test_load (StatementsTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) waivers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) list = NULL;

  statements_test_answer (self, "cs-hand", FALSE, NULL);
  statements_test_waive (self, "cs-hand", NULL);
  g_ptr_array_add (answers, presync_answer_new ("cs-memory", TRUE, "Bob", NULL, self->now));
  g_ptr_array_add (answers, presync_answer_new ("cs-esc", TRUE, "Bob", NULL, self->now));
  g_ptr_array_add (waivers, statements_test_waiver (self, "cs-strict", "why", NULL));
  self->n_changed = self->n_updated = 0;
  presync_statements_load (self->statements, answers, waivers);
  g_assert_cmpuint (self->n_changed, ==, 1);
  g_assert_null (self->changed);
  g_assert_cmpuint (self->n_updated, ==, 1);
  statements_test_says (self, NULL, NULL);
  g_assert_cmpint (statements_test_status (self, "cs-hand"), ==, PRESYNC_STATUS_NEEDS_ANSWER);
  g_assert_cmpint (statements_test_status (self, "cs-memory"), ==, PRESYNC_STATUS_MET);
  g_assert_null (presync_statements_get_waiver (self->statements, "cs-hand"));
  list = presync_assessment_list_answers (self->assessment);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (presync_answer_get_condition (list->pdata[0]), ==, "cs-esc");
  g_assert_cmpstr (presync_answer_get_condition (list->pdata[1]), ==, "cs-memory");
}

static void
statements_test_notify_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

/* A badge beside the status, never a pass; of what is met, none. */
static void
statements_test_badge (StatementsTest *self, gconstpointer data)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, "cs-memory");
  g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (G_LIST_MODEL (self->list), 0);
  g_autoptr (PresyncSummary) summary = NULL;
  g_autofree char *text = NULL;
  guint notified = 0;

  g_signal_connect (item, "notify::waived", G_CALLBACK (statements_test_notify_cb), &notified);
  g_assert_cmpint (presync_checklist_item_get_status (item), ==, PRESYNC_STATUS_NOT_MET);
  g_assert_false (presync_checklist_item_get_waived (item));
  statements_test_waive (self, "cs-memory", NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_true (presync_checklist_item_get_waived (item));
  g_assert_true (presync_checklist_item_get_waived (row));
  g_assert_false (presync_checklist_item_get_waiver_expired (row));
  g_assert_cmpstr (presync_waiver_get_owner (presync_checklist_item_get_waiver (item)), ==, "Ada");
  g_assert_cmpint (presync_checklist_item_get_status (item), ==, PRESYNC_STATUS_NOT_MET);
  /* one that nobody measured, and one that needs an answer */
  statements_test_waive (self, "cs-hand", NULL);
  g_assert_true (
      presync_checklist_item_get_waived (presync_checklist_find (self->list, "cs-hand")));
  summary = presync_summary_new (self->list, FALSE);
  g_assert_cmpint (summary->verdict, ==, PRESYNC_VERDICT_NOT_READY);
  g_assert_cmpuint (summary->blockers, ==, 1);
  g_assert_cmpuint (summary->waived, ==, 2);
  g_assert_cmpuint (summary->expired, ==, 0);
  text = presync_summary_dup_text (summary);
  g_assert_cmpstr (text, ==, "Not ready · 1 blocker · 2 waived");
  runs_kit_put_memory (self->assessment, 16);
  g_assert_cmpint (presync_checklist_item_get_status (item), ==, PRESYNC_STATUS_MET);
  g_assert_false (presync_checklist_item_get_waived (item));
  g_assert_nonnull (presync_checklist_item_get_waiver (item));
}

/* From the day after the last on, it counts no more: at the next judgement of anything. */
static void
statements_test_reopens (StatementsTest *self, gconstpointer data)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, "cs-memory");
  g_autoptr (PresyncSummary) summary = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) last = g_date_time_new_utc (2026, 11, 10, 23, 59, 59);
  g_autoptr (GDateTime) over = g_date_time_new_utc (2026, 11, 11, 0, 0, 0);

  statements_test_waive (self, "cs-memory", "2026-11-10");
  presync_assessment_set_now (self->assessment, last);
  g_assert_true (presync_checklist_item_get_waived (item));
  presync_assessment_set_now (self->assessment, over);
  g_assert_false (presync_checklist_item_get_waived (item));
  g_assert_true (presync_checklist_item_get_waiver_expired (item));
  summary = presync_summary_new (self->list, FALSE);
  g_assert_cmpuint (summary->waived, ==, 0);
  g_assert_cmpuint (summary->expired, ==, 1);
  text = presync_summary_dup_text (summary);
  g_assert_cmpstr (text, ==, "Not ready · 1 blocker · 1 waiver expired");
}

/* The clock goes on while the program runs: whatever is judged then, waivers are, too. */
static void
statements_test_day (StatementsTest *self, gconstpointer data)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, "cs-memory");
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) here = NULL;
  g_autofree char *today = NULL;
  guint64 n_judged;

  /* The zone moves instead of the clock: it is one day later there, at any time of day. */
  g_setenv ("TZ", "UTC+12", TRUE);
  presync_assessment_set_now (self->assessment, NULL);
  now = presync_assessment_dup_now (self->assessment);
  here = g_date_time_to_local (now);
  today = g_date_time_format (here, "%Y-%m-%d");
  statements_test_waive (self, "cs-memory", today);
  g_assert_true (presync_checklist_item_get_waived (item));
  n_judged = presync_assessment_get_n_judged (self->assessment);
  statements_test_answer (self, "cs-hand", TRUE, NULL);
  g_assert_cmpuint (presync_assessment_get_n_judged (self->assessment) - n_judged, ==, 1);
  g_setenv ("TZ", "UTC-13", TRUE);
  statements_test_answer (self, "cs-hand", FALSE, NULL);
  g_assert_false (presync_checklist_item_get_waived (item));
  g_assert_true (presync_checklist_item_get_waiver_expired (item));
  statements_test_set_zone (zone);
}

/* A check that reads nothing new notices the day as well. */
static void
statements_test_day_at_check (StatementsTest *self, gconstpointer data)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, "cs-memory");
  PresyncHistory *history = presync_assessment_get_history (self->assessment);
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) here = NULL;
  g_autofree char *today = NULL;

  g_setenv ("TZ", "UTC+12", TRUE);
  presync_assessment_set_now (self->assessment, NULL);
  now = presync_assessment_dup_now (self->assessment);
  here = g_date_time_to_local (now);
  today = g_date_time_format (here, "%Y-%m-%d");
  statements_test_waive (self, "cs-memory", today);
  g_setenv ("TZ", "UTC-13", TRUE);
  presync_runner_check_async (presync_assessment_get_runner (self->assessment), NULL, NULL, NULL);
  while (presync_history_get_last (history) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (presync_checklist_item_get_waiver_expired (item));
  g_assert_cmpuint (
      presync_run_get_totals (presync_history_get_last (history), PRESYNC_OPTION_CLOUD_SYNC)
          ->waived,
      ==, 0);
  statements_test_set_zone (zone);
}

/* Nobody does anything, and the day ends: what is shown goes along. */
static void
statements_test_day_ends (StatementsTest *self, gconstpointer data)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, "cs-memory");
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autoptr (GDateTime) utc = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) here = NULL;
  g_autofree char *there = NULL;
  g_autofree char *today = NULL;
  int west;

  /* Where it is two seconds to midnight: as far west as it is past then, at Greenwich. */
  west = (g_date_time_get_hour (utc) * 60 + g_date_time_get_minute (utc)) * 60
         + g_date_time_get_second (utc) + 2;
  there = g_strdup_printf ("UTC%c%02d:%02d:%02d", west > 12 * 3600 ? '-' : '+',
                           (west > 12 * 3600 ? 24 * 3600 - west : west) / 3600,
                           (west > 12 * 3600 ? 24 * 3600 - west : west) / 60 % 60,
                           (west > 12 * 3600 ? 24 * 3600 - west : west) % 60);
  g_setenv ("TZ", there, TRUE);
  presync_assessment_set_now (self->assessment, NULL);
  here = g_date_time_to_local (utc);
  g_assert_cmpint (g_date_time_get_hour (here), ==, 23);
  g_assert_cmpint (g_date_time_get_second (here), ==, 58);
  today = g_date_time_format (here, "%Y-%m-%d");
  statements_test_waive (self, "cs-memory", today);
  while (!presync_checklist_item_get_waiver_expired (item))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (presync_checklist_item_get_waived (item));
  statements_test_set_zone (zone);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (StatementsTest *self, gconstpointer data);
  } tests[] = {
    { "/statements/fields", statements_test_fields },
    { "/statements/midnight", statements_test_midnight },
    { "/statements/undo", statements_test_undo },
    { "/statements/same", statements_test_same },
    { "/statements/load", statements_test_load },
    { "/statements/badge", statements_test_badge },
    { "/statements/reopens", statements_test_reopens },
    { "/statements/day", statements_test_day },
    { "/statements/day-at-check", statements_test_day_at_check },
    { "/statements/day-ends", statements_test_day_ends },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StatementsTest, NULL, statements_test_set_up, tests[i].run,
                statements_test_tear_down);
  return g_test_run ();
}
