/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "descriptor-kit.h"
#include "probe-kit.h"

#include "facts/access-text.h"
#include "sources/directory/bounds.h"
#include "sources/directory/right-scan.h"

#define BASE "DC=contoso,DC=com"
#define STAFF "OU=Staff," BASE
#define VIP "OU=VIP," BASE
/* All that the connector account needs of users */
#define GRANTS                                                                                     \
  "(OA;CIIO;RPWP;mS-DS-ConsistencyGuid;user;ME)(OA;CIIO;CR;User-Force-Change-Password;user;ME)"
#define ARRIVED "(OA;ID;RPWP;mS-DS-ConsistencyGuid;;ME)(OA;ID;CR;User-Force-Change-Password;;ME)"

/* A small domain as LDIF, object by object */
typedef struct
{
  GString *text;
} Forest;

static void
forest_add (Forest *forest, const char *dn, const char *lines, GByteArray *sd)
{
  g_string_append_printf (forest->text, "dn: %s\n%s", dn, lines);
  if (sd != NULL)
    {
      g_autofree char *base64 = g_base64_encode (sd->data, sd->len);
      g_string_append_printf (forest->text, "nTSecurityDescriptor:: %s\n", base64);
      g_byte_array_unref (sd);
    }
  g_string_append_c (forest->text, '\n');
}

static char *
forest_sid (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  kit_put_sid (bytes, text);
  return g_base64_encode (bytes->data, bytes->len);
}

/* @head: entries of the domain's head; @schema: names of its classes and attributes */
static Forest
forest_new (const char *head, const char *const *schema)
{
  Forest forest = { g_string_new (NULL) };
  g_autofree char *me = forest_sid (KIT_ME);
  g_autofree char *domain = forest_sid (KIT_DOMAIN);
  g_autofree char *domain_lines
      = g_strdup_printf ("objectClass: domainDNS\nobjectSid:: %s\n", domain);
  g_autofree char *me_lines = g_strdup_printf (PERSON "sAMAccountName: sync\nobjectSid:: %s\n"
                                                      "tokenGroups:: %s\n",
                                               me, me);

  forest_add (&forest, "",
              "objectClass: top\nsupportedCapabilities: 1.2.840.113556.1.4.800\n"
              "supportedCapabilities: 1.2.840.113556.1.4.1670\n"
              "defaultNamingContext: " BASE "\nrootDomainNamingContext: " BASE "\n"
              "configurationNamingContext: " CFG "\nschemaNamingContext: " SCH "\n"
              "dnsHostName: DC01.contoso.com\ndsServiceName: " NTDS "\n",
              NULL);
  forest_add (&forest, BASE, domain_lines, head == NULL ? NULL : kit_descriptor_of (NULL, head));
  forest_add (&forest, "CN=Partitions," CFG, "objectClass: crossRefContainer\n", NULL);
  forest_add (&forest, "CN=CONTOSO,CN=Partitions," CFG,
              "objectClass: crossRef\nnETBIOSName: CONTOSO\ndnsRoot: contoso.com\n"
              "nCName: " BASE "\nsystemFlags: 3\n",
              NULL);
  for (; *schema != NULL; schema++)
    {
      g_autofree char *dn = g_strdup_printf ("CN=%s," SCH, *schema);
      g_autofree char *lines = g_strdup_printf ("objectClass: top\nlDAPDisplayName: %s\n", *schema);
      forest_add (&forest, dn, lines, NULL);
    }
  forest_add (&forest, "CN=sync," BASE, me_lines, NULL);
  return forest;
}

static const char *const usual_schema[] = { "user", NULL };

static void
forest_add_unit (Forest *forest, const char *dn, const char *entries)
{
  forest_add (forest, dn, "objectClass: organizationalUnit\n", kit_descriptor_of (NULL, entries));
}

/* @entries: (nullable): no descriptor */
static void
forest_add_user (Forest *forest, const char *name, const char *parent, const char *lines,
                 const char *entries)
{
  g_autofree char *dn = g_strdup_printf ("CN=%s,%s", name, parent);
  g_autofree char *all = g_strconcat (PERSON, lines, NULL);

  forest_add (forest, dn, all, entries == NULL ? NULL : kit_descriptor_of (NULL, entries));
}

