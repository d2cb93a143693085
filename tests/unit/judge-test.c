/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/judge.h"

#include <string.h>

#include "catalogue/catalogue.h"
#include "facts/access-text.h"

/* What people read of a judgement: what was found, and why something is open. */

typedef struct
{
  PresyncFactSet *facts;
  GDateTime *now;
  PresyncOrigin *whole;
  PresyncOrigin *server;
} JudgeTest;

static void
judge_test_set_up (JudgeTest *self, gconstpointer data)
{
  self->facts = presync_fact_set_new ();
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  self->whole = presync_origin_new ("directory", "test", "test", self->now, TRUE);
  self->server = presync_origin_new ("server", "SYNC01.json", "test", self->now, TRUE);
}

static void
judge_test_tear_down (JudgeTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->facts);
  g_date_time_unref (self->now);
  g_object_unref (self->whole);
  g_object_unref (self->server);
}

/* (transfer full): up to three facts of one source at once */
static void
judge_test_give (JudgeTest *self, PresyncFact *a, PresyncFact *b, PresyncFact *c)
{
  PresyncFact *given[] = { a, b, c };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i] != NULL)
      g_ptr_array_add (facts, given[i]);
  presync_fact_set_update (self->facts, facts);
}

/* (transfer full): the judgement of a condition of the built-in catalogue */
static PresyncJudgement *
judge_test_judge (JudgeTest *self, const char *id)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (GPtrArray) rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CONNECT_SYNC);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GPtrArray) conditions
          = presync_requirement_list_conditions (g_ptr_array_index (rows, i), NULL);
      for (guint j = 0; j < conditions->len; j++)
        if (g_str_equal (presync_condition_get_id (g_ptr_array_index (conditions, j)), id))
          return presync_judge (g_ptr_array_index (conditions, j), self->facts, self->now);
    }
  g_assert_not_reached ();
}

/* @text: (nullable): a text of facts/access-text.h; %NULL for none */
static void
judge_test_give_right (JudgeTest *self, const char *key, const char *subject, const char *text)
{
  const char *const list[] = { text, NULL };
  judge_test_give (self, presync_fact_new_list (key, subject, list, self->whole), NULL, NULL);
}

/* What was found names the rights that fail, all of them, and nothing that is as it should be. */
static void
judge_test_found_rights (JudgeTest *self, gconstpointer data)
{
  static const char *const rights[]
      = { "reset-password", "lockout-time", "pwd-last-set", "unexpire" };
  const char *const nothing[] = { NULL };
  g_autofree char *lack = presync_access_lack_format ("user", NULL, NULL);
  g_autofree char *gap = presync_access_gap_format ("OU=VIP,DC=contoso,DC=com",
                                                    PRESYNC_GAP_INHERITANCE_OFF, 12, NULL);
  g_autoptr (PresyncJudgement) met = NULL;
  g_autoptr (PresyncJudgement) advice = NULL;
  g_autoptr (PresyncJudgement) not_met = NULL;
  g_autoptr (PresyncJudgement) domains = NULL;

  judge_test_give (self, presync_fact_new_boolean ("plan.custom-settings", "", TRUE, self->whole),
                   presync_fact_new_boolean ("plan.password-writeback", "", TRUE, self->whole),
                   NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rights); i++)
    {
      g_autofree char *key = g_strconcat ("connector.", rights[i], NULL);
      g_autofree char *gaps = g_strconcat (key, "-gaps", NULL);
      judge_test_give_right (self, key, "contoso.com", NULL);
      judge_test_give_right (self, gaps, "contoso.com", NULL);
    }
  met = judge_test_judge (self, "cn-connector-rights-writeback");
  g_assert_cmpint (met->status, ==, PRESYNC_STATUS_MET);
  g_assert_cmpstr (met->found, ==, "granted");
  g_assert_null (met->reason);

  judge_test_give_right (self, "connector.pwd-last-set-gaps", "contoso.com", gap);
  advice = judge_test_judge (self, "cn-connector-rights-writeback");
  g_assert_cmpint (advice->status, ==, PRESYNC_STATUS_ADVICE);
  g_assert_cmpstr (advice->found, ==,
                   "Write pwdLastSet: OU=VIP,DC=contoso,DC=com (inheritance off, 12 objects)");
  g_assert_nonnull (advice->reason);
  g_assert_cmpstr (presync_fact_get_key (g_ptr_array_index (advice->facts, 0)), ==,
                   "connector.pwd-last-set-gaps");
  /* The facts of the advice are put in front, none stands twice. */
  g_assert_cmpuint (advice->facts->len, ==, met->facts->len);

  judge_test_give_right (self, "connector.lockout-time", "contoso.com", lack);
  judge_test_give_right (self, "connector.unexpire", "contoso.com", lack);
  not_met = judge_test_judge (self, "cn-connector-rights-writeback");
  g_assert_cmpint (not_met->status, ==, PRESYNC_STATUS_NOT_MET);
  g_assert_cmpstr (not_met->found, ==,
                   "Write lockoutTime: missing for user · Unexpire Password: missing for user · "
                   "Write pwdLastSet: OU=VIP,DC=contoso,DC=com (inheritance off, 12 objects)");

  judge_test_give (
      self, presync_fact_new_list ("connector.unexpire", "contoso.com", nothing, self->whole), NULL,
      NULL);
  judge_test_give_right (self, "connector.pwd-last-set-gaps", "contoso.com", NULL);
  judge_test_give (self,
                   presync_fact_new_list ("connector.lockout-time", "a.test", nothing, self->whole),
                   presync_fact_new_list ("connector.lockout-time", "b.test",
                                          (const char *const[]){ lack, NULL }, self->whole),
                   NULL);
  domains = judge_test_judge (self, "cn-connector-rights-writeback");
  g_assert_cmpstr (domains->found, ==,
                   "Write lockoutTime: b.test: missing for user, a.test: granted");
}

