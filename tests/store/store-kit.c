/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-kit.h"

#include <string.h>
#include <glib/gstdio.h>

#define LONG_NAME 10000

PresyncAssessment *
store_kit_new (void)
{
  static PresyncCatalogue *catalogue;

  if (catalogue == NULL)
    catalogue = presync_catalogue_new_built_in ();
  return presync_assessment_new (catalogue);
}

static GDateTime *
store_kit_time (int minute, double second)
{
  return g_date_time_new_utc (2026, 11, 22, 10, minute, second);
}

static PresyncOrigin *
store_kit_origin (const char *source, int minute, gboolean complete)
{
  g_autoptr (GDateTime) at = store_kit_time (minute, 7.25);

  return presync_origin_new (source, "ldaps://dc1.contoso.com", "base \"\", scope <base> ‘&’", at,
                             complete);
}

static char *
store_kit_long_name (void)
{
  GString *name = g_string_new ("CN=");

  while (name->len < LONG_NAME)
    g_string_append (name, "Zoë Łukasz 日本 ");
  return g_string_free (name, FALSE);
}

/* Facts of every type, of two sources that tell of the same key, complete and not */
static void
store_kit_fill_facts (PresyncAssessment *assessment)
{
  PresyncFactSet *set = presync_assessment_get_facts (assessment);
  static const char *const empty[] = { NULL };
  static const char *const list[] = { "contoso.com", "", "a,b;c\n\"d\"", "\001\002\177", NULL };
  g_autofree char *long_name = store_kit_long_name ();
  g_autoptr (PresyncOrigin) directory = store_kit_origin ("directory", 1, TRUE);
  g_autoptr (PresyncOrigin) partial = store_kit_origin ("directory", 2, FALSE);
  g_autoptr (PresyncOrigin) server = store_kit_origin ("server", 3, TRUE);
  g_autoptr (PresyncOrigin) network = store_kit_origin ("network", 4, TRUE);
  g_autoptr (GDateTime) long_ago = g_date_time_new_utc (1, 1, 1, 0, 0, 0.5);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) reached = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts, presync_fact_new_boolean_because ("directory.writable", "dc1", FALSE,
                                                            "It is read-only.", directory));
  g_ptr_array_add (facts, presync_fact_new_boolean ("directory.writable", "dc2", TRUE, directory));
  g_ptr_array_add (facts,
                   presync_fact_new_integer ("forest.functional-level", "a", G_MININT64, partial));
  g_ptr_array_add (
      facts, presync_fact_new_integer ("forest.functional-level", "b", G_MAXINT64, directory));
  g_ptr_array_add (facts, presync_fact_new_text ("domain.netbios-name", long_name,
                                                 "A\tB\r\n\033[1m", directory));
  g_ptr_array_add (facts, presync_fact_new_text ("domain.netbios-name", "", "", directory));
  g_ptr_array_add (facts, presync_fact_new_list ("forest.upn-suffixes", "x", empty, directory));
  g_ptr_array_add (facts, presync_fact_new_list ("forest.upn-suffixes", "y", list, directory));
  g_ptr_array_add (facts,
                   presync_fact_new_unknown ("directory.writable", "dc3", PRESYNC_UNKNOWN_NO_RIGHT,
                                             "No “right”.", directory));
  presync_fact_set_update (set, facts);
  g_ptr_array_add (others,
                   presync_fact_new_version ("server.powershell-version", "S", "5.1.2", server));
  g_ptr_array_add (others, presync_fact_new_time ("server.collected", "S", long_ago, server));
  g_ptr_array_add (others, presync_fact_new_text ("network.proxy", "S", "by server", server));
  presync_fact_set_update (set, others);
  g_ptr_array_add (reached, presync_fact_new_text ("network.proxy", "S", "by network", network));
  g_ptr_array_add (reached, presync_fact_new_text ("network.proxy", "T", "too", network));
  presync_fact_set_update (set, reached);
}

static void
store_kit_fill_plan (PresyncAssessment *assessment)
{
  static const char *const features[] = { "federation", NULL };
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  g_autoptr (PresyncFederation) federation = presync_federation_new ();
  g_autoptr (GError) error = NULL;

  presync_assessment_set_name (assessment, "Contoso “<b>” & more\n2");
  presync_accounts_set (accounts, "cloud-admin", "CONTOSO\\admin");
  presync_accounts_set (accounts, "connector", "CN=x\\,y,DC=contoso,DC=com");
  presync_assessment_set_accounts (assessment, accounts);
  presync_federation_set_names (federation, "sts.contoso.com",
                                "adfs1.contoso.com,adfs2.contoso.com", &error);
  g_assert_no_error (error);
  presync_assessment_set_federation (assessment, federation);
  presync_assessment_set_sync_server (assessment, "sync01.contoso.com");
  presync_assessment_set_features (assessment, features, &error);
  g_assert_no_error (error);
}

