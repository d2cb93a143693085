/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/facts-drop.h"
#include "app/save-banner.h"
#include "app/sidebar.h"
#include "app/store-link.h"
#include "app/undo-actions.h"
#include "app/window.h"

G_BEGIN_DECLS

/* What the files of PresyncWindow share: window.c, window-check.c, window-documents.c */

struct _PresyncWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar_side;
  GtkWidget *content_side;
  GtkLabel *name;
  GtkLabel *saved;
  GtkWidget *save;
  PresyncSidebar *sidebar;
  GtkButton *check;
  GtkImage *check_icon;
  GtkLabel *check_label;
  GtkButton *export;
  GtkWidget *export_label;
  AdwWindowTitle *title;
  GtkProgressBar *progress;
  GtkStack *stack;
  PresyncSaveBanner *banner;
  GtkMenuButton *menu_button;
  GMenu *documents_menu;
  GMenu *edit_menu;
  PresyncFactsDrop *drop;

  PresyncAssessment *assessment;
  PresyncStoreLink *link;
  PresyncUndoActions *undo;
  gboolean closing;   /* what is in no file may go */
  gboolean in_recent; /* the menu has the recent files */
  GSettings *settings;
  GDateTime *read_at; /* when the directory was last read with success; NULL if it never was */
  guint refresh_id;
  guint pulse_id;
};

/* Says something in passing; @text is plain. */
void presync_window_toast (PresyncWindow *self, const char *text);
/* Says anew which page is shown, and how things stand. */
void presync_window_update_title (PresyncWindow *self);

/* window-check.c: the action "check", and what shows how a check goes */
void presync_window_add_check_actions (PresyncWindow *self);
/* Ends a check that is under way; a callback of the Escape key */
gboolean presync_window_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data);
/* Follows the assessment's runner and its sources from now on. */
void presync_window_watch_check (PresyncWindow *self);

/* window-documents.c: the actions "new", "open", "save" and their like */
void presync_window_add_document_actions (PresyncWindow *self);
/* Follows the assessment's file from now on. */
void presync_window_watch_documents (PresyncWindow *self);
/* Shows the file's name and how it stands. */
void presync_window_update_file (PresyncWindow *self);

/**
 * presync_window_may_close:
 *
 * Returns: %TRUE if closing loses nothing, or the person said that it may; else the person is
 *   asked, and the window closes later or not
 */
gboolean presync_window_may_close (PresyncWindow *self);

G_END_DECLS
