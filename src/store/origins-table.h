/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/origin.h"
#include "store/statement.h"

G_BEGIN_DECLS

/**
 * PresyncOriginsTable: the table "origins" while facts are written
 */
typedef struct _PresyncOriginsTable PresyncOriginsTable;

PresyncOriginsTable *presync_origins_table_open (sqlite3 *db, GError **error);
void presync_origins_table_free (PresyncOriginsTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncOriginsTable, presync_origins_table_free)

/* The id of the row that says the same as @origin, which is added if there is none; 0 with an
 * error */
gint64 presync_origins_table_add (PresyncOriginsTable *self, PresyncOrigin *origin, GError **error);
/* Removes the rows that no fact needs, and seals the table */
gboolean presync_origins_table_finish (PresyncOriginsTable *self, GError **error);

/* (transfer full) (nullable): gint64 id -> #PresyncOrigin */
GHashTable *presync_origins_table_read (sqlite3 *db, GError **error);

G_END_DECLS
