/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/statement.h"

G_BEGIN_DECLS

/* The table "texts", where the texts that many rows of many runs share stand once */

/* (transfer full) (nullable): gint64 id -> text. Checked as a whole */
GHashTable *presync_texts_table_read (sqlite3 *db, GError **error);

/**
 * PresyncTextsTable: the table while runs are written
 */
typedef struct _PresyncTextsTable PresyncTextsTable;

PresyncTextsTable *presync_texts_table_open (sqlite3 *db, GError **error);
void presync_texts_table_free (PresyncTextsTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTextsTable, presync_texts_table_free)

/* The id of @text, which is added if it is not there; 0 with an error */
gint64 presync_texts_table_add (PresyncTextsTable *self, const char *text, GError **error);
gboolean presync_texts_table_finish (PresyncTextsTable *self, GError **error);

G_END_DECLS
