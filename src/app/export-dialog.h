/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncExportDialog: how the report is to be, beside a preview of it; saves it as PDF, or prints
 * it. Below 700 pixels the preview is a page of its own.
 *
 * Actions: "dialog.save", "dialog.print", "dialog.preview", "dialog.back", "dialog.cancel",
 * "dialog.turn" (i).
 */
#define PRESYNC_TYPE_EXPORT_DIALOG (presync_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PresyncExportDialog, presync_export_dialog, PRESYNC, EXPORT_DIALOG, AdwWindow)

/**
 * presync_export_dialog_present:
 * @parent: window it belongs to
 * @toasts: (transfer none): of @parent: says that the report was written, and offers to open it
 */
void presync_export_dialog_present (GtkWindow *parent, PresyncAssessment *assessment,
                                    AdwToastOverlay *toasts);

G_END_DECLS
