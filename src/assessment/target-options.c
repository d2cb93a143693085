/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/target-options.h"

#include <string.h>
#include <glib/gi18n.h>

#include "assessment/cloud-options.h"
#include "assessment/source-options.h"
#include "base/error.h"
#include "sources/directory/directory-source.h"

struct _PresyncTargetOptions
{
  gboolean sample;
  char *ldif;
  char *directory;
  gboolean starttls;
  char *ca_file;
  char *sign_in_as;
  char *password_file;
  gboolean kerberos;
  char *sync_server;
  char *admin;
  PresyncAccounts *accounts; /* as they were typed */
  PresyncSourceOptions sources;
  PresyncCloudOptions clouds;
  char *features;
  char *answers;
  char *edition;
  GOptionEntry *entries;
};

/* The option of each name in PresyncAccounts, and what naming it plans */
/* clang-format off */
static const struct
{
  const char *id;
  const char *feature;
  const char *meaning;
  const char *value;
} account_options[] = {
  { "cloud-admin", NULL, N_ ("Who will install the provisioning agent of Cloud sync"), N_ ("NAME") },
  { "connect-admin", NULL, N_ ("Who will run the wizard of Connect Sync"), N_ ("NAME") },
  { "hybrid-admin", NULL, N_ ("The Hybrid Identity Administrator of the tenant"), N_ ("UPN") },
  { "gmsa", "custom-gmsa", N_ ("A gMSA of your own for the agent; plans custom-gmsa"), N_ ("NAME") },
  { "connector", "custom-settings", N_ ("The AD DS Connector account; plans custom-settings"), N_ ("NAME") },
  { "service", "custom-settings", N_ ("The ADSync service account; plans custom-settings"), N_ ("NAME") },
  { "entra-connector", "custom-settings", N_ ("The Microsoft Entra Connector identity; plans custom-settings"), N_ ("UPN") },
  { "group-unit", NULL, N_ ("The organizational unit that group writeback writes to; matters with the feature group-writeback"), N_ ("DN") },
};
/* clang-format on */

PresyncTargetOptions *
presync_target_options_new (void)
{
  PresyncTargetOptions *self = g_new0 (PresyncTargetOptions, 1);

  self->accounts = presync_accounts_new ();
  return self;
}

void
presync_target_options_free (PresyncTargetOptions *self)
{
  if (self == NULL)
    return;
  g_free (self->ldif);
  g_free (self->directory);
  g_free (self->ca_file);
  g_free (self->sign_in_as);
  g_free (self->password_file);
  g_free (self->sync_server);
  g_free (self->admin);
  presync_accounts_free (self->accounts);
  presync_source_options_clear (&self->sources);
  presync_cloud_options_clear (&self->clouds);
  g_free (self->features);
  g_free (self->answers);
  g_free (self->edition);
  g_free (self->entries);
  g_free (self);
}

/* --cloud-admin … --group-unit */
static void
presync_target_options_add_accounts (PresyncTargetOptions *self, GArray *entries)
{
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);

  for (gsize i = 0; i < G_N_ELEMENTS (account_options); i++)
    for (gsize j = 0; j < n; j++)
      if (g_str_equal (fields[j].id, account_options[i].id))
        {
          GOptionEntry entry = { account_options[i].id,
                                 0,
                                 0,
                                 G_OPTION_ARG_STRING,
                                 G_STRUCT_MEMBER_P (self->accounts, fields[j].offset),
                                 account_options[i].meaning,
                                 account_options[i].value };
          g_array_append_val (entries, entry);
        }
}

