/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/file-kind.h"
#include "store/statement.h"

G_BEGIN_DECLS

#define PRESYNC_STORE_APPLICATION_ID PRESYNC_FILE_APPLICATION_ID
/* What this Presync writes: user_version, bytes 60 to 63 of the file */
#define PRESYNC_STORE_VERSION 1

/**
 * presync_schema_migrate:
 * @db: a new database, or one of an older version
 *
 * Brings it to %PRESYNC_STORE_VERSION, one transaction a version.
 *
 * Returns: %FALSE with half a sentence (see statement.h)
 */
gboolean presync_schema_migrate (sqlite3 *db, GError **error);

/**
 * presync_schema_check:
 * @version: what the file says, from 1 on
 *
 * Is the schema that of @version, word for word? Of a newer version, our tables must be as we know
 * them; it may have plain ones beside, without columns that are computed.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT: something is missing, or is there that was not
 *   made by us (a trigger, a view); with %PRESYNC_ERROR_NOT_SUPPORTED if a newer version keeps our
 *   tables otherwise
 */
gboolean presync_schema_check (sqlite3 *db, int version, GError **error);

/**
 * presync_schema_tables:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of the tables whose rows a copy may
 *   need, each followed by its columns, the checksum last: { "facts", "key, place, …", …, NULL }
 */
const char *const *presync_schema_tables (void);

/* (transfer none) (array zero-terminated=1): the names of all our tables */
const char *const *presync_schema_names (void);

G_END_DECLS
