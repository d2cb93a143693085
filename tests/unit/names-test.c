/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts that are named before, during and after a check: what is read, and when. */
#include "assessment/assessment.h"

#include "probe-kit.h"
#include "sources/directory/directory-source.h"

typedef struct
{
  char *path; /* of the snapshot */
  PresyncAssessment *assessment;
  PresyncFactSet *facts;
  PresyncDirectorySource *source;
  GHashTable *keys;    /* of the facts that the source told since names_test_forget() */
  GPtrArray *subjects; /* of connector.exists, likewise */
  gboolean checked;    /* the check has ended */
  guint n_states;      /* changes of the source's state, likewise */
  guint n_notified;    /* of the property "accounts" */
} NamesTest;

static void
names_test_facts_cb (PresyncSource *source, GPtrArray *facts, NamesTest *self)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *key = presync_fact_get_key (fact);

      g_hash_table_add (self->keys, g_strdup (key));
      if (strcmp (key, "connector.exists") == 0)
        g_ptr_array_add (self->subjects, g_strdup (presync_fact_get_subject (fact)));
    }
}

static void
names_test_state_cb (PresyncSource *source, GParamSpec *pspec, NamesTest *self)
{
  self->n_states++;
}

static void
names_test_notified_cb (PresyncAssessment *assessment, GParamSpec *pspec, NamesTest *self)
{
  self->n_notified++;
}

static void
names_test_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  NamesTest *self = user_data;

  presync_runner_check_finish (PRESYNC_RUNNER (object), result, NULL);
  self->checked = TRUE;
}

static void
names_test_set_up (NamesTest *self, gconstpointer data)
{
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &self->path, NULL);
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (self->path, snapshot, -1, NULL));
  target->ldif = g_strdup (self->path);
  self->assessment = presync_assessment_new (catalogue);
  self->facts = presync_assessment_get_facts (self->assessment);
  self->source = presync_directory_source_new (target);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->subjects = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self->source, "facts", G_CALLBACK (names_test_facts_cb), self);
  g_signal_connect (self->source, "notify::state", G_CALLBACK (names_test_state_cb), self);
  g_signal_connect (self->assessment, "notify::accounts", G_CALLBACK (names_test_notified_cb),
                    self);
  presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                             PRESYNC_SOURCE (self->source));
}

static void
names_test_tear_down (NamesTest *self, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&self->assessment));
  g_signal_handlers_disconnect_by_data (self->source, self);
  g_assert_finalize_object (g_steal_pointer (&self->source));
  g_unlink (self->path);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
}

static void
names_test_forget (NamesTest *self)
{
  g_hash_table_remove_all (self->keys);
  g_ptr_array_set_size (self->subjects, 0);
  self->n_states = 0;
}

static void
names_test_name (NamesTest *self, const char *id, const char *name)
{
  g_autoptr (PresyncAccounts) accounts
      = presync_accounts_copy (presync_assessment_get_accounts (self->assessment));

  presync_accounts_set (accounts, id, name);
  presync_assessment_set_accounts (self->assessment, accounts);
}

/* Runs the main loop for @milliseconds, or until a fact of @key is there. */
static gboolean
names_test_wait (NamesTest *self, const char *key, guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < until)
    {
      if (key != NULL && presync_fact_set_lookup (self->facts, key) != NULL)
        return TRUE;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  return FALSE;
}

static void
names_test_check (NamesTest *self)
{
  self->checked = FALSE;
  presync_runner_check_async (presync_assessment_get_runner (self->assessment), NULL,
                              names_test_checked_cb, self);
}

static void
names_test_run (NamesTest *self)
{
  names_test_check (self);
  while (!self->checked)
    g_main_context_iteration (NULL, TRUE);
}

/* (transfer none) (nullable): the only fact of @key */
static PresyncFact *
names_test_fact (NamesTest *self, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (self->facts, key);

  if (facts == NULL)
    return NULL;
  g_assert_cmpuint (facts->len, ==, 1);
  return g_ptr_array_index (facts, 0);
}

