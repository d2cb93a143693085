/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/directory-source.h"
#include "sources/directory/probe.h"

G_BEGIN_DECLS

/**
 * presync_directory_open_forest:
 * @forest: (out) (transfer full): what the first read told
 *
 * As presync_directory_open(), with the forest that its last stage reads.
 */
PresyncDirectory *presync_directory_open_forest (const PresyncDirectoryTarget *target,
                                                 PresyncStageFunc stage, gpointer user_data,
                                                 GTlsCertificate **certificate,
                                                 PresyncForest **forest, GCancellable *cancellable,
                                                 GError **error);

G_END_DECLS
