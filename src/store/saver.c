/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/saver.h"

#include <glib/gi18n.h>

#include "base/error.h"

struct _PresyncSaver
{
  gatomicrefcount references;
  GMutex work;                 /* held while the file is used */
  PresyncAssessmentFile *file; /* under work; NULL: closed */
  guint64 serial;              /* under work */
  GMutex queue;                /* held for moments only */
  PresyncChanges *changes;     /* under queue */
  gboolean writing;            /* under queue: some were taken, and are not in the file yet */
};

void
presync_saver_report_free (PresyncSaverReport *self)
{
  if (self == NULL)
    return;
  g_clear_error (&self->error);
  g_free (self->read_only);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

PresyncSaver *
presync_saver_new (PresyncAssessmentFile *file)
{
  PresyncSaver *self = g_new0 (PresyncSaver, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->work);
  g_mutex_init (&self->queue);
  self->file = file;
  self->changes = presync_changes_new ();
  return self;
}

PresyncSaver *
presync_saver_ref (PresyncSaver *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
presync_saver_unref (PresyncSaver *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  presync_assessment_file_free (self->file);
  presync_changes_free (self->changes);
  g_mutex_clear (&self->work);
  g_mutex_clear (&self->queue);
  g_free (self);
}

void
presync_saver_add (PresyncSaver *self, PresyncChanges *changes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->queue);

  presync_changes_merge (self->changes, changes);
}

gboolean
presync_saver_has_changes (PresyncSaver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->queue);

  return !presync_changes_is_empty (self->changes);
}

gboolean
presync_saver_is_clean (PresyncSaver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->queue);

  return !self->writing && presync_changes_is_empty (self->changes);
}

static PresyncChanges *
presync_saver_take (PresyncSaver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->queue);
  PresyncChanges *changes = self->changes;

  self->changes = presync_changes_new ();
  self->writing = !presync_changes_is_empty (changes);
  return changes;
}

/* What was taken is in the file. */
static void
presync_saver_end (PresyncSaver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->queue);

  self->writing = FALSE;
}

/* @changes: (transfer full): could not be written; what was added meanwhile is newer */
static void
presync_saver_put_back (PresyncSaver *self, PresyncChanges *changes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->queue);

  presync_changes_merge (changes, self->changes);
  self->changes = changes;
  self->writing = FALSE;
}

static PresyncSaverReport *
presync_saver_report_new (PresyncSaver *self)
{
  PresyncSaverReport *report = g_new0 (PresyncSaverReport, 1);

  report->serial = ++self->serial;
  report->runs = g_ptr_array_new_with_free_func (g_object_unref);
  report->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return report;
}

/* How the file stands now */
static void
presync_saver_report_fill (PresyncSaverReport *report, PresyncAssessmentFile *file)
{
  GDateTime *saved_at = presync_assessment_file_get_saved_at (file);

  report->read_only = presync_assessment_file_dup_message (file);
  report->saved_at = saved_at != NULL ? g_date_time_ref (saved_at) : NULL;
}

/* @runs: those that were written */
static void
presync_saver_report_add_runs (PresyncSaverReport *report, GPtrArray *runs)
{
  for (guint i = 0; i < runs->len && i < report->ids->len; i++)
    g_ptr_array_add (report->runs, g_object_ref (g_ptr_array_index (runs, i)));
}

PresyncSaverReport *
presync_saver_write (PresyncSaver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->work);
  PresyncSaverReport *report = presync_saver_report_new (self);
  g_autoptr (PresyncChanges) changes = NULL;

  if (self->file == NULL)
    return report;
  if (presync_assessment_file_get_access (self->file) == PRESYNC_FILE_WRITABLE)
    {
      changes = presync_saver_take (self);
      if (presync_changes_is_empty (changes)
          || presync_assessment_file_write (self->file, changes, report->ids, &report->error))
        {
          presync_saver_report_add_runs (report, changes->runs);
          presync_saver_end (self);
        }
      else
        presync_saver_put_back (self, g_steal_pointer (&changes));
    }
  presync_saver_report_fill (report, self->file);
  return report;
}

static void
presync_saver_set_closed (GError **error)
{
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
                       _ ("The file of this assessment is closed."));
}

GPtrArray *
presync_saver_read_rows (PresyncSaver *self, gint64 id, GDateTime *at, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->work);

  if (self->file != NULL)
    return presync_assessment_file_read_rows (self->file, id, at, error);
  presync_saver_set_closed (error);
  return NULL;
}

PresyncSaverReport *
presync_saver_save_as (PresyncSaver *self, PresyncChanges *all, const char *path, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->work);
  g_autoptr (PresyncSaverReport) report = presync_saver_report_new (self);
  g_autoptr (PresyncChanges) everything = all;
  g_autoptr (PresyncChanges) waiting = presync_saver_take (self);
  PresyncAssessmentFile *file;

  for (guint i = 0; i < waiting->runs->len; i++)
    g_ptr_array_add (everything->runs, g_object_ref (g_ptr_array_index (waiting->runs, i)));
  file = presync_assessment_file_create (self->file, everything, path, report->ids, error);
  if (file == NULL)
    {
      presync_saver_put_back (self, g_steal_pointer (&waiting));
      return NULL;
    }
  presync_assessment_file_free (self->file);
  self->file = file;
  report->n_lost = presync_assessment_file_get_n_lost (file);
  presync_saver_end (self);
  presync_saver_report_add_runs (report, everything->runs);
  presync_saver_report_fill (report, self->file);
  return g_steal_pointer (&report);
}

void
presync_saver_close (PresyncSaver *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->work);

  g_clear_pointer (&self->file, presync_assessment_file_free);
}
