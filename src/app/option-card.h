/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncOptionCard: one option at a glance: verdict, counts, what blocks it
 */
#define PRESYNC_TYPE_OPTION_CARD (presync_option_card_get_type ())
G_DECLARE_FINAL_TYPE (PresyncOptionCard, presync_option_card, PRESYNC, OPTION_CARD, AdwBin)

/**
 * presync_option_card_update:
 *
 * Shows @checklist as it is now.
 */
void presync_option_card_update (PresyncOptionCard *self, PresyncChecklist *checklist);

G_END_DECLS
