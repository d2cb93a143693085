/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who owns a domain, asked over a real connection; and a whole check of a tenant. */
#include "tenant-server-kit.h"

#include "sources/tenant/tenant-check.h"

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"
#define OTHER_TENANT "11111111-2222-4333-8444-555555555555"
#define CLIENT "0a0a0a0a-1111-4222-8333-444444444444"
#define CONFIGURATION "/contoso.com/v2.0/.well-known/openid-configuration"
#define REALM "/getuserrealm.srf?login=probe@contoso.com&json=1"

/* @more: members, each with a comma before it */
static void
answer_owner (Kit *self, const char *headers, const char *more)
{
  g_autofree char *body
      = g_strdup_printf ("{'issuer':'%s/" TENANT "/v2.0'%s}", self->login_base, more);

  server_answer (self->login, CONFIGURATION, 200, headers, body);
}

/* (transfer full) (nullable) */
static PresyncDiscovery *
discover (Kit *self, const char *domain)
{
  g_clear_error (&self->error);
  return presync_discover (self->http, &self->cloud, domain, NULL, &self->error);
}

static void
test_found (Kit *self, gconstpointer data)
{
  g_autofree char *more = g_strdup_printf (",'msgraph_host':'localhost:%u'", self->graph->port);
  g_autoptr (PresyncDiscovery) found = NULL;

  answer_owner (self, "", more);
  server_answer (self->login, REALM, 200, "",
                 "{'NameSpaceType':'Managed','FederationBrandName':'Contoso & <Sons>'}");
  found = discover (self, "contoso.com");
  g_assert_no_error (self->error);
  g_assert_true (found->exists);
  g_assert_cmpstr (found->domain, ==, "contoso.com");
  g_assert_cmpstr (found->tenant_id, ==, TENANT);
  g_assert_true (found->cloud == &self->cloud);
  g_assert_cmpstr (found->realm, ==, "Managed");
  g_assert_cmpstr (found->brand, ==, "Contoso & <Sons>");
  g_assert_true (g_str_has_suffix (found->url, CONFIGURATION));
  g_assert_true (g_str_has_suffix (found->realm_url, REALM));
  /* Nothing is sent but the question. */
  g_assert_null (strstr (server_wait (self->login, 0), "Authorization"));
  g_assert_null (strstr (server_wait (self->login, 0), "Cookie"));
}

/* The realm is not documented: whatever comes of it, the owner is known. */
static void
test_realm (Kit *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *realm;
  } cases[] = {
    { 200, "{'NameSpaceType':'Federated','AuthURL':'https://x/'}", "Federated" },
    { 200, "{'NameSpaceType':'Unknown'}", NULL },
    { 200, "{'NameSpaceType':'<b>Managed</b>'}", NULL },
    { 200, "{'NameSpaceType':7,'FederationBrandName':[]}", NULL },
    { 200, "{}", NULL },
    { 200, "<html>", NULL },
    { 404, "{'NameSpaceType':'Managed'}", NULL },
    { 500, "{'NameSpaceType':'Managed'}", NULL },
    { 302, "{'NameSpaceType':'Managed'}", NULL },
  };

  answer_owner (self, "", "");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncDiscovery) found = NULL;

      server_answer (self->login, REALM, cases[i].status, "", cases[i].body);
      found = discover (self, "contoso.com");
      g_assert_no_error (self->error);
      g_assert_cmpstr (found->tenant_id, ==, TENANT);
      g_assert_cmpstr (found->realm, ==, cases[i].realm);
      g_assert_null (found->brand);
    }
}

static void
test_nobody (Kit *self, gconstpointer data)
{
  g_autoptr (PresyncDiscovery) found = NULL;

  server_answer (self->login, NULL, 400, "",
                 "{'error':'invalid_tenant','error_description':'AADSTS90002: Tenant'}");
  found = discover (self, "contoso.com");
  g_assert_no_error (self->error);
  g_assert_false (found->exists);
  g_assert_null (found->tenant_id);
  g_assert_null (found->cloud);
  /* Of a domain that nobody owns no realm is asked. */
  g_assert_cmpuint (server_count (self->login), ==, 1);
}

