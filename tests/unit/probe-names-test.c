/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The suffixes of the users' names, and the computer objects of the AD FS servers */
#include "probe-kit.h"

#define DOMAIN "contoso.com"
#define INA "sAMAccountName: ina\n"
#define MSOL "sAMAccountName: MSOL_0123\n"
#define UPN(name) "userPrincipalName: " name "\n"

static void
test_suffixes (void)
{
  const char *key = "domain.upn-suffixes-in-use";
  const Case cases[] = {
    /* Nobody shows one: there may be none, or they may be hidden. */
    { key, DOMAIN, "?no-right", { { NULL } } },
    { key, DOMAIN, "contoso.com", { { INA, INA UPN ("ina@contoso.com") } } },
    { key,
      DOMAIN,
      "contoso.com | fabrikam.com",
      { { INA, INA UPN ("ina@Fabrikam.COM") }, { MSOL, MSOL UPN ("a@b@CONTOSO.com") } } },
    { key,
      DOMAIN,
      "contoso.com",
      { { INA, INA UPN ("ina@contoso.com") }, { MSOL, MSOL UPN ("x@CONTOSO.com") } } },
    /* What Linux writes when it joins, and what is no UPN */
    { key,
      DOMAIN,
      "contoso.com",
      { { INA, INA UPN ("ina@contoso.com") }, { MSOL, MSOL UPN ("host/pc@LINUX.EXAMPLE") } } },
    { key,
      DOMAIN,
      "contoso.com",
      { { INA, INA UPN ("ina@contoso.com") }, { MSOL, MSOL UPN ("nobody@") } } },
    { key,
      DOMAIN,
      "contoso.com",
      { { INA, INA UPN ("ina@contoso.com") }, { MSOL, MSOL UPN ("nobody") } } },
    { key,
      DOMAIN,
      "contoso.com",
      { { INA, INA UPN ("ina@contoso.com") }, { MSOL, MSOL "userPrincipalName:: QP//\n" } } },
    { key, DOMAIN, "müller.example", { { INA, INA UPN ("ina@MÜLLER.example") } } },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* A snapshot of an earlier time has the names of some, so it tells nothing. */
static void
test_old_snapshot (void)
{
  static const Edit old[]
      = { { "dn:\nobjectClass: top\n", "# presync snapshot\ndn:\nobjectClass: top\n" },
          { INA, INA UPN ("ina@contoso.com") },
          { "CN=Group," SCH "\n\n",
            "CN=Group," SCH "\n\n# presync: end of snapshot, 21 entries\n" },
          { NULL, NULL } };
  g_autoptr (PresyncDirectory) directory = open_edited (old);
  g_autoptr (GPtrArray) facts = probe_directory (directory, PRESYNC_PROBE_COUNTS, NULL);
  PresyncFact *fact = find (facts, "domain.upn-suffixes-in-use", DOMAIN);

  g_assert_true (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NOT_OFFERED);
  g_assert_nonnull (strstr (presync_fact_get_detail (fact), "record it again"));
}

/* More suffixes than are kept, and a read that ended early: there may be more. */
static void
test_too_many (void)
{
  g_autoptr (GString) people = g_string_new (MSOL);
  g_autoptr (PresyncDirectory) directory = NULL;
  g_autoptr (PresyncDirectory) cut = NULL;
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) partial = NULL;
  PresyncFact *fact;

  for (guint i = 0; i < 1003; i++)
    g_string_append_printf (
        people, "\ndn: CN=P%u,DC=contoso,DC=com\n" PERSON "userPrincipalName: p@s%u.example\n", i,
        i);
  directory = open_edited (EDITS ({ MSOL, people->str }));
  facts = probe_directory (directory, PRESYNC_PROBE_COUNTS, NULL);
  fact = find (facts, "domain.upn-suffixes-in-use", DOMAIN);
  g_assert_cmpuint (g_strv_length ((char **) presync_fact_get_list (fact)), ==, 1000);
  g_assert_false (presync_origin_get_complete (presync_fact_get_origin (fact)));
  g_assert_true (presync_origin_get_complete (
      presync_fact_get_origin (find (facts, "domain.objects", DOMAIN))));

  cut = open_edited (
      EDITS ({ INA, INA UPN ("ina@contoso.com") }, { "dn:\n", "result: 4 Size limit\n\ndn:\n" }));
  partial = probe_directory (cut, PRESYNC_PROBE_COUNTS, NULL);
  fact = find (partial, "domain.upn-suffixes-in-use", DOMAIN);
  g_assert_false (presync_origin_get_complete (presync_fact_get_origin (fact)));
}

/* (transfer full): facts of the AD FS @servers */
static GPtrArray *
probe_farm (PresyncDirectory *directory, const char *servers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, &error);
  g_autoptr (PresyncFederation) farm = presync_federation_new ();
  PresyncProbeSubjects subjects = { NULL, NULL, farm };
  GPtrArray *facts;

  g_assert_no_error (error);
  g_assert_true (presync_federation_set_names (farm, "sts.contoso.com", servers, &error));
  g_assert_no_error (error);
  facts = presync_probe_run (PRESYNC_PROBE_FEDERATION, directory, forest, &subjects, NULL, NULL,
                             NULL, &error);
  g_assert_no_error (error);
  return facts;
}

