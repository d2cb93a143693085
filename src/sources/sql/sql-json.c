/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-json.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/json.h"

/* The form has six levels. */
#define DEPTH_MAX 16
#define SENTENCE_MAX 500

JsonObject *
presync_sql_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) local = NULL;
  const char *fault = NULL;

  if (length > PRESYNC_SQL_OUTPUT_MAX_BYTES)
    fault = _ ("it is larger than 1 MiB");
  else if (!g_utf8_validate_len (text, length, NULL))
    fault = _ ("it is not UTF-8 text");
  /* The parser's own sentence is for files of people: it would name a path, and may quote. */
  else if ((root = presync_json_parse (text, length, "", DEPTH_MAX, &local)) == NULL)
    fault = g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT)
                ? _ ("it is nested too deeply")
                : _ ("it is not JSON");
  else if (!JSON_NODE_HOLDS_OBJECT (root))
    fault = _ ("it is no JSON object");
  if (fault != NULL)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, fault);
      return NULL;
    }
  json_node_seal (root);
  return json_object_ref (json_node_get_object (root));
}

gboolean
presync_sql_json_fail (GError **error, const char *member, const char *what)
{
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "“%s” %s", member, what);
  return FALSE;
}

static gboolean
presync_sql_json_holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
presync_sql_json_get_text (JsonObject *object, const char *member, gboolean required,
                           const char **value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *value = NULL;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return !required || presync_sql_json_fail (error, member, _ ("is missing"));
  if (!presync_sql_json_holds (node, G_TYPE_STRING))
    return presync_sql_json_fail (error, member, _ ("must be a text"));
  *value = json_node_get_string (node);
  return TRUE;
}

gboolean
presync_sql_json_get_integer (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!presync_sql_json_holds (node, G_TYPE_INT64))
    return presync_sql_json_fail (error, member, _ ("must be a whole number"));
  *value = json_node_get_int (node);
  return TRUE;
}

gboolean
presync_sql_json_get_boolean (JsonObject *object, const char *member, gboolean *value,
                              GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return TRUE;
  if (!presync_sql_json_holds (node, G_TYPE_BOOLEAN))
    return presync_sql_json_fail (error, member, _ ("must be true or false"));
  *value = json_node_get_boolean (node);
  return TRUE;
}

JsonObject *
presync_sql_json_get_object (JsonObject *object, const char *member, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  if (node != NULL)
    presync_sql_json_fail (error, member, _ ("must be an object"));
  return NULL;
}

static gboolean
presync_sql_json_is_plain (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_UNASSIGNED
         && type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR
         && type != G_UNICODE_PRIVATE_USE;
}

char *
presync_sql_json_clean (const char *text)
{
  GString *clean = g_string_new (NULL);
  glong n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (++n > SENTENCE_MAX)
        {
          g_string_append (clean, "…");
          break;
        }
      g_string_append_unichar (clean, presync_sql_json_is_plain (c) ? c : ' ');
    }
  return g_strstrip (g_string_free (clean, FALSE));
}
