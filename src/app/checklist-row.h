/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/**
 * PresyncChecklistRow: a requirement or condition in the list: symbol, title, found, needed,
 * checked; follows its item
 */
#define PRESYNC_TYPE_CHECKLIST_ROW (presync_checklist_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChecklistRow, presync_checklist_row, PRESYNC, CHECKLIST_ROW, GtkWidget)

GtkWidget *presync_checklist_row_new (void);

/**
 * presync_checklist_row_bind:
 * @tree_row: (nullable): the row of the tree, whose item is a #PresyncChecklistItem; %NULL to let
 *   go of the former one
 */
void presync_checklist_row_bind (PresyncChecklistRow *self, GtkTreeListRow *tree_row);

/**
 * presync_checklist_row_get_item:
 *
 * Returns: (transfer none) (nullable): what is shown
 */
PresyncChecklistItem *presync_checklist_row_get_item (PresyncChecklistRow *self);

/**
 * presync_checklist_row_refresh_time:
 *
 * Says anew how long ago the row was checked.
 */
void presync_checklist_row_refresh_time (PresyncChecklistRow *self);

G_END_DECLS
