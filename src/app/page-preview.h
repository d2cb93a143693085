/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "report/report.h"

G_BEGIN_DECLS

/**
 * PresyncPagePreview: one page of a report as it will be printed, as large as there is room
 *
 * Paper is white in the dark too. Its accessible name is "Page 1 of 3".
 */
#define PRESYNC_TYPE_PAGE_PREVIEW (presync_page_preview_get_type ())
G_DECLARE_FINAL_TYPE (PresyncPagePreview, presync_page_preview, PRESYNC, PAGE_PREVIEW, GtkWidget)

GtkWidget *presync_page_preview_new (void);

/**
 * presync_page_preview_set_report:
 * @report: (nullable) (transfer none): nobody else may use it while it is shown
 *
 * Shows the same page of another report, or its last one.
 */
void presync_page_preview_set_report (PresyncPagePreview *self, PresyncReport *report);

/* @page: from 0; beyond the last page, that one is shown. */
void presync_page_preview_set_page (PresyncPagePreview *self, guint page);

/* From 0 */
guint presync_page_preview_get_page (PresyncPagePreview *self);

/* 0 without a report */
guint presync_page_preview_get_n_pages (PresyncPagePreview *self);

/* (transfer full): "Page 1 of 3", or an empty text without a report */
char *presync_page_preview_dup_name (PresyncPagePreview *self);

G_END_DECLS
