/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store.h"

#include <string.h>

#include "base/error.h"
#include "base/worker.h"
#include "store/follower.h"
#include "store/plan-json.h"
#include "store/saver.h"
#include "store/store-private.h"

/* Changes of this time are written together; a program that is killed loses no more. */
#define DELAY_MS 250
/* After a failure */
#define RETRY_MS 10000

struct _PresyncStore
{
  GObject parent_instance;
  PresyncAssessment *assessment;
  PresyncFollower *follower;
  PresyncSaver *saver;
  PresyncWorker *worker;
  char *path;
  char *title;
  PresyncStoreState state;
  char *message;
  GDateTime *saved_at;
  GHashTable *ids; /* PresyncRun -> gint64: their id in the file */
  guint64 serial;  /* of the newest report */
  guint timer;     /* of the next save */
  guint delay;
  guint n_jobs; /* writes that the worker was given and has not reported */
  guint n_lost;
  gboolean held;
  gboolean newer;
  gboolean retrying; /* the timer is that of the next try after a failure */
};

enum
{
  PROP_STATE = 1,
  PROP_MESSAGE,
  PROP_SAVED_AT,
  PROP_PATH,
  PROP_TITLE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncStore, presync_store, G_TYPE_OBJECT)

static void presync_store_start_timer (PresyncStore *self, guint delay);

static void
presync_store_let_go (PresyncStore *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->follower != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->follower, self);
      presync_follower_stop (self->follower);
    }
  if (self->assessment != NULL && self->saver != NULL)
    presync_history_set_loader (presync_assessment_get_history (self->assessment), NULL, NULL,
                                NULL);
  if (self->saver != NULL)
    presync_saver_close (self->saver);
  g_clear_object (&self->follower);
  g_clear_object (&self->assessment);
}

static void
presync_store_dispose (GObject *object)
{
  presync_store_let_go (PRESYNC_STORE (object));
  G_OBJECT_CLASS (presync_store_parent_class)->dispose (object);
}

static void
presync_store_finalize (GObject *object)
{
  PresyncStore *self = PRESYNC_STORE (object);

  g_clear_pointer (&self->saver, presync_saver_unref);
  g_clear_object (&self->worker);
  g_free (self->path);
  g_free (self->title);
  g_free (self->message);
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  g_hash_table_unref (self->ids);
  G_OBJECT_CLASS (presync_store_parent_class)->finalize (object);
}

static void
presync_store_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncStore *self = PRESYNC_STORE (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_SAVED_AT:
      g_value_set_boxed (value, self->saved_at);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_store_class_init (PresyncStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = presync_store_dispose;
  object_class->finalize = presync_store_finalize;
  object_class->get_property = presync_store_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, PRESYNC_STORE_READ_ONLY,
                                             PRESYNC_STORE_SAVED, readable);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, readable);
  properties[PROP_SAVED_AT]
      = g_param_spec_boxed ("saved-at", NULL, NULL, G_TYPE_DATE_TIME, readable);
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, readable);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
presync_store_init (PresyncStore *self)
{
  self->ids = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  self->worker = presync_worker_new ("presync-store");
  self->delay = DELAY_MS;
}

