/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of the probes share: a small forest as LDIF, edits of it, and the facts of a probe
 */
#include "base/error.h"
#include "sources/directory/ldif-directory.h"
#include "sources/directory/probe.h"
#include "sources/directory/record.h"

#include <string.h>
#include <glib/gstdio.h>

#define CFG "CN=Configuration,DC=contoso,DC=com"
#define SCH "CN=Schema," CFG
#define NTDS "CN=NTDS Settings,CN=DC01,CN=Servers,CN=Default,CN=Sites," CFG
#define RODC_NTDS "CN=NTDS Settings,CN=RODC1,CN=Servers,CN=Default,CN=Sites," CFG
#define KDS "CN=Master Root Keys,CN=Group Key Distribution Service,CN=Services," CFG
#define COMPUTER "objectClass: computer\nobjectCategory: CN=Computer," SCH "\n"
#define PERSON "objectClass: user\nobjectCategory: CN=Person," SCH "\n"
#define BIN                                                                                        \
  "CN=Recycle Bin Feature,CN=Optional Features,CN=Directory Service,CN=Windows "                   \
  "NT,CN=Services," CFG

/* S-1-5-21-1-2-3, -512 and -513 of it, -512 of S-1-5-21-9-2-3, and S-1-5-32-544 */
#define SID "AQQAAAAAAAUVAAAAAQAAAAIAAAADAAAA"
#define SID_512 "AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAAAIAAA=="
#define SID_513 "AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAAQIAAA=="
#define SID_519 "AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAABwIAAA=="
#define SID_FOREIGN "AQUAAAAAAAUVAAAACQAAAAIAAAADAAAAAAIAAA=="
#define SID_BUILTIN "AQIAAAAAAAUgAAAAIAIAAA=="

static const char snapshot[]
    = "dn:\nobjectClass: top\nsupportedCapabilities: 1.2.840.113556.1.4.800\n"
      "supportedCapabilities: 1.2.840.113556.1.4.1670\n"
      "defaultNamingContext: DC=contoso,DC=com\nrootDomainNamingContext: DC=contoso,DC=com\n"
      "configurationNamingContext: " CFG "\nschemaNamingContext: " SCH "\n"
      "dnsHostName: DC01.contoso.com\ndsServiceName: " NTDS "\n"
      "forestFunctionality: 7\ndomainFunctionality: 7\ntokenGroups:: " SID_512 "\n\n"
      "dn: DC=contoso,DC=com\nobjectClass: domainDNS\nmsDS-Behavior-Version: 7\n"
      "objectSid:: " SID "\n\n"
      "dn: " SCH "\nobjectClass: dMD\nobjectVersion: 88\n\n"
      "dn: CN=User," SCH "\nobjectClass: classSchema\nlDAPDisplayName: user\n\n"
      "dn: CN=ms-DS-Group-Managed-Service-Account," SCH "\nobjectClass: classSchema\n"
      "lDAPDisplayName: msDS-GroupManagedServiceAccount\n\n"
      "dn: CN=ms-DS-External-Directory-Object-Id," SCH "\nobjectClass: attributeSchema\n"
      "lDAPDisplayName: msDS-ExternalDirectoryObjectId\n\n"
      "dn: CN=ms-Exch-Schema-Version-Pt," SCH "\nobjectClass: attributeSchema\n"
      "cn: ms-Exch-Schema-Version-Pt\n\n"
      "dn: CN=Partitions," CFG "\nobjectClass: crossRefContainer\nmsDS-Behavior-Version: 7\n"
      "uPNSuffixes: contoso.net\nmsDS-EnabledFeature: " BIN "\n\n"
      "dn: CN=CONTOSO,CN=Partitions," CFG "\nobjectClass: crossRef\nnETBIOSName: CONTOSO\n"
      "dnsRoot: contoso.com\nnCName: DC=contoso,DC=com\nsystemFlags: 3\n\n"
      "dn: CN=Enterprise Schema,CN=Partitions," CFG "\nobjectClass: crossRef\n"
      "dnsRoot: contoso.com\nnCName: " SCH "\nsystemFlags: 1\n\n"
      "dn: CN=DC01,CN=Servers,CN=Default,CN=Sites," CFG "\nobjectClass: server\n"
      "dNSHostName: DC01.contoso.com\n"
      "serverReference: CN=DC01,OU=Domain Controllers,DC=contoso,DC=com\n\n"
      "dn: " NTDS "\nobjectClass: nTDSDSA\nobjectCategory: CN=NTDS-DSA," SCH "\n"
      "msDS-Behavior-Version: 7\noptions: 1\n\n"
      "dn: CN=DC01,OU=Domain Controllers,DC=contoso,DC=com\n" COMPUTER
      "dNSHostName: DC01.contoso.com\nsAMAccountName: DC01$\nprimaryGroupID: 516\n"
      "userAccountControl: 532480\noperatingSystem: Windows Server 2019 Standard\n"
      "operatingSystemVersion: 10.0 (17763)\n\n"
      "dn: CN=Services," CFG "\nobjectClass: container\n\n"
      "dn: " KDS "\nobjectClass: container\n\n"
      "dn: CN=11111111-2222-3333-4444-555555555555," KDS "\n"
      "objectClass: msKds-ProvRootKey\nwhenCreated: 20260102000000.0Z\n"
      "msKds-UseStartTime: 133774425000000000\n\n"
      "dn: CN=SYNC01,DC=contoso,DC=com\n" COMPUTER "dNSHostName: SYNC01.contoso.com\n"
      "sAMAccountName: SYNC01$\nuserAccountControl: 4096\nprimaryGroupID: 515\n"
      "operatingSystem: Windows Server 2022 Standard\noperatingSystemVersion: 10.0 (20348)\n\n"
      "dn: CN=provAgentgMSA,DC=contoso,DC=com\nobjectClass: user\nobjectClass: computer\n"
      "objectClass: msDS-GroupManagedServiceAccount\n"
      "objectCategory: CN=ms-DS-Group-Managed-Service-Account," SCH "\n"
      "cn: provAgentgMSA\nsAMAccountName: pGMSA_12345678$\ndNSHostName: SYNC02.contoso.com\n\n"
      "dn: CN=MSOL_0123,DC=contoso,DC=com\n" PERSON "sAMAccountName: MSOL_0123\n"
      "userAccountControl: 512\ndescription: Account of SYNC09\n\n"
      "dn: CN=Ina,DC=contoso,DC=com\n" PERSON "objectClass: inetOrgPerson\nsAMAccountName: ina\n\n"
      "dn: CN=Staff,DC=contoso,DC=com\nobjectClass: group\n"
      "objectCategory: CN=Group," SCH "\n\n";

