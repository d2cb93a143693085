/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/statement.h"

G_BEGIN_DECLS

/* Within a transaction. @pieces: see #PresyncChanges */
gboolean presync_pieces_table_write (sqlite3 *db, GHashTable *pieces, GError **error);
/* (transfer full) (nullable): name -> JSON text */
GHashTable *presync_pieces_table_read (sqlite3 *db, GError **error);

G_END_DECLS
