/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/* What PDF and terminal say in the same words */

/* (transfer full): a moment for people, UTC */
char *presync_wording_dup_time (GDateTime *at);

/**
 * presync_wording_get_reason:
 * @item: of a condition
 *
 * Returns: (transfer none) (nullable): why it is not simply met; %NULL too where the status alone
 *   says it: nobody collected it; and where an answer says it
 */
const char *presync_wording_get_reason (PresyncChecklistItem *item);

/* (transfer full): "Answered by hand: met – Jane Doe, 2026-11-22 10:15 UTC", without the note */
char *presync_wording_dup_answer (PresyncAnswer *answer);

/* (transfer full) (nullable): "measured: Not met", where a measurement contradicts the answer */
char *presync_wording_dup_contradiction (PresyncChecklistItem *item);

/* (transfer full) (nullable): "If planned: Device writeback", %NULL if it always applies */
char *presync_wording_dup_feature (PresyncCondition *condition);

/* (transfer full): what an origin asked, for people: of a file of the sample its name alone */
char *presync_wording_dup_target (const char *target);

G_END_DECLS
