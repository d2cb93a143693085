/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/sql/helper/odbc.h"
#include "sources/sql/helper/request.h"

G_BEGIN_DECLS

/**
 * presync_sql_sign_in_check_ticket:
 *
 * Looks whether there is a Kerberos ticket at all: the driver would only say that it failed.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_SIGN_IN
 */
gboolean presync_sql_sign_in_check_ticket (const PresyncSqlRequest *request, GError **error);

/**
 * presync_sql_sign_in_set_error:
 * @fault: why presync_odbc_connect() failed
 *
 * Says in one sentence why the sign-in failed, by the numbers of server and driver. Never the
 * server's own words: it knows the password.
 */
void presync_sql_sign_in_set_error (const PresyncSqlRequest *request, guint16 port,
                                    const PresyncOdbcFault *fault, guint seconds, GError **error);

G_END_DECLS
