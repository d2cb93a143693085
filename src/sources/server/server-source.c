/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/server-source-private.h"

#include "base/error.h"
#include "sources/server/facts-choice.h"

#include <glib/gi18n.h>

enum
{
  PROP_SERVER = 1,
  PROP_FOLDER,
  PROP_PROBLEMS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncServerSource, presync_server_source, PRESYNC_TYPE_SOURCE)

static char *
presync_server_source_dup_target (PresyncSource *source)
{
  PresyncServerSource *self = PRESYNC_SERVER_SOURCE (source);

  if (self->report != NULL)
    return g_strdup (presync_facts_report_get_path (self->report));
  if (self->folder != NULL)
    return g_file_get_parse_name (self->folder);
  if (self->files->len > 0)
    return g_file_get_parse_name (((PresyncFactsFile *) self->files->pdata[0])->file);
  return g_strdup ("");
}

/* Emits what is different from what was told last; all of it if @again. */
static void
presync_server_source_tell (PresyncServerSource *self, gboolean again)
{
  g_autofree char *why = NULL;
  g_autofree char *subject = NULL;
  PresyncUnknown reason = PRESYNC_UNKNOWN_NOT_OFFERED;

  if (self->report == NULL)
    why = presync_facts_choice_dup_why (self->files, self->sync_server, self->told_report != NULL,
                                        &reason);
  /* Nobody ever told anything: a person may answer. */
  if (self->report == NULL && why == NULL && !self->told)
    return;
  if (why == NULL)
    why = g_strdup (self->report == NULL ? _ ("The facts file is no longer there.") : NULL);
  subject = g_strdup (self->server != NULL         ? self->server
                      : self->sync_server != NULL  ? self->sync_server
                      : self->told_subject != NULL ? self->told_subject
                                                   : "");
  if (!again && self->told && self->report == self->told_report
      && g_strcmp0 (self->told_why, why) == 0 && g_strcmp0 (self->told_subject, subject) == 0)
    return;
  self->told = TRUE;
  g_set_object (&self->told_report, self->report);
  g_free (self->told_why);
  self->told_why = g_strdup (why);
  g_free (self->told_subject);
  self->told_subject = g_strdup (subject);
  if (self->restoring)
    return;
  if (self->report == NULL)
    presync_server_telling_unknown (self->telling, reason, subject, why);
  else
    {
      g_autoptr (PresyncFactsReport) report = g_object_ref (self->report);
      presync_server_telling_report (self->telling, report, subject);
    }
}

static void
presync_server_source_set_stages (PresyncServerSource *self, PresyncStageState open,
                                  const char *open_text, PresyncStageState read,
                                  const char *read_text)
{
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (self));
  g_autoptr (PresyncStage) first = g_list_model_get_item (stages, 0);
  g_autoptr (PresyncStage) second = g_list_model_get_item (stages, 1);

  presync_stage_set (first, open, open_text);
  presync_stage_set (second, read, read_text);
}

/* What the files came to */
static void
presync_server_source_show_stages (PresyncServerSource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);

  if (presync_source_get_state (source) == PRESYNC_SOURCE_FAILED)
    presync_server_source_set_stages (self, PRESYNC_STAGE_DONE, NULL, PRESYNC_STAGE_FAILED,
                                      presync_source_get_message (source));
  else
    presync_server_source_set_stages (
        self, PRESYNC_STAGE_DONE,
        self->report != NULL ? presync_facts_report_get_path (self->report) : NULL,
        PRESYNC_STAGE_DONE, NULL);
}

