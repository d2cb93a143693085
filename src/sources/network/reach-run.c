/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-run.h"

#include <glib/gi18n.h>

#include "sources/network/network-source.h"
#include "sources/network/reach-probe.h"
#include "sources/network/reach-queue.h"

#define ROW_MIN_USEC (1 * G_USEC_PER_SEC)
#define ROW_MAX_USEC (5 * G_USEC_PER_SEC)

struct _PresyncReachRun
{
  PresyncReachRunFunc ended;
  gpointer user_data;
  GMainContext *context;
  GThreadPool *threads;
  PresyncLookup *lookup;
  PresyncReachQueue *queue; /* PresyncReachJob that wait */
  GPtrArray *running;       /* PresyncReachJob */
  GSource *start;           /* nullable: rows will be started */
  gint64 deadline;          /* none starts any more */
  gboolean stopped;
};

/* One row's work. The thread has a reference and reads what never changes. */
typedef struct
{
  gatomicrefcount n_refs;
  PresyncReachProbe *probe;
  PresyncLookup *lookup;
  GCancellable *cancellable;
  GMainContext *context;
  gint64 deadline;
  /* of the main thread alone */
  PresyncReachRun *run; /* nullable: it ended, or nobody wants it any more */
  PresyncReach *row;
  PresyncReachTurn *turn;
  GSource *timeout; /* nullable */
} PresyncReachJob;

/* What a thread tells */
typedef struct
{
  PresyncReachJob *job;
  PresyncReachStage stage;
  PresyncReachMark mark;
  PresyncReachCertificate *certificate; /* nullable */
  PresyncReachProbeResult result;
} PresyncReachNews;

static void
presync_reach_job_unref (PresyncReachJob *job)
{
  if (!g_atomic_ref_count_dec (&job->n_refs))
    return;
  presync_reach_probe_free (job->probe);
  presync_lookup_unref (job->lookup);
  g_object_unref (job->cancellable);
  g_main_context_unref (job->context);
  g_free (job);
}

static PresyncReachJob *
presync_reach_job_ref (PresyncReachJob *job)
{
  g_atomic_ref_count_inc (&job->n_refs);
  return job;
}

/* Nothing of it reaches the row any more. Main thread only. */
static void
presync_reach_job_leave (PresyncReachJob *job)
{
  if (job->timeout != NULL)
    g_source_destroy (job->timeout);
  g_clear_pointer (&job->timeout, g_source_unref);
  g_cancellable_cancel (job->cancellable);
  g_clear_object (&job->row);
  job->run = NULL;
}

/* Leaves the job and gives up the run's reference to it. */
static void
presync_reach_job_free (PresyncReachJob *job)
{
  presync_reach_job_leave (job);
  presync_reach_job_unref (job);
}

static void
presync_reach_news_free (PresyncReachNews *news)
{
  presync_reach_job_unref (news->job);
  presync_reach_certificate_free (news->certificate);
  presync_reach_probe_result_clear (&news->result);
  g_free (news);
}

static PresyncReachRun *
presync_reach_run_ref (PresyncReachRun *self)
{
  return g_rc_box_acquire (self);
}

static void
presync_reach_run_clear (PresyncReachRun *self)
{
  g_main_context_unref (self->context);
  presync_lookup_unref (self->lookup);
  presync_reach_queue_free (self->queue);
  g_ptr_array_unref (self->running);
}

static void
presync_reach_run_unref (PresyncReachRun *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) presync_reach_run_clear);
}

static void presync_reach_run_plan_start (PresyncReachRun *self);

/* @result: (nullable): %NULL: what it showed so far stays */
static void
presync_reach_run_end_row (PresyncReachRun *self, PresyncReach *row, PresyncReachOutcome outcome,
                           const char *text, const PresyncReachProbeResult *result)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  presync_reach_set_at (row, now);
  if (result != NULL)
    {
      presync_reach_set_certificate (row, result->certificate);
      presync_reach_set_proxy (row, result->proxy);
    }
  presync_reach_end (row, outcome, text);
  if (!self->stopped)
    self->ended (row, self->user_data);
}

