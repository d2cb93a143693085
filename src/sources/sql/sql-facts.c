/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-facts.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "base/version.h"
#include "sources/sql/sql-facts-private.h"
#include "sources/sql/sql-source.h"

/* What is asked first: where nothing else could be, it is the origin of every fact. */
#define CONNECTION N_ ("connection to SQL Server")

/* The first that runs on something else than Windows too, and that knows PathSeparator */
#define SQL_2017 14
/* SERVERPROPERTY('EngineEdition') of what is installed on Windows: 1 Desktop … 4 Express */
#define ENGINE_BOXED_LAST 4
/* What every Azure SQL Database says it is, and SQL Server 2014 as it came out */
#define AZURE_VERSION                                                                              \
  {                                                                                                \
    {                                                                                              \
      12, 0, 2000                                                                                  \
    }                                                                                              \
  }
/* "max server memory (MB)" as it is installed: no limit */
#define MEMORY_UNLIMITED G_MAXINT32
#define MEBIBYTE (1024 * 1024)

const char *const *
presync_sql_fact_keys (void)
{
  static const char *const keys[] = {
    "sql.version",
    "sql.major-version",
    "sql.edition",
    "sql.engine-edition",
    "sql.on-windows",
    "sql.collation",
    "sql.other-engines",
    "sql.adsync-database",
    "sql.adsync-size",
    "sql.transport",
    "sql.instance-found",
    "sql.login",
    "sql.sysadmin",
    "sql.rights",
    "sql.max-memory",
    "sql.max-memory-capped",
    "sql.encrypted",
    "sql.tls12",
    "sql.certificate-trusted",
    "sql.always-on",
    "sql.clustered",
    "sql.mirrored",
    NULL,
  };
  return keys;
}

/* What is known of SERVERPROPERTY('EngineEdition') */
typedef enum
{
  ENGINE_UNKNOWN,
  ENGINE_SERVER,
  ENGINE_AZURE,
} PresyncSqlEngine;

/* SQL Database, dedicated SQL pool, Managed Instance, Azure SQL Edge, serverless SQL pool: their
 * versions are counted apart from SQL Server's. */
static PresyncSqlEngine
presync_sql_answer_get_engine (const PresyncSqlAnswer *self)
{
  static const gint64 services[] = { 5, 6, 8, 9, 11 };
  g_auto (PresyncSqlCell) cell = { 0 };

  if (!presync_sql_answer_get_integer (self, "properties", 0, "EngineEdition", &cell))
    return ENGINE_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    if (cell.integer == services[i])
      return ENGINE_AZURE;
  return ENGINE_SERVER;
}

static void
presync_sql_answer_add_major_version (PresyncSqlAnswer *self, const char *text,
                                      const PresyncVersion *version, PresyncSqlEngine engine,
                                      PresyncSqlCell *cell)
{
  static const PresyncVersion azure = AZURE_VERSION;

  if (engine == ENGINE_AZURE)
    presync_sql_cell_set_unknown (
        cell, PRESYNC_UNKNOWN_NOT_OFFERED,
        g_strdup_printf (_ ("%s is an Azure database service, whose version number tells nothing"),
                         self->subject));
  else if (engine == ENGINE_UNKNOWN && version->part[0] == azure.part[0]
           && version->part[1] == azure.part[1] && version->part[2] == azure.part[2])
    presync_sql_cell_set_unknown (
        cell, PRESYNC_UNKNOWN_NOT_OFFERED,
        g_strdup_printf (_ ("%s gave the version %s, which an Azure database service gives as well "
                            "as SQL Server 2014"),
                         self->subject, text));
  else
    {
      presync_sql_answer_add_integer (self, "sql.major-version", version->part[0], cell);
      return;
    }
  presync_sql_answer_add_unknown (self, "sql.major-version", cell);
  presync_sql_cell_set_unknown (cell, PRESYNC_UNKNOWN_NONE, NULL);
}

