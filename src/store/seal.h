/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/statement.h"

G_BEGIN_DECLS

/* The seal of the table @name as the file tells it; that of no rows if it tells none */
gboolean presync_seal_read (sqlite3 *db, const char *name, PresyncSeal *seal, GError **error);
gboolean presync_seal_write (sqlite3 *db, const char *name, const PresyncSeal *seal,
                             GError **error);
/* @found: of the rows that were read. %FALSE with %PRESYNC_ERROR_BAD_INPUT if it is another */
gboolean presync_seal_check (sqlite3 *db, const char *name, const PresyncSeal *found,
                             GError **error);

G_END_DECLS
