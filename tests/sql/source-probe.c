/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks one SQL Server as the application does, and prints what came of it, for source-test.py.
 *
 * Standard input: {"name":"localhost,1433", "login", "password", "ca-file", "pin", "test-only",
 * "cancel-at":"sign-in"}; output: one JSON object. */
#include <json-glib/json-glib.h>
#include <unistd.h>

#include "sources/sql/sql-source.h"

typedef struct
{
  JsonObject *facts;
  JsonObject *answer;
  GCancellable *cancellable;
  const char *cancel_at;
  gint64 cancelled_at;
  gboolean ended;
} SourceProbe;

static void
source_probe_facts_cb (PresyncSource *source, GPtrArray *facts, SourceProbe *self)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      PresyncOrigin *origin = presync_fact_get_origin (fact);
      JsonObject *object = json_object_new ();
      g_autofree char *text = presync_fact_describe (fact);

      json_object_set_string_member (object, "unknown",
                                     presync_unknown_nick (presync_fact_get_unknown (fact)));
      json_object_set_string_member (object, "text", text);
      json_object_set_string_member (object, "subject", presync_fact_get_subject (fact));
      json_object_set_string_member (object, "query", presync_origin_get_query (origin));
      json_object_set_boolean_member (object, "complete", presync_origin_get_complete (origin));
      json_object_set_object_member (self->facts, presync_fact_get_key (fact), object);
    }
}

static void
source_probe_stage_cb (PresyncStage *stage, GParamSpec *pspec, SourceProbe *self)
{
  if (presync_stage_get_state (stage) != PRESYNC_STAGE_RUNNING
      || g_strcmp0 (presync_stage_get_id (stage), self->cancel_at) != 0)
    return;
  self->cancelled_at = g_get_monotonic_time ();
  g_cancellable_cancel (self->cancellable);
}

static void
source_probe_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SourceProbe *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!presync_source_check_finish (PRESYNC_SOURCE (source), result, &error))
    json_object_set_string_member (self->answer, "error", error->message);
  if (self->cancelled_at != 0)
    json_object_set_int_member (self->answer, "cancel-milliseconds",
                                (g_get_monotonic_time () - self->cancelled_at) / 1000);
  self->ended = TRUE;
}

static void
source_probe_add_stages (SourceProbe *self, PresyncSource *source)
{
  static const char *const words[] = { "waiting", "running", "done", "failed", "skipped" };
  GListModel *stages = presync_source_get_stages (source);
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      json_object_set_string_member (object, presync_stage_get_id (stage),
                                     words[presync_stage_get_state (stage)]);
    }
  json_object_set_object_member (self->answer, "stages", object);
}

/* (transfer full) */
static char *
source_probe_dup (JsonObject *request, const char *member)
{
  return g_strdup (json_object_get_string_member_with_default (request, member, NULL));
}

/* (transfer full) (nullable) */
static PresyncSqlTarget *
source_probe_read_target (SourceProbe *self, JsonObject *request)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autoptr (GError) error = NULL;

  if (!presync_sql_target_parse_name (target, json_object_get_string_member (request, "name"),
                                      &error))
    {
      json_object_set_string_member (self->answer, "error", error->message);
      return NULL;
    }
  target->login = source_probe_dup (request, "login");
  target->password
      = presync_secret_new (json_object_get_string_member_with_default (request, "password", NULL));
  target->ca_file = source_probe_dup (request, "ca-file");
  target->pin = source_probe_dup (request, "pin");
  return g_steal_pointer (&target);
}

static void
source_probe_check (SourceProbe *self, const PresyncSqlTarget *target, gboolean test_only)
{
  g_autoptr (PresyncSource) source = PRESYNC_SOURCE (presync_sql_source_new (target));
  GListModel *stages = presync_source_get_stages (source);

  g_signal_connect (source, "facts", G_CALLBACK (source_probe_facts_cb), self);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      g_signal_connect (stage, "notify::state", G_CALLBACK (source_probe_stage_cb), self);
    }
  presync_source_check_async (source, test_only, self->cancellable, source_probe_ended_cb, self);
  while (!self->ended)
    g_main_context_iteration (NULL, TRUE);
  source_probe_add_stages (self, source);
  json_object_set_int_member (self->answer, "state", presync_source_get_state (source));
  json_object_set_boolean_member (self->answer, "certificate",
                                  presync_sql_source_get_certificate (PRESYNC_SQL_SOURCE (source))
                                      != NULL);
  presync_source_close (source);
}

int
main (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonNode) answer = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (PresyncSqlTarget) target = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SourceProbe self = { json_object_new (), json_object_new (), cancellable, NULL, 0, FALSE };
  g_autofree char *shown = NULL;
  char buffer[512];
  gssize n;

  while ((n = read (0, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  root = json_from_string (text->str, NULL);
  g_assert_nonnull (root);
  json_node_take_object (answer, self.answer);
  json_object_set_object_member (self.answer, "facts", self.facts);
  self.cancel_at
      = json_object_get_string_member_with_default (json_node_get_object (root), "cancel-at", NULL);
  target = source_probe_read_target (&self, json_node_get_object (root));
  if (target != NULL)
    source_probe_check (&self, target,
                        json_object_get_boolean_member_with_default (json_node_get_object (root),
                                                                     "test-only", FALSE));
  shown = json_to_string (answer, FALSE);
  g_print ("%s\n", shown);
  return 0;
}
