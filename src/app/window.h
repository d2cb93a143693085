/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncWindow: one assessment: sidebar, pages, and what can be done with them
 *
 * Property "assessment" (PresyncAssessment, construct only).
 *
 * Actions: "page" (s), "check", "export", "new-connection", "open-sample", "plan", "search",
 * "show-item" (ss: option and id of a row), "open-link" (s: address), "toast" (s: text, plain),
 * "shortcuts", "about".
 */
#define PRESYNC_TYPE_WINDOW (presync_window_get_type ())
G_DECLARE_FINAL_TYPE (PresyncWindow, presync_window, PRESYNC, WINDOW, AdwApplicationWindow)

/* @assessment: (transfer none). Empty until presync_window_show_page(). */
PresyncWindow *presync_window_new (GtkApplication *application, PresyncAssessment *assessment);

/**
 * presync_window_show_page:
 * @page: a page of presync_page_title(), such as "overview"
 */
void presync_window_show_page (PresyncWindow *self, const char *page);

/**
 * presync_window_check:
 *
 * Checks all sources; says so if one could not be used.
 */
void presync_window_check (PresyncWindow *self);

G_END_DECLS
