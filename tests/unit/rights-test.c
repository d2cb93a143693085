/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What accounts may do: what the head of a domain grants, and what became of it */
#include "rights-kit.h"

/* The tables name what there is: facts, classes, attributes and rights. */
static void
rights_test_tables (void)
{
  static const char *const roles[] = { "connector", "gmsa" };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      guint n;
      gsize n_keys;
      const PresyncRight *rights = presync_rights (roles[i], &n);
      const PresyncAccessRight *keys = presync_access_rights (roles[i], &n_keys);

      g_assert_cmpuint (n, ==, n_keys);
      for (guint j = 0; j < n; j++)
        {
          PresyncGuid guid;
          guint k = 0;

          while (k < n_keys && strcmp (keys[k].id, rights[j].id) != 0)
            k++;
          g_assert_cmpuint (k, <, n_keys);
          g_assert_cmpuint (rights[j].parts[0].mask, !=, 0);
          g_assert_nonnull (rights[j].classes[0]);
          for (k = 0; k < PRESYNC_RIGHT_MAX_CLASSES && rights[j].classes[k] != NULL; k++)
            g_assert_true (presync_access_name_find (rights[j].classes[k], &guid));
          for (k = 0; k < PRESYNC_RIGHT_MAX_PARTS && rights[j].parts[k].mask != 0; k++)
            if (rights[j].parts[k].object != NULL)
              g_assert_true (presync_access_name_find (rights[j].parts[k].object, &guid));
        }
    }
}

/* A right on what the schema does not have is neither there nor missing. */
static void
rights_test_schema (void)
{
  static const char *const exchange[] = { "user", "publicFolder", "msDS-KeyCredentialLink", NULL };
  static const char *const hidden[] = { NULL };
  static const char *const device_only[] = { "msDS-Device", NULL };
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (GPtrArray) facts = forest_probe (&forest);
  g_autoptr (GPtrArray) granted = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (GPtrArray) gmsa = NULL;
  g_autoptr (GPtrArray) unseen = NULL;
  g_autoptr (GPtrArray) partly = NULL;

  assert_unknown (facts, "connector.public-folders", "not-offered",
                  "The schema has no “publicFolder”");
  assert_unknown (facts, "connector.public-folders-gaps", "not-offered", "publicFolder");
  assert_unknown (facts, "connector.devices", "not-offered", "msDS-Device");
  forest = forest_new ("(OA;CIIO;RP;;publicFolder;ME)", exchange);
  forest_add (&forest, "CN=Folder," BASE, "objectClass: publicFolder\n",
              kit_descriptor_of (NULL, "(A;;RP;;;OTHER)"));
  granted = forest_probe (&forest);
  assert_fact (granted, "connector.public-folders", "", TRUE);
  assert_fact (granted, "connector.public-folders-gaps",
               "CN=Folder," BASE "\tother\t1\tCN=Folder," BASE, TRUE);
  forest = forest_new ("(OA;CIIO;RP;;user;ME)", exchange);
  missing = forest_probe (&forest);
  assert_fact (missing, "connector.public-folders", "publicFolder\t\t", TRUE);
  forest = forest_new ("(OA;CIIO;WP;msDS-KeyCredentialLink;user;ME)", exchange);
  gmsa = forest_probe_as (&forest, "gmsa", NULL);
  assert_fact (gmsa, "gmsa.credential-link", "device\t\t", TRUE);
  /* A schema that shows one class, but not the one that is always there */
  forest = forest_new (GRANTS, device_only);
  partly = forest_probe (&forest);
  assert_unknown (partly, "connector.public-folders", "no-right", "lDAPDisplayName");
  forest = forest_new (GRANTS, hidden);
  unseen = forest_probe (&forest);
  assert_unknown (unseen, "connector.public-folders", "not-offered", SCH);
}

/* What cannot be looked at leaves the gaps open, unless some were found; never what the head says.
 */