/* Advice names the facts that it is about. */
static void
judge_test_found_advice (JudgeTest *self, gconstpointer data)
{
  g_autoptr (PresyncJudgement) judgement = NULL;

  judge_test_give (self, presync_fact_new_boolean ("tenant.admin-role", "", TRUE, self->whole),
                   presync_fact_new_boolean ("tenant.admin-synced", "", TRUE, self->whole), NULL);
  judgement = judge_test_judge (self, "cn-entra-admin");
  g_assert_cmpint (judgement->status, ==, PRESYNC_STATUS_ADVICE);
  g_assert_cmpuint (judgement->facts->len, ==, 2);
  g_assert_cmpstr (presync_fact_get_key (g_ptr_array_index (judgement->facts, 0)), ==,
                   "tenant.admin-synced");
  g_assert_true (g_str_has_prefix (judgement->found, "yes (Administrator is synchronized"));
}

/* Gives "server.…" facts as the facts file does: "yes" and "no" are booleans. */
static void
judge_test_tell (JudgeTest *self, const char *key, const char *value)
{
  gboolean boolean = presync_fact_key_find (key)->type == PRESYNC_FACT_BOOLEAN;

  judge_test_give (
      self,
      boolean ? presync_fact_new_boolean (key, "SYNC01", g_str_equal (value, "yes"), self->server)
              : presync_fact_new_text (key, "SYNC01", value, self->server),
      NULL, NULL);
}

static void
judge_test_assert (JudgeTest *self, const char *id, PresyncStatus status, const char *found)
{
  g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, id);

  g_assert_cmpstr (judgement->found, ==, found);
  g_assert_cmpint (judgement->status, ==, status);
}

static void
judge_test_assert_reason (JudgeTest *self, const char *id, PresyncStatus status, const char *reason)
{
  g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, id);

  g_assert_cmpstr (judgement->reason, ==, reason);
  g_assert_cmpint (judgement->status, ==, status);
}

