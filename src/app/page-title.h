/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_page_title:
 * @page: "overview", "cloud-sync", "connect-sync", "accounts", "tenant", "sql-server",
 * "sync-server", "history" or "sources"
 * @brief: %TRUE where there is little room
 *
 * Returns: (transfer none): the page's title, translated; %NULL if there is no such page
 */
const char *presync_page_title (const char *page, gboolean brief);

/**
 * presync_page_dup_subtitle:
 * @brief: %TRUE where there is little room
 * @read_at: (inout): when the directory was last read with success, kept by the caller between
 *   calls; points to %NULL if it never was
 *
 * Returns: (transfer full): what stands below the title: counts, or when was checked
 */
char *presync_page_dup_subtitle (const char *page, PresyncAssessment *assessment, gboolean brief,
                                 GDateTime **read_at);

/**
 * presync_page_count:
 * @page: "accounts", "tenant", "sql-server" or "sync-server"
 * @not_met: (out): how much of what the page shows is not met
 * @open: (out): how much is unknown or needs an answer
 */
void presync_page_count (const char *page, PresyncAssessment *assessment, guint *not_met,
                         guint *open);

G_END_DECLS
