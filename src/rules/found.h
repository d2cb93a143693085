/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"

G_BEGIN_DECLS

/**
 * presync_found_describe:
 * @facts: (element-type PresyncFact): what a test looked at, the deciding facts first
 * @brief: whether a plain yes or no is left out where there are values to show
 * @named: whether a lone value says what it is of: it is not what is asked for first
 *
 * Tells what was found in one line for people: the deciding values, of several domains or sources
 * each, with what takes effect whether it is so by the letter too; never what the user plans, nor
 * identifiers that only programs compare. What is told of the network says which computer has seen
 * it: this one, or the sync server; or that it was recorded, for the sample.
 *
 * Returns: (transfer full) (nullable): the line; %NULL if there is nothing to show
 */
char *presync_found_describe (GPtrArray *facts, gboolean brief, gboolean named);

/* %TRUE for a fact that says whether a setting is as a page asks for by the letter, beside another
 * that says what takes effect */
gboolean presync_found_is_documented (PresyncFact *fact);

G_END_DECLS
