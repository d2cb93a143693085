/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to try, and what nobody can try. */
#include <string.h>

#include "sources/network/endpoint.h"
#include "sources/network/network-source.h"
#include "sources/network/reach-facts.h"
#include "sources/network/reach-plan.h"
#include "sources/network/reach-recording.h"

#define TENANT "0a0a0a0a-0000-4000-8000-00000000000a"

static PresyncNetworkTarget *
make_target (void)
{
  PresyncNetworkTarget *target = presync_network_target_new ();

  target->cloud = g_strdup ("worldwide");
  target->login_host = g_strdup ("login.microsoftonline.com");
  target->graph_host = g_strdup ("graph.microsoft.com");
  target->tenant_id = g_strdup (TENANT);
  target->forest = g_strdup ("contoso.com");
  target->domains = g_strsplit ("contoso.com,emea.contoso.com", ",", -1);
  target->controllers = g_strsplit ("dc1.contoso.com,dc2.emea.contoso.com", ",", -1);
  target->catalogs = g_strsplit ("dc1.contoso.com", ",", -1);
  target->suffixes = g_strsplit ("contoso.com,contoso.net", ",", -1);
  return target;
}

static PresyncReach *
find_row (GPtrArray *rows, const char *group, const char *subject)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (presync_reach_get_subject (g_ptr_array_index (rows, i)), subject)
        && g_str_equal (presync_reach_get_group (g_ptr_array_index (rows, i)), group))
      return g_ptr_array_index (rows, i);
  return NULL;
}

static gboolean
row_has (PresyncReach *row, const char *key)
{
  return row != NULL && g_strv_contains (presync_reach_get_keys (row), key);
}

static guint
count_key (GPtrArray *rows, const char *key)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    n += row_has (g_ptr_array_index (rows, i), key);
  return n;
}

static void
test_endpoints (void)
{
  gsize n = 0;
  const PresyncEndpoint *endpoints = presync_endpoints (&n);

  g_assert_cmpuint (n, >, 50);
  for (gsize i = 0; i < n; i++)
    {
      g_auto (GStrv) clouds = g_strsplit (endpoints[i].clouds, " ", -1);
      g_autofree char *plan = g_strconcat (
          "plan.", endpoints[i].feature != NULL ? endpoints[i].feature : "federation", NULL);

      g_assert_nonnull (presync_fact_key_find (endpoints[i].key));
      g_assert_nonnull (presync_fact_key_find (plan));
      g_assert_true (endpoints[i].port == 443 || endpoints[i].port == 80);
      g_assert_null (strchr (endpoints[i].host, '*'));
      for (guint j = 0; clouds[j] != NULL; j++)
        g_assert_true (g_str_equal (clouds[j], "worldwide")
                       || g_str_has_prefix (clouds[j], "us-government"));
      /* A member, or the very name below the asterisk */
      if (endpoints[i].stands_for != NULL)
        g_assert_true (g_str_has_suffix (endpoints[i].host, endpoints[i].stands_for + 2));
      for (gsize j = 0; j < i; j++)
        g_assert_false (g_str_equal (endpoints[i].key, endpoints[j].key)
                        && g_str_equal (endpoints[i].host, endpoints[j].host)
                        && g_str_equal (endpoints[i].clouds, endpoints[j].clouds));
    }
}

static void
test_fact_keys (void)
{
  const char *const *told = presync_network_fact_keys ();
  gsize n = 0, n_network = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (keys[i].id, "network."))
      {
        n_network++;
        g_assert_true (g_strv_contains (told, keys[i].id));
        g_assert_cmpstr (keys[i].also, ==, "network");
      }
  g_assert_cmpuint (g_strv_length ((char **) told), ==, n_network);
}

