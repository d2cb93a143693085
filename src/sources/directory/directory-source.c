/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/directory-source-private.h"

#include <glib/gi18n.h>

enum
{
  PROP_CERTIFICATE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncDirectorySource, presync_directory_source, PRESYNC_TYPE_SOURCE)

void
presync_directory_source_set_certificate (PresyncDirectorySource *self,
                                          GTlsCertificate *certificate)
{
  if (g_set_object (&self->certificate, certificate))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CERTIFICATE]);
}

static gboolean
presync_directory_source_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  presync_directory_source_cancel (user_data);
  return G_SOURCE_REMOVE;
}

/* The check that begins when live is switched on, which nobody has asked for */
static gboolean
presync_directory_source_may_join (PresyncSource *source)
{
  return PRESYNC_DIRECTORY_SOURCE (source)->task == NULL
         && presync_source_get_state (source) == PRESYNC_SOURCE_CHECKING;
}

static void
presync_directory_source_check_async (PresyncSource *source, gboolean test_only,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  PresyncDirectorySource *self = PRESYNC_DIRECTORY_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean join = presync_directory_source_may_join (source);

  g_task_set_source_tag (task, presync_directory_source_check_async);
  g_task_set_check_cancellable (task, FALSE);
  self->task = g_steal_pointer (&task);
  if (cancellable != NULL)
    {
      g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
      self->cancel = g_cancellable_source_new (cancellable);
      /* Before what the session may have queued meanwhile */
      g_source_set_priority (self->cancel, G_PRIORITY_HIGH);
      g_source_set_callback (self->cancel, G_SOURCE_FUNC (presync_directory_source_cancelled_cb),
                             self, NULL);
      g_source_attach (self->cancel, context);
    }
  if (!join)
    presync_directory_source_start (self, test_only);
}

static gboolean
presync_directory_source_check_finish (PresyncSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
presync_directory_source_close (PresyncSource *source)
{
  PresyncDirectorySource *self = PRESYNC_DIRECTORY_SOURCE (source);
  PresyncSourceState state = presync_source_get_state (source);

  self->closed = TRUE;
  if (self->task != NULL || state == PRESYNC_SOURCE_CHECKING || state == PRESYNC_SOURCE_TESTING)
    {
      if (self->follower != NULL)
        presync_earlier_set (self->earlier, PRESYNC_SOURCE_DONE, NULL);
      g_clear_pointer (&self->follower, presync_session_stop);
      presync_directory_source_cancel (self);
    }
  presync_directory_source_stop (self);
  presync_directory_source_drop_reader (self);
  state = presync_source_get_state (source);
  if (state == PRESYNC_SOURCE_LIVE || state == PRESYNC_SOURCE_LOST)
    presync_source_set_state (source, PRESYNC_SOURCE_DONE, NULL);
}

static char *
presync_directory_source_dup_target (PresyncSource *source)
{
  return presync_directory_target_dup_text (PRESYNC_DIRECTORY_SOURCE (source)->target);
}

static void
presync_directory_source_dispose (GObject *object)
{
  presync_directory_source_stop (PRESYNC_DIRECTORY_SOURCE (object));
  presync_directory_source_drop_reader (PRESYNC_DIRECTORY_SOURCE (object));
  G_OBJECT_CLASS (presync_directory_source_parent_class)->dispose (object);
}

static void
presync_directory_source_finalize (GObject *object)
{
  PresyncDirectorySource *self = PRESYNC_DIRECTORY_SOURCE (object);

  g_clear_pointer (&self->target, presync_directory_target_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  g_clear_pointer (&self->cancelled, g_free);
  g_clear_error (&self->failure);
  g_clear_object (&self->certificate);
  G_OBJECT_CLASS (presync_directory_source_parent_class)->finalize (object);
}

static void
presync_directory_source_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CERTIFICATE)
    g_value_set_object (value, PRESYNC_DIRECTORY_SOURCE (object)->certificate);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_directory_source_class_init (PresyncDirectorySourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PresyncSourceClass *source_class = PRESYNC_SOURCE_CLASS (klass);

  object_class->dispose = presync_directory_source_dispose;
  object_class->finalize = presync_directory_source_finalize;
  object_class->get_property = presync_directory_source_get_property;
  source_class->id = "directory";
  source_class->dup_target = presync_directory_source_dup_target;
  source_class->check_async = presync_directory_source_check_async;
  source_class->check_finish = presync_directory_source_check_finish;
  source_class->may_join = presync_directory_source_may_join;
  source_class->close = presync_directory_source_close;
  properties[PROP_CERTIFICATE] = g_param_spec_object (
      "certificate", NULL, NULL, G_TYPE_TLS_CERTIFICATE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
presync_directory_source_init (PresyncDirectorySource *self)
{
  g_signal_connect (self, "notify::live", G_CALLBACK (presync_directory_source_live_cb), NULL);
}

PresyncDirectorySource *
presync_directory_source_new (const PresyncDirectoryTarget *target)
{
  PresyncDirectorySource *self;
  PresyncSource *source;

  g_return_val_if_fail (target != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_DIRECTORY_SOURCE, NULL);
  source = PRESYNC_SOURCE (self);
  self->target = presync_directory_target_copy (target);
  self->text = presync_directory_target_dup_text (target);
  if (target->ldif != NULL)
    presync_source_add_stage (source, "open", _ ("Open the file"));
  else
    {
      presync_source_add_stage (source, "resolve", _ ("Find the server"));
      presync_source_add_stage (source, "connect", _ ("Connect"));
      presync_source_add_stage (source, "tls", _ ("Encrypt and verify the certificate"));
      presync_source_add_stage (source, "sign-in", _ ("Sign in"));
    }
  presync_source_add_stage (source, "first-read", _ ("First read"));
  return self;
}

const PresyncDirectoryTarget *
presync_directory_source_get_target (PresyncDirectorySource *self)
{
  g_return_val_if_fail (PRESYNC_IS_DIRECTORY_SOURCE (self), NULL);
  return self->target;
}

void
presync_directory_source_set_password (PresyncDirectorySource *self, PresyncSecret *password)
{
  g_autoptr (PresyncSecret) old = NULL;

  g_return_if_fail (PRESYNC_IS_DIRECTORY_SOURCE (self));
  g_return_if_fail (password != NULL);
  old = g_steal_pointer (&self->target->password);
  self->target->password = presync_secret_ref (password);
}
