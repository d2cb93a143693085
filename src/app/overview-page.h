/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncOverviewPage: both options side by side and the map; the start page while the
 * assessment has nothing
 */
#define PRESYNC_TYPE_OVERVIEW_PAGE (presync_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncOverviewPage, presync_overview_page, PRESYNC, OVERVIEW_PAGE, AdwBin)

GtkWidget *presync_overview_page_new (PresyncAssessment *assessment);

G_END_DECLS
