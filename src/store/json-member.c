/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/json-member.h"

void
presync_json_member_set_text (JsonObject *object, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, name, valid);
}

void
presync_json_member_set_list (JsonObject *object, const char *name, char **list)
{
  JsonArray *array;

  if (list == NULL)
    return;
  array = json_array_new ();
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (list[i], -1);

      json_array_add_string_element (array, valid);
    }
  json_object_set_array_member (object, name, array);
}

/* (nullable): %NULL if it is no value of @type */
static JsonNode *
presync_json_member_get (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

const char *
presync_json_member_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = presync_json_member_get (object, name, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gboolean
presync_json_member_get_flag (JsonObject *object, const char *name)
{
  JsonNode *node = presync_json_member_get (object, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

gint64
presync_json_member_get_number (JsonObject *object, const char *name, gint64 most)
{
  JsonNode *node = presync_json_member_get (object, name, G_TYPE_INT64);
  gint64 number = node != NULL ? json_node_get_int (node) : 0;

  return number >= 0 && number <= most ? number : 0;
}

JsonObject *
presync_json_member_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

char **
presync_json_member_dup_list (JsonObject *object, const char *name, guint most)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), most); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (element) && json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (element));
    }
  return g_strv_builder_end (builder);
}
