/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/cloud-options.h"

#include <glib/gi18n.h>

#include "assessment/network-plan.h"
#include "base/error.h"
#include "sources/network/network-source.h"
#include "sources/proxy.h"
#include "sources/tenant/tenant-source.h"

void
presync_cloud_options_clear (PresyncCloudOptions *self)
{
  g_clear_pointer (&self->tenant, g_free);
  g_clear_pointer (&self->cloud, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->proxy, g_free);
  g_clear_pointer (&self->federation_service, g_free);
  g_clear_pointer (&self->federation_servers, g_strfreev);
}

void
presync_cloud_options_add_entries (PresyncCloudOptions *self, GArray *entries)
{
  const GOptionEntry own[] = {
    { "tenant", 0, 0, G_OPTION_ARG_STRING, &self->tenant,
      N_ ("Look up this Microsoft Entra tenant and who owns each UPN suffix, without signing in: a "
          "domain of the tenant"),
      N_ ("DOMAIN") },
    { "cloud", 0, 0, G_OPTION_ARG_STRING, &self->cloud,
      N_ ("The cloud that the tenant is in: worldwide, us-government, us-government-dod or china"),
      N_ ("ID") },
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &self->client_id,
      N_ ("Sign in through this public client that you registered: its application (client) ID"),
      N_ ("GUID") },
    { "network", 0, 0, G_OPTION_ARG_NONE, &self->network,
      N_ ("Try from this computer which names, ports and addresses can be reached"), NULL },
    { "proxy", 0, 0, G_OPTION_ARG_STRING, &self->proxy,
      N_ ("Reach the internet through this proxy instead of the system’s: http://HOST:PORT"),
      N_ ("URL") },
    { "federation-service", 0, 0, G_OPTION_ARG_STRING, &self->federation_service,
      N_ ("The federation service name of AD FS; plans federation"), N_ ("NAME") },
    { "federation-server", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->federation_servers,
      N_ ("A server of AD FS; plans federation; may be repeated"), N_ ("NAME") },
  };

  g_return_if_fail (self != NULL && entries != NULL);
  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
}

static gboolean
presync_cloud_options_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, sentence);
  return FALSE;
}

static gboolean
presync_cloud_options_refuse_cloud (const PresyncCloudOptions *self, GError **error)
{
  gsize n = 0;
  const PresyncCloud *clouds = presync_clouds (&n);
  g_autoptr (GString) known = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", clouds[i].id);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: what was typed, and a list of ids */
               _ ("“%s” is no cloud; Presync knows these: %s."), self->cloud, known->str);
  return FALSE;
}

/* (transfer full) (nullable): with an error */
static PresyncTenantTarget *
presync_cloud_options_parse_tenant (const PresyncCloudOptions *self, GError **error)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();

  if (self->cloud != NULL)
    {
      target->cloud = presync_cloud_find (self->cloud);
      if (target->cloud == NULL)
        {
          presync_cloud_options_refuse_cloud (self, error);
          return NULL;
        }
    }
  target->client_id = g_strdup (self->client_id);
  target->proxy = g_strdup (self->proxy);
  if (!presync_tenant_target_parse_name (target, self->tenant, error)
      || !presync_tenant_target_validate (target, error))
    return NULL;
  return g_steal_pointer (&target);
}

static PresyncFederation *
presync_cloud_options_parse_federation (const PresyncCloudOptions *self, GError **error)
{
  g_autoptr (PresyncFederation) federation = presync_federation_new ();
  g_autofree char *servers
      = self->federation_servers != NULL ? g_strjoinv (" ", self->federation_servers) : NULL;

  /* Each value is one name, as that of the service is; together they may be a list. */
  for (guint i = 0; servers != NULL && self->federation_servers[i] != NULL; i++)
    if (!presync_federation_set_names (federation, self->federation_servers[i], NULL, error))
      return NULL;
  if (!presync_federation_set_names (federation, self->federation_service, servers, error))
    return NULL;
  return g_steal_pointer (&federation);
}

gboolean
presync_cloud_options_check (const PresyncCloudOptions *self, GError **error)
{
  g_autoptr (PresyncFederation) federation = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  if (self->tenant == NULL && (self->cloud != NULL || self->client_id != NULL))
    return presync_cloud_options_refuse (error, _ ("--cloud and --client-id go with --tenant."));
  if (self->proxy != NULL && self->tenant == NULL && !self->network)
    return presync_cloud_options_refuse (error, _ ("--proxy goes with --tenant or --network."));
  if (self->proxy != NULL && !presync_proxy_check (self->proxy, error))
    return FALSE;
  if (self->tenant != NULL)
    {
      g_autoptr (PresyncTenantTarget) target = presync_cloud_options_parse_tenant (self, error);

      if (target == NULL)
        return FALSE;
    }
  federation = presync_cloud_options_parse_federation (self, error);
  return federation != NULL;
}

PresyncFederation *
presync_cloud_options_dup_federation (const PresyncCloudOptions *self)
{
  g_autoptr (PresyncFederation) federation = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  federation = presync_cloud_options_parse_federation (self, NULL);
  if (federation == NULL || (federation->service == NULL && federation->servers == NULL))
    return NULL;
  return g_steal_pointer (&federation);
}

void
presync_cloud_options_plan (const PresyncCloudOptions *self, PresyncAssessment *assessment)
{
  g_autoptr (PresyncFederation) federation = NULL;

  g_return_if_fail (self != NULL && PRESYNC_IS_ASSESSMENT (assessment));
  federation = presync_cloud_options_dup_federation (self);
  if (federation == NULL)
    return;
  presync_assessment_set_federation (assessment, federation);
  presync_assessment_set_feature (assessment, "federation", TRUE);
}

void
presync_cloud_options_set (const PresyncCloudOptions *self, PresyncAssessment *assessment)
{
  PresyncRunner *runner;

  g_return_if_fail (self != NULL && PRESYNC_IS_ASSESSMENT (assessment));
  runner = presync_assessment_get_runner (assessment);
  if (self->tenant != NULL)
    {
      g_autoptr (PresyncTenantTarget) target = presync_cloud_options_parse_tenant (self, NULL);
      g_autoptr (PresyncTenantSource) source = NULL;

      g_return_if_fail (target != NULL);
      source = presync_tenant_source_new (target);
      presync_runner_set_source (runner, PRESYNC_SOURCE (source));
    }
  if (self->network)
    {
      g_autoptr (PresyncNetworkTarget) target = presync_network_plan_dup (assessment, NULL);
      g_autoptr (PresyncNetworkSource) source = NULL;

      target->proxy = g_strdup (self->proxy);
      source = presync_network_source_new (target);
      presync_runner_set_source (runner, PRESYNC_SOURCE (source));
    }
}
