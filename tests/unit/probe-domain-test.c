/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes, from small snapshots, both ways: accounts, sync server and counts; and recording */
#include "probe-kit.h"

static void
test_accounts (void)
{
  static const Edit no_canary = { "dNSHostName: DC01.contoso.com", "dNSHostName: DC02" };
  const Case cases[] = {
    { "domain.agent-gmsas", DOMAIN, "pGMSA_12345678$", { { NULL } } },
    { "domain.agent-gmsas", DOMAIN, "provAgentgMSA$", { { "pGMSA_12345678$", "provAgentgMSA$" } } },
    { "domain.agent-gmsas",
      DOMAIN,
      "",
      { { "pGMSA_12345678$", "gmsaWeb$" }, { "cn: provAgentgMSA", "cn: gmsaWeb" } } },
    { "domain.agent-gmsas",
      DOMAIN,
      "?no-right",
      { { "objectClass: msDS-GroupManagedServiceAccount", "sn: x" }, no_canary } },
    { "domain.connect-accounts", DOMAIN, "MSOL_0123 — Account of SYNC09", { { NULL } } },
    { "domain.connect-accounts",
      DOMAIN,
      "MSOL_0123",
      { { "description: Account of SYNC09\n", "" } } },
    { "domain.connect-accounts",
      DOMAIN,
      "",
      { { "userAccountControl: 512", "userAccountControl: 514" } } },
    { "domain.connect-accounts",
      DOMAIN,
      "",
      { { "sAMAccountName: MSOL_", "sAMAccountName: SVC_" } } },
    { "domain.connect-accounts",
      DOMAIN,
      "?no-right",
      { { "sAMAccountName: MSOL_", "sAMAccountName: SVC_" }, no_canary } },
    { "domain.connect-accounts",
      DOMAIN,
      "?partial",
      { { "sAMAccountName: MSOL_", "sAMAccountName: SVC_" },
        { "dn:\n", "result: 11 Admin limit\n\ndn:\n" } } },
  };

  CHECK (cases);
}

#define SYNC "SYNC01.contoso.com"

static void
test_server (void)
{
  static const Edit disabled = { "userAccountControl: 4096", "userAccountControl: 4098" };
  static const Edit controller = { "userAccountControl: 4096", "userAccountControl: 532480" };
  static const Edit hidden = { "userAccountControl: 4096\n", "" };
  static const Edit no_canary = { "dNSHostName: DC01.contoso.com", "dNSHostName: DC02" };
  const Case cases[] = {
    { "server.in-directory", SYNC, "yes", { { NULL } } },
    { "server.in-directory", "sync01", "yes", { { NULL } } },
    { "server.in-directory", "SYNC09.contoso.com", "no", { { NULL } } },
    { "server.in-directory", "SYNC09", "no", { { NULL } } },
    { "server.in-directory", "SYNC09", "?no-right", { no_canary } },
    /* A gMSA may carry a host name; it is no server. */
    { "server.in-directory", "SYNC02.contoso.com", "no", { { NULL } } },
    { "server.in-directory", "SYNC01.emea.contoso.com", "?not-offered", { { NULL } } },
    { "server.in-directory", "10.0.0.5", "?not-offered", { { NULL } } },
    { "server.in-directory", "*)(cn=*", "no", { { NULL } } },
    { "server.name", SYNC, "SYNC01.contoso.com", { { NULL } } },
    { "server.name",
      "SYNC01",
      "Sync-01",
      { { "dNSHostName: SYNC01.contoso.com\n", "cn: Sync-01\n" } } },
    { "server.name", "SYNC01", "?no-right", { { "dNSHostName: SYNC01.contoso.com\n", "" } } },
    { "server.name", "SYNC09", "?not-offered", { { NULL } } },
    { "server.domain", SYNC, "contoso.com", { { NULL } } },
    { "server.domain", "SYNC09", "?not-offered", { { NULL } } },
    { "server.domain-joined", SYNC, "yes", { { NULL } } },
    { "server.domain-joined", SYNC, "no", { disabled } },
    { "server.domain-joined", SYNC, "yes", { controller } },
    { "server.domain-joined", SYNC, "?no-right", { hidden } },
    { "server.domain-joined", "SYNC09", "no", { { NULL } } },
    { "server.domain-controller", SYNC, "no", { { NULL } } },
    { "server.domain-controller", SYNC, "yes", { controller } },
    { "server.domain-controller", SYNC, "?no-right", { hidden } },
    { "server.domain-controller", DC, "yes", { { NULL } } },
    { "server.os-build", "SYNC09", "?not-offered", { { NULL } } },
  };

  CHECK (cases);
}

