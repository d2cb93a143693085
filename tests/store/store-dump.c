/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an assessment holds, as text */
#include "store-kit.h"

static void
store_kit_dump_text (GString *dump, const char *name, const char *text)
{
  g_autofree char *escaped = text != NULL ? g_strescape (text, NULL) : NULL;

  g_string_append_printf (dump, " %s=%s", name, escaped != NULL ? escaped : "(null)");
}

static void
store_kit_dump_time (GString *dump, GDateTime *time)
{
  g_autofree char *text = g_date_time_format (time, " at=%Y-%m-%dT%H:%M:%S.%f");

  g_string_append (dump, text);
}

static void
store_kit_dump_day (GString *dump, const char *name, const GDate *day)
{
  char text[16] = "(null)";

  if (day != NULL)
    g_date_strftime (text, sizeof text, "%Y-%m-%d", day);
  store_kit_dump_text (dump, name, text);
}

static void
store_kit_dump_value (GString *dump, PresyncFact *fact)
{
  switch (presync_fact_get_value_type (fact))
    {
    case PRESYNC_FACT_BOOLEAN:
      g_string_append_printf (dump, " value=%d", presync_fact_get_boolean (fact));
      break;
    case PRESYNC_FACT_INTEGER:
      g_string_append_printf (dump, " value=%" G_GINT64_FORMAT, presync_fact_get_integer (fact));
      break;
    case PRESYNC_FACT_LIST:
      for (guint i = 0; presync_fact_get_list (fact)[i] != NULL; i++)
        store_kit_dump_text (dump, "item", presync_fact_get_list (fact)[i]);
      break;
    case PRESYNC_FACT_TIME:
      store_kit_dump_time (dump, presync_fact_get_time (fact));
      break;
    case PRESYNC_FACT_TEXT:
    case PRESYNC_FACT_VERSION:
    default:
      store_kit_dump_text (dump, "value", presync_fact_get_text (fact));
    }
}

static void
store_kit_dump_fact (GString *dump, PresyncFact *fact)
{
  PresyncOrigin *origin = presync_fact_get_origin (fact);

  g_string_append (dump, "fact");
  store_kit_dump_text (dump, "key", presync_fact_get_key (fact));
  store_kit_dump_text (dump, "subject", presync_fact_get_subject (fact));
  store_kit_dump_text (dump, "unknown", presync_unknown_nick (presync_fact_get_unknown (fact)));
  store_kit_dump_text (dump, "detail", presync_fact_get_detail (fact));
  if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
    store_kit_dump_value (dump, fact);
  store_kit_dump_text (dump, "source", presync_origin_get_source (origin));
  store_kit_dump_text (dump, "target", presync_origin_get_target (origin));
  store_kit_dump_text (dump, "query", presync_origin_get_query (origin));
  store_kit_dump_time (dump, presync_origin_get_at (origin));
  g_string_append_printf (dump, " complete=%d\n", presync_origin_get_complete (origin));
}

static void
store_kit_dump_facts (GString *dump, PresyncAssessment *assessment)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  for (gsize i = 0; i < n; i++)
    {
      GPtrArray *layers
          = presync_fact_set_list_layers (presync_assessment_get_facts (assessment), keys[i].id);

      for (guint j = 0; layers != NULL && j < layers->len; j++)
        {
          GPtrArray *layer = g_ptr_array_index (layers, j);

          for (guint k = 0; k < layer->len; k++)
            store_kit_dump_fact (dump, g_ptr_array_index (layer, k));
        }
    }
}

static void
store_kit_dump_statements (GString *dump, PresyncAssessment *assessment)
{
  PresyncStatements *statements = presync_assessment_get_statements (assessment);
  g_autoptr (GPtrArray) answers = presync_statements_list_answers (statements);
  g_autoptr (GPtrArray) waivers = presync_statements_list_waivers (statements);

  for (guint i = 0; i < answers->len; i++)
    {
      PresyncAnswer *answer = g_ptr_array_index (answers, i);

      g_string_append_printf (dump, "answer met=%d", presync_answer_get_met (answer));
      store_kit_dump_text (dump, "condition", presync_answer_get_condition (answer));
      store_kit_dump_text (dump, "name", presync_answer_get_name (answer));
      store_kit_dump_text (dump, "note", presync_answer_get_note (answer));
      store_kit_dump_time (dump, presync_answer_get_at (answer));
      g_string_append_c (dump, '\n');
    }
  for (guint i = 0; i < waivers->len; i++)
    {
      PresyncWaiver *waiver = g_ptr_array_index (waivers, i);

      g_string_append (dump, "waiver");
      store_kit_dump_text (dump, "condition", presync_waiver_get_condition (waiver));
      store_kit_dump_text (dump, "reason", presync_waiver_get_reason (waiver));
      store_kit_dump_text (dump, "owner", presync_waiver_get_owner (waiver));
      store_kit_dump_day (dump, "expires", presync_waiver_get_expires (waiver));
      store_kit_dump_time (dump, presync_waiver_get_at (waiver));
      g_string_append_c (dump, '\n');
    }
}

typedef struct
{
  gboolean done;
  GError *error;
} StoreKitLoad;

static void
store_kit_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  StoreKitLoad *load = user_data;

  presync_history_load_rows_finish (PRESYNC_HISTORY (object), result, &load->error);
  load->done = TRUE;
}

