/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "sources/network/network-target.h"

G_BEGIN_DECLS

/**
 * presync_network_plan_dup:
 * @base: (nullable): the target so far: its recording and proxy stay
 *
 * What the network is to be tried for, as far as it is known by now: the forest, its domains and
 * domain controllers, the UPN suffixes, the tenant and its cloud, the plan and the AD FS farm.
 *
 * Returns: (transfer full): a target
 */
PresyncNetworkTarget *presync_network_plan_dup (PresyncAssessment *assessment,
                                                const PresyncNetworkTarget *base);

/**
 * presync_network_plan_dup_suffixes:
 * @offered: (out) (optional) (transfer full) (nullable) (array zero-terminated=1): where not all
 *   users were seen (another domain has its own, or the read ended early): others that the forest
 *   offers, which a user may have or not; else %NULL
 * @whole: (out) (optional): no user of the forest has another than those returned
 *
 * The UPN suffixes that users were seen to have.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): in lower case, sorted; %NULL if
 *   nothing was read of them
 */
char **presync_network_plan_dup_suffixes (PresyncAssessment *assessment, char ***offered,
                                          gboolean *whole);

G_END_DECLS
