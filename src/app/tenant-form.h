/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"
#include "sources/tenant/tenant-source.h"

G_BEGIN_DECLS

/**
 * PresyncTenantForm: which tenant, in which cloud; looks it up without a sign-in, shows how far
 * that is, and who it is
 *
 * Signal "checked" (boolean: it could be looked up): after a look that was begun here.
 * Signal "source-changed": after the assessment has another tenant source, or none.
 */
#define PRESYNC_TYPE_TENANT_FORM (presync_tenant_form_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantForm, presync_tenant_form, PRESYNC, TENANT_FORM, AdwBin)

/* @assessment: (transfer none): whose tenant is shown; once */
void presync_tenant_form_set_assessment (PresyncTenantForm *self, PresyncAssessment *assessment);

/* (transfer none) (nullable): the assessment's tenant source */
PresyncTenantSource *presync_tenant_form_get_source (PresyncTenantForm *self);

/* Is the tenant that is typed the one of the source, in the same cloud? */
gboolean presync_tenant_form_is_current (PresyncTenantForm *self);

/**
 * presync_tenant_form_start:
 * @client_id: (nullable): the application (client) ID to sign in with; a GUID
 *
 * Looks up the tenant that is typed; what is wrong with it is said below the field.
 *
 * Returns: whether it began
 */
gboolean presync_tenant_form_start (PresyncTenantForm *self, const char *client_id);

/* Ends a look that was begun here. */
void presync_tenant_form_stop (PresyncTenantForm *self);

G_END_DECLS
