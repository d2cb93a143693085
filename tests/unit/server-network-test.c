/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the collector script tried of the network: each outcome, what a file leaves out
 */
#include "sources/server/collector-command.h"

#include "server-network-kit.h"

/* One row, and what a fact that it decides comes to */
typedef struct
{
  const char *row;
  const char *key;
  const char *subject;
  const char *value; /* "yes", "no", or "?reason" */
  const char *why;   /* nullable: NULL: it gives no reason */
} Case;

static char *
network_test_value (PresyncFact *fact)
{
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return g_strconcat ("?", presync_unknown_nick (presync_fact_get_unknown (fact)), NULL);
  return g_strdup (presync_fact_get_boolean (fact) ? "yes" : "no");
}

static void
network_test_check (PresyncFactsReport *report, const PresyncNetworkTarget *target,
                    const Case *wanted)
{
  g_autoptr (GPtrArray) facts = presync_facts_report_list_network_facts (report, target);
  PresyncFact *fact = network_kit_find (facts, wanted->key, wanted->subject);
  g_autofree char *value = NULL;
  g_autofree char *at = NULL;
  PresyncOrigin *origin;

  g_test_message ("%s of %s", wanted->key, wanted->subject);
  g_assert_nonnull (fact);
  value = network_test_value (fact);
  g_assert_cmpstr (value, ==, wanted->value);
  g_assert_cmpstr (presync_fact_get_detail (fact), ==, wanted->why);
  origin = presync_fact_get_origin (fact);
  at = presync_origin_dup_at_text (origin);
  g_assert_cmpstr (presync_origin_get_source (origin), ==, "server");
  g_assert_cmpstr (presync_origin_get_target (origin), ==, "SYNC01.json");
  g_assert_cmpstr (at, ==, "2026-10-28T09:14:03Z");
}

static void
network_test_check_cases (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (PresyncFactsReport) report = network_kit_parse_rows (cases[i].row);

      network_test_check (report, NULL, &cases[i]);
    }
}

#define WORLD "login.windows.net"
#define WORLD_SUBJECT "login.windows.net:443"
#define REGISTRATION "network.cloud-registration"
#define PROXY "\"http://proxy.contoso.com:8080\""

