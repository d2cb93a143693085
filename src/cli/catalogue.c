/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "report/report.h"

PresyncExit
presync_command_catalogue (int argc, char **argv)
{
  GDate edition;
  g_autofree char *edition_text = NULL;
  g_autofree char *format = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "edition", 0, 0, G_OPTION_ARG_STRING, &edition_text,
      N_ ("Read the catalogue as of this date"), N_ ("DATE") },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print: text or json"),
      N_ ("FORMAT") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncCatalogue) catalogue = NULL;
  g_autoptr (PresyncAssessment) assessment = NULL;

  if (!presync_command_parse ("catalogue",
                              _ ("Prints every requirement of both options with its conditions."),
                              entries, NULL, argc, argv, &error)
      || (edition_text != NULL && !presync_edition_parse (edition_text, &edition, &error)))
    return presync_command_fail (PRESYNC_EXIT_USAGE, error);
  if (format != NULL && !g_str_equal (format, "text") && !g_str_equal (format, "json"))
    {
      g_set_error (&error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("“%s” is no format: it is “text” or “json”."), format);
      return presync_command_fail (PRESYNC_EXIT_USAGE, error);
    }
  catalogue = presync_catalogue_new_built_in ();
  assessment = presync_assessment_new (catalogue);
  if (edition_text != NULL)
    presync_assessment_set_edition (assessment, &edition);
  text = g_strcmp0 (format, "json") == 0
             ? presync_report_dup_catalogue_json (assessment)
             : presync_report_dup_catalogue_text (assessment, presync_command_get_width ());
  g_print ("%s", text);
  return PRESYNC_EXIT_READY;
}