static PresyncDirectory *
forest_open (Forest *forest)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  PresyncLdifDirectory *directory;
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, forest->text->str, (gssize) forest->text->len, NULL));
  g_string_free (g_steal_pointer (&forest->text), TRUE);
  directory = presync_ldif_directory_new (path, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return PRESYNC_DIRECTORY (directory);
}

static void
count_cb (guint done, gpointer user_data)
{
  guint *last = user_data;

  g_assert_cmpuint (done, >=, *last);
  *last = done;
}

static GPtrArray *
forest_probe_as (Forest *forest, const char *role, guint *progress)
{
  g_autoptr (PresyncDirectory) directory = forest_open (forest);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncForest) known = presync_probe_read_forest (directory, NULL, &error);
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  PresyncProbeSubjects subjects = { NULL, accounts };
  g_autoptr (GPtrArray) keys = NULL;
  GPtrArray *facts;

  g_assert_no_error (error);
  presync_accounts_set (accounts, role, "CONTOSO\\sync");
  facts = presync_probe_run (PRESYNC_PROBE_RIGHTS, directory, known, &subjects,
                             progress == NULL ? NULL : count_cb, progress, NULL, &error);
  g_assert_no_error (error);
  keys = presync_probe_list_keys (PRESYNC_PROBE_RIGHTS, &subjects);
  for (guint i = 0; i < keys->len; i++)
    find (facts, g_ptr_array_index (keys, i), DOMAIN);
  return facts;
}

static GPtrArray *
forest_probe (Forest *forest)
{
  return forest_probe_as (forest, "connector", NULL);
}

static void
assert_fact (GPtrArray *facts, const char *key, const char *value, gboolean complete)
{
  PresyncFact *fact = find (facts, key, DOMAIN);
  g_autofree char *found = value_of (fact);

  g_assert_cmpstr (found, ==, value);
  g_assert_cmpint (presync_origin_get_complete (presync_fact_get_origin (fact)), ==, complete);
}

static void
assert_unknown (GPtrArray *facts, const char *key, const char *nick, const char *words)
{
  PresyncFact *fact = find (facts, key, DOMAIN);

  g_assert_cmpstr (presync_unknown_nick (presync_fact_get_unknown (fact)), ==, nick);
  if (strstr (presync_fact_get_detail (fact), words) == NULL)
    g_error ("%s: “%s” does not say “%s”", key, presync_fact_get_detail (fact), words);
}

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

static void
rights_test_gaps (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (GPtrArray) facts = NULL;
  guint progress = 0;

  forest_add_unit (&forest, STAFF, GRANTS);
  forest_add (&forest, VIP, "objectClass: organizationalUnit\n",
              kit_descriptor (NULL, PRESYNC_CONTROL_DACL_PROTECTED, NULL, 0));
  forest_add_unit (&forest, "OU=Deep," VIP, "");
  forest_add_unit (&forest, "OU=Denied," STAFF, "(OD;CI;CR;User-Force-Change-Password;;ME)" GRANTS);
  forest_add_user (&forest, "ann", STAFF, "", ARRIVED);
  forest_add_user (&forest, "vera", "OU=Deep," VIP, "", "");
  forest_add_user (&forest, "vito", VIP, "adminCount: 1\n", "");
  forest_add_user (&forest, "dora", "OU=Denied," STAFF, "",
                   "(OD;CIID;CR;User-Force-Change-Password;;ME)" ARRIVED);
  forest_add_user (&forest, "otto", STAFF, "", "");
  facts = forest_probe_as (&forest, "connector", &progress);
  assert_fact (facts, "connector.anchor", "", TRUE);
  assert_fact (facts, "connector.anchor-gaps",
               VIP "\tinheritance-off\t2\tCN=vera,OU=Deep," VIP " | " STAFF
                   "\tother\t1\tCN=otto," STAFF,
               TRUE);
  assert_fact (facts, "connector.reset-password-gaps",
               VIP "\tinheritance-off\t2\tCN=vera,OU=Deep," VIP " | "
                   "OU=Denied," STAFF "\tdenied\t1\tCN=dora,OU=Denied," STAFF " | " STAFF
                   "\tother\t1\tCN=otto," STAFF,
               TRUE);
}

/* A unit without inheritance that has got all of it on its own breaks nothing; and an object counts
 * once, whatever it lacks of a right. */
