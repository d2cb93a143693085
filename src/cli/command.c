/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/error.h"
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
presync_command_parse (const char *name, const char *summary, const GOptionEntry *entries,
                       const GOptionEntry *more, int argc, char **argv, GError **error)
{
  g_autofree char *program = g_strdup_printf ("presync-cli %s", name);
  g_autofree char *left_over = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (more != NULL)
    g_option_context_add_main_entries (context, more, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("“%s” is one argument too many; see presync-cli %s --help."), argv[1], name);
      return FALSE;
    }
  return TRUE;
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
