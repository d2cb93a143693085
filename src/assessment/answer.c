/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/answer.h"

struct _PresyncAnswer
{
  GObject parent_instance;
  char *condition;
  gboolean met;
  char *name;
  char *note;
  GDateTime *at;
};

G_DEFINE_FINAL_TYPE (PresyncAnswer, presync_answer, G_TYPE_OBJECT)

static void
presync_answer_finalize (GObject *object)
{
  PresyncAnswer *self = PRESYNC_ANSWER (object);

  g_free (self->condition);
  g_free (self->name);
  g_free (self->note);
  g_clear_pointer (&self->at, g_date_time_unref);
  G_OBJECT_CLASS (presync_answer_parent_class)->finalize (object);
}

static void
presync_answer_class_init (PresyncAnswerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_answer_finalize;
}

static void
presync_answer_init (PresyncAnswer *self)
{
}

PresyncAnswer *
presync_answer_new (const char *condition, gboolean met, const char *name, const char *note,
                    GDateTime *at)
{
  PresyncAnswer *self;

  g_return_val_if_fail (condition != NULL && name != NULL && at != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_ANSWER, NULL);
  self->condition = g_strdup (condition);
  self->met = met;
  self->name = g_strdup (name);
  self->note = g_strdup (note != NULL ? note : "");
  self->at = g_date_time_to_utc (at);
  return self;
}

const char *
presync_answer_get_condition (PresyncAnswer *self)
{
  g_return_val_if_fail (PRESYNC_IS_ANSWER (self), NULL);
  return self->condition;
}

gboolean
presync_answer_get_met (PresyncAnswer *self)
{
  g_return_val_if_fail (PRESYNC_IS_ANSWER (self), FALSE);
  return self->met;
}

const char *
presync_answer_get_name (PresyncAnswer *self)
{
  g_return_val_if_fail (PRESYNC_IS_ANSWER (self), NULL);
  return self->name;
}

const char *
presync_answer_get_note (PresyncAnswer *self)
{
  g_return_val_if_fail (PRESYNC_IS_ANSWER (self), NULL);
  return self->note;
}

GDateTime *
presync_answer_get_at (PresyncAnswer *self)
{
  g_return_val_if_fail (PRESYNC_IS_ANSWER (self), NULL);
  return self->at;
}

gboolean
presync_answer_equal (PresyncAnswer *self, PresyncAnswer *other)
{
  if (self == other || self == NULL || other == NULL)
    return self == other;
  return g_str_equal (self->condition, other->condition)
         && (self->met != FALSE) == (other->met != FALSE) && g_str_equal (self->name, other->name)
         && g_str_equal (self->note, other->note) && g_date_time_equal (self->at, other->at);
}
