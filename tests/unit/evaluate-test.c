/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/evaluate.h"

#include "facts/access-text.h"
#include "evaluate-kit.h"
#include "rules/built-in.h"
#include "rules/judge.h"

/* A test of that truth. */
static PresyncTest *
evaluate_test_of (PresyncTruth truth)
{
  static const char *const facts[] = {
    [PRESYNC_FALSE] = "tenant.custom-domain",
    [PRESYNC_TRUE] = "tenant.exists",
    [PRESYNC_NOT_COLLECTED] = "tenant.active-sync",
    [PRESYNC_NOT_READ] = "tenant.premium-licence",
  };

  return evaluate_test_leaf (PRESYNC_TEST_IS_TRUE, facts[truth], 0, NULL);
}

static void
evaluate_test_give_truths (RulesTest *self)
{
  rules_test_give (self, presync_fact_new_boolean ("tenant.exists", "", TRUE, self->whole),
                   presync_fact_new_boolean ("tenant.custom-domain", "", FALSE, self->whole),
                   presync_fact_new_unknown ("tenant.premium-licence", "", PRESYNC_UNKNOWN_NO_RIGHT,
                                             "no right", self->whole));
}

#define F PRESYNC_FALSE
#define T PRESYNC_TRUE
#define C PRESYNC_NOT_COLLECTED
#define R PRESYNC_NOT_READ

static void
evaluate_test_tables (RulesTest *self, gconstpointer data)
{
  static const PresyncTruth truths[] = { F, T, C, R };
  static const PresyncTruth not_table[] = { T, F, C, R };
  static const PresyncTruth and_table[4][4]
      = { { F, F, F, F }, { F, T, C, R }, { F, C, C, C }, { F, R, R, R } };
  static const PresyncTruth or_table[4][4]
      = { { F, T, C, R }, { T, T, T, T }, { C, T, C, C }, { R, T, R, R } };

  evaluate_test_give_truths (self);
  for (guint i = 0; i < 4; i++)
    {
      PresyncTruth a = truths[i];
      evaluate_test_assert (self, evaluate_test_of (a), a);
      evaluate_test_assert (
          self, evaluate_test_group (PRESYNC_TEST_NOT, evaluate_test_of (a), NULL), not_table[i]);
      for (guint j = 0; j < 4; j++)
        {
          PresyncTruth b = truths[j];
          evaluate_test_assert (
              self,
              evaluate_test_group (PRESYNC_TEST_ALL, evaluate_test_of (a), evaluate_test_of (b)),
              and_table[i][j]);
          evaluate_test_assert (
              self,
              evaluate_test_group (PRESYNC_TEST_ANY, evaluate_test_of (a), evaluate_test_of (b)),
              or_table[i][j]);
        }
    }
  /* What only a person can see counts as not collected, in groups too. */
  evaluate_test_assert (self, presync_test_new (PRESYNC_TEST_BY_PERSON), C);
  evaluate_test_assert (self,
                        evaluate_test_group (PRESYNC_TEST_ANY, evaluate_test_of (T),
                                             presync_test_new (PRESYNC_TEST_BY_PERSON)),
                        T);
  evaluate_test_assert (self,
                        evaluate_test_group (PRESYNC_TEST_ALL, evaluate_test_of (R),
                                             presync_test_new (PRESYNC_TEST_BY_PERSON)),
                        R);
}