static void
names_test_assert_subject (NamesTest *self, const char *key, const char *part)
{
  PresyncFact *fact = names_test_fact (self, key);

  g_assert_nonnull (fact);
  if (strstr (presync_fact_get_subject (fact), part) == NULL)
    g_error ("%s is of %s, not of %s", key, presync_fact_get_subject (fact), part);
}

/* Only of accounts that are named, each of its own */
static void
names_test_before (NamesTest *self, gconstpointer data)
{
  names_test_name (self, "connector", "  ina ");
  g_assert_cmpuint (self->n_notified, ==, 1);
  g_assert_cmpstr (presync_directory_source_get_target (self->source)->accounts->connector, ==,
                   "ina");
  names_test_wait (self, NULL, 50);
  g_assert_cmpuint (g_hash_table_size (self->keys), ==, 0);
  names_test_run (self);
  names_test_assert_subject (self, "connector.exists", "ina");
  g_assert_null (names_test_fact (self, "cloud-admin.exists"));
  g_assert_null (names_test_fact (self, "gmsa.exists"));
  g_assert_nonnull (names_test_fact (self, "schema.version"));
}

/* After a check only what tells of the account is read; state and stages do not move. */
static void
names_test_after (NamesTest *self, gconstpointer data)
{
  GHashTableIter iter;
  gpointer key;

  names_test_name (self, "connect-admin", "MSOL_0123");
  names_test_run (self);
  names_test_forget (self);
  names_test_name (self, "connector", "ina");
  g_assert_true (names_test_wait (self, "connector.exists", 5000));
  names_test_wait (self, NULL, 100);
  names_test_assert_subject (self, "connector.exists", "ina");
  names_test_assert_subject (self, "connect-admin.exists", "MSOL_0123");
  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_str_has_prefix (key, "connector."))
      g_error ("%s was read again", (char *) key);
  g_assert_cmpuint (self->n_states, ==, 0);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (self->source)), ==,
                   PRESYNC_SOURCE_DONE);
}

/* How many sessions are at work: each has a thread of that name. */
static guint
names_test_count_sessions (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *id;
  guint n = 0;

  while (tasks != NULL && (id = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL);
      g_autofree char *name = NULL;
      if (g_file_get_contents (path, &name, NULL, NULL) && strcmp (name, "directory\n") == 0)
        n++;
    }
  return n;
}

/* The former name's facts are gone at once, and those of no other account. */
static void
names_test_forgets (NamesTest *self, gconstpointer data)
{
  names_test_name (self, "connector", "ina");
  names_test_name (self, "connect-admin", "MSOL_0123");
  names_test_run (self);
  names_test_name (self, "connector", "MSOL_0123");
  g_assert_null (names_test_fact (self, "connector.exists"));
  g_assert_nonnull (names_test_fact (self, "connect-admin.exists"));
  g_assert_true (names_test_wait (self, "connector.exists", 5000));
  names_test_assert_subject (self, "connector.exists", "MSOL_0123");
  names_test_forget (self);
  names_test_name (self, "connector", NULL);
  g_assert_null (names_test_fact (self, "connector.exists"));
  names_test_wait (self, NULL, 100);
  g_assert_null (names_test_fact (self, "connector.exists"));
  g_assert_cmpuint (g_hash_table_size (self->keys), ==, 0);
  /* Nobody reads what is no longer named. */
  for (guint i = 0; i < 50; i++)
    {
      g_usleep (2000);
      g_assert_false (g_main_context_iteration (NULL, FALSE));
    }
  names_test_name (self, "hybrid-admin", "ha@contoso.onmicrosoft.com");
  names_test_wait (self, NULL, 100);
  g_assert_cmpuint (g_hash_table_size (self->keys), ==, 0);
}

