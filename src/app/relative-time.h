/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_relative_time_text:
 * @at: (nullable): a moment
 * @now: the moment to count from
 *
 * Returns: (transfer full): how long ago, short and translated: "now", "2 min ago", "3 h ago", then
 *   the date; "" for %NULL
 */
char *presync_relative_time_text (GDateTime *at, GDateTime *now);

/**
 * presync_relative_time_text_now:
 *
 * Returns: (transfer full): the same, counted from this moment
 */
char *presync_relative_time_text_now (GDateTime *at);

/**
 * presync_absolute_time_text:
 *
 * Returns: (transfer full): date and time in the zone of this computer: "2026-11-23 07:39"
 */
char *presync_absolute_time_text (GDateTime *at);

G_END_DECLS