static void
test_server_system (void)
{
  static const char os[] = "operatingSystem: Windows Server 2022 Standard\n";
  static const char version[] = "operatingSystemVersion: 10.0 (20348)\n";
  static const char account[] = "sAMAccountName: SYNC01$\n";
  const Case cases[] = {
    { "server.os", SYNC, "Windows Server 2022 Standard", { { NULL } } },
    { "server.os", SYNC, "?no-right", { { os, "" } } },
    { "server.os-is-server", SYNC, "yes", { { NULL } } },
    { "server.os-is-server", SYNC, "no", { { os, "operatingSystem: Windows 11 Enterprise\n" } } },
    { "server.os-is-server", SYNC, "?no-right", { { os, "" } } },
    { "server.os-build", SYNC, "20348", { { NULL } } },
    { "server.os-build", SYNC, "14393", { { "10.0 (20348)", "10.0 (14393)" } } },
    { "server.os-build", SYNC, "?no-right", { { version, "" } } },
    { "server.os-build", SYNC, "?malformed", { { "10.0 (20348)", "10.0 (0)" } } },
    { "server.laps", SYNC, "no", { { NULL } } },
    { "server.laps",
      SYNC,
      "yes",
      { { account, "sAMAccountName: SYNC01$\nmsLAPS-PasswordExpirationTime: 1\n" } } },
    { "server.laps",
      SYNC,
      "yes",
      { { account, "sAMAccountName: SYNC01$\nms-Mcs-AdmPwdExpirationTime: 1\n" } } },
    { "server.laps", SYNC, "?no-right", { { "userAccountControl: 4096\n", "" } } },
  };
  g_autoptr (GPtrArray) nobody = probe_edited (PRESYNC_PROBE_SERVER, NULL, NULL);

  CHECK (cases);
  g_assert_cmpuint (nobody->len, ==, 0);
}

static void
test_counts (void)
{
  /* two computers, one gMSA (by class), two people, one group */
  const Case cases[] = {
    { "domain.objects", DOMAIN, "6", { { NULL } } },
    { "forest.objects", FOREST, "6", { { NULL } } },
    { "domain.inetorgpersons", DOMAIN, "1", { { NULL } } },
    { "domain.inetorgpersons", DOMAIN, "0", { { "objectClass: inetOrgPerson\n", "" } } },
  };
  static const Edit second
      = { "systemFlags: 1\n", "systemFlags: 3\n" }; /* as if the schema were a second domain */
  static const Edit cut = { "dn:\n", "result: 4 Size limit\n\ndn:\n" };
  g_autoptr (GPtrArray) whole = probe_edited (PRESYNC_PROBE_COUNTS, NULL, NULL);
  g_autoptr (GPtrArray) two = probe_edited (PRESYNC_PROBE_COUNTS, NULL, EDITS (second));
  g_autoptr (GPtrArray) partial = probe_edited (PRESYNC_PROBE_COUNTS, NULL, EDITS (cut));

  CHECK (cases);
#define COMPLETE(facts, key)                                                                       \
  presync_origin_get_complete (presync_fact_get_origin (find (facts, key, FOREST)))
  g_assert_true (COMPLETE (whole, "forest.objects"));
  g_assert_true (COMPLETE (whole, "domain.objects"));
  g_assert_false (COMPLETE (two, "forest.objects"));
  g_assert_true (COMPLETE (two, "domain.objects"));
  g_assert_false (COMPLETE (partial, "forest.objects"));
  g_assert_false (COMPLETE (partial, "domain.objects"));
#undef COMPLETE
}

