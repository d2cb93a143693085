/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncTenantDomains: who owns each domain that was looked up: this tenant, another one, nobody;
 * and how people sign in with it
 *
 * Hidden until something was looked up.
 */
#define PRESYNC_TYPE_TENANT_DOMAINS (presync_tenant_domains_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantDomains, presync_tenant_domains, PRESYNC, TENANT_DOMAINS,
                      AdwPreferencesGroup)

/* @assessment: (transfer none): whose domains are shown; once */
void presync_tenant_domains_set_assessment (PresyncTenantDomains *self,
                                            PresyncAssessment *assessment);

G_END_DECLS