static void
store_kit_fill_targets (PresyncAssessment *assessment)
{
  g_autoptr (PresyncTargets) targets = presync_targets_new ();
  static const char *const files[] = { "file:///tmp/no%20such.json", NULL };

  targets->directory = presync_directory_target_new ();
  targets->directory->server = g_strdup ("dc1.contoso.com");
  targets->directory->ldaps = TRUE;
  targets->directory->port = 3269;
  targets->directory->name = g_strdup ("anna@contoso.com");
  targets->directory->password = presync_secret_new ("Pa55-of-the-directory");
  targets->sql = presync_sql_target_new ();
  targets->sql->server = g_strdup ("sql01.contoso.com");
  targets->sql->instance = g_strdup ("SYNC");
  targets->sql->login = g_strdup ("reader");
  targets->sql->password = presync_secret_new ("Pa55-of-the-database");
  targets->tenant = presync_tenant_target_new ();
  targets->tenant->domain = g_strdup ("contoso.com");
  targets->tenant->cloud = presync_cloud_find ("us-government");
  targets->tenant->client_id = g_strdup ("01234567-89ab-cdef-0123-456789abcdef");
  g_strfreev (targets->facts_files);
  targets->facts_files = g_strdupv ((char **) files);
  targets->server = TRUE;
  targets->network = TRUE;
  targets->network_proxy = g_strdup ("http://proxy.contoso.com:8080");
  presync_targets_apply (targets, assessment);
}

void
store_kit_answer (PresyncAssessment *assessment, const char *condition, gboolean met,
                  const char *note)
{
  g_autoptr (GDateTime) at = store_kit_time (5, 0.000001);
  g_autoptr (PresyncAnswer) answer = presync_answer_new (condition, met, "Jane", note, at);

  presync_statements_set_answer (presync_assessment_get_statements (assessment), condition, answer);
}

void
store_kit_waive (PresyncAssessment *assessment, const char *condition, const char *reason)
{
  g_autoptr (GDateTime) at = store_kit_time (6, 59.999999);
  GDate day;
  g_autoptr (PresyncWaiver) waiver = NULL;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 31, 12, 2026);
  waiver = presync_waiver_new (condition, reason, "the owner", reason[0] == 'F' ? NULL : &day, at);
  presync_statements_set_waiver (presync_assessment_get_statements (assessment), condition, waiver);
}

void
store_kit_give_facts (PresyncAssessment *assessment, guint n, const char *value)
{
  g_autoptr (PresyncOrigin) origin = store_kit_origin ("tenant", 8, TRUE);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_full (n, g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      char subject[32];

      g_snprintf (subject, sizeof subject, "domain%u", i);
      g_ptr_array_add (facts,
                       presync_fact_new_text ("tenant.domain-realm", subject, value, origin));
    }
  presync_fact_set_update (presync_assessment_get_facts (assessment), facts);
}

void
store_kit_add_run (PresyncAssessment *assessment)
{
  presync_history_add (presync_assessment_get_history (assessment));
}

void
store_kit_fill (PresyncAssessment *assessment)
{
  g_autoptr (GDateTime) now = store_kit_time (15, 0);
  g_autofree char *long_name = store_kit_long_name ();

  presync_assessment_set_now (assessment, now);
  store_kit_fill_targets (assessment);
  store_kit_fill_facts (assessment);
  store_kit_fill_plan (assessment);
  store_kit_add_run (assessment);
  store_kit_answer (assessment, "cs-ram", TRUE, long_name);
  store_kit_answer (assessment, "cs-agent-version", FALSE, "");
  store_kit_answer (assessment, "of-another-edition", FALSE, "=1+1\001");
  store_kit_waive (assessment, "cs-ram", "For ever");
  store_kit_waive (assessment, "cn-of-another-edition", "“It is” accepted\n");
  store_kit_add_run (assessment);
}

