/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * presync_form_label_expander:
 *
 * Gives @row its title as accessible name. libadwaita 1.2.2 does so for all other rows.
 */
void presync_form_label_expander (AdwExpanderRow *row);

/**
 * presync_form_wrap_titles:
 * @widget: a group of rows, or whatever holds some
 *
 * Lets the titles of all groups below @widget wrap. libadwaita 1.2.2 would cut them off where there
 * is little room.
 */
void presync_form_wrap_titles (GtkWidget *widget);

/**
 * presync_form_forbid_hyphens:
 *
 * Lets no label in @widget put a hyphen where it breaks a word: a name or an id would read as
 * another one.
 */
void presync_form_forbid_hyphens (GtkWidget *widget);

/**
 * presync_form_dup_text:
 *
 * Returns: (transfer full) (nullable): what was typed, without white space around it; %NULL if
 *   nothing was
 */
char *presync_form_dup_text (AdwEntryRow *row);

/**
 * presync_form_set_error:
 *
 * Marks @row as the one to mend, or not.
 */
void presync_form_set_error (GtkWidget *row, gboolean error);

/**
 * PresyncFileFunc:
 * @path: (transfer none): a local file name
 */
typedef void (*PresyncFileFunc) (const char *path, gpointer user_data);

/**
 * presync_form_choose_file:
 * @title: title of the file chooser
 * @filter_name: what the files are, translated
 * @patterns: (array zero-terminated=1): their names, such as "*.pem"; all files can be shown too
 * @suggestion: (nullable): name to save under; %NULL to open an existing file
 * @folder: (nullable): where to start
 * @func: called with the file that was chosen; never if none was
 * @object: (transfer none): @func's user data; kept alive while the chooser is open
 */
void presync_form_choose_file (GtkWindow *parent, const char *title, const char *filter_name,
                               const char *const *patterns, const char *suggestion,
                               const char *folder, PresyncFileFunc func, GObject *object);

/* The same for a folder. */
void presync_form_choose_folder (GtkWindow *parent, const char *title, const char *folder,
                                 PresyncFileFunc func, GObject *object);

G_END_DECLS