static void
network_test_outcomes (void)
{
  static const Case cases[] = {
    { ROW ("address", WORLD, "443", "reached"), REGISTRATION, WORLD_SUBJECT, "yes", NULL },
    /* One address serves several lists, whatever the case of its letters. */
    { ROW ("address", "Login.Windows.net", "443", "reached"), "network.connect-run", WORLD_SUBJECT,
      "yes", NULL },
    { ROW ("address", WORLD, "443", "no-name"), REGISTRATION, WORLD_SUBJECT, "no",
      "The name servers know no “login.windows.net”." },
    { ROW ("address", WORLD, "443", "refused"), REGISTRATION, WORLD_SUBJECT, "no",
      "login.windows.net refuses connections on port 443." },
    { ROW ("address", WORLD, "443", "reset"), REGISTRATION, WORLD_SUBJECT, "no",
      "The connection to login.windows.net on port 443 was broken off." },
    { ROW ("address", WORLD, "443", "no-tls12"), REGISTRATION, WORLD_SUBJECT, "no",
      "The sync server and login.windows.net have no TLS 1.2 in common." },
    { ROW_WITH ("address", WORLD, "443", "tls-failed", "\"Ende der \\u001b[31mDatei\"", "null",
                "null"),
      REGISTRATION, WORLD_SUBJECT, "no",
      "TLS with login.windows.net failed: Ende der \xef\xbf\xbd[31mDatei" },
    { ROW ("address", WORLD, "443", "wrong-name"), REGISTRATION, WORLD_SUBJECT, "no",
      "The certificate that login.windows.net shows is for another name." },
    { ROW_WITH ("address", WORLD, "443", "expired", "null", "null", GOOD), REGISTRATION,
      WORLD_SUBJECT, "no",
      "The certificate of login.windows.net is valid only from 2026-01-01 to 2099-01-01." },
    { ROW_WITH ("address", WORLD, "443", "intercepted", "null", "null", CORPORATE "false }"),
      REGISTRATION, WORLD_SUBJECT, "no",
      "The certificate of login.windows.net is signed by “Contoso Inspection CA”, which the sync "
      "server does not trust." },
    { ROW_WITH ("address", WORLD, "443", "proxy-sign-in", "null", PROXY, "null"), REGISTRATION,
      WORLD_SUBJECT, "no",
      "The proxy http://proxy.contoso.com:8080 wants a sign-in (407) for login.windows.net." },
    { ROW_WITH ("address", WORLD, "443", "proxy-refused", "null", PROXY, "null"), REGISTRATION,
      WORLD_SUBJECT, "no",
      "The proxy http://proxy.contoso.com:8080 refuses login.windows.net (403)." },
    { ROW_WITH ("address", WORLD, "443", "proxy-broken", "\"HTTP 502\"", PROXY, "null"),
      REGISTRATION, WORLD_SUBJECT, "no",
      "The proxy http://proxy.contoso.com:8080 does not get through to login.windows.net: HTTP "
      "502" },
    { ROW ("address", WORLD, "443", "silent"), REGISTRATION, WORLD_SUBJECT, "?timed-out",
      "login.windows.net does not answer on port 443: a firewall may drop what is sent." },
    { ROW_WITH ("address", WORLD, "443", "silent", "null", PROXY, "null"), REGISTRATION,
      WORLD_SUBJECT, "?timed-out",
      "The proxy did not answer when it was asked for login.windows.net." },
    { ROW ("address", WORLD, "443", "no-resolver"), REGISTRATION, WORLD_SUBJECT, "?unreachable",
      "“login.windows.net” could not be looked up: no name server answered, or it failed." },
    { ROW_WITH ("address", WORLD, "443", "no-resolver", "null", PROXY, "null"), REGISTRATION,
      WORLD_SUBJECT, "?unreachable",
      "The name of the proxy http://proxy.contoso.com:8080 could not be looked up: no name server "
      "answered, or it failed." },
    { ROW ("address", WORLD, "443", "no-network"), REGISTRATION, WORLD_SUBJECT, "?unreachable",
      "There is no way from the sync server to login.windows.net: the script says no more" },
    { ROW ("address", WORLD, "443", "not-tried"), REGISTRATION, WORLD_SUBJECT, "?timed-out",
      "login.windows.net:443 was not tried: others took all the time." },
    { ROW ("address", "mscrl.microsoft.com", "80", "refused"), "network.cloud-lists",
      "mscrl.microsoft.com:80", "no", "mscrl.microsoft.com refuses connections on port 80." },
    /* The tenant's own address */
    { ROW ("address", "4d3b0b4e-0000-4000-8000-0123456789ab.registration.msappproxy.net", "443",
           "reached"),
      "network.pass-through",
      "4d3b0b4e-0000-4000-8000-0123456789ab.registration.msappproxy.net:443", "yes", NULL },
  };

  network_test_check_cases (cases, G_N_ELEMENTS (cases));
}

