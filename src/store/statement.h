/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)

/**
 * PresyncSeal: tells whether rows are those that were written: how many they are, and the sum of
 * their checksums. Plain data.
 */
typedef struct
{
  gint64 rows;
  gint64 sum;
} PresyncSeal;

/**
 * PresyncStatement: a prepared statement whose values are bound, and whose columns are read, one
 * after the other. Each goes into the checksum of its row, which is the row's last column, so that
 * a byte that flipped is noticed whatever SQLite thinks of it.
 *
 * A value of another type than expected, and text that is no UTF-8, are noticed by
 * presync_statement_read_end(). Errors hold half a sentence that fits behind "… could not be
 * saved: " (presync_statement_set_error()).
 */
typedef struct _PresyncStatement PresyncStatement;

PresyncStatement *presync_statement_new (sqlite3 *db, const char *sql, GError **error);
void presync_statement_free (PresyncStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncStatement, presync_statement_free)

/* Each the next value. @text, @time: (nullable). What is no UTF-8 in @text is made it. */
void presync_statement_bind_integer (PresyncStatement *self, gint64 value);
void presync_statement_bind_text (PresyncStatement *self, const char *text);
void presync_statement_bind_blob (PresyncStatement *self, const void *data, gsize length);
void presync_statement_bind_time (PresyncStatement *self, GDateTime *time);
void presync_statement_bind_null (PresyncStatement *self);
/* The checksum of the values so far; @seal: (nullable): grows by the row */
void presync_statement_bind_checksum (PresyncStatement *self, PresyncSeal *seal);

/* Runs it to its end, and makes it ready for the next row's values */
gboolean presync_statement_run (PresyncStatement *self, GError **error);
/* Likewise, of a statement that returns the checksums of the rows that it deletes: @seal shrinks */
gboolean presync_statement_run_deleting (PresyncStatement *self, PresyncSeal *seal, GError **error);

/* The next row, if there is one: *@row; at the end the statement is ready to be bound again */
gboolean presync_statement_step (PresyncStatement *self, gboolean *row, GError **error);

/* Each the next column; what is not as it must be shows in presync_statement_read_end() */
gint64 presync_statement_read_integer (PresyncStatement *self, gint64 least, gint64 most);
gboolean presync_statement_next_is_null (PresyncStatement *self);
int presync_statement_next_type (PresyncStatement *self);
/* (transfer none): never %NULL, valid until the next step */
const char *presync_statement_read_text (PresyncStatement *self);
/* (transfer none) (nullable) */
const char *presync_statement_read_text_or_null (PresyncStatement *self);
/* (transfer none): never %NULL */
const char *presync_statement_read_blob (PresyncStatement *self, gsize *length);
/* (transfer full): never %NULL */
GDateTime *presync_statement_read_time (PresyncStatement *self);
void presync_statement_skip (PresyncStatement *self);
/**
 * presync_statement_read_end:
 * @seal: (nullable): grows by the row
 *
 * Reads the checksum, the last column.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT if the row is not as it was written
 */
gboolean presync_statement_read_end (PresyncStatement *self, PresyncSeal *seal, GError **error);

/* Sets half a sentence that tells why the last call of @db failed: "the disk is full".
 * %PRESYNC_ERROR_BAD_INPUT if the file is damaged, else %PRESYNC_ERROR_CANNOT_WRITE */
void presync_statement_set_error (sqlite3 *db, GError **error);
/* "it is damaged" */
void presync_statement_set_damaged (GError **error);
/* Runs @sql, which returns nothing */
gboolean presync_statement_execute (sqlite3 *db, const char *sql, GError **error);
/* The one number that @sql returns; FALSE with an error if it returns none */
gboolean presync_statement_query (sqlite3 *db, const char *sql, gint64 *value, GError **error);

/* Microseconds since 1970, UTC. (transfer full) (nullable): %NULL if there is no such time */
gint64 presync_statement_time_to_micros (GDateTime *time);
GDateTime *presync_statement_time_from_micros (gint64 micros);

G_END_DECLS