static void
evaluate_test_numbers (RulesTest *self, gconstpointer data)
{
  static const char *const two[] = { "a", "b", NULL };
  static const struct
  {
    PresyncTestKind kind;
    const char *fact;
    gint64 number;
    PresyncTruth truth;
  } cases[] = {
    { PRESYNC_TEST_AT_LEAST, "server.memory", 99, T },
    { PRESYNC_TEST_AT_LEAST, "server.memory", 100, T },
    { PRESYNC_TEST_AT_LEAST, "server.memory", 101, F },
    { PRESYNC_TEST_AT_MOST, "server.memory", 99, F },
    { PRESYNC_TEST_AT_MOST, "server.memory", 100, T },
    { PRESYNC_TEST_EQUALS, "server.memory", 100, T },
    { PRESYNC_TEST_EQUALS, "server.memory", 0, F },
    /* of a list, its length */
    { PRESYNC_TEST_AT_LEAST, "forest.domains", 2, T },
    { PRESYNC_TEST_AT_LEAST, "forest.domains", 3, F },
    { PRESYNC_TEST_AT_MOST, "forest.domains", 1, F },
    { PRESYNC_TEST_AT_MOST, "forest.domains", 2, T },
  };

  rules_test_give (self, presync_fact_new_integer ("server.memory", "", 100, self->whole),
                   presync_fact_new_list ("forest.domains", "", two, self->whole), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    evaluate_test_assert (self,
                          evaluate_test_leaf (cases[i].kind, cases[i].fact, cases[i].number, NULL),
                          cases[i].truth);
}

static void
evaluate_test_texts (RulesTest *self, gconstpointer data)
{
  static const char *const suffixes[] = { "Contoso.com", "fabrikam.com", NULL };
  static const struct
  {
    PresyncTestKind kind;
    const char *fact;
    const char *value;
    PresyncTruth truth;
  } cases[] = {
    { PRESYNC_TEST_EQUALS, "server.os", "windows server 2022 datacenter", T },
    { PRESYNC_TEST_EQUALS, "server.os", "Windows Server 2022", F },
    { PRESYNC_TEST_ONE_OF, "server.os", "x|WINDOWS SERVER 2022 DATACENTER", T },
    { PRESYNC_TEST_ONE_OF, "server.os", "x|y", F },
    /* of a text, a part; of a list, a member */
    { PRESYNC_TEST_CONTAINS, "server.os", "SERVER 2022", T },
    { PRESYNC_TEST_CONTAINS, "server.os", "Server 2019", F },
    { PRESYNC_TEST_CONTAINS, "forest.upn-suffixes", "contoso.COM", T },
    { PRESYNC_TEST_CONTAINS, "forest.upn-suffixes", "contoso", F },
    { PRESYNC_TEST_VERSION_AT_LEAST, "server.agent-version", "1.1.977.0", T },
    { PRESYNC_TEST_VERSION_AT_LEAST, "server.agent-version", "1.1.1370", T },
    { PRESYNC_TEST_VERSION_AT_LEAST, "server.agent-version", "1.1.1370.1", F },
    { PRESYNC_TEST_VERSION_AT_LEAST, "server.agent-version", "1.2", F },
  };

  rules_test_give (
      self, presync_fact_new_text ("server.os", "", "Windows Server 2022 Datacenter", self->whole),
      presync_fact_new_list ("forest.upn-suffixes", "", suffixes, self->whole),
      presync_fact_new_version ("server.agent-version", "", "1.1.1370.0", self->whole));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    evaluate_test_assert (
        self, evaluate_test_leaf (cases[i].kind, cases[i].fact, 0, cases[i].value), cases[i].truth);
  evaluate_test_give_truths (self);
  evaluate_test_assert (
      self, evaluate_test_leaf (PRESYNC_TEST_IS_FALSE, "tenant.custom-domain", 0, NULL), T);
  evaluate_test_assert (self, evaluate_test_leaf (PRESYNC_TEST_IS_FALSE, "tenant.exists", 0, NULL),
                        F);
}

static void
evaluate_test_older_than (RulesTest *self, gconstpointer data)
{
  static const struct
  {
    gint64 seconds; /* before now */
    PresyncTruth truth;
  } cases[] = { { 36000, T }, { 35999, F }, { 36001, T }, { 0, F }, { -36000, F } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) time
          = g_date_time_add (self->now, -cases[i].seconds * G_TIME_SPAN_SECOND);
      rules_test_give (self,
                       presync_fact_new_time ("forest.kds-root-key-created", "", time, self->whole),
                       NULL, NULL);
      evaluate_test_assert (
          self,
          evaluate_test_leaf (PRESYNC_TEST_OLDER_THAN, "forest.kds-root-key-created", 10, NULL),
          cases[i].truth);
    }
}

