/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a facts file comes to: each fact both ways */
#include "sources/network/network-source.h"
#include "facts-kit.h"

/* With these edits the fact of @key is this: its value as text, or "?reason" */
typedef struct
{
  const char *key;
  const char *value;
  FactsEdit edits[4];
} Case;

static PresyncFact *
find (GPtrArray *facts, const char *key)
{
  PresyncFact *found = NULL;

  for (guint i = 0; i < facts->len; i++)
    if (strcmp (presync_fact_get_key (facts->pdata[i]), key) == 0)
      {
        g_assert_null (found);
        found = facts->pdata[i];
      }
  if (found == NULL)
    g_error ("no fact %s", key);
  return found;
}

static char *
value_of (PresyncFact *fact)
{
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return g_strconcat ("?", presync_unknown_nick (presync_fact_get_unknown (fact)), NULL);
  switch (presync_fact_get_value_type (fact))
    {
    case PRESYNC_FACT_BOOLEAN:
      return g_strdup (presync_fact_get_boolean (fact) ? "yes" : "no");
    case PRESYNC_FACT_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, presync_fact_get_integer (fact));
    case PRESYNC_FACT_LIST:
      return g_strjoinv (" | ", (char **) presync_fact_get_list (fact));
    case PRESYNC_FACT_TIME:
      return g_date_time_format_iso8601 (presync_fact_get_time (fact));
    case PRESYNC_FACT_TEXT:
    case PRESYNC_FACT_VERSION:
    default:
      return g_strdup (presync_fact_get_text (fact));
    }
}

/* Each key once, all of the list and no other, and the unknown ones say why */
static void
check_complete (GPtrArray *facts)
{
  const char *const *keys = presync_server_fact_keys ();

  g_assert_cmpuint (facts->len, ==, g_strv_length ((char **) keys));
  for (guint i = 0; keys[i] != NULL; i++)
    find (facts, keys[i]);
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncOrigin *origin = presync_fact_get_origin (facts->pdata[i]);
      g_autofree char *at = presync_origin_dup_at_text (origin);

      g_assert_cmpstr (presync_fact_get_subject (facts->pdata[i]), ==, "SYNC01");
      g_assert_cmpstr (presync_origin_get_source (origin), ==, "server");
      g_assert_cmpstr (presync_origin_get_target (origin), ==, "SYNC01.json");
      g_assert_cmpstr (presync_origin_get_query (origin), !=, "");
      g_assert_cmpstr (at, ==, "2026-10-28T09:14:03Z");
      if (presync_fact_get_unknown (facts->pdata[i]) != PRESYNC_UNKNOWN_NONE)
        g_assert_cmpstr (presync_fact_get_detail (facts->pdata[i]), !=, "");
    }
}

static void
check_cases (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncFactsReport) report = facts_kit_parse_edited (cases[i].edits, &error);
      g_autoptr (GPtrArray) facts = NULL;
      g_autofree char *value = NULL;

      g_assert_no_error (error);
      facts = presync_facts_report_list_facts (report, "SYNC01");
      check_complete (facts);
      value = value_of (find (facts, cases[i].key));
      g_test_message ("case %u: %s", i, cases[i].key);
      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

#define CHECK(cases) check_cases (cases, G_N_ELEMENTS (cases))

static void
test_keys (void)
{
  gsize n;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  const char *const *told = presync_server_fact_keys ();

  for (gsize i = 0; i < n; i++)
    /* What it tells of the network is in a group of its own, and often not there. */
    if (strcmp (keys[i].source, "server") == 0)
      g_assert_true (g_strv_contains (told, keys[i].id)
                     != g_strv_contains (presync_network_fact_keys (), keys[i].id));
  while (*told != NULL)
    g_assert_cmpstr (presync_fact_key_find (*told++)->source, ==, "server");
}

