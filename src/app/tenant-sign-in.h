/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/tenant-form.h"

G_BEGIN_DECLS

/**
 * PresyncTenantSignIn: signs in to the tenant with a code, shows who is signed in, and signs out
 */
#define PRESYNC_TYPE_TENANT_SIGN_IN (presync_tenant_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantSignIn, presync_tenant_sign_in, PRESYNC, TENANT_SIGN_IN, AdwBin)

/* @assessment, @form: (transfer none): whose tenant it is; once */
void presync_tenant_sign_in_set_up (PresyncTenantSignIn *self, PresyncAssessment *assessment,
                                    PresyncTenantForm *form);

/* (transfer full) (nullable): the application (client) ID that is typed, if it is one */
char *presync_tenant_sign_in_dup_client_id (PresyncTenantSignIn *self);

/* Looks up the tenant first if that was not done, then asks for a code. */
void presync_tenant_sign_in_start (PresyncTenantSignIn *self);
void presync_tenant_sign_in_cancel (PresyncTenantSignIn *self);
void presync_tenant_sign_in_sign_out (PresyncTenantSignIn *self);

G_END_DECLS
