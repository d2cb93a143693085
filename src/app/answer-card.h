/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncAnswerCard: where a person answers a condition by hand, changes or removes the answer
 */
#define PRESYNC_TYPE_ANSWER_CARD (presync_answer_card_get_type ())
G_DECLARE_FINAL_TYPE (PresyncAnswerCard, presync_answer_card, PRESYNC, ANSWER_CARD, AdwBin)

/**
 * presync_answer_card_set_item:
 * @assessment: (nullable) (transfer none): takes the answer
 * @item: (nullable) (transfer none): a condition row
 *
 * Shows the answer of @item; what was typed for another one comes back with that one.
 */
void presync_answer_card_set_item (PresyncAnswerCard *self, PresyncAssessment *assessment,
                                   PresyncChecklistItem *item);

G_END_DECLS