static void
test_system (void)
{
  static const FactsEdit workgroup = { "\"partOfDomain\": true", "\"partOfDomain\": false" };
  static const FactsEdit client = { "\"productType\": 3", "\"productType\": 1" };
  static const FactsEdit no_type = { "\"productType\": 3", "\"productType\": null" };
  static const Case cases[] = {
    { "server.collected", "2026-10-28T09:14:03Z", { { NULL } } },
    { "server.name", "sync01.contoso.com", { { NULL } } },
    { "server.name", "SYNC01", { { "\"sync01.contoso.com\"", "null" } } },
    { "server.domain", "contoso.com", { { NULL } } },
    { "server.domain", "?not-offered", { workgroup } },
    { "server.domain", "?failed", { { "\"domain\": \"contoso.com\"", "\"domain\": " ERROR } } },
    { "server.domain-joined", "yes", { { NULL } } },
    { "server.domain-joined", "no", { workgroup } },
    { "server.domain-joined", "yes", { { "\"partOfDomain\": true", "\"partOfDomain\": null" } } },
    { "server.domain-joined",
      "no",
      { { "\"partOfDomain\": true", "\"partOfDomain\": null" },
        { "\"domainRole\": 3", "\"domainRole\": 2" } } },
    { "server.domain-joined",
      "?failed",
      { { "\"partOfDomain\": true", "\"partOfDomain\": " ERROR },
        { "\"domainRole\": 3", "\"domainRole\": " ERROR } } },
    { "server.domain-controller", "no", { { NULL } } },
    { "server.domain-controller", "yes", { { "\"domainRole\": 3", "\"domainRole\": 4" } } },
    { "server.domain-controller", "yes", { { "\"domainRole\": 3", "\"domainRole\": 5" } } },
    { "server.domain-controller",
      "?failed",
      { { "\"domainRole\": 3", "\"domainRole\": " ERROR } } },
    { "server.os", "Windows Server 2022 Standard", { { NULL } } },
    { "server.os", "Windows Server 2016", { { "2022 Standard\"", "2016 \"" } } },
    { "server.os", "?not-offered", { { "\"Microsoft Windows Server 2022 Standard\"", "null" } } },
    { "server.os-build", "20348", { { NULL } } },
    { "server.os-build", "20348", { { "\"build\": 20348", "\"build\": 2.0348e4" } } },
    { "server.os-build", "?not-offered", { { "\"build\": 20348,", "" } } },
    { "server.os-ubr", "2762", { { NULL } } },
    { "server.os-ubr", "?failed", { { "\"ubr\": 2762", "\"ubr\": " ERROR } } },
    { "server.os-is-server", "yes", { { NULL } } },
    { "server.os-is-server", "yes", { { "\"productType\": 3", "\"productType\": 2" } } },
    { "server.os-is-server", "no", { client } },
    { "server.os-is-server", "yes", { no_type } },
    { "server.os-is-server",
      "no",
      { no_type, { "Windows Server 2022 Standard", "Windows 11 Pro" } } },
    { "server.os-is-server",
      "?not-offered",
      { no_type, { "\"Microsoft Windows Server 2022 Standard\"", "null" } } },
    { "server.sku", "7", { { NULL } } },
    { "server.installation-type", "Server", { { NULL } } },
  };

  CHECK (cases);
}

