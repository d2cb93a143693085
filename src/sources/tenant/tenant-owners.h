/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"
#include "sources/tenant/discovery.h"

G_BEGIN_DECLS

/* More UPN suffixes than that are not asked for: each costs two questions. */
#define PRESYNC_TENANT_MAX_SUFFIXES 200

/**
 * PresyncTenantOwner: who owns a domain, as somebody without a sign-in can know. Reference counted,
 * immutable once it is shared.
 * @discovery: (nullable): %NULL if it could not be asked; @url is "" if no question was needed
 * @unknown, @detail: why it could not be asked
 */
typedef struct
{
  char *domain;
  PresyncDiscovery *discovery;
  PresyncUnknown unknown;
  char *detail;
  GDateTime *at;
} PresyncTenantOwner;

/* @discovery: (transfer full) */
PresyncTenantOwner *presync_tenant_owner_new (PresyncDiscovery *discovery, GDateTime *at);
PresyncTenantOwner *presync_tenant_owner_new_unknown (const char *domain, PresyncUnknown unknown,
                                                      const char *detail, GDateTime *at);
/**
 * presync_tenant_owner_new_impossible:
 *
 * Returns: (transfer full) (nullable): nobody owns @domain, because it is no DNS domain that
 * anybody could register ("contoso.local" is none); %NULL if it may be one
 */
PresyncTenantOwner *presync_tenant_owner_new_impossible (const char *domain, GDateTime *at);
PresyncTenantOwner *presync_tenant_owner_ref (PresyncTenantOwner *self);
void presync_tenant_owner_unref (PresyncTenantOwner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTenantOwner, presync_tenant_owner_unref)

/**
 * PresyncTenantNames: what was found without a sign-in
 * @subject: of the facts: the tenant's domain as it was named
 * @own: of that domain
 * @suffixes: (nullable) (element-type PresyncTenantOwner): of each UPN suffix in use, then of those
 *   that the forest offers beside them; %NULL: none is known
 * @n_offered: how many at the end of @suffixes are merely offered: whether a user has one was not
 *   seen, so nothing that is wrong with one is wrong with the forest
 * @whole: those in use are all; %FALSE: there may be more
 */
typedef struct
{
  const char *subject;
  PresyncTenantOwner *own;
  GPtrArray *suffixes;
  guint n_offered;
  gboolean whole;
} PresyncTenantNames;

/**
 * PresyncTenantVerified: the tenant's verified domains, as a sign-in told them
 * @names: (array zero-terminated=1)
 * @initial: (nullable) (array zero-terminated=1): those of them that the tenant was made with, as
 *   far as that was told
 * @origin: where they come from; incomplete if there may be more
 */
typedef struct
{
  const char *const *names;
  const char *const *initial;
  PresyncOrigin *origin;
} PresyncTenantVerified;

/**
 * presync_tenant_names_add_facts:
 * @facts: (element-type PresyncFact): gets the facts that only discovery tells: of the tenant's
 *   domain, and of each suffix
 *
 * "tenant.domain-tenant" is "" for a domain that nobody owns.
 */
void presync_tenant_names_add_facts (const PresyncTenantNames *self, GPtrArray *facts);

/**
 * presync_tenant_names_add_shared:
 * @verified: (nullable): %NULL: not known
 *
 * Adds what a sign-in tells better: custom domain, suffixes not verified or of another tenant. Of
 * suffixes that could not be asked for, or that nobody has shown, nothing is claimed.
 */
void presync_tenant_names_add_shared (const PresyncTenantNames *self,
                                      const PresyncTenantVerified *verified, GPtrArray *facts);

/* %TRUE for names below onmicrosoft.com, which every tenant has; other clouds have other ones, such
 * as partner.onmschina.cn */
gboolean presync_tenant_is_initial_domain (const char *domain);

G_END_DECLS
