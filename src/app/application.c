/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "app/connection.h"
#include "app/message.h"
#include "app/network-settings.h"
#include "app/server-facts.h"
#include "app/settings.h"
#include "app/sql-settings.h"
#include "app/tenant-settings.h"
#include "app/window.h"
#include "base/error.h"

/* A share that does not answer must not hold up the start for longer. */
#define LAST_FILE_SECONDS 4

struct _PresyncApplication
{
  AdwApplication parent_instance;

  PresyncAssessment *assessment; /* of the first window */
  PresyncWindow *first;          /* weak: NULL once it is closed */
  char *page;
  PresyncTargetOptions *restore; /* nullable: what wins over the settings; of main() */
  char *last_file;               /* nullable: to go on with */
  guint last_file_timer;         /* 0: nobody looks for it, or it took too long */
  GPtrArray *files;              /* paths to open, until the first window is there */
  gboolean quitting;             /* windows are being closed one after the other */
};

G_DEFINE_FINAL_TYPE (PresyncApplication, presync_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "win.check", { "<Control>r", "F5", NULL } },
  { "win.export", { "<Control>e", NULL, NULL } },
  { "win.print", { "<Control>p", NULL, NULL } },
  { "win.new", { "<Control>n", NULL, NULL } },
  { "win.open", { "<Control>o", NULL, NULL } },
  { "win.save", { "<Control>s", NULL, NULL } },
  { "win.save-as", { "<Shift><Control>s", NULL, NULL } },
  { "win.new-connection", { "<Shift><Control>n", NULL, NULL } },
  { "win.search", { "<Control>f", NULL, NULL } },
  { "win.page::overview", { "<Alt>1", NULL, NULL } },
  { "win.page::cloud-sync", { "<Alt>2", NULL, NULL } },
  { "win.page::connect-sync", { "<Alt>3", NULL, NULL } },
  { "win.page::accounts", { "<Alt>4", NULL, NULL } },
  { "win.page::tenant", { "<Alt>5", NULL, NULL } },
  { "win.page::sql-server", { "<Alt>6", NULL, NULL } },
  { "win.page::sync-server", { "<Alt>7", NULL, NULL } },
  { "win.page::sources", { "<Alt>8", NULL, NULL } },
  { "win.page::history", { "<Alt>9", NULL, NULL } },
  { "win.shortcuts", { "<Control>question", NULL, NULL } },
  { "window.close", { "<Control>w", NULL, NULL } },
  { "app.quit", { "<Control>q", NULL, NULL } },
};

/* (transfer container) (element-type PresyncWindow): the one used last first */
static GPtrArray *
presync_application_list_windows (PresyncApplication *self)
{
  GPtrArray *windows = g_ptr_array_new ();

  for (GList *window = gtk_application_get_windows (GTK_APPLICATION (self)); window != NULL;
       window = window->next)
    {
      if (PRESYNC_IS_WINDOW (window->data))
        g_ptr_array_add (windows, window->data);
    }
  return windows;
}

/* Closing, not quitting: a window saves its size and its file, asks if something would be lost, and
 * its connections end in order. The one used last is the last, so that its file is gone on with. */
static gboolean
presync_application_close_next_cb (gpointer user_data)
{
  PresyncApplication *self = user_data;
  g_autoptr (GPtrArray) windows = presync_application_list_windows (self);

  if (self->quitting && windows->len > 0)
    gtk_window_close (g_ptr_array_index (windows, windows->len - 1));
  return G_SOURCE_REMOVE;
}

static void
presync_application_close_next (PresyncApplication *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, presync_application_close_next_cb, g_object_ref (self),
                   g_object_unref);
}

static void
presync_application_quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncApplication *self = user_data;

  self->quitting = TRUE;
  presync_application_close_next (self);
}

static void
presync_application_stays_cb (PresyncApplication *self)
{
  self->quitting = FALSE;
}

