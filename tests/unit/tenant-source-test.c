/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-source.h"

#include <string.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "facts/fact-set.h"
#include "sources/tenant/graph.h"
#include "sources/tenant/tenant-owners.h"
#include "wait-kit.h"

/* With recorded answers: everything but the network. */

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"
#define OTHER_TENANT "11111111-2222-4333-8444-555555555555"
#define USER "a1a1a1a1-0000-4000-8000-000000000001"
#define HYBRID "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"
#define DOMAIN "contoso.com"

typedef struct
{
  GString *answers;
  char *path;
  PresyncTenantTarget *target;
  PresyncSource *source;
  PresyncFactSet *facts;
  GError *error;
  guint n_ends;
  guint n_signed_out;
  guint n_sign_ins;
} SourceTest;

static void
source_test_set_up (SourceTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("presync-tenant-XXXXXX.json", &self->path, &error);

  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL));
  self->answers = g_string_new (NULL);
  self->facts = presync_fact_set_new ();
  self->target = presync_tenant_target_new ();
  self->target->domain = g_strdup (DOMAIN);
  self->target->recording = g_strdup (self->path);
}

static void
source_test_tear_down (SourceTest *self, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  if (self->source != NULL)
    g_assert_finalize_object (self->source);
  g_object_unref (self->facts);
  presync_tenant_target_free (self->target);
  g_string_free (self->answers, TRUE);
  g_clear_error (&self->error);
  g_unlink (self->path);
  g_free (self->path);
}

/* @body: with ' instead of " */
static void
source_test_answer (SourceTest *self, const char *url, guint status, const char *body)
{
  g_autoptr (GString) text = g_string_new (body);

  g_string_replace (text, "'", "\"", 0);
  g_string_append_printf (self->answers, "%s{\"get\":\"%s\",\"status\":%u,\"body\":%s}",
                          self->answers->len > 0 ? "," : "", url, status, text->str);
}

/* @tenant: (nullable): nobody owns it */
static void
source_test_own (SourceTest *self, const char *domain, const char *tenant, const char *graph)
{
  g_autofree char *url = g_strdup_printf ("%s/%s/v2.0/.well-known/openid-configuration",
                                          self->target->cloud->login, domain);
  g_autofree char *body
      = tenant == NULL
            ? g_strdup ("{'error':'invalid_tenant','error_description':'AADSTS90002: x'}")
            : g_strdup_printf ("{'issuer':'%s/%s/v2.0','msgraph_host':'%s',"
                               "'token_endpoint':'%s/%s/oauth2/v2.0/token'}",
                               self->target->cloud->login, tenant, graph,
                               self->target->cloud->login, tenant);

  source_test_answer (self, url, tenant != NULL ? 200 : 400, body);
}

static void
source_test_graph (SourceTest *self, PresyncGraphRead read, const char *id, guint status,
                   const char *body)
{
  g_autofree char *url = presync_graph_dup_url (self->target->cloud, read, id);

  source_test_answer (self, url, status, body);
}

/* A tenant where all is well, and who signed in holds the role */
static void
source_test_sign_in (SourceTest *self)
{
  source_test_graph (self, PRESYNC_GRAPH_ME, NULL, 200,
                     "{'id':'" USER "','displayName':'Anna','userPrincipalName':'anna@contoso.com',"
                     "'userType':'Member','accountEnabled':true,'identities':[],"
                     "'onPremisesSyncEnabled':null,'creationType':null}");
  source_test_graph (self, PRESYNC_GRAPH_ORGANIZATION, NULL, 200,
                     "{'value':[{'id':'" TENANT "','displayName':'Contoso','tenantType':'AAD',"
                     "'onPremisesSyncEnabled':null,'onPremisesLastSyncDateTime':null,"
                     "'verifiedDomains':[{'name':'contoso.com','type':'Managed'},"
                     "{'name':'fabrikam.com','type':'Managed'}]}]}");
  source_test_graph (self, PRESYNC_GRAPH_QUOTA, NULL, 403,
                     "{'error':{'code':'Authorization_RequestDenied','message':'x'}}");
  source_test_graph (self, PRESYNC_GRAPH_ROLES, USER, 200,
                     "{'value':[{'roleTemplateId':'" HYBRID "','displayName':'x'}]}");
  source_test_graph (self, PRESYNC_GRAPH_ASSIGNMENTS, USER, 200,
                     "{'value':[{'principalId':'" USER "','directoryScopeId':'/',"
                     "'roleDefinitionId':'" HYBRID "'}]}");
  source_test_graph (self, PRESYNC_GRAPH_ELIGIBLE, USER, 200, "{'value':[]}");
}