/* What state it is in when no check is under way */
static void
presync_server_source_settle (PresyncServerSource *self)
{
  PresyncSourceState state = self->folder != NULL ? PRESYNC_SOURCE_LIVE : PRESYNC_SOURCE_DONE;
  g_autofree char *folder = self->folder != NULL ? g_file_get_parse_name (self->folder) : NULL;
  g_autofree char *message = NULL;

  if (self->task != NULL)
    return;
  if (self->unread && self->watch == NULL
      && (self->report == NULL || presync_server_source_is_restored (self)))
    state = PRESYNC_SOURCE_IDLE;
  else if (self->folder_problem != NULL)
    {
      state = PRESYNC_SOURCE_FAILED;
      message = g_strdup (self->folder_problem->message);
    }
  else if (self->report != NULL && self->folder != NULL)
    message = g_strdup (_ ("Changes are followed"));
  else if (self->report == NULL && self->told)
    {
      state = PRESYNC_SOURCE_FAILED;
      message = g_strdup (self->told_why);
    }
  else if (self->report == NULL && self->folder != NULL)
    message = g_strdup_printf (_ ("There is no facts file in “%s” yet."), folder);
  else if (self->report == NULL)
    state = PRESYNC_SOURCE_IDLE;
  presync_source_set_state (PRESYNC_SOURCE (self), state, message);
  if (state == PRESYNC_SOURCE_FAILED || (self->report != NULL && state != PRESYNC_SOURCE_IDLE))
    presync_server_source_show_stages (self);
}

static void
presync_server_source_set_problems (PresyncServerSource *self)
{
  g_auto (GStrv) problems = presync_facts_choice_list_problems (self->files, self->folder_problem);

  if (self->problems != NULL
      && g_strv_equal ((const char *const *) problems, (const char *const *) self->problems))
    return;
  g_strfreev (self->problems);
  self->problems = g_steal_pointer (&problems);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEMS]);
}

/* Who is told may name the sync server now; it gets the same name. */
static void
presync_server_source_set_server (PresyncServerSource *self, const char *server)
{
  if (g_strcmp0 (self->server, server) == 0)
    return;
  g_free (self->server);
  self->server = g_strdup (server);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}

void
presync_server_source_update (PresyncServerSource *self, gboolean again)
{
  g_autoptr (PresyncServerSource) keep = g_object_ref (self);
  g_autoptr (GPtrArray) newest = presync_facts_choice_list_newest (self->files);
  PresyncFactsReport *report = presync_facts_choice_find (newest, self->sync_server);
  const char *name = report == NULL              ? NULL
                     : self->sync_server != NULL ? self->sync_server
                                                 : presync_facts_choice_get_host (report);
  g_autofree char *server = g_strdup (name);

  g_clear_pointer (&self->saved, g_free);
  g_set_object (&self->report, report);
  presync_facts_choice_fill (self->reports, newest);
  presync_server_source_set_problems (self);
  presync_server_source_set_server (self, server);
  presync_server_source_tell (self, again);
  presync_server_source_settle (self);
}

gboolean
presync_server_source_scanned_cb (GPtrArray *scanned, const GError *problem, gpointer user_data)
{
  PresyncServerSource *self = user_data;
  gboolean again = scanned != NULL && presync_facts_choice_merge (self->files, scanned, FALSE);

  g_clear_error (&self->folder_problem);
  if (problem != NULL)
    self->folder_problem = g_error_copy (problem);
  presync_server_source_update (self, FALSE);
  return again;
}

void
presync_server_source_notify_folder (PresyncServerSource *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
}

