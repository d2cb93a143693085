/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncHistoryPage: the runs of an assessment, as lines and as a list, and what changed between
 * two of them
 *
 * Property "assessment" (PresyncAssessment, construct only).
 */
#define PRESYNC_TYPE_HISTORY_PAGE (presync_history_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncHistoryPage, presync_history_page, PRESYNC, HISTORY_PAGE, AdwBin)

GtkWidget *presync_history_page_new (PresyncAssessment *assessment);

G_END_DECLS