static void
rights_test_doubts (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (GPtrArray) hidden = NULL;
  g_autoptr (GPtrArray) malformed = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) conditional = NULL;
  g_autoptr (GPtrArray) head = NULL;

  forest_add_user (&forest, "ann", BASE, "", NULL);
  hidden = forest_probe (&forest);
  assert_fact (hidden, "connector.anchor", "", TRUE);
  assert_unknown (hidden, "connector.anchor-gaps", "no-right", "CN=ann," BASE);
  forest = forest_new (GRANTS, usual_schema);
  forest_add_user (&forest, "ann", BASE, "nTSecurityDescriptor:: AQAE\n", NULL);
  malformed = forest_probe (&forest);
  assert_unknown (malformed, "connector.anchor-gaps", "no-right", "“CN=ann," BASE "” is malformed");
  forest = forest_new (GRANTS, usual_schema);
  forest_add_user (&forest, "ann", BASE, "", NULL);
  forest_add_user (&forest, "bob", BASE, "", "");
  both = forest_probe (&forest);
  assert_fact (both, "connector.anchor-gaps", "CN=bob," BASE "\tother\t1\tCN=bob," BASE, TRUE);
  assert_query (both, "connector.anchor-gaps", "“CN=ann," BASE "”");
  forest = forest_new (GRANTS, usual_schema);
  forest_add_user (&forest, "ann", BASE, "", "(XA;;RPWP;;;ME)");
  conditional = forest_probe (&forest);
  assert_fact (conditional, "connector.anchor", "", TRUE);
  assert_unknown (conditional, "connector.anchor-gaps", "failed", "conditional (type 9)");
  forest = forest_new (NULL, usual_schema);
  head = forest_probe (&forest);
  assert_unknown (head, "connector.anchor", "no-right", "nTSecurityDescriptor");
  assert_unknown (head, "connector.anchor-gaps", "no-right", "nTSecurityDescriptor");
}

/* The head lacks it: the objects may have it all the same. */
static void
rights_test_head (void)
{
  Forest forest = forest_new ("", usual_schema);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) some = NULL;
  g_autoptr (GPtrArray) denied = NULL;
  g_autoptr (GPtrArray) unknown = NULL;

  forest_add_user (&forest, "ann", BASE, "", ARRIVED);
  forest_add_user (&forest, "bob", BASE, "", ARRIVED);
  all = forest_probe (&forest);
  assert_fact (all, "connector.anchor", "", TRUE);
  assert_fact (all, "connector.anchor-gaps", BASE "\thead\t2\tCN=ann," BASE, TRUE);
  assert_fact (all, "connector.replicate", "domainDNS\t\t", TRUE);
  assert_fact (all, "connector.replicate-gaps", "", TRUE);
  forest = forest_new ("", usual_schema);
  forest_add_user (&forest, "ann", BASE, "", ARRIVED);
  forest_add_user (&forest, "bob", BASE, "", "");
  some = forest_probe (&forest);
  assert_fact (some, "connector.anchor", "user\t\t", TRUE);
  assert_fact (some, "connector.anchor-gaps", "", TRUE);
  forest = forest_new ("(OD;CI;RPWP;mS-DS-ConsistencyGuid;;ME)" GRANTS, usual_schema);
  forest_add_user (&forest, "bob", BASE, "", "");
  denied = forest_probe (&forest);
  assert_fact (denied, "connector.anchor", "user\t\tCONTOSO\\sync", TRUE);
  /* A hidden one among them may lack it. */
  forest = forest_new ("", usual_schema);
  forest_add_user (&forest, "ann", BASE, "", ARRIVED);
  forest_add_user (&forest, "bob", BASE, "", NULL);
  unknown = forest_probe (&forest);
  assert_unknown (unknown, "connector.anchor", "no-right", "CN=bob," BASE);
  assert_unknown (unknown, "connector.anchor-gaps", "no-right", "CN=bob," BASE);
}

static void
rights_test_domains (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (GPtrArray) facts = NULL;
  PresyncFact *child;

  forest_add (&forest, "CN=CHILD,CN=Partitions," CFG,
              "objectClass: crossRef\nnETBIOSName: CHILD\ndnsRoot: child.contoso.com\n"
              "nCName: DC=child," BASE "\nsystemFlags: 3\n",
              NULL);
  forest_add_user (&forest, "ann", BASE, "", ARRIVED);
  facts = forest_probe (&forest);
  assert_fact (facts, "connector.anchor", "", TRUE);
  child = find (facts, "connector.anchor", "child.contoso.com");
  g_assert_cmpstr (presync_fact_get_detail (child), ==,
                   "Connect to a domain controller of child.contoso.com to see its rights.");
  find (facts, "connector.anchor-gaps", "child.contoso.com");
}

