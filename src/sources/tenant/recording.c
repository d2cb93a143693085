/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/recording.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/json.h"

/* An answer may have 64 levels; the recording puts three around it. */
#define DEPTH_MAX 68

struct _PresyncRecording
{
  GDateTime *at;
  GHashTable *answers; /* address without escapes -> JsonObject */
};

void
presync_recording_free (PresyncRecording *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->at, g_date_time_unref);
  g_hash_table_unref (self->answers);
  g_free (self);
}

static char *
presync_recording_dup_key (const char *url)
{
  char *plain = g_uri_unescape_string (url, NULL);

  return plain != NULL ? plain : g_strdup (url);
}

/* (transfer full) (nullable): the bytes of the file, bounded */
static GBytes *
presync_recording_load (const char *path, GCancellable *cancellable, GError **error)
{
  gsize length = 0;
  g_autofree char *data = g_malloc (PRESYNC_RECORDING_MAX_BYTES + 1);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local);

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), data, PRESYNC_RECORDING_MAX_BYTES + 1,
                                   &length, cancellable, &local))
    {
      g_autofree char *reason = presync_error_dup_reason (local);

      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                     _ ("The recorded answers “%s” could not be read: %s"), path, reason);
      return NULL;
    }
  if (length > PRESYNC_RECORDING_MAX_BYTES)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT,
                   _ ("The recorded answers “%s” are larger than 4 MiB."), path);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static const char *
presync_recording_get_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* Is @node {"get":TEXT,"status":NUMBER,"body":…}, the body an object if there is one? */
static gboolean
presync_recording_take (PresyncRecording *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *url = object != NULL ? presync_recording_get_text (object, "get") : NULL;
  JsonNode *status = object != NULL ? json_object_get_member (object, "status") : NULL;
  JsonNode *body = object != NULL ? json_object_get_member (object, "body") : NULL;

  if (url == NULL || status == NULL || !JSON_NODE_HOLDS_VALUE (status)
      || json_node_get_value_type (status) != G_TYPE_INT64 || json_node_get_int (status) < 200
      || json_node_get_int (status) > 599 || (body != NULL && !JSON_NODE_HOLDS_OBJECT (body)))
    return FALSE;
  g_hash_table_replace (self->answers, presync_recording_dup_key (url), json_object_ref (object));
  return TRUE;
}

static gboolean
presync_recording_fill (PresyncRecording *self, JsonNode *root, const char *path, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *at = object != NULL ? presync_recording_get_text (object, "at") : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "answers") : NULL;
  JsonArray *array
      = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  self->at = at != NULL ? g_date_time_new_from_iso8601 (at, NULL) : NULL;
  if (self->at == NULL || array == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s: these are no recorded answers: “at” and “answers” are needed."), path);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!presync_recording_take (self, json_array_get_element (array, i)))
      {
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                     _ ("%s: answers[%u] needs “get”, “status” and an object as “body”."), path, i);
        return FALSE;
      }
  return TRUE;
}

PresyncRecording *
presync_recording_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncRecording) self = g_new0 (PresyncRecording, 1);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  g_return_val_if_fail (path != NULL, NULL);
  self->answers
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  data = presync_recording_load (path, cancellable, error);
  text = data != NULL ? presync_json_decode (data, path, &length, error) : NULL;
  root = text != NULL ? presync_json_parse (text, length, path, DEPTH_MAX, error) : NULL;
  if (root == NULL || !presync_recording_fill (self, root, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

GDateTime *
presync_recording_get_at (const PresyncRecording *self)
{
  return self->at;
}

JsonNode *
presync_recording_find (const PresyncRecording *self, const char *url, guint *status)
{
  g_autofree char *key = presync_recording_dup_key (url);
  JsonObject *answer = g_hash_table_lookup (self->answers, key);

  *status = answer != NULL ? (guint) json_object_get_int_member (answer, "status") : 404;
  if (answer == NULL || !json_object_has_member (answer, "body"))
    return NULL;
  return json_node_copy (json_object_get_member (answer, "body"));
}
