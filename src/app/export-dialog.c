/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-dialog.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/export-file.h"
#include "app/export-form.h"
#include "app/export-options.h"
#include "app/export-preview.h"
#include "app/message.h"
#include "app/print-report.h"

struct _PresyncExportDialog
{
  AdwWindow parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *cancel;
  GtkWidget *back;
  GtkWidget *show_preview;
  GtkWidget *wide_save;
  GtkWidget *wide_print;
  GtkWidget *narrow_bar;
  GtkWidget *narrow_save;
  GtkWidget *narrow_print;
  PresyncExportForm *form;
  PresyncExportPreview *preview;

  PresyncAssessment *assessment;
  AdwToastOverlay *toasts; /* of the parent */
  GCancellable *cancellable;
  char *path; /* of the report that is being written */
};

G_DEFINE_FINAL_TYPE (PresyncExportDialog, presync_export_dialog, ADW_TYPE_WINDOW)

/* Layout */

/* Narrow, the buttons stand at the foot, and the head leads from form to preview and back. */
static void
presync_export_dialog_update (PresyncExportDialog *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  gboolean previewed
      = folded && adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->preview);

  gtk_widget_set_visible (self->cancel, !previewed);
  gtk_widget_set_visible (self->back, previewed);
  gtk_widget_set_visible (self->show_preview, folded && !previewed);
  gtk_widget_set_visible (self->wide_save, !folded);
  gtk_widget_set_visible (self->wide_print, !folded);
  gtk_widget_set_visible (self->narrow_bar, folded);
}

static void
presync_export_dialog_preview (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncExportDialog *self = PRESYNC_EXPORT_DIALOG (widget);

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->preview));
  gtk_widget_child_focus (GTK_WIDGET (self->preview), GTK_DIR_TAB_FORWARD);
}

static void
presync_export_dialog_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncExportDialog *self = PRESYNC_EXPORT_DIALOG (widget);

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->form));
  gtk_widget_grab_focus (self->show_preview);
}

static void
presync_export_dialog_turn (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_export_preview_turn (PRESYNC_EXPORT_DIALOG (widget)->preview,
                               g_variant_get_int32 (parameter));
}

static void
presync_export_dialog_cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

/* Options */

static void
presync_export_dialog_options_cb (PresyncExportDialog *self)
{
  g_autoptr (PresyncReportOptions) options = presync_export_form_dup_options (self->form);

  presync_export_preview_set_options (self->preview, options);
}

static void
presync_export_dialog_problem_cb (PresyncExportDialog *self)
{
  presync_export_form_set_problem (self->form, presync_export_preview_get_problem (self->preview));
}

/* Saving */

static void
presync_export_dialog_set_busy (PresyncExportDialog *self, gboolean busy)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save", !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.print", !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !busy);
}

/* Closing the dialog cancels what is being written: then nobody wants to hear of it. */
static void
presync_export_dialog_fail (PresyncExportDialog *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  presync_export_dialog_set_busy (self, FALSE);
  presync_message_show (GTK_WINDOW (self), _ ("The report could not be saved"), error->message);
}

static void
presync_export_dialog_saved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!presync_report_save_pdf_finish (PRESYNC_REPORT (object), result, &error))
    {
      presync_export_dialog_fail (self, error);
      return;
    }
  if (self->toasts != NULL && parent != NULL)
    presync_export_file_written (parent, self->toasts, _ ("Report saved"), self->path);
  gtk_window_close (GTK_WINDOW (self));
}

static void
presync_export_dialog_made_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncReport) report = presync_report_new_finish (result, &error);

  if (report == NULL)
    presync_export_dialog_fail (self, error);
  else
    presync_report_save_pdf_async (report, self->path, self->cancellable,
                                   presync_export_dialog_saved_cb, g_object_ref (self));
}

/* A report of its own: the one of the preview is drawn meanwhile. */
static void
presync_export_dialog_chosen_cb (const char *path, gpointer user_data)
{
  PresyncExportDialog *self = user_data;
  g_autoptr (PresyncReportOptions) options = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  /* Closed in the meantime */
  if (self->assessment == NULL)
    return;
  options = presync_export_form_dup_options (self->form);
  presync_export_options_save (options);
  g_free (self->path);
  self->path = g_strdup (path);
  presync_export_dialog_set_busy (self, TRUE);
  presync_report_new_async (self->assessment, options, now, self->cancellable,
                            presync_export_dialog_made_cb, g_object_ref (self));
}

