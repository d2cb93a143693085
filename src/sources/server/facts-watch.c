/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/facts-watch.h"

#include "base/error.h"
#include "base/worker.h"

/* A file that is copied makes many events in a row. */
#define DEBOUNCE_MS 200
/* What is half written is looked at again. */
#define AGAIN_MS 1000
/* A folder that cannot be read, perhaps as it is gone for a while, is looked for so often. */
#define GONE_MS 3000

struct _PresyncFactsWatch
{
  GFile *folder;
  GFileMonitor *monitor;      /* nullable: is being made, cannot be had, or the folder is gone */
  PresyncFactsWatchFunc func; /* NULL: stopped */
  gpointer user_data;
  GCancellable *scan; /* nullable: a scan is under way */
  GWeakRef last;      /* its cancellable, which its thread holds */
  GPtrArray *known;   /* nullable: PresyncFactsFile that the last scan read */
  gboolean whole;     /* the next scan relies on none of them */
  gboolean again;     /* something changed meanwhile */
  gboolean gone;      /* the last scan could not read the folder */
  guint timer;
  guint tick;
};

static void presync_facts_watch_scan (PresyncFactsWatch *self);

static void
presync_facts_watch_clear (gpointer data)
{
  PresyncFactsWatch *self = data;

  g_clear_object (&self->folder);
  g_clear_object (&self->monitor);
  g_clear_object (&self->scan);
  g_weak_ref_clear (&self->last);
  g_clear_pointer (&self->known, g_ptr_array_unref);
}

static gboolean
presync_facts_watch_timer_cb (gpointer user_data)
{
  PresyncFactsWatch *self = user_data;

  self->timer = 0;
  presync_facts_watch_scan (self);
  return G_SOURCE_REMOVE;
}

/* Whoever writes without an end must not put the scan off without an end: the first event counts.
 */
static void
presync_facts_watch_scan_later (PresyncFactsWatch *self, guint delay)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (delay, presync_facts_watch_timer_cb, self);
}

/* @func may empty @scanned, and a scan reads the files it knows on its thread: both have theirs. */
static void
presync_facts_watch_remember (PresyncFactsWatch *self, GPtrArray *scanned)
{
  g_clear_pointer (&self->known, g_ptr_array_unref);
  self->known = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_facts_file_free);
  for (guint i = 0; i < scanned->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (scanned, i);
      PresyncFactsFile *copy;

      if (file->report == NULL || !file->settled)
        continue;
      copy = presync_facts_file_new (file->file, file->report, NULL);
      copy->in_folder = file->in_folder;
      copy->changed = file->changed;
      copy->size = file->size;
      copy->settled = TRUE;
      g_ptr_array_add (self->known, copy);
    }
}

static void
presync_facts_watch_close (PresyncFactsWatch *self)
{
  if (self->monitor == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}

static void
presync_facts_watch_changed_cb (PresyncFactsWatch *self, GFile *file, GFile *other,
                                GFileMonitorEvent event, GFileMonitor *monitor)
{
  self->whole = TRUE;
  presync_facts_watch_scan_later (self, DEBOUNCE_MS);
}

/* The monitor's events come in the main context: this thread has no other. */
static void
presync_facts_watch_open_thread (GTask *task, gpointer source, gpointer data,
                                 GCancellable *cancellable)
{
  GError *error = NULL;
  GFileMonitor *monitor
      = g_file_monitor_directory (G_FILE (data), G_FILE_MONITOR_WATCH_MOVES, NULL, &error);

  if (monitor == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, monitor, g_object_unref);
}

/* Where there can be no monitor, the folder is looked through all the same. */
static void
presync_facts_watch_opened_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncFactsWatch *self = user_data;
  g_autoptr (GFileMonitor) monitor = g_task_propagate_pointer (G_TASK (result), NULL);

  if (monitor != NULL && self->func != NULL && !self->gone)
    {
      presync_facts_watch_close (self);
      self->monitor = g_steal_pointer (&monitor);
      g_file_monitor_set_rate_limit (self->monitor, DEBOUNCE_MS);
      g_signal_connect_swapped (self->monitor, "changed",
                                G_CALLBACK (presync_facts_watch_changed_cb), self);
      /* What changed between the first scan and now made no event. */
      presync_facts_watch_scan (self);
    }
  else if (monitor != NULL)
    g_file_monitor_cancel (monitor);
  g_rc_box_release_full (self, presync_facts_watch_clear);
}