static void
rights_test_causes (void)
{
  static const KitAce copied = { 5,
                                 0xa,
                                 PRESYNC_RIGHT_READ_PROPERTY | PRESYNC_RIGHT_WRITE_PROPERTY,
                                 KIT_ME,
                                 "mS-DS-ConsistencyGuid",
                                 "user" };
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) gmsa = NULL;

  forest_add (&forest, VIP, "objectClass: organizationalUnit\n",
              kit_descriptor (NULL, PRESYNC_CONTROL_DACL_PROTECTED, &copied, 1));
  forest_add_user (&forest, "vera", VIP, "", "");
  facts = forest_probe (&forest);
  assert_fact (facts, "connector.anchor-gaps", VIP "\tother\t1\tCN=vera," VIP, TRUE);
  assert_fact (facts, "connector.reset-password-gaps", VIP "\tinheritance-off\t1\tCN=vera," VIP,
               TRUE);
  forest = forest_new ("(A;CI;FC;;;ME)", usual_schema);
  forest_add (&forest, VIP, "objectClass: organizationalUnit\n",
              kit_descriptor (NULL, PRESYNC_CONTROL_DACL_PROTECTED, NULL, 0));
  gmsa = forest_probe_as (&forest, "gmsa", NULL);
  assert_fact (gmsa, "gmsa.create-delete", "", TRUE);
  assert_fact (gmsa, "gmsa.create-delete-gaps", VIP "\tinheritance-off\t1\t" VIP, TRUE);
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
  assert_fact (both, "connector.anchor-gaps", "CN=bob," BASE "\tother\t1\tCN=bob," BASE, FALSE);
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
  assert_fact (unknown, "connector.anchor", "", FALSE);
}

/* What is not synchronized cannot lack anything. */
static void
rights_test_left_out (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autofree char *guest = forest_sid (KIT_DOMAIN "-501");
  g_autofree char *sid = g_strdup_printf ("objectSid:: %s\n", guest);
  g_autoptr (GPtrArray) facts = NULL;

  forest_add_user (&forest, "Guest", BASE, sid, "");
  forest_add_user (&forest, "krbtgt", BASE, "isCriticalSystemObject: TRUE\n", "");
  forest_add_user (&forest, "krbtgt_7", BASE, "sAMAccountName: krbtgt_7\n", "");
  forest_add_user (&forest, "old", BASE, "sAMAccountName: MSOL_0123\n", "");
  forest_add_user (&forest, "older", BASE, "sAMAccountName: AAD_0123\n", "");
  forest_add_user (&forest, "twin\\0ACNF:1", BASE, "", "");
  forest_add_user (&forest, "service", BASE, "objectClass: msDS-GroupManagedServiceAccount\n", "");
  forest_add_user (&forest, "computer", BASE, "objectClass: computer\n", "");
  forest_add_user (&forest, "ina", BASE, "objectClass: inetOrgPerson\n", "");
  forest_add_user (&forest, "ann", BASE, "", ARRIVED);
  facts = forest_probe (&forest);
  assert_fact (facts, "connector.anchor-gaps", "", TRUE);
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

/* More places than are named: the biggest first, the rest counted. */
static void
rights_test_many_places (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (GPtrArray) facts = NULL;
  PresyncFact *fact;
  const char *const *list;

  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *unit = g_strdup_printf ("OU=U%03u," BASE, i);
      forest_add (&forest, unit, "objectClass: organizationalUnit\n",
                  kit_descriptor (NULL, PRESYNC_CONTROL_DACL_PROTECTED, NULL, 0));
      forest_add_user (&forest, "a", unit, "", "");
      if (i == 249)
        forest_add_user (&forest, "b", unit, "", "");
    }
  facts = forest_probe (&forest);
  fact = find (facts, "connector.anchor-gaps", DOMAIN);
  list = presync_fact_get_list (fact);
  g_assert_cmpuint (g_strv_length ((char **) list), ==, PRESYNC_BOUND_RIGHT_PLACES);
  g_assert_cmpstr (list[0], ==, "OU=U249," BASE "\tinheritance-off\t2\tCN=a,OU=U249," BASE);
  g_assert_cmpstr (list[1], ==, "OU=U000," BASE "\tinheritance-off\t1\tCN=a,OU=U000," BASE);
  g_assert_nonnull (strstr (presync_origin_get_query (presync_fact_get_origin (fact)),
                            "200 of 250 places are named"));
  g_assert_true (presync_origin_get_complete (presync_fact_get_origin (fact)));
}

