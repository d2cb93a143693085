/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/access-text.h"
#include "facts/fact.h"

#include <string.h>

#define UNIT "OU=VIP,DC=contoso,DC=com"

/* Each right is a pair of facts that exist, and no fact of that format is left over. */
static void
access_text_test_rights (void)
{
  static const char *const roles[] = { "connector", "gmsa" };
  guint pairs = 0;
  guint facts = 0;
  gsize n_keys;
  const PresyncFactKey *keys = presync_fact_keys (&n_keys);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      gsize n;
      const PresyncAccessRight *rights = presync_access_rights (roles[i], &n);

      g_assert_cmpuint (n, ==, 12);
      for (gsize j = 0; j < n; j++)
        {
          g_autofree char *fact = g_strdup_printf ("%s.%s", roles[i], rights[j].id);
          g_autofree char *gaps = g_strdup_printf ("%s-gaps", fact);

          g_assert_cmpstr (rights[j].fact, ==, fact);
          g_assert_cmpstr (rights[j].gaps, ==, gaps);
          g_assert_nonnull (presync_fact_key_find (fact));
          g_assert_nonnull (presync_fact_key_find (gaps));
          g_assert_cmpint (presync_fact_key_find (fact)->format, ==, PRESYNC_FORMAT_RIGHTS);
          g_assert_cmpint (presync_fact_key_find (gaps)->format, ==, PRESYNC_FORMAT_GAPS);
          pairs++;
        }
    }
  for (gsize i = 0; i < n_keys; i++)
    facts += keys[i].format == PRESYNC_FORMAT_RIGHTS ? 1 : 0;
  g_assert_cmpuint (facts, ==, pairs);
}

static void
access_text_test_lacks (void)
{
  static const struct
  {
    const char *class;
    const char *part;
    const char *denied_to;
    const char *text;
  } cases[] = {
    { "user", NULL, NULL, "user" },
    { "user", "lockoutTime", NULL, "user: lockoutTime" },
    { "user", NULL, "CONTOSO\\Temps", "user (denied to CONTOSO\\Temps)" },
    { "domainDNS", NULL, "Everyone", "the domain itself (denied to Everyone)" },
    { "organizationalUnit", "create and delete user", "A\tB",
      "organizationalUnit: create and delete user (denied to A\\09B)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = presync_access_lack_format (cases[i].class, cases[i].part, cases[i].denied_to);
      g_autofree char *described = presync_access_lack_describe (text);

      g_assert_cmpstr (described, ==, cases[i].text);
    }
}

static void
access_text_test_gaps (void)
{
  g_autofree char *text
      = presync_access_gap_format (UNIT, PRESYNC_GAP_INHERITANCE_OFF, 12, "CN=vera," UNIT);
  g_autofree char *one = presync_access_gap_format ("CN=a\tb", PRESYNC_GAP_PROTECTED, 1, NULL);
  g_autofree char *many = presync_access_gap_describe (text);
  g_autofree char *single = presync_access_gap_describe (one);
  g_autoptr (PresyncAccessGap) gap = presync_access_gap_parse (text);
  g_autoptr (PresyncAccessGap) other = presync_access_gap_parse (one);

  g_assert_cmpstr (many, ==, UNIT " (inheritance off, 12 objects)");
  g_assert_cmpstr (single, ==, "CN=a\\09b (protected by AdminSDHolder, 1 object)");
  g_assert_nonnull (gap);
  g_assert_cmpstr (gap->place, ==, UNIT);
  g_assert_cmpint (gap->reason, ==, PRESYNC_GAP_INHERITANCE_OFF);
  g_assert_cmpuint (gap->n_objects, ==, 12);
  g_assert_cmpstr (gap->example, ==, "CN=vera," UNIT);
  g_assert_nonnull (other);
  g_assert_null (other->example);
  for (int reason = PRESYNC_GAP_INHERITANCE_OFF; reason <= PRESYNC_GAP_OTHER; reason++)
    {
      g_autofree char *again = presync_access_gap_format (UNIT, reason, 0, NULL);
      g_autoptr (PresyncAccessGap) parsed = presync_access_gap_parse (again);

      g_assert_nonnull (parsed);
      g_assert_cmpint (parsed->reason, ==, reason);
      g_assert_cmpstr (presync_access_gap_reason_title (reason), !=, "");
    }
}

static void
access_text_test_malformed (void)
{
  static const char *const texts[] = { "",
                                       "x",
                                       "OU=a\tdenied\t1",
                                       "OU=a\tdenied\tx\t",
                                       "OU=a\tnonsense\t1\t",
                                       "OU=a\tdenied\t-1\t",
                                       "OU=a\tdenied\t1\t\t" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *described = presync_access_gap_describe (texts[i]);

      g_assert_null (presync_access_gap_parse (texts[i]));
      g_assert_cmpstr (described, ==, texts[i]);
    }
}

static void
access_text_test_paths (void)
{
  static const char *const direct[] = { "Domain Admins", NULL };
  static const char *const nested[] = { "Enterprise Admins", "Tier 0", "Tier 0 Admins", NULL };
  g_autofree char *one = presync_access_path_format (direct);
  g_autofree char *two = presync_access_path_format (nested);
  g_autofree char *first = presync_access_path_describe (one);
  g_autofree char *second = presync_access_path_describe (two);

  g_assert_cmpstr (first, ==, "Domain Admins");
  g_assert_cmpstr (second, ==, "Enterprise Admins, through Tier 0 › Tier 0 Admins");
}

static void
access_text_test_describe_list (const char *key, const char *const *list, const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "dc", "q", now, TRUE);
  g_autoptr (PresyncFact) fact = presync_fact_new_list (key, "contoso.com", list, origin);
  g_autofree char *described = presync_fact_describe (fact);

  g_assert_cmpstr (described, ==, text);
}

