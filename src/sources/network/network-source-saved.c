/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/network-source-private.h"

#include <string.h>
#include <json-glib/json-glib.h>

#include "sources/json.h"
#include "sources/network/reach-recording.h"

/* What another session found, without its facts: those are kept elsewhere. */

#define MAX_BYTES (16 * 1024 * 1024)
#define MAX_ROWS 20000
#define MAX_DEPTH 8
/* Of a sentence or name, in bytes */
#define MAX_TEXT 4096

/* By PresyncReachMark */
static const char marks[] = "-wgbu";

static void
presync_network_saved_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

static void
presync_network_saved_add_time (JsonBuilder *builder, const char *name, GDateTime *time)
{
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  presync_network_saved_add_text (builder, name, text);
}

static void
presync_network_saved_add_flag (JsonBuilder *builder, const char *name, gboolean flag)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, flag);
}

/* As presync_reach_recording_read_certificate() reads it */
static void
presync_network_saved_add_certificate (JsonBuilder *builder,
                                       const PresyncReachCertificate *certificate)
{
  json_builder_set_member_name (builder, "certificate");
  json_builder_begin_object (builder);
  presync_network_saved_add_text (builder, "subject", certificate->subject);
  presync_network_saved_add_text (builder, "issuer", certificate->issuer);
  presync_network_saved_add_text (builder, "root", certificate->root);
  if (certificate->names != NULL)
    {
      json_builder_set_member_name (builder, "names");
      json_builder_begin_array (builder);
      for (char **p = certificate->names; *p != NULL; p++)
        {
          g_autofree char *valid = g_utf8_make_valid (*p, -1);
          json_builder_add_string_value (builder, valid);
        }
      json_builder_end_array (builder);
    }
  presync_network_saved_add_time (builder, "not-before", certificate->not_before);
  presync_network_saved_add_time (builder, "not-after", certificate->not_after);
  if (certificate->have_self_signed)
    presync_network_saved_add_flag (builder, "self-signed", certificate->self_signed);
  if (certificate->have_trusted)
    presync_network_saved_add_flag (builder, "trusted", certificate->trusted);
  json_builder_end_object (builder);
}

static void
presync_network_saved_add_row (JsonBuilder *builder, PresyncReach *row)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);
  char text[PRESYNC_N_REACH_STAGES + 1] = { 0 };

  for (int i = 0; i < PRESYNC_N_REACH_STAGES; i++)
    text[i] = marks[presync_reach_get_mark (row, (PresyncReachStage) i)];
  json_builder_begin_object (builder);
  presync_network_saved_add_text (builder, "group", presync_reach_get_group (row));
  presync_network_saved_add_text (builder, "subject", presync_reach_get_subject (row));
  presync_network_saved_add_text (builder, "outcome",
                                  presync_reach_outcome_id (presync_reach_get_outcome (row)));
  presync_network_saved_add_text (builder, "marks", text);
  presync_network_saved_add_text (builder, "text", presync_reach_get_text (row));
  presync_network_saved_add_text (builder, "proxy", presync_reach_get_proxy (row));
  presync_network_saved_add_time (builder, "at", presync_reach_get_at (row));
  if (certificate != NULL)
    presync_network_saved_add_certificate (builder, certificate);
  json_builder_end_object (builder);
}

/* (transfer full) (nullable) */
static char *
presync_network_saved_dup_text (PresyncNetworkSource *self)
{
  GListModel *rows = G_LIST_MODEL (self->rows);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  guint n = 0;

  json_builder_begin_object (builder);
  presync_network_saved_add_time (builder, "at", self->at);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (rows) && n < MAX_ROWS; i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (rows, i);

      if (presync_reach_get_outcome (row) == PRESYNC_REACH_PENDING)
        continue;
      presync_network_saved_add_row (builder, row);
      n++;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (n == 0)
    return NULL;
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

void
presync_network_source_save (PresyncNetworkSource *self)
{
  if (presync_network_source_is_busy (self))
    return;
  g_free (self->text);
  self->text = presync_network_saved_dup_text (self);
}

char *
presync_network_source_dup_saved (PresyncNetworkSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_NETWORK_SOURCE (self), NULL);
  presync_network_source_save (self);
  return g_strdup (self->text);
}

/* (transfer none) (nullable): a text that is not too long */
static const char *
presync_network_saved_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                             && json_node_get_value_type (node) == G_TYPE_STRING
                         ? json_node_get_string (node)
                         : NULL;

  return text != NULL && strlen (text) <= MAX_TEXT ? text : NULL;
}

