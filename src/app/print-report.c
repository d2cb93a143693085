/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/print-report.h"

#include <glib/gi18n.h>

#include "app/export-file.h"
#include "app/message.h"

/* How long the main loop may rest at once while the report is being made: GTK asks again and again
 * whether it is there. */
#define REST_US 2000

struct _PresyncPrintReport
{
  GtkPrintOperation parent_instance;

  PresyncAssessment *assessment;
  PresyncReportOptions *options;
  GDateTime *at;
  GCancellable *cancellable; /* of the report that is being made; NULL if none is */
  PresyncReport *report;
  GError *error;

  GtkWindow *parent;
  AdwToastOverlay *toasts;
  PresyncPrintedFunc func;
  GObject *object;
};

G_DEFINE_FINAL_TYPE (PresyncPrintReport, presync_print_report, GTK_TYPE_PRINT_OPERATION)

/* Whose width and height are most like those of the sheet in the printer */
static PresyncPaper
presync_print_report_get_paper (GtkPrintContext *context)
{
  GtkPaperSize *size = gtk_page_setup_get_paper_size (gtk_print_context_get_page_setup (context));
  double ratio = gtk_paper_size_get_width (size, GTK_UNIT_MM)
                 / MAX (gtk_paper_size_get_height (size, GTK_UNIT_MM), 1);

  return fabs (ratio - 215.9 / 279.4) < fabs (ratio - 210.0 / 297.0) ? PRESYNC_PAPER_LETTER
                                                                     : PRESYNC_PAPER_A4;
}

static void
presync_print_report_made_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncPrintReport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncReport) report = presync_report_new_finish (result, &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  self->report = g_steal_pointer (&report);
  self->error = g_steal_pointer (&error);
  if (self->report != NULL && self->parent != NULL
      && presync_report_get_problem (self->report) != NULL)
    presync_message_show (self->parent, _ ("Printed without the logo"),
                          presync_report_get_problem (self->report));
}

static void
presync_print_report_begin_print (GtkPrintOperation *operation, GtkPrintContext *context)
{
  PresyncPrintReport *self = PRESYNC_PRINT_REPORT (operation);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->report);
  self->options->paper = presync_print_report_get_paper (context);
  self->cancellable = g_cancellable_new ();
  presync_report_new_async (self->assessment, self->options, self->at, self->cancellable,
                            presync_print_report_made_cb, g_object_ref (self));
}

static gboolean
presync_print_report_paginate (GtkPrintOperation *operation, GtkPrintContext *context)
{
  PresyncPrintReport *self = PRESYNC_PRINT_REPORT (operation);

  if (self->report != NULL)
    gtk_print_operation_set_n_pages (operation, (int) presync_report_get_n_pages (self->report));
  else if (self->error != NULL)
    {
      gtk_print_operation_set_n_pages (operation, 1);
      gtk_print_operation_cancel (operation);
    }
  else
    g_usleep (REST_US);
  return self->report != NULL || self->error != NULL;
}

/* Draws a page through a picture of its own, in which it is still text and lines: what a page tells
 * a PDF about its structure spans pages, and a printer may be given a few of them, backwards, or
 * twice. */
static void
presync_print_report_paint (PresyncReport *report, guint page, cairo_t *cr)
{
  cairo_rectangle_t extents = { 0, 0, 0, 0 };
  cairo_surface_t *surface = NULL;
  cairo_t *picture = NULL;

  presync_report_get_size (report, &extents.width, &extents.height);
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  picture = cairo_create (surface);
  presync_report_draw_page (report, page, picture);
  cairo_destroy (picture);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_surface_destroy (surface);
}

static void
presync_print_report_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page)
{
  PresyncPrintReport *self = PRESYNC_PRINT_REPORT (operation);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double room_x = gtk_print_context_get_width (context);
  double room_y = gtk_print_context_get_height (context);
  double width = 1;
  double height = 1;
  double scale;

  if (self->report == NULL)
    return;
  presync_report_get_size (self->report, &width, &height);
  scale = MIN (room_x / width, room_y / height);
  /* Sizes of paper are rounded differently in inches and millimetres. */
  if (fabs (scale - 1) < 0.005)
    scale = 1;
  cairo_translate (cr, (room_x - width * scale) / 2, (room_y - height * scale) / 2);
  cairo_scale (cr, scale, scale);
  presync_print_report_paint (self->report, (guint) page, cr);
}