static void
network_test_kinds (void)
{
  static const Case cases[] = {
    { ROW ("record", "_ldap._tcp.contoso.com", "null", "reached") ", " ROW ("domain", "contoso.com",
                                                                            "389", "reached"),
      "network.srv-record", "_ldap._tcp.contoso.com", "yes", NULL },
    { ROW ("record", "_ldap._tcp.contoso.com", "null", "no-name") ", " ROW ("domain", "contoso.com",
                                                                            "389", "refused"),
      "network.srv-record", "_ldap._tcp.contoso.com", "no",
      "The name servers know no “_ldap._tcp.contoso.com”." },
    { ROW ("record", "_ldap._tcp.contoso.com", "null", "silent") ", " ROW ("domain", "contoso.com",
                                                                           "389", "refused"),
      "network.srv-record", "_ldap._tcp.contoso.com", "?timed-out",
      "No name server answered when “_ldap._tcp.contoso.com” was looked up." },
    { ROW ("domain", "contoso.com", "389", "refused"), "network.domain-reached", "contoso.com",
      "no", "contoso.com refuses connections on port 389." },
    { ROW ("controller", "DC01.contoso.com", "445", "reached"), "network.dc-smb",
      "dc01.contoso.com:445", "yes", NULL },
    { ROW ("controller", "dc01.contoso.com", "445", "reached"), "network.dc-kerberos",
      "dc01.contoso.com:88", "?timed-out",
      "The facts file of SYNC01 does not tell of dc01.contoso.com:88; make it again with the "
      "newest "
      "collector script." },
    /* Without a port: all of its ports */
    { ROW_WITH ("controller", "dc99.contoso.com", "null", "not-tried",
                "\"At most 200 domain controllers are tried.\"", "null", "null"),
      "network.dc-gc", "dc99.contoso.com:3268", "?timed-out",
      "The sync server did not try dc99.contoso.com:3268: At most 200 domain controllers are "
      "tried." },
    { ROW ("sign-in", "login.microsoftonline.com", "443", "refused"), "network.public-issuer",
      "login.microsoftonline.com:443", "?unreachable",
      "login.microsoftonline.com refuses connections on port 443." },
    { ROW_WITH ("sign-in", "login.microsoftonline.com", "443", "reached", "null", "null", GOOD),
      "network.public-issuer", "login.microsoftonline.com:443", "yes", NULL },
    { ROW_WITH ("sign-in", "login.microsoftonline.com", "443", "reached", "null", "null", GOOD),
      "network.cloud-run", "login.microsoftonline.com:443", "yes", NULL },
    { ROW_WITH ("sign-in", "login.microsoftonline.com", "443", "reached", "null", "null",
                CORPORATE "true }"),
      "network.public-issuer", "login.microsoftonline.com:443", "no",
      "It is signed by “Contoso Inspection CA (Contoso)”, which is none of the authorities that "
      "Microsoft publishes: something may intercept the connection." },
    { ROW_WITH ("sign-in", "login.microsoftonline.com", "443", "intercepted", "null", "null",
                CORPORATE "false }"),
      "network.public-issuer", "login.microsoftonline.com:443", "no",
      "It is signed by “Contoso Inspection CA (Contoso)”, which the sync server does not trust." },
    { ROW ("name", "login.microsoftonline.com", "null",
           "no-name") ", " ROW ("sign-in", "login.microsoftonline.com", "443", "no-name"),
      "network.internet-name", "login.microsoftonline.com", "no",
      "The name servers know no “login.microsoftonline.com”." },
    { ROW_WITH ("federation", "sts.contoso.com", "null", "no-name", "\"web.contoso.com\"", "null",
                "null"),
      "network.adfs-a-record", "sts.contoso.com", "no",
      "“sts.contoso.com” is an alias (CNAME) of “web.contoso.com”; AD FS needs an A record." },
    { ROW ("federation", "sts.contoso.com", "null", "no-name"), "network.adfs-a-record",
      "sts.contoso.com", "no", "“sts.contoso.com” has no A record." },
    { ROW ("federation", "sts.contoso.com", "49443", "refused"), "network.adfs-certauth",
      "sts.contoso.com:49443", "no", "sts.contoso.com refuses connections on port 49443." },
    { ROW_WITH ("federation", "sts.contoso.com", "443", "intercepted", "null", "null",
                CORPORATE "false }"),
      "network.adfs-https", "sts.contoso.com:443", "yes", NULL },
    { ROW_WITH ("federation", "sts.contoso.com", "443", "intercepted", "null", "null",
                CORPORATE "false }"),
      "network.adfs-chain", "sts.contoso.com:443", "no",
      "It is signed by “Contoso Inspection CA (Contoso)”, which the sync server does not trust." },
    { ROW_WITH ("federation", "sts.contoso.com", "443", "reached", "null", "null", GOOD),
      "network.adfs-chain", "sts.contoso.com:443", "yes", NULL },
    { ROW ("federation-server", "adfs01.contoso.com", "5985", "reached"), "network.adfs-winrm",
      "adfs01.contoso.com:5985", "yes", NULL },
  };

  network_test_check_cases (cases, G_N_ELEMENTS (cases));
}

