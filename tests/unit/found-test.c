/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was seen of the network says from where, and what is open says where the answer comes from.
 */
#include "rules/found.h"

#include "rules/judge.h"

#include "rules-kit.h"

typedef struct
{
  GDateTime *now;
  PresyncOrigin *network;
  PresyncOrigin *server;
} FoundTest;

static void
found_test_set_up (FoundTest *self, gconstpointer data)
{
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  self->network = presync_origin_new ("network", "this computer", "TCP", self->now, TRUE);
  self->server = presync_origin_new ("server", "SYNC01.json", "TCP", self->now, TRUE);
}

static void
found_test_tear_down (FoundTest *self, gconstpointer data)
{
  g_date_time_unref (self->now);
  g_object_unref (self->network);
  g_object_unref (self->server);
}

/* (transfer full) (nullable): what is found of two addresses; @second: (transfer full) */
static char *
found_test_describe (PresyncOrigin *origin, PresyncFact *second)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts, presync_fact_new_boolean ("network.cloud-run", "a:443", TRUE, origin));
  g_ptr_array_add (facts, second);
  return presync_found_describe (facts, FALSE, FALSE);
}

static void
found_test_from_here (FoundTest *self, gconstpointer data)
{
  g_autofree char *here = found_test_describe (
      self->network, presync_fact_new_boolean ("network.cloud-run", "b:443", FALSE, self->network));
  g_autofree char *there = found_test_describe (
      self->server, presync_fact_new_boolean ("network.cloud-run", "b:443", TRUE, self->server));
  g_autofree char *two = found_test_describe (
      self->network,
      presync_fact_new_boolean ("network.cloud-registration", "b:443", TRUE, self->network));
  g_autofree char *both
      = found_test_describe (self->network, presync_fact_new_boolean ("network.cloud-registration",
                                                                      "b:443", TRUE, self->server));

  g_assert_cmpstr (both, ==,
                   "yes (Address of Cloud Sync answers) · yes (Address of the registration "
                   "answers) (seen from the sync server, and in part from this computer)");
  g_assert_cmpstr (here, ==, "1 of 2 failed: b:443 (seen from this computer)");
  g_assert_cmpstr (there, ==, "yes (Address of Cloud Sync answers) (seen from the sync server)");
  g_assert_cmpstr (two, ==,
                   "yes (Address of Cloud Sync answers) · yes (Address of the registration "
                   "answers) (seen from this computer)");
}

/* What comes with the program was seen by no computer. */
static void
found_test_recorded (FoundTest *self, gconstpointer data)
{
  g_autoptr (PresyncOrigin) sample = presync_origin_new (
      "network", "resource:///io/github/presync/sample/network.json", "TCP", self->now, TRUE);
  g_autofree char *all = found_test_describe (
      sample, presync_fact_new_boolean ("network.cloud-run", "b:443", TRUE, sample));
  g_autofree char *part = found_test_describe (
      sample, presync_fact_new_boolean ("network.cloud-registration", "b:443", TRUE, self->server));

  g_assert_cmpstr (all, ==, "yes (Address of Cloud Sync answers) (as recorded)");
  g_assert_cmpstr (part, ==,
                   "yes (Address of Cloud Sync answers) · yes (Address of the registration "
                   "answers) (seen from the sync server, and in part as recorded)");
}

/* A number or "none" alone would leave open of what, and so would a value that the condition does
 * not ask for first. */
static void
found_test_named (FoundTest *self, gconstpointer data)
{
  static const char *const none[] = { NULL };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) empty = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *number = NULL;
  g_autofree char *lone = NULL;
  g_autofree char *named = NULL;
  g_autofree char *list = NULL;

  g_ptr_array_add (facts, presync_fact_new_integer ("forest.objects", "", 200, self->network));
  g_ptr_array_add (empty,
                   presync_fact_new_list ("tenant.unverified-suffixes", "", none, self->network));
  g_ptr_array_add (numbers,
                   presync_fact_new_integer ("tenant.sync-accounts", "", 0, self->network));
  number = presync_found_describe (numbers, FALSE, FALSE);
  lone = presync_found_describe (facts, FALSE, FALSE);
  named = presync_found_describe (facts, FALSE, TRUE);
  list = presync_found_describe (empty, FALSE, FALSE);
  g_assert_cmpstr (number, ==, "0 (Directory synchronization accounts)");
  g_assert_cmpstr (lone, ==, "200 objects");
  g_assert_cmpstr (named, ==, "200 objects (Users, groups, contacts and computers in the forest)");
  g_assert_cmpstr (list, ==, "none (UPN suffixes that are not verified)");
}

