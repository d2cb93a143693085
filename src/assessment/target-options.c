/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/target-options.h"

#include <glib/gi18n.h>

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
  char *features;
  char *answers;
  char *edition;
  GOptionEntry *entries;
};

PresyncTargetOptions *
presync_target_options_new (void)
{
  return g_new0 (PresyncTargetOptions, 1);
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
  g_free (self->features);
  g_free (self->answers);
  g_free (self->edition);
  g_free (self->entries);
  g_free (self);
}

const GOptionEntry *
presync_target_options_get_entries (PresyncTargetOptions *self)
{
  const GOptionEntry entries[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->sample, N_ ("Check the bundled sample forest"),
      NULL },
    { "ldif", 0, 0, G_OPTION_ARG_FILENAME, &self->ldif,
      N_ ("Check an LDIF snapshot of a directory"), N_ ("FILE") },
    { "directory", 0, 0, G_OPTION_ARG_STRING, &self->directory,
      N_ ("Check this domain controller or domain: ldap[s]://HOST[:PORT] or a name"), N_ ("URI") },
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
    { "features", 0, 0, G_OPTION_ARG_STRING, &self->features,
      N_ ("Features you plan, separated by commas"), N_ ("LIST") },
    { "answers", 0, 0, G_OPTION_ARG_FILENAME, &self->answers,
      N_ ("Take answers given by hand from a JSON file"), N_ ("FILE") },
    { "edition", 0, 0, G_OPTION_ARG_STRING, &self->edition,
      N_ ("Read the catalogue as of this date"), N_ ("DATE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  g_return_val_if_fail (self != NULL, NULL);
  if (self->entries == NULL)
    self->entries = g_memdup2 (entries, sizeof entries);
  return self->entries;
}

gboolean
presync_target_options_has_directory (PresyncTargetOptions *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->sample || self->ldif != NULL || self->directory != NULL;
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
  return TRUE;
}

PresyncDirectoryTarget *
presync_target_options_dup_directory (PresyncTargetOptions *self, gboolean *usage, GError **error)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();

  g_return_val_if_fail (self != NULL && usage != NULL, NULL);
  *usage = FALSE;
  if (!presync_target_options_check (self, usage, error))
    return NULL;
  target->sync_server = g_strdup (self->sync_server);
  if (self->sample)
    {
      target->ldif = g_strdup (PRESYNC_SAMPLE_LDIF);
      if (target->sync_server == NULL)
        target->sync_server = g_strdup (PRESYNC_SAMPLE_SYNC_SERVER);
      return g_steal_pointer (&target);
    }
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

static gboolean
presync_target_options_apply_features (PresyncTargetOptions *self, PresyncAssessment *assessment,
                                       GError **error)
{
  g_auto (GStrv) features = NULL;

  if (self->features == NULL)
    return TRUE;
  features = g_strsplit (self->features, ",", -1);
  for (guint i = 0; features[i] != NULL; i++)
    g_strstrip (features[i]);
  return presync_assessment_set_features (assessment, (const char *const *) features, error);
}

gboolean
presync_target_options_apply (PresyncTargetOptions *self, PresyncAssessment *assessment,
                              gboolean *usage, GError **error)
{
  GDate edition;
  g_autoptr (PresyncDirectoryTarget) target = NULL;
  g_autoptr (PresyncDirectorySource) source = NULL;

  g_return_val_if_fail (self != NULL && usage != NULL, FALSE);
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);
  *usage = TRUE;
  if (self->edition != NULL)
    {
      if (!presync_edition_parse (self->edition, &edition, error))
        return FALSE;
      presync_assessment_set_edition (assessment, &edition);
    }
  if (!presync_target_options_apply_features (self, assessment, error))
    return FALSE;
  *usage = FALSE;
  if (self->answers != NULL && !presync_assessment_read_answers (assessment, self->answers, error))
    return FALSE;
  if (self->sync_server != NULL)
    presync_assessment_set_sync_server (assessment, self->sync_server);
  if (!presync_target_options_has_directory (self))
    return presync_target_options_check (self, usage, error);
  target = presync_target_options_dup_directory (self, usage, error);
  if (target == NULL)
    return FALSE;
  presync_assessment_set_sync_server (assessment, target->sync_server);
  source = presync_directory_source_new (target);
  presync_runner_set_source (presync_assessment_get_runner (assessment), PRESYNC_SOURCE (source));
  return TRUE;
}
