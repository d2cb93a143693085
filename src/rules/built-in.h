/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/evaluate.h"

G_BEGIN_DECLS

/**
 * presync_built_in_holds:
 * @name: a built-in's name; the reader has checked that it exists
 * @fact: a known fact of the key that the reader wrote into the test
 *
 * "routable-upn-suffix": at least one UPN suffix can be verified on the internet
 * (presync_is_routable()).
 */
gboolean presync_built_in_holds (const char *name, PresyncFact *fact);

G_END_DECLS
