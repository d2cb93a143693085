/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/statement.h"

#include <errno.h>
#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* FNV-1a, 64 bits: a single byte that differs always changes it. */
#define HASH_START G_GUINT64_CONSTANT (0xcbf29ce484222325)
#define HASH_PRIME G_GUINT64_CONSTANT (0x100000001b3)

#define MICROS G_GINT64_CONSTANT (1000000)
/* GDateTime knows the years 1 to 9999. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

struct _PresyncStatement
{
  sqlite3 *db; /* unowned */
  sqlite3_stmt *stmt;
  int place;    /* of the value last bound or read */
  guint64 hash; /* of the row's values so far */
  int failure;  /* of binding, SQLITE_OK if none */
  gboolean bad; /* a column is not what it must be */
};

PresyncStatement *
presync_statement_new (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  PresyncStatement *self;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    {
      presync_statement_set_error (db, error);
      return NULL;
    }
  self = g_new0 (PresyncStatement, 1);
  self->db = db;
  self->stmt = stmt;
  self->hash = HASH_START;
  return self;
}

void
presync_statement_free (PresyncStatement *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->stmt);
  g_free (self);
}

static void
presync_statement_hash (PresyncStatement *self, char tag, const void *data, gsize length)
{
  const guchar *bytes = data;
  guint64 hash = (self->hash ^ (guchar) tag) * HASH_PRIME;

  for (gsize n = length; n > 0; n >>= 8)
    hash = (hash ^ (n & 0xff)) * HASH_PRIME;
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ bytes[i]) * HASH_PRIME;
  self->hash = hash;
}

static void
presync_statement_hash_integer (PresyncStatement *self, gint64 value)
{
  guint64 little = GUINT64_TO_LE ((guint64) value);

  presync_statement_hash (self, 'i', &little, sizeof little);
}

static void
presync_statement_note (PresyncStatement *self, int result)
{
  if (result != SQLITE_OK && self->failure == SQLITE_OK)
    self->failure = result;
}

void
presync_statement_bind_integer (PresyncStatement *self, gint64 value)
{
  presync_statement_hash_integer (self, value);
  presync_statement_note (self, sqlite3_bind_int64 (self->stmt, ++self->place, value));
}

void
presync_statement_bind_text (PresyncStatement *self, const char *text)
{
  g_autofree char *valid = NULL;
  gsize length;

  if (text == NULL)
    {
      presync_statement_bind_null (self);
      return;
    }
  if (!g_utf8_validate (text, -1, NULL))
    text = valid = g_utf8_make_valid (text, -1);
  length = strlen (text);
  presync_statement_hash (self, 't', text, length);
  presync_statement_note (self, sqlite3_bind_text64 (self->stmt, ++self->place, text, length,
                                                     SQLITE_TRANSIENT, SQLITE_UTF8));
}

void
presync_statement_bind_blob (PresyncStatement *self, const void *data, gsize length)
{
  presync_statement_hash (self, 'b', data, length);
  presync_statement_note (self,
                          sqlite3_bind_blob64 (self->stmt, ++self->place, length > 0 ? data : "",
                                               length, SQLITE_TRANSIENT));
}

void
presync_statement_bind_time (PresyncStatement *self, GDateTime *time)
{
  if (time == NULL)
    presync_statement_bind_null (self);
  else
    presync_statement_bind_integer (self, presync_statement_time_to_micros (time));
}

void
presync_statement_bind_null (PresyncStatement *self)
{
  presync_statement_hash (self, 'n', NULL, 0);
  presync_statement_note (self, sqlite3_bind_null (self->stmt, ++self->place));
}

static void
presync_statement_add_to_seal (PresyncSeal *seal, gint64 checksum)
{
  if (seal == NULL)
    return;
  seal->rows++;
  seal->sum = (gint64) ((guint64) seal->sum + (guint64) checksum);
}

void
presync_statement_bind_checksum (PresyncStatement *self, PresyncSeal *seal)
{
  gint64 checksum = (gint64) self->hash;

  presync_statement_note (self, sqlite3_bind_int64 (self->stmt, ++self->place, checksum));
  presync_statement_add_to_seal (seal, checksum);
}

