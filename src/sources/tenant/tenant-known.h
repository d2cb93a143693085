/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/tenant/tenant-facts.h"

G_BEGIN_DECLS

/**
 * PresyncTenantKnown: all that a check has learned. Reference counted, immutable once it is shared;
 * a later check that only has other names to look at starts from it.
 * @own: of the tenant's domain
 * @suffixes, @n_offered: see #PresyncTenantNames
 * @whole: @suffixes are all that are in use
 * @cloud: (transfer none): whose Graph is asked
 * @signed_in: Graph was asked, or ought to have been
 * @admin: (nullable): whom @answers are about, as it was named
 * @provider: (nullable): see #PresyncTokens
 * @skew: (nullable): a sentence: this computer's clock is wrong (presync_http_dup_skew())
 */
typedef struct
{
  PresyncTenantOwner *own;
  GPtrArray *suffixes;
  guint n_offered;
  gboolean whole;
  const PresyncCloud *cloud;
  gboolean signed_in;
  char *admin;
  char *provider;
  char *skew;
  PresyncGraphAnswer *answers[PRESYNC_GRAPH_N_READS];
} PresyncTenantKnown;

PresyncTenantKnown *presync_tenant_known_new (const PresyncCloud *cloud, const char *admin);
PresyncTenantKnown *presync_tenant_known_ref (PresyncTenantKnown *self);
void presync_tenant_known_unref (PresyncTenantKnown *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTenantKnown, presync_tenant_known_unref)

/* (transfer full): what was found without a sign-in, alone */
PresyncTenantKnown *presync_tenant_known_new_open (const PresyncTenantKnown *self);
/* (nullable): GUID of the tenant */
const char *presync_tenant_known_get_tenant (const PresyncTenantKnown *self);
/* (transfer full) (nullable) */
char *presync_tenant_known_dup_person (const PresyncTenantKnown *self);
char *presync_tenant_known_dup_name (const PresyncTenantKnown *self);
/* What @answers tell, for tenant-facts.h; belongs to @self */
PresyncTenantRead presync_tenant_known_get_read (const PresyncTenantKnown *self,
                                                 const char *subject);
/* (transfer container) (element-type PresyncFact): @subject: the tenant's domain. @open: what was
 * found without a sign-in; @signed_in: what a sign-in let be read. Shared keys are told once. */
GPtrArray *presync_tenant_known_list_facts (const PresyncTenantKnown *self, const char *subject,
                                            gboolean open, gboolean signed_in);

G_END_DECLS
