/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncChecklistPage: one option's live checklist, with filters, search and the detail pane
 *
 * Properties: "assessment" (PresyncAssessment, construct only), "option" (int, a #PresyncOption,
 * construct only), "overview-only" (boolean: hide what stands in linked pages only).
 */
#define PRESYNC_TYPE_CHECKLIST_PAGE (presync_checklist_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChecklistPage, presync_checklist_page, PRESYNC, CHECKLIST_PAGE, AdwBin)

GtkWidget *presync_checklist_page_new (PresyncAssessment *assessment, PresyncOption option);

/**
 * presync_checklist_page_show_item:
 * @id: of a condition or requirement; of the condition, where they share it
 *
 * Selects a row and opens its details; takes back filters that would hide it.
 */
void presync_checklist_page_show_item (PresyncChecklistPage *self, const char *id);

void presync_checklist_page_focus_search (PresyncChecklistPage *self);

G_END_DECLS
