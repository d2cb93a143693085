/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "sources/sql/sql-facts.h"
#include "sources/sql/sql-source.h"
#include "sql-kit.h"

#define NAME "sql01.contoso.com\\SYNC"

static void
test_failure (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN, "sql01 refused the password");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GPtrArray) facts = presync_sql_facts_from_failure (
      NULL, FALSE, PRESYNC_SQL_INSTANCE_UNTOLD, error, now, NAME, NAME);
  PresyncSqlPrelogin prelogin = { (char *) "16.0.1000", (char *) "on", (char *) "1.2", TRUE, NULL };
  g_autoptr (GPtrArray) some = presync_sql_facts_from_failure (
      &prelogin, TRUE, PRESYNC_SQL_INSTANCE_UNTOLD, error, now, NAME, NAME);
  PresyncSqlPrelogin clear = { (char *) "11.0.7001", (char *) "not-supported", NULL, FALSE, NULL };
  g_autoptr (GPtrArray) bare = presync_sql_facts_from_failure (
      &clear, FALSE, PRESYNC_SQL_INSTANCE_UNTOLD, error, now, NAME, NAME);
  guint n_keys = g_strv_length ((char **) presync_sql_fact_keys ());

  /* A server that does not encrypt got no further. */
  sql_kit_assert_boolean (bare, "sql.encrypted", FALSE);
  sql_kit_assert_boolean (bare, "sql.instance-found", TRUE);
  sql_kit_assert_text (bare, "sql.transport", "TCP");
  sql_kit_assert_unknown (bare, "sql.major-version", PRESYNC_UNKNOWN_NO_RIGHT, "refused");
  sql_kit_assert_unknown (bare, "sql.certificate-trusted", PRESYNC_UNKNOWN_NO_RIGHT, "refused");
  sql_kit_assert_unknown (bare, "sql.tls12", PRESYNC_UNKNOWN_NO_RIGHT, "refused");
  g_assert_cmpuint (facts->len, ==, n_keys);
  for (guint i = 0; i < facts->len; i++)
    sql_kit_assert_unknown (facts, presync_fact_get_key (g_ptr_array_index (facts, i)),
                            PRESYNC_UNKNOWN_NO_RIGHT, "refused the password");
  g_assert_cmpuint (some->len, ==, n_keys);
  sql_kit_assert_integer (some, "sql.major-version", 16);
  sql_kit_assert_boolean (some, "sql.tls12", TRUE);
  sql_kit_assert_boolean (some, "sql.certificate-trusted", TRUE);
  sql_kit_assert_boolean (some, "sql.instance-found", TRUE);
  sql_kit_assert_text (some, "sql.transport", "TCP");
  sql_kit_assert_unknown (some, "sql.edition", PRESYNC_UNKNOWN_NO_RIGHT, "refused");
}

/* Azure says to anybody that it is what SQL Server 2014 was when it came out. */
static void
test_version_of_azure (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN, "sql01 refused the password");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PresyncSqlPrelogin prelogin = { (char *) "12.0.2000", (char *) "on", (char *) "1.2", TRUE, NULL };
  g_autoptr (GPtrArray) facts = presync_sql_facts_from_failure (
      &prelogin, TRUE, PRESYNC_SQL_INSTANCE_UNTOLD, error, now, NAME, NAME);
  PresyncSqlPrelogin later = { (char *) "12.0.6449", (char *) "on", (char *) "1.2", TRUE, NULL };
  g_autoptr (GPtrArray) old = presync_sql_facts_from_failure (
      &later, TRUE, PRESYNC_SQL_INSTANCE_UNTOLD, error, now, NAME, NAME);

  sql_kit_assert_text (facts, "sql.version", "12.0.2000");
  sql_kit_assert_unknown (facts, "sql.major-version", PRESYNC_UNKNOWN_NOT_OFFERED, "Azure");
  sql_kit_assert_boolean (facts, "sql.tls12", TRUE);
  sql_kit_assert_integer (old, "sql.major-version", 12);
}

/* The SQL Server Browser answers, and no port comes of it. */
static void
test_browser (void)
{
  static const struct
  {
    PresyncSqlInstance instance;
    gboolean found;
    const char *transport;
  } cases[] = {
    { PRESYNC_SQL_INSTANCE_MISSING, FALSE, NULL },
    { PRESYNC_SQL_INSTANCE_NO_TCP, TRUE, NULL },
    { PRESYNC_SQL_INSTANCE_NAMED_PIPES, TRUE, "Named Pipes" },
  };
  g_autoptr (GError) error
      = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED, "sql01 has no port");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) facts
          = presync_sql_facts_from_failure (NULL, FALSE, cases[i].instance, error, now, NAME, NAME);

      g_assert_cmpuint (facts->len, ==, g_strv_length ((char **) presync_sql_fact_keys ()));
      sql_kit_assert_boolean (facts, "sql.instance-found", cases[i].found);
      if (cases[i].transport != NULL)
        sql_kit_assert_text (facts, "sql.transport", cases[i].transport);
      else
        sql_kit_assert_unknown (facts, "sql.transport", PRESYNC_UNKNOWN_NOT_OFFERED, "no port");
    }
}

/* Who shows a certificate that nobody accepted may be anybody: what it says is not judged, only
 * that it answered. */
static void
test_stranger (void)
{
  g_autoptr (GError) error
      = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE, "sql01 was refused");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PresyncSqlPrelogin prelogin
      = { (char *) "10.0.1000", (char *) "on", (char *) "1.1", FALSE, (char *) "self-signed" };
  g_autoptr (GPtrArray) facts = presync_sql_facts_from_failure (
      &prelogin, FALSE, PRESYNC_SQL_INSTANCE_UNTOLD, error, now, NAME, NAME);

  g_assert_cmpuint (facts->len, ==, g_strv_length ((char **) presync_sql_fact_keys ()));
  for (guint i = 0; i < facts->len; i++)
    {
      const char *key = presync_fact_get_key (g_ptr_array_index (facts, i));
      if (g_str_equal (key, "sql.certificate-trusted"))
        sql_kit_assert_boolean (facts, key, FALSE);
      else if (g_str_equal (key, "sql.instance-found"))
        sql_kit_assert_boolean (facts, key, TRUE);
      else if (g_str_equal (key, "sql.transport"))
        sql_kit_assert_text (facts, key, "TCP");
      else
        sql_kit_assert_unknown (facts, key, PRESYNC_UNKNOWN_FAILED, "sql01 was refused");
    }
}

static void
failure_test_ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;

  g_assert_false (presync_source_check_finish (PRESYNC_SOURCE (object), result, error));
}

/* A recording of another kind than a file is not even asked for. */
static void
test_far_recording (void)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autoptr (PresyncSqlSource) source = NULL;
  g_autoptr (GError) error = NULL;

  target->recording = g_strdup ("http://127.0.0.1:9/sql01.json");
  source = presync_sql_source_new (target);
  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, NULL, failure_test_ended_cb, &error);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "must be a file on this computer"));
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (source)), ==, PRESYNC_SOURCE_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sql-failure/facts", test_failure);
  g_test_add_func ("/sql-failure/version-of-azure", test_version_of_azure);
  g_test_add_func ("/sql-failure/browser", test_browser);
  g_test_add_func ("/sql-failure/stranger", test_stranger);
  g_test_add_func ("/sql-failure/far-recording", test_far_recording);
  return g_test_run ();
}
