/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_export_table:
 * @parent: window it belongs to
 * @format: "csv" or "json"
 * @toasts: (transfer none): says that the file was written, and offers to open it
 *
 * Asks for a file name and writes all rows of both options. A failure is told in a message.
 */
void presync_export_table (GtkWindow *parent, PresyncAssessment *assessment, const char *format,
                           AdwToastOverlay *toasts);

G_END_DECLS