static void
presync_sql_answer_add_version_text (PresyncSqlAnswer *self, const char *text,
                                     PresyncSqlEngine engine, PresyncSqlCell *cell)
{
  PresyncVersion version;
  g_autoptr (PresyncFact) fact = NULL;

  if (!presync_version_parse (text, &version))
    {
      presync_sql_cell_set_unknown (
          cell, PRESYNC_UNKNOWN_MALFORMED,
          g_strdup_printf (_ ("%s gave a version that makes no sense"), self->subject));
      presync_sql_answer_add_unknown (self, "sql.version", cell);
      presync_sql_answer_add_unknown (self, "sql.major-version", cell);
      return;
    }
  fact = presync_fact_new_version ("sql.version", self->subject, text, cell->origin);
  presync_sql_answer_add (self, fact);
  presync_sql_answer_add_major_version (self, text, &version, engine, cell);
}

static void
presync_sql_answer_add_version (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  if (presync_sql_answer_get_text (self, "properties", 0, "ProductVersion", &cell))
    {
      presync_sql_answer_add_version_text (self, cell.text, presync_sql_answer_get_engine (self),
                                           &cell);
      return;
    }
  presync_sql_answer_add_unknown (self, "sql.version", &cell);
  presync_sql_answer_add_unknown (self, "sql.major-version", &cell);
}

/* A backslash between folders is Windows, a slash is Linux. Before 2017 the property is not known,
 * and there was nothing but Windows, Azure set aside. */
static void
presync_sql_answer_add_on_windows (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) cell = { 0 };
  g_auto (PresyncSqlCell) other = { 0 };
  PresyncVersion version;

  if (presync_sql_answer_get_engine (self) == ENGINE_AZURE)
    {
      presync_sql_answer_find (self, "properties", &cell);
      presync_sql_cell_set_unknown (
          &cell, PRESYNC_UNKNOWN_NOT_OFFERED,
          g_strdup_printf (_ ("%s is an Azure database service; what it runs on does not matter"),
                           self->subject));
    }
  else if (presync_sql_answer_get_text (self, "properties", 0, "PathSeparator", &cell))
    {
      gboolean windows = g_str_equal (cell.text, "\\");
      if (windows || g_str_equal (cell.text, "/"))
        {
          presync_sql_answer_add_boolean (self, "sql.on-windows", windows, &cell);
          return;
        }
      presync_sql_cell_set_unknown (
          &cell, PRESYNC_UNKNOWN_MALFORMED,
          g_strdup_printf (_ ("%s gave a value for %s that makes no sense"), self->subject,
                           "PathSeparator"));
    }
  else if (cell.unknown == PRESYNC_UNKNOWN_NOT_OFFERED
           && presync_sql_answer_get_integer (self, "properties", 0, "EngineEdition", &other)
           && other.integer >= 1 && other.integer <= ENGINE_BOXED_LAST
           && presync_sql_answer_get_text (self, "properties", 0, "ProductVersion", &other)
           && presync_version_parse (other.text, &version) && version.part[0] < SQL_2017)
    {
      presync_sql_answer_add_boolean (self, "sql.on-windows", TRUE, &cell);
      return;
    }
  presync_sql_answer_add_unknown (self, "sql.on-windows", &cell);
}

static void
presync_sql_answer_copy_text (PresyncSqlAnswer *self, const char *key, const char *id,
                              const char *column)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  if (presync_sql_answer_get_text (self, id, 0, column, &cell))
    presync_sql_answer_add_text (self, key, cell.text, &cell);
  else
    presync_sql_answer_add_unknown (self, key, &cell);
}

static void
presync_sql_answer_copy_flag (PresyncSqlAnswer *self, const char *key, const char *id,
                              const char *column)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  if (presync_sql_answer_get_flag (self, id, 0, column, &cell))
    presync_sql_answer_add_boolean (self, key, cell.integer == 1, &cell);
  else
    presync_sql_answer_add_unknown (self, key, &cell);
}

static void
presync_sql_answer_add_properties (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  presync_sql_answer_add_version (self);
  presync_sql_answer_copy_text (self, "sql.edition", "properties", "Edition");
  if (presync_sql_answer_get_integer (self, "properties", 0, "EngineEdition", &cell))
    presync_sql_answer_add_integer (self, "sql.engine-edition", cell.integer, &cell);
  else
    presync_sql_answer_add_unknown (self, "sql.engine-edition", &cell);
  presync_sql_answer_add_on_windows (self);
  presync_sql_answer_copy_flag (self, "sql.always-on", "properties", "IsHadrEnabled");
  presync_sql_answer_copy_flag (self, "sql.clustered", "properties", "IsClustered");
  presync_sql_answer_copy_text (self, "sql.login", "login", "login");
  presync_sql_answer_copy_flag (self, "sql.sysadmin", "login", "sysadmin");
}

