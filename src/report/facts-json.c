/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/facts-json.h"

#include "assessment/sizing.h"
#include "report/json-output.h"
#include "sources/network/network-source.h"
#include "sources/server/server-source.h"

void
presync_json_add_origin (JsonBuilder *builder, PresyncOrigin *origin)
{
  g_autofree char *at = NULL;

  json_builder_set_member_name (builder, "origin");
  if (origin == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  at = presync_origin_dup_at_text (origin);
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "source", presync_origin_get_source (origin));
  presync_json_add_text (builder, "target", presync_origin_get_target (origin));
  presync_json_add_text (builder, "query", presync_origin_get_query (origin));
  presync_json_add_text (builder, "at", at);
  json_builder_set_member_name (builder, "complete");
  json_builder_add_boolean_value (builder, presync_origin_get_complete (origin));
  json_builder_end_object (builder);
}

static void
presync_json_add_valid (JsonBuilder *builder, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  json_builder_add_string_value (builder, valid);
}

/* The value in its own type; null if it is not known */
static void
presync_json_add_value (JsonBuilder *builder, PresyncFact *fact)
{
  json_builder_set_member_name (builder, "value");
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    {
      json_builder_add_null_value (builder);
      return;
    }
  switch (presync_fact_get_value_type (fact))
    {
    case PRESYNC_FACT_BOOLEAN:
      json_builder_add_boolean_value (builder, presync_fact_get_boolean (fact));
      break;
    case PRESYNC_FACT_INTEGER:
      json_builder_add_int_value (builder, presync_fact_get_integer (fact));
      break;
    case PRESYNC_FACT_LIST:
      json_builder_begin_array (builder);
      for (const char *const *p = presync_fact_get_list (fact); *p != NULL; p++)
        presync_json_add_valid (builder, *p);
      json_builder_end_array (builder);
      break;
    case PRESYNC_FACT_TIME:
      {
        g_autofree char *time
            = g_date_time_format (presync_fact_get_time (fact), "%Y-%m-%dT%H:%M:%SZ");
        json_builder_add_string_value (builder, time);
        break;
      }
    case PRESYNC_FACT_TEXT:
    case PRESYNC_FACT_VERSION:
    default:
      presync_json_add_valid (builder, presync_fact_get_text (fact));
      break;
    }
}

static void
presync_json_add_fact (JsonBuilder *builder, PresyncFact *fact)
{
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "key", presync_fact_get_key (fact));
  presync_json_add_text (builder, "subject", presync_fact_get_subject (fact));
  presync_json_add_value (builder, fact);
  presync_json_add_text (builder, "reason", presync_fact_get_detail (fact));
  presync_json_add_origin (builder, presync_fact_get_origin (fact));
  json_builder_end_object (builder);
}

/* All that any source tells, so that a disagreement shows; by key */
static void
presync_json_add_facts (JsonBuilder *builder, PresyncAssessment *assessment, const char *prefix)
{
  PresyncFactSet *set = presync_assessment_get_facts (assessment);
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  json_builder_set_member_name (builder, "facts");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n; i++)
    {
      GPtrArray *layers = g_str_has_prefix (keys[i].id, prefix)
                              ? presync_fact_set_list_layers (set, keys[i].id)
                              : NULL;

      for (guint j = 0; layers != NULL && j < layers->len; j++)
        {
          GPtrArray *facts = g_ptr_array_index (layers, j);

          for (guint k = 0; k < facts->len; k++)
            presync_json_add_fact (builder, g_ptr_array_index (facts, k));
        }
    }
  json_builder_end_array (builder);
}

/* File, server and time of a report: members of an object that is open */
static void
presync_json_add_report (JsonBuilder *builder, PresyncFactsReport *report)
{
  g_autofree char *at = NULL;

  if (report != NULL)
    at = g_date_time_format (presync_facts_report_get_collected (report), "%Y-%m-%dT%H:%M:%SZ");
  presync_json_add_text (builder, "file",
                         report != NULL ? presync_facts_report_get_path (report) : NULL);
  presync_json_add_text (builder, "collected", at);
}

/* The same of a saved assessment, whose file is not read before the next check: its facts tell */
static void
presync_json_add_saved_report (JsonBuilder *builder, PresyncAssessment *assessment)
{
  GPtrArray *facts = presync_fact_set_lookup_source (presync_assessment_get_facts (assessment),
                                                     "server.collected", "server");
  PresyncFact *fact = facts != NULL ? g_ptr_array_index (facts, 0) : NULL;
  gboolean known = fact != NULL && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE;
  g_autofree char *at
      = known ? g_date_time_format (presync_fact_get_time (fact), "%Y-%m-%dT%H:%M:%SZ") : NULL;

  presync_json_add_text (builder, "file",
                         known ? presync_origin_get_target (presync_fact_get_origin (fact)) : NULL);
  presync_json_add_text (builder, "collected", at);
}

