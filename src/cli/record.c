/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "assessment/target-options.h"
#include "base/error.h"
#include "sources/directory/directory-source.h"
#include "sources/directory/record.h"

/* What could not be written is the file asked for: that GLib writes another beside it first, with
 * six more characters in its name, is nobody's business. */
static void
presync_command_record_name_output (GError *error, const char *output)
{
  g_autofree char *name = g_filename_display_name (output);
  g_autofree char *escaped = g_regex_escape_string (name, -1);
  g_autofree char *pattern = g_strconcat (escaped, "\\.[A-Za-z0-9]{6}(?![A-Za-z0-9])", NULL);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  char *message = regex != NULL
                      ? g_regex_replace_literal (regex, error->message, -1, 0, name, 0, NULL)
                      : NULL;

  if (message == NULL)
    return;
  g_free (error->message);
  error->message = message;
}

PresyncExit
presync_command_record (int argc, char **argv)
{
  guint n = 0;
  gboolean usage = FALSE;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The LDIF file to write"),
      N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncTargetOptions) targets = presync_target_options_new ();
  g_autoptr (PresyncDirectoryTarget) target = NULL;
  PresyncProbeSubjects subjects;
  g_autoptr (PresyncDirectory) directory = NULL;

  if (!presync_command_parse (
          "record",
          _ ("Writes an LDIF snapshot of just the entries that the checks read, "
             "to be checked elsewhere with --ldif."),
          entries, presync_target_options_get_entries (targets), argc, argv, &error))
    return presync_command_fail (PRESYNC_EXIT_USAGE, error);
  if (output == NULL)
    {
      g_set_error (&error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("Name the file to write with --output FILE."));
      return presync_command_fail (PRESYNC_EXIT_USAGE, error);
    }
  if (!presync_command_check_output (output, NULL, &error))
    return presync_command_fail (PRESYNC_EXIT_USAGE, error);
  if (presync_target_options_has_other_sources (targets))
    {
      g_set_error (
          &error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
          _ ("Only a directory can be recorded: leave --server-facts, --sql, --localdb, --tenant "
             "and --network out."));
      return presync_command_fail (PRESYNC_EXIT_USAGE, error);
    }
  target = presync_target_options_dup_directory (targets, &usage, &error);
  if (target == NULL)
    return presync_command_fail (usage ? PRESYNC_EXIT_USAGE : presync_exit_from_error (error),
                                 error);
  subjects.sync_server = target->sync_server;
  subjects.accounts = target->accounts;
  subjects.federation = target->federation;
  directory = presync_directory_open (target, NULL, NULL, NULL, NULL, &error);
  if (directory == NULL)
    return presync_command_fail (
        presync_exit_from_source_error (error, presync_target_options_is_file (targets)), error);
  if (!presync_record_snapshot (directory, &subjects, output, &n, NULL, &error))
    {
      presync_command_record_name_output (error, output);
      return presync_command_fail (presync_exit_from_error (error), error);
    }
  g_printerr (ngettext ("%u entry written to %s\n", "%u entries written to %s\n", n), n, output);
  return PRESYNC_EXIT_READY;
}
