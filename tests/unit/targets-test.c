/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "targets-kit.h"

#include "assessment/sample.h"
#include "assessment/targets.h"
#include "sources/directory/directory-source.h"
#include "sources/network/network-source.h"
#include "sources/server/server-source.h"
#include "sources/sql/sql-source.h"
#include "sources/tenant/tenant-source.h"

/* What the sources of an assessment ask, taken from one and put into another that asks nobody
 * before it is told to */

/* Every target there is, all of this computer */
static PresyncTargets *
targets_test_new_targets (TargetsTest *self)
{
  PresyncTargets *targets = presync_targets_new ();
  g_autofree char *fifo = g_build_filename (self->folder, "waits.json", NULL);
  g_autofree char *fifo_uri = g_filename_to_uri (fifo, NULL, NULL);
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, NULL);
  const char *files[] = { uri, fifo_uri, "file:///nowhere/at-all.json", NULL };

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  targets->directory = presync_directory_target_new ();
  targets->directory->server = g_strdup ("127.0.0.1");
  targets->directory->port = self->port;
  targets->directory->ldaps = TRUE;
  targets->directory->ca_file = g_strdup ("/nowhere/ca.pem");
  targets->directory->name = g_strdup ("ada@contoso.com");
  targets->directory->sync_server = g_strdup ("SYNC01");
  targets->sql = presync_sql_target_new ();
  targets->sql->server = g_strdup ("127.0.0.1");
  targets->sql->port = self->port;
  targets->sql->login = g_strdup ("reader");
  targets->sql->pin = g_strnfill (64, 'a');
  targets->tenant = presync_tenant_target_new ();
  targets->tenant->domain = g_strdup ("contoso.com");
  targets->tenant->proxy = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  targets->tenant->client_id = g_strdup ("11111111-2222-3333-4444-555555555555");
  g_strfreev (targets->facts_files);
  targets->facts_files = g_strdupv ((char **) files);
  targets->facts_folder = g_filename_to_uri (self->folder, NULL, NULL);
  targets->server = TRUE;
  targets->network = TRUE;
  targets->network_proxy = g_strdup (targets->tenant->proxy);
  return targets;
}

static void
targets_test_equal (const PresyncTargets *a, const PresyncTargets *b)
{
  g_assert_cmpstr (a->directory->server, ==, b->directory->server);
  g_assert_cmpstr (a->directory->ldif, ==, b->directory->ldif);
  g_assert_cmpuint (a->directory->port, ==, b->directory->port);
  g_assert_cmpint (a->directory->ldaps, ==, b->directory->ldaps);
  g_assert_cmpint (a->directory->sign_in, ==, b->directory->sign_in);
  g_assert_cmpstr (a->directory->ca_file, ==, b->directory->ca_file);
  g_assert_cmpstr (a->directory->name, ==, b->directory->name);
  g_assert_cmpstr (a->directory->sync_server, ==, b->directory->sync_server);
  g_assert_cmpstr (a->sql->server, ==, b->sql->server);
  g_assert_cmpstr (a->sql->instance, ==, b->sql->instance);
  g_assert_cmpstr (a->sql->recording, ==, b->sql->recording);
  g_assert_cmpuint (a->sql->port, ==, b->sql->port);
  g_assert_cmpstr (a->sql->login, ==, b->sql->login);
  g_assert_cmpstr (a->sql->pin, ==, b->sql->pin);
  g_assert_cmpstr (a->tenant->domain, ==, b->tenant->domain);
  g_assert_cmpstr (a->tenant->recording, ==, b->tenant->recording);
  g_assert_cmpstr (a->tenant->proxy, ==, b->tenant->proxy);
  g_assert_cmpstr (a->tenant->client_id, ==, b->tenant->client_id);
  g_assert_true (a->tenant->cloud == b->tenant->cloud);
  g_assert_true (
      g_strv_equal ((const char *const *) a->facts_files, (const char *const *) b->facts_files));
  g_assert_cmpstr (a->facts_folder, ==, b->facts_folder);
  g_assert_cmpint (a->server, ==, b->server);
  g_assert_cmpint (a->network, ==, b->network);
  g_assert_cmpstr (a->network_recording, ==, b->network_recording);
  g_assert_cmpstr (a->network_proxy, ==, b->network_proxy);
}