static void
presync_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  PresyncApplication *self = PRESYNC_APPLICATION (application);

  GTK_APPLICATION_CLASS (presync_application_parent_class)->window_removed (application, window);
  if (self->quitting)
    presync_application_close_next (self);
}

/* The session ends, or somebody asked from outside: nobody can be asked, but all is written. */
static gboolean
presync_application_terminated_cb (gpointer user_data)
{
  g_application_quit (G_APPLICATION (user_data));
  return G_SOURCE_CONTINUE;
}

static void
presync_application_startup (GApplication *application)
{
  static const GActionEntry actions[]
      = { { .name = "quit", .activate = presync_application_quit_cb } };

  G_APPLICATION_CLASS (presync_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           (const char *const *) shortcuts[i].accels);
  gtk_window_set_default_icon_name (PRESYNC_APPLICATION_ID);
  g_unix_signal_add (SIGTERM, presync_application_terminated_cb, application);
  g_unix_signal_add (SIGINT, presync_application_terminated_cb, application);
}

/* Facts file, SQL Server and tenant of the last time, unless the sample brought its own. */
static void
presync_application_restore_sources (PresyncApplication *self)
{
  if (presync_connection_is_sample (self->assessment))
    return;
  presync_server_facts_restore (self->assessment);
  presync_sql_settings_restore (self->assessment);
  presync_tenant_settings_restore (self->assessment);
  presync_network_settings_restore (self->assessment);
}

static PresyncWindow *
presync_application_add_window (PresyncApplication *self, PresyncAssessment *assessment)
{
  PresyncWindow *window = presync_window_new (GTK_APPLICATION (self), assessment);

  g_signal_connect_object (window, "stays", G_CALLBACK (presync_application_stays_cb), self,
                           G_CONNECT_SWAPPED);
  return window;
}

/* (transfer none): not on the screen yet; for an assessment that takes nothing but the edition from
 * those before it */
static PresyncWindow *
presync_application_make_window (PresyncApplication *self)
{
  g_autoptr (PresyncAssessment) assessment
      = presync_assessment_new (presync_assessment_get_catalogue (self->assessment));
  PresyncWindow *window = presync_application_add_window (self, assessment);

  presync_connection_keep_apart (assessment);
  presync_settings_restore_edition (assessment);
  presync_window_show_page (window, "overview");
  presync_connection_watch_sync_server (assessment);
  return window;
}

void
presync_application_new_window (PresyncApplication *self)
{
  g_return_if_fail (PRESYNC_IS_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (presync_application_make_window (self)));
}

/* (nullable) (transfer none): the window that has @path open */
static PresyncWindow *
presync_application_find (PresyncApplication *self, const char *path)
{
  g_autoptr (GPtrArray) windows = presync_application_list_windows (self);
  g_autoptr (GFile) wanted = g_file_new_for_path (path);

  for (guint i = 0; i < windows->len; i++)
    {
      const char *open = presync_window_get_path (g_ptr_array_index (windows, i));
      g_autoptr (GFile) file = open != NULL ? g_file_new_for_path (open) : NULL;

      if (file != NULL && g_file_equal (file, wanted))
        return g_ptr_array_index (windows, i);
    }
  return NULL;
}

gboolean
presync_application_is_open (PresyncApplication *self, PresyncWindow *except, const char *path)
{
  PresyncWindow *found = NULL;

  g_return_val_if_fail (PRESYNC_IS_APPLICATION (self), FALSE);

  found = presync_application_find (self, path);
  return found != NULL && found != except;
}

