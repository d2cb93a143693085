/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncWaiverCard: where a person accepts that a condition is not met, for a time or until the
 * waiver is removed; changes no status
 */
#define PRESYNC_TYPE_WAIVER_CARD (presync_waiver_card_get_type ())
G_DECLARE_FINAL_TYPE (PresyncWaiverCard, presync_waiver_card, PRESYNC, WAIVER_CARD, AdwBin)

/**
 * presync_waiver_card_set_item:
 * @assessment: (nullable) (transfer none): takes the waiver
 * @item: (nullable) (transfer none): a condition row
 *
 * Shows the waiver of @item; what was typed for another one comes back with that one.
 */
void presync_waiver_card_set_item (PresyncWaiverCard *self, PresyncAssessment *assessment,
                                   PresyncChecklistItem *item);

/* Is there something to waive, or a waiver? */
gboolean presync_waiver_card_wanted (PresyncChecklistItem *item);

G_END_DECLS
