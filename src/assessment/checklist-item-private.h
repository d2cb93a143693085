/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/* A requirement row with condition rows for @conditions; @conditions: (element-type
 * PresyncCondition) */
PresyncChecklistItem *presync_checklist_item_new (PresyncRequirement *requirement,
                                                  GPtrArray *conditions);

/* Gives a condition row a new judgement (transfer full), answer and waiver (transfer none,
 * nullable). Returns: whether anything a person can see has changed. Emits nothing. */
gboolean presync_checklist_item_judge (PresyncChecklistItem *self, PresyncJudgement *judgement,
                                       PresyncAnswer *answer, PresyncWaiver *waiver,
                                       GDateTime *now);

/* Works a requirement row out from its condition rows anew. Emits nothing. */
void presync_checklist_item_sum_up (PresyncChecklistItem *self);

/* Tells views: notifies all properties and emits "updated". */
void presync_checklist_item_tell (PresyncChecklistItem *self);

G_END_DECLS