static void
test_plan_names (void)
{
  static const char *const records[] = {
    "_ldap._tcp.contoso.com",
    "_ldap._tcp.dc._msdcs.contoso.com",
    "_ldap._tcp.pdc._msdcs.contoso.com",
    "_kerberos._tcp.dc._msdcs.contoso.com",
    "_ldap._tcp.emea.contoso.com",
    "_ldap._tcp.dc._msdcs.emea.contoso.com",
    "_ldap._tcp.pdc._msdcs.emea.contoso.com",
    "_kerberos._tcp.dc._msdcs.emea.contoso.com",
    "_ldap._tcp.gc._msdcs.contoso.com",
    "_gc._tcp.contoso.com",
  };
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autoptr (GPtrArray) rows = presync_reach_plan (target);
  g_autoptr (PresyncNetworkTarget) nothing = presync_network_target_new ();
  g_autoptr (GPtrArray) none = presync_reach_plan (nothing);

  g_assert_cmpuint (none->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      PresyncReach *row = find_row (rows, "names", records[i]);
      g_assert_true (row_has (row, "network.srv-record"));
      g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_NAME), ==, PRESYNC_REACH_WAITING);
      g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_TCP), ==, PRESYNC_REACH_NONE);
    }
  g_assert_cmpuint (count_key (rows, "network.srv-record"), ==, G_N_ELEMENTS (records));
  g_assert_true (
      row_has (find_row (rows, "names", "login.microsoftonline.com"), "network.internet-name"));
}

static void
test_plan_controllers (void)
{
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autoptr (GPtrArray) rows = presync_reach_plan (target);
  g_autoptr (GPtrArray) more = NULL;
  g_auto (GStrv) own = presync_reach_plan_list_controllers (target, "contoso.com");
  g_auto (GStrv) below = presync_reach_plan_list_controllers (target, "emea.contoso.com");

  g_assert_cmpuint (g_strv_length (own), ==, 1);
  g_assert_cmpstr (own[0], ==, "dc1.contoso.com");
  g_assert_cmpuint (g_strv_length (below), ==, 1);
  g_assert_cmpstr (below[0], ==, "dc2.emea.contoso.com");
  g_assert_true (
      row_has (find_row (rows, "controllers", "emea.contoso.com"), "network.domain-reached"));
  g_assert_true (row_has (find_row (rows, "controllers", "dc1.contoso.com:53"), "network.dc-dns"));
  g_assert_true (row_has (find_row (rows, "controllers", "dc1.contoso.com:445"), "network.dc-smb"));
  g_assert_null (find_row (rows, "controllers", "dc1.contoso.com:3268"));
  g_assert_null (find_row (rows, "controllers", "dc1.contoso.com:5985"));
  target->features = g_strsplit ("federation,seamless-sso", ",", -1);
  more = presync_reach_plan (target);
  /* Of global catalogs alone */
  g_assert_cmpuint (count_key (more, "network.dc-gc"), ==, 1);
  g_assert_nonnull (find_row (more, "controllers", "dc1.contoso.com:3268"));
  g_assert_cmpuint (count_key (more, "network.dc-winrm"), ==, 2);
  g_assert_cmpuint (count_key (more, "network.dc-adws"), ==, 2);
  g_assert_cmpuint (count_key (more, "network.dc-kerberos"), ==, 2);
}

/* The row of @key that nobody can try */
static PresyncReach *
find_obstacle (GPtrArray *rows, const char *key)
{
  for (guint i = 0; i < rows->len; i++)
    if (row_has (g_ptr_array_index (rows, i), key)
        && presync_reach_get_obstacle (g_ptr_array_index (rows, i)) != NULL)
      return g_ptr_array_index (rows, i);
  return NULL;
}

/* (transfer full): the rows of @target, of which all that can be tried answer */
static GPtrArray *
answer_all (const PresyncNetworkTarget *target)
{
  GPtrArray *rows = presync_reach_plan (target);

  for (guint i = 0; i < rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (rows, i);
      const char *obstacle = presync_reach_get_obstacle (row);

      presync_reach_end (row, obstacle != NULL ? PRESYNC_REACH_NOT_TRIED : PRESYNC_REACH_REACHED,
                         obstacle);
    }
  return rows;
}

/* How many facts of @key are unknown? */
static guint
count_unknown (GPtrArray *rows, const char *key)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (GPtrArray) facts
      = presync_reach_list_facts (rows, NULL, "network", "this computer", at);
  guint n = 0;

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (!g_str_equal (presync_fact_get_key (fact), key)
          || presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
        continue;
      g_assert_cmpint (presync_fact_get_unknown (fact), ==, PRESYNC_UNKNOWN_PARTIAL);
      g_assert_nonnull (presync_fact_get_detail (fact));
      n++;
    }
  return n;
}