/* (transfer full) (nullable) */
static GDateTime *
presync_network_saved_get_time (JsonObject *object, const char *name)
{
  const char *text = presync_network_saved_get_text (object, name);

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

static gboolean
presync_network_saved_set_marks (PresyncReach *row, const char *text)
{
  if (text == NULL || strlen (text) != PRESYNC_N_REACH_STAGES
      || strspn (text, marks) != PRESYNC_N_REACH_STAGES)
    return FALSE;
  for (int i = 0; i < PRESYNC_N_REACH_STAGES; i++)
    presync_reach_set_mark (row, (PresyncReachStage) i,
                            (PresyncReachMark) (strchr (marks, text[i]) - marks));
  return TRUE;
}

/* (transfer full) (nullable): a row with what was found of it, if nothing is wrong with it
 * @at: when the check ended, in case the row does not tell its own time */
static PresyncReach *
presync_network_saved_read_row (JsonNode *node, GDateTime *at)
{
  const char *const none[] = { NULL };
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *group = object != NULL ? presync_network_saved_get_text (object, "group") : NULL;
  const char *subject = object != NULL ? presync_network_saved_get_text (object, "subject") : NULL;
  const char *id = object != NULL ? presync_network_saved_get_text (object, "outcome") : NULL;
  PresyncReachOutcome outcome = PRESYNC_REACH_PENDING;
  g_autoptr (PresyncReach) row = NULL;
  g_autoptr (GDateTime) own = NULL;
  JsonNode *certificate;

  if (group == NULL || subject == NULL || id == NULL
      || !presync_reach_outcome_from_id (id, &outcome) || outcome == PRESYNC_REACH_PENDING)
    return NULL;
  row = presync_reach_new (none, group, subject, subject, 0, NULL);
  presync_reach_end (row, outcome, presync_network_saved_get_text (object, "text"));
  if (!presync_network_saved_set_marks (row, presync_network_saved_get_text (object, "marks")))
    return NULL;
  own = presync_network_saved_get_time (object, "at");
  presync_reach_set_at (row, own != NULL ? own : at);
  presync_reach_set_proxy (row, presync_network_saved_get_text (object, "proxy"));
  certificate = json_object_get_member (object, "certificate");
  if (certificate != NULL && JSON_NODE_HOLDS_OBJECT (certificate))
    {
      g_autoptr (PresyncReachCertificate) told
          = presync_reach_recording_read_certificate (json_node_get_object (certificate));
      presync_reach_set_certificate (row, told);
    }
  return g_steal_pointer (&row);
}

/* (transfer full): one subject may stand in several groups */
static char *
presync_network_saved_dup_key (PresyncReach *row)
{
  return g_strconcat (presync_reach_get_group (row), "\n", presync_reach_get_subject (row), NULL);
}

static void
presync_network_saved_read_rows (PresyncNetworkSource *self, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array) && i < MAX_ROWS; i++)
    {
      PresyncReach *row
          = presync_network_saved_read_row (json_array_get_element (array, i), self->at);

      if (row == NULL)
        g_debug ("Row %u of a saved network is left out", i);
      else
        g_hash_table_insert (self->saved, presync_network_saved_dup_key (row), row);
    }
}

static void
presync_network_saved_parse (PresyncNetworkSource *self, const char *json)
{
  gsize length = strlen (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = length <= MAX_BYTES
                                  ? presync_json_parse (json, length, "network", MAX_DEPTH, &error)
                                  : NULL;
  JsonNode *rows = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                       ? json_object_get_member (json_node_get_object (root), "rows")
                       : NULL;

  if (rows == NULL || !JSON_NODE_HOLDS_ARRAY (rows))
    {
      g_debug ("A saved network is left out: %s", error != NULL ? error->message : "no rows");
      return;
    }
  self->at = presync_network_saved_get_time (json_node_get_object (root), "at");
  self->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  presync_network_saved_read_rows (self, json_node_get_array (rows));
}

void
presync_network_source_restore (PresyncNetworkSource *self, const char *json)
{
  g_return_if_fail (PRESYNC_IS_NETWORK_SOURCE (self));
  g_return_if_fail (!self->checked && !self->of_file && !presync_network_source_is_busy (self));
  self->of_file = TRUE;
  if (json != NULL)
    presync_network_saved_parse (self, json);
  presync_network_source_apply_saved (self, NULL);
}

void
presync_network_source_apply_saved (PresyncNetworkSource *self, const PresyncNetworkTarget *before)
{
  GListModel *rows = G_LIST_MODEL (self->rows);

  if (self->saved == NULL || presync_network_source_is_busy (self))
    return;
  /* Everything would be tried in another way now. */
  if (before != NULL
      && (g_strcmp0 (before->recording, self->target->recording) != 0
          || g_strcmp0 (before->proxy, self->target->proxy) != 0))
    {
      g_clear_pointer (&self->saved, g_hash_table_unref);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (rows, i);
      g_autofree char *key = presync_network_saved_dup_key (row);
      PresyncReach *found = g_hash_table_lookup (self->saved, key);

      if (found != NULL && presync_reach_get_outcome (row) == PRESYNC_REACH_PENDING)
        presync_reach_take_result (row, found);
    }
}

void
presync_network_source_end_saved (PresyncNetworkSource *self)
{
  const char *const *keys = presync_network_fact_keys ();

  g_clear_pointer (&self->saved, g_hash_table_unref);
  for (gsize i = 0; self->of_file && keys[i] != NULL; i++)
    g_hash_table_add (self->told, (gpointer) keys[i]);
  self->of_file = FALSE;
}
