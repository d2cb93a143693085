/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-result.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/sql/sql-json.h"

/* A dozen statements; the longest list stops at 200 rows. */
#define READS_MAX 64
#define ROWS_MAX 10000

void
presync_sql_prelogin_free (PresyncSqlPrelogin *self)
{
  if (self == NULL)
    return;
  g_free (self->version);
  g_free (self->encryption);
  g_free (self->tls);
  g_free (self->problem);
  g_free (self);
}

static void
presync_sql_read_free (PresyncSqlRead *self)
{
  g_free (self->id);
  g_free (self->query);
  g_free (self->message);
  g_free (self->code);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

void
presync_sql_result_free (PresyncSqlResult *self)
{
  if (self == NULL)
    return;
  g_free (self->driver);
  g_free (self->found_by);
  g_clear_pointer (&self->prelogin, presync_sql_prelogin_free);
  g_clear_pointer (&self->at, g_date_time_unref);
  g_clear_pointer (&self->reads, g_ptr_array_unref);
  g_free (self);
}

PresyncSqlPrelogin *
presync_sql_prelogin_parse (JsonObject *object, GError **error)
{
  static const char *const known[] = { "on", "off", "required", "not-supported", NULL };
  g_autoptr (PresyncSqlPrelogin) self = g_new0 (PresyncSqlPrelogin, 1);
  const char *version, *encryption, *tls, *problem;

  if (!presync_sql_json_get_text (object, "version", FALSE, &version, error)
      || !presync_sql_json_get_text (object, "encryption", TRUE, &encryption, error)
      || !presync_sql_json_get_text (object, "tls", FALSE, &tls, error)
      || !presync_sql_json_get_boolean (object, "trusted", &self->trusted, error)
      || !presync_sql_json_get_text (object, "problem", FALSE, &problem, error))
    return NULL;
  if (!g_strv_contains (known, encryption))
    {
      presync_sql_json_fail (error, "encryption", _ ("is not known"));
      return NULL;
    }
  /* Whatever it says, a certificate with a fault is not trusted. */
  self->trusted = self->trusted && problem == NULL;
  self->version = g_strdup (version);
  self->encryption = g_strdup (encryption);
  self->tls = g_strdup (tls);
  self->problem = problem != NULL ? presync_sql_json_clean (problem) : NULL;
  return g_steal_pointer (&self);
}

static gboolean
presync_sql_read_parse_error (PresyncSqlRead *self, JsonObject *object, GError **error)
{
  const char *message, *code;

  if (!presync_sql_json_get_text (object, "message", TRUE, &message, error)
      || !presync_sql_json_get_text (object, "code", FALSE, &code, error)
      || !presync_sql_json_get_integer (object, "native", &self->native, error))
    return FALSE;
  self->message = presync_sql_json_clean (message);
  self->code = g_strdup (code);
  return TRUE;
}

static gboolean
presync_sql_read_parse_rows (PresyncSqlRead *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "rows");
  JsonArray *array;
  guint n;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return presync_sql_json_fail (error, "rows", _ ("must be a list"));
  array = json_node_get_array (node);
  n = json_array_get_length (array);
  if (n > ROWS_MAX)
    return presync_sql_json_fail (error, "rows", _ ("is too long"));
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  for (guint i = 0; i < n; i++)
    {
      JsonNode *row = json_array_get_element (array, i);
      if (!JSON_NODE_HOLDS_OBJECT (row))
        return presync_sql_json_fail (error, "rows", _ ("must hold objects"));
      g_ptr_array_add (self->rows, json_object_ref (json_node_get_object (row)));
    }
  return TRUE;
}

static PresyncSqlRead *
presync_sql_read_parse (JsonNode *node, GError **error)
{
  PresyncSqlRead *self;
  JsonObject *object, *fault;
  const char *id, *query;
  g_autoptr (GError) local = NULL;
  gboolean ok;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      presync_sql_json_fail (error, "reads", _ ("must hold objects"));
      return NULL;
    }
  object = json_node_get_object (node);
  if (!presync_sql_json_get_text (object, "id", TRUE, &id, error)
      || !presync_sql_json_get_text (object, "query", TRUE, &query, error))
    return NULL;
  self = g_new0 (PresyncSqlRead, 1);
  self->id = g_strdup (id);
  self->query = presync_sql_json_clean (query);
  self->complete = TRUE;
  fault = presync_sql_json_get_object (object, "error", &local);
  ok = local == NULL && presync_sql_json_get_boolean (object, "complete", &self->complete, &local)
       && (fault != NULL ? presync_sql_read_parse_error (self, fault, &local)
                         : presync_sql_read_parse_rows (self, object, &local));
  if (!ok)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      presync_sql_read_free (self);
      return NULL;
    }
  return self;
}

