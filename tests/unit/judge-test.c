/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/judge.h"

#include <string.h>

#include "facts/access-text.h"
#include "rules-kit.h"

/* What people read of a judgement: what was found, and why something is open. */

/* (transfer full): the judgement of a condition of the built-in catalogue */
static PresyncJudgement *
judge_test_judge (RulesTest *self, const char *id)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncCondition) condition = rules_kit_find (catalogue, id, NULL);

  g_assert_nonnull (condition);
  return presync_judge (condition, self->facts, self->now);
}

/* @text: (nullable): a text of facts/access-text.h; %NULL for none */
static void
judge_test_give_right (RulesTest *self, const char *key, const char *subject, const char *text)
{
  const char *const list[] = { text, NULL };
  rules_test_give (self, presync_fact_new_list (key, subject, list, self->whole), NULL, NULL);
}

/* What was found names the rights that fail, all of them, and nothing that is as it should be. */
static void
judge_test_found_rights (RulesTest *self, gconstpointer data)
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

  rules_test_give (self, presync_fact_new_boolean ("plan.custom-settings", "", TRUE, self->whole),
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

  rules_test_give (
      self, presync_fact_new_list ("connector.unexpire", "contoso.com", nothing, self->whole), NULL,
      NULL);
  judge_test_give_right (self, "connector.pwd-last-set-gaps", "contoso.com", NULL);
  rules_test_give (self,
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
judge_test_found_advice (RulesTest *self, gconstpointer data)
{
  g_autoptr (PresyncJudgement) judgement = NULL;

  rules_test_give (self, presync_fact_new_boolean ("tenant.admin-role", "", TRUE, self->whole),
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
judge_test_tell (RulesTest *self, const char *key, const char *value)
{
  gboolean boolean = presync_fact_key_find (key)->type == PRESYNC_FACT_BOOLEAN;

  rules_test_give (
      self,
      boolean ? presync_fact_new_boolean (key, "SYNC01", g_str_equal (value, "yes"), self->server)
              : presync_fact_new_text (key, "SYNC01", value, self->server),
      NULL, NULL);
}

static void
judge_test_assert (RulesTest *self, const char *id, PresyncStatus status, const char *found)
{
  g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, id);

  g_assert_cmpstr (judgement->found, ==, found);
  g_assert_cmpint (judgement->status, ==, status);
}

static void
judge_test_assert_reason (RulesTest *self, const char *id, PresyncStatus status, const char *reason)
{
  g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, id);

  g_assert_cmpstr (judgement->reason, ==, reason);
  g_assert_cmpint (judgement->status, ==, status);
}

/* What takes effect and what the page asks for by the letter stand side by side. */
static void
judge_test_found_documented (RulesTest *self, gconstpointer data)
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
judge_test_first_advice (RulesTest *self, gconstpointer data)
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
judge_test_found_disagreement (RulesTest *self, gconstpointer data)
{
  judge_test_tell (self, "server.name", "sync01.contoso.com");
  judge_test_tell (self, "server.domain", "contoso.com");
  judge_test_tell (self, "server.domain-controller", "no");
  rules_test_give (
      self, presync_fact_new_integer ("server.os-build", "SYNC01", 20348, self->server),
      presync_fact_new_time ("server.collected", "SYNC01", self->now, self->server), NULL);
  judge_test_assert_reason (self, "cn-facts-file-directory", PRESYNC_STATUS_NEEDS_ANSWER,
                            "The sync server’s computer object was not read: connect to its domain "
                            "and name the server, or answer by hand.");
  rules_test_give (
      self, presync_fact_new_text ("server.name", "SYNC01", "SYNC01.contoso.com", self->whole),
      presync_fact_new_text ("server.domain", "SYNC01", "contoso.com", self->whole), NULL);
  rules_test_give (self, presync_fact_new_integer ("server.os-build", "SYNC01", 20348, self->whole),
                   presync_fact_new_unknown ("server.domain-controller", "SYNC01",
                                             PRESYNC_UNKNOWN_NO_RIGHT, "The role cannot be read.",
                                             self->whole),
                   NULL);
  judge_test_assert_reason (self, "cn-facts-file-directory", PRESYNC_STATUS_UNKNOWN,
                            "The role cannot be read.");
  rules_test_give (
      self, presync_fact_new_boolean ("server.domain-controller", "SYNC01", FALSE, self->whole),
      NULL, NULL);
  judge_test_assert (self, "cn-facts-file-directory", PRESYNC_STATUS_MET,
                     "Name of the server: sync01.contoso.com · Domain of the server: contoso.com");
  rules_test_give (self, presync_fact_new_integer ("server.os-build", "SYNC01", 17763, self->whole),
                   NULL, NULL);
  judge_test_assert (self, "cn-facts-file-directory", PRESYNC_STATUS_ADVICE,
                     "Operating system build: Sync server: 20348, Directory: 17763 · "
                     "Name of the server: sync01.contoso.com");
}

/* Rights are of the login that signed in; both are told, whatever comes out. */
static void
judge_test_found_provided (RulesTest *self, gconstpointer data)
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
  rules_test_give (self, presync_fact_new_boolean ("sql.rights", "sql01", value, sql),             \
                   presync_fact_new_text ("sql.login", "sql01", "CONTOSO\\eadmin", sql), NULL)
#define PERSON(fact) rules_test_give (self, fact, NULL, NULL)
  rules_test_give (self, presync_fact_new_boolean ("plan.own-sql", "", TRUE, self->whole), NULL,
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
judge_test_advice_if_it_applies (RulesTest *self, gconstpointer data)
{
  rules_test_give (self,
                   presync_fact_new_boolean ("plan.password-hash-sync", "", TRUE, self->whole),
                   NULL, NULL);
  judge_test_tell (self, "server.connect-installed", "no");
  rules_test_give (self,
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
judge_test_found_names (RulesTest *self, gconstpointer data)
{
  static const char *const names[] = { "CONTOSO\\Domain Admins", NULL };
  static const char *const local[] = { "S-1-5-21-1-2-3-512", NULL };
  static const char *const person[] = { "S-1-5-21-1-2-3-1105", NULL };

  rules_test_give (
      self, presync_fact_new_list ("server.local-administrators", "SYNC01", names, self->server),
      presync_fact_new_list ("server.local-administrator-sids", "SYNC01", local, self->server),
      NULL);
  rules_test_give (self,
                   presync_fact_new_list ("connect-admin.sids", "eadmin", person, self->whole),
                   NULL, NULL);
  judge_test_assert (self, "cn-local-admin", PRESYNC_STATUS_NOT_MET, "CONTOSO\\Domain Admins");
  rules_test_give (self, presync_fact_new_list ("connect-admin.sids", "eadmin", local, self->whole),
                   NULL, NULL);
  judge_test_assert (self, "cn-local-admin", PRESYNC_STATUS_MET, "CONTOSO\\Domain Admins");
}

/* What is open says where the answer comes from. */
static void
judge_test_why (RulesTest *self, gconstpointer data)
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

  rules_test_give (self, presync_fact_new_boolean ("plan.own-sql", "", TRUE, self->whole), NULL,
                   NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, cases[i].id);
      g_assert_cmpint (judgement->status, ==, PRESYNC_STATUS_NEEDS_ANSWER);
      g_assert_cmpstr (judgement->reason, ==, cases[i].reason);
    }
  rules_test_give (
      self, presync_fact_new_text ("server.name", "SYNC01", "SYNC01.contoso.com", self->whole),
      NULL, NULL);
  judge_test_assert_reason (
      self, "cn-facts-file-directory", PRESYNC_STATUS_NEEDS_ANSWER,
      "Read a facts file of the sync server (page Sync server), or answer by hand.");
  /* Of two lists the one that lacks is asked for. */
  rules_test_give (
      self,
      presync_fact_new_list ("server.local-administrator-sids", "SYNC01", local, self->server),
      presync_fact_new_list ("server.local-administrators", "SYNC01", local, self->server), NULL);
  {
    g_autoptr (PresyncJudgement) judgement = judge_test_judge (self, "cn-local-admin");
    g_assert_cmpstr (judgement->reason, ==, "Name this account under Accounts, or answer by hand.");
  }
}

/* What is met for now, and what is to be minded of it: the advice goes by how much there is. */
static void
judge_test_quota_advice (RulesTest *self, gconstpointer data)
{
  static const struct
  {
    gint64 objects;
    const char *says;
  } cases[]
      = { { 300000, NULL }, { 300001, "300,000" }, { 500000, "300,000" }, { 500001, "500,000" } };

  rules_test_give (self, presync_fact_new_integer ("tenant.quota-left", "", 1000000, self->whole),
                   presync_fact_new_boolean ("tenant.custom-domain", "", TRUE, self->whole),
                   presync_fact_new_boolean ("tenant.active-sync", "", FALSE, self->whole));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncJudgement) judgement = NULL;
      rules_test_give (
          self, presync_fact_new_integer ("forest.objects", "", cases[i].objects, self->whole),
          NULL, NULL);
      judgement = judge_test_judge (self, "cn-object-quota");
      if (cases[i].says == NULL)
        g_assert_cmpint (judgement->status, ==, PRESYNC_STATUS_MET);
      else
        {
          g_assert_cmpint (judgement->status, ==, PRESYNC_STATUS_ADVICE);
          g_assert_nonnull (strstr (judgement->reason, cases[i].says));
        }
    }
}

/* When the tenant was synchronized last is told beside that it is. */
static void
judge_test_last_sync (RulesTest *self, gconstpointer data)
{
  g_autoptr (PresyncJudgement) before = NULL;
  g_autoptr (PresyncJudgement) after = NULL;

  rules_test_give (self, presync_fact_new_boolean ("tenant.active-sync", "", TRUE, self->whole),
                   NULL, NULL);
  before = judge_test_judge (self, "cn-active-sync");
  g_assert_cmpint (before->status, ==, PRESYNC_STATUS_ADVICE);
  g_assert_cmpuint (before->facts->len, ==, 1);
  rules_test_give (self, presync_fact_new_time ("tenant.last-sync", "", self->now, self->whole),
                   NULL, NULL);
  after = judge_test_judge (self, "cn-active-sync");
  g_assert_cmpint (after->status, ==, PRESYNC_STATUS_ADVICE);
  g_assert_cmpuint (after->facts->len, ==, 2);
  g_assert_nonnull (strstr (after->found, "2026"));
}

#define JUDGE_ADD(name, func)                                                                      \
  g_test_add ("/judge/" name, RulesTest, NULL, rules_test_set_up, func, rules_test_tear_down)

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
  JUDGE_ADD ("quota-advice", judge_test_quota_advice);
  JUDGE_ADD ("last-sync", judge_test_last_sync);
  return g_test_run ();
}
