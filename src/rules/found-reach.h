/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"

G_BEGIN_DECLS

/* %TRUE for the key of a fact that says whether an address, a port or a DNS record answers */
gboolean presync_found_is_reach (const char *key);

/**
 * presync_found_describe_reach:
 * @facts: (element-type PresyncFact): what a test looked at
 * @brief: count what failed, since it did not matter; else it is named, with its reason
 *
 * Tells in one line how many of several addresses answer: "1 of 9 failed: b.contoso.com:443 – b
 * refuses". What answers is counted; a reason is told once, whatever number of addresses it is of.
 *
 * Returns: (transfer full) (nullable): the line; %NULL if there are not several, nothing is known,
 *   or there is no more to tell than a few times yes
 */
char *presync_found_describe_reach (GPtrArray *facts, gboolean brief);

G_END_DECLS
