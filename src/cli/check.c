/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <stdio.h>
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "assessment/summary.h"
#include "assessment/target-options.h"
#include "base/error.h"
#include "report/report.h"
#include "sources/directory/directory-source.h"
#include "sources/server/server-source.h"
#include "sources/sql/sql-source.h"

typedef struct
{
  char *option;
  char *format;
  char *report;
} PresyncCheckOptions;

static void
presync_check_options_clear (PresyncCheckOptions *self)
{
  g_free (self->option);
  g_free (self->format);
  g_free (self->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncCheckOptions, presync_check_options_clear)

typedef struct
{
  GMainLoop *loop;
  GError *error;
} PresyncCheckRun;

static void
presync_check_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncCheckRun *run = user_data;

  presync_runner_check_finish (PRESYNC_RUNNER (object), result, &run->error);
  g_main_loop_quit (run->loop);
}

/* (transfer full) (nullable): what kept the first source that failed from being used */
static GError *
presync_check_run (PresyncAssessment *assessment)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  PresyncCheckRun run = { loop, NULL };

  presync_runner_check_async (presync_assessment_get_runner (assessment), NULL,
                              presync_check_done_cb, &run);
  g_main_loop_run (loop);
  return run.error;
}

/* The fingerprint is what --sql-certificate wants. */
static void
presync_check_print_certificate (PresyncSqlSource *source)
{
  GTlsCertificate *certificate = presync_sql_source_get_certificate (source);
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (source));

  for (guint i = 0; certificate != NULL && i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      g_autofree char *text = NULL;

      if (g_strcmp0 (presync_stage_get_id (stage), "tls") != 0
          || presync_stage_get_state (stage) != PRESYNC_STAGE_FAILED)
        continue;
      text = presync_directory_describe_certificate (certificate);
      g_printerr ("%s\n", text);
    }
}

/* A sentence that was not @told yet; @sentence: (nullable) */
static void
presync_check_tell (GHashTable *told, const char *sentence)
{
  if (sentence != NULL && g_hash_table_add (told, g_strdup (sentence)))
    g_printerr ("presync-cli: %s\n", sentence);
}

static void
presync_check_tell_server (GHashTable *told, PresyncServerSource *source)
{
  const char *const *problems = presync_server_source_get_problems (source);
  GFile *folder = presync_server_source_get_folder (source);
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  for (guint i = 0; problems != NULL && problems[i] != NULL; i++)
    presync_check_tell (told, problems[i]);
  if (folder == NULL || (problems != NULL && problems[0] != NULL)
      || presync_source_get_state (PRESYNC_SOURCE (source)) == PRESYNC_SOURCE_FAILED
      || g_list_model_get_n_items (presync_server_source_get_reports (source)) > 0)
    return;
  name = g_file_get_parse_name (folder);
  sentence = g_strdup_printf (_ ("There is no facts file in “%s”."), name);
  presync_check_tell (told, sentence);
}

/* A check that ended well may have lost the server on the way. */
static void
presync_check_tell_sql (GHashTable *told, PresyncFactSet *facts)
{
  const char *const *keys = presync_sql_fact_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      GPtrArray *found = presync_fact_set_lookup_source (facts, keys[i], "sql");
      PresyncFact *fact = found != NULL && found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
      PresyncUnknown unknown
          = fact != NULL ? presync_fact_get_unknown (fact) : PRESYNC_UNKNOWN_NONE;

      if (unknown == PRESYNC_UNKNOWN_UNREACHABLE || unknown == PRESYNC_UNKNOWN_TIMED_OUT)
        {
          presync_check_tell (told, presync_fact_get_detail (fact));
          return;
        }
    }
}

/* Says why sources could not be used, @error (nullable) first, and which facts files could not. */
static void
presync_check_print_faults (PresyncAssessment *assessment, const GError *error)
{
  GListModel *sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (error != NULL)
    presync_check_tell (told, error->message);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);
      gboolean failed = presync_source_get_state (source) == PRESYNC_SOURCE_FAILED;

      if (failed)
        presync_check_tell (told, presync_source_get_message (source));
      if (PRESYNC_IS_SERVER_SOURCE (source))
        presync_check_tell_server (told, PRESYNC_SERVER_SOURCE (source));
      if (PRESYNC_IS_SQL_SOURCE (source) && failed)
        presync_check_print_certificate (PRESYNC_SQL_SOURCE (source));
      else if (PRESYNC_IS_SQL_SOURCE (source))
        presync_check_tell_sql (told, presync_assessment_get_facts (assessment));
    }
}

