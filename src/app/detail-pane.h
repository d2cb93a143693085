/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncDetailPane: all about one row of a checklist: what was found and how it is known, what is
 * needed, how to fix it or find out, an answer by hand, Microsoft's pages
 *
 * Signal "close": the person is done with it.
 */
#define PRESYNC_TYPE_DETAIL_PANE (presync_detail_pane_get_type ())
G_DECLARE_FINAL_TYPE (PresyncDetailPane, presync_detail_pane, PRESYNC, DETAIL_PANE, GtkWidget)

/**
 * presync_detail_pane_set_item:
 * @assessment: (nullable) (transfer none): takes answers
 * @item: (nullable) (transfer none): the row to show; followed until another one is set
 */
void presync_detail_pane_set_item (PresyncDetailPane *self, PresyncAssessment *assessment,
                                   PresyncChecklistItem *item);

/**
 * presync_detail_pane_get_item:
 *
 * Returns: (transfer none) (nullable): the row that is shown
 */
PresyncChecklistItem *presync_detail_pane_get_item (PresyncDetailPane *self);

/**
 * presync_detail_pane_set_narrow:
 * @narrow: %TRUE if it covers the list, so that leaving it means going back
 */
void presync_detail_pane_set_narrow (PresyncDetailPane *self, gboolean narrow);

/**
 * presync_detail_pane_focus:
 *
 * Moves the keyboard focus into the pane.
 */
void presync_detail_pane_focus (PresyncDetailPane *self);

G_END_DECLS
