/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PresyncSplitLayout: children side by side and equally wide where there is room, else one below
 * the other
 *
 * Property "child-from" (int, construct only): a child narrower than this goes below its sibling
 * instead.
 */
#define PRESYNC_TYPE_SPLIT_LAYOUT (presync_split_layout_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSplitLayout, presync_split_layout, PRESYNC, SPLIT_LAYOUT,
                      GtkLayoutManager)

G_END_DECLS
