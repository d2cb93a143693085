/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "assessment/history.h"
#include "report/content.h"
#include "report/painter.h"
#include "report/pdf.h"

struct _PresyncReport
{
  GObject parent_instance;

  PresyncDocument *document;
  PresyncLayout *layout; /* of @document */
  char *problem;         /* nullable */
};

G_DEFINE_FINAL_TYPE (PresyncReport, presync_report, G_TYPE_OBJECT)

/* What a thread needs to set a report on pages; nothing of the assessment */
typedef struct
{
  PresyncDocument *document;
  PresyncReportOptions *options;
} PresyncReportJob;

static void
presync_report_job_free (PresyncReportJob *self)
{
  g_clear_pointer (&self->document, presync_document_free);
  presync_report_options_free (self->options);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncReportJob, presync_report_job_free)

static void
presync_report_finalize (GObject *object)
{
  PresyncReport *self = PRESYNC_REPORT (object);

  g_clear_pointer (&self->layout, presync_layout_free);
  g_clear_pointer (&self->document, presync_document_free);
  g_free (self->problem);

  G_OBJECT_CLASS (presync_report_parent_class)->finalize (object);
}

static void
presync_report_class_init (PresyncReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_report_finalize;
}

static void
presync_report_init (PresyncReport *self)
{
}

static PresyncReportJob *
presync_report_job_new (PresyncAssessment *assessment, const PresyncReportOptions *options,
                        GDateTime *at)
{
  PresyncReportJob *self = g_new0 (PresyncReportJob, 1);

  self->options = presync_report_options_copy (options);
  self->document = presync_content_new (assessment, self->options, at);
  return self;
}

/* (transfer full) (nullable): takes the document from the job */
static PresyncReport *
presync_report_job_run (PresyncReportJob *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncReport) report = g_object_new (PRESYNC_TYPE_REPORT, NULL);
  g_autoptr (GError) problem = NULL;

  report->document = g_steal_pointer (&self->document);
  if (self->options->logo != NULL && *self->options->logo != '\0')
    {
      report->document->logo = presync_logo_new (self->options->logo, cancellable, &problem);
      if (problem != NULL)
        report->problem = g_strdup (problem->message);
    }
  report->layout = presync_layout_new (report->document, self->options->paper, cancellable, error);
  return report->layout != NULL ? g_steal_pointer (&report) : NULL;
}

PresyncReport *
presync_report_new (PresyncAssessment *assessment, const PresyncReportOptions *options,
                    GDateTime *at, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncReportJob) job = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  g_return_val_if_fail (options != NULL && at != NULL, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  job = presync_report_job_new (assessment, options, at);
  return presync_report_job_run (job, cancellable, error);
}

static void
presync_report_new_thread_cb (GTask *task, gpointer source_object, gpointer task_data,
                              GCancellable *cancellable)
{
  GError *error = NULL;
  PresyncReport *report = presync_report_job_run (task_data, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, g_object_unref);
  else
    g_task_return_error (task, error);
}

/* What is asked of an assessment whose last runs are still in its file */
typedef struct
{
  PresyncAssessment *assessment;
  PresyncReportOptions *options;
  GDateTime *at;
} PresyncReportWait;

static void
presync_report_wait_free (gpointer data)
{
  PresyncReportWait *self = data;

  g_object_unref (self->assessment);
  presync_report_options_free (self->options);
  g_date_time_unref (self->at);
  g_free (self);
}

/* @task: (transfer full) */
static void
presync_report_start (GTask *task, PresyncAssessment *assessment,
                      const PresyncReportOptions *options, GDateTime *at)
{
  g_autoptr (GTask) mine = task;

  if (g_task_return_error_if_cancelled (mine))
    return;
  g_task_set_task_data (mine, presync_report_job_new (assessment, options, at),
                        (GDestroyNotify) presync_report_job_free);
  g_task_run_in_thread (mine, presync_report_new_thread_cb);
}

/* A run that could not be read is no reason to have no report: the report says so. */
static void
presync_report_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  const PresyncReportWait *wait = g_task_get_task_data (task);

  presync_history_load_last_finish (PRESYNC_HISTORY (object), result, NULL);
  presync_report_start (task, wait->assessment, wait->options, wait->at);
}

void
presync_report_new_async (PresyncAssessment *assessment, const PresyncReportOptions *options,
                          GDateTime *at, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  PresyncHistory *history;
  PresyncReportWait *wait;
  GTask *task;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (options != NULL && at != NULL);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_report_new_async);
  history = presync_assessment_get_history (assessment);
  if (presync_history_has_last (history))
    {
      presync_report_start (task, assessment, options, at);
      return;
    }
  wait = g_new0 (PresyncReportWait, 1);
  wait->assessment = g_object_ref (assessment);
  wait->options = presync_report_options_copy (options);
  wait->at = g_date_time_ref (at);
  g_task_set_task_data (task, wait, presync_report_wait_free);
  presync_history_load_last_async (history, cancellable, presync_report_loaded_cb, task);
}

PresyncReport *
presync_report_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
presync_report_get_n_pages (PresyncReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_REPORT (self), 0);
  return self->layout->pages->len;
}

void
presync_report_get_size (PresyncReport *self, double *width, double *height)
{
  g_return_if_fail (PRESYNC_IS_REPORT (self));
  if (width != NULL)
    *width = self->layout->width;
  if (height != NULL)
    *height = self->layout->height;
}

const char *
presync_report_get_problem (PresyncReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_REPORT (self), NULL);
  return self->problem;
}

void
presync_report_draw_page (PresyncReport *self, guint page, cairo_t *cr)
{
  g_return_if_fail (PRESYNC_IS_REPORT (self) && cr != NULL);
  g_return_if_fail (page < self->layout->pages->len);
  presync_painter_draw_page (self->layout, page, cr);
}

gboolean
presync_report_save_pdf (PresyncReport *self, const char *path, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GBytes) pdf = NULL;

  g_return_val_if_fail (PRESYNC_IS_REPORT (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  pdf = presync_pdf_new (self->layout, cancellable, error);
  return pdf != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error)
         && presync_report_save (pdf, path, error);
}

static void
presync_report_save_thread_cb (GTask *task, gpointer source_object, gpointer task_data,
                               GCancellable *cancellable)
{
  GError *error = NULL;

  if (presync_report_save_pdf (source_object, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
presync_report_save_pdf_async (PresyncReport *self, const char *path, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PRESYNC_IS_REPORT (self));
  g_return_if_fail (path != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_report_save_pdf_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, presync_report_save_thread_cb);
}

gboolean
presync_report_save_pdf_finish (PresyncReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