/* Of several names one after the other, nothing is heard but of the last. */
static void
names_test_in_a_row (NamesTest *self, gconstpointer data)
{
  names_test_run (self);
  names_test_forget (self);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("former%u", i);
      names_test_name (self, "connector", name);
      names_test_wait (self, NULL, i % 5);
      for (guint j = 0; j < self->subjects->len; j++)
        g_assert_nonnull (strstr (g_ptr_array_index (self->subjects, j), name));
      g_ptr_array_set_size (self->subjects, 0);
    }
  names_test_name (self, "connector", "ina");
  g_assert_true (names_test_wait (self, "connector.exists", 5000));
  names_test_assert_subject (self, "connector.exists", "ina");
  g_assert_true (presync_fact_get_boolean (names_test_fact (self, "connector.exists")));
}

/* At whatever moment of a check the name comes: at its end the fact is of that name. */
static void
names_test_during (NamesTest *self, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("during%u", i);
      names_test_name (self, "connector", "former");
      names_test_wait (self, NULL, 10);
      names_test_check (self);
      for (guint j = 0; j < i && !self->checked; j++)
        g_main_context_iteration (NULL, TRUE);
      g_ptr_array_set_size (self->subjects, 0);
      names_test_name (self, "connector", name);
      while (!self->checked)
        g_main_context_iteration (NULL, TRUE);
      g_assert_true (names_test_wait (self, "connector.exists", 5000));
      names_test_wait (self, NULL, 10);
      names_test_assert_subject (self, "connector.exists", name);
      for (guint j = 0; j < self->subjects->len; j++)
        g_assert_nonnull (strstr (g_ptr_array_index (self->subjects, j), name));
    }
}

/* The check's session has read all and gone when the name comes: nobody is left to take it. */
static void
names_test_too_late (NamesTest *self, gconstpointer data)
{
  names_test_name (self, "connector", "former");
  names_test_check (self);
  /* Its thread has that name only after a while. */
  g_usleep (50000);
  for (guint i = 0; i < 5000 && names_test_count_sessions () > 0; i++)
    g_usleep (1000);
  g_assert_false (self->checked);
  names_test_name (self, "connector", "ina");
  g_assert_true (names_test_wait (self, "connector.exists", 5000));
  names_test_assert_subject (self, "connector.exists", "ina");
  g_assert_cmpuint (self->subjects->len, ==, 1);
  while (!self->checked)
    g_main_context_iteration (NULL, TRUE);
}

/* What cannot be read is unknown and says why; all else stays. */
static void
names_test_unreadable (NamesTest *self, gconstpointer data)
{
  PresyncFact *fact;

  names_test_run (self);
  names_test_forget (self);
  g_unlink (self->path);
  names_test_name (self, "connector", "ina");
  g_assert_true (names_test_wait (self, "connector.exists", 5000));
  fact = names_test_fact (self, "connector.exists");
  g_assert_cmpint (presync_fact_get_unknown (fact), !=, PRESYNC_UNKNOWN_NONE);
  g_assert_nonnull (strstr (presync_fact_get_detail (fact), ".ldif"));
  g_assert_nonnull (names_test_fact (self, "connector.reset-password"));
  fact = names_test_fact (self, "schema.version");
  g_assert_cmpint (presync_fact_get_unknown (fact), ==, PRESYNC_UNKNOWN_NONE);
  g_assert_cmpuint (self->n_states, ==, 0);

  /* And again, when it can be read. */
  g_assert_true (g_file_set_contents (self->path, snapshot, -1, NULL));
  names_test_name (self, "connector", "MSOL_0123");
  g_assert_true (names_test_wait (self, "connector.exists", 5000));
  fact = names_test_fact (self, "connector.exists");
  g_assert_cmpint (presync_fact_get_unknown (fact), ==, PRESYNC_UNKNOWN_NONE);
}

