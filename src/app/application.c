/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/application.h"

#include "app/connection.h"
#include "app/network-settings.h"
#include "app/server-facts.h"
#include "app/settings.h"
#include "app/sql-settings.h"
#include "app/tenant-settings.h"
#include "app/window.h"

struct _PresyncApplication
{
  AdwApplication parent_instance;

  PresyncAssessment *assessment;
  char *page;
  PresyncTargetOptions *restore; /* nullable: what wins over the settings; of main() */
};

G_DEFINE_FINAL_TYPE (PresyncApplication, presync_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "win.check", { "<Control>r", "F5", NULL } },
  { "win.export", { "<Control>e", NULL, NULL } },
  { "win.new-connection", { "<Control>n", NULL, NULL } },
  { "win.search", { "<Control>f", NULL, NULL } },
  { "win.page::overview", { "<Alt>1", NULL, NULL } },
  { "win.page::cloud-sync", { "<Alt>2", NULL, NULL } },
  { "win.page::connect-sync", { "<Alt>3", NULL, NULL } },
  { "win.page::accounts", { "<Alt>4", NULL, NULL } },
  { "win.page::tenant", { "<Alt>5", NULL, NULL } },
  { "win.page::sql-server", { "<Alt>6", NULL, NULL } },
  { "win.page::sync-server", { "<Alt>7", NULL, NULL } },
  { "win.page::sources", { "<Alt>8", NULL, NULL } },
  { "win.shortcuts", { "<Control>question", NULL, NULL } },
  { "window.close", { "<Control>w", NULL, NULL } },
  { "app.quit", { "<Control>q", NULL, NULL } },
};

static void
presync_application_quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncApplication *self = user_data;
  GList *window = gtk_application_get_windows (GTK_APPLICATION (self));

  /* Closing, not quitting: the window saves its size and its connections end in order. */
  if (window != NULL)
    gtk_window_close (window->data);
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

/* The window is on screen before its page is made and anything is read. */
static gboolean
presync_application_begin_cb (gpointer user_data)
{
  PresyncApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  if (PRESYNC_IS_WINDOW (window))
    presync_window_show_page (PRESYNC_WINDOW (window),
                              self->page != NULL ? self->page : "overview");
  presync_connection_watch_sync_server (self->assessment);
  if (self->restore != NULL)
    {
      presync_settings_restore (self->assessment);
      presync_application_restore_sources (self);
      /* If it was the sample, that brought names of its own. */
      (void) presync_target_options_apply_plan (self->restore, self->assessment, NULL);
      if (PRESYNC_IS_WINDOW (window) && g_list_model_get_n_items (sources) > 0)
        presync_window_check (PRESYNC_WINDOW (window));
    }
  else if (PRESYNC_IS_WINDOW (window) && g_list_model_get_n_items (sources) > 0)
    {
      g_autoptr (PresyncDirectorySource) directory
          = presync_connection_get_directory (self->assessment);
      if (directory != NULL)
        presync_connection_take_live (PRESYNC_SOURCE (directory));
      presync_window_check (PRESYNC_WINDOW (window));
    }
  return G_SOURCE_REMOVE;
}

static void
presync_application_activate (GApplication *application)
{
  PresyncApplication *self = PRESYNC_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (presync_window_new (GTK_APPLICATION (self), self->assessment));
      g_idle_add_full (G_PRIORITY_LOW, presync_application_begin_cb, g_object_ref (self),
                       g_object_unref);
    }
  gtk_window_present (window);
}

static void
presync_application_shutdown (GApplication *application)
{
  PresyncApplication *self = PRESYNC_APPLICATION (application);

  presync_runner_cancel (presync_assessment_get_runner (self->assessment));
  presync_runner_close (presync_assessment_get_runner (self->assessment));

  G_APPLICATION_CLASS (presync_application_parent_class)->shutdown (application);
}

static void
presync_application_finalize (GObject *object)
{
  PresyncApplication *self = PRESYNC_APPLICATION (object);

  g_clear_object (&self->assessment);
  g_clear_pointer (&self->page, g_free);

  G_OBJECT_CLASS (presync_application_parent_class)->finalize (object);
}

static void
presync_application_class_init (PresyncApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = presync_application_finalize;
  application_class->startup = presync_application_startup;
  application_class->activate = presync_application_activate;
  application_class->shutdown = presync_application_shutdown;
}

static void
presync_application_init (PresyncApplication *self)
{
}

PresyncApplication *
presync_application_new (PresyncAssessment *assessment, const char *page,
                         PresyncTargetOptions *restore)
{
  /* Not unique: each start is an assessment of its own, with its own command line. */
  PresyncApplication *self
      = g_object_new (PRESYNC_TYPE_APPLICATION, "application-id", PRESYNC_APPLICATION_ID, "flags",
                      G_APPLICATION_NON_UNIQUE, "resource-base-path", PRESYNC_RESOURCE_BASE, NULL);

  self->assessment = g_object_ref (assessment);
  self->page = g_strdup (page);
  self->restore = restore;
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
