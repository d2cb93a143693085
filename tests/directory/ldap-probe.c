/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ldap-probe URI: drives the directory source from a script and tells what it does, one line each:
 *
 *   stage ID STATE TEXT | state N MESSAGE | fact KEY SUBJECT VALUE | certificate FINGERPRINT
 *   end ok|DOMAIN CODE MESSAGE · elapsed MS · peak memory KB · emitted N known M complete C
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gio/gio.h>

#include "base/error.h"
#include "sources/directory/certificate.h"
#include "sources/directory/directory-source.h"
#include "sources/directory/ldap-connection.h"

typedef struct
{
  GMainLoop *loop;
  PresyncDirectorySource *source;
  PresyncDirectory *directory;
  gint64 start;
  gint64 cancelled;
  int watch;
  int stay;
  char **renames; /* MS:ID=NAME */
  gboolean quiet;
  guint n_facts;
  guint n_known;
  guint n_complete;
  int status;
} Probe;

static long
probe_elapsed (Probe *self)
{
  return (long) ((g_get_monotonic_time () - self->start) / 1000);
}

static long
probe_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, "VmHWM:");
  return line != NULL ? strtol (line + strlen ("VmHWM:"), NULL, 10) : 0;
}

static void
probe_say_end (Probe *self, const GError *error)
{
  if (error == NULL)
    printf ("%6ld end ok", probe_elapsed (self));
  else
    printf ("%6ld end %s %d %s", probe_elapsed (self),
            error->domain == PRESYNC_ERROR ? "presync" : g_quark_to_string (error->domain),
            error->code, error->message);
  if (self->cancelled > 0)
    printf (" · %ld ms after the cancel",
            (long) ((g_get_monotonic_time () - self->cancelled) / 1000));
  printf (" · %ld KB · facts %u known %u complete %u\n", probe_peak (), self->n_facts,
          self->n_known, self->n_complete);
  fflush (stdout);
}

static void
probe_facts_cb (PresyncSource *source, GPtrArray *facts, Probe *self)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *text = presync_fact_describe (fact);
      gboolean known = presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE;
      gboolean complete = presync_origin_get_complete (presync_fact_get_origin (fact));

      self->n_facts++;
      self->n_known += known;
      self->n_complete += complete;
      if (!self->quiet)
        printf ("%6ld fact %s [%s] %s%s%s\n", probe_elapsed (self), presync_fact_get_key (fact),
                presync_fact_get_subject (fact), known ? "= " : "? ", text,
                complete ? "" : " (partial)");
    }
  fflush (stdout);
}

static void
probe_state_cb (PresyncSource *source, GParamSpec *pspec, Probe *self)
{
  const char *message = presync_source_get_message (source);

  if (!self->quiet)
    printf ("%6ld state %u %s\n", probe_elapsed (self), presync_source_get_state (source),
            message != NULL ? message : "");
  fflush (stdout);
}

static void
probe_stage_cb (PresyncStage *stage, GParamSpec *pspec, Probe *self)
{
  const char *text = presync_stage_get_text (stage);

  if (!self->quiet)
    printf ("%6ld stage %s %u %s\n", probe_elapsed (self), presync_stage_get_id (stage),
            presync_stage_get_state (stage), text != NULL ? text : "");
}

static void
probe_certificate_cb (PresyncDirectorySource *source, GParamSpec *pspec, Probe *self)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *sum = NULL;

  g_object_get (source, "certificate", &certificate, NULL);
  if (certificate != NULL)
    sum = presync_certificate_dup_fingerprint (certificate);
  if (!self->quiet && sum != NULL)
    printf ("%6ld certificate %s\n", probe_elapsed (self), sum);
}

static gboolean
probe_quit_cb (gpointer user_data)
{
  Probe *self = user_data;

  presync_source_close (PRESYNC_SOURCE (self->source));
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
probe_threads_cb (gpointer user_data)
{
  Probe *self = user_data;
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *id;

  while (tasks != NULL && (id = g_dir_read_name (tasks)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL);
      g_autofree char *name = NULL;
      if (g_file_get_contents (path, &name, NULL, NULL))
        g_string_append_printf (names, " %s", g_strchomp (name));
    }
  printf ("%6ld threads%s\n", probe_elapsed (self), names->str);
  return probe_quit_cb (self);
}

/* Takes "ID=NAME" into @accounts. */
static void
probe_set_account (PresyncAccounts *accounts, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);

  presync_accounts_set (accounts, parts[0], parts[1]);
}

