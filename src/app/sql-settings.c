/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sql-settings.h"

#include "app/keyring.h"
#include "app/settings.h"
#include "sources/sql/sql-source.h"

/* The values of the schema's key "sql-sign-in" */
enum
{
  SIGN_IN_KERBEROS,
  SIGN_IN_LOGIN,
};

/* (transfer full) (nullable): NULL for the empty string, as targets want it */
static char *
presync_sql_settings_dup_string (GSettings *settings, const char *key)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return *text == '\0' ? NULL : g_steal_pointer (&text);
}

PresyncSqlTarget *
presync_sql_settings_dup_target (GSettings *settings)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autofree char *server = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  server = g_settings_get_string (settings, "sql-server");
  if (*server == '\0' || !presync_sql_target_parse_name (target, server, NULL))
    return NULL;
  target->kerberos = g_settings_get_enum (settings, "sql-sign-in") == SIGN_IN_KERBEROS;
  target->login = presync_sql_settings_dup_string (settings, "sql-login");
  target->ca_file = presync_sql_settings_dup_string (settings, "sql-ca-file");
  target->pin = presync_sql_settings_dup_string (settings, "sql-certificate");
  return g_steal_pointer (&target);
}

void
presync_sql_settings_save (GSettings *settings, const PresyncSqlTarget *target)
{
  g_autofree char *server = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));

  if (target == NULL)
    {
      g_settings_reset (settings, "sql-server");
      g_settings_reset (settings, "sql-certificate");
      return;
    }
  /* The sample's server must not turn up in the next real assessment. */
  if (target->recording != NULL)
    return;
  server = presync_sql_target_dup_text (target);
  g_settings_set_string (settings, "sql-server", server != NULL ? server : "");
  g_settings_set_enum (settings, "sql-sign-in",
                       target->kerberos ? SIGN_IN_KERBEROS : SIGN_IN_LOGIN);
  if (!target->kerberos)
    g_settings_set_string (settings, "sql-login", target->login != NULL ? target->login : "");
  g_settings_set_string (settings, "sql-ca-file", target->ca_file != NULL ? target->ca_file : "");
  g_settings_set_string (settings, "sql-certificate", target->pin != NULL ? target->pin : "");
}

char *
presync_sql_settings_dup_address (const PresyncSqlTarget *target)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  /* Told apart from the directory's, which may run on the same computer */
  text = presync_sql_target_dup_text (target);
  return g_strconcat ("mssql://", text, NULL);
}

void
presync_sql_settings_forget (const PresyncSqlTarget *target)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *address = NULL;

  g_return_if_fail (target != NULL);

  address = presync_sql_settings_dup_address (target);
  if (target->login != NULL && g_settings_get_boolean (settings, "sql-remember-password"))
    presync_keyring_forget (address, target->login);
  g_settings_reset (settings, "sql-remember-password");
  presync_sql_settings_save (settings, NULL);
}

void
presync_sql_settings_forget_certificate (void)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  g_settings_reset (settings, "sql-certificate");
}

typedef struct
{
  PresyncAssessment *assessment;
  PresyncSqlTarget *target;
} Restore;

static void
presync_sql_settings_restore_free (Restore *restore)
{
  g_clear_object (&restore->assessment);
  g_clear_pointer (&restore->target, presync_sql_target_free);
  g_free (restore);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restore, presync_sql_settings_restore_free)

static void
presync_sql_settings_use (PresyncAssessment *assessment, const PresyncSqlTarget *target)
{
  g_autoptr (PresyncSqlSource) source = presync_sql_source_new (target);

  presync_runner_set_source (presync_assessment_get_runner (assessment), PRESYNC_SOURCE (source));
  /* How it went is told by the source's state, message and facts. */
  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, NULL, NULL, NULL);
}

static void
presync_sql_settings_lookup_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Restore) restore = user_data;
  g_autoptr (PresyncSource) used = presync_assessment_dup_source (restore->assessment, "sql");
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (GError) error = NULL;

  restore->target->password = presync_keyring_lookup_finish (result, &error);
  if (error != NULL)
    g_debug ("%s", error->message);
  /* The trust in its certificate may have been taken back meanwhile. */
  g_free (restore->target->pin);
  restore->target->pin = presync_sql_settings_dup_string (settings, "sql-certificate");
  /* Nothing is sent without a password; and meanwhile another server may have been named. */
  if (restore->target->password != NULL && used == NULL)
    presync_sql_settings_use (restore->assessment, restore->target);
}

void
presync_sql_settings_restore (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncSqlTarget) target = NULL;
  g_autoptr (PresyncSource) used = NULL;
  g_autofree char *address = NULL;
  g_autofree char *login = NULL;
  Restore *restore = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  used = presync_assessment_dup_source (assessment, "sql");
  if (used != NULL || !presync_assessment_get_feature (assessment, "own-sql"))
    return;
  target = presync_sql_settings_dup_target (settings);
  if (target == NULL)
    return;
  if (target->kerberos)
    {
      presync_sql_settings_use (assessment, target);
      return;
    }
  if (target->login == NULL || !g_settings_get_boolean (settings, "sql-remember-password"))
    return;

  address = presync_sql_settings_dup_address (target);
  login = g_strdup (target->login);
  restore = g_new0 (Restore, 1);
  restore->assessment = g_object_ref (assessment);
  restore->target = g_steal_pointer (&target);
  presync_keyring_lookup_async (address, login, NULL, presync_sql_settings_lookup_cb, restore);
}
