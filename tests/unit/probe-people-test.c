/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes of the named accounts and of traces, from small snapshots, each fact both ways */
#include "people-kit.h"

/* One expectation: with the account @name in the role of @key and these edits, its probe tells this
 */
typedef struct
{
  const char *key;
  const char *name;
  const char *value;
  Edit edits[4];
} PeopleCase;

/* The facts of the probe of @key, if @name is the account of its role (all after the dot apart) */
static GPtrArray *
probe_named (const char *key, const char *name, const char *server, const Edit *edits)
{
  g_autoptr (PresyncDirectory) directory = open_people (edits);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, NULL);
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  PresyncProbeSubjects subjects = { server, accounts, NULL };
  g_autofree char *role = g_strndup (key, strcspn (key, "."));
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *facts;
  guint probe = 0;

  if (name != NULL)
    presync_accounts_set (accounts, role, name);
  for (;; probe++)
    {
      g_assert_cmpuint (probe, <, PRESYNC_N_PROBES);
      g_clear_pointer (&keys, g_ptr_array_unref);
      keys = presync_probe_list_keys ((PresyncProbe) probe, &subjects);
      if (g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
        break;
    }
  facts = presync_probe_run ((PresyncProbe) probe, directory, forest, &subjects, NULL, NULL, NULL,
                             &error);
  g_assert_no_error (error);
  /* Just one fact of each key, and each unknown one says why */
  g_assert_cmpuint (facts->len, ==, keys->len);
  for (guint i = 0; i < facts->len; i++)
    {
      const char *found = presync_fact_get_key (facts->pdata[i]);
      g_assert_true (g_ptr_array_find_with_equal_func (keys, found, g_str_equal, NULL));
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (presync_fact_get_key (facts->pdata[j]), !=, found);
      if (presync_fact_get_unknown (facts->pdata[i]) != PRESYNC_UNKNOWN_NONE)
        g_assert_nonnull (presync_fact_get_detail (facts->pdata[i]));
    }
  return facts;
}

static PresyncFact *
find_key (GPtrArray *facts, const char *key)
{
  for (guint i = 0; i < facts->len; i++)
    if (strcmp (presync_fact_get_key (facts->pdata[i]), key) == 0)
      return facts->pdata[i];
  g_error ("no fact %s", key);
}

static void
check_people (const PeopleCase *cases, guint n, const char *server)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) facts
          = probe_named (cases[i].key, cases[i].name, server, cases[i].edits);
      PresyncFact *fact = find_key (facts, cases[i].key);
      g_autofree char *value = value_of (fact);

      g_test_message ("case %u: %s of %s%s%s", i, cases[i].key, cases[i].name,
                      presync_fact_get_detail (fact) != NULL ? ": " : "",
                      presync_fact_get_detail (fact) != NULL ? presync_fact_get_detail (fact) : "");
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

#define CHECK_PEOPLE(cases, server) check_people (cases, G_N_ELEMENTS (cases), server)
#define NO_GROUPS                                                                                  \
  {                                                                                                \
    "tokenGroups:: {513}\n\ndn: CN=Eve", "\ndn: CN=Eve"                                            \
  }

