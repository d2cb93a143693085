/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"
#include "assessment/history.h"

G_BEGIN_DECLS

/**
 * PresyncComparisonView: two runs that a person picks, and what changed from one to the other; the
 * last two until somebody picks others
 */
#define PRESYNC_TYPE_COMPARISON_VIEW (presync_comparison_view_get_type ())
G_DECLARE_FINAL_TYPE (PresyncComparisonView, presync_comparison_view, PRESYNC, COMPARISON_VIEW,
                      AdwBin)

/* @assessment: (transfer none): whose runs; set once */
void presync_comparison_view_set_assessment (PresyncComparisonView *self,
                                             PresyncAssessment *assessment);

/* Compares the run at @position of the history with the one before it; the first with the second */
void presync_comparison_view_compare (PresyncComparisonView *self, guint position);

/**
 * presync_comparison_view_add_other:
 * @run: (transfer none): a run of another file, with rows
 * @title: what the other file is called
 *
 * Compares it with the newest run; it can be picked from now on.
 */
void presync_comparison_view_add_other (PresyncComparisonView *self, PresyncRun *run,
                                        const char *title);

G_END_DECLS