static void
test_unclear (Kit *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    PresyncError code;
    const char *words;
  } cases[] = {
    { 400, "{'error':'invalid_request','error_description':'AADSTS900144: <b>'}",
      PRESYNC_ERROR_FAILED, "who owns “contoso.com”: error AADSTS900144. Request ID: abc-1" },
    { 400, "{'error':'x','error_description':'AADSTS9999999999: long'}", PRESYNC_ERROR_FAILED,
      "(HTTP status 400). Request ID: abc-1" },
    { 400, "{'error':'x','error_description':'AADSTS: none'}", PRESYNC_ERROR_FAILED,
      "(HTTP status 400)" },
    /* Not every refusal means that nobody owns it. */
    { 404, "{'error':'invalid_tenant','error_description':'AADSTS90002: x'}", PRESYNC_ERROR_FAILED,
      "error AADSTS90002" },
    /* That word alone does not tell that nobody owns it. */
    { 400, "{'error':'invalid_tenant'}", PRESYNC_ERROR_FAILED, "(HTTP status 400)" },
    { 400, "{'error':'invalid_tenant','error_description':'AADSTS90038: other cloud'}",
      PRESYNC_ERROR_FAILED, "error AADSTS90038" },
    { 403, "", PRESYNC_ERROR_FAILED, "(HTTP status 403)" },
    { 200, "{}", PRESYNC_ERROR_BAD_INPUT, "names no tenant: it is no OpenID configuration" },
    { 200, "{'issuer':7}", PRESYNC_ERROR_BAD_INPUT, "names no tenant" },
    { 200, "{'issuer':'https://login.example/{tenantid}/v2.0'}", PRESYNC_ERROR_BAD_INPUT,
      "names no tenant" },
    { 200, "{'issuer':'" TENANT "'}", PRESYNC_ERROR_BAD_INPUT, "names no tenant" },
    { 200, "{'issuer':'https:'}", PRESYNC_ERROR_BAD_INPUT, "names no tenant" },
    { 200, "<html>", PRESYNC_ERROR_BAD_INPUT, "is not JSON" },
    { 503, "{}", PRESYNC_ERROR_UNREACHABLE, "Request ID: abc-1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      server_answer (self->login, NULL, cases[i].status, "x-ms-request-id: abc-1\r\n",
                     cases[i].body);
      g_assert_null (discover (self, "contoso.com"));
      kit_assert_refused (self, NULL, cases[i].code, cases[i].words);
    }
}

/* The tenant may be in another cloud than the one that was asked. */
static void
test_clouds (Kit *self, gconstpointer data)
{
  static const struct
  {
    const char *more;
    const char *cloud; /* nullable: not known */
  } cases[] = {
    { ",'msgraph_host':'graph.microsoft.us'", "us-government" },
    { ",'msgraph_host':'DOD-graph.microsoft.us'", "us-government-dod" },
    { ",'msgraph_host':'microsoftgraph.chinacloudapi.cn'", "china" },
    { ",'msgraph_host':'graph.evil.example'", NULL },
    { ",'msgraph_host':7", NULL },
    { ",'cloud_instance_name':'microsoftonline.us'", "us-government" },
    { ",'cloud_instance_name':'evil.example/'", NULL },
    { "", NULL },
  };

  server_answer (self->login, REALM, 404, "", "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PresyncCloud *cloud = NULL;
      g_autoptr (PresyncTenantOwner) owner = NULL;
      gboolean same = cases[i].cloud == NULL;

      answer_owner (self, "", cases[i].more);
      g_clear_error (&self->error);
      g_assert_true (
          presync_tenant_check_find (self->http, self->target, &cloud, &owner, NULL, &self->error)
          == same);
      g_assert_cmpstr (owner->discovery->tenant_id, ==, TENANT);
      g_assert_cmpstr (owner->discovery->cloud != NULL ? owner->discovery->cloud->id : NULL, ==,
                       cases[i].cloud);
      /* Nothing is ever sent to a cloud that nobody has chosen. */
      g_assert_true (cloud == &self->cloud);
      if (!same)
        kit_assert_refused (self, NULL, PRESYNC_ERROR_NOT_SUPPORTED,
                            "The tenant of “contoso.com” is in the cloud “");
    }
}

/* A name is a name, whatever is in it. */
static void
test_names (Kit *self, gconstpointer data)
{
  static const struct
  {
    const char *domain;
    const char *line;
  } cases[] = {
    { "a/../b?c#d", "GET /a%2F..%2Fb%3Fc%23d/v2.0/.well-known/openid-configuration HTTP/1.1\r\n" },
    { "a b\r\nX: y",
      "GET /a%20b%0D%0AX%3A%20y/v2.0/.well-known/openid-configuration HTTP/1.1\r\n" },
    { "\xc3\xa4.de", "GET /%C3%A4.de/v2.0/.well-known/openid-configuration HTTP/1.1\r\n" },
    { TENANT, "GET /" TENANT "/v2.0/.well-known/openid-configuration HTTP/1.1\r\n" },
  };
  g_autofree char *body = g_strdup_printf ("{'issuer':'%s/" TENANT "/v2.0'}", self->login_base);

  server_answer (self->login, "/getuserrealm.srf", 404, "", "{}");
  server_answer (self->login, "/", 200, "", body);
  for (guint i = 0, n = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncDiscovery) found = discover (self, cases[i].domain);

      g_assert_no_error (self->error);
      g_assert_true (g_str_has_prefix (server_wait (self->login, n), cases[i].line));
      n += g_uuid_string_is_valid (cases[i].domain) ? 1 : 2;
      g_assert_cmpuint (server_count (self->login), ==, n);
    }
}

