/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/assessment.h"
#include "assessment/history.h"

G_BEGIN_DECLS

/**
 * PresyncOtherRunFunc:
 * @run: (transfer none): the newest run of the file, with rows
 * @title: what the file is called
 */
typedef void (*PresyncOtherRunFunc) (PresyncRun *run, const char *title, GObject *object);

/**
 * presync_other_run_read:
 * @assessment: whose catalogue is used; nothing of it changes
 * @path: a .presync file
 * @func: called with its newest run; never if there is none, or it cannot be read: then the person
 *   is told why
 * @object: (transfer none): @func's data; kept alive until then
 *
 * Reads the newest run of another file, connects to nothing, and lets the file go again.
 */
void presync_other_run_read (GtkWindow *parent, PresyncAssessment *assessment, const char *path,
                             PresyncOtherRunFunc func, GObject *object);

G_END_DECLS
