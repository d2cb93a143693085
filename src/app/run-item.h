/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/run.h"

G_BEGIN_DECLS

/**
 * PresyncRunItem: a run in the list of the history: when, of which edition, and for each option
 * verdict and counts
 */
#define PRESYNC_TYPE_RUN_ITEM (presync_run_item_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRunItem, presync_run_item, PRESYNC, RUN_ITEM, GtkWidget)

GtkWidget *presync_run_item_new (void);

/**
 * presync_run_item_set_run:
 * @newest: the newest edition: another one is named
 */
void presync_run_item_set_run (PresyncRunItem *self, PresyncRun *run, guint place,
                               const GDate *newest);

G_END_DECLS
