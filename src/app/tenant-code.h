/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sources/tenant/device-code.h"

G_BEGIN_DECLS

/**
 * PresyncTenantCode: the code to sign in with on any device, large, with the address to type it at,
 * and how long it lasts
 *
 * Cancelling is the action "tenant.cancel-sign-in".
 */
#define PRESYNC_TYPE_TENANT_CODE (presync_tenant_code_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantCode, presync_tenant_code, PRESYNC, TENANT_CODE, AdwBin)

/* @code: (nullable): %NULL while it is being asked for */
void presync_tenant_code_set (PresyncTenantCode *self, const PresyncDeviceCode *code);

/* Gives the focus to what is needed first. */
void presync_tenant_code_focus (PresyncTenantCode *self);

/**
 * presync_tenant_code_dup_spelled:
 * @code: such as "FQK7P"
 *
 * Returns: (transfer full): letter by letter, for screen readers: "F, Q, K, 7, P"
 */
char *presync_tenant_code_dup_spelled (const char *code);

G_END_DECLS
