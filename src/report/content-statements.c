/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>

PresyncWaiverState
presync_content_judge_waiver (PresyncContent *self, PresyncWaiver *waiver)
{
  PresyncChecklistItem *item
      = presync_content_find_item (self, presync_waiver_get_condition (waiver));

  if (item == NULL)
    return PRESYNC_WAIVER_NOT_ASKED;
  if (presync_checklist_item_get_waived (item))
    return PRESYNC_WAIVER_IN_FORCE;
  return presync_checklist_item_get_waiver_expired (item) ? PRESYNC_WAIVER_EXPIRED
                                                          : PRESYNC_WAIVER_NOT_NEEDED;
}

static char *
presync_content_dup_expiry (PresyncWaiver *waiver)
{
  const GDate *expires = presync_waiver_get_expires (waiver);
  char day[16];

  if (expires == NULL)
    return g_strdup (_ ("until it is removed"));
  g_date_strftime (day, sizeof (day), "%Y-%m-%d", expires);
  return g_strdup (day);
}

char *
presync_content_dup_waived (PresyncContent *self, PresyncWaiver *waiver)
{
  PresyncWaiverState state = presync_content_judge_waiver (self, waiver);
  g_autofree char *day = presync_content_dup_expiry (waiver);

  if (state == PRESYNC_WAIVER_EXPIRED)
    /* Translators: %s is a date */
    return g_strdup_printf (_ ("Waiver expired on %s"), day);
  if (state == PRESYNC_WAIVER_NOT_NEEDED)
    return g_strdup (_ ("Waiver not needed now"));
  if (state == PRESYNC_WAIVER_NOT_ASKED)
    return g_strdup (_ ("Waiver of what this edition does not ask"));
  if (presync_waiver_get_expires (waiver) == NULL)
    return g_strdup (_ ("Waived"));
  /* Translators: %s is a date */
  return g_strdup_printf (_ ("Waived until %s"), day);
}

static PresyncWaiver *
presync_content_get_waiver (PresyncChecklistItem *item)
{
  if (presync_checklist_item_get_is_requirement (item)
      || (!presync_checklist_item_get_waived (item)
          && !presync_checklist_item_get_waiver_expired (item)))
    return NULL;
  return presync_checklist_item_get_waiver (item);
}

char *
presync_content_dup_badge (PresyncContent *self, PresyncChecklistItem *item)
{
  PresyncWaiver *waiver = presync_content_get_waiver (item);

  return waiver != NULL ? presync_content_dup_waived (self, waiver) : NULL;
}

void
presync_content_describe_waiver (PresyncContent *self, GPtrArray *prose, PresyncChecklistItem *item)
{
  PresyncWaiver *waiver = presync_content_get_waiver (item);
  g_autofree char *waived = NULL;

  if (waiver == NULL)
    return;
  waived = presync_content_dup_waived (self, waiver);
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, prose->len > 0 ? "\n" : NULL);
  presync_prose_add (prose, PRESYNC_SPAN_BOLD, waived);
  presync_prose_add (prose, PRESYNC_SPAN_BOLD, " – ");
  presync_prose_add (prose, PRESYNC_SPAN_BOLD, presync_waiver_get_owner (waiver));
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n“");
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, presync_waiver_get_reason (waiver));
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "”");
}

/* The condition that a statement is about, with its status now */
static PresyncCell *
presync_content_add_stated (PresyncContent *self, PresyncRow *row, const char *condition)
{
  PresyncChecklistItem *item = presync_content_find_item (self, condition);
  PresyncOption option;
  GPtrArray *prose;

  if (item == NULL)
    {
      prose = presync_prose_new_text (PRESYNC_SPAN_BOLD, condition);
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("not asked by this edition"));
      return presync_row_add_cell (row, -1, prose);
    }
  prose = presync_content_name_condition (item);
  option = presync_requirement_get_option (presync_checklist_item_get_requirement (item));
  presync_prose_add (prose, PRESYNC_SPAN_DIM, " · ");
  presync_prose_add (prose, PRESYNC_SPAN_DIM, presync_option_title (option));
  return presync_row_add_cell (row, (int) presync_checklist_item_get_status (item), prose);
}

