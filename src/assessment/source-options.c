/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/source-options.h"

#include <glib/gi18n.h>

#include "assessment/sql-place.h"
#include "base/error.h"

/* of a SHA-256 fingerprint */
#define N_HEX_DIGITS 64

void
presync_source_options_clear (PresyncSourceOptions *self)
{
  g_clear_pointer (&self->server_facts, g_strfreev);
  g_clear_pointer (&self->sql, g_free);
  g_clear_pointer (&self->sql_login, g_free);
  g_clear_pointer (&self->sql_password_file, g_free);
  g_clear_pointer (&self->sql_ca_file, g_free);
  g_clear_pointer (&self->sql_certificate, g_free);
}

void
presync_source_options_add_entries (PresyncSourceOptions *self, GArray *entries)
{
  const GOptionEntry own[] = {
    { "server-facts", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->server_facts,
      N_ ("Use what the collector script wrote on the sync server: its file, or a folder of such "
          "files; may be repeated"),
      N_ ("FILE") },
    { "sql", 0, 0, G_OPTION_ARG_STRING, &self->sql,
      N_ ("Read this SQL Server: HOST[\\INSTANCE][,PORT]; plans own-sql, and remote-sql unless it "
          "is the sync server"),
      N_ ("SERVER") },
    { "localdb", 0, 0, G_OPTION_ARG_NONE, &self->local_db,
      N_ ("The database is the LocalDB that Connect Sync brings; unplans own-sql and remote-sql"),
      NULL },
    { "sql-login", 0, 0, G_OPTION_ARG_STRING, &self->sql_login,
      N_ ("Sign in to SQL Server with this login; without it, with the Kerberos ticket at hand"),
      N_ ("NAME") },
    { "sql-password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->sql_password_file,
      N_ ("Read the login’s password from the first line of a file"), N_ ("FILE") },
    { "sql-ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->sql_ca_file,
      N_ ("Accept certificates of these authorities from SQL Server instead of the system’s"),
      N_ ("PEM") },
    { "sql-certificate", 0, 0, G_OPTION_ARG_STRING, &self->sql_certificate,
      N_ ("Accept this one certificate from SQL Server, whatever is wrong with it: its SHA-256 "
          "fingerprint"),
      N_ ("SHA256") },
  };

  g_return_if_fail (self != NULL && entries != NULL);
  g_array_append_vals (entries, own, G_N_ELEMENTS (own));
}

static gboolean
presync_source_options_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, sentence);
  return FALSE;
}

gboolean
presync_source_options_check (const PresyncSourceOptions *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  if (self->sql != NULL && self->local_db)
    return presync_source_options_refuse (error, _ ("Name one of --sql and --localdb, not both."));
  if (self->sql == NULL
      && (self->sql_login != NULL || self->sql_password_file != NULL || self->sql_ca_file != NULL
          || self->sql_certificate != NULL))
    return presync_source_options_refuse (
        error,
        _ ("--sql-login, --sql-password-file, --sql-ca-file and --sql-certificate go with --sql."));
  if (self->sql_password_file != NULL && self->sql_login == NULL)
    return presync_source_options_refuse (error, _ ("--sql-password-file goes with --sql-login."));
  if (self->sql_login != NULL && self->sql_password_file == NULL)
    return presync_source_options_refuse (
        error, _ ("--sql-login needs --sql-password-file: a password is never an argument."));
  return TRUE;
}

void
presync_source_options_plan (const PresyncSourceOptions *self, PresyncAssessment *assessment)
{
  g_return_if_fail (self != NULL && PRESYNC_IS_ASSESSMENT (assessment));
  if (self->local_db || self->sql != NULL)
    presync_sql_place_plan_own (assessment, self->sql != NULL);
}

/* (transfer full) (nullable): 64 lower-case hex digits of @text, which may have colons or blanks
 * between them */
static char *
presync_source_options_parse_pin (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == ':' || *p == ' ')
        continue;
      if (!g_ascii_isxdigit (*p) || digits->len == N_HEX_DIGITS)
        return NULL;
      g_string_append_c (digits, g_ascii_tolower (*p));
    }
  return digits->len == N_HEX_DIGITS ? g_strdup (digits->str) : NULL;
}