/* After a check that failed nothing is tried, but the reason is told. */
static void
names_test_failed (NamesTest *self, gconstpointer data)
{
  PresyncFact *fact;

  g_unlink (self->path);
  names_test_run (self);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (self->source)), ==,
                   PRESYNC_SOURCE_FAILED);
  names_test_name (self, "connector", "ina");
  fact = names_test_fact (self, "connector.exists");
  g_assert_nonnull (fact);
  g_assert_nonnull (strstr (presync_fact_get_detail (fact), ".ldif"));
}

/* Closed or gone while it reads: nothing is heard any more. */
static void
names_test_closed (NamesTest *self, gconstpointer data)
{
  names_test_run (self);
  names_test_forget (self);
  names_test_name (self, "connector", "ina");
  presync_source_close (PRESYNC_SOURCE (self->source));
  names_test_wait (self, NULL, 100);
  names_test_name (self, "connector", "MSOL_0123");
  names_test_wait (self, NULL, 100);
  g_assert_cmpuint (g_hash_table_size (self->keys), ==, 0);
}

/* A source that comes later is told the names. */
static void
names_test_another_source (NamesTest *self, gconstpointer data)
{
  g_autoptr (PresyncDirectorySource) another = NULL;

  names_test_name (self, "connector", "ina");
  another = presync_directory_source_new (presync_directory_source_get_target (self->source));
  presync_directory_source_set_accounts (another, NULL);
  presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                             PRESYNC_SOURCE (another));
  g_assert_cmpstr (presync_directory_source_get_target (another)->accounts->connector, ==, "ina");
}

/* A rename judges the conditions of the account, and says what to do. The unit decides one right.
 */
static void
names_test_judged (NamesTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "x", "x", now, TRUE);
  const char *const none[] = { NULL };
  PresyncChecklist *list
      = presync_assessment_get_checklist (self->assessment, PRESYNC_OPTION_CONNECT_SYNC);
  PresyncChecklistItem *item = presync_checklist_find (list, "cn-connector-plain-user");
  const char *planned[] = { "custom-settings", NULL };
  guint64 judged;

  presync_assessment_set_features (self->assessment, planned, NULL);
  names_test_name (self, "connector", "ina");
  names_test_name (self, "group-unit", "OU=A");
  g_ptr_array_add (facts, presync_fact_new_boolean ("connector.plain-user", "ina", TRUE, origin));
  g_ptr_array_add (facts, presync_fact_new_list ("connector.groups", "x", none, origin));
  g_ptr_array_add (facts, presync_fact_new_list ("connector.groups-gaps", "x", none, origin));
  presync_fact_set_update (self->facts, facts);
  g_assert_cmpint (presync_checklist_item_get_status (item), ==, PRESYNC_STATUS_MET);

  names_test_name (self, "group-unit", "OU=B");
  g_assert_null (names_test_fact (self, "connector.groups"));
  g_assert_null (names_test_fact (self, "connector.groups-gaps"));
  g_assert_nonnull (names_test_fact (self, "connector.plain-user"));
  judged = presync_assessment_get_n_judged (self->assessment);
  names_test_name (self, "connector", NULL);
  g_assert_cmpint (presync_checklist_item_get_status (item), ==, PRESYNC_STATUS_NEEDS_ANSWER);
  g_assert_cmpstr (presync_checklist_item_get_reason (item), ==,
                   "Name this account under Accounts, or answer by hand.");
  g_assert_cmpuint (presync_assessment_get_n_judged (self->assessment) - judged, <, 10);
  /* The same names are no change. */
  self->n_notified = 0;
  presync_assessment_set_accounts (self->assessment,
                                   presync_assessment_get_accounts (self->assessment));
  g_assert_cmpuint (self->n_notified, ==, 0);
}