/* Files that tell nothing, and one whose script could not do it */
static void
network_test_nothing (void)
{
  static const char *const groups[]
      = { NULL, "null", "{ \"cloud\": \"worldwide\", \"rows\": [] }", "{ \"rows\": null }" };
  static const Case unread = { NULL, "network.cloud-run", "SYNC01", "?failed",
                               "SYNC01 could not read networkProbes.rows: Access is denied." };
  g_autoptr (PresyncFactsReport) failed = network_kit_parse (ERROR);

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autoptr (PresyncFactsReport) report = network_kit_parse (groups[i]);
      g_autoptr (GPtrArray) facts = presync_facts_report_list_network_facts (report, NULL);

      g_assert_cmpuint (facts->len, ==, 0);
    }
  network_test_check (failed, NULL, &unread);
}

/* What others know, and the file does not tell of, is not known: nothing is met that was not tried.
 */
static void
network_test_target_adds (void)
{
  static const char rows[] = ROW ("controller", "dc01.contoso.com", "389", "reached") ", " ROW (
      "federation-server", "adfs01.contoso.com", "5985",
      "reached") ", " ROW_WITH ("federation", "sts.contoso.com", "443", "reached", "null", "null",
                                GOOD) ", " ROW_WITH ("sign-in", "login.microsoftonline.com", "443",
                                                     "reached", "null", "null", GOOD);
  static const Case cases[] = {
    { NULL, "network.dc-ldap", "dc01.contoso.com:389", "yes", NULL },
    { NULL, "network.dc-ldap", "dc02.contoso.com:389", "?timed-out",
      "The facts file of SYNC01 does not tell of dc02.contoso.com:389: the script did not come "
      "across it in the SRV records of the forest. Try it by hand and answer." },
    { NULL, "network.adfs-winrm", "adfs02.contoso.com:5985", "?timed-out",
      "The facts file of SYNC01 does not tell of adfs02.contoso.com:5985; make it again with "
      "“-Network -FederationServer adfs01.contoso.com,adfs02.contoso.com”." },
    { NULL, "network.cloud-run",
      "4d3b0b4e-0000-4000-8000-0123456789ab.registration.msappproxy.net:443", "?timed-out",
      "The facts file of SYNC01 does not tell of "
      "4d3b0b4e-0000-4000-8000-0123456789ab.registration.msappproxy.net:443; make it again with "
      "“-Network -TenantId 4d3b0b4e-0000-4000-8000-0123456789ab”." },
  };
  g_autoptr (PresyncFactsReport) report = network_kit_parse_rows (rows);
  g_autoptr (PresyncNetworkTarget) target = network_kit_target ("worldwide");
  g_autoptr (GPtrArray) facts = presync_facts_report_list_network_facts (report, target);
  PresyncFact *missing
      = network_kit_find (facts, "network.adfs-missing-names", "sts.contoso.com:443");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    network_test_check (report, target, &cases[i]);
  g_assert_nonnull (missing);
  g_assert_cmpstr (presync_fact_get_list (missing)[0], ==, "sts.contoso.com");
  missing = network_kit_find (facts, "network.adfs-missing-registration", "sts.contoso.com:443");
  g_assert_nonnull (missing);
  g_assert_cmpstr (presync_fact_get_list (missing)[0], ==, "enterpriseregistration.contoso.com");
  /* It is not planned. */
  g_assert_null (network_kit_find (facts, "network.pass-through", "login.windows.net:443"));
}

