/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/runner.h"

struct _PresyncRunner
{
  GObject parent_instance;
  PresyncFactSet *facts;
  GListStore *sources;
  /* the check under way */
  GCancellable *cancellable;
  GPtrArray *waiting; /* GTask: who asked for it */
  guint n_pending;
  GError *first_error;
  double progress;
};

enum
{
  PROP_CHECKING = 1,
  PROP_PROGRESS,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint ended_signal;

G_DEFINE_FINAL_TYPE (PresyncRunner, presync_runner, G_TYPE_OBJECT)

static void presync_runner_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data);

static void
presync_runner_dispose (GObject *object)
{
  presync_runner_close (PRESYNC_RUNNER (object));
  G_OBJECT_CLASS (presync_runner_parent_class)->dispose (object);
}

static void
presync_runner_finalize (GObject *object)
{
  PresyncRunner *self = PRESYNC_RUNNER (object);

  g_clear_object (&self->facts);
  g_clear_object (&self->sources);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_error (&self->first_error);
  G_OBJECT_CLASS (presync_runner_parent_class)->finalize (object);
}

static void
presync_runner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncRunner *self = PRESYNC_RUNNER (object);

  switch (id)
    {
    case PROP_CHECKING:
      g_value_set_boolean (value, presync_runner_get_checking (self));
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_runner_class_init (PresyncRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = presync_runner_dispose;
  object_class->finalize = presync_runner_finalize;
  object_class->get_property = presync_runner_get_property;
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, readable);
  properties[PROP_PROGRESS]
      = g_param_spec_double ("progress", NULL, NULL, -1.0, 1.0, -1.0, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  ended_signal = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
presync_runner_init (PresyncRunner *self)
{
  self->sources = g_list_store_new (PRESYNC_TYPE_SOURCE);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->progress = -1.0;
}

static PresyncSource *
presync_runner_find (PresyncRunner *self, const char *id, guint *position)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sources));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (G_LIST_MODEL (self->sources), i);
      if (g_strcmp0 (presync_source_get_id (source), id) == 0)
        {
          *position = i;
          return g_steal_pointer (&source);
        }
    }
  return NULL;
}

/* Mean over the sources; one whose length is unknown counts by whether it has ended. */
static void
presync_runner_update_progress (PresyncRunner *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sources));
  double sum = 0.0, progress = -1.0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (G_LIST_MODEL (self->sources), i);
      PresyncSourceState state = presync_source_get_state (source);
      gboolean busy = state == PRESYNC_SOURCE_TESTING || state == PRESYNC_SOURCE_CHECKING;
      sum += busy ? MAX (presync_source_get_progress (source), 0.0) : 1.0;
    }
  if (self->n_pending > 0 && n > 0)
    progress = sum / n;
  if (ABS (progress - self->progress) < 1e-6)
    return;
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

static void
presync_runner_facts_cb (PresyncRunner *self, GPtrArray *facts, PresyncSource *source)
{
  presync_fact_set_update (self->facts, facts);
}

static void
presync_runner_forgotten_cb (PresyncRunner *self, const char *const *keys, PresyncSource *source)
{
  presync_fact_set_forget_keys (self->facts, presync_source_get_id (source), keys);
}

static void
presync_runner_notify_cb (PresyncRunner *self, GParamSpec *pspec, PresyncSource *source)
{
  presync_runner_update_progress (self);
}

PresyncRunner *
presync_runner_new (PresyncFactSet *facts)
{
  PresyncRunner *self;

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts), NULL);
  self = g_object_new (PRESYNC_TYPE_RUNNER, NULL);
  self->facts = g_object_ref (facts);
  return self;
}

GListModel *
presync_runner_get_sources (PresyncRunner *self)
{
  g_return_val_if_fail (PRESYNC_IS_RUNNER (self), NULL);
  return G_LIST_MODEL (self->sources);
}

static void
presync_runner_drop (PresyncRunner *self, PresyncSource *source)
{
  g_signal_handlers_disconnect_by_data (source, self);
  presync_source_close (source);
  presync_fact_set_forget_source (self->facts, presync_source_get_id (source));
}

