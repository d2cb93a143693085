/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "cli/command.h"
#include "cli/report-arguments.h"
#include "cli/saved-file.h"

typedef struct
{
  char *option;
  char *format;
  char *output;
  char **named;
  PresyncReportArguments *pdf;
  PresyncOption one;
  const PresyncOption *only;
} PresyncReportCommand;

static void
presync_report_command_clear (PresyncReportCommand *self)
{
  g_free (self->option);
  g_free (self->format);
  g_free (self->output);
  g_strfreev (self->named);
  presync_report_arguments_free (self->pdf);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncReportCommand, presync_report_command_clear)

static gboolean
presync_report_command_is_pdf (const PresyncReportCommand *self)
{
  return self->format == NULL || g_str_equal (self->format, "pdf");
}

static gboolean
presync_report_command_parse (PresyncReportCommand *self, int argc, char **argv, GError **error)
{
  static const char *const formats[] = { "pdf", "text", "json", "csv", NULL };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("The file to write; without it, all but PDF is printed"), N_ ("FILE") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format,
      N_ ("What to write: pdf, text, json or csv"), N_ ("FORMAT") },
    { "option", 0, 0, G_OPTION_ARG_STRING, &self->option,
      N_ ("Only this option: cloud-sync or connect-sync; not for PDF"), N_ ("OPTION") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  gboolean valid = TRUE;

  if (!presync_command_parse_named (
          "report", "FILE.presync",
          _ ("Writes a report of a saved assessment as it was last checked. Nothing is asked "
             "anew."),
          entries, presync_report_arguments_get_entries (self->pdf), 1, 1, argc, argv, &self->named,
          error)
      || !presync_command_check_format (self->format, formats, error))
    return FALSE;
  self->only = presync_command_parse_option (self->option, &self->one, &valid, error);
  if (!valid
      || !presync_report_arguments_check (self->pdf, presync_report_command_is_pdf (self), error))
    return FALSE;
  if (presync_report_command_is_pdf (self) && self->option != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s",
                 _ ("A PDF report is of both options; choose its --sections instead."));
  else if (presync_report_command_is_pdf (self) && self->output == NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s",
                 _ ("Name the PDF file to write with --output FILE."));
  else
    return presync_report_arguments_read_date (self->pdf, error)
           && presync_command_check_output (self->output, self->named[0], error);
  return FALSE;
}

/* What depends on the clock is judged as of the report's date, where that is set. */
static void
presync_report_command_set_now (PresyncReportCommand *self, PresyncAssessment *assessment)
{
  g_autoptr (GDateTime) date = presync_report_arguments_dup_date (self->pdf);

  if (date != NULL)
    presync_assessment_set_now (assessment, date);
}

static gboolean
presync_report_command_write (PresyncReportCommand *self, PresyncAssessment *assessment,
                              GError **error)
{
  g_autofree char *text = NULL;

  presync_report_command_set_now (self, assessment);
  if (presync_report_command_is_pdf (self))
    {
      presync_saved_file_load_last (assessment);
      return presync_report_arguments_write (self->pdf, assessment, self->output, error);
    }
  if (g_str_equal (self->format, "text"))
    text = presync_report_dup_text (assessment, self->only, presync_command_get_width ());
  else if (g_str_equal (self->format, "json"))
    text = presync_report_dup_json (assessment, self->only);
  else
    text = presync_report_dup_csv (assessment, self->only);
  return presync_command_print (text, self->output, error);
}

PresyncExit
presync_command_report (int argc, char **argv)
{
  g_auto (PresyncReportCommand) self = { .pdf = presync_report_arguments_new () };
  g_autoptr (PresyncSavedFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (!presync_report_command_parse (&self, argc, argv, &error))
    return presync_command_fail (PRESYNC_EXIT_USAGE, error);
  file = presync_saved_file_open (self.named[0], &error);
  if (file == NULL || !presync_report_command_write (&self, file->assessment, &error))
    return presync_command_fail (presync_exit_from_error (error), error);
  return presync_exit_from_assessment (file->assessment, self.only);
}
