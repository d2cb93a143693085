/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts by name, and what they act with, from small snapshots */
#include "people-kit.h"

#include "sources/directory/principal.h"

/* What @name is: its name and class, or "?reason problem" */
static char *
find_name (const char *name, const Edit *edits)
{
  g_autoptr (PresyncDirectory) directory = open_people (edits);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, NULL);
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;
  PresyncUnknown reason;
  g_autoptr (PresyncPrincipal) principal = presync_principal_find (
      directory, forest, NULL, name, &origin, &reason, &problem, NULL, &error);
  g_autoptr (PresyncPrincipal) copy = presync_principal_copy (principal);

  g_assert_no_error (error);
  g_assert_nonnull (origin);
  g_assert_true ((principal == NULL) == (problem != NULL));
  g_assert_true ((principal == NULL) == (reason != PRESYNC_UNKNOWN_NONE));
  if (principal == NULL)
    return g_strdup_printf ("?%s %s", presync_unknown_nick (reason), problem);
  return g_strdup_printf ("%s %s", copy->name, copy->class);
}

typedef struct
{
  const char *name;
  const char *found;
  Edit edits[3];
} NameCase;

static void
check_names (const NameCase *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *found = find_name (cases[i].name, cases[i].edits);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

#define CHECK_NAMES(cases) check_names (cases, G_N_ELEMENTS (cases))
#define ANN "CONTOSO\\ann user"
#define NOT_HERE(name) "?not-offered There is no account “" name "” in contoso.com."

static void
test_forms (void)
{
  static const NameCase cases[] = {
    { "ann", ANN, { { NULL } } },
    { "ANN", ANN, { { NULL } } },
    { "CONTOSO\\Ann", ANN, { { NULL } } },
    { "contoso.com\\ann", ANN, { { NULL } } },
    { "Ann@Contoso.com", ANN, { { NULL } } },
    { "cn=ann, CN=Users, DC=contoso, DC=com", ANN, { { NULL } } },
    { "S-1-5-21-1-2-3-1101", ANN, { { NULL } } },
    { "s-1-5-21-1-2-3-1101", ANN, { { NULL } } },
    { "eve@fabrikam.com", "CONTOSO\\eve user", { { NULL } } },
    /* The domain's own name stands for a suffix that was never given. */
    { "pia@contoso.com", "CONTOSO\\pia user", { { NULL } } },
    { "gmsa1", "CONTOSO\\gmsa1$ msDS-GroupManagedServiceAccount", { { NULL } } },
    { "gmsa1$", "CONTOSO\\gmsa1$ msDS-GroupManagedServiceAccount", { { NULL } } },
    { "provAgentgMSA", "CONTOSO\\pGMSA_12345678$ msDS-GroupManagedServiceAccount", { { NULL } } },
    { "pGMSA_12345678", "CONTOSO\\pGMSA_12345678$ msDS-GroupManagedServiceAccount", { { NULL } } },
    /* A person's common name is no account name. */
    { "Tier 0", NOT_HERE ("Tier 0"), { { NULL } } },
    { "smsa1", "CONTOSO\\smsa1$ msDS-ManagedServiceAccount", { { NULL } } },
    { "SYNC01", "CONTOSO\\SYNC01$ computer", { { NULL } } },
    { "DC01", "CONTOSO\\DC01$ computer", { { NULL } } },
    { "ina", "CONTOSO\\ina inetOrgPerson", { { NULL } } },
    { "Tier 0 Admins", "CONTOSO\\Tier 0 Admins group", { { NULL } } },
    { STRANGER, STRANGER " foreignSecurityPrincipal", { { NULL } } },
    { "CN=" STRANGER FOREIGN, STRANGER " foreignSecurityPrincipal", { { NULL } } },
    { "S-1-5-11", "Authenticated Users foreignSecurityPrincipal", { { NULL } } },
    { "ann",
      "CONTOSO\\ann fabrikamPerson",
      { { "objectClass: user\nobjectCategory: CN=Person," SCH "\ncn: Ann",
          "objectClass: user\nobjectClass: fabrikamPerson\nobjectCategory: CN=Person," SCH
          "\ncn: Ann" } } },
    { "ann", "contoso.com\\ann user", { { "nETBIOSName: CONTOSO\n", "" } } },
    { "ann", "CONTOSO\\ann user", { { "sAMAccountName: SYNC01$\n", "sAMAccountName: ann$\n" } } },
  };

  CHECK_NAMES (cases);
}

static void
test_odd_names (void)
{
  static const char *const absent[] = { "*",
                                        "a*",
                                        "(ann)",
                                        "x)(objectClass=*",
                                        "ann)(cn=*",
                                        "\\2a",
                                        "*@contoso.com",
                                        "ann\\*",
                                        "S-1-x",
                                        "=",
                                        "@",
                                        "ann=1",
                                        "a&b <i>",
                                        "CN=*" USERS,
                                        "CN=An\\,n" USERS };
  static const Edit odd[] = { { "sAMAccountName: ann\n", "sAMAccountName: a&b(<c>)\n" },
                              { "ann@contoso.com", "a*b)<&\\c@contoso.com" },
                              { "dn: CN=Ann" USERS, "dn: CN=A\\2A\\\\n \\<n\\>" USERS },
                              { NULL, NULL } };
  static const char *const forms[] = { "a&b(<c>)", "CONTOSO\\a&b(<c>)",
                                       "CN=A\\2A\\\\n \\<n\\>" USERS, "CN=A*\\5Cn \\3Cn>" USERS };

  for (guint i = 0; i < G_N_ELEMENTS (absent); i++)
    {
      g_autofree char *found = find_name (absent[i], NULL);

      g_test_message ("%s", found);
      g_assert_true (g_str_has_prefix (found, "?not-offered "));
      g_assert_nonnull (strstr (found, g_str_has_suffix (absent[i], "\\*")    ? "ann is no domain"
                                       : g_str_has_prefix (absent[i], "\\2a") ? " is no domain"
                                                                              : absent[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *found = find_name (forms[i], odd);

      g_assert_cmpstr (found, ==, "CONTOSO\\a&b(<c>) user");
    }
}

#define CHILD                                                                                      \
  {                                                                                                \
    "dn: CN=Enterprise Schema,CN=Partitions,",                                                     \
        "dn: CN=EMEA,CN=Partitions," CFG                                                           \
        "\nobjectClass: crossRef\nnETBIOSName: EMEA\ndnsRoot: emea.contoso.com\n"                  \
        "nCName: DC=emea,DC=contoso,DC=com\nsystemFlags: 3\n\n"                                    \
        "dn: CN=Enterprise Schema,CN=Partitions,"                                                  \
  }
#define ELSEWHERE(name)                                                                            \
  "?not-offered Connect to a domain controller of emea.contoso.com to see “" name "”."
#define OTHERS(name)                                                                               \
  "?not-offered The domain contoso.com has no account “" name "”; other domains were not read."

static void
test_elsewhere (void)
{
  static const NameCase cases[] = {
    { "EXAMPLE\\ann",
      "?not-offered EXAMPLE is no domain of this forest (contoso.com).",
      { { NULL } } },
    { "CN=Ann,DC=example,DC=org",
      "?not-offered example.org is no domain of this forest (contoso.com).",
      { { NULL } } },
    { "EMEA\\ann", ELSEWHERE ("EMEA\\ann"), { CHILD } },
    { "emea.contoso.com\\ann", ELSEWHERE ("emea.contoso.com\\ann"), { CHILD } },
    { "CN=x,DC=emea,DC=contoso,DC=com", ELSEWHERE ("CN=x,DC=emea,DC=contoso,DC=com"), { CHILD } },
    { "x@emea.contoso.com", ELSEWHERE ("x@emea.contoso.com"), { CHILD } },
    { "x@fabrikam.com", OTHERS ("x@fabrikam.com"), { CHILD } },
    { "x@fabrikam.com", NOT_HERE ("x@fabrikam.com"), { { NULL } } },
    { "x@contoso.com", NOT_HERE ("x@contoso.com"), { CHILD } },
    /* A UPN may have any suffix; where it is found, it is. */
    { "ann@emea.contoso.com", ANN, { CHILD, { "ann@contoso.com", "ann@emea.contoso.com" } } },
    { "EXAMPLE\\ann",
      "?not-offered EXAMPLE is not the domain contoso.com, and the other domains of the forest are "
      "not shown.",
      { { "nETBIOSName: CONTOSO\n", "" } } },
    /* A list that lacks the root is not all of them. */
    { "EXAMPLE\\ann",
      "?not-offered EXAMPLE is not the domain contoso.com, and the other domains of the forest are "
      "not shown.",
      { { "rootDomainNamingContext: DC=contoso,DC=com",
          "rootDomainNamingContext: DC=root,DC=com" } } },
    { "S-1-5-21-8-8-8-1101", OTHERS ("S-1-5-21-8-8-8-1101"), { { NULL } } },
    { "S-1-5-21-1-2-3-9999", NOT_HERE ("S-1-5-21-1-2-3-9999"), { { NULL } } },
  };

  CHECK_NAMES (cases);
}

static void
test_not_readable (void)
{
  static const Edit no_canary
      = { "dNSHostName: DC01.contoso.com\nsAMA", "dNSHostName: DC02\nsAMA" };
  static const NameCase cases[] = {
    { "nobody", NOT_HERE ("nobody"), { { NULL } } },
    { "CN=Nobody" USERS, NOT_HERE ("CN=Nobody" USERS), { { NULL } } },
    { "ann",
      "?failed Two objects are named “ann”: CN=Ann" USERS " and CN=Eve" USERS
      ". Name one by its DN.",
      { { "sAMAccountName: eve\n", "sAMAccountName: ANN\n" } } },
    { "ann@contoso.com",
      "?failed Two objects are named “ann@contoso.com”: CN=Ann" USERS " and CN=Eve" USERS
      ". Name one by its DN.",
      { { "eve@fabrikam.com", "Ann@contoso.com" } } },
  };
  g_autofree char *hidden = find_name ("nobody", EDITS (no_canary));
  g_autofree char *shown = find_name ("ann", EDITS (no_canary));
  g_autofree char *above = find_name ("CN=x,OU=Nowhere,DC=contoso,DC=com", NULL);
  static const char *const groups[] = { SID_512, SID_519, SID_BUILTIN, SID_513, NULL };
  static const char *const missing[]
      = { "nobody", "CN=Nobody" USERS, "S-1-5-21-1-2-3-9999", "x@contoso.com" };
  g_autofree char *cut = find_name ("nobody", EDITS ({ "dn:\n", "result: 4 Size limit\n\ndn:\n" }));

  CHECK_NAMES (cases);
  g_assert_true (g_str_has_prefix (hidden, "?not-offered The snapshot “"));
  g_assert_cmpstr (shown, ==, ANN);
  g_assert_true (g_str_has_prefix (above, "?not-offered The snapshot “"));
  g_assert_true (g_str_has_prefix (cut, "?partial "));
  /* Only an administrator sees all: who is not shown to others may be there. */
  for (guint i = 0; i < 5 * G_N_ELEMENTS (missing); i++)
    {
      const char *name = missing[i / 5];
      g_autofree char *line = groups[i % 5] == NULL
                                  ? g_strdup ("")
                                  : g_strdup_printf ("tokenGroups:: %s\n", groups[i % 5]);
      g_autofree char *found = find_name (name, EDITS ({ "tokenGroups:: " SID_512 "\n", line }));
      g_autofree char *absent = g_strdup_printf (NOT_HERE ("%s"), name);
      g_autofree char *not_shown = g_strdup_printf (
          "?no-right No account “%s” is shown to whoever signed in to presync-", name);

      g_test_message ("%s", found);
      g_assert_true (g_str_has_prefix (found, i % 5 < 3 ? absent : not_shown));
    }
}

/* The token of @name: does it have each of @sids (words), and so many in all? */
static void
check_token (const char *name, const char *sids, guint size, const Edit *edits)
{
  g_autoptr (PresyncDirectory) directory = open_people (edits);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, NULL, NULL);
  g_autoptr (PresyncOrigin) found = NULL;
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *token_problem = NULL;
  g_autoptr (PresyncToken) token = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strsplit (sids, " ", -1);
  PresyncUnknown reason;
  g_autoptr (PresyncPrincipal) principal = presync_principal_find (
      directory, forest, NULL, name, &found, &reason, &problem, NULL, &error);

  g_assert_nonnull (principal);
  g_assert_true (presync_principal_read_token (directory, forest, principal, &token, &origin,
                                               &reason, &token_problem, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (PRESYNC_IS_ORIGIN (origin));
  g_assert_true ((token == NULL) == (token_problem != NULL));
  if (token == NULL)
    {
      g_test_message ("%s", token_problem);
      g_assert_cmpstr (presync_unknown_nick (reason), ==, sids);
      return;
    }
  for (guint i = 0; words[i] != NULL; i++)
    {
      PresyncSid sid = kit_sid (words[i]);
      g_test_message ("%s", words[i]);
      g_assert_true (presync_token_has (token, &sid));
    }
  g_assert_cmpuint (presync_token_get_size (token), ==, size);
}

static void
test_token (void)
{
#define MINE "S-1-5-21-1-2-3-"
#define ALL " S-1-1-0 S-1-5-11 S-1-5-32-554 " MINE "1301 " MINE "1302"
  check_token ("ann", MINE "1101 " MINE "513" ALL, 7, NULL);
  check_token ("eve", MINE "1102 " MINE "513 " MINE "1200 " MINE "1201 " MINE "519" ALL, 10, NULL);
  /* Authenticated Users are in nothing; and the groups for mail only never count. */
  check_token ("ann", MINE "1101 " MINE "513 S-1-1-0 S-1-5-11", 4,
               EDITS ({ "-2147483643\nmember: CN=S-1-5-11", "-2147483643\nmember: CN=S-1-5-12" }));
  check_token ("ann", MINE "1303", 8, EDITS ({ "groupType: 4\n", "groupType: -2147483644\n" }));
  check_token (STRANGER, STRANGER ALL, 6, NULL);
#undef MINE
#undef ALL
}

/* Hidden groups are never taken for none. */
static void
test_token_hidden (void)
{
  check_token ("ann", "no-right", 0,
               EDITS ({ "tokenGroups:: {513}\n\ndn: CN=Eve", "\ndn: CN=Eve" }));
  check_token ("ann", "no-right", 0, EDITS ({ "objectSid:: {1101}\n", "" }));
  check_token ("ann", "malformed", 0,
               EDITS ({ "tokenGroups:: {513}\n\ndn: CN=Eve", "tokenGroups: x\n\ndn: CN=Eve" }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/principal/forms", test_forms);
  g_test_add_func ("/principal/odd-names", test_odd_names);
  g_test_add_func ("/principal/elsewhere", test_elsewhere);
  g_test_add_func ("/principal/not-readable", test_not_readable);
  g_test_add_func ("/principal/token", test_token);
  g_test_add_func ("/principal/token-hidden", test_token_hidden);
  return g_test_run ();
}
