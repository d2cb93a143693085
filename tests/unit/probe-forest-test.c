/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes, from small snapshots, both ways: the rootDSE, schema, partitions, controllers and KDS
 * keys */
#include "probe-kit.h"

static void
test_root (void)
{
  static const Edit hidden_ntds
      = { NTDS "\nobjectClass: nTDSDSA\nobjectCategory: CN=NTDS-DSA,", NTDS "\nsn: " };
  const Case cases[] = {
    { "directory.product", DC, "Active Directory", { { NULL } } },
    { "directory.product",
      DC,
      "Samba",
      { { "dn:\n", "dn:\nvendorName: Samba Team (https://www.samba.org)\n" } } },
    { "directory.writable", DC, "yes", { { NULL } } },
    { "directory.writable", DC, "no", { { "1.4.1670", "1.4.1920" } } },
    { "directory.writable", DC, "no", { { "CN=NTDS-DSA,", "CN=NTDS-DSA-RO," } } },
    { "directory.writable",
      DC,
      "no",
      { { NTDS "\nobjectClass: nTDSDSA\n", NTDS "\nobjectClass: nTDSDSA\nmsDS-isRODC: TRUE\n" } } },
    { "directory.writable", DC, "yes", { hidden_ntds } },
    { "directory.writable",
      DC,
      "?no-right",
      { hidden_ntds, { "dn:\n", "dn:\nvendorName: Samba Team\n" } } },
    { "domain.functional-level", DOMAIN, "7", { { NULL } } },
    { "domain.functional-level",
      DOMAIN,
      "2",
      { { "domainDNS\nmsDS-Behavior-Version: 7", "domainDNS\nmsDS-Behavior-Version: 2" } } },
    { "domain.functional-level",
      DOMAIN,
      "7",
      { { "domainDNS\nmsDS-Behavior-Version: 7\n", "domainDNS\n" } } },
    { "domain.functional-level",
      DOMAIN,
      "0",
      { { "domainDNS\nmsDS-Behavior-Version: 7\n", "domainDNS\n" },
        { "domainFunctionality: 7\n", "" } } },
    { "domain.functional-level",
      DOMAIN,
      "?malformed",
      { { "domainDNS\nmsDS-Behavior-Version: 7\n", "domainDNS\n" },
        { "domainFunctionality: 7\n", "domainFunctionality: seven\n" } } },
  };

  CHECK (cases);
}

static void
test_schema (void)
{
  static const char *const versions[] = { "30", "56", "69", "87" };
  const Case cases[] = {
    { "schema.version", FOREST, "88", { { NULL } } },
    { "schema.version", FOREST, "?no-right", { { "objectVersion: 88\n", "" } } },
    { "schema.version", FOREST, "?malformed", { { "objectVersion: 88", "objectVersion: new" } } },
    { "schema.gmsa-class", FOREST, "yes", { { NULL } } },
    { "schema.gmsa-class",
      FOREST,
      "no",
      { { "lDAPDisplayName: msDS-Group", "lDAPDisplayName: other" } } },
    { "schema.external-directory-object-id", FOREST, "yes", { { NULL } } },
    { "schema.external-directory-object-id",
      FOREST,
      "no",
      { { "lDAPDisplayName: msDS-Ext", "lDAPDisplayName: other" } } },
    { "schema.exchange", FOREST, "yes", { { NULL } } },
    { "schema.exchange", FOREST, "no", { { "cn: ms-Exch", "cn: other" } } },
    /* The class "user" does not show: what else does not show may be hidden too. */
    { "schema.exchange",
      FOREST,
      "?no-right",
      { { "cn: ms-Exch", "cn: other" }, { "lDAPDisplayName: user", "sn: x" } } },
    { "schema.gmsa-class", FOREST, "yes", { { "lDAPDisplayName: user", "sn: x" } } },
    /* The snapshot is cut off. */
    { "schema.exchange",
      FOREST,
      "?partial",
      { { "cn: ms-Exch", "cn: other" }, { "dn:\n", "result: 4 Size limit\n\ndn:\n" } } },
  };

  CHECK (cases);
  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *text = g_strconcat ("objectVersion: ", versions[i], "\n", NULL);
      const Case one[]
          = { { "schema.version", FOREST, versions[i], { { "objectVersion: 88\n", text } } } };
      CHECK (one);
    }
}

