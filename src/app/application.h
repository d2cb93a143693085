/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/target-options.h"

G_BEGIN_DECLS

/**
 * PresyncApplication: the running program: one assessment and its window
 */
#define PRESYNC_TYPE_APPLICATION (presync_application_get_type ())
G_DECLARE_FINAL_TYPE (PresyncApplication, presync_application, PRESYNC, APPLICATION, AdwApplication)

/**
 * presync_application_new:
 * @assessment: (transfer none): what the window shows; checked at once if it has a source
 * @page: (nullable): the first page; %NULL for the overview
 * @restore: (nullable): to go on with the directory used last, options that win over what that
 *   brings; to be kept as long as the application; %NULL to use what @assessment has
 */
PresyncApplication *presync_application_new (PresyncAssessment *assessment, const char *page,
                                             PresyncTargetOptions *restore);

/**
 * presync_application_load_symbols:
 *
 * Makes our symbols part of the icon theme and has the theme read in the background, which
 * otherwise happens while the first window waits for it. GTK and libadwaita must be initialized.
 */
void presync_application_load_symbols (void);

G_END_DECLS
