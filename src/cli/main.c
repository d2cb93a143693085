/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <glib/gi18n.h>

#include "base/locale.h"
#include "base/memory.h"
#include "cli/command.h"
#include "sources/directory/ldap-connection.h"

typedef struct
{
  const char *name;
  PresyncExit (*run) (int argc, char **argv);
  const char *summary;
} PresyncCommand;

static const PresyncCommand commands[] = {
  { "check", presync_command_check, N_ ("check a directory and print both checklists") },
  { "sign-in", presync_command_sign_in, N_ ("sign in to a tenant, then check") },
  { "catalogue", presync_command_catalogue, N_ ("print all requirements") },
  { "report", presync_command_report, N_ ("write a report of a saved assessment") },
  { "history", presync_command_history, N_ ("list the runs of a saved assessment") },
  { "compare", presync_command_compare, N_ ("compare two runs, of one saved assessment or two") },
  { "record", presync_command_record, N_ ("write an LDIF snapshot of a directory") },
};

static void
presync_main_print_help (void)
{
  g_print ("%s\n\n", _ ("Usage: presync-cli COMMAND [OPTION…]"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s  %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n%s\n", _ ("presync-cli COMMAND --help tells the options of a command."));
}

int
main (int argc, char **argv)
{
  presync_memory_keep_out_of_dumps ();
  presync_locale_init ();
  presync_ldap_prepare ();
  if (argc < 2)
    {
      presync_main_print_help ();
      return PRESYNC_EXIT_USAGE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return (int) commands[i].run (argc - 1, argv + 1);
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("presync-cli %s\n", PRESYNC_VERSION);
      return PRESYNC_EXIT_READY;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      presync_main_print_help ();
      return PRESYNC_EXIT_READY;
    }
  g_printerr (_ ("presync-cli: “%s” is no command; see presync-cli --help.\n"), argv[1]);
  return PRESYNC_EXIT_USAGE;
}