/* Nobody is spoken to and nothing is opened, neither by setting them nor by whatever may be told to
 * them before a check. */
static void
targets_test_silent (TargetsTest *self, gconstpointer data)
{
  g_autoptr (PresyncTargets) targets = targets_test_new_targets (self);
  g_autoptr (PresyncTargets) again = NULL;
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  g_autoptr (PresyncFederation) federation = presync_federation_new ();
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "dc1", "q", now, TRUE);
  const char *suffixes[] = { "contoso.com", NULL };

  while (targets_test_was_opened (self))
    continue;
  presync_targets_apply (targets, self->assessment);
  targets_test_all_idle (self->assessment, 5);
  accounts->connector = g_strdup ("svc");
  presync_assessment_set_accounts (self->assessment, accounts);
  federation->service = g_strdup ("sts.contoso.com");
  presync_assessment_set_federation (self->assessment, federation);
  presync_assessment_set_sync_server (self->assessment, "SYNC01");
  presync_assessment_set_feature (self->assessment, "federation", TRUE);
  g_ptr_array_add (facts,
                   presync_fact_new_list ("forest.upn-suffixes", "contoso.com", suffixes, origin));
  presync_fact_set_load (presync_assessment_get_facts (self->assessment), facts);
  targets_test_let_run ();
  g_assert_false (targets_test_was_opened (self));
  g_assert_cmpint (g_socket_condition_check (self->listener, G_IO_IN), ==, 0);
  targets_test_all_idle (self->assessment, 5);
  g_assert_nonnull (presync_fact_set_lookup (presync_assessment_get_facts (self->assessment),
                                             "forest.upn-suffixes"));
  again = presync_targets_new_from_assessment (self->assessment);
  targets_test_equal (targets, again);
  g_assert_null (again->directory->accounts);
  g_assert_null (again->directory->federation);
  g_assert_cmpstr (presync_assessment_get_sync_server (self->assessment), ==, "SYNC01");
}

/* Passwords are nobody's but the session's. */
static void
targets_test_secrets (TargetsTest *self, gconstpointer data)
{
  g_autoptr (PresyncDirectoryTarget) directory = presync_directory_target_new ();
  g_autoptr (PresyncSqlTarget) sql = presync_sql_target_new ();
  g_autoptr (PresyncDirectorySource) directory_source = NULL;
  g_autoptr (PresyncSqlSource) sql_source = NULL;
  g_autoptr (PresyncTargets) targets = NULL;
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);

  directory->server = g_strdup ("dc1.contoso.com");
  directory->name = g_strdup ("ada");
  directory->password = presync_secret_new ("hunter2");
  directory->accounts = presync_accounts_new ();
  sql->server = g_strdup ("sql01");
  sql->login = g_strdup ("reader");
  sql->password = presync_secret_new ("hunter2");
  directory_source = presync_directory_source_new (directory);
  sql_source = presync_sql_source_new (sql);
  presync_runner_set_source (runner, PRESYNC_SOURCE (directory_source));
  presync_runner_set_source (runner, PRESYNC_SOURCE (sql_source));
  targets = presync_targets_new_from_assessment (self->assessment);
  g_assert_null (targets->directory->password);
  g_assert_null (targets->directory->accounts);
  g_assert_null (targets->sql->password);
  g_assert_cmpstr (targets->directory->name, ==, "ada");
  g_assert_cmpstr (targets->sql->login, ==, "reader");
  g_assert_false (targets->server);
  g_assert_false (targets->network);
  g_assert_null (targets->tenant);
  /* the sources keep theirs */
  g_assert_nonnull (presync_directory_source_get_target (directory_source)->password);
}

/* A relative name means something in one folder only. */
static void
targets_test_absolute (TargetsTest *self, gconstpointer data)
{
  g_autoptr (PresyncDirectoryTarget) directory = presync_directory_target_new ();
  g_autoptr (PresyncDirectorySource) source = NULL;
  g_autoptr (PresyncTargets) targets = NULL;

  directory->ldif = g_strdup ("some/forest.ldif");
  source = presync_directory_source_new (directory);
  presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                             PRESYNC_SOURCE (source));
  targets = presync_targets_new_from_assessment (self->assessment);
  g_assert_true (g_path_is_absolute (targets->directory->ldif));
  g_assert_true (g_str_has_suffix (targets->directory->ldif, "/some/forest.ldif"));
}

