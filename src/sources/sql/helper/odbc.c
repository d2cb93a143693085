/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/odbc.h"

#include <string.h>
/* The W functions only: the others pass text through the locale. SQLWCHAR is UTF-16. */
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#define RECORDS_MAX 16
#define TEXT_MAX 200 /* characters of the server's words in a sentence of ours */

struct _PresyncOdbc
{
  SQLHENV environment;
  SQLHDBC connection;
  gboolean connected;
};

G_STATIC_ASSERT (sizeof (SQLWCHAR) == sizeof (gunichar2));

void
presync_odbc_fault_free (PresyncOdbcFault *self)
{
  g_array_unref (self->natives);
  g_free (self->text);
  g_free (self);
}

gboolean
presync_odbc_fault_has (const PresyncOdbcFault *self, int native)
{
  for (guint i = 0; self != NULL && i < self->natives->len; i++)
    if (g_array_index (self->natives, int, i) == native)
      return TRUE;
  return FALSE;
}

int
presync_odbc_fault_get_native (const PresyncOdbcFault *self)
{
  for (guint i = 0; i < self->natives->len; i++)
    if (g_array_index (self->natives, int, i) != 0)
      return g_array_index (self->natives, int, i);
  return 0;
}

gboolean
presync_odbc_fault_is_late (const PresyncOdbcFault *self)
{
  /* timeout expired, connection timeout expired, operation cancelled; 20003 is FreeTDS's own */
  return g_str_equal (self->state, "HYT00") || g_str_equal (self->state, "HYT01")
         || g_str_equal (self->state, "HY008") || presync_odbc_fault_has (self, 20003);
}

