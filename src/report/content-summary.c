/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "assessment/history.h"
#include <glib/gi18n.h>
#include <string.h>

/* The short report: what fits on two to four pages, whatever was found. All lists are cut and say
 * by how much, all words are of bounded length. */

#define MOST_BLOCKERS 10
#define MOST_OPEN 5
#define MOST_STATEMENTS 4
/* characters */
#define MOST_NAME 80
#define MOST_PERSON 28
#define MOST_WORDS 80
#define MOST_STEP 200
#define MOST_COMMAND 90

static void
presync_content_add_cut_line (GPtrArray *prose, PresyncContent *self, PresyncSpanStyle style,
                              const char *text, guint most)
{
  g_autofree char *cut = text != NULL ? presync_content_shorten (self, text, most) : NULL;

  presync_prose_add (prose, style, cut);
}

/* The first step; commands, if they are short, and else that there are some */
static GPtrArray *
presync_content_new_short_step (PresyncContent *self, PresyncChecklistItem *item)
{
  GPtrArray *steps = presync_condition_get_fix (presync_checklist_item_get_condition (item));
  const PresyncStep *first = steps->len > 0 ? g_ptr_array_index (steps, 0) : NULL;
  const PresyncStep *next = steps->len > 1 ? g_ptr_array_index (steps, 1) : NULL;
  g_autofree char *step = NULL;
  GPtrArray *prose;

  if (first == NULL || first->is_command)
    return presync_prose_new_text (PRESYNC_SPAN_DIM, _ ("see the full report"));
  if (next != NULL && next->is_command && g_utf8_strlen (first->text, -1) <= MOST_STEP
      && (steps->len == 2 || !((const PresyncStep *) g_ptr_array_index (steps, 2))->is_command))
    {
      g_autoptr (GPtrArray) both = presync_content_new_steps (self, steps, 2);
      const PresyncSpan *command = g_ptr_array_index (both, both->len - 1);

      if (g_utf8_strlen (command->text, -1) <= MOST_COMMAND)
        return g_steal_pointer (&both);
    }
  prose = presync_prose_new ();
  step = presync_content_shorten (self, first->text, MOST_STEP);
  /* "and run:" announces what does not follow here */
  if (g_str_has_suffix (step, ":"))
    step[strlen (step) - 1] = '\0';
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, step);
  if (next != NULL && next->is_command)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, " ");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("(commands: see the full report)"));
    }
  return prose;
}

/* Whoever accepted it or answered for it (nullable) */
static const char *
presync_content_get_owner (PresyncChecklistItem *item)
{
  PresyncWaiver *waiver = presync_checklist_item_get_waiver (item);
  PresyncAnswer *answer = presync_checklist_item_get_answer (item);

  if (waiver != NULL)
    return presync_waiver_get_owner (waiver);
  return answer != NULL ? presync_answer_get_name (answer) : NULL;
}

static GPtrArray *
presync_content_new_short_name (PresyncContent *self, PresyncChecklistItem *item)
{
  GPtrArray *prose = presync_prose_new ();
  const char *title = presync_checklist_item_get_title (item);
  const char *requirement
      = presync_requirement_get_title (presync_checklist_item_get_requirement (item));

  presync_content_add_cut_line (prose, self, PRESYNC_SPAN_BOLD, title, MOST_NAME);
  if (g_strcmp0 (title, requirement) != 0)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_content_add_cut_line (prose, self, PRESYNC_SPAN_DIM, requirement, MOST_NAME);
    }
  return prose;
}

static const char *
presync_content_get_option_title (PresyncChecklistItem *item)
{
  return presync_option_title (
      presync_requirement_get_option (presync_checklist_item_get_requirement (item)));
}

