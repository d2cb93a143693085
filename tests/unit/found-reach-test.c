/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of many addresses those are told that failed, with the reason; the others are counted. */
#include "rules/found-reach.h"

#include "rules/found.h"

typedef struct
{
  GPtrArray *facts;
  PresyncOrigin *origin;
} FoundReachTest;

static void
found_reach_test_set_up (FoundReachTest *self, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);

  self->facts = g_ptr_array_new_with_free_func (g_object_unref);
  self->origin = presync_origin_new ("network", "this computer", "TCP", now, TRUE);
}

static void
found_reach_test_tear_down (FoundReachTest *self, gconstpointer data)
{
  g_ptr_array_unref (self->facts);
  g_object_unref (self->origin);
}

/* @why: (nullable): it failed, for that reason */
static void
found_reach_test_add (FoundReachTest *self, const char *key, const char *subject, const char *why)
{
  g_ptr_array_add (self->facts,
                   presync_fact_new_boolean_because (key, subject, why == NULL, why, self->origin));
}

static void
found_reach_test_add_unknown (FoundReachTest *self, const char *key, const char *subject)
{
  g_ptr_array_add (self->facts, presync_fact_new_unknown (key, subject, PRESYNC_UNKNOWN_TIMED_OUT,
                                                          "It does not answer.", self->origin));
}

static void
found_reach_test_assert (FoundReachTest *self, gboolean brief, const char *expected)
{
  g_autofree char *found = presync_found_describe (self->facts, brief, FALSE);

  g_assert_cmpstr (found, ==, expected);
}

/* One address serves two keys, and is one address. */
static void
found_reach_test_one (FoundReachTest *self, gconstpointer data)
{
  found_reach_test_add (self, "network.cloud-registration", "c:443", "The proxy refuses c (403).");
  found_reach_test_add (self, "network.cloud-registration", "b:443", NULL);
  found_reach_test_add (self, "network.cloud-run", "a:443", NULL);
  found_reach_test_add (self, "network.cloud-run", "b:443", NULL);
  found_reach_test_assert (
      self, FALSE, "1 of 3 failed: c:443 – The proxy refuses c (403) (seen from this computer)");
  found_reach_test_add_unknown (self, "network.cloud-lists", "d:80");
  found_reach_test_assert (self, FALSE,
                           "1 of 4 failed: c:443 – The proxy refuses c (403) · 1 is not known "
                           "(seen from this computer)");
  /* It was enough that one of them answers. */
  found_reach_test_assert (
      self, TRUE, "2 of 4 answered · 1 does not · 1 is not known (seen from this computer)");
}

/* A dead proxy says the same of each; other reasons follow. */
static void
found_reach_test_same (FoundReachTest *self, gconstpointer data)
{
  static const char *const dead[] = { "a:443", "b:443", "c:443", "d:443", "e:443" };

  for (gsize i = 0; i < G_N_ELEMENTS (dead); i++)
    found_reach_test_add (self, i < 3 ? "network.cloud-run" : "network.cloud-registration", dead[i],
                          "The proxy is dead.");
  found_reach_test_assert (self, FALSE,
                           "5 of 5 failed: a:443, b:443, c:443 and 2 more – The proxy is dead "
                           "(seen from this computer)");
  found_reach_test_add (self, "network.cloud-lists", "f:80", "No such name.");
  found_reach_test_add (self, "network.cloud-lists", "g:80", NULL);
  found_reach_test_add (self, "network.cloud-lists", "h:80", "g refuses.");
  found_reach_test_add (self, "network.cloud-lists", "i:80", "Another.");
  found_reach_test_assert (self, FALSE,
                           "8 of 9 failed: a:443, b:443, c:443 and 2 more – The proxy is dead; "
                           "f:80 – No such name; h:80 – g refuses and 1 more "
                           "(seen from this computer)");
}

/* More keys than can be told one by one are counted, never only some of them. */
static void
found_reach_test_all (FoundReachTest *self, gconstpointer data)
{
  found_reach_test_add (self, "network.dc-dns", "dc01:53", NULL);
  found_reach_test_add (self, "network.dc-kerberos", "dc01:88", NULL);
  found_reach_test_assert (
      self, FALSE,
      "yes (DNS port 53 answers) · yes (Kerberos port 88 answers) (seen from this computer)");
  found_reach_test_add (self, "network.dc-rpc", "dc01:135", NULL);
  found_reach_test_assert (self, FALSE, "3 of 3 answered (seen from this computer)");
  found_reach_test_add_unknown (self, "network.dc-rpc", "dc02:135");
  found_reach_test_assert (self, FALSE,
                           "3 of 4 answered · 1 is not known (seen from this computer)");
}

/* What a certificate is like is told as ever; of what is not known nothing is found. */
static void
found_reach_test_others (FoundReachTest *self, gconstpointer data)
{
  g_assert_true (presync_found_is_reach ("network.srv-record"));
  g_assert_false (presync_found_is_reach ("network.adfs-self-signed"));
  g_assert_false (presync_found_is_reach ("network.issuer"));
  g_assert_false (presync_found_is_reach ("server.name"));
  found_reach_test_add_unknown (self, "network.dc-rpc", "dc01:135");
  found_reach_test_add_unknown (self, "network.dc-rpc", "dc02:135");
  found_reach_test_assert (self, FALSE, NULL);
  g_ptr_array_set_size (self->facts, 0);
  found_reach_test_add (self, "network.public-issuer", "a:443", "Its own.");
  found_reach_test_add (self, "network.public-issuer", "b:443", NULL);
  found_reach_test_assert (self, FALSE,
                           "a:443: no – Its own, b:443: yes (Certificate of a public authority) "
                           "(seen from this computer)");
}

#define FOUND_REACH_ADD(name, func)                                                                \
  g_test_add ("/found-reach/" name, FoundReachTest, NULL, found_reach_test_set_up, func,           \
              found_reach_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FOUND_REACH_ADD ("one", found_reach_test_one);
  FOUND_REACH_ADD ("same", found_reach_test_same);
  FOUND_REACH_ADD ("all", found_reach_test_all);
  FOUND_REACH_ADD ("others", found_reach_test_others);
  return g_test_run ();
}
