/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pieces-table.h"

#include "store/seal.h"

gboolean
presync_pieces_table_write (sqlite3 *db, GHashTable *pieces, GError **error)
{
  GHashTableIter iter;
  gpointer name, json;
  PresyncSeal seal;
  g_autoptr (PresyncStatement) insert = NULL;
  g_autoptr (PresyncStatement) remove = NULL;

  if (g_hash_table_size (pieces) == 0)
    return TRUE;
  insert = presync_statement_new (db, "INSERT INTO pieces (name, json, checksum) VALUES (?, ?, ?)",
                                  error);
  if (insert == NULL)
    return FALSE;
  remove
      = presync_statement_new (db, "DELETE FROM pieces WHERE name = ? RETURNING checksum", error);
  if (remove == NULL || !presync_seal_read (db, "pieces", &seal, error))
    return FALSE;
  g_hash_table_iter_init (&iter, pieces);
  while (g_hash_table_iter_next (&iter, &name, &json))
    {
      presync_statement_bind_text (remove, name);
      if (!presync_statement_run_deleting (remove, &seal, error))
        return FALSE;
      if (json == NULL)
        continue;
      presync_statement_bind_text (insert, name);
      presync_statement_bind_text (insert, json);
      presync_statement_bind_checksum (insert, &seal);
      if (!presync_statement_run (insert, error))
        return FALSE;
    }
  return presync_seal_write (db, "pieces", &seal, error);
}

GHashTable *
presync_pieces_table_read (sqlite3 *db, GError **error)
{
  gboolean row = FALSE;
  PresyncSeal seal = { 0, 0 };
  g_autoptr (GHashTable) pieces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (PresyncStatement) statement
      = presync_statement_new (db, "SELECT name, json, checksum FROM pieces", error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      g_autofree char *name = NULL;

      if (!row)
        return presync_seal_check (db, "pieces", &seal, error) ? g_steal_pointer (&pieces) : NULL;
      name = g_strdup (presync_statement_read_text (statement));
      g_hash_table_insert (pieces, g_steal_pointer (&name),
                           g_strdup (presync_statement_read_text (statement)));
      if (!presync_statement_read_end (statement, &seal, error))
        return NULL;
    }
  return NULL;
}
