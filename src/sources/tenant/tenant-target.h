/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sources/tenant/cloud.h"

G_BEGIN_DECLS

/**
 * PresyncTenantTarget: which Microsoft Entra tenant to look at. Plain data, copied between threads;
 * no secrets.
 * @recording: (nullable): recorded answers (file name, "file:///" or "resource://" address; see
 *   http.h) instead of servers; @domain then only names the tenant
 * @domain: a domain of the tenant, such as "contoso.com" or "contoso.onmicrosoft.com", or its id
 * @cloud: (transfer none): never %NULL; where @domain is looked for and where to sign in. A static
 *   cloud, or in tests one that outlives every copy
 * @client_id: (nullable): the application (client) id of a public client that a person registered;
 *   without it nobody can sign in
 * @proxy: (nullable): address of a proxy, such as "http://proxy.contoso.com:8080"; %NULL: the
 *   system's settings
 */
typedef struct
{
  char *recording;
  char *domain;
  const PresyncCloud *cloud;
  char *client_id;
  char *proxy;
} PresyncTenantTarget;

#define PRESYNC_TYPE_TENANT_TARGET (presync_tenant_target_get_type ())
GType presync_tenant_target_get_type (void);

/* @cloud is the worldwide one until another is set */
PresyncTenantTarget *presync_tenant_target_new (void);
/* (nullable) */
PresyncTenantTarget *presync_tenant_target_copy (const PresyncTenantTarget *self);
void presync_tenant_target_free (PresyncTenantTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTenantTarget, presync_tenant_target_free)

/**
 * presync_tenant_target_parse_name:
 * @text: what a person typed or pasted: "contoso.com", "contoso.onmicrosoft.com", a tenant id, and,
 *   since people paste them, "anna@contoso.com" and "https://contoso.com/…": the domain is taken
 * out of those; surrounding white space is dropped
 *
 * Sets @domain, in lower case and, if it has other letters, in its ASCII form.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT, one sentence that tells what is wrong (spaces
 *   inside, no dot, an address of Microsoft's own portal, an IP address)
 */
gboolean presync_tenant_target_parse_name (PresyncTenantTarget *self, const char *text,
                                           GError **error);

/* %FALSE with %PRESYNC_ERROR_BAD_INPUT, one sentence, unless @client_id is %NULL or a GUID, and
 * @proxy is %NULL or "http://HOST:PORT" */
gboolean presync_tenant_target_validate (const PresyncTenantTarget *self, GError **error);

G_END_DECLS
