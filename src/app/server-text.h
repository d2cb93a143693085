/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/server-topics.h"
#include "sources/server/facts-report.h"

G_BEGIN_DECLS

/* What the window says of the sync server. Nothing is judged here. */

/**
 * presync_server_text_dup_age:
 *
 * Returns: (transfer full): "Written today", "Written 26 days ago"
 */
char *presync_server_text_dup_age (GDateTime *collected, GDateTime *now);

/* (transfer full): name of the file without its folder */
char *presync_server_text_dup_file (PresyncFactsReport *report);

/**
 * presync_server_text_dup_value:
 *
 * Returns: (transfer full) (nullable): what is known of @key, or why it is not, or that the
 *   directory tells otherwise; lists one entry a line; %NULL if nobody collected it
 */
char *presync_server_text_dup_value (PresyncAssessment *assessment, const char *key);

/* (transfer full) (nullable): how @key was obtained: file or server, path or query, when */
char *presync_server_text_dup_origin (PresyncAssessment *assessment, const char *key);

/**
 * presync_server_text_dup_topic:
 * @items: its conditions
 *
 * Returns: (transfer full): what matters most about @topic in one line
 */
char *presync_server_text_dup_topic (PresyncAssessment *assessment, const PresyncServerTopic *topic,
                                     GPtrArray *items);

G_END_DECLS
