/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-set.h"
#include "rules/status.h"

G_BEGIN_DECLS

/* How domains of a tenant are told to people in reports. The facts about them are not in the groups
 * of presync_fact_groups(): they stand in a table, a row for each domain. */

/**
 * presync_tenant_text_list_domains:
 *
 * Returns: (transfer container) (element-type PresyncFact): the facts "tenant.domain-tenant", by
 *   domain
 */
GPtrArray *presync_tenant_text_list_domains (PresyncFactSet *facts);

/**
 * presync_tenant_text_dup_owner:
 * @fact: of "tenant.domain-tenant"
 * @status: (out): met of a domain of this tenant, not met of one that is somebody else's or
 * nobody's
 *
 * Returns: (transfer full): who owns the domain, or why that is not known
 */
char *presync_tenant_text_dup_owner (PresyncFactSet *facts, PresyncFact *fact,
                                     PresyncStatus *status);

/* (transfer none) (nullable): the fact "tenant.domain-realm" of @domain */
PresyncFact *presync_tenant_text_find_realm (PresyncFactSet *facts, const char *domain);

/* (transfer full): how people sign in with a domain, or why that is not known; @realm: (nullable)
 */
char *presync_tenant_text_dup_realm (PresyncFact *realm);

G_END_DECLS
