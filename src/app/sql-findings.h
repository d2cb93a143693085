/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncSqlFindings: the conditions of the checklist about the sync database, and when and how the
 * SQL Server was read
 */
#define PRESYNC_TYPE_SQL_FINDINGS (presync_sql_findings_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSqlFindings, presync_sql_findings, PRESYNC, SQL_FINDINGS, AdwBin)

/* Once. */
void presync_sql_findings_set_assessment (PresyncSqlFindings *self, PresyncAssessment *assessment);

G_END_DECLS