#define ADFS                                                                                       \
  "dn: CN=ADFS01,DC=contoso,DC=com\n" COMPUTER "dNSHostName: ADFS01.contoso.com\n"                 \
  "sAMAccountName: ADFS01$\nuserAccountControl: 4096\n"

static void
test_federation (void)
{
  static const struct
  {
    const char *server;
    const char *in_directory;
    const char *build;
    Edit edits[3];
  } cases[] = {
    { "sync01", "yes", "20348", { { NULL } } },
    { "SYNC01.contoso.com", "yes", "20348", { { NULL } } },
    { "adfs01", "no", "?not-offered", { { NULL } } },
    { "adfs01.contoso.com", "no", "?not-offered", { { NULL } } },
    { "adfs01.emea.contoso.com", "?not-offered", "?not-offered", { { NULL } } },
    { "adfs01", "yes", "?no-right", { { "dn: CN=Staff,", ADFS "\ndn: CN=Staff," } } },
    { "adfs01",
      "yes",
      "?malformed",
      { { "dn: CN=Staff,", ADFS "operatingSystemVersion: 10\n\ndn: CN=Staff," } } },
    { "adfs01",
      "yes",
      "14393",
      { { "dn: CN=Staff,", ADFS "operatingSystemVersion: 10.0 (14393)\n\ndn: CN=Staff," } } },
    /* Not even the controller shows itself */
    { "adfs01",
      "?no-right",
      "?no-right",
      { { "dNSHostName: DC01.contoso.com\nsAMAccountName: DC01$", "sAMAccountName: DC01$" } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncDirectory) directory = open_edited (cases[i].edits);
      g_autoptr (GPtrArray) facts = probe_farm (directory, cases[i].server);
      g_autofree char *in_directory = value_of (find (facts, "adfs.in-directory", cases[i].server));
      g_autofree char *build = value_of (find (facts, "adfs.os-build", cases[i].server));

      g_test_message ("case %u: %s", i, cases[i].server);
      g_assert_cmpuint (facts->len, ==, 2);
      g_assert_cmpstr (in_directory, ==, cases[i].in_directory);
      g_assert_cmpstr (build, ==, cases[i].build);
    }
}

/* Several at once; and none if none is named */
static void
test_farm (void)
{
  g_autoptr (PresyncDirectory) directory = open_edited (NULL);
  g_autoptr (GPtrArray) facts = probe_farm (directory, "sync01, adfs02");
  g_autoptr (GPtrArray) nobody = probe_farm (directory, NULL);
  PresyncProbeSubjects nothing = { NULL, NULL, NULL };

  g_assert_cmpuint (facts->len, ==, 4);
  g_assert_cmpuint (nobody->len, ==, 0);
  g_assert_true (presync_probe_list_idle (&nothing) & PRESYNC_PROBE_BIT (PRESYNC_PROBE_FEDERATION));
}

/* As many as may be named: none is left out. */
static void
test_farm_large (void)
{
  g_autoptr (PresyncDirectory) directory = open_edited (NULL);
  g_autoptr (GString) servers = g_string_new ("sync01");
  g_autoptr (GPtrArray) facts = NULL;
  PresyncFact *fact;

  for (guint i = 1; i < 100; i++)
    g_string_append_printf (servers, " adfs%u", i);
  facts = probe_farm (directory, servers->str);
  g_assert_cmpuint (facts->len, ==, 2 * 100);
  fact = find (facts, "adfs.in-directory", "adfs99");
  g_assert_false (presync_fact_get_boolean (fact));
  g_assert_cmpstr (presync_fact_get_detail (fact), ==,
                   "The domain contoso.com has no computer object for “adfs99”.");
}

/* Of a snapshot that was recorded without the name nothing can be said. */
static void
test_farm_recorded (void)
{
  g_autoptr (PresyncDirectory) directory = open_edited (NULL);
  g_autoptr (PresyncFederation) farm = presync_federation_new ();
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncLdifDirectory) copy = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GPtrArray) unknown = NULL;
  g_autofree char *value = NULL;
  g_autofree char *other = NULL;
  PresyncProbeSubjects subjects = { NULL, NULL, farm };
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);

  g_close (fd, NULL);
  g_assert_true (presync_federation_set_names (farm, NULL, "sync01 adfs09", NULL));
  presync_record_snapshot (directory, &subjects, path, NULL, NULL, &error);
  g_assert_no_error (error);
  copy = presync_ldif_directory_new (path, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  known = probe_farm (PRESYNC_DIRECTORY (copy), "sync01 adfs09");
  unknown = probe_farm (PRESYNC_DIRECTORY (copy), "adfs10");
  value = value_of (find (known, "adfs.in-directory", "adfs09"));
  other = value_of (find (unknown, "adfs.in-directory", "adfs10"));
  g_assert_cmpstr (value, ==, "no");
  g_assert_cmpstr (other, ==, "?not-offered");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe-names/suffixes", test_suffixes);
  g_test_add_func ("/probe-names/old-snapshot", test_old_snapshot);
  g_test_add_func ("/probe-names/too-many", test_too_many);
  g_test_add_func ("/probe-names/federation", test_federation);
  g_test_add_func ("/probe-names/farm", test_farm);
  g_test_add_func ("/probe-names/farm-large", test_farm_large);
  g_test_add_func ("/probe-names/farm-recorded", test_farm_recorded);
  return g_test_run ();
}
