/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/endpoint.h"

#define WORLD "worldwide"
/* Microsoft's lists know one US Government; L4 and DoD differ in the Graph alone. */
#define GOVERNMENT "us-government us-government-dod"
#define BOTH "worldwide us-government us-government-dod"
#define TENANT_PROXY "{tenant}.registration.msappproxy.net"

#define CLOUD_RUN "network.cloud-run"
#define CLOUD_REGISTRATION "network.cloud-registration"
#define CLOUD_LISTS "network.cloud-lists"
#define CONNECT_RUN "network.connect-run"
#define CONNECT_LISTS "network.connect-lists"
#define HEALTH "network.health"
#define PASS_THROUGH "network.pass-through"
#define SEAMLESS_SSO "network.seamless-sso"
#define MFA_SITE "network.mfa-site"

/* Only hosts that Microsoft's pages name. Where a list has a wildcard of which no member is named
 * (*.servicebus.windows.net, *.msappproxy.com, *.windowsazure.com, *.msappproxy.us and others),
 * there is no row: a made-up host would prove nothing. For China, and for the run time of Cloud
 * Sync in US Government, the pages have no host at all: those conditions need an answer. */
/* clang-format off */
static const PresyncEndpoint endpoints[] = {
  /* CS-PRE 2026-07-27, public cloud, run time */
  { CLOUD_RUN, WORLD, NULL, TENANT_PROXY, 443, "*.msappproxy.net" },
  { CLOUD_RUN, WORLD, NULL, "login.microsoftonline.com", 443, "*.microsoftonline.com" },
  { CLOUD_RUN, WORLD, NULL, "www.microsoft.com", 443, "*.microsoft.com" },
  /* the same, registration */
  { CLOUD_REGISTRATION, WORLD, NULL, "login.windows.net", 443, NULL },
  { CLOUD_REGISTRATION, WORLD, NULL, "login.live.com", 443, NULL },
  { CLOUD_REGISTRATION, WORLD, NULL, "aadcdn.msauth.net", 443, NULL },
  { CLOUD_REGISTRATION, WORLD, NULL, "aadcdn.msftauth.net", 443, NULL },
  { CLOUD_REGISTRATION, WORLD, NULL, "www.msftconnecttest.com", 443, NULL },
  /* CS-TS 2026-08-21 adds these */
  { CLOUD_REGISTRATION, WORLD, NULL, "secure.aadcdn.microsoftonline-p.com", 443, NULL },
  { CLOUD_REGISTRATION, WORLD, NULL, "enterpriseregistration.windows.net", 443, NULL },
  { CLOUD_REGISTRATION, WORLD, NULL, "management.azure.com", 443, NULL },
  { CLOUD_REGISTRATION, WORLD, NULL, "policykeyservice.dc.ad.msft.net", 443, NULL },
  /* CS-PRE, revocation lists */
  { CLOUD_LISTS, WORLD, NULL, "mscrl.microsoft.com", 80, NULL },
  { CLOUD_LISTS, WORLD, NULL, "crl.microsoft.com", 80, NULL },
  { CLOUD_LISTS, WORLD, NULL, "ocsp.msocsp.com", 80, NULL },
  { CLOUD_LISTS, WORLD, NULL, "www.microsoft.com", 80, NULL },
  /* CS-TS adds these */
  { CLOUD_LISTS, WORLD, NULL, "crl3.digicert.com", 80, NULL },
  { CLOUD_LISTS, WORLD, NULL, "crl4.digicert.com", 80, NULL },
  { CLOUD_LISTS, WORLD, NULL, "ocsp.digicert.com", 80, NULL },
  { CLOUD_LISTS, WORLD, NULL, "oneocsp.microsoft.com", 80, NULL },
  { CLOUD_LISTS, WORLD, NULL, "ctldl.windowsupdate.com", 80, NULL },

  /* CS-PRE, US Government, registration */
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "login.windows.us", 443, NULL },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "secure.aadcdn.microsoftonline-p.com", 443, NULL },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "login.microsoftonline.us", 443, "*.microsoftonline.us" },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "aadcdn.msauth.net", 443, "*.msauth.net" },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "aadcdn.msftauth.net", 443, "*.msftauth.net" },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "enterpriseregistration.windows.net", 443, NULL },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "management.azure.com", 443, NULL },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "policykeyservice.dc.ad.msft.net", 443, NULL },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "aadcdn.msftauthimages.us", 443, NULL },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "msauthimages.us", 443, NULL },
  { CLOUD_REGISTRATION, GOVERNMENT, NULL, "msftauthimages.us", 443, NULL },
  /* Members that Graph's "National cloud deployments" names */
  { CLOUD_REGISTRATION, "us-government", NULL, "graph.microsoft.us", 443, "*.microsoft.us" },
  { CLOUD_REGISTRATION, "us-government-dod", NULL, "dod-graph.microsoft.us", 443, "*.microsoft.us" },
  { CLOUD_LISTS, GOVERNMENT, NULL, "mscrl.microsoft.us", 80, NULL },
  { CLOUD_LISTS, GOVERNMENT, NULL, "crl.microsoft.us", 80, NULL },
  { CLOUD_LISTS, GOVERNMENT, NULL, "ocsp.msocsp.us", 80, NULL },
  { CLOUD_LISTS, GOVERNMENT, NULL, "www.microsoft.us", 80, NULL },
  { CLOUD_LISTS, GOVERNMENT, NULL, "ctldl.windowsupdate.us", 80, NULL },

  /* CN-CONN 2025-04-09; the first four are the addresses it tells people to try */
  { CONNECT_RUN, WORLD, NULL, "login.microsoftonline.com", 443, "*.microsoftonline.com" },
  { CONNECT_RUN, WORLD, NULL, "adminwebservice.microsoftonline.com", 443, "*.microsoftonline.com" },
  { CONNECT_RUN, WORLD, NULL, "provisioningapi.microsoftonline.com", 443, "*.microsoftonline.com" },
  { CONNECT_RUN, WORLD, NULL, "login.windows.net", 443, NULL },
  { CONNECT_RUN, WORLD, NULL, "graph.microsoft.com", 443, NULL },
  { CONNECT_RUN, WORLD, NULL, "secure.aadcdn.microsoftonline-p.com", 443, NULL },
  { CONNECT_RUN, GOVERNMENT, NULL, "login.microsoftonline.com", 443, "*.microsoftonline.com" },
  { CONNECT_RUN, GOVERNMENT, NULL, "login.microsoftonline.us", 443, "*.microsoftonline.us" },
  { CONNECT_RUN, GOVERNMENT, NULL, "login.windows.net", 443, "*.windows.net" },
  /* The same revocation lists in both. Its wildcards (*.crl3.digicert.com …) are stood for by the
   * hosts that CS-TS names; *.verisign.com, *.entrust.net and others have none. */
  { CONNECT_LISTS, BOTH, NULL, "mscrl.microsoft.com", 80, NULL },
  { CONNECT_LISTS, BOTH, NULL, "crl3.digicert.com", 80, "*.crl3.digicert.com" },
  { CONNECT_LISTS, BOTH, NULL, "crl4.digicert.com", 80, "*.crl4.digicert.com" },
  { CONNECT_LISTS, BOTH, NULL, "ocsp.digicert.com", 80, "*.ocsp.digicert.com" },
  { CONNECT_LISTS, BOTH, NULL, "crl.microsoft.com", 80, "*.crl.microsoft.com" },
  { CONNECT_LISTS, BOTH, NULL, "oneocsp.microsoft.com", 80, "*.oneocsp.microsoft.com" },
  { CONNECT_LISTS, BOTH, NULL, "ocsp.msocsp.com", 80, "*.ocsp.msocsp.com" },
  /* CN-PRE 2026-01-16 */
  { MFA_SITE, BOTH, "mfa-admin", "secure.aadcdn.microsoftonline-p.com", 443, NULL },

  /* HEALTH 2026-05-26, public cloud. An earlier state of the page lists Azure Government too; of
   * that list nobody knows whether it still holds, and so the row needs an answer there. */
  { HEALTH, WORLD, "connect-health", "management.azure.com", 443, NULL },
  { HEALTH, WORLD, "connect-health", "login.windows.net", 443, NULL },
  { HEALTH, WORLD, "connect-health", "login.microsoftonline.com", 443, NULL },
  { HEALTH, WORLD, "connect-health", "secure.aadcdn.microsoftonline-p.com", 443, NULL },
  { HEALTH, WORLD, "connect-health", "www.office.com", 443, NULL },
  { HEALTH, WORLD, "connect-health", "aadcdn.msftauth.net", 443, NULL },
  { HEALTH, WORLD, "connect-health", "aadcdn.msauth.net", 443, NULL },
  { HEALTH, WORLD, "connect-health", "autoupdate.msappproxy.net", 443, NULL },
  { HEALTH, WORLD, "connect-health", "www.microsoft.com", 443, NULL },

  /* SSO 2026-09-15, PTA 2025-09-09 */
  { SEAMLESS_SSO, WORLD, "seamless-sso", TENANT_PROXY, 443, "*.msappproxy.net" },
  { SEAMLESS_SSO, WORLD, "seamless-sso", "autologon.microsoftazuread-sso.com", 443, NULL },
  { PASS_THROUGH, WORLD, "pass-through", TENANT_PROXY, 443, "*.msappproxy.net" },
  { PASS_THROUGH, WORLD, "pass-through", "login.windows.net", 443, NULL },
  { PASS_THROUGH, WORLD, "pass-through", "login.microsoftonline.com", 443, NULL },
  { PASS_THROUGH, WORLD, "pass-through", "autologon.microsoftazuread-sso.com", 443, NULL },
};
/* clang-format on */

const PresyncEndpoint *
presync_endpoints (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (endpoints);
  return endpoints;
}
