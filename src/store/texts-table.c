/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/texts-table.h"

#include "store/seal.h"

struct _PresyncTextsTable
{
  sqlite3 *db;     /* unowned */
  GHashTable *ids; /* text -> gint64 */
  gint64 last;
  PresyncSeal seal;
  PresyncStatement *insert;
};

/* @ids: (nullable): text -> id, filled; @texts: (nullable): id -> text, likewise */
static gboolean
presync_texts_table_read_all (sqlite3 *db, GHashTable *ids, GHashTable *texts, PresyncSeal *seal,
                              gint64 *last, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (PresyncStatement) statement
      = presync_statement_new (db, "SELECT id, text, checksum FROM texts ORDER BY id", error);

  if (statement == NULL)
    return FALSE;
  while (presync_statement_step (statement, &row, error))
    {
      const char *text;

      if (!row)
        return presync_seal_check (db, "texts", seal, error);
      *last = presync_statement_read_integer (statement, 1, G_MAXINT64);
      text = presync_statement_read_text (statement);
      if (ids != NULL)
        g_hash_table_insert (ids, g_strdup (text), g_memdup2 (last, sizeof *last));
      if (texts != NULL)
        g_hash_table_insert (texts, g_memdup2 (last, sizeof *last), g_strdup (text));
      if (!presync_statement_read_end (statement, seal, error))
        return FALSE;
    }
  return FALSE;
}

GHashTable *
presync_texts_table_read (sqlite3 *db, GError **error)
{
  PresyncSeal seal = { 0, 0 };
  gint64 last = 0;
  g_autoptr (GHashTable) texts
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  if (!presync_texts_table_read_all (db, NULL, texts, &seal, &last, error))
    return NULL;
  return g_steal_pointer (&texts);
}

PresyncTextsTable *
presync_texts_table_open (sqlite3 *db, GError **error)
{
  g_autoptr (PresyncTextsTable) self = g_new0 (PresyncTextsTable, 1);

  self->db = db;
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!presync_texts_table_read_all (db, self->ids, NULL, &self->seal, &self->last, error))
    return NULL;
  self->insert = presync_statement_new (
      db, "INSERT INTO texts (id, text, checksum) VALUES (?, ?, ?)", error);
  return self->insert != NULL ? g_steal_pointer (&self) : NULL;
}

void
presync_texts_table_free (PresyncTextsTable *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->ids);
  presync_statement_free (self->insert);
  g_free (self);
}

gint64
presync_texts_table_add (PresyncTextsTable *self, const char *text, GError **error)
{
  gint64 *id = g_hash_table_lookup (self->ids, text);

  if (id != NULL)
    return *id;
  self->last++;
  presync_statement_bind_integer (self->insert, self->last);
  presync_statement_bind_text (self->insert, text);
  presync_statement_bind_checksum (self->insert, &self->seal);
  if (!presync_statement_run (self->insert, error))
    return 0;
  g_hash_table_insert (self->ids, g_strdup (text), g_memdup2 (&self->last, sizeof self->last));
  return self->last;
}

gboolean
presync_texts_table_finish (PresyncTextsTable *self, GError **error)
{
  return presync_seal_write (self->db, "texts", &self->seal, error);
}
