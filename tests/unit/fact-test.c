/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/fact.h"

static PresyncOrigin *
fact_test_origin (gboolean complete)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 10, 6, 9, 30, 5);
  return presync_origin_new ("directory", "ldaps://dc1.contoso.com", "base, (objectClass=*)", at,
                             complete);
}

static void
fact_test_values (void)
{
  static const char *const suffixes[] = { "contoso.com", "contoso.local", NULL };
  g_autoptr (PresyncOrigin) origin = fact_test_origin (TRUE);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7200);
  g_autoptr (GDateTime) time = g_date_time_new (zone, 2026, 10, 6, 12, 0, 0);
  g_autoptr (PresyncFact) boolean
      = presync_fact_new_boolean ("forest.recycle-bin", "contoso.com", 5, origin);
  g_autoptr (PresyncFact) integer
      = presync_fact_new_integer ("server.memory", "SYNC01", G_MAXINT64, origin);
  g_autoptr (PresyncFact) text = presync_fact_new_text ("server.os", "SYNC01", "", origin);
  g_autoptr (PresyncFact) version
      = presync_fact_new_version ("server.agent-version", "SYNC01", "1.1.2505.0", origin);
  g_autoptr (PresyncFact) list
      = presync_fact_new_list ("forest.upn-suffixes", "contoso.com", suffixes, origin);
  g_autoptr (PresyncFact) moment
      = presync_fact_new_time ("forest.kds-root-key-created", "contoso.com", time, origin);

  g_assert_true (presync_fact_get_boolean (boolean) == TRUE);
  g_assert_cmpstr (presync_fact_get_key (boolean), ==, "forest.recycle-bin");
  g_assert_cmpstr (presync_fact_get_subject (boolean), ==, "contoso.com");
  g_assert_true (presync_fact_get_origin (boolean) == origin);
  g_assert_true (presync_fact_get_unknown (boolean) == PRESYNC_UNKNOWN_NONE);
  g_assert_null (presync_fact_get_detail (boolean));
  g_assert_cmpint (presync_fact_get_integer (integer), ==, G_MAXINT64);
  g_assert_true (presync_fact_get_value_type (integer) == PRESYNC_FACT_INTEGER);
  g_assert_cmpstr (presync_fact_get_text (text), ==, "");
  g_assert_cmpstr (presync_fact_get_text (version), ==, "1.1.2505.0");
  g_assert_true (g_strv_equal (presync_fact_get_list (list), suffixes));
  g_assert_true (presync_fact_get_list (list) != suffixes);
  /* Stored as UTC. */
  g_assert_cmpint (g_date_time_get_hour (presync_fact_get_time (moment)), ==, 10);
}

static void
fact_test_origin_text (void)
{
  g_autoptr (PresyncOrigin) origin = fact_test_origin (FALSE);
  g_autofree char *at = presync_origin_dup_at_text (origin);

  g_assert_cmpstr (at, ==, "2026-10-06T09:30:05Z");
  g_assert_cmpstr (presync_origin_get_source (origin), ==, "directory");
  g_assert_cmpstr (presync_origin_get_target (origin), ==, "ldaps://dc1.contoso.com");
  g_assert_cmpstr (presync_origin_get_query (origin), ==, "base, (objectClass=*)");
  g_assert_false (presync_origin_get_complete (origin));
  g_assert_cmpstr (presync_source_title ("server"), ==, "Sync server");
  g_assert_cmpstr (presync_source_title ("elsewhere"), ==, "elsewhere");
}

/* A fact of the wrong type, or of a key that is none, is a fault of the program: it is said aloud
 * and there is no fact. */
static void
fact_test_types (void)
{
  static const char *const list[] = { NULL };
  g_autoptr (PresyncOrigin) origin = fact_test_origin (TRUE);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncFact) integer = presync_fact_new_integer ("server.memory", "", 1, origin);
  g_autoptr (PresyncFact) unknown = presync_fact_new_unknown (
      "server.memory", "", PRESYNC_UNKNOWN_NO_RIGHT, "No right to read.", origin);