static void
source_test_facts_cb (PresyncSource *source, GPtrArray *facts, SourceTest *self)
{
  presync_fact_set_update (self->facts, facts);
}

/* As the runner does */
static void
source_test_forgotten_cb (PresyncSource *source, const char *const *keys, SourceTest *self)
{
  self->n_signed_out++;
  presync_fact_set_forget_keys (self->facts, "tenant", keys);
}

static void
source_test_make (SourceTest *self)
{
  g_autofree char *text
      = g_strdup_printf ("{\"at\":\"2026-10-28T08:00:00Z\",\"answers\":[%s]}", self->answers->str);

  if (self->answers->len > 0)
    g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  self->source = PRESYNC_SOURCE (presync_tenant_source_new (self->target));
  g_signal_connect (self->source, "facts", G_CALLBACK (source_test_facts_cb), self);
  g_signal_connect (self->source, "forgotten", G_CALLBACK (source_test_forgotten_cb), self);
}

static void
source_test_ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SourceTest *self = user_data;

  g_clear_error (&self->error);
  presync_source_check_finish (PRESYNC_SOURCE (object), result, &self->error);
  self->n_ends++;
}

static void
source_test_signed_in_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SourceTest *self = user_data;

  g_clear_error (&self->error);
  presync_tenant_source_sign_in_finish (PRESYNC_TENANT_SOURCE (object), result, &self->error);
  self->n_sign_ins++;
}

static void
source_test_check (SourceTest *self)
{
  guint n_ends = self->n_ends;

  if (self->source == NULL)
    source_test_make (self);
  presync_source_check_async (self->source, FALSE, NULL, source_test_ended_cb, self);
  WAIT_FOR (self->n_ends > n_ends);
}

/* "-" if there is no such fact */
static char *
source_test_dup_found (SourceTest *self, const char *key, const char *subject)
{
  GPtrArray *facts = presync_fact_set_lookup (self->facts, key);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      PresyncUnknown unknown = presync_fact_get_unknown (fact);

      if (subject != NULL && strcmp (presync_fact_get_subject (fact), subject) != 0)
        continue;
      if (unknown != PRESYNC_UNKNOWN_NONE)
        return g_strconcat ("?", presync_unknown_nick (unknown), NULL);
      return presync_fact_get_value_type (fact) == PRESYNC_FACT_LIST
                 ? g_strjoinv (",", (char **) presync_fact_get_list (fact))
                 : presync_fact_describe (fact);
    }
  return g_strdup ("-");
}

static void
source_test_assert (SourceTest *self, const char *key, const char *expected)
{
  g_autofree char *found = source_test_dup_found (self, key, NULL);

  if (strcmp (found, expected) != 0)
    g_error ("%s: “%s” instead of “%s”", key, found, expected);
}

static PresyncStageState
source_test_get_stage (SourceTest *self, guint i)
{
  g_autoptr (PresyncStage) stage
      = g_list_model_get_item (presync_source_get_stages (self->source), i);

  return presync_stage_get_state (stage);
}

