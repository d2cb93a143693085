/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncTenantFindings: the conditions of both checklists about the tenant, in groups, with what
 * was read besides
 *
 * It judges nothing: rows follow the checklists, and open their place there.
 */
#define PRESYNC_TYPE_TENANT_FINDINGS (presync_tenant_findings_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantFindings, presync_tenant_findings, PRESYNC, TENANT_FINDINGS,
                      AdwBin)

/* @assessment: (transfer none): what is shown; once */
void presync_tenant_findings_set_assessment (PresyncTenantFindings *self,
                                             PresyncAssessment *assessment);

G_END_DECLS
