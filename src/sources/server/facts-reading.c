/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/facts-reading.h"

#include "sources/server/facts-schema.h"

#include <string.h>

/* The longest path of the schema has no more names. */
#define MAX_NAMES 8
#define MAX_TEXT 512

static PresyncReading
presync_reading_of (JsonNode *node, const char *path)
{
  PresyncReading self = { PRESYNC_READING_VALUE, path, node, NULL };

  if (node == NULL)
    self.state = PRESYNC_READING_MISSING;
  else if (JSON_NODE_HOLDS_NULL (node))
    self.state = PRESYNC_READING_ABSENT;
  else
    {
      self.problem = presync_facts_schema_get_problem (node);
      if (self.problem != NULL)
        self.state = PRESYNC_READING_FAILED;
    }
  if (self.state != PRESYNC_READING_VALUE)
    self.node = NULL;
  return self;
}

PresyncReading
presync_reading_get_member (JsonNode *object, const char *name)
{
  return presync_reading_of (json_object_get_member (json_node_get_object (object), name), name);
}

PresyncReading
presync_facts_report_read (PresyncFactsReport *self, const char *path)
{
  PresyncReading reading = presync_reading_of (presync_facts_report_get_root (self), path);
  g_auto (GStrv) names = g_strsplit (path, ".", MAX_NAMES);

  for (guint i = 0; names[i] != NULL && reading.state == PRESYNC_READING_VALUE; i++)
    {
      reading = presync_reading_get_member (reading.node, names[i]);
      reading.path = path;
    }
  return reading;
}

gboolean
presync_reading_get_integer (const PresyncReading *self, gint64 *value)
{
  if (self->state != PRESYNC_READING_VALUE || !JSON_NODE_HOLDS_VALUE (self->node))
    return FALSE;
  if (json_node_get_value_type (self->node) == G_TYPE_DOUBLE)
    {
      double real = json_node_get_double (self->node);
      *value = (gint64) (real < 0.0 ? real - 0.5 : real + 0.5);
    }
  else
    *value = json_node_get_int (self->node);
  return TRUE;
}

gboolean
presync_reading_get_boolean (const PresyncReading *self, gboolean *value)
{
  if (self->state != PRESYNC_READING_VALUE || !JSON_NODE_HOLDS_VALUE (self->node))
    return FALSE;
  if (json_node_get_value_type (self->node) == G_TYPE_STRING)
    *value = g_ascii_strcasecmp (json_node_get_string (self->node), "true") == 0
             || strcmp (json_node_get_string (self->node), "1") == 0;
  else
    *value = json_node_get_boolean (self->node);
  return TRUE;
}

/* Explicit directional embeddings, overrides and isolates, and their ends (Unicode TR 9) */
static gboolean
presync_reading_turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

char *
presync_reading_clean_text (const char *text)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0' && n < MAX_TEXT; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      /* 0x2028 and 0x2029 are line ends too. */
      g_string_append_unichar (clean, g_unichar_iscntrl (c) || presync_reading_turns_direction (c)
                                              || c == 0x2028 || c == 0x2029
                                          ? 0xfffd
                                          : c);
    }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

char *
presync_reading_dup_text (const PresyncReading *self)
{
  if (self->state != PRESYNC_READING_VALUE || !JSON_NODE_HOLDS_VALUE (self->node)
      || json_node_get_value_type (self->node) != G_TYPE_STRING)
    return NULL;
  return presync_reading_clean_text (json_node_get_string (self->node));
}

JsonArray *
presync_reading_get_array (const PresyncReading *self)
{
  return self->state == PRESYNC_READING_VALUE ? json_node_get_array (self->node) : NULL;
}
