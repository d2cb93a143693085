/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/comparison.h"

G_BEGIN_DECLS

/**
 * PresyncChangeRow: a condition of a comparison: what its status was and is, what was found then
 * and now
 */
#define PRESYNC_TYPE_CHANGE_ROW (presync_change_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChangeRow, presync_change_row, PRESYNC, CHANGE_ROW, GtkWidget)

GtkWidget *presync_change_row_new (void);

/* @row: copied */
void presync_change_row_set_row (PresyncChangeRow *self, const PresyncComparisonRow *row);

/**
 * presync_change_row_dup_name:
 *
 * Returns: (transfer full): all of it in one line, for screen readers
 */
char *presync_change_row_dup_name (const PresyncComparisonRow *row);

G_END_DECLS