void
store_kit_change_everything (PresyncAssessment *assessment)
{
  PresyncStatements *statements = presync_assessment_get_statements (assessment);
  PresyncFactSet *facts = presync_assessment_get_facts (assessment);
  static const char *const gone[] = { "forest.upn-suffixes", NULL };
  GDate day;

  store_kit_answer (assessment, "cs-ram", FALSE, "another note");
  presync_statements_set_answer (statements, "cs-agent-version", NULL);
  store_kit_waive (assessment, "cs-new", "now");
  presync_statements_set_waiver (statements, "cs-ram", NULL);
  presync_fact_set_forget_keys (facts, "directory", gone);
  presync_fact_set_forget_source (facts, "network");
  store_kit_give_facts (assessment, 3, "CHANGED");
  presync_assessment_set_name (assessment, "Another name");
  presync_assessment_set_federation (assessment, NULL);
  presync_assessment_set_feature (assessment, "federation", FALSE);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, 6, 2026);
  presync_assessment_set_edition (assessment, &day);
  presync_runner_remove_source (presync_assessment_get_runner (assessment), "tenant");
  store_kit_add_run (assessment);
}

void
store_kit_assert_same (const char *found, const char *wanted)
{
  g_auto (GStrv) left = NULL;
  g_auto (GStrv) right = NULL;

  if (g_str_equal (found, wanted))
    return;
  left = g_strsplit (found, "\n", -1);
  right = g_strsplit (wanted, "\n", -1);
  for (guint i = 0; left[i] != NULL || right[i] != NULL; i++)
    if (left[i] == NULL || right[i] == NULL || !g_str_equal (left[i], right[i]))
      g_error ("line %u: found %.300s; wanted %.300s", i + 1, left[i] != NULL ? left[i] : "nothing",
               right[i] != NULL ? right[i] : "nothing");
}

static gboolean
store_kit_late_cb (gpointer user_data)
{
  g_error ("the store did not come to an end");
  return G_SOURCE_REMOVE;
}

void
store_kit_settle (PresyncStore *store)
{
  guint late = g_timeout_add_seconds (10, store_kit_late_cb, NULL);

  while (presync_store_get_state (store) == PRESYNC_STORE_SAVING)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

void
store_kit_wait (PresyncStore *store, PresyncStoreState state)
{
  guint late = g_timeout_add_seconds (20, store_kit_late_cb, NULL);

  while (presync_store_get_state (store) != state)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

char *
store_kit_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  /* In memory, if that can be: hundreds of saves do not wait for a disk that others use, too. */
  char *folder = g_strdup ("/dev/shm/presync-store-XXXXXX");

  if (g_mkdtemp (folder) != NULL)
    return folder;
  g_free (folder);
  folder = g_dir_make_tmp ("presync-store-XXXXXX", &error);
  g_assert_no_error (error);
  return folder;
}

static int
store_kit_compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
store_kit_list_folder (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, store_kit_compare);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

void
store_kit_remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        store_kit_remove_folder (g_strdup (path));
      else
        g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

PresyncStore *
store_kit_create (PresyncAssessment *assessment, const char *path)
{
  g_autoptr (GError) error = NULL;
  PresyncStore *store = presync_store_create (assessment, path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  presync_store_set_delay (store, 1);
  return store;
}

PresyncStore *
store_kit_open (PresyncAssessment *assessment, const char *path)
{
  g_autoptr (GError) error = NULL;
  PresyncStore *store = presync_store_open (assessment, path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  presync_store_set_delay (store, 1);
  return store;
}

void
store_kit_close (PresyncStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (presync_store_close (store, &error));
  g_assert_no_error (error);
  g_object_unref (store);
}

void
store_kit_assert_file_is (const char *wanted, const char *path)
{
  g_autoptr (PresyncAssessment) again = store_kit_new ();
  PresyncStore *store = store_kit_open (again, path);
  g_autofree char *found = store_kit_dump (again);

  store_kit_assert_same (found, wanted);
  store_kit_close (store);
}

void
store_kit_assert_file (PresyncAssessment *assessment, const char *path)
{
  g_autofree char *wanted = store_kit_dump (assessment);

  store_kit_assert_file_is (wanted, path);
}

char *
store_kit_read_file (const char *path, gsize *length)
{
  char *bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

gboolean
store_kit_file_holds (const char *path, const char *text)
{
  gsize length = 0;
  g_autofree char *bytes = store_kit_read_file (path, &length);

  for (gsize i = 0; i + strlen (text) <= length; i++)
    if (memcmp (bytes + i, text, strlen (text)) == 0)
      return TRUE;
  return FALSE;
}