/* A descriptor without a DACL was not shown; it grants nothing to everybody. */
static void
rights_test_no_dacl (void)
{
  static const char *const none[]
      = { "AQAAgAAAAAAAAAAAAAAAAAAAAAA=", "AQAEgAAAAAAAAAAAAAAAAAAAAAA=" };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autofree char *line = g_strdup_printf ("nTSecurityDescriptor:: %s\n", none[i]);
      g_autofree char *head_line = g_strconcat ("objectClass: domainDNS\n", line, NULL);
      g_autofree char *unit_line = g_strconcat ("objectClass: organizationalUnit\n", line, NULL);
      Forest forest = forest_new (NULL, usual_schema);
      g_autoptr (GPtrArray) head = NULL;
      g_autoptr (GPtrArray) user = NULL;
      g_autoptr (GPtrArray) unit = NULL;

      g_string_replace (forest.text, "objectClass: domainDNS\n", head_line, 1);
      head = forest_probe (&forest);
      assert_unknown (head, "connector.replicate", "no-right", "nTSecurityDescriptor");
      forest = forest_new (GRANTS, usual_schema);
      forest_add_user (&forest, "ann", BASE, line, NULL);
      user = forest_probe (&forest);
      assert_unknown (user, "connector.anchor-gaps", "no-right", "CN=ann," BASE);
      forest = forest_new (GRANTS, usual_schema);
      forest_add (&forest, VIP, unit_line, NULL);
      unit = forest_probe (&forest);
      assert_unknown (unit, "connector.anchor-gaps", "no-right", "“" VIP "” may hold");
    }
}