/* What takes effect and what the page asks for by the letter stand side by side. */
static void
judge_test_found_documented (JudgeTest *self, gconstpointer data)
{
  judge_test_tell (self, "server.execution-policy", "RemoteSigned");
  judge_test_tell (self, "server.execution-policy-documented", "yes");
  judge_test_assert (self, "cn-ps-execution-policy", PRESYNC_STATUS_MET,
                     "RemoteSigned · as documented");
  judge_test_tell (self, "server.execution-policy-documented", "no");
  judge_test_assert (self, "cn-ps-execution-policy", PRESYNC_STATUS_ADVICE,
                     "RemoteSigned · not as documented");
  judge_test_tell (self, "server.execution-policy", "Bypass");
  judge_test_assert (self, "cn-ps-execution-policy", PRESYNC_STATUS_ADVICE,
                     "Bypass · not as documented");

  judge_test_tell (self, "server.tls12-client", "yes");
  judge_test_tell (self, "server.tls12-dotnet", "yes");
  judge_test_tell (self, "server.tls12-server", "yes");
  judge_test_tell (self, "server.tls12-explicit", "yes");
  judge_test_assert (self, "cn-tls12", PRESYNC_STATUS_MET,
                     "yes (TLS 1.2 for clients (effective)) · "
                     "yes (Strong cryptography in .NET (effective)) · as documented");
  judge_test_tell (self, "server.tls12-explicit", "no");
  judge_test_assert (self, "cn-tls12", PRESYNC_STATUS_ADVICE,
                     "yes (TLS 1.2 for clients (effective)) · "
                     "yes (Strong cryptography in .NET (effective)) · not as documented");
}

/* Of two pieces of advice the first is given. */
static void
judge_test_first_advice (JudgeTest *self, gconstpointer data)
{
  g_autoptr (PresyncJudgement) judgement = NULL;

  judge_test_tell (self, "server.tls12-client", "yes");
  judge_test_tell (self, "server.tls12-dotnet", "yes");
  judge_test_tell (self, "server.tls12-server", "no");
  judge_test_tell (self, "server.tls12-explicit", "no");
  judgement = judge_test_judge (self, "cn-tls12");
  g_assert_true (g_str_has_prefix (judgement->reason, "TLS 1.2 works by the defaults"));
}

/* Two sources that contradict each other are named, each with what it says. */
static void
judge_test_found_disagreement (JudgeTest *self, gconstpointer data)
{
  judge_test_tell (self, "server.name", "sync01.contoso.com");
  judge_test_tell (self, "server.domain", "contoso.com");
  judge_test_tell (self, "server.domain-controller", "no");
  judge_test_give (
      self, presync_fact_new_integer ("server.os-build", "SYNC01", 20348, self->server),
      presync_fact_new_time ("server.collected", "SYNC01", self->now, self->server), NULL);
  judge_test_assert_reason (self, "cn-facts-file-directory", PRESYNC_STATUS_NEEDS_ANSWER,
                            "The sync server’s computer object was not read: connect to its domain "
                            "and name the server, or answer by hand.");
  judge_test_give (
      self, presync_fact_new_text ("server.name", "SYNC01", "SYNC01.contoso.com", self->whole),
      presync_fact_new_text ("server.domain", "SYNC01", "contoso.com", self->whole), NULL);
  judge_test_give (self, presync_fact_new_integer ("server.os-build", "SYNC01", 20348, self->whole),
                   presync_fact_new_unknown ("server.domain-controller", "SYNC01",
                                             PRESYNC_UNKNOWN_NO_RIGHT, "The role cannot be read.",
                                             self->whole),
                   NULL);
  judge_test_assert_reason (self, "cn-facts-file-directory", PRESYNC_STATUS_UNKNOWN,
                            "The role cannot be read.");
  judge_test_give (
      self, presync_fact_new_boolean ("server.domain-controller", "SYNC01", FALSE, self->whole),
      NULL, NULL);
  judge_test_assert (self, "cn-facts-file-directory", PRESYNC_STATUS_MET,
                     "Name of the server: sync01.contoso.com · Domain of the server: contoso.com");
  judge_test_give (self, presync_fact_new_integer ("server.os-build", "SYNC01", 17763, self->whole),
                   NULL, NULL);
  judge_test_assert (self, "cn-facts-file-directory", PRESYNC_STATUS_ADVICE,
                     "Operating system build: Sync server: 20348, Directory: 17763 · "
                     "Name of the server: sync01.contoso.com");
}

