/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "app/application.h"
#include "app/page-title.h"
#include "app/settings.h"
#include "assessment/target-options.h"
#include "base/error.h"
#include "base/locale.h"
#include "base/memory.h"
#include "sources/directory/ldap-connection.h"

/* Exit statuses of sysexits.h, as in presync-cli */
#define EXIT_STATUS_USAGE 64
#define EXIT_STATUS_BAD_INPUT 65
#define EXIT_STATUS_NO_DISPLAY 69
#define EXIT_STATUS_REFUSED 77

static int
presync_main_fail (int status, const char *message)
{
  g_printerr ("presync: %s\n", message);
  return status;
}

/* Was any of the options given that name what is assessed? */
static gboolean
presync_main_has_targets (const GOptionEntry *entries)
{
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    {
      if (entry->arg == G_OPTION_ARG_NONE ? *(gboolean *) entry->arg_data
                                          : *(gpointer *) entry->arg_data != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Returns -1 to go on, else the exit status. */
static int
presync_main_parse (PresyncTargetOptions *targets, int *argc, char ***argv, char **page)
{
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "page", 0, 0, G_OPTION_ARG_STRING, page,
      N_ ("First page: overview, cloud-sync, connect-sync, accounts, tenant, sql-server, "
          "sync-server, history or sources"),
      N_ ("PAGE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version and exit"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context
      = g_option_context_new (_ ("[FILE…] — is Active Directory ready for Microsoft Entra?"));
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_description (
      context,
      _ ("FILE is an assessment that was saved (.presync). Each opens in a window; one that "
         "cannot be opened leaves the start page, and a dialog that says why. Without FILE "
         "and without options that name what is assessed, Presync goes on with what was "
         "open last."));
  g_option_context_add_main_entries (context, presync_target_options_get_entries (targets),
                                     GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, argc, argv, &error))
    return presync_main_fail (EXIT_STATUS_USAGE, error->message);
  if (*argc > 1 && presync_main_has_targets (presync_target_options_get_entries (targets)))
    {
      message = g_strdup_printf (_ ("“%s” is an assessment to open, which says itself what is "
                                    "assessed: it cannot be named together with options for that."),
                                 (*argv)[1]);
      return presync_main_fail (EXIT_STATUS_USAGE, message);
    }
  if (version)
    {
      g_print ("presync %s\n", PRESYNC_VERSION);
      return 0;
    }
  if (*page != NULL && presync_page_title (*page, FALSE) == NULL)
    {
      message = g_strdup_printf (_ ("There is no page “%s”; choose overview, cloud-sync, "
                                    "connect-sync, accounts, tenant, sql-server, sync-server, "
                                    "history or sources."),
                                 *page);
      return presync_main_fail (EXIT_STATUS_USAGE, message);
    }
  return -1;
}

/* Reads the catalogue while the display is being opened, and, as our symbols are the first SVGs of
 * the process, has the library that draws them loaded by the time they are wanted. */
static gpointer
presync_main_load_thread (gpointer data)
{
  PresyncCatalogue *catalogue = presync_catalogue_new_built_in ();
  g_autoptr (GdkPixbuf) symbol = gdk_pixbuf_new_from_resource (
      PRESYNC_RESOURCE_BASE "/symbols/scalable/actions/presync-met-symbolic.svg", NULL);

  return catalogue;
}

int
main (int argc, char **argv)
{
  g_autoptr (PresyncTargetOptions) targets = presync_target_options_new ();
  g_autoptr (PresyncCatalogue) catalogue = NULL;
  g_autoptr (PresyncAssessment) assessment = NULL;
  g_autoptr (PresyncApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;
  g_autofree char *last_file = NULL;
  gboolean usage = FALSE;
  gboolean display;
  GThread *loader;
  int status;

  presync_memory_keep_out_of_dumps ();
  presync_locale_init ();
  presync_ldap_prepare ();

  status = presync_main_parse (targets, &argc, &argv, &page);
  if (status >= 0)
    return status;

  loader = g_thread_new ("presync-load", presync_main_load_thread, NULL);
  display = gtk_init_check ();
  if (display)
    {
      adw_init ();
      presync_application_load_symbols ();
    }
  catalogue = g_thread_join (loader);
  assessment = presync_assessment_new (catalogue);
  if (display && argc == 1
      && !presync_main_has_targets (presync_target_options_get_entries (targets)))
    last_file = presync_settings_dup_last_file ();
  /* The command line has the last word; a file has a plan of its own. */
  if (display && argc == 1 && last_file == NULL && !presync_target_options_has_directory (targets))
    presync_settings_restore_plan (assessment);
  if (!presync_target_options_apply (targets, assessment, &usage, &error))
    return presync_main_fail (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED)
                                  ? EXIT_STATUS_REFUSED
                              : usage ? EXIT_STATUS_USAGE
                                      : EXIT_STATUS_BAD_INPUT,
                              error->message);
  if (!display)
    return presync_main_fail (EXIT_STATUS_NO_DISPLAY,
                              _ ("There is no display to open a window on; presync-cli does the "
                                 "same without one."));

  application = presync_application_new (
      assessment, page, argc > 1 || presync_target_options_has_directory (targets) ? NULL : targets,
      last_file);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