/* One domain each: what it takes for every of them, and for any. */
static void
evaluate_test_subjects (RulesTest *self, gconstpointer data)
{
  static const struct
  {
    int level[3]; /* -1 could not be read */
    PresyncTruth every;
    PresyncTruth any;
  } cases[] = {
    { { 7, 7, 7 }, T, T },    { { 7, 4, 7 }, F, T },  { { 4, 4, 4 }, F, F },
    { { 7, -1, 7 }, R, T },   { { 4, -1, 7 }, F, T }, { { 4, -1, 4 }, F, R },
    { { -1, -1, -1 }, R, R },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      static const char *const subjects[] = { "a", "b", "c" };
      PresyncFact *facts[3];
      PresyncTest *any
          = evaluate_test_leaf (PRESYNC_TEST_AT_LEAST, "domain.functional-level", 7, NULL);
      any->for_any = TRUE;
      for (guint j = 0; j < 3; j++)
        facts[j] = cases[i].level[j] >= 0
                       ? presync_fact_new_integer ("domain.functional-level", subjects[j],
                                                   cases[i].level[j], self->whole)
                       : presync_fact_new_unknown ("domain.functional-level", subjects[j],
                                                   PRESYNC_UNKNOWN_TIMED_OUT, "late", self->whole);
      rules_test_give (self, facts[0], facts[1], facts[2]);
      evaluate_test_assert (
          self, evaluate_test_leaf (PRESYNC_TEST_AT_LEAST, "domain.functional-level", 7, NULL),
          cases[i].every);
      evaluate_test_assert (self, any, cases[i].any);
    }
}

/* What comes from a read that stopped early makes nothing true, and false only what more of the
 * same cannot mend. */
static void
evaluate_test_partial (RulesTest *self, gconstpointer data)
{
  static const char *const suffixes[] = { "contoso.com", NULL };
  PresyncTest *built_in;
  static const struct
  {
    PresyncTestKind kind;
    const char *fact;
    gint64 number;
    const char *value;
    PresyncTruth truth;
    PresyncTruth negated;
  } cases[] = {
    { PRESYNC_TEST_IS_TRUE, "tenant.exists", 0, NULL, R, R },
    { PRESYNC_TEST_IS_FALSE, "tenant.exists", 0, NULL, R, R },
    { PRESYNC_TEST_AT_LEAST, "forest.objects", 5, NULL, R, R },
    { PRESYNC_TEST_AT_LEAST, "forest.objects", 500, NULL, R, R },
    { PRESYNC_TEST_EQUALS, "forest.objects", 100, NULL, R, R },
    { PRESYNC_TEST_AT_MOST, "forest.objects", 500, NULL, R, R },
    { PRESYNC_TEST_AT_MOST, "forest.objects", 100, NULL, R, R },
    /* Too many already; but turned round it must not be true. */
    { PRESYNC_TEST_AT_MOST, "forest.objects", 99, NULL, F, R },
    { PRESYNC_TEST_AT_MOST, "forest.upn-suffixes", 0, NULL, F, R },
    { PRESYNC_TEST_CONTAINS, "forest.upn-suffixes", 0, "contoso.com", R, R },
    { PRESYNC_TEST_CONTAINS, "forest.upn-suffixes", 0, "fabrikam.com", R, R },
  };

  rules_test_give (self, presync_fact_new_integer ("forest.objects", "", 100, self->part),
                   presync_fact_new_list ("forest.upn-suffixes", "", suffixes, self->part),
                   presync_fact_new_boolean ("tenant.exists", "", TRUE, self->part));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PresyncTest *test
          = evaluate_test_leaf (cases[i].kind, cases[i].fact, cases[i].number, cases[i].value);
      evaluate_test_assert (self, test, cases[i].truth);
      test = evaluate_test_leaf (cases[i].kind, cases[i].fact, cases[i].number, cases[i].value);
      evaluate_test_assert (self, evaluate_test_group (PRESYNC_TEST_NOT, test, NULL),
                            cases[i].negated);
      test = evaluate_test_leaf (cases[i].kind, cases[i].fact, cases[i].number, cases[i].value);
      test = evaluate_test_group (PRESYNC_TEST_NOT, test, NULL);
      evaluate_test_assert (self, evaluate_test_group (PRESYNC_TEST_NOT, test, NULL),
                            cases[i].truth);
    }
  built_in
      = evaluate_test_leaf (PRESYNC_TEST_BUILT_IN, "forest.upn-suffixes", 0, "routable-upn-suffix");
  evaluate_test_assert (self, built_in, R);
}