/* A limit above the memory there is limits nothing. */
static void
presync_sql_answer_add_memory (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) limit = { 0 };
  g_auto (PresyncSqlCell) memory = { 0 };

  if (presync_sql_answer_get_integer (self, "max-memory", 0, "megabytes", &limit)
      && (limit.integer < 0 || limit.integer > MEMORY_UNLIMITED))
    presync_sql_cell_set_unknown (&limit, PRESYNC_UNKNOWN_MALFORMED,
                                  g_strdup_printf (_ ("%s gave a value for %s that makes no sense"),
                                                   self->subject, "max server memory (MB)"));
  if (limit.unknown != PRESYNC_UNKNOWN_NONE)
    {
      presync_sql_answer_add_unknown (self, "sql.max-memory", &limit);
      presync_sql_answer_add_unknown (self, "sql.max-memory-capped", &limit);
      return;
    }
  presync_sql_answer_add_integer (self, "sql.max-memory", limit.integer * MEBIBYTE, &limit);
  if (limit.integer == MEMORY_UNLIMITED)
    presync_sql_answer_add_boolean (self, "sql.max-memory-capped", FALSE, &limit);
  else if (presync_sql_answer_get_integer (self, "memory", 0, "total_physical_memory_kb", &memory))
    presync_sql_answer_add_boolean (self, "sql.max-memory-capped",
                                    limit.integer < memory.integer / 1024, &limit);
  else
    presync_sql_answer_add_unknown (self, "sql.max-memory-capped", &memory);
}

static gboolean
presync_sql_prelogin_encrypts (const PresyncSqlPrelogin *prelogin)
{
  return g_str_equal (prelogin->encryption, "on") || g_str_equal (prelogin->encryption, "required");
}

/* The helper connects by TCP only and signs in only on an encrypted connection; the server's own
 * word comes first, and may need a right that is missing. */
static void
presync_sql_answer_add_connection (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) cell = { 0 };
  g_autofree char *how
      = g_strdup_printf (_ ("connection to TCP port %u"), (guint) self->result->port);
  const PresyncSqlPrelogin *prelogin = self->result->prelogin;

  if (!presync_sql_answer_get_text (self, "connection", 0, "net_transport", &cell)
      && cell.unknown != PRESYNC_UNKNOWN_MALFORMED)
    {
      g_clear_object (&cell.origin);
      cell.origin = presync_sql_answer_dup_origin (self, how, TRUE);
      presync_sql_answer_add_text (self, "sql.transport", "TCP", &cell);
    }
  else if (cell.unknown == PRESYNC_UNKNOWN_NONE)
    presync_sql_answer_add_text (self, "sql.transport", cell.text, &cell);
  else
    presync_sql_answer_add_unknown (self, "sql.transport", &cell);

  if (presync_sql_answer_get_text (self, "encryption", 0, "encrypt_option", &cell))
    presync_sql_answer_add_boolean (self, "sql.encrypted",
                                    g_ascii_strcasecmp (cell.text, "TRUE") == 0, &cell);
  else if (cell.unknown == PRESYNC_UNKNOWN_MALFORMED || prelogin->tls == NULL)
    presync_sql_answer_add_unknown (self, "sql.encrypted", &cell);
  else
    {
      g_clear_object (&cell.origin);
      cell.origin = presync_sql_answer_dup_origin (self, "PRELOGIN, TLS", TRUE);
      presync_sql_answer_add_boolean (self, "sql.encrypted",
                                      presync_sql_prelogin_encrypts (prelogin), &cell);
    }
  g_clear_object (&cell.origin);
  cell.origin = presync_sql_answer_dup_origin (self, how, TRUE);
  presync_sql_answer_add_boolean (self, "sql.instance-found", TRUE, &cell);
}

