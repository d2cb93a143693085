/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/comparison.h"

G_BEGIN_DECLS

/**
 * PresyncChangeItem: a line of a comparison: a heading, such as "New", or a condition below it
 */
#define PRESYNC_TYPE_CHANGE_ITEM (presync_change_item_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChangeItem, presync_change_item, PRESYNC, CHANGE_ITEM, GObject)

/* (nullable): %NULL for a heading */
const PresyncComparisonRow *presync_change_item_get_row (PresyncChangeItem *self);
PresyncChange presync_change_item_get_change (PresyncChangeItem *self);
/* How many conditions stand below a heading */
guint presync_change_item_get_count (PresyncChangeItem *self);

/**
 * presync_change_groups_new:
 *
 * Returns: (transfer full): GListModel of GtkTreeListRow of #PresyncChangeItem: a heading for each
 *   change that there is, and its conditions below it; all but what is unchanged is open
 */
GListModel *presync_change_groups_new (PresyncComparison *comparison);

G_END_DECLS
