/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/**
 * PresyncConditionRow: a condition of a checklist in a boxed list: symbol, title, what was found;
 * opens its place in the checklist
 *
 * Follows its item, and hides while the condition does not apply.
 */
#define PRESYNC_TYPE_CONDITION_ROW (presync_condition_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncConditionRow, presync_condition_row, PRESYNC, CONDITION_ROW,
                      AdwActionRow)

GtkWidget *presync_condition_row_new (PresyncChecklistItem *item);

/* @written_out: where there is room, the status stands at the end as a word too */
void presync_condition_row_set_written_out (PresyncConditionRow *self, gboolean written_out);

/* @caption: a word or two at the end of the row, such as the option that asks for it; "" for none
 */
void presync_condition_row_set_caption (PresyncConditionRow *self, const char *caption);

G_END_DECLS
