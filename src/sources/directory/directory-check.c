/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/directory-source-private.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/unread.h"

static void presync_directory_source_event_cb (PresyncSession *session,
                                               const PresyncSessionEvent *event, gpointer owner);

void
presync_directory_source_end_patience (GSource **patience)
{
  if (*patience != NULL)
    g_source_destroy (*patience);
  g_clear_pointer (patience, g_source_unref);
}

void
presync_directory_source_stop (PresyncDirectorySource *self)
{
  presync_directory_source_end_patience (&self->patience);
  g_clear_pointer (&self->session, presync_session_stop);
  g_clear_pointer (&self->follower, presync_session_stop);
}

void
presync_directory_source_emit_unknown (PresyncDirectorySource *self, guint read,
                                       const GError *error)
{
  PresyncProbeSubjects subjects
      = { self->target->sync_server, self->target->accounts, self->target->federation };
  g_autoptr (GPtrArray) facts = NULL;

  facts = presync_unread_list_facts (self->text, &subjects, read, error);
  presync_source_emit_facts (PRESYNC_SOURCE (self), facts);
}

static GTask *
presync_directory_source_take_task (PresyncDirectorySource *self)
{
  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  return g_steal_pointer (&self->task);
}

/* A server that was followed and cannot be reached just now is tried again and again. */
static gboolean
presync_directory_source_may_mend (PresyncDirectorySource *self, const GError *error)
{
  return self->follower != NULL && presync_source_get_live (PRESYNC_SOURCE (self))
         && (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE)
             || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT));
}

/* @error: (transfer full) */
static void
presync_directory_source_fail (PresyncDirectorySource *self, GError *error)
{
  g_autoptr (PresyncDirectorySource) keep = g_object_ref (self);
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GTask) task = presync_directory_source_take_task (self);
  gboolean mend = presync_directory_source_may_mend (self, error);
  g_autoptr (GError) told = error;

  presync_directory_source_stop (self);
  presync_directory_source_note_failure (self, error);
  /* A session of its own: the follower may not have noticed, and would read nothing again. */
  if (mend)
    self->session = presync_session_start (self->target, PRESYNC_SESSION_MEND, TRUE, 0,
                                           presync_directory_source_event_cb, self);
  presync_source_end_stages (PRESYNC_SOURCE (self), error->message);
  presync_source_set_progress (source, -1.0);
  if (!self->test_only)
    {
      self->unsettled = 0;
      presync_directory_source_emit_unknown (self, self->read, error);
    }
  presync_source_set_state (source, mend ? PRESYNC_SOURCE_LOST : PRESYNC_SOURCE_FAILED,
                            error->message);
  if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&told));
}

/* What it told before the check, and that the check was cancelled */
static void
presync_directory_source_restore (PresyncDirectorySource *self, const char *cancelled)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state = PRESYNC_SOURCE_IDLE;
  const char *message = NULL;

  if (self->earlier != NULL && !self->test_only)
    {
      state = presync_earlier_get_state (self->earlier);
      message = presync_earlier_get_message (self->earlier);
    }
  if (state == PRESYNC_SOURCE_IDLE)
    presync_source_end_stages (PRESYNC_SOURCE (self), cancelled);
  else
    {
      presync_earlier_restore_stages (self->earlier, source);
      presync_directory_source_set_certificate (self,
                                                presync_earlier_get_certificate (self->earlier));
    }
  g_free (self->cancelled);
  self->cancelled = state == PRESYNC_SOURCE_IDLE || message == NULL
                        ? g_strdup (cancelled)
                        /* Translators: what happened, then what holds nevertheless */
                        : g_strdup_printf (_ ("%s. %s"), cancelled, message);
  presync_source_set_state (source, state, self->cancelled);
}

void
presync_directory_source_cancel (PresyncDirectorySource *self)
{
  g_autoptr (PresyncDirectorySource) keep = g_object_ref (self);
  g_autoptr (GTask) task = presync_directory_source_take_task (self);
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The check was cancelled"));
  PresyncSession *follower = g_steal_pointer (&self->follower);

  presync_directory_source_stop (self);
  self->session = follower;
  presync_source_set_progress (PRESYNC_SOURCE (self), -1.0);
  if (!self->checked)
    presync_directory_source_note_failure (self, error);
  if (!self->test_only)
    {
      self->unsettled = 0;
      presync_directory_source_emit_unknown (self, self->read_ever, error);
    }
  presync_directory_source_restore (self, error->message);
  if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
}

