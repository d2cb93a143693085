/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "targets-kit.h"

#include "assessment/network-plan.h"
#include "sources/network/network-source.h"

/* What the sources found beside facts */

#define RECORDING                                                                                  \
  "{\"at\":\"2026-10-01T09:00:00Z\",\"rows\":["                                                    \
  "{\"subject\":\"login.microsoftonline.com:443\",\"outcome\":\"reached\",\"text\":\"fine\","      \
  "\"certificate\":{\"subject\":\"CN=a\",\"issuer\":\"CN=b\",\"root\":\"CN=c\",\"names\":[\"*."    \
  "x\"],"                                                                                          \
  "\"not-before\":\"2026-01-01T00:00:00Z\",\"not-after\":\"2027-01-01T00:00:00Z\","                \
  "\"trusted\":true}},"                                                                            \
  "{\"subject\":\"aadcdn.msftauth.net:443\",\"outcome\":\"intercepted\",\"text\":\"„quoted“ "  \
  "\\\"\","                                                                                        \
  "\"certificate\":{\"names\":[],\"self-signed\":true}},"                                          \
  "{\"subject\":\"login.windows.net:443\",\"outcome\":\"proxy-sign-in\",\"text\":\"407\","         \
  "\"proxy\":\"http://proxy.contoso.com:8080\"},"                                                  \
  "{\"subject\":\"contoso.com\",\"outcome\":\"silent\"},"                                          \
  "{\"subject\":\"_ldap._tcp.contoso.com\",\"outcome\":\"reached\"},"                              \
  "{\"subject\":\"_kerberos._tcp.contoso.com\",\"outcome\":\"no-name\",\"text\":\"none\"}]}"

/* The names of the forest, as its directory told them */
static void
targets_test_load_forest (PresyncAssessment *assessment)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) then = g_date_time_new_utc (2026, 10, 1, 9, 0, 0);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "dc1", "q", then, TRUE);
  const char *domains[] = { "contoso.com", NULL };

  g_ptr_array_add (facts, presync_fact_new_list ("forest.domains", "contoso.com", domains, origin));
  presync_fact_set_update (presync_assessment_get_facts (assessment), facts);
}

static void
targets_test_write (TargetsTest *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* A folder with facts files of two servers and one that is none, and a network */
static void
targets_test_find (TargetsTest *self)
{
  g_autoptr (PresyncServerSource) server = presync_server_source_new ();
  g_autoptr (PresyncNetworkSource) network = NULL;
  g_autoptr (PresyncNetworkTarget) target = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  g_autoptr (GString) text = g_string_new (facts_kit_text);
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);

  g_string_replace (text, "SYNC01", "SYNC02", 0);
  g_string_replace (text, "sync01.contoso.com", "sync02.contoso.com", 0);
  targets_test_write (self, "OTHER.json", text->str);
  targets_test_write (self, "BROKEN.json", "{ \"presync-server-facts\": 1, ");
  targets_test_write (self, "network", RECORDING);
  targets_test_load_forest (self->assessment);
  presync_assessment_set_sync_server (self->assessment, "SYNC01");
  presync_runner_set_source (runner, PRESYNC_SOURCE (server));
  presync_server_source_set_folder (server, folder);
  target = presync_network_plan_dup (self->assessment, NULL);
  target->recording = g_build_filename (self->folder, "network", NULL);
  network = presync_network_source_new (target);
  presync_runner_set_source (runner, PRESYNC_SOURCE (network));
  targets_test_check (self->assessment);
  /* A file that is fresh may be half written: its fault is told a little later. */
  WAIT_FOR (presync_server_source_get_problems (server)[0] != NULL);
}