#define FACT_REFUSED(expression)                                                                   \
  g_test_expect_message ("presync", G_LOG_LEVEL_CRITICAL, "*assertion*failed*");                   \
  g_assert_true ((expression) == 0);                                                               \
  g_test_assert_expected_messages ()
  FACT_REFUSED (presync_fact_new_boolean ("server.memory", "", TRUE, origin));
  FACT_REFUSED (presync_fact_new_integer ("server.os", "", 1, origin));
  FACT_REFUSED (presync_fact_new_text ("server.agent-version", "", "1.0", origin));
  FACT_REFUSED (presync_fact_new_version ("server.os", "", "1.0", origin));
  FACT_REFUSED (presync_fact_new_version ("server.agent-version", "", "1.0 beta", origin));
  FACT_REFUSED (presync_fact_new_list ("server.os", "", list, origin));
  FACT_REFUSED (presync_fact_new_time ("server.os", "", now, origin));
  FACT_REFUSED (presync_fact_new_unknown ("server.os", "", PRESYNC_UNKNOWN_NONE, "fine", origin));
  FACT_REFUSED (presync_fact_get_boolean (integer));
  FACT_REFUSED (presync_fact_get_text (integer));
  FACT_REFUSED (presync_fact_get_list (integer));
  FACT_REFUSED (presync_fact_get_time (integer));
  FACT_REFUSED (presync_fact_get_integer (unknown));
  g_test_expect_message ("presync", G_LOG_LEVEL_CRITICAL, "*record != NULL*");
  g_test_expect_message ("presync", G_LOG_LEVEL_CRITICAL, "*self != NULL*");
  g_assert_null (presync_fact_new_boolean ("server.colour", "", TRUE, origin));
  g_test_assert_expected_messages ();
#undef FACT_REFUSED
}

static void
fact_test_assert_text (PresyncFact *fact, const char *expected)
{
  g_autofree char *text = presync_fact_describe (fact);
  g_assert_cmpstr (text, ==, expected);
}

static void
fact_test_describe_integers (void)
{
  const gint64 gb = G_GINT64_CONSTANT (1073741824);
  const struct
  {
    const char *key;
    gint64 value;
    const char *text;
  } cases[] = {
    { "forest.functional-level", 7, "Windows Server 2016 (7)" },
    { "forest.functional-level", 10, "Windows Server 2025 (10)" },
    { "forest.functional-level", 0, "Windows 2000 (0)" },
    { "forest.functional-level", 8, "8" },
    { "forest.functional-level", -1, "-1" },
    { "sql.max-memory", 8 * gb, "8 GB" },
    { "sql.max-memory", G_GINT64_CONSTANT (2147483647) * 1024 * 1024, "no limit" },
    { "sql.max-memory", G_GINT64_CONSTANT (2147483646) * 1024 * 1024, "2097152 GB" },
    { "schema.version", 88, "Windows Server 2019 (88)" },
    { "schema.version", 13, "13" },
    { "controller.os-build", 20348, "Windows Server 2022 (20348)" },
    { "controller.os-build", 19045, "19045" },
    /* Windows 11 has the build of Windows Server 2025: the number alone names neither. */
    { "server.os-build", 26100, "26100" },
    { "server.sku", 7, "Standard (7)" },
    { "server.sku", 4, "4" },
    { "sql.engine-edition", 4, "Express (4)" },
    { "sql.engine-edition", 7, "7" },
    { "server.dotnet-release", 528449, "4.8 (528449)" },
    { "server.dotnet-release", 461308, "4.7.1 (461308)" },
    { "server.dotnet-release", 461307, "4.7 (461307)" },
    { "server.dotnet-release", 999999, "4.8.1 (999999)" },
    { "server.dotnet-release", 378388, "378388" },
    { "server.dotnet-release", 0, "not installed" },
    { "server.time-offset", 20, "0.02 s" },
    { "server.time-offset", -301000, "-301 s" },
    { "server.time-offset", 86400000, "86400 s" },
    { "server.memory", 16 * gb, "16 GB" },
    { "server.memory", gb / 2, "0.5 GB" },
    { "server.memory", 17038000000, "15.87 GB" },
    { "server.memory", 0, "0 GB" },
    { "server.memory", 1, "0 GB" },
    { "server.disk-size", 999 * gb, "999 GB" },
    { "server.disk-size", 16384 * gb, "16384 GB" },
    { "server.disk-size", 131072 * gb, "131072 GB" },
    { "server.cpu-mhz", 1600, "1.6 GHz" },
    { "server.cpu-mhz", 2294, "2.29 GHz" },
    { "sql.major-version", 15, "SQL Server 2019 (15)" },
    { "forest.objects", 277, "277 objects" },
    { "domain.objects", 1, "1 object" },
    { "forest.kds-root-keys", 0, "none" },
    { "forest.kds-root-keys", 2, "2 keys" },
    { "server.sku", -3, "-3" },
  };
  g_autoptr (PresyncOrigin) origin = fact_test_origin (TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncFact) fact
          = presync_fact_new_integer (cases[i].key, "", cases[i].value, origin);
      fact_test_assert_text (fact, cases[i].text);
    }
}