static void
test_membership (void)
{
  static const Edit root
      = { "rootDomainNamingContext: DC=contoso,DC=com", "rootDomainNamingContext: DC=root,DC=com" };
  static const Edit root_head
      = { "dn: CN=Users,DC=contoso", "dn: DC=root,DC=com\nobjectClass: domainDNS\n"
                                     "objectSid:: {S-1-5-21-9-9-9}\n\ndn: CN=Users,DC=contoso" };
#define TRUST(partner)                                                                             \
  {                                                                                                \
    "dn: CN=Users,DC=contoso", "dn: CN=root.com,CN=System,DC=contoso,DC=com\n"                     \
                               "objectClass: trustedDomain\ntrustPartner: " partner "\n"           \
                               "securityIdentifier:: {S-1-5-21-9-9-9}\n\ndn: CN=Users,DC=contoso"  \
  }
  static const Edit trust = TRUST ("root.com");
  static const Edit other_trust = TRUST ("sub.root.com");
  static const Edit in_root = { "tokenGroups:: {519}", "tokenGroups:: {S-1-5-21-9-9-9-519}" };
  static const PeopleCase cases[] = {
    { "cloud-admin.exists", "ann", "yes", { { NULL } } },
    { "cloud-admin.exists", "nobody", "no", { { NULL } } },
    { "cloud-admin.exists", "EXAMPLE\\ann", "?not-offered", { { NULL } } },
    { "cloud-admin.domain-admin", "nobody", "?not-offered", { { NULL } } },
    { "cloud-admin.domain-admin", "ann", "no", { { NULL } } },
    { "cloud-admin.domain-admin", "pia", "yes", { { NULL } } },
    { "cloud-admin.domain-admin", "eve", "no", { { NULL } } },
    { "cloud-admin.domain-admin", "ann", "?no-right", { NO_GROUPS } },
    /* Domain Admins of another domain are none here. */
    { "cloud-admin.domain-admin",
      "pia",
      "no",
      { { "tokenGroups:: {512}", "tokenGroups:: {S-1-5-21-9-9-9-512}" } } },
    { "cloud-admin.domain-admin", "ann", "?no-right", { { "objectSid:: " SID "\n", "" } } },
    { "connect-admin.enterprise-admin", "ann", "no", { { NULL } } },
    { "connect-admin.enterprise-admin", "eve", "yes", { { NULL } } },
    { "connect-admin.enterprise-admin", "pia", "no", { { NULL } } },
    { "connect-admin.enterprise-admin", "eve", "?not-offered", { root } },
    { "connect-admin.enterprise-admin", "eve", "no", { root, root_head } },
    { "connect-admin.enterprise-admin", "eve", "yes", { root, root_head, in_root } },
    { "connect-admin.domain-admin", "pia", "yes", { root } },
    /* The root's SID is also told by the trust in it. */
    { "connect-admin.enterprise-admin", "eve", "no", { root, trust } },
    { "connect-admin.enterprise-admin", "eve", "yes", { root, trust, in_root } },
    { "connect-admin.enterprise-admin", "eve", "?not-offered", { root, other_trust } },
    { "cloud-admin.protected-user", "pia", "yes", { { NULL } } },
    { "cloud-admin.protected-user", "ann", "no", { { NULL } } },
    { "cloud-admin.protected-user", "ann", "?no-right", { NO_GROUPS } },
    /* What it acts with, Everyone and Authenticated Users included; hidden is never none. */
    { "connect-admin.sids",
      "ann",
      "S-1-1-0 | S-1-5-11 | S-1-5-21-1-2-3-1101 | S-1-5-21-1-2-3-513",
      { { NULL } } },
    { "cloud-admin.sids",
      "eve",
      "S-1-1-0 | S-1-5-11 | S-1-5-21-1-2-3-1102 | S-1-5-21-1-2-3-1200 | S-1-5-21-1-2-3-1201 | "
      "S-1-5-21-1-2-3-513 | S-1-5-21-1-2-3-519",
      { { NULL } } },
    { "connect-admin.sids", "ann", "?no-right", { NO_GROUPS } },
    { "connect-admin.sids", "nobody", "?not-offered", { { NULL } } },
    /* However it was written, the name is that of the subject; hidden groups do not hide it. */
    { "connect-admin.name", "ann@contoso.com", "CONTOSO\\ann", { { NULL } } },
    { "cloud-admin.name", "ann", "CONTOSO\\ann", { NO_GROUPS } },
    { "cloud-admin.name",
      "ann@contoso.com",
      "?no-right",
      { { "sAMAccountName: ann\ndisplayName: Ann Example\n", "" } } },
    { "cloud-admin.name", "nobody", "?not-offered", { { NULL } } },
    { "connect-admin.name", "EXAMPLE\\ann", "?not-offered", { { NULL } } },
    { "connector.domain-admin", "pia", "yes", { { NULL } } },
    { "connector.enterprise-admin", "eve", "yes", { { NULL } } },
  };

  CHECK_PEOPLE (cases, NULL);
}