static void
test_desktop (void)
{
  static const FactsEdit client = { "\"productType\": 3", "\"productType\": 1" };
  static const FactsEdit no_levels = { "\"serverLevels\": {", "\"serverLevels\": null, \"x\": {" };
  static const FactsEdit empty_levels = { "\"serverLevels\": {", "\"serverLevels\": {}, \"x\": {" };
  static const FactsEdit no_shell = { "\"Server-Gui-Shell\": 1", "\"Server-Gui-Shell\": 0" };
  static const FactsEdit core
      = { "\"installationType\": \"Server\"", "\"installationType\": \"Server Core\"" };
  static const FactsEdit no_installation
      = { "\"installationType\": \"Server\"", "\"installationType\": null" };
  static const Case cases[] = {
    { "server.desktop-experience", "yes", { { NULL } } },
    { "server.desktop-experience", "no", { { "\"Server-Gui-Shell\": 1", "\"NanoServer\": 1" } } },
    { "server.desktop-experience",
      "no",
      { { "\"Server-Gui-Mgmt\": 1", "\"NanoServer\": 1" }, core } },
    { "server.desktop-experience", "no", { no_shell, core } },
    { "server.desktop-experience", "no", { no_shell, no_installation } },
    { "server.desktop-experience", "yes", { no_installation } },
    { "server.desktop-experience",
      "no",
      { { "\"Server-Gui-Mgmt\": 1", "\"Server-Gui-Mgmt\": null" }, core } },
    /* What contradicts itself, or tells nothing, is not known. */
    { "server.desktop-experience", "?malformed", { no_shell } },
    { "server.desktop-experience", "?malformed", { core } },
    { "server.desktop-experience", "?malformed", { empty_levels } },
    { "server.desktop-experience", "?malformed", { empty_levels, core } },
    { "server.desktop-experience", "?malformed", { empty_levels, no_installation } },
    { "server.desktop-experience",
      "yes",
      { { "Server-Gui-Mgmt", "Server-GuiMgmt" }, { "Server-Gui-Shell", "server-guishell" } } },
    { "server.desktop-experience", "yes", { no_levels } },
    { "server.desktop-experience", "no", { no_levels, core } },
    { "server.desktop-experience", "?not-offered", { no_levels, no_installation } },
    { "server.desktop-experience", "?not-offered", { client } },
  };

  CHECK (cases);
}

static void
test_hardware (void)
{
  static const FactsEdit tpm = { "\"tpm\": {", "\"tpm\": null, \"x\": {" };
  static const Case cases[] = {
    { "server.memory", "17179332608", { { NULL } } },
    { "server.memory", "?failed", { { "17179332608", ERROR } } },
    { "server.memory", "?failed", { { "\"hardware\": {", "\"hardware\": " ERROR ", \"x\": {" } } },
    { "server.cpu", "Intel(R) Xeon(R)", { { NULL } } },
    { "server.cpu-mhz", "2000", { { NULL } } },
    { "server.cpu-mhz",
      "1500",
      { { "\"cores\": 4 }", "\"cores\": 4 }, { \"name\": \"b\", \"maxClockMHz\": 1500 }" } } },
    { "server.cpu-mhz",
      "2000",
      { { "\"cores\": 4 }", "\"cores\": 4 }, { \"name\": \"b\", \"maxClockMHz\": 3500 }" } } },
    { "server.cpu-mhz", "?not-offered", { { "\"maxClockMHz\": 2000,", "" } } },
    { "server.cpu-mhz", "?malformed", { { "\"maxClockMHz\": 2000", "\"maxClockMHz\": 0" } } },
    { "server.cpu", "?failed", { { "\"processors\": [", "\"processors\": " ERROR ", \"x\": [" } } },
    { "server.disk-size", "136365211648", { { NULL } } },
    { "server.disk-free", "98784247808", { { NULL } } },
    { "server.disk-free", "?failed", { { "98784247808", ERROR } } },
    { "server.disk-size", "?not-offered", { { "\"system\": true", "\"system\": false" } } },
    { "server.tpm", "yes", { { NULL } } },
    { "server.tpm", "no", { { "\"activated\": true", "\"activated\": false" } } },
    { "server.tpm", "no", { { "\"present\": true", "\"present\": false" } } },
    { "server.tpm", "no", { { "\"enabled\": true", "\"enabled\": false" } } },
    { "server.tpm", "no", { tpm } },
    { "server.tpm", "?failed", { { "\"enabled\": true", "\"enabled\": " ERROR } } },
    { "server.tpm", "?failed", { { "\"tpm\": {", "\"tpm\": " ERROR ", \"x\": {" } } },
    { "server.tpm-version", "2.0", { { NULL } } },
    { "server.tpm-version", "1.2", { { "2.0, 0, 1.38", "1.2, 2, 3" } } },
    { "server.tpm-version", "?not-offered", { tpm } },
    { "server.tpm-version", "?malformed", { { "2.0, 0, 1.38", "Not Supported" } } },
    { "server.time-offset", "20", { { NULL } } },
    { "server.time-offset",
      "-301000",
      { { "\"timeOffsetMilliseconds\": 20", "\"timeOffsetMilliseconds\": -301000.2" } } },
    { "server.time-offset",
      "?failed",
      { { "\"timeOffsetMilliseconds\": 20", "\"timeOffsetMilliseconds\": " ERROR } } },
  };

  CHECK (cases);
}

