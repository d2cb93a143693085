/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PresyncColumnsLayout: the columns of a checklist row and of its head
 *
 * Four children: requirement, found, needed, checked. Where there is room they stand in columns
 * whose widths depend on the width of the row alone, so that all rows of a list agree without a
 * size group. In a narrow row "found" moves below the requirement, and the others are left out
 * (the detail pane has them).
 */
#define PRESYNC_TYPE_COLUMNS_LAYOUT (presync_columns_layout_get_type ())
G_DECLARE_FINAL_TYPE (PresyncColumnsLayout, presync_columns_layout, PRESYNC, COLUMNS_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
