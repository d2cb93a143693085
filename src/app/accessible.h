/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * presync_accessible_set_label:
 * @label: what a screen reader says for @widget
 */
void presync_accessible_set_label (GtkWidget *widget, const char *label);

/**
 * presync_accessible_set_description:
 * @description: what a screen reader may say after the label
 */
void presync_accessible_set_description (GtkWidget *widget, const char *description);

/**
 * presync_accessible_label_list_row:
 * @child: a list item's child, or one of its descendants, while it is bound
 * @label: what a screen reader says for the whole row
 *
 * GTK 4.8 has no property for the name of a list item and announces its class name instead; this
 * names the list's own row widget around @child.
 */
void presync_accessible_label_list_row (GtkWidget *child, const char *label);

/**
 * presync_accessible_new_ornament:
 *
 * Returns: (transfer floating): an image that a screen reader passes over, for a symbol beside the
 *   words that say the same
 */
GtkWidget *presync_accessible_new_ornament (const char *icon_name);

G_END_DECLS
