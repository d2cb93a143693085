/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncSourceCard: one source of an assessment: what it asks, how it is, what it read and how
 */
#define PRESYNC_TYPE_SOURCE_CARD (presync_source_card_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSourceCard, presync_source_card, PRESYNC, SOURCE_CARD, AdwBin)

/**
 * presync_source_card_new:
 * @assessment: (transfer none): that @source belongs to
 * @source: (transfer none): followed for as long as the card lives
 */
GtkWidget *presync_source_card_new (PresyncAssessment *assessment, PresyncSource *source);

G_END_DECLS
