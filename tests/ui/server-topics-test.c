/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the Sync server page says of facts files, without its widgets. */
#include "app/account-text.h"
#include "app/server-text.h"
#include "app/server-topics.h"
#include "app/source-log.h"
#include "app/source-text.h"
#include "assessment/sample.h"
#include "sources/server/server-source.h"

typedef struct
{
  const char *file; /* nullable: none */
  const char *topic;
  PresyncStatus worst;
  PresyncStatus effective;
  PresyncStatus documented;
} Case;

/* clang-format off */
static const Case cases[] = {
  { NULL,                        "TLS 1.2",                     PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_NEEDS_ANSWER },
  { "2022.json",                 "TLS 1.2",                     PRESYNC_STATUS_MET,     PRESYNC_STATUS_MET,     PRESYNC_STATUS_MET },
  { "tls-implicit.json",         "TLS 1.2",                     PRESYNC_STATUS_ADVICE,  PRESYNC_STATUS_MET,     PRESYNC_STATUS_ADVICE },
  { "tls-off.json",              "TLS 1.2",                     PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE },
  { NULL,                        "PowerShell execution policy", PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_NEEDS_ANSWER },
  { "remote-signed.json",        "PowerShell execution policy", PRESYNC_STATUS_MET,     PRESYNC_STATUS_MET,     PRESYNC_STATUS_MET },
  { "all-signed-by-policy.json", "PowerShell execution policy", PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_NOT_MET },
};
/* clang-format on */

static PresyncAssessment *
server_topics_new_assessment (const char *file)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  PresyncAssessment *assessment = presync_assessment_new (catalogue);
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 12, 0, 0);

  presync_assessment_set_now (assessment, now);
  if (file != NULL)
    {
      g_autoptr (PresyncServerSource) source = presync_server_source_new ();
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "files", file, NULL);
      g_autoptr (GFile) facts = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;

      presync_runner_set_source (presync_assessment_get_runner (assessment),
                                 PRESYNC_SOURCE (source));
      presync_server_source_add_file (source, facts, &error);
      g_assert_no_error (error);
    }
  return assessment;
}

static guint
server_topics_find (const char *title)
{
  guint n = 0;
  const PresyncServerTopic *topics = presync_server_topics (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (topics[i].title, title))
      return i;
  g_assert_not_reached ();
}

static void
server_topics_test_case (gconstpointer data)
{
  const Case *test = data;
  guint at = server_topics_find (test->topic);
  guint n = 0;
  const PresyncServerTopic *topic = &presync_server_topics (&n)[at];
  g_autoptr (PresyncAssessment) assessment = server_topics_new_assessment (test->file);
  g_autoptr (GPtrArray) lists = presync_server_topics_list_items (assessment);
  GPtrArray *items = g_ptr_array_index (lists, at);
  const char *effective[PRESYNC_SERVER_MAX_KEYS] = { NULL };
  guint used = 0;

  for (guint i = 0; i < PRESYNC_SERVER_MAX_KEYS && topic->keys[i] != NULL; i++)
    if (!g_strv_contains (topic->documented, topic->keys[i]))
      effective[used++] = topic->keys[i];
  g_assert_cmpint (presync_account_worst (items), ==, test->worst);
  g_assert_cmpint (presync_server_status_of (assessment, items, effective), ==, test->effective);
  g_assert_cmpint (presync_server_status_of (assessment, items, topic->documented), ==,
                   test->documented);
}

/* What a facts file tells has its place on the page. */
static void
server_topics_test_keys (void)
{
  guint n = 0;
  const PresyncServerTopic *topics = presync_server_topics (&n);
  const char *const *keys = presync_server_fact_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      gboolean found = FALSE;

      for (guint j = 0; j < n; j++)
        found = found || g_strv_contains (topics[j].keys, keys[i]);
      if (!found)
        g_error ("%s stands nowhere on the page", keys[i]);
    }
  for (guint i = 0; i < n; i++)
    for (guint j = 0; topics[i].keys[j] != NULL; j++)
      if (presync_fact_key_find (topics[i].keys[j]) == NULL)
        g_error ("there is no fact %s", topics[i].keys[j]);
}

static gboolean
server_topics_shows (PresyncAssessment *assessment, const char *topic, const char *condition)
{
  g_autoptr (GPtrArray) lists = presync_server_topics_list_items (assessment);
  GPtrArray *items = g_ptr_array_index (lists, server_topics_find (topic));

  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (presync_condition_get_id (
                         presync_checklist_item_get_condition (g_ptr_array_index (items, i))),
                     condition))
      return TRUE;
  return FALSE;
}

/* What is about SQL Server stands on its own page; the drivers are the sync server's. */
static void
server_topics_test_sql (void)
{
  g_autoptr (PresyncAssessment) assessment = server_topics_new_assessment (NULL);

  g_assert_false (server_topics_shows (assessment, "Connect Sync", "cn-sql-one-engine-databases"));
  g_assert_false (server_topics_shows (assessment, "Connect Sync", "cn-sql-drivers"));
  g_assert_true (server_topics_shows (assessment, "SQL Server drivers", "cn-sql-drivers"));
  g_assert_true (server_topics_shows (assessment, "Connect Sync", "cn-version"));
  g_assert_true (server_topics_shows (assessment, "Connect Sync", "cn-version-app-auth"));
  g_assert_true (server_topics_shows (assessment, "FIPS mode", "cs-fips"));
  g_assert_true (server_topics_shows (assessment, "Facts file", "cn-facts-file-directory"));
}

