/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/sql-form.h"

G_BEGIN_DECLS

/**
 * PresyncSqlCheck: connects to the SQL Server of a form and reads it: button, steps, what went
 * wrong, and the certificate where it has to be looked at
 */
#define PRESYNC_TYPE_SQL_CHECK (presync_sql_check_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSqlCheck, presync_sql_check, PRESYNC, SQL_CHECK, AdwBin)

/* @form: (transfer none): lives as long as @self; once */
void presync_sql_check_set_up (PresyncSqlCheck *self, PresyncAssessment *assessment,
                               PresyncSqlForm *form);

/* Reads the server that the form names, or stops reading it. */
void presync_sql_check_start (PresyncSqlCheck *self);
void presync_sql_check_stop (PresyncSqlCheck *self);

/* Trusts the certificate that was refused, and tries again. */
void presync_sql_check_trust (PresyncSqlCheck *self);

/* Trusts it no longer: what was read of the server is forgotten too. */
void presync_sql_check_forget (PresyncSqlCheck *self);

/* Something else was typed: what went wrong is no longer of interest. */
void presync_sql_check_reset (PresyncSqlCheck *self);

G_END_DECLS