static void
test_levels (void)
{
  static const char *const levels[] = { "0", "2", "10" };
  static const char stored[] = "crossRefContainer\nmsDS-Behavior-Version: 7\n";
  const Case cases[] = {
    { "forest.functional-level", FOREST, "7", { { NULL } } },
    { "forest.functional-level",
      FOREST,
      "4",
      { { stored, "crossRefContainer\n" },
        { "forestFunctionality: 7", "forestFunctionality: 4" } } },
    { "forest.functional-level",
      FOREST,
      "0",
      { { stored, "crossRefContainer\n" }, { "forestFunctionality: 7\n", "" } } },
    { "forest.functional-level",
      FOREST,
      "?malformed",
      { { stored, "crossRefContainer\n" },
        { "forestFunctionality: 7\n", "forestFunctionality: x\n" } } },
  };

  CHECK (cases);
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autofree char *text
          = g_strconcat ("crossRefContainer\nmsDS-Behavior-Version: ", levels[i], "\n", NULL);
      const Case one[] = { { "forest.functional-level", FOREST, levels[i], { { stored, text } } } };
      CHECK (one);
    }
}

static void
test_partitions (void)
{
  static const char child[]
      = "dn: CN=EMEA,CN=Partitions," CFG "\nobjectClass: crossRef\nnETBIOSName: EMEA.X\n"
        "dnsRoot: emea.contoso.com\nnCName: DC=emea,DC=contoso,DC=com\n"
        "systemFlags: 3\n\ndn: CN=Services,";
  static const char hidden[] = "dn: CN=EMEA,CN=Partitions," CFG "\nobjectClass: crossRef\n"
                               "dnsRoot: emea.contoso.com\nnCName: DC=emea,DC=contoso,DC=com\n"
                               "systemFlags: 3\n\ndn: CN=Services,";
  const Case cases[] = {
    { "forest.domains", FOREST, "contoso.com", { { NULL } } },
    { "forest.domains",
      FOREST,
      "contoso.com | emea.contoso.com",
      { { "dn: CN=Services,", child } } },
    { "forest.domains", FOREST, "?no-right", { { "nCName: DC=contoso", "nCName: DC=elsewhere" } } },
    { "forest.upn-suffixes", FOREST, "contoso.com | contoso.net", { { NULL } } },
    { "forest.upn-suffixes", FOREST, "contoso.com", { { "uPNSuffixes: contoso.net\n", "" } } },
    { "forest.upn-suffixes",
      FOREST,
      "contoso.com",
      { { "uPNSuffixes: contoso.net", "uPNSuffixes: CONTOSO.com" } } },
    { "forest.upn-suffixes",
      FOREST,
      "?no-right",
      { { "objectClass: crossRefContainer", "objectClass: container" } } },
    { "forest.recycle-bin", FOREST, "yes", { { NULL } } },
    { "forest.recycle-bin", FOREST, "no", { { "msDS-EnabledFeature: " BIN "\n", "" } } },
    { "forest.recycle-bin",
      FOREST,
      "no",
      { { "Feature: CN=Recycle Bin", "Feature: CN=Privileged Access" } } },
    { "forest.recycle-bin",
      FOREST,
      "yes",
      { { "Feature: CN=Recycle Bin", "Feature: cn=recycle BIN" } } },
    { "forest.recycle-bin",
      FOREST,
      "?no-right",
      { { "objectClass: crossRefContainer", "objectClass: container" } } },
    { "domain.netbios-name", DOMAIN, "CONTOSO", { { NULL } } },
    { "domain.netbios-name",
      DOMAIN,
      "CON.HQ",
      { { "nETBIOSName: CONTOSO", "nETBIOSName: CON.HQ" } } },
    { "domain.netbios-name", "emea.contoso.com", "EMEA.X", { { "dn: CN=Services,", child } } },
    { "domain.netbios-name", "emea.contoso.com", "?no-right", { { "dn: CN=Services,", hidden } } },
  };

  CHECK (cases);
}