static void
presync_store_set_path (PresyncStore *self, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_free (self->path);
  self->path = g_canonicalize_filename (path, NULL);
  g_free (self->title);
  if (g_str_has_suffix (name, PRESYNC_STORE_SUFFIX)
      && strlen (name) > strlen (PRESYNC_STORE_SUFFIX))
    name[strlen (name) - strlen (PRESYNC_STORE_SUFFIX)] = '\0';
  self->title = g_steal_pointer (&name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PATH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
presync_store_set_state (PresyncStore *self, PresyncStoreState state, const char *message)
{
  if (g_strcmp0 (self->message, message) != 0)
    {
      g_free (self->message);
      self->message = g_strdup (message);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
    }
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
presync_store_set_saved_at (PresyncStore *self, GDateTime *saved_at)
{
  if (saved_at == NULL || (self->saved_at != NULL && g_date_time_equal (self->saved_at, saved_at)))
    return;
  g_clear_pointer (&self->saved_at, g_date_time_unref);
  self->saved_at = g_date_time_ref (saved_at);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVED_AT]);
}

static void
presync_store_note_run (PresyncStore *self, PresyncRun *run, gint64 id)
{
  g_hash_table_replace (self->ids, g_object_ref (run), g_memdup2 (&id, sizeof id));
  if (presync_run_get_id (run) == 0)
    presync_run_set_id (run, id);
}

/* Is everything written that anybody knows of? */
static gboolean
presync_store_is_settled (PresyncStore *self)
{
  return self->timer == 0 && self->n_jobs == 0 && !presync_saver_has_changes (self->saver);
}

/* Shows how a write went */
static void
presync_store_take_report (PresyncStore *self, const PresyncSaverReport *report)
{
  for (guint i = 0; i < report->runs->len; i++)
    presync_store_note_run (self, g_ptr_array_index (report->runs, i),
                            g_array_index (report->ids, gint64, i));
  /* A later one is known already. */
  if (report->serial <= self->serial || self->assessment == NULL)
    return;
  self->serial = report->serial;
  presync_store_set_saved_at (self, report->saved_at);
  if (report->read_only != NULL)
    presync_store_set_state (self, PRESYNC_STORE_READ_ONLY, report->read_only);
  else if (report->error != NULL)
    {
      presync_store_set_state (self, PRESYNC_STORE_FAILED, report->error->message);
      if (self->timer == 0)
        {
          presync_store_start_timer (self, RETRY_MS);
          self->retrying = TRUE;
        }
    }
  else
    presync_store_set_state (
        self, presync_store_is_settled (self) ? PRESYNC_STORE_SAVED : PRESYNC_STORE_SAVING, NULL);
}

static void
presync_store_write_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, presync_saver_write (data),
                         (GDestroyNotify) presync_saver_report_free);
}

static void
presync_store_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncStore *self = PRESYNC_STORE (object);
  g_autoptr (PresyncSaverReport) report = g_task_propagate_pointer (G_TASK (result), NULL);

  self->n_jobs--;
  presync_store_take_report (self, report);
  /* A blocking save may have been faster, and have left the rest to this one. */
  if (self->state == PRESYNC_STORE_SAVING && presync_store_is_settled (self))
    presync_store_set_state (self, PRESYNC_STORE_SAVED, NULL);
}

static gboolean
presync_store_timer_cb (gpointer user_data)
{
  PresyncStore *self = user_data;
  g_autoptr (GTask) task = NULL;

  self->timer = 0;
  presync_saver_add (self->saver, presync_follower_gather (self->follower));
  if (!presync_saver_has_changes (self->saver) || self->state == PRESYNC_STORE_READ_ONLY)
    {
      if (self->state == PRESYNC_STORE_SAVING && self->n_jobs == 0)
        presync_store_set_state (self, PRESYNC_STORE_SAVED, NULL);
      return G_SOURCE_REMOVE;
    }
  if (self->state == PRESYNC_STORE_SAVED)
    presync_store_set_state (self, PRESYNC_STORE_SAVING, NULL);
  task = g_task_new (self, NULL, presync_store_written_cb, NULL);
  g_task_set_source_tag (task, presync_store_timer_cb);
  g_task_set_task_data (task, presync_saver_ref (self->saver),
                        (GDestroyNotify) presync_saver_unref);
  self->n_jobs++;
  presync_worker_run (self->worker, task, presync_store_write_job);
  return G_SOURCE_REMOVE;
}

static void
presync_store_start_timer (PresyncStore *self, guint delay)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->retrying = FALSE;
  if (self->held)
    return;
  self->timer = g_timeout_add (delay, presync_store_timer_cb, self);
}

static void
presync_store_dirty_cb (PresyncStore *self, gboolean sure, PresyncFollower *follower)
{
  if (sure && self->state == PRESYNC_STORE_SAVED)
    presync_store_set_state (self, PRESYNC_STORE_SAVING, NULL);
  /* A change does not wait for the next try after a failure; many do not put off each other. */
  if (self->timer == 0 || (self->retrying && sure))
    presync_store_start_timer (self, self->delay);
}

/* Reading the rows of a run */
typedef struct
{
  PresyncSaver *saver;
  PresyncRun *run;
  gint64 id;
  GTask *task; /* of the history */
} PresyncStoreRows;

