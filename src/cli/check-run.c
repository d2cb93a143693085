/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check-run.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "cli/check-faults.h"
#include "cli/report-arguments.h"
#include "cli/saved-file.h"
#include "sources/directory/directory-source.h"
#include "sources/server/server-source.h"

struct _PresyncCheck
{
  char *option;
  char *format;
  char *report;
  char *save;
  PresyncReportArguments *pdf;
  PresyncOption one;
  const PresyncOption *only; /* @one, or NULL for both */
  PresyncTargetOptions *targets;
  PresyncAssessment *assessment;
  PresyncStore *store; /* nullable: nothing is to be saved; held until the check has ended */
  gboolean saved;      /* the file was there before */
};

PresyncCheck *
presync_check_new (void)
{
  PresyncCheck *self = g_new0 (PresyncCheck, 1);

  self->targets = presync_target_options_new ();
  self->pdf = presync_report_arguments_new ();
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
  g_free (self->save);
  presync_report_arguments_free (self->pdf);
  g_clear_object (&self->store);
  g_clear_object (&self->assessment);
  presync_target_options_free (self->targets);
  g_free (self);
}

static gboolean
presync_check_is_valid (PresyncCheck *self, GError **error)
{
  static const char *const formats[] = { "text", "json", "csv", NULL };
  gboolean valid = TRUE;

  self->only = presync_command_parse_option (self->option, &self->one, &valid, error);
  /* Nothing would take the place of what the file holds. */
  if (self->save != NULL && !presync_target_options_has_directory (self->targets)
      && !presync_target_options_has_other_sources (self->targets))
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("Name what to check, such as a directory with --directory: --save "
                              "keeps what was found."));
      return FALSE;
    }
  return valid && presync_command_check_format (self->format, formats, error)
         && presync_report_arguments_check (self->pdf, self->report != NULL, error)
         && presync_command_check_output (self->report, self->save, error);
}

/* (transfer container): of TARGETS and of the report */
static GArray *
presync_check_list_entries (PresyncCheck *self)
{
  const GOptionEntry *tables[] = { presync_target_options_get_entries (self->targets),
                                   presync_report_arguments_get_entries (self->pdf) };
  GArray *all = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const GOptionEntry *entry = tables[i]; entry->long_name != NULL; entry++)
      g_array_append_vals (all, entry, 1);
  return all;
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
    { "save", 0, 0, G_OPTION_ARG_FILENAME, &self->save,
      N_ ("Save the assessment; an assessment that is there already gets one more run"),
      N_ ("FILE.presync") },
    { "report", 0, 0, G_OPTION_ARG_FILENAME, &self->report, N_ ("Write a PDF report"),
      N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GArray) more = presync_check_list_entries (self);

  return presync_command_parse (name, summary, entries, (const GOptionEntry *) more->data, argc,
                                argv, error)
         && presync_check_is_valid (self, error);
}

PresyncTargetOptions *
presync_check_get_targets (PresyncCheck *self)
{
  return self->targets;
}

/* What the file named is not asked any more: other targets take its place. What it plans, its
 * answers, waivers and runs stay. */
static void
presync_check_drop_sources (PresyncAssessment *assessment)
{
  static const char *const ids[] = { "directory", "server", "sql", "tenant", "network" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      presync_runner_remove_source (presync_assessment_get_runner (assessment), ids[i]);
      presync_fact_set_forget_source (presync_assessment_get_facts (assessment), ids[i]);
    }
}

/* Opens the file that is to be saved to, if there is one. */
static gboolean
presync_check_open_saved (PresyncCheck *self, PresyncAssessment *assessment, PresyncExit *status,
                          GError **error)
{
  if (self->save == NULL || !g_file_test (self->save, G_FILE_TEST_EXISTS))
    return TRUE;
  self->store = presync_store_open (assessment, self->save, error);
  if (self->store == NULL)
    {
      *status = presync_exit_from_error (*error);
      return FALSE;
    }
  if (presync_store_get_state (self->store) == PRESYNC_STORE_READ_ONLY)
    {
      *status = PRESYNC_EXIT_CANNOT_WRITE;
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                           presync_store_get_message (self->store));
      return FALSE;
    }
  /* Until something new is known, the file keeps what it has, whatever happens. */
  self->saved = TRUE;
  presync_store_hold (self->store);
  presync_check_drop_sources (assessment);
  return TRUE;
}

