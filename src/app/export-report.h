/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_export_report:
 * @parent: window it belongs to
 * @toasts: (transfer none): says that the report was written, and offers to open it
 *
 * Asks for a file name and writes the report as PDF. A failure is told in a message.
 */
void presync_export_report (GtkWindow *parent, PresyncAssessment *assessment,
                            AdwToastOverlay *toasts);

G_END_DECLS
