/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "facts/fact-set.h"

G_BEGIN_DECLS

/**
 * PresyncTenantQuota: the tenant's directory quota as a bar: what is used, what the forest would
 * add, what is left, and the steps at which Microsoft sets quotas
 */
#define PRESYNC_TYPE_TENANT_QUOTA (presync_tenant_quota_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantQuota, presync_tenant_quota, PRESYNC, TENANT_QUOTA, GtkWidget)

/* Shows what is known; hides itself if the quota is not. */
void presync_tenant_quota_set (PresyncTenantQuota *self, PresyncFactSet *facts);

/**
 * presync_tenant_quota_dup_text:
 *
 * Returns: (transfer full) (nullable): one sentence: "1,204 of 300,000 used; this forest adds
 *   12,400 at most; 286,396 remain."; %NULL if the quota is not known
 */
char *presync_tenant_quota_dup_text (PresyncFactSet *facts);

G_END_DECLS