/* A file that cannot be written is told before anything is asked. */
static gboolean
presync_check_create_saved (PresyncCheck *self, PresyncAssessment *assessment, PresyncExit *status,
                            GError **error)
{
  if (self->save == NULL || self->store != NULL)
    return TRUE;
  self->store = presync_store_create (assessment, self->save, error);
  if (self->store == NULL)
    *status = presync_exit_from_error (*error);
  else
    presync_store_hold (self->store);
  return self->store != NULL;
}

PresyncAssessment *
presync_check_open (PresyncCheck *self, PresyncExit *status, GError **error)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autoptr (GError) local = NULL;
  gboolean usage = FALSE;

  if (!presync_check_open_saved (self, assessment, status, &local))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!presync_target_options_apply (self->targets, assessment, &usage, &local))
    {
      *status = usage && !g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED)
                    ? PRESYNC_EXIT_USAGE
                    : presync_exit_from_error (local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (!presync_check_create_saved (self, assessment, status, &local))
    {
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
presync_check_print (PresyncAssessment *assessment, const char *format, const PresyncOption *only,
                     GError **error)
{
  g_autofree char *text = NULL;

  if (format == NULL || g_str_equal (format, "text"))
    text = presync_report_dup_text (assessment, only, presync_command_get_width ());
  else if (g_str_equal (format, "json"))
    text = presync_report_dup_json (assessment, only);
  else
    text = presync_report_dup_csv (assessment, only);
  return presync_command_print (text, NULL, error);
}

/* Could nothing that was named be read? */
static gboolean
presync_check_has_failed (PresyncCheck *self)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      if (presync_source_get_state (source) != PRESYNC_SOURCE_FAILED)
        return FALSE;
    }
  return TRUE;
}

/* Writes all that is new at once; where nothing is, what the file knew counts for more. */
static gboolean
presync_check_save (PresyncCheck *self, GError **error)
{
  g_autoptr (PresyncStore) store = g_steal_pointer (&self->store);
  g_autofree char *sentence = NULL;

  if (store == NULL)
    return TRUE;
  if (self->saved && presync_check_has_failed (self))
    {
      /* Translators: a file without its suffix */
      sentence = g_strdup_printf (_ ("“%s” was left as it was: nothing could be read."),
                                  presync_store_get_title (store));
      presync_command_say ("presync-cli: ", sentence);
    }
  else
    presync_store_release (store);
  return presync_store_close (store, error);
}

/* What can fail for others than the sources. The file comes first: who reads the output may close
 * it early, which ends the program. A report compares with the run before, which may be in the file
 * alone. */
static gboolean
presync_check_deliver (PresyncCheck *self, GError **error)
{
  g_autoptr (GError) unsaved = NULL;

  if (self->report != NULL)
    presync_saved_file_load_last (self->assessment);
  presync_check_save (self, &unsaved);
  if (!presync_check_print (self->assessment, self->format, self->only, error)
      || (self->report != NULL
          && !presync_report_arguments_write (self->pdf, self->assessment, self->report, error)))
    {
      if (unsaved != NULL)
        presync_command_say ("presync-cli: ", unsaved->message);
      return FALSE;
    }
  if (unsaved == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&unsaved));
  return FALSE;
}

PresyncExit
presync_check_run (PresyncCheck *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) source_error = NULL;

  g_return_val_if_fail (self->assessment != NULL, PRESYNC_EXIT_INTERNAL);
  source_error = presync_check_collect (self->assessment);
  presync_check_print_faults (self->assessment, source_error);
  if (!presync_check_deliver (self, &error))
    return presync_command_fail (presync_exit_from_error (error), error);
  if (source_error != NULL)
    return presync_exit_from_source_error (source_error,
                                           presync_check_is_file (self, source_error));
  return presync_exit_from_assessment (self->assessment, self->only);
}