/* Who may delete an object needs no right to delete children of its parent. */
static void
rights_test_deletion (void)
{
  static const struct
  {
    const char *head;
    const char *unit;
    const char *lacks;
    const char *gaps;
  } cases[] = {
    { "(A;CI;FC;;;ME)", "(A;CIID;FC;;;ME)", "", "" },
    /* "Protect from accidental deletion": the entry of the parent, and that of the unit itself */
    { "(D;;DC;;;ME)(A;CI;FC;;;ME)", "(D;;DTSD;;;ME)(A;CIID;FC;;;ME)", "", "" },
    { "(D;;DCDT;;;ME)(A;CI;FC;;;ME)", "(D;;DC;;;ME)(A;CIID;FC;;;ME)", "", "" },
    { "(A;CI;RCWPSWCCSDDT;;;ME)", "(A;CIID;RCWPSWCCSDDT;;;ME)", "", "" },
    { "(A;CI;RCWPSWDCSDDT;;;ME)", "(A;CIID;RCWPSWDCSDDT;;;ME)",
      "organizationalUnit\tcreate user\t | domainDNS\tcreate user\t | "
      "organizationalUnit\tcreate group\t | domainDNS\tcreate group\t",
      "" },
    { "(OD;CIIO;SD;;user;ME)(D;CI;DC;;;ME)(A;CI;FC;;;ME)",
      "(OD;CIIOID;SD;;user;ME)(D;CIID;DC;;;ME)(A;CIID;FC;;;ME)",
      "user\tdelete\tCONTOSO\\sync | organizationalUnit\tdelete user\tCONTOSO\\sync | "
      "domainDNS\tdelete user\tCONTOSO\\sync",
      "" },
    { "(A;CI;FC;;;ME)", "(D;CI;SDDC;;;ME)(A;CIID;FC;;;ME)", "", VIP "\tdenied\t1\t" VIP },
    { "(A;CI;WPCCDCSDDT;;;ME)", "(A;CIID;FC;;;ME)",
      "user\tvalidated write, read permissions\t | group\tvalidated write, read permissions\t",
      "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Forest forest = forest_new (cases[i].head, usual_schema);
      g_autoptr (GPtrArray) facts = NULL;
      g_autofree char *lacks = NULL;

      g_test_message ("%s", cases[i].head);
      /* it is not to be looked at */
      g_string_replace (forest.text, "dn: CN=sync," BASE "\n",
                        "dn: CN=sync," BASE "\nisCriticalSystemObject: TRUE\n", 1);
      forest_add_unit (&forest, VIP, cases[i].unit);
      facts = forest_probe_as (&forest, "gmsa", NULL);
      lacks = value_of (find (facts, "gmsa.create-delete", DOMAIN));
      g_test_message ("%s", lacks);
      assert_fact (facts, "gmsa.create-delete", cases[i].lacks, TRUE);
      assert_fact (facts, "gmsa.create-delete-gaps", cases[i].gaps, TRUE);
    }
}

/* What is certainly missing is, whatever becomes of what cannot be judged. */
static void
rights_test_missing_and_undecided (void)
{
  Forest forest = forest_new ("(ZA;CIIO;RPWP;;user;ME)(OD;CIIO;RP;;group;ME)", usual_schema);
  g_autoptr (GPtrArray) facts = forest_probe (&forest);

  assert_fact (facts, "connector.exchange",
               "inetOrgPerson\t\t | group\t\tCONTOSO\\sync | contact\t\t", TRUE);
  assert_unknown (facts, "connector.exchange-gaps", "failed", "conditional (type 11)");
}

/* Groups are written to a unit, not to an object that happens to have that name. */
static void
rights_test_group_unit (void)
{
  static const struct
  {
    const char *class;
    gboolean good;
  } cases[] = {
    { "organizationalUnit", TRUE }, { "container", TRUE }, { "group", FALSE }, { "user", FALSE }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Forest forest = forest_new (GRANTS, usual_schema);
      g_autofree char *lines = g_strdup_printf ("objectClass: %s\n", cases[i].class);
      g_autoptr (GPtrArray) facts = NULL;

      forest_add (&forest, "CN=Place," BASE, lines, kit_descriptor_of (NULL, "(A;CI;FC;;;ME)"));
      facts = forest_probe_named (&forest, "connector", "CONTOSO\\sync", "CN=Place," BASE, NULL);
      if (cases[i].good)
        assert_fact (facts, "connector.groups", "", TRUE);
      else
        assert_unknown (facts, "connector.groups", "not-offered",
                        "“CN=Place," BASE "” is no organizational unit.");
    }
}

/* Who cannot be the account has no rights as the account. */
static void
rights_test_refused (void)
{
  static const struct
  {
    const char *role;
    const char *name;
    const char *words;
  } cases[] = {
    { "connector", "Group", "“CONTOSO\\Group” is no account: its object class is “group”." },
    { "connector", "CN=S-1-5-21-7-7-7-1105," BASE, "is an account of another forest" },
    { "gmsa", "sync", "“CONTOSO\\sync” is no group managed service account" },
    { "gmsa", "Group", "“CONTOSO\\Group” is no account: its object class is “group”." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Forest forest = forest_new (GRANTS, usual_schema);
      g_autofree char *group = forest_sid (KIT_GROUP);
      g_autofree char *key = g_strconcat (cases[i].role, ".reset-password", NULL);
      g_autofree char *lines = g_strdup_printf (
          "objectClass: group\nsAMAccountName: Group\nobjectSid:: %s\ntokenGroups:: %s\n", group,
          group);
      g_autoptr (GPtrArray) facts = NULL;

      forest_add (&forest, "CN=Group," BASE, lines, NULL);
      forest_add (&forest, "CN=S-1-5-21-7-7-7-1105," BASE,
                  "objectClass: foreignSecurityPrincipal\n", NULL);
      facts = forest_probe_named (&forest, cases[i].role, cases[i].name, NULL, NULL);
      assert_unknown (facts, key, "not-offered", cases[i].words);
    }
}

static void
rights_test_cancelled (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (PresyncDirectory) directory = forest_open (&forest);
  g_autoptr (PresyncForest) known = presync_probe_read_forest (directory, NULL, NULL);
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  PresyncProbeSubjects subjects = { NULL, accounts, NULL };

  presync_accounts_set (accounts, "gmsa", "CONTOSO\\sync");
  g_cancellable_cancel (cancellable);
  g_assert_null (presync_probe_run (PRESYNC_PROBE_RIGHTS, directory, known, &subjects, NULL, NULL,
                                    cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rights/tables", rights_test_tables);
  g_test_add_func ("/rights/schema", rights_test_schema);
  g_test_add_func ("/rights/doubts", rights_test_doubts);
  g_test_add_func ("/rights/head", rights_test_head);
  g_test_add_func ("/rights/domains", rights_test_domains);
  g_test_add_func ("/rights/no-dacl", rights_test_no_dacl);
  g_test_add_func ("/rights/deletion", rights_test_deletion);
  g_test_add_func ("/rights/missing-and-undecided", rights_test_missing_and_undecided);
  g_test_add_func ("/rights/group-unit", rights_test_group_unit);
  g_test_add_func ("/rights/refused", rights_test_refused);
  g_test_add_func ("/rights/cancelled", rights_test_cancelled);
  return g_test_run ();
}
