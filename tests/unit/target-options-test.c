/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command line names, and what naming it plans */
#include "options-kit.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "sources/directory/directory-source.h"
#include "sources/network/network-source.h"
#include "sources/server/server-source.h"
#include "sources/sql/sql-source.h"
#include "sources/tenant/tenant-source.h"

#define FILES "/server/files/"

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

/* (transfer full): a facts file of tests/server */
static char *
options_test_file (const char *name)
{
  return g_strconcat (g_getenv ("G_TEST_SRCDIR"), FILES, name, ".json", NULL);
}

static void
options_test_sql (void)
{
  static const struct
  {
    const char *line;
    gboolean own;
    gboolean remote;
    const char *target;
  } cases[] = {
    { "--sql 'sql01.contoso.com\\SYNC'", TRUE, TRUE, "sql01.contoso.com\\SYNC" },
    { "--sql sql01,50123 --sync-server SYNC01", TRUE, TRUE, "sql01,50123" },
    { "--sql sync01 --sync-server SYNC01.contoso.com", TRUE, FALSE, "sync01" },
    { "--sql SYNC01.contoso.com --sync-server sync01", TRUE, FALSE, "sync01.contoso.com" },
    { "--sql sync01.fabrikam.com --sync-server sync01.contoso.com", TRUE, TRUE,
      "sync01.fabrikam.com" },
    { "--sql sync011 --sync-server sync01", TRUE, TRUE, "sync011" },
    { "--sql localhost --sync-server sync01", TRUE, TRUE, "localhost" },
    { "--sql 10.0.0.7", TRUE, TRUE, "10.0.0.7" },
    { "--features own-sql --sql 10.0.0.7 --sync-server sync01", TRUE, FALSE, "10.0.0.7" },
    { "--features own-sql --sql a --sync-server sync01", TRUE, TRUE, "a" },
    { "--features own-sql,remote-sql --localdb", FALSE, FALSE, NULL },
    { "--features own-sql", TRUE, FALSE, NULL },
    { "--features federation --sql a", TRUE, TRUE, "a" },
    { "--sample --localdb", FALSE, FALSE, NULL },
    { "--sample --sql a", TRUE, TRUE, "a" },
    { "--sample", TRUE, TRUE, PRESYNC_SAMPLE_SQL_NAME },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (OptionsTest) self = options_test_apply (cases[i].line);
      g_autoptr (PresyncSource) source = presync_assessment_dup_source (self.assessment, "sql");
      g_autofree char *target = source != NULL ? presync_source_dup_target (source) : NULL;

      g_test_message ("%s", cases[i].line);
      g_assert_cmpint (presync_assessment_get_feature (self.assessment, "own-sql"), ==,
                       cases[i].own);
      g_assert_cmpint (presync_assessment_get_feature (self.assessment, "remote-sql"), ==,
                       cases[i].remote);
      g_assert_cmpstr (target, ==, cases[i].target);
    }
}

static void
options_test_sql_sign_in (void)
{
  g_autofree char *pin = g_strnfill (64, 'a');
  g_autoptr (GString) colons = g_string_new (NULL);
  g_autofree char *line = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("presync-password-XXXXXX", &path, &error);
  const PresyncSqlTarget *target;

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, "s3cret\n", -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 32; i++)
    g_string_append (colons, i > 0 ? ":AA" : "AA");
  line = g_strdup_printf ("--sql a --sql-login presync --sql-password-file '%s' "
                          "--sql-ca-file /ca.pem --sql-certificate %s",
                          path, colons->str);
  {
    g_auto (OptionsTest) self = options_test_apply (line);
    g_auto (OptionsTest) ticket = options_test_apply ("--sql a");
    g_autoptr (PresyncSource) source = presync_assessment_dup_source (self.assessment, "sql");
    g_autoptr (PresyncSource) other = presync_assessment_dup_source (ticket.assessment, "sql");

    target = presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source));
    g_assert_false (target->kerberos);
    g_assert_cmpstr (target->login, ==, "presync");
    g_assert_cmpstr (presync_secret_peek (target->password), ==, "s3cret");
    g_assert_cmpstr (target->ca_file, ==, "/ca.pem");
    g_assert_cmpstr (target->pin, ==, pin);
    target = presync_sql_source_get_target (PRESYNC_SQL_SOURCE (other));
    g_assert_true (target->kerberos);
    g_assert_null (target->login);
    g_assert_null (target->pin);
  }
  g_remove (path);
}

