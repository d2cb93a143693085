/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-settings.h"

#include <glib/gi18n.h>

#include "app/keyring.h"
#include "app/settings.h"
#include "base/error.h"

#define DOMAIN_KEY "tenant-domain"
#define CLOUD_KEY "tenant-cloud"
#define STAY_KEY "tenant-stay-signed-in"

/* Kept with an assessment: somebody asked to stay signed in, and the keyring had no sign-in */
#define LAPSED "presync-sign-in-lapsed"

/* (transfer full) (nullable): NULL for the empty string, as targets want it */
static char *
presync_tenant_settings_dup_string (GSettings *settings, const char *key)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return *text == '\0' ? NULL : g_steal_pointer (&text);
}

char *
presync_tenant_settings_dup_client_id (GSettings *settings)
{
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  return presync_tenant_settings_dup_string (settings, PRESYNC_SETTING_CLIENT_ID);
}

char *
presync_tenant_settings_dup_proxy (GSettings *settings, GError **error)
{
  g_autofree char *proxy = NULL;
  g_autoptr (GError) wrong = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  proxy = presync_settings_dup_proxy (settings, &wrong);
  if (wrong == NULL)
    return g_steal_pointer (&proxy);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* TRANSLATORS: %s is a sentence that says how a proxy is written */
               _ ("The proxy on the page “Sources” cannot be used, so nobody is asked. %s"),
               wrong->message);
  return NULL;
}

PresyncTenantTarget *
presync_tenant_settings_dup_target (GSettings *settings)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
  g_autofree char *domain = NULL;
  g_autofree char *id = NULL;
  const PresyncCloud *cloud = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  domain = g_settings_get_string (settings, DOMAIN_KEY);
  id = g_settings_get_string (settings, CLOUD_KEY);
  cloud = presync_cloud_find (id);
  if (*domain == '\0' || cloud == NULL || !presync_tenant_target_parse_name (target, domain, NULL))
    return NULL;
  target->cloud = cloud;
  target->client_id = presync_tenant_settings_dup_client_id (settings);
  target->proxy = presync_tenant_settings_dup_proxy (settings, NULL);
  /* One that cannot be used is no reason not to look without a sign-in. */
  if (!presync_tenant_target_validate (target, NULL))
    g_clear_pointer (&target->client_id, g_free);
  return g_steal_pointer (&target);
}

/* (transfer full): what the keyring knows a sign-in by, with the client id */
static char *
presync_tenant_settings_dup_address (const PresyncTenantTarget *target)
{
  return g_strdup_printf ("%s/%s", target->cloud->login, target->domain);
}

/* Drops what the keyring keeps of a sign-in to @target, if anything. Nobody waits for it. */
static void
presync_tenant_settings_drop (const PresyncTenantTarget *target)
{
  g_autofree char *address = NULL;

  if (target->recording != NULL || target->client_id == NULL)
    return;
  address = presync_tenant_settings_dup_address (target);
  presync_keyring_forget (address, target->client_id);
}

/* @a: (nullable); @b: (nullable) */
static gboolean
presync_tenant_settings_is_same (const PresyncTenantTarget *a, const PresyncTenantTarget *b)
{
  return a != NULL && b != NULL && g_strcmp0 (a->recording, b->recording) == 0
         && g_strcmp0 (a->domain, b->domain) == 0 && g_strcmp0 (a->cloud->id, b->cloud->id) == 0;
}

gboolean
presync_tenant_settings_stays (GSettings *settings, const PresyncTenantTarget *target)
{
  g_autoptr (PresyncTenantTarget) stored = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), FALSE);
  g_return_val_if_fail (target != NULL, FALSE);

  if (!g_settings_get_boolean (settings, STAY_KEY))
    return FALSE;
  stored = presync_tenant_settings_dup_target (settings);
  return presync_tenant_settings_is_same (stored, target) && stored->client_id != NULL
         && g_strcmp0 (stored->client_id, target->client_id) == 0;
}

