/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "assessment/comparison.h"
#include "assessment/history.h"
#include <glib/gi18n.h>

/* Of a summary */
#define SHOWN 5
#define MOST_NAME 90

/* What was new stands first, what is only known now last; what did not change is not told */
static const PresyncChange order[] = {
  PRESYNC_CHANGE_NEW,       PRESYNC_CHANGE_LOST,  PRESYNC_CHANGE_MENDED,     PRESYNC_CHANGE_STATED,
  PRESYNC_CHANGE_NOT_ASKED, PRESYNC_CHANGE_KNOWN, PRESYNC_CHANGE_BY_EDITION,
};

/* A status, and whether people stand behind it */
static void
presync_content_add_side (PresyncRow *row, const PresyncRunRow *side)
{
  GPtrArray *prose;

  if (side == NULL)
    {
      presync_row_add_text (row, PRESYNC_SPAN_DIM, _ ("not asked"));
      return;
    }
  prose = presync_prose_new_text (PRESYNC_SPAN_PLAIN, presync_status_title (side->status));
  if (side->answered || side->waived)
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
  if (side->answered)
    presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("(answered by hand)"));
  if (side->answered && side->waived)
    presync_prose_add (prose, PRESYNC_SPAN_DIM, " ");
  if (side->waived)
    presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("(waived)"));
  presync_row_add_cell (row, (int) side->status, prose);
}

static void
presync_content_add_change (PresyncContent *self, PresyncBlock *table,
                            const PresyncComparisonRow *change)
{
  PresyncRow *row = presync_block_add_row (table);
  PresyncChecklistItem *item
      = presync_content_find_item (self, presync_condition_get_id (change->condition));
  const char *title = presync_condition_get_title (change->condition);
  const char *requirement = presync_requirement_get_title (change->requirement);
  GPtrArray *prose = presync_prose_new ();
  g_autofree char *anchor = item != NULL ? presync_content_dup_anchor (item) : NULL;
  g_autofree char *link = anchor != NULL ? g_strconcat ("#", anchor, NULL) : NULL;
  g_autofree char *name = presync_content_shorten (self, title, MOST_NAME);

  presync_row_add_text (row, PRESYNC_SPAN_BOLD, presync_change_title (change->change));
  presync_prose_add_link (prose, PRESYNC_SPAN_PLAIN, name, link);
  if (g_strcmp0 (title, requirement) != 0 && !self->summary)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, requirement);
    }
  presync_row_add_cell (row, -1, prose);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_option_title (change->option));
  presync_content_add_side (row, change->before);
  presync_content_add_side (row, change->after);
}

static void
presync_content_add_change_table (PresyncContent *self, PresyncComparison *comparison)
{
  GPtrArray *rows = presync_comparison_get_rows (comparison);
  PresyncBlock *table = presync_document_add_table (self->document, _ ("Changes"));
  guint most = self->summary ? SHOWN : G_MAXUINT;
  guint n = 0;

  presync_block_add_column (table, _ ("Change"), 16);
  presync_block_add_column (table, _ ("Condition"), 32);
  presync_block_add_column (table, _ ("Option"), 13);
  presync_block_add_column (table, _ ("Before"), 19.5);
  presync_block_add_column (table, _ ("Now"), 19.5);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < rows->len; j++)
      {
        const PresyncComparisonRow *row = g_ptr_array_index (rows, j);

        if (row->change == order[i] && n++ < most)
          presync_content_add_change (self, table, row);
      }
  if (n > most)
    {
      guint more = n - most;
      g_autofree char *text
          = g_strdup_printf (ngettext ("and %u more change", "and %u more changes", more), more);

      presync_content_add_remark (self, text);
    }
}

/* "New: 2 · Mended: 1 · Now known: 3". Returns: how many changed */
static guint
presync_content_add_change_counts (PresyncContent *self, PresyncComparison *comparison)
{
  GPtrArray *prose = presync_prose_new ();
  g_autofree char *before
      = presync_wording_dup_time (presync_run_get_at (presync_comparison_get_before (comparison)));
  /* Translators: %s is a date and time */
  g_autofree char *since = g_strdup_printf (_ ("Compared with the run of %s:"), before);
  guint n = 0;

  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, since);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      guint count = presync_comparison_count (comparison, order[i]);
      g_autofree char *text = g_strdup_printf ("%s: %u", presync_change_title (order[i]), count);

      if (count == 0)
        continue;
      presync_prose_add (prose, PRESYNC_SPAN_DIM, n > 0 ? " · " : " ");
      presync_prose_add (
          prose, order[i] == PRESYNC_CHANGE_NEW ? PRESYNC_SPAN_BOLD : PRESYNC_SPAN_PLAIN, text);
      n += count;
    }
  if (n == 0)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, " ");
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, _ ("nothing has changed."));
    }
  presync_document_add_paragraph (self->document, prose);
  return n;
}

/* Nobody is to think that they were compared */
static void
presync_content_add_foreign (PresyncContent *self, guint n)
{
  g_autofree char *text
      = g_strdup_printf (ngettext ("%u condition of these runs is not in this version’s catalogue "
                                   "and was not compared.",
                                   "%u conditions of these runs are not in this version’s "
                                   "catalogue and were not compared.",
                                   n),
                         n);

  presync_content_add_remark (self, text);
}

/* What the report says now against the run before the last one: the last is what it rests on */
static void
presync_content_compare (PresyncContent *self, PresyncRun *previous, PresyncRun *now)
{
  g_autoptr (PresyncComparison) comparison = NULL;
  guint n_foreign;

  if (presync_run_get_rows (previous) == NULL)
    {
      presync_content_add_remark (
          self, _ ("The run before was not read in full: only its figures are known."));
      return;
    }
  comparison
      = presync_comparison_new (presync_assessment_get_catalogue (self->assessment), previous, now);
  if (presync_content_add_change_counts (self, comparison) > 0)
    presync_content_add_change_table (self, comparison);
  n_foreign = presync_comparison_get_n_foreign (comparison);
  if (n_foreign > 0)
    presync_content_add_foreign (self, n_foreign);
}

void
presync_content_add_changes (PresyncContent *self)
{
  PresyncHistory *history = presync_assessment_get_history (self->assessment);
  PresyncRun *previous = presync_history_get_previous (history);
  g_autoptr (PresyncRun) now = NULL;

  if (previous == NULL && self->summary)
    return;
  presync_document_add_heading (self->document, self->summary ? 2 : 1, "changes",
                                _ ("What has changed"));
  if (previous == NULL)
    {
      presync_content_add_remark (
          self, _ ("There is no earlier run to compare with: this is the first one."));
      return;
    }
  now = presync_run_new_from_assessment (self->assessment, self->at);
  presync_content_compare (self, previous, now);
  presync_content_add_history (self, now);
}