static void
presync_store_rows_free (gpointer data)
{
  PresyncStoreRows *self = data;

  presync_saver_unref (self->saver);
  g_object_unref (self->run);
  g_clear_object (&self->task);
  g_free (self);
}

static void
presync_store_rows_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PresyncStoreRows *rows = data;
  GError *error = NULL;
  GPtrArray *found
      = presync_saver_read_rows (rows->saver, rows->id, presync_run_get_at (rows->run), &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
}

static void
presync_store_rows_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncStoreRows *rows = g_task_get_task_data (G_TASK (result));
  g_autoptr (GTask) task = g_steal_pointer (&rows->task);
  GError *error = NULL;
  GPtrArray *found = g_task_propagate_pointer (G_TASK (result), &error);

  if (found == NULL)
    g_task_return_error (task, error);
  else
    {
      if (presync_run_get_rows (rows->run) == NULL)
        presync_run_set_rows (rows->run, found);
      else
        g_ptr_array_unref (found);
      g_task_return_boolean (task, TRUE);
    }
}

/* PresyncRunLoader */
static void
presync_store_load_rows (PresyncRun *run, GTask *task, gpointer user_data)
{
  PresyncStore *self = user_data;
  PresyncStoreRows *rows = g_new0 (PresyncStoreRows, 1);
  const gint64 *id = g_hash_table_lookup (self->ids, run);
  g_autoptr (GTask) job = g_task_new (self, NULL, presync_store_rows_cb, NULL);

  g_task_set_source_tag (job, presync_store_load_rows);
  rows->saver = presync_saver_ref (self->saver);
  rows->run = g_object_ref (run);
  rows->id = id != NULL ? *id : presync_run_get_id (run);
  rows->task = task;
  g_task_set_task_data (job, rows, presync_store_rows_free);
  presync_worker_run (self->worker, job, presync_store_rows_job);
}

/* @file: (transfer full) */
static void
presync_store_follow (PresyncStore *self, PresyncAssessmentFile *file, PresyncFollower *follower)
{
  g_autofree char *message = presync_assessment_file_dup_message (file);

  self->newer = presync_assessment_file_get_access (file) == PRESYNC_FILE_NEWER;
  self->saver = presync_saver_new (file);
  self->follower = g_object_ref (follower);
  presync_store_set_saved_at (self, presync_assessment_file_get_saved_at (file));
  presync_store_set_state (self, message != NULL ? PRESYNC_STORE_READ_ONLY : PRESYNC_STORE_SAVED,
                           message);
  g_signal_connect_swapped (follower, "dirty", G_CALLBACK (presync_store_dirty_cb), self);
  presync_history_set_loader (presync_assessment_get_history (self->assessment),
                              presync_store_load_rows, self, NULL);
}

static PresyncStore *
presync_store_new (PresyncAssessment *assessment, const char *path)
{
  PresyncStore *self = g_object_new (PRESYNC_TYPE_STORE, NULL);

  self->assessment = g_object_ref (assessment);
  presync_store_set_path (self, path);
  return self;
}

PresyncStore *
presync_store_create (PresyncAssessment *assessment, const char *path, GError **error)
{
  g_autoptr (PresyncFollower) follower = NULL;
  g_autoptr (PresyncChanges) changes = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  PresyncAssessmentFile *file;
  PresyncStore *self;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment) && path != NULL, NULL);
  follower = presync_follower_new (assessment, NULL);
  changes = presync_follower_gather_all (follower, TRUE);
  file = presync_assessment_file_create (NULL, changes, path, ids, error);
  if (file == NULL)
    return NULL;
  self = presync_store_new (assessment, path);
  presync_store_follow (self, file, follower);
  for (guint i = 0; i < ids->len; i++)
    presync_store_note_run (self, g_ptr_array_index (changes->runs, i),
                            g_array_index (ids, gint64, i));
  return self;
}

