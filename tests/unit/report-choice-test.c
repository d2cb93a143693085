/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-kit.h"

#include <signal.h>
#include <sys/resource.h>

#include "assessment/history.h"
#include "base/error.h"
#include "report/content.h"
#include "report/layout.h"

/* What a person chooses of a report: its length, its parts, its words; and what was stated */

#define SOLID 10000

static void
choice_test_waive (ReportTest *self, const char *condition, const char *owner, const char *reason,
                   const GDate *expires)
{
  g_autoptr (PresyncWaiver) waiver
      = presync_waiver_new (condition, reason, owner, expires, self->at);

  presync_statements_set_waiver (presync_assessment_get_statements (self->assessment), condition,
                                 waiver);
}

/* A run for each day before now; each more met than the one before, and once none at all */
static void
choice_test_give_runs (ReportTest *self, guint n, guint lowest)
{
  g_autoptr (PresyncRun) now = presync_run_new_from_assessment (self->assessment, self->at);
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      PresyncRunTotals totals[PRESYNC_N_OPTIONS];
      g_autoptr (GDateTime) at = g_date_time_add_days (self->at, (int) i - (int) n);
      GPtrArray *rows = presync_run_rows_new ();
      GPtrArray *all = presync_run_get_rows (now);

      for (guint j = 0; j < PRESYNC_N_OPTIONS; j++)
        {
          totals[j] = *presync_run_get_totals (now, j);
          totals[j].requirements[PRESYNC_STATUS_MET] = i == lowest ? 0 : i / 10 + 1;
        }
      for (guint j = 0; j < all->len; j++)
        {
          const PresyncRunRow *from = g_ptr_array_index (all, j);
          PresyncRunRow *row = presync_run_row_new (from->option, from->condition);

          row->status = j % 7 == 3 ? PRESYNC_STATUS_NOT_MET : from->status;
          row->measured = row->status;
          row->evidence[0] = j % 7 == 3 ? 'x' : '\0';
          g_ptr_array_add (rows, row);
        }
      g_ptr_array_add (runs, presync_run_new (i + 1, at,
                                              presync_assessment_get_edition (self->assessment),
                                              totals, rows));
    }
  presync_history_load (presync_assessment_get_history (self->assessment), runs);
}

/* Everything that a person or a directory says is long and nasty, and of everything there is much
 */
static void
choice_test_make_hostile (ReportTest *self, PresyncReportOptions *options)
{
  g_autofree char *solid = g_strnfill (SOLID, 'M');
  GListModel *rows = G_LIST_MODEL (presync_assessment_get_checklist (self->assessment, 1));
  g_autoptr (GDate) past = g_date_new_dmy (1, 1, 2026);
  g_autoptr (GDate) future = g_date_new_dmy (1, 1, 2027);
  guint n = 0;

  report_test_make_hostile (self);
  for (guint i = 0; i < g_list_model_get_n_items (rows) && n < 40; i++)
    {
      g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (rows, i);
      GListModel *children = presync_checklist_item_get_children (row);

      for (guint j = 0; j < g_list_model_get_n_items (children) && n < 40; j++, n++)
        {
          g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (children, j);
          const char *id = presync_checklist_item_get_id (item);

          choice_test_waive (self, id, n % 2 == 0 ? solid : "שלום 漢字 😀", solid,
                             n % 3 == 0 ? past : future);
          if (n % 2 == 0)
            report_test_answer_as (self, id, n % 4 == 0, solid, solid);
        }
    }
  choice_test_give_runs (self, 500, 250);
  options->organisation = g_strdup (solid);
  options->prepared_by = g_strdup (solid);
  options->classification = g_strdup (solid);
}

static guint
choice_test_count_pages (ReportTest *self, PresyncReportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncReport) report
      = presync_report_new (self->assessment, options, self->at, NULL, &error);

  g_assert_no_error (error);
  g_assert_null (presync_report_get_problem (report));
  return presync_report_get_n_pages (report);
}

