/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncNetworkGroup: the network on the Sources page: the switch that allows it to be tried, a
 * proxy and the names of AD FS, what did not answer, and the matrix of all that was tried
 *
 * Nothing is tried before the switch is on.
 */
#define PRESYNC_TYPE_NETWORK_GROUP (presync_network_group_get_type ())
G_DECLARE_FINAL_TYPE (PresyncNetworkGroup, presync_network_group, PRESYNC, NETWORK_GROUP, AdwBin)

/* @assessment: (nullable) (transfer none) */
void presync_network_group_set_assessment (PresyncNetworkGroup *self,
                                           PresyncAssessment *assessment);

G_END_DECLS
