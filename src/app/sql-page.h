/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncSqlPage: where the sync database lives, what its SQL Server told, and how large a forest
 * it has to hold
 *
 * It shows the conditions of the checklist that rest on the SQL Server; it judges nothing.
 */
#define PRESYNC_TYPE_SQL_PAGE (presync_sql_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSqlPage, presync_sql_page, PRESYNC, SQL_PAGE, AdwBin)

GtkWidget *presync_sql_page_new (PresyncAssessment *assessment);

G_END_DECLS
