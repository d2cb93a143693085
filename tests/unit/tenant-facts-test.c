/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-source.h"
#include "tenant-kit.h"

/* Bodies as Microsoft Graph's metadata names and types them. */

#define USER "a1a1a1a1-0000-4000-8000-000000000001"
#define GROUP "b2b2b2b2-0000-4000-8000-000000000002"
#define HYBRID "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"
#define GLOBAL "62e90394-69f5-4237-9190-012177145e10"
#define READER "f2ef992c-3afb-46b9-b7cf-a126ee74c451"
#define ADMIN "admin@contoso.com"

#define EMPTY "{'value':[]}"
#define ORGANIZATION(members)                                                                      \
  "{'@odata.context':'x','value':[{'id':'" TENANT "','displayName':'Contoso','tenantType':'AAD',"  \
  "'createdDateTime':'2024-03-01T08:00:00Z'," members "}]}"
#define DOMAINS                                                                                    \
  "'verifiedDomains':[{'name':'contoso.onmicrosoft.com','isInitial':true,'type':'Managed'},"       \
  "{'name':'Contoso.com','isDefault':true,'type':'Federated'}]"
#define NEVER "'onPremisesSyncEnabled':null,'onPremisesLastSyncDateTime':null"
#define QUOTA(quota) "{'value':[{'directorySizeQuota':" quota "}]}"
#define FEATURES(features) "{'value':[{'id':'" TENANT "','features':" features "}]}"
#define SKU(status, plans) "{'capabilityStatus':'" status "','servicePlans':[" plans "]}"
#define PLAN(name, status) "{'servicePlanName':'" name "','provisioningStatus':'" status "'}"
#define PERSON(members) "{'id':'" USER "','displayName':'Anna'," members "}"
#define USUAL                                                                                      \
  "'userPrincipalName':'" ADMIN "','userType':'Member','accountEnabled':true,"                     \
  "'creationType':null,'onPremisesSyncEnabled':null,"                                              \
  "'identities':[{'signInType':'userPrincipalName','issuer':'contoso.onmicrosoft.com'}]"
#define ROLE(id, name) "{'roleTemplateId':'" id "','displayName':'" name "'}"
#define ASSIGNED(principal, scope, role)                                                           \
  "{'principalId':'" principal "','directoryScopeId':'" scope "','roleDefinitionId':'" role        \
  "','roleDefinition':{'templateId':'" role "','displayName':'Some role'}}"
#define LIST(items) "{'value':[" items "]}"

/* One thing that is different from a tenant where all is well, and a fact that follows */
typedef struct
{
  const char *key;
  const char *expected; /* "yes", "3", "a,b"; "?no-right" for unknown; "-" for no fact */
  PresyncGraphRead read;
  const char *body; /* nullable: nothing differs */
  guint status;     /* 0: 200 */
} FactsCase;

static const char *const usual[PRESYNC_GRAPH_N_READS] = {
  [PRESYNC_GRAPH_ME] = PERSON (USUAL),
  [PRESYNC_GRAPH_ORGANIZATION] = ORGANIZATION (DOMAINS "," NEVER),
  [PRESYNC_GRAPH_QUOTA] = QUOTA ("{'used':1200,'total':300000}"),
  [PRESYNC_GRAPH_FEATURES] = FEATURES (
      "{'blockSoftMatchEnabled':true,'blockCloudObjectTakeoverThroughHardMatchEnabled':false}"),
  [PRESYNC_GRAPH_LICENCES] = LIST (SKU ("Enabled", PLAN ("AAD_PREMIUM", "Success"))),
  [PRESYNC_GRAPH_SYNC_ACCOUNTS] = LIST ("{'id':'1'},{'id':'2'}"),
  [PRESYNC_GRAPH_ROLES] = LIST (ROLE (HYBRID, "Hybrid Identity Administrator")),
  [PRESYNC_GRAPH_ASSIGNMENTS] = LIST (ASSIGNED (USER, "/", HYBRID)),
  [PRESYNC_GRAPH_ELIGIBLE] = EMPTY,
};

/* The same without any role */
static const char *const without_role[PRESYNC_GRAPH_N_READS] = {
  [PRESYNC_GRAPH_ROLES] = EMPTY,
  [PRESYNC_GRAPH_ASSIGNMENTS] = EMPTY,
  [PRESYNC_GRAPH_ELIGIBLE] = EMPTY,
  [PRESYNC_GRAPH_HOLDERS] = EMPTY,
  [PRESYNC_GRAPH_GROUPS] = LIST ("{'id':'" GROUP "'}"),
};

