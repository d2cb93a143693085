/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rules/status.h"

G_BEGIN_DECLS

/**
 * PresyncStatusChange: a status or verdict, an arrow, and what it became
 */
#define PRESYNC_TYPE_STATUS_CHANGE (presync_status_change_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStatusChange, presync_status_change, PRESYNC, STATUS_CHANGE, GtkWidget)

GtkWidget *presync_status_change_new (void);

/**
 * presync_status_change_set:
 * @before, @after: whose symbol and colour each has
 * @before_text, @after_text: the words
 */
void presync_status_change_set (PresyncStatusChange *self, PresyncStatus before,
                                const char *before_text, PresyncStatus after,
                                const char *after_text);

G_END_DECLS