static void
fact_test_describe_others (void)
{
  static const char *const none[] = { NULL };
  static const char *const four[] = { "a", "b", "c", "d", NULL };
  static const char *const five[] = { "a", "b", "c", "d", "e", NULL };
  static const char *const hostile[] = { "<b>%s</b>", "&amp;", NULL };
  g_autoptr (PresyncOrigin) origin = fact_test_origin (TRUE);
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 1, 2, 3, 4, 5);
  g_autoptr (PresyncFact) yes = presync_fact_new_boolean ("forest.recycle-bin", "", TRUE, origin);
  g_autoptr (PresyncFact) no = presync_fact_new_boolean ("forest.recycle-bin", "", FALSE, origin);
  g_autoptr (PresyncFact) because = presync_fact_new_boolean_because (
      "forest.recycle-bin", "", FALSE, "DC1 refuses <b>%s</b>.", origin);
  g_autoptr (PresyncFact) plain
      = presync_fact_new_boolean_because ("forest.recycle-bin", "", TRUE, NULL, origin);
  g_autoptr (PresyncFact) text = presync_fact_new_text ("server.os", "", "Windows %n", origin);
  g_autoptr (PresyncFact) version
      = presync_fact_new_version ("server.agent-version", "", "1.1.0", origin);
  g_autoptr (PresyncFact) moment
      = presync_fact_new_time ("forest.kds-root-key-created", "", time, origin);
  g_autoptr (PresyncFact) unknown = presync_fact_new_unknown (
      "forest.upn-suffixes", "", PRESYNC_UNKNOWN_TIMED_OUT, "DC1 did not answer.", origin);
  static const struct
  {
    const char *value;
    const char *text;
  } kinds[] = {
    { "AAD", "Microsoft Entra ID, workforce (AAD)" },
    { "AAD B2C", "Azure AD B2C (AAD B2C)" },
    { "CIAM", "Microsoft Entra External ID (CIAM)" },
    { "Something new", "Something new" },
  };
  const struct
  {
    const char *const *list;
    const char *text;
  } lists[] = {
    { none, "none" },
    { four, "a, b, c, d" },
    { five, "a, b, c, d and 1 more" },
    /* Never markup, never a format. */
    { hostile, "<b>%s</b>, &amp;" },
  };

  fact_test_assert_text (yes, "yes");
  fact_test_assert_text (no, "no");
  fact_test_assert_text (because, "no – DC1 refuses <b>%s</b>");
  fact_test_assert_text (plain, "yes");
  fact_test_assert_text (text, "Windows %n");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (PresyncFact) kind
          = presync_fact_new_text ("tenant.kind", "", kinds[i].value, origin);
      fact_test_assert_text (kind, kinds[i].text);
    }
  fact_test_assert_text (version, "1.1.0");
  fact_test_assert_text (moment, "2026-01-02 03:04 UTC");
  fact_test_assert_text (unknown, "DC1 did not answer.");
  g_assert_cmpstr (presync_unknown_nick (presync_fact_get_unknown (unknown)), ==, "timed-out");
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (PresyncFact) fact
          = presync_fact_new_list ("forest.upn-suffixes", "", lists[i].list, origin);
      fact_test_assert_text (fact, lists[i].text);
    }
}

/* Every kind of fact that there is, described without a value that its format knows. */
static void
fact_test_keys (void)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  g_autoptr (PresyncOrigin) origin = fact_test_origin (TRUE);

  g_assert_cmpuint (n, >, 90);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (PresyncFact) unknown
          = presync_fact_new_unknown (keys[i].id, "", PRESYNC_UNKNOWN_FAILED, "It failed.", origin);
      fact_test_assert_text (unknown, "It failed.");
      g_assert_true (presync_fact_key_find (keys[i].id) == &keys[i]);
      g_assert_cmpstr (keys[i].label, !=, "");
      g_assert_true (keys[i].format == PRESYNC_FORMAT_PLAIN
                     || keys[i].type
                            == (keys[i].format == PRESYNC_FORMAT_ACCOUNT_KIND
                                        || keys[i].format == PRESYNC_FORMAT_CLOUD
                                        || keys[i].format == PRESYNC_FORMAT_TENANT_KIND
                                    ? PRESYNC_FACT_TEXT
                                : keys[i].format == PRESYNC_FORMAT_PATHS
                                        || keys[i].format == PRESYNC_FORMAT_RIGHTS
                                        || keys[i].format == PRESYNC_FORMAT_GAPS
                                    ? PRESYNC_FACT_LIST
                                    : PRESYNC_FACT_INTEGER));
      /* A plan is of the plan; other keys name their subject first, whoever reads them. */
      g_assert_true (g_str_has_prefix (keys[i].id, "plan.")
                     == g_str_equal (keys[i].source, "plan"));
    }
  g_assert_null (presync_fact_key_find ("server"));
  g_assert_null (presync_fact_key_find (""));
}

