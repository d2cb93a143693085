/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/checklist-rows.h"
#include "assessment/summary.h"

G_BEGIN_DECLS

/**
 * PresyncFilterBar: chips with counts, the search, and what to show at all
 *
 * Property "overview-only" (boolean, notify). Signals "filter-changed"; "words-changed";
 * "stop-search": the person leaves the search.
 */
#define PRESYNC_TYPE_FILTER_BAR (presync_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (PresyncFilterBar, presync_filter_bar, PRESYNC, FILTER_BAR, AdwBin)

/* @summary: whose counts of conditions the chips show */
void presync_filter_bar_update (PresyncFilterBar *self, const PresyncSummary *summary);

PresyncChecklistFilter presync_filter_bar_get_filter (PresyncFilterBar *self);
/* (transfer none): as typed */
const char *presync_filter_bar_get_words (PresyncFilterBar *self);

/* Back to all conditions and no words; "overview-only" stays. */
void presync_filter_bar_reset (PresyncFilterBar *self);

void presync_filter_bar_focus_search (PresyncFilterBar *self);

G_END_DECLS