static void
test_open (SourceTest *self, gconstpointer data)
{
  static const char *const suffixes[]
      = { "contoso.com", "Fabrikam.com", "fabrikam.com", "no such name", "other.com", NULL };

  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_own (self, "fabrikam.com", TENANT, "graph.microsoft.com");
  source_test_own (self, "other.com", OTHER_TENANT, "graph.microsoft.com");
  source_test_make (self);
  presync_tenant_source_set_names (PRESYNC_TENANT_SOURCE (self->source), suffixes, NULL, TRUE,
                                   NULL);
  source_test_check (self);
  g_assert_no_error (self->error);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_DONE);
  source_test_assert (self, "tenant.exists", "yes");
  source_test_assert (self, "tenant.id", TENANT);
  source_test_assert (self, "tenant.unverified-suffixes", "no such name,other.com");
  source_test_assert (self, "tenant.foreign-suffixes", "other.com");
  source_test_assert (self, "tenant.custom-domain", "yes");
  source_test_assert (self, "tenant.kind", "-");
  source_test_assert (self, "tenant.signed-in-as", "-");
  g_assert_cmpint (source_test_get_stage (self, 0), ==, PRESYNC_STAGE_DONE);
  g_assert_cmpint (source_test_get_stage (self, 1), ==, PRESYNC_STAGE_DONE);
  g_assert_cmpint (source_test_get_stage (self, 2), ==, PRESYNC_STAGE_SKIPPED);
  g_assert_cmpint (source_test_get_stage (self, 3), ==, PRESYNC_STAGE_SKIPPED);
  g_assert_cmpstr (presync_tenant_source_get_tenant_id (PRESYNC_TENANT_SOURCE (self->source)), ==,
                   TENANT);
}

static void
test_nobody (SourceTest *self, gconstpointer data)
{
  source_test_own (self, DOMAIN, NULL, NULL);
  source_test_check (self);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.exists", "no – No tenant owns the domain");
  source_test_assert (self, "tenant.id", "?not-offered");
  source_test_assert (self, "tenant.unverified-suffixes", "-");
}

static void
test_signed_in (SourceTest *self, gconstpointer data)
{
  static const char *const suffixes[] = { "contoso.com", "contoso.local", NULL };
  PresyncTenantSource *tenant;

  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_own (self, "contoso.local", NULL, NULL);
  source_test_sign_in (self);
  source_test_make (self);
  tenant = PRESYNC_TENANT_SOURCE (self->source);
  presync_tenant_source_set_names (tenant, suffixes, NULL, TRUE, "Anna@contoso.com");
  source_test_check (self);
  g_assert_no_error (self->error);
  g_assert_cmpstr (presync_tenant_source_get_signed_in_as (tenant), ==, "Anna (anna@contoso.com)");
  source_test_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  source_test_assert (self, "tenant.admin-role", "yes");
  source_test_assert (self, "tenant.admin-role-direct", "yes");
  source_test_assert (self, "tenant.admin-role-eligible", "no");
  source_test_assert (self, "tenant.unverified-suffixes", "contoso.local");
  source_test_assert (self, "tenant.quota-left", "?no-right");
  source_test_assert (self, "tenant.soft-match-blocked", "?not-offered");
  source_test_assert (self, "tenant.sync-accounts", "?not-offered");
  g_assert_cmpint (source_test_get_stage (self, 2), ==, PRESYNC_STAGE_DONE);
  g_assert_cmpint (source_test_get_stage (self, 3), ==, PRESYNC_STAGE_FAILED);
  presync_tenant_source_sign_out (tenant);
  g_assert_cmpuint (self->n_signed_out, ==, 1);
  g_assert_null (presync_tenant_source_get_signed_in_as (tenant));
  source_test_assert (self, "tenant.kind", "-");
  source_test_assert (self, "tenant.admin-role", "-");
  source_test_assert (self, "tenant.exists", "yes");
  source_test_assert (self, "tenant.unverified-suffixes", "contoso.local");
  source_test_assert (self, "tenant.foreign-suffixes", "");
  source_test_assert (self, "tenant.custom-domain", "yes");
  source_test_check (self);
  source_test_assert (self, "tenant.kind", "-");
  presync_tenant_source_sign_in_async (tenant, NULL, source_test_signed_in_cb, self);
  WAIT_FOR (self->n_sign_ins == 1);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
}

