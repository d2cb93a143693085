/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-recording.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/error.h"
#include "sources/json.h"
#include "sources/network/reach-probe.h"
#include "sources/network/reach.h"

#define DEPTH_MAX 8

/* @what: (nullable): a member, or a value */
static gboolean
presync_reach_recording_fail (const char *path, const char *what, GError **error)
{
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("%s is no recording of a network: “%s” is missing, or is not what it must be."),
               path, what);
  return FALSE;
}

/* (transfer none) (nullable): a text member */
static const char *
presync_reach_recording_get_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* %FALSE: it does not tell */
static gboolean
presync_reach_recording_get_flag (JsonObject *object, const char *member, gboolean *flag)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *flag = json_node_get_boolean (node);
  return TRUE;
}

/* (transfer full) (nullable) */
static GDateTime *
presync_reach_recording_get_time (JsonObject *object, const char *member)
{
  const char *text = presync_reach_recording_get_text (object, member);

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

/* (transfer full) (nullable): texts of an array; others in it are left out */
static char **
presync_reach_recording_get_list (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autoptr (GStrvBuilder) builder = NULL;
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  builder = g_strv_builder_new ();
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (item) && json_node_get_value_type (item) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (item));
    }
  return g_strv_builder_end (builder);
}

PresyncReachCertificate *
presync_reach_recording_read_certificate (JsonObject *object)
{
  PresyncReachCertificate *certificate = presync_reach_certificate_new ();

  certificate->subject = g_strdup (presync_reach_recording_get_text (object, "subject"));
  certificate->issuer = g_strdup (presync_reach_recording_get_text (object, "issuer"));
  certificate->root = g_strdup (presync_reach_recording_get_text (object, "root"));
  certificate->names = presync_reach_recording_get_list (object, "names");
  certificate->not_before = presync_reach_recording_get_time (object, "not-before");
  certificate->not_after = presync_reach_recording_get_time (object, "not-after");
  certificate->have_self_signed
      = presync_reach_recording_get_flag (object, "self-signed", &certificate->self_signed);
  certificate->have_trusted
      = presync_reach_recording_get_flag (object, "trusted", &certificate->trusted);
  return certificate;
}

/* (transfer full) (nullable): subject -> object */
static GHashTable *
presync_reach_recording_index (JsonArray *array, const char *path, GError **error)
{
  g_autoptr (GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *subject
          = object != NULL ? presync_reach_recording_get_text (object, "subject") : NULL;
      const char *outcome
          = object != NULL ? presync_reach_recording_get_text (object, "outcome") : NULL;
      PresyncReachOutcome known;

      if (subject == NULL || outcome == NULL || !presync_reach_outcome_from_id (outcome, &known)
          || known == PRESYNC_REACH_PENDING
          || !g_hash_table_insert (index, (gpointer) subject, object))
        {
          g_autofree char *what = g_strdup_printf ("rows[%u]", i);
          presync_reach_recording_fail (path, what, error);
          return NULL;
        }
    }
  return g_steal_pointer (&index);
}

static void
presync_reach_recording_end_row (PresyncReach *row, JsonObject *object, GDateTime *at)
{
  PresyncReachOutcome outcome = PRESYNC_REACH_NOT_TRIED;
  g_autofree char *text = NULL;
  JsonNode *node;

  presync_reach_set_at (row, at);
  if (object == NULL)
    {
      text = g_strdup_printf (_ ("The recording does not tell of %s."),
                              presync_reach_get_subject (row));
      if (presync_reach_get_obstacle (row) != NULL)
        presync_reach_end (row, outcome, presync_reach_get_obstacle (row));
      else
        presync_reach_end (row, outcome, text);
      return;
    }
  presync_reach_outcome_from_id (presync_reach_recording_get_text (object, "outcome"), &outcome);
  text = g_strdup (presync_reach_recording_get_text (object, "text"));
  node = json_object_get_member (object, "certificate");
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (PresyncReachCertificate) certificate
          = presync_reach_recording_read_certificate (json_node_get_object (node));
      presync_reach_set_certificate (row, certificate);
    }
  presync_reach_set_proxy (row, presync_reach_recording_get_text (object, "proxy"));
  if (presync_reach_get_proxy (row) != NULL)
    presync_reach_set_mark (row, PRESYNC_REACH_NAME, PRESYNC_REACH_NONE);
  else if (outcome == PRESYNC_REACH_SILENT)
    presync_reach_set_mark (row, PRESYNC_REACH_NAME, PRESYNC_REACH_GOOD);
  if (text == NULL && outcome == PRESYNC_REACH_SILENT)
    {
      PresyncReachOutcome same;
      text = presync_reach_probe_silence (row, &same);
    }
  presync_reach_end (row, outcome, text);
}

/* (transfer full) (nullable) */
static JsonObject *
presync_reach_recording_parse (GBytes *data, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (g_bytes_get_size (data) > PRESYNC_REACH_RECORDING_MAX_BYTES)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s is larger than 1 MiB, and so no recording of a network."), path);
      return NULL;
    }
  text = presync_json_decode (data, path, &length, error);
  if (text == NULL)
    return NULL;
  root = presync_json_parse (text, length, path, DEPTH_MAX, error);
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      presync_reach_recording_fail (path, "rows", error);
      return NULL;
    }
  return json_object_ref (json_node_get_object (root));
}

/* (transfer full) (nullable) */
static GBytes *
presync_reach_recording_read (GFile *file, GCancellable *cancellable, GError **error)
{
  const gsize size = PRESYNC_REACH_RECORDING_MAX_BYTES + 1;
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, error);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *data = NULL;
  gsize length = 0;

  if (info == NULL)
    return NULL;
  /* Opening a pipe would wait for whoever writes into it. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("it is not a regular file."));
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    return NULL;
  data = g_malloc (size);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, size, &length, cancellable, error))
    return NULL;
  return g_bytes_new (data, length);
}

static void
presync_reach_recording_load_thread (GTask *task, gpointer source, gpointer data,
                                     GCancellable *cancellable)
{
  const char *path = data;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  GBytes *bytes = presync_reach_recording_read (file, cancellable, &error);

  if (bytes != NULL)
    {
      g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
      return;
    }
  reason = presync_error_dup_reason (error);
  g_task_return_new_error (task, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("The recording “%s” of a network could not be read: %s"), path,
                           reason);
}

void
presync_reach_recording_load_async (const char *path, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (path != NULL);
  g_task_set_source_tag (task, presync_reach_recording_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, presync_reach_recording_load_thread);
}

GBytes *
presync_reach_recording_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

GDateTime *
presync_reach_recording_apply (GBytes *data, const char *path, GPtrArray *rows, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GHashTable) index = NULL;
  g_autoptr (GDateTime) at = NULL;
  JsonNode *list;

  g_return_val_if_fail (data != NULL && path != NULL && rows != NULL, NULL);
  object = presync_reach_recording_parse (data, path, error);
  if (object == NULL)
    return NULL;
  at = presync_reach_recording_get_time (object, "at");
  list = json_object_get_member (object, "rows");
  if (at == NULL || list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      presync_reach_recording_fail (path, at == NULL ? "at" : "rows", error);
      return NULL;
    }
  index = presync_reach_recording_index (json_node_get_array (list), path, error);
  if (index == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (rows, i);

      presync_reach_recording_end_row (
          row, g_hash_table_lookup (index, presync_reach_get_subject (row)), at);
    }
  return g_steal_pointer (&at);
}