static void
presync_facts_watch_open (PresyncFactsWatch *self)
{
  g_autoptr (PresyncWorker) worker = presync_worker_new ("facts-folder");
  g_autoptr (GTask) task
      = g_task_new (NULL, NULL, presync_facts_watch_opened_cb, g_rc_box_acquire (self));

  g_task_set_task_data (task, g_object_ref (self->folder), g_object_unref);
  presync_worker_run (worker, task, presync_facts_watch_open_thread);
}

/* A monitor stays with the folder that it was made for, also when that is elsewhere or gone: it
 * would tell nothing of another one in its place. @gone: it cannot be read */
static void
presync_facts_watch_note_gone (PresyncFactsWatch *self, gboolean gone)
{
  gboolean back = self->gone && !gone;

  self->gone = gone;
  if (gone)
    {
      presync_facts_watch_close (self);
      presync_facts_watch_scan_later (self, GONE_MS);
    }
  else if (back)
    presync_facts_watch_open (self);
}

static void
presync_facts_watch_scanned_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncFactsWatch *self = user_data;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scanned = presync_facts_scan_finish (result, &problem, &error);
  gboolean gone
      = scanned == NULL
        || (problem != NULL && !g_error_matches (problem, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT));

  g_clear_object (&self->scan);
  if (scanned != NULL)
    presync_facts_watch_remember (self, scanned);
  else
    self->whole = TRUE;
  if (self->func != NULL && self->func (scanned, scanned == NULL ? error : problem, self->user_data)
      && self->func != NULL)
    presync_facts_watch_look_again (self);
  if (self->func != NULL)
    presync_facts_watch_note_gone (self, gone);
  if (self->func != NULL && self->again)
    presync_facts_watch_scan_later (self, DEBOUNCE_MS);
  g_rc_box_release_full (self, presync_facts_watch_clear);
}

static void
presync_facts_watch_scan (PresyncFactsWatch *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GObject) held = NULL;

  self->again = self->scan != NULL;
  if (self->again)
    return;
  /* A file server that does not answer holds one thread, not one more each minute. */
  held = g_weak_ref_get (&self->last);
  if (held != NULL)
    {
      presync_facts_watch_scan_later (self, AGAIN_MS);
      return;
    }
  self->scan = g_cancellable_new ();
  g_weak_ref_set (&self->last, self->scan);
  presync_facts_scan_async (none, self->folder, self->whole ? NULL : self->known, self->scan,
                            presync_facts_watch_scanned_cb, g_rc_box_acquire (self));
  self->whole = FALSE;
}

static gboolean
presync_facts_watch_tick_cb (gpointer user_data)
{
  PresyncFactsWatch *self = user_data;

  if (self->scan == NULL)
    presync_facts_watch_scan (self);
  return G_SOURCE_CONTINUE;
}

PresyncFactsWatch *
presync_facts_watch_new (GFile *folder, guint seconds, PresyncFactsWatchFunc func,
                         gpointer user_data)
{
  PresyncFactsWatch *self = g_rc_box_new0 (PresyncFactsWatch);

  self->folder = g_object_ref (folder);
  self->func = func;
  self->user_data = user_data;
  g_weak_ref_init (&self->last, NULL);
  self->tick = g_timeout_add_seconds (seconds, presync_facts_watch_tick_cb, self);
  presync_facts_watch_open (self);
  presync_facts_watch_scan (self);
  return self;
}

void
presync_facts_watch_look_again (PresyncFactsWatch *self)
{
  self->whole = TRUE;
  presync_facts_watch_scan_later (self, AGAIN_MS);
}

void
presync_facts_watch_look_for (PresyncFactsWatch *self)
{
  presync_facts_watch_close (self);
  self->gone = TRUE;
  presync_facts_watch_look_again (self);
}

void
presync_facts_watch_stop (PresyncFactsWatch *self)
{
  self->func = NULL;
  presync_facts_watch_close (self);
  if (self->scan != NULL)
    g_cancellable_cancel (self->scan);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_rc_box_release_full (self, presync_facts_watch_clear);
}