static void
options_test_faults (void)
{
  static const struct
  {
    const char *line;
    gboolean usage;
    int code;
  } cases[] = {
    { "--sql a --localdb", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--sample --sql a --localdb", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--sql-login x", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--sql a --sql-login x", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--sql a --sql-password-file x", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--sql a --sql-login x --sql-password-file /nonexistent", FALSE, -1 },
    { "--sql 'a;UID=sa'", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--sql a --sql-certificate aa:bb", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--sql a --sql-certificate xy", TRUE, PRESYNC_ERROR_BAD_INPUT },
    { "--server-facts /nonexistent.json", FALSE, PRESYNC_ERROR_BAD_INPUT },
    { "--server-facts /dev/null", FALSE, PRESYNC_ERROR_BAD_INPUT },
    { "--server-facts /tmp --server-facts /", TRUE, PRESYNC_ERROR_BAD_INPUT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean usage = !cases[i].usage;
      g_autoptr (GError) error = options_test_fail (cases[i].line, &usage);

      g_assert_cmpint (usage, ==, cases[i].usage);
      if (cases[i].code >= 0)
        g_assert_error (error, PRESYNC_ERROR, cases[i].code);
    }
}

/* A file alone names the sync server; then it may tell that SQL Server runs on it. */
static void
options_test_server_facts (void)
{
  g_autofree char *file = options_test_file ("2022");
  g_autofree char *line = g_strdup_printf ("--server-facts '%s' --sql sync01", file);
  g_auto (OptionsTest) self = options_test_apply (line);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self.assessment, "server");
  PresyncFactsReport *report = presync_server_source_get_report (PRESYNC_SERVER_SOURCE (source));

  g_assert_nonnull (report);
  g_assert_cmpstr (presync_facts_report_get_path (report), ==, file);
  g_assert_true (
      presync_facts_report_is_of (report, presync_assessment_get_sync_server (self.assessment)));
  g_assert_true (presync_assessment_get_feature (self.assessment, "own-sql"));
  g_assert_false (presync_assessment_get_feature (self.assessment, "remote-sql"));
}

/* Whoever named no sync server is told why one of two files is refused. */
static void
options_test_server_facts_two (void)
{
  g_autofree char *file = options_test_file ("2022");
  g_autofree char *other = options_test_file ("other-server");
  g_autofree char *line = g_strdup_printf ("--server-facts '%s' --server-facts '%s'", file, other);
  gboolean usage = TRUE;
  g_autoptr (GError) error = options_test_fail (line, &usage);

  g_assert_false (usage);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==,
                   "other-server.json is of SYNC02.contoso.com, but 2022.json, named first, is of "
                   "SYNC01.contoso.com.");
}

/* The directory is asked for the computer object of the server that the file names. */
static void
options_test_server_facts_directory (void)
{
  g_autofree char *file = options_test_file ("2022");
  g_autofree char *line = g_strdup_printf (
      "--directory ldaps://dc1.contoso.com --kerberos --server-facts '%s'", file);
  g_auto (OptionsTest) self = options_test_apply (line);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self.assessment, "directory");
  const char *server
      = presync_directory_source_get_target (PRESYNC_DIRECTORY_SOURCE (source))->sync_server;

  g_assert_nonnull (server);
  g_assert_cmpstr (server, ==, presync_assessment_get_sync_server (self.assessment));
}

