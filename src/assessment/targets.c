/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/targets.h"

#include <string.h>

#include "assessment/network-plan.h"
#include "sources/directory/directory-source.h"
#include "sources/network/network-source.h"
#include "sources/server/server-source.h"
#include "sources/sql/sql-source.h"
#include "sources/tenant/tenant-source.h"

PresyncTargets *
presync_targets_new (void)
{
  PresyncTargets *self = g_new0 (PresyncTargets, 1);

  self->facts_files = g_new0 (char *, 1);
  return self;
}

void
presync_targets_free (PresyncTargets *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->directory, presync_directory_target_free);
  g_clear_pointer (&self->sql, presync_sql_target_free);
  g_clear_pointer (&self->tenant, presync_tenant_target_free);
  g_strfreev (self->facts_files);
  g_free (self->facts_folder);
  g_free (self->network_recording);
  g_free (self->network_proxy);
  g_free (self->facts_reports);
  g_free (self->network_rows);
  g_free (self);
}

/* Somebody may come back to it from another folder. @path: (nullable): file name or address */
static void
presync_targets_make_absolute (char **path)
{
  char *whole;

  if (*path == NULL || g_path_is_absolute (*path) || strstr (*path, "://") != NULL)
    return;
  whole = g_canonicalize_filename (*path, NULL);
  g_free (*path);
  *path = whole;
}

static PresyncDirectoryTarget *
presync_targets_dup_directory (PresyncDirectorySource *source)
{
  PresyncDirectoryTarget *target
      = presync_directory_target_copy (presync_directory_source_get_target (source));

  g_clear_pointer (&target->password, presync_secret_unref);
  g_clear_pointer (&target->accounts, presync_accounts_free);
  g_clear_pointer (&target->federation, presync_federation_free);
  presync_targets_make_absolute (&target->ldif);
  presync_targets_make_absolute (&target->ca_file);
  return target;
}

static PresyncSqlTarget *
presync_targets_dup_sql (PresyncSqlSource *source)
{
  PresyncSqlTarget *target = presync_sql_target_copy (presync_sql_source_get_target (source));

  g_clear_pointer (&target->password, presync_secret_unref);
  presync_targets_make_absolute (&target->recording);
  presync_targets_make_absolute (&target->ca_file);
  return target;
}

static PresyncTenantTarget *
presync_targets_dup_tenant (PresyncTenantSource *source)
{
  PresyncTenantTarget *target
      = presync_tenant_target_copy (presync_tenant_source_get_target (source));

  presync_targets_make_absolute (&target->recording);
  return target;
}

static void
presync_targets_take_server (PresyncTargets *self, PresyncServerSource *source)
{
  g_autoptr (GPtrArray) files = presync_server_source_list_files (source);
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();
  GFile *folder = presync_server_source_get_folder (source);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (g_ptr_array_index (files, i));
      g_strv_builder_add (uris, uri);
    }
  self->server = TRUE;
  g_strfreev (self->facts_files);
  self->facts_files = g_strv_builder_end (uris);
  self->facts_folder = folder != NULL ? g_file_get_uri (folder) : NULL;
  self->facts_reports = presync_server_source_dup_saved (source);
}

static void
presync_targets_take_network (PresyncTargets *self, PresyncNetworkSource *source)
{
  const PresyncNetworkTarget *target = presync_network_source_get_target (source);

  self->network = TRUE;
  self->network_recording = g_strdup (target->recording);
  self->network_proxy = g_strdup (target->proxy);
  presync_targets_make_absolute (&self->network_recording);
  self->network_rows = presync_network_source_dup_saved (source);
}

PresyncTargets *
presync_targets_new_from_assessment (PresyncAssessment *assessment)
{
  PresyncTargets *self;
  GListModel *sources;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  self = presync_targets_new ();
  sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      if (PRESYNC_IS_DIRECTORY_SOURCE (source))
        self->directory = presync_targets_dup_directory (PRESYNC_DIRECTORY_SOURCE (source));
      else if (PRESYNC_IS_SQL_SOURCE (source))
        self->sql = presync_targets_dup_sql (PRESYNC_SQL_SOURCE (source));
      else if (PRESYNC_IS_TENANT_SOURCE (source))
        {
          PresyncTenantSource *tenant = PRESYNC_TENANT_SOURCE (source);

          self->tenant = presync_targets_dup_tenant (tenant);
          self->tenant_cloud = presync_tenant_source_get_found_cloud (tenant);
        }
      else if (PRESYNC_IS_SERVER_SOURCE (source))
        presync_targets_take_server (self, PRESYNC_SERVER_SOURCE (source));
      else if (PRESYNC_IS_NETWORK_SOURCE (source))
        presync_targets_take_network (self, PRESYNC_NETWORK_SOURCE (source));
    }
  return self;
}

/* @source: (transfer full) */
static void
presync_targets_set (PresyncAssessment *assessment, PresyncSource *source)
{
  presync_runner_set_source (presync_assessment_get_runner (assessment), source);
  g_object_unref (source);
}

/* Reads nothing */
static void
presync_targets_set_server (const PresyncTargets *self, PresyncAssessment *assessment)
{
  PresyncServerSource *source = presync_server_source_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFile) folder
      = self->facts_folder != NULL ? g_file_new_for_uri (self->facts_folder) : NULL;

  for (guint i = 0; self->facts_files != NULL && self->facts_files[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (self->facts_files[i]));
  presync_server_source_remember (source, files, folder);
  presync_targets_set (assessment, PRESYNC_SOURCE (source));
  /* Now it knows the sync server, and so which report counts. */
  if (self->facts_reports != NULL)
    presync_server_source_restore (source, self->facts_reports);
}

static void
presync_targets_set_network (const PresyncTargets *self, PresyncAssessment *assessment)
{
  g_autoptr (PresyncNetworkTarget) target = presync_network_plan_dup (assessment, NULL);
  PresyncNetworkSource *source;

  target->recording = g_strdup (self->network_recording);
  target->proxy = g_strdup (self->network_proxy);
  source = presync_network_source_new (target);
  presync_network_source_restore (source, self->network_rows);
  presync_targets_set (assessment, PRESYNC_SOURCE (source));
}

static void
presync_targets_set_tenant (const PresyncTargets *self, PresyncAssessment *assessment)
{
  PresyncTenantSource *source = presync_tenant_source_new (self->tenant);

  presync_tenant_source_restore_cloud (source, self->tenant_cloud);
  presync_targets_set (assessment, PRESYNC_SOURCE (source));
}

void
presync_targets_apply (const PresyncTargets *self, PresyncAssessment *assessment)
{
  g_return_if_fail (self != NULL && PRESYNC_IS_ASSESSMENT (assessment));
  if (self->directory != NULL)
    presync_targets_set (assessment,
                         PRESYNC_SOURCE (presync_directory_source_new (self->directory)));
  if (self->server)
    presync_targets_set_server (self, assessment);
  if (self->sql != NULL)
    presync_targets_set (assessment, PRESYNC_SOURCE (presync_sql_source_new (self->sql)));
  if (self->tenant != NULL)
    presync_targets_set_tenant (self, assessment);
  if (self->network)
    presync_targets_set_network (self, assessment);
}