void
presync_application_open_file (PresyncApplication *self, PresyncWindow *window, const char *path)
{
  PresyncWindow *found = NULL;
  gboolean empty = FALSE;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PRESYNC_IS_APPLICATION (self));
  g_return_if_fail (PRESYNC_IS_WINDOW (window));

  found = presync_application_find (self, path);
  if (found != NULL)
    {
      gtk_window_present (GTK_WINDOW (found));
      return;
    }
  empty = presync_window_is_empty (window);
  found = empty ? window : presync_application_make_window (self);
  if (presync_window_open (found, path, &error))
    {
      gtk_window_present (GTK_WINDOW (found));
      return;
    }
  if (!empty)
    gtk_window_destroy (GTK_WINDOW (found));
  presync_message_show (GTK_WINDOW (window), _ ("Not opened"), error->message);
}

/* The files of the command line; the first one in the window that is there */
static void
presync_application_open_files (PresyncApplication *self, PresyncWindow *window)
{
  for (guint i = 0; i < self->files->len; i++)
    presync_application_open_file (self, window, g_ptr_array_index (self->files, i));
  g_ptr_array_set_size (self->files, 0);
}

/* A file that is gone is told in passing: nobody asked for it just now. */
static void
presync_application_go_on (PresyncApplication *self, PresyncWindow *window)
{
  g_autoptr (GError) error = NULL;

  if (presync_window_open (window, self->last_file, &error))
    return;
  /* What cannot be opened now may be another time. */
  if (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND)
      || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT))
    presync_settings_save_last_file (NULL);
  presync_settings_restore_plan (self->assessment);
  if (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", error->message);
  else
    presync_message_show (GTK_WINDOW (window), _ ("Not opened"), error->message);
}

/* What was used last, and what the command line says of it */
static void
presync_application_restore (PresyncApplication *self)
{
  presync_settings_restore (self->assessment);
  presync_application_restore_sources (self);
  /* If it was the sample, that brought names of its own. */
  (void) presync_target_options_apply_plan (self->restore, self->assessment, NULL);
}

/* The first page; if there is no file, what the settings or the command line say is read. */
static void
presync_application_begin (PresyncApplication *self, PresyncWindow *window)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  presync_window_show_page (window, self->page != NULL ? self->page : "overview");
  if (presync_connection_is_resting (self->assessment))
    return;

  if (self->restore != NULL)
    presync_application_restore (self);
  else
    {
      g_autoptr (PresyncDirectorySource) directory
          = presync_connection_get_directory (self->assessment);

      if (directory != NULL)
        presync_connection_take_live (PRESYNC_SOURCE (directory));
    }
  if (g_list_model_get_n_items (sources) > 0)
    presync_window_check (window);
}

/* Meanwhile the person may have begun something else in the window, or have closed it. */
static void
presync_application_end_look (PresyncApplication *self, gboolean answered)
{
  PresyncWindow *window = self->first;
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->last_file_timer, g_source_remove);
  if (window == NULL)
    return;
  if (!presync_window_is_empty (window))
    {
      presync_window_show_page (window, "overview");
      return;
    }
  if (answered)
    presync_application_go_on (self, window);
  else
    presync_settings_restore_plan (self->assessment);
  presync_application_begin (self, window);
  if (answered)
    return;
  /* TRANSLATORS: %s is a file with its folder */
  text = g_strdup_printf (_ ("%s cannot be reached now. It stays among the recent assessments."),
                          self->last_file);
  presync_message_show (GTK_WINDOW (window), _ ("Not opened"), text);
}

static void
presync_application_looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncApplication) self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, NULL);

  /* Whatever is wrong with it, opening it tells: it does not hang. */
  if (self->last_file_timer != 0)
    presync_application_end_look (self, TRUE);
}

static gboolean
presync_application_look_late_cb (gpointer user_data)
{
  PresyncApplication *self = user_data;

  presync_application_end_look (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* The first touch of the file is another thread's. */
static void
presync_application_look_for_last (PresyncApplication *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->last_file);

  self->last_file_timer
      = g_timeout_add_seconds (LAST_FILE_SECONDS, presync_application_look_late_cb, self);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, presync_application_looked_cb,
                           g_object_ref (self));
}

