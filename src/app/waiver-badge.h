/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/**
 * PresyncWaiverBadge: a small pill with symbol and word, "Waived" or "Waiver expired"; hidden where
 * there is no waiver. It stands beside a status and never replaces it.
 */
#define PRESYNC_TYPE_WAIVER_BADGE (presync_waiver_badge_get_type ())
G_DECLARE_FINAL_TYPE (PresyncWaiverBadge, presync_waiver_badge, PRESYNC, WAIVER_BADGE, AdwBin)

GtkWidget *presync_waiver_badge_new (void);

/* @item: (nullable): whose waiver is told */
void presync_waiver_badge_set_item (PresyncWaiverBadge *self, PresyncChecklistItem *item);

/* (transfer none) (nullable): "Waived", "Waiver expired", or %NULL where there is no waiver */
const char *presync_waiver_badge_text (PresyncChecklistItem *item);

G_END_DECLS
