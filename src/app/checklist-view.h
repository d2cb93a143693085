/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/**
 * PresyncChecklistView: leads the keyboard through a checklist's list view
 *
 * GtkListView 4.8 stops before a row that cannot be selected, such as a section heading, and so
 * never gets past the first. Tab goes to the row used last, else to the first; Up, Down, Page Up,
 * Page Down, Home and End go through the rows and select them; Right, Left and Space open and close
 * a requirement. Its model is a GtkSingleSelection of GtkTreeListRow.
 *
 * Signal "open": Enter was pressed on the row that is selected now.
 */
#define PRESYNC_TYPE_CHECKLIST_VIEW (presync_checklist_view_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChecklistView, presync_checklist_view, PRESYNC, CHECKLIST_VIEW, AdwBin)

/* @list: (transfer none): a descendant of the view, with its model */
void presync_checklist_view_set_list (PresyncChecklistView *self, GtkListView *list);

/* @item: (nullable): what Tab comes back to */
void presync_checklist_view_set_last (PresyncChecklistView *self, PresyncChecklistItem *item);

G_END_DECLS
