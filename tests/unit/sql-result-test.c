/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-result.h"

#include "base/error.h"
#include "sources/sql/sql-facts.h"
#include "sources/sql/sql-source.h"
#include "sql-kit.h"

#define NAME "sql01.contoso.com\\SYNC"

/* (transfer full): the facts of the usual result with @from replaced by @to; each key is told once
 */
static GPtrArray *
facts_with (const char *from, const char *to)
{
  g_autofree char *text = sql_kit_edit (SQL_KIT_RESULT, from, to);
  g_autoptr (GBytes) data = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSqlResult) result = presync_sql_result_load (data, "x.json", &error);
  const char *const *keys = presync_sql_fact_keys ();
  GPtrArray *facts;

  g_assert_no_error (error);
  facts = presync_sql_facts_from_result (result, NAME, NAME);
  g_assert_cmpuint (facts->len, ==, g_strv_length ((char **) keys));
  for (; *keys != NULL; keys++)
    g_assert_cmpstr (presync_fact_get_subject (sql_kit_find (facts, *keys)), ==, NAME);
  return facts;
}

/* Facts of the usual result with each odd one of @edits replaced by the next; ends with %NULL */
static GPtrArray *
facts_with_edits (const char *const *edits)
{
  g_autofree char *text = g_strdup (SQL_KIT_RESULT);
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSqlResult) result = NULL;

  g_strdelimit (text, "'", '"');
  for (; *edits != NULL; edits += 2)
    {
      g_autofree char *from = g_strdelimit (g_strdup (edits[0]), "'", '"');
      char *next = sql_kit_edit (text, from, edits[1]);
      g_free (text);
      text = next;
    }
  data = g_bytes_new_static (text, strlen (text));
  result = presync_sql_result_load (data, "x.json", &error);
  g_assert_no_error (error);
  return presync_sql_facts_from_result (result, NAME, NAME);
}

/* Every fact that "sql" provides has a key here, and no other. */
static void
test_keys (void)
{
  const char *const *keys = presync_sql_fact_keys ();
  gsize n;
  const PresyncFactKey *all = presync_fact_keys (&n);
  guint mine = 0;

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (all[i].source, "sql"))
      {
        g_assert_true (g_strv_contains (keys, all[i].id));
        mine++;
      }
  g_assert_cmpuint (mine, ==, g_strv_length ((char **) keys));
}

static void
test_usual (void)
{
  g_autoptr (GPtrArray) facts = facts_with (NULL, NULL);
  PresyncOrigin *origin = presync_fact_get_origin (sql_kit_find (facts, "sql.edition"));
  g_autofree char *at = presync_origin_dup_at_text (origin);

  sql_kit_assert_text (facts, "sql.version", "15.0.4375.4");
  sql_kit_assert_integer (facts, "sql.major-version", 15);
  sql_kit_assert_text (facts, "sql.edition", "Standard Edition (64-bit)");
  sql_kit_assert_integer (facts, "sql.engine-edition", 2);
  sql_kit_assert_boolean (facts, "sql.on-windows", TRUE);
  sql_kit_assert_text (facts, "sql.collation", "SQL_Latin1_General_CP1_CI_AS");
  sql_kit_assert_known (facts, "sql.other-engines");
  g_assert_null (presync_fact_get_list (sql_kit_find (facts, "sql.other-engines"))[0]);
  sql_kit_assert_boolean (facts, "sql.adsync-database", FALSE);
  sql_kit_assert_unknown (facts, "sql.adsync-size", PRESYNC_UNKNOWN_NOT_OFFERED, "no database");
  sql_kit_assert_text (facts, "sql.transport", "TCP");
  sql_kit_assert_boolean (facts, "sql.instance-found", TRUE);
  sql_kit_assert_text (facts, "sql.login", "presync");
  sql_kit_assert_boolean (facts, "sql.sysadmin", FALSE);
  sql_kit_assert_boolean (facts, "sql.rights", FALSE);
  sql_kit_assert_integer (facts, "sql.max-memory", G_GINT64_CONSTANT (8589934592));
  sql_kit_assert_boolean (facts, "sql.max-memory-capped", TRUE);
  sql_kit_assert_boolean (facts, "sql.encrypted", TRUE);
  sql_kit_assert_boolean (facts, "sql.tls12", TRUE);
  sql_kit_assert_boolean (facts, "sql.certificate-trusted", TRUE);
  sql_kit_assert_boolean (facts, "sql.always-on", FALSE);
  sql_kit_assert_boolean (facts, "sql.clustered", FALSE);
  sql_kit_assert_boolean (facts, "sql.mirrored", FALSE);

  g_assert_cmpstr (presync_origin_get_source (origin), ==, "sql");
  g_assert_cmpstr (presync_origin_get_target (origin), ==, NAME);
  g_assert_cmpstr (presync_origin_get_query (origin), ==, "SELECT p (FreeTDS 1.3.17)");
  g_assert_cmpstr (at, ==, "2026-10-28T09:14:03Z");
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
        g_assert_true (presync_origin_get_complete (presync_fact_get_origin (fact)));
    }
}

