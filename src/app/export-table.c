/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-table.h"

#include <glib/gi18n.h>

#include "app/export-file.h"
#include "app/message.h"
#include "report/report.h"

/* What an export needs once the file is chosen; an object, so that the chooser keeps it alive. */
#define PRESYNC_TYPE_TABLE_EXPORT (presync_table_export_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTableExport, presync_table_export, PRESYNC, TABLE_EXPORT, GObject)

struct _PresyncTableExport
{
  GObject parent_instance;

  GtkWindow *parent;
  PresyncAssessment *assessment;
  AdwToastOverlay *toasts;
  gboolean json;
  GBytes *data;
  char *path;
};

G_DEFINE_FINAL_TYPE (PresyncTableExport, presync_table_export, G_TYPE_OBJECT)

static void
presync_table_export_dispose (GObject *object)
{
  PresyncTableExport *self = PRESYNC_TABLE_EXPORT (object);

  g_clear_object (&self->parent);
  g_clear_object (&self->assessment);
  g_clear_object (&self->toasts);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (presync_table_export_parent_class)->dispose (object);
}

static void
presync_table_export_class_init (PresyncTableExportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_table_export_dispose;
}

static void
presync_table_export_init (PresyncTableExport *self)
{
}

/* A disk may be slow. */
static void
presync_table_export_thread_cb (GTask *task, gpointer source_object, gpointer task_data,
                                GCancellable *cancellable)
{
  PresyncTableExport *self = source_object;
  GError *error = NULL;

  if (presync_report_save (self->data, self->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
presync_table_export_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncTableExport *self = PRESYNC_TABLE_EXPORT (object);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    presync_export_file_written (self->parent, self->toasts, _ ("Table saved"), self->path);
  else
    presync_message_show (self->parent, _ ("The table could not be saved"), error->message);
}

static void
presync_table_export_chosen_cb (const char *path, gpointer user_data)
{
  PresyncTableExport *self = user_data;
  g_autoptr (GTask) task = g_task_new (self, NULL, presync_table_export_written_cb, NULL);
  char *text = self->json ? presync_report_dup_json (self->assessment, NULL)
                          : presync_report_dup_csv (self->assessment, NULL);

  self->data = g_bytes_new_take (text, strlen (text));
  self->path = g_strdup (path);
  g_task_set_source_tag (task, presync_table_export_chosen_cb);
  g_task_run_in_thread (task, presync_table_export_thread_cb);
}

void
presync_export_table (GtkWindow *parent, PresyncAssessment *assessment, const char *format,
                      AdwToastOverlay *toasts)
{
  g_autoptr (PresyncTableExport) self = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (toasts));

  self = g_object_new (PRESYNC_TYPE_TABLE_EXPORT, NULL);
  self->parent = g_object_ref (parent);
  self->assessment = g_object_ref (assessment);
  self->toasts = g_object_ref (toasts);
  self->json = g_str_equal (format, "json");
  presync_export_file_choose (
      parent, assessment, _ ("Export Table"), self->json ? _ ("JSON files") : _ ("Tables (CSV)"),
      self->json ? ".json" : ".csv", presync_table_export_chosen_cb, G_OBJECT (self));
}
