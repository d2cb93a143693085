/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncAccountsPage: the accounts of both options, and what an earlier synchronization left
 *
 * It groups the conditions of the checklists by account and draws facts; it judges nothing.
 */
#define PRESYNC_TYPE_ACCOUNTS_PAGE (presync_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncAccountsPage, presync_accounts_page, PRESYNC, ACCOUNTS_PAGE, AdwBin)

GtkWidget *presync_accounts_page_new (PresyncAssessment *assessment);

G_END_DECLS