GError *
presync_directory_source_dup_impatience (PresyncDirectorySource *self)
{
  return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                      _ ("The sign-in to %s did not end within %d seconds; a Kerberos server may "
                         "not answer"),
                      self->text, PRESYNC_BOUND_BIND);
}

static gboolean
presync_directory_source_impatient_cb (gpointer user_data)
{
  PresyncDirectorySource *self = user_data;

  presync_directory_source_fail (self, presync_directory_source_dup_impatience (self));
  return G_SOURCE_REMOVE;
}

/* The Kerberos library waits for its own servers, for as long as it likes and deaf to a cancel: so
 * the sign-in is timed from here as well, and left behind. A little later than the session itself
 * gives up, whose sentence is better. */
void
presync_directory_source_time_sign_in (PresyncDirectorySource *self,
                                       const PresyncSessionEvent *event, GSource **patience,
                                       GSourceFunc callback)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  presync_directory_source_end_patience (patience);
  if (event->stage != PRESYNC_STAGE_RUNNING || g_strcmp0 (event->id, "sign-in") != 0)
    return;
  *patience = g_timeout_source_new_seconds (PRESYNC_BOUND_BIND + 2);
  g_source_set_callback (*patience, callback, self, NULL);
  g_source_attach (*patience, context);
}

static void
presync_directory_source_checked (PresyncDirectorySource *self, gboolean live)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (PresyncDirectorySource) keep = g_object_ref (self);
  g_autoptr (GTask) task = presync_directory_source_take_task (self);

  /* It may have been switched off since the session saw it on. */
  live = live && presync_source_get_live (source);
  presync_source_set_progress (source, -1.0);
  presync_directory_source_end_patience (&self->patience);
  g_clear_pointer (&self->follower, presync_session_stop);
  if (!live)
    presync_directory_source_stop (self);
  if (self->test_only)
    presync_source_set_state (source, PRESYNC_SOURCE_IDLE, _ ("The connection works"));
  else
    {
      self->checked = TRUE;
      presync_directory_source_note_failure (self, NULL);
      presync_source_set_state (source, live ? PRESYNC_SOURCE_LIVE : PRESYNC_SOURCE_DONE,
                                live ? _ ("Changes are followed") : NULL);
    }
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
  /* Or switched on since it saw it off. Who was told of the end may have closed the source. */
  if (self->closed)
    return;
  presync_directory_source_live_cb (self);
  /* Or accounts were named when it had read the last. */
  presync_directory_source_settle (self);
}

static void
presync_directory_source_set_stage (PresyncDirectorySource *self, const PresyncSessionEvent *event)
{
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (self));
  guint n = g_list_model_get_n_items (stages);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      if (g_strcmp0 (presync_stage_get_id (stage), event->id) == 0)
        presync_stage_set (stage, event->stage, event->text);
    }
}

void
presync_directory_source_set_text (PresyncDirectorySource *self, const char *text)
{
  g_free (self->text);
  self->text = g_strdup (text);
}

void
presync_directory_source_take_facts (PresyncDirectorySource *self, PresyncProbe probe,
                                     GPtrArray *facts)
{
  self->unsettled &= ~PRESYNC_PROBE_BIT (probe);
  self->read_ever |= PRESYNC_PROBE_BIT (probe);
  presync_source_emit_facts (PRESYNC_SOURCE (self), facts);
}

/* What was followed before this check began still is; how it fares counts if that is cancelled. */
static void
presync_directory_source_follower_event (PresyncDirectorySource *self,
                                         const PresyncSessionEvent *event)
{
  switch (event->kind)
    {
    case PRESYNC_SESSION_FACTS:
      presync_directory_source_take_facts (self, event->probe, event->facts);
      break;
    case PRESYNC_SESSION_CHECKED:
      presync_earlier_set (self->earlier, PRESYNC_SOURCE_LIVE, _ ("Changes are followed"));
      break;
    case PRESYNC_SESSION_LOST:
      presync_earlier_set (self->earlier, PRESYNC_SOURCE_LOST, event->text);
      break;
    case PRESYNC_SESSION_FAILED:
      /* The check will find the same; a cancel tells it instead. */
      presync_earlier_set (self->earlier, PRESYNC_SOURCE_FAILED, event->error->message);
      presync_directory_source_note_failure (self, event->error);
      g_clear_pointer (&self->follower, presync_session_stop);
      break;
    case PRESYNC_SESSION_STAGE:
    case PRESYNC_SESSION_CERTIFICATE:
    case PRESYNC_SESSION_OPEN:
    case PRESYNC_SESSION_PROGRESS:
    default:
      break;
    }
}