static void
presync_content_add_waiver (PresyncContent *self, PresyncBlock *table, PresyncWaiver *waiver)
{
  static const char *const badges[PRESYNC_N_WAIVER_STATES] = {
    [PRESYNC_WAIVER_EXPIRED] = N_ ("Expired"),
    [PRESYNC_WAIVER_IN_FORCE] = N_ ("In force"),
    [PRESYNC_WAIVER_NOT_NEEDED] = N_ ("Not needed now"),
    [PRESYNC_WAIVER_NOT_ASKED] = N_ ("Not asked"),
  };
  PresyncRow *row = presync_block_add_row (table);
  PresyncWaiverState state = presync_content_judge_waiver (self, waiver);
  g_autofree char *expiry = presync_content_dup_expiry (waiver);
  g_autofree char *at = presync_wording_dup_time (presync_waiver_get_at (waiver));

  row->marked = state == PRESYNC_WAIVER_EXPIRED;
  presync_content_add_stated (self, row, presync_waiver_get_condition (waiver));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_waiver_get_reason (waiver));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_waiver_get_owner (waiver));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, at);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, expiry)->badge = g_strdup (_ (badges[state]));
}

static void
presync_content_add_waivers (PresyncContent *self, GPtrArray *waivers)
{
  PresyncBlock *table;

  presync_document_add_heading (self->document, 2, "waivers", _ ("Waivers"));
  if (waivers->len == 0)
    {
      presync_content_add_remark (self, _ ("No deviation was accepted."));
      return;
    }
  presync_document_add_paragraph (
      self->document,
      presync_prose_new_text (
          PRESYNC_SPAN_PLAIN,
          _ ("Deviations that somebody accepted. A waiver changes no status and no verdict; one "
             "that has expired counts no more, and its condition is open again. One that is not "
             "needed now, because its condition is met or does not apply, is not counted.")));
  table = presync_document_add_table (self->document, _ ("Waivers"));
  presync_block_add_column (table, _ ("Condition"), 28);
  presync_block_add_column (table, _ ("Reason"), 28);
  presync_block_add_column (table, _ ("Owner"), 15);
  presync_block_add_column (table, _ ("Written at"), 14);
  presync_block_add_column (table, _ ("Expires"), 15);
  /* those that have expired first: they ask for something */
  for (guint state = 0; state < PRESYNC_N_WAIVER_STATES; state++)
    for (guint i = 0; i < waivers->len; i++)
      {
        PresyncWaiver *waiver = g_ptr_array_index (waivers, i);

        if (presync_content_judge_waiver (self, waiver) == state)
          presync_content_add_waiver (self, table, waiver);
      }
}

static void
presync_content_add_answer (PresyncContent *self, PresyncBlock *table, PresyncAnswer *answer)
{
  PresyncRow *row = presync_block_add_row (table);
  gboolean met = presync_answer_get_met (answer);
  PresyncChecklistItem *item
      = presync_content_find_item (self, presync_answer_get_condition (answer));
  g_autofree char *at = presync_wording_dup_time (presync_answer_get_at (answer));
  g_autofree char *contradiction = item != NULL ? presync_wording_dup_contradiction (item) : NULL;
  GPtrArray *said = presync_prose_new_text (PRESYNC_SPAN_PLAIN,
                                            met ? presync_status_title (PRESYNC_STATUS_MET)
                                                : presync_status_title (PRESYNC_STATUS_NOT_MET));

  presync_content_add_stated (self, row, presync_answer_get_condition (answer));
  if (contradiction != NULL)
    {
      presync_prose_add (said, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (said, PRESYNC_SPAN_BOLD, contradiction);
    }
  presync_row_add_cell (row, -1, said);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_answer_get_name (answer));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, at);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_answer_get_note (answer));
}

static void
presync_content_add_answers (PresyncContent *self, GPtrArray *answers)
{
  PresyncBlock *table;

  presync_document_add_heading (self->document, 2, "answers", _ ("Answers by hand"));
  if (answers->len == 0)
    {
      presync_content_add_remark (self, _ ("Nothing was answered by hand."));
      return;
    }
  table = presync_document_add_table (self->document, _ ("Answers by hand"));
  presync_block_add_column (table, _ ("Condition"), 28);
  presync_block_add_column (table, _ ("Answer"), 13);
  presync_block_add_column (table, _ ("Who"), 15);
  presync_block_add_column (table, _ ("When"), 14);
  presync_block_add_column (table, _ ("Note"), 30);
  for (guint i = 0; i < answers->len; i++)
    presync_content_add_answer (self, table, g_ptr_array_index (answers, i));
}

void
presync_content_add_statements (PresyncContent *self)
{
  PresyncStatements *statements = presync_assessment_get_statements (self->assessment);
  g_autoptr (GPtrArray) waivers = presync_statements_list_waivers (statements);
  g_autoptr (GPtrArray) answers = presync_statements_list_answers (statements);

  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "statements", _ ("Waivers and answers"));
  presync_content_add_waivers (self, waivers);
  presync_content_add_answers (self, answers);
}