static void
presync_content_add_short_blocker (PresyncContent *self, PresyncBlock *table,
                                   PresyncChecklistItem *item, gboolean owned)
{
  PresyncRow *row = presync_block_add_row (table);
  const char *owner = presync_content_get_owner (item);
  GPtrArray *named;

  presync_row_add_cell (row, (int) presync_checklist_item_get_status (item),
                        presync_content_new_short_name (self, item))
      ->badge
      = presync_content_dup_badge (self, item);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_content_get_option_title (item));
  presync_row_add_cell (row, -1, presync_content_new_short_step (self, item));
  if (!owned)
    return;
  named = presync_prose_new ();
  if (owner != NULL)
    presync_content_add_cut_line (named, self, PRESYNC_SPAN_PLAIN, owner, MOST_PERSON);
  else
    presync_prose_add (named, PRESYNC_SPAN_DIM, "–");
  presync_row_add_cell (row, -1, named);
}

/* (transfer full): of both options, @most in all, each with its share. @total: (out) */
static GPtrArray *
presync_content_list_both (PresyncContent *self, GPtrArray *(*list) (PresyncChecklist *),
                           guint most, guint *total)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *of[PRESYNC_N_OPTIONS];
  guint share = most / PRESYNC_N_OPTIONS;

  *total = 0;
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      of[i] = list (presync_assessment_get_checklist (self->assessment, i));
      *total += of[i]->len;
    }
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      /* what is left to those that follow */
      guint others = i + 1 < PRESYNC_N_OPTIONS ? MIN (of[i + 1]->len, share) : 0;
      guint n = MIN (of[i]->len, most - all->len - others);

      for (guint j = 0; j < n; j++)
        g_ptr_array_add (all, g_object_ref (g_ptr_array_index (of[i], j)));
      g_ptr_array_unref (of[i]);
    }
  return all;
}

/* Does anybody answer for one of @items? Else a column of dashes would narrow the others. */
static gboolean
presync_content_has_owner (GPtrArray *items)
{
  gboolean any = FALSE;

  for (guint i = 0; i < items->len; i++)
    any = any || presync_content_get_owner (g_ptr_array_index (items, i)) != NULL;
  return any;
}

static void
presync_content_add_short_blockers (PresyncContent *self)
{
  guint total = 0;
  gboolean owned;
  g_autoptr (GPtrArray) blockers
      = presync_content_list_both (self, presync_checklist_list_blockers, MOST_BLOCKERS, &total);
  PresyncBlock *table;

  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 2, "blockers", _ ("What blocks us"));
  if (blockers->len == 0)
    {
      PresyncBlock *list = presync_document_add (self->document, PRESYNC_BLOCK_LIST);

      presync_block_add_item (
          list, (int) PRESYNC_STATUS_MET,
          presync_prose_new_text (PRESYNC_SPAN_PLAIN,
                                  _ ("Nothing that was measured or answered stands in the way.")));
      return;
    }
  table = presync_document_add_table (self->document, _ ("What blocks us"));
  presync_block_add_column (table, _ ("Condition"), 34);
  presync_block_add_column (table, _ ("Option"), 14);
  owned = presync_content_has_owner (blockers);
  presync_block_add_column (table, _ ("Next step"), owned ? 37 : 52);
  if (owned)
    presync_block_add_column (table, _ ("Owner"), 15);
  for (guint i = 0; i < blockers->len; i++)
    presync_content_add_short_blocker (self, table, g_ptr_array_index (blockers, i), owned);
  if (total > blockers->len)
    {
      guint more = total - blockers->len;
      g_autofree char *text
          = g_strdup_printf (ngettext ("and %u more blocking condition, in the full report",
                                       "and %u more blocking conditions, in the full report", more),
                             more);

      presync_content_add_remark (self, text);
    }
}

