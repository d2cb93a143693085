/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "base/error.h"
#include "report/content.h"
#include "report/pdf.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* of Linux; those that GLib tells apart are far below */
#define LAST_ERRNO 133

/* What a thread needs to write a report; nothing of the assessment */
typedef struct
{
  PresyncDocument *document;
  PresyncPaper paper;
  char *path;
} PresyncReportJob;

static void
presync_report_job_free (PresyncReportJob *self)
{
  presync_document_free (self->document);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncReportJob, presync_report_job_free)

static PresyncReportJob *
presync_report_job_new (PresyncAssessment *assessment, const char *path, PresyncPaper paper,
                        GDateTime *at)
{
  PresyncReportJob *self = g_new0 (PresyncReportJob, 1);

  self->document = presync_content_new (assessment, at);
  self->paper = paper;
  self->path = g_strdup (path);
  return self;
}

/* For devices and pipes: they cannot be replaced. g_file_set_contents() would put a regular file in
 * place of a link to one, such as /dev/stdout. */
static gboolean
presync_report_save_in_place (const char *data, gsize length, const char *path, GError **error)
{
  FILE *file = g_fopen (path, "wb");
  gboolean written;
  int code;

  if (file == NULL)
    {
      code = errno;
      g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
                           g_strerror (code));
      return FALSE;
    }
  written = fwrite (data, 1, length, file) == length;
  code = errno;
  if (fclose (file) != 0 && written)
    {
      code = errno;
      written = FALSE;
    }
  if (!written)
    g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
                         g_strerror (code));
  return written;
}

/* What keeps a file from being written, in the system's words alone: GLib's sentence names a file
 * of its own beside it, which nobody knows. */
static const char *
presync_report_get_reason (const GError *error)
{
  if (error->domain == G_FILE_ERROR && error->code != G_FILE_ERROR_FAILED)
    for (int code = 1; code <= LAST_ERRNO; code++)
      if ((int) g_file_error_from_errno (code) == error->code)
        return g_strerror (code);
  return _ ("the file system does not allow it");
}

/* A regular file is replaced as a whole, by a new one beside it that is renamed when it is
 * complete. */
static gboolean
presync_report_save (GBytes *pdf, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *name = g_filename_display_name (path);
  gsize length;
  const char *data = g_bytes_get_data (pdf, &length);
  gboolean special
      = g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR);
  gboolean saved;

  if (special)
    saved = presync_report_save_in_place (data, length, path, &reason);
  else
    saved = g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                      0644, &reason);
  if (!saved)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                 _ ("The report could not be written to “%s”: %s"), name,
                 special ? reason->message : presync_report_get_reason (reason));
  return saved;
}

static gboolean
presync_report_job_run (PresyncReportJob *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncLayout) layout = NULL;
  g_autoptr (GBytes) pdf = NULL;

  layout = presync_layout_new (self->document, self->paper, cancellable, error);
  if (layout == NULL)
    return FALSE;
  pdf = presync_pdf_new (layout, cancellable, error);
  return pdf != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error)
         && presync_report_save (pdf, self->path, error);
}

gboolean
presync_report_write_pdf (PresyncAssessment *assessment, const char *path, PresyncPaper paper,
                          GDateTime *at, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncReportJob) job = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);
  g_return_val_if_fail (path != NULL && at != NULL, FALSE);
  job = presync_report_job_new (assessment, path, paper, at);
  return presync_report_job_run (job, cancellable, error);
}

static void
presync_report_thread_cb (GTask *task, gpointer source_object, gpointer task_data,
                          GCancellable *cancellable)
{
  GError *error = NULL;

  if (presync_report_job_run (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
presync_report_write_pdf_async (PresyncAssessment *assessment, const char *path, PresyncPaper paper,
                                GDateTime *at, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (path != NULL && at != NULL);
  task = g_task_new (assessment, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_report_write_pdf_async);
  g_task_set_task_data (task, presync_report_job_new (assessment, path, paper, at),
                        (GDestroyNotify) presync_report_job_free);
  g_task_run_in_thread (task, presync_report_thread_cb);
}

gboolean
presync_report_write_pdf_finish (PresyncAssessment *assessment, GAsyncResult *result,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, assessment), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
