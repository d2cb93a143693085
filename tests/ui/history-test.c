/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Waivers and the history as the window tells of them: days, sentences, figures, lines, groups. */
#include <adwaita.h>

#include "app/answer-card.h"
#include "app/bidi-text.h"
#include "app/change-groups.h"
#include "app/change-row.h"
#include "app/checklist-rows.h"
#include "app/comparison-view.h"
#include "app/filter-bar.h"
#include "app/history-line.h"
#include "app/newest-first.h"
#include "app/undo-actions.h"
#include "app/verdict-change.h"
#include "app/waiver-badge.h"
#include "app/waiver-text.h"
#include "assessment/history.h"

#define CONDITION "cs-ram"

static PresyncAssessment *
history_new_assessment (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  return presync_assessment_new (catalogue);
}

static void
history_waive (PresyncAssessment *assessment, const char *day)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (PresyncWaiver) waiver = NULL;
  GDate expires;

  g_date_clear (&expires, 1);
  if (day != NULL)
    g_assert_true (presync_day_parse (day, &expires));
  waiver = presync_waiver_new (CONDITION, "New server <ordered> & paid", "Anna Berg",
                               day != NULL ? &expires : NULL, at);
  presync_statements_set_waiver (presync_assessment_get_statements (assessment), CONDITION, waiver);
}

static void
history_answer (PresyncAssessment *assessment, gboolean met)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 2, 12, 0, 0);
  g_autoptr (PresyncAnswer) answer = presync_answer_new (CONDITION, met, "Anna Berg", "Seen", at);

  presync_assessment_set_answer (assessment, answer);
}

static void
test_days (void)
{
  static const char *const good[] = { "2027-03-01", " 2027-3-1 ", "1.3.2027", "01. 03. 2027" };
  static const char *const bad[] = { "",     "3/1/2027",    "2027-02-30", "1.13.2027",
                                     "2027", "2027-03-01x", "0000-01-01", "tomorrow" };
  GDate day;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (presync_day_parse (good[i], &day));
      text = presync_day_text (&day);
      g_assert_cmpstr (text, ==, "1 March 2027");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (presync_day_parse (bad[i], &day));
}

