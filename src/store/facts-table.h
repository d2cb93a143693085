/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-set.h"
#include "store/statement.h"

G_BEGIN_DECLS

/**
 * presync_facts_table_write:
 * @facts: see #PresyncChanges: each key's rows are replaced
 * @all: keys that are not in @facts go, unless this Presync does not know them
 *
 * Within a transaction. Facts that were read together share a row of the table "origins"; those
 * that no fact needs any more go.
 */
gboolean presync_facts_table_write (sqlite3 *db, GHashTable *facts, gboolean all, GError **error);

/**
 * presync_facts_table_read:
 *
 * Facts of keys that this Presync does not know are checked and left out.
 *
 * Returns: (transfer full) (nullable) (element-type GPtrArray): arrays of facts of one source each,
 *   for presync_fact_set_update() in this order
 */
GPtrArray *presync_facts_table_read (sqlite3 *db, GError **error);

G_END_DECLS
