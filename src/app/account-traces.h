/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncAccountTraces: what an earlier synchronization left in the forest
 */
#define PRESYNC_TYPE_ACCOUNT_TRACES (presync_account_traces_get_type ())
G_DECLARE_FINAL_TYPE (PresyncAccountTraces, presync_account_traces, PRESYNC, ACCOUNT_TRACES,
                      AdwPreferencesGroup)

/* Shows the facts as they are now. */
void presync_account_traces_update (PresyncAccountTraces *self, PresyncAssessment *assessment);

G_END_DECLS
