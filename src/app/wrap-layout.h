/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PresyncWrapLayout: children in a line, and in as many lines as they need where one is too short
 */
#define PRESYNC_TYPE_WRAP_LAYOUT (presync_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (PresyncWrapLayout, presync_wrap_layout, PRESYNC, WRAP_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
