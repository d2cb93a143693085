/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/assessment.h"

#include <json-glib/json-glib.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/json.h"

#define FILE_MAX (1024 * 1024)
/* The form has four levels. */
#define DEPTH_MAX 32

/**
 * PresyncAnswersPlace: what is read, for sentences
 * @list: "answers" or "waivers"
 */
typedef struct
{
  const char *path;
  const char *list;
  guint index;
} PresyncAnswersPlace;

static gboolean
presync_answers_file_fail (GError **error, const PresyncAnswersPlace *place, const char *member,
                           const char *what)
{
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s: %s[%u].%s: %s", place->path,
               place->list, place->index, member, what);
  return FALSE;
}

/* Reads the texts that @object may have: @texts, as @members names them, %NULL if one is missing;
 * no member but those and @other (nullable) is allowed. */
static gboolean
presync_answers_file_get_texts (JsonObject *object, const char *const *members, const char *other,
                                const char **texts, const PresyncAnswersPlace *place,
                                GError **error)
{
  g_autoptr (GList) all = json_object_get_members (object);

  for (GList *l = all; l != NULL; l = l->next)
    if (!g_strv_contains (members, l->data) && g_strcmp0 (other, l->data) != 0)
      return presync_answers_file_fail (error, place, l->data, _ ("is not known"));
  for (guint i = 0; members[i] != NULL; i++)
    {
      JsonNode *node = json_object_get_member (object, members[i]);

      texts[i] = NULL;
      if (node == NULL)
        continue;
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        return presync_answers_file_fail (error, place, members[i], _ ("must be a text"));
      texts[i] = json_node_get_string (node);
    }
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

/* (transfer full) (nullable): when it was stated: @at, and now where that is missing */
static GDateTime *
presync_answers_file_parse_at (PresyncAssessment *assessment, const char *at,
                               const PresyncAnswersPlace *place, GError **error)
{
  GDateTime *when = at != NULL ? g_date_time_new_from_iso8601 (at, NULL)
                               : presync_assessment_dup_now (assessment);

  if (when == NULL)
    presync_answers_file_fail (error, place, "at", _ ("is no time such as “2026-10-06T09:00:00Z”"));
  return when;
}

static gboolean
presync_answers_file_check_condition (PresyncAssessment *assessment, const char *condition,
                                      const PresyncAnswersPlace *place, GError **error)
{
  if (condition != NULL && presync_answers_file_knows (assessment, condition))
    return TRUE;
  return presync_answers_file_fail (error, place, "condition",
                                    condition != NULL ? _ ("names a condition that does not exist")
                                                      : _ ("is missing"));
}

static gpointer
presync_answers_file_read_answer (PresyncAssessment *assessment, JsonObject *object,
                                  const PresyncAnswersPlace *place, GError **error)
{
  static const char *const members[] = { "condition", "name", "note", "at", NULL };
  const char *texts[G_N_ELEMENTS (members) - 1];
  JsonNode *met;
  g_autoptr (GDateTime) when = NULL;

  if (!presync_answers_file_get_texts (object, members, "met", texts, place, error)
      || !presync_answers_file_check_condition (assessment, texts[0], place, error))
    return NULL;
  met = json_object_get_member (object, "met");
  if (texts[1] == NULL || texts[1][0] == '\0')
    presync_answers_file_fail (error, place, "name", _ ("must say who answers"));
  else if (met == NULL || !JSON_NODE_HOLDS_VALUE (met)
           || json_node_get_value_type (met) != G_TYPE_BOOLEAN)
    presync_answers_file_fail (error, place, "met", _ ("must be true or false"));
  else
    {
      when = presync_answers_file_parse_at (assessment, texts[3], place, error);
      if (when != NULL)
        return presync_answer_new (texts[0], json_node_get_boolean (met), texts[1], texts[2], when);
    }
  return NULL;
}

static gpointer
presync_answers_file_read_waiver (PresyncAssessment *assessment, JsonObject *object,
                                  const PresyncAnswersPlace *place, GError **error)
{
  static const char *const members[] = { "condition", "reason", "owner", "expires", "at", NULL };
  const char *texts[G_N_ELEMENTS (members) - 1];
  GDate expires;
  g_autoptr (GDateTime) when = NULL;

  if (!presync_answers_file_get_texts (object, members, NULL, texts, place, error)
      || !presync_answers_file_check_condition (assessment, texts[0], place, error))
    return NULL;
  if (texts[1] == NULL || texts[1][0] == '\0')
    presync_answers_file_fail (error, place, "reason", _ ("must say why it is accepted"));
  else if (texts[2] == NULL || texts[2][0] == '\0')
    presync_answers_file_fail (error, place, "owner", _ ("must say who accepts it"));
  else if (texts[3] != NULL && !presync_edition_parse (texts[3], &expires, NULL))
    presync_answers_file_fail (error, place, "expires", _ ("is no day such as “2027-03-01”"));
  else
    {
      when = presync_answers_file_parse_at (assessment, texts[4], place, error);
      if (when != NULL)
        return presync_waiver_new (texts[0], texts[1], texts[2], texts[3] != NULL ? &expires : NULL,
                                   when);
    }
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

/* Reads one statement (transfer full); %NULL with an error */
typedef gpointer (*PresyncAnswersReader) (PresyncAssessment *assessment, JsonObject *object,
                                          const PresyncAnswersPlace *place, GError **error);

/* (transfer full) (nullable) (element-type GObject): what @root's list @place names holds; empty if
 * there is none */
static GPtrArray *
presync_answers_file_read_list (PresyncAssessment *assessment, JsonObject *root,
                                PresyncAnswersPlace *place, PresyncAnswersReader reader,
                                GError **error)
{
  JsonNode *node = json_object_get_member (root, place->list);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *array;

  if (node == NULL)
    return g_steal_pointer (&list);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("%s: “%s” is no list"),
                   place->path, place->list);
      return NULL;
    }
  array = json_node_get_array (node);
  for (place->index = 0; place->index < json_array_get_length (array); place->index++)
    {
      JsonNode *element = json_array_get_element (array, place->index);
      gpointer statement;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        {
          g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s: %s[%u]: %s", place->path,
                       place->list, place->index, _ ("must be an object"));
          return NULL;
        }
      statement = reader (assessment, json_node_get_object (element), place, error);
      if (statement == NULL)
        return NULL;
      g_ptr_array_add (list, statement);
    }
  return g_steal_pointer (&list);
}