/* @result: (nullable): %NULL: its time is up */
static void
presync_reach_run_end_job (PresyncReachRun *self, PresyncReachJob *job,
                           const PresyncReachProbeResult *result)
{
  g_autoptr (PresyncReach) row = g_object_ref (job->row);
  PresyncReachOutcome outcome;
  g_autofree char *silence = NULL;

  if (result == NULL)
    silence = presync_reach_probe_silence (row, &outcome);
  else
    outcome = result->outcome;
  presync_reach_queue_ended (self->queue, job->turn, !presync_reach_outcome_is_known (outcome));
  /* Frees the job, unless its thread or its news hold it. */
  g_ptr_array_remove_fast (self->running, job);
  presync_reach_run_end_row (self, row, outcome, result != NULL ? result->text : silence, result);
  presync_reach_run_plan_start (self);
}

static gboolean
presync_reach_run_passed_cb (gpointer user_data)
{
  PresyncReachNews *news = user_data;

  if (news->job->run == NULL)
    return G_SOURCE_REMOVE;
  if (news->certificate != NULL)
    presync_reach_set_certificate (news->job->row, news->certificate);
  presync_reach_set_mark (news->job->row, news->stage, news->mark);
  return G_SOURCE_REMOVE;
}

static gboolean
presync_reach_run_done_cb (gpointer user_data)
{
  PresyncReachNews *news = user_data;

  if (news->job->run != NULL)
    {
      PresyncReachRun *self = presync_reach_run_ref (news->job->run);

      presync_reach_run_end_job (self, news->job, &news->result);
      presync_reach_run_unref (self);
    }
  return G_SOURCE_REMOVE;
}

/* In the thread, like the next two. Not g_main_context_invoke(), which may run it in this very
 * thread. @news: (transfer full) */
static void
presync_reach_news_send (PresyncReachNews *news, GSourceFunc func)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, news, (GDestroyNotify) presync_reach_news_free);
  g_source_attach (source, news->job->context);
}

static void
presync_reach_run_passed (PresyncReachStage stage, PresyncReachMark mark,
                          const PresyncReachCertificate *certificate, gpointer user_data)
{
  PresyncReachJob *job = user_data;
  PresyncReachNews *news = g_new0 (PresyncReachNews, 1);

  news->job = presync_reach_job_ref (job);
  news->stage = stage;
  news->mark = mark;
  news->certificate = presync_reach_certificate_copy (certificate);
  presync_reach_news_send (news, presync_reach_run_passed_cb);
}

static void
presync_reach_run_thread (gpointer data, gpointer user_data)
{
  PresyncReachJob *job = data;
  PresyncReachNews *news = g_new0 (PresyncReachNews, 1);

  news->job = job;
  presync_reach_probe_run (job->probe, job->lookup, job->deadline, presync_reach_run_passed, job,
                           job->cancellable, &news->result);
  presync_reach_news_send (news, presync_reach_run_done_cb);
}

static gboolean
presync_reach_run_timeout_cb (gpointer user_data)
{
  PresyncReachJob *job = presync_reach_job_ref (user_data);
  PresyncReachRun *self = presync_reach_run_ref (job->run);

  presync_reach_run_end_job (self, job, NULL);
  presync_reach_run_unref (self);
  presync_reach_job_unref (job);
  return G_SOURCE_REMOVE;
}

/* How long the next row may take: what is left, shared by the rounds that are to come */
static gint64
presync_reach_run_share (PresyncReachRun *self, gint64 now)
{
  guint waiting = presync_reach_queue_get_length (self->queue) + 1;
  guint rounds = (waiting + PRESYNC_NETWORK_AT_ONCE - 1) / PRESYNC_NETWORK_AT_ONCE;

  return CLAMP ((self->deadline - now) / (gint64) rounds, ROW_MIN_USEC, ROW_MAX_USEC);
}

/* @job: (transfer full) */
static void
presync_reach_run_start_job (PresyncReachRun *self, PresyncReachJob *job)
{
  gint64 now = g_get_monotonic_time ();
  gint64 share = presync_reach_run_share (self, now);

  job->deadline = now + share;
  job->timeout = g_timeout_source_new ((guint) (share / 1000));
  g_source_set_callback (job->timeout, presync_reach_run_timeout_cb, job, NULL);
  g_source_attach (job->timeout, self->context);
  g_ptr_array_add (self->running, job);
  g_thread_pool_push (self->threads, presync_reach_job_ref (job), NULL);
}