/* It counts on its last day, and is open again the day after. */
static void
test_waiver_text (void)
{
  g_autoptr (PresyncAssessment) assessment = history_new_assessment ();
  PresyncStatements *statements = presync_assessment_get_statements (assessment);
  PresyncChecklistItem *item = presync_checklist_find (
      presync_assessment_get_checklist (assessment, PRESYNC_OPTION_CLOUD_SYNC), CONDITION);
  PresyncStatus status = presync_checklist_item_get_status (item);
  static const struct
  {
    const char *day;
    int now;
    const char *text;
    const char *badge;
  } cases[] = {
    { NULL, 23, "Waived by Anna Berg until it is removed.", "Waived" },
    { "2026-11-23", 23, "Waived by Anna Berg until 23 November 2026.", "Waived" },
    { "2026-11-23", 24,
      "The waiver of Anna Berg expired on 23 November 2026: the condition is open again.",
      "Waiver expired" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_local (2026, 11, cases[i].now, 12, 0, 0);
      g_autofree char *text = NULL;

      presync_assessment_set_now (assessment, now);
      history_waive (assessment, cases[i].day);
      text = presync_waiver_dup_text (presync_statements_get_waiver (statements, CONDITION), now);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (presync_waiver_badge_text (item), ==, cases[i].badge);
      /* A badge, never a pass */
      g_assert_cmpint ((int) presync_checklist_item_get_status (item), ==, (int) status);
    }
  presync_statements_set_waiver (statements, CONDITION, NULL);
  g_assert_null (presync_waiver_badge_text (item));
  g_assert_true (presync_statements_undo (statements));
  g_assert_nonnull (presync_waiver_badge_text (item));
  presync_runner_close (presync_assessment_get_runner (assessment));
}

/* What is typed and not saved waits for whoever comes back, and an undo does not take it. */
static void
test_draft (void)
{
  g_autoptr (PresyncAssessment) assessment = history_new_assessment ();
  PresyncChecklist *checklist
      = presync_assessment_get_checklist (assessment, PRESYNC_OPTION_CLOUD_SYNC);
  PresyncChecklistItem *item = presync_checklist_find (checklist, CONDITION);
  PresyncChecklistItem *other = presync_checklist_find (checklist, "cs-dotnet");
  PresyncAnswerCard *card = g_object_ref_sink (g_object_new (PRESYNC_TYPE_ANSWER_CARD, NULL));
  GtkEditable *name = GTK_EDITABLE (
      gtk_widget_get_template_child (GTK_WIDGET (card), PRESYNC_TYPE_ANSWER_CARD, "name"));

  presync_answer_card_set_item (card, assessment, item);
  gtk_editable_set_text (name, "Typed");
  presync_answer_card_set_item (card, assessment, other);
  g_assert_cmpstr (gtk_editable_get_text (name), !=, "Typed");
  presync_answer_card_set_item (card, assessment, item);
  g_assert_cmpstr (gtk_editable_get_text (name), ==, "Typed");
  history_answer (assessment, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpstr (gtk_editable_get_text (name), ==, "Typed");
  presync_answer_card_set_item (card, NULL, NULL);
  g_object_unref (card);
  presync_runner_close (presync_assessment_get_runner (assessment));
}

static void
test_bidi (void)
{
  g_autofree char *plain = presync_bidi_dup_isolated ("Anna Berg");
  g_autofree char *hebrew = presync_bidi_dup_isolated ("\xd7\x93\xd7\x9f");

  g_assert_cmpstr (plain, ==, "Anna Berg");
  g_assert_cmpstr (hebrew, ==, "\xe2\x81\xa8\xd7\x93\xd7\x9f\xe2\x81\xa9");
}

/* How many conditions the filter leaves, headings and requirements left out */
static guint
history_count_conditions (PresyncChecklistRows *rows)
{
  GListModel *model = presync_checklist_rows_get_model (rows);
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (PRESYNC_IS_CHECKLIST_ITEM (item) && !gtk_tree_list_row_is_expandable (row))
        count++;
    }
  return count;
}

static void
test_filter (void)
{
  g_autoptr (PresyncAssessment) assessment = history_new_assessment ();
  PresyncChecklist *checklist
      = presync_assessment_get_checklist (assessment, PRESYNC_OPTION_CLOUD_SYNC);
  g_autoptr (PresyncChecklistRows) rows = presync_checklist_rows_new (checklist);
  g_autoptr (PresyncSummary) summary = NULL;
  PresyncFilterBar *bar = g_object_ref_sink (g_object_new (PRESYNC_TYPE_FILTER_BAR, NULL));

  presync_checklist_rows_set_filter (rows, PRESYNC_FILTER_WAIVED);
  g_assert_cmpuint (history_count_conditions (rows), ==, 0);
  history_waive (assessment, NULL);
  g_assert_cmpuint (history_count_conditions (rows), ==, 1);
  history_waive (assessment, "2020-01-01");
  g_assert_cmpuint (history_count_conditions (rows), ==, 1);
  summary = presync_summary_new (checklist, FALSE);
  g_assert_cmpuint (summary->expired, ==, 1);
  presync_filter_bar_update (bar, summary);
  presync_statements_set_waiver (presync_assessment_get_statements (assessment), CONDITION, NULL);
  g_assert_cmpuint (history_count_conditions (rows), ==, 0);
  g_object_unref (bar);
  presync_runner_close (presync_assessment_get_runner (assessment));
}

/* A run of which @met requirements of Cloud sync were met, 1 was not, 2 were unknown, and 3 needed
 * an answer */
static PresyncRun *
history_new_run (int day, guint met)
{
  PresyncRunTotals totals[PRESYNC_N_OPTIONS] = { 0 };
  g_autoptr (GDateTime) at = g_date_time_new_local (2026, 11, day, 8, 0, 0);
  GDate edition;

  g_date_clear (&edition, 1);
  g_date_set_dmy (&edition, 1, 3, 2023);
  totals[PRESYNC_OPTION_CLOUD_SYNC].verdict = PRESYNC_VERDICT_NOT_READY;
  totals[PRESYNC_OPTION_CLOUD_SYNC].requirements[PRESYNC_STATUS_MET] = met;
  totals[PRESYNC_OPTION_CLOUD_SYNC].requirements[PRESYNC_STATUS_NOT_MET] = 1;
  totals[PRESYNC_OPTION_CLOUD_SYNC].requirements[PRESYNC_STATUS_UNKNOWN] = 2;
  totals[PRESYNC_OPTION_CLOUD_SYNC].requirements[PRESYNC_STATUS_NEEDS_ANSWER] = 3;
  return presync_run_new (day, at, &edition, totals, NULL);
}

static GListStore *
history_new_runs (void)
{
  GListStore *runs = g_list_store_new (PRESYNC_TYPE_RUN);
  static const guint met[] = { 7, 4, 9 };

  for (guint i = 0; i < G_N_ELEMENTS (met); i++)
    {
      g_autoptr (PresyncRun) run = history_new_run ((int) i + 1, met[i]);

      g_list_store_append (runs, run);
    }
  return runs;
}

static void
test_figures (void)
{
  g_autoptr (GListStore) runs = history_new_runs ();
  g_autoptr (PresyncRun) run = g_list_model_get_item (G_LIST_MODEL (runs), 1);
  g_autofree char *figures = presync_run_dup_figures (run, PRESYNC_OPTION_CLOUD_SYNC);
  g_autofree char *same = presync_run_dup_title (run, presync_run_get_edition (run));
  g_autofree char *other = NULL;
  g_autofree char *name = NULL;
  g_autofree char *description
      = presync_runs_dup_description (G_LIST_MODEL (runs), PRESYNC_OPTION_CLOUD_SYNC);
  GDate newest;

  g_date_clear (&newest, 1);
  g_date_set_dmy (&newest, 6, 10, 2026);
  other = presync_run_dup_title (run, &newest);
  name = presync_run_dup_name (run, &newest);
  g_assert_cmpstr (figures, ==, "4 met, 1 not met, 5 unknown or unanswered");
  g_assert_cmpstr (same, ==, "2026-11-02 08:00");
  g_assert_cmpstr (other, ==, "2026-11-02 08:00 · edition 2023-03-01");
  g_assert_nonnull (strstr (name, "Cloud sync: Not ready, 4 met, 1 not met"));
  g_assert_cmpstr (description, ==,
                   "Cloud sync: 3 runs, from 2026-11-01 08:00 to 2026-11-03 08:00. "
                   "Met: 7 at first, 9 at last, between 4 and 9. "
                   "Not met: 1 at first, 1 at last, between 1 and 1. "
                   "Unknown or unanswered: 5 at first, 5 at last, between 5 and 5.");
}

typedef struct
{
  guint position, removed, added;
} HistoryChange;

static void
history_changed_cb (GListModel *list, guint position, guint removed, guint added, gpointer change)
{
  *(HistoryChange *) change = (HistoryChange){ position, removed, added };
}

static void
test_newest_first (void)
{
  g_autoptr (GListStore) runs = history_new_runs ();
  g_autoptr (PresyncNewestFirst) list = presync_newest_first_new (G_LIST_MODEL (runs));
  g_autoptr (PresyncRun) more = history_new_run (4, 1);
  HistoryChange change = { 0 };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (PresyncRun) run = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpint (presync_run_get_id (run), ==, 3 - i);
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 3));
  g_signal_connect (list, "items-changed", G_CALLBACK (history_changed_cb), &change);
  g_list_store_append (runs, more);
  g_assert_cmpuint (change.position, ==, 0);
  g_assert_cmpuint (change.added, ==, 1);
  g_list_store_remove (runs, 0);
  g_assert_cmpuint (change.position, ==, 3);
  g_assert_cmpuint (change.removed, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
}

