/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/reach.h"

G_BEGIN_DECLS

/**
 * presync_reach_sentence_dup:
 * @row: with the proxy and the certificate that it has
 * @outcome: how it ends
 * @detail: (nullable): in the words of Windows, cleaned
 *
 * What the collector script saw, as a sentence that names the sync server where it matters.
 *
 * Returns: (transfer full) (nullable): %NULL if it was reached
 */
char *presync_reach_sentence_dup (PresyncReach *row, PresyncReachOutcome outcome,
                                  const char *detail);

G_END_DECLS
