/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/**
 * PresyncChecklist: one option's requirement table, live: a GListModel of PresyncChecklistItem
 * (requirement rows, in the order of the table; their conditions are each row's children)
 *
 * Signal "updated": after rows changed, once for each change of facts, answers or edition.
 */
#define PRESYNC_TYPE_CHECKLIST (presync_checklist_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChecklist, presync_checklist, PRESYNC, CHECKLIST, GObject)

PresyncOption presync_checklist_get_option (PresyncChecklist *self);
/* (transfer none) (nullable): a row or condition by id */
PresyncChecklistItem *presync_checklist_find (PresyncChecklist *self, const char *id);

G_END_DECLS
