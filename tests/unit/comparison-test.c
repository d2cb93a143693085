/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runs-kit.h"

/* Two runs, condition by condition: what became of each */

#define OLD "2025-06-01"
#define NEW "2026-10-06"

typedef struct
{
  PresyncCatalogue *catalogue;
} ComparisonTest;

static void
comparison_test_set_up (ComparisonTest *self, gconstpointer data)
{
  self->catalogue = runs_kit_catalogue ();
}

static void
comparison_test_tear_down (ComparisonTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->catalogue);
}

/* @rows: (transfer full) */
static PresyncRun *
comparison_test_run (const char *edition_text, GPtrArray *rows)
{
  GDate edition;
  PresyncRunTotals totals[PRESYNC_N_OPTIONS] = { 0 };
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);

  g_assert_true (presync_edition_parse (edition_text, &edition, NULL));
  return presync_run_new (1, at, &edition, totals, rows);
}

/* @measured: what the sources alone say */
static void
comparison_test_add (GPtrArray *rows, const char *condition, int status, int measured,
                     gboolean answered, const char *evidence)
{
  PresyncRunRow *row = presync_run_row_new (
      g_str_has_prefix (condition, "cn-") ? PRESYNC_OPTION_CONNECT_SYNC : PRESYNC_OPTION_CLOUD_SYNC,
      condition);

  row->status = (PresyncStatus) status;
  row->measured = (PresyncStatus) measured;
  row->answered = answered;
  g_strlcpy (row->evidence, evidence, sizeof row->evidence);
  g_ptr_array_add (rows, row);
}

#define NONE (-1)

/* A case of one condition. Editions: %NULL: both new. Measured is 0 (not applicable) where the
 * status is what was measured. */
typedef struct
{
  const char *condition;
  const char *before_edition;
  const char *after_edition;
  int before;
  int after;
  const char *before_evidence;
  const char *after_evidence;
  gboolean before_answered;
  gboolean after_answered;
  PresyncChange change;
  int after_measured;
  int before_measured;
} ComparisonCase;

static void
comparison_test_one (ComparisonTest *self, const ComparisonCase *one)
{
  GPtrArray *before = presync_run_rows_new ();
  GPtrArray *after = presync_run_rows_new ();
  g_autoptr (PresyncRun) first = NULL;
  g_autoptr (PresyncRun) second = NULL;
  g_autoptr (PresyncComparison) comparison = NULL;
  const PresyncComparisonRow *row;
  GPtrArray *rows;

  if (one->before != NONE)
    comparison_test_add (before, one->condition, one->before,
                         one->before_measured > 0 ? one->before_measured : one->before,
                         one->before_answered,
                         one->before_evidence != NULL ? one->before_evidence : "");
  if (one->after != NONE)
    comparison_test_add (after, one->condition, one->after,
                         one->after_measured > 0 ? one->after_measured : one->after,
                         one->after_answered,
                         one->after_evidence != NULL ? one->after_evidence : "");
  first = comparison_test_run (one->before_edition != NULL ? one->before_edition : NEW, before);
  second = comparison_test_run (one->after_edition != NULL ? one->after_edition : NEW, after);
  comparison = presync_comparison_new (self->catalogue, first, second);
  rows = presync_comparison_get_rows (comparison);
  g_assert_cmpuint (rows->len, ==, 1);
  row = g_ptr_array_index (rows, 0);
  if (row->change != one->change)
    g_error ("%s of %s, %d to %d: %s, not %s", one->condition,
             one->before_edition != NULL ? one->before_edition : NEW, one->before, one->after,
             presync_change_id (row->change), presync_change_id (one->change));
  g_assert_cmpstr (presync_condition_get_id (row->condition), ==, one->condition);
  g_assert_cmpint (row->before == NULL, ==, one->before == NONE);
  g_assert_cmpint (row->after == NULL, ==, one->after == NONE);
  g_assert_cmpuint (presync_comparison_count (comparison, one->change), ==, 1);
  g_assert_cmpuint (presync_comparison_get_n_foreign (comparison), ==, 0);
}

