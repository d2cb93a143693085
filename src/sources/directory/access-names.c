/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/access-names.h"

#include <glib/gi18n.h>

#include "sources/directory/access.h"

typedef struct
{
  const char *name;
  const char *guid;
  const char *property_set; /* of an attribute, by name: its attributeSecurityGUID */
} PresyncAccessName;

/* schemaIDGUID and attributeSecurityGUID of Microsoft's schema of Windows Server 2016; rightsGuid
 * of the extended rights, [MS-ADTS] 5.1.3.2.1, and validated writes, 5.1.3.2.2. Where an attribute
 * and a validated write or property set share a GUID, the one that stands first names it. */
static const PresyncAccessName presync_access_names[] = {
  /* classes */
  { "user", "bf967aba-0de6-11d0-a285-00aa003049e2", NULL },
  { "inetOrgPerson", "4828cc14-1437-45bc-9b07-ad6f015e5f28", NULL },
  { "group", "bf967a9c-0de6-11d0-a285-00aa003049e2", NULL },
  { "contact", "5cb41ed0-0e4c-11d0-a286-00aa003049e2", NULL },
  { "computer", "bf967a86-0de6-11d0-a285-00aa003049e2", NULL },
  { "foreignSecurityPrincipal", "89e31c12-8530-11d0-afda-00c04fd930c9", NULL },
  { "device", "bf967a8e-0de6-11d0-a285-00aa003049e2", NULL },
  { "msDS-Device", "5df2b673-6d41-4774-b3e8-d52e8ee9ff99", NULL },
  { "msDS-DeviceContainer", "7c9e8c58-901b-4ea8-b6ec-4eb9e9fc0e11", NULL },
  { "msDS-DeviceRegistrationService", "96bc3a1a-e3d2-49d3-af11-7b0df79d67f5", NULL },
  { "organizationalUnit", "bf967aa5-0de6-11d0-a285-00aa003049e2", NULL },
  { "container", "bf967a8b-0de6-11d0-a285-00aa003049e2", NULL },
  { "domainDNS", "19195a5b-6da0-11d0-afd3-00c04fd930c9", NULL },
  { "builtinDomain", "bf967a81-0de6-11d0-a285-00aa003049e2", NULL },
  { "msDS-GroupManagedServiceAccount", "7b8b558a-93a5-4af7-adca-c017e67f1057", NULL },
  { "msDS-ManagedServiceAccount", "ce206244-5827-4a86-ba1c-1c0c386c1b64", NULL },
  { "msKds-ProvRootKey", "aa02fd41-17e0-4f18-8687-b2239649736b", NULL },
  { "nTDSDSA", "f0f8ffab-1191-11d0-a060-00aa006c33ed", NULL },
  { "nTDSDSARO", "85d16ec1-0791-4bc8-8ab3-70980602ff8c", NULL },
  { "serviceConnectionPoint", "28630ec1-41d5-11d1-a9c1-0000f80367c1", NULL },
  { "trustedDomain", "bf967ab8-0de6-11d0-a285-00aa003049e2", NULL },
  { "groupPolicyContainer", "f30e3bc2-9ff0-11d1-b603-0000f80367c1", NULL },
  { "printQueue", "bf967aa8-0de6-11d0-a285-00aa003049e2", NULL },
  { "volume", "bf967abb-0de6-11d0-a285-00aa003049e2", NULL },
  /* of Exchange's extension of the schema */
  { "publicFolder", "f0f8ffac-1191-11d0-a060-00aa006c33ed", NULL },

  /* attributes */
  { "accountExpires", "bf967915-0de6-11d0-a285-00aa003049e2", "User-Account-Restrictions" },
  { "adminCount", "bf967918-0de6-11d0-a285-00aa003049e2", NULL },
  { "c", "bf967945-0de6-11d0-a285-00aa003049e2", "Personal-Information" },
  { "cn", "bf96793f-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "co", "f0f8ffa7-1191-11d0-a060-00aa006c33ed", "Public-Information" },
  { "company", "f0f8ff88-1191-11d0-a060-00aa006c33ed", "Public-Information" },
  { "department", "bf96794f-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "description", "bf967950-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "displayName", "bf967953-0de6-11d0-a285-00aa003049e2", "General-Information" },
  { "dNSHostName", "72e39547-7b18-11d1-adef-00c04fd8d5cd", "DNS-Host-Name-Attributes" },
  { "employeeID", "bf967962-0de6-11d0-a285-00aa003049e2", NULL },
  { "givenName", "f0f8ff8e-1191-11d0-a060-00aa006c33ed", "Public-Information" },
  { "homeDirectory", "bf967985-0de6-11d0-a285-00aa003049e2", "User-Logon" },
  { "isCriticalSystemObject", "00fbf30d-91fe-11d1-aebc-0000f80367c1", NULL },
  { "l", "bf9679a2-0de6-11d0-a285-00aa003049e2", "Personal-Information" },
  { "lockoutTime", "28630ebf-41d5-11d1-a9c1-0000f80367c1", NULL },
  { "mail", "bf967961-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "manager", "bf9679b5-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "member", "bf9679c0-0de6-11d0-a285-00aa003049e2", "Membership" },
  { "memberOf", "bf967991-0de6-11d0-a285-00aa003049e2", "Membership" },
  { "minPwdAge", "bf9679c2-0de6-11d0-a285-00aa003049e2", "Domain-Password" },
  { "mobile", "f0f8ffa3-1191-11d0-a060-00aa006c33ed", "Personal-Information" },
  { "mS-DS-ConsistencyGuid", "23773dc2-b63a-11d2-90e1-00c04fd91ab1", NULL },
  { "msDS-Behavior-Version", "d31a8757-2447-4545-8081-3bb610cacbf2", NULL },
  { "msDS-AllowedToActOnBehalfOfOtherIdentity", "3f78c3e5-f79a-46bd-a0b8-9d18116ddc79",
    "User-Account-Restrictions" },
  { "msDS-DeviceLocation", "e3fb56c8-5de8-45f5-b1b1-d2b6cd31e762", NULL },
  { "msDS-EnabledFeature", "5706aeaf-b940-4fb2-bcfc-5268683ad9fe", NULL },
  { "msDS-ExternalDirectoryObjectId", "bd29bf90-66ad-40e1-887b-10df070419a6",
    "Personal-Information" },
  { "msDS-GroupMSAMembership", "888eedd6-ce04-df40-b462-b8a50e41ba38", NULL },
  { "msDS-KeyCredentialLink", "5b47d60f-6090-40b2-9f37-2a4de88f3063",
    "DS-Validated-Write-Computer" },
  { "msDS-ManagedPassword", "e362ed86-b728-0842-b27d-2dea7a9df218", NULL },
  { "msDS-ManagedPasswordInterval", "f8758ef7-ac76-8843-a2ee-a26b4dcaf409", NULL },
  { "nETBIOSName", "bf9679d8-0de6-11d0-a285-00aa003049e2", NULL },
  { "nTSecurityDescriptor", "bf9679e3-0de6-11d0-a285-00aa003049e2", NULL },
  { "objectGUID", "bf9679e7-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "objectSid", "bf9679e8-0de6-11d0-a285-00aa003049e2", "General-Information" },
  { "otherMobile", "0296c11e-40da-11d1-a9c0-0000f80367c1", "Personal-Information" },
  { "physicalDeliveryOfficeName", "bf9679f7-0de6-11d0-a285-00aa003049e2", "Personal-Information" },
  { "postalCode", "bf9679fd-0de6-11d0-a285-00aa003049e2", "Personal-Information" },
  { "preferredLanguage", "856be0d0-18e7-46e1-8f5f-7ee4d9020e0d", NULL },
  { "primaryGroupID", "bf967a00-0de6-11d0-a285-00aa003049e2", "General-Information" },
  { "proxyAddresses", "bf967a06-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "pwdLastSet", "bf967a0a-0de6-11d0-a285-00aa003049e2", "User-Account-Restrictions" },
  { "sAMAccountName", "3e0abfd0-126a-11d0-a060-00aa006c33ed", "General-Information" },
  { "servicePrincipalName", "f3a64788-5306-11d1-a9c5-0000f80367c1", "Public-Information" },
  { "sIDHistory", "17eb4278-d167-11d0-b002-0000f80367c1", "General-Information" },
  { "sn", "bf967a41-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "st", "bf967a39-0de6-11d0-a285-00aa003049e2", "Personal-Information" },
  { "streetAddress", "f0f8ff84-1191-11d0-a060-00aa006c33ed", "Personal-Information" },
  { "telephoneNumber", "bf967a49-0de6-11d0-a285-00aa003049e2", "Personal-Information" },
  { "thumbnailPhoto", "8d3bca50-1d7e-11d0-a081-00aa006c33ed", "Personal-Information" },
  { "title", "bf967a55-0de6-11d0-a285-00aa003049e2", "Public-Information" },
  { "tokenGroups", "b7c69e6d-2cc7-11d2-854e-00a0c983f608", "RAS-Information" },
  { "unicodePwd", "bf9679e1-0de6-11d0-a285-00aa003049e2", NULL },
  { "uPNSuffixes", "032160bf-9824-11d1-aec0-0000f80367c1", NULL },
  { "url", "9a9a0221-4a5b-11d1-a9c3-0000f80367c1", "Web-Information" },
  { "userAccountControl", "bf967a68-0de6-11d0-a285-00aa003049e2", "User-Account-Restrictions" },
  { "userCertificate", "bf967a7f-0de6-11d0-a285-00aa003049e2", "Personal-Information" },
  { "userPrincipalName", "28630ebb-41d5-11d1-a9c1-0000f80367c1", "Public-Information" },
  { "userSMIMECertificate", "e16a9db2-403c-11d1-a9c0-0000f80367c1", "Personal-Information" },
  { "wWWHomePage", "bf967a7a-0de6-11d0-a285-00aa003049e2", "Web-Information" },

  /* property sets */
  { "DNS-Host-Name-Attributes", "72e39547-7b18-11d1-adef-00c04fd8d5cd", NULL },
  { "Domain-Other-Parameters", "b8119fd0-04f6-4762-ab7a-4986c76b3f9a", NULL },
  { "Domain-Password", "c7407360-20bf-11d0-a768-00aa006e0529", NULL },
  { "Email-Information", "e45795b2-9455-11d1-aebd-0000f80367c1", NULL },
  { "General-Information", "59ba2f42-79a2-11d0-9020-00c04fc2d3cf", NULL },
  { "Membership", "bc0ac240-79a9-11d0-9020-00c04fc2d4cf", NULL },
  { "MS-TS-GatewayAccess", "ffa6f046-ca4b-4feb-b40d-04dfee722543", NULL },
  { "Personal-Information", "77b5b886-944a-11d1-aebd-0000f80367c1", NULL },
  { "Private-Information", "91e647de-d96f-4b70-9557-d63ff4f3ccd8", NULL },
  { "Public-Information", "e48d0154-bcf8-11d1-8702-00c04fb96050", NULL },
  { "RAS-Information", "037088f8-0ae1-11d2-b422-00a0c968f939", NULL },
  { "Terminal-Server-License-Server", "5805bc62-bdc9-4428-a5e2-856a0f4c185e", NULL },
  { "User-Account-Restrictions", "4c164200-20c0-11d0-a768-00aa006e0529", NULL },
  { "User-Logon", "5f202010-79a5-11d0-9020-00c04fc2d4cf", NULL },
  { "Web-Information", "e45795b3-9455-11d1-aebd-0000f80367c1", NULL },

  /* extended rights */
  { "Allowed-To-Authenticate", "68b1d179-0d15-4d4f-ab71-46152e79a7bc", NULL },
  { "Apply-Group-Policy", "edacfd8f-ffb3-11d1-b41d-00a0c968f939", NULL },
  { "Certificate-Enrollment", "0e10c968-78fb-11d2-90d4-00c04f79dc55", NULL },
  { "Change-Domain-Master", "014bf69c-7b3b-11d1-85f6-08002be74fab", NULL },
  { "Change-Infrastructure-Master", "cc17b1fb-33d9-11d2-97d4-00c04fd8d5cd", NULL },
  { "Change-PDC", "bae50096-4752-11d1-9052-00c04fc2d4cf", NULL },
  { "Change-Rid-Master", "d58d5f36-0a98-11d1-adbb-00c04fd8d5cd", NULL },
  { "Change-Schema-Master", "e12b56b6-0a95-11d1-adbb-00c04fd8d5cd", NULL },
  { "Create-Inbound-Forest-Trust", "e2a36dc9-ae17-47c3-b58b-be34c55ba633", NULL },
  { "DS-Install-Replica", "9923a32a-3607-11d2-b9be-0000f87a36b2", NULL },
  { "DS-Query-Self-Quota", "4ecc03fe-ffc0-4947-b630-eb672a8a9dbc", NULL },
  { "DS-Replication-Get-Changes", "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2", NULL },
  { "DS-Replication-Get-Changes-All", "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2", NULL },
  { "DS-Replication-Get-Changes-In-Filtered-Set", "89e95b76-444d-4c62-991a-0facbeda640c", NULL },
  { "DS-Replication-Manage-Topology", "1131f6ac-9c07-11d1-f79f-00c04fc2dcd2", NULL },
  { "DS-Replication-Monitor-Topology", "f98340fb-7c5b-4cdb-a00b-2ebdfa115a96", NULL },
  { "DS-Replication-Synchronize", "1131f6ab-9c07-11d1-f79f-00c04fc2dcd2", NULL },
  { "Enable-Per-User-Reversibly-Encrypted-Password", "05c74c5e-4deb-43b4-bd9f-86664c2a7fd5", NULL },
  { "Manage-Optional-Features", "7c0e2a7c-a419-48e4-a995-10180aad54dd", NULL },
  { "Migrate-SID-History", "ba33815a-4f93-4c76-87f3-57574bff8109", NULL },
  { "Read-Only-Replication-Secret-Synchronization", "1131f6ae-9c07-11d1-f79f-00c04fc2dcd2", NULL },
  { "Reanimate-Tombstones", "45ec5156-db7e-47bb-b53f-dbeb2d03c40f", NULL },
  { "Receive-As", "ab721a56-1e2f-11d0-9819-00aa0040529b", NULL },
  { "SAM-Enumerate-Entire-Domain", "91d67418-0135-4acc-8d79-c08e857cfbec", NULL },
  { "Send-As", "ab721a54-1e2f-11d0-9819-00aa0040529b", NULL },
  { "Send-To", "ab721a55-1e2f-11d0-9819-00aa0040529b", NULL },
  { "Unexpire-Password", "ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501", NULL },
  { "Update-Password-Not-Required-Bit", "280f369c-67c7-438e-ae98-1d46f3c6f541", NULL },
  { "User-Change-Password", "ab721a53-1e2f-11d0-9819-00aa0040529b", NULL },
  { "User-Force-Change-Password", "00299570-246d-11d0-a768-00aa006e0529", NULL },

  /* validated writes */
  { "DS-Validated-Write-Computer", "9b026da6-0d3c-465c-8bee-5199d7165cba", NULL },
  { "Self-Membership", "bf9679c0-0de6-11d0-a285-00aa003049e2", NULL },
  { "Validated-DNS-Host-Name", "72e39547-7b18-11d1-adef-00c04fd8d5cd", NULL },
  { "Validated-SPN", "f3a64788-5306-11d1-a9c5-0000f80367c1", NULL },
};

static const struct
{
  const char *sid;
  const char *name;
} presync_access_sids[] = {
  { "S-1-1-0", "Everyone" },
  { "S-1-3-0", "CREATOR OWNER" },
  { "S-1-3-1", "CREATOR GROUP" },
  { "S-1-3-4", "OWNER RIGHTS" },
  { "S-1-5-2", "NETWORK" },
  { "S-1-5-4", "INTERACTIVE" },
  { "S-1-5-7", "ANONYMOUS LOGON" },
  { "S-1-5-9", "ENTERPRISE DOMAIN CONTROLLERS" },
  { "S-1-5-10", "SELF" },
  { "S-1-5-11", "Authenticated Users" },
  { "S-1-5-15", "This Organization" },
  { "S-1-5-18", "SYSTEM" },
  { "S-1-5-19", "LOCAL SERVICE" },
  { "S-1-5-20", "NETWORK SERVICE" },
  { "S-1-5-32-544", "BUILTIN\\Administrators" },
  { "S-1-5-32-545", "BUILTIN\\Users" },
  { "S-1-5-32-546", "BUILTIN\\Guests" },
  { "S-1-5-32-548", "BUILTIN\\Account Operators" },
  { "S-1-5-32-549", "BUILTIN\\Server Operators" },
  { "S-1-5-32-550", "BUILTIN\\Print Operators" },
  { "S-1-5-32-551", "BUILTIN\\Backup Operators" },
  { "S-1-5-32-554", "BUILTIN\\Pre-Windows 2000 Compatible Access" },
  { "S-1-5-32-557", "BUILTIN\\Incoming Forest Trust Builders" },
  { "S-1-5-32-560", "BUILTIN\\Windows Authorization Access Group" },
  { "S-1-5-32-561", "BUILTIN\\Terminal Server License Servers" },
  { "S-1-5-32-580", "BUILTIN\\Remote Management Users" },
};

static const struct
{
  guint32 mask;
  const char *words;
} presync_access_rights[] = {
  { PRESYNC_RIGHT_CREATE_CHILD, N_ ("create child") },
  { PRESYNC_RIGHT_DELETE_CHILD, N_ ("delete child") },
  { PRESYNC_RIGHT_LIST, N_ ("list contents") },
  { PRESYNC_RIGHT_SELF, N_ ("validated write") },
  { PRESYNC_RIGHT_READ_PROPERTY, N_ ("read property") },
  { PRESYNC_RIGHT_WRITE_PROPERTY, N_ ("write property") },
  { PRESYNC_RIGHT_DELETE_TREE, N_ ("delete tree") },
  { PRESYNC_RIGHT_LIST_OBJECT, N_ ("list object") },
  { PRESYNC_RIGHT_CONTROL_ACCESS, N_ ("control access") },
  { PRESYNC_RIGHT_DELETE, N_ ("delete") },
  { PRESYNC_RIGHT_READ_CONTROL, N_ ("read permissions") },
  { PRESYNC_RIGHT_WRITE_DAC, N_ ("modify permissions") },
  { PRESYNC_RIGHT_WRITE_OWNER, N_ ("modify owner") },
  { 0x10000000u, N_ ("generic all") },
  { 0x20000000u, N_ ("generic execute") },
  { 0x40000000u, N_ ("generic write") },
  { 0x80000000u, N_ ("generic read") },
};

static const PresyncAccessName *
presync_access_name_lookup (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (presync_access_names); i++)
    if (g_ascii_strcasecmp (presync_access_names[i].name, name) == 0)
      return &presync_access_names[i];
  return NULL;
}

gboolean
presync_access_name_find (const char *name, PresyncGuid *guid)
{
  const PresyncAccessName *found = presync_access_name_lookup (name);

  *guid = (PresyncGuid){ { 0 } };
  return found != NULL && presync_guid_parse (found->guid, guid);
}

const char *
presync_access_name_of (const PresyncGuid *guid)
{
  g_autofree char *text = presync_guid_to_text (guid);

  for (gsize i = 0; i < G_N_ELEMENTS (presync_access_names); i++)
    if (g_str_equal (presync_access_names[i].guid, text))
      return presync_access_names[i].name;
  return NULL;
}

void
presync_access_name_property_set (const char *attribute, PresyncGuid *guid)
{
  const PresyncAccessName *found = presync_access_name_lookup (attribute);

  *guid = (PresyncGuid){ { 0 } };
  if (found != NULL && found->property_set != NULL)
    presync_access_name_find (found->property_set, guid);
}

const char *
presync_access_name_of_sid (const PresyncSid *sid)
{
  g_autofree char *text = presync_sid_to_text (sid);

  for (gsize i = 0; i < G_N_ELEMENTS (presync_access_sids); i++)
    if (g_str_equal (presync_access_sids[i].sid, text))
      return presync_access_sids[i].name;
  return NULL;
}

char *
presync_access_name_dup_mask (guint32 mask)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (mask == PRESYNC_RIGHT_FULL_CONTROL)
    return g_strdup (_ ("full control"));
  for (gsize i = 0; i < G_N_ELEMENTS (presync_access_rights); i++)
    if ((mask & presync_access_rights[i].mask) != 0)
      {
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                                _ (presync_access_rights[i].words));
        mask &= ~presync_access_rights[i].mask;
      }
  if (mask != 0)
    g_string_append_printf (text, "%s0x%x", text->len > 0 ? ", " : "", mask);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
