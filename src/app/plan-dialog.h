/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncPlanDialog: what is planned: features, sync server, edition of the requirements, and who
 * answers by hand
 */
#define PRESYNC_TYPE_PLAN_DIALOG (presync_plan_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PresyncPlanDialog, presync_plan_dialog, PRESYNC, PLAN_DIALOG,
                      AdwPreferencesWindow)

/**
 * presync_plan_dialog_present:
 * @assessment: (transfer none): changes as soon as something is changed here
 */
void presync_plan_dialog_present (GtkWindow *parent, PresyncAssessment *assessment);

G_END_DECLS