/* Every pair of statuses of one edition */
static void
comparison_test_statuses (ComparisonTest *self, gconstpointer data)
{
  /* of row: before, of column: after; in the order of PresyncStatus: not applicable, met, advice,
   * needs an answer, unknown, not met */
  static const char table[PRESYNC_N_STATUSES][PRESYNC_N_STATUSES + 1]
      = { "..NLLN", "..NLLN", "AM.LLN", "KKN..N", "KKN..N", "AMMLL." };
  static const char letters[PRESYNC_N_CHANGES] = {
    [PRESYNC_CHANGE_NEW] = 'N',        [PRESYNC_CHANGE_MENDED] = 'M',
    [PRESYNC_CHANGE_BY_EDITION] = 'E', [PRESYNC_CHANGE_STATED] = 'S',
    [PRESYNC_CHANGE_NOT_ASKED] = 'A',  [PRESYNC_CHANGE_LOST] = 'L',
    [PRESYNC_CHANGE_KNOWN] = 'K',      [PRESYNC_CHANGE_UNCHANGED] = '.',
  };

  for (int before = 0; before < PRESYNC_N_STATUSES; before++)
    for (int after = 0; after < PRESYNC_N_STATUSES; after++)
      for (guint change = 0; change < PRESYNC_N_CHANGES; change++)
        if (letters[change] == table[before][after])
          {
            const ComparisonCase one
                = { .condition = "cs-memory", .before = before, .after = after, .change = change };

            comparison_test_one (self, &one);
          }
}

