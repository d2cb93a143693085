/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/answer.h"
#include "assessment/waiver.h"
#include "catalogue/requirement.h"
#include "rules/judge.h"

G_BEGIN_DECLS

/**
 * PresyncChecklistItem: a row of a checklist: a requirement, or one of its conditions
 *
 * Properties, all readable with notify, so that a view can bind them; texts are translated and
 * plain (never markup):
 *  "id" (string), "is-requirement" (boolean), "overview" (boolean), "section" (int),
 *  "section-title" (string), "title", "found" (never NULL, "" if nothing), "needed" (string),
 *  "status" (int, #PresyncStatus), "status-title", "icon-name", "severity-title",
 *  "reason" (string, nullable), "answered" (boolean), "waived" (boolean), "checked-at" (GDateTime,
 * nullable), "status-nick" (string, the status id, for CSS classes). Signal "updated": after any of
 * them changed, once for each judgement.
 */
#define PRESYNC_TYPE_CHECKLIST_ITEM (presync_checklist_item_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChecklistItem, presync_checklist_item, PRESYNC, CHECKLIST_ITEM,
                      GObject)

const char *presync_checklist_item_get_id (PresyncChecklistItem *self);
gboolean presync_checklist_item_get_is_requirement (PresyncChecklistItem *self);
/* (transfer none): the row's requirement, or that of its condition */
PresyncRequirement *presync_checklist_item_get_requirement (PresyncChecklistItem *self);
/* (transfer none) (nullable): %NULL for a requirement row */
PresyncCondition *presync_checklist_item_get_condition (PresyncChecklistItem *self);
/* (transfer none) (nullable): GListModel of the condition rows; %NULL for a condition row */
GListModel *presync_checklist_item_get_children (PresyncChecklistItem *self);

const char *presync_checklist_item_get_title (PresyncChecklistItem *self);
const char *presync_checklist_item_get_found (PresyncChecklistItem *self);
const char *presync_checklist_item_get_needed (PresyncChecklistItem *self);
/* (nullable) */
const char *presync_checklist_item_get_reason (PresyncChecklistItem *self);
/* The status that counts: an answer's if there is one, else the measured one */
PresyncStatus presync_checklist_item_get_status (PresyncChecklistItem *self);
/* What the sources alone say */
PresyncStatus presync_checklist_item_get_measured_status (PresyncChecklistItem *self);
/* (transfer none) (nullable): of a condition row */
PresyncAnswer *presync_checklist_item_get_answer (PresyncChecklistItem *self);
/* (transfer none) (nullable): of a condition row; also one that has expired */
PresyncWaiver *presync_checklist_item_get_waiver (PresyncChecklistItem *self);
/* %TRUE if a waiver that has not expired stands beside a status that is not met, advice, unknown or
 * unanswered; of a requirement: in one of its conditions */
gboolean presync_checklist_item_get_waived (PresyncChecklistItem *self);
/* Likewise, of a waiver that has expired */
gboolean presync_checklist_item_get_waiver_expired (PresyncChecklistItem *self);
/* %TRUE if an answer decides here, or (requirement) in one of its conditions */
gboolean presync_checklist_item_get_answered (PresyncChecklistItem *self);
/* %TRUE if an answer says otherwise than a measurement that was certain */
gboolean presync_checklist_item_get_contradicted (PresyncChecklistItem *self);
/* (transfer none) (element-type PresyncFact): facts it rests on; of a requirement: of all */
GPtrArray *presync_checklist_item_get_facts (PresyncChecklistItem *self);
/* (transfer none) (nullable): the oldest of its facts' times */
GDateTime *presync_checklist_item_get_checked_at (PresyncChecklistItem *self);

G_END_DECLS