static void
test_paths (void)
{
  static const Edit direct
      = { "member: CN=Inner" USERS "\n\ndn: CN=Inner",
          "member: CN=Inner" USERS "\nmember: CN=Eve" USERS "\n\ndn: CN=Inner" };
  static const Edit severed = { "member: CN=Eve" USERS "\n", "" };
  static const PeopleCase cases[] = {
    { "cloud-admin.membership", "ann", "", { { NULL } } },
    /* its primary group, which has no member of that name */
    { "cloud-admin.membership", "pia", "Domain Admins", { { NULL } } },
    { "cloud-admin.membership", "eve", "Enterprise Admins\tTier 0 Admins\tInner", { { NULL } } },
    { "cloud-admin.membership", "eve", "Enterprise Admins\tTier 0 Admins", { direct } },
    { "cloud-admin.membership", "eve", "?no-right", { severed } },
    { "cloud-admin.membership", "pia", "?no-right", { { "primaryGroupID: 512\n", "" } } },
    /* A group that the token does not have is no way. */
    { "cloud-admin.membership", "eve", "?no-right", { { "tokenGroups:: {1200}\n", "" } } },
    { "cloud-admin.membership", "ann", "?no-right", { NO_GROUPS } },
    { "cloud-admin.membership",
      "ann",
      "?not-offered",
      { { "rootDomainNamingContext: DC=contoso,DC=com",
          "rootDomainNamingContext: DC=root,DC=com" } } },
    { "cloud-admin.membership",
      "pia",
      "Domain Admins",
      { { "rootDomainNamingContext: DC=contoso,DC=com",
          "rootDomainNamingContext: DC=root,DC=com" } } },
    /* The way to a group of another domain ends there. */
    { "cloud-admin.membership",
      "eve",
      "?not-offered",
      { { "rootDomainNamingContext: DC=contoso,DC=com", "rootDomainNamingContext: DC=root,DC=com" },
        { "dn: CN=Users,DC=contoso", "dn: DC=root,DC=com\nobjectClass: domainDNS\n"
                                     "objectSid:: {S-1-5-21-9-9-9}\n\ndn: CN=Users,DC=contoso" },
        { "tokenGroups:: {519}", "tokenGroups:: {S-1-5-21-9-9-9-519}" } } },
    { "cloud-admin.membership", "nobody", "?not-offered", { { NULL } } },
    { "connector.membership", "pia", "Domain Admins", { { NULL } } },
  };

  CHECK_PEOPLE (cases, NULL);
}

#define EXPIRES "accountExpires: 9223372036854775807\n"
#define COMPUTED "msDS-UserPasswordExpiryTimeComputed: 9223372036854775807\n"
#define SET "pwdLastSet: 133774425000000000\n" COMPUTED
#define FLAGS "userAccountControl: 512\naccountExpires"

