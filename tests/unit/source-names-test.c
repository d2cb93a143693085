/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sources are told of what a person named and another source found */
#include "assessment/network-plan.h"

#include "sources/directory/directory-source.h"
#include "sources/network/network-source.h"
#include "sources/tenant/tenant-source.h"

#define FOREST "contoso.com"

typedef struct
{
  PresyncAssessment *assessment;
  PresyncRunner *runner;
  GDateTime *now;
} NamesTest;

static void
names_test_set_up (NamesTest *self, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  self->assessment = presync_assessment_new (catalogue);
  self->runner = presync_assessment_get_runner (self->assessment);
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
}

static void
names_test_tear_down (NamesTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->assessment);
  g_date_time_unref (self->now);
}

static PresyncOrigin *
names_test_origin (NamesTest *self, const char *source, gboolean complete)
{
  return presync_origin_new (source, "dc01", "query", self->now, complete);
}

/* @fact: (transfer full) */
static void
names_test_give (NamesTest *self, PresyncFact *fact)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts, fact);
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
}

/* @texts: separated by blanks */
static void
names_test_give_list (NamesTest *self, const char *key, const char *texts, gboolean complete)
{
  g_auto (GStrv) list = g_strsplit (texts, " ", -1);
  g_autoptr (PresyncOrigin) origin = names_test_origin (self, "directory", complete);

  names_test_give (self, presync_fact_new_list (key, FOREST, (const char *const *) list, origin));
}

static void
names_test_give_text (NamesTest *self, const char *key, const char *text)
{
  g_autoptr (PresyncOrigin) origin = names_test_origin (self, "tenant", TRUE);

  names_test_give (self, presync_fact_new_text (key, FOREST, text, origin));
}

static gboolean
names_test_knows (NamesTest *self, const char *key)
{
  return presync_fact_set_lookup (presync_assessment_get_facts (self->assessment), key) != NULL;
}

