/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/form.h"
#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_export_file_dup_name:
 * @ending: (nullable): of the name, such as ".pdf"
 *
 * Returns: (transfer full): the name to suggest, such as "Presync contoso.com 2026-11-23.pdf"
 */
char *presync_export_file_dup_name (PresyncAssessment *assessment, const char *ending);

/**
 * presync_export_file_choose:
 * @title: title of the file chooser
 * @filter_name: what the files are, translated
 * @ending: of the file's name, such as ".pdf"
 * @func: called with the file that was chosen; never if none was. The chooser asks before one that
 *   is there is replaced.
 * @object: (transfer none): @func's user data; kept alive while the chooser is open
 *
 * Asks where to write a file, starting in the folder that was used last.
 */
void presync_export_file_choose (GtkWindow *parent, PresyncAssessment *assessment,
                                 const char *title, const char *filter_name, const char *ending,
                                 PresyncFileFunc func, GObject *object);

/**
 * presync_export_file_written:
 * @parent: window that @toasts belong to
 * @toasts: (transfer none): where to say it
 * @text: such as "Report saved", translated
 * @path: the file that was written
 *
 * Says so and offers to open the file; remembers its folder.
 */
void presync_export_file_written (GtkWindow *parent, AdwToastOverlay *toasts, const char *text,
                                  const char *path);

G_END_DECLS
