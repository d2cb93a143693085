/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncTenantPage: which Microsoft Entra tenant it is, who signs in to it, and what was found
 */
#define PRESYNC_TYPE_TENANT_PAGE (presync_tenant_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantPage, presync_tenant_page, PRESYNC, TENANT_PAGE, AdwBin)

GtkWidget *presync_tenant_page_new (PresyncAssessment *assessment);

G_END_DECLS
