/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of a command line, and what naming them plans */
#include "assessment/target-options.h"

#include <string.h>

#include "sources/directory/directory-source.h"

typedef struct
{
  PresyncAssessment *assessment;
  PresyncDirectoryTarget *target; /* nullable */
} OptionsTest;

static void
options_test_clear (OptionsTest *self)
{
  g_object_unref (self->assessment);
  g_clear_pointer (&self->target, presync_directory_target_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptionsTest, options_test_clear)

/* @line: the arguments, with blanks in between */
static OptionsTest
options_test_apply (const char *line)
{
  g_autoptr (PresyncTargetOptions) options = presync_target_options_new ();
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  OptionsTest self = { presync_assessment_new (catalogue), NULL };
  g_autofree char *command = g_strconcat ("program ", line, NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  gboolean usage = FALSE;

  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  g_option_context_add_main_entries (context, presync_target_options_get_entries (options), NULL);
  g_option_context_parse_strv (context, &words, &error);
  g_assert_no_error (error);
  presync_target_options_apply (options, self.assessment, &usage, &error);
  g_assert_no_error (error);
  if (presync_target_options_has_directory (options))
    {
      self.target = presync_target_options_dup_directory (options, &usage, &error);
      g_assert_no_error (error);
      g_assert_true (presync_accounts_equal (self.target->accounts,
                                             presync_assessment_get_accounts (self.assessment)));
    }
  return self;
}

static void
options_test_fields (void)
{
  gsize n;
  const PresyncAccountField *fields = presync_account_fields (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("--%s ' X\\y '", fields[i].id);
      g_auto (OptionsTest) self = options_test_apply (line);
      const PresyncAccounts *accounts = presync_assessment_get_accounts (self.assessment);

      for (gsize j = 0; j < n; j++)
        g_assert_cmpstr (presync_accounts_get (accounts, fields[j].id), ==, i == j ? "X\\y" : NULL);
    }
}

static void
options_test_admin (void)
{
  g_auto (OptionsTest) both = options_test_apply ("--admin eadmin");
  g_auto (OptionsTest) one = options_test_apply ("--connect-admin other --admin eadmin");
  const PresyncAccounts *accounts = presync_assessment_get_accounts (both.assessment);

  g_assert_cmpstr (accounts->cloud_admin, ==, "eadmin");
  g_assert_cmpstr (accounts->connect_admin, ==, "eadmin");
  accounts = presync_assessment_get_accounts (one.assessment);
  g_assert_cmpstr (accounts->cloud_admin, ==, "eadmin");
  g_assert_cmpstr (accounts->connect_admin, ==, "other");
}

static void
options_test_plans (void)
{
  static const struct
  {
    const char *line;
    gboolean gmsa;
    gboolean settings;
  } cases[] = {
    { "", FALSE, FALSE },
    { "--admin x --hybrid-admin y --group-unit OU=z", FALSE, FALSE },
    { "--gmsa x", TRUE, FALSE },
    { "--connector x", FALSE, TRUE },
    { "--service x", FALSE, TRUE },
    { "--entra-connector x", FALSE, TRUE },
    { "--connector '' --gmsa ' '", FALSE, FALSE },
    { "--features federation --connector x", FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (OptionsTest) self = options_test_apply (cases[i].line);

      g_test_message ("%s", cases[i].line);
      g_assert_cmpint (presync_assessment_get_feature (self.assessment, "custom-gmsa"), ==,
                       cases[i].gmsa);
      g_assert_cmpint (presync_assessment_get_feature (self.assessment, "custom-settings"), ==,
                       cases[i].settings);
      g_assert_cmpint (presync_assessment_get_feature (self.assessment, "federation"), ==,
                       strstr (cases[i].line, "federation") != NULL);
    }
}

static void
options_test_sample (void)
{
  g_autoptr (PresyncDirectoryTarget) sample = presync_sample_dup_target (NULL);
  g_auto (OptionsTest) plain = options_test_apply ("--sample");
  g_auto (OptionsTest) named
      = options_test_apply ("--sample --features federation --cloud-admin x --sync-server S2");
  const char *const *features = presync_sample_get_features ();

  g_assert_true (presync_accounts_equal (sample->accounts,
                                         presync_assessment_get_accounts (plain.assessment)));
  g_assert_cmpstr (plain.target->accounts->connector, ==, PRESYNC_SAMPLE_CONNECTOR);
  g_assert_cmpstr (plain.target->ldif, ==, PRESYNC_SAMPLE_LDIF);
  g_assert_cmpstr (plain.target->sync_server, ==, PRESYNC_SAMPLE_SYNC_SERVER);
  for (guint i = 0; features[i] != NULL; i++)
    {
      g_assert_true (presync_assessment_get_feature (plain.assessment, features[i]));
      g_assert_false (presync_assessment_get_feature (named.assessment, features[i]));
    }
  g_assert_cmpstr (named.target->accounts->cloud_admin, ==, "x");
  g_assert_cmpstr (named.target->accounts->connect_admin, ==, PRESYNC_SAMPLE_ADMIN);
  g_assert_cmpstr (named.target->sync_server, ==, "S2");
}

/* A name that is given and empty is none, of the sample too. */
static void
options_test_sample_empty (void)
{
  g_auto (OptionsTest) self = options_test_apply ("--sample --connector= --admin=");
  const PresyncAccounts *accounts = self.target->accounts;

  g_assert_null (accounts->connector);
  g_assert_null (accounts->cloud_admin);
  g_assert_null (accounts->connect_admin);
  g_assert_cmpstr (accounts->hybrid_admin, ==, PRESYNC_SAMPLE_HYBRID_ADMIN);
}

/* What is named wins over what the assessment has; the rest stays. */
static void
options_test_wins (void)
{
  g_autoptr (PresyncTargetOptions) options = presync_target_options_new ();
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autoptr (PresyncAccounts) kept = presync_accounts_new ();
  const PresyncAccounts *accounts;
  static const char *const features[] = { "federation", NULL };
  g_auto (GStrv) words
      = g_strsplit ("program --connector X --gmsa= --features pass-through", " ", 0);
  g_autoptr (GError) error = NULL;

  presync_accounts_set (kept, "connector", "old");
  presync_accounts_set (kept, "gmsa", "old");
  presync_accounts_set (kept, "service", "kept");
  presync_assessment_set_accounts (assessment, kept);
  presync_assessment_set_features (assessment, features, &error);
  g_assert_no_error (error);
  presync_assessment_set_sync_server (assessment, "S1");
  g_option_context_add_main_entries (context, presync_target_options_get_entries (options), NULL);
  g_option_context_parse_strv (context, &words, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (presync_target_options_apply_plan (options, assessment, &error));
      g_assert_no_error (error);
      accounts = presync_assessment_get_accounts (assessment);
      g_assert_cmpstr (accounts->connector, ==, "X");
      g_assert_null (accounts->gmsa);
      g_assert_cmpstr (accounts->service, ==, "kept");
      g_assert_cmpstr (presync_assessment_get_sync_server (assessment), ==, "S1");
      g_assert_true (presync_assessment_get_feature (assessment, "custom-settings"));
      g_assert_true (presync_assessment_get_feature (assessment, "pass-through"));
      g_assert_false (presync_assessment_get_feature (assessment, "federation"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target-options/fields", options_test_fields);
  g_test_add_func ("/target-options/admin", options_test_admin);
  g_test_add_func ("/target-options/plans", options_test_plans);
  g_test_add_func ("/target-options/sample", options_test_sample);
  g_test_add_func ("/target-options/sample-empty", options_test_sample_empty);
  g_test_add_func ("/target-options/wins", options_test_wins);
  return g_test_run ();
}