/* @keys: "key@subject key@subject", in order */
static void
evaluate_test_assert_used (RulesTest *self, PresyncTest *given, const char *keys)
{
  g_autoptr (PresyncTest) test = given;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) used = g_ptr_array_new_with_free_func (g_object_unref);

  presync_evaluate (test, self->facts, self->now, used);
  for (guint i = 0; i < used->len; i++)
    g_string_append_printf (text, "%s%s@%s", i > 0 ? " " : "",
                            presync_fact_get_key (g_ptr_array_index (used, i)),
                            presync_fact_get_subject (g_ptr_array_index (used, i)));
  g_assert_cmpstr (text->str, ==, keys);
}

/* Those that decided come first, and none twice. */
static void
evaluate_test_used (RulesTest *self, gconstpointer data)
{
  PresyncTest *any;

  evaluate_test_give_truths (self);
  rules_test_give (self, presync_fact_new_integer ("domain.functional-level", "a", 7, self->whole),
                   presync_fact_new_integer ("domain.functional-level", "b", 4, self->whole),
                   presync_fact_new_unknown ("domain.functional-level", "c", PRESYNC_UNKNOWN_FAILED,
                                             "failed", self->whole));
  evaluate_test_assert_used (
      self, evaluate_test_leaf (PRESYNC_TEST_AT_LEAST, "domain.functional-level", 5, NULL),
      "domain.functional-level@b domain.functional-level@a domain.functional-level@c");
  /* With none that fails, the one that could not be read is what matters. */
  evaluate_test_assert_used (
      self, evaluate_test_leaf (PRESYNC_TEST_AT_LEAST, "domain.functional-level", 4, NULL),
      "domain.functional-level@c domain.functional-level@a domain.functional-level@b");
  any = evaluate_test_leaf (PRESYNC_TEST_AT_LEAST, "domain.functional-level", 7, NULL);
  any->for_any = TRUE;
  evaluate_test_assert_used (
      self, any, "domain.functional-level@a domain.functional-level@b domain.functional-level@c");
  evaluate_test_assert_used (
      self, evaluate_test_group (PRESYNC_TEST_ALL, evaluate_test_of (T), evaluate_test_of (F)),
      "tenant.custom-domain@ tenant.exists@");
  evaluate_test_assert_used (
      self, evaluate_test_group (PRESYNC_TEST_ANY, evaluate_test_of (F), evaluate_test_of (T)),
      "tenant.exists@ tenant.custom-domain@");
  evaluate_test_assert_used (
      self, evaluate_test_group (PRESYNC_TEST_ALL, evaluate_test_of (T), evaluate_test_of (T)),
      "tenant.exists@");
  evaluate_test_assert_used (self, evaluate_test_of (C), "");
}

