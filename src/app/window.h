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
 * Signal "stays": somebody wanted to close it, was asked, and thought better of it.
 *
 * Actions: "new", "open", "open-file" (s: URI), "save", "save-as", "save-again", "page" (s),
 * "check", "export", "export-table" (s: "csv" or "json"), "print", "new-connection", "open-sample",
 * "plan", "search", "show-item" (ss: option and id of a row), "open-link" (s: address), "toast" (s:
 * text, plain), "undo", "redo",
 * "toast-undo" (s: the same, with a button that takes the last answer or waiver back),
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

/* (nullable): of the assessment's file */
const char *presync_window_get_path (PresyncWindow *self);
/* Has its assessment neither a file nor any content? Another may take its place then. */
gboolean presync_window_is_empty (PresyncWindow *self);

/**
 * presync_window_open:
 *
 * Opens a file in a window that is empty. Nothing is connected.
 *
 * Returns: %FALSE with a sentence that names the file; the window is as it was then
 */
gboolean presync_window_open (PresyncWindow *self, const char *path, GError **error);

/* Ends what is under way, and writes what is not written yet; the window is of no use after that.
 */
void presync_window_end (PresyncWindow *self);

G_END_DECLS
