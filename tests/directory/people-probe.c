/* SPDX-License-Identifier: GPL-3.0-or-later */
/* people-probe [URI | FILE.ldif] --account connector=NAME …: the facts about accounts, one a line,
 * its fields parted by U+001F:
 *
 *   KEY SUBJECT = VALUE, or KEY SUBJECT ?REASON DETAIL
 *
 * With --count, those of the controllers and of the counts as well; with --federation-server NAME,
 * those of its computer object.
 *
 * With --find TEXT, once or more often, instead: what the finder finds, NAME CLASS DN each, and
 * "more" if there is more; "cancelled" for each but the last. */
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <gio/gio.h>

#include "base/error.h"
#include "sources/directory/finder.h"
#include "sources/directory/ldap-connection.h"
#include "sources/directory/open.h"

#define UNIT "\x1f"

typedef struct
{
  GMainLoop *loop;
  guint pending;
  int status;
} Search;

static void
people_print_fact (PresyncFact *fact)
{
  PresyncUnknown reason = presync_fact_get_unknown (fact);
  g_autofree char *text = presync_fact_describe (fact);

  if (reason == PRESYNC_UNKNOWN_NONE && presync_fact_get_value_type (fact) == PRESYNC_FACT_LIST)
    {
      g_free (text);
      text = g_strjoinv (" | ", (char **) presync_fact_get_list (fact));
    }
  if (reason == PRESYNC_UNKNOWN_NONE && presync_fact_get_value_type (fact) == PRESYNC_FACT_BOOLEAN)
    {
      g_free (text);
      text = g_strdup (presync_fact_get_boolean (fact) ? "yes" : "no");
    }
  if (reason == PRESYNC_UNKNOWN_NONE && presync_fact_get_value_type (fact) == PRESYNC_FACT_INTEGER)
    {
      g_free (text);
      text = g_strdup_printf ("%" G_GINT64_FORMAT, presync_fact_get_integer (fact));
    }
  if (reason == PRESYNC_UNKNOWN_NONE && presync_fact_get_value_type (fact) == PRESYNC_FACT_TIME)
    {
      g_free (text);
      text = g_date_time_format_iso8601 (presync_fact_get_time (fact));
    }
  printf ("%s" UNIT "%s" UNIT "%s%s" UNIT "%s\n", presync_fact_get_key (fact),
          presync_fact_get_subject (fact), reason == PRESYNC_UNKNOWN_NONE ? "=" : "?",
          reason == PRESYNC_UNKNOWN_NONE ? "" : presync_unknown_nick (reason), text);
}

static int
people_run (const PresyncDirectoryTarget *target, gboolean count)
{
  static const PresyncProbe probes[]
      = { PRESYNC_PROBE_TRACES,    PRESYNC_PROBE_PEOPLE,     PRESYNC_PROBE_SERVICES,
          PRESYNC_PROBE_CONNECTOR, PRESYNC_PROBE_FEDERATION, PRESYNC_PROBE_CONTROLLERS,
          PRESYNC_PROBE_COUNTS };
  guint n = G_N_ELEMENTS (probes) - (count ? 0 : 2);
  PresyncProbeSubjects subjects = { target->sync_server, target->accounts, target->federation };
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncForest) forest = NULL;
  g_autoptr (PresyncDirectory) directory
      = presync_directory_open_forest (target, NULL, NULL, NULL, &forest, NULL, &error);

  for (guint i = 0; directory != NULL && error == NULL && i < n; i++)
    {
      g_autoptr (GPtrArray) facts
          = presync_probe_run (probes[i], directory, forest, &subjects, NULL, NULL, NULL, &error);
      for (guint j = 0; facts != NULL && j < facts->len; j++)
        people_print_fact (facts->pdata[j]);
    }
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return error != NULL;
}

static void
people_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Search *search = user_data;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;
  g_autoptr (GPtrArray) found
      = presync_finder_search_finish (PRESYNC_FINDER (object), result, &more, &error);

  if (--search->pending == 0)
    g_main_loop_quit (search->loop);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      printf ("cancelled\n");
      return;
    }
  if (error != NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      search->status = 1;
      return;
    }
  for (guint i = 0; i < found->len; i++)
    {
      const PresyncPrincipal *principal = found->pdata[i];
      printf ("%s" UNIT "%s" UNIT "%s\n", principal->name == NULL ? "" : principal->name,
              principal->class, principal->dn);
    }
  if (more)
    printf ("more\n");
}

static int
people_find (const PresyncDirectoryTarget *target, char **texts, int kinds)
{
  g_autoptr (PresyncFinder) finder = presync_finder_new (target);
  Search search = { g_main_loop_new (NULL, FALSE), g_strv_length (texts), 0 };

  for (guint i = 0; texts[i] != NULL; i++)
    presync_finder_search_async (finder, texts[i], (PresyncFinderKind) kinds, NULL, people_found_cb,
                                 &search);
  g_main_loop_run (search.loop);
  g_main_loop_unref (search.loop);
  return search.status;
}

int
main (int argc, char **argv)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *password_file = NULL;
  g_auto (GStrv) accounts = NULL;
  g_auto (GStrv) find = NULL;
  g_autofree char *farm = NULL;
  gboolean count = FALSE;
  int kinds = PRESYNC_FIND_PERSONS;
  const GOptionEntry entries[] = {
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &target->ca_file, NULL, "PEM" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &target->name, NULL, "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, NULL, "FILE" },
    { "sync-server", 0, 0, G_OPTION_ARG_STRING, &target->sync_server, NULL, "NAME" },
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accounts, NULL, "ROLE=NAME" },
    { "federation-server", 0, 0, G_OPTION_ARG_STRING, &farm, "Several with commas", "NAME" },
    { "count", 0, 0, G_OPTION_ARG_NONE, &count, NULL, NULL },
    { "find", 0, 0, G_OPTION_ARG_STRING_ARRAY, &find, "The last counts", "TEXT" },
    { "kinds", 0, 0, G_OPTION_ARG_INT, &kinds, NULL, "BITS" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("URI | FILE.ldif");

  presync_ldap_prepare ();
  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    return 64;
  if (g_str_has_suffix (argv[1], ".ldif"))
    target->ldif = g_strdup (argv[1]);
  else if (!presync_directory_target_parse_uri (target, argv[1], &error))
    return 64;
  if (password_file != NULL)
    target->password = presync_secret_read_file (password_file, NULL);
  target->federation = presync_federation_new ();
  if (!presync_federation_set_names (target->federation, NULL, farm, NULL))
    return 64;
  target->accounts = presync_accounts_new ();
  for (guint i = 0; accounts != NULL && accounts[i] != NULL; i++)
    {
      g_autofree char *role = g_strndup (accounts[i], strcspn (accounts[i], "="));
      presync_accounts_set (target->accounts, role, accounts[i] + strlen (role) + 1);
    }
  return find != NULL ? people_find (target, find, kinds) : people_run (target, count);
}
