/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/right-state.h"

G_BEGIN_DECLS

/**
 * PresyncRightsTable: who may do what: the rights of an account in every domain of the forest, and
 * below it the cell that was chosen at length
 */
#define PRESYNC_TYPE_RIGHTS_TABLE (presync_rights_table_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRightsTable, presync_rights_table, PRESYNC, RIGHTS_TABLE, AdwBin)

/* @role: has rights */
GtkWidget *presync_rights_table_new (PresyncAssessment *assessment, const PresyncAccountRole *role);

/* Draws the facts anew; what has not changed is left alone. */
void presync_rights_table_update (PresyncRightsTable *self);

G_END_DECLS