static void
presync_json_add_other_reports (JsonBuilder *builder, PresyncServerSource *source)
{
  GListModel *reports = source != NULL ? presync_server_source_get_reports (source) : NULL;

  json_builder_set_member_name (builder, "others");
  json_builder_begin_array (builder);
  for (guint i = 0; reports != NULL && i < g_list_model_get_n_items (reports); i++)
    {
      g_autoptr (PresyncFactsReport) report = g_list_model_get_item (reports, i);

      if (report == presync_server_source_get_report (source))
        continue;
      json_builder_begin_object (builder);
      presync_json_add_text (builder, "name", presync_facts_report_get_name (report));
      presync_json_add_report (builder, report);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (const char *const *p = source != NULL ? presync_server_source_get_problems (source) : NULL;
       p != NULL && *p != NULL; p++)
    presync_json_add_valid (builder, *p);
  json_builder_end_array (builder);
}

static void
presync_json_add_sizing (JsonBuilder *builder, PresyncAssessment *assessment)
{
  PresyncSizing sizing = presync_sizing_get (presync_assessment_get_facts (assessment));

  json_builder_set_member_name (builder, "sizing");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "objects");
  if (sizing.objects >= 0)
    json_builder_add_int_value (builder, sizing.objects);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "complete");
  json_builder_add_boolean_value (builder, sizing.complete && sizing.objects >= 0);
  json_builder_set_member_name (builder, "memory");
  if (sizing.row != NULL)
    json_builder_add_int_value (builder, sizing.row->memory);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "disk");
  if (sizing.row != NULL)
    json_builder_add_int_value (builder, sizing.row->disk);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "own-sql");
  if (sizing.row != NULL)
    json_builder_add_boolean_value (builder, sizing.row->own_sql);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

/* What was tried, and what came of it in words: a fact that is no tells no more than that.
 * @source: (nullable) */
static void
presync_json_add_rows (JsonBuilder *builder, PresyncNetworkSource *source)
{
  GListModel *rows = source != NULL ? presync_network_source_get_rows (source) : NULL;

  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (rows, i);

      json_builder_begin_object (builder);
      presync_json_add_text (builder, "subject", presync_reach_get_subject (row));
      presync_json_add_text (builder, "outcome",
                             presync_reach_outcome_id (presync_reach_get_outcome (row)));
      presync_json_add_text (builder, "text", presync_reach_get_text (row));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* An object @id with what the source of that id was pointed at, and all facts whose keys begin with
 * @id and a dot */
static void
presync_json_add_source (JsonBuilder *builder, PresyncAssessment *assessment, const char *id)
{
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (assessment, id);
  g_autofree char *target = source != NULL ? presync_source_dup_target (source) : NULL;
  g_autofree char *prefix = g_strconcat (id, ".", NULL);

  json_builder_set_member_name (builder, id);
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "target", target);
  presync_json_add_facts (builder, assessment, prefix);
  if (g_str_equal (id, "network"))
    presync_json_add_rows (builder, source != NULL ? PRESYNC_NETWORK_SOURCE (source) : NULL);
  json_builder_end_object (builder);
}

void
presync_json_add_findings (JsonBuilder *builder, PresyncAssessment *assessment)
{
  g_autoptr (PresyncSource) server = presync_assessment_dup_source (assessment, "server");
  g_autoptr (PresyncSource) sql = presync_assessment_dup_source (assessment, "sql");
  PresyncServerSource *files = server != NULL ? PRESYNC_SERVER_SOURCE (server) : NULL;
  g_autofree char *target = sql != NULL ? presync_source_dup_target (sql) : NULL;

  json_builder_set_member_name (builder, "server");
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "name", presync_assessment_get_sync_server (assessment));
  if (files != NULL && presync_server_source_get_report (files) == NULL)
    presync_json_add_saved_report (builder, assessment);
  else
    presync_json_add_report (builder,
                             files != NULL ? presync_server_source_get_report (files) : NULL);
  presync_json_add_other_reports (builder, files);
  presync_json_add_facts (builder, assessment, "server.");
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "sql");
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "database",
                         presync_assessment_get_feature (assessment, "own-sql") ? "own"
                                                                                : "localdb");
  presync_json_add_text (builder, "target", target);
  presync_json_add_facts (builder, assessment, "sql.");
  json_builder_end_object (builder);
  presync_json_add_source (builder, assessment, "tenant");
  presync_json_add_source (builder, assessment, "network");
  presync_json_add_sizing (builder, assessment);
}
