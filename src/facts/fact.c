/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/fact.h"

#include <stdlib.h>
#include <string.h>

#include "base/version.h"

struct _PresyncFact
{
  GObject parent_instance;
  const PresyncFactKey *key;
  char *subject;
  PresyncOrigin *origin;
  PresyncUnknown unknown;
  char *detail;   /* nullable if there is a value */
  gint64 integer; /* and boolean */
  char *text;     /* and version */
  char **list;
  GDateTime *time;
};

G_DEFINE_FINAL_TYPE (PresyncFact, presync_fact, G_TYPE_OBJECT)

static void
presync_fact_finalize (GObject *object)
{
  PresyncFact *self = PRESYNC_FACT (object);

  g_free (self->subject);
  g_clear_object (&self->origin);
  g_free (self->detail);
  g_free (self->text);
  g_strfreev (self->list);
  g_clear_pointer (&self->time, g_date_time_unref);
  G_OBJECT_CLASS (presync_fact_parent_class)->finalize (object);
}

static void
presync_fact_class_init (PresyncFactClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_fact_finalize;
}

static void
presync_fact_init (PresyncFact *self)
{
}

static PresyncFact *
presync_fact_new (const char *key, const char *subject, PresyncOrigin *origin)
{
  PresyncFact *self;
  const PresyncFactKey *record;

  g_return_val_if_fail (key != NULL && subject != NULL, NULL);
  g_return_val_if_fail (PRESYNC_IS_ORIGIN (origin), NULL);
  record = presync_fact_key_find (key);
  g_return_val_if_fail (record != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_FACT, NULL);
  self->key = record;
  self->subject = g_strdup (subject);
  self->origin = g_object_ref (origin);
  return self;
}

PresyncFact *
presync_fact_new_boolean (const char *key, const char *subject, gboolean value,
                          PresyncOrigin *origin)
{
  g_autoptr (PresyncFact) self = presync_fact_new (key, subject, origin);

  g_return_val_if_fail (self != NULL && self->key->type == PRESYNC_FACT_BOOLEAN, NULL);
  self->integer = value ? 1 : 0;
  return g_steal_pointer (&self);
}

PresyncFact *
presync_fact_new_boolean_because (const char *key, const char *subject, gboolean value,
                                  const char *why, PresyncOrigin *origin)
{
  PresyncFact *self = presync_fact_new_boolean (key, subject, value, origin);

  g_return_val_if_fail (self != NULL, NULL);
  self->detail = g_strdup (why);
  return self;
}

PresyncFact *
presync_fact_new_integer (const char *key, const char *subject, gint64 value, PresyncOrigin *origin)
{
  g_autoptr (PresyncFact) self = presync_fact_new (key, subject, origin);

  g_return_val_if_fail (self != NULL && self->key->type == PRESYNC_FACT_INTEGER, NULL);
  self->integer = value;
  return g_steal_pointer (&self);
}

PresyncFact *
presync_fact_new_text (const char *key, const char *subject, const char *value,
                       PresyncOrigin *origin)
{
  g_autoptr (PresyncFact) self = presync_fact_new (key, subject, origin);

  g_return_val_if_fail (self != NULL && self->key->type == PRESYNC_FACT_TEXT, NULL);
  g_return_val_if_fail (value != NULL, NULL);
  self->text = g_strdup (value);
  return g_steal_pointer (&self);
}

PresyncFact *
presync_fact_new_version (const char *key, const char *subject, const char *value,
                          PresyncOrigin *origin)
{
  PresyncVersion version;
  g_autoptr (PresyncFact) self = presync_fact_new (key, subject, origin);

  g_return_val_if_fail (self != NULL && self->key->type == PRESYNC_FACT_VERSION, NULL);
  g_return_val_if_fail (value != NULL && presync_version_parse (value, &version), NULL);
  self->text = g_strdup (value);
  return g_steal_pointer (&self);
}

PresyncFact *
presync_fact_new_list (const char *key, const char *subject, const char *const *value,
                       PresyncOrigin *origin)
{
  g_autoptr (PresyncFact) self = presync_fact_new (key, subject, origin);

  g_return_val_if_fail (self != NULL && self->key->type == PRESYNC_FACT_LIST, NULL);
  g_return_val_if_fail (value != NULL, NULL);
  self->list = g_strdupv ((char **) value);
  return g_steal_pointer (&self);
}

PresyncFact *
presync_fact_new_time (const char *key, const char *subject, GDateTime *value,
                       PresyncOrigin *origin)
{
  g_autoptr (PresyncFact) self = presync_fact_new (key, subject, origin);

  g_return_val_if_fail (self != NULL && self->key->type == PRESYNC_FACT_TIME, NULL);
  g_return_val_if_fail (value != NULL, NULL);
  self->time = g_date_time_to_utc (value);
  return g_steal_pointer (&self);
}

