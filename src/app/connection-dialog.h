/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncConnectionDialog: names a directory and tests the way to it, step by step
 */
#define PRESYNC_TYPE_CONNECTION_DIALOG (presync_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PresyncConnectionDialog, presync_connection_dialog, PRESYNC,
                      CONNECTION_DIALOG, AdwWindow)

/**
 * presync_connection_dialog_present:
 * @parent: window it belongs to
 * @assessment: (transfer none): gets the directory that was named, and a check is started
 *
 * Opens the dialog, filled with the server of @assessment, else with what was used last. The
 * assessment changes only when a connection was tested with success; until then nothing that was
 * typed is lost.
 */
void presync_connection_dialog_present (GtkWindow *parent, PresyncAssessment *assessment);

G_END_DECLS
