/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncNewestFirst: another list turned round; a GListModel of the same items
 */
#define PRESYNC_TYPE_NEWEST_FIRST (presync_newest_first_get_type ())
G_DECLARE_FINAL_TYPE (PresyncNewestFirst, presync_newest_first, PRESYNC, NEWEST_FIRST, GObject)

/* @model: (transfer none): followed */
PresyncNewestFirst *presync_newest_first_new (GListModel *model);

G_END_DECLS
