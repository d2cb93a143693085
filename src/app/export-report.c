/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-report.h"

#include <glib/gi18n.h>

#include "app/form.h"
#include "app/message.h"
#include "app/settings.h"
#include "report/report.h"

/* What an export needs once the file is chosen; an object, so that the chooser keeps it alive. */
#define PRESYNC_TYPE_EXPORT (presync_export_get_type ())
G_DECLARE_FINAL_TYPE (PresyncExport, presync_export, PRESYNC, EXPORT, GObject)

struct _PresyncExport
{
  GObject parent_instance;

  GtkWindow *parent;
  PresyncAssessment *assessment;
  AdwToastOverlay *toasts;
  char *path; /* of the report that was written */
};

G_DEFINE_FINAL_TYPE (PresyncExport, presync_export, G_TYPE_OBJECT)

static void
presync_export_dispose (GObject *object)
{
  PresyncExport *self = PRESYNC_EXPORT (object);

  g_clear_object (&self->parent);
  g_clear_object (&self->assessment);
  g_clear_object (&self->toasts);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (presync_export_parent_class)->dispose (object);
}

static void
presync_export_class_init (PresyncExportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_export_dispose;
}

static void
presync_export_init (PresyncExport *self)
{
}

/* The sheet size of the person's country */
static PresyncPaper
presync_export_get_paper (void)
{
  return g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER) ? PRESYNC_PAPER_LETTER
                                                                            : PRESYNC_PAPER_A4;
}

static void
presync_export_open_cb (AdwToast *toast, PresyncExport *self)
{
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (self->parent, uri, GDK_CURRENT_TIME);
}

static void
presync_export_unref_cb (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

static void
presync_export_tell (PresyncExport *self)
{
  AdwToast *toast = adw_toast_new (_ ("Report saved"));

  adw_toast_set_button_label (toast, _ ("_Open"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (presync_export_open_cb),
                         g_object_ref (self), presync_export_unref_cb, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
presync_export_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncExport) self = PRESYNC_EXPORT (user_data);
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (!presync_report_write_pdf_finish (PRESYNC_ASSESSMENT (object), result, &error))
    {
      presync_message_show (self->parent, _ ("The report could not be saved"), error->message);
      return;
    }
  if (g_utf8_validate (folder, -1, NULL))
    g_settings_set_string (settings, "report-folder", folder);
  presync_export_tell (self);
}

static void
presync_export_chosen_cb (const char *path, gpointer user_data)
{
  PresyncExport *self = PRESYNC_EXPORT (user_data);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_free (self->path);
  self->path = g_strdup (path);
  presync_report_write_pdf_async (self->assessment, path, presync_export_get_paper (), now, NULL,
                                  presync_export_written_cb, g_object_ref (self));
}

/* "Presync contoso.com 2026-11-23.pdf" */
static char *
presync_export_dup_suggestion (PresyncAssessment *assessment)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  const char *name = presync_assessment_get_name (assessment);
  char *suggestion = *name != '\0' ? g_strdup_printf ("Presync %s %s.pdf", name, date)
                                   : g_strdup_printf ("Presync %s.pdf", date);

  /* A name is the directory's or the person's own words; no folder must come of it. */
  return g_strdelimit (suggestion, "/\\:*?\"<>|", '-');
}

void
presync_export_report (GtkWindow *parent, PresyncAssessment *assessment, AdwToastOverlay *toasts)
{
  g_autoptr (PresyncExport) self = NULL;
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *last = g_settings_get_string (settings, "report-folder");
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  const char *folder = *last != '\0' ? last : documents;
  g_autofree char *suggestion = NULL;
  const char *patterns[] = { "*.pdf", NULL };

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));

  self = g_object_new (PRESYNC_TYPE_EXPORT, NULL);
  self->parent = g_object_ref (parent);
  self->assessment = g_object_ref (assessment);
  self->toasts = g_object_ref (toasts);
  suggestion = presync_export_dup_suggestion (assessment);
  presync_form_choose_file (parent, _ ("Export Report"), _ ("PDF documents"), patterns, suggestion,
                            folder != NULL ? folder : g_get_home_dir (), presync_export_chosen_cb,
                            G_OBJECT (self));
}
