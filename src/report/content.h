/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "report/document.h"
#include "report/options.h"

G_BEGIN_DECLS

/**
 * presync_content_new:
 * @assessment: (transfer none): read now, not kept; main thread only
 * @options: (transfer none): which length, which parts and words; the paper and the logo are for
 *   others
 * @at: date of the report
 *
 * Writes a report. Full: cover with both verdicts, the map and the scope; contents and bars; what
 * blocks, is open, is advised; what has changed; the tables of both options; the accounts, SQL
 * Server, sizing, tenant, network, the sync server; answers and waivers; the appendices of origins,
 * documents and facts. Short: what of it a manager needs, on two to four pages.
 *
 * Returns: (transfer full): the document, which may be handed to another thread
 */
PresyncDocument *presync_content_new (PresyncAssessment *assessment,
                                      const PresyncReportOptions *options, GDateTime *at);

G_END_DECLS