static void
test_state (void)
{
  static const Edit no_flags = { FLAGS, "accountExpires" };
  static const PeopleCase cases[] = {
    { "cloud-admin.enabled", "ann", "yes", { { NULL } } },
    { "cloud-admin.enabled",
      "ann",
      "no",
      { { FLAGS, "userAccountControl: 514\naccountExpires" } } },
    { "cloud-admin.enabled", "ann", "?no-right", { no_flags } },
    { "cloud-admin.enabled", "nobody", "?not-offered", { { NULL } } },
    { "cloud-admin.expired", "ann", "no", { { NULL } } },
    { "cloud-admin.expired", "ann", "no", { { EXPIRES, "accountExpires: 0\n" } } },
    /* It is always there: it is hidden. */
    { "cloud-admin.expired", "ann", "?no-right", { { EXPIRES, "" } } },
    { "cloud-admin.expired",
      "ann",
      "?no-right",
      { { EXPIRES, "" },
        { "userAccountControl: 512\npwdLastSet: 133774425000000000\nmsDS",
          "pwdLastSet: 133774425000000000\nmsDS" } } },
    { "cloud-admin.expired",
      "ann",
      "yes",
      { { EXPIRES, "accountExpires: 133774425000000000\n" } } },
    { "cloud-admin.expired", "ann", "no", { { EXPIRES, "accountExpires: 233774425000000000\n" } } },
    { "cloud-admin.expired", "ann", "?malformed", { { EXPIRES, "accountExpires: soon\n" } } },
    { "cloud-admin.password-expired", "ann", "no", { { NULL } } },
    { "cloud-admin.password-expired",
      "ann",
      "yes",
      { { COMPUTED, "msDS-UserPasswordExpiryTimeComputed: 133774425000000000\n" } } },
    { "cloud-admin.password-expired",
      "ann",
      "yes",
      { { SET, "pwdLastSet: 0\nmsDS-UserPasswordExpiryTimeComputed: 0\n" } } },
    { "cloud-admin.password-expired", "ann", "yes", { { SET, "pwdLastSet: 0\n" } } },
    { "cloud-admin.password-expired",
      "ann",
      "no",
      { { SET, "pwdLastSet: 0\n" }, { FLAGS, "userAccountControl: 262656\naccountExpires" } } },
    { "cloud-admin.password-expired", "ann", "?no-right", { { COMPUTED, "" } } },
    { "cloud-admin.password-expired", "ann", "?no-right", { { SET, COMPUTED } } },
    { "cloud-admin.password-expired", "ann", "?no-right", { no_flags } },
    /* "never expires" wins, whatever the rest says */
    { "cloud-admin.password-expired", "eve", "no", { { NULL } } },
    { "connector.password-expired", "ann", "no", { { NULL } } },
    { "connector.password-never-expires", "ann", "no", { { NULL } } },
    { "connector.password-never-expires", "eve", "yes", { { NULL } } },
    { "connector.password-never-expires", "ann", "?no-right", { no_flags } },
    { "connector.enabled", "ann", "yes", { { NULL } } },
    { "connector.expired", "ann", "no", { { NULL } } },
  };

  CHECK_PEOPLE (cases, NULL);
}

static void
test_connector (void)
{
  static const PeopleCase cases[] = {
    { "connector.exists", "ann", "yes", { { NULL } } },
    { "connector.exists", "nobody", "no", { { NULL } } },
    { "connector.exists", STRANGER, "?not-offered", { { NULL } } },
    { "connector.class", "ann", "user", { { NULL } } },
    { "connector.plain-user", "ann", "yes", { { NULL } } },
    { "connector.class", "ina", "inetOrgPerson", { { NULL } } },
    { "connector.plain-user", "ina", "yes", { { NULL } } },
    { "connector.plain-user", "SYNC01", "no", { { NULL } } },
    { "connector.class", "gmsa1", "msDS-GroupManagedServiceAccount", { { NULL } } },
    { "connector.plain-user", "gmsa1", "no", { { NULL } } },
    { "connector.plain-user", "smsa1", "no", { { NULL } } },
    { "connector.class", "nobody", "?not-offered", { { NULL } } },
    { "connector.exists", "Tier 0 Admins", "?not-offered", { { NULL } } },
    { "connector.class",
      "ann",
      "?no-right",
      { { PERSON "cn: Ann", "objectCategory: CN=Person," SCH "\ncn: Ann" } } },
    { "cloud-admin.exists", STRANGER, "?not-offered", { { NULL } } },
    { "cloud-admin.domain-admin", STRANGER, "no", { { NULL } } },
    { "cloud-admin.enabled", STRANGER, "?not-offered", { { NULL } } },
  };

  CHECK_PEOPLE (cases, NULL);
}

#define READERS "msDS-GroupMSAMembership:: {read 1105}\n"
#define TYPES "msDS-SupportedEncryptionTypes: 28\n"
#define INTERVAL "msDS-ManagedPasswordInterval: 30\n"