static gboolean
probe_rename_cb (gpointer user_data)
{
  PresyncDirectorySource *source = g_object_get_data (G_OBJECT (user_data), "source");
  const char *text = g_object_get_data (G_OBJECT (user_data), "text");
  Probe *self = g_object_get_data (G_OBJECT (user_data), "probe");
  const PresyncAccounts *old = presync_directory_source_get_target (source)->accounts;
  g_autoptr (PresyncAccounts) accounts
      = old != NULL ? presync_accounts_copy (old) : presync_accounts_new ();

  printf ("%6ld rename %s\n", probe_elapsed (self), text);
  fflush (stdout);
  probe_set_account (accounts, text);
  presync_directory_source_set_accounts (source, accounts);
  return G_SOURCE_REMOVE;
}

/* Names an account some milliseconds after the check has begun (or, with "+", has ended). */
static void
probe_plan_renames (Probe *self, gboolean ended)
{
  for (guint i = 0; self->renames != NULL && self->renames[i] != NULL; i++)
    {
      const char *text = self->renames[i];
      g_autoptr (GObject) data = g_object_new (G_TYPE_OBJECT, NULL);

      if ((*text == '+') != ended)
        continue;
      g_object_set_data (data, "source", self->source);
      g_object_set_data (data, "probe", self);
      g_object_set_data_full (data, "text", g_strdup (strchr (text, ':') + 1), g_free);
      g_timeout_add_full (G_PRIORITY_DEFAULT,
                          (guint) g_ascii_strtoull (*text == '+' ? text + 1 : text, NULL, 10),
                          probe_rename_cb, g_object_ref (data), g_object_unref);
    }
}

static void
probe_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Probe *self = user_data;
  g_autoptr (GError) error = NULL;

  presync_source_check_finish (PRESYNC_SOURCE (object), result, &error);
  probe_say_end (self, error);
  self->status = error != NULL;
  probe_plan_renames (self, TRUE);
  if (self->cancelled > 0)
    /* Long enough for what was left behind to be gone */
    g_timeout_add (250, probe_threads_cb, self);
  else if (error == NULL && self->stay + self->watch > 0)
    g_timeout_add_seconds ((guint) MAX (self->stay, self->watch), probe_quit_cb, self);
  else
    probe_quit_cb (self);
}

