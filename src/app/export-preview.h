/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"
#include "report/report.h"

G_BEGIN_DECLS

/**
 * PresyncExportPreview: the report as it would be written now, page by page
 *
 * It is made in a thread, a moment after something changed. What is no longer wanted is cancelled.
 *
 * Property "problem" (string, nullable, read only): why the logo is not there, a sentence.
 */
#define PRESYNC_TYPE_EXPORT_PREVIEW (presync_export_preview_get_type ())
G_DECLARE_FINAL_TYPE (PresyncExportPreview, presync_export_preview, PRESYNC, EXPORT_PREVIEW, AdwBin)

/**
 * presync_export_preview_set_assessment:
 * @assessment: (transfer none): what the report tells of; the preview follows it
 */
void presync_export_preview_set_assessment (PresyncExportPreview *self,
                                            PresyncAssessment *assessment);

/* Makes the report anew, as @options say. */
void presync_export_preview_set_options (PresyncExportPreview *self,
                                         const PresyncReportOptions *options);

/* @by: pages to turn, such as 1 or -1; not beyond the first or last one */
void presync_export_preview_turn (PresyncExportPreview *self, int by);

/* (nullable): see the property */
const char *presync_export_preview_get_problem (PresyncExportPreview *self);

G_END_DECLS