#define MACHINE "\"machinePolicy\": { \"enableScripts\": null, \"executionPolicy\": null }"
#define USER "\"userPolicy\": { \"enableScripts\": null, \"executionPolicy\": null }"
#define POLICY(scope, enable, value)                                                               \
  "\"" scope "Policy\": { \"enableScripts\": " enable ", \"executionPolicy\": " value " }"
#define LOCAL "\"localMachine\": \"RemoteSigned\""
#define CURRENT "\"currentUser\": null"

static void
test_execution_policy (void)
{
  static const FactsEdit unset = { LOCAL, "\"localMachine\": null" };
  static const FactsEdit bypass = { CURRENT, "\"currentUser\": \"bypass\"" };
  static const FactsEdit forbidden = { MACHINE, POLICY ("machine", "0", "\"RemoteSigned\"") };
  static const FactsEdit unread = { CURRENT, "\"currentUser\": " ERROR };
  static const Case cases[] = {
    { "server.execution-policy", "RemoteSigned", { { NULL } } },
    { "server.execution-policy", "RemoteSigned", { unset } },
    { "server.execution-policy",
      "Restricted",
      { unset, { "\"productType\": 3", "\"productType\": 1" } } },
    { "server.execution-policy",
      "?not-offered",
      { unset,
        { "\"productType\": 3", "\"productType\": null" },
        { "\"Microsoft Windows Server 2022 Standard\"", "null" } } },
    { "server.execution-policy",
      "Unrestricted",
      { { LOCAL, "\"localMachine\": \"Unrestricted\"" } } },
    { "server.execution-policy", "Bypass", { bypass } },
    { "server.execution-policy", "Restricted", { forbidden, bypass } },
    { "server.execution-policy",
      "AllSigned",
      { bypass, { MACHINE, POLICY ("machine", "1", "\"AllSigned\"") } } },
    { "server.execution-policy",
      "AllSigned",
      { bypass, { USER, POLICY ("user", "1", "\"AllSigned\"") } } },
    { "server.execution-policy",
      "RemoteSigned",
      { { MACHINE, POLICY ("machine", "1", "\"RemoteSigned\"") },
        { USER, POLICY ("user", "1", "\"AllSigned\"") } } },
    /* What a higher scope says stands, whatever a lower one hides; not the other way round. */
    { "server.execution-policy", "Restricted", { forbidden, unread } },
    { "server.execution-policy", "?failed", { unread } },
    { "server.execution-policy-documented", "yes", { { NULL } } },
    { "server.execution-policy-documented", "yes", { unset } },
    { "server.execution-policy-documented", "no", { bypass } },
    { "server.execution-policy-documented", "no", { forbidden, unread } },
    { "server.execution-policy-documented", "?failed", { unread } },
    { "server.execution-policy-scopes",
      "MachinePolicy: Undefined | UserPolicy: Undefined | CurrentUser: Undefined | LocalMachine: "
      "RemoteSigned",
      { { NULL } } },
    { "server.execution-policy-scopes",
      "MachinePolicy: Restricted | UserPolicy: Undefined | CurrentUser: could not be read | "
      "LocalMachine: Undefined",
      { forbidden, unread, unset } },
    { "server.execution-policy-scopes",
      "?failed",
      { { "\"powershell\": {", "\"powershell\": " ERROR ", \"x\": {" } } },
  };

  CHECK (cases);
}

/* A policy that group policy has not written so may count or not; where both come to the same, it
 * does not matter. */
