/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "report/options.h"

G_BEGIN_DECLS

/**
 * PresyncExportForm: how the report is to be
 *
 * Signal "changed": the options are others now.
 */
#define PRESYNC_TYPE_EXPORT_FORM (presync_export_form_get_type ())
G_DECLARE_FINAL_TYPE (PresyncExportForm, presync_export_form, PRESYNC, EXPORT_FORM, AdwBin)

/* Shows @options; no signal. */
void presync_export_form_set_options (PresyncExportForm *self, const PresyncReportOptions *options);

/* (transfer full): what is chosen and typed */
PresyncReportOptions *presync_export_form_dup_options (PresyncExportForm *self);

/**
 * presync_export_form_set_problem:
 * @problem: (nullable): why the logo cannot be used, a sentence
 */
void presync_export_form_set_problem (PresyncExportForm *self, const char *problem);

G_END_DECLS