/* The fact keys and the fields know the same accounts, but for those that are not looked up. */
static void
names_test_prefixes (void)
{
  gsize n_keys, n_fields;
  const PresyncFactKey *keys = presync_fact_keys (&n_keys);
  const PresyncAccountField *fields = presync_account_fields (&n_fields);

  for (gsize i = 0; i < n_keys; i++)
    {
      const char *found = NULL;

      for (gsize j = 0; j < n_fields; j++)
        if (g_str_has_prefix (keys[i].id, fields[j].id) && keys[i].id[strlen (fields[j].id)] == '.')
          found = fields[j].id;
      g_assert_cmpstr (presync_fact_key_get_account (keys[i].id), ==, found);
    }
}

/* Which probes look at what; the names of the tenant's accounts are looked up by none. */
static void
names_test_probes (void)
{
  static const struct
  {
    const char *field;
    guint renamed;
  } fields[] = {
    { "cloud-admin", PRESYNC_PROBE_BIT (PRESYNC_PROBE_PEOPLE) },
    { "connect-admin", PRESYNC_PROBE_BIT (PRESYNC_PROBE_PEOPLE) },
    { "hybrid-admin", 0 },
    { "gmsa",
      PRESYNC_PROBE_BIT (PRESYNC_PROBE_SERVICES) | PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS) },
    { "connector",
      PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONNECTOR) | PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS) },
    { "service", PRESYNC_PROBE_BIT (PRESYNC_PROBE_SERVICES) },
    { "entra-connector", 0 },
    { "group-unit", PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS) },
  };
  const guint accounts_only
      = PRESYNC_PROBE_BIT (PRESYNC_PROBE_PEOPLE) | PRESYNC_PROBE_BIT (PRESYNC_PROBE_SERVICES)
        | PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONNECTOR) | PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS);
  /* Nobody names AD FS servers here. */
  const guint farm = PRESYNC_PROBE_BIT (PRESYNC_PROBE_FEDERATION);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
      PresyncProbeSubjects subjects = { "SYNC01", accounts, NULL };
      PresyncProbeSubjects nobody = { "SYNC01", NULL, NULL };
      guint unit = g_str_equal (fields[i].field, "group-unit")
                       ? PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS)
                       : 0;

      presync_accounts_set (accounts, fields[i].field, "x");
      g_assert_cmphex (presync_probe_list_renamed (&nobody, &subjects), ==, fields[i].renamed);
      g_assert_cmphex (presync_probe_list_renamed (&subjects, &nobody), ==, fields[i].renamed);
      g_assert_cmphex (presync_probe_list_renamed (&subjects, &subjects), ==, 0);
      /* A unit alone gives nothing to look at. */
      g_assert_cmphex (presync_probe_list_idle (&subjects), ==,
                       (accounts_only & ~fields[i].renamed) | unit | farm);
      subjects.sync_server = NULL;
      g_assert_true (presync_probe_list_idle (&subjects)
                     & PRESYNC_PROBE_BIT (PRESYNC_PROBE_SERVER));
    }
}

#define NAMES_TEST(path, func)                                                                     \
  g_test_add (path, NamesTest, NULL, names_test_set_up, func, names_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  NAMES_TEST ("/names/before", names_test_before);
  NAMES_TEST ("/names/after", names_test_after);
  NAMES_TEST ("/names/forgets", names_test_forgets);
  NAMES_TEST ("/names/in-a-row", names_test_in_a_row);
  NAMES_TEST ("/names/during", names_test_during);
  NAMES_TEST ("/names/too-late", names_test_too_late);
  NAMES_TEST ("/names/unreadable", names_test_unreadable);
  NAMES_TEST ("/names/failed", names_test_failed);
  NAMES_TEST ("/names/closed", names_test_closed);
  NAMES_TEST ("/names/another-source", names_test_another_source);
  NAMES_TEST ("/names/judged", names_test_judged);
  g_test_add_func ("/names/probes", names_test_probes);
  g_test_add_func ("/names/prefixes", names_test_prefixes);
  return g_test_run ();
}