/* What is known of a forest in part is never the whole of it. */
static void
test_plan_partial (void)
{
  static const char *const of_controllers[]
      = { "network.dc-dns", "network.dc-kerberos", "network.dc-rpc",   "network.dc-ldap",
          "network.dc-smb", "network.dc-gc",       "network.dc-winrm", "network.dc-adws" };
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) part = NULL;
  g_autoptr (GPtrArray) no_catalogs = NULL;
  g_autoptr (GPtrArray) domains = NULL;
  g_autoptr (GPtrArray) hidden = NULL;

  target->features = g_strsplit ("federation,seamless-sso", ",", -1);
  whole = answer_all (target);
  target->controllers_partial = TRUE;
  part = answer_all (target);
  for (gsize i = 0; i < G_N_ELEMENTS (of_controllers); i++)
    {
      g_assert_cmpuint (count_unknown (whole, of_controllers[i]), ==, 0);
      g_assert_cmpuint (count_unknown (part, of_controllers[i]), ==, 1);
    }
  g_assert_cmpuint (count_unknown (part, "network.domain-reached"), ==, 0);
  target->controllers_partial = FALSE;
  g_clear_pointer (&target->catalogs, g_strfreev);
  no_catalogs = answer_all (target);
  g_assert_cmpuint (count_key (no_catalogs, "network.dc-gc"), ==, 1);
  g_assert_cmpuint (count_unknown (no_catalogs, "network.dc-gc"), ==, 1);
  g_assert_cmpuint (count_unknown (no_catalogs, "network.dc-ldap"), ==, 0);
  target->domains_partial = TRUE;
  domains = answer_all (target);
  g_assert_cmpuint (count_unknown (domains, "network.domain-reached"), ==, 1);
  g_assert_cmpuint (count_unknown (domains, "network.srv-record"), ==, 1);
  g_assert_cmpuint (count_unknown (domains, "network.dc-ldap"), ==, 0);
  /* None of them showed. */
  g_clear_pointer (&target->controllers, g_strfreev);
  target->controllers_partial = TRUE;
  hidden = answer_all (target);
  g_assert_cmpuint (count_key (hidden, "network.dc-ldap"), ==, 1);
  g_assert_cmpuint (count_unknown (hidden, "network.dc-ldap"), ==, 1);
  g_assert_cmpuint (count_unknown (hidden, "network.dc-gc"), ==, 1);
}

static void
test_plan_many (void)
{
  const guint n = PRESYNC_REACH_MAX_CONTROLLERS + 7;
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) all = NULL;
  PresyncReach *more;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("dc%u.contoso.com", i);
      g_strv_builder_add (builder, name);
    }
  g_strfreev (target->controllers);
  target->controllers = g_strv_builder_end (builder);
  rows = answer_all (target);
  g_assert_cmpuint (count_key (rows, "network.dc-ldap"), ==, PRESYNC_REACH_MAX_CONTROLLERS + 1);
  more = find_obstacle (rows, "network.dc-ldap");
  g_assert_cmpstr (presync_reach_get_subject (more), ==, "7 more domain controllers");
  g_assert_true (row_has (more, "network.dc-kerberos"));
  g_assert_cmpuint (count_unknown (rows, "network.dc-ldap"), ==, 1);
  target->all_controllers = TRUE;
  all = answer_all (target);
  g_assert_cmpuint (count_key (all, "network.dc-ldap"), ==, n);
  g_assert_null (find_obstacle (all, "network.dc-ldap"));
}

/* The tenant's own address is not left out because nobody can tell it. */
static void
test_plan_no_tenant (void)
{
  static const char *const keys[]
      = { "network.cloud-run", "network.pass-through", "network.seamless-sso" };
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) named = NULL;
  PresyncReach *obstacle;

  target->features = g_strsplit ("pass-through,seamless-sso", ",", -1);
  known = answer_all (target);
  g_clear_pointer (&target->tenant_id, g_free);
  rows = answer_all (target);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_cmpuint (count_key (rows, keys[i]), ==, count_key (known, keys[i]));
      g_assert_cmpuint (count_unknown (known, keys[i]), ==, 0);
      g_assert_cmpuint (count_unknown (rows, keys[i]), ==, 1);
    }
  obstacle = find_obstacle (rows, "network.cloud-run");
  g_assert_nonnull (strstr (presync_reach_get_text (obstacle), "name your tenant first"));
  g_assert_cmpstr (presync_reach_get_subject (obstacle), ==,
                   "the tenant’s own address (….registration.msappproxy.net:443)");
  target->tenant_named = TRUE;
  named = answer_all (target);
  obstacle = find_obstacle (named, "network.cloud-run");
  g_assert_null (strstr (presync_reach_get_text (obstacle), "name your tenant"));
  g_assert_nonnull (strstr (presync_reach_get_text (obstacle), "which is not known"));
  g_assert_cmpuint (count_unknown (rows, "network.connect-run"), ==, 0);
}

