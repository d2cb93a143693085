/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "assessment/assessment.h"
#include "sources/sql/sql-target.h"

G_BEGIN_DECLS

/**
 * presync_sql_settings_dup_target:
 *
 * Returns: (transfer full) (nullable): the SQL Server used last, without its password; %NULL if
 *   there is none
 */
PresyncSqlTarget *presync_sql_settings_dup_target (GSettings *settings);

/**
 * presync_sql_settings_save:
 * @target: (nullable): what is used from now on; %NULL: none. A recording is not remembered.
 *
 * Remembers everything but the password.
 */
void presync_sql_settings_save (GSettings *settings, const PresyncSqlTarget *target);

/**
 * presync_sql_settings_dup_address:
 *
 * Returns: (transfer full): @target's server, as passwords in the keyring name it
 */
char *presync_sql_settings_dup_address (const PresyncSqlTarget *target);

/* Forgets @target, and its password in the keyring if there is one. */
void presync_sql_settings_forget (const PresyncSqlTarget *target);

/* Forgets the certificate that was trusted. */
void presync_sql_settings_forget_certificate (void);

/**
 * presync_sql_settings_restore:
 *
 * Uses the SQL Server of the last time again and reads it, if one of one's own is planned and how
 * to sign in is known without asking: by Kerberos, or with the password that was kept in the
 * keyring (a moment later). Does nothing if a SQL Server was named already.
 */
void presync_sql_settings_restore (PresyncAssessment *assessment);

G_END_DECLS
