/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-source.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/earlier.h"
#include "sources/sql/sql-facts.h"
#include "sources/sql/sql-helper.h"
#include "sources/sql/sql-json.h"

/* Lives in the main thread and never waits: the helper does the work, in a process of its own. A
 * check ends when that says so, at the deadline, or at once when it is cancelled. */
struct _PresyncSqlSource
{
  PresyncSource parent_instance;
  PresyncSqlTarget *target;
  char *text; /* the subject of the facts */
  GTlsCertificate *certificate;
  PresyncEarlier *earlier;      /* what it told before the check under way; nullable */
  char *cancelled;              /* what a cancel made of the earlier message; nullable */
  PresyncSqlHelper *helper;     /* of the check under way; nullable */
  PresyncSqlPrelogin *prelogin; /* of this check; nullable */
  PresyncSqlInstance instance;  /* of this check */
  GCancellable *loading;        /* of a recording; nullable */
  gboolean checked;             /* facts were emitted once */
  gboolean test_only;
  GTask *task;
  GSource *cancel;
};

enum
{
  PROP_CERTIFICATE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncSqlSource, presync_sql_source, PRESYNC_TYPE_SOURCE)

static void
presync_sql_source_set_certificate (PresyncSqlSource *self, GTlsCertificate *certificate)
{
  if (g_set_object (&self->certificate, certificate))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CERTIFICATE]);
}

/* (transfer full): for origins: a recording's file, or the server */
static char *
presync_sql_source_dup_asked (PresyncSqlSource *self)
{
  return self->target->recording != NULL ? g_path_get_basename (self->target->recording)
                                         : g_strdup (self->text);
}

/* (transfer full) (nullable): the task, which the caller ends. Nothing runs any more afterwards. */
static GTask *
presync_sql_source_stop (PresyncSqlSource *self)
{
  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  g_clear_pointer (&self->helper, presync_sql_helper_stop);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  return g_steal_pointer (&self->task);
}

/* Does the certificate that was shown verify, or is it the one that a person accepted? */
static gboolean
presync_sql_source_accepts (PresyncSqlSource *self)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *sum = NULL;

  if (self->target->pin == NULL || self->certificate == NULL)
    return self->prelogin != NULL && self->prelogin->trusted;
  g_object_get (self->certificate, "certificate", &der, NULL);
  if (der != NULL)
    sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  return g_strcmp0 (sum, self->target->pin) == 0;
}

static void
presync_sql_source_emit_failure (PresyncSqlSource *self, const PresyncSqlPrelogin *prelogin,
                                 PresyncSqlInstance instance, const GError *error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *asked = presync_sql_source_dup_asked (self);
  gboolean accepted = !g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE)
                      && presync_sql_source_accepts (self);
  g_autoptr (GPtrArray) facts = presync_sql_facts_from_failure (prelogin, accepted, instance, error,
                                                                now, self->text, asked);

  presync_source_emit_facts (PRESYNC_SOURCE (self), facts);
}

/* @error: (transfer full) */
static void
presync_sql_source_fail (PresyncSqlSource *self, GError *error)
{
  g_autoptr (PresyncSqlSource) keep = g_object_ref (self);
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GTask) task = presync_sql_source_stop (self);
  g_autoptr (GError) told = error;
  gboolean missing = self->target->instance != NULL
                     && g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
  PresyncSqlInstance instance = missing ? PRESYNC_SQL_INSTANCE_MISSING : self->instance;

  presync_source_end_stages (PRESYNC_SOURCE (self), error->message);
  presync_source_set_progress (source, -1.0);
  if (!self->test_only)
    {
      self->checked = TRUE;
      presync_sql_source_emit_failure (self, self->prelogin, instance, error);
    }
  presync_source_set_state (source, PRESYNC_SOURCE_FAILED, error->message);
  if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&told));
}