static void
presync_sql_answer_add_trusted (PresyncSqlAnswer *self, const PresyncSqlPrelogin *prelogin)
{
  g_auto (PresyncSqlCell) cell = { 0 };
  g_autofree char *query = prelogin->problem != NULL
                               ? g_strdup_printf ("PRELOGIN, TLS: %s", prelogin->problem)
                               : g_strdup ("PRELOGIN, TLS");

  cell.origin = presync_sql_answer_dup_origin (self, query, TRUE);
  presync_sql_answer_add_boolean (self, "sql.certificate-trusted", prelogin->trusted, &cell);
}

static void
presync_sql_answer_add_tls (PresyncSqlAnswer *self, const PresyncSqlPrelogin *prelogin)
{
  static const PresyncVersion twelve = { { 1, 2 } };
  PresyncVersion tls;
  g_auto (PresyncSqlCell) cell = { 0 };

  cell.origin = presync_sql_answer_dup_origin (self, "PRELOGIN, TLS", TRUE);
  if (prelogin->tls != NULL && presync_version_parse (prelogin->tls, &tls))
    {
      presync_sql_answer_add_boolean (self, "sql.tls12",
                                      presync_version_compare (&tls, &twelve) >= 0, &cell);
      presync_sql_answer_add_trusted (self, prelogin);
      return;
    }
  presync_sql_cell_set_unknown (
      &cell, prelogin->tls != NULL ? PRESYNC_UNKNOWN_MALFORMED : PRESYNC_UNKNOWN_NOT_OFFERED,
      g_strdup_printf (_ ("%s did not say which version of TLS it speaks"), self->subject));
  presync_sql_answer_add_unknown (self, "sql.tls12", &cell);
  presync_sql_answer_add_unknown (self, "sql.certificate-trusted", &cell);
}

/* A PRELOGIN answer came by TCP. This is not what somebody said but what was seen: where the name
 * leads to, a SQL Server answers, and does so over TCP. It holds for a refused certificate too, of
 * which "sql.certificate-trusted" tells that another server than the one meant may have answered;
 * most often it is a SQL Server that made its own certificate. Whoever cheats wins nothing by it:
 * no password is sent for these two, and the check remains a failed one. */
static void
presync_sql_answer_add_reached (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  cell.origin = presync_sql_answer_dup_origin (self, "PRELOGIN, TCP", TRUE);
  presync_sql_answer_add_boolean (self, "sql.instance-found", TRUE, &cell);
  presync_sql_answer_add_text (self, "sql.transport", "TCP", &cell);
}

/* What the SQL Server Browser told of the instance, if nothing came of it */
static void
presync_sql_answer_add_browser (PresyncSqlAnswer *self, PresyncSqlInstance instance)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  cell.origin = presync_sql_answer_dup_origin (self, "SQL Server Browser, UDP 1434", TRUE);
  presync_sql_answer_add_boolean (self, "sql.instance-found",
                                  instance != PRESYNC_SQL_INSTANCE_MISSING, &cell);
  if (instance == PRESYNC_SQL_INSTANCE_NAMED_PIPES)
    presync_sql_answer_add_text (self, "sql.transport", "Named Pipes", &cell);
}

/* Nobody signed in, so there is nothing better; what is missing, the failure itself tells. */
static void
presync_sql_answer_add_early (PresyncSqlAnswer *self, const PresyncSqlPrelogin *prelogin,
                              gboolean accepted)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  cell.origin = presync_sql_answer_dup_origin (self, "PRELOGIN, TLS", TRUE);
  if (prelogin->tls == NULL)
    {
      if (!presync_sql_prelogin_encrypts (prelogin))
        presync_sql_answer_add_boolean (self, "sql.encrypted", FALSE, &cell);
      return;
    }
  if (!accepted)
    {
      presync_sql_answer_add_trusted (self, prelogin);
      return;
    }
  if (prelogin->version != NULL)
    presync_sql_answer_add_version_text (self, prelogin->version, ENGINE_UNKNOWN, &cell);
  presync_sql_answer_add_tls (self, prelogin);
}