static void
test_doubtful_policy (void)
{
  static const FactsEdit unset = { LOCAL, "\"localMachine\": null" };
  static const FactsEdit bypass = { CURRENT, "\"currentUser\": \"bypass\"" };
  static const FactsEdit unread = { CURRENT, "\"currentUser\": " ERROR };
  static const FactsEdit odd_signed = { MACHINE, POLICY ("machine", "null", "\"AllSigned\"") };
  static const FactsEdit odd_remote = { MACHINE, POLICY ("machine", "null", "\"RemoteSigned\"") };
  static const Case cases[] = {
    { "server.execution-policy", "?malformed", { odd_signed } },
    { "server.execution-policy", "?malformed", { odd_signed, bypass } },
    { "server.execution-policy",
      "?malformed",
      { { USER, POLICY ("user", "2", "\"AllSigned\"") } } },
    { "server.execution-policy", "RemoteSigned", { odd_remote } },
    { "server.execution-policy", "RemoteSigned", { odd_remote, unset } },
    { "server.execution-policy", "?malformed", { odd_remote, bypass } },
    { "server.execution-policy", "?malformed", { odd_remote, unread } },
    { "server.execution-policy",
      "AllSigned",
      { odd_signed, { USER, POLICY ("user", "1", "\"AllSigned\"") } } },
    { "server.execution-policy",
      "AllSigned",
      { { MACHINE, POLICY ("machine", "1", "\"AllSigned\"") },
        { USER, POLICY ("user", "null", "\"Bypass\"") } } },
    { "server.execution-policy-documented", "?malformed", { odd_signed } },
    { "server.execution-policy-documented", "no", { odd_signed, bypass } },
    { "server.execution-policy-documented", "yes", { odd_remote } },
    { "server.execution-policy-documented", "?failed", { odd_remote, unread } },
    { "server.execution-policy-scopes",
      "MachinePolicy: AllSigned (EnableScripts: not set) | UserPolicy: Undefined | CurrentUser: "
      "Undefined | LocalMachine: RemoteSigned",
      { odd_signed } },
  };

  CHECK (cases);
}

static void
test_powershell (void)
{
  static const Case cases[] = {
    { "server.powershell-version", "5.1.20348.2760", { { NULL } } },
    { "server.powershell-version", "?malformed", { { "5.1.20348.2760", "5.1 beta" } } },
    { "server.powershell-transcription", "no", { { NULL } } },
    { "server.powershell-transcription",
      "yes",
      { { "\"transcription\": null", "\"transcription\": 1" } } },
    { "server.powershell-transcription",
      "?failed",
      { { "\"transcription\": null", "\"transcription\": " ERROR } } },
    { "server.rsat-powershell", "yes", { { NULL } } },
    { "server.rsat-powershell",
      "no",
      { { "\"activeDirectoryModule\": true", "\"activeDirectoryModule\": false" } } },
    { "server.dotnet-release", "528449", { { NULL } } },
    { "server.dotnet-release", "0", { { "\"release\": 528449", "\"release\": null" } } },
    { "server.dotnet-release",
      "?failed",
      { { "\"dotnet\": {", "\"dotnet\": " ERROR ", \"x\": {" } } },
  };

  CHECK (cases);
}

#define CLIENT "\"client\": { \"enabled\": null, \"disabledByDefault\": null }"
#define SERVER "\"server\": { \"enabled\": null, \"disabledByDefault\": null }"
#define PROTOCOL(side, on, off)                                                                    \
  "\"" side "\": { \"enabled\": " on ", \"disabledByDefault\": " off " }"
#define STRONG64 "\"dotnet64\": { \"schUseStrongCrypto\": 1"
#define STRONG32 "\"dotnet32\": { \"schUseStrongCrypto\": 1"