static void
access_text_test_describe (void)
{
  static const char *const none[] = { NULL };
  static const char *const lacks[] = { "user\t\t", "group\t\tEveryone", NULL };
  static const char *const many[]
      = { "user\t\t", "group\t\t", "contact\t\t", "device\t\t", "computer\t\t", NULL };
  static const char *const gaps[]
      = { UNIT "\tinheritance-off\t12\t", "CN=a\tdenied\t1\tCN=a", NULL };
  static const char *const paths[] = { "Domain Admins\tTier 0", "Administrators", NULL };
  static const struct
  {
    const char *key;
    gint64 seconds;
    const char *text;
  } days[] = {
    { "domain.minimum-password-age", 0, "0 days" },
    { "domain.minimum-password-age", 86400, "1 day" },
    { "domain.minimum-password-age", 172800, "2 days" },
    { "gmsa.password-interval", 2592000, "30 days" },
    { "domain.minimum-password-age", 7200, "2 hours" },
    { "domain.minimum-password-age", 90000, "25 hours" },
    { "domain.minimum-password-age", 300, "5 minutes" },
  };

  access_text_test_describe_list ("connector.read", none, "granted");
  access_text_test_describe_list ("connector.read", lacks,
                                  "missing for user, group (denied to Everyone)");
  access_text_test_describe_list ("gmsa.read", many,
                                  "missing for user, group, contact, device and 1 more");
  access_text_test_describe_list ("connector.read-gaps", none, "everywhere");
  access_text_test_describe_list ("connector.read-gaps", gaps,
                                  UNIT " (inheritance off, 12 objects); CN=a (denied, 1 object)");
  access_text_test_describe_list ("cloud-admin.membership", paths,
                                  "Domain Admins, through Tier 0; Administrators");
  access_text_test_describe_list ("cloud-admin.membership", none, "none");
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "dc", "q", now, TRUE);
      g_autoptr (PresyncFact) fact
          = presync_fact_new_integer (days[i].key, "contoso.com", days[i].seconds, origin);
      g_autofree char *text = presync_fact_describe (fact);

      g_assert_cmpstr (text, ==, days[i].text);
    }
}

static void
access_text_test_account_kinds (void)
{
  static const char *const kinds[][2] = {
    { "virtual", "virtual service account" },
    { "local", "local account" },
    { "domain", "domain account" },
    { "smsa", "standalone managed service account" },
    { "gmsa", "group managed service account" },
    { "other", "no service account" },
    { "strange", "strange" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "dc", "q", now, TRUE);
      g_autoptr (PresyncFact) fact
          = presync_fact_new_text ("service.kind", "sync", kinds[i][0], origin);
      g_autofree char *text = presync_fact_describe (fact);

      g_assert_cmpstr (text, ==, kinds[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/access-text/rights", access_text_test_rights);
  g_test_add_func ("/access-text/lacks", access_text_test_lacks);
  g_test_add_func ("/access-text/gaps", access_text_test_gaps);
  g_test_add_func ("/access-text/malformed", access_text_test_malformed);
  g_test_add_func ("/access-text/paths", access_text_test_paths);
  g_test_add_func ("/access-text/describe", access_text_test_describe);
  g_test_add_func ("/access-text/account-kinds", access_text_test_account_kinds);
  return g_test_run ();
}
