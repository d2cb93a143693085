/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-preview.h"

#include <glib/gi18n.h>

#include "app/page-preview.h"

/* So long nobody types or clicks before the report is made: else each letter would cost one. */
#define REFRESH_MS 200

struct _PresyncExportPreview
{
  AdwBin parent_instance;

  GtkWidget *first_spinner;
  GtkWidget *spinner;
  GtkButton *previous;
  GtkButton *next;
  GtkLabel *position;
  GtkLabel *failure;
  PresyncPagePreview *page;

  PresyncAssessment *assessment;
  PresyncReportOptions *options;
  GCancellable *cancellable; /* of the report that is being made; NULL if none is */
  guint refresh_id;
  gboolean stale; /* the assessment changed while a report was being made */
  char *problem;
};

G_DEFINE_FINAL_TYPE (PresyncExportPreview, presync_export_preview, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void presync_export_preview_schedule (PresyncExportPreview *self);

static void
presync_export_preview_update (PresyncExportPreview *self)
{
  g_autofree char *name = presync_page_preview_dup_name (self->page);
  guint page = presync_page_preview_get_page (self->page);
  guint n = presync_page_preview_get_n_pages (self->page);
  gboolean busy = self->cancellable != NULL || self->refresh_id != 0;

  gtk_label_set_text (self->position, name);
  gtk_widget_set_sensitive (GTK_WIDGET (self->previous), page > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), page + 1 < n);
  /* Where there is a page already, it stays; the small spinner says that another one comes. */
  gtk_widget_set_visible (self->first_spinner, busy && n == 0);
  gtk_spinner_set_spinning (GTK_SPINNER (self->first_spinner), busy && n == 0);
  gtk_widget_set_opacity (self->spinner, busy && n > 0 ? 1 : 0);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy && n > 0);
}

static void
presync_export_preview_set_problem (PresyncExportPreview *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
presync_export_preview_made_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncExportPreview) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncReport) report = presync_report_new_finish (result, &error);

  /* Cancelled: another one is being made, or will be, or the window is gone. */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), report == NULL);
  gtk_label_set_text (self->failure, report == NULL ? error->message : "");
  presync_page_preview_set_report (self->page, report);
  presync_export_preview_set_problem (self,
                                      report != NULL ? presync_report_get_problem (report) : NULL);
  if (self->stale)
    presync_export_preview_schedule (self);
  presync_export_preview_update (self);
}

static gboolean
presync_export_preview_refresh_cb (gpointer user_data)
{
  PresyncExportPreview *self = user_data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->refresh_id = 0;
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  presync_report_new_async (self->assessment, self->options, now, self->cancellable,
                            presync_export_preview_made_cb, g_object_ref (self));
  presync_export_preview_update (self);
  return G_SOURCE_REMOVE;
}

static void
presync_export_preview_cancel (PresyncExportPreview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
}

static void
presync_export_preview_schedule (PresyncExportPreview *self)
{
  gboolean first = presync_page_preview_get_n_pages (self->page) == 0;

  presync_export_preview_cancel (self);
  /* The window is shown first, however long it takes to read the assessment. */
  self->refresh_id
      = g_timeout_add (first ? 0 : REFRESH_MS, presync_export_preview_refresh_cb, self);
  presync_export_preview_update (self);
}

/* A check that goes on tells more many times a second: a report that is being made is finished,
 * or there would never be one. */
static void
presync_export_preview_updated_cb (PresyncExportPreview *self)
{
  if (self->options == NULL || self->refresh_id != 0)
    return;
  if (self->cancellable != NULL)
    self->stale = TRUE;
  else
    presync_export_preview_schedule (self);
}

static void
presync_export_preview_previous_cb (PresyncExportPreview *self)
{
  presync_export_preview_turn (self, -1);
}

static void
presync_export_preview_next_cb (PresyncExportPreview *self)
{
  presync_export_preview_turn (self, 1);
}

static void
presync_export_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PROBLEM)
    g_value_set_string (value, PRESYNC_EXPORT_PREVIEW (object)->problem);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_export_preview_dispose (GObject *object)
{
  PresyncExportPreview *self = PRESYNC_EXPORT_PREVIEW (object);

  presync_export_preview_cancel (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_EXPORT_PREVIEW);
  g_clear_object (&self->assessment);
  g_clear_pointer (&self->options, presync_report_options_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (presync_export_preview_parent_class)->dispose (object);
}

static void
presync_export_preview_class_init (PresyncExportPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = presync_export_preview_get_property;
  object_class->dispose = presync_export_preview_dispose;
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_PAGE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/export-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncExportPreview, first_spinner);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportPreview, spinner);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportPreview, previous);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportPreview, next);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportPreview, position);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportPreview, failure);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportPreview, page);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_preview_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_preview_next_cb);
}

static void
presync_export_preview_init (PresyncExportPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  presync_export_preview_update (self);
}

void
presync_export_preview_set_assessment (PresyncExportPreview *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_EXPORT_PREVIEW (self));
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (self->assessment == NULL);

  self->assessment = g_object_ref (assessment);
  g_signal_connect_object (assessment, "updated", G_CALLBACK (presync_export_preview_updated_cb),
                           self, G_CONNECT_SWAPPED);
}

void
presync_export_preview_set_options (PresyncExportPreview *self, const PresyncReportOptions *options)
{
  g_return_if_fail (PRESYNC_IS_EXPORT_PREVIEW (self));
  g_return_if_fail (self->assessment != NULL);
  g_return_if_fail (options != NULL);

  presync_report_options_free (self->options);
  self->options = presync_report_options_copy (options);
  presync_export_preview_schedule (self);
}

void
presync_export_preview_turn (PresyncExportPreview *self, int by)
{
  int last;

  g_return_if_fail (PRESYNC_IS_EXPORT_PREVIEW (self));

  last = (int) presync_page_preview_get_n_pages (self->page) - 1;
  by += (int) presync_page_preview_get_page (self->page);
  presync_page_preview_set_page (self->page, (guint) CLAMP (by, 0, MAX (last, 0)));
  presync_export_preview_update (self);
}

const char *
presync_export_preview_get_problem (PresyncExportPreview *self)
{
  g_return_val_if_fail (PRESYNC_IS_EXPORT_PREVIEW (self), NULL);
  return self->problem;
}
