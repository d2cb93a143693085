/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/tenant/http.h"

G_BEGIN_DECLS

/**
 * PresyncDiscovery: what can be known of a domain without signing in. Plain data.
 * @domain: as it was asked
 * @exists: a tenant owns it
 * @tenant_id: (nullable): GUID of that tenant, from the issuer of its OpenID configuration
 * @cloud: (nullable) (transfer none): the cloud the tenant is in; %NULL if it was not told
 * @realm: (nullable): "Managed" or "Federated", as getuserrealm.srf tells, which Microsoft does not
 *   document; %NULL if it was not told
 * @brand: (nullable): name of the organization, from the same place
 * @url: where @tenant_id comes from, for origins
 * @realm_url: where @realm comes from
 */
typedef struct
{
  char *domain;
  gboolean exists;
  char *tenant_id;
  const PresyncCloud *cloud;
  char *realm;
  char *brand;
  char *url;
  char *realm_url;
} PresyncDiscovery;

void presync_discovery_free (PresyncDiscovery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncDiscovery, presync_discovery_free)

/**
 * presync_discover:
 * @domain: a DNS domain, ASCII, or a tenant id
 * @cloud: (transfer none): where to ask
 *
 * GET {login}/{domain}/v2.0/.well-known/openid-configuration: 200 names the tenant; 400 with
 * invalid_tenant and AADSTS90002 means that nobody owns it. The realm is asked too; that it cannot
 * be read is no error.
 *
 * Returns: (transfer full): what was found; %NULL with a sentence if the server could not be asked
 *   or its answer is not what an OpenID configuration looks like
 */
PresyncDiscovery *presync_discover (PresyncHttp *http, const PresyncCloud *cloud,
                                    const char *domain, GCancellable *cancellable, GError **error);

G_END_DECLS
