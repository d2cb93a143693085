/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/facts-watch.h"

#include "base/error.h"

#include <glib/gi18n.h>

/* A file that is copied makes many events in a row. */
#define DEBOUNCE_MS 200
/* What is half written is looked at again. */
#define AGAIN_MS 1000

struct _PresyncFactsWatch
{
  GFile *folder;
  GFileMonitor *monitor;
  PresyncFactsWatchFunc func; /* NULL: stopped */
  gpointer user_data;
  GCancellable *scan; /* nullable: a scan is under way */
  gboolean again;     /* something changed meanwhile */
  guint timer;
};

static void presync_facts_watch_scan (PresyncFactsWatch *self);

static void
presync_facts_watch_clear (gpointer data)
{
  PresyncFactsWatch *self = data;

  g_clear_object (&self->folder);
  g_clear_object (&self->monitor);
  g_clear_object (&self->scan);
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

static void
presync_facts_watch_scanned_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncFactsWatch *self = user_data;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scanned = presync_facts_scan_finish (result, &problem, &error);

  g_clear_object (&self->scan);
  if (self->func != NULL && self->func (scanned, scanned == NULL ? error : problem, self->user_data)
      && self->func != NULL)
    presync_facts_watch_look_again (self);
  if (self->func != NULL && self->again)
    presync_facts_watch_scan_later (self, DEBOUNCE_MS);
  g_rc_box_release_full (self, presync_facts_watch_clear);
}

static void
presync_facts_watch_scan (PresyncFactsWatch *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  self->again = self->scan != NULL;
  if (self->again)
    return;
  self->scan = g_cancellable_new ();
  presync_facts_scan_async (none, self->folder, self->scan, presync_facts_watch_scanned_cb,
                            g_rc_box_acquire (self));
}

static void
presync_facts_watch_changed_cb (PresyncFactsWatch *self, GFile *file, GFile *other,
                                GFileMonitorEvent event, GFileMonitor *monitor)
{
  presync_facts_watch_scan_later (self, DEBOUNCE_MS);
}

PresyncFactsWatch *
presync_facts_watch_new (GFile *folder, PresyncFactsWatchFunc func, gpointer user_data,
                         GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileMonitor) monitor
      = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, &reason);
  PresyncFactsWatch *self;

  if (monitor == NULL)
    {
      g_autofree char *path = g_file_get_parse_name (folder);

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                   _ ("The folder “%s” cannot be watched: %s"), path, reason->message);
      return NULL;
    }
  self = g_rc_box_new0 (PresyncFactsWatch);
  self->folder = g_object_ref (folder);
  self->monitor = g_steal_pointer (&monitor);
  self->func = func;
  self->user_data = user_data;
  g_file_monitor_set_rate_limit (self->monitor, DEBOUNCE_MS);
  g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (presync_facts_watch_changed_cb),
                            self);
  presync_facts_watch_scan (self);
  return self;
}

void
presync_facts_watch_look_again (PresyncFactsWatch *self)
{
  presync_facts_watch_scan_later (self, AGAIN_MS);
}

void
presync_facts_watch_stop (PresyncFactsWatch *self)
{
  self->func = NULL;
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_file_monitor_cancel (self->monitor);
  if (self->scan != NULL)
    g_cancellable_cancel (self->scan);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_rc_box_release_full (self, presync_facts_watch_clear);
}