static void
test_refused (void)
{
  static const struct
  {
    Edit edits[3];
    int code;
    const char *word;
  } cases[] = {
    { { { "1.4.800", "1.4.1851" } }, PRESYNC_ERROR_NOT_SUPPORTED, "AD LDS" },
    { { { "1.4.800", "1.1" },
        { "dn:\nobjectClass: top\n", "dn:\nobjectClass: OpenLDAProotDSE\n" } },
      PRESYNC_ERROR_NOT_SUPPORTED,
      "OpenLDAP" },
    { { { "1.4.800", "1.1" }, { "dn:\n", "dn:\nvendorName: 389 Project\n" } },
      PRESYNC_ERROR_NOT_SUPPORTED,
      "389 Project" },
    { { { "1.4.800", "1.1" } }, PRESYNC_ERROR_NOT_SUPPORTED, "domain controller" },
    { { { "dn:\n", "dn: CN=x\n" } }, PRESYNC_ERROR_NOT_SUPPORTED, "rootDSE" },
    { { { "schemaNamingContext", "sn" } }, PRESYNC_ERROR_BAD_INPUT, "naming contexts" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncDirectory) directory = open_edited (cases[i].edits);
      g_autoptr (GError) error = NULL;

      g_assert_null (presync_probe_read_forest (directory, NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].word));
      g_test_message ("%s", error->message);
    }
}

static void
test_cancelled (void)
{
  g_autoptr (PresyncDirectory) directory = open_edited (NULL);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  PresyncProbeSubjects subjects = { NULL, NULL, NULL };

  g_cancellable_cancel (cancellable);
  g_assert_null (presync_probe_run (PRESYNC_PROBE_SCHEMA, directory, forest, &subjects, NULL, NULL,
                                    cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Every key of the source "directory" belongs to just one probe, if all is named that may be. So do
 * those of the sync server that its computer object tells too, and no others. */
static void
test_keys (void)
{
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  g_autoptr (PresyncFederation) farm = presync_federation_new ();
  PresyncProbeSubjects subjects = { "SYNC01", accounts, farm };
  gsize n_fields;
  const PresyncAccountField *fields = presync_account_fields (&n_fields);
  gsize n;
  const PresyncFactKey *all = presync_fact_keys (&n);

  g_assert_true (presync_federation_set_names (farm, NULL, "adfs01", NULL));
  for (gsize i = 0; i < n_fields; i++)
    presync_accounts_set (accounts, fields[i].id, "name");
  for (gsize i = 0; i < n; i++)
    {
      gboolean ours
          = strcmp (all[i].source, "directory") == 0 || g_strcmp0 (all[i].also, "directory") == 0;
      guint owners = 0;

      for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
        {
          g_autoptr (GPtrArray) keys = presync_probe_list_keys ((PresyncProbe) probe, &subjects);
          owners += g_ptr_array_find_with_equal_func (keys, all[i].id, g_str_equal, NULL) ? 1 : 0;
        }
      g_test_message ("%s", all[i].id);
      g_assert_cmpuint (owners, ==, ours ? 1 : 0);
    }
}

static void
test_watches (void)
{
  g_autoptr (PresyncDirectory) directory = open_edited (NULL);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, NULL);
  g_autoptr (GPtrArray) watches = presync_probe_list_watches (forest);

  g_assert_cmpuint (watches->len, <=, 4);
  for (guint i = 0; i < watches->len; i++)
    {
      PresyncWatch *watch = watches->pdata[i];
      /* Never all of the domain */
      g_assert_true (watch->scope != PRESYNC_SCOPE_SUBTREE || g_str_has_suffix (watch->base, CFG));
    }
}

static void
test_affected (void)
{
  static const struct
  {
    const char *dn;
    guint probes;
  } cases[] = {
    { "cn=partitions," CFG, PRESYNC_PROBE_BIT (PRESYNC_PROBE_PARTITIONS)
                                | PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS) },
    { "CN=CONTOSO, CN=Partitions," CFG, PRESYNC_PROBE_BIT (PRESYNC_PROBE_PARTITIONS)
                                            | PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS) },
    { NTDS, PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS) },
    { "CN=Group Key Distribution Service,CN=Services," CFG, PRESYNC_PROBE_BIT (PRESYNC_PROBE_KDS) },
    { "CN=1," KDS, PRESYNC_PROBE_BIT (PRESYNC_PROBE_KDS) },
    { "CN=1\\0ADEL:2,CN=Deleted Objects," CFG, PRESYNC_PROBE_BIT (PRESYNC_PROBE_PARTITIONS)
                                                   | PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS)
                                                   | PRESYNC_PROBE_BIT (PRESYNC_PROBE_KDS) },
    { SCH, PRESYNC_PROBE_BIT (PRESYNC_PROBE_SCHEMA) },
    { "CN=x," SCH, PRESYNC_PROBE_BIT (PRESYNC_PROBE_SCHEMA) },
    { "CN=R,OU=Domain Controllers,DC=contoso,DC=com",
      PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS) },
    { "DC=contoso,DC=com", PRESYNC_PROBE_BIT (PRESYNC_PROBE_ROOT)
                               | PRESYNC_PROBE_BIT (PRESYNC_PROBE_TRACES)
                               | PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS) },
    { "CN=x,DC=contoso,DC=com", 0 },
    { "CN=x,CN=Services," CFG, 0 },
    { CFG, 0 },
    { "", 0 },
  };
  g_autoptr (PresyncDirectory) directory = open_edited (NULL);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (presync_probe_affected (forest, cases[i].dn), ==, cases[i].probes);
}

