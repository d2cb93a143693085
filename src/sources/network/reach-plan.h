/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/network-target.h"
#include "sources/network/reach.h"

G_BEGIN_DECLS

/* The AD FS certificate's names for registering devices start with this. */
#define PRESYNC_REACH_REGISTRATION "enterpriseregistration."

/* So many domain controllers are tried in one check. */
#define PRESYNC_REACH_MAX_CONTROLLERS 50

/**
 * presync_reach_plan:
 *
 * What there is to try for a target: DNS records and names, ports of domain controllers, addresses
 * of Microsoft's lists, the AD FS farm. Each host and port is there once, whatever it decides; rows
 * of a group stand together. Ports and records: requirements 3.15 (CN-PORT, CN-PRE, CS-PRE).
 *
 * What nobody can try is there too, with its obstacle: the tenant's own address if its id is not
 * known, and what the target does not name of a forest that was read in part.
 *
 * Returns: (transfer full) (element-type PresyncReach): pending rows
 */
GPtrArray *presync_reach_plan (const PresyncNetworkTarget *target);

/**
 * presync_reach_plan_list_controllers:
 * @domain: a DNS name
 *
 * Returns: (transfer full) (array zero-terminated=1): the controllers that the target names in
 *   @domain itself (a child domain's are its own)
 */
char **presync_reach_plan_list_controllers (const PresyncNetworkTarget *target, const char *domain);

G_END_DECLS