static void
test_tls (void)
{
  static const FactsEdit client = { CLIENT, PROTOCOL ("client", "1", "0") };
  static const FactsEdit server = { SERVER, PROTOCOL ("server", "1", "0") };
  static const FactsEdit old = { "\"build\": 20348", "\"build\": 7601" };
  static const Case cases[] = {
    { "server.tls12-client", "yes", { { NULL } } },
    { "server.tls12-client", "no", { old } },
    { "server.tls12-client", "yes", { old, client } },
    { "server.tls12-client", "?not-offered", { { "\"build\": 20348", "\"build\": null" } } },
    { "server.tls12-client", "yes", { client, { "\"build\": 20348", "\"build\": null" } } },
    { "server.tls12-client", "no", { { CLIENT, PROTOCOL ("client", "0", "null") } } },
    { "server.tls12-client", "no", { { CLIENT, PROTOCOL ("client", "null", "1") } } },
    { "server.tls12-client", "yes", { { CLIENT, PROTOCOL ("client", "4294967295", "0") } } },
    { "server.tls12-client", "no", { { CLIENT, PROTOCOL ("client", ERROR, "1") } } },
    { "server.tls12-client", "?failed", { { CLIENT, PROTOCOL ("client", "1", ERROR) } } },
    { "server.tls12-server", "yes", { { NULL } } },
    { "server.tls12-server", "no", { { SERVER, PROTOCOL ("server", "0", "0") } } },
    { "server.tls12-server", "?failed", { { SERVER, "\"server\": " ERROR } } },
    { "server.tls12-dotnet", "yes", { { NULL } } },
    { "server.tls12-dotnet",
      "yes",
      { { STRONG32, "\"dotnet32\": { \"schUseStrongCrypto\": null" } } },
    { "server.tls12-dotnet", "no", { { STRONG32, "\"dotnet32\": { \"schUseStrongCrypto\": 0" } } },
    { "server.tls12-dotnet", "no", { { STRONG64, "\"dotnet64\": { \"schUseStrongCrypto\": 0" } } },
    { "server.tls12-dotnet",
      "?failed",
      { { STRONG64, "\"dotnet64\": { \"schUseStrongCrypto\": " ERROR } } },
    { "server.tls12-explicit", "no", { { NULL } } },
    { "server.tls12-explicit", "yes", { client, server } },
    { "server.tls12-explicit", "no", { client, { SERVER, PROTOCOL ("server", "1", "1") } } },
    { "server.tls12-explicit", "no", { { SERVER, PROTOCOL ("server", ERROR, "1") } } },
    { "server.tls12-explicit", "?failed", { client, { SERVER, PROTOCOL ("server", ERROR, "0") } } },
    { "server.tls12-values",
      "SCHANNEL client Enabled: 4294967295 | SCHANNEL client DisabledByDefault: could not be read "
      "| "
      "SCHANNEL server Enabled: not set | SCHANNEL server DisabledByDefault: not set | "
      ".NET 64-bit SchUseStrongCrypto: 1 | .NET 64-bit SystemDefaultTlsVersions: 1 | "
      ".NET 32-bit SchUseStrongCrypto: 1 | .NET 32-bit SystemDefaultTlsVersions: 1",
      { { CLIENT, PROTOCOL ("client", "4294967295", ERROR) } } },
    { "server.tls12-values", "?failed", { { "\"tls12\": {", "\"tls12\": " ERROR ", \"x\": {" } } },
  };

  CHECK (cases);
}

#define PROXY "\"enabled\": null, \"useSystemDefault\": null, \"proxyAddress\": null"
#define PROXY_ON(enabled) "\"enabled\": " enabled ", \"proxyAddress\": \"http://proxy:8080\""