/* A snapshot of a directory gives the facts that the directory gives. */
static void
check_recorded (PresyncDirectory *directory)
{
  g_autofree char *path = NULL;
  g_autoptr (PresyncLdifDirectory) copy = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);
  PresyncProbeSubjects subjects = { SYNC, NULL, NULL };
  guint n_entries = 0;

  g_close (fd, NULL);
  presync_record_snapshot (directory, &subjects, path, &n_entries, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_entries, >, 10);
  copy = presync_ldif_directory_new (path, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    {
      g_autoptr (GPtrArray) a = probe_directory (directory, (PresyncProbe) probe, SYNC);
      g_autoptr (GPtrArray) b
          = probe_directory (PRESYNC_DIRECTORY (copy), (PresyncProbe) probe, SYNC);

      g_assert_cmpuint (a->len, ==, b->len);
      for (guint i = 0; i < a->len; i++)
        {
          PresyncFact *other = find (b, presync_fact_get_key (a->pdata[i]),
                                     presync_fact_get_subject (a->pdata[i]));
          g_autofree char *value_a = value_of (a->pdata[i]);
          g_autofree char *value_b = value_of (other);

          g_assert_cmpstr (value_a, ==, value_b);
        }
    }
}

static void
test_record (void)
{
  PresyncProbeSubjects nobody = { NULL, NULL, NULL };
  const Edit edits[][3] = {
    { { NULL } },
    { { "dn: CN=11111111-2222-3333-4444-555555555555," KDS, "dn: CN=x" } },
    { { "dn: CN=11111111-2222-3333-4444-555555555555," KDS, "dn: CN=x" },
      { "dn: " KDS, "dn: CN=y" } },
    { { "dn: CN=Services,", rodc } },
    { { "sAMAccountName: SYNC01$\n", "" } },
  };
  g_autoptr (PresyncDirectory) cut
      = open_edited (EDITS ({ "dn:\n", "result: 4 Size limit\n\ndn:\n" }));
  g_autoptr (PresyncDirectory) whole = open_edited (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autoptr (PresyncDirectory) directory = open_edited (edits[i]);
      check_recorded (directory);
    }
  g_assert_false (presync_record_snapshot (cut, &nobody, "/tmp/never.ldif", NULL, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT);
  g_assert_false (g_file_test ("/tmp/never.ldif", G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_false (
      presync_record_snapshot (whole, &nobody, "/nonexistent/x.ldif", NULL, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe-domain/accounts", test_accounts);
  g_test_add_func ("/probe-domain/server", test_server);
  g_test_add_func ("/probe-domain/server-system", test_server_system);
  g_test_add_func ("/probe-domain/counts", test_counts);
  g_test_add_func ("/probe-domain/refused", test_refused);
  g_test_add_func ("/probe-domain/cancelled", test_cancelled);
  g_test_add_func ("/probe-domain/keys", test_keys);
  g_test_add_func ("/probe-domain/watches", test_watches);
  g_test_add_func ("/probe-domain/affected", test_affected);
  g_test_add_func ("/probe-domain/record", test_record);
  return g_test_run ();
}