static void
test_plan_internet (void)
{
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autoptr (GPtrArray) rows = presync_reach_plan (target);
  PresyncReach *login = find_row (rows, "internet", "login.microsoftonline.com:443");
  PresyncReach *agent;
  g_autoptr (GPtrArray) planned = NULL;
  g_autoptr (GPtrArray) government = NULL;
  g_autoptr (GPtrArray) china = NULL;

  /* One address, several facts */
  g_assert_true (row_has (login, "network.public-issuer"));
  g_assert_true (row_has (login, "network.cloud-run"));
  g_assert_true (row_has (login, "network.connect-run"));
  g_assert_false (row_has (login, "network.health"));
  g_assert_cmpstr (presync_reach_get_stands_for (login), ==, "*.microsoftonline.com");
  agent = find_row (rows, "internet", TENANT ".registration.msappproxy.net:443");
  g_assert_true (row_has (agent, "network.cloud-run"));
  g_assert_cmpstr (presync_reach_get_stands_for (agent), ==, "*.msappproxy.net");
  g_assert_true (
      row_has (find_row (rows, "lists", "mscrl.microsoft.com:80"), "network.connect-lists"));
  g_assert_cmpuint (count_key (rows, "network.mfa-site"), ==, 0);
  g_clear_pointer (&target->tenant_id, g_free);
  target->features = g_strsplit ("connect-health,mfa-admin,pass-through,seamless-sso", ",", -1);
  planned = presync_reach_plan (target);
  g_assert_null (find_row (planned, "internet", TENANT ".registration.msappproxy.net:443"));
  g_assert_true (
      row_has (find_row (planned, "internet", "login.microsoftonline.com:443"), "network.health"));
  g_assert_cmpuint (count_key (planned, "network.mfa-site"), ==, 1);
  g_assert_cmpuint (count_key (planned, "network.pass-through"), ==, 4);
  g_assert_cmpuint (count_key (planned, "network.seamless-sso"), ==, 2);
  g_free (target->cloud);
  target->cloud = g_strdup ("us-government-dod");
  government = presync_reach_plan (target);
  g_assert_cmpuint (count_key (government, "network.cloud-run"), ==, 0);
  g_assert_nonnull (find_row (government, "internet", "dod-graph.microsoft.us:443"));
  g_assert_null (find_row (government, "internet", "graph.microsoft.us:443"));
  g_assert_nonnull (find_row (government, "lists", "crl.microsoft.us:80"));
  g_free (target->cloud);
  target->cloud = g_strdup ("china");
  china = presync_reach_plan (target);
  g_assert_cmpuint (count_key (china, "network.cloud-lists"), ==, 0);
  g_assert_cmpuint (count_key (china, "network.public-issuer"), ==, 1);
}