static void
assert_boolean_with (const char *from, const char *to, const char *key, gboolean value)
{
  g_autoptr (GPtrArray) facts = facts_with (from, to);

  sql_kit_say (to);
  sql_kit_assert_boolean (facts, key, value);
}

static void
assert_unknown_with (const char *from, const char *to, const char *key, PresyncUnknown reason,
                     const char *part)
{
  g_autoptr (GPtrArray) facts = facts_with (from, to);

  sql_kit_say (to);
  sql_kit_assert_unknown (facts, key, reason, part);
}

static void
test_other_values (void)
{
  g_autoptr (GPtrArray) none = facts_with ("'megabytes':8192", "'megabytes':2147483647");

  assert_boolean_with ("'PathSeparator':'\\\\'", "'PathSeparator':'/'", "sql.on-windows", FALSE);
  /* Before 2017 there was nothing but Windows, and no such property. */
  assert_boolean_with ("'15.0.4375.4'", "'13.0.7000.1'", "sql.on-windows", TRUE);
  assert_boolean_with ("'IsClustered':0", "'IsClustered':1", "sql.clustered", TRUE);
  assert_boolean_with ("'IsHadrEnabled':0", "'IsHadrEnabled':1", "sql.always-on", TRUE);
  assert_boolean_with ("'sysadmin':0", "'sysadmin':1", "sql.sysadmin", TRUE);
  assert_boolean_with ("'sysadmin':0", "'sysadmin':1", "sql.rights", TRUE);
  assert_boolean_with ("'encrypt_option':'TRUE'", "'encrypt_option':'FALSE'", "sql.encrypted",
                       FALSE);
  assert_boolean_with ("'tls':'1.2'", "'tls':'1.3'", "sql.tls12", TRUE);
  assert_boolean_with ("'tls':'1.2'", "'tls':'1.1'", "sql.tls12", FALSE);
  assert_boolean_with ("'trusted':true", "'trusted':false", "sql.certificate-trusted", FALSE);
  /* Whatever else it says, a certificate with a fault is not trusted. */
  assert_boolean_with ("'problem':null", "'problem':'self-signed'", "sql.certificate-trusted",
                       FALSE);
  assert_boolean_with ("'megabytes':8192", "'megabytes':16384", "sql.max-memory-capped", FALSE);
  sql_kit_assert_boolean (none, "sql.max-memory-capped", FALSE);
  sql_kit_assert_known (none, "sql.max-memory");
}

