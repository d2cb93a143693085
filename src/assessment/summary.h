/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/checklist.h"

G_BEGIN_DECLS

/**
 * PresyncSummary: the numbers of one option, computed in one place. Plain data.
 * @verdict: see design: required not met -> not ready; else required unknown or unanswered -> not
 *   yet known; else advice -> ready with advice; else ready
 * @requirements: requirement rows by status (index #PresyncStatus)
 * @conditions: conditions by status
 * @n_requirements, @n_conditions: their sums, not applicable included
 * @n_applicable: requirements that apply: what "5 of 30 met" is counted of
 * @blockers: required conditions that are not met
 * @open: required conditions that are unknown or need an answer
 * @answered: conditions that an answer decides
 * @contradicted: of these, those that a measurement contradicts
 * @waived: conditions with a waiver that counts, whatever their status but met and not applicable
 * @expired: likewise, conditions whose waiver has expired
 * @oldest: (nullable): time of the oldest fact used
 */
typedef struct
{
  PresyncVerdict verdict;
  guint requirements[PRESYNC_N_STATUSES];
  guint conditions[PRESYNC_N_STATUSES];
  guint n_requirements;
  guint n_applicable;
  guint n_conditions;
  guint blockers;
  guint open;
  guint answered;
  guint contradicted;
  guint waived;
  guint expired;
  GDateTime *oldest;
} PresyncSummary;

void presync_summary_free (PresyncSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSummary, presync_summary_free)

/**
 * presync_summary_new:
 * @overview_only: count only the overview document's rows (for a filtered view); the verdict of an
 *   option is that of all rows (%FALSE)
 */
PresyncSummary *presync_summary_new (PresyncChecklist *checklist, gboolean overview_only);

/**
 * presync_summary_dup_text:
 *
 * Returns: (transfer full): one translated line: "Not ready · 2 blockers", "Ready · 3 answered by
 *   hand"
 */
char *presync_summary_dup_text (const PresyncSummary *self);

/**
 * presync_checklist_list_blockers:
 *
 * Returns: (transfer container) (element-type PresyncChecklistItem): required conditions that are
 *   not met, in the order of the table
 */
GPtrArray *presync_checklist_list_blockers (PresyncChecklist *self);
/* Likewise: required conditions that are unknown or need an answer; and advice */
GPtrArray *presync_checklist_list_open (PresyncChecklist *self);
GPtrArray *presync_checklist_list_advice (PresyncChecklist *self);

G_END_DECLS