static void
test_gmsa (void)
{
  static const PeopleCase cases[] = {
    { "gmsa.exists", "gmsa1", "yes", { { NULL } } },
    { "gmsa.exists", "gmsa9", "no", { { NULL } } },
    { "gmsa.exists", "ann", "no", { { NULL } } },
    { "gmsa.exists",
      "ann",
      "?no-right",
      { { PERSON "cn: Ann", "objectCategory: CN=Person," SCH "\ncn: Ann" } } },
    { "gmsa.enabled", "ann", "?not-offered", { { NULL } } },
    { "gmsa.enabled", "gmsa1", "yes", { { NULL } } },
    { "gmsa.enabled",
      "gmsa1",
      "no",
      { { "userAccountControl: 4096\n" INTERVAL, "userAccountControl: 4098\n" INTERVAL } } },
    { "gmsa.readers", "gmsa1", "CONTOSO\\SYNC01$", { { NULL } } },
    { "gmsa.readers", "gmsa1", "", { { READERS, "" } } },
    { "gmsa.readers", "gmsa1", "?no-right", { { READERS, "" }, { INTERVAL, "" } } },
    { "gmsa.readers", "gmsa1", "?malformed", { { READERS, "msDS-GroupMSAMembership: x\n" } } },
    { "gmsa.readers", "gmsa1", "S-1-5-21-1-2-3-9999", { { "{read 1105}", "{read 9999}" } } },
    { "gmsa.readers", "gmsa1", "Authenticated Users", { { "{read 1105}", "{deny 1105}" } } },
    { "gmsa.server-may-read", "gmsa1", "yes", { { NULL } } },
    { "gmsa.server-may-read", "gmsa1", "no", { { "{read 1105}", "{read 1101}" } } },
    { "gmsa.server-may-read", "gmsa1", "yes", { { "{read 1105}", "{read 1210}" } } },
    { "gmsa.server-may-read", "gmsa1", "yes", { { "{read 1105}", "{read 515}" } } },
    { "gmsa.server-may-read", "gmsa1", "no", { { "{read 1105}", "{deny 1105}" } } },
    { "gmsa.server-may-read", "gmsa1", "?not-offered", { { "{read 1105}", "{cond 1105}" } } },
    { "gmsa.server-may-read", "gmsa1", "no", { { READERS, "" } } },
    { "gmsa.server-may-read", "gmsa1", "?no-right", { { READERS, "" }, { INTERVAL, "" } } },
    { "gmsa.server-may-read",
      "gmsa1",
      "?malformed",
      { { READERS, "msDS-GroupMSAMembership: x\n" } } },
    { "gmsa.server-may-read",
      "gmsa1",
      "?no-right",
      { { "tokenGroups:: {515}\ntokenGroups:: {1210}\n", "" } } },
    { "gmsa.aes", "gmsa1", "yes", { { NULL } } },
    { "gmsa.aes", "gmsa1", "yes", { { TYPES, "msDS-SupportedEncryptionTypes: 8\n" } } },
    { "gmsa.aes", "gmsa1", "no", { { TYPES, "msDS-SupportedEncryptionTypes: 7\n" } } },
    { "gmsa.aes", "gmsa1", "?not-offered", { { TYPES, "msDS-SupportedEncryptionTypes: 0\n" } } },
    { "gmsa.aes", "gmsa1", "?not-offered", { { TYPES, "" } } },
    { "gmsa.aes", "gmsa1", "?no-right", { { TYPES, "" }, { INTERVAL, "" } } },
    { "gmsa.aes", "gmsa1", "?malformed", { { TYPES, "msDS-SupportedEncryptionTypes: x\n" } } },
    { "gmsa.encryption-types", "gmsa1", "AES128 | AES256 | RC4-HMAC", { { NULL } } },
    { "gmsa.encryption-types",
      "gmsa1",
      "DES-CBC-CRC | DES-CBC-MD5",
      { { TYPES, "msDS-SupportedEncryptionTypes: 3\n" } } },
    { "gmsa.password-interval", "gmsa1", "2592000", { { NULL } } },
    { "gmsa.password-interval",
      "gmsa1",
      "86400",
      { { INTERVAL, "msDS-ManagedPasswordInterval: 1\n" } } },
    { "gmsa.password-interval", "gmsa1", "?no-right", { { INTERVAL, "" } } },
    { "gmsa.password-interval",
      "gmsa1",
      "?malformed",
      { { INTERVAL, "msDS-ManagedPasswordInterval: -1\n" } } },
  };
  static const PeopleCase unnamed[] = {
    { "gmsa.server-may-read", "gmsa1", "?not-offered", { { NULL } } },
    { "service.server-may-use", "smsa1", "?not-offered", { { NULL } } },
    { "service.exists", "smsa1", "yes", { { NULL } } },
  };

  CHECK_PEOPLE (cases, "SYNC01.contoso.com");
  CHECK_PEOPLE (cases, "sync01");
  CHECK_PEOPLE (unnamed, NULL);
  CHECK_PEOPLE (unnamed, "SYNC09"); /* no such server */
}

