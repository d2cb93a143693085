/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/network-target.h"
#include "sources/network/reach.h"
#include "sources/source.h"

G_BEGIN_DECLS

/* A check ends after so long, whatever the network does. Names that come in its last seconds are
 * tried by another that begins by itself. */
#define PRESYNC_NETWORK_DEADLINE_SECONDS 15
#define PRESYNC_NETWORK_AT_ONCE 16

/**
 * PresyncNetworkSource: tries names, ports and addresses from this computer (source id "network")
 *
 * Facts come as rows end. Each row is tried alone: one silent firewall never holds up another. A
 * check never fails; what could not be told is unknown with the reason.
 *
 * Stages: "names", "controllers", "internet", "federation".
 */
#define PRESYNC_TYPE_NETWORK_SOURCE (presync_network_source_get_type ())
G_DECLARE_FINAL_TYPE (PresyncNetworkSource, presync_network_source, PRESYNC, NETWORK_SOURCE,
                      PresyncSource)

/* @target: copied */
PresyncNetworkSource *presync_network_source_new (const PresyncNetworkTarget *target);
/* (transfer none) */
const PresyncNetworkTarget *presync_network_source_get_target (PresyncNetworkSource *self);

/**
 * presync_network_source_set_target:
 *
 * Told by the assessment whenever names or the plan change. Rows that both targets have keep what
 * was found. If the source was checked before, the new rows are tried at once (it may be joined),
 * and facts of rows that went are forgotten ("facts" carries whole keys).
 */
void presync_network_source_set_target (PresyncNetworkSource *self,
                                        const PresyncNetworkTarget *target);

/* (transfer none): GListModel of PresyncReach, those of a group together */
GListModel *presync_network_source_get_rows (PresyncNetworkSource *self);
/* (transfer none) (nullable): when the last check ended */
GDateTime *presync_network_source_get_at (PresyncNetworkSource *self);

/**
 * presync_network_source_dup_saved: (in network/network-source-saved.c)
 *
 * Returns: (transfer full) (nullable): JSON, an object: the rows that ended, how and when, for
 *   presync_network_source_restore(); %NULL if none did. While a check is under way, as before it.
 */
char *presync_network_source_dup_saved (PresyncNetworkSource *self);
/**
 * presync_network_source_restore:
 * @json: (nullable): of presync_network_source_dup_saved(), perhaps in another session; what is
 *   faulty or too large is left out
 *
 * Of a source that was not checked yet. Rows that are planned, now or until the next check, show
 * what was found then. Nothing is tried, and no facts are told; the state stays
 * %PRESYNC_SOURCE_IDLE. What the next check does not tell is forgotten.
 */
void presync_network_source_restore (PresyncNetworkSource *self, const char *json);

/* (transfer none) (array zero-terminated=1): every key that the network can tell */
const char *const *presync_network_fact_keys (void);

G_END_DECLS