static void
comparison_test_editions (ComparisonTest *self, gconstpointer data)
{
  static const ComparisonCase cases[] = {
    /* the threshold rose, the memory is what it was */
    { "cs-memory", OLD, NEW, PRESYNC_STATUS_MET, PRESYNC_STATUS_NOT_MET, "6", "6", FALSE, FALSE,
      PRESYNC_CHANGE_BY_EDITION },
    /* and back */
    { "cs-memory", NEW, OLD, PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_MET, "6", "6", FALSE, FALSE,
      PRESYNC_CHANGE_BY_EDITION },
    /* some was taken out */
    { "cs-memory", OLD, NEW, PRESYNC_STATUS_MET, PRESYNC_STATUS_NOT_MET, "6", "2", FALSE, FALSE,
      PRESYNC_CHANGE_NEW },
    /* the threshold is another and nothing came of it */
    { "cs-memory", OLD, NEW, PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, "16", "16", FALSE, FALSE,
      PRESYNC_CHANGE_UNCHANGED },
    /* the editions differ, the question does not: the time went by */
    { "cs-esc", OLD, NEW, PRESYNC_STATUS_MET, PRESYNC_STATUS_ADVICE, "1", "1", FALSE, FALSE,
      PRESYNC_CHANGE_NEW },
    /* what was advice is required now */
    { "cs-strict", OLD, NEW, PRESYNC_STATUS_ADVICE, PRESYNC_STATUS_NOT_MET, "1", "1", FALSE, FALSE,
      PRESYNC_CHANGE_BY_EDITION },
    /* what was met is met with advice now */
    { "cs-advice", OLD, NEW, PRESYNC_STATUS_MET, PRESYNC_STATUS_ADVICE, "1", "1", FALSE, FALSE,
      PRESYNC_CHANGE_BY_EDITION },
    /* also where people say so, of both */
    { "cs-strict", OLD, NEW, PRESYNC_STATUS_ADVICE, PRESYNC_STATUS_NOT_MET, "", "", TRUE, TRUE,
      PRESYNC_CHANGE_BY_EDITION },
    { "cs-advice", OLD, NEW, PRESYNC_STATUS_MET, PRESYNC_STATUS_ADVICE, "", "", TRUE, TRUE,
      PRESYNC_CHANGE_BY_EDITION },
    /* who answers otherwise in a stricter edition made the difference, not the edition */
    { "cs-strict", OLD, NEW, PRESYNC_STATUS_MET, PRESYNC_STATUS_NOT_MET, "", "", TRUE, TRUE,
      PRESYNC_CHANGE_NEW },
    { "cs-strict", OLD, NEW, PRESYNC_STATUS_ADVICE, PRESYNC_STATUS_MET, "", "", TRUE, TRUE,
      PRESYNC_CHANGE_STATED, PRESYNC_STATUS_NOT_MET },
    /* an answer is no edition */
    { "cs-memory", OLD, NEW, PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_MET, "6", "6", FALSE, TRUE,
      PRESYNC_CHANGE_KNOWN },
    { "cs-memory", OLD, NEW, PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_MET, "6", "6", TRUE, TRUE,
      PRESYNC_CHANGE_MENDED },
    /* asked no more, and asked anew */
    { "cs-old", OLD, NEW, PRESYNC_STATUS_NOT_MET, NONE, "1", NULL, FALSE, FALSE,
      PRESYNC_CHANGE_BY_EDITION },
    { "cs-new", OLD, NEW, NONE, PRESYNC_STATUS_NOT_MET, NULL, "1", FALSE, FALSE,
      PRESYNC_CHANGE_BY_EDITION },
    { "cs-new", NEW, OLD, PRESYNC_STATUS_MET, NONE, "1", NULL, FALSE, FALSE,
      PRESYNC_CHANGE_BY_EDITION },
    /* asked for by both editions, and another program did not know it yet */
    { "cn-exists", OLD, NEW, NONE, PRESYNC_STATUS_NOT_MET, NULL, "1", FALSE, FALSE,
      PRESYNC_CHANGE_NEW },
    { "cn-exists", OLD, NEW, NONE, PRESYNC_STATUS_MET, NULL, "1", FALSE, FALSE,
      PRESYNC_CHANGE_KNOWN },
    { "cn-exists", NEW, NEW, PRESYNC_STATUS_MET, NONE, "1", NULL, FALSE, FALSE,
      PRESYNC_CHANGE_LOST },
    /* of another program's catalogue: asked by neither edition as it is here */
    { "cs-old", NULL, NULL, NONE, PRESYNC_STATUS_NOT_MET, NULL, "1", FALSE, FALSE,
      PRESYNC_CHANGE_NEW },
    /* the same edition: nothing is by edition */
    { "cs-memory", NULL, NULL, PRESYNC_STATUS_MET, PRESYNC_STATUS_NOT_MET, "6", "6", FALSE, FALSE,
      PRESYNC_CHANGE_NEW },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    comparison_test_one (self, &cases[i]);
}

/* What was answered away, or is not asked for any more, was not mended. */
static void
comparison_test_mended (ComparisonTest *self, gconstpointer data)
{
  static const struct
  {
    int before;
    int after;
    int measured;
    gboolean before_answered;
    gboolean after_answered;
    PresyncChange change;
  } cases[] = {
    { PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_MET, PRESYNC_STATUS_NOT_MET, FALSE, TRUE,
      PRESYNC_CHANGE_STATED },
    { PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_MET, PRESYNC_STATUS_UNKNOWN, FALSE, TRUE,
      PRESYNC_CHANGE_STATED },
    { PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_MET, PRESYNC_STATUS_NEEDS_ANSWER, TRUE, TRUE,
      PRESYNC_CHANGE_STATED },
    { PRESYNC_STATUS_ADVICE, PRESYNC_STATUS_MET, PRESYNC_STATUS_ADVICE, FALSE, TRUE,
      PRESYNC_CHANGE_STATED },
    /* the sources say so themselves */
    { PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, TRUE, TRUE,
      PRESYNC_CHANGE_MENDED },
    { PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, TRUE, FALSE,
      PRESYNC_CHANGE_MENDED },
    /* nothing was a problem before */
    { PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_MET, PRESYNC_STATUS_UNKNOWN, FALSE, TRUE,
      PRESYNC_CHANGE_KNOWN },
    { PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_NOT_APPLICABLE, 0, FALSE, FALSE,
      PRESYNC_CHANGE_NOT_ASKED },
    { PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_NOT_APPLICABLE, 0, TRUE, FALSE,
      PRESYNC_CHANGE_NOT_ASKED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ComparisonCase one = { .condition = "cs-memory",
                                   .before = cases[i].before,
                                   .after = cases[i].after,
                                   .before_answered = cases[i].before_answered,
                                   .after_answered = cases[i].after_answered,
                                   .change = cases[i].change,
                                   .after_measured = cases[i].measured };

      comparison_test_one (self, &one);
    }
}

/* An answer that was taken back shows what was there before; that is not new. */
static void
comparison_test_taken_back (ComparisonTest *self, gconstpointer data)
{
  ComparisonCase one = { .condition = "cs-memory",
                         .before = PRESYNC_STATUS_MET,
                         .before_measured = PRESYNC_STATUS_NOT_MET,
                         .before_answered = TRUE,
                         .after = PRESYNC_STATUS_NOT_MET,
                         .change = PRESYNC_CHANGE_STATED };

  comparison_test_one (self, &one);
  /* While it was answered, it became worse. */
  one.before_measured = PRESYNC_STATUS_ADVICE;
  one.change = PRESYNC_CHANGE_NEW;
  comparison_test_one (self, &one);
}

/* The order of the tables, counts by option, and what another version knows */
static void
comparison_test_whole (ComparisonTest *self, gconstpointer data)
{
  GPtrArray *before = presync_run_rows_new ();
  GPtrArray *after = presync_run_rows_new ();
  g_autoptr (PresyncRun) first = NULL;
  g_autoptr (PresyncRun) second = NULL;
  g_autoptr (PresyncComparison) comparison = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  GPtrArray *rows;

  comparison_test_add (before, "cn-exists", PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, FALSE, "1");
  comparison_test_add (before, "cs-hand", PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_NEEDS_ANSWER,
                       FALSE, "");
  comparison_test_add (before, "cs-memory", PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, FALSE, "16");
  comparison_test_add (before, "cs-gone", PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, FALSE, "");
  comparison_test_add (after, "cs-memory", PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_NOT_MET, FALSE,
                       "2");
  comparison_test_add (after, "cs-hand", PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, TRUE, "");
  comparison_test_add (after, "cn-exists", PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, FALSE, "1");
  comparison_test_add (after, "cs-gone", PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, FALSE, "");
  comparison_test_add (after, "cn-later", PRESYNC_STATUS_MET, PRESYNC_STATUS_MET, FALSE, "");
  first = comparison_test_run (NEW, before);
  second = comparison_test_run (NEW, after);
  comparison = presync_comparison_new (self->catalogue, first, second);
  g_assert_true (presync_comparison_get_before (comparison) == first);
  g_assert_true (presync_comparison_get_after (comparison) == second);
  rows = presync_comparison_get_rows (comparison);
  for (guint i = 0; i < rows->len; i++)
    {
      const PresyncComparisonRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (order, "%s ", presync_condition_get_id (row->condition));
    }
  g_assert_cmpstr (order->str, ==, "cs-memory cs-hand cn-exists ");
  g_assert_cmpuint (presync_comparison_get_n_foreign (comparison), ==, 2);
  g_assert_cmpuint (presync_comparison_count (comparison, PRESYNC_CHANGE_NEW), ==, 1);
  g_assert_cmpuint (presync_comparison_count (comparison, PRESYNC_CHANGE_KNOWN), ==, 1);
  g_assert_cmpuint (presync_comparison_count_option (comparison, PRESYNC_OPTION_CONNECT_SYNC,
                                                     PRESYNC_CHANGE_UNCHANGED),
                    ==, 1);
  g_assert_cmpuint (presync_comparison_count_option (comparison, PRESYNC_OPTION_CLOUD_SYNC,
                                                     PRESYNC_CHANGE_UNCHANGED),
                    ==, 0);
}

static void
comparison_test_words (ComparisonTest *self, gconstpointer data)
{
  for (guint i = 0; i < PRESYNC_N_CHANGES; i++)
    for (guint j = 0; j < i; j++)
      {
        g_assert_cmpstr (presync_change_id (i), !=, presync_change_id (j));
        g_assert_cmpstr (presync_change_title (i), !=, presync_change_title (j));
      }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (ComparisonTest *self, gconstpointer data);
  } tests[] = {
    { "/comparison/statuses", comparison_test_statuses },
    { "/comparison/editions", comparison_test_editions },
    { "/comparison/mended", comparison_test_mended },
    { "/comparison/taken-back", comparison_test_taken_back },
    { "/comparison/whole", comparison_test_whole },
    { "/comparison/words", comparison_test_words },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ComparisonTest, NULL, comparison_test_set_up, tests[i].run,
                comparison_test_tear_down);
  return g_test_run ();
}
