/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wake.h"

#include "app/connection.h"
#include "app/keyring.h"
#include "app/network-settings.h"
#include "app/settings.h"
#include "app/sql-settings.h"
#include "app/tenant-settings.h"
#include "sources/sql/sql-source.h"

/* One source after the other; each step begins the next one. */

static PresyncAssessment *
presync_wake_get_assessment (GTask *task)
{
  return g_task_get_task_data (task);
}

/* The way out of this computer is this computer's, whoever made the file. */
static void
presync_wake_network (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncNetworkSource) source = presync_network_settings_dup_source (assessment);
  g_autoptr (PresyncNetworkTarget) target = NULL;

  if (source == NULL || presync_network_source_get_target (source)->recording != NULL)
    return;
  target = presync_network_target_copy (presync_network_source_get_target (source));
  g_free (target->proxy);
  target->proxy = presync_settings_dup_proxy (settings, NULL);
  presync_network_source_set_target (source, target);
}

static void
presync_wake_end (GTask *task)
{
  PresyncAssessment *assessment = presync_wake_get_assessment (task);

  presync_wake_network (assessment);
  presync_connection_wake (assessment);
  g_task_return_boolean (task, TRUE);
}

static void
presync_wake_tenant_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  /* Without a sign-in, only what everybody may read is read. */
  if (!presync_tenant_settings_renew_finish (result, &error))
    g_debug ("%s", error->message);
  presync_wake_end (task);
}

static void
presync_wake_tenant (GTask *task)
{
  g_autoptr (PresyncSource) source
      = presync_assessment_dup_source (presync_wake_get_assessment (task), "tenant");

  if (PRESYNC_IS_TENANT_SOURCE (source))
    presync_tenant_settings_renew_async (PRESYNC_TENANT_SOURCE (source), presync_wake_tenant_cb,
                                         g_object_ref (task));
  else
    presync_wake_end (task);
}

static void
presync_wake_sql_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSecret) password = presync_keyring_lookup_finish (result, &error);
  g_autoptr (PresyncSource) source
      = presync_assessment_dup_source (presync_wake_get_assessment (task), "sql");

  if (error != NULL)
    g_debug ("%s", error->message);
  /* Without one nothing is sent: the source says that it needs a password. */
  if (password != NULL && PRESYNC_IS_SQL_SOURCE (source))
    presync_sql_source_set_password (PRESYNC_SQL_SOURCE (source), password);
  presync_wake_tenant (task);
}

static void
presync_wake_sql (GTask *task)
{
  g_autoptr (PresyncSource) source
      = presync_assessment_dup_source (presync_wake_get_assessment (task), "sql");
  const PresyncSqlTarget *target = PRESYNC_IS_SQL_SOURCE (source)
                                       ? presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source))
                                       : NULL;
  g_autofree char *address = NULL;

  if (target == NULL || target->recording != NULL || target->kerberos || target->login == NULL
      || target->password != NULL || !presync_settings_trusts ("sql-certificate", target->pin)
      || !presync_settings_trusts ("sql-ca-file", target->ca_file))
    {
      presync_wake_tenant (task);
      return;
    }
  address = presync_sql_settings_dup_address (target);
  presync_keyring_lookup_async (address, target->login, NULL, presync_wake_sql_cb,
                                g_object_ref (task));
}

static void
presync_wake_directory_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSecret) password = presync_keyring_lookup_finish (result, &error);
  g_autoptr (PresyncDirectorySource) source
      = presync_connection_get_directory (presync_wake_get_assessment (task));

  if (error != NULL)
    g_debug ("%s", error->message);
  if (password == NULL || source == NULL)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  presync_directory_source_set_password (source, password);
  presync_wake_sql (task);
}

void
presync_wake_async (PresyncAssessment *assessment, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (PresyncDirectorySource) source = NULL;
  const PresyncDirectoryTarget *target = NULL;
  g_autofree char *address = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, presync_wake_async);
  g_task_set_task_data (task, g_object_ref (assessment), g_object_unref);
  if (!presync_connection_is_resting (assessment))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  source = presync_connection_get_directory (assessment);
  target = source != NULL ? presync_directory_source_get_target (source) : NULL;
  if (target == NULL || target->ldif != NULL || target->sign_in != PRESYNC_SIGN_IN_PASSWORD
      || target->password != NULL)
    {
      presync_wake_sql (task);
      return;
    }
  if (target->name == NULL || !presync_settings_trusts ("ca-file", target->ca_file))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  address = presync_settings_dup_address (target);
  presync_keyring_lookup_async (address, target->name, NULL, presync_wake_directory_cb,
                                g_object_ref (task));
}

gboolean
presync_wake_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, presync_wake_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
presync_wake_check_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncAssessment) assessment = user_data;

  if (presync_wake_finish (result))
    presync_runner_check_async (presync_assessment_get_runner (assessment), NULL, NULL, NULL);
}

void
presync_wake_check (PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (presync_connection_is_resting (assessment))
    presync_wake_async (assessment, presync_wake_check_cb, g_object_ref (assessment));
  else
    presync_runner_check_async (presync_assessment_get_runner (assessment), NULL, NULL, NULL);
}