static void
presync_print_report_done (GtkPrintOperation *operation, GtkPrintOperationResult result)
{
  PresyncPrintReport *self = PRESYNC_PRINT_REPORT (operation);
  g_autoptr (GError) error = g_steal_pointer (&self->error);

  g_cancellable_cancel (self->cancellable);
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR && error == NULL)
    gtk_print_operation_get_error (operation, &error);
  if (self->parent == NULL)
    return;
  if (error != NULL)
    presync_message_show (self->parent, _ ("The report could not be printed"), error->message);
  else if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    {
      if (self->toasts != NULL)
        adw_toast_overlay_add_toast (self->toasts,
                                     adw_toast_new (_ ("Report sent to the printer")));
      if (self->func != NULL)
        self->func (self->object);
    }
  g_clear_object (&self->parent);
  g_clear_object (&self->object);
}

static void
presync_print_report_dispose (GObject *object)
{
  PresyncPrintReport *self = PRESYNC_PRINT_REPORT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->assessment);
  g_clear_object (&self->report);
  g_clear_object (&self->parent);
  g_clear_object (&self->toasts);
  g_clear_object (&self->object);

  G_OBJECT_CLASS (presync_print_report_parent_class)->dispose (object);
}

static void
presync_print_report_finalize (GObject *object)
{
  PresyncPrintReport *self = PRESYNC_PRINT_REPORT (object);

  presync_report_options_free (self->options);
  g_date_time_unref (self->at);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (presync_print_report_parent_class)->finalize (object);
}

static void
presync_print_report_class_init (PresyncPrintReportClass *klass)
{
  GtkPrintOperationClass *operation_class = GTK_PRINT_OPERATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_print_report_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_print_report_finalize;
  operation_class->begin_print = presync_print_report_begin_print;
  operation_class->paginate = presync_print_report_paginate;
  operation_class->draw_page = presync_print_report_draw_page;
  operation_class->done = presync_print_report_done;
}

static void
presync_print_report_init (PresyncPrintReport *self)
{
}

PresyncPrintReport *
presync_print_report_new (PresyncAssessment *assessment, const PresyncReportOptions *options,
                          GDateTime *at)
{
  PresyncPrintReport *self = NULL;
  GtkPrintOperation *operation = NULL;
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autofree char *name = NULL;
  GtkPaperSize *size = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  g_return_val_if_fail (options != NULL && at != NULL, NULL);

  self = g_object_new (PRESYNC_TYPE_PRINT_REPORT, NULL);
  operation = GTK_PRINT_OPERATION (self);
  self->assessment = g_object_ref (assessment);
  self->options = presync_report_options_copy (options);
  self->at = g_date_time_ref (at);

  name = presync_export_file_dup_name (assessment, NULL);
  size = gtk_paper_size_new (options->paper == PRESYNC_PAPER_LETTER ? GTK_PAPER_NAME_LETTER
                                                                    : GTK_PAPER_NAME_A4);
  gtk_page_setup_set_paper_size (setup, size);
  gtk_print_settings_set_paper_size (settings, size);
  gtk_paper_size_free (size);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, name);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation, name);
  /* The pages have margins of their own. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_allow_async (operation, TRUE);
  return self;
}

void
presync_print_report_run (GtkWindow *parent, PresyncAssessment *assessment,
                          const PresyncReportOptions *options, AdwToastOverlay *toasts,
                          PresyncPrintedFunc func, GObject *object)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (PresyncPrintReport) self = presync_print_report_new (assessment, options, now);

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (self != NULL);

  self->parent = g_object_ref (parent);
  g_set_object (&self->toasts, toasts);
  self->func = func;
  g_set_object (&self->object, object);
  /* GTK keeps the operation until it is done, and tells of errors by "done". */
  gtk_print_operation_run (GTK_PRINT_OPERATION (self), GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           parent, NULL);
}
