/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/condition.h"
#include "rules/evaluate.h"
#include "rules/status.h"

G_BEGIN_DECLS

/**
 * PresyncJudgement: what the rules say of one condition. Plain data.
 * @status: measured status
 * @found: (nullable): what was found, for people; %NULL if nothing was
 * @reason: (nullable): why it is unknown, unanswered or not applicable, or the advice; for people.
 *   %NULL where found and needed say it all
 * @facts: (element-type PresyncFact): the facts it rests on, the deciding ones first; may be empty
 */
typedef struct
{
  PresyncStatus status;
  char *found;
  char *reason;
  GPtrArray *facts;
} PresyncJudgement;

void presync_judgement_free (PresyncJudgement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncJudgement, presync_judgement_free)

/**
 * presync_judge:
 *
 * Applies a condition to facts: not applicable if its feature is not planned or its only-when is
 * false; unknown if what was measured is of somebody else (provided); else met, advice, not met
 * (advice if only recommended), unknown or needs an answer.
 *
 * Returns: (transfer full): the judgement
 */
PresyncJudgement *presync_judge (PresyncCondition *condition, PresyncFactSet *facts,
                                 GDateTime *now);

/**
 * presync_worst_status:
 *
 * Returns: the status of a requirement whose conditions have @a and @b: the more urgent
 */
PresyncStatus presync_worst_status (PresyncStatus a, PresyncStatus b);

G_END_DECLS
