/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/server-source-private.h"

#include <string.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/error.h"
#include "sources/json.h"

/* What another session read of facts files, without its facts: those are kept elsewhere. */

#define MAX_BYTES (64 * 1024 * 1024)
#define MAX_FILES 1000
#define MAX_DEPTH 4
/* What is left of it for all but the reports */
#define REST_BYTES (8 * 1024 * 1024)
/* Of an address, in bytes: three for each of a path */
#define MAX_ADDRESS 16384
/* Of a sentence, which is cut to that */
#define MAX_TEXT 8192

static void
presync_server_saved_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

static void
presync_server_saved_add_problem (JsonBuilder *builder, const char *problem)
{
  g_autofree char *valid = g_utf8_make_valid (problem, -1);

  if (strlen (valid) > MAX_TEXT)
    *g_utf8_find_prev_char (valid, valid + MAX_TEXT + 1) = '\0';
  presync_server_saved_add_text (builder, "problem", valid);
}

/* @whole: with the report; else only that there was one */
static void
presync_server_saved_add_file (JsonBuilder *builder, const PresyncFactsFile *file, gboolean whole)
{
  g_autofree char *address = g_file_get_uri (file->file);

  json_builder_begin_object (builder);
  presync_server_saved_add_text (builder, "address", address);
  json_builder_set_member_name (builder, "folder");
  json_builder_add_boolean_value (builder, file->in_folder);
  if (file->report != NULL && whole)
    presync_server_saved_add_text (builder, "text", presync_facts_report_get_text (file->report));
  if (file->error != NULL)
    presync_server_saved_add_problem (builder, file->error->message);
  else if (!whole)
    presync_server_saved_add_problem (
        builder, _ ("The assessment file has no room for this report: check again to read it."));
  json_builder_end_object (builder);
}

/* (transfer full) (nullable) */
static char *
presync_server_saved_dup_text (PresyncServerSource *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  gsize size = 0;
  gboolean any = self->folder_problem != NULL;

  json_builder_begin_object (builder);
  if (self->folder_problem != NULL)
    presync_server_saved_add_problem (builder, self->folder_problem->message);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->files->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (self->files, i);
      gsize length = 0;
      gboolean whole;

      if (file->report == NULL && file->error == NULL)
        continue;
      /* Quotes and line ends take two bytes each. */
      if (file->report != NULL)
        length = 2 * strlen (presync_facts_report_get_text (file->report));
      whole = size + length <= MAX_BYTES - REST_BYTES;
      size += whole ? length : 0;
      presync_server_saved_add_file (builder, file, whole);
      any = TRUE;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (!any)
    return NULL;
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

char *
presync_server_source_dup_saved (PresyncServerSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), NULL);
  if (self->saved == NULL)
    self->saved = presync_server_saved_dup_text (self);
  return g_strdup (self->saved);
}

/* (transfer none) (nullable) */
static const char *
presync_server_saved_get_text (JsonObject *object, const char *name, gsize most)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node)
                             && json_node_get_value_type (node) == G_TYPE_STRING
                         ? json_node_get_string (node)
                         : NULL;

  return text != NULL && strlen (text) <= most ? text : NULL;
}

/* (transfer full) (nullable): a sentence, as if it had been found now */
static GError *
presync_server_saved_read_problem (JsonObject *object)
{
  const char *problem = presync_server_saved_get_text (object, "problem", MAX_TEXT);

  return problem != NULL ? g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, problem)
                         : NULL;
}

/* (transfer full) (nullable): %NULL too if something is wrong with it */
static PresyncFactsReport *
presync_server_saved_read_report (JsonObject *object, GFile *file)
{
  const char *text = presync_server_saved_get_text (object, "text", PRESYNC_FACTS_FILE_MAX_BYTES);
  g_autofree char *path = g_file_get_parse_name (file);
  /* Whether it came from the future was judged by the clock of the computer that read it. */
  g_autoptr (GDateTime) end = g_date_time_new_utc (9999, 1, 1, 0, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) data = NULL;
  PresyncFactsReport *report;

  if (text == NULL)
    return NULL;
  data = g_bytes_new_static (text, strlen (text));
  report = presync_facts_report_parse (data, path, end, &error);
  if (report == NULL)
    g_debug ("A saved facts file is left out: %s", error->message);
  return report;
}

/* (transfer none) (nullable): what is remembered of @file, which was added */
static PresyncFactsFile *
presync_server_saved_find (PresyncServerSource *self, GFile *file)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      PresyncFactsFile *other = g_ptr_array_index (self->files, i);

      if (!other->in_folder && !other->restored && g_file_equal (other->file, file))
        return other;
    }
  return NULL;
}

static gboolean
presync_server_saved_is_in_folder (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "folder");

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* Returns: %FALSE if it is left out */
static gboolean
presync_server_saved_read_file (PresyncServerSource *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *address
      = object != NULL ? presync_server_saved_get_text (object, "address", MAX_ADDRESS) : NULL;
  g_autoptr (GFile) file = address != NULL ? g_file_new_for_uri (address) : NULL;
  g_autoptr (PresyncFactsReport) report = NULL;
  g_autoptr (GError) problem = NULL;
  PresyncFactsFile *known;

  if (file == NULL)
    return FALSE;
  report = presync_server_saved_read_report (object, file);
  problem = presync_server_saved_read_problem (object);
  if (report == NULL && problem == NULL)
    return FALSE;
  if (presync_server_saved_is_in_folder (object))
    {
      if (self->folder == NULL || !g_file_has_parent (file, self->folder))
        return FALSE;
      known = presync_facts_file_new (file, NULL, NULL);
      known->in_folder = TRUE;
      g_ptr_array_add (self->files, known);
    }
  else
    known = presync_server_saved_find (self, file);
  if (known == NULL)
    return FALSE;
  known->restored = TRUE;
  known->report = g_steal_pointer (&report);
  known->error = g_steal_pointer (&problem);
  return TRUE;
}

void
presync_server_source_restore (PresyncServerSource *self, const char *json)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonNode *files = NULL;
  JsonArray *array;

  g_return_if_fail (PRESYNC_IS_SERVER_SOURCE (self) && json != NULL);
  g_return_if_fail (self->unread && self->watch == NULL && self->report == NULL);
  length = strlen (json);
  if (length <= MAX_BYTES)
    root = presync_json_parse (json, length, "server", MAX_DEPTH, &error);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    files = json_object_get_member (json_node_get_object (root), "files");
  if (files == NULL || !JSON_NODE_HOLDS_ARRAY (files))
    {
      g_debug ("Saved facts files are left out: %s", error != NULL ? error->message : "no files");
      return;
    }
  array = json_node_get_array (files);
  for (guint i = 0; i < json_array_get_length (array) && i < MAX_FILES; i++)
    if (!presync_server_saved_read_file (self, json_array_get_element (array, i)))
      g_debug ("Saved facts file %u is left out", i);
  if (self->folder != NULL)
    self->folder_problem = presync_server_saved_read_problem (json_node_get_object (root));
  self->restoring = TRUE;
  presync_server_source_update (self, FALSE);
  self->restoring = FALSE;
}

gboolean
presync_server_source_is_restored (PresyncServerSource *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (self->files, i);

      if (file->restored && file->report == self->report)
        return self->report != NULL;
    }
  return FALSE;
}
