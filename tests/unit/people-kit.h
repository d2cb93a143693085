/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The forest of probe-kit.h with people in it, and the facts about the ones that are named */
#include "probe-kit.h"
#include "descriptor-kit.h"

#define USERS ",CN=Users,DC=contoso,DC=com"
#define MANAGED ",CN=Managed Service Accounts,DC=contoso,DC=com"
#define FOREIGN ",CN=ForeignSecurityPrincipals,DC=contoso,DC=com"
#define GROUP "objectClass: group\nobjectCategory: CN=Group," SCH "\n"
#define STRANGER "S-1-5-21-7-7-7-1105"

/* {513} stands for the SID of the domain with that RID, {S-1-5-11} for another, both in base64;
 * {read 1105} for a descriptor that allows that one to read properties, {deny 1105} for one that
 * denies it and allows all Authenticated Users. */
#define PEOPLE                                                                                     \
  "dn: CN=Users,DC=contoso,DC=com\nobjectClass: container\n\n"                                     \
  "dn: CN=Ann" USERS "\n" PERSON "cn: Ann\nsAMAccountName: ann\ndisplayName: Ann Example\n"        \
  "userPrincipalName: ann@contoso.com\nobjectSid:: {1101}\nprimaryGroupID: 513\n"                  \
  "userAccountControl: 512\naccountExpires: 9223372036854775807\n"                                 \
  "pwdLastSet: 133774425000000000\nmsDS-UserPasswordExpiryTimeComputed: 9223372036854775807\n"     \
  "tokenGroups:: {513}\n\n"                                                                        \
  "dn: CN=Eve" USERS "\n" PERSON "cn: Eve\nsAMAccountName: eve\n"                                  \
  "userPrincipalName: eve@fabrikam.com\nobjectSid:: {1102}\nprimaryGroupID: 513\n"                 \
  "userAccountControl: 66048\npwdLastSet: 133774425000000000\n"                                    \
  "tokenGroups:: {513}\ntokenGroups:: {1201}\ntokenGroups:: {1200}\ntokenGroups:: {519}\n\n"       \
  "dn: CN=Pia" USERS "\n" PERSON "cn: Pia\nsAMAccountName: pia\nobjectSid:: {1103}\n"              \
  "primaryGroupID: 512\nuserAccountControl: 512\ntokenGroups:: {512}\ntokenGroups:: {525}\n\n"     \
  "dn: CN=Domain Admins" USERS "\n" GROUP "sAMAccountName: Domain Admins\nobjectSid:: {512}\n\n"   \
  "dn: CN=Enterprise Admins" USERS "\n" GROUP "sAMAccountName: Enterprise Admins\n"                \
  "objectSid:: {519}\nmember: CN=Tier 0" USERS "\n\n"                                              \
  "dn: CN=Tier 0" USERS "\n" GROUP "sAMAccountName: Tier 0 Admins\nobjectSid:: {1200}\n"           \
  "memberOf: CN=Enterprise Admins" USERS "\nmemberOf: CN=Inner" USERS "\nmember: CN=Inner" USERS   \
  "\n\n"                                                                                           \
  "dn: CN=Inner" USERS "\n" GROUP "sAMAccountName: Inner\nobjectSid:: {1201}\n"                    \
  "memberOf: CN=Tier 0" USERS "\nmember: CN=Tier 0" USERS "\nmember: CN=Eve" USERS "\n\n"          \
  "dn: CN=S-1-5-11" FOREIGN "\nobjectClass: foreignSecurityPrincipal\nobjectSid:: {S-1-5-11}\n\n"  \
  "dn: CN=" STRANGER FOREIGN "\nobjectClass: foreignSecurityPrincipal\nobjectSid:: {" STRANGER     \
  "}\n\n"                                                                                          \
  "dn: CN=Compatible,CN=Builtin,DC=contoso,DC=com\n" GROUP "objectSid:: {S-1-5-32-554}\n"          \
  "groupType: -2147483643\nmember: CN=S-1-5-11" FOREIGN "\n\n"                                     \
  "dn: CN=Above" USERS "\n" GROUP "objectSid:: {1301}\ngroupType: -2147483644\n"                   \
  "member: CN=Compatible,CN=Builtin,DC=contoso,DC=com\nmember: CN=Loop" USERS "\n\n"               \
  "dn: CN=Loop" USERS "\n" GROUP "objectSid:: {1302}\ngroupType: -2147483644\n"                    \
  "member: CN=Above" USERS "\nmember: CN=" STRANGER FOREIGN "\n\n"                                 \
  "dn: CN=Mail" USERS "\n" GROUP "objectSid:: {1303}\ngroupType: 4\n"                              \
  "member: CN=S-1-5-11" FOREIGN "\n\n"                                                             \
  "dn: CN=gmsa1" MANAGED "\nobjectClass: user\nobjectClass: computer\n"                            \
  "objectClass: msDS-GroupManagedServiceAccount\ncn: gmsa1\nsAMAccountName: gmsa1$\n"              \
  "objectSid:: {1401}\nuserAccountControl: 4096\nmsDS-ManagedPasswordInterval: 30\n"               \
  "msDS-SupportedEncryptionTypes: 28\nmsDS-GroupMSAMembership:: {read 1105}\n\n"                   \
  "dn: CN=smsa1" MANAGED "\nobjectClass: user\nobjectClass: computer\n"                            \
  "objectClass: msDS-ManagedServiceAccount\ncn: smsa1\nsAMAccountName: smsa1$\n"                   \
  "objectSid:: {1402}\nuserAccountControl: 4096\n"                                                 \
  "msDS-HostServiceAccountBL: CN=SYNC01,DC=contoso,DC=com\n\n"

