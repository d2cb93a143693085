/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "assessment/summary.h"
#include "base/error.h"
#include "base/file-kind.h"
#include "report/report.h"
#include "report/terminal.h"

PresyncExit
presync_exit_from_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, PRESYNC_EXIT_INTERNAL);
  if (error->domain != PRESYNC_ERROR)
    return PRESYNC_EXIT_INTERNAL;
  switch ((PresyncError) error->code)
    {
    case PRESYNC_ERROR_BAD_INPUT:
    case PRESYNC_ERROR_LIMIT:
    case PRESYNC_ERROR_NOT_FOUND:
      return PRESYNC_EXIT_BAD_INPUT;
    case PRESYNC_ERROR_UNREACHABLE:
    case PRESYNC_ERROR_TIMED_OUT:
    case PRESYNC_ERROR_NOT_SUPPORTED:
      return PRESYNC_EXIT_UNREACHABLE;
    case PRESYNC_ERROR_CERTIFICATE:
    case PRESYNC_ERROR_SIGN_IN:
    case PRESYNC_ERROR_NO_RIGHT:
    case PRESYNC_ERROR_REFUSED:
      return PRESYNC_EXIT_REFUSED;
    case PRESYNC_ERROR_CANNOT_WRITE:
      return PRESYNC_EXIT_CANNOT_WRITE;
    case PRESYNC_ERROR_FAILED:
    default:
      return PRESYNC_EXIT_INTERNAL;
    }
}

PresyncExit
presync_exit_from_source_error (const GError *error, gboolean is_file)
{
  PresyncExit status = presync_exit_from_error (error);

  if (is_file && error->domain == PRESYNC_ERROR)
    return PRESYNC_EXIT_BAD_INPUT;
  if (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED)
      || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT)
      || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND))
    return PRESYNC_EXIT_UNREACHABLE;
  return status;
}

void
presync_command_say (const char *label, const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  /* Not broken: whoever reads it by program takes it line by line. */
  presync_terminal_append (line, 0, label, presync_terminal_width (label), text, G_MAXINT);
  g_printerr ("%s", line->str);
}

PresyncExit
presync_command_fail (PresyncExit status, const GError *error)
{
  presync_command_say ("presync-cli: ", error->message);
  return status;
}

gboolean
presync_command_parse_named (const char *name, const char *parameters, const char *summary,
                             const GOptionEntry *entries, const GOptionEntry *more, guint least,
                             guint most, int argc, char **argv, char ***named, GError **error)
{
  g_autofree char *program = g_strdup_printf ("presync-cli %s", name);
  g_autoptr (GOptionContext) context = g_option_context_new (parameters);
  guint n;

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more != NULL)
    g_option_context_add_main_entries (context, more, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  n = (guint) argc - 1;
  if (n > most)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("“%s” is one argument too many; see presync-cli %s --help."), argv[most + 1],
                   name);
      return FALSE;
    }
  if (n < least)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("Name the file; see presync-cli %s --help."), name);
      return FALSE;
    }
  if (named != NULL)
    *named = g_strdupv (argv + 1);
  return TRUE;
}

gboolean
presync_command_parse (const char *name, const char *summary, const GOptionEntry *entries,
                       const GOptionEntry *more, int argc, char **argv, GError **error)
{
  return presync_command_parse_named (name, NULL, summary, entries, more, 0, 0, argc, argv, NULL,
                                      error);
}

gboolean
presync_command_print (const char *text, const char *path, GError **error)
{
  g_autoptr (GBytes) data = NULL;

  if (path != NULL)
    {
      data = g_bytes_new (text, strlen (text));
      return presync_report_save (data, path, error);
    }
  /* CSV brings its byte order mark and line ends; nothing may be added or recoded. */
  if (fputs (text, stdout) >= 0 && fflush (stdout) == 0)
    return TRUE;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE, "%s",
               _ ("The output could not be written."));
  return FALSE;
}

gboolean
presync_command_check_output (const char *output, const char *saved, GError **error)
{
  g_autofree char *name = NULL;

  if (output == NULL
      || (!presync_file_is_assessment (output)
          && (saved == NULL || !presync_file_is_same (output, saved))))
    return TRUE;
  name = g_filename_display_name (output);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("“%s” is an assessment, which nothing else replaces: give what is to be written "
                  "another name."),
               name);
  return FALSE;
}

PresyncExit
presync_exit_from_verdicts (const PresyncVerdict *verdicts, const PresyncOption *only)
{
  PresyncExit status = PRESYNC_EXIT_READY;

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      if (only != NULL && *only != i)
        continue;
      if (verdicts[i] == PRESYNC_VERDICT_NOT_READY)
        return PRESYNC_EXIT_NOT_READY;
      if (verdicts[i] == PRESYNC_VERDICT_NOT_YET_KNOWN)
        status = PRESYNC_EXIT_NOT_YET_KNOWN;
    }
  return status;
}

PresyncExit
presync_exit_from_assessment (PresyncAssessment *assessment, const PresyncOption *only)
{
  PresyncVerdict verdicts[PRESYNC_N_OPTIONS];

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (PresyncSummary) summary
          = presync_summary_new (presync_assessment_get_checklist (assessment, i), FALSE);

      verdicts[i] = summary->verdict;
    }
  return presync_exit_from_verdicts (verdicts, only);
}

const PresyncOption *
presync_command_parse_option (const char *id, PresyncOption *option, gboolean *valid,
                              GError **error)
{
  *valid = id == NULL || presync_option_from_id (id, option);
  if (!*valid)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("“%s” is no option: it is “cloud-sync” or “connect-sync”."), id);
  return id != NULL && *valid ? option : NULL;
}

gboolean
presync_command_check_format (const char *format, const char *const *formats, GError **error)
{
  g_autofree char *known = NULL;

  if (format == NULL || g_strv_contains (formats, format))
    return TRUE;
  known = g_strjoinv (", ", (char **) formats);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: what somebody typed, and a list of words */
               _ ("“%s” is no format: there are %s."), format, known);
  return FALSE;
}

guint
presync_command_get_width (void)
{
  guint64 columns = 0;
  const char *text = g_getenv ("COLUMNS");

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 40, 400, &columns, NULL))
    return (guint) columns;
  return 80;
}