/* The last state and text of a stage */
typedef struct
{
  GHashTable *texts;
  GHashTable *states;
} Stages;

static void
stage_cb (const char *stage, PresyncStageState state, const char *text, gpointer user_data)
{
  Stages *stages = user_data;

  g_hash_table_replace (stages->texts, g_strdup (stage), g_strdup (text));
  g_hash_table_replace (stages->states, g_strdup (stage), GUINT_TO_POINTER (state));
}

static void
stages_open (Stages *self)
{
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
stages_close (Stages *self)
{
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->states);
}

/* A whole check trusts what this computer trusts. */
static void
trust_as_computer (Kit *self)
{
  g_autofree char *trusted = g_build_filename (self->folder, "trusted.pem", NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (trusted, &self->error);

  g_assert_no_error (self->error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

/* A clock that is wrong is said once, in plain words, and nothing fails over it. */
static void
test_skew (Kit *self, gconstpointer data)
{
  Stages stages;
  PresyncTenantCheck check = { .target = presync_tenant_target_copy (self->target),
                               .stage = stage_cb,
                               .user_data = &stages };
  const char *text;

  trust_as_computer (self);
  stages_open (&stages);
  answer_owner (self, "Date: Fri, 31 Dec 1999 23:59:59 GMT\r\n", "");
  server_answer (self->login, REALM, 200, "Date: Fri, 31 Dec 1999 23:59:59 GMT\r\n",
                 "{'NameSpaceType':'Managed'}");
  g_assert_true (presync_tenant_check_run (&check, NULL, &self->error));
  g_assert_no_error (self->error);
  text = g_hash_table_lookup (stages.texts, "find");
  g_assert_true (g_str_has_prefix (text, "Tenant " TENANT));
  g_assert_nonnull (strstr (text, "This computer’s clock says "));
  g_assert_nonnull (strstr (text, "that of localhost 1999-12-31 23:59 UTC"));
  presync_tenant_check_clear (&check);
  stages_close (&stages);
}

/* A token for another tenant is refused in words that name both, and is not kept. */
static void
test_other_tenant (Kit *self, gconstpointer data)
{
  static const char claims[] = "{\"tid\":\"" OTHER_TENANT "\"}";
  g_autofree char *base64 = g_base64_encode ((const guchar *) claims, strlen (claims));
  g_autofree char *body = g_strdup_printf (
      "{'access_token':'" TOKEN "','refresh_token':'" TOKEN "','id_token':'e30.%s.x'}", base64);
  Stages stages;
  PresyncTenantCheck check = { .target = presync_tenant_target_copy (self->target),
                               .refresh = presync_secret_new ("earlier"),
                               .stage = stage_cb,
                               .user_data = &stages };
  const char *text;

  trust_as_computer (self);
  stages_open (&stages);
  check.target->client_id = g_strdup (CLIENT);
  answer_owner (self, "", "");
  server_answer (self->login, REALM, 200, "", "{}");
  server_answer (self->login, "/" TENANT "/oauth2/v2.0/token", 200, "", body);
  g_assert_true (presync_tenant_check_run (&check, NULL, &self->error));
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (stages.states, "sign-in")), ==,
                    PRESYNC_STAGE_FAILED);
  text = g_hash_table_lookup (stages.texts, "sign-in");
  g_assert_cmpstr (text, ==,
                   "The sign-in was to tenant " OTHER_TENANT
                   ", but “contoso.com” belongs to tenant " TENANT
                   ": sign in with an account of that tenant.");
  g_assert_null (check.tokens);
  g_assert_null (check.refresh);
  g_assert_cmpuint (server_count (self->graph), ==, 0);
  presync_tenant_check_clear (&check);
  stages_close (&stages);
}

int
main (int argc, char **argv)
{
  static const KitTest tests[] = {
    { "/tenant-discover/found", test_found },
    { "/tenant-discover/realm", test_realm },
    { "/tenant-discover/nobody", test_nobody },
    { "/tenant-discover/unclear", test_unclear },
    { "/tenant-discover/clouds", test_clouds },
    { "/tenant-discover/names", test_names },
    { "/tenant-discover/skew", test_skew },
    { "/tenant-discover/other-tenant", test_other_tenant },
  };

  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  return kit_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