/* What a screen reader says of the lines, and that keys and new runs keep to it */
static void
test_line (void)
{
  g_autoptr (GListStore) runs = history_new_runs ();
  g_autoptr (PresyncRun) more = history_new_run (4, 1);
  g_autofree char *description
      = presync_runs_dup_description (G_LIST_MODEL (runs), PRESYNC_OPTION_CLOUD_SYNC);
  PresyncHistoryLine *line = g_object_ref_sink (g_object_new (PRESYNC_TYPE_HISTORY_LINE, NULL));

  g_assert_cmpuint (presync_history_line_get_selected (line), ==, GTK_INVALID_LIST_POSITION);
  presync_history_line_set_runs (line, G_LIST_MODEL (runs));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       description);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "2026-11-03 08:00: 9 met, 1 not met, 5 unknown or unanswered");
  presync_history_line_select (line, 1);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      "2026-11-02 08:00: 4 met, 1 not met, 5 unknown or unanswered");
  presync_history_line_select (line, 99);
  g_assert_cmpuint (presync_history_line_get_selected (line), ==, 2);
  g_list_store_append (runs, more);
  g_assert_cmpuint (presync_history_line_get_selected (line), ==, 3);
  g_list_store_remove_all (runs);
  g_assert_cmpuint (presync_history_line_get_selected (line), ==, GTK_INVALID_LIST_POSITION);
  g_object_unref (line);
}