/* Facts come last: what is set before forgets some. */
static void
presync_store_load (PresyncAssessment *assessment, const PresyncFileContents *contents)
{
  presync_plan_json_apply (contents->pieces, contents->parsed, assessment);
  for (guint i = 0; i < contents->facts->len; i++)
    presync_fact_set_update (presync_assessment_get_facts (assessment),
                             g_ptr_array_index (contents->facts, i));
  presync_statements_load (presync_assessment_get_statements (assessment), contents->answers,
                           contents->waivers);
  presync_history_load (presync_assessment_get_history (assessment), contents->runs);
}

PresyncStore *
presync_store_open (PresyncAssessment *assessment, const char *path, GError **error)
{
  g_autoptr (PresyncFileContents) contents = NULL;
  g_autoptr (PresyncFollower) follower = NULL;
  PresyncAssessmentFile *file;
  PresyncStore *self;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment) && path != NULL, NULL);
  file = presync_assessment_file_open (path, &contents, error);
  if (file == NULL)
    return NULL;
  presync_store_load (assessment, contents);
  follower = presync_follower_new (assessment, contents->runs);
  self = presync_store_new (assessment, path);
  presync_store_follow (self, file, follower);
  for (guint i = 0; i < contents->runs->len; i++)
    presync_store_note_run (self, g_ptr_array_index (contents->runs, i),
                            presync_run_get_id (g_ptr_array_index (contents->runs, i)));
  return self;
}

PresyncStoreState
presync_store_get_state (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), PRESYNC_STORE_FAILED);
  return self->state;
}

const char *
presync_store_get_message (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), NULL);
  return self->message;
}

GDateTime *
presync_store_get_saved_at (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), NULL);
  return self->saved_at;
}

const char *
presync_store_get_path (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), NULL);
  return self->path;
}

const char *
presync_store_get_title (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), NULL);
  return self->title;
}

void
presync_store_set_delay (PresyncStore *self, guint milliseconds)
{
  g_return_if_fail (PRESYNC_IS_STORE (self));
  self->delay = milliseconds;
}

gboolean
presync_store_flush (PresyncStore *self, GError **error)
{
  g_autoptr (PresyncSaverReport) report = NULL;

  g_return_val_if_fail (PRESYNC_IS_STORE (self), FALSE);
  if (self->assessment == NULL || self->held)
    return TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  presync_saver_add (self->saver, presync_follower_gather (self->follower));
  report = presync_saver_write (self->saver);
  presync_store_take_report (self, report);
  if (report->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&report->error));
  return FALSE;
}

void
presync_store_hold (PresyncStore *self)
{
  g_return_if_fail (PRESYNC_IS_STORE (self));
  self->held = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
}

void
presync_store_release (PresyncStore *self)
{
  g_return_if_fail (PRESYNC_IS_STORE (self));
  if (!self->held)
    return;
  self->held = FALSE;
  if (self->assessment != NULL)
    presync_store_start_timer (self, self->delay);
}

gboolean
presync_store_has_unsaved (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), FALSE);
  if (self->assessment == NULL)
    return FALSE;
  presync_saver_add (self->saver, presync_follower_gather (self->follower));
  return !presync_saver_is_clean (self->saver);
}

guint
presync_store_get_n_lost (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), 0);
  return self->n_lost;
}

gboolean
presync_store_get_newer (PresyncStore *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE (self), FALSE);
  return self->newer;
}

gboolean
presync_store_save_as (PresyncStore *self, const char *path, GError **error)
{
  g_autoptr (PresyncSaverReport) report = NULL;

  g_return_val_if_fail (PRESYNC_IS_STORE (self) && path != NULL, FALSE);
  g_return_val_if_fail (self->assessment != NULL, FALSE);
  /* New runs first: they are not in what is gathered then. */
  presync_saver_add (self->saver, presync_follower_gather (self->follower));
  report = presync_saver_save_as (self->saver, presync_follower_gather_all (self->follower, FALSE),
                                  path, error);
  if (report == NULL)
    return FALSE;
  g_clear_handle_id (&self->timer, g_source_remove);
  presync_store_set_path (self, path);
  self->n_lost = report->n_lost;
  presync_store_take_report (self, report);
  return TRUE;
}

gboolean
presync_store_close (PresyncStore *self, GError **error)
{
  gboolean good;

  g_return_val_if_fail (PRESYNC_IS_STORE (self), FALSE);
  good = presync_store_flush (self, error);
  presync_store_let_go (self);
  return good;
}