/* Signed out while the check that knows of the sign-in is under way */
static void
test_signed_out_meanwhile (SourceTest *self, gconstpointer data)
{
  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_sign_in (self);
  source_test_make (self);
  presync_source_check_async (self->source, FALSE, NULL, source_test_ended_cb, self);
  presync_tenant_source_sign_out (PRESYNC_TENANT_SOURCE (self->source));
  WAIT_FOR (self->n_ends == 1);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.exists", "yes");
  source_test_assert (self, "tenant.kind", "-");
  g_assert_null (presync_tenant_source_get_signed_in_as (PRESYNC_TENANT_SOURCE (self->source)));
}

/* Other names: the source looks again by itself, and may be joined. */
static void
test_names (SourceTest *self, gconstpointer data)
{
  static const char *const suffixes[] = { "contoso.com", "other.com", NULL };
  static const char *const fewer[] = { "contoso.com", NULL };
  PresyncTenantSource *tenant;

  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_own (self, "other.com", OTHER_TENANT, "graph.microsoft.com");
  source_test_sign_in (self);
  source_test_graph (self, PRESYNC_GRAPH_USER, "other@contoso.com", 404,
                     "{'error':{'code':'Request_ResourceNotFound','message':'x'}}");
  source_test_make (self);
  tenant = PRESYNC_TENANT_SOURCE (self->source);
  presync_tenant_source_set_names (tenant, NULL, NULL, FALSE, NULL);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_IDLE);
  source_test_check (self);
  source_test_assert (self, "tenant.foreign-suffixes", "-");
  /* What is known needs not be asked again: nobody would answer. */
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_string_free (self->answers, TRUE);
  self->answers = g_string_new (NULL);
  source_test_own (self, "other.com", OTHER_TENANT, "graph.microsoft.com");
  source_test_graph (self, PRESYNC_GRAPH_USER, "other@contoso.com", 404,
                     "{'error':{'code':'Request_ResourceNotFound','message':'x'}}");
  {
    g_autofree char *text = g_strdup_printf ("{\"at\":\"2026-10-28T08:00:00Z\",\"answers\":[%s]}",
                                             self->answers->str);
    g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  }
  presync_tenant_source_set_names (tenant, suffixes, NULL, TRUE, NULL);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_CHECKING);
  g_assert_true (presync_source_may_join (self->source));
  /* Again, before it has ended */
  presync_tenant_source_set_names (tenant, suffixes, NULL, TRUE, "other@contoso.com");
  source_test_check (self);
  g_assert_no_error (self->error);
  WAIT_FOR (presync_source_get_state (self->source) == PRESYNC_SOURCE_DONE);
  source_test_assert (self, "tenant.foreign-suffixes", "other.com");
  source_test_assert (self, "tenant.unverified-suffixes", "other.com");
  source_test_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  source_test_assert (self, "tenant.admin-exists",
                      "no – There is no user “other@contoso.com” in the tenant");
  presync_tenant_source_set_names (tenant, fewer, NULL, TRUE, "other@contoso.com");
  WAIT_FOR (presync_source_get_state (self->source) == PRESYNC_SOURCE_DONE);
  source_test_assert (self, "tenant.foreign-suffixes", "");
  /* The same once more is nothing new. */
  presync_tenant_source_set_names (tenant, fewer, NULL, TRUE, "other@contoso.com");
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_DONE);
  /* That there may be more is. */
  presync_tenant_source_set_names (tenant, fewer, NULL, FALSE, "other@contoso.com");
  WAIT_FOR (presync_source_get_state (self->source) == PRESYNC_SOURCE_DONE);
  source_test_assert (self, "tenant.foreign-suffixes", "?partial");
}

