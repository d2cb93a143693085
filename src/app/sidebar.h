/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncSidebar: the pages, with what is open on each, and the state of the sources
 *
 * A click on a row activates the action "win.page".
 */
#define PRESYNC_TYPE_SIDEBAR (presync_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSidebar, presync_sidebar, PRESYNC, SIDEBAR, AdwBin)

void presync_sidebar_set_assessment (PresyncSidebar *self, PresyncAssessment *assessment);

/* @page: "overview", "cloud-sync", "connect-sync", …, "history" or "sources" */
void presync_sidebar_set_page (PresyncSidebar *self, const char *page);

G_END_DECLS