static char *
targets_test_dup_json (PresyncAssessment *assessment)
{
  GString *text = g_string_new (NULL);

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      GListModel *rows = G_LIST_MODEL (presync_assessment_get_checklist (assessment, option));

      for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
        {
          g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (rows, i);

          g_string_append_printf (text, "%s %s %s\n", presync_checklist_item_get_id (row),
                                  presync_status_id (presync_checklist_item_get_status (row)),
                                  presync_checklist_item_get_found (row));
        }
    }
  return g_string_free (text, FALSE);
}

/* The sample in another assessment is the sample again: it checks alike, and goes like it. */
static void
targets_test_sample (TargetsTest *self, gconstpointer data)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_sample_dup_target (NULL);
  g_autoptr (PresyncDirectorySource) source = presync_directory_source_new (target);
  g_autoptr (PresyncAssessment) other = targets_test_assessment ();
  g_autoptr (PresyncTargets) targets = NULL;
  g_autoptr (PresyncTargets) again = NULL;
  g_autoptr (PresyncSource) directory = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  presync_assessment_set_features (self->assessment, presync_sample_get_features (), NULL);
  presync_assessment_set_accounts (self->assessment, target->accounts);
  presync_assessment_set_sync_server (self->assessment, target->sync_server);
  presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                             PRESYNC_SOURCE (source));
  presync_sample_add_sources (self->assessment);
  targets = presync_targets_new_from_assessment (self->assessment);
  g_assert_cmpstr (targets->directory->ldif, ==, PRESYNC_SAMPLE_LDIF);
  g_assert_cmpuint (g_strv_length (targets->facts_files), ==, 1);
  g_assert_cmpstr (targets->facts_files[0], ==, PRESYNC_SAMPLE_FACTS);

  presync_assessment_set_features (other, presync_sample_get_features (), NULL);
  presync_assessment_set_accounts (other, target->accounts);
  presync_assessment_set_sync_server (other, target->sync_server);
  presync_targets_apply (targets, other);
  again = presync_targets_new_from_assessment (other);
  targets_test_equal (targets, again);
  g_assert_true (presync_assessment_get_feature (other, "remote-sql"));
  targets_test_check (self->assessment);
  targets_test_check (other);
  before = targets_test_dup_json (self->assessment);
  after = targets_test_dup_json (other);
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (strstr (before, " met "));
  presync_sample_remove_sources (other);
  g_assert_cmpuint (
      g_list_model_get_n_items (presync_runner_get_sources (presync_assessment_get_runner (other))),
      ==, 1);
  directory = presync_assessment_dup_source (other, "directory");
  g_assert_nonnull (directory);
}

/* Not checked yet, it is the sample already; and a file of somebody's is not. */
static void
targets_test_sample_unread (TargetsTest *self, gconstpointer data)
{
  g_autoptr (PresyncServerSource) sample = presync_server_source_new ();
  g_autoptr (PresyncServerSource) other = presync_server_source_new ();
  g_autoptr (GPtrArray) sample_files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (sample_files, g_file_new_for_uri (PRESYNC_SAMPLE_FACTS));
  presync_server_source_remember (sample, sample_files, NULL);
  g_assert_true (presync_sample_owns_server (sample));
  g_ptr_array_add (files, g_file_new_for_path (self->path));
  presync_server_source_remember (other, files, NULL);
  g_assert_false (presync_sample_owns_server (other));
}

static PresyncServerSource *
targets_test_remember (TargetsTest *self, gboolean file, gboolean folder)
{
  g_autoptr (PresyncTargets) targets = presync_targets_new ();
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, NULL);
  const char *files[] = { uri, NULL };
  PresyncSource *source;

  targets->server = TRUE;
  if (file)
    {
      g_strfreev (targets->facts_files);
      targets->facts_files = g_strdupv ((char **) files);
    }
  if (folder)
    targets->facts_folder = g_filename_to_uri (self->folder, NULL, NULL);
  presync_targets_apply (targets, self->assessment);
  source = presync_assessment_dup_source (self->assessment, "server");
  g_object_unref (source);
  return PRESYNC_SERVER_SOURCE (source);
}

