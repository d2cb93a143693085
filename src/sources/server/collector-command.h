/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/network-target.h"

G_BEGIN_DECLS

#define PRESYNC_COLLECTOR_SCRIPT "Get-PresyncServerFacts.ps1"
#define PRESYNC_COLLECTOR_COMMAND                                                                  \
  "powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\\" PRESYNC_COLLECTOR_SCRIPT

/**
 * presync_collector_command_dup_network:
 * @target: what is known of the tenant, and what is planned
 *
 * Returns: (transfer full): the command that runs the collector script on the sync server, with its
 *   switch -Network and what that needs to know: the cloud, the tenant's id, the AD FS farm
 */
char *presync_collector_command_dup_network (const PresyncNetworkTarget *target);

G_END_DECLS