/* For the next row's values */
static void
presync_statement_start (PresyncStatement *self)
{
  self->place = 0;
  self->hash = HASH_START;
  self->bad = FALSE;
}

gboolean
presync_statement_step (PresyncStatement *self, gboolean *row, GError **error)
{
  int result = self->failure != SQLITE_OK ? self->failure : sqlite3_step (self->stmt);

  presync_statement_start (self);
  *row = result == SQLITE_ROW;
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    {
      if (self->failure != SQLITE_OK)
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE, "%s",
                     self->failure == SQLITE_TOOBIG ? _ ("it is larger than any assessment")
                                                    : sqlite3_errstr (self->failure));
      else
        presync_statement_set_error (self->db, error);
      self->failure = SQLITE_OK;
    }
  sqlite3_reset (self->stmt);
  return result == SQLITE_DONE;
}

gboolean
presync_statement_run (PresyncStatement *self, GError **error)
{
  gboolean row = TRUE;

  while (row)
    if (!presync_statement_step (self, &row, error))
      return FALSE;
  return TRUE;
}

gboolean
presync_statement_run_deleting (PresyncStatement *self, PresyncSeal *seal, GError **error)
{
  gboolean row = FALSE;

  while (presync_statement_step (self, &row, error))
    {
      if (!row)
        return TRUE;
      seal->rows--;
      seal->sum = (gint64) ((guint64) seal->sum - (guint64) sqlite3_column_int64 (self->stmt, 0));
    }
  return FALSE;
}

/* The next column, if it is of @type; else its number is -1 */
static int
presync_statement_take (PresyncStatement *self, int type)
{
  int place = self->place++;

  if (sqlite3_column_type (self->stmt, place) == type)
    return place;
  self->bad = TRUE;
  return -1;
}

int
presync_statement_next_type (PresyncStatement *self)
{
  return sqlite3_column_type (self->stmt, self->place);
}

gboolean
presync_statement_next_is_null (PresyncStatement *self)
{
  return presync_statement_next_type (self) == SQLITE_NULL;
}

gint64
presync_statement_read_integer (PresyncStatement *self, gint64 least, gint64 most)
{
  int place = presync_statement_take (self, SQLITE_INTEGER);
  gint64 value = place >= 0 ? sqlite3_column_int64 (self->stmt, place) : least;

  presync_statement_hash_integer (self, value);
  if (value < least || value > most)
    self->bad = TRUE;
  return CLAMP (value, least, most);
}

const char *
presync_statement_read_text (PresyncStatement *self)
{
  int place = presync_statement_take (self, SQLITE_TEXT);
  const char *text = place >= 0 ? (const char *) sqlite3_column_text (self->stmt, place) : NULL;
  gsize length = text != NULL ? (gsize) sqlite3_column_bytes (self->stmt, place) : 0;

  if (text == NULL || !g_utf8_validate_len (text, length, NULL))
    {
      self->bad = TRUE;
      return "";
    }
  presync_statement_hash (self, 't', text, length);
  return text;
}

const char *
presync_statement_read_text_or_null (PresyncStatement *self)
{
  if (!presync_statement_next_is_null (self))
    return presync_statement_read_text (self);
  presync_statement_skip (self);
  return NULL;
}

const char *
presync_statement_read_blob (PresyncStatement *self, gsize *length)
{
  int place = presync_statement_take (self, SQLITE_BLOB);
  const char *data = place >= 0 ? sqlite3_column_blob (self->stmt, place) : NULL;

  *length = data != NULL ? (gsize) sqlite3_column_bytes (self->stmt, place) : 0;
  presync_statement_hash (self, 'b', data, *length);
  return data != NULL ? data : "";
}

GDateTime *
presync_statement_read_time (PresyncStatement *self)
{
  gint64 micros = presync_statement_read_integer (self, G_MININT64, G_MAXINT64);
  GDateTime *time = presync_statement_time_from_micros (micros);

  if (time != NULL)
    return time;
  self->bad = TRUE;
  return g_date_time_new_from_unix_utc (0);
}

