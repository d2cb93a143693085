/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"
#include "sources/sql/sql-target.h"

G_BEGIN_DECLS

/**
 * PresyncSqlForm: where the sync database lives: the LocalDB of the installer, or a SQL Server, how
 * it is called and how to sign in
 *
 * The choice is the planned feature "own-sql", and counts at once.
 *
 * Signal "changed": after anything was typed or chosen.
 */
#define PRESYNC_TYPE_SQL_FORM (presync_sql_form_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSqlForm, presync_sql_form, PRESYNC, SQL_FORM, AdwBin)

/* @assessment: (transfer none): whose plan is shown; once */
void presync_sql_form_set_assessment (PresyncSqlForm *self, PresyncAssessment *assessment);

/**
 * presync_sql_form_fill:
 * @target: (nullable): a SQL Server that is used, or was used last; %NULL empties the fields
 * @remember: may the password be kept in the keyring?
 *
 * A password is not shown: it goes on to be used with the same server and login while the field is
 * empty.
 */
void presync_sql_form_fill (PresyncSqlForm *self, const PresyncSqlTarget *target,
                            gboolean remember);

/**
 * presync_sql_form_dup_target:
 *
 * Returns: (transfer full): the SQL Server as named; %NULL with an error if a field must be mended,
 *   which is marked then and gets the focus
 */
PresyncSqlTarget *presync_sql_form_dup_target (PresyncSqlForm *self, GError **error);

/* Is it the recorded answer of the sample that the form names? */
gboolean presync_sql_form_is_recording (PresyncSqlForm *self);

/* May the password be kept in the keyring? */
gboolean presync_sql_form_get_remember (PresyncSqlForm *self);

/* @pin: (nullable): fingerprint of the certificate that the person trusts from now on */
void presync_sql_form_set_pin (PresyncSqlForm *self, const char *pin);

/**
 * presync_sql_form_mark:
 * @error: (nullable): why the server could not be used; %NULL takes all marks away
 *
 * Marks the field that most likely has to be mended.
 */
void presync_sql_form_mark (PresyncSqlForm *self, const GError *error);

/* While a check runs, nothing can be changed. */
void presync_sql_form_set_busy (PresyncSqlForm *self, gboolean busy);

G_END_DECLS
