/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/network-target.h"
#include "sources/server/facts-report.h"

G_BEGIN_DECLS

/**
 * presync_facts_report_list_network_facts:
 * @target: (nullable): what is known of the forest and the tenant, and what is planned; %NULL, or a
 *   cloud in it that is %NULL: as the file has it
 *
 * What the collector script's switch -Network tried ("networkProbes" in the file). What there is to
 * try follows from @target and the file together (presync_reach_plan()); what the file does not
 * tell of is unknown and says so. Of a kind of probe of which the file has none, nothing is told.
 *
 * Returns: (transfer full) (element-type PresyncFact): facts "network.…" of source "server"; none
 *   of a file without the group
 */
GPtrArray *presync_facts_report_list_network_facts (PresyncFactsReport *self,
                                                    const PresyncNetworkTarget *target);

G_END_DECLS