static void
test_partitions_missing (void)
{
  const Case cases[] = {
    { "forest.recycle-bin", FOREST, "?not-offered", { { "CN=Partitions,", "CN=Other," } } },
    { "forest.functional-level", FOREST, "7", { { "CN=Partitions,", "CN=Other," } } },
    { "schema.version",
      FOREST,
      "?not-offered",
      { { "dn: " SCH "\n", "dn: CN=x\n" },
        { "," SCH "\nobjectClass: c", ",CN=x\nobjectClass: c" },
        { "," SCH "\nobjectClass: a", ",CN=x\nobjectClass: a" } } },
  };

  CHECK (cases);
}

static void
test_controllers (void)
{
  static const Edit with_rodc = { "dn: CN=Services,", rodc };
  const Case cases[] = {
    { "domain.newest-controller-level", DOMAIN, "7", { { NULL } } },
    { "domain.newest-controller-level", DOMAIN, "10", { with_rodc } },
    { "domain.newest-controller-level",
      DOMAIN,
      "4",
      { { SCH "\nmsDS-Behavior-Version: 7", SCH "\nmsDS-Behavior-Version: 4" } } },
    { "domain.newest-controller-level",
      DOMAIN,
      "0",
      { { SCH "\nmsDS-Behavior-Version: 7\n", SCH "\n" } } },
    { "domain.newest-controller-level", DOMAIN, "?not-offered", { { "CN=Sites,", "CN=Other," } } },
    { "domain.writable-controllers", DOMAIN, DC, { { NULL } } },
    { "domain.writable-controllers", DOMAIN, DC, { with_rodc } },
    { "domain.writable-controllers", DOMAIN, "", { { "CN=NTDS-DSA,", "CN=NTDS-DSA-RO," } } },
    { "domain.read-only-controllers", DOMAIN, "", { { NULL } } },
    { "domain.read-only-controllers", DOMAIN, "RODC1.contoso.com", { with_rodc } },
    /* By its computer object alone */
    { "domain.read-only-controllers",
      DOMAIN,
      "RODC1.contoso.com",
      { with_rodc,
        { "CN=NTDS-DSA-RO,", "CN=NTDS-DSA," },
        { "userAccountControl: 83890176", "sn: y" } } },
    { "domain.read-only-controllers",
      DOMAIN,
      "?no-right",
      { { NTDS "\nobjectClass: nTDSDSA", NTDS "\nobjectClass: x" } } },
    { "controller.os-build", DC, "17763", { { NULL } } },
    { "controller.os-build", "RODC1.contoso.com", "9600", { with_rodc } },
    { "controller.os-build",
      DC,
      "?no-right",
      { { "operatingSystemVersion: 10.0 (17763)\n", "" } } },
    { "controller.os-build", DC, "?malformed", { { "10.0 (17763)", "4.17.12-Debian" } } },
    { "controller.os-build", DC, "?no-right", { { "primaryGroupID: 516", "sn: x" } } },
  };
  g_autoptr (GPtrArray) facts = probe_edited (PRESYNC_PROBE_CONTROLLERS, NULL, EDITS (with_rodc));

  CHECK (cases);
  /* Entra Kerberos is no machine; DC9 is of another domain. */
  for (guint i = 0; i < facts->len; i++)
    g_assert_null (strstr (presync_fact_get_subject (facts->pdata[i]), "Azure"));
  g_assert_cmpuint (facts->len, ==, 7);
}

