/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/assessment.h"

#include <json-glib/json-glib.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/json.h"

#define FILE_MAX (1024 * 1024)
/* The form has four levels. */
#define DEPTH_MAX 32

static gboolean
presync_answers_file_fail (GError **error, const char *path, guint index, const char *member,
                           const char *what)
{
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s: answers[%u].%s: %s", path, index,
               member, what);
  return FALSE;
}

/* (nullable): the member's text; %NULL without @error if it is missing */
static const char *
presync_answers_file_get_text (JsonObject *object, const char *member, const char *path,
                               guint index, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      presync_answers_file_fail (error, path, index, member, _ ("must be a text"));
      return NULL;
    }
  return json_node_get_string (node);
}

static gboolean
presync_answers_file_check_members (JsonObject *object, const char *path, guint index,
                                    GError **error)
{
  static const char *const allowed[] = { "condition", "met", "name", "note", "at", NULL };
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (allowed, l->data))
      return presync_answers_file_fail (error, path, index, l->data, _ ("is not known"));
  return TRUE;
}

static gboolean
presync_answers_file_knows (PresyncAssessment *assessment, const char *condition)
{
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) list = presync_catalogue_list (
          presync_assessment_get_catalogue (assessment), (PresyncOption) option);
      for (guint i = 0; i < list->len; i++)
        {
          g_autoptr (GPtrArray) conditions
              = presync_requirement_list_conditions (g_ptr_array_index (list, i), NULL);
          for (guint j = 0; j < conditions->len; j++)
            if (g_str_equal (presync_condition_get_id (g_ptr_array_index (conditions, j)),
                             condition))
              return TRUE;
        }
    }
  return FALSE;
}

static PresyncAnswer *
presync_answers_file_read_one (PresyncAssessment *assessment, JsonNode *node, const char *path,
                               guint index, GError **error)
{
  JsonObject *object;
  JsonNode *met;
  const char *condition, *name, *note, *at;
  g_autoptr (GError) local = NULL;
  g_autoptr (GDateTime) when = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s: answers[%u]: %s", path,
                   index, _ ("must be an object"));
      return NULL;
    }
  object = json_node_get_object (node);
  if (!presync_answers_file_check_members (object, path, index, error))
    return NULL;
  condition = presync_answers_file_get_text (object, "condition", path, index, &local);
  name = local == NULL ? presync_answers_file_get_text (object, "name", path, index, &local) : NULL;
  note = local == NULL ? presync_answers_file_get_text (object, "note", path, index, &local) : NULL;
  at = local == NULL ? presync_answers_file_get_text (object, "at", path, index, &local) : NULL;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  met = json_object_get_member (object, "met");
  when = at != NULL ? g_date_time_new_from_iso8601 (at, NULL)
                    : presync_assessment_dup_now (assessment);
  if (condition == NULL || !presync_answers_file_knows (assessment, condition))
    presync_answers_file_fail (error, path, index, "condition",
                               condition != NULL ? _ ("names a condition that does not exist")
                                                 : _ ("is missing"));
  else if (name == NULL || name[0] == '\0')
    presync_answers_file_fail (error, path, index, "name", _ ("must say who answers"));
  else if (met == NULL || !JSON_NODE_HOLDS_VALUE (met)
           || json_node_get_value_type (met) != G_TYPE_BOOLEAN)
    presync_answers_file_fail (error, path, index, "met", _ ("must be true or false"));
  else if (when == NULL)
    presync_answers_file_fail (error, path, index, "at",
                               _ ("is no time such as “2026-10-06T09:00:00Z”"));
  else
    return presync_answer_new (condition, json_node_get_boolean (met), name, note, when);
  return NULL;
}

/* (transfer full) (nullable) */
static JsonNode *
presync_answers_file_load (const char *path, GError **error)
{
  gsize length = 0;
  g_autofree char *data = g_malloc (FILE_MAX + 1);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &local);

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), data, FILE_MAX + 1, &length, NULL,
                                   &local))
    {
      g_autofree char *reason = presync_error_dup_reason (local);

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The answers file “%s” could not be read: %s"), path, reason);
      return NULL;
    }
  if (length > FILE_MAX)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The answers file “%s” is larger than 1 MiB"), path);
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  text = presync_json_decode (bytes, path, &length, error);
  return text != NULL ? presync_json_parse (text, length, path, DEPTH_MAX, error) : NULL;
}

gboolean
presync_assessment_read_answers (PresyncAssessment *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  JsonNode *list = NULL;
  JsonArray *array;
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  root = presync_answers_file_load (path, error);
  if (root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (root))
    list = json_object_get_member (json_node_get_object (root), "answers");
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s: there is no list “answers”"), path);
      return FALSE;
    }
  array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      PresyncAnswer *answer
          = presync_answers_file_read_one (self, json_array_get_element (array, i), path, i, error);
      if (answer == NULL)
        return FALSE;
      g_ptr_array_add (answers, answer);
    }
  for (guint i = 0; i < answers->len; i++)
    presync_assessment_set_answer (self, g_ptr_array_index (answers, i));
  return TRUE;
}