/* @body: with ' instead of " */
static PresyncGraphAnswer *
facts_test_new_answer (const char *body, guint status, gboolean complete)
{
  g_autoptr (PresyncOrigin) origin = tenant_kit_new_origin (complete && status == 200);
  g_autoptr (GString) text = g_string_new (body);
  g_autoptr (JsonNode) node = NULL;
  PresyncGraphAnswer *answer;

  if (status != 200)
    {
      answer = presync_graph_answer_new_unknown (status == 403 ? PRESYNC_UNKNOWN_NO_RIGHT
                                                               : PRESYNC_UNKNOWN_NOT_OFFERED,
                                                 "It needs a role.", origin);
      answer->status = status;
      answer->code = g_strdup (body);
      return answer;
    }
  g_string_replace (text, "'", "\"", 0);
  node = json_from_string (text->str, NULL);
  g_assert_nonnull (node);
  return presync_graph_answer_new_body (status, node, origin);
}

/* A read with @bodies, of which @changed differs */
static GPtrArray *
facts_test_list (const char *const *bodies, const char *const *more, const FactsCase *changed,
                 const char *admin)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, TENANT);
  PresyncTenantNames names = { .subject = SUBJECT, .own = own };
  PresyncTenantRead read = { .subject = SUBJECT, .tenant = TENANT, .admin = admin };

  for (gsize i = 0; i < PRESYNC_GRAPH_N_READS; i++)
    {
      const char *body = more != NULL && more[i] != NULL ? more[i] : bodies[i];
      guint status = 200;

      if (changed != NULL && changed->read == i && changed->body != NULL)
        {
          body = changed->body;
          status = changed->status != 0 ? changed->status : 200;
        }
      if (body != NULL)
        read.answers[i] = facts_test_new_answer (body, status, TRUE);
    }
  presync_tenant_read_add_facts (&read, &names, facts);
  for (gsize i = 0; i < PRESYNC_GRAPH_N_READS; i++)
    presync_graph_answer_unref (read.answers[i]);
  return g_steal_pointer (&facts);
}

/* (nullable): why the known fact of @key is as it is */
static const char *
facts_test_get_why (GPtrArray *facts, const char *key)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (!g_str_equal (presync_fact_get_key (fact), key))
        continue;
      return presync_fact_get_detail (fact);
    }
  g_assert_not_reached ();
}

static void
facts_test_run_why (const char *const *more, const FactsCase *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) facts = facts_test_list (usual, more, &cases[i], NULL);

      g_assert_cmpstr (facts_test_get_why (facts, cases[i].key), ==, cases[i].expected);
    }
}

static void
facts_test_run (const char *const *more, const FactsCase *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) facts = facts_test_list (usual, more, &cases[i], NULL);

      tenant_kit_assert (facts, cases[i].key, NULL, cases[i].expected);
    }
}

