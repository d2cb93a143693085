/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/queries.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/sql/helper/reporter.h"

#define ROWS_MAX 200
#define COLUMNS_MAX 13

/* Constant texts, SELECT only, without brackets, TOP and CONVERT: with functions and views of the
 * same names they run on PostgreSQL too, where the tests meet a second driver. */
static const struct
{
  const char *id;
  const char *query;
  const char *columns[COLUMNS_MAX];
} presync_sql_queries[] = {
  { "properties",
    "SELECT CAST(SERVERPROPERTY('ProductVersion') AS varchar(128)) AS ProductVersion, "
    "CAST(SERVERPROPERTY('ProductLevel') AS varchar(128)) AS ProductLevel, "
    "CAST(SERVERPROPERTY('ProductUpdateLevel') AS varchar(128)) AS ProductUpdateLevel, "
    "CAST(SERVERPROPERTY('Edition') AS varchar(128)) AS Edition, "
    "CAST(SERVERPROPERTY('EngineEdition') AS int) AS EngineEdition, "
    "CAST(SERVERPROPERTY('Collation') AS varchar(128)) AS Collation, "
    "CAST(SERVERPROPERTY('IsIntegratedSecurityOnly') AS int) AS IsIntegratedSecurityOnly, "
    "CAST(SERVERPROPERTY('IsClustered') AS int) AS IsClustered, "
    "CAST(SERVERPROPERTY('IsHadrEnabled') AS int) AS IsHadrEnabled, "
    "CAST(SERVERPROPERTY('InstanceName') AS varchar(128)) AS InstanceName, "
    "CAST(SERVERPROPERTY('MachineName') AS varchar(128)) AS MachineName, "
    "CAST(SERVERPROPERTY('PathSeparator') AS varchar(8)) AS PathSeparator",
    { "ProductVersion", "ProductLevel", "ProductUpdateLevel", "Edition", "EngineEdition",
      "Collation", "IsIntegratedSecurityOnly", "IsClustered", "IsHadrEnabled", "InstanceName",
      "MachineName", "PathSeparator" } },
  { "login",
    "SELECT SUSER_SNAME() AS login, IS_SRVROLEMEMBER('sysadmin') AS sysadmin, "
    "HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DATABASE') AS view_any_database, "
    "HAS_PERMS_BY_NAME(NULL, NULL, 'CREATE ANY DATABASE') AS create_any_database",
    { "login", "sysadmin", "view_any_database", "create_any_database" } },
  { "databases",
    "SELECT name, collation_name, state_desc, compatibility_level, recovery_model_desc "
    "FROM sys.databases WHERE LOWER(name) LIKE 'adsync%' "
    "OR LOWER(name) LIKE 'fimsynchronizationservice%' "
    "OR LOWER(name) LIKE 'microsoftidentityintegrationserver%' ORDER BY name",
    { "name", "collation_name", "state_desc", "compatibility_level", "recovery_model_desc" } },
  { "adsync-size",
    "SELECT CAST(SUM(CAST(size AS bigint)) * 8192 AS bigint) AS bytes "
    "FROM sys.master_files WHERE database_id = DB_ID('ADSync')",
    { "bytes" } },
  { "adsync-owner",
    "SELECT SUSER_SNAME(owner_sid) AS owner, HAS_DBACCESS('ADSync') AS access, "
    "HAS_PERMS_BY_NAME('ADSync', 'DATABASE', 'CONTROL') AS control "
    "FROM sys.databases WHERE name = 'ADSync'",
    { "owner", "access", "control" } },
  /* By SID: the user dbo has the SID of the database's owner. */
  { "adsync-role",
    "SELECT COUNT(*) AS db_owner FROM ADSync.sys.database_role_members AS m "
    "JOIN ADSync.sys.database_principals AS r ON r.principal_id = m.role_principal_id "
    "JOIN ADSync.sys.database_principals AS u ON u.principal_id = m.member_principal_id "
    "WHERE r.name = 'db_owner' AND u.sid = SUSER_SID()",
    { "db_owner" } },
  { "memory",
    "SELECT total_physical_memory_kb FROM sys.dm_os_sys_memory",
    { "total_physical_memory_kb" } },
  { "max-memory",
    "SELECT CAST(value_in_use AS bigint) AS megabytes FROM sys.configurations "
    "WHERE name = 'max server memory (MB)'",
    { "megabytes" } },
  { "connection",
    "SELECT CAST(CONNECTIONPROPERTY('net_transport') AS varchar(128)) AS net_transport, "
    "CAST(CONNECTIONPROPERTY('auth_scheme') AS varchar(128)) AS auth_scheme",
    { "net_transport", "auth_scheme" } },
  { "encryption",
    "SELECT encrypt_option FROM sys.dm_exec_connections WHERE session_id = @@SPID",
    { "encrypt_option" } },
  { "mirroring",
    "SELECT mirroring_state_desc FROM sys.database_mirroring "
    "WHERE database_id = DB_ID('ADSync')",
    { "mirroring_state_desc" } },
};