static void
evaluate_test_suffixes (RulesTest *self, gconstpointer data)
{
  static const char *const private_names[]
      = { "contoso.local", "contoso", "contoso.LAN", "ad.corp",   "contoso.internal", ".com",
          "contoso.",      "x.test",  "x.example",   "x.invalid", "localhost",        "" };
  static const char *const routable[] = { "contoso.com", "CONTOSO.COM", "a.b.co.uk", "local.de" };

  for (gsize i = 0; i < G_N_ELEMENTS (private_names); i++)
    {
      const char *list[] = { private_names[i], NULL };
      g_autoptr (PresyncFact) fact
          = presync_fact_new_list ("forest.upn-suffixes", "", list, self->whole);
      if (presync_built_in_holds ("routable-upn-suffix", fact))
        g_error ("“%s” was taken for routable", private_names[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (routable); i++)
    {
      const char *list[] = { "contoso.local", routable[i], NULL };
      g_autoptr (PresyncFact) fact
          = presync_fact_new_list ("forest.upn-suffixes", "", list, self->whole);
      g_assert_true (presync_built_in_holds ("routable-upn-suffix", fact));
    }
}

/* Who tells what: the facts file of the server, and its computer object */
static void
evaluate_test_agrees (RulesTest *self, gconstpointer data)
{
  g_autoptr (PresyncOrigin) server
      = presync_origin_new ("server", "SYNC01.json", "system", self->now, TRUE);
  g_autoptr (PresyncOrigin) cut
      = presync_origin_new ("server", "SYNC01.json", "system", self->now, FALSE);
  PresyncFact *lost = presync_fact_new_unknown ("server.os", "SYNC01", PRESYNC_UNKNOWN_FAILED,
                                                "not read", self->whole);

#define AGREES(key) evaluate_test_leaf (PRESYNC_TEST_AGREES, key, 0, NULL)
#define GIVE(fact) rules_test_give (self, fact, NULL, NULL)
  /* One alone agrees with nobody, whatever it knows. */
  evaluate_test_assert (self, AGREES ("server.os"), C);
  GIVE (lost);
  evaluate_test_assert (self, AGREES ("server.os"), C);
  GIVE (presync_fact_new_text ("server.os", "SYNC01", "Windows Server 2022", server));
  evaluate_test_assert (self, AGREES ("server.os"), R);
  GIVE (presync_fact_new_text ("server.os", "SYNC01", "WINDOWS server 2022", self->whole));
  evaluate_test_assert (self, AGREES ("server.os"), T);
  /* A part of the truth confirms nothing, and yet contradicts. */
  GIVE (presync_fact_new_text ("server.os", "SYNC01", "Windows Server 2022", cut));
  evaluate_test_assert (self, AGREES ("server.os"), R);
  GIVE (presync_fact_new_text ("server.os", "SYNC01", "Windows Server 2019", cut));
  evaluate_test_assert (self, AGREES ("server.os"), F);
  GIVE (presync_fact_new_text ("server.os", "SYNC01", "Windows Server 2019", server));
  evaluate_test_assert (self, AGREES ("server.os"), F);
  GIVE (presync_fact_new_integer ("server.os-build", "SYNC01", 20348, self->whole));
  evaluate_test_assert (self, AGREES ("server.os-build"), C);
  GIVE (presync_fact_new_integer ("server.os-build", "SYNC01", 17763, server));
  evaluate_test_assert (self, AGREES ("server.os-build"), F);
  GIVE (presync_fact_new_boolean ("server.domain-controller", "SYNC01", FALSE, self->whole));
  GIVE (presync_fact_new_boolean ("server.domain-controller", "SYNC01", FALSE, server));
  evaluate_test_assert (self, AGREES ("server.domain-controller"), T);
  GIVE (presync_fact_new_boolean ("server.domain-controller", "SYNC01", TRUE, server));
  evaluate_test_assert (self, AGREES ("server.domain-controller"), F);
  /* One that is another is enough, wherever it stands. */
  rules_test_give (self, presync_fact_new_integer ("server.os-build", "a", 20348, self->whole),
                   presync_fact_new_integer ("server.os-build", "b", 17763, self->whole),
                   presync_fact_new_integer ("server.os-build", "c", 20348, self->whole));
  GIVE (presync_fact_new_integer ("server.os-build", "a", 20348, server));
  evaluate_test_assert (self, AGREES ("server.os-build"), F);
#undef AGREES
}

static PresyncTest *
evaluate_test_shares_leaf (void)
{
  PresyncTest *test
      = evaluate_test_leaf (PRESYNC_TEST_SHARES, "server.local-administrator-sids", 0, NULL);

  test->with = g_strdup ("connect-admin.sids");
  return test;
}

static void
evaluate_test_shares (RulesTest *self, gconstpointer data)
{
  static const char *const admins[] = { "S-1-5-21-1-500", "S-1-5-21-1-512", NULL };
  static const char *const member[] = { "S-1-5-21-1-1105", "s-1-5-21-1-512", NULL };
  static const char *const stranger[] = { "S-1-5-21-1-1106", "S-1-5-21-1-51", NULL };
  static const char *const nobody[] = { NULL };
  const char *local = "server.local-administrator-sids";
  const char *person = "connect-admin.sids";

  evaluate_test_assert (self, evaluate_test_shares_leaf (), C);
  GIVE (presync_fact_new_list (person, "", member, self->whole));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), C);
  GIVE (presync_fact_new_list (local, "", admins, self->whole));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), T);
  /* What was found stays found, though not all was read. */
  GIVE (presync_fact_new_list (local, "", admins, self->part));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), T);
  GIVE (presync_fact_new_list (person, "", stranger, self->whole));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), R);
  GIVE (presync_fact_new_list (local, "", admins, self->whole));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), F);
  GIVE (presync_fact_new_list (local, "", nobody, self->whole));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), F);
  GIVE (presync_fact_new_unknown (person, "", PRESYNC_UNKNOWN_NO_RIGHT, "no right", self->whole));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), R);
  /* Of several accounts or domains each counts. */
  rules_test_give (
      self, presync_fact_new_list (person, "a", stranger, self->whole),
      presync_fact_new_unknown (person, "b", PRESYNC_UNKNOWN_NO_RIGHT, "no right", self->whole),
      presync_fact_new_list (person, "c", member, self->whole));
  GIVE (presync_fact_new_list (local, "", admins, self->whole));
  evaluate_test_assert (self, evaluate_test_shares_leaf (), T);