/* A descriptor without a DACL does not name everybody: it was not shown. */
static void
test_gmsa_no_dacl (void)
{
  static const PeopleCase cases[] = {
    { "gmsa.readers",
      "gmsa1",
      "?no-right",
      { { READERS, "msDS-GroupMSAMembership:: AQAEgAAAAAAAAAAAAAAAAAAAAAA=\n" } } },
    { "gmsa.server-may-read",
      "gmsa1",
      "?no-right",
      { { READERS, "msDS-GroupMSAMembership:: AQAAgAAAAAAAAAAAAAAAAAAAAAA=\n" } } },
  };

  CHECK_PEOPLE (cases, "SYNC01.contoso.com");
}

#define HOSTS "msDS-HostServiceAccountBL: CN=SYNC01,DC=contoso,DC=com\n"

static void
test_service (void)
{
  static const Edit hosted
      = { SERVER_OBJECT, SERVER_OBJECT "msDS-HostServiceAccount: CN=smsa1" MANAGED "\n" };
  static const PeopleCase cases[] = {
    { "service.kind", "NT SERVICE\\ADSync", "virtual", { { NULL } } },
    { "service.exists", "nt service\\adsync", "?not-offered", { { NULL } } },
    { "service.kind", ".\\svc", "local", { { NULL } } },
    { "service.kind", "SYNC01\\svc", "local", { { NULL } } },
    { "service.kind", "sync01.contoso.com\\svc", "local", { { NULL } } },
    { "service.kind", "ann", "domain", { { NULL } } },
    { "service.kind", "CONTOSO\\ann", "domain", { { NULL } } },
    { "service.kind", "smsa1", "smsa", { { NULL } } },
    { "service.kind", "gmsa1$", "gmsa", { { NULL } } },
    { "service.kind", "ina", "domain", { { NULL } } },
    { "service.kind", "SYNC01$", "other", { { NULL } } },
    { "service.kind", "nobody", "?not-offered", { { NULL } } },
    { "service.kind",
      "ann",
      "?no-right",
      { { PERSON "cn: Ann", "objectCategory: CN=Person," SCH "\ncn: Ann" } } },
    { "service.kind", "EXAMPLE\\x", "?not-offered", { { NULL } } },
    { "service.exists", "ann", "yes", { { NULL } } },
    { "service.exists", "nobody", "no", { { NULL } } },
    { "service.enabled", "ann", "yes", { { NULL } } },
    { "service.enabled", "ann", "no", { { FLAGS, "userAccountControl: 514\naccountExpires" } } },
    { "service.enabled", "ann", "?no-right", { { FLAGS, "accountExpires" } } },
    { "service.server-may-use", "ann", "?not-offered", { { NULL } } },
    { "service.server-may-use", ".\\svc", "?not-offered", { { NULL } } },
    { "service.server-may-use", "gmsa1", "yes", { { NULL } } },
    { "service.server-may-use", "gmsa1", "no", { { "{read 1105}", "{read 1101}" } } },
    { "service.server-may-use", "smsa1", "yes", { { NULL } } },
    { "service.server-may-use", "smsa1", "no", { { HOSTS, "" } } },
    { "service.server-may-use", "smsa1", "no", { { "BL: CN=SYNC01", "BL: CN=SYNC02" } } },
    { "service.server-may-use", "smsa1", "yes", { { HOSTS, "" }, hosted } },
    { "service.server-may-use",
      "smsa1",
      "?no-right",
      { { HOSTS, "" },
        { "userAccountControl: 4096\nprimaryGroupID: 515\n", "primaryGroupID: 515\n" } } },
  };
  g_autoptr (GPtrArray) machine = probe_named ("service.kind", ".\\svc", "SYNC01", NULL);

  CHECK_PEOPLE (cases, "SYNC01.contoso.com");
  g_assert_cmpstr (presync_origin_get_source (presync_fact_get_origin (machine->pdata[0])), ==,
                   "plan");
}

