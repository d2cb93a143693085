/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

/* The thread keeps the queue, not the worker, alive: dropping the last reference to the worker
 * pushes a stop mark, and the thread, which nobody joins, frees the queue when it sees it. A job
 * that hangs in a library can so never hang the main thread. */
typedef struct
{
  GTask *task;
  GTaskThreadFunc func;
} PresyncWorkerJob;

struct _PresyncWorker
{
  GObject parent_instance;
  GAsyncQueue *queue;
};

G_DEFINE_FINAL_TYPE (PresyncWorker, presync_worker, G_TYPE_OBJECT)

static void
presync_worker_job_free (PresyncWorkerJob *job)
{
  g_clear_object (&job->task);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncWorkerJob, presync_worker_job_free)

static gpointer
presync_worker_thread (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;

  while (TRUE)
    {
      g_autoptr (PresyncWorkerJob) job = g_async_queue_pop (queue);
      if (job->task == NULL)
        return NULL;
      if (!g_task_return_error_if_cancelled (job->task))
        job->func (job->task, g_task_get_source_object (job->task),
                   g_task_get_task_data (job->task), g_task_get_cancellable (job->task));
    }
}

static void
presync_worker_finalize (GObject *object)
{
  PresyncWorker *self = PRESYNC_WORKER (object);

  g_async_queue_push (self->queue, g_new0 (PresyncWorkerJob, 1));
  g_clear_pointer (&self->queue, g_async_queue_unref);
  G_OBJECT_CLASS (presync_worker_parent_class)->finalize (object);
}

static void
presync_worker_class_init (PresyncWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_worker_finalize;
}

static void
presync_worker_init (PresyncWorker *self)
{
  self->queue = g_async_queue_new_full ((GDestroyNotify) presync_worker_job_free);
}

PresyncWorker *
presync_worker_new (const char *name)
{
  PresyncWorker *self = g_object_new (PRESYNC_TYPE_WORKER, NULL);
  g_thread_unref (g_thread_new (name, presync_worker_thread, g_async_queue_ref (self->queue)));
  return self;
}

void
presync_worker_run (PresyncWorker *self, GTask *task, GTaskThreadFunc func)
{
  PresyncWorkerJob *job;

  g_return_if_fail (PRESYNC_IS_WORKER (self));
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (func != NULL);
  job = g_new0 (PresyncWorkerJob, 1);
  job->task = g_object_ref (task);
  job->func = func;
  g_async_queue_push (self->queue, job);
}