void
presync_runner_set_source (PresyncRunner *self, PresyncSource *source)
{
  guint position = 0;
  g_autoptr (PresyncSource) old = NULL;
  gpointer additions[] = { source };

  g_return_if_fail (PRESYNC_IS_RUNNER (self));
  g_return_if_fail (PRESYNC_IS_SOURCE (source));
  old = presync_runner_find (self, presync_source_get_id (source), &position);
  if (old == source)
    return;
  g_signal_connect_object (source, "facts", G_CALLBACK (presync_runner_facts_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "forgotten", G_CALLBACK (presync_runner_forgotten_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::progress", G_CALLBACK (presync_runner_notify_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "notify::state", G_CALLBACK (presync_runner_notify_cb), self,
                           G_CONNECT_SWAPPED);
  if (old != NULL)
    {
      presync_runner_drop (self, old);
      g_list_store_splice (self->sources, position, 1, additions, 1);
    }
  else
    g_list_store_append (self->sources, source);
  presync_runner_update_progress (self);
}

void
presync_runner_remove_source (PresyncRunner *self, const char *id)
{
  guint position = 0;
  g_autoptr (PresyncSource) old = NULL;

  g_return_if_fail (PRESYNC_IS_RUNNER (self));
  old = presync_runner_find (self, id, &position);
  if (old == NULL)
    return;
  presync_runner_drop (self, old);
  g_list_store_remove (self->sources, position);
  presync_runner_update_progress (self);
}

static void
presync_runner_finish_check (PresyncRunner *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GError) error = g_steal_pointer (&self->first_error);
  gboolean cancelled = g_cancellable_is_cancelled (self->cancellable);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_object (&self->cancellable);
  presync_runner_update_progress (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKING]);
  g_signal_emit (self, ended_signal, 0, cancelled);
  for (guint i = 0; i < waiting->len; i++)
    {
      gulong handler
          = (gulong) GPOINTER_TO_SIZE (g_task_get_task_data (g_ptr_array_index (waiting, i)));
      /* Not g_cancellable_disconnect(): it would wait for a cancel that ends the check. */
      if (handler != 0)
        g_signal_handler_disconnect (g_task_get_cancellable (g_ptr_array_index (waiting, i)),
                                     handler);
      if (error != NULL)
        g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (error));
      else
        g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
    }
}

static void
presync_runner_check_source (PresyncRunner *self, PresyncSource *source)
{
  self->n_pending++;
  presync_source_check_async (source, FALSE, self->cancellable, presync_runner_checked_cb,
                              g_object_ref (self));
}

/* What one source found may have made another look again, after its own check had ended: the check
 * is over when nobody is at work any more. */
static void
presync_runner_join_busy (PresyncRunner *self)
{
  if (self->n_pending > 0 || g_cancellable_is_cancelled (self->cancellable))
    return;
  /* One more than is at work, so that nothing can end the check before all were asked. */
  self->n_pending = 1;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sources)); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (G_LIST_MODEL (self->sources), i);

      if (presync_source_may_join (source))
        presync_runner_check_source (self, source);
    }
  self->n_pending--;
}

static void
presync_runner_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncRunner) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!presync_source_check_finish (PRESYNC_SOURCE (object), result, &error)
      && self->first_error == NULL)
    self->first_error = g_steal_pointer (&error);
  self->n_pending--;
  presync_runner_join_busy (self);
  if (self->n_pending == 0)
    presync_runner_finish_check (self);
  else
    presync_runner_update_progress (self);
}

static void
presync_runner_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
presync_runner_start (PresyncRunner *self)
{
  /* One more than has started, so that nothing can end the check before all have. */
  self->n_pending = 1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKING]);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sources)); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (G_LIST_MODEL (self->sources), i);
      presync_runner_check_source (self, source);
    }
  self->n_pending--;
  if (self->n_pending == 0)
    presync_runner_finish_check (self);
  else
    presync_runner_update_progress (self);
}

void
presync_runner_check_async (PresyncRunner *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  gulong handler = 0;

  g_return_if_fail (PRESYNC_IS_RUNNER (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_runner_check_async);
  /* What was read before a cancel counts; the error of the sources tells that it was cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  g_ptr_array_add (self->waiting, task);
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (presync_runner_cancelled_cb),
                                     g_object_ref (self->cancellable), g_object_unref);
  g_task_set_task_data (task, GSIZE_TO_POINTER (handler), NULL);
  if (self->n_pending == 0)
    presync_runner_start (self);
}

gboolean
presync_runner_check_finish (PresyncRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
presync_runner_get_checking (PresyncRunner *self)
{
  g_return_val_if_fail (PRESYNC_IS_RUNNER (self), FALSE);
  return self->n_pending > 0;
}

void
presync_runner_cancel (PresyncRunner *self)
{
  g_return_if_fail (PRESYNC_IS_RUNNER (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
presync_runner_close (PresyncRunner *self)
{
  guint n;

  g_return_if_fail (PRESYNC_IS_RUNNER (self));
  presync_runner_cancel (self);
  n = self->sources != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->sources)) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (G_LIST_MODEL (self->sources), i);
      presync_source_close (source);
    }
}
