/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/facts-scan.h"

#include "base/error.h"
#include "base/worker.h"

#include <glib/gi18n.h>

#define FRESH_SECONDS 2

/**
 * PresyncFactsScan: a scan under way. Who waits for it may have gone (cancel, time) when the thread
 * ends, which may be never.
 * @task: (nullable): who waits; main thread only
 */
typedef struct
{
  GPtrArray *files;
  GFile *folder;
  GPtrArray *known;
  GCancellable *cancellable;
  GCancellable *stop;
  GTask *task;
  GSource *cancel;
  GSource *timeout;
  GPtrArray *found;
  GError *problem;
} PresyncFactsScan;

PresyncFactsFile *
presync_facts_file_new (GFile *file, PresyncFactsReport *report, GError *error)
{
  PresyncFactsFile *self = g_new0 (PresyncFactsFile, 1);

  self->file = g_object_ref (file);
  g_set_object (&self->report, report);
  self->error = error;
  return self;
}

void
presync_facts_file_free (PresyncFactsFile *self)
{
  g_clear_object (&self->file);
  g_clear_object (&self->report);
  g_clear_error (&self->error);
  g_free (self);
}

static void
presync_facts_scan_clear (gpointer data)
{
  PresyncFactsScan *self = data;

  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_error (&self->problem);
}

static void
presync_facts_scan_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, presync_facts_scan_clear);
}

static int
presync_facts_scan_compare (gconstpointer a, gconstpointer b)
{
  g_autofree char *name_a = g_file_get_uri ((*(const PresyncFactsFile *const *) a)->file);
  g_autofree char *name_b = g_file_get_uri ((*(const PresyncFactsFile *const *) b)->file);

  return g_strcmp0 (name_a, name_b);
}

/* (transfer full): a file of the folder that is not read yet */
static PresyncFactsFile *
presync_facts_scan_new_listed (GFile *child, GFileInfo *info)
{
  PresyncFactsFile *file = presync_facts_file_new (child, NULL, NULL);
  g_autoptr (GDateTime) changed = g_file_info_get_modification_date_time (info);
  gint64 now = g_get_real_time ();

  file->in_folder = TRUE;
  file->size = g_file_info_get_size (info);
  if (changed != NULL)
    file->changed
        = g_date_time_to_unix (changed) * G_USEC_PER_SEC + g_date_time_get_microsecond (changed);
  /* Some file systems count in two seconds: one that is written twice in them looks the same. */
  file->settled
      = changed != NULL && now - file->changed > (FRESH_SECONDS + 1) * (gint64) G_USEC_PER_SEC;
  return file;
}

/* Adds the *.json of the folder to @files. */
static void
presync_facts_scan_list (PresyncFactsScan *self, GPtrArray *files)
{
  g_autofree char *path = g_file_get_parse_name (self->folder);
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      self->folder,
      G_FILE_ATTRIBUTE_STANDARD_NAME
      "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE
      "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
      G_FILE_QUERY_INFO_NONE, self->stop, &error);

  while (children != NULL && error == NULL)
    {
      GFileInfo *info;
      GFile *child;
      g_autofree char *name = NULL;

      if (!g_file_enumerator_iterate (children, &info, &child, self->stop, &error) || info == NULL)
        break;
      name = g_ascii_strdown (g_file_info_get_name (info), -1);
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR && name[0] != '.'
          && g_str_has_suffix (name, ".json"))
        g_ptr_array_add (files, presync_facts_scan_new_listed (child, info));
    }
  g_ptr_array_sort (files, presync_facts_scan_compare);
  reason = error != NULL ? presync_error_dup_reason (error) : NULL;
  if (reason != NULL)
    self->problem = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                                 _ ("The folder “%s” cannot be read: %s"), path, reason);
  else if (files->len > PRESYNC_FACTS_SCAN_MAX_FILES)
    {
      g_ptr_array_set_size (files, PRESYNC_FACTS_SCAN_MAX_FILES);
      self->problem = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_LIMIT,
                                   _ ("The folder “%s” has more than %d files; only the first of "
                                      "them were read."),
                                   path, PRESYNC_FACTS_SCAN_MAX_FILES);
    }
}

/* (transfer none) (nullable): what was read of @listed before, if it has not changed */
static PresyncFactsReport *
presync_facts_scan_find_known (PresyncFactsScan *self, const PresyncFactsFile *listed)
{
  for (guint i = 0; self->known != NULL && listed->settled && i < self->known->len; i++)
    {
      const PresyncFactsFile *known = g_ptr_array_index (self->known, i);

      if (known->in_folder && known->settled && known->changed == listed->changed
          && known->size == listed->size && g_file_equal (known->file, listed->file))
        return known->report;
    }
  return NULL;
}

static gboolean
presync_facts_scan_is_fresh (PresyncFactsScan *self, GFile *file, GDateTime *now)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                                  G_FILE_QUERY_INFO_NONE, self->stop, NULL);
  g_autoptr (GDateTime) changed
      = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;

  return changed != NULL
         && ABS (g_date_time_difference (now, changed)) < FRESH_SECONDS * G_TIME_SPAN_SECOND;
}