/* Two to four pages, whatever there is to tell */
static void
choice_test_summary (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();

  options->length = PRESYNC_REPORT_SUMMARY;
  for (guint hostile = 0; hostile < 2; hostile++)
    {
      if (hostile == 1)
        choice_test_make_hostile (self, options);
      for (guint paper = PRESYNC_PAPER_A4; paper <= PRESYNC_PAPER_LETTER; paper++)
        {
          guint n;

          options->paper = paper;
          n = choice_test_count_pages (self, options);
          g_assert_cmpuint (n, >=, 2);
          g_assert_cmpuint (n, <=, 4);
        }
    }
}

static void
choice_test_add_prose (GString *text, const GPtrArray *prose)
{
  for (guint i = 0; prose != NULL && i < prose->len; i++)
    g_string_append (text, ((const PresyncSpan *) g_ptr_array_index (prose, i))->text);
  g_string_append_c (text, '\n');
}

static void
choice_test_add_row (GString *text, const PresyncRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      const PresyncCell *cell = g_ptr_array_index (row->cells, i);

      choice_test_add_prose (text, cell->prose);
      if (cell->badge != NULL)
        g_string_append_printf (text, "[%s]\n", cell->badge);
    }
  choice_test_add_prose (text, row->note);
}

/* (transfer full): all that a report says, with the badges, alternate texts and first rows of what
 * is made row by row */
static char *
choice_test_dup_text (ReportTest *self, const PresyncReportOptions *options)
{
  g_autoptr (PresyncDocument) document = presync_content_new (self->assessment, options, self->at);
  GString *text = g_string_new (document->classification);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (document->blocks, i);

      choice_test_add_prose (text, block->prose);
      if (block->chart != NULL)
        g_string_append_printf (text, "%s\n%s\n", block->chart->alternate,
                                block->chart->note != NULL ? block->chart->note : "");
      for (guint j = 0; block->children != NULL && j < block->children->len; j++)
        if (block->kind == PRESYNC_BLOCK_TABLE)
          choice_test_add_row (text, g_ptr_array_index (block->children, j));
        else if (block->kind == PRESYNC_BLOCK_VERDICTS)
          choice_test_add_prose (
              text, ((const PresyncCard *) g_ptr_array_index (block->children, j))->summary);
        else if (block->kind == PRESYNC_BLOCK_LIST)
          choice_test_add_prose (
              text, ((const PresyncItem *) g_ptr_array_index (block->children, j))->prose);
      for (guint j = 0; block->source != NULL && j < block->source->n; j++)
        {
          PresyncRow *row = presync_row_new ();

          block->source->fill (row, j, block->source->data);
          choice_test_add_row (text, row);
          presync_row_free (row);
        }
    }
  return g_string_free (text, FALSE);
}

static void
choice_test_has (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    g_error ("“%s” is not in: %s", wanted, text);
}

/* (transfer full) (element-type utf8): anchors of the headings that begin a part */
static GPtrArray *
choice_test_list_parts (ReportTest *self, const PresyncReportOptions *options)
{
  g_autoptr (PresyncDocument) document = presync_content_new (self->assessment, options, self->at);
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const PresyncBlock *contents = NULL;

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->kind == PRESYNC_BLOCK_CONTENTS)
        contents = block;
      if (block->kind == PRESYNC_BLOCK_HEADING && block->level == 1)
        g_ptr_array_add (parts, g_strdup (block->anchor));
    }
  /* the contents name just these */
  g_assert_nonnull (contents);
  g_assert_cmpuint (contents->children->len, ==, parts->len);
  for (guint i = 0; i < parts->len; i++)
    g_assert_cmpstr (((const PresyncItem *) g_ptr_array_index (contents->children, i))->anchor, ==,
                     g_ptr_array_index (parts, i));
  return parts;
}

