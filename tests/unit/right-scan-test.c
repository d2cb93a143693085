/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What accounts may do: the objects below the head of a domain */
#include "rights-kit.h"

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

/* A domain where inheritance is off everywhere must not fill the memory. */
static void
rights_test_places_held (void)
{
  PresyncRightGaps *gaps = presync_right_gaps_new ();

  for (guint i = 0; i < PRESYNC_BOUND_RIGHT_PLACES_HELD + 5; i++)
    {
      g_autofree char *place = g_strdup_printf ("CN=u%u," BASE, i);
      g_auto (GStrv) list = NULL;

      presync_right_gaps_add (gaps, place, PRESYNC_GAP_INHERITANCE_OFF, 1, place);
      if (i < PRESYNC_BOUND_RIGHT_PLACES_HELD + 4)
        continue;
      presync_right_gaps_add (gaps, "CN=u7," BASE, PRESYNC_GAP_INHERITANCE_OFF, 1, place);
      list = presync_right_gaps_list (gaps, G_MAXUINT);
      g_assert_cmpuint (g_strv_length (list), ==, PRESYNC_BOUND_RIGHT_PLACES_HELD);
      g_assert_cmpstr (list[0], ==, "CN=u7," BASE "\tinheritance-off\t2\tCN=u7," BASE);
      g_assert_cmpuint (presync_right_gaps_get_size (gaps), ==, i + 1);
    }
  presync_right_gaps_free (gaps);
}

/* More objects than are read: one person of each unit that the read did not come to. It finds gaps;
 * that there are none, it does not tell. */
static void
rights_test_sample (void)
{
  for (guint n_units = 1; n_units <= PRESYNC_BOUND_RIGHT_SAMPLES + 1;
       n_units += PRESYNC_BOUND_RIGHT_SAMPLES)
    {
      Forest forest = forest_new (GRANTS, usual_schema);
      const char *further
          = n_units == 1 ? "one person of each further unit." : "one person of some further units.";
      guint progress = 0;
      g_autoptr (GPtrArray) facts = NULL;

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
          forest_add_user (&forest, "a", unit, "", RESET_ARRIVED);
          forest_add_user (&forest, "b", unit, "", "");
        }
      facts = forest_probe_as (&forest, "connector", &progress);
      assert_fact (facts, "connector.anchor", "", TRUE);
      assert_fact (facts, "connector.anchor-gaps",
                   "OU=Far0," BASE "\tinheritance-off\t1\tCN=a,OU=Far0," BASE, TRUE);
      assert_query (facts, "connector.anchor-gaps", " objects and ");
      assert_query (facts, "connector.anchor-gaps", further);
      assert_fact (facts, "connector.reset-password", "", TRUE);
      assert_unknown (facts, "connector.reset-password-gaps", "partial", further);
      g_assert_cmpuint (progress, >=, PRESYNC_BOUND_RIGHT_OBJECTS);
    }
}

#define LIST "(A;;LC;;;ME)"

/* Units that whoever signed in cannot look into may hold what lacks a right. */
static void
rights_test_closed (void)
{
  Forest forest;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) closed = NULL;
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) rescued = NULL;
  g_autoptr (GPtrArray) root = NULL;
  g_autoptr (GPtrArray) not_told = NULL;

  for (guint i = 0; i < 2; i++)
    {
      forest = forest_new (LIST GRANTS, usual_schema);
      forest_sign_in (&forest, KIT_ME);
      forest_add_unit (&forest, STAFF, LIST);
      forest_add_unit (&forest, VIP, i == 0 ? LIST : "(A;;RPRC;;;ME)");
      forest_add_user (&forest, "ann", STAFF, "", ARRIVED);
      *(i == 0 ? &open : &closed) = forest_probe (&forest);
    }
  assert_fact (open, "connector.anchor-gaps", "", TRUE);
  assert_fact (closed, "connector.anchor", "", TRUE);
  assert_unknown (closed, "connector.anchor-gaps", "no-right",
                  "“" VIP "” may hold objects that are not shown to whoever signed in.");
  forest = forest_new (LIST GRANTS, usual_schema);
  forest_sign_in (&forest, KIT_ME);
  forest_add_unit (&forest, VIP, "");
  forest_add_user (&forest, "bob", BASE, "", "");
  both = forest_probe (&forest);
  assert_fact (both, "connector.anchor-gaps", "CN=bob," BASE "\tother\t1\tCN=bob," BASE, TRUE);
  assert_query (both, "connector.anchor-gaps", "“" VIP "” may hold");
  /* The head lacks it, and all that are shown have it. */
  forest = forest_new (LIST, usual_schema);
  forest_sign_in (&forest, KIT_ME);
  forest_add_unit (&forest, VIP, "");
  forest_add_user (&forest, "ann", BASE, "", ARRIVED);
  rescued = forest_probe (&forest);
  assert_unknown (rescued, "connector.anchor", "no-right", "“" VIP "” may hold");
  assert_unknown (rescued, "connector.anchor-gaps", "no-right", "“" VIP "” may hold");
  forest = forest_new (GRANTS, usual_schema);
  forest_sign_in (&forest, KIT_ME);
  root = forest_probe (&forest);
  assert_unknown (root, "connector.anchor-gaps", "no-right", "“" BASE "” may hold");
  forest = forest_new (GRANTS, usual_schema);
  forest_add_unit (&forest, VIP, "");
  not_told = forest_probe (&forest);
  assert_fact (not_told, "connector.anchor-gaps", "", TRUE);
}

/* Of what is hidden but for its name a server tells no class. */
static void
rights_test_nameless (void)
{
  Forest forest = forest_new (GRANTS, usual_schema);
  g_autoptr (GPtrArray) hidden = NULL;
  g_autoptr (GPtrArray) system = NULL;
  g_autoptr (GPtrArray) descriptor = NULL;

  forest_add (&forest, "OU=Board," BASE, "name: Board\n", NULL);
  hidden = forest_probe (&forest);
  assert_fact (hidden, "connector.anchor", "", TRUE);
  assert_unknown (hidden, "connector.anchor-gaps", "no-right", "“OU=Board," BASE "” may hold");
  forest = forest_new (GRANTS, usual_schema);
  forest_add (&forest, "CN=NTDS Quotas," BASE, "name: Quotas\n", NULL);
  forest_add (&forest, "CN=Keys,CN=System," BASE, "name: Keys\n", NULL);
  forest_add (&forest, "CN=Other," CFG, "name: Other\n", NULL);
  system = forest_probe (&forest);
  assert_fact (system, "connector.anchor-gaps", "", TRUE);
  forest = forest_new (GRANTS, usual_schema);
  forest_add (&forest, VIP, "objectClass: organizationalUnit\n", NULL);
  descriptor = forest_probe (&forest);
  assert_unknown (descriptor, "connector.anchor-gaps", "no-right", "“" VIP "” may hold");
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/right-scan/gaps", rights_test_gaps);
  g_test_add_func ("/right-scan/causes", rights_test_causes);
  g_test_add_func ("/right-scan/left-out", rights_test_left_out);
  g_test_add_func ("/right-scan/many-places", rights_test_many_places);
  g_test_add_func ("/right-scan/places-held", rights_test_places_held);
  g_test_add_func ("/right-scan/sample", rights_test_sample);
  g_test_add_func ("/right-scan/closed", rights_test_closed);
  g_test_add_func ("/right-scan/nameless", rights_test_nameless);
  g_test_add_func ("/right-scan/descriptors", rights_test_descriptors);
  return g_test_run ();
}
