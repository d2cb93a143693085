/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/origin.h"

#include <glib/gi18n.h>

struct _PresyncOrigin
{
  GObject parent_instance;
  char *source;
  char *target;
  char *query;
  GDateTime *at;
  gboolean complete;
};

G_DEFINE_FINAL_TYPE (PresyncOrigin, presync_origin, G_TYPE_OBJECT)

static void
presync_origin_finalize (GObject *object)
{
  PresyncOrigin *self = PRESYNC_ORIGIN (object);

  g_free (self->source);
  g_free (self->target);
  g_free (self->query);
  g_clear_pointer (&self->at, g_date_time_unref);
  G_OBJECT_CLASS (presync_origin_parent_class)->finalize (object);
}

static void
presync_origin_class_init (PresyncOriginClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_origin_finalize;
}

static void
presync_origin_init (PresyncOrigin *self)
{
}

PresyncOrigin *
presync_origin_new (const char *source, const char *target, const char *query, GDateTime *at,
                    gboolean complete)
{
  PresyncOrigin *self;

  g_return_val_if_fail (source != NULL && target != NULL && query != NULL && at != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_ORIGIN, NULL);
  self->source = g_strdup (source);
  self->target = g_strdup (target);
  self->query = g_strdup (query);
  self->at = g_date_time_to_utc (at);
  self->complete = complete;
  return self;
}

const char *
presync_origin_get_source (PresyncOrigin *self)
{
  g_return_val_if_fail (PRESYNC_IS_ORIGIN (self), NULL);
  return self->source;
}

const char *
presync_origin_get_target (PresyncOrigin *self)
{
  g_return_val_if_fail (PRESYNC_IS_ORIGIN (self), NULL);
  return self->target;
}

const char *
presync_origin_get_query (PresyncOrigin *self)
{
  g_return_val_if_fail (PRESYNC_IS_ORIGIN (self), NULL);
  return self->query;
}

GDateTime *
presync_origin_get_at (PresyncOrigin *self)
{
  g_return_val_if_fail (PRESYNC_IS_ORIGIN (self), NULL);
  return self->at;
}

gboolean
presync_origin_get_complete (PresyncOrigin *self)
{
  g_return_val_if_fail (PRESYNC_IS_ORIGIN (self), FALSE);
  return self->complete;
}

char *
presync_origin_dup_at_text (PresyncOrigin *self)
{
  g_return_val_if_fail (PRESYNC_IS_ORIGIN (self), NULL);
  return g_date_time_format (self->at, "%Y-%m-%dT%H:%M:%SZ");
}

const char *
presync_source_title (const char *source)
{
  static const struct
  {
    const char *id;
    const char *title;
  } titles[] = {
    { "directory", N_ ("Directory") }, { "server", N_ ("Sync server") },
    { "sql", N_ ("SQL Server") },      { "tenant", N_ ("Microsoft Entra tenant") },
    { "network", N_ ("Network") },     { "plan", N_ ("Your plan") },
    { "accounts", N_ ("Accounts") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (source, titles[i].id) == 0)
      return _ (titles[i].title);
  return source;
}