/* Each part is left out by its flag, and no other */
static void
choice_test_sections (ReportTest *self, gconstpointer data)
{
  static const char *const parts[][4] = {
    { "blockers", "open", "advice" },
    { "changes" },
    { "table-0" },
    { "table-1" },
    { "accounts" },
    { "sql-server", "sizing" },
    { "tenant" },
    { NULL /* of a source alone */ },
    { "sync-server" },
    { "statements" },
    { "origins", "documents" },
    { "evidence" },
  };
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  gsize n = 0;
  const PresyncSectionInfo *sections = presync_report_sections (&n);
  g_autoptr (GPtrArray) all = NULL;

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (parts));
  report_test_give_findings (self, "tenant", "contoso.com", "text");
  options->sections = PRESYNC_SECTIONS_ALL;
  all = choice_test_list_parts (self, options);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) rest = NULL;
      guint missing = 0;

      options->sections = PRESYNC_SECTIONS_ALL & ~(guint) sections[i].section;
      rest = choice_test_list_parts (self, options);
      for (gsize j = 0; j < G_N_ELEMENTS (parts[i]) && parts[i][j] != NULL; j++)
        {
          if (!g_ptr_array_find_with_equal_func (all, parts[i][j], g_str_equal, NULL))
            g_error ("there is no part “%s”", parts[i][j]);
          g_assert_false (g_ptr_array_find_with_equal_func (rest, parts[i][j], g_str_equal, NULL));
          missing++;
        }
      g_assert_cmpuint (rest->len, ==, all->len - missing);
    }
  options->sections = 0;
  g_assert_cmpuint (choice_test_count_pages (self, options), <=, 2);
}

/* Part of a report says so on its cover; what is only there when asked for is not missed. */
static void
choice_test_left_out (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autofree char *whole = choice_test_dup_text (self, options);
  g_autofree char *part = NULL;
  g_autofree char *summary = NULL;

  g_assert_null (strstr (whole, "Sections left out"));
  options->sections
      &= ~(guint) (PRESYNC_REPORT_SECTION_ACCOUNTS | PRESYNC_REPORT_SECTION_STATEMENTS);
  part = choice_test_dup_text (self, options);
  choice_test_has (part, "Sections left out\nAccounts, Answers and waivers\n");
  options->length = PRESYNC_REPORT_SUMMARY;
  summary = choice_test_dup_text (self, options);
  g_assert_null (strstr (summary, "Sections left out"));
}

/* What leads to a part that was left out leads nowhere; no reference to a list that is not there */
static void
choice_test_links (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autofree char *with = choice_test_dup_text (self, options);
  g_autofree char *without = NULL;

  choice_test_has (with, "[1]");
  choice_test_has (with, "[D1]");
  options->sections &= ~(guint) PRESYNC_REPORT_SECTION_ORIGINS;
  without = choice_test_dup_text (self, options);
  g_assert_null (strstr (without, "[1]"));
  g_assert_null (strstr (without, "[D1]"));
}

/* Answers and waivers: who, when, why; a waiver is a badge beside the status, and changes nothing
 */
static void
choice_test_statements (ReportTest *self, gconstpointer data)
{
  static const char *const wanted[] = {
    "[Waived until 2027-01-31]",
    "Waived until 2027-01-31 – Sam Miller",
    "“A move is planned.”",
    "[Waiver expired on 2026-10-31]",
    "Waiver expired on 2026-10-31 – Kim Lee",
    "[Expired]",
    "[In force]",
    "[Not needed now]",
    "[Not asked]",
    "until it is removed",
    "looked at it in Task Manager",
    "an old one runs",
    "1 waiver has expired",
    "not asked by this edition",
  };
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (GDate) past = g_date_new_dmy (31, 10, 2026);
  g_autoptr (GDate) future = g_date_new_dmy (31, 1, 2027);
  g_autofree char *text = NULL;
  g_autofree char *summary = NULL;
  const char *badge;

  choice_test_waive (self, "cs-domain-joined", "Sam Miller", "A move is planned.", future);
  choice_test_waive (self, "cs-kds-root-key", "Kim Lee", "Later.", past);
  /* which is met */
  choice_test_waive (self, "cn-netbios-dotted", "Jane Doe", "Never mind.", NULL);
  choice_test_waive (self, "xx-of-another-edition", "Jane Doe", "It was there once.", NULL);
  text = choice_test_dup_text (self, options);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      /* in the text with plain spaces: those of a count do not break */
      g_autoptr (GString) plain = g_string_new (text);

      g_string_replace (plain, "\u00a0", " ", 0);
      choice_test_has (plain->str, wanted[i]);
    }
  /* where it is open, and in the option's table */
  badge = strstr (text, "[Waived until 2027-01-31]");
  g_assert_nonnull (strstr (badge + 1, "[Waived until 2027-01-31]"));
  /* those that have expired stand first */
  g_assert_cmpint (strstr (text, "[Expired]") - text, <, strstr (text, "[In force]") - text);
  options->length = PRESYNC_REPORT_SUMMARY;
  summary = choice_test_dup_text (self, options);
  choice_test_has (summary,
                   "1 waiver is in force, 1 has expired, 2 are not needed now; 2 conditions "
                   "were answered");
}

