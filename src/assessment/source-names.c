/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/source-names.h"

#include <string.h>

#include "assessment/network-plan.h"
#include "sources/directory/directory-source.h"
#include "sources/network/network-source.h"
#include "sources/server/server-source.h"
#include "sources/tenant/tenant-source.h"

/* A facts file names its server; nobody needs to name it again. */
static void
presync_source_names_server_cb (PresyncAssessment *assessment, GParamSpec *pspec,
                                PresyncServerSource *source)
{
  const char *server = presync_server_source_get_server (source);

  if (presync_assessment_get_sync_server (assessment) == NULL && server != NULL)
    presync_assessment_set_sync_server (assessment, server);
}

void
presync_source_names_adopt (PresyncAssessment *assessment, PresyncSource *source)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  if (PRESYNC_IS_SERVER_SOURCE (source))
    {
      PresyncServerSource *server = PRESYNC_SERVER_SOURCE (source);

      presync_server_source_set_sync_server (server,
                                             presync_assessment_get_sync_server (assessment));
      g_signal_connect_object (server, "notify::server",
                               G_CALLBACK (presync_source_names_server_cb), assessment,
                               G_CONNECT_SWAPPED);
      presync_source_names_server_cb (assessment, NULL, server);
    }
}

static void
presync_source_names_tell_tenant (PresyncAssessment *assessment, PresyncTenantSource *source)
{
  const PresyncAccounts *accounts = presync_assessment_get_accounts (assessment);
  gboolean whole = FALSE;
  g_auto (GStrv) offered = NULL;
  g_auto (GStrv) suffixes = presync_network_plan_dup_suffixes (assessment, &offered, &whole);

  presync_tenant_source_set_names (source, (const char *const *) suffixes,
                                   (const char *const *) offered, whole, accounts->hybrid_admin);
}

static void
presync_source_names_tell_network (PresyncAssessment *assessment, PresyncNetworkSource *source)
{
  const PresyncNetworkTarget *before = presync_network_source_get_target (source);
  g_autoptr (PresyncNetworkTarget) target = presync_network_plan_dup (assessment, before);

  if (!presync_network_target_equal (before, target))
    presync_network_source_set_target (source, target);
}

/* A facts file may tell of another cloud than the tenant's, once that is known. */
static void
presync_source_names_tell_server (PresyncAssessment *assessment, PresyncServerSource *source)
{
  g_autoptr (PresyncSource) tenant = presync_assessment_dup_source (assessment, "tenant");
  g_autoptr (PresyncNetworkTarget) target = presync_network_plan_dup (assessment, NULL);

  if (tenant == NULL)
    g_clear_pointer (&target->cloud, g_free);
  presync_server_source_set_sync_server (source, presync_assessment_get_sync_server (assessment));
  presync_server_source_set_target (source, target);
}

static void
presync_source_names_tell_source (PresyncAssessment *assessment, PresyncSource *source)
{
  if (PRESYNC_IS_DIRECTORY_SOURCE (source))
    {
      PresyncDirectorySource *directory = PRESYNC_DIRECTORY_SOURCE (source);

      presync_directory_source_set_accounts (directory,
                                             presync_assessment_get_accounts (assessment));
      presync_directory_source_set_federation (directory,
                                               presync_assessment_get_federation (assessment));
    }
  else if (PRESYNC_IS_SERVER_SOURCE (source))
    presync_source_names_tell_server (assessment, PRESYNC_SERVER_SOURCE (source));
  else if (PRESYNC_IS_TENANT_SOURCE (source))
    presync_source_names_tell_tenant (assessment, PRESYNC_TENANT_SOURCE (source));
  else if (PRESYNC_IS_NETWORK_SOURCE (source))
    presync_source_names_tell_network (assessment, PRESYNC_NETWORK_SOURCE (source));
}

void
presync_source_names_tell (PresyncAssessment *assessment)
{
  GListModel *sources;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      presync_source_names_tell_source (assessment, source);
    }
}

gboolean
presync_source_names_concern (const char *const *keys)
{
  static const char *const concern[] = { "domain.upn-suffixes-in-use",
                                         "forest.upn-suffixes",
                                         "forest.domains",
                                         "forest.domain-controllers",
                                         "forest.global-catalogs",
                                         "domain.writable-controllers",
                                         "tenant.id",
                                         "tenant.cloud",
                                         NULL };

  for (guint i = 0; keys[i] != NULL; i++)
    if (g_str_has_prefix (keys[i], "plan.") || g_strv_contains (concern, keys[i]))
      return TRUE;
  return FALSE;
}

char **
presync_source_names_list_stale (const PresyncAccounts *before, const PresyncAccounts *after)
{
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **stale;

  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (presync_accounts_get (before, fields[i].id),
                   presync_accounts_get (after, fields[i].id))
        != 0)
      {
        g_autofree char *prefix = g_strconcat (fields[i].id, ".", NULL);
        /* The unit is no account: it tells where the connector account writes groups. */
        gboolean unit = g_str_equal (fields[i].id, "group-unit");
        gboolean hybrid = g_str_equal (fields[i].id, "hybrid-admin");

        g_strv_builder_add (builder, unit ? "connector.groups" : hybrid ? "tenant.admin-" : prefix);
      }
  stale = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return stale;
}