/* The window is on screen before its page is made and anything is read. */
static gboolean
presync_application_begin_cb (gpointer user_data)
{
  PresyncApplication *self = user_data;
  PresyncWindow *window = self->first;

  /* It was closed at once. */
  if (window == NULL)
    return G_SOURCE_REMOVE;
  presync_connection_watch_sync_server (self->assessment);
  if (self->files->len == 0 && self->last_file != NULL)
    {
      presync_application_look_for_last (self);
      return G_SOURCE_REMOVE;
    }
  if (self->files->len > 0)
    {
      presync_connection_keep_apart (self->assessment);
      presync_application_open_files (self, window);
    }
  presync_application_begin (self, window);
  return G_SOURCE_REMOVE;
}

static void
presync_application_activate (GApplication *application)
{
  PresyncApplication *self = PRESYNC_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      g_set_weak_pointer (&self->first, presync_application_add_window (self, self->assessment));
      window = GTK_WINDOW (self->first);
      g_idle_add_full (G_PRIORITY_LOW, presync_application_begin_cb, g_object_ref (self),
                       g_object_unref);
    }
  gtk_window_present (window);
}

static void
presync_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  PresyncApplication *self = PRESYNC_APPLICATION (application);

  for (int i = 0; i < n_files; i++)
    {
      char *path = g_file_get_path (files[i]);

      /* What is on no path of this computer cannot be opened, and its name says so. */
      g_ptr_array_add (self->files, path != NULL ? path : g_file_get_uri (files[i]));
    }
  g_application_activate (application);
}

static void
presync_application_shutdown (GApplication *application)
{
  g_autoptr (GPtrArray) windows
      = presync_application_list_windows (PRESYNC_APPLICATION (application));

  g_ptr_array_foreach (windows, (GFunc) (GCallback) presync_window_end, NULL);

  G_APPLICATION_CLASS (presync_application_parent_class)->shutdown (application);
}

static void
presync_application_finalize (GObject *object)
{
  PresyncApplication *self = PRESYNC_APPLICATION (object);

  g_clear_handle_id (&self->last_file_timer, g_source_remove);
  g_clear_weak_pointer (&self->first);
  g_clear_object (&self->assessment);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->last_file, g_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);

  G_OBJECT_CLASS (presync_application_parent_class)->finalize (object);
}

static void
presync_application_class_init (PresyncApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = presync_application_finalize;
  application_class->startup = presync_application_startup;
  application_class->activate = presync_application_activate;
  application_class->open = presync_application_open;
  application_class->shutdown = presync_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = presync_application_window_removed;
}

static void
presync_application_init (PresyncApplication *self)
{
  self->files = g_ptr_array_new_with_free_func (g_free);
}

PresyncApplication *
presync_application_new (PresyncAssessment *assessment, const char *page,
                         PresyncTargetOptions *restore, const char *last_file)
{
  /* Not unique: each start is a process of its own, with its own command line. */
  PresyncApplication *self
      = g_object_new (PRESYNC_TYPE_APPLICATION, "application-id", PRESYNC_APPLICATION_ID, "flags",
                      G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                      PRESYNC_RESOURCE_BASE, NULL);

  self->assessment = g_object_ref (assessment);
  self->page = g_strdup (page);
  self->restore = last_file == NULL ? restore : NULL;
  self->last_file = g_strdup (last_file);
  return self;
}

static gpointer
presync_application_load_symbols_thread (gpointer data)
{
  g_autoptr (GtkIconTheme) theme = data;

  /* Any question makes the theme read its folders; asking is allowed from any thread. */
  (void) gtk_icon_theme_has_icon (theme, PRESYNC_APPLICATION_ID);
  return NULL;
}

void
presync_application_load_symbols (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  gtk_icon_theme_add_resource_path (theme, PRESYNC_RESOURCE_BASE "/symbols");
  g_thread_unref (g_thread_new ("presync-symbols", presync_application_load_symbols_thread,
                                g_object_ref (theme)));
}