static void
test_plan_federation (void)
{
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autoptr (GPtrArray) unplanned = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) partial = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const char *const *wanted;
  PresyncReach *row;

  g_strfreev (target->suffixes);
  target->suffixes = g_strsplit ("contoso.com,contoso.local,contoso.net,corp", ",", -1);
  target->federation = presync_federation_new ();
  g_assert_true (presync_federation_set_names (target->federation, "sts.contoso.com",
                                               "adfs1.contoso.com adfs2.contoso.com", NULL));
  unplanned = presync_reach_plan (target);
  g_assert_cmpuint (count_key (unplanned, "network.adfs-https"), ==, 0);
  target->features = g_strsplit ("federation", ",", -1);
  rows = presync_reach_plan (target);
  g_assert_true (
      row_has (find_row (rows, "federation", "sts.contoso.com"), "network.adfs-a-record"));
  g_assert_true (
      row_has (find_row (rows, "federation", "sts.contoso.com:49443"), "network.adfs-certauth"));
  g_assert_cmpuint (count_key (rows, "network.adfs-winrm"), ==, 2);
  row = find_row (rows, "federation", "sts.contoso.com:443");
  g_assert_true (row_has (row, "network.adfs-https"));
  g_assert_true (row_has (row, "network.adfs-missing-names"));
  g_assert_true (row_has (row, "network.adfs-missing-registration"));
  g_assert_false (presync_reach_get_wanted_partial (row));
  wanted = presync_reach_get_wanted_names (row);
  g_assert_cmpuint (g_strv_length ((char **) wanted), ==, 3);
  g_assert_cmpstr (wanted[0], ==, "sts.contoso.com");
  g_assert_cmpstr (wanted[1], ==, "enterpriseregistration.contoso.com");
  /* No public authority certifies a name below .local. */
  g_assert_cmpstr (wanted[2], ==, "enterpriseregistration.contoso.net");
  target->suffixes_partial = TRUE;
  target->offered = g_strsplit ("fabrikam.com,fabrikam.local", ",", -1);
  partial = presync_reach_plan (target);
  g_assert_true (
      presync_reach_get_wanted_partial (find_row (partial, "federation", "sts.contoso.com:443")));
  wanted
      = presync_reach_get_offered_names (find_row (partial, "federation", "sts.contoso.com:443"));
  g_assert_cmpuint (g_strv_length ((char **) wanted), ==, 1);
  g_assert_cmpstr (wanted[0], ==, "enterpriseregistration.fabrikam.com");
  target->suffixes_partial = FALSE;
  g_clear_pointer (&target->suffixes, g_strfreev);
  none = presync_reach_plan (target);
  g_assert_true (
      presync_reach_get_wanted_partial (find_row (none, "federation", "sts.contoso.com:443")));
}

/* The sample's recording tells of all that can be planned in it. */
static void
test_sample (void)
{
  g_autoptr (PresyncNetworkTarget) target = make_target ();
  g_autofree char *path
      = g_build_filename (g_getenv ("PRESYNC_SOURCE"), "data/sample/network.json", NULL);
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GDateTime) at = NULL;
  g_autoptr (GError) error = NULL;
  guint n_bad = 0;

  g_free (target->tenant_id);
  target->tenant_id = g_strdup ("4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604");
  g_strfreev (target->domains);
  target->domains = g_strsplit ("contoso.com", ",", -1);
  g_strfreev (target->controllers);
  target->controllers = g_strsplit ("dc01.contoso.com,dc02.contoso.com", ",", -1);
  g_strfreev (target->catalogs);
  target->catalogs = g_strdupv (target->controllers);
  target->features = g_strsplit ("connect-health,federation,mfa-admin,pass-through,provision-to-ad,"
                                 "seamless-sso",
                                 ",", -1);
  target->federation = presync_federation_new ();
  presync_federation_set_names (target->federation, "sts.contoso.com", "adfs01.contoso.com", NULL);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  data = g_bytes_new (text, length);
  rows = presync_reach_plan (target);
  at = presync_reach_recording_apply (data, "network.json", rows, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (rows, i);

      g_test_message ("%s", presync_reach_get_subject (row));
      g_assert_cmpint (presync_reach_get_outcome (row), !=, PRESYNC_REACH_NOT_TRIED);
      n_bad += presync_reach_get_outcome (row) != PRESYNC_REACH_REACHED;
    }
  /* One address that the proxy refuses, one port that is silent */
  g_assert_cmpuint (n_bad, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-plan/endpoints", test_endpoints);
  g_test_add_func ("/network-plan/fact-keys", test_fact_keys);
  g_test_add_func ("/network-plan/names", test_plan_names);
  g_test_add_func ("/network-plan/controllers", test_plan_controllers);
  g_test_add_func ("/network-plan/partial", test_plan_partial);
  g_test_add_func ("/network-plan/many", test_plan_many);
  g_test_add_func ("/network-plan/no-tenant", test_plan_no_tenant);
  g_test_add_func ("/network-plan/internet", test_plan_internet);
  g_test_add_func ("/network-plan/federation", test_plan_federation);
  g_test_add_func ("/network-plan/sample", test_sample);
  return g_test_run ();
}