/* The age of the tenant is not known, but does not matter for so few objects. */
static void
found_test_instead (FoundTest *self, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncCondition) condition
      = rules_kit_find (catalogue, "cs-object-quota-new-tenant", NULL);
  g_autoptr (PresyncJudgement) judgement = NULL;

  g_ptr_array_add (told, presync_fact_new_integer ("forest.objects", "", 200, self->network));
  presync_fact_set_update (facts, told);
  judgement = presync_judge (condition, facts, self->now);
  g_assert_cmpint (judgement->status, ==, PRESYNC_STATUS_MET);
  g_assert_cmpstr (judgement->found, ==,
                   "200 objects (Users, groups, contacts and computers in the forest)");
}

/* A no says why, and only those that agree in that are told once. */
static void
found_test_because (FoundTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  g_ptr_array_add (facts, presync_fact_new_boolean_because ("network.cloud-run", "b:443", FALSE,
                                                            "b refuses.", self->network));
  one = presync_found_describe (facts, FALSE, FALSE);
  g_ptr_array_add (facts, presync_fact_new_boolean_because ("network.cloud-run", "c:443", FALSE,
                                                            "No such name.", self->network));
  two = presync_found_describe (facts, FALSE, FALSE);
  g_assert_cmpstr (one, ==,
                   "no – b refuses (Address of Cloud Sync answers) (seen from this computer)");
  g_assert_cmpstr (two, ==,
                   "2 of 2 failed: b:443 – b refuses; c:443 – No such name "
                   "(seen from this computer)");
}

/* What is not known is no finding. */
static void
found_test_unknown (FoundTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *found = NULL;

  g_ptr_array_add (facts,
                   presync_fact_new_unknown ("network.cloud-run", "a:443",
                                             PRESYNC_UNKNOWN_TIMED_OUT, "Silent.", self->network));
  found = presync_found_describe (facts, FALSE, FALSE);
  g_assert_null (found);
}

static void
found_test_why (FoundTest *self, gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *reason;
  } cases[] = {
    { "cs-tenant", "Name your tenant (page Entra tenant), or answer by hand." },
    { "cn-tenant-kind",
      "Sign in to the tenant (page Entra tenant, or presync-cli sign-in), or answer by hand." },
    { "cn-no-tls-inspection",
      "Try the network from this computer (page Sources), or read a facts file with network "
      "results (page Sync server); or answer by hand." },
    /* Trying again may never help. */
    { "cn-urls", "Try the network from this computer (page Sources), or read a facts file with "
                 "network results (page Sync server). For some clouds Microsoft publishes no host "
                 "that could be tried: then answer by hand." },
    { "cn-dc-ports",
      "Connect to a domain controller and try the network from this computer (page Sources), or "
      "read a facts file with network results (page Sync server); or answer by hand." },
    { "cn-reach-domains",
      "Connect to a domain controller and try the network from this computer (page Sources), or "
      "read a facts file with network results (page Sync server); or answer by hand." },
    { "cn-adfs-dns",
      "Name the federation service and its servers and try the network from this computer (page "
      "Sources), or read a facts file with network results (page Sync server); or answer by "
      "hand." },
  };
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("plan", "plan", "", self->now, TRUE);
  g_autoptr (GPtrArray) plan = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (plan, presync_fact_new_boolean ("plan.federation", "", TRUE, origin));
  presync_fact_set_update (facts, plan);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncCondition) condition = rules_kit_find (catalogue, cases[i].id, NULL);
      g_autoptr (PresyncJudgement) judgement = presync_judge (condition, facts, self->now);

      g_assert_cmpint (judgement->status, ==, PRESYNC_STATUS_NEEDS_ANSWER);
      g_assert_cmpstr (judgement->reason, ==, cases[i].reason);
    }
}

#define FOUND_ADD(name, func)                                                                      \
  g_test_add ("/found/" name, FoundTest, NULL, found_test_set_up, func, found_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FOUND_ADD ("from-here", found_test_from_here);
  FOUND_ADD ("recorded", found_test_recorded);
  FOUND_ADD ("named", found_test_named);
  FOUND_ADD ("instead", found_test_instead);
  FOUND_ADD ("because", found_test_because);
  FOUND_ADD ("unknown", found_test_unknown);
  FOUND_ADD ("why", found_test_why);
  return g_test_run ();
}
