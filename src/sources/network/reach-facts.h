/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"
#include "sources/network/reach.h"

G_BEGIN_DECLS

/**
 * presync_reach_list_facts:
 * @rows: (element-type PresyncReach): rows that ended; pending ones tell nothing
 * @keys: (nullable) (array zero-terminated=1): only facts of these keys; %NULL: all
 * @source: id of the source: "network" (this computer) or "server" (the collector)
 * @target: where it was seen from, for origins: "this computer", or the server's facts file
 * @at: when; a row's own time counts if it has one
 *
 * Reached is yes; a finding (refused, no name, intercepted …) is no, with the row's text as the
 * reason; silence and the like are unknown with the row's text. Of a row with a certificate:
 * "network.public-issuer" and "network.issuer" if its keys name the former, and the facts of AD FS
 * that its keys name: the server answers on its port even where the certificate is bad.
 * "network.public-issuer" is unknown where no certificate was seen.
 *
 * Returns: (transfer full) (element-type PresyncFact)
 */
GPtrArray *presync_reach_list_facts (GPtrArray *rows, const char *const *keys, const char *source,
                                     const char *target, GDateTime *at);

G_END_DECLS
