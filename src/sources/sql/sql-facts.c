/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-facts.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "base/version.h"
#include "sources/sql/sql-facts-private.h"
#include "sources/sql/sql-source.h"

/* The first that runs on something else than Windows too, and that knows PathSeparator */
#define SQL_2017 14
/* SERVERPROPERTY('EngineEdition') of what is installed on Windows: 1 Desktop … 4 Express */
#define ENGINE_BOXED_LAST 4
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

static void
presync_sql_answer_add_version_text (PresyncSqlAnswer *self, const char *text, PresyncSqlCell *cell)
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
  presync_sql_answer_add_integer (self, "sql.major-version", version.part[0], cell);
}

static void
presync_sql_answer_add_version (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  if (presync_sql_answer_get_text (self, "properties", 0, "ProductVersion", &cell))
    {
      presync_sql_answer_add_version_text (self, cell.text, &cell);
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

  if (presync_sql_answer_get_text (self, "properties", 0, "PathSeparator", &cell))
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

/* @early: nobody signed in, so there is nothing better */
static void
presync_sql_answer_add_prelogin (PresyncSqlAnswer *self, const PresyncSqlPrelogin *prelogin,
                                 gboolean early)
{
  static const PresyncVersion twelve = { { 1, 2 } };
  PresyncVersion tls;
  g_auto (PresyncSqlCell) cell = { 0 };

  cell.origin = presync_sql_answer_dup_origin (self, "PRELOGIN, TLS", TRUE);
  if (early && prelogin->version != NULL)
    presync_sql_answer_add_version_text (self, prelogin->version, &cell);
  if (prelogin->tls != NULL && presync_version_parse (prelogin->tls, &tls))
    {
      presync_sql_answer_add_boolean (self, "sql.tls12",
                                      presync_version_compare (&tls, &twelve) >= 0, &cell);
      if (prelogin->problem != NULL)
        {
          g_autofree char *query = g_strdup_printf ("PRELOGIN, TLS: %s", prelogin->problem);
          g_clear_object (&cell.origin);
          cell.origin = presync_sql_answer_dup_origin (self, query, TRUE);
        }
      presync_sql_answer_add_boolean (self, "sql.certificate-trusted", prelogin->trusted, &cell);
      return;
    }
  /* Before the sign-in the failure itself tells more. */
  if (early && prelogin->tls == NULL)
    {
      if (!presync_sql_prelogin_encrypts (prelogin))
        presync_sql_answer_add_boolean (self, "sql.encrypted", FALSE, &cell);
      return;
    }
  presync_sql_cell_set_unknown (
      &cell, prelogin->tls != NULL ? PRESYNC_UNKNOWN_MALFORMED : PRESYNC_UNKNOWN_NOT_OFFERED,
      g_strdup_printf (_ ("%s did not say which version of TLS it speaks"), self->subject));
  presync_sql_answer_add_unknown (self, "sql.tls12", &cell);
  presync_sql_answer_add_unknown (self, "sql.certificate-trusted", &cell);
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
  presync_sql_answer_add_prelogin (&answer, result->prelogin, FALSE);
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
presync_sql_facts_from_failure (const PresyncSqlPrelogin *prelogin, gboolean instance_missing,
                                const GError *error, GDateTime *at, const char *subject,
                                const char *target)
{
  PresyncSqlAnswer answer = { NULL, NULL, subject, target, at, NULL };
  const char *const *keys = presync_sql_fact_keys ();
  g_auto (PresyncSqlCell) cell = { 0 };

  answer.facts = g_ptr_array_new_with_free_func (g_object_unref);
  if (prelogin != NULL)
    presync_sql_answer_add_prelogin (&answer, prelogin, TRUE);
  if (instance_missing)
    {
      cell.origin = presync_sql_answer_dup_origin (&answer, "SQL Server Browser, UDP 1434", TRUE);
      presync_sql_answer_add_boolean (&answer, "sql.instance-found", FALSE, &cell);
    }
  g_clear_object (&cell.origin);
  cell.origin = presync_sql_answer_dup_origin (&answer, _ ("connection to SQL Server"), FALSE);
  presync_sql_cell_set_unknown (&cell, presync_sql_facts_reason (error), g_strdup (error->message));
  for (; *keys != NULL; keys++)
    if (!presync_sql_answer_has (&answer, *keys))
      presync_sql_answer_add_unknown (&answer, *keys, &cell);
  return answer.facts;
}