static void
targets_test_add_row (GString *text, PresyncReach *row)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);
  g_autofree char *at = presync_reach_get_at (row) != NULL
                            ? g_date_time_format_iso8601 (presync_reach_get_at (row))
                            : NULL;

  g_string_append_printf (text, "%s|%s|%s|%s|%s|%s|", presync_reach_get_group (row),
                          presync_reach_get_subject (row),
                          presync_reach_outcome_id (presync_reach_get_outcome (row)),
                          presync_reach_get_text (row), presync_reach_get_proxy (row), at);
  for (PresyncReachStage stage = 0; stage < PRESYNC_N_REACH_STAGES; stage++)
    g_string_append_printf (text, "%d", (int) presync_reach_get_mark (row, stage));
  if (certificate != NULL)
    {
      g_autofree char *before = certificate->not_before != NULL
                                    ? g_date_time_format_iso8601 (certificate->not_before)
                                    : NULL;
      g_autofree char *after = certificate->not_after != NULL
                                   ? g_date_time_format_iso8601 (certificate->not_after)
                                   : NULL;
      g_autofree char *names
          = certificate->names != NULL ? g_strjoinv (",", certificate->names) : NULL;

      g_string_append_printf (text, "|%s|%s|%s|%s|%s|%s|%d%d%d%d", certificate->subject,
                              certificate->issuer, certificate->root, names, before, after,
                              certificate->have_self_signed, certificate->self_signed,
                              certificate->have_trusted, certificate->trusted);
    }
  g_string_append_c (text, '\n');
}

/* (transfer full): all that the sources show beside facts */
static char *
targets_test_dup_found (PresyncAssessment *assessment)
{
  g_autoptr (PresyncSource) network = presync_assessment_dup_source (assessment, "network");
  g_autoptr (PresyncSource) server = presync_assessment_dup_source (assessment, "server");
  GListModel *rows = presync_network_source_get_rows (PRESYNC_NETWORK_SOURCE (network));
  GListModel *reports = presync_server_source_get_reports (PRESYNC_SERVER_SOURCE (server));
  PresyncFactsReport *chosen = presync_server_source_get_report (PRESYNC_SERVER_SOURCE (server));
  GDateTime *at = presync_network_source_get_at (PRESYNC_NETWORK_SOURCE (network));
  g_autofree char *time = at != NULL ? g_date_time_format_iso8601 (at) : NULL;
  g_autofree char *problems = g_strjoinv (
      "\n", (char **) presync_server_source_get_problems (PRESYNC_SERVER_SOURCE (server)));
  GString *text = g_string_new (time);

  g_string_append_printf (text, "\n%s\n%s\n", problems,
                          presync_server_source_get_server (PRESYNC_SERVER_SOURCE (server)));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (rows, i);
      targets_test_add_row (text, row);
    }
  for (guint i = 0; i < g_list_model_get_n_items (reports); i++)
    {
      g_autoptr (PresyncFactsReport) report = g_list_model_get_item (reports, i);
      g_autofree char *collected
          = g_date_time_format_iso8601 (presync_facts_report_get_collected (report));

      g_string_append_printf (text, "%s|%s|%s|%d\n%s\n", presync_facts_report_get_path (report),
                              presync_facts_report_get_name (report), collected, report == chosen,
                              presync_facts_report_get_text (report));
    }
  return g_string_free (text, FALSE);
}

static void
targets_test_told_cb (PresyncFactSet *facts, const char *const *keys, guint *n)
{
  (*n)++;
}

/* All of it is there again, without a look at anything, whether the names of the forest come before
 * or after; and a check finds what there is then. */
static void
targets_test_found (TargetsTest *self, gconstpointer data)
{
  g_autoptr (PresyncAssessment) other = targets_test_assessment ();
  g_autoptr (PresyncTargets) targets = NULL;
  g_autoptr (PresyncTargets) again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *gone = g_build_filename (self->folder, "OTHER.json", NULL);
  g_autoptr (PresyncSource) server = NULL;
  guint told = 0;

  targets_test_find (self);
  before = targets_test_dup_found (self->assessment);
  g_assert_nonnull (strstr (before, "|intercepted|„quoted“ \""));
  g_assert_nonnull (strstr (before, "|proxy-sign-in|"));
  g_assert_nonnull (strstr (before, "|silent|"));
  g_assert_nonnull (strstr (before, "OTHER.json|SYNC02|2026-10-28T09:14:03Z|0"));
  g_assert_nonnull (strstr (before, "SYNC01.json|SYNC01|2026-10-28T09:14:03Z|1"));
  g_assert_nonnull (strstr (before, "BROKEN.json"));
  targets = presync_targets_new_from_assessment (self->assessment);
  presync_runner_close (presync_assessment_get_runner (self->assessment));
  while (targets_test_was_opened (self))
    continue;
  presync_assessment_set_sync_server (other, "SYNC01");
  g_signal_connect (presync_assessment_get_facts (other), "changed",
                    G_CALLBACK (targets_test_told_cb), &told);
  presync_targets_apply (targets, other);
  g_assert_cmpuint (told, ==, 0);
  targets_test_load_forest (other);
  g_assert_cmpuint (told, ==, 1);
  after = targets_test_dup_found (other);
  g_assert_cmpstr (before, ==, after);
  again = presync_targets_new_from_assessment (other);
  g_assert_cmpstr (targets->facts_reports, ==, again->facts_reports);
  g_assert_cmpstr (targets->network_rows, ==, again->network_rows);
  targets_test_let_run ();
  g_assert_false (targets_test_was_opened (self));
  g_assert_cmpuint (told, ==, 1);
  targets_test_all_idle (other, 2);
  g_remove (gone);
  targets_test_check (other);
  server = presync_assessment_dup_source (other, "server");
  g_assert_cmpuint (
      g_list_model_get_n_items (presync_server_source_get_reports (PRESYNC_SERVER_SOURCE (server))),
      ==, 1);
  g_assert_cmpint (presync_source_get_state (server), ==, PRESYNC_SOURCE_LIVE);
  g_assert_nonnull (
      presync_fact_set_lookup (presync_assessment_get_facts (other), "server.memory"));
  presync_runner_close (presync_assessment_get_runner (other));
}