static void
test_security (void)
{
  static const Case cases[] = {
    { "server.credential-manager", "yes", { { NULL } } },
    { "server.credential-manager", "no", { { "\"start\": 3", "\"start\": 4" } } },
    { "server.credential-manager", "no", { { "\"start\": 3", "\"start\": null" } } },
    { "server.credential-manager", "?failed", { { "\"start\": 3", "\"start\": " ERROR } } },
    { "server.dcom-descriptors", "yes", { { NULL } } },
    { "server.dcom-descriptors",
      "no",
      { { "\"machineAccessRestriction\": \"" FACTS_KIT_SD "\"",
          "\"machineAccessRestriction\": null" } } },
    /* cut off, and no base64 at all */
    { "server.dcom-descriptors", "no", { { FACTS_KIT_SD, "AQAEgAAAAAAAAAAA" } } },
    { "server.dcom-descriptors", "no", { { FACTS_KIT_SD, "" } } },
    { "server.dcom-descriptors", "?malformed", { { FACTS_KIT_SD, "not base64!" } } },
    { "server.dcom-descriptors", "?malformed", { { FACTS_KIT_SD, "AQAE=AAA" } } },
    { "server.dcom-descriptors",
      "?failed",
      { { "\"machineLaunchRestriction\": \"" FACTS_KIT_SD "\"",
          "\"machineLaunchRestriction\": " ERROR } } },
    { "server.fips", "no", { { NULL } } },
    { "server.fips", "yes", { { "\"fips\": 0", "\"fips\": 1" } } },
    { "server.fips", "no", { { "\"fips\": 0", "\"fips\": null" } } },
    { "server.ntlm-outgoing", "0", { { NULL } } },
    { "server.ntlm-outgoing",
      "2",
      { { "\"restrictSendingNtlm\": null", "\"restrictSendingNtlm\": 2" } } },
    { "server.ie-esc", "no", { { NULL } } },
    /* That the value is where the script looks is not certain: its absence tells nothing. */
    { "server.ie-esc",
      "?not-offered",
      { { "\"ieEscAdministrators\": 0", "\"ieEscAdministrators\": null" } } },
    { "server.ie-esc", "yes", { { "\"ieEscAdministrators\": 0", "\"ieEscAdministrators\": 1" } } },
    { "server.local-administrators", "CONTOSO\\Domain Admins", { { NULL } } },
    { "server.local-administrators",
      "S-1-5-21-1-2-3-512",
      { { "\"CONTOSO\\\\Domain Admins\"", "null" } } },
    { "server.local-administrator-sids", "S-1-5-21-1-2-3-512", { { NULL } } },
    { "server.local-administrator-sids", "", { { ADMINS, "" } } },
    { "server.local-administrator-sids",
      "?malformed",
      { { "S-1-5-21-1-2-3-512", "S-1-5-21-99999999999" } } },
    { "server.local-administrator-sids", "?malformed", { { "\"S-1-5-21-1-2-3-512\"", "null" } } },
    { "server.local-administrators", "?failed", { { "[ " ADMINS " ]", ERROR } } },
    { "server.proxy-configured", "no", { { NULL } } },
    { "server.proxy-configured", "yes", { { PROXY, PROXY_ON ("null") } } },
    { "server.proxy-configured", "yes", { { PROXY, PROXY_ON ("\"true\"") } } },
    { "server.proxy-configured", "no", { { PROXY, PROXY_ON ("\"False\"") } } },
    { "server.proxy-configured", "no", { { PROXY, PROXY_ON ("false") } } },
    { "server.proxy-configured", "?failed", { { PROXY, PROXY_ON (ERROR) } } },
    { "server.proxy-configured",
      "?failed",
      { { "\"machineConfigProxy\": {", "\"machineConfigProxy\": " ERROR ", \"x\": {" } } },
  };

  CHECK (cases);
}