/* An answer between two runs stands below "Now known", and nothing else changed. */
static void
test_groups (void)
{
  g_autoptr (PresyncAssessment) assessment = history_new_assessment ();
  PresyncHistory *history = presync_assessment_get_history (assessment);
  PresyncRun *before = presync_history_add (history);
  PresyncRun *after = NULL;
  g_autoptr (PresyncComparison) comparison = NULL;
  g_autoptr (GListModel) groups = NULL;
  g_autoptr (GtkTreeListRow) heading = NULL;
  g_autoptr (GtkTreeListRow) row = NULL;
  g_autoptr (PresyncChangeItem) known = NULL;
  g_autoptr (PresyncChangeItem) item = NULL;
  g_autofree char *name = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *none = NULL;

  history_answer (assessment, TRUE);
  after = presync_history_add (history);
  comparison
      = presync_comparison_new (presync_assessment_get_catalogue (assessment), before, after);
  groups = presync_change_groups_new (comparison);
  /* Two headings, and one of them open with one condition */
  g_assert_cmpuint (g_list_model_get_n_items (groups), ==, 3);
  heading = g_list_model_get_item (groups, 0);
  known = gtk_tree_list_row_get_item (heading);
  g_assert_cmpint ((int) presync_change_item_get_change (known), ==, (int) PRESYNC_CHANGE_KNOWN);
  g_assert_cmpuint (presync_change_item_get_count (known), ==, 1);
  g_assert_null (presync_change_item_get_row (known));
  row = g_list_model_get_item (groups, 1);
  item = gtk_tree_list_row_get_item (row);
  g_assert_cmpstr (presync_change_item_get_row (item)->after->condition, ==, CONDITION);
  name = presync_change_row_dup_name (presync_change_item_get_row (item));
  g_assert_nonnull (strstr (name, "Needs an answer before, Met after"));
  g_assert_nonnull (strstr (name, "answered by hand"));
  counts = presync_verdict_change_dup_counts (comparison, PRESYNC_OPTION_CLOUD_SYNC);
  none = presync_verdict_change_dup_counts (comparison, PRESYNC_OPTION_CONNECT_SYNC);
  g_assert_cmpstr (counts, ==, "Now known 1");
  g_assert_cmpstr (none, ==, "Nothing changed");
  presync_runner_close (presync_assessment_get_runner (assessment));
}

/* A problem that is answered away stands below a heading of its own, not below "Mended". */
static void
test_groups_stated (void)
{
  g_autoptr (PresyncAssessment) assessment = history_new_assessment ();
  PresyncHistory *history = presync_assessment_get_history (assessment);
  PresyncRun *before = NULL;
  g_autoptr (PresyncComparison) comparison = NULL;
  g_autoptr (GListModel) groups = NULL;
  g_autoptr (GtkTreeListRow) heading = NULL;
  g_autoptr (PresyncChangeItem) stated = NULL;
  g_autofree char *counts = NULL;

  history_answer (assessment, FALSE);
  before = presync_history_add (history);
  history_answer (assessment, TRUE);
  comparison = presync_comparison_new (presync_assessment_get_catalogue (assessment), before,
                                       presync_history_add (history));
  groups = presync_change_groups_new (comparison);
  g_assert_cmpuint (g_list_model_get_n_items (groups), ==, 3);
  heading = g_list_model_get_item (groups, 0);
  stated = gtk_tree_list_row_get_item (heading);
  g_assert_cmpint ((int) presync_change_item_get_change (stated), ==, (int) PRESYNC_CHANGE_STATED);
  g_assert_cmpuint (presync_change_item_get_count (stated), ==, 1);
  counts = presync_verdict_change_dup_counts (comparison, PRESYNC_OPTION_CLOUD_SYNC);
  g_assert_cmpstr (counts, ==, "Answered by hand 1");
  presync_runner_close (presync_assessment_get_runner (assessment));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/history/days", test_days);
  g_test_add_func ("/history/waiver-text", test_waiver_text);
  g_test_add_func ("/history/draft", test_draft);
  g_test_add_func ("/history/bidi", test_bidi);
  g_test_add_func ("/history/filter", test_filter);
  g_test_add_func ("/history/figures", test_figures);
  g_test_add_func ("/history/newest-first", test_newest_first);
  g_test_add_func ("/history/line", test_line);
  g_test_add_func ("/history/groups", test_groups);
  g_test_add_func ("/history/groups-stated", test_groups_stated);
  return g_test_run ();
}
