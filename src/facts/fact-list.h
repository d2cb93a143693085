/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"

G_BEGIN_DECLS

/**
 * presync_fact_list_add:
 * @list: (element-type PresyncFact): with g_object_unref() as its free function
 * @more: (element-type PresyncFact) (transfer none)
 *
 * Appends those of @more that are not in @list, each once and in their order; however long both
 * are, in time that grows with their length alone.
 */
void presync_fact_list_add (GPtrArray *list, GPtrArray *more);

G_END_DECLS