/* One edit of the snapshot: @find must be there */
typedef struct
{
  const char *find;
  const char *replace;
} Edit;

#define EDITS(...) ((const Edit[]){ __VA_ARGS__, { NULL, NULL } })

G_GNUC_UNUSED static PresyncDirectory *
open_edited (const Edit *edits)
{
  g_autoptr (GString) text = g_string_new (snapshot);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  PresyncLdifDirectory *directory;
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);

  for (guint i = 0; edits != NULL && edits[i].find != NULL; i++)
    g_assert_cmpuint (g_string_replace (text, edits[i].find, edits[i].replace, 0), >, 0);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  directory = presync_ldif_directory_new (path, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return PRESYNC_DIRECTORY (directory);
}

/* The facts of @probe, every key of which must be among them */
G_GNUC_UNUSED static GPtrArray *
probe_directory (PresyncDirectory *directory, PresyncProbe probe, const char *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, &error);
  PresyncProbeSubjects subjects = { server, NULL, NULL };
  g_autoptr (GPtrArray) keys = presync_probe_list_keys (probe, &subjects);
  GPtrArray *facts;

  g_assert_no_error (error);
  facts = presync_probe_run (probe, directory, forest, &subjects, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < keys->len; i++)
    {
      guint n = 0;
      for (guint j = 0; j < facts->len; j++)
        n += strcmp (presync_fact_get_key (facts->pdata[j]), g_ptr_array_index (keys, i)) == 0 ? 1
                                                                                               : 0;
      g_assert_cmpuint (n, >, 0);
    }
  for (guint i = 0; i < facts->len; i++)
    {
      g_assert_true (g_ptr_array_find_with_equal_func (keys, presync_fact_get_key (facts->pdata[i]),
                                                       g_str_equal, NULL));
      if (presync_fact_get_unknown (facts->pdata[i]) != PRESYNC_UNKNOWN_NONE)
        g_assert_nonnull (presync_fact_get_detail (facts->pdata[i]));
    }
  return facts;
}

G_GNUC_UNUSED static GPtrArray *
probe_edited (PresyncProbe probe, const char *server, const Edit *edits)
{
  g_autoptr (PresyncDirectory) directory = open_edited (edits);

  return probe_directory (directory, probe, server);
}