PresyncSqlTarget *
presync_source_options_dup_sql (const PresyncSourceOptions *self, gboolean *usage, GError **error)
{
  g_autoptr (PresyncSqlTarget) target = NULL;

  g_return_val_if_fail (self != NULL && usage != NULL, NULL);
  *usage = TRUE;
  if (self->sql == NULL)
    return NULL;
  target = presync_sql_target_new ();
  if (!presync_sql_target_parse_name (target, self->sql, error))
    return NULL;
  target->kerberos = self->sql_login == NULL;
  target->login = g_strdup (self->sql_login);
  target->ca_file = g_strdup (self->sql_ca_file);
  if (self->sql_certificate != NULL)
    {
      target->pin = presync_source_options_parse_pin (self->sql_certificate);
      if (target->pin == NULL)
        {
          presync_source_options_refuse (
              error, _ ("--sql-certificate is a SHA-256 fingerprint: 64 hexadecimal digits, with "
                        "or without colons."));
          return NULL;
        }
    }
  if (self->sql_password_file != NULL)
    {
      *usage = FALSE;
      target->password = presync_secret_read_file (self->sql_password_file, error);
      if (target->password == NULL)
        return NULL;
      *usage = TRUE;
    }
  if (!presync_sql_target_validate (target, error))
    return NULL;
  *usage = FALSE;
  return g_steal_pointer (&target);
}

static gboolean
presync_source_options_add_folder (PresyncServerSource *source, const char *path, GFile *folder,
                                   gboolean *usage, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (presync_server_source_get_folder (source) == NULL)
    {
      presync_server_source_set_folder (source, folder);
      return TRUE;
    }
  *usage = TRUE;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("“%s” is one folder too many; name one folder of facts files."), name);
  return FALSE;
}

/* A facts file that was named, and when it was written */
typedef struct
{
  GFile *file;
  GDateTime *collected;
} PresyncNamedFile;

static void
presync_named_file_free (gpointer data)
{
  PresyncNamedFile *self = data;

  g_object_unref (self->file);
  g_date_time_unref (self->collected);
  g_free (self);
}

static int
presync_named_file_compare_cb (gconstpointer a, gconstpointer b)
{
  const PresyncNamedFile *first = *(const PresyncNamedFile *const *) a;
  const PresyncNamedFile *second = *(const PresyncNamedFile *const *) b;

  return g_date_time_compare (first->collected, second->collected);
}

/* Whatever keeps a file from being read is a fault of what was put in. @fault: (transfer full) */
static void
presync_source_options_blame_file (GError *fault, GError **error)
{
  if (fault->domain == PRESYNC_ERROR && fault->code != PRESYNC_ERROR_REFUSED)
    fault->code = PRESYNC_ERROR_BAD_INPUT;
  g_propagate_error (error, fault);
}

/* (transfer none): its name for people */
static const char *
presync_source_options_get_host (PresyncFactsReport *report)
{
  const char *dns_name = presync_facts_report_get_dns_name (report);

  return dns_name != NULL ? dns_name : presync_facts_report_get_name (report);
}

/* Where nobody named the sync server, the file that was named @first names it. */
static gboolean
presync_source_options_check_host (PresyncFactsReport *first, PresyncFactsReport *report,
                                   GError **error)
{
  g_autofree char *first_name = NULL;
  g_autofree char *name = NULL;

  if (presync_facts_report_is_of (report, presync_source_options_get_host (first))
      || presync_facts_report_is_of (first, presync_source_options_get_host (report)))
    return TRUE;
  first_name = g_path_get_basename (presync_facts_report_get_path (first));
  name = g_path_get_basename (presync_facts_report_get_path (report));
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
               /* Translators: a file and its server, another file and its server */
               _ ("%s is of %s, but %s, named first, is of %s."), name,
               presync_source_options_get_host (report), first_name,
               presync_source_options_get_host (first));
  return FALSE;
}

