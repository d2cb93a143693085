/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A facts file for the tests, in which everything could be read */
#include "base/error.h"
#include "sources/server/facts-report.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

/* A security descriptor with an empty DACL */
#define FACTS_KIT_SD "AQAEgAAAAAAAAAAAAAAAABQAAAACAAgAAAAAAA=="

/* clang-format off */
static const char facts_kit_text[] =
      "{\n"
      "  \"presync-server-facts\": 1,\n"
      "  \"collector\": \"1.0\",\n"
      "  \"collected\": \"2026-10-28T09:14:03Z\",\n"
      "  \"computer\": { \"name\": \"SYNC01\", \"dnsName\": \"sync01.contoso.com\", \"domain\": \"contoso.com\", \"partOfDomain\": true, \"domainRole\": 3 },\n"
      "  \"ranAs\": { \"name\": \"CONTOSO\\\\eadmin\", \"sid\": \"S-1-5-21-1-2-3-1105\", \"elevated\": true },\n"
      "  \"system\": {\n"
      "    \"caption\": \"Microsoft Windows Server 2022 Standard\", \"version\": \"10.0.20348\", \"build\": 20348, \"ubr\": 2762, \"productType\": 3, \"sku\": 7,\n"
      "    \"installationType\": \"Server\", \"serverLevels\": { \"ServerCore\": 1, \"Server-Gui-Mgmt\": 1, \"Server-Gui-Shell\": 1 }\n"
      "  },\n"
      "  \"hardware\": {\n"
      "    \"memoryBytes\": 17179332608,\n"
      "    \"processors\": [ { \"name\": \"Intel(R) Xeon(R)\", \"maxClockMHz\": 2000, \"cores\": 4 } ],\n"
      "    \"disks\": [ { \"drive\": \"C:\", \"sizeBytes\": 136365211648, \"freeBytes\": 98784247808, \"system\": true } ],\n"
      "    \"tpm\": { \"present\": true, \"specVersion\": \"2.0, 0, 1.38\", \"enabled\": true, \"activated\": true }\n"
      "  },\n"
      "  \"dotnet\": { \"release\": 528449 },\n"
      "  \"powershell\": {\n"
      "    \"version\": \"5.1.20348.2760\",\n"
      "    \"machinePolicy\": { \"enableScripts\": null, \"executionPolicy\": null },\n"
      "    \"userPolicy\": { \"enableScripts\": null, \"executionPolicy\": null },\n"
      "    \"currentUser\": null,\n"
      "    \"localMachine\": \"RemoteSigned\",\n"
      "    \"transcription\": null,\n"
      "    \"activeDirectoryModule\": true\n"
      "  },\n"
      "  \"tls12\": {\n"
      "    \"client\": { \"enabled\": null, \"disabledByDefault\": null },\n"
      "    \"server\": { \"enabled\": null, \"disabledByDefault\": null },\n"
      "    \"dotnet64\": { \"schUseStrongCrypto\": 1, \"systemDefaultTlsVersions\": 1 },\n"
      "    \"dotnet32\": { \"schUseStrongCrypto\": 1, \"systemDefaultTlsVersions\": 1 }\n"
      "  },\n"
      "  \"services\": { \"VaultSvc\": { \"start\": 3, \"state\": \"Running\" } },\n"
      "  \"security\": {\n"
      "    \"dcom\": { \"machineAccessRestriction\": \"" FACTS_KIT_SD "\", \"machineLaunchRestriction\": \"" FACTS_KIT_SD "\", \"defaultLaunchPermission\": \"" FACTS_KIT_SD "\" },\n"
      "    \"fips\": 0,\n"
      "    \"restrictSendingNtlm\": null,\n"
      "    \"ieEscAdministrators\": 0,\n"
      "    \"localAdministrators\": [ { \"name\": \"CONTOSO\\\\Domain Admins\", \"sid\": \"S-1-5-21-1-2-3-512\" } ]\n"
      "  },\n"
      "  \"network\": {\n"
      "    \"machineConfigProxy\": { \"enabled\": null, \"useSystemDefault\": null, \"proxyAddress\": null, \"bypassOnLocal\": null, \"useDefaultCredentials\": null },\n"
      "    \"timeOffsetMilliseconds\": 20\n"
      "  },\n"
      "  \"software\": [ { \"name\": \"Microsoft Entra Connect Sync\", \"version\": \"2.6.84.0\" }, { \"name\": \"Microsoft ODBC Driver 17 for SQL Server\", \"version\": \"17.10.6.1\" } ],\n"
      "  \"sync\": { \"agentVersion\": null, \"connectVersion\": \"2.6.84.0\", \"agentFipsExempt\": null, \"engineFipsExempt\": false }\n"
      "}\n";
/* clang-format on */

/* On 2026-11-01 at noon */
G_GNUC_UNUSED static PresyncFactsReport *
facts_kit_parse (const char *text, gssize length, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0.0);
  g_autoptr (GBytes) data = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return presync_facts_report_parse (data, "SYNC01.json", now, error);
}

/* One edit of the text: @find must be there */
typedef struct
{
  const char *find;
  const char *replace;
} FactsEdit;

/* With these edits; they end with a NULL */
G_GNUC_UNUSED static PresyncFactsReport *
facts_kit_parse_edited (const FactsEdit *edits, GError **error)
{
  g_autoptr (GString) text = g_string_new (facts_kit_text);

  for (guint i = 0; edits != NULL && edits[i].find != NULL; i++)
    if (g_string_replace (text, edits[i].find, edits[i].replace, 0) == 0)
      g_error ("the base has no %s", edits[i].find);
  return facts_kit_parse (text->str, (gssize) text->len, error);
}

/* What could not be read, and a member of the text that cases of several files replace */
#define ERROR "{ \"error\": \"Access is denied.\" }"
#define ADMINS "{ \"name\": \"CONTOSO\\\\Domain Admins\", \"sid\": \"S-1-5-21-1-2-3-512\" }"