static void
server_topics_test_count (void)
{
  g_autoptr (PresyncAssessment) none = server_topics_new_assessment (NULL);
  g_autoptr (PresyncAssessment) good = server_topics_new_assessment ("2022.json");
  g_autoptr (PresyncAssessment) bad = server_topics_new_assessment ("tls-off.json");
  PresyncServerCounts counts;

  presync_server_count (none, &counts);
  g_assert_cmpuint (counts.not_met, ==, 0);
  g_assert_cmpuint (counts.needs_answer, >, 15);
  presync_server_count (good, &counts);
  g_assert_cmpuint (counts.not_met, ==, 0);
  g_assert_cmpuint (counts.unknown, ==, 0);
  /* Without a directory nothing can be compared with the file either. */
  g_assert_cmpuint (counts.needs_answer, <, 6);
  presync_server_count (bad, &counts);
  g_assert_cmpuint (counts.not_met, ==, 1);
}

static void
server_topics_test_age (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 12, 0, 0);
  g_autoptr (GDateTime) old = g_date_time_new_utc (2026, 10, 28, 9, 14, 3);
  g_autoptr (GDateTime) today = g_date_time_new_utc (2026, 11, 23, 8, 0, 0);
  g_autoptr (GDateTime) later = g_date_time_new_utc (2026, 11, 23, 12, 5, 0);
  g_autofree char *old_text = presync_server_text_dup_age (old, now);
  g_autofree char *today_text = presync_server_text_dup_age (today, now);
  g_autofree char *later_text = presync_server_text_dup_age (later, now);

  g_assert_cmpstr (old_text, ==, "Written 26 days ago");
  g_assert_cmpstr (today_text, ==, "Written less than a day ago");
  g_assert_cmpstr (later_text, ==, today_text);
}

/* What is not installed was looked for with success; what the script could not read was not. */
static void
server_topics_test_unread (void)
{
  g_autoptr (PresyncAssessment) good = server_topics_new_assessment ("2022.json");
  g_autoptr (PresyncAssessment) poor = server_topics_new_assessment ("unread.json");
  g_autoptr (GPtrArray) facts = presync_fact_set_list (presync_assessment_get_facts (good));
  g_autoptr (GPtrArray) none = presync_source_log_list_unread (good, "server");
  g_autoptr (GPtrArray) some = presync_source_log_list_unread (poor, "server");
  g_autofree char *good_text = presync_source_log_dup_summary (good, "server");
  g_autofree char *poor_text = presync_source_log_dup_summary (poor, "server");
  guint not_offered = 0;

  for (guint i = 0; i < facts->len; i++)
    not_offered
        += presync_fact_get_unknown (g_ptr_array_index (facts, i)) == PRESYNC_UNKNOWN_NOT_OFFERED
               ? 1
               : 0;
  g_assert_cmpuint (not_offered, >, 0);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (strstr (good_text, "could not be read"));
  g_assert_cmpuint (some->len, >, 0);
  g_assert_nonnull (strstr (poor_text, "could not be read"));
}

/* What a condition needs is never shown as if it had been found. */
static void
server_topics_test_needed (void)
{
  g_autoptr (PresyncAssessment) assessment = server_topics_new_assessment ("2022.json");
  guint n = 0;

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      GListModel *checklist
          = G_LIST_MODEL (presync_assessment_get_checklist (assessment, (PresyncOption) i));

      for (guint j = 0; j < g_list_model_get_n_items (checklist); j++)
        {
          g_autoptr (PresyncChecklistItem) requirement = g_list_model_get_item (checklist, j);
          GListModel *children = presync_checklist_item_get_children (requirement);

          for (guint k = 0; children != NULL && k < g_list_model_get_n_items (children); k++)
            {
              g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (children, k);
              g_autofree char *found = presync_account_dup_found (item);

              g_assert_cmpstr (found, !=, presync_checklist_item_get_needed (item));
              n += g_str_has_prefix (found, "Needed: ") ? 1 : 0;
            }
        }
    }
  g_assert_cmpuint (n, >, 0);
}

static void
server_topics_test_place (void)
{
  g_autofree char *sample = presync_source_text_dup_place (PRESYNC_SAMPLE_FACTS);
  g_autofree char *file = presync_source_text_dup_place ("/srv/facts/SYNC01.json");
  g_autofree char *server = presync_source_text_dup_place ("ldaps://dc1.contoso.com");

  g_assert_cmpstr (sample, ==, "SYNC01.json of the sample");
  g_assert_cmpstr (file, ==, "/srv/facts/SYNC01.json");
  g_assert_cmpstr (server, ==, "ldaps://dc1.contoso.com");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server-topics/%s/%s", cases[i].topic,
                                               cases[i].file != NULL ? cases[i].file : "no file");

      g_test_add_data_func (path, &cases[i], server_topics_test_case);
    }
  g_test_add_func ("/server-topics/keys", server_topics_test_keys);
  g_test_add_func ("/server-topics/sql", server_topics_test_sql);
  g_test_add_func ("/server-topics/count", server_topics_test_count);
  g_test_add_func ("/server-topics/age", server_topics_test_age);
  g_test_add_func ("/server-topics/unread", server_topics_test_unread);
  g_test_add_func ("/server-topics/needed", server_topics_test_needed);
  g_test_add_func ("/server-topics/place", server_topics_test_place);
  return g_test_run ();
}
