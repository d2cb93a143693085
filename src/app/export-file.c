/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-file.h"

#include <glib/gi18n.h>

#include "app/settings.h"

/* Where the file chooser starts */
#define FOLDER_KEY "report-folder"

/* What "Open" needs as long as the toast is shown */
typedef struct
{
  GtkWindow *parent;
  char *path;
} WrittenFile;

static void
presync_export_file_free_cb (gpointer data, GClosure *closure)
{
  WrittenFile *file = data;

  g_object_unref (file->parent);
  g_free (file->path);
  g_free (file);
}

char *
presync_export_file_dup_name (PresyncAssessment *assessment, const char *ending)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  const char *name = NULL;
  char *suggestion = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  name = presync_assessment_get_name (assessment);
  if (ending == NULL)
    ending = "";
  suggestion = *name != '\0' ? g_strdup_printf ("Presync %s %s%s", name, date, ending)
                             : g_strdup_printf ("Presync %s%s", date, ending);

  /* A name is the directory's or the person's own words; no folder must come of it. */
  return g_strdelimit (suggestion, "/\\:*?\"<>|", '-');
}

void
presync_export_file_choose (GtkWindow *parent, PresyncAssessment *assessment, const char *title,
                            const char *filter_name, const char *ending, PresyncFileFunc func,
                            GObject *object)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *last = g_settings_get_string (settings, FOLDER_KEY);
  g_autofree char *suggestion = presync_export_file_dup_name (assessment, ending);
  g_autofree char *pattern = g_strconcat ("*", ending, NULL);
  const char *patterns[] = { pattern, NULL };
  const char *folder = *last != '\0' ? last : g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  presync_form_choose_file (parent, title, filter_name, patterns, suggestion,
                            folder != NULL ? folder : g_get_home_dir (), func, object);
}

static void
presync_export_file_open_cb (AdwToast *toast, WrittenFile *file)
{
  g_autofree char *uri = g_filename_to_uri (file->path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (file->parent, uri, GDK_CURRENT_TIME);
}

void
presync_export_file_written (GtkWindow *parent, AdwToastOverlay *toasts, const char *text,
                             const char *path)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *folder = NULL;
  AdwToast *toast = NULL;
  WrittenFile *file = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));
  g_return_if_fail (path != NULL);

  folder = g_path_get_dirname (path);
  if (g_utf8_validate (folder, -1, NULL))
    g_settings_set_string (settings, FOLDER_KEY, folder);

  file = g_new0 (WrittenFile, 1);
  file->parent = g_object_ref (parent);
  file->path = g_strdup (path);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Open"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (presync_export_file_open_cb), file,
                         presync_export_file_free_cb, 0);
  adw_toast_overlay_add_toast (toasts, toast);
}