/* What an earlier session had read of the server */
static void
targets_test_load (TargetsTest *self)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) then = g_date_time_new_utc (2026, 10, 1, 9, 0, 0);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("server", "f", "q", then, TRUE);

  g_ptr_array_add (facts, presync_fact_new_integer ("server.memory", "SYNC01", 1 << 30, origin));
  presync_fact_set_load (presync_assessment_get_facts (self->assessment), facts);
}

static PresyncFact *
targets_test_memory (TargetsTest *self)
{
  GPtrArray *facts
      = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment), "server.memory");

  return facts != NULL ? g_ptr_array_index (facts, 0) : NULL;
}

/* A check reads what was remembered, and follows the folder from then on. */
static void
targets_test_first_check (TargetsTest *self, gconstpointer data)
{
  PresyncServerSource *source = targets_test_remember (self, FALSE, TRUE);
  g_autofree char *second = g_build_filename (self->folder, "OTHER.json", NULL);
  g_autoptr (GString) text = g_string_new (facts_kit_text);

  targets_test_load (self);
  g_assert_cmpint (presync_fact_get_integer (targets_test_memory (self)), ==, 1 << 30);
  targets_test_check (self->assessment);
  g_assert_true (targets_test_was_opened (self));
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (source)), ==, PRESYNC_SOURCE_LIVE);
  g_assert_cmpint (presync_fact_get_integer (targets_test_memory (self)), ==,
                   G_GINT64_CONSTANT (17179332608));
  g_assert_cmpstr (presync_assessment_get_sync_server (self->assessment), ==, "sync01.contoso.com");
  g_string_replace (text, "SYNC01", "SYNC02", 0);
  g_string_replace (text, "sync01.contoso.com", "sync02.contoso.com", 0);
  g_assert_true (g_file_set_contents (second, text->str, -1, NULL));
  WAIT_FOR (g_list_model_get_n_items (presync_server_source_get_reports (source)) == 2);
}

/* A file that is gone is a reason; a folder that has none any more leaves nothing to know. */
static void
targets_test_gone (TargetsTest *self, gconstpointer data)
{
  g_remove (self->path);
  targets_test_remember (self, TRUE, FALSE);
  targets_test_load (self);
  targets_test_check (self->assessment);
  g_assert_cmpint (presync_fact_get_unknown (targets_test_memory (self)), ==,
                   PRESYNC_UNKNOWN_MALFORMED);
  presync_runner_remove_source (presync_assessment_get_runner (self->assessment), "server");
  targets_test_remember (self, FALSE, TRUE);
  targets_test_load (self);
  g_assert_nonnull (targets_test_memory (self));
  targets_test_check (self->assessment);
  g_assert_null (targets_test_memory (self));
}

/* Who names the folder anew wants it read. */
static void
targets_test_named_again (TargetsTest *self, gconstpointer data)
{
  PresyncServerSource *source = targets_test_remember (self, FALSE, TRUE);
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  g_assert_true (g_file_equal (presync_server_source_get_folder (source), folder));
  presync_server_source_set_folder (source, folder);
  WAIT_FOR (targets_test_memory (self) != NULL);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (source)), ==, PRESYNC_SOURCE_LIVE);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (TargetsTest *self, gconstpointer data);
  } tests[] = {
    { "/targets/silent", targets_test_silent },
    { "/targets/secrets", targets_test_secrets },
    { "/targets/absolute", targets_test_absolute },
    { "/targets/sample", targets_test_sample },
    { "/targets/sample-unread", targets_test_sample_unread },
    { "/targets/first-check", targets_test_first_check },
    { "/targets/gone", targets_test_gone },
    { "/targets/named-again", targets_test_named_again },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, TargetsTest, NULL, targets_test_set_up, tests[i].run,
                targets_test_tear_down);
  return g_test_run ();
}
