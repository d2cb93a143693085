/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncWorker:
 *
 * One named thread with a queue, for a library that blocks (libldap, ODBC, SQLite). Jobs run one
 * after the other, in the order given. The thread ends when the last reference goes, after the
 * jobs that were given until then; nobody waits for it.
 */
#define PRESYNC_TYPE_WORKER (presync_worker_get_type ())
G_DECLARE_FINAL_TYPE (PresyncWorker, presync_worker, PRESYNC, WORKER, GObject)

/**
 * presync_worker_new:
 * @name: the thread's name, at most 15 bytes are shown by debuggers
 *
 * Returns: (transfer full): a worker whose thread waits for jobs
 */
PresyncWorker *presync_worker_new (const char *name);

/**
 * presync_worker_run:
 * @task: (transfer none): completed by @func, in the thread
 * @func: runs in the worker's thread with the task's source object, task data and cancellable;
 *   it must complete @task on every path
 *
 * Queues a job. A task whose cancellable is already cancelled when its turn comes is completed
 * with %G_IO_ERROR_CANCELLED without running @func.
 */
void presync_worker_run (PresyncWorker *self, GTask *task, GTaskThreadFunc func);

G_END_DECLS