/* Is what failed with @error a file, no server? */
static gboolean
presync_check_is_file (PresyncAssessment *assessment, PresyncTargetOptions *targets,
                       const GError *error)
{
  GListModel *sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      if (presync_source_get_state (source) != PRESYNC_SOURCE_FAILED
          || g_strcmp0 (presync_source_get_message (source), error->message) != 0)
        continue;
      if (PRESYNC_IS_SQL_SOURCE (source))
        return FALSE;
      return PRESYNC_IS_SERVER_SOURCE (source) || presync_target_options_is_file (targets);
    }
  return FALSE;
}

static gboolean
presync_check_print (PresyncAssessment *assessment, const char *format, const PresyncOption *only)
{
  g_autofree char *text = NULL;

  if (format == NULL || g_str_equal (format, "text"))
    text = presync_report_dup_text (assessment, only, presync_command_get_width ());
  else if (g_str_equal (format, "json"))
    text = presync_report_dup_json (assessment, only);
  else
    text = presync_report_dup_csv (assessment, only);
  /* CSV brings its byte order mark and line ends; nothing may be added or recoded. */
  fputs (text, stdout);
  return fflush (stdout) == 0;
}

/* Of both options the less favourable verdict counts. */
static PresyncExit
presync_check_verdict (PresyncAssessment *assessment, const PresyncOption *only)
{
  PresyncExit status = PRESYNC_EXIT_READY;

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (PresyncSummary) summary = NULL;
      if (only != NULL && *only != i)
        continue;
      summary = presync_summary_new (presync_assessment_get_checklist (assessment, i), FALSE);
      if (summary->verdict == PRESYNC_VERDICT_NOT_READY)
        return PRESYNC_EXIT_NOT_READY;
      if (summary->verdict == PRESYNC_VERDICT_NOT_YET_KNOWN)
        status = PRESYNC_EXIT_NOT_YET_KNOWN;
    }
  return status;
}

static gboolean
presync_check_options_are_valid (const PresyncCheckOptions *self, PresyncOption *option,
                                 GError **error)
{
  static const char *const formats[] = { "text", "json", "csv", NULL };

  if (self->option != NULL && !presync_option_from_id (self->option, option))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("“%s” is no option: it is “cloud-sync” or “connect-sync”."), self->option);
  else if (self->format != NULL && !g_strv_contains (formats, self->format))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("“%s” is no format: it is “text”, “json” or “csv”."), self->format);
  else
    return TRUE;
  return FALSE;
}

PresyncExit
presync_command_check (int argc, char **argv)
{
  gboolean usage = FALSE;
  PresyncOption option = PRESYNC_OPTION_CLOUD_SYNC;
  const PresyncOption *only;
  g_auto (PresyncCheckOptions) options = { NULL, NULL, NULL };
  const GOptionEntry entries[] = {
    { "option", 0, 0, G_OPTION_ARG_STRING, &options.option,
      N_ ("Only this option: cloud-sync or connect-sync"), N_ ("OPTION") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, N_ ("How to print: text, json or csv"),
      N_ ("FORMAT") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &options.report, N_ ("Write a PDF report"),
      N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) source_error = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (PresyncTargetOptions) targets = presync_target_options_new ();
  g_autoptr (PresyncCatalogue) catalogue = NULL;
  g_autoptr (PresyncAssessment) assessment = NULL;

  if (!presync_command_parse ("check",
                              _ ("Checks whether Active Directory is ready to synchronize with "
                                 "Microsoft Entra, and prints both checklists."),
                              entries, presync_target_options_get_entries (targets), argc, argv,
                              &error)
      || !presync_check_options_are_valid (&options, &option, &error))
    return presync_command_fail (PRESYNC_EXIT_USAGE, error);
  only = options.option != NULL ? &option : NULL;
  catalogue = presync_catalogue_new_built_in ();
  assessment = presync_assessment_new (catalogue);
  if (!presync_target_options_apply (targets, assessment, &usage, &error))
    return presync_command_fail (
        usage && !g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED)
            ? PRESYNC_EXIT_USAGE
            : presync_exit_from_error (error),
        error);
  source_error = presync_check_run (assessment);
  presync_check_print_faults (assessment, source_error);
  if (!presync_check_print (assessment, options.format, only))
    return PRESYNC_EXIT_CANNOT_WRITE;
  now = presync_assessment_dup_now (assessment);
  if (options.report != NULL
      && !presync_report_write_pdf (assessment, options.report, PRESYNC_PAPER_A4, now, NULL,
                                    &error))
    return presync_command_fail (presync_exit_from_error (error), error);
  if (source_error != NULL)
    return presync_exit_from_source_error (
        source_error, presync_check_is_file (assessment, targets, source_error));
  return presync_check_verdict (assessment, only);
}
