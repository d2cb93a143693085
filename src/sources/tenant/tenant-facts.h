/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/tenant/graph.h"
#include "sources/tenant/tenant-owners.h"

G_BEGIN_DECLS

/**
 * PresyncTenantRead: what a sign-in let be read, before it is turned into facts
 * @subject: the tenant's domain as it was named
 * @tenant: (nullable): the tenant's id: what belongs to another is not believed
 * @admin: (nullable): UPN of the administrator as a person named it; %NULL: who signed in
 * @provider: (nullable): who vouches for who signed in, as the id token tells
 * @answers: (nullable members): by #PresyncGraphRead; %NULL: not asked
 */
typedef struct
{
  const char *subject;
  const char *tenant;
  const char *admin;
  const char *provider;
  PresyncGraphAnswer *answers[PRESYNC_GRAPH_N_READS];
} PresyncTenantRead;

/**
 * presync_tenant_read_add_facts:
 * @names: what was found without a sign-in
 * @facts: (element-type PresyncFact): gets a fact, known or unknown, of every key of
 *   presync_tenant_signed_in_fact_keys(), but the last synchronization if there was none
 *
 * Pure: what a member holds in another type than Microsoft's metadata has is unknown, never
 * guessed. "tenant.domain-…" are not among them.
 */
void presync_tenant_read_add_facts (const PresyncTenantRead *self, const PresyncTenantNames *names,
                                    GPtrArray *facts);

/* The part of them about the administrator (in tenant-admin.c). Subject: its UPN. */
void presync_tenant_read_add_admin (const PresyncTenantRead *self, GPtrArray *facts);

/* %TRUE if the administrator to look at is who signed in, as far as
 * @answers[PRESYNC_GRAPH_ME] tells */
gboolean presync_tenant_read_is_me (const PresyncTenantRead *self);
/* (transfer full) (nullable): "Anna Schmidt (anna@contoso.com)": who signed in */
char *presync_tenant_read_dup_person (const PresyncTenantRead *self);
/* (transfer full) (nullable): the tenant's name */
char *presync_tenant_read_dup_name (const PresyncTenantRead *self);
/* (transfer full) (nullable): id of the administrator, for the reads that need it */
char *presync_tenant_read_dup_admin_id (const PresyncTenantRead *self);
/* %TRUE if the administrator neither holds the role nor may activate it as a user: then its groups
 * are to be asked */
gboolean presync_tenant_read_needs_groups (const PresyncTenantRead *self);
/* %TRUE if the administrator holds the role, but not as a user: one of its groups is to be named */
gboolean presync_tenant_read_is_through_group (const PresyncTenantRead *self);

/* (transfer none) (nullable): the object of @read that is about this tenant */
JsonObject *presync_tenant_read_get_organization (const PresyncTenantRead *self,
                                                  PresyncGraphRead read);

G_END_DECLS
