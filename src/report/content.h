/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "report/document.h"

G_BEGIN_DECLS

/**
 * presync_content_new:
 * @assessment: (transfer none): read now, not kept; main thread only
 * @at: date of the report
 *
 * Writes a report: cover with both verdicts and the scope, what blocks, what is open, the tables of
 * both options, answers by hand, the accounts, SQL Server, sizing, the sync server, and the
 * appendix of origins and documents.
 *
 * Returns: (transfer full): the document, which may be handed to another thread
 */
PresyncDocument *presync_content_new (PresyncAssessment *assessment, GDateTime *at);

G_END_DECLS