PresyncFact *
presync_fact_new_unknown (const char *key, const char *subject, PresyncUnknown reason,
                          const char *detail, PresyncOrigin *origin)
{
  g_autoptr (PresyncFact) self = presync_fact_new (key, subject, origin);

  g_return_val_if_fail (self != NULL && reason != PRESYNC_UNKNOWN_NONE, NULL);
  g_return_val_if_fail (detail != NULL, NULL);
  self->unknown = reason;
  self->detail = g_strdup (detail);
  return g_steal_pointer (&self);
}

const char *
presync_fact_get_key (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  return self->key->id;
}

const char *
presync_fact_get_subject (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  return self->subject;
}

PresyncFactType
presync_fact_get_value_type (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), PRESYNC_FACT_TEXT);
  return self->key->type;
}

PresyncOrigin *
presync_fact_get_origin (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  return self->origin;
}

PresyncUnknown
presync_fact_get_unknown (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), PRESYNC_UNKNOWN_FAILED);
  return self->unknown;
}

const char *
presync_fact_get_detail (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  return self->detail;
}

static gboolean
presync_fact_is_known_as (PresyncFact *self, PresyncFactType type)
{
  return self->unknown == PRESYNC_UNKNOWN_NONE && self->key->type == type;
}

gboolean
presync_fact_get_boolean (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), FALSE);
  g_return_val_if_fail (presync_fact_is_known_as (self, PRESYNC_FACT_BOOLEAN), FALSE);
  return self->integer != 0;
}

gint64
presync_fact_get_integer (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), 0);
  g_return_val_if_fail (presync_fact_is_known_as (self, PRESYNC_FACT_INTEGER), 0);
  return self->integer;
}

const char *
presync_fact_get_text (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  g_return_val_if_fail (presync_fact_is_known_as (self, PRESYNC_FACT_TEXT)
                            || presync_fact_is_known_as (self, PRESYNC_FACT_VERSION),
                        NULL);
  return self->text;
}

const char *const *
presync_fact_get_list (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  g_return_val_if_fail (presync_fact_is_known_as (self, PRESYNC_FACT_LIST), NULL);
  return (const char *const *) self->list;
}

GDateTime *
presync_fact_get_time (PresyncFact *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  g_return_val_if_fail (presync_fact_is_known_as (self, PRESYNC_FACT_TIME), NULL);
  return self->time;
}

static int
presync_fact_compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In no special order: a directory may give the same values otherwise arranged. */
static gboolean
presync_fact_same_list (char **a, char **b)
{
  guint n = a != NULL ? g_strv_length (a) : 0;
  g_autofree char **left = NULL;
  g_autofree char **right = NULL;

  if (a == NULL || b == NULL)
    return a == b;
  if (g_strv_length (b) != n)
    return FALSE;
  left = g_memdup2 (a, (n + 1) * sizeof *a);
  right = g_memdup2 (b, (n + 1) * sizeof *b);
  qsort (left, n, sizeof *left, presync_fact_compare_texts);
  qsort (right, n, sizeof *right, presync_fact_compare_texts);
  return g_strv_equal ((const char *const *) left, (const char *const *) right);
}

static gboolean
presync_fact_same_time (GDateTime *a, GDateTime *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_date_time_equal (a, b);
}

gboolean
presync_fact_same_value (PresyncFact *self, PresyncFact *other)
{
  g_return_val_if_fail (PRESYNC_IS_FACT (self) && PRESYNC_IS_FACT (other), FALSE);
  return self->key == other->key && g_str_equal (self->subject, other->subject)
         && self->unknown == other->unknown && self->integer == other->integer
         && g_strcmp0 (self->detail, other->detail) == 0 && g_strcmp0 (self->text, other->text) == 0
         && presync_fact_same_list (self->list, other->list)
         && presync_fact_same_time (self->time, other->time)
         && presync_origin_get_complete (self->origin)
                == presync_origin_get_complete (other->origin);
}

const char *
presync_unknown_nick (PresyncUnknown reason)
{
  static const char *const nicks[] = {
    [PRESYNC_UNKNOWN_NONE] = "none",
    [PRESYNC_UNKNOWN_NO_RIGHT] = "no-right",
    [PRESYNC_UNKNOWN_UNREACHABLE] = "unreachable",
    [PRESYNC_UNKNOWN_TIMED_OUT] = "timed-out",
    [PRESYNC_UNKNOWN_CANCELLED] = "cancelled",
    [PRESYNC_UNKNOWN_PARTIAL] = "partial",
    [PRESYNC_UNKNOWN_NOT_OFFERED] = "not-offered",
    [PRESYNC_UNKNOWN_MALFORMED] = "malformed",
    [PRESYNC_UNKNOWN_FAILED] = "failed",
  };

  g_return_val_if_fail (reason < G_N_ELEMENTS (nicks), "failed");
  return nicks[reason];
}
