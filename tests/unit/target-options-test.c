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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/target-options/fields", options_test_fields);
  g_test_add_func ("/target-options/admin", options_test_admin);
  g_test_add_func ("/target-options/plans", options_test_plans);
  g_test_add_func ("/target-options/sample", options_test_sample);
  return g_test_run ();
}
