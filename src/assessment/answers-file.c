/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/assessment.h"

#include <string.h>
#include <json-glib/json-glib.h>
#include <glib/gi18n.h>

#include "base/error.h"

#define FILE_MAX (1024 * 1024)
/* The form has four levels; json-glib parses by recursion, so no file may say how deep. */
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

/* What json-glib would take without a word, or not survive: comments, single quotes, text after the
 * end, and nesting without end. Returns: (nullable): what is wrong */
static const char *
presync_answers_file_find_fault (const char *text, gsize length)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  gboolean ended = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      if (in_string)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_string = FALSE;
          continue;
        }
      if ((ended && !g_ascii_isspace (text[i])) || text[i] == '/' || text[i] == '\'')
        return _ ("this is not JSON");
      in_string = text[i] == '"';
      if (text[i] == '[' || text[i] == '{')
        depth++;
      if (depth > DEPTH_MAX)
        return _ ("it is nested too deeply");
      if ((text[i] == ']' || text[i] == '}') && depth > 0)
        {
          depth--;
          ended = depth == 0;
        }
    }
  return NULL;
}

/* The line that json-glib found faulty. Its message may quote the file, which may be the wrong one
 * and hold a password; so only the number is taken: "<data>:3:8: Parse error: …". */
static guint
presync_answers_file_line (const GError *parse_error)
{
  const char *colon = strchr (parse_error->message, ':');
  guint64 line = colon != NULL ? g_ascii_strtoull (colon + 1, NULL, 10) : 0;
  return line > 0 && line <= FILE_MAX ? (guint) line : 1;
}

static gboolean
presync_answers_file_load (const char *path, JsonParser *parser, GError **error)
{
  gsize length = 0;
  const char *fault = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &local);

  text = g_malloc (FILE_MAX + 1);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, FILE_MAX + 1, &length, NULL,
                                   &local))
    {
      g_autofree char *reason = presync_error_dup_reason (local);

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The answers file “%s” could not be read: %s"), path, reason);
    }
  else if (length > FILE_MAX)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("The answers file “%s” is larger than 1 MiB"), path);
  else if ((fault = presync_answers_file_find_fault (text, length)) != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s: %s", path, fault);
  else if (!json_parser_load_from_data (parser, text, (gssize) length, &local))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s:%u: %s", path,
                 presync_answers_file_line (local), _ ("this is no JSON"));
  else
    return TRUE;
  return FALSE;
}

gboolean
presync_assessment_read_answers (PresyncAssessment *self, const char *path, GError **error)
{
  JsonNode *root;
  JsonNode *list = NULL;
  JsonArray *array;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  if (!presync_answers_file_load (path, parser, error))
    return FALSE;
  root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
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
