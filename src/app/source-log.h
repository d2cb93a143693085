/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_source_log_list:
 * @source: a source's id
 *
 * Returns: (transfer container) (element-type PresyncOrigin): what @source answered, each query
 *   once with its newest time, in the order of the facts
 */
GPtrArray *presync_source_log_list (PresyncAssessment *assessment, const char *source);

/**
 * presync_source_log_row_new:
 *
 * Returns: a row for one query: the query itself, when it was asked, whether the answer was whole
 */
GtkWidget *presync_source_log_row_new (PresyncOrigin *origin);

/* Makes @row tell of another origin. */
void presync_source_log_row_set (GtkWidget *row, PresyncOrigin *origin);

/**
 * presync_source_log_dup_summary:
 *
 * Returns: (transfer full): "72 facts, 3 of them could not be read"; "" if there are none
 */
char *presync_source_log_dup_summary (PresyncAssessment *assessment, const char *source);

/**
 * presync_source_log_list_unread:
 *
 * Returns: (transfer container) (element-type PresyncFact): what @source could not read, by key
 */
GPtrArray *presync_source_log_list_unread (PresyncAssessment *assessment, const char *source);

/* Returns: a row for one fact that could not be read; presync_source_log_unread_row_set() fills it
 */
GtkWidget *presync_source_log_unread_row_new (void);

/* Makes @row tell what could not be read of what, and why. */
void presync_source_log_unread_row_set (GtkWidget *row, PresyncFact *fact);

/* (transfer full) (nullable): when @source was read last */
GDateTime *presync_source_log_dup_read_at (PresyncAssessment *assessment, const char *source);

G_END_DECLS
