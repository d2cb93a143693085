/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start-page.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/recent-files.h"
#include "app/relative-time.h"
#include "app/split-layout.h"

/* More would push what comes first out of view. */
#define MAX_RECENT 5

/* Kept with a row: the file it stands for */
#define ROW_PATH "presync-path"
#define ROW_URI "presync-uri"

struct _PresyncStartPage
{
  AdwBin parent_instance;

  GtkWidget *begin;
  GtkWidget *recent_box;
  GtkListBox *recent;

  GCancellable *cancellable; /* who looks whether the files are still there; nullable */
};

G_DEFINE_FINAL_TYPE (PresyncStartPage, presync_start_page, ADW_TYPE_BIN)

/* (transfer full): "~/Documents" for people */
static char *
presync_start_page_dup_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (folder);
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (g_str_has_prefix (folder, home) && (folder[length] == '/' || folder[length] == '\0'))
    return g_strconcat ("~", shown + length, NULL);
  return g_steal_pointer (&shown);
}

static void
presync_start_page_say (AdwActionRow *row, const char *subtitle)
{
  g_autofree char *name = g_strdup_printf (
      "%s, %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), subtitle);

  adw_action_row_set_subtitle (row, subtitle);
  presync_accessible_set_label (GTK_WIDGET (row), name);
}

static void
presync_start_page_looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwActionRow) row = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  g_autofree char *folder = NULL;
  g_autofree char *subtitle = NULL;

  /* What cannot be looked at for another reason is told when it is opened. */
  if (info != NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return;
  folder = presync_start_page_dup_folder (g_object_get_data (G_OBJECT (row), ROW_PATH));
  /* TRANSLATORS: of a file; %s is a folder, such as ~/Documents */
  subtitle = g_strdup_printf (_ ("No longer in %s"), folder);
  presync_start_page_say (row, subtitle);
  gtk_widget_add_css_class (GTK_WIDGET (row), "gone");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
}

static void
presync_start_page_remove_cb (GtkButton *button, AdwActionRow *row)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (row), PRESYNC_TYPE_START_PAGE);

  /* The row goes with it: the focus has a place to stay. */
  if (page != NULL)
    gtk_widget_grab_focus (PRESYNC_START_PAGE (page)->begin);
  presync_recent_files_remove (g_object_get_data (G_OBJECT (row), ROW_URI));
}

static GtkWidget *
presync_start_page_new_remove_button (AdwActionRow *row, const char *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* TRANSLATORS: %s is a file */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s from the list"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _ ("Remove from the list"));
  presync_accessible_set_label (button, label);
  g_signal_connect (button, "clicked", G_CALLBACK (presync_start_page_remove_cb), row);
  return button;
}

static GtkWidget *
presync_start_page_new_row (PresyncStartPage *self, GtkRecentInfo *info, const char *path)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *title = presync_recent_files_dup_title (info);
  g_autofree char *folder = presync_start_page_dup_folder (path);
  g_autofree char *ago = presync_relative_time_text_now (gtk_recent_info_get_modified (info));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", folder, ago);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (row, 1);
  adw_action_row_add_prefix (row, presync_accessible_new_ornament ("presync-assessment-symbolic"));
  adw_action_row_add_suffix (row, presync_start_page_new_remove_button (row, title));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  presync_start_page_say (row, subtitle);
  g_object_set_data_full (G_OBJECT (row), ROW_PATH, g_strdup (path), g_free);
  g_object_set_data_full (G_OBJECT (row), ROW_URI, g_strdup (gtk_recent_info_get_uri (info)),
                          g_free);
  /* A share that does not answer must not hold up the window. */
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_LOW, self->cancellable, presync_start_page_looked_cb,
                           g_object_ref (row));
  return GTK_WIDGET (row);
}

static void
presync_start_page_update (PresyncStartPage *self)
{
  g_autoptr (GPtrArray) files = NULL;
  GtkWidget *child = NULL;
  guint shown = 0;

  /* Nobody sees it: it is made anew when somebody does. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent))) != NULL)
    gtk_list_box_remove (self->recent, child);

  files = presync_recent_files_list (MAX_RECENT);
  for (guint i = 0; i < files->len; i++)
    {
      GtkRecentInfo *info = g_ptr_array_index (files, i);
      g_autofree char *path = presync_recent_files_dup_path (info);

      if (path == NULL)
        continue;
      gtk_list_box_append (self->recent, presync_start_page_new_row (self, info, path));
      shown++;
    }
  gtk_widget_set_visible (self->recent_box, shown > 0);
}

static void
presync_start_page_activated_cb (PresyncStartPage *self, GtkListBoxRow *row)
{
  const char *uri = g_object_get_data (G_OBJECT (row), ROW_URI);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-file", "s", uri);
}

/* Who begins is led to the first step. */
static void
presync_start_page_map (GtkWidget *widget)
{
  PresyncStartPage *self = PRESYNC_START_PAGE (widget);

  GTK_WIDGET_CLASS (presync_start_page_parent_class)->map (widget);
  presync_start_page_update (self);
  gtk_widget_grab_focus (self->begin);
}

static void
presync_start_page_dispose (GObject *object)
{
  PresyncStartPage *self = PRESYNC_START_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_START_PAGE);

  G_OBJECT_CLASS (presync_start_page_parent_class)->dispose (object);
}

static void
presync_start_page_class_init (PresyncStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_start_page_dispose;
  widget_class->map = presync_start_page_map;

  g_type_ensure (PRESYNC_TYPE_SPLIT_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncStartPage, begin);
  gtk_widget_class_bind_template_child (widget_class, PresyncStartPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, PresyncStartPage, recent);
  gtk_widget_class_bind_template_callback (widget_class, presync_start_page_activated_cb);
}

static void
presync_start_page_init (PresyncStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (presync_start_page_update), self, G_CONNECT_SWAPPED);
}
