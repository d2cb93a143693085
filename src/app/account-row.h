/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/account-text.h"
#include "sources/directory/finder.h"

G_BEGIN_DECLS

/**
 * PresyncAccountRow: an account of an option: how it stands, and when opened its name, its
 * conditions and its rights
 */
#define PRESYNC_TYPE_ACCOUNT_ROW (presync_account_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncAccountRow, presync_account_row, PRESYNC, ACCOUNT_ROW, AdwExpanderRow)

GtkWidget *presync_account_row_new (PresyncAssessment *assessment, const PresyncAccountRole *role);

/* Shows the checklist and the facts as they are now; what has not changed is left alone. */
void presync_account_row_update (PresyncAccountRow *self);

/* @finder: (nullable) (transfer none): looks names up */
void presync_account_row_set_finder (PresyncAccountRow *self, PresyncFinder *finder);

G_END_DECLS
