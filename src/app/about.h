/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells what the program is, of which version, and under which licence. */
void presync_about_window_present (GtkWindow *parent);

G_END_DECLS