/* Since the run before: who stands behind a status, and what could not be compared. What was stated
 * after the last run is drawn, too. */
static void
choice_test_changes (ReportTest *self, gconstpointer data)
{
  PresyncHistory *history = presync_assessment_get_history (self->assessment);
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autofree char *text = NULL;
  g_autofree char *later = NULL;
  GPtrArray *rows;

  choice_test_give_runs (self, 15, G_MAXUINT);
  rows = presync_run_get_rows (presync_history_get_previous (history));
  for (guint i = 0; i < rows->len; i++)
    {
      PresyncRunRow *row = g_ptr_array_index (rows, i);

      row->waived = row->status == PRESYNC_STATUS_NOT_MET;
      row->answered = row->waived && i % 2 == 0;
    }
  g_ptr_array_add (rows, presync_run_row_new (PRESYNC_OPTION_CLOUD_SYNC, "xx-later-version"));
  options->sections = PRESYNC_REPORT_SECTION_CHANGES;
  text = choice_test_dup_text (self, options);
  choice_test_has (text, "Not met\n(waived)\n");
  choice_test_has (text, "Not met\n(answered by hand) (waived)\n");
  choice_test_has (text, "1 condition of these runs is not in this version’s catalogue");
  /* the figures of the last run are not those of now */
  choice_test_has (text, "in 15 runs");
  choice_test_has (text, "The last point is the date of this report.");
  presync_history_add (history);
  later = choice_test_dup_text (self, options);
  choice_test_has (later, "in 16 runs");
  g_assert_null (strstr (later, "The last point"));
}

static void
choice_test_load_rows_cb (PresyncRun *run, GTask *task, gpointer user_data)
{
  guint *n = user_data;
  GPtrArray *rows = presync_run_rows_new ();

  g_ptr_array_add (rows, presync_run_row_new (PRESYNC_OPTION_CLOUD_SYNC, "xx-of-the-file"));
  presync_run_set_rows (run, rows);
  g_task_return_boolean (task, ++*n > 0);
  g_object_unref (task);
}

static void
choice_test_made_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(PresyncReport **) user_data = presync_report_new_finish (result, NULL);
}