/* SELECT, EXECUTE, EXECUTE AS, column, VIEW SERVER STATE, database of the login, VIEW … denied */
static gboolean
presync_sql_is_denied (const PresyncOdbcFault *fault)
{
  static const int denied[] = { 229, 230, 262, 297, 300, 371, 916, 15247 };

  for (gsize i = 0; i < G_N_ELEMENTS (denied); i++)
    if (presync_odbc_fault_has (fault, denied[i]))
      return TRUE;
  return FALSE;
}

static GError *
presync_sql_new_read_error (const PresyncOdbcFault *fault, const char *server, const char *password,
                            guint seconds)
{
  const char *text = fault->text != NULL && *fault->text != '\0' ? fault->text : "?";

  if (password != NULL && *password != '\0' && strstr (text, password) != NULL)
    text = "?";
  if (presync_odbc_fault_is_late (fault))
    return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                        ngettext ("%s did not answer a query within %u second",
                                  "%s did not answer a query within %u seconds", seconds),
                        server, seconds);
  if (presync_sql_is_denied (fault))
    return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_NO_RIGHT,
                        _ ("%s does not let this login read that (error %d: %s)"), server,
                        presync_odbc_fault_get_native (fault), text);
  if (fault->lost)
    return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                        _ ("%s broke off the connection in the middle of an answer"), server);
  return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                      _ ("%s could not answer a query (error %d: %s)"), server,
                      presync_odbc_fault_get_native (fault), text);
}

static void
presync_sql_add_error (JsonObject *read, int native, const GError *error)
{
  JsonObject *object = json_object_new ();
  g_autofree char *valid = g_utf8_make_valid (error->message, -1);

  json_object_set_int_member (object, "native", native);
  json_object_set_string_member (object, "code", presync_sql_error_code (error));
  json_object_set_string_member (object, "message", valid);
  json_object_set_object_member (read, "error", object);
}

/* What one pass through all queries carries along. */
typedef struct
{
  PresyncOdbc *odbc;
  const char *server;
  const char *password;
  guint seconds;
  GError *first;   /* the first error */
  GError *stopped; /* the server answers no more */
  int native;      /* of @stopped */
} PresyncSqlPass;

/* Returns: whether it was answered */
static gboolean
presync_sql_pass_read (PresyncSqlPass *self, gsize i, JsonObject *read)
{
  g_autoptr (PresyncOdbcFault) fault = NULL;
  g_autoptr (GError) error = NULL;
  gboolean complete = TRUE;
  JsonArray *rows;

  if (self->stopped != NULL)
    {
      presync_sql_add_error (read, self->native, self->stopped);
      return FALSE;
    }
  rows = presync_odbc_select (self->odbc, presync_sql_queries[i].query,
                              presync_sql_queries[i].columns, ROWS_MAX, self->seconds, &complete,
                              &fault);
  if (rows != NULL)
    {
      json_object_set_array_member (read, "rows", rows);
      if (!complete)
        json_object_set_boolean_member (read, "complete", FALSE);
      return TRUE;
    }
  if (fault != NULL)
    error = presync_sql_new_read_error (fault, self->server, self->password, self->seconds);
  else
    error = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                         _ ("%s answered a query with something else than was asked for"),
                         self->server);
  presync_sql_add_error (read, fault != NULL ? presync_odbc_fault_get_native (fault) : 0, error);
  if (self->first == NULL)
    self->first = g_error_copy (error);
  if (fault != NULL && (fault->lost || presync_odbc_fault_is_late (fault)))
    {
      self->native = presync_odbc_fault_get_native (fault);
      self->stopped = g_steal_pointer (&error);
    }
  return FALSE;
}

JsonArray *
presync_sql_queries_run (PresyncOdbc *odbc, const char *server, const char *password, guint seconds,
                         GError **error)
{
  g_autoptr (JsonArray) reads = json_array_new ();
  PresyncSqlPass pass = { odbc, server, password, seconds, NULL, NULL, 0 };
  guint answered = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (presync_sql_queries); i++)
    {
      JsonObject *read = json_object_new ();

      json_array_add_object_element (reads, read);
      json_object_set_string_member (read, "id", presync_sql_queries[i].id);
      json_object_set_string_member (read, "query", presync_sql_queries[i].query);
      if (presync_sql_pass_read (&pass, i, read))
        answered++;
    }
  g_clear_error (&pass.stopped);
  if (answered > 0)
    {
      g_clear_error (&pass.first);
      return g_steal_pointer (&reads);
    }
  g_propagate_error (error, pass.first);
  return NULL;
}
