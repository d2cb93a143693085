/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/fact-key.h"

#include <string.h>
#include <glib/gi18n.h>

#define B PRESYNC_FACT_BOOLEAN
#define I PRESYNC_FACT_INTEGER
#define T PRESYNC_FACT_TEXT
#define L PRESYNC_FACT_LIST
#define V PRESYNC_FACT_VERSION
#define D PRESYNC_FACT_TIME
#define F(name) PRESYNC_FORMAT_##name

/* clang-format off */
static const PresyncFactKey keys[] = {
  /* What the user plans: targets, so always known. Subject "". */
  { "plan.connect-health",       "plan", B, F (PLAIN), N_ ("Microsoft Entra Connect Health") },
  { "plan.custom-gmsa",          "plan", B, F (PLAIN), N_ ("A gMSA of your own") },
  { "plan.custom-settings",      "plan", B, F (PLAIN), N_ ("Custom settings") },
  { "plan.device-writeback",     "plan", B, F (PLAIN), N_ ("Device writeback") },
  { "plan.exchange-hybrid",      "plan", B, F (PLAIN), N_ ("Exchange hybrid") },
  { "plan.federation",           "plan", B, F (PLAIN), N_ ("Federation (AD FS)") },
  { "plan.group-writeback",      "plan", B, F (PLAIN), N_ ("Group writeback") },
  { "plan.mail-public-folders",  "plan", B, F (PLAIN), N_ ("Exchange mail public folders") },
  { "plan.mfa-admin",            "plan", B, F (PLAIN), N_ ("Multifactor sign-in of the administrator") },
  { "plan.own-sql",              "plan", B, F (PLAIN), N_ ("A SQL Server of your own") },
  { "plan.pass-through",         "plan", B, F (PLAIN), N_ ("Pass-through authentication") },
  { "plan.password-hash-sync",   "plan", B, F (PLAIN), N_ ("Password hash synchronization") },
  { "plan.password-writeback",   "plan", B, F (PLAIN), N_ ("Password writeback") },
  { "plan.provision-to-ad",      "plan", B, F (PLAIN), N_ ("Provisioning from Entra to Active Directory") },
  { "plan.proxy",                "plan", B, F (PLAIN), N_ ("A proxy to the internet") },
  { "plan.remote-sql",           "plan", B, F (PLAIN), N_ ("SQL Server on another computer") },
  { "plan.seamless-sso",         "plan", B, F (PLAIN), N_ ("Seamless single sign-on") },
  { "plan.several-forests",      "plan", B, F (PLAIN), N_ ("Several forests") },
  { "plan.sql-availability",     "plan", B, F (PLAIN), N_ ("SQL Server high availability") },

  /* The forest and its domains. Subject: the forest's or domain's DNS name, or the controller's. */
  { "directory.product",                  "directory", T, F (PLAIN),  N_ ("Directory product") },
  { "directory.writable",                 "directory", B, F (PLAIN),  N_ ("Domain controller in use is writable") },
  { "forest.functional-level",            "directory", I, F (LEVEL),  N_ ("Forest functional level") },
  { "forest.domains",                     "directory", L, F (PLAIN),  N_ ("Domains of the forest") },
  /* Writable, of all domains */
  { "forest.domain-controllers",          "directory", L, F (PLAIN),  N_ ("Writable domain controllers of the forest") },
  { "forest.global-catalogs",             "directory", L, F (PLAIN),  N_ ("Writable global catalogs of the forest") },
  { "forest.upn-suffixes",                "directory", L, F (PLAIN),  N_ ("UPN suffixes") },
  { "forest.recycle-bin",                 "directory", B, F (PLAIN),  N_ ("Active Directory Recycle Bin") },
  { "forest.kds-root-keys",               "directory", I, F (KEYS),  N_ ("KDS root keys") },
  { "forest.kds-root-key-created",        "directory", D, F (PLAIN),  N_ ("Oldest KDS root key") },
  { "forest.objects",                     "directory", I, F (OBJECTS),  N_ ("Users, groups, contacts and computers in the forest") },
  { "domain.functional-level",            "directory", I, F (LEVEL),  N_ ("Domain functional level") },
  { "domain.netbios-name",                "directory", T, F (PLAIN),  N_ ("NetBIOS name of the domain") },
  { "domain.newest-controller-level",     "directory", I, F (LEVEL),  N_ ("Newest domain controller") },
  { "domain.writable-controllers",        "directory", L, F (PLAIN),  N_ ("Writable domain controllers") },
  { "domain.read-only-controllers",       "directory", L, F (PLAIN),  N_ ("Read-only domain controllers") },
  { "domain.agent-gmsas",                 "directory", L, F (PLAIN),  N_ ("Provisioning agent gMSAs") },
  { "domain.connect-accounts",            "directory", L, F (PLAIN),  N_ ("Accounts of an existing Connect Sync") },
  /* Of users, in lower case: what stands behind the "@" of their names */
  { "domain.upn-suffixes-in-use",         "directory", L, F (PLAIN),  N_ ("UPN suffixes of users") },
  { "domain.objects",                     "directory", I, F (OBJECTS),  N_ ("Users, groups, contacts and computers") },
  { "domain.inetorgpersons",              "directory", I, F (OBJECTS),  N_ ("inetOrgPerson objects") },
  { "controller.os-build",                "directory", I, F (BUILD),  N_ ("Domain controller operating system") },
  { "schema.version",                     "directory", I, F (SCHEMA), N_ ("Schema version") },
  { "schema.gmsa-class",                  "directory", B, F (PLAIN),  N_ ("gMSA class in the schema") },
  { "schema.external-directory-object-id", "directory", B, F (PLAIN), N_ ("msDS-ExternalDirectoryObjectId in the schema") },
  { "schema.exchange",                    "directory", B, F (PLAIN),  N_ ("Exchange schema") },

  /* The named sync server, as only its computer object tells. Subject: its name. */
  { "server.in-directory",      "directory", B, F (PLAIN), N_ ("Computer object of the sync server") },
  { "server.laps",              "directory", B, F (PLAIN), N_ ("Windows LAPS password on the computer object") },

  /* The named AD FS servers, as their computer objects tell. Subject: the server. */
  { "adfs.in-directory",        "directory", B, F (PLAIN), N_ ("Computer object of the AD FS server") },
  { "adfs.os-build",            "directory", I, F (BUILD), N_ ("Operating system of the AD FS server") },

  /* What an earlier synchronization left in the forest, and the password policy. */
  { "domain.adsync-accounts",       "directory", L, F (PLAIN), N_ ("Service accounts of Connect Sync") },
  { "domain.minimum-password-age",  "directory", I, F (DAYS),  N_ ("Minimum password age") },
  { "forest.sso-account",           "directory", B, F (PLAIN), N_ ("Computer account AZUREADSSOACC") },
  { "forest.sso-key-changed",       "directory", D, F (PLAIN), N_ ("Key of AZUREADSSOACC changed") },
  { "forest.join-tenant",           "directory", L, F (PLAIN), N_ ("Tenant of the hybrid join") },
  { "forest.join-domain",           "directory", L, F (PLAIN), N_ ("Domain of the hybrid join") },

  /* The named accounts, as the directory shows them. Subject: the account, "CONTOSO\\eadmin". */
#define PERSON(role)                                                                               \
  { role ".exists",           "directory", B, F (PLAIN), N_ ("Account exists") },                  \
  { role ".domain-admin",     "directory", B, F (PLAIN), N_ ("Member of Domain Admins") },         \
  { role ".enterprise-admin", "directory", B, F (PLAIN), N_ ("Member of Enterprise Admins") },     \
  { role ".membership",       "directory", L, F (PATHS), N_ ("Membership") },                      \
  { role ".enabled",          "directory", B, F (PLAIN), N_ ("Account is enabled") },              \
  { role ".expired",          "directory", B, F (PLAIN), N_ ("Account has expired") },             \
  { role ".password-expired", "directory", B, F (PLAIN), N_ ("Password has expired") },            \
  { role ".protected-user",   "directory", B, F (PLAIN), N_ ("Member of Protected Users") },       \
  { role ".sids",             "directory", L, F (PLAIN), N_ ("SIDs of the account and its groups") },\
  /* As the subject is written, to be compared with other facts */                                 \
  { role ".name",             "directory", T, F (PLAIN), N_ ("Name of the account") }
  PERSON ("cloud-admin"),
  PERSON ("connect-admin"),
#undef PERSON
  { "gmsa.exists",            "directory", B, F (PLAIN), N_ ("gMSA exists") },
  { "gmsa.enabled",           "directory", B, F (PLAIN), N_ ("gMSA is enabled") },
  { "gmsa.readers",           "directory", L, F (PLAIN), N_ ("May retrieve the password") },
  { "gmsa.server-may-read",   "directory", B, F (PLAIN), N_ ("Sync server may retrieve the password") },
  { "gmsa.aes",               "directory", B, F (PLAIN), N_ ("AES encryption for Kerberos") },
  { "gmsa.encryption-types",  "directory", L, F (PLAIN), N_ ("Encryption types") },
  { "gmsa.password-interval", "directory", I, F (DAYS),  N_ ("Password changes every") },
  { "connector.exists",           "directory", B, F (PLAIN), N_ ("Account exists") },
  { "connector.class",            "directory", T, F (PLAIN), N_ ("Object class") },
  { "connector.plain-user",       "directory", B, F (PLAIN), N_ ("Ordinary user account") },
  { "connector.domain-admin",     "directory", B, F (PLAIN), N_ ("Member of Domain Admins") },
  { "connector.enterprise-admin", "directory", B, F (PLAIN), N_ ("Member of Enterprise Admins") },
  { "connector.membership",       "directory", L, F (PATHS), N_ ("Membership") },
  { "connector.enabled",          "directory", B, F (PLAIN), N_ ("Account is enabled") },
  { "connector.expired",          "directory", B, F (PLAIN), N_ ("Account has expired") },
  { "connector.password-expired", "directory", B, F (PLAIN), N_ ("Password has expired") },
  { "connector.password-never-expires", "directory", B, F (PLAIN), N_ ("Password never expires") },
  /* "virtual", "local", "domain", "smsa", "gmsa"; "other": no service account */
  { "service.kind",    "directory", T, F (ACCOUNT_KIND), N_ ("Kind of service account") },
  { "service.exists",  "directory", B, F (PLAIN), N_ ("Account exists") },
  { "service.enabled", "directory", B, F (PLAIN), N_ ("Account is enabled") },
  { "service.server-may-use", "directory", B, F (PLAIN), N_ ("Sync server may use the account") },

  /* The rights of the named account, one fact a domain. Subject: the domain's DNS name. Each right
   * is a pair: what is missing, and where below the domain it does not arrive. The texts are those
   * of facts/access-text.h. */
#define RIGHT(role, right, label)                                                                  \
  { role "." right,         "directory", L, F (RIGHTS), label },                                   \
  { role "." right "-gaps", "directory", L, F (GAPS),   label }
#define RIGHTS(role)                                                                               \
  RIGHT (role, "read",             N_ ("Read all properties")),                                    \
  RIGHT (role, "replicate",        N_ ("Replicating Directory Changes")),                          \
  RIGHT (role, "replicate-all",    N_ ("Replicating Directory Changes All")),                      \
  RIGHT (role, "anchor",           N_ ("Write mS-DS-ConsistencyGuid")),                            \
  RIGHT (role, "reset-password",   N_ ("Reset Password")),                                         \
  RIGHT (role, "lockout-time",     N_ ("Write lockoutTime")),                                      \
  RIGHT (role, "pwd-last-set",     N_ ("Write pwdLastSet")),                                       \
  RIGHT (role, "unexpire",         N_ ("Unexpire Password")),                                      \
  RIGHT (role, "exchange",         N_ ("Write mail attributes")),                                  \
  RIGHT (role, "public-folders",   N_ ("Read mail public folders"))
  RIGHTS ("connector"),
  RIGHT ("connector", "groups",  N_ ("Write groups in the target unit")),
  RIGHT ("connector", "devices", N_ ("Write registered devices")),
  RIGHTS ("gmsa"),
  RIGHT ("gmsa", "create-delete", N_ ("Create and delete users and groups")),
  RIGHT ("gmsa", "credential-link", N_ ("Write msDS-KeyCredentialLink")),
#undef RIGHTS
#undef RIGHT

  /* The sync server, told by itself and by its computer object; where both tell, the server knows
   * better. Subject: its name. */
  { "server.name",              "server", T, F (PLAIN),  N_ ("Name of the server"), "directory" },
  { "server.domain",            "server", T, F (PLAIN),  N_ ("Domain of the server"), "directory" },
  { "server.domain-joined",     "server", B, F (PLAIN),  N_ ("Sync server is joined to the domain"), "directory" },
  { "server.domain-controller", "server", B, F (PLAIN),  N_ ("Sync server is a domain controller"), "directory" },
  { "server.os",                "server", T, F (PLAIN),  N_ ("Operating system"), "directory" },
  { "server.os-build",          "server", I, F (NUMBER),  N_ ("Operating system build"), "directory" },
  { "server.os-is-server",      "server", B, F (PLAIN),  N_ ("Server edition of Windows"), "directory" },
  /* The sync server, told by its facts file alone. Subject: its name. */
  { "server.collected",           "server", D, F (PLAIN),  N_ ("Facts file was written") },
  { "server.os-ubr",              "server", I, F (NUMBER),  N_ ("Update build revision") },
  { "server.sku",                 "server", I, F (SKU),    N_ ("Windows edition") },
  { "server.installation-type",   "server", T, F (PLAIN),  N_ ("Installation type") },
  { "server.desktop-experience",  "server", B, F (PLAIN),  N_ ("Desktop Experience") },
  { "server.memory",              "server", I, F (BYTES),  N_ ("Memory") },
  { "server.cpu",                 "server", T, F (PLAIN),  N_ ("Processor") },
  { "server.cpu-mhz",             "server", I, F (MHZ),    N_ ("Processor clock") },
  { "server.disk-size",           "server", I, F (BYTES),  N_ ("System disk") },
  { "server.disk-free",           "server", I, F (BYTES),  N_ ("Free on the system disk") },
  { "server.dotnet-release",      "server", I, F (DOTNET), N_ (".NET Framework") },
  { "server.execution-policy",    "server", T, F (PLAIN),  N_ ("PowerShell execution policy (effective)") },
  { "server.execution-policy-documented", "server", B, F (PLAIN), N_ ("Every scope is Undefined or RemoteSigned, as documented") },
  /* "MachinePolicy: Undefined", one line a scope, in the order that Windows looks at them */
  { "server.execution-policy-scopes", "server", L, F (PLAIN), N_ ("PowerShell execution policy by scope") },
  { "server.powershell-version",  "server", V, F (PLAIN),  N_ ("Windows PowerShell") },
  { "server.powershell-transcription", "server", B, F (PLAIN), N_ ("PowerShell transcription") },
  { "server.tls12-client",        "server", B, F (PLAIN),  N_ ("TLS 1.2 for clients (effective)") },
  { "server.tls12-server",        "server", B, F (PLAIN),  N_ ("TLS 1.2 for servers (effective)") },
  { "server.tls12-dotnet",        "server", B, F (PLAIN),  N_ ("Strong cryptography in .NET (effective)") },
  { "server.tls12-explicit",      "server", B, F (PLAIN),  N_ ("TLS 1.2 set explicitly, as documented") },
  /* "SCHANNEL client Enabled: not set", one line a registry value */
  { "server.tls12-values",        "server", L, F (PLAIN),  N_ ("Registry values of TLS 1.2") },
  { "server.credential-manager",  "server", B, F (PLAIN),  N_ ("Credential Manager service can start") },
  { "server.ie-esc",              "server", B, F (PLAIN),  N_ ("Internet Explorer Enhanced Security") },
  { "server.rsat-powershell",     "server", B, F (PLAIN),  N_ ("Active Directory module for PowerShell") },
  { "server.ntlm-outgoing",       "server", I, F (PLAIN),  N_ ("Outgoing NTLM restriction") },
  { "server.fips",                "server", B, F (PLAIN),  N_ ("FIPS mode") },
  { "server.fips-exempt-agent",   "server", B, F (PLAIN),  N_ ("FIPS exemption of the provisioning agent") },
  { "server.fips-exempt-sync",    "server", B, F (PLAIN),  N_ ("FIPS exemption of the sync engine") },
  { "server.dcom-descriptors",    "server", B, F (PLAIN),  N_ ("DCOM security descriptors") },
  { "server.tpm",                 "server", B, F (PLAIN),  N_ ("Trusted Platform Module ready for use") },
  { "server.tpm-version",         "server", V, F (PLAIN),  N_ ("Trusted Platform Module") },
  { "server.agent-installed",     "server", B, F (PLAIN),  N_ ("Provisioning agent is installed") },
  { "server.agent-version",       "server", V, F (PLAIN),  N_ ("Provisioning agent version") },
  { "server.connect-installed",   "server", B, F (PLAIN),  N_ ("Connect Sync is installed") },
  { "server.connect-version",     "server", V, F (PLAIN),  N_ ("Connect Sync version") },
  /* "Microsoft ODBC Driver 17 for SQL Server 17.10.6.1", one line a program */
  { "server.software",            "server", L, F (PLAIN),  N_ ("Installed sync software") },
  { "server.sql-drivers",         "server", L, F (PLAIN),  N_ ("Installed SQL Server drivers") },
  /* SIDs, to be compared with connect-admin.sids; and the same with names, for people */
  { "server.local-administrator-sids", "server", L, F (PLAIN), N_ ("SIDs of the local administrators") },
  { "server.local-administrators", "server", L, F (PLAIN), N_ ("Local administrators") },
  { "server.proxy-configured",    "server", B, F (PLAIN),  N_ ("Proxy set in machine.config") },
  { "server.time-offset",         "server", I, F (MILLISECONDS), N_ ("Clock differs from its domain controller by") },

  /* The SQL Server. Subject: "sql01.contoso.com\\SYNC". */
  { "sql.version",            "sql", V, F (PLAIN), N_ ("SQL Server build") },
  { "sql.major-version",      "sql", I, F (SQL_VERSION), N_ ("SQL Server version") },
  { "sql.edition",            "sql", T, F (PLAIN), N_ ("SQL Server edition") },
  { "sql.engine-edition",     "sql", I, F (SQL_ENGINE), N_ ("SQL Server engine edition") },
  { "sql.on-windows",         "sql", B, F (PLAIN), N_ ("SQL Server runs on Windows") },
  { "sql.collation",          "sql", T, F (PLAIN), N_ ("Collation") },
  { "sql.other-engines",      "sql", L, F (PLAIN), N_ ("Databases of other sync engines") },
  { "sql.adsync-database",    "sql", B, F (PLAIN), N_ ("ADSync database") },
  { "sql.adsync-size",        "sql", I, F (BYTES), N_ ("Size of the ADSync database") },
  { "sql.transport",          "sql", T, F (PLAIN), N_ ("Network transport") },
  { "sql.instance-found",     "sql", B, F (PLAIN), N_ ("Instance can be found") },
  { "sql.login",              "sql", T, F (PLAIN), N_ ("Signed in to SQL Server as") },
  { "sql.sysadmin",           "sql", B, F (PLAIN), N_ ("Member of sysadmin") },
  { "sql.rights",             "sql", B, F (PLAIN), N_ ("Rights to create or own the ADSync database") },
  { "sql.max-memory",         "sql", I, F (MEMORY_LIMIT), N_ ("Memory limit of SQL Server") },
  { "sql.max-memory-capped",  "sql", B, F (PLAIN), N_ ("Memory of SQL Server is capped") },
  { "sql.encrypted",          "sql", B, F (PLAIN), N_ ("Connection is encrypted") },
  { "sql.tls12",              "sql", B, F (PLAIN), N_ ("SQL Server speaks TLS 1.2") },
  { "sql.certificate-trusted", "sql", B, F (PLAIN), N_ ("Certificate of SQL Server is trusted") },
  { "sql.always-on",          "sql", B, F (PLAIN), N_ ("Always On availability groups are enabled") },
  { "sql.clustered",          "sql", B, F (PLAIN), N_ ("Failover cluster instance") },
  { "sql.mirrored",           "sql", B, F (PLAIN), N_ ("ADSync database is mirrored") },

  /* The tenant. Subject: the tenant's domain as it was named; of "tenant.domain-…" the domain; of
   * "tenant.admin-…" the administrator's UPN. Until the next comment: without a sign-in. */
  { "tenant.exists",              "tenant", B, F (PLAIN), N_ ("Microsoft Entra tenant") },
  { "tenant.id",                  "tenant", T, F (PLAIN), N_ ("Tenant ID") },
  { "tenant.cloud",               "tenant", T, F (CLOUD), N_ ("Cloud of the tenant") },
  /* Both with and without a sign-in */
  { "tenant.custom-domain",       "tenant", B, F (PLAIN), N_ ("Verified custom domain") },
  { "tenant.unverified-suffixes", "tenant", L, F (PLAIN), N_ ("UPN suffixes that are not verified") },
  { "tenant.foreign-suffixes",    "tenant", L, F (PLAIN), N_ ("UPN suffixes owned by another tenant") },
  { "tenant.domain-tenant",       "tenant", T, F (PLAIN), N_ ("Tenant that owns the domain") },
  { "tenant.domain-realm",        "tenant", T, F (PLAIN), N_ ("Sign-in of the domain (not documented by Microsoft)") },
  /* With a sign-in alone */
  { "tenant.name",                "tenant", T, F (PLAIN), N_ ("Name of the tenant") },
  { "tenant.kind",                "tenant", T, F (TENANT_KIND), N_ ("Kind of tenant") },
  { "tenant.created",             "tenant", D, F (PLAIN), N_ ("Tenant was created") },
  { "tenant.verified-domains",    "tenant", L, F (PLAIN), N_ ("Verified domains") },
  { "tenant.federated-domains",   "tenant", L, F (PLAIN), N_ ("Federated domains") },
  { "tenant.quota-used",          "tenant", I, F (OBJECTS), N_ ("Directory quota used") },
  { "tenant.quota-total",         "tenant", I, F (OBJECTS), N_ ("Directory quota") },
  { "tenant.quota-left",          "tenant", I, F (OBJECTS), N_ ("Directory quota left") },
  { "tenant.signed-in-as",        "tenant", T, F (PLAIN), N_ ("Signed in to Microsoft Entra as") },
  { "tenant.admin-exists",        "tenant", B, F (PLAIN), N_ ("Administrator exists in the tenant") },
  { "tenant.admin-enabled",       "tenant", B, F (PLAIN), N_ ("Administrator may sign in") },
  /* Active roles, directly or through a group; names of the built-in ones in English */
  { "tenant.admin-roles",         "tenant", L, F (PLAIN), N_ ("Roles of the administrator") },
  { "tenant.admin-eligible-roles", "tenant", L, F (PLAIN), N_ ("Roles that the administrator may activate") },
  { "tenant.admin-role",          "tenant", B, F (PLAIN), N_ ("Hybrid Identity Administrator role") },
  { "tenant.admin-role-direct",   "tenant", B, F (PLAIN), N_ ("Role assigned directly") },
  { "tenant.admin-role-eligible", "tenant", B, F (PLAIN), N_ ("Role can be activated") },
  { "tenant.admin-guest",         "tenant", B, F (PLAIN), N_ ("Administrator is a guest") },
  { "tenant.admin-microsoft-account", "tenant", B, F (PLAIN), N_ ("Administrator is a Microsoft account") },
  { "tenant.admin-synced",        "tenant", B, F (PLAIN), N_ ("Administrator is synchronized from Active Directory") },
  { "tenant.sync-accounts",       "tenant", I, F (NUMBER), N_ ("Directory synchronization accounts") },
  { "tenant.soft-match-blocked",  "tenant", B, F (PLAIN), N_ ("Soft match is blocked") },
  { "tenant.hard-match-blocked",  "tenant", B, F (PLAIN), N_ ("Hard match takeover is blocked") },
  { "tenant.premium-licence",     "tenant", B, F (PLAIN), N_ ("Microsoft Entra ID P1 licence") },
  { "tenant.active-sync",         "tenant", B, F (PLAIN), N_ ("A synchronization is active") },
  { "tenant.last-sync",           "tenant", D, F (PLAIN), N_ ("Last synchronization") },

  /* What can be reached: seen from the sync server by its collector script, or from this computer.
   * Subject: an address and port, a domain controller, a DNS record, an AD FS server. */
#define REACH(key, label) { "network." key, "server", B, F (PLAIN), label, "network" }
  REACH ("cloud-run",          N_ ("Address of Cloud Sync answers")),
  REACH ("cloud-registration", N_ ("Address of the registration answers")),
  REACH ("cloud-lists",        N_ ("Revocation list of Cloud Sync answers")),
  REACH ("connect-run",        N_ ("Address of Connect Sync answers")),
  REACH ("connect-lists",      N_ ("Revocation list of Connect Sync answers")),
  REACH ("health",             N_ ("Address of Connect Health answers")),
  REACH ("pass-through",       N_ ("Address of pass-through authentication answers")),
  REACH ("seamless-sso",       N_ ("Address of seamless single sign-on answers")),
  REACH ("mfa-site",           N_ ("Site for multifactor sign-in answers")),
  REACH ("public-issuer",      N_ ("Certificate of a public authority")),
  REACH ("internet-name",      N_ ("Internet name has an address")),
  REACH ("srv-record",         N_ ("DNS record is there")),
  REACH ("domain-reached",     N_ ("A domain controller answers")),
  REACH ("dc-dns",             N_ ("DNS port 53 answers")),
  REACH ("dc-kerberos",        N_ ("Kerberos port 88 answers")),
  REACH ("dc-rpc",             N_ ("RPC port 135 answers")),
  REACH ("dc-ldap",            N_ ("LDAP port 389 answers")),
  REACH ("dc-smb",             N_ ("SMB port 445 answers")),
  REACH ("dc-gc",              N_ ("Global catalog port 3268 answers")),
  REACH ("dc-winrm",           N_ ("WinRM port 5985 answers")),
  REACH ("dc-adws",            N_ ("Web services port 9389 answers")),
  REACH ("adfs-a-record",      N_ ("Federation service name is an A record")),
  REACH ("adfs-https",         N_ ("Federation service answers on port 443")),
  REACH ("adfs-certauth",      N_ ("Federation service answers on port 49443")),
  REACH ("adfs-winrm",         N_ ("AD FS server answers on port 5985")),
  REACH ("adfs-valid",         N_ ("AD FS certificate is within its dates")),
  REACH ("adfs-self-signed",   N_ ("AD FS certificate is self-signed")),
  REACH ("adfs-chain",         N_ ("AD FS certificate is trusted")),
#undef REACH
  { "network.issuer",       "server", T, F (PLAIN), N_ ("Issuer of the certificate"), "network" },
  { "network.adfs-missing-names", "server", L, F (PLAIN), N_ ("Names that the AD FS certificate lacks"), "network" },
  { "network.adfs-missing-registration", "server", L, F (PLAIN), N_ ("Names for device registration that the AD FS certificate lacks"), "network" },
  { "network.proxy",        "server", T, F (PLAIN), N_ ("Proxy in use"), "network" },
};
/* clang-format on */

const PresyncFactKey *
presync_fact_key_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (keys[i].id, id) == 0)
      return &keys[i];
  return NULL;
}

const char *
presync_fact_key_get_account (const char *id)
{
  static const char *const accounts[]
      = { "cloud-admin", "connect-admin", "gmsa", "connector", "service" };

  g_return_val_if_fail (id != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_str_has_prefix (id, accounts[i]) && id[strlen (accounts[i])] == '.')
      return accounts[i];
  return NULL;
}

const PresyncFactKey *
presync_fact_keys (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (keys);
  return keys;
}
