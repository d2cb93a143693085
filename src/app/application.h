/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/window.h"
#include "assessment/target-options.h"

G_BEGIN_DECLS

/**
 * PresyncApplication: the running program: assessments and their windows, one each
 *
 * Files that it is told to open (g_application_open()) open in windows of their own. One that
 * cannot be opened leaves a window with the start page, and a dialog says why: whoever
 * double-clicks a file sees no exit status.
 */
#define PRESYNC_TYPE_APPLICATION (presync_application_get_type ())
G_DECLARE_FINAL_TYPE (PresyncApplication, presync_application, PRESYNC, APPLICATION, AdwApplication)

/**
 * presync_application_new:
 * @assessment: (transfer none): what the first window shows; checked at once if it has a source
 * @page: (nullable): the first page; %NULL for the overview
 * @restore: (nullable): to go on with the directory used last, options that win over what that
 *   brings; to be kept as long as the application; %NULL to use what @assessment has
 * @last_file: (nullable): to go on with this file instead; @assessment is empty then
 */
PresyncApplication *presync_application_new (PresyncAssessment *assessment, const char *page,
                                             PresyncTargetOptions *restore, const char *last_file);

/* Opens a window with a new assessment; it is in no file until it is saved. */
void presync_application_new_window (PresyncApplication *self);

/**
 * presync_application_open_file:
 * @window: where this was asked for; it takes the file if it is empty, and says it if the file
 *   cannot be opened
 *
 * Opens a file, or brings the window to the front that has it open.
 */
void presync_application_open_file (PresyncApplication *self, PresyncWindow *window,
                                    const char *path);

/* Does a window have @path open, apart from @except (nullable)? */
gboolean presync_application_is_open (PresyncApplication *self, PresyncWindow *except,
                                      const char *path);

/**
 * presync_application_load_symbols:
 *
 * Makes our symbols part of the icon theme and has the theme read in the background, which
 * otherwise happens while the first window waits for it. GTK and libadwaita must be initialized.
 */
void presync_application_load_symbols (void);

G_END_DECLS
