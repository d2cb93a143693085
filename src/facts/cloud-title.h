/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_cloud_title:
 * @id: one of Microsoft's clouds: "worldwide", "us-government", "us-government-dod", "china"
 *
 * Returns: (transfer none): its name for people, translated; @id itself if there is no such cloud
 */
const char *presync_cloud_title (const char *id);

G_END_DECLS