#define HEAD_SID "objectSid:: " SID "\n"
#define ADD(entry)                                                                                 \
  {                                                                                                \
    "dn: CN=Ann" USERS "\n", entry "\n\ndn: CN=Ann" USERS "\n"                                     \
  }
#define AAD                                                                                        \
  "dn: CN=AAD_1" USERS "\n" PERSON "sAMAccountName: AAD_1\nuserAccountControl: 512\n"              \
  "description: Account of SYNC09"
#define ADSYNC_MSA                                                                                 \
  "dn: CN=ADSyncMSA_2" MANAGED "\nobjectClass: msDS-ManagedServiceAccount\n"                       \
  "sAMAccountName: ADSyncMSA_2$\nuserAccountControl: 4096"
#define SSO                                                                                        \
  "dn: CN=AZUREADSSOACC" USERS "\n" COMPUTER                                                       \
  "sAMAccountName: AZUREADSSOACC$\npwdLastSet: 133774425000000000"
#define SCP                                                                                        \
  "dn: CN=62a0ff2e-97b9-4513-943f-0d221bd30080,CN=Device Registration "                            \
  "Configuration,CN=Services," CFG "\nobjectClass: serviceConnectionPoint\n"
#define WORDS "keywords: azureADName:contoso.example\nkeywords: AzureADId: 1234"

