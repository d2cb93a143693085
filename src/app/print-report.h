/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"
#include "report/report.h"

G_BEGIN_DECLS

/**
 * PresyncPrintReport: prints a report: the same pages as the PDF has
 *
 * It is set on the paper that is chosen for printing, A4 or Letter; for other sizes the more
 * similar one of both is scaled to fit.
 */
#define PRESYNC_TYPE_PRINT_REPORT (presync_print_report_get_type ())
G_DECLARE_FINAL_TYPE (PresyncPrintReport, presync_print_report, PRESYNC, PRINT_REPORT,
                      GtkPrintOperation)

/**
 * presync_print_report_new:
 * @options: its paper is what is suggested
 * @at: date of the report
 *
 * Returns: (transfer full): to be run; it reads @assessment when printing begins
 */
PresyncPrintReport *presync_print_report_new (PresyncAssessment *assessment,
                                              const PresyncReportOptions *options, GDateTime *at);

typedef void (*PresyncPrintedFunc) (gpointer user_data);

/**
 * presync_print_report_run:
 * @toasts: (transfer none): says that the report went to the printer
 * @func: (nullable): called when it did; not if the person cancelled or it failed
 * @object: (transfer none) (nullable): @func's user data; kept alive until then
 *
 * Asks for printer and paper, and prints. A failure is told in a message.
 */
void presync_print_report_run (GtkWindow *parent, PresyncAssessment *assessment,
                               const PresyncReportOptions *options, AdwToastOverlay *toasts,
                               PresyncPrintedFunc func, GObject *object);

G_END_DECLS