static void
presync_sql_source_finish (PresyncSqlSource *self, const PresyncSqlResult *result)
{
  g_autoptr (PresyncSqlSource) keep = g_object_ref (self);
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GTask) task = presync_sql_source_stop (self);
  g_autofree char *asked = presync_sql_source_dup_asked (self);

  presync_source_end_stages (PRESYNC_SOURCE (self), NULL);
  presync_source_set_progress (source, -1.0);
  if (self->test_only)
    presync_source_set_state (source, PRESYNC_SOURCE_IDLE, _ ("The connection works"));
  else
    {
      g_autoptr (GPtrArray) facts = presync_sql_facts_from_result (result, self->text, asked);

      self->checked = TRUE;
      presync_source_emit_facts (source, facts);
      presync_source_set_state (source, PRESYNC_SOURCE_DONE, NULL);
    }
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

/* What it told before the check, and that the check was cancelled */
static void
presync_sql_source_restore (PresyncSqlSource *self, const char *cancelled)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state
      = self->test_only ? PRESYNC_SOURCE_IDLE : presync_earlier_get_state (self->earlier);
  const char *message = self->test_only ? NULL : presync_earlier_get_message (self->earlier);

  if (state == PRESYNC_SOURCE_IDLE)
    presync_source_end_stages (PRESYNC_SOURCE (self), cancelled);
  else
    {
      presync_earlier_restore_stages (self->earlier, source);
      presync_sql_source_set_certificate (self, presync_earlier_get_certificate (self->earlier));
    }
  g_free (self->cancelled);
  self->cancelled = state == PRESYNC_SOURCE_IDLE || message == NULL
                        ? g_strdup (cancelled)
                        /* Translators: what happened, then what holds nevertheless */
                        : g_strdup_printf (_ ("%s. %s"), cancelled, message);
  presync_source_set_state (source, state, self->cancelled);
}

static void
presync_sql_source_cancel (PresyncSqlSource *self)
{
  g_autoptr (PresyncSqlSource) keep = g_object_ref (self);
  g_autoptr (GTask) task = presync_sql_source_stop (self);
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The check was cancelled"));

  presync_source_set_progress (PRESYNC_SOURCE (self), -1.0);
  /* What was read before stays as it is. */
  if (!self->test_only && !self->checked)
    presync_sql_source_emit_failure (self, NULL, PRESYNC_SQL_INSTANCE_UNTOLD, error);
  presync_sql_source_restore (self, error->message);
  if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
presync_sql_source_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  presync_sql_source_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
presync_sql_source_said_cb (PresyncSqlHelper *helper, PresyncSqlLine *line, const GError *error,
                            gpointer user_data)
{
  g_autoptr (PresyncSqlSource) self = g_object_ref (user_data);

  if (error != NULL)
    presync_sql_source_fail (self, g_error_copy (error));
  else if (line->error != NULL)
    {
      if (line->stage != NULL)
        presync_source_set_stage (PRESYNC_SOURCE (self), line->stage, PRESYNC_STAGE_FAILED,
                                  line->error->message);
      presync_sql_source_fail (self, g_steal_pointer (&line->error));
    }
  else if (line->result != NULL)
    presync_sql_source_finish (self, line->result);
  else if (line->certificate != NULL)
    presync_sql_source_set_certificate (self, line->certificate);
  else if (line->prelogin != NULL)
    {
      g_clear_pointer (&self->prelogin, presync_sql_prelogin_free);
      self->prelogin = g_steal_pointer (&line->prelogin);
    }
  else if (line->browser)
    self->instance
        = line->named_pipes ? PRESYNC_SQL_INSTANCE_NAMED_PIPES : PRESYNC_SQL_INSTANCE_NO_TCP;
  else if (line->stage != NULL)
    presync_source_set_stage (PRESYNC_SOURCE (self), line->stage, line->state, line->text);
}

static void
presync_sql_source_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncSqlSource) self = user_data;
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (PresyncSqlResult) recording = NULL;
  char *contents = NULL;
  gsize size = 0;

  if (g_file_load_partial_contents_finish (G_FILE (object), result, &contents, &size, NULL, &local))
    data = g_bytes_new_take (contents, size);
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (data == NULL)
    {
      presync_sql_source_fail (
          self, g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                             _ ("The recording “%s” of a SQL Server could not be read: %s"),
                             self->target->recording, local->message));
      return;
    }
  presync_source_set_stage (PRESYNC_SOURCE (self), "open", PRESYNC_STAGE_DONE, NULL);
  presync_source_set_stage (PRESYNC_SOURCE (self), "read", PRESYNC_STAGE_RUNNING, NULL);
  recording = presync_sql_result_load (data, self->target->recording, &local);
  if (recording == NULL)
    {
      presync_sql_source_fail (self, g_steal_pointer (&local));
      return;
    }
  presync_source_set_stage (PRESYNC_SOURCE (self), "read", PRESYNC_STAGE_DONE, NULL);
  presync_sql_source_finish (self, recording);
}