static void
test_software (void)
{
  static const Case cases[] = {
    { "server.agent-installed", "no", { { NULL } } },
    { "server.agent-version", "?not-offered", { { NULL } } },
    { "server.fips-exempt-agent", "?not-offered", { { NULL } } },
    { "server.agent-installed",
      "yes",
      { { "\"agentVersion\": null", "\"agentVersion\": \"1.1.2505.0\"" } } },
    { "server.agent-version",
      "1.1.2505.0",
      { { "\"agentVersion\": null", "\"agentVersion\": \"1.1.2505.0\"" } } },
    { "server.agent-version",
      "?malformed",
      { { "\"agentVersion\": null", "\"agentVersion\": \"new\"" } } },
    { "server.agent-installed",
      "?failed",
      { { "\"agentVersion\": null", "\"agentVersion\": " ERROR } } },
    { "server.fips-exempt-agent",
      "yes",
      { { "\"agentFipsExempt\": null", "\"agentFipsExempt\": true" } } },
    { "server.connect-installed", "yes", { { NULL } } },
    { "server.connect-version", "2.6.84.0", { { NULL } } },
    { "server.connect-installed",
      "no",
      { { "\"connectVersion\": \"2.6.84.0\"", "\"connectVersion\": null" } } },
    { "server.connect-version", "?failed", { { "\"sync\": {", "\"sync\": " ERROR ", \"x\": {" } } },
    { "server.fips-exempt-sync", "no", { { NULL } } },
    { "server.fips-exempt-sync",
      "?not-offered",
      { { "\"engineFipsExempt\": false", "\"engineFipsExempt\": null" } } },
    { "server.software",
      "Microsoft Entra Connect Sync 2.6.84.0 | Microsoft ODBC Driver 17 for SQL Server 17.10.6.1",
      { { NULL } } },
    { "server.sql-drivers", "Microsoft ODBC Driver 17 for SQL Server 17.10.6.1", { { NULL } } },
    { "server.sql-drivers", "", { { "ODBC Driver 17 for SQL Server", "Visual Studio" } } },
    { "server.sql-drivers",
      "Microsoft OLE DB Driver 18 for SQL Server 17.10.6.1",
      { { "ODBC Driver 17", "OLE DB Driver 18" } } },
    { "server.software",
      "?failed",
      { { "\"software\": [", "\"software\": " ERROR ", \"x\": [" } } },
    { "server.software", "?failed", { { "\"Microsoft Entra Connect Sync\"", ERROR } } },
    /* Hostile names stay text, of one line and a bounded length. */
    { "server.software",
      "<b>&amp;%s\xef\xbf\xbd[31m\xef\xbf\xbd"
      "gnp 2.6.84.0 | Microsoft ODBC Driver 17 for SQL Server 17.10.6.1",
      { { "Microsoft Entra Connect Sync", "<b>&amp;%s\\u001b[31m\\u202egnp" } } },
  };

  CHECK (cases);
}

static void
test_details (void)
{
  static const FactsEdit edits[] = { { "17179332608", ERROR },
                                     { "\"ubr\": 2762,", "" },
                                     { "\"Server-Gui-Shell\": 1", "\"Server-Gui-Shell\": 0" },
                                     { MACHINE, POLICY ("machine", "null", "\"AllSigned\"") },
                                     { NULL, NULL } };
  g_autoptr (PresyncFactsReport) report = facts_kit_parse_edited (edits, NULL);
  g_autoptr (GPtrArray) facts = presync_facts_report_list_facts (report, "SYNC01");

  g_assert_cmpstr (presync_fact_get_detail (find (facts, "server.memory")), ==,
                   "SYNC01 could not read hardware.memoryBytes: Access is denied.");
  g_assert_nonnull (
      strstr (presync_fact_get_detail (find (facts, "server.os-ubr")), "does not tell system.ubr"));
  g_assert_nonnull (strstr (presync_fact_get_detail (find (facts, "server.agent-version")),
                            "not installed on SYNC01"));
  g_assert_cmpstr (presync_fact_get_detail (find (facts, "server.desktop-experience")), ==,
                   "On SYNC01, InstallationType is “Server” and ServerLevels is “ServerCore 1, "
                   "Server-Gui-Mgmt 1, Server-Gui-Shell 0”; together they do not tell whether "
                   "Desktop Experience is installed.");
  g_assert_cmpstr (presync_fact_get_detail (find (facts, "server.execution-policy")), ==,
                   "On SYNC01, ExecutionPolicy of MachinePolicy is “AllSigned”, but EnableScripts "
                   "is not set. Group policy never writes that, so whether the value counts is not "
                   "certain.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts-report/keys", test_keys);
  g_test_add_func ("/facts-report/system", test_system);
  g_test_add_func ("/facts-report/desktop", test_desktop);
  g_test_add_func ("/facts-report/hardware", test_hardware);
  g_test_add_func ("/facts-report/execution-policy", test_execution_policy);
  g_test_add_func ("/facts-report/doubtful-policy", test_doubtful_policy);
  g_test_add_func ("/facts-report/powershell", test_powershell);
  g_test_add_func ("/facts-report/tls", test_tls);
  g_test_add_func ("/facts-report/security", test_security);
  g_test_add_func ("/facts-report/software", test_software);
  g_test_add_func ("/facts-report/details", test_details);
  return g_test_run ();
}
