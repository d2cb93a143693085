/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncUndoActions: undo and redo of answers and waivers: actions, keys, menu, toasts
 */
#define PRESYNC_TYPE_UNDO_ACTIONS (presync_undo_actions_get_type ())
G_DECLARE_FINAL_TYPE (PresyncUndoActions, presync_undo_actions, PRESYNC, UNDO_ACTIONS, GObject)

/**
 * presync_undo_actions_new:
 * @window: gets the actions "undo", "redo" and "toast-undo" (s: a toast with a button that takes
 *   the last change back), and Ctrl+Z, Ctrl+Shift+Z, Ctrl+Y; while a text is typed, those are the
 *   text's own
 * @toasts: where the toasts are shown
 * @menu: a section that gets an item for each, which says what would be taken back or done again
 * @assessment: whose answers and waivers are meant
 *
 * Returns: (transfer full): of the window, which keeps it
 */
PresyncUndoActions *presync_undo_actions_new (AdwApplicationWindow *window, AdwToastOverlay *toasts,
                                              GMenu *menu, PresyncAssessment *assessment);

G_END_DECLS
