/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/seal.h"

gboolean
presync_seal_read (sqlite3 *db, const char *name, PresyncSeal *seal, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db, "SELECT name, rows, sum, checksum FROM seals WHERE name = ?", error);

  *seal = (PresyncSeal){ 0, 0 };
  if (statement == NULL)
    return FALSE;
  presync_statement_bind_text (statement, name);
  if (!presync_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  presync_statement_read_text (statement);
  seal->rows = presync_statement_read_integer (statement, 0, G_MAXINT64);
  seal->sum = presync_statement_read_integer (statement, G_MININT64, G_MAXINT64);
  return presync_statement_read_end (statement, NULL, error);
}

gboolean
presync_seal_write (sqlite3 *db, const char *name, const PresyncSeal *seal, GError **error)
{
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db, "INSERT OR REPLACE INTO seals (name, rows, sum, checksum) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  presync_statement_bind_text (statement, name);
  presync_statement_bind_integer (statement, seal->rows);
  presync_statement_bind_integer (statement, seal->sum);
  presync_statement_bind_checksum (statement, NULL);
  return presync_statement_run (statement, error);
}

gboolean
presync_seal_check (sqlite3 *db, const char *name, const PresyncSeal *found, GError **error)
{
  PresyncSeal seal;

  if (!presync_seal_read (db, name, &seal, error))
    return FALSE;
  if (seal.rows == found->rows && seal.sum == found->sum)
    return TRUE;
  presync_statement_set_damaged (error);
  return FALSE;
}