/* Nothing, another type or nonsense is never a guess. */
static void
test_unusable_values (void)
{
  static const struct
  {
    const char *from;
    const char *null;
    const char *other;
    const char *key;
  } cases[] = {
    { "'15.0.4375.4'", "null", "15", "sql.version" },
    { "'15.0.4375.4'", "''", "'15.0.x'", "sql.major-version" },
    { "'Standard Edition (64-bit)'", "null", "7", "sql.edition" },
    { "'Standard Edition (64-bit)'", "''", "'a\\u001bb'", "sql.edition" },
    { "'EngineEdition':2", "'EngineEdition':null", "'EngineEdition':'2'", "sql.engine-edition" },
    { "'SQL_Latin1_General_CP1_CI_AS'", "null", "true", "sql.collation" },
    { "'PathSeparator':'\\\\'", "'PathSeparator':null", "'PathSeparator':'x'", "sql.on-windows" },
    { "'IsClustered':0", "'IsClustered':null", "'IsClustered':2", "sql.clustered" },
    { "'IsHadrEnabled':0", "'x':0", "'IsHadrEnabled':'0'", "sql.always-on" },
    { "'login':'presync'", "'login':null", "'login':[]", "sql.login" },
    { "'sysadmin':0", "'sysadmin':null", "'sysadmin':'1'", "sql.sysadmin" },
    { "'sysadmin':0", "'sysadmin':null", "'sysadmin':-1", "sql.rights" },
    { "'megabytes':8192", "'megabytes':null", "'megabytes':'8192'", "sql.max-memory" },
    { "'megabytes':8192", "'megabytes':null", "'megabytes':-1", "sql.max-memory-capped" },
    { "'total_physical_memory_kb':16777216", "'total_physical_memory_kb':null",
      "'total_physical_memory_kb':1.5", "sql.max-memory-capped" },
    { "'tls':'1.2'", "'tls':null", "'tls':'TLS'", "sql.tls12" },
    { "'tls':'1.2'", "'tls':null", "'tls':'TLS'", "sql.certificate-trusted" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_unknown_with (cases[i].from, cases[i].null, cases[i].key, PRESYNC_UNKNOWN_NOT_OFFERED,
                           NAME);
      assert_unknown_with (cases[i].from, cases[i].other, cases[i].key, PRESYNC_UNKNOWN_MALFORMED,
                           NAME);
    }
  assert_unknown_with ("'net_transport':'TCP'", "'net_transport':1", "sql.transport",
                       PRESYNC_UNKNOWN_MALFORMED, NAME);
  assert_unknown_with ("'encrypt_option':'TRUE'", "'encrypt_option':1", "sql.encrypted",
                       PRESYNC_UNKNOWN_MALFORMED, NAME);
  assert_unknown_with ("'bytes':null", "'bytes':-5", "sql.adsync-size", PRESYNC_UNKNOWN_MALFORMED,
                       NAME);
  assert_unknown_with ("'bytes':null", "'bytes':'5'", "sql.adsync-size", PRESYNC_UNKNOWN_MALFORMED,
                       NAME);
  assert_unknown_with ("'rows':[{'megabytes':8192}]}",
                       "'error':{'native':0,'code':'bad-input','message':'Odd.'}}",
                       "sql.max-memory", PRESYNC_UNKNOWN_MALFORMED, "Odd.");
  /* Azure knows no separator either, and is not Windows for that. */
  {
    g_autofree char *azure
        = sql_kit_edit (SQL_KIT_RESULT, "'PathSeparator':'\\\\'", "\"PathSeparator\":null");
    g_autofree char *older = sql_kit_edit (azure, "15.0.4375.4", "12.0.2000.8");
    g_autofree char *text = sql_kit_edit (older, "\"EngineEdition\":2", "\"EngineEdition\":12");
    g_autoptr (GBytes) data = g_bytes_new_static (text, strlen (text));
    g_autoptr (PresyncSqlResult) result = presync_sql_result_load (data, "x.json", NULL);
    g_autoptr (GPtrArray) facts = presync_sql_facts_from_result (result, NAME, NAME);
    sql_kit_assert_unknown (facts, "sql.on-windows", PRESYNC_UNKNOWN_NOT_OFFERED, NAME);
  }
}

/* Whatever number an Azure database service gives, it is not that of SQL Server. */
static void
test_azure (void)
{
  static const int services[] = { 5, 6, 8, 9, 11 };
  static const int others[] = { 1, 2, 3, 4 };
  const char *untold[]
      = { "'EngineEdition':2", "'EngineEdition':null", "15.0.4375.4", "12.0.2000.8", NULL };
  const char *rtm[] = { "15.0.4375.4", "12.0.2000.8", NULL };
  g_autoptr (GPtrArray) nobody = facts_with_edits (untold);
  g_autoptr (GPtrArray) first = facts_with_edits (rtm);

  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *engine = g_strdup_printf ("'EngineEdition':%d", services[i]);
      const char *edits[] = { "'EngineEdition':2", engine, "15.0.4375.4", "12.0.2000.8", NULL };
      g_autoptr (GPtrArray) facts = facts_with_edits (edits);

      sql_kit_say (engine);
      sql_kit_assert_unknown (facts, "sql.major-version", PRESYNC_UNKNOWN_NOT_OFFERED,
                              NAME " is an Azure database service");
      sql_kit_assert_unknown (facts, "sql.on-windows", PRESYNC_UNKNOWN_NOT_OFFERED,
                              NAME " is an Azure database service");
      sql_kit_assert_text (facts, "sql.version", "12.0.2000.8");
      sql_kit_assert_integer (facts, "sql.engine-edition", services[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *engine = g_strdup_printf ("'EngineEdition':%d", others[i]);
      g_autoptr (GPtrArray) facts = facts_with ("'EngineEdition':2", engine);
      sql_kit_assert_integer (facts, "sql.major-version", 15);
      sql_kit_assert_boolean (facts, "sql.on-windows", TRUE);
    }
  sql_kit_assert_unknown (nobody, "sql.major-version", PRESYNC_UNKNOWN_NOT_OFFERED, "12.0.2000.8");
  sql_kit_assert_integer (first, "sql.major-version", 12);
}

#define DENIED "'error':{'native':300,'message':'VIEW SERVER STATE permission was denied.'}}"

/* A statement that fails leaves the others alone. */
static void
test_read_errors (void)
{
  g_autoptr (GPtrArray) denied
      = facts_with ("'rows':[{'total_physical_memory_kb':16777216}]}", DENIED);
  g_autoptr (GPtrArray) hidden = facts_with ("'rows':[{'encrypt_option':'TRUE'}]}", DENIED);

  sql_kit_assert_unknown (denied, "sql.max-memory-capped", PRESYNC_UNKNOWN_NO_RIGHT,
                          "VIEW SERVER STATE");
  sql_kit_assert_known (denied, "sql.max-memory");
  sql_kit_assert_known (denied, "sql.version");
  /* That it is encrypted needs no asking: there would be no connection otherwise. */
  sql_kit_assert_boolean (hidden, "sql.encrypted", TRUE);
  assert_unknown_with (
      "'rows':[{'total_physical_memory_kb':16777216}]}",
      "'error':{'native':300,'message':'VIEW SERVER PERFORMANCE STATE permission was denied.'}}",
      "sql.max-memory-capped", PRESYNC_UNKNOWN_NO_RIGHT, "VIEW SERVER PERFORMANCE STATE");
  assert_unknown_with ("'rows':[{'megabytes':8192}]}",
                       "'error':{'native':229,'message':'The SELECT permission was denied.'}}",
                       "sql.max-memory", PRESYNC_UNKNOWN_NO_RIGHT, "SELECT permission");
  assert_unknown_with ("'rows':[{'megabytes':8192}]}",
                       "'error':{'native':0,'code':'timed-out','message':'No answer.'}}",
                       "sql.max-memory", PRESYNC_UNKNOWN_TIMED_OUT, "No answer.");
  assert_unknown_with ("'rows':[{'megabytes':8192}]}",
                       "'error':{'native':0,'code':'unreachable','message':'It broke.'}}",
                       "sql.max-memory", PRESYNC_UNKNOWN_UNREACHABLE, "It broke.");
  assert_unknown_with ("'rows':[{'megabytes':8192}]}",
                       "'error':{'native':102,'message':'a\\u0007b\\u202ec'}}", "sql.max-memory",
                       PRESYNC_UNKNOWN_FAILED, "a b c");
  assert_unknown_with ("'rows':[{'megabytes':8192}]}", "'rows':[]}", "sql.max-memory",
                       PRESYNC_UNKNOWN_NOT_OFFERED, "no value");
  assert_unknown_with ("'id':'max-memory'", "'id':'other'", "sql.max-memory",
                       PRESYNC_UNKNOWN_FAILED, "was not asked");
}

#define DATABASES "{'id':'databases','query':'SELECT d','rows':[]}"
#define ROLE "'error':{'native':208,'message':'No such object.'}}"
#define ADSYNC                                                                                     \
  "{'id':'databases','query':'SELECT d','rows':[{'name':'adsync','collation_name':"                \
  "'Latin1_General_CS_AS'}]}"

static void
test_adsync_database (void)
{
  const char *ready[] = { DATABASES,
                          ADSYNC,
                          ROLE,
                          "'rows':[{'db_owner':1}]}",
                          "'bytes':null",
                          "'bytes':2147483648",
                          "'SELECT i','rows':[]",
                          "'SELECT i','rows':[{'mirroring_state_desc':null}]",
                          NULL };
  const char *mirrored[] = { DATABASES, ADSYNC, "'SELECT i','rows':[]",
                             "'SELECT i','rows':[{'mirroring_state_desc':'SYNCHRONIZED'}]", NULL };
  const char *bare[] = { DATABASES, ADSYNC, NULL };
  const char *cut[]
      = { DATABASES,
          "{'id':'databases','query':'SELECT d','complete':false,'rows':[{'name':'ADSYNC',"
          "'collation_name':'Latin1_General_CS_AS'},{'name':'ADSync','collation_name':"
          "'Latin1_General_CI_AS'}]}",
          NULL };
  const char *other_case[]
      = { DATABASES,
          "{'id':'databases','query':'SELECT d','complete':false,'rows':[{'name':'ADSYNC',"
          "'collation_name':'Latin1_General_CS_AS'}]}",
          NULL };
  const char *offline[]
      = { DATABASES,
          "{'id':'databases','query':'SELECT d','rows':[{'name':'ADSync','collation_name':null}]}",
          NULL };
  g_autoptr (GPtrArray) facts = facts_with_edits (ready);
  g_autoptr (GPtrArray) mirror = facts_with_edits (mirrored);
  g_autoptr (GPtrArray) little = facts_with_edits (bare);
  g_autoptr (GPtrArray) down = facts_with_edits (offline);
  g_autoptr (GPtrArray) some = facts_with_edits (cut);
  g_autoptr (GPtrArray) maybe = facts_with_edits (other_case);

  sql_kit_assert_boolean (facts, "sql.adsync-database", TRUE);
  /* Its own collation counts, not the server's. */
  sql_kit_assert_text (facts, "sql.collation", "Latin1_General_CS_AS");
  sql_kit_assert_integer (facts, "sql.adsync-size", G_GINT64_CONSTANT (2147483648));
  sql_kit_assert_boolean (facts, "sql.rights", TRUE);
  sql_kit_assert_boolean (facts, "sql.mirrored", FALSE);
  g_assert_null (presync_fact_get_list (sql_kit_find (facts, "sql.other-engines"))[0]);
  sql_kit_assert_boolean (mirror, "sql.mirrored", TRUE);
  sql_kit_assert_unknown (little, "sql.mirrored", PRESYNC_UNKNOWN_NOT_OFFERED, NAME);
  sql_kit_assert_unknown (little, "sql.adsync-size", PRESYNC_UNKNOWN_NO_RIGHT,
                          "VIEW ANY DEFINITION");
  sql_kit_assert_unknown (down, "sql.collation", PRESYNC_UNKNOWN_NOT_OFFERED, "collation_name");
  /* More databases than were listed, but this one was; by its very name where case counts. */
  sql_kit_assert_text (some, "sql.collation", "Latin1_General_CI_AS");
  g_assert_true (
      presync_origin_get_complete (presync_fact_get_origin (sql_kit_find (some, "sql.collation"))));
  sql_kit_assert_unknown (maybe, "sql.collation", PRESYNC_UNKNOWN_PARTIAL, "Only 1");
}

static void
test_rights (void)
{
#define OWNER "'SELECT o','rows':[]"
#define NO_ROLE "'rows':[{'db_owner':0}]}"
  const char *owner[]
      = { DATABASES, ADSYNC, ROLE,
          NO_ROLE,   OWNER,  "'SELECT o','rows':[{'owner':'PRESYNC','access':1,'control':1}]",
          NULL };
  const char *group[]
      = { DATABASES, ADSYNC, ROLE,
          NO_ROLE,   OWNER,  "'SELECT o','rows':[{'owner':'sa','access':1,'control':1}]",
          NULL };
  const char *guest[]
      = { DATABASES, ADSYNC, ROLE,
          NO_ROLE,   OWNER,  "'SELECT o','rows':[{'owner':'sa','access':1,'control':0}]",
          NULL };
  const char *shut[] = { DATABASES, ADSYNC,
                         ROLE,      "'error':{'native':916,'message':'Shut.'}}",
                         OWNER,     "'SELECT o','rows':[{'owner':null,'access':0,'control':null}]",
                         NULL };
  const char *untold[]
      = { DATABASES, ADSYNC,
          ROLE,      "'error':{'native':0,'message':'Gone.'}}",
          OWNER,     "'SELECT o','rows':[{'owner':null,'access':1,'control':null}]",
          NULL };
  const char *member[]
      = { DATABASES,         ADSYNC, ROLE, "'rows':[{'db_owner':1}]}", "'sysadmin':0",
          "'sysadmin':null", NULL };
  g_autoptr (GPtrArray) facts = facts_with_edits (owner);
  g_autoptr (GPtrArray) by_group = facts_with_edits (group);
  g_autoptr (GPtrArray) by_guest = facts_with_edits (guest);
  g_autoptr (GPtrArray) outside = facts_with_edits (shut);
  g_autoptr (GPtrArray) nothing = facts_with_edits (untold);
  g_autoptr (GPtrArray) by_role = facts_with_edits (member);

  sql_kit_assert_boolean (facts, "sql.rights", TRUE);
  /* A nested group would not count, and nobody says which it is. */
  sql_kit_assert_unknown (by_group, "sql.rights", PRESYNC_UNKNOWN_NOT_OFFERED, "group");
  sql_kit_assert_boolean (by_guest, "sql.rights", FALSE);
  sql_kit_assert_boolean (outside, "sql.rights", FALSE);
  sql_kit_assert_unknown (nothing, "sql.rights", PRESYNC_UNKNOWN_NOT_OFFERED, "control");
  /* Whether sysadmin or not, a member of db_owner may. */
  sql_kit_assert_boolean (by_role, "sql.rights", TRUE);
}

/* That nothing is seen means something only if all can be seen. */
static void
test_sight (void)
{
  const char *blind[] = { "'view_any_database':1", "'view_any_database':0", ROLE,
                          "'error':{'native':0,'message':'Gone.'}}", NULL };
  const char *sure[] = { "'view_any_database':1", "'view_any_database':0", NULL };
  const char *exists[] = { "'view_any_database':1", "'view_any_database':0", ROLE,
                           "'error':{'native':916,'message':'Shut.'}}", NULL };
  const char *other[]
      = { "'view_any_database':1", "'view_any_database':0", DATABASES,
          "{'id':'databases','query':'SELECT d','rows':[{'name':'FIMSynchronizationService'}]}",
          NULL };
  const char *cut[] = { DATABASES,
                        "{'id':'databases','query':'SELECT d','complete':false,'rows':[{'name':"
                        "'ADSync_old'},{'name':'Unrelated'}]}",
                        ROLE, "'error':{'native':0,'message':'Gone.'}}", NULL };
  const char *denied[] = { DATABASES,
                           "{'id':'databases','query':'SELECT d','error':{'native':229,'message':"
                           "'No right.'}}",
                           ROLE, "'error':{'native':0,'message':'Gone.'}}", NULL };
  const char *odd[]
      = { DATABASES, "{'id':'databases','query':'SELECT d','rows':[{'name':5}]}", NULL };
  g_autoptr (GPtrArray) facts = facts_with_edits (blind);
  g_autoptr (GPtrArray) none = facts_with_edits (sure);
  g_autoptr (GPtrArray) there = facts_with_edits (exists);
  g_autoptr (GPtrArray) engine = facts_with_edits (other);
  g_autoptr (GPtrArray) partial = facts_with_edits (cut);
  g_autoptr (GPtrArray) refused = facts_with_edits (denied);
  g_autoptr (GPtrArray) malformed = facts_with_edits (odd);
  PresyncFact *fact;

  sql_kit_assert_unknown (facts, "sql.adsync-database", PRESYNC_UNKNOWN_NO_RIGHT,
                          "VIEW ANY DATABASE");
  sql_kit_assert_unknown (facts, "sql.other-engines", PRESYNC_UNKNOWN_NO_RIGHT,
                          "VIEW ANY DATABASE");
  sql_kit_assert_unknown (facts, "sql.collation", PRESYNC_UNKNOWN_NO_RIGHT, "VIEW ANY DATABASE");
  sql_kit_assert_unknown (facts, "sql.rights", PRESYNC_UNKNOWN_NO_RIGHT, "VIEW ANY DATABASE");
  /* Error 208 says that there is no such database, whoever asks. */
  sql_kit_assert_boolean (none, "sql.adsync-database", FALSE);
  sql_kit_assert_boolean (none, "sql.rights", FALSE);
  sql_kit_assert_boolean (there, "sql.adsync-database", TRUE);
  sql_kit_assert_boolean (there, "sql.rights", FALSE);
  sql_kit_assert_unknown (there, "sql.collation", PRESYNC_UNKNOWN_NO_RIGHT, "ADSync");

  fact = sql_kit_find (engine, "sql.other-engines");
  sql_kit_assert_known (engine, "sql.other-engines");
  g_assert_cmpstr (presync_fact_get_list (fact)[0], ==, "FIMSynchronizationService");
  g_assert_false (presync_origin_get_complete (presync_fact_get_origin (fact)));

  fact = sql_kit_find (partial, "sql.other-engines");
  g_assert_cmpuint (g_strv_length ((char **) presync_fact_get_list (fact)), ==, 1);
  g_assert_cmpstr (presync_fact_get_list (fact)[0], ==, "ADSync_old");
  g_assert_false (presync_origin_get_complete (presync_fact_get_origin (fact)));
  sql_kit_assert_unknown (partial, "sql.adsync-database", PRESYNC_UNKNOWN_PARTIAL, "Only 2");
  sql_kit_assert_unknown (refused, "sql.other-engines", PRESYNC_UNKNOWN_NO_RIGHT, "No right.");
  sql_kit_assert_unknown (refused, "sql.adsync-database", PRESYNC_UNKNOWN_NO_RIGHT, "No right.");
  sql_kit_assert_unknown (malformed, "sql.other-engines", PRESYNC_UNKNOWN_MALFORMED, "name");
}

static void
assert_no_result (const char *from, const char *to, const char *part)
{
  g_autofree char *text = sql_kit_edit (SQL_KIT_RESULT, from, to);
  g_autoptr (GBytes) data = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;

  sql_kit_say (to);
  g_assert_null (presync_sql_result_load (data, "sql01.json", &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "sql01.json"));
  if (strstr (error->message, part) == NULL)
    g_error ("no “%s” in: %s", part, error->message);
}

static void
test_bad_recordings (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *deep_text = g_strconcat ("{'reads':", deep, NULL);
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');

  assert_no_result (SQL_KIT_RESULT, "", "JSON");
  assert_no_result (SQL_KIT_RESULT, "[]", "JSON");
  assert_no_result (SQL_KIT_RESULT, "{} {}", "JSON");
  assert_no_result (SQL_KIT_RESULT, "5 {}", "JSON");
  assert_no_result (SQL_KIT_RESULT, "var x = {}", "JSON");
  assert_no_result (SQL_KIT_RESULT, "{/* */}", "JSON");
  assert_no_result (SQL_KIT_RESULT, "{'driver':", "JSON");
  assert_no_result (SQL_KIT_RESULT, "\xff\xfe{", "UTF-8");
  assert_no_result (SQL_KIT_RESULT, deep_text, "deeply");
  assert_no_result (SQL_KIT_RESULT, large, "1 MiB");
  assert_no_result (SQL_KIT_RESULT, "{}", "driver");
  assert_no_result ("'driver':'FreeTDS 1.3.17'", "'driver':5", "driver");
  assert_no_result ("'port':50123", "'port':0", "port");
  assert_no_result ("'port':50123", "'port':65536", "port");
  assert_no_result ("'port':50123", "'port':'1433'", "port");
  assert_no_result ("'browser'", "'guess'", "found-by");
  assert_no_result ("'2026-10-28T09:14:03Z'", "'yesterday'", "at");
  assert_no_result ("'prelogin'", "'post'", "prelogin");
  assert_no_result ("'encryption':'on'", "'encryption':'maybe'", "encryption");
  assert_no_result ("'trusted':true", "'trusted':'yes'", "trusted");
  assert_no_result ("'reads':[", "'others':[", "reads");
  assert_no_result (DATABASES, "5", "reads");
  assert_no_result (DATABASES, "{'id':'databases','query':'q'}", "rows");
  assert_no_result (DATABASES, "{'id':'databases','query':'q','rows':[5]}", "rows");
  assert_no_result (DATABASES, "{'id':'databases','query':'q','error':'no'}", "error");
  assert_no_result (DATABASES, "{'id':'databases','rows':[]}", "query");
  assert_no_result (DATABASES, "{'id':'databases','query':'q','complete':0,'rows':[]}", "complete");
}

/* What the sample shows: nobody may make the database, and the certificate is self-signed. */
static void
test_sample (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("PRESYNC_SOURCE"), "data", "sample", "sql01.json", NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSqlResult) result = NULL;
  g_autoptr (GPtrArray) facts = NULL;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  data = g_bytes_new (text, length);
  result = presync_sql_result_load (data, path, &error);
  g_assert_no_error (error);
  facts = presync_sql_facts_from_result (result, NAME, "sql01.json");
  for (guint i = 0; i < facts->len; i++)
    {
      const char *key = presync_fact_get_key (g_ptr_array_index (facts, i));
      if (!g_str_equal (key, "sql.adsync-size"))
        sql_kit_assert_known (facts, key);
    }
  sql_kit_assert_text (facts, "sql.login", "CONTOSO.HQ\\eadmin");
  sql_kit_assert_boolean (facts, "sql.rights", FALSE);
  sql_kit_assert_boolean (facts, "sql.encrypted", TRUE);
  sql_kit_assert_boolean (facts, "sql.certificate-trusted", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sql-result/keys", test_keys);
  g_test_add_func ("/sql-result/usual", test_usual);
  g_test_add_func ("/sql-result/other-values", test_other_values);
  g_test_add_func ("/sql-result/unusable-values", test_unusable_values);
  g_test_add_func ("/sql-result/azure", test_azure);
  g_test_add_func ("/sql-result/read-errors", test_read_errors);
  g_test_add_func ("/sql-result/adsync-database", test_adsync_database);
  g_test_add_func ("/sql-result/rights", test_rights);
  g_test_add_func ("/sql-result/sight", test_sight);
  g_test_add_func ("/sql-result/bad-recordings", test_bad_recordings);
  g_test_add_func ("/sql-result/sample", test_sample);
  return g_test_run ();
}