void
presync_tenant_settings_end_stay (GSettings *settings, const PresyncTenantTarget *target)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (target != NULL);

  presync_tenant_settings_drop (target);
  if (presync_tenant_settings_stays (settings, target))
    g_settings_reset (settings, STAY_KEY);
}

void
presync_tenant_settings_begin_stay (GSettings *settings, const PresyncTenantTarget *target)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (target != NULL && target->client_id != NULL);

  /* The command line may have named another than is stored. */
  presync_tenant_settings_save (settings, target);
  g_settings_set_boolean (settings, STAY_KEY, target->recording == NULL);
}

void
presync_tenant_settings_save (GSettings *settings, const PresyncTenantTarget *target)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  /* The sample's tenant must not turn up in the next real assessment. */
  if (target != NULL && target->recording != NULL)
    return;
  /* Whoever signs in to another tenant, or with another application, is asked anew. */
  if (target == NULL || !presync_tenant_settings_stays (settings, target))
    {
      g_autoptr (PresyncTenantTarget) stored = presync_tenant_settings_dup_target (settings);

      if (stored != NULL && presync_tenant_settings_stays (settings, stored))
        presync_tenant_settings_drop (stored);
      g_settings_reset (settings, STAY_KEY);
    }
  if (target == NULL)
    {
      g_settings_reset (settings, DOMAIN_KEY);
      return;
    }
  g_settings_set_string (settings, DOMAIN_KEY, target->domain != NULL ? target->domain : "");
  g_settings_set_string (settings, CLOUD_KEY, target->cloud->id);
  if (target->client_id != NULL)
    g_settings_set_string (settings, PRESYNC_SETTING_CLIENT_ID, target->client_id);
}

void
presync_tenant_settings_forget (const PresyncTenantTarget *target)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncTenantTarget) stored = NULL;

  g_return_if_fail (target != NULL);

  if (target->recording != NULL)
    return;
  presync_tenant_settings_end_stay (settings, target);
  /* One that the command line named, or that was tried beside the sample, is not the stored one. */
  stored = presync_tenant_settings_dup_target (settings);
  if (presync_tenant_settings_is_same (stored, target))
    presync_tenant_settings_save (settings, NULL);
}

static void
presync_tenant_settings_kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GSettings) settings = presync_settings_new ();
  const PresyncTenantTarget *target = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean kept = presync_keyring_store_finish (result, &error);

  /* Minutes may have passed with the dialogue that unlocks the keyring, and the person gone. Even
   * one that was cancelled may have come as far as the keyring. */
  if (!presync_tenant_settings_stays (settings, target))
    presync_tenant_settings_drop (target);
  if (kept)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
presync_tenant_settings_keep_async (PresyncTenantSource *source, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  const PresyncTenantTarget *target = NULL;
  g_autoptr (PresyncSecret) refresh = NULL;
  g_autoptr (GTask) task = NULL;
  g_autofree char *address = NULL;

  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (source), FALSE);

  target = presync_tenant_source_get_target (source);
  refresh = presync_tenant_source_dup_refresh_token (source);
  if (refresh == NULL || !presync_tenant_settings_stays (settings, target))
    return FALSE;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_tenant_settings_keep_async);
  g_task_set_task_data (task, presync_tenant_target_copy (target),
                        (GDestroyNotify) presync_tenant_target_free);
  address = presync_tenant_settings_dup_address (target);
  presync_keyring_store_async (address, target->client_id, refresh, cancellable,
                               presync_tenant_settings_kept_cb, g_steal_pointer (&task));
  return TRUE;
}

gboolean
presync_tenant_settings_keep_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, presync_tenant_settings_keep_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
presync_tenant_settings_renewed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PresyncSecret) refresh = presync_keyring_lookup_finish (result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (refresh != NULL)
    presync_tenant_source_set_refresh_token (g_task_get_source_object (task), refresh);
  g_task_return_boolean (task, TRUE);
}