static gboolean
presync_sql_result_parse_reads (PresyncSqlResult *self, JsonObject *object, GError **error)
{
  JsonNode *node = json_object_get_member (object, "reads");
  JsonArray *array;
  guint n;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return presync_sql_json_fail (error, "reads", _ ("must be a list"));
  array = json_node_get_array (node);
  n = json_array_get_length (array);
  if (n > READS_MAX)
    return presync_sql_json_fail (error, "reads", _ ("is too long"));
  self->reads = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_sql_read_free);
  for (guint i = 0; i < n; i++)
    {
      PresyncSqlRead *one = presync_sql_read_parse (json_array_get_element (array, i), error);
      if (one == NULL)
        return FALSE;
      g_ptr_array_add (self->reads, one);
    }
  return TRUE;
}

PresyncSqlResult *
presync_sql_result_parse (JsonObject *object, GError **error)
{
  static const char *const ways[] = { "browser", "port", "default", NULL };
  g_autoptr (PresyncSqlResult) self = g_new0 (PresyncSqlResult, 1);
  g_autoptr (GError) local = NULL;
  const char *driver, *found_by, *at;
  JsonObject *prelogin;
  gint64 port = 0;

  if (!presync_sql_json_get_text (object, "driver", TRUE, &driver, error)
      || !presync_sql_json_get_text (object, "found-by", TRUE, &found_by, error)
      || !presync_sql_json_get_text (object, "at", TRUE, &at, error)
      || !presync_sql_json_get_integer (object, "port", &port, error))
    return NULL;
  prelogin = presync_sql_json_get_object (object, "prelogin", &local);
  if (prelogin != NULL)
    self->prelogin = presync_sql_prelogin_parse (prelogin, &local);
  else if (local == NULL)
    presync_sql_json_fail (&local, "prelogin", _ ("is missing"));
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  self->at = g_date_time_new_from_iso8601 (at, NULL);
  if (self->at == NULL)
    presync_sql_json_fail (error, "at", _ ("is no time such as “2026-10-06T09:00:00Z”"));
  else if (port < 1 || port > G_MAXUINT16)
    presync_sql_json_fail (error, "port", _ ("is no port"));
  else if (!g_strv_contains (ways, found_by))
    presync_sql_json_fail (error, "found-by", _ ("is not known"));
  else if (presync_sql_result_parse_reads (self, object, error))
    {
      self->driver = presync_sql_json_clean (driver);
      self->found_by = g_strdup (found_by);
      self->port = (guint16) port;
      return g_steal_pointer (&self);
    }
  return NULL;
}

PresyncSqlResult *
presync_sql_result_load (GBytes *data, const char *path, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (data, &size);
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonObject) object = presync_sql_json_parse (text != NULL ? text : "", size, &local);
  g_autoptr (PresyncSqlResult) self
      = object != NULL ? presync_sql_result_parse (object, &local) : NULL;

  if (self == NULL)
    g_set_error (error, PRESYNC_ERROR, local->code,
                 _ ("The recording “%s” of a SQL Server could not be read: %s"), path,
                 local->message);
  return g_steal_pointer (&self);
}

const PresyncSqlRead *
presync_sql_result_find (const PresyncSqlResult *self, const char *id)
{
  for (guint i = 0; i < self->reads->len; i++)
    {
      const PresyncSqlRead *one = g_ptr_array_index (self->reads, i);
      if (g_str_equal (one->id, id))
        return one;
    }
  return NULL;
}

JsonNode *
presync_sql_row_get (JsonObject *row, const char *column)
{
  JsonNode *node = json_object_get_member (row, column);
  g_autoptr (GList) members = node == NULL ? json_object_get_members (row) : NULL;

  for (GList *l = members; l != NULL && node == NULL; l = l->next)
    if (g_ascii_strcasecmp (l->data, column) == 0)
      node = json_object_get_member (row, l->data);
  return node;
}