/* Rights are of the login that signed in; both are told, whatever comes out. */
static void
judge_test_found_provided (JudgeTest *self, gconstpointer data)
{
  static const char beside[]
      = "The check signed in to SQL Server as somebody else than the person who will run the "
        "wizard, so it tells nothing of that person’s rights. Connect as that person, or answer by "
        "hand.";
  static const char stands_for[] = "These are the rights of the login that signed in; they count "
                                   "only if the same person installs.";
  static const char id[] = "cn-sql-rights";
  static const char yes[] = "yes (Rights to create or own the ADSync database) · "
                            "Signed in to SQL Server as: CONTOSO\\eadmin";
  static const char no[] = "no (Rights to create or own the ADSync database) · "
                           "Signed in to SQL Server as: CONTOSO\\eadmin";
  g_autoptr (PresyncOrigin) sql = presync_origin_new ("sql", "sql01", "login", self->now, TRUE);

#define RIGHTS(value)                                                                              \
  judge_test_give (self, presync_fact_new_boolean ("sql.rights", "sql01", value, sql),             \
                   presync_fact_new_text ("sql.login", "sql01", "CONTOSO\\eadmin", sql), NULL)
#define PERSON(fact) judge_test_give (self, fact, NULL, NULL)
  judge_test_give (self, presync_fact_new_boolean ("plan.own-sql", "", TRUE, self->whole), NULL,
                   NULL);
  judge_test_assert_reason (self, id, PRESYNC_STATUS_NEEDS_ANSWER,
                            "Connect to the SQL Server (page SQL Server), or answer by hand.");
  RIGHTS (TRUE);
  judge_test_assert (self, id, PRESYNC_STATUS_ADVICE, yes);
  judge_test_assert_reason (self, id, PRESYNC_STATUS_ADVICE, stands_for);
  RIGHTS (FALSE);
  judge_test_assert (self, id, PRESYNC_STATUS_NOT_MET, no);
  PERSON (presync_fact_new_text ("connect-admin.name", "x", "CONTOSO\\other", self->whole));
  judge_test_assert (self, id, PRESYNC_STATUS_UNKNOWN, no);
  judge_test_assert_reason (self, id, PRESYNC_STATUS_UNKNOWN, beside);
  RIGHTS (TRUE);
  judge_test_assert (self, id, PRESYNC_STATUS_UNKNOWN, yes);
  judge_test_assert_reason (self, id, PRESYNC_STATUS_UNKNOWN, beside);
  PERSON (presync_fact_new_unknown ("connect-admin.name", "x", PRESYNC_UNKNOWN_NO_RIGHT,
                                    "The account cannot be read.", self->whole));
  judge_test_assert_reason (self, id, PRESYNC_STATUS_UNKNOWN, "The account cannot be read.");
  PERSON (presync_fact_new_text ("connect-admin.name", "x", "contoso\\Eadmin", self->whole));
  judge_test_assert (self, id, PRESYNC_STATUS_MET, yes);
  judge_test_assert_reason (self, id, PRESYNC_STATUS_MET, NULL);
  RIGHTS (FALSE);
  judge_test_assert (self, id, PRESYNC_STATUS_NOT_MET, no);
#undef PERSON
#undef RIGHTS
}

/* Where it is open whether a condition applies, its advice is none, and that is told. */
static void
judge_test_advice_if_it_applies (JudgeTest *self, gconstpointer data)
{
  judge_test_give (self,
                   presync_fact_new_boolean ("plan.password-hash-sync", "", TRUE, self->whole),
                   NULL, NULL);
  judge_test_tell (self, "server.connect-installed", "no");
  judge_test_give (self,
                   presync_fact_new_unknown ("server.fips", "SYNC01", PRESYNC_UNKNOWN_FAILED,
                                             "FIPS mode cannot be read.", self->server),
                   presync_fact_new_unknown ("server.fips-exempt-sync", "SYNC01",
                                             PRESYNC_UNKNOWN_FAILED, "Nothing is installed.",
                                             self->server),
                   NULL);
  judge_test_assert_reason (self, "cn-fips", PRESYNC_STATUS_UNKNOWN, "FIPS mode cannot be read.");
  judge_test_tell (self, "server.fips", "yes");
  judge_test_assert_reason (self, "cn-fips", PRESYNC_STATUS_ADVICE,
                            "FIPS mode is on: exempt the sync engine as soon as it is installed, "
                            "or no password hashes are synchronized.");
}

