/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drag-files FILE…: a small window to drag files from, as a file manager's is. Ends with the drag.
 */
#include <gtk/gtk.h>

static GdkContentProvider *
drag_files_prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  char **paths = user_data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  GdkFileList *list;
  GdkContentProvider *provider;

  for (char **path = paths; *path != NULL; path++)
    g_ptr_array_add (files, g_file_new_for_path (*path));
  list = gdk_file_list_new_from_array ((GFile **) files->pdata, files->len);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

static void
drag_files_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer user_data)
{
  g_main_loop_quit (user_data);
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GtkWidget *window;
  GtkWidget *label;
  GtkDragSource *source;

  gtk_init ();
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), "Drag from here");
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  label = gtk_label_new ("Drag from here");
  gtk_widget_set_size_request (label, 160, 80);
  source = gtk_drag_source_new ();
  g_signal_connect (source, "prepare", G_CALLBACK (drag_files_prepare_cb), argv + 1);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_files_end_cb), loop);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (loop);
  return argc > 1 ? 0 : 64;
}