/* What is more than allowed need not be read to be refused. */
static gboolean
presync_sql_source_load_more_cb (const char *contents, goffset size, gpointer user_data)
{
  return size <= PRESYNC_SQL_OUTPUT_MAX_BYTES;
}

static void
presync_sql_source_load (PresyncSqlSource *self)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->target->recording);

  self->loading = g_cancellable_new ();
  presync_source_set_stage (PRESYNC_SOURCE (self), "open", PRESYNC_STAGE_RUNNING, NULL);
  g_file_load_partial_contents_async (file, self->loading, presync_sql_source_load_more_cb,
                                      presync_sql_source_loaded_cb, g_object_ref (self));
}

static void
presync_sql_source_begin (PresyncSqlSource *self, gboolean test_only)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state = presync_source_get_state (source);
  const char *message = presync_source_get_message (source);
  GListModel *stages = presync_source_get_stages (source);
  guint n = g_list_model_get_n_items (stages);
  PresyncEarlier *earlier;

  /* Of two cancels in a row, only the last is told. */
  if (self->earlier != NULL && self->cancelled != NULL && g_strcmp0 (message, self->cancelled) == 0)
    message = presync_earlier_get_message (self->earlier);
  earlier = presync_earlier_new (source, state, message, self->certificate);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  self->earlier = earlier;
  g_clear_pointer (&self->prelogin, presync_sql_prelogin_free);
  self->instance = PRESYNC_SQL_INSTANCE_UNTOLD;
  presync_sql_source_set_certificate (self, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      presync_stage_set (stage, PRESYNC_STAGE_WAITING, NULL);
    }
  self->test_only = test_only;
  presync_source_set_progress (source, test_only ? -1.0 : 0.0);
  presync_source_set_state (source, test_only ? PRESYNC_SOURCE_TESTING : PRESYNC_SOURCE_CHECKING,
                            _ ("Connecting"));
}

static void
presync_sql_source_check_async (PresyncSource *source, gboolean test_only,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  PresyncSqlSource *self = PRESYNC_SQL_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, presync_sql_source_check_async);
  g_task_set_check_cancellable (task, FALSE);
  self->task = g_steal_pointer (&task);
  if (cancellable != NULL)
    {
      g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
      self->cancel = g_cancellable_source_new (cancellable);
      /* Before what the helper may have said meanwhile */
      g_source_set_priority (self->cancel, G_PRIORITY_HIGH);
      g_source_set_callback (self->cancel, G_SOURCE_FUNC (presync_sql_source_cancelled_cb), self,
                             NULL);
      g_source_attach (self->cancel, context);
    }
  presync_sql_source_begin (self, test_only);
  if (!presync_sql_target_validate (self->target, &error))
    {
      presync_sql_source_fail (self, g_steal_pointer (&error));
      return;
    }
  if (self->target->recording != NULL)
    {
      presync_sql_source_load (self);
      return;
    }
  self->helper = presync_sql_helper_start (self->target, test_only, PRESYNC_SQL_DEADLINE_SECONDS,
                                           presync_sql_source_said_cb, self, &error);
  if (self->helper == NULL)
    presync_sql_source_fail (self, g_steal_pointer (&error));
}

