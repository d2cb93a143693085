/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncPaper: sheet sizes, upright
 */
typedef enum
{
  PRESYNC_PAPER_A4,
  PRESYNC_PAPER_LETTER,
} PresyncPaper;

/**
 * presync_report_write_pdf:
 * @path: the file to write; an existing one is replaced only when the new one is complete
 * @at: date of the report; the same assessment and date give the same bytes
 *
 * Returns: %FALSE with %PRESYNC_ERROR_CANNOT_WRITE naming @path, or %G_IO_ERROR_CANCELLED
 */
gboolean presync_report_write_pdf (PresyncAssessment *assessment, const char *path,
                                   PresyncPaper paper, GDateTime *at, GCancellable *cancellable,
                                   GError **error);

/**
 * presync_report_write_pdf_async:
 *
 * Likewise, without blocking: the assessment is read before this returns, the rest is done in a
 * thread.
 */
void presync_report_write_pdf_async (PresyncAssessment *assessment, const char *path,
                                     PresyncPaper paper, GDateTime *at, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean presync_report_write_pdf_finish (PresyncAssessment *assessment, GAsyncResult *result,
                                          GError **error);

/**
 * presync_report_dup_json: (in report/json.c)
 *
 * Returns: (transfer full): the assessment as JSON, exactly of the shape in README, "Command line"
 * @only: (nullable): one option; %NULL for both
 */
char *presync_report_dup_json (PresyncAssessment *assessment, const PresyncOption *only);

/* (transfer full): the same rows as CSV (RFC 4180, BOM), one line a condition; no cell can be taken
 * for a spreadsheet formula */
char *presync_report_dup_csv (PresyncAssessment *assessment, const PresyncOption *only);

/* (transfer full): the same rows as plain text for a terminal, @width columns */
char *presync_report_dup_text (PresyncAssessment *assessment, const PresyncOption *only,
                               guint width);

/* (transfer full): the catalogue of the assessment's edition */
char *presync_report_dup_catalogue_json (PresyncAssessment *assessment);
char *presync_report_dup_catalogue_text (PresyncAssessment *assessment, guint width);

G_END_DECLS