static gboolean
probe_cancel_cb (gpointer user_data)
{
  Probe *self = user_data;
  GCancellable *cancellable = g_object_get_data (G_OBJECT (self->source), "cancellable");

  self->cancelled = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
probe_count_cb (const PresyncEntry *entry, gpointer user_data)
{
  guint *n = user_data;

  (*n)++;
  return TRUE;
}

/* One search without probes, on this thread: base, filter, attribute. */
static int
probe_search (Probe *self, const PresyncDirectoryTarget *target, char **search)
{
  const char *attributes[] = { search[2], NULL };
  PresyncQuery query = { search[0], PRESYNC_SCOPE_SUBTREE, search[1], attributes, 0, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  gboolean complete = FALSE;
  guint n = 0;
  g_autoptr (PresyncDirectory) directory
      = presync_directory_open (target, NULL, NULL, &certificate, NULL, &error);

  if (directory != NULL)
    {
      presync_directory_search (directory, &query, probe_count_cb, &n, &complete, NULL, &error);
      printf ("%6ld search %u entries, %s%s%s\n", probe_elapsed (self), n,
              complete ? "complete" : "NOT complete",
              presync_directory_get_partial_reason (directory) != NULL ? ": " : "",
              presync_directory_get_partial_reason (directory) != NULL
                  ? presync_directory_get_partial_reason (directory)
                  : "");
    }
  probe_say_end (self, error);
  return error != NULL;
}

static void
probe_run (Probe *self, const PresyncDirectoryTarget *target, gboolean test_only, int cancel_after)
{
  GListModel *stages;

  self->source = presync_directory_source_new (target);
  self->loop = g_main_loop_new (NULL, FALSE);
  stages = presync_source_get_stages (PRESYNC_SOURCE (self->source));
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      g_signal_connect (stage, "notify::state", G_CALLBACK (probe_stage_cb), self);
    }
  g_signal_connect (self->source, "facts", G_CALLBACK (probe_facts_cb), self);
  g_signal_connect (self->source, "notify::state", G_CALLBACK (probe_state_cb), self);
  g_signal_connect (self->source, "notify::certificate", G_CALLBACK (probe_certificate_cb), self);
  g_object_set_data_full (G_OBJECT (self->source), "cancellable", g_cancellable_new (),
                          g_object_unref);
  if (cancel_after > 0)
    g_timeout_add ((guint) cancel_after, probe_cancel_cb, self);
  presync_source_set_live (PRESYNC_SOURCE (self->source), self->watch > 0);
  presync_source_check_async (PRESYNC_SOURCE (self->source), test_only,
                              g_object_get_data (G_OBJECT (self->source), "cancellable"),
                              probe_checked_cb, self);
  probe_plan_renames (self, FALSE);
  g_main_loop_run (self->loop);
  g_main_loop_unref (self->loop);
  g_object_unref (self->source);
}

int
main (int argc, char **argv)
{
  Probe self = { 0 };
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *password_file = NULL;
  g_auto (GStrv) search = NULL;
  g_auto (GStrv) accounts = NULL;
  gboolean kerberos = FALSE, starttls = FALSE, test_only = FALSE;
  int cancel_after = 0;
  const GOptionEntry entries[] = {
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &target->ca_file, NULL, "PEM" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &target->name, NULL, "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file, NULL, "FILE" },
    { "sync-server", 0, 0, G_OPTION_ARG_STRING, &target->sync_server, NULL, "NAME" },
    { "starttls", 0, 0, G_OPTION_ARG_NONE, &starttls, NULL, NULL },
    { "kerberos", 0, 0, G_OPTION_ARG_NONE, &kerberos, NULL, NULL },
    { "test", 0, 0, G_OPTION_ARG_NONE, &test_only, "Only test the connection", NULL },
    { "watch", 0, 0, G_OPTION_ARG_INT, &self.watch, "Follow changes", "SECONDS" },
    { "stay", 0, 0, G_OPTION_ARG_INT, &self.stay, "Stay, but follow nothing", "SECONDS" },
    { "account", 0, 0, G_OPTION_ARG_STRING_ARRAY, &accounts, NULL, "ID=NAME" },
    { "rename", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self.renames,
      "After the check has begun (+: has ended)", "[+]MS:ID=NAME" },
    { "cancel-after", 0, 0, G_OPTION_ARG_INT, &cancel_after, NULL, "MS" },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &self.quiet, "Only the end", NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING_ARRAY, &search, "BASE, FILTER, ATTRIBUTE: thrice", "X" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("URI | FILE.ldif");

  presync_ldap_prepare ();
  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 64;
    }
  self.start = g_get_monotonic_time ();
  if (argc != 2)
    return 64;
  if (g_str_has_suffix (argv[1], ".ldif"))
    target->ldif = g_strdup (argv[1]);
  else if (!presync_directory_target_parse_uri (target, argv[1], &error))
    {
      probe_say_end (&self, error);
      return 1;
    }
  target->accounts = presync_accounts_new ();
  for (guint i = 0; accounts != NULL && accounts[i] != NULL; i++)
    probe_set_account (target->accounts, accounts[i]);
  target->starttls = starttls;
  target->sign_in = kerberos ? PRESYNC_SIGN_IN_KERBEROS : PRESYNC_SIGN_IN_PASSWORD;
  if (password_file != NULL)
    {
      target->password = presync_secret_read_file (password_file, &error);
      if (target->password == NULL)
        {
          probe_say_end (&self, error);
          return 1;
        }
    }
  if (search != NULL && g_strv_length (search) == 3)
    return probe_search (&self, target, search);
  probe_run (&self, target, test_only, cancel_after);
  g_strfreev (self.renames);
  return self.status;
}
