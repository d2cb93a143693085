/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check-run.h"

#include <stdio.h>
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "assessment/summary.h"
#include "base/error.h"
#include "cli/check-faults.h"
#include "report/report.h"
#include "sources/directory/directory-source.h"
#include "sources/server/server-source.h"

struct _PresyncCheck
{
  char *option;
  char *format;
  char *report;
  PresyncOption one;
  const PresyncOption *only; /* @one, or NULL for both */
  PresyncTargetOptions *targets;
  PresyncAssessment *assessment;
};

PresyncCheck *
presync_check_new (void)
{
  PresyncCheck *self = g_new0 (PresyncCheck, 1);

  self->targets = presync_target_options_new ();
  return self;
}

void
presync_check_free (PresyncCheck *self)
{
  if (self == NULL)
    return;
  g_free (self->option);
  g_free (self->format);
  g_free (self->report);
  g_clear_object (&self->assessment);
  presync_target_options_free (self->targets);
  g_free (self);
}

static gboolean
presync_check_is_valid (PresyncCheck *self, GError **error)
{
  static const char *const formats[] = { "text", "json", "csv", NULL };

  if (self->option != NULL && !presync_option_from_id (self->option, &self->one))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("“%s” is no option: it is “cloud-sync” or “connect-sync”."), self->option);
  else if (self->format != NULL && !g_strv_contains (formats, self->format))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("“%s” is no format: it is “text”, “json” or “csv”."), self->format);
  else
    {
      self->only = self->option != NULL ? &self->one : NULL;
      return TRUE;
    }
  return FALSE;
}

gboolean
presync_check_parse (PresyncCheck *self, const char *name, const char *summary, int argc,
                     char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "option", 0, 0, G_OPTION_ARG_STRING, &self->option,
      N_ ("Only this option: cloud-sync or connect-sync"), N_ ("OPTION") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format, N_ ("How to print: text, json or csv"),
      N_ ("FORMAT") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &self->report, N_ ("Write a PDF report"),
      N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  return presync_command_parse (name, summary, entries,
                                presync_target_options_get_entries (self->targets), argc, argv,
                                error)
         && presync_check_is_valid (self, error);
}

PresyncTargetOptions *
presync_check_get_targets (PresyncCheck *self)
{
  return self->targets;
}

PresyncAssessment *
presync_check_open (PresyncCheck *self, PresyncExit *status, GError **error)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autoptr (GError) local = NULL;
  gboolean usage = FALSE;

  if (!presync_target_options_apply (self->targets, assessment, &usage, &local))
    {
      *status = usage && !g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED)
                    ? PRESYNC_EXIT_USAGE
                    : presync_exit_from_error (local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  self->assessment = g_steal_pointer (&assessment);
  return self->assessment;
}

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
presync_check_collect (PresyncAssessment *assessment)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  PresyncCheckRun run = { loop, NULL };

  presync_runner_check_async (presync_assessment_get_runner (assessment), NULL,
                              presync_check_done_cb, &run);
  g_main_loop_run (loop);
  return run.error;
}

/* Is what failed with @error a file, no server? */
static gboolean
presync_check_is_file (PresyncCheck *self, const GError *error)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      if (presync_source_get_state (source) != PRESYNC_SOURCE_FAILED
          || g_strcmp0 (presync_source_get_message (source), error->message) != 0)
        continue;
      return PRESYNC_IS_SERVER_SOURCE (source)
             || (PRESYNC_IS_DIRECTORY_SOURCE (source)
                 && presync_target_options_is_file (self->targets));
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

PresyncExit
presync_check_run (PresyncCheck *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) source_error = NULL;
  g_autoptr (GDateTime) now = NULL;

  g_return_val_if_fail (self->assessment != NULL, PRESYNC_EXIT_INTERNAL);
  source_error = presync_check_collect (self->assessment);
  presync_check_print_faults (self->assessment, source_error);
  if (!presync_check_print (self->assessment, self->format, self->only))
    return PRESYNC_EXIT_CANNOT_WRITE;
  now = presync_assessment_dup_now (self->assessment);
  if (self->report != NULL
      && !presync_report_write_pdf (self->assessment, self->report, PRESYNC_PAPER_A4, now, NULL,
                                    &error))
    return presync_command_fail (presync_exit_from_error (error), error);
  if (source_error != NULL)
    return presync_exit_from_source_error (source_error,
                                           presync_check_is_file (self, source_error));
  return presync_check_verdict (self->assessment, self->only);
}
