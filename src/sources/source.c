/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/source.h"

#include <glib/gi18n.h>

typedef struct
{
  PresyncSourceState state;
  char *message;
  double progress;
  GListStore *stages;
  gboolean live;
} PresyncSourcePrivate;

enum
{
  PROP_STATE = 1,
  PROP_MESSAGE,
  PROP_PROGRESS,
  PROP_STAGES,
  PROP_LIVE,
  N_PROPERTIES
};

enum
{
  SIGNAL_FACTS,
  SIGNAL_FORGOTTEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PresyncSource, presync_source, G_TYPE_OBJECT)

static PresyncSourcePrivate *
presync_source_priv (PresyncSource *self)
{
  return presync_source_get_instance_private (self);
}

static void
presync_source_finalize (GObject *object)
{
  PresyncSourcePrivate *priv = presync_source_priv (PRESYNC_SOURCE (object));

  g_clear_pointer (&priv->message, g_free);
  g_clear_object (&priv->stages);
  G_OBJECT_CLASS (presync_source_parent_class)->finalize (object);
}

static void
presync_source_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncSourcePrivate *priv = presync_source_priv (PRESYNC_SOURCE (object));

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) priv->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, priv->message);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, priv->progress);
      break;
    case PROP_STAGES:
      g_value_set_object (value, priv->stages);
      break;
    case PROP_LIVE:
      g_value_set_boolean (value, priv->live);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_source_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LIVE)
    presync_source_set_live (PRESYNC_SOURCE (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_source_class_init (PresyncSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = presync_source_finalize;
  object_class->get_property = presync_source_get_property;
  object_class->set_property = presync_source_set_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, PRESYNC_SOURCE_IDLE,
                                             PRESYNC_SOURCE_FAILED, PRESYNC_SOURCE_IDLE, readable);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, readable);
  properties[PROP_PROGRESS]
      = g_param_spec_double ("progress", NULL, NULL, -1.0, 1.0, -1.0, readable);
  properties[PROP_STAGES] = g_param_spec_object ("stages", NULL, NULL, G_TYPE_LIST_MODEL, readable);
  properties[PROP_LIVE]
      = g_param_spec_boolean ("live", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_FACTS] = g_signal_new ("facts", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_FORGOTTEN]
      = g_signal_new ("forgotten", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
presync_source_init (PresyncSource *self)
{
  PresyncSourcePrivate *priv = presync_source_priv (self);

  priv->progress = -1.0;
  priv->stages = g_list_store_new (PRESYNC_TYPE_STAGE);
}

const char *
presync_source_get_id (PresyncSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), NULL);
  return PRESYNC_SOURCE_GET_CLASS (self)->id;
}

char *
presync_source_dup_target (PresyncSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), NULL);
  return PRESYNC_SOURCE_GET_CLASS (self)->dup_target (self);
}

PresyncSourceState
presync_source_get_state (PresyncSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), PRESYNC_SOURCE_IDLE);
  return presync_source_priv (self)->state;
}

const char *
presync_source_get_message (PresyncSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), NULL);
  return presync_source_priv (self)->message;
}

double
presync_source_get_progress (PresyncSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), -1.0);
  return presync_source_priv (self)->progress;
}

GListModel *
presync_source_get_stages (PresyncSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), NULL);
  return G_LIST_MODEL (presync_source_priv (self)->stages);
}

gboolean
presync_source_get_live (PresyncSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), FALSE);
  return presync_source_priv (self)->live;
}

void
presync_source_set_live (PresyncSource *self, gboolean live)
{
  PresyncSourcePrivate *priv;

  g_return_if_fail (PRESYNC_IS_SOURCE (self));
  priv = presync_source_priv (self);
  live = live != FALSE;
  if (priv->live == live)
    return;
  priv->live = live;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
}

void
presync_source_check_async (PresyncSource *self, gboolean test_only, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  PresyncSourceState state;

  g_return_if_fail (PRESYNC_IS_SOURCE (self));
  state = presync_source_get_state (self);
  if ((state == PRESYNC_SOURCE_TESTING || state == PRESYNC_SOURCE_CHECKING)
      && (test_only || !presync_source_may_join (self)))
    {
      g_task_report_new_error (self, callback, user_data, presync_source_check_async, G_IO_ERROR,
                               G_IO_ERROR_PENDING, _ ("This source is being checked already"));
      return;
    }
  PRESYNC_SOURCE_GET_CLASS (self)->check_async (self, test_only, cancellable, callback, user_data);
}