/* Runs of a file are read for the report, once, and the file that is gone is no reason for none. */
static void
choice_test_of_file (ReportTest *self, gconstpointer data)
{
  PresyncHistory *history = presync_assessment_get_history (self->assessment);
  const PresyncRunTotals totals[PRESYNC_N_OPTIONS] = { { 0 } };
  const GDate *edition = presync_assessment_get_edition (self->assessment);
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = 0;

  options->sections = PRESYNC_REPORT_SECTION_CHANGES;
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (runs, presync_run_new (i + 1, self->at, edition, totals, NULL));
  presync_history_load (history, runs);
  for (guint with_file = 0; with_file < 3; with_file++)
    {
      PresyncReport *report = NULL;
      g_autofree char *text = NULL;

      if (with_file == 1)
        presync_history_set_loader (history, choice_test_load_rows_cb, &n, NULL);
      presync_report_new_async (self->assessment, options, self->at, NULL, choice_test_made_cb,
                                &report);
      while (report == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_object_unref (report);
      text = choice_test_dup_text (self, options);
      g_assert_cmpint (strstr (text, "not read in full") != NULL, ==, with_file == 0);
      g_assert_cmpuint (n, ==, with_file == 0 ? 0 : 2);
    }
  g_assert_null (presync_run_get_rows (g_ptr_array_index (runs, 0)));
  presync_history_set_loader (history, NULL, NULL, NULL);
}

/* The words that a person gives */
static void
choice_test_words (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (PresyncReportOptions) copy = NULL;
  g_autofree char *text = NULL;

  options->organisation = g_strdup ("Contoso Europe");
  options->prepared_by = g_strdup ("Jane Doe");
  options->classification = g_strdup ("Internal use");
  copy = presync_report_options_copy (options);
  g_clear_pointer (&options, presync_report_options_free);
  for (guint length = PRESYNC_REPORT_SUMMARY; length <= PRESYNC_REPORT_FULL; length++)
    {
      g_autofree char *said = NULL;

      copy->length = length;
      said = choice_test_dup_text (self, copy);
      choice_test_has (said, "Contoso Europe");
      choice_test_has (said, ", prepared by Jane Doe");
      choice_test_has (said, "Internal use");
    }
}

/* All facts, each with its origin; made row by row */
static void
choice_test_evidence (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autofree char *text = NULL;

  options->sections = PRESYNC_REPORT_SECTION_EVIDENCE;
  text = choice_test_dup_text (self, options);
  choice_test_has (text, "dc1.contoso.com\nyes\nDirectory");
  choice_test_has (text, "“jane” has no right to read operatingSystem.");
  options->sections |= PRESYNC_REPORT_SECTION_ORIGINS;
  g_free (text);
  text = choice_test_dup_text (self, options);
  choice_test_has (text, "dc1.contoso.com\nyes\n[");
}

/* Of a value that would fill a hundred pages the beginning, and how much more there is */
static void
choice_test_long_value (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (GString) value = g_string_new ("begins");
  g_autofree char *text = NULL;

  while (value->len < 300006)
    g_string_append (value, "ä");
  g_string_append (value, "ends");
  report_test_give_facts (self, value->str, "“jane” has no right to read operatingSystem.");
  options->sections = PRESYNC_REPORT_SECTION_EVIDENCE;
  text = choice_test_dup_text (self, options);
  choice_test_has (text, "begins");
  /* 6 letters, 150000, and 4: of a text, and of a member of a list */
  choice_test_has (text, "… and 130010 more characters");
  choice_test_has (text, "… and 148010 more characters");
  g_assert_null (strstr (text, "ends\n"));
}

/* A full disk: what was there stays whole, and nothing stays behind */
static void
choice_test_full_disk (ReportTest *self, gconstpointer data)
{
  struct rlimit limit;
  struct rlimit small;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  void (*before) (int);

  g_file_set_contents (self->path, "old", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 20000;
  before = signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (report_test_save (self, self->path, self->at, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, before);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_file_get_contents (self->path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "old");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (ReportTest *, gconstpointer);
  } tests[] = {
    { "/report-choice/summary", choice_test_summary },
    { "/report-choice/sections", choice_test_sections },
    { "/report-choice/left-out", choice_test_left_out },
    { "/report-choice/links", choice_test_links },
    { "/report-choice/changes", choice_test_changes },
    { "/report-choice/of-file", choice_test_of_file },
    { "/report-choice/statements", choice_test_statements },
    { "/report-choice/words", choice_test_words },
    { "/report-choice/evidence", choice_test_evidence },
    { "/report-choice/long-value", choice_test_long_value },
    { "/report-choice/full-disk", choice_test_full_disk },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReportTest, NULL, report_test_set_up, tests[i].run,
                report_test_tear_down);
  return g_test_run ();
}
