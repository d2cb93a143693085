/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/earlier.h"

/* A stage as it was */
typedef struct
{
  PresyncStageState state;
  char *text;
} PresyncEarlierStage;

struct _PresyncEarlier
{
  PresyncSourceState state;
  char *message;
  GTlsCertificate *certificate;
  GArray *stages; /* of PresyncEarlierStage */
};

static void
presync_earlier_stage_clear (PresyncEarlierStage *stage)
{
  g_free (stage->text);
}

PresyncEarlier *
presync_earlier_new (PresyncSource *source, PresyncSourceState state, const char *message,
                     GTlsCertificate *certificate)
{
  PresyncEarlier *self;
  GListModel *stages;

  g_return_val_if_fail (PRESYNC_IS_SOURCE (source), NULL);
  self = g_new0 (PresyncEarlier, 1);
  self->state = state;
  self->message = g_strdup (message);
  g_set_object (&self->certificate, certificate);
  self->stages = g_array_new (FALSE, FALSE, sizeof (PresyncEarlierStage));
  g_array_set_clear_func (self->stages, (GDestroyNotify) presync_earlier_stage_clear);
  stages = presync_source_get_stages (source);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      PresyncEarlierStage copy
          = { presync_stage_get_state (stage), g_strdup (presync_stage_get_text (stage)) };
      g_array_append_val (self->stages, copy);
    }
  return self;
}

void
presync_earlier_free (PresyncEarlier *self)
{
  if (self == NULL)
    return;
  g_free (self->message);
  g_clear_object (&self->certificate);
  g_array_unref (self->stages);
  g_free (self);
}

void
presync_earlier_set (PresyncEarlier *self, PresyncSourceState state, const char *message)
{
  g_return_if_fail (self != NULL);
  self->state = state;
  g_free (self->message);
  self->message = g_strdup (message);
}

PresyncSourceState
presync_earlier_get_state (const PresyncEarlier *self)
{
  g_return_val_if_fail (self != NULL, PRESYNC_SOURCE_IDLE);
  return self->state;
}

const char *
presync_earlier_get_message (const PresyncEarlier *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->message;
}

GTlsCertificate *
presync_earlier_get_certificate (const PresyncEarlier *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->certificate;
}

void
presync_earlier_restore_stages (const PresyncEarlier *self, PresyncSource *source)
{
  GListModel *stages;

  g_return_if_fail (self != NULL && PRESYNC_IS_SOURCE (source));
  stages = presync_source_get_stages (source);
  for (guint i = 0; i < MIN (g_list_model_get_n_items (stages), self->stages->len); i++)
    {
      const PresyncEarlierStage *copy = &g_array_index (self->stages, PresyncEarlierStage, i);
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      presync_stage_set (stage, copy->state, copy->text);
    }
}