void
presync_server_source_set_folder (PresyncServerSource *self, GFile *folder)
{
  gboolean same;

  g_return_if_fail (PRESYNC_IS_SERVER_SOURCE (self));
  g_return_if_fail (folder == NULL || G_IS_FILE (folder));
  same = self->folder == folder
         || (self->folder != NULL && folder != NULL && g_file_equal (self->folder, folder));
  /* One that is remembered is read now. */
  if (same && (self->folder == NULL || self->watch != NULL))
    return;
  g_clear_pointer (&self->watch, presync_facts_watch_stop);
  g_clear_error (&self->folder_problem);
  g_set_object (&self->folder, folder);
  for (guint i = self->files->len; i > 0 && !same; i--)
    if (((PresyncFactsFile *) g_ptr_array_index (self->files, i - 1))->in_folder)
      g_ptr_array_remove_index (self->files, i - 1);
  if (folder != NULL)
    self->watch = presync_facts_watch_new (folder, PRESYNC_FACTS_WATCH_SECONDS,
                                           presync_server_source_scanned_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
  presync_server_source_update (self, FALSE);
}

/* @report: (transfer none): was just read of @file */
static gboolean
presync_server_source_take (PresyncServerSource *self, GFile *file, PresyncFactsReport *report,
                            GError **error)
{
  const char *server = self->sync_server != NULL ? self->sync_server : self->server;

  if (!presync_facts_choice_may_add (self->files, server, report, error))
    return FALSE;
  presync_facts_choice_add (self->files, presync_facts_file_new (file, report, NULL));
  presync_server_source_update (self, FALSE);
  return TRUE;
}

static void
presync_server_source_added_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PresyncServerSource *self = g_task_get_source_object (task);
  g_autoptr (GError) problem = NULL;
  GError *error = NULL;
  g_autoptr (GPtrArray) scanned = presync_facts_scan_finish (result, &problem, &error);
  const PresyncFactsFile *read;

  if (scanned == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  read = g_ptr_array_index (scanned, 0);
  if (read->report == NULL)
    g_task_return_error (task, g_error_copy (read->error));
  else if (presync_server_source_take (self, read->file, read->report, &error))
    g_task_return_pointer (task, g_object_ref (read->report), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
presync_server_source_add_file_async (PresyncServerSource *self, GFile *file,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  GTask *task;

  g_return_if_fail (PRESYNC_IS_SERVER_SOURCE (self));
  g_return_if_fail (G_IS_FILE (file));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_server_source_add_file_async);
  g_task_set_check_cancellable (task, FALSE);
  g_ptr_array_add (files, file);
  presync_facts_scan_async (files, NULL, NULL, cancellable, presync_server_source_added_cb, task);
}

PresyncFactsReport *
presync_server_source_add_file_finish (PresyncServerSource *self, GAsyncResult *result,
                                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
presync_server_source_add_file (PresyncServerSource *self, GFile *file, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncFactsReport) report = NULL;

  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), FALSE);
  report = presync_facts_report_load (file, now, NULL, error);
  return report != NULL && presync_server_source_take (self, file, report, error);
}

/* A cancelled check leaves everything as it was. */
static void
presync_server_source_end_cancelled (PresyncServerSource *self, GTask *task, GError *error)
{
  presync_server_source_set_stages (self, PRESYNC_STAGE_FAILED, error->message,
                                    PRESYNC_STAGE_SKIPPED, NULL);
  presync_source_set_state (PRESYNC_SOURCE (self), self->earlier_state, self->earlier_message);
  g_task_return_error (task, error);
}

/* @error: (nullable): no file could be read at all */
static void
presync_server_source_end_test (PresyncServerSource *self, GTask *task, GPtrArray *scanned,
                                const GError *problem, GError *error)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  const GError *first = error != NULL ? error : problem;

  for (guint i = 0; scanned != NULL && i < scanned->len && first == NULL; i++)
    first = ((PresyncFactsFile *) g_ptr_array_index (scanned, i))->error;
  if (first != NULL)
    {
      presync_server_source_set_stages (self, PRESYNC_STAGE_DONE, NULL, PRESYNC_STAGE_FAILED,
                                        first->message);
      presync_source_set_state (source, PRESYNC_SOURCE_FAILED, first->message);
      g_task_return_error (task, g_error_copy (first));
    }
  else
    {
      presync_server_source_set_stages (self, PRESYNC_STAGE_DONE, NULL, PRESYNC_STAGE_DONE, NULL);
      presync_source_set_state (source, PRESYNC_SOURCE_IDLE, _ ("The facts files can be read"));
      g_task_return_boolean (task, TRUE);
    }
  g_clear_error (&error);
}

