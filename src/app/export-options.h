/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/options.h"

G_BEGIN_DECLS

/**
 * presync_export_options_load:
 *
 * Returns: (transfer full): how a report was wanted last; the sheet of the person's country as long
 *   as none was chosen
 */
PresyncReportOptions *presync_export_options_load (void);

/* Remembers @options for the next report. */
void presync_export_options_save (const PresyncReportOptions *options);

G_END_DECLS