gboolean
presync_source_check_finish (PresyncSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), FALSE);
  if (g_async_result_is_tagged (result, presync_source_check_async))
    return g_task_propagate_boolean (G_TASK (result), error);
  return PRESYNC_SOURCE_GET_CLASS (self)->check_finish (self, result, error);
}

gboolean
presync_source_may_join (PresyncSource *self)
{
  PresyncSourceClass *klass;
  PresyncSourceState state;

  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), FALSE);
  klass = PRESYNC_SOURCE_GET_CLASS (self);
  state = presync_source_get_state (self);
  return (state == PRESYNC_SOURCE_TESTING || state == PRESYNC_SOURCE_CHECKING)
         && klass->may_join != NULL && klass->may_join (self);
}

void
presync_source_close (PresyncSource *self)
{
  g_return_if_fail (PRESYNC_IS_SOURCE (self));
  if (PRESYNC_SOURCE_GET_CLASS (self)->close != NULL)
    PRESYNC_SOURCE_GET_CLASS (self)->close (self);
}

void
presync_source_set_state (PresyncSource *self, PresyncSourceState state, const char *message)
{
  PresyncSourcePrivate *priv;

  g_return_if_fail (PRESYNC_IS_SOURCE (self));
  priv = presync_source_priv (self);
  /* Both change before either is notified, so that who listens never sees half of it. */
  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (priv->message, message) != 0)
    {
      g_free (priv->message);
      priv->message = g_strdup (message);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
    }
  if (priv->state != state)
    {
      priv->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
presync_source_set_progress (PresyncSource *self, double progress)
{
  PresyncSourcePrivate *priv;

  g_return_if_fail (PRESYNC_IS_SOURCE (self));
  priv = presync_source_priv (self);
  progress = progress < 0.0 ? -1.0 : MIN (progress, 1.0);
  if (ABS (priv->progress - progress) < 1e-6)
    return;
  priv->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
}

PresyncStage *
presync_source_add_stage (PresyncSource *self, const char *id, const char *title)
{
  g_autoptr (PresyncStage) stage = NULL;

  g_return_val_if_fail (PRESYNC_IS_SOURCE (self), NULL);
  stage = presync_stage_new (id, title);
  g_list_store_append (presync_source_priv (self)->stages, stage);
  return stage;
}

void
presync_source_set_stage (PresyncSource *self, const char *id, PresyncStageState state,
                          const char *text)
{
  GListModel *stages = presync_source_get_stages (self);
  guint n = g_list_model_get_n_items (stages);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);

      if (g_strcmp0 (presync_stage_get_id (stage), id) != 0)
        continue;
      presync_stage_set (stage, state, text);
      if (state != PRESYNC_STAGE_RUNNING)
        continue;
      presync_source_set_state (self, presync_source_get_state (self),
                                presync_stage_get_title (stage));
      presync_source_set_progress (self, (double) i / n);
    }
}

void
presync_source_end_stages (PresyncSource *self, const char *message)
{
  GListModel *stages = presync_source_get_stages (self);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      PresyncStageState state = presync_stage_get_state (stage);

      if (state == PRESYNC_STAGE_RUNNING
          || (state == PRESYNC_STAGE_FAILED && presync_stage_get_text (stage) == NULL))
        presync_stage_set (stage, PRESYNC_STAGE_FAILED, message);
      else if (state == PRESYNC_STAGE_WAITING)
        presync_stage_set (stage, PRESYNC_STAGE_SKIPPED, NULL);
    }
}

void
presync_source_emit_facts (PresyncSource *self, GPtrArray *facts)
{
  g_return_if_fail (PRESYNC_IS_SOURCE (self));
  if (facts->len > 0)
    g_signal_emit (self, signals[SIGNAL_FACTS], 0, facts);
}

void
presync_source_emit_forgotten (PresyncSource *self, const char *const *keys)
{
  g_return_if_fail (PRESYNC_IS_SOURCE (self) && keys != NULL);
  if (keys[0] != NULL)
    g_signal_emit (self, signals[SIGNAL_FORGOTTEN], 0, keys);
}
