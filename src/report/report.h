/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "report/options.h"
#include <cairo.h>

G_BEGIN_DECLS

/**
 * PresyncReport: a report set on pages, ready to be drawn: in a preview, on a printer, into a PDF.
 * Immutable, may be used by one thread at a time.
 */
#define PRESYNC_TYPE_REPORT (presync_report_get_type ())
G_DECLARE_FINAL_TYPE (PresyncReport, presync_report, PRESYNC, REPORT, GObject)

/**
 * presync_report_new:
 * @assessment: (transfer none): read now, not kept; main thread only; its last runs have their rows
 *   (presync_history_load_last_async()) or the report says that the run before was not read
 * @at: date of the report; the same assessment, options and date give the same bytes
 *
 * Blocking. A logo that cannot be used is no error: the report is made without it, and one sentence
 * says why (presync_report_get_problem()).
 *
 * Returns: (transfer full): the report, or %NULL with %G_IO_ERROR_CANCELLED
 */
PresyncReport *presync_report_new (PresyncAssessment *assessment,
                                   const PresyncReportOptions *options, GDateTime *at,
                                   GCancellable *cancellable, GError **error);

/* Likewise, without blocking: the assessment is read before this returns, the rest is done in a
 * thread. Where its last runs are in a file alone, they are read first: then it is read later. */
void presync_report_new_async (PresyncAssessment *assessment, const PresyncReportOptions *options,
                               GDateTime *at, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
PresyncReport *presync_report_new_finish (GAsyncResult *result, GError **error);

guint presync_report_get_n_pages (PresyncReport *self);
/* In points */
void presync_report_get_size (PresyncReport *self, double *width, double *height);
/* (nullable): a translated sentence: why the logo is not there */
const char *presync_report_get_problem (PresyncReport *self);
/* @page: from 0; @cr: any cairo context whose unit is the point */
void presync_report_draw_page (PresyncReport *self, guint page, cairo_t *cr);

/**
 * presync_report_save_pdf:
 * @path: the file to write; an existing one is replaced only when the new one is complete
 *
 * Blocking.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_CANNOT_WRITE naming @path, or %G_IO_ERROR_CANCELLED
 */
gboolean presync_report_save_pdf (PresyncReport *self, const char *path, GCancellable *cancellable,
                                  GError **error);
/* Likewise, without blocking; nobody else may draw meanwhile. */
void presync_report_save_pdf_async (PresyncReport *self, const char *path,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean presync_report_save_pdf_finish (PresyncReport *self, GAsyncResult *result, GError **error);

/* (in report/save.c): writes @data as a whole: an existing file is replaced only when the new one
 * is complete; devices and pipes are written in place; an assessment is never replaced. The
 * sentence names @path and why. */
gboolean presync_report_save (GBytes *data, const char *path, GError **error);

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