static void
presync_content_add_open_item (PresyncContent *self, PresyncBlock *list, PresyncChecklistItem *item)
{
  GPtrArray *prose = presync_prose_new ();
  const char *reason = presync_wording_get_reason (item);
  PresyncStatus status = presync_checklist_item_get_status (item);
  const char *requirement
      = presync_requirement_get_title (presync_checklist_item_get_requirement (item));

  presync_content_add_cut_line (prose, self, PRESYNC_SPAN_BOLD,
                                presync_checklist_item_get_title (item), MOST_NAME);
  presync_prose_add (prose, PRESYNC_SPAN_DIM, " · ");
  if (g_strcmp0 (requirement, presync_checklist_item_get_title (item)) != 0)
    {
      presync_content_add_cut_line (prose, self, PRESYNC_SPAN_DIM, requirement, MOST_NAME);
      presync_prose_add (prose, PRESYNC_SPAN_DIM, " · ");
    }
  presync_prose_add (prose, PRESYNC_SPAN_DIM, presync_content_get_option_title (item));
  presync_prose_add (prose, PRESYNC_SPAN_DIM, " · ");
  if (status == PRESYNC_STATUS_UNKNOWN && reason != NULL)
    presync_content_add_cut_line (prose, self, PRESYNC_SPAN_PLAIN, reason, MOST_WORDS);
  else
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, presync_status_title (status));
  presync_block_add_item (list, (int) status, prose);
}

static void
presync_content_add_short_open (PresyncContent *self)
{
  guint total = 0;
  g_autoptr (GPtrArray) open
      = presync_content_list_both (self, presync_checklist_list_open, MOST_OPEN, &total);
  PresyncBlock *list;
  g_autofree char *text = NULL;

  presync_document_add_heading (self->document, 2, "open", _ ("What is still open"));
  if (total == 0)
    text = g_strdup (_ ("Every required condition was measured or answered."));
  else
    text = g_strdup_printf (ngettext ("%u required condition is neither measured nor answered.",
                                      "%u required conditions are neither measured nor answered.",
                                      total),
                            total);
  presync_document_add_paragraph (self->document,
                                  presync_prose_new_text (PRESYNC_SPAN_PLAIN, text));
  if (total == 0)
    return;
  list = presync_document_add (self->document, PRESYNC_BLOCK_LIST);
  for (guint i = 0; i < open->len; i++)
    presync_content_add_open_item (self, list, g_ptr_array_index (open, i));
  if (total > open->len)
    {
      guint n = total - open->len;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);

      presync_content_add_remark (self, more);
    }
}

static void
presync_content_add_statement_item (PresyncContent *self, PresyncBlock *list, const char *condition,
                                    const char *words, const char *who, const char *why)
{
  PresyncChecklistItem *item = presync_content_find_item (self, condition);
  GPtrArray *prose = presync_prose_new ();

  presync_content_add_cut_line (prose, self, PRESYNC_SPAN_BOLD,
                                item != NULL ? presync_checklist_item_get_title (item) : condition,
                                MOST_NAME);
  presync_prose_add (prose, PRESYNC_SPAN_DIM, " · ");
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, words);
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, " – ");
  presync_content_add_cut_line (prose, self, PRESYNC_SPAN_PLAIN, who, MOST_PERSON);
  if (why != NULL && *why != '\0')
    {
      presync_prose_add (prose, PRESYNC_SPAN_DIM, " · ");
      presync_content_add_cut_line (prose, self, PRESYNC_SPAN_DIM, why, MOST_WORDS);
    }
  presync_block_add_item (list, item != NULL ? (int) presync_checklist_item_get_status (item) : -1,
                          prose);
}

/* "3 waivers in force, 1 expired; 5 answers by hand, 1 of them against a measurement" */
static void
presync_content_add_statement_counts (PresyncContent *self,
                                      const guint waivers[PRESYNC_N_WAIVER_STATES], guint answers)
{
  guint in_force = waivers[PRESYNC_WAIVER_IN_FORCE];
  guint expired = waivers[PRESYNC_WAIVER_EXPIRED];
  guint idle = waivers[PRESYNC_WAIVER_NOT_NEEDED] + waivers[PRESYNC_WAIVER_NOT_ASKED];
  guint contradicted = 0;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    contradicted += self->summaries[i]->contradicted;
  if (in_force + expired + idle > 0)
    g_string_append_printf (
        text, ngettext ("%u waiver is in force", "%u waivers are in force", in_force), in_force);
  if (expired > 0)
    g_string_append_printf (text, ngettext (", %u has expired", ", %u have expired", expired),
                            expired);
  if (idle > 0)
    g_string_append_printf (
        text, ngettext (", %u is not needed now", ", %u are not needed now", idle), idle);
  if (text->len > 0 && answers > 0)
    g_string_append (text, "; ");
  if (answers > 0)
    g_string_append_printf (text,
                            ngettext ("%u condition was answered by hand",
                                      "%u conditions were answered by hand", answers),
                            answers);
  if (contradicted > 0)
    g_string_append_printf (
        text, ngettext (", %u against a measurement", ", %u against a measurement", contradicted),
        contradicted);
  g_string_append_c (text, '.');
  presync_document_add_paragraph (self->document,
                                  presync_prose_new_text (PRESYNC_SPAN_PLAIN, text->str));
  g_string_free (text, TRUE);
}

