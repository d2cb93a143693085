/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does SQL Server run on the sync server? Names decide where they can, else the person. */
#include "assessment/sql-place.h"

#include "assessment/source-options.h"

static void
sql_place_test_compare (void)
{
  static const struct
  {
    const char *server;
    const char *sync_server;
    const char *dns_name;
    PresyncSqlPlace place;
  } cases[] = {
    { "sync01", "SYNC01", NULL, PRESYNC_SQL_PLACE_SAME },
    { "sync01.contoso.com", "SYNC01", NULL, PRESYNC_SQL_PLACE_SAME },
    { "SYNC01", "sync01.contoso.com.", NULL, PRESYNC_SQL_PLACE_SAME },
    { "sync01.contoso.com.", "SYNC01.CONTOSO.COM", NULL, PRESYNC_SQL_PLACE_SAME },
    { "sync01.contoso.com", "SYNC01", "SYNC01.contoso.com", PRESYNC_SQL_PLACE_SAME },
    { "sync01", "SYNC01", "SYNC01.contoso.com", PRESYNC_SQL_PLACE_SAME },
    { "sync01.hq.contoso.com", "sync01.contoso.com", "sync01.hq.contoso.com",
      PRESYNC_SQL_PLACE_SAME },
    { "sync01.fabrikam.com", "SYNC01", "SYNC01.contoso.com", PRESYNC_SQL_PLACE_OTHER },
    { "sync01.fabrikam.com", "sync01.contoso.com", NULL, PRESYNC_SQL_PLACE_OTHER },
    { "sync01.hq", "sync01.hq.contoso.com", NULL, PRESYNC_SQL_PLACE_OTHER },
    { "sync011", "sync01", NULL, PRESYNC_SQL_PLACE_OTHER },
    { "sync0", "sync01.contoso.com", NULL, PRESYNC_SQL_PLACE_OTHER },
    { "sql01.contoso.com", "SYNC01", "sync01.contoso.com", PRESYNC_SQL_PLACE_OTHER },
    { "sql01", "10.0.0.7", "sync01.contoso.com", PRESYNC_SQL_PLACE_OTHER },
    { "sql01", NULL, NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "sql01", "", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "sql01", "10.0.0.7", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { NULL, "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "localhost", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "LOCALHOST.localdomain", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "localhost", "localhost", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "127.0.0.1", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "127.1", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "::1", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "[::1]", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "10.0.0.7", "SYNC01", "sync01.contoso.com", PRESYNC_SQL_PLACE_UNKNOWN },
    { ".", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "(local)", "SYNC01", NULL, PRESYNC_SQL_PLACE_UNKNOWN },
    { "localhost01", "SYNC01", NULL, PRESYNC_SQL_PLACE_OTHER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s, %s, %s", cases[i].server, cases[i].sync_server, cases[i].dns_name);
      g_assert_cmpint (
          presync_sql_place_compare (cases[i].server, cases[i].sync_server, cases[i].dns_name), ==,
          cases[i].place);
    }
}

static PresyncAssessment *
sql_place_test_new (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  return presync_assessment_new (catalogue);
}

static void
sql_place_test_connect (PresyncAssessment *assessment, const char *server)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autoptr (PresyncSqlSource) source = NULL;

  g_assert_true (presync_sql_target_parse_name (target, server, NULL));
  target->kerberos = TRUE;
  source = presync_sql_source_new (target);
  presync_runner_set_source (presync_assessment_get_runner (assessment), PRESYNC_SOURCE (source));
}

static void
sql_place_test_tell_name (PresyncAssessment *assessment, const char *name)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 10, 28, 9, 14, 0);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("server", "x", "y", at, TRUE);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts, presync_fact_new_text ("server.name", "SYNC01", name, origin));
  presync_fact_set_update (presync_assessment_get_facts (assessment), facts);
}

#define assert_remote(assessment, expected)                                                        \
  g_assert_cmpint (presync_assessment_get_feature (assessment, "remote-sql"), ==, expected)

/* Whatever changes: the SQL Server, the sync server, its DNS name, the plan */
static void
sql_place_test_follows (void)
{
  g_autoptr (PresyncAssessment) assessment = sql_place_test_new ();
  static const char *const own_only[] = { "own-sql", NULL };

  presync_assessment_set_feature (assessment, "own-sql", TRUE);
  sql_place_test_connect (assessment, "sql01.contoso.com");
  assert_remote (assessment, FALSE);
  presync_assessment_set_sync_server (assessment, "SYNC01.contoso.com");
  assert_remote (assessment, TRUE);
  sql_place_test_connect (assessment, "sync01");
  assert_remote (assessment, FALSE);
  presync_assessment_set_sync_server (assessment, "SYNC02");
  assert_remote (assessment, TRUE);
  presync_assessment_set_features (assessment, own_only, NULL);
  assert_remote (assessment, TRUE);
  presync_assessment_set_feature (assessment, "remote-sql", FALSE);
  assert_remote (assessment, TRUE);

  presync_assessment_set_sync_server (assessment, "SYNC01");
  sql_place_test_connect (assessment, "sync01.fabrikam.com");
  assert_remote (assessment, FALSE);
  sql_place_test_tell_name (assessment, "SYNC01.contoso.com");
  assert_remote (assessment, TRUE);
  /* of the server before, which says nothing of this one */
  presync_assessment_set_sync_server (assessment, "SYNC02");
  sql_place_test_connect (assessment, "sync02.fabrikam.com");
  assert_remote (assessment, FALSE);
}

/* A person decides where names do not, and stays the one who did. */
static void
sql_place_test_person (void)
{
  g_autoptr (PresyncAssessment) assessment = sql_place_test_new ();

  presync_sql_place_plan_own (assessment, TRUE);
  assert_remote (assessment, TRUE);
  sql_place_test_connect (assessment, "sql01");
  assert_remote (assessment, TRUE);
  presync_assessment_set_feature (assessment, "remote-sql", FALSE);
  sql_place_test_connect (assessment, "sql02");
  presync_sql_place_plan_own (assessment, TRUE);
  assert_remote (assessment, FALSE);
  sql_place_test_connect (assessment, "10.0.0.7");
  presync_assessment_set_sync_server (assessment, "SYNC01");
  assert_remote (assessment, FALSE);
  presync_assessment_set_feature (assessment, "remote-sql", TRUE);
  assert_remote (assessment, TRUE);
  presync_sql_place_plan_own (assessment, FALSE);
  assert_remote (assessment, FALSE);
  g_assert_false (presync_assessment_get_feature (assessment, "own-sql"));
  /* The built-in database: another server's name does not matter. */
  sql_place_test_connect (assessment, "sql01");
  assert_remote (assessment, FALSE);
  presync_sql_place_plan_own (assessment, TRUE);
  assert_remote (assessment, TRUE);
  presync_sql_place_plan_own (assessment, FALSE);
  assert_remote (assessment, FALSE);
  /* Names told that it is the same; without them, another is taken for granted. */
  sql_place_test_connect (assessment, "sync01");
  presync_sql_place_plan_own (assessment, TRUE);
  assert_remote (assessment, FALSE);
  presync_assessment_set_sync_server (assessment, NULL);
  assert_remote (assessment, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sql-place/compare", sql_place_test_compare);
  g_test_add_func ("/sql-place/follows", sql_place_test_follows);
  g_test_add_func ("/sql-place/person", sql_place_test_person);
  return g_test_run ();
}