static gboolean
presync_sql_source_check_finish (PresyncSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
presync_sql_source_close (PresyncSource *source)
{
  PresyncSqlSource *self = PRESYNC_SQL_SOURCE (source);

  if (self->task != NULL)
    presync_sql_source_cancel (self);
}

static char *
presync_sql_source_dup_target (PresyncSource *source)
{
  return g_strdup (PRESYNC_SQL_SOURCE (source)->text);
}

static void
presync_sql_source_dispose (GObject *object)
{
  g_autoptr (GTask) task = presync_sql_source_stop (PRESYNC_SQL_SOURCE (object));

  /* A task holds its source, so there is none here. */
  g_assert (task == NULL);
  G_OBJECT_CLASS (presync_sql_source_parent_class)->dispose (object);
}

static void
presync_sql_source_finalize (GObject *object)
{
  PresyncSqlSource *self = PRESYNC_SQL_SOURCE (object);

  g_clear_pointer (&self->target, presync_sql_target_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  g_clear_pointer (&self->cancelled, g_free);
  g_clear_pointer (&self->prelogin, presync_sql_prelogin_free);
  G_OBJECT_CLASS (presync_sql_source_parent_class)->finalize (object);
}

static void
presync_sql_source_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CERTIFICATE)
    g_value_set_object (value, PRESYNC_SQL_SOURCE (object)->certificate);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_sql_source_class_init (PresyncSqlSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PresyncSourceClass *source_class = PRESYNC_SOURCE_CLASS (klass);

  object_class->dispose = presync_sql_source_dispose;
  object_class->finalize = presync_sql_source_finalize;
  object_class->get_property = presync_sql_source_get_property;
  source_class->id = "sql";
  source_class->dup_target = presync_sql_source_dup_target;
  source_class->check_async = presync_sql_source_check_async;
  source_class->check_finish = presync_sql_source_check_finish;
  source_class->close = presync_sql_source_close;
  properties[PROP_CERTIFICATE] = g_param_spec_object (
      "certificate", NULL, NULL, G_TYPE_TLS_CERTIFICATE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
presync_sql_source_init (PresyncSqlSource *self)
{
}

PresyncSqlSource *
presync_sql_source_new (const PresyncSqlTarget *target)
{
  PresyncSqlSource *self;
  PresyncSource *source;

  g_return_val_if_fail (target != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_SQL_SOURCE, NULL);
  source = PRESYNC_SOURCE (self);
  self->target = presync_sql_target_copy (target);
  self->text = presync_sql_target_dup_text (target);
  if (target->recording != NULL)
    presync_source_add_stage (source, "open", _ ("Open the file"));
  else
    {
      presync_source_add_stage (source, "find", _ ("Find the server"));
      presync_source_add_stage (source, "connect", _ ("Connect"));
      presync_source_add_stage (source, "tls", _ ("Encrypt and verify the certificate"));
      presync_source_add_stage (source, "sign-in", _ ("Sign in"));
    }
  presync_source_add_stage (source, "read", _ ("Read"));
  return self;
}

const PresyncSqlTarget *
presync_sql_source_get_target (PresyncSqlSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SQL_SOURCE (self), NULL);
  return self->target;
}

void
presync_sql_source_set_password (PresyncSqlSource *self, PresyncSecret *password)
{
  g_autoptr (PresyncSecret) old = NULL;

  g_return_if_fail (PRESYNC_IS_SQL_SOURCE (self));
  g_return_if_fail (password != NULL);
  old = g_steal_pointer (&self->target->password);
  self->target->password = presync_secret_ref (password);
}

GTlsCertificate *
presync_sql_source_get_certificate (PresyncSqlSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SQL_SOURCE (self), NULL);
  return self->certificate;
}
