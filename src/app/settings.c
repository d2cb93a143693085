/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"

#include "app/connection.h"
#include "app/keyring.h"
#include "sources/proxy.h"

/* The values of the schema's encryption key */
enum
{
  ENCRYPTION_LDAPS,
  ENCRYPTION_STARTTLS,
};

#define LAST_FILE_KEY "last-file"

GSettings *
presync_settings_new (void)
{
  return g_settings_new (PRESYNC_APPLICATION_ID);
}

/* (transfer full) (nullable): NULL for the empty string, as targets want it */
static char *
presync_settings_dup_string (GSettings *settings, const char *key)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return *text == '\0' ? NULL : g_steal_pointer (&text);
}

char *
presync_settings_dup_proxy (GSettings *settings, GError **error)
{
  g_autofree char *proxy = NULL;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  proxy = presync_settings_dup_string (settings, PRESYNC_SETTING_PROXY);
  return proxy == NULL || presync_proxy_check (proxy, error) ? g_steal_pointer (&proxy) : NULL;
}

static gboolean
presync_settings_fill_server (GSettings *settings, PresyncDirectoryTarget *target)
{
  g_autofree char *address = g_settings_get_string (settings, "address");
  gboolean starttls = g_settings_get_enum (settings, "encryption") == ENCRYPTION_STARTTLS;

  if (!presync_directory_target_parse_uri (target, address, NULL))
    return FALSE;

  target->ldaps = !starttls;
  target->starttls = starttls;
  target->ca_file = presync_settings_dup_string (settings, "ca-file");
  target->sign_in = (PresyncSignIn) g_settings_get_enum (settings, "sign-in");
  if (target->sign_in == PRESYNC_SIGN_IN_PASSWORD)
    target->name = presync_settings_dup_string (settings, "sign-in-name");
  return TRUE;
}

gboolean
presync_settings_trusts (const char *key, const char *trusted)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *known = NULL;

  g_return_val_if_fail (key != NULL, FALSE);

  known = g_settings_get_string (settings, key);
  return trusted == NULL || g_str_equal (known, trusted);
}

PresyncDirectoryTarget *
presync_settings_dup_target (GSettings *settings)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();
  PresyncDirectoryKind kind = (PresyncDirectoryKind) g_settings_get_enum (settings, "directory");

  target->sync_server = presync_settings_dup_string (settings, "sync-server");
  switch (kind)
    {
    case PRESYNC_DIRECTORY_SERVER:
      if (!presync_settings_fill_server (settings, target))
        return NULL;
      break;
    case PRESYNC_DIRECTORY_SNAPSHOT:
      target->ldif = presync_settings_dup_string (settings, "snapshot");
      if (target->ldif == NULL)
        return NULL;
      break;
    case PRESYNC_DIRECTORY_SAMPLE:
      return presync_sample_dup_target (target->sync_server);
    case PRESYNC_DIRECTORY_NONE:
    default:
      return NULL;
    }
  return g_steal_pointer (&target);
}

char *
presync_settings_dup_address (const PresyncDirectoryTarget *target)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncDirectoryTarget) typed = presync_directory_target_new ();
  g_autofree char *address = g_settings_get_string (settings, "address");

  g_return_val_if_fail (target != NULL, NULL);

  if (presync_directory_target_parse_uri (typed, address, NULL)
      && g_strcmp0 (typed->server, target->server) == 0
      && g_strcmp0 (typed->domain, target->domain) == 0 && typed->port == target->port)
    return g_steal_pointer (&address);
  return target->domain != NULL ? g_strdup (target->domain)
                                : presync_directory_target_dup_text (target);
}

void
presync_settings_save_target (GSettings *settings, PresyncDirectoryKind kind, const char *address,
                              const PresyncDirectoryTarget *target)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (target != NULL);

  g_settings_set_enum (settings, "directory", (int) kind);
  /* The sample's own sync server must not turn up in the next real assessment. */
  if (kind != PRESYNC_DIRECTORY_SAMPLE)
    g_settings_set_string (settings, "sync-server",
                           target->sync_server != NULL ? target->sync_server : "");
  if (kind == PRESYNC_DIRECTORY_SNAPSHOT)
    g_settings_set_string (settings, "snapshot", target->ldif);
  if (kind != PRESYNC_DIRECTORY_SERVER)
    return;

  g_settings_set_string (settings, "address", address != NULL ? address : "");
  g_settings_set_enum (settings, "encryption",
                       target->starttls ? ENCRYPTION_STARTTLS : ENCRYPTION_LDAPS);
  g_settings_set_string (settings, "ca-file", target->ca_file != NULL ? target->ca_file : "");
  g_settings_set_enum (settings, "sign-in", (int) target->sign_in);
  if (target->sign_in == PRESYNC_SIGN_IN_PASSWORD)
    g_settings_set_string (settings, "sign-in-name", target->name != NULL ? target->name : "");
}

typedef struct
{
  PresyncAssessment *assessment;
  PresyncDirectoryTarget *target;
} Restore;

static void
presync_settings_restore_free (Restore *restore)
{
  g_clear_object (&restore->assessment);
  g_clear_pointer (&restore->target, presync_directory_target_free);
  g_free (restore);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restore, presync_settings_restore_free)

static void
presync_settings_use (PresyncAssessment *assessment, const PresyncDirectoryTarget *target)
{
  g_autoptr (PresyncDirectorySource) source = presync_directory_source_new (target);

  presync_connection_use (assessment, source);
}