/* All domains' controllers; those of which something does not show are not taken for all. */
static void
test_forest_controllers (void)
{
  static const char child[]
      = "dn: CN=EMEA,CN=Partitions," CFG "\nobjectClass: crossRef\nnETBIOSName: EMEA\n"
        "dnsRoot: emea.contoso.com\nnCName: DC=emea,DC=contoso,DC=com\n"
        "systemFlags: 3\n\ndn: CN=Services,";
  static const Edit with_rodc = { "dn: CN=Services,", rodc };
  static const Edit with_child = { "dn: CN=Services,", child };
  static const Edit read_only
      = { "CN=DC9,CN=Servers,CN=Default,CN=Sites," CFG "\nobjectClass: nTDSDSA\n",
          "CN=DC9,CN=Servers,CN=Default,CN=Sites," CFG
          "\nobjectClass: nTDSDSA\nobjectCategory: CN=NTDS-DSA-RO," SCH "\n" };
  const Case cases[] = {
    { "forest.domain-controllers", FOREST, DC, { { NULL } } },
    { "forest.domain-controllers", FOREST, DC " | DC9.emea.contoso.com", { with_rodc } },
    { "forest.domain-controllers",
      FOREST,
      DC " | DC9.emea.contoso.com | RODC1.contoso.com",
      { with_rodc, { "CN=NTDS-DSA-RO,", "CN=NTDS-DSA," } } },
    /* Left behind by one that was removed */
    { "forest.domain-controllers",
      FOREST,
      DC,
      { with_rodc,
        { "serverReference: CN=DC9,OU=Domain Controllers,DC=emea,DC=contoso,DC=com\n", "" } } },
    { "forest.domain-controllers",
      FOREST,
      "?no-right",
      { { NTDS "\nobjectClass: nTDSDSA", NTDS "\nobjectClass: x" } } },
    { "forest.domain-controllers", FOREST, "?not-offered", { { "CN=Sites,", "CN=Other," } } },
    { "forest.global-catalogs", FOREST, DC, { with_rodc } },
    { "forest.global-catalogs", FOREST, DC, { { "options: 1\n", "options: 5\n" } } },
    /* A forest has one. */
    { "forest.global-catalogs", FOREST, "?no-right", { { "options: 1\n", "" } } },
    { "forest.global-catalogs", FOREST, "?no-right", { { "options: 1\n", "options: 4\n" } } },
  };
  const struct
  {
    gboolean complete;
    Edit edits[3];
  } parts[] = {
    { TRUE, { { NULL } } },
    { TRUE, { with_child, with_rodc } },
    /* A domain none of whose controllers shows, no domain at all, a snapshot that is cut off */
    { FALSE, { with_child } },
    { FALSE, { with_child, with_rodc, read_only } },
    { FALSE, { { "objectClass: crossRef\nnETBIOSName", "objectClass: x\nnETBIOSName" } } },
    { FALSE, { { "dn:\n", "result: 4 Size limit\n\ndn:\n" } } },
  };

  CHECK (cases);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GPtrArray) facts = probe_edited (PRESYNC_PROBE_CONTROLLERS, NULL, parts[i].edits);
      static const char *const keys[] = { "forest.domain-controllers", "forest.global-catalogs" };

      for (guint j = 0; j < G_N_ELEMENTS (keys); j++)
        {
          PresyncFact *fact = find (facts, keys[j], FOREST);

          g_test_message ("%u: %s", i, keys[j]);
          g_assert_cmpint (presync_fact_get_unknown (fact), ==, PRESYNC_UNKNOWN_NONE);
          g_assert_cmpint (presync_origin_get_complete (presync_fact_get_origin (fact)), ==,
                           parts[i].complete);
        }
    }
}

static void
test_kds (void)
{
  static const char key[] = "objectClass: msKds-ProvRootKey\nwhenCreated: 20260102000000.0Z\n"
                            "msKds-UseStartTime: 133774425000000000\n";
  static const Edit bare = { key, "sn: x\n" };
  static const Edit two
      = { "dn: CN=SYNC01,", "dn: CN=66666666-2222-3333-4444-555555555555," KDS
                            "\nwhenCreated: 20240101000000.0Z\n\ndn: CN=SYNC01," };
  const Case cases[] = {
    { "forest.kds-root-keys", FOREST, "1", { { NULL } } },
    { "forest.kds-root-keys", FOREST, "2", { two } },
    { "forest.kds-root-key-created", FOREST, "2024-11-30T12:15:00Z", { { NULL } } },
    { "forest.kds-root-key-created", FOREST, "2024-01-01T00:00:00Z", { two } },
    /* made an hour ago, not usable yet */
    { "forest.kds-root-key-created",
      FOREST,
      "2026-11-23T10:00:00Z",
      { { key, "objectClass: x\nwhenCreated: 20261123100000.0Z\n" } } },
    /* Names only, as somebody sees them who may list but not read */
    { "forest.kds-root-keys", FOREST, "1", { bare } },
    { "forest.kds-root-key-created", FOREST, "?no-right", { bare } },
  };

  CHECK (cases);
}

