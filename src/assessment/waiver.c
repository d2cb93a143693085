/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/waiver.h"

struct _PresyncWaiver
{
  GObject parent_instance;
  char *condition;
  char *reason;
  char *owner;
  GDate *expires; /* nullable */
  GDateTime *at;
};

G_DEFINE_FINAL_TYPE (PresyncWaiver, presync_waiver, G_TYPE_OBJECT)

static void
presync_waiver_finalize (GObject *object)
{
  PresyncWaiver *self = PRESYNC_WAIVER (object);

  g_free (self->condition);
  g_free (self->reason);
  g_free (self->owner);
  g_clear_pointer (&self->expires, g_date_free);
  g_clear_pointer (&self->at, g_date_time_unref);
  G_OBJECT_CLASS (presync_waiver_parent_class)->finalize (object);
}

static void
presync_waiver_class_init (PresyncWaiverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_waiver_finalize;
}

static void
presync_waiver_init (PresyncWaiver *self)
{
}

PresyncWaiver *
presync_waiver_new (const char *condition, const char *reason, const char *owner,
                    const GDate *expires, GDateTime *at)
{
  PresyncWaiver *self;

  g_return_val_if_fail (condition != NULL && at != NULL, NULL);
  g_return_val_if_fail (reason != NULL && reason[0] != '\0', NULL);
  g_return_val_if_fail (owner != NULL && owner[0] != '\0', NULL);
  g_return_val_if_fail (expires == NULL || g_date_valid (expires), NULL);
  self = g_object_new (PRESYNC_TYPE_WAIVER, NULL);
  self->condition = g_strdup (condition);
  self->reason = g_strdup (reason);
  self->owner = g_strdup (owner);
  self->expires = expires != NULL ? g_date_copy (expires) : NULL;
  self->at = g_date_time_to_utc (at);
  return self;
}

const char *
presync_waiver_get_condition (PresyncWaiver *self)
{
  g_return_val_if_fail (PRESYNC_IS_WAIVER (self), NULL);
  return self->condition;
}

const char *
presync_waiver_get_reason (PresyncWaiver *self)
{
  g_return_val_if_fail (PRESYNC_IS_WAIVER (self), NULL);
  return self->reason;
}

const char *
presync_waiver_get_owner (PresyncWaiver *self)
{
  g_return_val_if_fail (PRESYNC_IS_WAIVER (self), NULL);
  return self->owner;
}

const GDate *
presync_waiver_get_expires (PresyncWaiver *self)
{
  g_return_val_if_fail (PRESYNC_IS_WAIVER (self), NULL);
  return self->expires;
}

GDateTime *
presync_waiver_get_at (PresyncWaiver *self)
{
  g_return_val_if_fail (PRESYNC_IS_WAIVER (self), NULL);
  return self->at;
}

gboolean
presync_waiver_get_expired (PresyncWaiver *self, GDateTime *now)
{
  GDate today;

  g_return_val_if_fail (PRESYNC_IS_WAIVER (self) && now != NULL, FALSE);
  if (self->expires == NULL)
    return FALSE;
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  return g_date_compare (&today, self->expires) > 0;
}

gboolean
presync_waiver_equal (PresyncWaiver *self, PresyncWaiver *other)
{
  if (self == other || self == NULL || other == NULL)
    return self == other;
  if ((self->expires == NULL) != (other->expires == NULL)
      || (self->expires != NULL && g_date_compare (self->expires, other->expires) != 0))
    return FALSE;
  return g_str_equal (self->condition, other->condition)
         && g_str_equal (self->reason, other->reason) && g_str_equal (self->owner, other->owner)
         && g_date_time_equal (self->at, other->at);
}