/* More objects than are read: one person of each unit that the read did not come to. */
static void
rights_test_sample (void)
{
  for (guint n_units = 1; n_units <= PRESYNC_BOUND_RIGHT_SAMPLES + 1;
       n_units += PRESYNC_BOUND_RIGHT_SAMPLES)
    {
      Forest forest = forest_new (GRANTS, usual_schema);
      gboolean all = n_units == 1;
      guint progress = 0;
      g_autoptr (GPtrArray) facts = NULL;
      PresyncFact *fact;

      forest_add_unit (&forest, STAFF, GRANTS);
      for (guint i = 0; i <= PRESYNC_BOUND_RIGHT_OBJECTS; i++)
        {
          g_autofree char *name = g_strdup_printf ("u%u", i);
          forest_add_user (&forest, name, STAFF, "", ARRIVED);
        }
      for (guint i = 0; i < n_units; i++)
        {
          g_autofree char *unit = g_strdup_printf ("OU=Far%u," BASE, i);
          forest_add (&forest, unit, "objectClass: organizationalUnit\n",
                      kit_descriptor (NULL, PRESYNC_CONTROL_DACL_PROTECTED, NULL, 0));
          if (i > 0)
            continue;
          forest_add_user (&forest, "old", unit, "isCriticalSystemObject: TRUE\n", "");
          forest_add_user (&forest, "a", unit, "", "");
          forest_add_user (&forest, "b", unit, "", "");
        }
      facts = forest_probe_as (&forest, "connector", &progress);
      assert_fact (facts, "connector.anchor", "", TRUE);
      assert_fact (facts, "connector.anchor-gaps",
                   "OU=Far0," BASE "\tinheritance-off\t1\tCN=a,OU=Far0," BASE, all);
      fact = find (facts, "connector.anchor-gaps", DOMAIN);
      g_assert_nonnull (
          strstr (presync_origin_get_query (presync_fact_get_origin (fact)), " objects and "));
      g_assert_cmpuint (progress, >=, PRESYNC_BOUND_RIGHT_OBJECTS);
    }
}

/* Each different descriptor is judged once, whatever the number of objects. */
static void
rights_test_descriptors (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (PresyncDirectory) directory = NULL;
  g_autoptr (PresyncForest) known = NULL;
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) questions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_right_question_free);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (PresyncToken) token = kit_token ((const char *const[]){ KIT_ME, NULL });
  g_autoptr (PresyncRightScan) scan = NULL;
  g_autoptr (GError) error = NULL;
  PresyncProbeRun run = { 0 };
  PresyncRightRoots roots = { 0 };
  guint n;
  const PresyncRight *rights = presync_rights ("connector", &n);

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("u%u", i);
      g_autofree char *entries
          = g_strdup_printf ("(OA;ID;RP;00000000-0000-0000-0000-%012x;;OTHER)" ARRIVED, i % 300);
      forest_add_user (&forest, name, BASE, "", entries);
    }
  directory = forest_open (&forest);
  known = presync_probe_read_forest (directory, NULL, &error);
  g_assert_no_error (error);
  run.directory = directory;
  run.forest = known;
  run.facts = facts;
  roots.head = presync_right_root_read (&run, BASE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    if (rights[i].place == PRESYNC_PLACE_DESCENDANTS)
      g_assert_null (presync_right_questions_add (questions, &rights[i], i, token, &roots));
  scan = presync_right_scan (&run, questions, n, nobody, &error);
  g_assert_no_error (error);
  /* and those without: CN=sync */
  g_assert_cmpuint (scan->n_objects, ==, 10001);
  g_assert_cmpuint (scan->n_descriptors, ==, 300);
  presync_right_roots_clear (&roots);
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
  PresyncProbeSubjects subjects = { NULL, accounts };

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
  g_test_add_func ("/rights/gaps", rights_test_gaps);
  g_test_add_func ("/rights/causes", rights_test_causes);
  g_test_add_func ("/rights/doubts", rights_test_doubts);
  g_test_add_func ("/rights/head", rights_test_head);
  g_test_add_func ("/rights/left-out", rights_test_left_out);
  g_test_add_func ("/rights/domains", rights_test_domains);
  g_test_add_func ("/rights/many-places", rights_test_many_places);
  g_test_add_func ("/rights/sample", rights_test_sample);
  g_test_add_func ("/rights/descriptors", rights_test_descriptors);
  g_test_add_func ("/rights/cancelled", rights_test_cancelled);
  return g_test_run ();
}