static void
presync_settings_lookup_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Restore) restore = user_data;
  g_autoptr (PresyncDirectorySource) used = NULL;
  g_autoptr (GError) error = NULL;

  restore->target->password = presync_keyring_lookup_finish (result, &error);
  if (error != NULL)
    g_debug ("%s", error->message);

  /* Meanwhile another directory may have been named by hand. Without a password, the source itself
   * says on the Sources page that one is missing. */
  used = presync_connection_get_directory (restore->assessment);
  if (used == NULL)
    presync_settings_use (restore->assessment, restore->target);
}

PresyncAccounts *
presync_settings_dup_accounts (GSettings *settings)
{
  g_autoptr (GVariant) names = g_settings_get_value (settings, "accounts");
  PresyncAccounts *accounts = presync_accounts_new ();
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);

  for (gsize i = 0; i < n; i++)
    {
      const char *name = NULL;

      if (g_variant_lookup (names, fields[i].id, "&s", &name))
        presync_accounts_set (accounts, fields[i].id, name);
    }
  return accounts;
}

void
presync_settings_save_accounts (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  const PresyncAccounts *accounts = NULL;
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);
  GVariantBuilder builder;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (!presync_connection_is_remembered (assessment))
    return;
  accounts = presync_assessment_get_accounts (assessment);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (gsize i = 0; i < n; i++)
    {
      const char *name = presync_accounts_get (accounts, fields[i].id);

      if (name != NULL)
        g_variant_builder_add (&builder, "{ss}", fields[i].id, name);
    }
  g_settings_set_value (settings, "accounts", g_variant_builder_end (&builder));
}

void
presync_settings_restore_features (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_auto (GStrv) features = g_settings_get_strv (settings, "features");
  g_autoptr (GError) error = NULL;

  /* A name that a newer version wrote is no reason to complain: nothing is planned then. */
  if (!presync_assessment_set_features (assessment, (const char *const *) features, &error))
    g_debug ("%s", error->message);
}

char *
presync_settings_dup_last_file (void)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  return presync_settings_dup_string (settings, LAST_FILE_KEY);
}

void
presync_settings_save_last_file (const char *path)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  /* A setting is UTF-8; a file whose name is not is found among the recent ones. */
  g_settings_set_string (settings, LAST_FILE_KEY,
                         path != NULL && g_utf8_validate (path, -1, NULL) ? path : "");
}

void
presync_settings_restore_edition (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *edition = g_settings_get_string (settings, "edition");
  GDate date;

  if (*edition != '\0' && presync_edition_parse (edition, &date, NULL))
    presync_assessment_set_edition (assessment, &date);
}

void
presync_settings_restore_plan (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncAccounts) accounts = presync_settings_dup_accounts (settings);
  g_autofree char *sync_server = presync_settings_dup_string (settings, "sync-server");

  presync_settings_restore_features (assessment);
  presync_assessment_set_accounts (assessment, accounts);
  presync_settings_restore_edition (assessment);
  presync_assessment_set_sync_server (assessment, sync_server);
}

gboolean
presync_settings_restore (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncDirectoryTarget) target = NULL;
  g_autofree char *address = NULL;
  g_autofree char *name = NULL;
  Restore *restore = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  target = presync_settings_dup_target (settings);
  if (target == NULL)
    return FALSE;
  if (presync_assessment_get_sync_server (assessment) != NULL)
    {
      g_free (target->sync_server);
      target->sync_server = g_strdup (presync_assessment_get_sync_server (assessment));
    }
  if (target->ldif != NULL || target->sign_in == PRESYNC_SIGN_IN_KERBEROS)
    {
      presync_settings_use (assessment, target);
      return TRUE;
    }
  if (target->name == NULL || !g_settings_get_boolean (settings, "remember-password"))
    return FALSE;

  address = g_settings_get_string (settings, "address");
  name = g_strdup (target->name);
  restore = g_new0 (Restore, 1);
  restore->assessment = g_object_ref (assessment);
  restore->target = g_steal_pointer (&target);
  presync_keyring_lookup_async (address, name, NULL, presync_settings_lookup_cb, restore);
  return TRUE;
}

void
presync_settings_save (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (GPtrArray) features = g_ptr_array_new ();
  const GDate *edition = NULL;
  const GDate *newest = NULL;
  const PresyncFactKey *keys = NULL;
  char text[16] = "";
  gsize n = 0;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (presync_connection_is_resting (assessment) || presync_connection_is_apart (assessment))
    return;
  keys = presync_fact_keys (&n);
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (keys[i].source, "plan") && g_str_has_prefix (keys[i].id, "plan.")
        && presync_assessment_get_feature (assessment, keys[i].id + strlen ("plan.")))
      g_ptr_array_add (features, (gpointer) (keys[i].id + strlen ("plan.")));
  g_ptr_array_add (features, NULL);
  /* The sample brings a plan of its own, which must not turn up in the next real assessment. */
  if (!presync_connection_is_sample (assessment))
    g_settings_set_strv (settings, "features", (const char *const *) features->pdata);

  /* Whoever reads the newest edition wants the next newest one too. */
  edition = presync_assessment_get_edition (assessment);
  newest = presync_catalogue_get_newest (presync_assessment_get_catalogue (assessment));
  if (g_date_compare (edition, newest) != 0)
    g_date_strftime (text, sizeof text, "%Y-%m-%d", edition);
  g_settings_set_string (settings, "edition", text);
}

char *
presync_settings_dup_answer_name (void)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *name = presync_settings_dup_string (settings, "answer-name");
  const char *real_name = g_get_real_name ();

  if (name != NULL)
    return g_steal_pointer (&name);
  return g_strdup (g_strcmp0 (real_name, "Unknown") == 0 ? g_get_user_name () : real_name);
}