const GOptionEntry *
presync_target_options_get_entries (PresyncTargetOptions *self)
{
  GArray *all;
  const GOptionEntry entries[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->sample,
      N_ ("Use the bundled sample forest; its tenant and network are recorded, but what --tenant "
          "or --network names is really asked"),
      NULL },
    { "ldif", 0, 0, G_OPTION_ARG_FILENAME, &self->ldif, N_ ("Use an LDIF snapshot of a directory"),
      N_ ("FILE") },
    { "directory", 0, 0, G_OPTION_ARG_STRING, &self->directory,
      N_ ("Use this domain controller or domain: ldap[s]://HOST[:PORT] or a name"), N_ ("URI") },
    { "starttls", 0, 0, G_OPTION_ARG_NONE, &self->starttls,
      N_ ("Encrypt an ldap:// connection with StartTLS"), NULL },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_ ("Accept certificates of these authorities instead of the system’s"), N_ ("PEM") },
    { "sign-in-as", 0, 0, G_OPTION_ARG_STRING, &self->sign_in_as,
      N_ ("Sign in with this DN, UPN or DOMAIN\\user"), N_ ("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file,
      N_ ("Read the password from the first line of a file"), N_ ("FILE") },
    { "kerberos", 0, 0, G_OPTION_ARG_NONE, &self->kerberos,
      N_ ("Sign in with the Kerberos ticket at hand"), NULL },
    { "sync-server", 0, 0, G_OPTION_ARG_STRING, &self->sync_server,
      N_ ("The server that is to run the sync agent or Connect Sync"), N_ ("NAME") },
    { "admin", 0, 0, G_OPTION_ARG_STRING, &self->admin,
      N_ ("Who will install: --cloud-admin and --connect-admin in one"), N_ ("NAME") },
    { "features", 0, 0, G_OPTION_ARG_STRING, &self->features,
      N_ ("Features you plan, separated by commas"), N_ ("LIST") },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &self->answers,
      N_ ("Take answers given by hand from a JSON file"), N_ ("FILE") },
    { "edition", 0, 0, G_OPTION_ARG_STRING, &self->edition,
      N_ ("Read the catalogue as of this date"), N_ ("DATE") },
  };

  g_return_val_if_fail (self != NULL, NULL);
  if (self->entries != NULL)
    return self->entries;
  all = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));
  g_array_append_vals (all, entries, G_N_ELEMENTS (entries));
  presync_target_options_add_accounts (self, all);
  presync_source_options_add_entries (&self->sources, all);
  presync_cloud_options_add_entries (&self->clouds, all);
  self->entries = (GOptionEntry *) g_array_free (all, FALSE);
  return self->entries;
}

gboolean
presync_target_options_has_directory (PresyncTargetOptions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->sample || self->ldif != NULL || self->directory != NULL;
}

gboolean
presync_target_options_has_other_sources (PresyncTargetOptions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->sources.server_facts != NULL || self->sources.sql != NULL || self->sources.local_db
         || self->clouds.tenant != NULL || self->clouds.network;
}

gboolean
presync_target_options_may_sign_in (PresyncTargetOptions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->clouds.tenant != NULL && self->clouds.client_id != NULL;
}

gboolean
presync_target_options_is_file (PresyncTargetOptions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->sample || self->ldif != NULL;
}

static gboolean
presync_target_options_refuse (gboolean *usage, GError **error, const char *sentence)
{
  *usage = TRUE;
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, sentence);
  return FALSE;
}

static gboolean
presync_target_options_check (PresyncTargetOptions *self, gboolean *usage, GError **error)
{
  gboolean server = self->directory != NULL;
  int named = (self->sample ? 1 : 0) + (self->ldif != NULL ? 1 : 0) + (server ? 1 : 0);

  if (named > 1)
    return presync_target_options_refuse (
        usage, error, _ ("Name one of --sample, --ldif and --directory, not several."));
  if (!server
      && (self->starttls || self->kerberos || self->ca_file != NULL || self->sign_in_as != NULL
          || self->password_file != NULL))
    return presync_target_options_refuse (
        usage, error,
        _ ("--starttls, --ca-file, --sign-in-as, --password-file and --kerberos go with "
           "--directory."));
  if (self->kerberos && (self->sign_in_as != NULL || self->password_file != NULL))
    return presync_target_options_refuse (
        usage, error, _ ("Sign in either with --kerberos or with --sign-in-as and a password."));
  *usage = TRUE;
  return presync_source_options_check (&self->sources, error)
         && presync_cloud_options_check (&self->clouds, error);
}

