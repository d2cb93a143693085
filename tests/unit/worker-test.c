/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"

#define N_JOBS 50

typedef struct
{
  GAsyncQueue *gate; /* a job waits here */
  GMutex lock;
  GPtrArray *order; /* of task data, as the jobs ran */
  GHashTable *threads;
  guint n_done;
} WorkerTest;

static void
worker_test_init (WorkerTest *self)
{
  self->gate = g_async_queue_new ();
  g_mutex_init (&self->lock);
  self->order = g_ptr_array_new ();
  self->threads = g_hash_table_new (NULL, NULL);
  self->n_done = 0;
}

static void
worker_test_clear (WorkerTest *self)
{
  g_async_queue_unref (self->gate);
  g_mutex_clear (&self->lock);
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->threads);
}

static WorkerTest *
worker_test_of (GTask *task)
{
  return g_object_get_data (G_OBJECT (task), "test");
}

static void
worker_test_note (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WorkerTest *test = worker_test_of (task);

  g_mutex_lock (&test->lock);
  g_ptr_array_add (test->order, data);
  g_hash_table_add (test->threads, g_thread_self ());
  g_mutex_unlock (&test->lock);
  g_task_return_boolean (task, TRUE);
}

/* Keeps the thread busy until the test opens the gate. */
static void
worker_test_wait (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_async_queue_pop (worker_test_of (task)->gate);
  worker_test_note (task, source, data, cancellable);
}

static void
worker_test_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WorkerTest *test = user_data;
  g_autoptr (GError) error = NULL;

  test->n_done++;
  if (g_task_get_cancellable (G_TASK (result)) != NULL)
    {
      g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      return;
    }
  g_assert_true (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_no_error (error);
}

static void
worker_test_give (WorkerTest *test, PresyncWorker *worker, guint number, GCancellable *cancellable,
                  GTaskThreadFunc func)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, worker_test_done_cb, test);

  g_task_set_task_data (task, GUINT_TO_POINTER (number), NULL);
  g_object_set_data (G_OBJECT (task), "test", test);
  presync_worker_run (worker, task, func);
}

static void
worker_test_iterate (WorkerTest *test, guint until)
{
  while (test->n_done < until)
    g_main_context_iteration (NULL, TRUE);
}

static void
worker_test_order (void)
{
  WorkerTest test;
  PresyncWorker *worker = presync_worker_new ("test");

  worker_test_init (&test);
  for (guint i = 0; i < N_JOBS; i++)
    worker_test_give (&test, worker, i + 1, NULL, worker_test_note);
  worker_test_iterate (&test, N_JOBS);
  g_assert_cmpuint (test.order->len, ==, N_JOBS);
  for (guint i = 0; i < N_JOBS; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_ptr_array_index (test.order, i)), ==, i + 1);
  /* One thread, and not this one. */
  g_assert_cmpuint (g_hash_table_size (test.threads), ==, 1);
  g_assert_false (g_hash_table_contains (test.threads, g_thread_self ()));
  g_assert_finalize_object (worker);
  worker_test_clear (&test);
}

static void
worker_test_cancelled (void)
{
  WorkerTest test;
  PresyncWorker *worker = presync_worker_new ("test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  worker_test_init (&test);
  worker_test_give (&test, worker, 1, NULL, worker_test_wait);
  worker_test_give (&test, worker, 2, cancellable, worker_test_note);
  worker_test_give (&test, worker, 3, NULL, worker_test_note);
  g_cancellable_cancel (cancellable);
  g_async_queue_push (test.gate, &test);
  worker_test_iterate (&test, 3);
  /* The second was completed, as cancelled, and its function never ran. */
  g_assert_cmpuint (test.order->len, ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_ptr_array_index (test.order, 0)), ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_ptr_array_index (test.order, 1)), ==, 3);
  g_assert_finalize_object (worker);
  worker_test_clear (&test);
}

/* Runs when the thread that it was set in has ended. */
static void
worker_test_thread_ended (gpointer queue)
{
  g_async_queue_push (queue, GINT_TO_POINTER (1));
}

static GPrivate worker_test_mark = G_PRIVATE_INIT (worker_test_thread_ended);

static void
worker_test_mark_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_private_set (&worker_test_mark, g_object_get_data (G_OBJECT (task), "ended"));
  worker_test_note (task, source, data, cancellable);
}

/* The worker may go while a job hangs: nobody waits for it, what was queued is still completed,
 * then the thread ends. */
static void
worker_test_last_unref (void)
{
  WorkerTest test;
  PresyncWorker *worker = presync_worker_new ("test");
  g_autoptr (GAsyncQueue) ended = g_async_queue_new ();
  g_autoptr (GTask) first = g_task_new (NULL, NULL, worker_test_done_cb, &test);

  worker_test_init (&test);
  g_object_set_data (G_OBJECT (first), "test", &test);
  g_object_set_data (G_OBJECT (first), "ended", ended);
  presync_worker_run (worker, first, worker_test_mark_thread);
  worker_test_give (&test, worker, 2, NULL, worker_test_wait);
  worker_test_give (&test, worker, 3, NULL, worker_test_note);
  g_assert_finalize_object (worker);
  worker_test_iterate (&test, 1);
  g_assert_null (g_async_queue_try_pop (ended));
  g_async_queue_push (test.gate, &test);
  worker_test_iterate (&test, 3);
  g_assert_cmpuint (test.order->len, ==, 3);
  g_assert_nonnull (g_async_queue_timeout_pop (ended, 30 * G_USEC_PER_SEC));
  worker_test_clear (&test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/order", worker_test_order);
  g_test_add_func ("/worker/cancelled-before-its-turn", worker_test_cancelled);
  g_test_add_func ("/worker/last-unref-ends-thread", worker_test_last_unref);
  return g_test_run ();
}