/* Those that have expired, then those that will next; a waiver without an end last */
static int
presync_content_compare_waivers_cb (gconstpointer a, gconstpointer b)
{
  const GDate *first = presync_waiver_get_expires (*(PresyncWaiver *const *) a);
  const GDate *second = presync_waiver_get_expires (*(PresyncWaiver *const *) b);

  if (first == NULL || second == NULL)
    return (first == NULL) - (second == NULL);
  return g_date_compare (first, second);
}

static void
presync_content_add_short_waivers (PresyncContent *self, PresyncBlock *list, GPtrArray *waivers)
{
  g_ptr_array_sort (waivers, presync_content_compare_waivers_cb);
  for (guint i = 0; i < MIN (waivers->len, MOST_STATEMENTS); i++)
    {
      PresyncWaiver *waiver = g_ptr_array_index (waivers, i);
      g_autofree char *words = presync_content_dup_waived (self, waiver);

      presync_content_add_statement_item (self, list, presync_waiver_get_condition (waiver), words,
                                          presync_waiver_get_owner (waiver),
                                          presync_waiver_get_reason (waiver));
    }
}

static void
presync_content_add_short_answers (PresyncContent *self, PresyncBlock *list, GPtrArray *answers)
{
  for (guint i = 0; i < MIN (answers->len, MOST_STATEMENTS); i++)
    {
      PresyncAnswer *answer = g_ptr_array_index (answers, i);

      presync_content_add_statement_item (
          self, list, presync_answer_get_condition (answer),
          presync_answer_get_met (answer) ? _ ("answered: met") : _ ("answered: not met"),
          presync_answer_get_name (answer), presync_answer_get_note (answer));
    }
}

static void
presync_content_add_short_statements (PresyncContent *self)
{
  PresyncStatements *statements = presync_assessment_get_statements (self->assessment);
  g_autoptr (GPtrArray) waivers = presync_statements_list_waivers (statements);
  g_autoptr (GPtrArray) answers = presync_statements_list_answers (statements);
  PresyncBlock *list;
  guint counts[PRESYNC_N_WAIVER_STATES] = { 0 };
  guint shown = MIN (waivers->len, MOST_STATEMENTS) + MIN (answers->len, MOST_STATEMENTS);

  if (waivers->len + answers->len == 0)
    return;
  for (guint i = 0; i < waivers->len; i++)
    counts[presync_content_judge_waiver (self, g_ptr_array_index (waivers, i))]++;
  presync_document_add_heading (self->document, 2, "statements", _ ("Waivers and answers"));
  presync_content_add_statement_counts (self, counts, answers->len);
  list = presync_document_add (self->document, PRESYNC_BLOCK_LIST);
  presync_content_add_short_waivers (self, list, waivers);
  presync_content_add_short_answers (self, list, answers);
  if (waivers->len + answers->len > shown)
    {
      guint more = waivers->len + answers->len - shown;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      presync_content_add_remark (self, text);
    }
}

void
presync_content_add_summary (PresyncContent *self)
{
  presync_content_add_short_blockers (self);
  presync_content_add_short_open (self);
  presync_content_add_changes (self);
  presync_document_add_heading (self->document, 2, "sections", _ ("Requirements by section"));
  presync_content_add_bars (self);
  presync_content_add_short_statements (self);
}