static void
fact_test_same_value (void)
{
  static const char *const ab[] = { "a", "b", NULL };
  static const char *const ba[] = { "b", "a", NULL };
  static const char *const aa[] = { "a", "a", NULL };
  static const char *const abc[] = { "a", "b", "c", NULL };
  const char *const *lists[] = { ab, ba, aa, abc };
  g_autoptr (PresyncOrigin) origin = fact_test_origin (TRUE);
  g_autoptr (PresyncOrigin) part = fact_test_origin (FALSE);
  g_autoptr (GDateTime) later = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) newer
      = presync_origin_new ("directory", "ldaps://dc2.contoso.com", "again", later, TRUE);
  g_autoptr (PresyncFact) fact = presync_fact_new_integer ("server.memory", "A", 1, origin);
  g_autoptr (PresyncFact) again = presync_fact_new_integer ("server.memory", "A", 1, newer);
  g_autoptr (PresyncFact) unknown = presync_fact_new_unknown (
      "server.memory", "A", PRESYNC_UNKNOWN_NO_RIGHT, "No right.", origin);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);

  /* Time and server of the reading do not matter; completeness does. */
  g_assert_true (presync_fact_same_value (fact, again));
  g_ptr_array_add (others, presync_fact_new_integer ("server.memory", "A", 1, part));
  g_ptr_array_add (others, presync_fact_new_integer ("server.memory", "A", 2, origin));
  g_ptr_array_add (others, presync_fact_new_integer ("server.memory", "B", 1, origin));
  g_ptr_array_add (others, presync_fact_new_integer ("server.disk-size", "A", 1, origin));
  g_ptr_array_add (others, g_object_ref (unknown));
  g_ptr_array_add (others, presync_fact_new_unknown ("server.memory", "A", PRESYNC_UNKNOWN_FAILED,
                                                     "No right.", origin));
  g_ptr_array_add (others, presync_fact_new_unknown ("server.memory", "A", PRESYNC_UNKNOWN_NO_RIGHT,
                                                     "Another sentence.", origin));
  for (guint i = 0; i < others->len; i++)
    for (guint j = 0; j < others->len; j++)
      {
        g_assert_false (presync_fact_same_value (fact, g_ptr_array_index (others, i)));
        g_assert_true (
            presync_fact_same_value (g_ptr_array_index (others, i), g_ptr_array_index (others, j))
            == (i == j));
      }
  /* A no for another reason is another finding. */
  g_clear_pointer (&others, g_ptr_array_unref);
  others = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (others, presync_fact_new_boolean ("forest.recycle-bin", "", FALSE, origin));
  g_ptr_array_add (others, presync_fact_new_boolean_because ("forest.recycle-bin", "", FALSE,
                                                             "Refused.", origin));
  g_ptr_array_add (others, presync_fact_new_boolean_because ("forest.recycle-bin", "", FALSE,
                                                             "No such name.", origin));
  for (guint i = 0; i < others->len; i++)
    for (guint j = 0; j < others->len; j++)
      g_assert_true (
          presync_fact_same_value (g_ptr_array_index (others, i), g_ptr_array_index (others, j))
          == (i == j));
  /* A list has no order. */
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < G_N_ELEMENTS (lists); j++)
      {
        g_autoptr (PresyncFact) left
            = presync_fact_new_list ("forest.domains", "", lists[i], origin);
        g_autoptr (PresyncFact) right
            = presync_fact_new_list ("forest.domains", "", lists[j], origin);
        g_assert_true (presync_fact_same_value (left, right) == (i == j || i + j == 1));
      }
}

static gpointer
fact_test_thread (gpointer data)
{
  PresyncFact *fact = data;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (PresyncFact) mine = g_object_ref (fact);
      g_autoptr (PresyncOrigin) origin = g_object_ref (presync_fact_get_origin (mine));
      g_assert_cmpint (presync_fact_get_integer (mine), ==, 42);
    }
  return NULL;
}

static void
fact_test_threads (void)
{
  GThread *threads[4];
  PresyncOrigin *origin = fact_test_origin (TRUE);
  PresyncFact *fact = presync_fact_new_integer ("server.memory", "SYNC01", 42, origin);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("test", fact_test_thread, fact);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_finalize_object (fact);
  g_assert_finalize_object (origin);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fact/values", fact_test_values);
  g_test_add_func ("/fact/origin", fact_test_origin_text);
  g_test_add_func ("/fact/types", fact_test_types);
  g_test_add_func ("/fact/describe/integers", fact_test_describe_integers);
  g_test_add_func ("/fact/describe/others", fact_test_describe_others);
  g_test_add_func ("/fact/keys", fact_test_keys);
  g_test_add_func ("/fact/same-value", fact_test_same_value);
  g_test_add_func ("/fact/threads", fact_test_threads);
  return g_test_run ();
}
