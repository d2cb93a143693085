/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sources/stage.h"

G_BEGIN_DECLS

/**
 * PresyncStageRow: one step of a connection test: symbol, name, word, and what was found or why it
 * failed
 */
#define PRESYNC_TYPE_STAGE_ROW (presync_stage_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStageRow, presync_stage_row, PRESYNC, STAGE_ROW, AdwActionRow)

/**
 * presync_stage_row_new:
 * @stage: (transfer none): followed for as long as the row lives
 */
GtkWidget *presync_stage_row_new (PresyncStage *stage);

/**
 * presync_stage_row_create:
 *
 * The same as a #GtkListBoxCreateWidgetFunc: @item is a #PresyncStage.
 */
GtkWidget *presync_stage_row_create (gpointer item, gpointer user_data);

G_END_DECLS