static void
test_traces (void)
{
  static const Edit no_canary
      = { "dNSHostName: DC01.contoso.com\nsAMA", "dNSHostName: DC02\nsAMA" };
  static const PeopleCase cases[] = {
    { "domain.adsync-accounts", NULL, "", { { NULL } } },
    { "domain.adsync-accounts", NULL, "?no-right", { no_canary } },
    { "domain.adsync-accounts",
      NULL,
      "AAD_1 — Account of SYNC09 | ADSyncMSA_2$",
      { ADD (AAD "\n\n" ADSYNC_MSA) } },
    { "domain.adsync-accounts",
      NULL,
      "",
      { ADD (AAD "\n\n" ADSYNC_MSA),
        { "AAD_1\nuserAccountControl: 512", "AAD_1\nuserAccountControl: 514" },
        { "ADSyncMSA_2$\nuserAccountControl: 4096", "ADSyncMSA_2$\nuserAccountControl: 4098" } } },
    { "domain.adsync-accounts",
      NULL,
      "?partial",
      { { "dn:\n", "result: 11 Admin limit\n\ndn:\n" } } },
    { "forest.sso-account", NULL, "no", { { NULL } } },
    { "forest.sso-account", NULL, "yes", { ADD (SSO) } },
    { "forest.sso-account", NULL, "?no-right", { no_canary } },
    /* another domain may have it */
    { "forest.sso-account",
      NULL,
      "?not-offered",
      { { "dn: CN=Enterprise Schema,CN=Partitions,",
          "dn: CN=EMEA,CN=Partitions," CFG "\nobjectClass: crossRef\nnETBIOSName: EMEA\n"
          "dnsRoot: emea.contoso.com\n\ndn: CN=Enterprise Schema,CN=Partitions," } } },
    { "forest.sso-key-changed", NULL, "?not-offered", { { NULL } } },
    { "forest.sso-key-changed", NULL, "2024-11-30T12:15:00Z", { ADD (SSO) } },
    { "forest.sso-key-changed",
      NULL,
      "?no-right",
      { ADD (SSO), { "AZUREADSSOACC$\npwdLastSet: 133774425000000000", "AZUREADSSOACC$" } } },
    { "forest.sso-key-changed",
      NULL,
      "?malformed",
      { ADD (SSO),
        { "AZUREADSSOACC$\npwdLastSet: 133774425000000000", "AZUREADSSOACC$\npwdLastSet: 0" } } },
    { "forest.join-tenant", NULL, "", { { NULL } } },
    { "forest.join-tenant", NULL, "1234", { ADD (SCP WORDS) } },
    { "forest.join-domain", NULL, "contoso.example", { ADD (SCP WORDS) } },
    { "forest.join-domain", NULL, "", { ADD (SCP "keywords: azureADId:1") } },
    { "forest.join-domain", NULL, "?no-right", { ADD (SCP "cn: 62a0ff2e") } },
    { "forest.join-domain",
      NULL,
      "?not-offered",
      { { "dn: CN=Services," CFG "\nobjectClass: container\n\n", "" } } },
    { "domain.minimum-password-age", NULL, "?no-right", { { NULL } } },
    { "domain.minimum-password-age", NULL, "0", { { HEAD_SID, "minPwdAge: 0\n" } } },
    { "domain.minimum-password-age",
      NULL,
      "86400",
      { { HEAD_SID, "minPwdAge: -864000000000\n" } } },
    { "domain.minimum-password-age", NULL, "?malformed", { { HEAD_SID, "minPwdAge: 5\n" } } },
  };

  CHECK_PEOPLE (cases, NULL);
}

/* Nobody is named: nobody is told of. */
static void
test_nobody (void)
{
  g_autoptr (PresyncDirectory) directory = open_people (NULL);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, NULL);
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  const PresyncProbe probes[]
      = { PRESYNC_PROBE_PEOPLE, PRESYNC_PROBE_SERVICES, PRESYNC_PROBE_CONNECTOR };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (probes); i++)
    {
      PresyncProbeSubjects subjects = { "SYNC01", i % 2 == 0 ? accounts : NULL, NULL };
      g_autoptr (GPtrArray) facts
          = presync_probe_run (probes[i / 2], directory, forest, &subjects, NULL, NULL, NULL, NULL);

      g_assert_nonnull (facts);
      g_assert_cmpuint (facts->len, ==, 0);
    }
}

/* The subject is the account as the directory names it; the given name while it is not known. */
static void
test_subjects (void)
{
  g_autoptr (GPtrArray) known = probe_named ("cloud-admin.exists", "ann@contoso.com", NULL, NULL);
  g_autoptr (GPtrArray) unknown = probe_named ("cloud-admin.exists", "No Body", NULL, NULL);

  for (guint i = 0; i < known->len; i++)
    g_assert_cmpstr (presync_fact_get_subject (known->pdata[i]), ==, "CONTOSO\\ann");
  for (guint i = 0; i < unknown->len; i++)
    g_assert_cmpstr (presync_fact_get_subject (unknown->pdata[i]), ==, "No Body");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe-people/membership", test_membership);
  g_test_add_func ("/probe-people/paths", test_paths);
  g_test_add_func ("/probe-people/state", test_state);
  g_test_add_func ("/probe-people/connector", test_connector);
  g_test_add_func ("/probe-people/gmsa", test_gmsa);
  g_test_add_func ("/probe-people/gmsa-no-dacl", test_gmsa_no_dacl);
  g_test_add_func ("/probe-people/service", test_service);
  g_test_add_func ("/probe-people/traces", test_traces);
  g_test_add_func ("/probe-people/nobody", test_nobody);
  g_test_add_func ("/probe-people/subjects", test_subjects);
  return g_test_run ();
}