#undef GIVE
}

/* One number against another, each read in full or in part: what is counted in part can grow. */
static void
evaluate_test_with (RulesTest *self, gconstpointer data)
{
  static const struct
  {
    gint64 objects;
    gboolean objects_whole;
    gint64 room;
    gboolean room_whole;
    PresyncTruth at_most; /* objects at most the room */
    PresyncTruth not_at_most;
  } cases[] = {
    { 10, TRUE, 11, TRUE, T, F },   { 10, TRUE, 10, TRUE, T, F },   { 11, TRUE, 10, TRUE, F, T },
    { 10, FALSE, 11, TRUE, R, R },  { 11, FALSE, 10, TRUE, F, R },  { 10, TRUE, 11, FALSE, R, R },
    { 11, TRUE, 10, FALSE, R, R },  { 11, FALSE, 10, FALSE, R, R }, { 0, TRUE, -5, TRUE, F, T },
    { 10, FALSE, 10, FALSE, R, R },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PresyncTest *most = evaluate_test_leaf (PRESYNC_TEST_AT_MOST, "forest.objects", 0, NULL);
      PresyncTest *least = evaluate_test_leaf (PRESYNC_TEST_AT_LEAST, "tenant.quota-left", 0, NULL);
      PresyncTest *negated = evaluate_test_leaf (PRESYNC_TEST_AT_MOST, "forest.objects", 0, NULL);
      most->with = g_strdup ("tenant.quota-left");
      negated->with = g_strdup ("tenant.quota-left");
      least->with = g_strdup ("forest.objects");
      rules_test_give (self,
                       presync_fact_new_integer ("forest.objects", "", cases[i].objects,
                                                 cases[i].objects_whole ? self->whole : self->part),
                       presync_fact_new_integer ("tenant.quota-left", "", cases[i].room,
                                                 cases[i].room_whole ? self->whole : self->part),
                       NULL);
      evaluate_test_assert (self, most, cases[i].at_most);
      evaluate_test_assert (self, least, cases[i].at_most);
      evaluate_test_assert (self, evaluate_test_group (PRESYNC_TEST_NOT, negated, NULL),
                            cases[i].not_at_most);
    }
}

/* Each of several must hold, or any one of them; without one side there is nothing to compare. */
static void
evaluate_test_with_several (RulesTest *self, gconstpointer data)
{
  for (guint round = 0; round < 4; round++)
    {
      static const PresyncTruth every[] = { C, C, F, R };
      static const PresyncTruth any[] = { C, C, T, T };
      for (guint for_any = 0; for_any < 2; for_any++)
        {
          PresyncTest *test = evaluate_test_leaf (PRESYNC_TEST_AT_MOST, "forest.objects", 0, NULL);
          test->with = g_strdup ("tenant.quota-left");
          test->for_any = for_any == 1;
          evaluate_test_assert (self, test, for_any == 1 ? any[round] : every[round]);
        }
      if (round == 0)
        rules_test_give (self, presync_fact_new_integer ("forest.objects", "a", 5, self->whole),
                         presync_fact_new_integer ("forest.objects", "b", 50, self->whole), NULL);
      else if (round == 1)
        rules_test_give (self, presync_fact_new_integer ("tenant.quota-left", "", 10, self->whole),
                         NULL, NULL);
      else if (round == 2)
        rules_test_give (self, presync_fact_new_integer ("forest.objects", "a", 5, self->whole),
                         presync_fact_new_unknown ("forest.objects", "b", PRESYNC_UNKNOWN_NO_RIGHT,
                                                   "no right", self->whole),
                         NULL);
    }
}

