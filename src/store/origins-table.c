/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/origins-table.h"

#include "store/seal.h"

struct _PresyncOriginsTable
{
  sqlite3 *db;         /* unowned */
  GHashTable *objects; /* PresyncOrigin -> gint64, by address: those of one read are one object */
  GHashTable *same;    /* PresyncOrigin -> gint64, by what they say */
  gint64 last;         /* id */
  PresyncSeal seal;
  PresyncStatement *insert;
};

static guint
presync_origins_table_hash (gconstpointer origin)
{
  PresyncOrigin *self = (PresyncOrigin *) origin;

  return g_str_hash (presync_origin_get_target (self)) * 31
         + g_str_hash (presync_origin_get_query (self))
         + g_date_time_hash (presync_origin_get_at (self));
}

static gboolean
presync_origins_table_equal (gconstpointer a, gconstpointer b)
{
  PresyncOrigin *left = (PresyncOrigin *) a;
  PresyncOrigin *right = (PresyncOrigin *) b;

  return g_date_time_equal (presync_origin_get_at (left), presync_origin_get_at (right))
         && g_str_equal (presync_origin_get_source (left), presync_origin_get_source (right))
         && g_str_equal (presync_origin_get_target (left), presync_origin_get_target (right))
         && g_str_equal (presync_origin_get_query (left), presync_origin_get_query (right))
         && (presync_origin_get_complete (left) != FALSE)
                == (presync_origin_get_complete (right) != FALSE);
}

/* @same: (nullable): what they say -> id */
static GHashTable *
presync_origins_table_read_all (sqlite3 *db, GHashTable *same, PresyncSeal *seal, gint64 *last,
                                GError **error)
{
  gboolean row = FALSE;
  g_autoptr (GHashTable) origins
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db, "SELECT id, source, target, query, at, complete, checksum FROM origins ORDER BY id",
      error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      const char *source, *target, *query;
      PresyncOrigin *origin;
      g_autoptr (GDateTime) at = NULL;

      if (!row)
        return g_steal_pointer (&origins);
      *last = presync_statement_read_integer (statement, 1, G_MAXINT64);
      source = presync_statement_read_text (statement);
      target = presync_statement_read_text (statement);
      query = presync_statement_read_text (statement);
      at = presync_statement_read_time (statement);
      origin = presync_origin_new (source, target, query, at,
                                   presync_statement_read_integer (statement, 0, 1) != 0);
      g_hash_table_insert (origins, g_memdup2 (last, sizeof *last), origin);
      if (!presync_statement_read_end (statement, seal, error))
        return NULL;
      if (same != NULL)
        g_hash_table_insert (same, g_object_ref (origin), g_memdup2 (last, sizeof *last));
    }
  return NULL;
}

GHashTable *
presync_origins_table_read (sqlite3 *db, GError **error)
{
  PresyncSeal seal = { 0, 0 };
  gint64 last = 0;
  g_autoptr (GHashTable) origins = presync_origins_table_read_all (db, NULL, &seal, &last, error);

  if (origins == NULL || !presync_seal_check (db, "origins", &seal, error))
    return NULL;
  return g_steal_pointer (&origins);
}

PresyncOriginsTable *
presync_origins_table_open (sqlite3 *db, GError **error)
{
  g_autoptr (PresyncOriginsTable) self = g_new0 (PresyncOriginsTable, 1);
  g_autoptr (GHashTable) origins = NULL;

  self->db = db;
  self->objects = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  self->same = g_hash_table_new_full (presync_origins_table_hash, presync_origins_table_equal,
                                      g_object_unref, g_free);
  origins = presync_origins_table_read_all (db, self->same, &self->seal, &self->last, error);
  if (origins == NULL || !presync_seal_check (db, "origins", &self->seal, error))
    return NULL;
  self->insert = presync_statement_new (
      db,
      "INSERT INTO origins (id, source, target, query, at, complete, checksum)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)",
      error);
  return self->insert != NULL ? g_steal_pointer (&self) : NULL;
}

void
presync_origins_table_free (PresyncOriginsTable *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->objects);
  g_hash_table_unref (self->same);
  presync_statement_free (self->insert);
  g_free (self);
}

gint64
presync_origins_table_add (PresyncOriginsTable *self, PresyncOrigin *origin, GError **error)
{
  gint64 *id = g_hash_table_lookup (self->objects, origin);

  if (id != NULL)
    return *id;
  id = g_hash_table_lookup (self->same, origin);
  if (id == NULL)
    {
      self->last++;
      presync_statement_bind_integer (self->insert, self->last);
      presync_statement_bind_text (self->insert, presync_origin_get_source (origin));
      presync_statement_bind_text (self->insert, presync_origin_get_target (origin));
      presync_statement_bind_text (self->insert, presync_origin_get_query (origin));
      presync_statement_bind_time (self->insert, presync_origin_get_at (origin));
      presync_statement_bind_integer (self->insert, presync_origin_get_complete (origin) ? 1 : 0);
      presync_statement_bind_checksum (self->insert, &self->seal);
      if (!presync_statement_run (self->insert, error))
        return 0;
      id = g_memdup2 (&self->last, sizeof self->last);
      g_hash_table_insert (self->same, g_object_ref (origin), id);
    }
  g_hash_table_insert (self->objects, g_object_ref (origin), g_memdup2 (id, sizeof *id));
  return *id;
}

gboolean
presync_origins_table_finish (PresyncOriginsTable *self, GError **error)
{
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      self->db, "DELETE FROM origins WHERE id NOT IN (SELECT origin FROM facts) RETURNING checksum",
      error);

  return statement != NULL && presync_statement_run_deleting (statement, &self->seal, error)
         && presync_seal_write (self->db, "origins", &self->seal, error);
}
