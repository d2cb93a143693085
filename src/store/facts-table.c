/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/facts-table.h"

#include <stdlib.h>
#include <string.h>

#include "base/version.h"
#include "store/origins-table.h"
#include "store/seal.h"

/* A list is a BLOB: each text with a NUL behind it. */

static void
presync_facts_table_bind_list (PresyncStatement *statement, const char *const *list)
{
  g_autoptr (GString) blob = g_string_new (NULL);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (list[i], -1);

      g_string_append_len (blob, valid, (gssize) strlen (valid) + 1);
    }
  presync_statement_bind_blob (statement, blob->str, blob->len);
}

static void
presync_facts_table_bind_value (PresyncStatement *statement, PresyncFact *fact)
{
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    {
      presync_statement_bind_null (statement);
      return;
    }
  switch (presync_fact_get_value_type (fact))
    {
    case PRESYNC_FACT_BOOLEAN:
      presync_statement_bind_integer (statement, presync_fact_get_boolean (fact) ? 1 : 0);
      break;
    case PRESYNC_FACT_INTEGER:
      presync_statement_bind_integer (statement, presync_fact_get_integer (fact));
      break;
    case PRESYNC_FACT_LIST:
      presync_facts_table_bind_list (statement, presync_fact_get_list (fact));
      break;
    case PRESYNC_FACT_TIME:
      presync_statement_bind_time (statement, presync_fact_get_time (fact));
      break;
    case PRESYNC_FACT_TEXT:
    case PRESYNC_FACT_VERSION:
    default:
      presync_statement_bind_text (statement, presync_fact_get_text (fact));
    }
}

static gboolean
presync_facts_table_insert (PresyncStatement *statement, gint64 place, gint64 origin,
                            PresyncFact *fact, PresyncSeal *seal, GError **error)
{
  presync_statement_bind_text (statement, presync_fact_get_key (fact));
  presync_statement_bind_integer (statement, place);
  presync_statement_bind_text (statement, presync_fact_get_subject (fact));
  presync_statement_bind_integer (statement, origin);
  presync_statement_bind_text (statement, presync_unknown_nick (presync_fact_get_unknown (fact)));
  presync_statement_bind_text (statement, presync_fact_get_detail (fact));
  presync_facts_table_bind_value (statement, fact);
  presync_statement_bind_checksum (statement, seal);
  return presync_statement_run (statement, error);
}

