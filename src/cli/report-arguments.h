/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/report.h"

G_BEGIN_DECLS

/**
 * PresyncReportArguments: how a PDF report is to be, as command lines say it
 */
typedef struct _PresyncReportArguments PresyncReportArguments;

PresyncReportArguments *presync_report_arguments_new (void);
void presync_report_arguments_free (PresyncReportArguments *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncReportArguments, presync_report_arguments_free)

/* (transfer none) (array zero-terminated=1): option table that writes into @self */
const GOptionEntry *presync_report_arguments_get_entries (PresyncReportArguments *self);

/**
 * presync_report_arguments_check:
 * @wanted: a PDF is to be written
 *
 * Returns: %FALSE with one clear sentence: usage; also where SOURCE_DATE_EPOCH is set to what is no
 *   time
 */
gboolean presync_report_arguments_check (PresyncReportArguments *self, gboolean wanted,
                                         GError **error);

/* Reads SOURCE_DATE_EPOCH, if it is set, as presync_report_arguments_check() does where a PDF
 * report is wanted. %FALSE with a sentence if it is no number */
gboolean presync_report_arguments_read_date (PresyncReportArguments *self, GError **error);
/* (transfer full) (nullable): the moment of SOURCE_DATE_EPOCH, in UTC, if it was read and is set */
GDateTime *presync_report_arguments_dup_date (PresyncReportArguments *self);

/**
 * presync_report_arguments_write:
 * @path: the PDF file
 *
 * Writes a report of @assessment as it stands, dated SOURCE_DATE_EPOCH or now; tells on standard
 * error what could not be put in. The arguments were checked.
 */
gboolean presync_report_arguments_write (PresyncReportArguments *self,
                                         PresyncAssessment *assessment, const char *path,
                                         GError **error);

G_END_DECLS