static void
presync_server_source_end_check (PresyncServerSource *self, GTask *task)
{
  const char *message = presync_source_get_message (PRESYNC_SOURCE (self));

  presync_server_source_show_stages (self);
  if (presync_source_get_state (PRESYNC_SOURCE (self)) != PRESYNC_SOURCE_FAILED)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s", message);
}

static void
presync_server_source_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncServerSource) self = user_data;
  GError *problem = NULL, *error = NULL;
  g_autoptr (GPtrArray) scanned = presync_facts_scan_finish (result, &problem, &error);
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  gboolean first;

  presync_source_set_progress (PRESYNC_SOURCE (self), -1.0);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    presync_server_source_end_cancelled (self, task, error);
  else if (self->test_only)
    presync_server_source_end_test (self, task, scanned, problem, error);
  else
    {
      g_clear_error (&self->folder_problem);
      self->folder_problem = g_steal_pointer (&problem);
      if (self->folder_problem != NULL && self->watch != NULL)
        presync_facts_watch_look_for (self->watch);
      if (scanned == NULL)
        presync_facts_choice_fail (self->files, error);
      else if (presync_facts_choice_merge (self->files, scanned, TRUE) && self->watch != NULL)
        presync_facts_watch_look_again (self->watch);
      g_clear_error (&error);
      first = presync_server_source_end_unread (self);
      presync_server_source_update (self, TRUE);
      if (first && !self->told)
        presync_server_telling_nothing (self->telling);
      presync_server_source_end_check (self, task);
    }
  g_clear_error (&problem);
}

static void
presync_server_source_check_async (PresyncSource *source, gboolean test_only,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  PresyncServerSource *self = PRESYNC_SERVER_SOURCE (source);
  g_autoptr (GPtrArray) files = g_ptr_array_new ();

  for (guint i = 0; i < self->files->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (self->files, i);
      if (!file->in_folder)
        g_ptr_array_add (files, file->file);
    }
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (self->task, FALSE);
  self->test_only = test_only;
  self->earlier_state = presync_source_get_state (source);
  g_free (self->earlier_message);
  self->earlier_message = g_strdup (presync_source_get_message (source));
  presync_server_source_set_stages (self, PRESYNC_STAGE_RUNNING, NULL, PRESYNC_STAGE_WAITING, NULL);
  presync_source_set_state (source, test_only ? PRESYNC_SOURCE_TESTING : PRESYNC_SOURCE_CHECKING,
                            _ ("Reading facts files"));
  presync_facts_scan_async (files, self->folder, NULL, cancellable,
                            presync_server_source_checked_cb, g_object_ref (self));
}

static gboolean
presync_server_source_check_finish (PresyncSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
presync_server_source_close (PresyncSource *source)
{
  PresyncServerSource *self = PRESYNC_SERVER_SOURCE (source);

  if (self->folder == NULL)
    return;
  g_clear_pointer (&self->watch, presync_facts_watch_stop);
  g_clear_error (&self->folder_problem);
  g_clear_object (&self->folder);
  g_clear_pointer (&self->saved, g_free);
  /* What they told stays; a later check reads them like files that were added. */
  for (guint i = 0; i < self->files->len; i++)
    ((PresyncFactsFile *) g_ptr_array_index (self->files, i))->in_folder = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDER]);
}

static void
presync_server_source_dispose (GObject *object)
{
  PresyncServerSource *self = PRESYNC_SERVER_SOURCE (object);

  g_clear_pointer (&self->watch, presync_facts_watch_stop);
  G_OBJECT_CLASS (presync_server_source_parent_class)->dispose (object);
}