/* Any value, only for the checksum */
void
presync_statement_skip (PresyncStatement *self)
{
  gsize length;

  switch (presync_statement_next_type (self))
    {
    case SQLITE_INTEGER:
      presync_statement_read_integer (self, G_MININT64, G_MAXINT64);
      break;
    case SQLITE_TEXT:
      presync_statement_read_text (self);
      break;
    case SQLITE_BLOB:
      presync_statement_read_blob (self, &length);
      break;
    case SQLITE_NULL:
      presync_statement_hash (self, 'n', NULL, 0);
      self->place++;
      break;
    default:
      self->bad = TRUE;
      self->place++;
    }
}

gboolean
presync_statement_read_end (PresyncStatement *self, PresyncSeal *seal, GError **error)
{
  guint64 hash = self->hash;
  gint64 checksum = presync_statement_read_integer (self, G_MININT64, G_MAXINT64);

  if (self->bad || (guint64) checksum != hash)
    {
      presync_statement_set_damaged (error);
      return FALSE;
    }
  presync_statement_add_to_seal (seal, checksum);
  return TRUE;
}

void
presync_statement_set_damaged (GError **error)
{
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("it is damaged"));
}

void
presync_statement_set_error (sqlite3 *db, GError **error)
{
  int code = sqlite3_errcode (db) & 0xff; /* the low byte is the kind */
  int number = sqlite3_system_errno (db);
  gboolean writing = db != NULL && sqlite3_txn_state (db, "main") == SQLITE_TXN_WRITE;
  const char *reason;

  switch (code)
    {
    case SQLITE_TOOBIG:
    case SQLITE_SCHEMA:
    case SQLITE_ERROR: /* our own statements are right: the tables are not ours */
      if (!writing)
        {
          presync_statement_set_damaged (error);
          return;
        }
      reason = code == SQLITE_TOOBIG ? _ ("it is larger than any assessment")
                                     : _ ("another program has changed it");
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_MISMATCH:
    case SQLITE_INTERRUPT: /* it took far too many steps */
      presync_statement_set_damaged (error);
      return;
    case SQLITE_FULL:
      reason = _ ("the disk is full");
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      reason = _ ("it may not be written");
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      reason = _ ("another program is using it");
      break;
    case SQLITE_CANTOPEN:
      reason = number != 0 ? g_strerror (number) : _ ("its folder may not be written");
      break;
    case SQLITE_IOERR:
      reason = number == ENOSPC ? _ ("the disk is full") : g_strerror (number != 0 ? number : EIO);
      break;
    default:
      reason = sqlite3_errmsg (db);
    }
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE, reason);
}

gboolean
presync_statement_execute (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  presync_statement_set_error (db, error);
  return FALSE;
}

gboolean
presync_statement_query (sqlite3 *db, const char *sql, gint64 *value, GError **error)
{
  gboolean row = FALSE;
  g_autoptr (PresyncStatement) statement = presync_statement_new (db, sql, error);

  if (statement == NULL || !presync_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      presync_statement_set_damaged (error);
      return FALSE;
    }
  *value = sqlite3_column_int64 (statement->stmt, 0);
  return TRUE;
}

gint64
presync_statement_time_to_micros (GDateTime *time)
{
  return g_date_time_to_unix (time) * MICROS + g_date_time_get_microsecond (time);
}

GDateTime *
presync_statement_time_from_micros (gint64 micros)
{
  gint64 rest = ((micros % MICROS) + MICROS) % MICROS;
  gint64 second = micros / MICROS - (micros % MICROS < 0 ? 1 : 0);
  g_autoptr (GDateTime) whole = NULL;

  if (second < FIRST_SECOND || second > LAST_SECOND)
    return NULL;
  whole = g_date_time_new_from_unix_utc (second);
  return whole != NULL ? g_date_time_add (whole, rest) : NULL;
}
