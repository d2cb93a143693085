/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * presync_reveal:
 * @widget: on a page that scrolls up and down, or on any other
 *
 * Scrolls until all of @widget is in view, or its beginning if there is no room for all. It may
 * just have been shown, or filled: it is waited until it has a place. GTK itself scrolls to what
 * gets the focus where that stood, which is nowhere.
 */
void presync_reveal (GtkWidget *widget);

G_END_DECLS
