/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncServiceChoices: which kinds of service account the wizard of Connect Sync offers as
 * planned, which it takes by default, and which is recommended
 *
 * Signal "name-wanted": a kind was chosen that needs a name.
 */
#define PRESYNC_TYPE_SERVICE_CHOICES (presync_service_choices_get_type ())
G_DECLARE_FINAL_TYPE (PresyncServiceChoices, presync_service_choices, PRESYNC, SERVICE_CHOICES,
                      AdwBin)

GtkWidget *presync_service_choices_new (PresyncAssessment *assessment);

/* Reads plan and facts anew. */
void presync_service_choices_update (PresyncServiceChoices *self);

G_END_DECLS
