/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* What stands inside the expander rows of a source's card. An expander row has no way to bind a
 * model or to empty it, so each comes with the array of the rows that are in it. Rows are kept
 * where they can be: a poll every few seconds must not take focus and selection from the reader. */

/* @stages: GListModel of PresyncStage: a row each, which follows it */
void presync_source_rows_fill_stages (AdwExpanderRow *expander, GPtrArray *rows,
                                      GListModel *stages);

/**
 * presync_source_rows_fill_queries:
 * @source: a source's id
 *
 * What it was asked: how much in the subtitle, and a row each if the expander is open.
 *
 * Returns: %TRUE if the rows are up to date
 */
gboolean presync_source_rows_fill_queries (AdwExpanderRow *expander, GPtrArray *rows,
                                           PresyncAssessment *assessment, const char *source);

/* What it could not read, each with its reason; hides the expander if there is nothing */
void presync_source_rows_fill_unread (AdwExpanderRow *expander, GPtrArray *rows,
                                      PresyncAssessment *assessment, const char *source);

G_END_DECLS