/* @file: (transfer full): not read yet */
static void
presync_facts_scan_read (PresyncFactsScan *self, PresyncFactsFile *file)
{
  g_autoptr (PresyncFactsFile) read = file;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PresyncFactsReport *known = presync_facts_scan_find_known (self, read);

  if (known != NULL)
    read->report = g_object_ref (known);
  else
    read->report = presync_facts_report_load (read->file, now, self->stop, &read->error);
  /* Gone since the folder was listed */
  if (read->report == NULL && read->in_folder && !g_file_query_exists (read->file, self->stop))
    return;
  read->fresh = read->report == NULL && presync_facts_scan_is_fresh (self, read->file, now);
  g_ptr_array_add (self->found, g_steal_pointer (&read));
}

static void
presync_facts_scan_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PresyncFactsScan *self = data;
  g_autoptr (GPtrArray) listed
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_facts_file_free);

  for (guint i = 0; i < self->files->len && !g_cancellable_is_cancelled (self->stop); i++)
    presync_facts_scan_read (
        self, presync_facts_file_new (g_ptr_array_index (self->files, i), NULL, NULL));
  if (self->folder != NULL)
    presync_facts_scan_list (self, listed);
  while (listed->len > 0 && !g_cancellable_is_cancelled (self->stop))
    presync_facts_scan_read (self, g_ptr_array_steal_index (listed, 0));
  g_task_return_boolean (task, TRUE);
}

static GTask *
presync_facts_scan_take_task (PresyncFactsScan *self)
{
  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  if (self->timeout != NULL)
    g_source_destroy (self->timeout);
  g_clear_pointer (&self->timeout, g_source_unref);
  return g_steal_pointer (&self->task);
}

static void
presync_facts_scan_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncFactsScan *self = user_data;
  g_autoptr (GTask) task = presync_facts_scan_take_task (self);

  /* Nobody waits any more? */
  if (task != NULL)
    g_task_return_pointer (task, g_atomic_rc_box_acquire (self), presync_facts_scan_release);
  presync_facts_scan_release (self);
}

/* @error: (transfer full) */
static void
presync_facts_scan_abandon (PresyncFactsScan *self, GError *error)
{
  g_autoptr (GTask) task = presync_facts_scan_take_task (self);

  g_cancellable_cancel (self->stop);
  g_task_return_error (task, error);
}

static gboolean
presync_facts_scan_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  presync_facts_scan_abandon (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                              _ ("The check was cancelled")));
  return G_SOURCE_REMOVE;
}

static gboolean
presync_facts_scan_timeout_cb (gpointer user_data)
{
  PresyncFactsScan *self = user_data;
  GFile *file = self->folder != NULL ? self->folder : g_ptr_array_index (self->files, 0);
  g_autofree char *path = g_file_get_parse_name (file);

  presync_facts_scan_abandon (
      self, g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                         _ ("“%s” could not be read within %d seconds; its file server may not "
                            "answer."),
                         path, PRESYNC_FACTS_SCAN_SECONDS));
  return G_SOURCE_REMOVE;
}

static GSource *
presync_facts_scan_attach (PresyncFactsScan *self, GSource *source, GSourceFunc func)
{
  g_source_set_callback (source, func, g_atomic_rc_box_acquire (self), presync_facts_scan_release);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

void
presync_facts_scan_async (GPtrArray *files, GFile *folder, GPtrArray *known,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  PresyncFactsScan *self = g_atomic_rc_box_new0 (PresyncFactsScan);
  g_autoptr (PresyncWorker) worker = presync_worker_new ("facts-files");
  g_autoptr (GTask) inner = NULL;

  g_return_if_fail (files != NULL);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->files, g_object_ref (g_ptr_array_index (files, i)));
  g_set_object (&self->folder, folder);
  self->known = known != NULL ? g_ptr_array_ref (known) : NULL;
  g_set_object (&self->cancellable, cancellable);
  self->stop = g_cancellable_new ();
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_facts_file_free);
  self->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, presync_facts_scan_async);
  g_task_set_check_cancellable (self->task, FALSE);
  if (cancellable != NULL)
    self->cancel = presync_facts_scan_attach (self, g_cancellable_source_new (cancellable),
                                              G_SOURCE_FUNC (presync_facts_scan_cancelled_cb));
  self->timeout
      = presync_facts_scan_attach (self, g_timeout_source_new_seconds (PRESYNC_FACTS_SCAN_SECONDS),
                                   presync_facts_scan_timeout_cb);
  inner = g_task_new (NULL, NULL, presync_facts_scan_done_cb, self);
  g_task_set_task_data (inner, g_atomic_rc_box_acquire (self), presync_facts_scan_release);
  presync_worker_run (worker, inner, presync_facts_scan_thread);
}

GPtrArray *
presync_facts_scan_finish (GAsyncResult *result, GError **problem, GError **error)
{
  PresyncFactsScan *self = g_task_propagate_pointer (G_TASK (result), error);
  GPtrArray *found;

  *problem = NULL;
  if (self == NULL)
    return NULL;
  found = g_steal_pointer (&self->found);
  *problem = g_steal_pointer (&self->problem);
  presync_facts_scan_release (self);
  return found;
}