/* What the script cannot come across, another run of it would not tell of either. */
static void
network_test_unseen (void)
{
  static const char rows[] = ROW ("record", "_ldap._tcp.contoso.com", "null", "reached") ", " ROW (
      "domain", "contoso.com", "389",
      "reached") ", " ROW ("controller", "dc01.contoso.com", "389",
                           "reached") ", " ROW ("federation", "fs.contoso.com", "443", "refused");
  static const char newest[] = "make it again with the newest collector script.";
  static const struct
  {
    const char *key;
    const char *subject;
    const char *ending;
  } cases[] = {
    { "network.domain-reached", "child.contoso.com",
      ": the script did not come across the domain child.contoso.com in the forest. Try it by hand "
      "and answer." },
    { "network.srv-record", "_kerberos._tcp.dc._msdcs.child.contoso.com",
      ": the script did not come across the domain child.contoso.com in the forest. Try it by hand "
      "and answer." },
    { "network.srv-record", "_gc._tcp.contoso.com",
      ": the script could not read the forest. Try it by hand and answer." },
    { "network.srv-record", "_kerberos._tcp.dc._msdcs.contoso.com", newest },
    { "network.dc-gc", "dc01.contoso.com:3268",
      ": the script did not come across it in the SRV records of the forest. Try it by hand and "
      "answer." },
    { "network.dc-kerberos", "dc01.contoso.com:88", newest },
    { "network.adfs-https", "sts.contoso.com:443",
      "; make it again with “-Network -FederationService sts.contoso.com”." },
  };
  static const char *const domains[] = { "contoso.com", "child.contoso.com", NULL };
  static const char *const controllers[] = { "dc01.contoso.com", NULL };
  static const char *const features[] = { "federation", "seamless-sso", NULL };
  g_autoptr (PresyncFactsReport) report = network_kit_parse_rows (rows);
  g_autoptr (PresyncNetworkTarget) target = network_kit_target ("worldwide");
  g_autoptr (GPtrArray) facts = NULL;

  g_strfreev (target->features);
  g_strfreev (target->controllers);
  target->features = g_strdupv ((char **) features);
  target->forest = g_strdup ("contoso.com");
  target->domains = g_strdupv ((char **) domains);
  target->controllers = g_strdupv ((char **) controllers);
  target->catalogs = g_strdupv ((char **) controllers);
  facts = presync_facts_report_list_network_facts (report, target);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PresyncFact *fact = network_kit_find (facts, cases[i].key, cases[i].subject);

      g_test_message ("%s of %s", cases[i].key, cases[i].subject);
      g_assert_nonnull (fact);
      g_assert_cmpint (presync_fact_get_unknown (fact), ==, PRESYNC_UNKNOWN_TIMED_OUT);
      g_assert_true (g_str_has_prefix (presync_fact_get_detail (fact),
                                       "The facts file of SYNC01 does not tell of "));
      g_test_message ("%s", presync_fact_get_detail (fact));
      g_assert_true (g_str_has_suffix (presync_fact_get_detail (fact), cases[i].ending));
    }
}

#define FARM_ROWS                                                                                  \
  ROW ("federation-server", "adfs03.contoso.com", "5985", "refused")                               \
  ", " ROW ("federation-server", "ADFS01.contoso.com", "5985", "reached")

