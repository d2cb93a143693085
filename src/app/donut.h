/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/summary.h"

G_BEGIN_DECLS

/**
 * PresyncDonut: requirements by status as a ring, with the share that is met in its middle
 */
#define PRESYNC_TYPE_DONUT (presync_donut_get_type ())
G_DECLARE_FINAL_TYPE (PresyncDonut, presync_donut, PRESYNC, DONUT, GtkWidget)

/* @summary: copied */
void presync_donut_set_summary (PresyncDonut *self, const PresyncSummary *summary);

G_END_DECLS