G_GNUC_UNUSED static PresyncFact *
find (GPtrArray *facts, const char *key, const char *subject)
{
  for (guint i = 0; i < facts->len; i++)
    if (strcmp (presync_fact_get_key (facts->pdata[i]), key) == 0
        && g_ascii_strcasecmp (presync_fact_get_subject (facts->pdata[i]), subject) == 0)
      return facts->pdata[i];
  g_error ("no fact %s of %s", key, subject);
}

/* The value as text, or "?reason" */
G_GNUC_UNUSED static char *
value_of (PresyncFact *fact)
{
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return g_strconcat ("?", presync_unknown_nick (presync_fact_get_unknown (fact)), NULL);
  switch (presync_fact_get_value_type (fact))
    {
    case PRESYNC_FACT_BOOLEAN:
      return g_strdup (presync_fact_get_boolean (fact) ? "yes" : "no");
    case PRESYNC_FACT_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, presync_fact_get_integer (fact));
    case PRESYNC_FACT_LIST:
      return g_strjoinv (" | ", (char **) presync_fact_get_list (fact));
    case PRESYNC_FACT_TIME:
      return g_date_time_format_iso8601 (presync_fact_get_time (fact));
    case PRESYNC_FACT_TEXT:
    case PRESYNC_FACT_VERSION:
    default:
      return g_strdup (presync_fact_get_text (fact));
    }
}

/* One expectation: with these edits the probe of @key tells this */
typedef struct
{
  const char *key;
  const char *subject;
  const char *value;
  Edit edits[4];
} Case;

static PresyncProbe
probe_of_key (const char *key)
{
  PresyncProbeSubjects subjects = { "SYNC01", NULL, NULL };

  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    {
      g_autoptr (GPtrArray) keys = presync_probe_list_keys ((PresyncProbe) probe, &subjects);
      if (g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
        return (PresyncProbe) probe;
    }
  g_error ("no probe tells %s", key);
}

G_GNUC_UNUSED static void
check_cases (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      /* The subject of the server's facts is the name that was asked for. */
      const char *server = g_str_has_prefix (cases[i].key, "server.") ? cases[i].subject : NULL;
      g_autoptr (GPtrArray) facts
          = probe_edited (probe_of_key (cases[i].key), server, cases[i].edits);
      g_autofree char *value = value_of (find (facts, cases[i].key, cases[i].subject));

      g_test_message ("case %u: %s", i, cases[i].key);
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

#define FOREST "contoso.com"
#define DOMAIN "contoso.com"
#define DC "DC01.contoso.com"

#define CHECK(cases) check_cases (cases, G_N_ELEMENTS (cases))

/* A read-only controller, the pseudo one of Entra Kerberos, and one of another domain; to be put
 * before CN=Services */
G_GNUC_UNUSED static const char rodc[]
    = "dn: CN=RODC1,CN=Servers,CN=Default,CN=Sites," CFG "\nobjectClass: server\n"
      "dNSHostName: RODC1.contoso.com\n"
      "serverReference: CN=RODC1,OU=Domain Controllers,DC=contoso,DC=com\n\n"
      "dn: " RODC_NTDS "\nobjectClass: nTDSDSA\nobjectCategory: CN=NTDS-DSA-RO," SCH "\n"
      "msDS-Behavior-Version: 10\n\n"
      "dn: CN=RODC1,OU=Domain Controllers,DC=contoso,DC=com\n" COMPUTER
      "dNSHostName: RODC1.contoso.com\nprimaryGroupID: 521\nuserAccountControl: 83890176\n"
      "operatingSystemVersion: 6.3 (9600)\n\n"
      "dn: CN=AzureADKerberos,OU=Domain Controllers,DC=contoso,DC=com\n" COMPUTER
      "primaryGroupID: 521\nuserAccountControl: 83890176\n\n"
      "dn: CN=DC9,CN=Servers,CN=Default,CN=Sites," CFG "\nobjectClass: server\n"
      "dNSHostName: DC9.emea.contoso.com\n"
      "serverReference: CN=DC9,OU=Domain Controllers,DC=emea,DC=contoso,DC=com\n\n"
      "dn: CN=NTDS Settings,CN=DC9,CN=Servers,CN=Default,CN=Sites," CFG "\nobjectClass: nTDSDSA\n"
      "msDS-Behavior-Version: 10\n\n"
      "dn: CN=Services,";
