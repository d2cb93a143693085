/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PresyncEndsLayout: two children at the two ends of a line; where both do not fit uncut, the
 * second stands below the first
 */
#define PRESYNC_TYPE_ENDS_LAYOUT (presync_ends_layout_get_type ())
G_DECLARE_FINAL_TYPE (PresyncEndsLayout, presync_ends_layout, PRESYNC, ENDS_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