/* @layers: (nullable) */
static gboolean
presync_facts_table_insert_layers (PresyncStatement *statement, PresyncOriginsTable *origins,
                                   GPtrArray *layers, PresyncSeal *seal, GError **error)
{
  gint64 place = 0;

  for (guint i = 0; layers != NULL && i < layers->len; i++)
    {
      GPtrArray *layer = g_ptr_array_index (layers, i);

      for (guint j = 0; j < layer->len; j++)
        {
          PresyncFact *fact = g_ptr_array_index (layer, j);
          gint64 origin
              = presync_origins_table_add (origins, presync_fact_get_origin (fact), error);

          if (origin == 0
              || !presync_facts_table_insert (statement, place++, origin, fact, seal, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* All keys of the file that this Presync knows, but those of @facts */
static GPtrArray *
presync_facts_table_list_others (sqlite3 *db, GHashTable *facts, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PresyncStatement) statement
      = presync_statement_new (db, "SELECT DISTINCT key FROM facts", error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      const char *key;

      if (!row)
        return g_steal_pointer (&keys);
      key = presync_statement_read_text (statement);
      if (presync_fact_key_find (key) != NULL && !g_hash_table_contains (facts, key))
        g_ptr_array_add (keys, g_strdup (key));
    }
  return NULL;
}

static gboolean
presync_facts_table_remove (sqlite3 *db, GPtrArray *keys, PresyncSeal *seal, GError **error)
{
  g_autoptr (PresyncStatement) statement
      = presync_statement_new (db, "DELETE FROM facts WHERE key = ? RETURNING checksum", error);

  for (guint i = 0; statement != NULL && i < keys->len; i++)
    {
      presync_statement_bind_text (statement, g_ptr_array_index (keys, i));
      if (!presync_statement_run_deleting (statement, seal, error))
        return FALSE;
    }
  return statement != NULL;
}

gboolean
presync_facts_table_write (sqlite3 *db, GHashTable *facts, gboolean all, GError **error)
{
  GHashTableIter iter;
  gpointer key, layers;
  PresyncSeal seal;
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (PresyncOriginsTable) origins = NULL;
  g_autoptr (PresyncStatement) insert = NULL;

  if (g_hash_table_size (facts) == 0 && !all)
    return TRUE;
  if (!presync_seal_read (db, "facts", &seal, error))
    return FALSE;
  gone = all ? presync_facts_table_list_others (db, facts, error)
             : g_ptr_array_new_with_free_func (g_free);
  if (gone == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (gone, g_strdup (key));
  if (!presync_facts_table_remove (db, gone, &seal, error))
    return FALSE;
  origins = presync_origins_table_open (db, error);
  insert = presync_statement_new (
      db,
      "INSERT INTO facts (key, place, subject, origin, unknown, detail, value, checksum)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (origins == NULL || insert == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, facts);
  while (g_hash_table_iter_next (&iter, NULL, &layers))
    if (!presync_facts_table_insert_layers (insert, origins, layers, &seal, error))
      return FALSE;
  return presync_origins_table_finish (origins, error)
         && presync_seal_write (db, "facts", &seal, error);
}

/* PRESYNC_UNKNOWN_… or -1 */
static int
presync_facts_table_find_unknown (const char *nick)
{
  for (int i = PRESYNC_UNKNOWN_NONE; i <= (int) PRESYNC_UNKNOWN_FAILED; i++)
    if (g_str_equal (presync_unknown_nick ((PresyncUnknown) i), nick))
      return i;
  return -1;
}

static PresyncFact *
presync_facts_table_read_list (PresyncStatement *statement, const char *key, const char *subject,
                               PresyncOrigin *origin)
{
  gsize length;
  const char *blob = presync_statement_read_blob (statement, &length);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  if (length > 0 && blob[length - 1] != '\0')
    return NULL;
  for (gsize i = 0; i < length; i += strlen (blob + i) + 1)
    {
      if (!g_utf8_validate (blob + i, -1, NULL))
        return NULL;
      g_ptr_array_add (list, (gpointer) (blob + i));
    }
  g_ptr_array_add (list, NULL);
  return presync_fact_new_list (key, subject, (const char *const *) list->pdata, origin);
}

static PresyncFact *
presync_facts_table_read_time (PresyncStatement *statement, const char *key, const char *subject,
                               PresyncOrigin *origin)
{
  g_autoptr (GDateTime) time = presync_statement_read_time (statement);

  return presync_fact_new_time (key, subject, time, origin);
}

static PresyncFact *
presync_facts_table_read_version (PresyncStatement *statement, const char *key, const char *subject,
                                  PresyncOrigin *origin)
{
  PresyncVersion version;
  const char *text = presync_statement_read_text (statement);

  return presync_version_parse (text, &version)
             ? presync_fact_new_version (key, subject, text, origin)
             : NULL;
}

/* (transfer full) (nullable): %NULL if the value is none of @record's type: a newer Presync's */
static PresyncFact *
presync_facts_table_read_value (PresyncStatement *statement, const PresyncFactKey *record,
                                const char *subject, const char *detail, PresyncOrigin *origin)
{
  static const int types[] = {
    [PRESYNC_FACT_BOOLEAN] = SQLITE_INTEGER, [PRESYNC_FACT_INTEGER] = SQLITE_INTEGER,
    [PRESYNC_FACT_TEXT] = SQLITE_TEXT,       [PRESYNC_FACT_LIST] = SQLITE_BLOB,
    [PRESYNC_FACT_VERSION] = SQLITE_TEXT,    [PRESYNC_FACT_TIME] = SQLITE_INTEGER,
  };

  if (presync_statement_next_type (statement) != types[record->type])
    {
      presync_statement_skip (statement);
      return NULL;
    }
  switch (record->type)
    {
    case PRESYNC_FACT_BOOLEAN:
      return presync_fact_new_boolean_because (
          record->id, subject, presync_statement_read_integer (statement, 0, 1) != 0, detail,
          origin);
    case PRESYNC_FACT_INTEGER:
      return presync_fact_new_integer (
          record->id, subject, presync_statement_read_integer (statement, G_MININT64, G_MAXINT64),
          origin);
    case PRESYNC_FACT_LIST:
      return presync_facts_table_read_list (statement, record->id, subject, origin);
    case PRESYNC_FACT_VERSION:
      return presync_facts_table_read_version (statement, record->id, subject, origin);
    case PRESYNC_FACT_TIME:
      return presync_facts_table_read_time (statement, record->id, subject, origin);
    case PRESYNC_FACT_TEXT:
    default:
      return presync_fact_new_text (record->id, subject, presync_statement_read_text (statement),
                                    origin);
    }
}

/* How often sources may take turns in one key: each round is an update of the set. A set has no
 * more layers than there are sources. */
#define MAX_ROUNDS 32

/* Where the facts go that are read: the layers of a key come one after the other, and each is
 * poured into the set after the ones before it. */
typedef struct
{
  GHashTable *origins; /* id -> PresyncOrigin */
  GPtrArray *batches;
  GHashTable *by_name; /* "round source" -> batch, of @batches */
  char *key;           /* of the fact before */
  PresyncOrigin *before;
  guint round;
} PresyncFactsReading;

static void
presync_facts_reading_clear (PresyncFactsReading *self)
{
  g_clear_pointer (&self->origins, g_hash_table_unref);
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->key, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncFactsReading, presync_facts_reading_clear)

/* @fact: (transfer full) */
static void
presync_facts_reading_add (PresyncFactsReading *self, PresyncFact *fact)
{
  PresyncOrigin *origin = presync_fact_get_origin (fact);
  const char *source = presync_origin_get_source (origin);
  GPtrArray *batch;
  g_autofree char *name = NULL;

  if (g_strcmp0 (self->key, presync_fact_get_key (fact)) != 0)
    {
      g_free (self->key);
      self->key = g_strdup (presync_fact_get_key (fact));
      self->round = 0;
    }
  else if (!g_str_equal (presync_origin_get_source (self->before), source))
    self->round++;
  self->before = origin;
  name = g_strdup_printf ("%05u %s", self->round, source);
  batch = g_hash_table_lookup (self->by_name, name);
  if (batch == NULL)
    {
      batch = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (self->batches, batch);
      g_hash_table_insert (self->by_name, g_steal_pointer (&name), batch);
    }
  g_ptr_array_add (batch, fact);
}

static gboolean
presync_facts_reading_read_row (PresyncFactsReading *self, PresyncStatement *statement,
                                PresyncSeal *seal, GError **error)
{
  const PresyncFactKey *record = presync_fact_key_find (presync_statement_read_text (statement));
  const char *subject, *detail;
  PresyncOrigin *origin;
  int unknown;
  gint64 origin_id;
  g_autoptr (PresyncFact) fact = NULL;

  presync_statement_read_integer (statement, 0, G_MAXINT64);
  subject = presync_statement_read_text (statement);
  origin_id = presync_statement_read_integer (statement, 1, G_MAXINT64);
  origin = g_hash_table_lookup (self->origins, &origin_id);
  unknown = presync_facts_table_find_unknown (presync_statement_read_text (statement));
  detail = presync_statement_read_text_or_null (statement);
  if (record != NULL && origin != NULL && unknown == (int) PRESYNC_UNKNOWN_NONE)
    fact = presync_facts_table_read_value (statement, record, subject, detail, origin);
  else
    presync_statement_skip (statement);
  if (record != NULL && origin != NULL && unknown > (int) PRESYNC_UNKNOWN_NONE && detail != NULL)
    fact = presync_fact_new_unknown (record->id, subject, (PresyncUnknown) unknown, detail, origin);
  if (!presync_statement_read_end (statement, seal, error))
    return FALSE;
  if (fact != NULL)
    presync_facts_reading_add (self, g_steal_pointer (&fact));
  if (origin == NULL || self->round > MAX_ROUNDS)
    {
      presync_statement_set_damaged (error);
      return FALSE;
    }
  return TRUE;
}

static int
presync_facts_table_compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
presync_facts_table_read (sqlite3 *db, GError **error)
{
  gboolean row = TRUE;
  guint n = 0;
  PresyncSeal seal = { 0, 0 };
  g_autofree gpointer *names = NULL;
  g_auto (PresyncFactsReading) reading = { 0 };
  g_autoptr (GPtrArray) sorted
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db,
      "SELECT key, place, subject, origin, unknown, detail, value, checksum FROM facts"
      " ORDER BY key, place",
      error);

  reading.origins = presync_origins_table_read (db, error);
  reading.batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  reading.by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (reading.origins == NULL || statement == NULL)
    return NULL;
  while (row)
    if (!presync_statement_step (statement, &row, error)
        || (row && !presync_facts_reading_read_row (&reading, statement, &seal, error)))
      return NULL;
  if (!presync_seal_check (db, "facts", &seal, error))
    return NULL;
  names = g_hash_table_get_keys_as_array (reading.by_name, &n);
  qsort (names, n, sizeof *names, presync_facts_table_compare_names);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sorted, g_ptr_array_ref (g_hash_table_lookup (reading.by_name, names[i])));
  return g_steal_pointer (&sorted);
}