static void
test_cloud (SourceTest *self, gconstpointer data)
{
  g_autofree char *other = NULL;

  self->target->cloud = presync_cloud_find ("us-government");
  source_test_own (self, DOMAIN, TENANT, "dod-graph.microsoft.us");
  /* The Graph that is asked is the tenant's. */
  self->target->cloud = presync_cloud_find ("us-government-dod");
  source_test_sign_in (self);
  self->target->cloud = presync_cloud_find ("us-government");
  source_test_check (self);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.cloud", "US Government (DoD)");
  source_test_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  other = presync_tenant_source_dup_other_cloud (PRESYNC_TENANT_SOURCE (self->source));
  g_assert_cmpstr (other, ==,
                   "The tenant of “contoso.com” is in the cloud “US Government (DoD)”, not “US "
                   "Government (L4)”: that one was asked.");
}

static void
test_other_cloud (SourceTest *self, gconstpointer data)
{
  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.us");
  source_test_sign_in (self);
  source_test_check (self);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED);
  g_assert_nonnull (strstr (self->error->message, "US Government (L4)"));
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_FAILED);
  source_test_assert (self, "tenant.exists", "yes");
  source_test_assert (self, "tenant.cloud", "US Government (L4)");
  source_test_assert (self, "tenant.foreign-suffixes", "?not-offered");
  source_test_assert (self, "tenant.kind", "-");
}

/* Nothing keeps a status that nobody can vouch for any more. */
static void
test_failure (SourceTest *self, gconstpointer data)
{
  const char *const *keys = presync_tenant_open_fact_keys ();
  const char *const *more = presync_tenant_signed_in_fact_keys ();

  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_sign_in (self);
  source_test_check (self);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  g_assert_true (g_file_set_contents (self->path, "nonsense", -1, NULL));
  source_test_check (self);
  g_assert_nonnull (self->error);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_FAILED);
  for (guint i = 0; keys[i] != NULL; i++)
    source_test_assert (self, keys[i], "?malformed");
  for (guint i = 0; more[i] != NULL; i++)
    if (strcmp (more[i], "tenant.last-sync") != 0)
      source_test_assert (self, more[i], "?malformed");
  g_assert_cmpint (source_test_get_stage (self, 0), ==, PRESYNC_STAGE_FAILED);
  g_assert_cmpint (source_test_get_stage (self, 3), ==, PRESYNC_STAGE_SKIPPED);
}

static void
test_test_only (SourceTest *self, gconstpointer data)
{
  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_sign_in (self);
  source_test_make (self);
  presync_source_check_async (self->source, TRUE, NULL, source_test_ended_cb, self);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_TESTING);
  WAIT_FOR (self->n_ends == 1);
  g_assert_no_error (self->error);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_IDLE);
  source_test_assert (self, "tenant.exists", "-");
  source_test_assert (self, "tenant.signed-in-as", "-");
}

static void
test_cancel (SourceTest *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_make (self);
  presync_source_check_async (self->source, FALSE, cancellable, source_test_ended_cb, self);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (self->n_ends == 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_IDLE);
  source_test_assert (self, "tenant.exists", "?cancelled");
  source_test_check (self);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.exists", "yes");
  /* A cancel leaves what was read before. */
  g_clear_object (&cancellable);
  cancellable = g_cancellable_new ();
  presync_source_check_async (self->source, FALSE, cancellable, source_test_ended_cb, self);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (self->n_ends == 3);
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_DONE);
  source_test_assert (self, "tenant.exists", "yes");
  presync_source_check_async (self->source, FALSE, NULL, source_test_ended_cb, self);
  presync_source_close (self->source);
  WAIT_FOR (self->n_ends == 4);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Lists come in pages; what would lead elsewhere is not followed. */
static void
test_pages (SourceTest *self, gconstpointer data)
{
  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_sign_in (self);
  source_test_graph (
      self, PRESYNC_GRAPH_SYNC_ACCOUNTS, NULL, 200,
      "{'value':[{'id':'1'}],'@odata.nextLink':'https://graph.microsoft.com/v1.0/page2'}");
  source_test_answer (self, "https://graph.microsoft.com/v1.0/page2", 200,
                      "{'value':[{'id':'2'},{'id':'3'}],'@odata.nextLink':null}");
  source_test_graph (
      self, PRESYNC_GRAPH_LICENCES, NULL, 200,
      "{'value':[],'@odata.nextLink':'https://graph.microsoft.com.evil.example/page2'}");
  source_test_check (self);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.sync-accounts", "3");
  source_test_assert (self, "tenant.premium-licence", "?partial");
}