static void
presync_directory_source_event_cb (PresyncSession *session, const PresyncSessionEvent *event,
                                   gpointer owner)
{
  g_autoptr (PresyncDirectorySource) self = g_object_ref (owner);
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state = presync_source_get_state (source);

  if (session == self->follower)
    {
      presync_directory_source_follower_event (self, event);
      return;
    }
  switch (event->kind)
    {
    case PRESYNC_SESSION_STAGE:
      presync_directory_source_set_stage (self, event);
      if (self->task != NULL)
        presync_directory_source_time_sign_in (self, event, &self->patience,
                                               presync_directory_source_impatient_cb);
      break;
    case PRESYNC_SESSION_CERTIFICATE:
      presync_directory_source_set_certificate (self, event->certificate);
      break;
    case PRESYNC_SESSION_OPEN:
      presync_directory_source_set_text (self, event->text);
      break;
    case PRESYNC_SESSION_PROGRESS:
      /* A lost connection stays lost until it is mended. */
      if (state == PRESYNC_SOURCE_CHECKING)
        {
          presync_source_set_state (source, state, event->text);
          presync_source_set_progress (source, event->fraction);
        }
      break;
    case PRESYNC_SESSION_FACTS:
      self->read |= PRESYNC_PROBE_BIT (event->probe);
      presync_directory_source_take_facts (self, event->probe, event->facts);
      break;
    case PRESYNC_SESSION_CHECKED:
      presync_directory_source_checked (self, event->live);
      break;
    case PRESYNC_SESSION_LOST:
      /* If mending it ends in a failure, nothing of what was read so far counts any more. */
      self->read = 0;
      presync_source_set_state (source, PRESYNC_SOURCE_LOST, event->text);
      presync_directory_source_settle (self);
      break;
    case PRESYNC_SESSION_FAILED:
      presync_directory_source_fail (self, g_error_copy (event->error));
      break;
    default:
      g_return_if_reached ();
    }
}

static void
presync_directory_source_note_earlier (PresyncDirectorySource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state = presync_source_get_state (source);
  const char *message = presync_source_get_message (source);
  PresyncEarlier *earlier;

  /* Of two cancels in a row, only the last is told. */
  if (self->earlier != NULL && self->cancelled != NULL && g_strcmp0 (message, self->cancelled) == 0)
    message = presync_earlier_get_message (self->earlier);
  earlier = presync_earlier_new (source, state, message, self->certificate);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  self->earlier = earlier;
}

void
presync_directory_source_start (PresyncDirectorySource *self, gboolean test_only)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  GListModel *stages = presync_source_get_stages (source);
  guint n = g_list_model_get_n_items (stages);
  PresyncSession *follower = test_only ? NULL : g_steal_pointer (&self->session);

  presync_directory_source_note_earlier (self);
  presync_directory_source_stop (self);
  if (!test_only)
    presync_directory_source_drop_reader (self);
  self->follower = follower;
  presync_directory_source_set_certificate (self, NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      presync_stage_set (stage, PRESYNC_STAGE_WAITING, NULL);
    }
  self->test_only = test_only;
  self->closed = FALSE;
  self->read = 0;
  presync_source_set_progress (source, test_only ? -1.0 : 0.0);
  presync_source_set_state (source, test_only ? PRESYNC_SOURCE_TESTING : PRESYNC_SOURCE_CHECKING,
                            _ ("Connecting"));
  self->session = presync_session_start (
      self->target, test_only ? PRESYNC_SESSION_TEST : PRESYNC_SESSION_CHECK,
      presync_source_get_live (source), 0, presync_directory_source_event_cb, self);
}

/* Switched off: the connection goes. Switched on after a check: a new one begins, since what
 * changed meanwhile is not known. During a check: what follows it is decided anew. */
void
presync_directory_source_live_cb (PresyncDirectorySource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state = presync_source_get_state (source);
  gboolean live = presync_source_get_live (source);

  if (state == PRESYNC_SOURCE_CHECKING && self->session != NULL)
    {
      presync_session_set_live (self->session, live);
      if (!live && self->follower != NULL)
        {
          g_clear_pointer (&self->follower, presync_session_stop);
          presync_earlier_set (self->earlier, PRESYNC_SOURCE_DONE, NULL);
        }
    }
  else if (live && self->checked && state == PRESYNC_SOURCE_DONE && self->target->ldif == NULL)
    presync_directory_source_start (self, FALSE);
  else if (!live && (state == PRESYNC_SOURCE_LIVE || state == PRESYNC_SOURCE_LOST))
    {
      presync_directory_source_stop (self);
      presync_source_set_state (source, PRESYNC_SOURCE_DONE, NULL);
    }
}
