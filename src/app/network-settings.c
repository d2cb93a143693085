/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-settings.h"

#include "app/connection.h"
#include "app/settings.h"
#include "assessment/sample.h"
#include "sources/proxy.h"

#define ENABLED_KEY "network"
#define SERVICE_KEY "federation-service"
#define SERVERS_KEY "federation-servers"

/* Kept with an assessment that shows the sample: PresyncFederation that was there before */
#define REAL_FEDERATION "presync-real-federation"

PresyncNetworkSource *
presync_network_settings_dup_source (PresyncAssessment *assessment)
{
  g_autoptr (PresyncSource) source = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  source = presync_assessment_dup_source (assessment, "network");
  return PRESYNC_IS_NETWORK_SOURCE (source) ? PRESYNC_NETWORK_SOURCE (g_steal_pointer (&source))
                                            : NULL;
}

gboolean
presync_network_settings_check_proxy (PresyncAssessment *assessment, GError **error)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (GError) wrong = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  if (presync_connection_is_sample (assessment))
    return TRUE;
  g_free (presync_settings_dup_proxy (settings, &wrong));
  if (wrong == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

PresyncNetworkSource *
presync_network_settings_use (PresyncAssessment *assessment)
{
  g_autoptr (PresyncNetworkTarget) target = presync_network_target_new ();
  PresyncNetworkSource *source = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  /* Names and the rest of the target come from the assessment, as soon as the source is set. */
  if (presync_connection_is_sample (assessment))
    {
      g_free (target->recording);
      target->recording = g_strdup (PRESYNC_SAMPLE_NETWORK);
    }
  else
    {
      g_autoptr (GSettings) settings = presync_settings_new ();

      target->proxy = presync_settings_dup_proxy (settings, NULL);
    }
  source = presync_network_source_new (target);
  presync_runner_set_source (presync_assessment_get_runner (assessment), PRESYNC_SOURCE (source));
  return source;
}

void
presync_network_settings_save (PresyncAssessment *assessment, gboolean enabled)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (presync_connection_is_remembered (assessment))
    g_settings_set_boolean (settings, ENABLED_KEY, enabled);
}

gboolean
presync_network_settings_set_proxy (PresyncAssessment *assessment, const char *proxy,
                                    GError **error)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncNetworkSource) used = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  if (proxy != NULL && !presync_proxy_check (proxy, error))
    return FALSE;
  if (presync_connection_is_sample (assessment))
    return TRUE;
  g_settings_set_string (settings, PRESYNC_SETTING_PROXY, proxy != NULL ? proxy : "");
  used = presync_network_settings_dup_source (assessment);
  if (used != NULL)
    {
      g_autoptr (PresyncNetworkSource) source = presync_network_settings_use (assessment);

      presync_source_check_async (PRESYNC_SOURCE (source), FALSE, NULL, NULL, NULL);
    }
  return TRUE;
}

gboolean
presync_network_settings_set_federation (PresyncAssessment *assessment, const char *service,
                                         const char *servers, GError **error)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncFederation) federation = presync_federation_new ();

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  if (!presync_federation_set_names (federation, service, servers, error))
    return FALSE;
  presync_assessment_set_federation (assessment, federation);
  if (!presync_connection_is_remembered (assessment))
    return TRUE;
  g_settings_set_string (settings, SERVICE_KEY, service != NULL ? service : "");
  g_settings_set_string (settings, SERVERS_KEY, servers != NULL ? servers : "");
  return TRUE;
}

void
presync_network_settings_stop (PresyncAssessment *assessment)
{
  g_autoptr (PresyncNetworkSource) source = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  source = presync_network_settings_dup_source (assessment);
  if (source != NULL)
    presync_source_close (PRESYNC_SOURCE (source));
}

void
presync_network_settings_follow (PresyncAssessment *assessment, gboolean sample)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (sample)
    {
      g_object_set_data_full (
          G_OBJECT (assessment), REAL_FEDERATION,
          presync_federation_copy (presync_assessment_get_federation (assessment)),
          (GDestroyNotify) presync_federation_free);
      presync_assessment_set_federation (assessment, NULL);
    }
  else
    {
      g_autoptr (PresyncFederation) real
          = g_object_steal_data (G_OBJECT (assessment), REAL_FEDERATION);

      presync_assessment_set_federation (assessment, real);
    }
}

static void
presync_network_settings_restore_federation (PresyncAssessment *assessment, GSettings *settings)
{
  g_autofree char *service = g_settings_get_string (settings, SERVICE_KEY);
  g_autofree char *servers = g_settings_get_string (settings, SERVERS_KEY);
  g_autoptr (PresyncFederation) federation = presync_federation_new ();
  g_autoptr (GError) error = NULL;

  if (*service == '\0' && *servers == '\0')
    return;
  if (presync_federation_set_names (federation, service, servers, &error))
    presync_assessment_set_federation (assessment, federation);
  else
    g_debug ("%s", error->message);
}

void
presync_network_settings_restore (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncNetworkSource) used = NULL;
  g_autoptr (PresyncNetworkSource) source = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (presync_connection_is_sample (assessment))
    return;
  if (presync_assessment_get_federation (assessment) == NULL)
    presync_network_settings_restore_federation (assessment, settings);
  used = presync_network_settings_dup_source (assessment);
  /* The network's group says what is wrong with a proxy. */
  if (used != NULL || !g_settings_get_boolean (settings, ENABLED_KEY)
      || !presync_network_settings_check_proxy (assessment, NULL))
    return;
  source = presync_network_settings_use (assessment);
  /* How it went is told by the source's rows and facts. */
  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, NULL, NULL, NULL);
}