static void
test_kds_none (void)
{
  static const Edit none = { "dn: CN=11111111-2222-3333-4444-555555555555," KDS, "dn: CN=x" };
  const Case cases[] = {
    /* None, seen by a Domain Admin, an Enterprise Admin, and by others */
    { "forest.kds-root-keys", FOREST, "0", { none } },
    { "forest.kds-root-key-created", FOREST, "?not-offered", { none } },
    { "forest.kds-root-keys", FOREST, "0", { none, { SID_512, SID_519 } } },
    { "forest.kds-root-keys", FOREST, "?no-right", { none, { SID_512, SID_513 } } },
    { "forest.kds-root-keys", FOREST, "?no-right", { none, { SID_512, SID_FOREIGN } } },
    { "forest.kds-root-keys", FOREST, "?no-right", { none, { SID_512, SID_BUILTIN } } },
    { "forest.kds-root-keys",
      FOREST,
      "?no-right",
      { none, { "tokenGroups:: " SID_512 "\n", "" } } },
    /* Not even the container */
    { "forest.kds-root-keys", FOREST, "0", { none, { "dn: " KDS, "dn: CN=y" } } },
    { "forest.kds-root-keys",
      FOREST,
      "?no-right",
      { none, { "dn: " KDS, "dn: CN=y" }, { "dn: CN=Services,", "dn: CN=z," } } },
    { "forest.kds-root-keys",
      FOREST,
      "?no-right",
      { none, { "dn: " KDS, "dn: CN=y" }, { SID_512, SID_513 } } },
  };

  CHECK (cases);
}

/* In a child domain an Enterprise Admin of the forest is in its Administrators too. */
static void
test_kds_child (void)
{
  static const Edit child
      = { "defaultNamingContext: DC=contoso,DC=com", "defaultNamingContext: DC=emea,DC=contoso,"
                                                     "DC=com" };
  static const Edit head = { "dn: DC=contoso,DC=com\n", "dn: DC=emea,DC=contoso,DC=com\n" };
  const struct
  {
    const char *groups;
    const char *value;
  } cases[] = {
    { SID_519, "?no-right" }, /* of the child itself: there is no such group */
    { "AQUAAAAAAAUVAAAACQAAAAIAAAADAAAABwIAAA==\ntokenGroups:: " SID_BUILTIN, "0" },
    { "AQUAAAAAAAUVAAAACQAAAAIAAAADAAAABwIAAA==", "?no-right" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case one[] = {
        { "forest.kds-root-keys",
          FOREST,
          cases[i].value,
          { { "dn: CN=11111111-2222-3333-4444-555555555555," KDS, "dn: CN=x" },
            child,
            head,
            { SID_512, cases[i].groups } } },
      };
      g_autoptr (GPtrArray) facts = NULL;
      g_autofree char *value = NULL;
      const Edit edits[]
          = { one[0].edits[0], one[0].edits[1], one[0].edits[2], one[0].edits[3], { NULL, NULL } };

      facts = probe_edited (PRESYNC_PROBE_KDS, NULL, edits);
      value = value_of (find (facts, "forest.kds-root-keys", FOREST));
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe-forest/root", test_root);
  g_test_add_func ("/probe-forest/schema", test_schema);
  g_test_add_func ("/probe-forest/levels", test_levels);
  g_test_add_func ("/probe-forest/partitions", test_partitions);
  g_test_add_func ("/probe-forest/partitions-missing", test_partitions_missing);
  g_test_add_func ("/probe-forest/controllers", test_controllers);
  g_test_add_func ("/probe-forest/forest-controllers", test_forest_controllers);
  g_test_add_func ("/probe-forest/kds", test_kds);
  g_test_add_func ("/probe-forest/kds-none", test_kds_none);
  g_test_add_func ("/probe-forest/kds-child", test_kds_child);
  return g_test_run ();
}