static void
presync_export_dialog_save (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncExportDialog *self = PRESYNC_EXPORT_DIALOG (widget);

  presync_export_file_choose (GTK_WINDOW (self), self->assessment, _ ("Save Report"),
                              _ ("PDF documents"), ".pdf", presync_export_dialog_chosen_cb,
                              G_OBJECT (self));
}

static void
presync_export_dialog_printed_cb (gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
}

static void
presync_export_dialog_print (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncExportDialog *self = PRESYNC_EXPORT_DIALOG (widget);
  g_autoptr (PresyncReportOptions) options = presync_export_form_dup_options (self->form);

  presync_export_options_save (options);
  presync_print_report_run (GTK_WINDOW (self), self->assessment, options, self->toasts,
                            presync_export_dialog_printed_cb, G_OBJECT (self));
}

/* Object */

static gboolean
presync_export_dialog_close_request (GtkWindow *window)
{
  PresyncExportDialog *self = PRESYNC_EXPORT_DIALOG (window);

  g_cancellable_cancel (self->cancellable);
  return GTK_WINDOW_CLASS (presync_export_dialog_parent_class)->close_request (window);
}

static void
presync_export_dialog_dispose (GObject *object)
{
  PresyncExportDialog *self = PRESYNC_EXPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->assessment);
  g_clear_object (&self->toasts);

  G_OBJECT_CLASS (presync_export_dialog_parent_class)->dispose (object);
}

static void
presync_export_dialog_finalize (GObject *object)
{
  g_clear_object (&PRESYNC_EXPORT_DIALOG (object)->cancellable);
  g_free (PRESYNC_EXPORT_DIALOG (object)->path);

  G_OBJECT_CLASS (presync_export_dialog_parent_class)->finalize (object);
}

static void
presync_export_dialog_bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, back);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, show_preview);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, wide_save);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, wide_print);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, narrow_bar);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, narrow_save);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, narrow_print);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_dialog_update);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_dialog_options_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_dialog_problem_cb);
}

static void
presync_export_dialog_class_init (PresyncExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = presync_export_dialog_close_request;
  g_type_ensure (PRESYNC_TYPE_EXPORT_FORM);
  g_type_ensure (PRESYNC_TYPE_EXPORT_PREVIEW);
  presync_export_dialog_bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, presync_export_dialog_save);
  gtk_widget_class_install_action (widget_class, "dialog.print", NULL, presync_export_dialog_print);
  gtk_widget_class_install_action (widget_class, "dialog.preview", NULL,
                                   presync_export_dialog_preview);
  gtk_widget_class_install_action (widget_class, "dialog.back", NULL, presync_export_dialog_back);
  gtk_widget_class_install_action (widget_class, "dialog.cancel", NULL,
                                   presync_export_dialog_cancel);
  gtk_widget_class_install_action (widget_class, "dialog.turn", "i", presync_export_dialog_turn);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "dialog.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "dialog.print",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "dialog.save",
                                       NULL);
}

/* Before the form would scroll */
static void
presync_export_dialog_add_keys (PresyncExportDialog *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  static const struct
  {
    guint key;
    int by;
  } turns[] = { { GDK_KEY_Page_Up, -1 },
                { GDK_KEY_KP_Page_Up, -1 },
                { GDK_KEY_Page_Down, 1 },
                { GDK_KEY_KP_Page_Down, 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (turns[i].key, 0),
                                                gtk_named_action_new ("dialog.turn"));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (turns[i].by));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
presync_export_dialog_init (PresyncExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Else they are read with the underscore of their label, too. */
  presync_accessible_set_label (self->cancel, _ ("Cancel"));
  presync_accessible_set_label (self->show_preview, _ ("Preview"));
  presync_accessible_set_label (self->wide_save, _ ("Save as PDF"));
  presync_accessible_set_label (self->wide_print, _ ("Print"));
  presync_accessible_set_label (self->narrow_save, _ ("Save as PDF"));
  presync_accessible_set_label (self->narrow_print, _ ("Print"));
  presync_export_dialog_add_keys (self);
  presync_export_dialog_update (self);
}

void
presync_export_dialog_present (GtkWindow *parent, PresyncAssessment *assessment,
                               AdwToastOverlay *toasts)
{
  PresyncExportDialog *self = NULL;
  g_autoptr (PresyncReportOptions) options = presync_export_options_load ();

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));

  self = g_object_new (PRESYNC_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->assessment = g_object_ref (assessment);
  self->toasts = g_object_ref (toasts);
  presync_export_form_set_options (self->form, options);
  presync_export_preview_set_assessment (self->preview, assessment);
  presync_export_preview_set_options (self->preview, options);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
}