static void
evaluate_test_assert_same (RulesTest *self, PresyncTruth expected)
{
  PresyncTest *same = evaluate_test_leaf (PRESYNC_TEST_SAME, "sql.login", 0, NULL);

  same->with = g_strdup ("connect-admin.name");
  evaluate_test_assert (self, same, expected);
}

/* Of two texts, however they are written, and only if both were read to the end */
static void
evaluate_test_same (RulesTest *self, gconstpointer data)
{
  g_autoptr (PresyncOrigin) sql = presync_origin_new ("sql", "sql01", "login", self->now, TRUE);

#define GIVE(fact) rules_test_give (self, fact, NULL, NULL)
  evaluate_test_assert_same (self, C);
  GIVE (presync_fact_new_text ("sql.login", "sql01", "CONTOSO\\eadmin", sql));
  evaluate_test_assert_same (self, C);
  GIVE (presync_fact_new_text ("connect-admin.name", "a", "contoso\\EAdmin", self->whole));
  evaluate_test_assert_same (self, T);
  GIVE (presync_fact_new_text ("connect-admin.name", "a", "CONTOSO\\eadmin2", self->whole));
  evaluate_test_assert_same (self, F);
  GIVE (presync_fact_new_text ("connect-admin.name", "a", "CONTOSO\\eadmin", self->part));
  evaluate_test_assert_same (self, R);
  GIVE (presync_fact_new_unknown ("connect-admin.name", "a", PRESYNC_UNKNOWN_NO_RIGHT, "no right",
                                  self->whole));
  evaluate_test_assert_same (self, R);
#undef GIVE
}

/* Whether somebody tried to read it, with whatever luck: never open. */
static void
evaluate_test_is_collected (RulesTest *self, gconstpointer data)
{
#define COLLECTED(key) evaluate_test_leaf (PRESYNC_TEST_IS_COLLECTED, key, 0, NULL)
  evaluate_test_assert (self, COLLECTED ("tenant.exists"), F);
  evaluate_test_give_truths (self);
  evaluate_test_assert (self, COLLECTED ("tenant.exists"), T);
  evaluate_test_assert (self, COLLECTED ("tenant.premium-licence"), T);
  evaluate_test_assert (self, COLLECTED ("tenant.active-sync"), F);
#undef COLLECTED
}

static void
evaluate_test_is_known (RulesTest *self, gconstpointer data)
{
  evaluate_test_assert (self,
                        evaluate_test_leaf (PRESYNC_TEST_IS_KNOWN, "server.collected", 0, NULL), C);
  rules_test_give (self, presync_fact_new_time ("server.collected", "", self->now, self->whole),
                   NULL, NULL);
  evaluate_test_assert (self,
                        evaluate_test_leaf (PRESYNC_TEST_IS_KNOWN, "server.collected", 0, NULL), T);
  rules_test_give (self,
                   presync_fact_new_unknown ("server.collected", "", PRESYNC_UNKNOWN_MALFORMED,
                                             "no time", self->whole),
                   NULL, NULL);
  evaluate_test_assert (self,
                        evaluate_test_leaf (PRESYNC_TEST_IS_KNOWN, "server.collected", 0, NULL), R);
}

#define EVALUATE_ADD(name, func)                                                                   \
  g_test_add ("/evaluate/" name, RulesTest, NULL, rules_test_set_up, func, rules_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  EVALUATE_ADD ("tables", evaluate_test_tables);
  EVALUATE_ADD ("numbers", evaluate_test_numbers);
  EVALUATE_ADD ("texts", evaluate_test_texts);
  EVALUATE_ADD ("older-than", evaluate_test_older_than);
  EVALUATE_ADD ("subjects", evaluate_test_subjects);
  EVALUATE_ADD ("partial", evaluate_test_partial);
  EVALUATE_ADD ("used", evaluate_test_used);
  EVALUATE_ADD ("agrees", evaluate_test_agrees);
  EVALUATE_ADD ("shares", evaluate_test_shares);
  EVALUATE_ADD ("same", evaluate_test_same);
  EVALUATE_ADD ("with", evaluate_test_with);
  EVALUATE_ADD ("with-several", evaluate_test_with_several);
  EVALUATE_ADD ("is-known", evaluate_test_is_known);
  EVALUATE_ADD ("is-collected", evaluate_test_is_collected);
  EVALUATE_ADD ("built-in-suffixes", evaluate_test_suffixes);
  return g_test_run ();
}
