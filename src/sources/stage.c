/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/stage.h"

struct _PresyncStage
{
  GObject parent_instance;
  char *id;
  char *title;
  PresyncStageState state;
  char *text;
};

enum
{
  PROP_TITLE = 1,
  PROP_STATE,
  PROP_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncStage, presync_stage, G_TYPE_OBJECT)

static void
presync_stage_finalize (GObject *object)
{
  PresyncStage *self = PRESYNC_STAGE (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (presync_stage_parent_class)->finalize (object);
}

static void
presync_stage_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncStage *self = PRESYNC_STAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_stage_class_init (PresyncStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = presync_stage_finalize;
  object_class->get_property = presync_stage_get_property;
  properties[PROP_TITLE]
      = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE]
      = g_param_spec_int ("state", NULL, NULL, PRESYNC_STAGE_WAITING, PRESYNC_STAGE_SKIPPED,
                          PRESYNC_STAGE_WAITING, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
presync_stage_init (PresyncStage *self)
{
}

PresyncStage *
presync_stage_new (const char *id, const char *title)
{
  PresyncStage *self;

  g_return_val_if_fail (id != NULL && title != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_STAGE, NULL);
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  return self;
}

const char *
presync_stage_get_id (PresyncStage *self)
{
  g_return_val_if_fail (PRESYNC_IS_STAGE (self), NULL);
  return self->id;
}

const char *
presync_stage_get_title (PresyncStage *self)
{
  g_return_val_if_fail (PRESYNC_IS_STAGE (self), NULL);
  return self->title;
}

PresyncStageState
presync_stage_get_state (PresyncStage *self)
{
  g_return_val_if_fail (PRESYNC_IS_STAGE (self), PRESYNC_STAGE_WAITING);
  return self->state;
}

const char *
presync_stage_get_text (PresyncStage *self)
{
  g_return_val_if_fail (PRESYNC_IS_STAGE (self), NULL);
  return self->text;
}

void
presync_stage_set (PresyncStage *self, PresyncStageState state, const char *text)
{
  g_return_if_fail (PRESYNC_IS_STAGE (self));
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (g_strcmp0 (self->text, text) != 0)
    {
      g_free (self->text);
      self->text = g_strdup (text);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}