/* (transfer none) (nullable): what the command line says of the account, "" for none */
static const char *
presync_target_options_get_account (PresyncTargetOptions *self, const char *id)
{
  const char *name = presync_accounts_get (self->accounts, id);

  if (name == NULL && (g_str_equal (id, "cloud-admin") || g_str_equal (id, "connect-admin")))
    return self->admin;
  return name;
}

/* (transfer full): the accounts that were named; else those of the sample if that is checked, and
 * else those of @base (nullable) */
static PresyncAccounts *
presync_target_options_dup_accounts (PresyncTargetOptions *self, const PresyncAccounts *base)
{
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);
  g_autoptr (PresyncDirectoryTarget) sample = presync_sample_dup_target (NULL);
  PresyncAccounts *accounts = presync_accounts_new ();

  for (gsize i = 0; i < n; i++)
    {
      const char *id = fields[i].id;
      const char *name = presync_target_options_get_account (self, id);

      if (name == NULL && (self->sample || base != NULL))
        name = presync_accounts_get (self->sample ? sample->accounts : base, id);
      presync_accounts_set (accounts, id, name);
    }
  return accounts;
}

PresyncDirectoryTarget *
presync_target_options_dup_directory (PresyncTargetOptions *self, gboolean *usage, GError **error)
{
  g_autoptr (PresyncDirectoryTarget) target = NULL;

  g_return_val_if_fail (self != NULL && usage != NULL, NULL);
  *usage = FALSE;
  if (!presync_target_options_check (self, usage, error))
    return NULL;
  target = self->sample ? presync_sample_dup_target (self->sync_server)
                        : presync_directory_target_new ();
  presync_accounts_free (target->accounts);
  target->accounts = presync_target_options_dup_accounts (self, NULL);
  target->federation = presync_cloud_options_dup_federation (&self->clouds);
  if (self->sample)
    return g_steal_pointer (&target);
  target->sync_server = g_strdup (self->sync_server);
  if (self->ldif != NULL)
    {
      target->ldif = g_strdup (self->ldif);
      return g_steal_pointer (&target);
    }
  *usage = TRUE;
  if (self->directory == NULL)
    {
      presync_target_options_refuse (usage, error,
                                     _ ("Name a directory with --directory, --ldif or --sample."));
      return NULL;
    }
  if (!presync_directory_target_parse_uri (target, self->directory, error))
    return NULL;
  target->starttls = self->starttls;
  target->ca_file = g_strdup (self->ca_file);
  target->sign_in = self->kerberos ? PRESYNC_SIGN_IN_KERBEROS : PRESYNC_SIGN_IN_PASSWORD;
  target->name = g_strdup (self->sign_in_as);
  if (self->password_file != NULL)
    {
      *usage = FALSE;
      target->password = presync_secret_read_file (self->password_file, error);
      if (target->password == NULL)
        return NULL;
      *usage = TRUE;
    }
  if (!presync_directory_target_validate (target, error))
    return NULL;
  *usage = FALSE;
  return g_steal_pointer (&target);
}

/* A feature must be planned for its account to matter. */
static void
presync_target_options_plan_accounts (PresyncTargetOptions *self, PresyncAssessment *assessment)
{
  for (gsize i = 0; i < G_N_ELEMENTS (account_options); i++)
    {
      const char *name = presync_accounts_get (self->accounts, account_options[i].id);

      /* An empty name is none. */
      if (account_options[i].feature != NULL && name != NULL && name[strspn (name, " \t")] != '\0')
        presync_assessment_set_feature (assessment, account_options[i].feature, TRUE);
    }
}

