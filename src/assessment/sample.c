/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/sample.h"

#include "sources/sql/sql-source.h"

PresyncDirectoryTarget *
presync_sample_dup_target (const char *sync_server)
{
  PresyncDirectoryTarget *target = presync_directory_target_new ();

  target->ldif = g_strdup (PRESYNC_SAMPLE_LDIF);
  target->sync_server = g_strdup (sync_server != NULL ? sync_server : PRESYNC_SAMPLE_SYNC_SERVER);
  target->accounts = presync_accounts_new ();
  target->accounts->cloud_admin = g_strdup (PRESYNC_SAMPLE_ADMIN);
  target->accounts->connect_admin = g_strdup (PRESYNC_SAMPLE_ADMIN);
  target->accounts->hybrid_admin = g_strdup (PRESYNC_SAMPLE_HYBRID_ADMIN);
  target->accounts->connector = g_strdup (PRESYNC_SAMPLE_CONNECTOR);
  return target;
}

const char *const *
presync_sample_get_features (void)
{
  static const char *const features[] = { "custom-settings",    "own-sql",    "password-hash-sync",
                                          "password-writeback", "remote-sql", NULL };

  return features;
}

/* (transfer full): the recorded SQL Server */
static PresyncSqlTarget *
presync_sample_dup_sql (void)
{
  g_auto (GStrv) name = g_strsplit (PRESYNC_SAMPLE_SQL_NAME, "\\", 2);
  PresyncSqlTarget *target = presync_sql_target_new ();

  target->recording = g_strdup (PRESYNC_SAMPLE_SQL);
  target->server = g_strdup (name[0]);
  target->instance = g_strdup (name[1]);
  return target;
}

void
presync_sample_add_sources (PresyncAssessment *assessment)
{
  PresyncRunner *runner;
  g_autoptr (PresyncServerSource) server = presync_server_source_new ();
  g_autoptr (PresyncSqlTarget) target = presync_sample_dup_sql ();
  g_autoptr (PresyncSqlSource) sql = presync_sql_source_new (target);
  g_autoptr (GFile) file = g_file_new_for_uri (PRESYNC_SAMPLE_FACTS);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  runner = presync_assessment_get_runner (assessment);
  /* Another sync server than the sample's may have been named: then there is no file of it. */
  presync_server_source_set_sync_server (server, presync_assessment_get_sync_server (assessment));
  if (presync_server_source_add_file (server, file, &error))
    presync_runner_set_source (runner, PRESYNC_SOURCE (server));
  else
    {
      g_debug ("%s", error->message);
      presync_runner_remove_source (runner, "server");
    }
  presync_runner_set_source (runner, PRESYNC_SOURCE (sql));
}

gboolean
presync_sample_owns_server (PresyncServerSource *source)
{
  GListModel *reports;

  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (source), FALSE);
  reports = presync_server_source_get_reports (source);
  for (guint i = 0; i < g_list_model_get_n_items (reports); i++)
    {
      g_autoptr (PresyncFactsReport) report = g_list_model_get_item (reports, i);

      if (!g_str_equal (presync_facts_report_get_path (report), PRESYNC_SAMPLE_FACTS))
        return FALSE;
    }
  return presync_server_source_get_folder (source) == NULL;
}

void
presync_sample_remove_sources (PresyncAssessment *assessment)
{
  PresyncRunner *runner;
  g_autoptr (PresyncSource) server = NULL;
  g_autoptr (PresyncSource) sql = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  runner = presync_assessment_get_runner (assessment);
  server = presync_assessment_dup_source (assessment, "server");
  sql = presync_assessment_dup_source (assessment, "sql");
  if (server != NULL && presync_sample_owns_server (PRESYNC_SERVER_SOURCE (server)))
    presync_runner_remove_source (runner, "server");
  if (sql != NULL
      && g_strcmp0 (presync_sql_source_get_target (PRESYNC_SQL_SOURCE (sql))->recording,
                    PRESYNC_SAMPLE_SQL)
             == 0)
    presync_runner_remove_source (runner, "sql");
}
