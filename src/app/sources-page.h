/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncSourcesPage: every source of an assessment with its state, its test and what it asked
 *
 * Property "assessment" (PresyncAssessment, nullable, writable).
 */
#define PRESYNC_TYPE_SOURCES_PAGE (presync_sources_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSourcesPage, presync_sources_page, PRESYNC, SOURCES_PAGE, AdwBin)

/* @assessment: (nullable) (transfer none) */
void presync_sources_page_set_assessment (PresyncSourcesPage *self, PresyncAssessment *assessment);

G_END_DECLS