static gboolean
presync_target_options_apply_features (PresyncTargetOptions *self, PresyncAssessment *assessment,
                                       GError **error)
{
  g_auto (GStrv) features = NULL;

  if (self->features != NULL)
    {
      features = g_strsplit (self->features, ",", -1);
      for (guint i = 0; features[i] != NULL; i++)
        g_strstrip (features[i]);
      if (!presync_assessment_set_features (assessment, (const char *const *) features, error))
        return FALSE;
    }
  else if (self->sample)
    presync_assessment_set_features (assessment, presync_sample_get_features (), NULL);
  presync_target_options_plan_accounts (self, assessment);
  return TRUE;
}

gboolean
presync_target_options_apply_plan (PresyncTargetOptions *self, PresyncAssessment *assessment,
                                   GError **error)
{
  GDate edition;
  g_autoptr (PresyncAccounts) accounts = NULL;

  g_return_val_if_fail (self != NULL && PRESYNC_IS_ASSESSMENT (assessment), FALSE);
  if (self->edition != NULL)
    {
      if (!presync_edition_parse (self->edition, &edition, error))
        return FALSE;
      presync_assessment_set_edition (assessment, &edition);
    }
  if (!presync_target_options_apply_features (self, assessment, error))
    return FALSE;
  if (self->sync_server != NULL)
    presync_assessment_set_sync_server (assessment, self->sync_server);
  accounts
      = presync_target_options_dup_accounts (self, presync_assessment_get_accounts (assessment));
  presync_assessment_set_accounts (assessment, accounts);
  presync_source_options_plan (&self->sources, assessment);
  presync_cloud_options_plan (&self->clouds, assessment);
  return TRUE;
}

/* @server: (nullable): its files name the sync server, if nobody else did: the directory is asked
 * for its computer object */
static void
presync_target_options_set_directory (PresyncTargetOptions *self, PresyncAssessment *assessment,
                                      PresyncDirectoryTarget *target, PresyncServerSource *server)
{
  g_autoptr (PresyncDirectorySource) source = NULL;

  if (target->sync_server == NULL && server != NULL)
    target->sync_server = g_strdup (presync_server_source_get_server (server));
  presync_assessment_set_sync_server (assessment, target->sync_server);
  source = presync_directory_source_new (target);
  presync_runner_set_source (presync_assessment_get_runner (assessment), PRESYNC_SOURCE (source));
  if (self->sample)
    presync_sample_add_sources (assessment);
}

gboolean
presync_target_options_apply (PresyncTargetOptions *self, PresyncAssessment *assessment,
                              gboolean *usage, GError **error)
{
  g_autoptr (PresyncDirectoryTarget) target = NULL;
  g_autoptr (PresyncServerSource) server = NULL;
  g_autoptr (PresyncSqlSource) sql = NULL;

  g_return_val_if_fail (self != NULL && usage != NULL, FALSE);
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);
  if (!presync_target_options_check (self, usage, error))
    return FALSE;
  *usage = TRUE;
  if (!presync_target_options_apply_plan (self, assessment, error))
    return FALSE;
  *usage = FALSE;
  if (self->answers != NULL && !presync_assessment_read_answers (assessment, self->answers, error))
    return FALSE;
  if (presync_target_options_has_directory (self))
    {
      target = presync_target_options_dup_directory (self, usage, error);
      if (target == NULL)
        return FALSE;
      /* One that a saved assessment brought stays, unless another is named. */
      if (target->sync_server == NULL)
        target->sync_server = g_strdup (presync_assessment_get_sync_server (assessment));
      presync_assessment_set_sync_server (assessment, target->sync_server);
    }
  if (!presync_source_options_read (&self->sources, presync_assessment_get_sync_server (assessment),
                                    &server, &sql, usage, error))
    return FALSE;
  if (target != NULL)
    presync_target_options_set_directory (self, assessment, target, server);
  presync_source_options_set (&self->sources, assessment, server, sql);
  presync_cloud_options_set (&self->clouds, assessment);
  return TRUE;
}