/* Somebody named the servers, and the script the service; or both know servers. */
static void
network_test_federation (void)
{
  static const char rows[]
      = ROW_TLS ("federation", "sts.contoso.com", "reached", "true", GOOD) ", " FARM_ROWS;
  static const Case cases[] = {
    { NULL, "network.adfs-https", "sts.contoso.com:443", "yes", NULL },
    { NULL, "network.adfs-winrm", "adfs01.contoso.com:5985", "yes", NULL },
    { NULL, "network.adfs-certauth", "sts.contoso.com:49443", "?timed-out",
      "The facts file of SYNC01 does not tell of sts.contoso.com:49443; make it again with the "
      "newest collector script." },
    { NULL, "network.adfs-winrm", "adfs03.contoso.com:5985", "no",
      "adfs03.contoso.com refuses connections on port 5985." },
    { NULL, "network.adfs-winrm", "adfs02.contoso.com:5985", "?timed-out",
      "The facts file of SYNC01 does not tell of adfs02.contoso.com:5985; make it again with "
      "“-Network -FederationServer adfs01.contoso.com,adfs02.contoso.com,adfs03.contoso.com”." },
  };
  g_autoptr (PresyncFactsReport) report = network_kit_parse_rows (rows);
  g_autoptr (PresyncNetworkTarget) target = network_kit_target ("worldwide");

  g_clear_pointer (&target->federation->service, g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    network_test_check (report, target, &cases[i]);
}

/* The host spoke TLS as it should, and broke off what was asked after that. */
static void
network_test_tls (void)
{
#define STS_SUBJECT "sts.contoso.com:443"
#define BROKEN_OFF "The connection to sts.contoso.com on port 443 was broken off."
  static const Case cases[] = {
    { ROW_TLS ("federation", "sts.contoso.com", "reset", "true", GOOD), "network.adfs-https",
      STS_SUBJECT, "yes", NULL },
    { ROW_TLS ("federation", "sts.contoso.com", "reset", "false", GOOD), "network.adfs-https",
      STS_SUBJECT, "no", BROKEN_OFF },
    { ROW_TLS ("federation", "sts.contoso.com", "reset", "null", GOOD), "network.adfs-https",
      STS_SUBJECT, "no", BROKEN_OFF },
    /* It contradicts itself: how it ended counts. */
    { ROW_TLS ("federation", "sts.contoso.com", "refused", "true", GOOD), "network.adfs-https",
      STS_SUBJECT, "no", "sts.contoso.com refuses connections on port 443." },
    { ROW_TLS ("sign-in", "login.microsoftonline.com", "reset", "true", GOOD),
      "network.public-issuer", "login.microsoftonline.com:443", "yes", NULL },
    { ROW_TLS ("sign-in", "login.microsoftonline.com", "reset", "false", GOOD),
      "network.public-issuer", "login.microsoftonline.com:443", "?unreachable",
      "The connection to login.microsoftonline.com on port 443 was broken off." },
    { ROW_TLS ("sign-in", "login.microsoftonline.com", "reset", "true", GOOD), "network.cloud-run",
      "login.microsoftonline.com:443", "no",
      "The connection to login.microsoftonline.com on port 443 was broken off." },
  };

  network_test_check_cases (cases, G_N_ELEMENTS (cases));
}

/* Of which port it tells is not known: that is not “of all”. */
static void
network_test_unread_port (void)
{
  static const char rows[] = ROW ("controller", "dc01.contoso.com", ERROR, "reached") ", " ROW (
      "controller", "dc02.contoso.com", "389", "reached");
  g_autoptr (PresyncFactsReport) report = network_kit_parse_rows (rows);
  g_autoptr (GPtrArray) facts = presync_facts_report_list_network_facts (report, NULL);
  PresyncFact *fact = network_kit_find (facts, "network.dc-ldap", "dc01.contoso.com:389");

  g_assert_nonnull (fact);
  g_assert_cmpint (presync_fact_get_unknown (fact), ==, PRESYNC_UNKNOWN_TIMED_OUT);
}

/* A file of another cloud than the tenant's tells nothing of the tenant's addresses. */
static void
network_test_cloud (void)
{
  static const char rows[] = ROW ("name", "login.microsoftonline.com", "null", "reached") ", " ROW (
      "address", "www.microsoft.com", "443",
      "reached") ", " ROW ("address", "management.azure.com", "443",
                           "reached") ", " ROW_WITH ("sign-in", "login.microsoftonline.com", "443",
                                                     "reached", "null", "null", GOOD);
  static const Case cases[] = {
    /* In both lists */
    { NULL, REGISTRATION, "management.azure.com:443", "yes", NULL },
    { NULL, REGISTRATION, "login.windows.us:443", "?timed-out",
      "The facts file of SYNC01 tells of the addresses of Worldwide. The tenant is in US "
      "Government (L4), and so login.windows.us:443 is needed too; make the file again with "
      "“-Network -Cloud us-government”." },
    { NULL, "network.public-issuer", "login.microsoftonline.us:443", "?timed-out",
      "The facts file of SYNC01 tells of the addresses of Worldwide. The tenant is in US "
      "Government (L4), and so login.microsoftonline.us:443 is needed too; make the file again "
      "with “-Network -Cloud us-government”." },
    { NULL, "network.internet-name", "login.microsoftonline.us", "?timed-out",
      "The facts file of SYNC01 tells of the addresses of Worldwide. The tenant is in US "
      "Government (L4), and so login.microsoftonline.us is needed too; make the file again with "
      "“-Network -Cloud us-government”." },
  };
  static const Case unknown_cloud
      = { NULL, "network.public-issuer", "login.microsoftonline.com:443", "yes", NULL };
  g_autoptr (PresyncFactsReport) report = network_kit_parse_rows (rows);
  g_autoptr (PresyncNetworkTarget) target = network_kit_target ("us-government");
  g_autoptr (PresyncNetworkTarget) none = network_kit_target (NULL);
  g_autoptr (GPtrArray) facts = presync_facts_report_list_network_facts (report, target);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    network_test_check (report, target, &cases[i]);
  g_assert_null (network_kit_find (facts, "network.cloud-run", "www.microsoft.com:443"));
  network_test_check (report, none, &unknown_cloud);
}

/* The command that people copy tells the script what the program knows. */
static void
network_test_command (void)
{
  static const char plain[]
      = "powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\\Get-PresyncServerFacts.ps1 "
        "-Network";
  g_autoptr (PresyncNetworkTarget) empty = presync_network_target_new ();
  g_autoptr (PresyncNetworkTarget) world = network_kit_target ("worldwide");
  g_autoptr (PresyncNetworkTarget) government = network_kit_target ("us-government");
  g_autofree char *of_empty = presync_collector_command_dup_network (empty);
  g_autofree char *of_world = presync_collector_command_dup_network (world);
  g_autofree char *of_government = NULL;
  g_autofree char *wanted_world = g_strconcat (
      plain,
      " -TenantId 4d3b0b4e-0000-4000-8000-0123456789ab -FederationService sts.contoso.com "
      "-FederationServer adfs01.contoso.com,adfs02.contoso.com",
      NULL);
  g_autofree char *wanted_government = g_strconcat (plain, " -Cloud us-government", NULL);

  g_assert_cmpstr (of_empty, ==, plain);
  g_assert_cmpstr (of_world, ==, wanted_world);
  /* What is no plain name never comes into a shell; what is not planned is not asked. */
  g_free (government->tenant_id);
  government->tenant_id = g_strdup ("$(whoami)");
  g_clear_pointer (&government->features, g_strfreev);
  of_government = presync_collector_command_dup_network (government);
  g_assert_cmpstr (of_government, ==, wanted_government);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-network/outcomes", network_test_outcomes);
  g_test_add_func ("/server-network/kinds", network_test_kinds);
  g_test_add_func ("/server-network/nothing", network_test_nothing);
  g_test_add_func ("/server-network/target-adds", network_test_target_adds);
  g_test_add_func ("/server-network/unseen", network_test_unseen);
  g_test_add_func ("/server-network/federation", network_test_federation);
  g_test_add_func ("/server-network/tls", network_test_tls);
  g_test_add_func ("/server-network/unread-port", network_test_unread_port);
  g_test_add_func ("/server-network/cloud", network_test_cloud);
  g_test_add_func ("/server-network/command", network_test_command);
  return g_test_run ();
}
