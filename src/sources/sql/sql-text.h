/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/secret.h"

G_BEGIN_DECLS

/**
 * presync_sql_text_check_login:
 * @server: the SQL Server, for the sentence
 * @login: (nullable)
 * @password: (nullable)
 *
 * May @login and @password be handed to a driver? One rule for Presync and presync-sql.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT if one of them is missing, and with
 *   %PRESYNC_ERROR_REFUSED if one cannot be passed safely (longer than SQL Server takes, control
 *   characters, "}" at the end or before a ";") or is a Windows account, which would mean NTLM; the
 *   sentence never shows them
 */
gboolean presync_sql_text_check_login (const char *server, const char *login,
                                       const PresyncSecret *password, GError **error);

G_END_DECLS
