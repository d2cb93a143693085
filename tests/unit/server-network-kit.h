/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Facts files that tell of the network, for the tests */
#include "sources/server/report-network.h"

#include "facts-kit.h"

#define GOOD                                                                                       \
  "{ \"subject\": \"CN=login.microsoftonline.com\", \"issuer\": \"CN=DigiCert TLS, O=DigiCert "    \
  "Inc\", \"root\": \"CN=DigiCert Global Root G2, O=DigiCert Inc, C=US\", \"names\": "             \
  "[ \"login.microsoftonline.com\" ], \"notBefore\": \"2026-01-01T00:00:00Z\", \"notAfter\": "     \
  "\"2099-01-01T00:00:00Z\", \"selfSigned\": false, \"trusted\": true }"
#define CORPORATE                                                                                  \
  "{ \"subject\": \"CN=login.microsoftonline.com\", \"issuer\": \"CN=Contoso Inspection CA, "      \
  "O=Contoso\", \"root\": \"CN=Contoso Inspection CA, O=Contoso\", \"names\": [], \"notBefore\": " \
  "null, \"notAfter\": null, \"selfSigned\": false, \"trusted\": "

#define ROW(kind, host, port, outcome)                                                             \
  "{ \"kind\": \"" kind "\", \"host\": \"" host "\", \"port\": " port ", \"outcome\": \"" outcome  \
  "\", \"detail\": null, \"proxy\": null, \"certificate\": null }"
#define ROW_WITH(kind, host, port, outcome, detail, proxy, certificate)                            \
  "{ \"kind\": \"" kind "\", \"host\": \"" host "\", \"port\": " port ", \"outcome\": \"" outcome  \
  "\", \"detail\": " detail ", \"proxy\": " proxy ", \"certificate\": " certificate " }"

/* Of an address that was tried with TLS, and whether TLS was there */
#define ROW_TLS(kind, host, outcome, tls, certificate)                                             \
  "{ \"kind\": \"" kind "\", \"host\": \"" host "\", \"port\": 443, \"outcome\": \"" outcome       \
  "\", \"detail\": null, \"proxy\": null, \"tls\": " tls ", \"certificate\": " certificate " }"

/* (transfer full): a facts file; @group: (nullable): what stands in it of the network */
static char *
network_kit_text (const char *group)
{
  g_autoptr (GString) text = g_string_new (facts_kit_text);
  g_autofree char *end
      = g_strdup_printf ("\"engineFipsExempt\": false },\n  \"networkProbes\": %s\n}\n", group);

  if (group != NULL)
    g_assert_cmpuint (g_string_replace (text, "\"engineFipsExempt\": false }\n}\n", end, 0), ==, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

G_GNUC_UNUSED static PresyncFactsReport *
network_kit_parse (const char *group)
{
  g_autofree char *text = network_kit_text (group);
  g_autoptr (GError) error = NULL;
  PresyncFactsReport *report = facts_kit_parse (text, -1, &error);

  g_assert_no_error (error);
  return report;
}

/* (transfer full): a file with @rows */
G_GNUC_UNUSED static PresyncFactsReport *
network_kit_parse_rows (const char *rows)
{
  g_autofree char *group = g_strdup_printf ("{ \"cloud\": \"worldwide\", \"rows\": [ %s ] }", rows);

  return network_kit_parse (group);
}

G_GNUC_UNUSED static PresyncFact *
network_kit_find (GPtrArray *facts, const char *key, const char *subject)
{
  PresyncFact *found = NULL;

  for (guint i = 0; i < facts->len; i++)
    if (strcmp (presync_fact_get_key (facts->pdata[i]), key) == 0
        && strcmp (presync_fact_get_subject (facts->pdata[i]), subject) == 0)
      {
        g_assert_null (found);
        found = facts->pdata[i];
      }
  return found;
}

/* (transfer full): what is known of the forest and the tenant */
static PresyncNetworkTarget *
network_kit_target (const char *cloud)
{
  static const char *const features[] = { "federation", NULL };
  static const char *const controllers[] = { "dc01.contoso.com", "dc02.contoso.com", NULL };
  static const char *const suffixes[] = { "contoso.com", NULL };
  static const char *const servers[] = { "adfs01.contoso.com", "adfs02.contoso.com", NULL };
  PresyncNetworkTarget *target = presync_network_target_new ();

  target->cloud = g_strdup (cloud);
  target->login_host
      = g_strdup (cloud != NULL && g_str_equal (cloud, "worldwide") ? "login.microsoftonline.com"
                                                                    : "login.microsoftonline.us");
  target->tenant_id = g_strdup ("4d3b0b4e-0000-4000-8000-0123456789ab");
  target->features = g_strdupv ((char **) features);
  target->controllers = g_strdupv ((char **) controllers);
  target->suffixes = g_strdupv ((char **) suffixes);
  target->federation = presync_federation_new ();
  target->federation->service = g_strdup ("sts.contoso.com");
  target->federation->servers = g_strdupv ((char **) servers);
  return target;
}