/* A list without an end */
static void
test_endless (SourceTest *self, gconstpointer data)
{
  GPtrArray *facts;

  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  source_test_sign_in (self);
  source_test_graph (
      self, PRESYNC_GRAPH_SYNC_ACCOUNTS, NULL, 200,
      "{'value':[{'id':'1'}],'@odata.nextLink':'https://graph.microsoft.com/v1.0/again'}");
  source_test_answer (
      self, "https://graph.microsoft.com/v1.0/again", 200,
      "{'value':[{'id':'2'}],'@odata.nextLink':'https://graph.microsoft.com/v1.0/again'}");
  source_test_check (self);
  g_assert_no_error (self->error);
  source_test_assert (self, "tenant.sync-accounts", "100");
  facts = presync_fact_set_lookup (self->facts, "tenant.sync-accounts");
  g_assert_false (presync_origin_get_complete (presync_fact_get_origin (facts->pdata[0])));
}

static void
test_many_suffixes (SourceTest *self, gconstpointer data)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) suffixes = NULL;
  g_autofree char *last = NULL;

  source_test_own (self, DOMAIN, TENANT, "graph.microsoft.com");
  for (guint i = 0; i <= PRESYNC_TENANT_MAX_SUFFIXES; i++)
    {
      g_autofree char *suffix = g_strdup_printf ("s%u.net", i);

      source_test_own (self, suffix, TENANT, "graph.microsoft.com");
      g_strv_builder_add (builder, suffix);
    }
  suffixes = g_strv_builder_end (builder);
  source_test_make (self);
  presync_tenant_source_set_names (PRESYNC_TENANT_SOURCE (self->source),
                                   (const char *const *) suffixes, NULL, TRUE, NULL);
  source_test_check (self);
  g_assert_no_error (self->error);
  last = source_test_dup_found (self, "tenant.domain-tenant", "s200.net");
  g_assert_cmpstr (last, ==, "?partial");
  source_test_assert (self, "tenant.unverified-suffixes", "?partial");
}

/* Without a registered application nobody can sign in. */
static void
test_no_client (SourceTest *self, gconstpointer data)
{
  PresyncTenantSource *tenant;

  g_clear_pointer (&self->target->recording, g_free);
  source_test_make (self);
  tenant = PRESYNC_TENANT_SOURCE (self->source);
  presync_tenant_source_sign_in_async (tenant, NULL, source_test_signed_in_cb, self);
  WAIT_FOR (self->n_sign_ins == 1);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_null (presync_tenant_source_get_code (tenant));
  g_assert_null (presync_tenant_source_dup_refresh_token (tenant));
}

static void
source_test_add (const char *path, void (*test) (SourceTest *, gconstpointer))
{
  g_test_add (path, SourceTest, NULL, source_test_set_up, test, source_test_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  source_test_add ("/tenant-source/open", test_open);
  source_test_add ("/tenant-source/nobody", test_nobody);
  source_test_add ("/tenant-source/signed-in", test_signed_in);
  source_test_add ("/tenant-source/signed-out-meanwhile", test_signed_out_meanwhile);
  source_test_add ("/tenant-source/names", test_names);
  source_test_add ("/tenant-source/cloud", test_cloud);
  source_test_add ("/tenant-source/other-cloud", test_other_cloud);
  source_test_add ("/tenant-source/failure", test_failure);
  source_test_add ("/tenant-source/test-only", test_test_only);
  source_test_add ("/tenant-source/cancel", test_cancel);
  source_test_add ("/tenant-source/pages", test_pages);
  source_test_add ("/tenant-source/endless", test_endless);
  source_test_add ("/tenant-source/many-suffixes", test_many_suffixes);
  source_test_add ("/tenant-source/no-client", test_no_client);
  return g_test_run ();
}