static void
test_tenant (void)
{
  static const FactsCase cases[] = {
    { "tenant.signed-in-as", "Anna (" ADMIN ")" },
    { "tenant.signed-in-as", "?no-right", PRESYNC_GRAPH_ME, "", 403 },
    { "tenant.signed-in-as", "?not-offered", PRESYNC_GRAPH_ME, "{'userPrincipalName':3}" },
    { "tenant.name", "Contoso" },
    { "tenant.name", "?no-right", PRESYNC_GRAPH_ORGANIZATION, "", 403 },
    /* What would be read otherwise than it is written, or steer a terminal, is not shown. */
    { "tenant.name", "Con [31m toso ", PRESYNC_GRAPH_ORGANIZATION,
      "{'value':[{'displayName':'Con\\u001b[31m\\ntoso\\u202e'}]}" },
    { "tenant.kind", "AAD" },
    { "tenant.kind", "AAD B2C", PRESYNC_GRAPH_ORGANIZATION,
      "{'value':[{'tenantType':'AAD B2C'}]}" },
    { "tenant.kind", "?malformed", PRESYNC_GRAPH_ORGANIZATION, "{'value':[{'tenantType':1}]}" },
    { "tenant.kind", "?not-offered", PRESYNC_GRAPH_ORGANIZATION,
      "{'value':[{'tenantType':null}]}" },
    /* Of another tenant, nothing is believed. */
    { "tenant.kind", "?not-offered", PRESYNC_GRAPH_ORGANIZATION,
      "{'value':[{'id':'" OTHER_TENANT "','tenantType':'AAD'}]}" },
    { "tenant.created", "2024-03-01 08:00:00" },
    { "tenant.created", "?malformed", PRESYNC_GRAPH_ORGANIZATION,
      "{'value':[{'createdDateTime':'yesterday'}]}" },
    { "tenant.active-sync", "no" },
    { "tenant.active-sync", "no", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'onPremisesSyncEnabled':false") },
    { "tenant.active-sync", "yes", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'onPremisesSyncEnabled':true") },
    { "tenant.active-sync", "?malformed", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'onPremisesSyncEnabled':'true'") },
    { "tenant.active-sync", "?not-offered", PRESYNC_GRAPH_ORGANIZATION, EMPTY },
    { "tenant.last-sync", "-" },
    { "tenant.last-sync", "2026-10-28 07:30:00", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'onPremisesLastSyncDateTime':'2026-10-28T07:30:00Z'") },
    { "tenant.verified-domains", "Contoso.com,contoso.onmicrosoft.com" },
    { "tenant.verified-domains", "?malformed", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'verifiedDomains':[{'name':null}]") },
    { "tenant.verified-domains", "?malformed", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'verifiedDomains':'contoso.com'") },
    { "tenant.federated-domains", "Contoso.com" },
    { "tenant.federated-domains", "", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'verifiedDomains':[{'name':'contoso.com','type':'Managed'}]") },
    { "tenant.custom-domain", "yes" },
    { "tenant.custom-domain", "no", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'verifiedDomains':[{'name':'contoso.onmicrosoft.com','type':'Managed'}]") },
    { "tenant.custom-domain", "no", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'verifiedDomains':[{'name':'contoso.example','isInitial':true,"
                    "'type':'Managed'}]") },
    { "tenant.custom-domain", "yes", PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'verifiedDomains':[{'name':'contoso.example','isInitial':'true',"
                    "'type':'Managed'},{'name':'b.example','isInitial':false,'type':'Managed'}]") },
    /* Without that list, what discovery told still counts. */
    { "tenant.custom-domain", "yes", PRESYNC_GRAPH_ORGANIZATION, "", 403 },
  };

  facts_test_run (NULL, cases, G_N_ELEMENTS (cases));
}

static void
test_numbers (void)
{
  static const FactsCase cases[] = {
    { "tenant.quota-used", "1200" },
    { "tenant.quota-total", "300000" },
    { "tenant.quota-left", "298800" },
    { "tenant.quota-left", "-10", PRESYNC_GRAPH_QUOTA, QUOTA ("{'used':50010,'total':50000}") },
    { "tenant.quota-left", "?malformed", PRESYNC_GRAPH_QUOTA, QUOTA ("{'used':1,'total':'9'}") },
    { "tenant.quota-left", "?malformed", PRESYNC_GRAPH_QUOTA, QUOTA ("{'used':-1,'total':9}") },
    { "tenant.quota-left", "?not-offered", PRESYNC_GRAPH_QUOTA, QUOTA ("null") },
    { "tenant.quota-total", "?no-right", PRESYNC_GRAPH_QUOTA, "", 403 },
    { "tenant.sync-accounts", "2" },
    { "tenant.sync-accounts", "0", PRESYNC_GRAPH_SYNC_ACCOUNTS, EMPTY },
    /* The role was never given to anybody. That is Graph's word; others say 404 too. */
    { "tenant.sync-accounts", "0", PRESYNC_GRAPH_SYNC_ACCOUNTS, "Request_ResourceNotFound", 404 },
    { "tenant.sync-accounts", "?not-offered", PRESYNC_GRAPH_SYNC_ACCOUNTS, "", 404 },
    { "tenant.sync-accounts", "?not-offered", PRESYNC_GRAPH_SYNC_ACCOUNTS, "UnknownError", 404 },
    { "tenant.sync-accounts", "?not-offered", PRESYNC_GRAPH_SYNC_ACCOUNTS,
      "Request_ResourceNotFound", 410 },
    { "tenant.sync-accounts", "?no-right", PRESYNC_GRAPH_SYNC_ACCOUNTS, "", 403 },
    { "tenant.soft-match-blocked", "yes" },
    { "tenant.hard-match-blocked", "no" },
    { "tenant.soft-match-blocked", "no", PRESYNC_GRAPH_FEATURES,
      FEATURES ("{'blockSoftMatchEnabled':false}") },
    { "tenant.hard-match-blocked", "yes", PRESYNC_GRAPH_FEATURES,
      "{'features':{'blockCloudObjectTakeoverThroughHardMatchEnabled':true}}" },
    { "tenant.hard-match-blocked", "?malformed", PRESYNC_GRAPH_FEATURES,
      FEATURES ("{'blockCloudObjectTakeoverThroughHardMatchEnabled':1}") },
    { "tenant.soft-match-blocked", "?not-offered", PRESYNC_GRAPH_FEATURES, EMPTY },
    { "tenant.soft-match-blocked", "?no-right", PRESYNC_GRAPH_FEATURES, "", 403 },
    { "tenant.premium-licence", "yes" },
    { "tenant.premium-licence", "no", PRESYNC_GRAPH_LICENCES, EMPTY },
    { "tenant.premium-licence", "yes", PRESYNC_GRAPH_LICENCES,
      LIST (SKU ("Suspended", PLAN ("AAD_PREMIUM", "Success")) "," SKU (
          "Warning", PLAN ("EXCHANGE", "Success") "," PLAN ("AAD_PREMIUM_P2", "Success"))) },
    { "tenant.premium-licence", "no", PRESYNC_GRAPH_LICENCES,
      LIST (SKU ("Suspended", PLAN ("AAD_PREMIUM", "Success"))) },
    { "tenant.premium-licence", "no", PRESYNC_GRAPH_LICENCES,
      LIST (SKU ("Enabled", PLAN ("AAD_PREMIUM", "Disabled"))) },
    { "tenant.premium-licence", "?malformed", PRESYNC_GRAPH_LICENCES,
      LIST ("{'capabilityStatus':'Enabled','servicePlans':7}") },
    { "tenant.premium-licence", "?no-right", PRESYNC_GRAPH_LICENCES, "", 403 },
  };

  facts_test_run (NULL, cases, G_N_ELEMENTS (cases));
}

static void
test_person (void)
{
  static const FactsCase cases[] = {
    { "tenant.admin-exists", "yes" },
    { "tenant.admin-exists", "?no-right", PRESYNC_GRAPH_ME, "", 403 },
    { "tenant.admin-enabled", "yes" },
    { "tenant.admin-enabled", "no", PRESYNC_GRAPH_ME, PERSON ("'accountEnabled':false") },
    { "tenant.admin-enabled", "?not-offered", PRESYNC_GRAPH_ME, PERSON ("'accountEnabled':null") },
    { "tenant.admin-enabled", "?malformed", PRESYNC_GRAPH_ME, PERSON ("'accountEnabled':'yes'") },
    { "tenant.admin-synced", "no" },
    { "tenant.admin-synced", "no", PRESYNC_GRAPH_ME, PERSON ("'onPremisesSyncEnabled':false") },
    { "tenant.admin-synced", "yes", PRESYNC_GRAPH_ME, PERSON ("'onPremisesSyncEnabled':true") },
    { "tenant.admin-synced", "?not-offered", PRESYNC_GRAPH_ME, PERSON ("'userType':'Member'") },
    { "tenant.admin-guest", "no" },
    { "tenant.admin-guest", "yes", PRESYNC_GRAPH_ME, PERSON ("'userType':'Guest'") },
    /* An invited person may have been made a member. */
    { "tenant.admin-guest", "yes", PRESYNC_GRAPH_ME,
      PERSON ("'userType':'Member','userPrincipalName':'anna_fabrikam.com#EXT#@contoso.com'") },
    { "tenant.admin-guest", "yes", PRESYNC_GRAPH_ME,
      PERSON ("'userType':'Member','creationType':'Invitation'") },
    { "tenant.admin-guest", "?not-offered", PRESYNC_GRAPH_ME, PERSON ("'userType':null") },
    { "tenant.admin-guest", "?malformed", PRESYNC_GRAPH_ME, PERSON ("'userType':'Robot'") },
    { "tenant.admin-microsoft-account", "no" },
    { "tenant.admin-microsoft-account", "no", PRESYNC_GRAPH_ME, PERSON ("'identities':[]") },
    { "tenant.admin-microsoft-account", "yes", PRESYNC_GRAPH_ME,
      PERSON ("'identities':[{'issuer':'contoso.com'},{'issuer':'microsoftaccount'}]") },
    { "tenant.admin-microsoft-account", "yes", PRESYNC_GRAPH_ME,
      PERSON ("'identities':[{'issuer':'live.com'}]") },
    { "tenant.admin-microsoft-account", "?not-offered", PRESYNC_GRAPH_ME,
      PERSON ("'identities':null") },
    { "tenant.admin-microsoft-account", "?malformed", PRESYNC_GRAPH_ME,
      PERSON ("'identities':[{'issuer':7}]") },
  };

  facts_test_run (NULL, cases, G_N_ELEMENTS (cases));
}

/* What was not looked for is told of who could have it. */
static void
test_not_looked_for (void)
{
  static const char *const key = "tenant.admin-role-eligible";
  g_autoptr (GPtrArray) with = facts_test_list (usual, NULL, NULL, NULL);
  g_autoptr (GPtrArray) without = facts_test_list (usual, without_role, NULL, NULL);

  g_assert_null (facts_test_get_why (with, key));
  g_assert_cmpstr (
      facts_test_get_why (without, key), ==,
      "Memberships of groups that are hidden, or can be activated, were not looked for.");
}

/* A yes or no that leaves open why tells it. */
static void
test_why (void)
{
  static const FactsCase cases[] = {
    { "tenant.admin-guest", NULL },
    { "tenant.admin-guest", "The user type is “Guest”.", PRESYNC_GRAPH_ME,
      PERSON ("'userType':'Guest','creationType':'Invitation'") },
    { "tenant.admin-guest", "The user name has “#EXT#” in it.", PRESYNC_GRAPH_ME,
      PERSON ("'userType':'Member','userPrincipalName':'a_b.com#EXT#@contoso.com'") },
    { "tenant.admin-guest", "The account was made by an invitation.", PRESYNC_GRAPH_ME,
      PERSON ("'userType':'Member','creationType':'Invitation'") },
    { "tenant.admin-microsoft-account", "Its identity is of “live.com”.", PRESYNC_GRAPH_ME,
      PERSON ("'identities':[{'issuer':'contoso.com'},{'issuer':'live.com'}]") },
    { "tenant.admin-role-direct", NULL },
    { "tenant.admin-role-direct", "The role comes through a group.", PRESYNC_GRAPH_ASSIGNMENTS,
      EMPTY },
    { "tenant.admin-role-eligible",
      "Activating roles needs Microsoft Entra ID P2, which the tenant does not have.",
      PRESYNC_GRAPH_ELIGIBLE, "AadPremiumLicenseRequired", 400 },
    { "tenant.custom-domain", "Only the initial domain of the tenant is verified.",
      PRESYNC_GRAPH_ORGANIZATION,
      ORGANIZATION ("'verifiedDomains':[{'name':'contoso.onmicrosoft.com','type':'Managed'}]") },
  };

  /* Only a group that was made for that can hold a role. */
  static const FactsCase groups[] = {
    { "tenant.admin-role-direct", "The role comes through the group “Identity team”.",
      PRESYNC_GRAPH_GROUPS,
      LIST ("{'id':'1','displayName':'All staff','isAssignableToRole':null},"
            "{'id':'2','displayName':'Identity team','isAssignableToRole':true}") },
    { "tenant.admin-role-direct", "The role comes through one of the groups “A”, “B”.",
      PRESYNC_GRAPH_GROUPS,
      LIST ("{'id':'1','displayName':'A','isAssignableToRole':true},"
            "{'id':'2','displayName':'B','isAssignableToRole':true}") },
    { "tenant.admin-role-direct", "The role comes through a group.", PRESYNC_GRAPH_GROUPS,
      LIST ("{'id':'1','displayName':'All staff'}") },
    { "tenant.admin-role-direct", "The role comes through a group.", PRESYNC_GRAPH_GROUPS, "",
      403 },
  };
  static const char *const through[PRESYNC_GRAPH_N_READS] = { [PRESYNC_GRAPH_ASSIGNMENTS] = EMPTY };

  facts_test_run_why (NULL, cases, G_N_ELEMENTS (cases));
  facts_test_run_why (through, groups, G_N_ELEMENTS (groups));
}

static void
test_roles (void)
{
  static const FactsCase with[] = {
    { "tenant.admin-role", "yes" },
    { "tenant.admin-roles", "Hybrid Identity Administrator" },
    { "tenant.admin-roles", "Global Administrator,Hybrid Identity Administrator,Some reader",
      PRESYNC_GRAPH_ROLES,
      LIST (ROLE (GLOBAL, "Globaler Administrator") "," ROLE (READER, "Some reader")) },
    { "tenant.admin-role-direct", "yes" },
    { "tenant.admin-role-direct", "no", PRESYNC_GRAPH_ASSIGNMENTS, EMPTY },
    { "tenant.admin-role-direct", "no", PRESYNC_GRAPH_ASSIGNMENTS,
      LIST (ASSIGNED (GROUP, "/", HYBRID)) },
    { "tenant.admin-role-direct", "no", PRESYNC_GRAPH_ASSIGNMENTS,
      LIST (ASSIGNED (USER, "/administrativeUnits/7", HYBRID)) },
    { "tenant.admin-role-direct", "yes", PRESYNC_GRAPH_ASSIGNMENTS,
      LIST (ASSIGNED (USER, "/", READER) "," ASSIGNED (USER, "/", GLOBAL)) },
    { "tenant.admin-role-direct", "?malformed", PRESYNC_GRAPH_ASSIGNMENTS, LIST ("{'x':1}") },
    { "tenant.admin-role-direct", "?no-right", PRESYNC_GRAPH_ASSIGNMENTS, "", 403 },
    /* A direct one is active, even if the other list cannot be read, or does not have it. */
    { "tenant.admin-role", "yes", PRESYNC_GRAPH_ROLES, "", 403 },
    { "tenant.admin-role", "yes", PRESYNC_GRAPH_ROLES, EMPTY },
    { "tenant.admin-role", "yes", PRESYNC_GRAPH_ASSIGNMENTS, "", 403 },
    { "tenant.admin-roles", "?no-right", PRESYNC_GRAPH_ROLES, "", 403 },
    { "tenant.admin-role-eligible", "no" },
    { "tenant.admin-role-eligible", "?no-right", PRESYNC_GRAPH_ELIGIBLE, "", 403 },
    { "tenant.admin-eligible-roles", "" },
  };
  static const FactsCase without[] = {
    { "tenant.admin-role", "no" },
    { "tenant.admin-roles", "" },
    { "tenant.admin-role-direct", "no" },
    { "tenant.admin-role", "yes", PRESYNC_GRAPH_ROLES, LIST (ROLE (GLOBAL, "Admin")) },
    { "tenant.admin-role", "no", PRESYNC_GRAPH_ROLES, LIST (ROLE (READER, "Reader")) },
    { "tenant.admin-role", "?no-right", PRESYNC_GRAPH_ROLES, "", 403 },
    { "tenant.admin-role", "?malformed", PRESYNC_GRAPH_ROLES, LIST ("{'roleTemplateId':null}") },
    { "tenant.admin-role-eligible", "no" },
    { "tenant.admin-role-eligible", "yes", PRESYNC_GRAPH_ELIGIBLE,
      LIST (ASSIGNED (USER, "/", HYBRID)) },
    { "tenant.admin-eligible-roles", "Hybrid Identity Administrator", PRESYNC_GRAPH_ELIGIBLE,
      LIST (ASSIGNED (USER, "/", HYBRID)) },
    { "tenant.admin-role-eligible", "no", PRESYNC_GRAPH_ELIGIBLE,
      LIST (ASSIGNED (USER, "/administrativeUnits/7", HYBRID)) },
    { "tenant.admin-role-eligible", "?no-right", PRESYNC_GRAPH_ELIGIBLE, "", 403 },
    /* Without Microsoft Entra ID P2, nothing can be activated. */
    { "tenant.admin-role-eligible", "no", PRESYNC_GRAPH_ELIGIBLE, "AadPremiumLicenseRequired",
      400 },
    { "tenant.admin-eligible-roles", "", PRESYNC_GRAPH_ELIGIBLE, "AadPremiumLicenseRequired", 400 },
    /* Through a group of the administrator, and through another group */
    { "tenant.admin-role-eligible", "yes", PRESYNC_GRAPH_HOLDERS,
      LIST (ASSIGNED (GROUP, "/", GLOBAL)) },
    { "tenant.admin-eligible-roles", "Global Administrator", PRESYNC_GRAPH_HOLDERS,
      LIST (ASSIGNED (GROUP, "/", GLOBAL)) },
    { "tenant.admin-role-eligible", "no", PRESYNC_GRAPH_HOLDERS,
      LIST (ASSIGNED (OTHER_TENANT, "/", GLOBAL)) },
    { "tenant.admin-role-eligible", "yes", PRESYNC_GRAPH_HOLDERS,
      LIST (ASSIGNED ("B2B2B2B2-0000-4000-8000-000000000002", "/", GLOBAL)) },
    { "tenant.admin-role-eligible", "?no-right", PRESYNC_GRAPH_HOLDERS, "", 403 },
    /* Nobody holds it: who is in which group does not matter. */
    { "tenant.admin-role-eligible", "no", PRESYNC_GRAPH_GROUPS, "", 403 },
  };

  facts_test_run (NULL, with, G_N_ELEMENTS (with));
  facts_test_run (without_role, without, G_N_ELEMENTS (without));
}

/* Somebody else than who signed in */
static void
test_named (void)
{
  static const char *const bodies[PRESYNC_GRAPH_N_READS] = {
    [PRESYNC_GRAPH_USER] = PERSON ("'userPrincipalName':'other@contoso.com','userType':'Guest'"),
  };
  FactsCase missing = { NULL, NULL, PRESYNC_GRAPH_USER, "Request_ResourceNotFound", 404 };
  FactsCase forbidden = { NULL, NULL, PRESYNC_GRAPH_USER, "", 403 };
  FactsCase bare = { NULL, NULL, PRESYNC_GRAPH_USER, "UnknownError", 404 };
  g_autoptr (GPtrArray) same = facts_test_list (usual, bodies, NULL, "Admin@CONTOSO.com");
  g_autoptr (GPtrArray) other = facts_test_list (usual, bodies, NULL, "other@contoso.com");
  g_autoptr (GPtrArray) nobody = facts_test_list (usual, bodies, &missing, "other@contoso.com");
  g_autoptr (GPtrArray) hidden = facts_test_list (usual, bodies, &forbidden, "other@contoso.com");
  g_autoptr (GPtrArray) strange = facts_test_list (usual, bodies, &bare, "other@contoso.com");

  tenant_kit_assert (same, "tenant.admin-guest", "Admin@CONTOSO.com", "no");
  tenant_kit_assert (other, "tenant.admin-guest", "other@contoso.com", "yes");
  tenant_kit_assert (other, "tenant.signed-in-as", SUBJECT, "Anna (" ADMIN ")");
  tenant_kit_assert (nobody, "tenant.admin-exists", "other@contoso.com", "no");
  tenant_kit_assert (nobody, "tenant.admin-role", "other@contoso.com", "?not-offered");
  tenant_kit_assert (hidden, "tenant.admin-exists", "other@contoso.com", "?no-right");
  tenant_kit_assert (hidden, "tenant.admin-guest", "other@contoso.com", "?no-right");
  /* Not every 404 is Graph's word that there is nobody of that name. */
  tenant_kit_assert (strange, "tenant.admin-exists", "other@contoso.com", "?not-offered");
  tenant_kit_assert (strange, "tenant.admin-enabled", "other@contoso.com", "?not-offered");
}

/* Some refusals tell all there is to know: only of that can a condition be met, or not. */
static void
test_whole (void)
{
  static const FactsCase cases[] = {
    { "tenant.admin-role-eligible", "no", PRESYNC_GRAPH_ELIGIBLE, "AadPremiumLicenseRequired",
      400 },
    { "tenant.admin-eligible-roles", "", PRESYNC_GRAPH_ELIGIBLE, "AadPremiumLicenseRequired", 400 },
    { "tenant.sync-accounts", "0", PRESYNC_GRAPH_SYNC_ACCOUNTS, "Request_ResourceNotFound", 404 },
    { "tenant.admin-exists", "no", PRESYNC_GRAPH_ME, "Request_ResourceNotFound", 404 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) facts = facts_test_list (usual, without_role, &cases[i], NULL);
      PresyncFact *fact = NULL;

      tenant_kit_assert (facts, cases[i].key, NULL, cases[i].expected);
      for (guint j = 0; fact == NULL; j++)
        if (g_str_equal (presync_fact_get_key (facts->pdata[j]), cases[i].key))
          fact = facts->pdata[j];
      g_assert_true (presync_origin_get_complete (presync_fact_get_origin (fact)));
    }
}

/* The first page says no, and there would be more: that is no "no". */
static void
test_incomplete (void)
{
  static const struct
  {
    PresyncGraphRead read;
    const char *key;
  } cases[] = { { PRESYNC_GRAPH_ROLES, "tenant.admin-role" },
                { PRESYNC_GRAPH_ASSIGNMENTS, "tenant.admin-role-direct" },
                { PRESYNC_GRAPH_ELIGIBLE, "tenant.admin-role-eligible" },
                { PRESYNC_GRAPH_LICENCES, "tenant.premium-licence" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, TENANT);
      PresyncTenantNames names = { .subject = SUBJECT, .own = own };
      PresyncTenantRead read = { .subject = SUBJECT, .tenant = TENANT };

      read.answers[PRESYNC_GRAPH_ME] = facts_test_new_answer (PERSON (USUAL), 200, TRUE);
      read.answers[cases[i].read] = facts_test_new_answer (EMPTY, 200, FALSE);
      presync_tenant_read_add_facts (&read, &names, facts);
      tenant_kit_assert (facts, cases[i].key, NULL, "?partial");
      presync_graph_answer_unref (read.answers[PRESYNC_GRAPH_ME]);
      presync_graph_answer_unref (read.answers[cases[i].read]);
    }
}

/* Who vouches for who signed in is told by the token alone. */
static void
test_provider (void)
{
  g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, TENANT);
  PresyncTenantNames names = { .subject = SUBJECT, .own = own };
  PresyncTenantRead read = { .subject = SUBJECT, .tenant = TENANT, .provider = "live.com" };
  static const char *const admins[] = { NULL, "other@contoso.com" };
  static const char *const expected[] = { "yes", "no" };

  read.answers[PRESYNC_GRAPH_ME] = facts_test_new_answer (PERSON (USUAL), 200, TRUE);
  read.answers[PRESYNC_GRAPH_USER] = facts_test_new_answer (PERSON (USUAL), 200, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (admins); i++)
    {
      g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

      read.admin = admins[i];
      presync_tenant_read_add_facts (&read, &names, facts);
      tenant_kit_assert (facts, "tenant.admin-microsoft-account", NULL, expected[i]);
    }
  presync_graph_answer_unref (read.answers[PRESYNC_GRAPH_ME]);
  presync_graph_answer_unref (read.answers[PRESYNC_GRAPH_USER]);
}

/* Every key gets a fact, whatever was read; and nothing else does. */
static void
test_keys (void)
{
  static const char *const nothing[PRESYNC_GRAPH_N_READS] = { NULL };
  const char *const *keys = presync_tenant_signed_in_fact_keys ();
  FactsCase synced = { NULL, NULL, PRESYNC_GRAPH_ORGANIZATION,
                       ORGANIZATION ("'onPremisesLastSyncDateTime':'2026-10-28T07:30:00Z'") };
  g_autoptr (GPtrArray) whole = facts_test_list (usual, NULL, &synced, NULL);
  g_autoptr (GPtrArray) unread = facts_test_list (nothing, NULL, NULL, NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *told = tenant_kit_dup_found (whole, keys[i], NULL);
      g_autofree char *missed = tenant_kit_dup_found (unread, keys[i], NULL);

      g_assert_nonnull (presync_fact_key_find (keys[i]));
      /* What the directory names */
      if (g_str_has_suffix (keys[i], "-suffixes"))
        continue;
      g_assert_cmpstr (told, !=, "-");
      if (strcmp (keys[i], "tenant.custom-domain") != 0)
        g_assert_true (missed[0] == '?');
    }
  for (guint i = 0; i < whole->len; i++)
    g_assert_true (g_strv_contains (keys, presync_fact_get_key (whole->pdata[i])));
}

static void
test_urls (void)
{
  const PresyncCloud *cloud = presync_cloud_find ("us-government-dod");

  for (PresyncGraphRead read = 0; read < PRESYNC_GRAPH_N_READS; read++)
    {
      g_autofree char *url = presync_graph_dup_url (cloud, read, "a'b/c#EXT#@contoso.com");

      g_assert_true (presync_cloud_allows (cloud, url));
      g_assert_true (g_uri_is_valid (url, G_URI_FLAGS_NONE, NULL));
      g_assert_null (strchr (url, '#'));
      g_assert_null (strstr (url, "a'b"));
      g_assert_null (strstr (url, "b/c"));
      /* Of the beta version, the quota alone */
      g_assert_true (strstr (url, "/v1.0/") != NULL || read == PRESYNC_GRAPH_QUOTA);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tenant-facts/tenant", test_tenant);
  g_test_add_func ("/tenant-facts/numbers", test_numbers);
  g_test_add_func ("/tenant-facts/person", test_person);
  g_test_add_func ("/tenant-facts/not-looked-for", test_not_looked_for);
  g_test_add_func ("/tenant-facts/why", test_why);
  g_test_add_func ("/tenant-facts/roles", test_roles);
  g_test_add_func ("/tenant-facts/named", test_named);
  g_test_add_func ("/tenant-facts/whole", test_whole);
  g_test_add_func ("/tenant-facts/incomplete", test_incomplete);
  g_test_add_func ("/tenant-facts/provider", test_provider);
  g_test_add_func ("/tenant-facts/keys", test_keys);
  g_test_add_func ("/tenant-facts/urls", test_urls);
  return g_test_run ();
}