static void
presync_server_source_finalize (GObject *object)
{
  PresyncServerSource *self = PRESYNC_SERVER_SOURCE (object);

  g_clear_pointer (&self->sync_server, g_free);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_object (&self->reports);
  g_clear_pointer (&self->problems, g_strfreev);
  g_clear_pointer (&self->server, g_free);
  g_clear_object (&self->report);
  g_clear_pointer (&self->told_subject, g_free);
  g_clear_object (&self->told_report);
  g_clear_pointer (&self->told_why, g_free);
  g_clear_pointer (&self->telling, presync_server_telling_free);
  g_clear_object (&self->folder);
  g_clear_error (&self->folder_problem);
  g_clear_pointer (&self->earlier_message, g_free);
  g_clear_pointer (&self->saved, g_free);
  G_OBJECT_CLASS (presync_server_source_parent_class)->finalize (object);
}

static void
presync_server_source_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncServerSource *self = PRESYNC_SERVER_SOURCE (object);

  switch (id)
    {
    case PROP_SERVER:
      g_value_set_string (value, self->server);
      break;
    case PROP_FOLDER:
      g_value_set_object (value, self->folder);
      break;
    case PROP_PROBLEMS:
      g_value_set_boxed (value, self->problems);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_server_source_class_init (PresyncServerSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PresyncSourceClass *source_class = PRESYNC_SOURCE_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = presync_server_source_dispose;
  object_class->finalize = presync_server_source_finalize;
  object_class->get_property = presync_server_source_get_property;
  source_class->id = "server";
  source_class->dup_target = presync_server_source_dup_target;
  source_class->check_async = presync_server_source_check_async;
  source_class->check_finish = presync_server_source_check_finish;
  source_class->close = presync_server_source_close;
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, readable);
  properties[PROP_FOLDER] = g_param_spec_object ("folder", NULL, NULL, G_TYPE_FILE, readable);
  properties[PROP_PROBLEMS] = g_param_spec_boxed ("problems", NULL, NULL, G_TYPE_STRV, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
presync_server_source_init (PresyncServerSource *self)
{
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_facts_file_free);
  self->reports = g_list_store_new (PRESYNC_TYPE_FACTS_REPORT);
  self->problems = g_new0 (char *, 1);
  self->telling = presync_server_telling_new (PRESYNC_SOURCE (self));
  presync_source_add_stage (PRESYNC_SOURCE (self), "open", _ ("Open the files"));
  presync_source_add_stage (PRESYNC_SOURCE (self), "read", _ ("Read the facts"));
}

PresyncServerSource *
presync_server_source_new (void)
{
  return g_object_new (PRESYNC_TYPE_SERVER_SOURCE, NULL);
}

void
presync_server_source_set_sync_server (PresyncServerSource *self, const char *sync_server)
{
  g_return_if_fail (PRESYNC_IS_SERVER_SOURCE (self));
  if (sync_server != NULL && sync_server[0] == '\0')
    sync_server = NULL;
  if (g_strcmp0 (self->sync_server, sync_server) == 0)
    return;
  g_free (self->sync_server);
  self->sync_server = g_strdup (sync_server);
  presync_server_source_update (self, FALSE);
}

void
presync_server_source_set_target (PresyncServerSource *self, const PresyncNetworkTarget *target)
{
  g_return_if_fail (PRESYNC_IS_SERVER_SOURCE (self));
  /* Of another session, the facts are there already, with what they were told for. */
  presync_server_telling_set_target (
      self->telling, presync_server_source_is_restored (self) ? NULL : self->told_report, target);
}

const char *
presync_server_source_get_server (PresyncServerSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), NULL);
  return self->server;
}

GFile *
presync_server_source_get_folder (PresyncServerSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), NULL);
  return self->folder;
}

GListModel *
presync_server_source_get_reports (PresyncServerSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), NULL);
  return G_LIST_MODEL (self->reports);
}

PresyncFactsReport *
presync_server_source_get_report (PresyncServerSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), NULL);
  return self->report;
}

const char *const *
presync_server_source_get_problems (PresyncServerSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), NULL);
  return (const char *const *) self->problems;
}

gboolean
presync_server_source_is_empty (PresyncServerSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), TRUE);
  return self->files->len == 0 && self->folder == NULL;
}