GPtrArray *
presync_sql_facts_from_result (const PresyncSqlResult *result, const char *subject,
                               const char *target)
{
  PresyncSqlAnswer answer = { result, result->driver, subject, target, result->at, NULL };

  g_return_val_if_fail (result->prelogin != NULL && result->reads != NULL, NULL);
  answer.facts = g_ptr_array_new_with_free_func (g_object_unref);
  presync_sql_answer_add_properties (&answer);
  presync_sql_answer_add_databases (&answer);
  presync_sql_answer_add_memory (&answer);
  presync_sql_answer_add_connection (&answer);
  presync_sql_answer_add_tls (&answer, result->prelogin);
  return answer.facts;
}

static PresyncUnknown
presync_sql_facts_reason (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return PRESYNC_UNKNOWN_CANCELLED;
  if (error->domain != PRESYNC_ERROR)
    return PRESYNC_UNKNOWN_FAILED;
  switch ((PresyncError) error->code)
    {
    case PRESYNC_ERROR_UNREACHABLE:
    case PRESYNC_ERROR_NOT_FOUND:
      return PRESYNC_UNKNOWN_UNREACHABLE;
    case PRESYNC_ERROR_TIMED_OUT:
      return PRESYNC_UNKNOWN_TIMED_OUT;
    case PRESYNC_ERROR_NO_RIGHT:
    case PRESYNC_ERROR_SIGN_IN:
      return PRESYNC_UNKNOWN_NO_RIGHT;
    case PRESYNC_ERROR_NOT_SUPPORTED:
      return PRESYNC_UNKNOWN_NOT_OFFERED;
    case PRESYNC_ERROR_BAD_INPUT:
      return PRESYNC_UNKNOWN_MALFORMED;
    case PRESYNC_ERROR_LIMIT:
      return PRESYNC_UNKNOWN_PARTIAL;
    case PRESYNC_ERROR_FAILED:
    case PRESYNC_ERROR_CERTIFICATE:
    case PRESYNC_ERROR_CANNOT_WRITE:
    case PRESYNC_ERROR_REFUSED:
    default:
      return PRESYNC_UNKNOWN_FAILED;
    }
}

static gboolean
presync_sql_answer_has (const PresyncSqlAnswer *self, const char *key)
{
  for (guint i = 0; i < self->facts->len; i++)
    if (g_str_equal (presync_fact_get_key (g_ptr_array_index (self->facts, i)), key))
      return TRUE;
  return FALSE;
}

GPtrArray *
presync_sql_facts_from_failure (const PresyncSqlPrelogin *prelogin, gboolean accepted,
                                PresyncSqlInstance instance, const GError *error, GDateTime *at,
                                const char *subject, const char *target)
{
  PresyncSqlAnswer answer = { NULL, NULL, subject, target, at, NULL };
  const char *const *keys = presync_sql_fact_keys ();
  g_auto (PresyncSqlCell) cell = { 0 };

  answer.facts = g_ptr_array_new_with_free_func (g_object_unref);
  if (prelogin != NULL)
    {
      presync_sql_answer_add_reached (&answer);
      presync_sql_answer_add_early (&answer, prelogin, accepted);
    }
  else if (instance != PRESYNC_SQL_INSTANCE_UNTOLD)
    presync_sql_answer_add_browser (&answer, instance);
  cell.origin = presync_sql_answer_dup_origin (&answer, _ (CONNECTION), FALSE);
  presync_sql_cell_set_unknown (&cell, presync_sql_facts_reason (error), g_strdup (error->message));
  for (; *keys != NULL; keys++)
    if (!presync_sql_answer_has (&answer, *keys))
      presync_sql_answer_add_unknown (&answer, *keys, &cell);
  return answer.facts;
}

const char *
presync_sql_facts_find_failure (PresyncFactSet *facts)
{
  const char *const *keys = presync_sql_fact_keys ();

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts), NULL);
  for (; *keys != NULL; keys++)
    {
      GPtrArray *told = presync_fact_set_lookup_source (facts, *keys, "sql");
      PresyncFact *fact = told != NULL && told->len > 0 ? g_ptr_array_index (told, 0) : NULL;

      if (fact != NULL && presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
          && g_str_equal (presync_origin_get_query (presync_fact_get_origin (fact)),
                          _ (CONNECTION)))
        return presync_fact_get_detail (fact);
    }
  return NULL;
}