#define SERVER_OBJECT "sAMAccountName: SYNC01$\n"

/* (transfer full): what stands between the braces, in base64 */
static char *
people_encode (const char *word)
{
  static const KitAce read = { 0, 0, PRESYNC_RIGHT_READ_PROPERTY, NULL, NULL, NULL };
  g_autoptr (GByteArray) bytes = NULL;
  const char *last = strrchr (word, ' ');
  const char *rid = last == NULL ? word : last + 1;
  g_autofree char *sid = *rid == 'S' ? g_strdup (rid) : g_strconcat ("S-1-5-21-1-2-3-", rid, NULL);

  if (last == NULL)
    {
      bytes = g_byte_array_new ();
      kit_put_sid (bytes, sid);
    }
  else if (*word == 'r')
    {
      KitAce ace = read;
      ace.sid = sid;
      bytes = kit_descriptor (NULL, 0, &ace, 1);
    }
  else
    {
      KitAce aces[2] = { read, read };
      aces[0].type = *word == 'd' ? 1 : 10; /* denied, or under a condition */
      aces[0].sid = sid;
      aces[1].sid = "S-1-5-11";
      bytes = kit_descriptor (NULL, 0, aces, 2);
    }
  return g_base64_encode (bytes->data, bytes->len);
}

/* The snapshot with the people, edited */
static PresyncDirectory *
open_people (const Edit *edits)
{
  g_autoptr (GString) text = g_string_new (snapshot);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  PresyncLdifDirectory *directory;
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);

  g_string_replace (text, "dn: CN=Services,", PEOPLE "dn: CN=Services,", 1);
  g_string_replace (text, SERVER_OBJECT,
                    SERVER_OBJECT "objectSid:: {1105}\ntokenGroups:: {515}\ntokenGroups:: {1210}\n",
                    1);
  for (guint i = 0; edits != NULL && edits[i].find != NULL; i++)
    if (g_string_replace (text, edits[i].find, edits[i].replace, 0) == 0)
      g_error ("“%s” is not in the snapshot", edits[i].find);
  for (char *open = strchr (text->str, '{'); open != NULL; open = strchr (text->str, '{'))
    {
      gssize at = open - text->str;
      g_autofree char *word = g_strndup (open + 1, strcspn (open + 1, "}"));
      g_autofree char *code = people_encode (word);
      g_string_erase (text, at, (gssize) strlen (word) + 2);
      g_string_insert (text, at, code);
    }
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  directory = presync_ldif_directory_new (path, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return PRESYNC_DIRECTORY (directory);
}