static void
store_kit_dump_totals (GString *dump, PresyncRun *run)
{
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      const PresyncRunTotals *totals = presync_run_get_totals (run, i);

      g_string_append_printf (dump, " [%s", presync_verdict_id (totals->verdict));
      for (guint j = 0; j < PRESYNC_N_STATUSES; j++)
        g_string_append_printf (dump, " %s=%u", presync_status_id (j), totals->requirements[j]);
      g_string_append_printf (dump, " %u %u %u %u]", totals->blockers, totals->open,
                              totals->answered, totals->waived);
    }
}

static void
store_kit_dump_run (GString *dump, PresyncHistory *history, PresyncRun *run)
{
  StoreKitLoad load = { FALSE, NULL };
  GPtrArray *rows;

  presync_history_load_rows_async (history, run, NULL, store_kit_loaded_cb, &load);
  while (!load.done)
    g_main_context_iteration (NULL, TRUE);
  g_string_append_printf (dump, "run id=%" G_GINT64_FORMAT, presync_run_get_id (run));
  store_kit_dump_time (dump, presync_run_get_at (run));
  store_kit_dump_day (dump, "edition", presync_run_get_edition (run));
  store_kit_dump_totals (dump, run);
  if (load.error != NULL)
    store_kit_dump_text (dump, "error", load.error->message);
  g_clear_error (&load.error);
  g_string_append_c (dump, '\n');
  rows = presync_run_get_rows (run);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      PresyncRunRow *row = g_ptr_array_index (rows, i);

      g_string_append (dump, "row");
      store_kit_dump_text (dump, "found", row->found);
      store_kit_dump_text (dump, "evidence", row->evidence);
      g_string_append_printf (dump, " %s %s %s %s %d %d", presync_option_id (row->option),
                              row->condition, presync_status_id (row->status),
                              presync_status_id (row->measured), row->answered, row->waived);
      g_string_append_c (dump, '\n');
    }
}

static void
store_kit_dump_targets (GString *dump, PresyncAssessment *assessment)
{
  g_autoptr (PresyncTargets) targets = presync_targets_new_from_assessment (assessment);

  if (targets->directory != NULL)
    {
      g_autofree char *text = presync_directory_target_dup_text (targets->directory);

      store_kit_dump_text (dump, "directory", text);
      store_kit_dump_text (dump, "name", targets->directory->name);
      g_string_append_printf (dump, " port=%u ldaps=%d", targets->directory->port,
                              targets->directory->ldaps);
    }
  if (targets->sql != NULL)
    {
      g_autofree char *text = presync_sql_target_dup_text (targets->sql);

      store_kit_dump_text (dump, "sql", text);
      store_kit_dump_text (dump, "login", targets->sql->login);
    }
  if (targets->tenant != NULL)
    {
      store_kit_dump_text (dump, "tenant", targets->tenant->domain);
      store_kit_dump_text (dump, "cloud", targets->tenant->cloud->id);
      store_kit_dump_text (dump, "client", targets->tenant->client_id);
    }
  for (guint i = 0; targets->facts_files[i] != NULL; i++)
    store_kit_dump_text (dump, "file", targets->facts_files[i]);
  store_kit_dump_text (dump, "proxy", targets->network_proxy);
  if (targets->facts_reports != NULL)
    store_kit_dump_text (dump, "reports", targets->facts_reports);
  if (targets->network_rows != NULL)
    store_kit_dump_text (dump, "rows", targets->network_rows);
  g_string_append_printf (dump, " server=%d network=%d\n", targets->server, targets->network);
}

static void
store_kit_dump_plan (GString *dump, PresyncAssessment *assessment)
{
  const PresyncAccounts *accounts = presync_assessment_get_accounts (assessment);
  const PresyncFederation *federation = presync_assessment_get_federation (assessment);
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);

  g_string_append (dump, "assessment");
  store_kit_dump_text (dump, "name", presync_assessment_get_name (assessment));
  store_kit_dump_day (dump, "edition", presync_assessment_get_edition (assessment));
  store_kit_dump_text (dump, "server", presync_assessment_get_sync_server (assessment));
  for (gsize i = 0; i < n; i++)
    if (presync_accounts_get (accounts, fields[i].id) != NULL)
      {
        g_string_append (dump, "\naccount");
        store_kit_dump_text (dump, fields[i].id, presync_accounts_get (accounts, fields[i].id));
      }
  g_string_append (dump, "\nfederation");
  store_kit_dump_text (dump, "service", federation != NULL ? federation->service : NULL);
  for (guint i = 0;
       federation != NULL && federation->servers != NULL && federation->servers[i] != NULL; i++)
    store_kit_dump_text (dump, "member", federation->servers[i]);
  g_string_append (dump, "\ntargets");
  store_kit_dump_targets (dump, assessment);
}

char *
store_kit_dump (PresyncAssessment *assessment)
{
  GString *dump = g_string_new (NULL);
  GListModel *history = G_LIST_MODEL (presync_assessment_get_history (assessment));

  store_kit_dump_plan (dump, assessment);
  store_kit_dump_facts (dump, assessment);
  store_kit_dump_statements (dump, assessment);
  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (PresyncRun) run = g_list_model_get_item (history, i);

      store_kit_dump_run (dump, PRESYNC_HISTORY (history), run);
    }
  return g_string_free (dump, FALSE);
}