/* (nullable): of the server's words, what can stand in a sentence; drivers put "[Name]" before */
static char *
presync_odbc_clean (const SQLWCHAR *text)
{
  g_autofree char *utf8 = g_utf16_to_utf8 (text, -1, NULL, NULL, NULL);
  const char *start = utf8;
  char *clean;

  if (utf8 == NULL)
    return NULL;
  while (*start == '[' && strchr (start, ']') != NULL)
    start = strchr (start, ']') + 1;
  clean = g_utf8_strlen (start, -1) > TEXT_MAX ? g_utf8_substring (start, 0, TEXT_MAX)
                                               : g_strdup (start);
  for (char *p = clean; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  return g_strstrip (clean);
}

static PresyncOdbcFault *
presync_odbc_fault_new (PresyncOdbc *odbc, SQLSMALLINT type, SQLHANDLE handle)
{
  PresyncOdbcFault *self = g_new0 (PresyncOdbcFault, 1);
  SQLUINTEGER dead = SQL_CD_FALSE;

  self->natives = g_array_new (FALSE, FALSE, sizeof (int));
  for (SQLSMALLINT i = 1; i <= RECORDS_MAX; i++)
    {
      SQLWCHAR state[6] = { 0 };
      SQLWCHAR text[1024] = { 0 };
      SQLINTEGER native = 0;
      SQLSMALLINT length = 0;
      int number;

      if (!SQL_SUCCEEDED (SQLGetDiagRecW (type, handle, i, state, &native, text,
                                          G_N_ELEMENTS (text) - 1, &length)))
        break;
      number = native;
      g_array_append_val (self->natives, number);
      if (i > 1)
        continue;
      for (guint j = 0; j < 5; j++)
        self->state[j] = (char) state[j];
      self->text = presync_odbc_clean (text);
    }
  if (odbc->connected)
    SQLGetConnectAttrW (odbc->connection, SQL_ATTR_CONNECTION_DEAD, &dead, SQL_IS_UINTEGER, NULL);
  self->lost = dead == SQL_CD_TRUE || presync_odbc_fault_has (self, 20017)
               || presync_odbc_fault_has (self, 20006) || strncmp (self->state, "08", 2) == 0;
  return self;
}

PresyncOdbc *
presync_odbc_new (void)
{
  g_autoptr (PresyncOdbc) self = g_new0 (PresyncOdbc, 1);

  if (!SQL_SUCCEEDED (SQLAllocHandle (SQL_HANDLE_ENV, SQL_NULL_HANDLE, &self->environment)))
    return NULL;
  if (!SQL_SUCCEEDED (SQLSetEnvAttr (self->environment, SQL_ATTR_ODBC_VERSION,
                                     GUINT_TO_POINTER (SQL_OV_ODBC3), 0))
      || !SQL_SUCCEEDED (SQLAllocHandle (SQL_HANDLE_DBC, self->environment, &self->connection)))
    return NULL;
  return g_steal_pointer (&self);
}

void
presync_odbc_free (PresyncOdbc *self)
{
  if (self->connected)
    SQLDisconnect (self->connection);
  if (self->connection != NULL)
    SQLFreeHandle (SQL_HANDLE_DBC, self->connection);
  if (self->environment != NULL)
    SQLFreeHandle (SQL_HANDLE_ENV, self->environment);
  g_free (self);
}

char **
presync_odbc_list_drivers (PresyncOdbc *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  SQLUSMALLINT direction = SQL_FETCH_FIRST;
  SQLWCHAR name[256];
  SQLWCHAR attributes[4096]; /* too small, and unixODBC lists nothing */
  SQLSMALLINT name_length, attributes_length;

  while (SQL_SUCCEEDED (SQLDriversW (self->environment, direction, name, G_N_ELEMENTS (name) - 1,
                                     &name_length, attributes, G_N_ELEMENTS (attributes) - 1,
                                     &attributes_length)))
    {
      g_autofree char *utf8 = g_utf16_to_utf8 (name, -1, NULL, NULL, NULL);

      if (utf8 != NULL)
        g_strv_builder_add (names, utf8);
      direction = SQL_FETCH_NEXT;
    }
  return g_strv_builder_end (names);
}

gboolean
presync_odbc_connect (PresyncOdbc *self, const PresyncSecret *string, guint seconds,
                      PresyncOdbcFault **fault)
{
  glong length = 0;
  gunichar2 *text = g_utf8_to_utf16 (presync_secret_peek (string), -1, NULL, &length, NULL);
  SQLRETURN done = SQL_ERROR;

  *fault = NULL;
  /* An administrator's trace of all calls would write the password down. */
  SQLSetConnectAttrW (self->connection, SQL_ATTR_TRACE, GUINT_TO_POINTER (SQL_OPT_TRACE_OFF), 0);
  SQLSetConnectAttrW (self->connection, SQL_ATTR_LOGIN_TIMEOUT, GUINT_TO_POINTER (seconds), 0);
  if (text != NULL)
    {
      done = SQLDriverConnectW (self->connection, NULL, text, (SQLSMALLINT) length, NULL, 0, NULL,
                                SQL_DRIVER_NOPROMPT);
      explicit_bzero (text, sizeof *text * (gsize) length);
      g_free (text);
    }
  self->connected = SQL_SUCCEEDED (done);
  if (!self->connected)
    {
      *fault = presync_odbc_fault_new (self, SQL_HANDLE_DBC, self->connection);
      g_clear_pointer (&(*fault)->text, g_free);
    }
  return self->connected;
}

char *
presync_odbc_dup_driver_version (PresyncOdbc *self)
{
  SQLWCHAR text[64] = { 0 };
  SQLSMALLINT length = 0;
  char *version = NULL;

  if (SQL_SUCCEEDED (SQLGetInfoW (self->connection, SQL_DRIVER_VER, text,
                                  (SQLSMALLINT) (sizeof text - sizeof *text), &length)))
    version = g_utf16_to_utf8 (text, -1, NULL, NULL, NULL);
  return version != NULL ? version : g_strdup ("");
}

static gboolean
presync_odbc_is_integer (SQLSMALLINT type)
{
  return type == SQL_BIT || type == SQL_TINYINT || type == SQL_SMALLINT || type == SQL_INTEGER
         || type == SQL_BIGINT;
}

/* Puts one value in @row. Returns: SQL_ERROR with a record at the statement, SQL_NO_DATA for a
 * value that no question of ours has */
static SQLRETURN
presync_odbc_get_value (SQLHSTMT statement, SQLUSMALLINT column, SQLSMALLINT type, const char *name,
                        JsonObject *row)
{
  SQLLEN length = 0;
  SQLBIGINT number = 0;
  SQLWCHAR text[PRESYNC_ODBC_VALUE_MAX + 1] = { 0 };
  g_autofree char *utf8 = NULL;
  glong units = 0;
  SQLRETURN done;

  if (presync_odbc_is_integer (type))
    done = SQLGetData (statement, column, SQL_C_SBIGINT, &number, sizeof number, &length);
  else
    done = SQLGetData (statement, column, SQL_C_WCHAR, text, sizeof text, &length);
  if (!SQL_SUCCEEDED (done))
    return SQL_ERROR;
  if (length == SQL_NULL_DATA)
    json_object_set_null_member (row, name);
  else if (presync_odbc_is_integer (type))
    json_object_set_int_member (row, name, number);
  else
    {
      if (length < 0 || (gsize) length > PRESYNC_ODBC_VALUE_MAX * sizeof *text)
        return SQL_NO_DATA;
      utf8 = g_utf16_to_utf8 (text, length / (SQLLEN) sizeof *text, &units, NULL, NULL);
      /* A text with a NUL in it is none. */
      if (utf8 == NULL || (gsize) units != (gsize) length / sizeof *text)
        return SQL_NO_DATA;
      json_object_set_string_member (row, name, utf8);
    }
  return SQL_SUCCESS;
}

static SQLRETURN
presync_odbc_fetch (SQLHSTMT statement, const char *const *columns, guint limit, gboolean *complete,
                    JsonArray *rows)
{
  guint count = g_strv_length ((char **) columns);
  SQLSMALLINT types[64];
  SQLSMALLINT found = 0;
  SQLRETURN done = SQLNumResultCols (statement, &found);

  if (!SQL_SUCCEEDED (done))
    return done;
  if (count > G_N_ELEMENTS (types) || found < 0 || (guint) found != count)
    return SQL_NO_DATA;
  for (SQLUSMALLINT i = 0; i < count; i++)
    {
      SQLWCHAR name[2];
      SQLSMALLINT length, digits, nullable;
      SQLULEN size;

      done = SQLDescribeColW (statement, i + 1, name, G_N_ELEMENTS (name), &length, &types[i],
                              &size, &digits, &nullable);
      if (!SQL_SUCCEEDED (done))
        return done;
    }
  while (SQL_SUCCEEDED (done = SQLFetch (statement)))
    {
      JsonObject *row;

      if (json_array_get_length (rows) == limit)
        {
          *complete = FALSE;
          return SQL_SUCCESS;
        }
      row = json_object_new ();
      json_array_add_object_element (rows, row);
      for (SQLUSMALLINT i = 0; i < count; i++)
        {
          done = presync_odbc_get_value (statement, i + 1, types[i], columns[i], row);
          if (done != SQL_SUCCESS)
            return done;
        }
    }
  return done == SQL_NO_DATA ? SQL_SUCCESS : done;
}

JsonArray *
presync_odbc_select (PresyncOdbc *self, const char *query, const char *const *columns, guint limit,
                     guint seconds, gboolean *complete, PresyncOdbcFault **fault)
{
  g_autoptr (JsonArray) rows = json_array_new ();
  g_autofree gunichar2 *text = g_utf8_to_utf16 (query, -1, NULL, NULL, NULL);
  SQLHSTMT statement = SQL_NULL_HSTMT;
  SQLRETURN done;

  *complete = TRUE;
  *fault = NULL;
  done = SQLAllocHandle (SQL_HANDLE_STMT, self->connection, &statement);
  if (!SQL_SUCCEEDED (done))
    {
      *fault = presync_odbc_fault_new (self, SQL_HANDLE_DBC, self->connection);
      return NULL;
    }
  SQLSetStmtAttrW (statement, SQL_ATTR_QUERY_TIMEOUT, GUINT_TO_POINTER (seconds), 0);
  done = SQLExecDirectW (statement, text, SQL_NTS);
  if (SQL_SUCCEEDED (done))
    done = presync_odbc_fetch (statement, columns, limit, complete, rows);
  if (!SQL_SUCCEEDED (done) && done != SQL_NO_DATA)
    *fault = presync_odbc_fault_new (self, SQL_HANDLE_STMT, statement);
  SQLFreeHandle (SQL_HANDLE_STMT, statement);
  return SQL_SUCCEEDED (done) ? g_steal_pointer (&rows) : NULL;
}
