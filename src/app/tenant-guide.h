/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sources/tenant/cloud.h"

G_BEGIN_DECLS

/**
 * PresyncTenantGuide: how to register the public client that people sign in with, step by step,
 * with the read scopes to give it
 */
#define PRESYNC_TYPE_TENANT_GUIDE (presync_tenant_guide_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantGuide, presync_tenant_guide, PRESYNC, TENANT_GUIDE,
                      AdwExpanderRow)

/* @cloud: (transfer none): whose admin center is meant */
void presync_tenant_guide_set_cloud (PresyncTenantGuide *self, const PresyncCloud *cloud);

G_END_DECLS