/* What was named takes the place of the sample's. */
static void
options_test_sample_server_facts (void)
{
  g_autofree char *file = options_test_file ("2022");
  g_autofree char *line = g_strdup_printf ("--sample --server-facts '%s'", file);
  g_auto (OptionsTest) plain = options_test_apply ("--sample");
  g_auto (OptionsTest) named = options_test_apply (line);
  g_autoptr (PresyncSource) own = presync_assessment_dup_source (plain.assessment, "server");
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (named.assessment, "server");
  GListModel *reports = presync_server_source_get_reports (PRESYNC_SERVER_SOURCE (source));

  g_assert_cmpstr (presync_facts_report_get_path (
                       presync_server_source_get_report (PRESYNC_SERVER_SOURCE (own))),
                   ==, PRESYNC_SAMPLE_FACTS);
  g_assert_cmpuint (g_list_model_get_n_items (reports), ==, 1);
  g_assert_cmpstr (presync_facts_report_get_path (
                       presync_server_source_get_report (PRESYNC_SERVER_SOURCE (source))),
                   ==, file);
  presync_sample_remove_sources (named.assessment);
  presync_sample_remove_sources (plain.assessment);
  g_clear_object (&own);
  g_clear_object (&source);
  own = presync_assessment_dup_source (plain.assessment, "server");
  source = presync_assessment_dup_source (named.assessment, "server");
  g_assert_null (own);
  g_assert_nonnull (source);
  g_clear_object (&source);
  source = presync_assessment_dup_source (named.assessment, "sql");
  g_assert_null (source);
}

/* A file of another host is refused with both names. */
static void
options_test_other_host (void)
{
  g_autofree char *file = options_test_file ("2022");
  g_autofree char *line
      = g_strdup_printf ("--sync-server other.contoso.com --server-facts '%s'", file);
  gboolean usage = TRUE;
  g_autoptr (GError) error = options_test_fail (line, &usage);

  g_assert_false (usage);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "other.contoso.com"));
  g_assert_nonnull (strstr (error->message, "SYNC01"));
}

/* (transfer full): a copy of a facts file in @folder, written at @collected */
static char *
options_test_copy (const char *folder, const char *name, const char *collected)
{
  g_autofree char *file = options_test_file ("2022");
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *member = g_strdup_printf ("\"collected\": \"%s\"", collected);
  g_autoptr (GRegex) regex = g_regex_new ("\"collected\": *\"[^\"]*\"", 0, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &text, NULL, &error);
  g_assert_no_error (error);
  changed = g_regex_replace_literal (regex, text, -1, 0, member, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed, !=, text);
  g_file_set_contents (path, changed, -1, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/* Of several files of one server the newest counts, whatever their order. */
static void
options_test_newest (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("presync-options-XXXXXX", &error);
  g_autofree char *old = options_test_copy (folder, "b.json", "2026-10-01T00:00:00Z");
  g_autofree char *new = options_test_copy (folder, "a.json", "2026-10-02T00:00:00Z");

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *line = g_strdup_printf ("--server-facts '%s' --server-facts '%s'",
                                               i == 0 ? old : new, i == 0 ? new : old);
      g_auto (OptionsTest) self = options_test_apply (line);
      g_autoptr (PresyncSource) source = presync_assessment_dup_source (self.assessment, "server");

      g_assert_cmpstr (presync_facts_report_get_path (
                           presync_server_source_get_report (PRESYNC_SERVER_SOURCE (source))),
                       ==, new);
    }
  g_remove (old);
  g_remove (new);
  g_rmdir (folder);
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
  g_test_add_func ("/target-options/sql", options_test_sql);
  g_test_add_func ("/target-options/sql-sign-in", options_test_sql_sign_in);
  g_test_add_func ("/target-options/faults", options_test_faults);
  g_test_add_func ("/target-options/server-facts", options_test_server_facts);
  g_test_add_func ("/target-options/server-facts-two", options_test_server_facts_two);
  g_test_add_func ("/target-options/server-facts-directory", options_test_server_facts_directory);
  g_test_add_func ("/target-options/sample-server-facts", options_test_sample_server_facts);
  g_test_add_func ("/target-options/other-host", options_test_other_host);
  g_test_add_func ("/target-options/newest", options_test_newest);
  return g_test_run ();
}