void
presync_tenant_settings_renew_async (PresyncTenantSource *source, GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (GTask) task = NULL;
  g_autofree char *address = NULL;
  g_autofree char *proxy = NULL;
  const PresyncTenantTarget *target = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_SOURCE (source));

  task = g_task_new (source, NULL, callback, user_data);
  g_task_set_source_tag (task, presync_tenant_settings_renew_async);
  target = presync_tenant_source_get_target (source);
  if (target->recording == NULL)
    {
      proxy = presync_tenant_settings_dup_proxy (settings, NULL);
      presync_tenant_source_set_proxy (source, proxy);
    }
  if (target->client_id == NULL || !presync_tenant_settings_stays (settings, target))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  address = presync_tenant_settings_dup_address (target);
  presync_keyring_lookup_async (address, target->client_id, NULL,
                                presync_tenant_settings_renewed_cb, g_steal_pointer (&task));
}

gboolean
presync_tenant_settings_renew_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, presync_tenant_settings_renew_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  PresyncAssessment *assessment;
  PresyncTenantTarget *target;
} Restore;

static void
presync_tenant_settings_restore_free (Restore *restore)
{
  g_clear_object (&restore->assessment);
  g_clear_pointer (&restore->target, presync_tenant_target_free);
  g_free (restore);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restore, presync_tenant_settings_restore_free)

/* @refresh: (nullable) */
static void
presync_tenant_settings_use (PresyncAssessment *assessment, const PresyncTenantTarget *target,
                             PresyncSecret *refresh)
{
  g_autoptr (PresyncTenantSource) source = presync_tenant_source_new (target);

  if (refresh != NULL)
    presync_tenant_source_set_refresh_token (source, refresh);
  presync_runner_set_source (presync_assessment_get_runner (assessment), PRESYNC_SOURCE (source));
  /* How it went is told by the source's state, message and facts. */
  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, NULL, NULL, NULL);
}

static void
presync_tenant_settings_lookup_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Restore) restore = user_data;
  g_autoptr (PresyncSource) used = presync_assessment_dup_source (restore->assessment, "tenant");
  g_autoptr (PresyncSecret) refresh = NULL;
  g_autoptr (GError) error = NULL;

  refresh = presync_keyring_lookup_finish (result, &error);
  if (error != NULL)
    g_debug ("%s", error->message);
  /* Meanwhile another tenant may have been named. */
  if (used != NULL)
    return;
  /* The page says so; who signs in anew stays signed in, as it was asked. */
  if (refresh == NULL)
    g_object_set_data (G_OBJECT (restore->assessment), LAPSED, GINT_TO_POINTER (TRUE));
  presync_tenant_settings_use (restore->assessment, restore->target, refresh);
}

gboolean
presync_tenant_settings_take_lapsed (PresyncAssessment *assessment)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  return g_object_steal_data (G_OBJECT (assessment), LAPSED) != NULL;
}

void
presync_tenant_settings_restore (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncTenantTarget) target = NULL;
  g_autoptr (PresyncSource) used = NULL;
  g_autofree char *address = NULL;
  g_autofree char *client_id = NULL;
  g_autoptr (GError) error = NULL;
  Restore *restore = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  used = presync_assessment_dup_source (assessment, "tenant");
  target = presync_tenant_settings_dup_target (settings);
  if (used != NULL || target == NULL)
    return;
  /* The tenant's page says so. */
  g_free (presync_tenant_settings_dup_proxy (settings, &error));
  if (error != NULL)
    return;
  if (target->client_id == NULL || !presync_tenant_settings_stays (settings, target))
    {
      presync_tenant_settings_use (assessment, target, NULL);
      return;
    }

  address = presync_tenant_settings_dup_address (target);
  client_id = g_strdup (target->client_id);
  restore = g_new0 (Restore, 1);
  restore->assessment = g_object_ref (assessment);
  restore->target = g_steal_pointer (&target);
  presync_keyring_lookup_async (address, client_id, NULL, presync_tenant_settings_lookup_cb,
                                restore);
}