/* Faults are passed over: nothing else goes wrong because of them, and nothing is made of them. */
static void
targets_test_found_faulty (TargetsTest *self, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "x",
    "[]",
    "{}",
    "{\"rows\":3,\"files\":{}}",
    "{\"rows\":[],\"files\":[]}",
    "{\"rows\":[1,null,[],{}],\"files\":[1,null,[],{}],\"at\":\"noon\"}",
    "{\"rows\":[[[[[[[[[[1]]]]]]]]]],\"files\":[[[[[[[[[[1]]]]]]]]]]}",
    "{\"rows\":[{\"group\":\"internet\",\"subject\":\"login.microsoftonline.com:443\"}]}",
    "{\"rows\":[{\"group\":\"internet\",\"subject\":\"login.microsoftonline.com:443\","
    "\"outcome\":\"pending\",\"marks\":\"gggg\"}]}",
    "{\"rows\":[{\"group\":\"internet\",\"subject\":\"login.microsoftonline.com:443\","
    "\"outcome\":\"better\",\"marks\":\"gggg\"}]}",
    "{\"rows\":[{\"group\":\"internet\",\"subject\":\"login.microsoftonline.com:443\","
    "\"outcome\":\"reached\",\"marks\":\"gggx\"}]}",
    "{\"files\":[{\"address\":\"file:///elsewhere/x.json\",\"folder\":true,\"problem\":\"p\"}]}",
    "{\"files\":[{\"address\":\"file:///nowhere/else.json\",\"folder\":false,\"problem\":\"p\"}]}",
    "{\"files\":[{\"address\":\"file:///nowhere/at-all.json\",\"folder\":false,\"text\":\"{}\"}]}",
    "{\"files\":[{\"address\":\"file:///nowhere/at-all.json\",\"folder\":false,\"text\":5}]}",
    "{\"files\":[{\"address\":7,\"problem\":\"p\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PresyncAssessment) other = targets_test_assessment ();
      g_autoptr (PresyncAssessment) plain = targets_test_assessment ();
      g_autoptr (PresyncTargets) targets = presync_targets_new ();
      g_autofree char *found = NULL;
      g_autofree char *none = NULL;
      const char *files[] = { "file:///nowhere/at-all.json", NULL };

      targets->server = targets->network = TRUE;
      g_strfreev (targets->facts_files);
      targets->facts_files = g_strdupv ((char **) files);
      targets->facts_folder = g_filename_to_uri (self->folder, NULL, NULL);
      presync_targets_apply (targets, plain);
      targets->facts_reports = g_strdup (texts[i]);
      targets->network_rows = g_strdup (texts[i]);
      presync_targets_apply (targets, other);
      none = targets_test_dup_found (plain);
      found = targets_test_dup_found (other);
      g_assert_cmpstr (found, ==, none);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (TargetsTest *self, gconstpointer data);
  } tests[] = {
    { "/targets/found", targets_test_found },
    { "/targets/found-faulty", targets_test_found_faulty },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, TargetsTest, NULL, targets_test_set_up, tests[i].run,
                targets_test_tear_down);
  return g_test_run ();
}
