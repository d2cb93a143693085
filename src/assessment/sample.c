/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/sample.h"

#include "assessment/network-plan.h"
#include "sources/network/network-source.h"
#include "sources/sql/sql-source.h"
#include "sources/tenant/tenant-source.h"

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

static void
presync_sample_add_tenant (PresyncRunner *runner)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
  g_autoptr (PresyncTenantSource) source = NULL;

  target->recording = g_strdup (PRESYNC_SAMPLE_TENANT);
  target->domain = g_strdup (PRESYNC_SAMPLE_TENANT_NAME);
  source = presync_tenant_source_new (target);
  presync_runner_set_source (runner, PRESYNC_SOURCE (source));
}

static void
presync_sample_add_network (PresyncAssessment *assessment, PresyncRunner *runner)
{
  g_autoptr (PresyncNetworkTarget) target = presync_network_plan_dup (assessment, NULL);
  g_autoptr (PresyncNetworkSource) source = NULL;

  target->recording = g_strdup (PRESYNC_SAMPLE_NETWORK);
  source = presync_network_source_new (target);
  presync_runner_set_source (runner, PRESYNC_SOURCE (source));
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
  presync_sample_add_tenant (runner);
  presync_sample_add_network (assessment, runner);
}

gboolean
presync_sample_owns_server (PresyncServerSource *source)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (source), FALSE);
  files = presync_server_source_list_files (source);
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (g_ptr_array_index (files, i));

      if (!g_str_equal (uri, PRESYNC_SAMPLE_FACTS))
        return FALSE;
    }
  return presync_server_source_get_folder (source) == NULL;
}

/* Is @source one of the sample's? */
static gboolean
presync_sample_owns (PresyncSource *source)
{
  const char *recording = NULL;

  if (PRESYNC_IS_SERVER_SOURCE (source))
    return presync_sample_owns_server (PRESYNC_SERVER_SOURCE (source));
  if (PRESYNC_IS_SQL_SOURCE (source))
    recording = presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source))->recording;
  else if (PRESYNC_IS_TENANT_SOURCE (source))
    recording = presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (source))->recording;
  else if (PRESYNC_IS_NETWORK_SOURCE (source))
    recording = presync_network_source_get_target (PRESYNC_NETWORK_SOURCE (source))->recording;
  return g_strcmp0 (recording, PRESYNC_SAMPLE_SQL) == 0
         || g_strcmp0 (recording, PRESYNC_SAMPLE_TENANT) == 0
         || g_strcmp0 (recording, PRESYNC_SAMPLE_NETWORK) == 0;
}

void
presync_sample_remove_sources (PresyncAssessment *assessment)
{
  static const char *const ids[] = { "server", "sql", "tenant", "network" };

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (PresyncSource) source = presync_assessment_dup_source (assessment, ids[i]);

      if (source != NULL && presync_sample_owns (source))
        presync_runner_remove_source (presync_assessment_get_runner (assessment), ids[i]);
    }
}