#define assert_list(list, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    char **names_ = (char **) (list);                                                              \
    g_autofree char *joined_ = names_ != NULL ? g_strjoinv (" ", names_) : NULL;                   \
    g_assert_cmpstr (joined_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

static void
names_test_assert_suffixes (NamesTest *self, const char *used, const char *offered, gboolean whole)
{
  gboolean told = !whole;
  g_auto (GStrv) others = NULL;
  g_auto (GStrv) suffixes = presync_network_plan_dup_suffixes (self->assessment, &others, &told);

  assert_list (suffixes, used);
  assert_list (others, offered);
  g_assert_cmpint (told, ==, whole);
}

/* Those that users have; where not all users were seen, those that the forest offers beside them.
 */
static void
names_test_suffixes (NamesTest *self, gconstpointer data)
{
  const char *in_use = "domain.upn-suffixes-in-use";
  g_autoptr (PresyncOrigin) origin = names_test_origin (self, "directory", TRUE);

  names_test_assert_suffixes (self, NULL, NULL, FALSE);
  names_test_give_list (self, "forest.upn-suffixes", "contoso.com Contoso.LOCAL", TRUE);
  names_test_assert_suffixes (self, NULL, "contoso.com contoso.local", FALSE);
  names_test_give_list (self, in_use, "contoso.com", TRUE);
  /* How many domains there are is not known yet. */
  names_test_assert_suffixes (self, "contoso.com", "contoso.local", FALSE);
  names_test_give_list (self, "forest.domains", "contoso.com", TRUE);
  names_test_assert_suffixes (self, "contoso.com", NULL, TRUE);
  names_test_give_list (self, in_use, "contoso.com", FALSE);
  names_test_assert_suffixes (self, "contoso.com", "contoso.local", FALSE);
  names_test_give_list (self, in_use, "fabrikam.com", TRUE);
  names_test_give_list (self, "forest.domains", "contoso.com emea.contoso.com", TRUE);
  names_test_assert_suffixes (self, "fabrikam.com", "contoso.com contoso.local", FALSE);
  names_test_give (
      self, presync_fact_new_unknown (in_use, FOREST, PRESYNC_UNKNOWN_NO_RIGHT, "Hidden.", origin));
  names_test_assert_suffixes (self, NULL, "contoso.com contoso.local", FALSE);
}

static void
names_test_plan (NamesTest *self, gconstpointer data)
{
  static const char *const features[] = { "federation", "seamless-sso", NULL };
  g_autoptr (PresyncNetworkTarget) base = presync_network_target_new ();
  g_autoptr (PresyncFederation) farm = presync_federation_new ();
  g_autoptr (PresyncNetworkSource) source = NULL;
  g_autoptr (PresyncTenantTarget) tenant = presync_tenant_target_new ();
  g_autoptr (PresyncTenantSource) named = NULL;
  const PresyncNetworkTarget *target;

  base->proxy = g_strdup ("http://proxy.contoso.com:8080");
  base->recording = g_strdup ("/recorded.json");
  source = presync_network_source_new (base);
  presync_runner_set_source (self->runner, PRESYNC_SOURCE (source));
  target = presync_network_source_get_target (source);
  g_assert_cmpstr (target->cloud, ==, "worldwide");
  g_assert_cmpstr (target->login_host, ==, "login.microsoftonline.com");
  g_assert_cmpstr (target->graph_host, ==, "graph.microsoft.com");
  g_assert_null (target->forest);
  g_assert_null (target->tenant_id);

  names_test_give_list (self, "forest.domains", "contoso.com emea.contoso.com", TRUE);
  names_test_give_list (self, "domain.writable-controllers", "DC01.contoso.com", TRUE);
  names_test_give_list (self, "domain.upn-suffixes-in-use", "contoso.com", TRUE);
  names_test_give_text (self, "tenant.id", "4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604");
  names_test_give_text (self, "tenant.cloud", "china");
  g_assert_true (presync_assessment_set_features (self->assessment, features, NULL));
  g_assert_true (presync_federation_set_names (farm, "sts.contoso.com", "adfs01", NULL));
  presync_assessment_set_federation (self->assessment, farm);
  target = presync_network_source_get_target (source);
  g_assert_cmpstr (target->cloud, ==, "china");
  g_assert_cmpstr (target->login_host, ==, "login.partner.microsoftonline.cn");
  g_assert_cmpstr (target->forest, ==, FOREST);
  g_assert_cmpstr (target->tenant_id, ==, "4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604");
  assert_list (target->domains, "contoso.com emea.contoso.com");
  assert_list (target->controllers, "dc01.contoso.com");
  assert_list (target->suffixes, "contoso.com");
  assert_list (target->features, "federation seamless-sso");
  g_assert_true (presync_federation_equal (target->federation, farm));
  g_assert_cmpstr (target->proxy, ==, "http://proxy.contoso.com:8080");
  g_assert_cmpstr (target->recording, ==, "/recorded.json");
  g_assert_false (target->tenant_named);
  tenant->domain = g_strdup (FOREST);
  named = presync_tenant_source_new (tenant);
  presync_runner_set_source (self->runner, PRESYNC_SOURCE (named));
  g_assert_true (presync_network_source_get_target (source)->tenant_named);
}

static void
names_test_assert_forest (NamesTest *self, const char *controllers, const char *catalogs,
                          gboolean controllers_partial, gboolean domains_partial)
{
  g_autoptr (PresyncNetworkTarget) target = presync_network_plan_dup (self->assessment, NULL);

  assert_list (target->controllers, controllers);
  assert_list (target->catalogs, catalogs);
  g_assert_cmpint (target->controllers_partial, ==, controllers_partial);
  g_assert_cmpint (target->domains_partial, ==, domains_partial);
  /* Of users nothing was read. */
  g_assert_true (target->suffixes_partial);
}

/* The controllers of all domains; where they did not all show, that is told. */
static void
names_test_forest (NamesTest *self, gconstpointer data)
{
  const char *all = "forest.domain-controllers", *catalogs = "forest.global-catalogs";
  g_autoptr (PresyncOrigin) origin = names_test_origin (self, "directory", TRUE);

  names_test_assert_forest (self, NULL, NULL, FALSE, FALSE);
  names_test_give_list (self, "domain.writable-controllers", "DC01.contoso.com", TRUE);
  names_test_assert_forest (self, "dc01.contoso.com", NULL, TRUE, FALSE);
  names_test_give_list (self, all, "DC01.contoso.com DC09.emea.contoso.com", TRUE);
  names_test_give_list (self, catalogs, "DC09.emea.contoso.com", TRUE);
  names_test_give_list (self, "forest.domains", "contoso.com emea.contoso.com", TRUE);
  names_test_assert_forest (self, "dc01.contoso.com dc09.emea.contoso.com", "dc09.emea.contoso.com",
                            FALSE, FALSE);
  names_test_give_list (self, all, "DC01.contoso.com", FALSE);
  names_test_give_list (self, "forest.domains", "contoso.com", FALSE);
  names_test_assert_forest (self, "dc01.contoso.com", "dc09.emea.contoso.com", TRUE, TRUE);
  names_test_give (
      self, presync_fact_new_unknown (all, FOREST, PRESYNC_UNKNOWN_NO_RIGHT, "Hidden.", origin));
  names_test_give (self, presync_fact_new_unknown (catalogs, FOREST, PRESYNC_UNKNOWN_NO_RIGHT,
                                                   "Hidden.", origin));
  names_test_give (self, presync_fact_new_unknown ("forest.domains", FOREST,
                                                   PRESYNC_UNKNOWN_NO_RIGHT, "Hidden.", origin));
  names_test_assert_forest (self, "dc01.contoso.com", NULL, TRUE, TRUE);
}

static void
names_test_notify_cb (PresyncAssessment *assessment, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

/* The directory is told; what is known of other servers is forgotten. */
static void
names_test_federation (NamesTest *self, gconstpointer data)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();
  g_autoptr (PresyncDirectorySource) source = NULL;
  g_autoptr (PresyncFederation) farm = presync_federation_new ();
  g_autoptr (PresyncFederation) read = NULL;
  g_autoptr (PresyncOrigin) origin = names_test_origin (self, "directory", TRUE);
  guint n = 0;

  target->ldif = g_strdup ("/never-read.ldif");
  source = presync_directory_source_new (target);
  presync_runner_set_source (self->runner, PRESYNC_SOURCE (source));
  g_signal_connect (self->assessment, "notify::federation", G_CALLBACK (names_test_notify_cb), &n);
  g_assert_true (presync_federation_set_names (farm, NULL, "adfs01 adfs02", NULL));
  presync_assessment_set_federation (self->assessment, farm);
  presync_assessment_set_federation (self->assessment, farm);
  g_assert_cmpuint (n, ==, 1);
  g_object_get (self->assessment, "federation", &read, NULL);
  g_assert_true (presync_federation_equal (read, farm));
  g_assert_true (
      presync_federation_equal (presync_directory_source_get_target (source)->federation, farm));

  names_test_give (self, presync_fact_new_integer ("adfs.os-build", "adfs01", 17763, origin));
  g_assert_true (names_test_knows (self, "adfs.os-build"));
  presync_assessment_set_federation (self->assessment, NULL);
  g_assert_false (names_test_knows (self, "adfs.os-build"));
  g_assert_null (presync_assessment_get_federation (self->assessment));
  g_assert_null (presync_directory_source_get_target (source)->federation);
  g_assert_cmpuint (n, ==, 2);
}

/* After a sign-out nothing that only a sign-in tells is left; neither is what was of another
 * administrator. */
static void
names_test_signed_out (NamesTest *self, gconstpointer data)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
  g_autoptr (PresyncTenantSource) source = NULL;
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  g_autoptr (PresyncOrigin) origin = names_test_origin (self, "tenant", TRUE);

  target->domain = g_strdup (FOREST);
  source = presync_tenant_source_new (target);
  presync_runner_set_source (self->runner, PRESYNC_SOURCE (source));
  names_test_give_text (self, "tenant.id", "4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604");
  names_test_give_text (self, "tenant.kind", "AAD");
  presync_source_emit_forgotten (PRESYNC_SOURCE (source), presync_tenant_signed_in_fact_keys ());
  g_assert_true (names_test_knows (self, "tenant.id"));
  g_assert_false (names_test_knows (self, "tenant.kind"));

  names_test_give_text (self, "tenant.kind", "AAD");
  names_test_give (self,
                   presync_fact_new_boolean ("tenant.admin-role", "a@contoso.com", TRUE, origin));
  presync_accounts_set (accounts, "hybrid-admin", "b@contoso.com");
  presync_assessment_set_accounts (self->assessment, accounts);
  g_assert_false (names_test_knows (self, "tenant.admin-role"));
  g_assert_true (names_test_knows (self, "tenant.kind"));
}

#define NAMES_ADD(name, func)                                                                      \
  g_test_add ("/source-names/" name, NamesTest, NULL, names_test_set_up, func, names_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  NAMES_ADD ("suffixes", names_test_suffixes);
  NAMES_ADD ("plan", names_test_plan);
  NAMES_ADD ("forest", names_test_forest);
  NAMES_ADD ("federation", names_test_federation);
  NAMES_ADD ("signed-out", names_test_signed_out);
  return g_test_run ();
}
