/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "cli/check-run.h"

PresyncExit
presync_command_check (int argc, char **argv)
{
  g_autoptr (PresyncCheck) check = presync_check_new ();
  g_autoptr (GError) error = NULL;
  PresyncExit status = PRESYNC_EXIT_USAGE;

  if (!presync_check_parse (check, "check",
                            _ ("Checks whether Active Directory is ready to synchronize with "
                               "Microsoft Entra, and prints both checklists."),
                            argc, argv, &error)
      || presync_check_open (check, &status, &error) == NULL)
    return presync_command_fail (status, error);
  return presync_check_run (check);
}