/* (transfer full) (element-type PresyncNamedFile): the oldest first, in whatever order they were
 * named: a source takes no file that is older than what it has. The folder goes to @source. */
static GPtrArray *
presync_source_options_list_files (const PresyncSourceOptions *self, PresyncServerSource *source,
                                   const char *sync_server, gboolean *usage, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (presync_named_file_free);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncFactsReport) first = NULL;

  for (guint i = 0; self->server_facts[i] != NULL; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (self->server_facts[i]);
      g_autoptr (PresyncFactsReport) report = NULL;
      GError *fault = NULL;
      PresyncNamedFile *named;

      if (g_file_test (self->server_facts[i], G_FILE_TEST_IS_DIR))
        {
          if (!presync_source_options_add_folder (source, self->server_facts[i], file, usage,
                                                  error))
            return NULL;
          continue;
        }
      report = presync_facts_report_load (file, now, NULL, &fault);
      if (report == NULL)
        {
          presync_source_options_blame_file (fault, error);
          return NULL;
        }
      if (first == NULL)
        first = g_object_ref (report);
      if (sync_server == NULL && !presync_source_options_check_host (first, report, error))
        return NULL;
      named = g_new0 (PresyncNamedFile, 1);
      named->file = g_steal_pointer (&file);
      named->collected = g_date_time_ref (presync_facts_report_get_collected (report));
      g_ptr_array_add (files, named);
    }
  g_ptr_array_sort (files, presync_named_file_compare_cb);
  return g_steal_pointer (&files);
}

/* (transfer full): the facts files that were named, read */
static PresyncServerSource *
presync_source_options_new_server (const PresyncSourceOptions *self, const char *sync_server,
                                   gboolean *usage, GError **error)
{
  g_autoptr (PresyncServerSource) source = presync_server_source_new ();
  g_autoptr (GPtrArray) files = NULL;

  presync_server_source_set_sync_server (source, sync_server);
  files = presync_source_options_list_files (self, source, sync_server, usage, error);
  for (guint i = 0; files != NULL && i < files->len; i++)
    {
      const PresyncNamedFile *named = g_ptr_array_index (files, i);
      GError *fault = NULL;

      if (presync_server_source_add_file (source, named->file, &fault))
        continue;
      presync_source_options_blame_file (fault, error);
      return NULL;
    }
  return files != NULL ? g_steal_pointer (&source) : NULL;
}

gboolean
presync_source_options_read (const PresyncSourceOptions *self, const char *sync_server,
                             PresyncServerSource **server, PresyncSqlSource **sql, gboolean *usage,
                             GError **error)
{
  g_autoptr (PresyncServerSource) files = NULL;
  g_autoptr (PresyncSqlTarget) target = NULL;

  g_return_val_if_fail (self != NULL && usage != NULL, FALSE);
  g_return_val_if_fail (server != NULL && sql != NULL, FALSE);
  *usage = FALSE;
  *server = NULL;
  *sql = NULL;
  if (self->server_facts != NULL)
    {
      files = presync_source_options_new_server (self, sync_server, usage, error);
      if (files == NULL)
        return FALSE;
    }
  if (self->sql != NULL)
    {
      target = presync_source_options_dup_sql (self, usage, error);
      if (target == NULL)
        return FALSE;
      *sql = presync_sql_source_new (target);
    }
  *server = g_steal_pointer (&files);
  return TRUE;
}

void
presync_source_options_set (const PresyncSourceOptions *self, PresyncAssessment *assessment,
                            PresyncServerSource *server, PresyncSqlSource *sql)
{
  PresyncRunner *runner;

  g_return_if_fail (self != NULL && PRESYNC_IS_ASSESSMENT (assessment));
  runner = presync_assessment_get_runner (assessment);
  if (server != NULL)
    presync_runner_set_source (runner, PRESYNC_SOURCE (server));
  if (self->local_db)
    presync_runner_remove_source (runner, "sql");
  if (sql != NULL)
    presync_runner_set_source (runner, PRESYNC_SOURCE (sql));
}