/* People are told names; SIDs are for programs. */
static void
judge_test_found_names (JudgeTest *self, gconstpointer data)
{
  static const char *const names[] = { "CONTOSO\\Domain Admins", NULL };
  static const char *const local[] = { "S-1-5-21-1-2-3-512", NULL };
  static const char *const person[] = { "S-1-5-21-1-2-3-1105", NULL };

  judge_test_give (
      self, presync_fact_new_list ("server.local-administrators", "SYNC01", names, self->server),
      presync_fact_new_list ("server.local-administrator-sids", "SYNC01", local, self->server),
      NULL);
  judge_test_give (self,
                   presync_fact_new_list ("connect-admin.sids", "eadmin", person, self->whole),
                   NULL, NULL);
  judge_test_assert (self, "cn-local-admin", PRESYNC_STATUS_NOT_MET, "CONTOSO\\Domain Admins");
  judge_test_give (self, presync_fact_new_list ("connect-admin.sids", "eadmin", local, self->whole),
                   NULL, NULL);
  judge_test_assert (self, "cn-local-admin", PRESYNC_STATUS_MET, "CONTOSO\\Domain Admins");
}

/* What is open says where the answer comes from. */
static void
judge_test_why (JudgeTest *self, gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *reason;
  } cases[] = {
    { "cn-ps-execution-policy",
      "Read a facts file of the sync server (page Sync server), or answer by hand." },
    { "cn-os-version", "Read a facts file of the sync server (page Sync server), or connect to its "
                       "domain and name the server; or answer by hand." },
    { "cn-domain-joined", "Read a facts file of the sync server (page Sync server), or connect to "
                          "its domain and name the server; or answer by hand." },
    { "cn-tier0-laps", "The sync server’s computer object was not read: connect to its domain and "
                       "name the server, or answer by hand." },
    { "cn-sql-version", "Connect to the SQL Server (page SQL Server), or answer by hand." },
    { "cn-local-admin",
      "Read a facts file of the sync server (page Sync server), or answer by hand." },
    { "cn-facts-file-directory",
      "Read a facts file of the sync server (page Sync server), or answer by hand." },
    { "cn-facts-file-age",
      "Read a facts file of the sync server (page Sync server), or answer by hand." },
  };
  static const char *const local[] = { "S-1-5-21-1-2-3-512", NULL };

  judge_test_give (self, presync_fact_new_boolean ("plan.own-sql", "", TRUE, self->whole), NULL,
                   NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, cases[i].id);
      g_assert_cmpint (judgement->status, ==, PRESYNC_STATUS_NEEDS_ANSWER);
      g_assert_cmpstr (judgement->reason, ==, cases[i].reason);
    }
  judge_test_give (
      self, presync_fact_new_text ("server.name", "SYNC01", "SYNC01.contoso.com", self->whole),
      NULL, NULL);
  judge_test_assert_reason (
      self, "cn-facts-file-directory", PRESYNC_STATUS_NEEDS_ANSWER,
      "Read a facts file of the sync server (page Sync server), or answer by hand.");
  /* Of two lists the one that lacks is asked for. */
  judge_test_give (
      self,
      presync_fact_new_list ("server.local-administrator-sids", "SYNC01", local, self->server),
      presync_fact_new_list ("server.local-administrators", "SYNC01", local, self->server), NULL);
  {
    g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, "cn-local-admin");
    g_assert_cmpstr (judgement->reason, ==, "Name this account under Accounts, or answer by hand.");
  }
}

#define JUDGE_ADD(name, func)                                                                      \
  g_test_add ("/judge/" name, JudgeTest, NULL, judge_test_set_up, func, judge_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  JUDGE_ADD ("found-rights", judge_test_found_rights);
  JUDGE_ADD ("found-advice", judge_test_found_advice);
  JUDGE_ADD ("found-documented", judge_test_found_documented);
  JUDGE_ADD ("first-advice", judge_test_first_advice);
  JUDGE_ADD ("found-disagreement", judge_test_found_disagreement);
  JUDGE_ADD ("found-names", judge_test_found_names);
  JUDGE_ADD ("found-provided", judge_test_found_provided);
  JUDGE_ADD ("advice-if-it-applies", judge_test_advice_if_it_applies);
  JUDGE_ADD ("why", judge_test_why);
  return g_test_run ();
}