static gboolean
presync_reach_run_start_cb (gpointer user_data)
{
  PresyncReachRun *self = presync_reach_run_ref (user_data);

  g_clear_pointer (&self->start, g_source_unref);
  while (!self->stopped && self->running->len < PRESYNC_NETWORK_AT_ONCE
         && presync_reach_queue_get_length (self->queue) > 0)
    {
      PresyncReachJob *job = presync_reach_queue_pop (self->queue);
      const char *obstacle = presync_reach_get_obstacle (job->row);

      if (obstacle == NULL && g_get_monotonic_time () < self->deadline)
        presync_reach_run_start_job (self, job);
      else
        {
          g_autoptr (PresyncReach) row = g_object_ref (job->row);
          g_autofree char *text
              = obstacle != NULL
                    ? g_strdup (obstacle)
                    : g_strdup_printf (_ ("%s was not tried: others took all the time."),
                                       presync_reach_get_subject (row));

          presync_reach_queue_ended (self->queue, job->turn, FALSE);
          presync_reach_job_free (job);
          presync_reach_run_end_row (self, row, PRESYNC_REACH_NOT_TRIED, text, NULL);
        }
    }
  if (!self->stopped && self->running->len == 0
      && presync_reach_queue_get_length (self->queue) == 0)
    self->ended (NULL, self->user_data);
  presync_reach_run_unref (self);
  return G_SOURCE_REMOVE;
}

static void
presync_reach_run_plan_start (PresyncReachRun *self)
{
  if (self->start != NULL || self->stopped)
    return;
  self->start = g_idle_source_new ();
  g_source_set_priority (self->start, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->start, presync_reach_run_start_cb, self, NULL);
  g_source_attach (self->start, self->context);
}

PresyncReachRun *
presync_reach_run_new (guint seconds, PresyncReachRunFunc ended, gpointer user_data)
{
  PresyncReachRun *self = g_rc_box_new0 (PresyncReachRun);

  self->ended = ended;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  self->threads
      = g_thread_pool_new (presync_reach_run_thread, NULL, PRESYNC_NETWORK_AT_ONCE, FALSE, NULL);
  self->lookup = presync_lookup_new ();
  self->queue = presync_reach_queue_new ();
  self->running = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_reach_job_free);
  /* What starts last has that long: ROW_MIN_USEC. */
  self->deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC - ROW_MIN_USEC;
  return self;
}

void
presync_reach_run_stop (PresyncReachRun *self)
{
  PresyncReachJob *waiting;

  self->stopped = TRUE;
  if (self->start != NULL)
    g_source_destroy (self->start);
  g_clear_pointer (&self->start, g_source_unref);
  while ((waiting = presync_reach_queue_pop (self->queue)) != NULL)
    presync_reach_job_free (waiting);
  g_ptr_array_set_size (self->running, 0);
  /* What was given to a thread still runs, and sees at once that it is cancelled. */
  g_thread_pool_free (g_steal_pointer (&self->threads), FALSE, FALSE);
  presync_reach_run_unref (self);
}

gboolean
presync_reach_run_has_time (PresyncReachRun *self)
{
  return self->deadline - g_get_monotonic_time () >= ROW_MAX_USEC;
}

void
presync_reach_run_add (PresyncReachRun *self, PresyncReach *row, const PresyncNetworkTarget *target)
{
  PresyncReachJob *job = g_new0 (PresyncReachJob, 1);

  g_atomic_ref_count_init (&job->n_refs);
  job->probe = presync_reach_probe_new (row, target);
  job->lookup = presync_lookup_ref (self->lookup);
  job->cancellable = g_cancellable_new ();
  job->context = g_main_context_ref (self->context);
  job->run = self;
  job->row = g_object_ref (row);
  job->turn = presync_reach_queue_push (self->queue, presync_reach_get_group (row),
                                        presync_reach_get_host (row), job);
  presync_reach_run_plan_start (self);
}

static int
presync_reach_run_compare_cb (gconstpointer job, gconstpointer row)
{
  return ((const PresyncReachJob *) job)->row == row ? 0 : 1;
}

void
presync_reach_run_drop (PresyncReachRun *self, PresyncReach *row)
{
  PresyncReachJob *waiting
      = presync_reach_queue_take (self->queue, row, presync_reach_run_compare_cb);

  if (waiting != NULL)
    presync_reach_job_free (waiting);
  for (guint i = 0; i < self->running->len; i++)
    {
      PresyncReachJob *job = g_ptr_array_index (self->running, i);

      if (job->row != row)
        continue;
      presync_reach_queue_ended (self->queue, job->turn, FALSE);
      g_ptr_array_remove_index_fast (self->running, i);
      break;
    }
  presync_reach_run_plan_start (self);
}