/* Whatever is stated of other conditions stays; all of it comes in at once. */
static void
presync_answers_file_add (PresyncAssessment *assessment, GPtrArray *answers, GPtrArray *waivers)
{
  PresyncStatements *statements = presync_assessment_get_statements (assessment);
  g_autoptr (GPtrArray) all_answers = presync_statements_list_answers (statements);
  g_autoptr (GPtrArray) all_waivers = presync_statements_list_waivers (statements);

  /* Of several, the last counts. */
  for (guint i = 0; i < answers->len; i++)
    g_ptr_array_add (all_answers, g_object_ref (g_ptr_array_index (answers, i)));
  for (guint i = 0; i < waivers->len; i++)
    g_ptr_array_add (all_waivers, g_object_ref (g_ptr_array_index (waivers, i)));
  presync_statements_load (statements, all_answers, all_waivers);
}

gboolean
presync_assessment_read_answers (PresyncAssessment *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GPtrArray) waivers = NULL;
  PresyncAnswersPlace place = { path, "answers", 0 };
  JsonObject *object;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  root = presync_answers_file_load (path, error);
  if (root == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL
      || (!json_object_has_member (object, "answers")
          && !json_object_has_member (object, "waivers")))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s: there is no list “answers”"), path);
      return FALSE;
    }
  answers = presync_answers_file_read_list (self, object, &place, presync_answers_file_read_answer,
                                            error);
  place.list = "waivers";
  if (answers != NULL)
    waivers = presync_answers_file_read_list (self, object, &place,
                                              presync_answers_file_read_waiver, error);
  if (waivers == NULL)
    return FALSE;
  presync_answers_file_add (self, answers, waivers);
  return TRUE;
}
