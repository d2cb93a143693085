/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/open.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/connect.h"
#include "sources/directory/ldap-directory.h"
#include "sources/directory/ldif-directory.h"

/* Remembers which stage runs, so that a failure is told of the right one. */
typedef struct
{
  PresyncStageFunc stage;
  gpointer user_data;
  const char *running;
} PresyncOpenStages;

static void
presync_open_stage_cb (const char *stage, PresyncStageState state, const char *text,
                       gpointer user_data)
{
  PresyncOpenStages *self = user_data;

  self->running = state == PRESYNC_STAGE_RUNNING ? g_intern_string (stage) : NULL;
  if (self->stage != NULL)
    self->stage (stage, state, text, self->user_data);
}

static PresyncDirectory *
presync_open_server (PresyncOpenStages *stages, const PresyncDirectoryTarget *target,
                     const char *server, GTlsCertificate **certificate, GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (PresyncDirectoryTarget) named = presync_directory_target_copy (target);
  g_autofree char *text = NULL;
  PresyncOpening opening = { 0 };
  PresyncLdapDirectory *directory;

  g_free (named->server);
  named->server = g_strdup (server);
  text = presync_directory_target_dup_text (named);
  opening.target = named;
  opening.server = named->server;
  opening.port = target->port != 0 ? target->port : target->ldaps ? 636 : 389;
  opening.text = text;
  opening.stage = presync_open_stage_cb;
  opening.stage_data = stages;
  opening.cancellable = cancellable;
  directory = presync_ldap_directory_open (&opening, error);
  if (certificate != NULL && opening.certificate != NULL)
    g_set_object (certificate, opening.certificate);
  g_clear_object (&opening.certificate);
  return directory != NULL ? PRESYNC_DIRECTORY (directory) : NULL;
}

/* Another controller of the domain would refuse the same name or certificate authority. */
static gboolean
presync_open_may_try_next (const GError *error)
{
  return g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE)
         || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT);
}

static PresyncDirectory *
presync_open_domain (PresyncOpenStages *stages, const PresyncDirectoryTarget *target,
                     GTlsCertificate **certificate, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) controllers = NULL;
  g_autoptr (GError) first = NULL;

  presync_open_stage_cb ("resolve", PRESYNC_STAGE_RUNNING, target->domain, stages);
  controllers = presync_connect_find_controllers (target->domain, cancellable, error);
  if (controllers == NULL)
    return NULL;
  if (controllers[0] == NULL)
    return presync_open_server (stages, target, target->domain, certificate, cancellable, error);
  for (guint i = 0; controllers[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;
      PresyncDirectory *directory
          = presync_open_server (stages, target, controllers[i], certificate, cancellable, &local);
      if (directory != NULL)
        return directory;
      if (first == NULL || !presync_open_may_try_next (local))
        {
          g_clear_error (&first);
          first = g_error_copy (local);
        }
      if (!presync_open_may_try_next (local) || g_cancellable_is_cancelled (cancellable))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&first));
  return NULL;
}

static PresyncDirectory *
presync_open_ldif (PresyncOpenStages *stages, const PresyncDirectoryTarget *target,
                   GCancellable *cancellable, GError **error)
{
  PresyncLdifDirectory *directory;
  g_autofree char *text = presync_directory_target_dup_text (target);

  presync_open_stage_cb ("open", PRESYNC_STAGE_RUNNING, text, stages);
  directory = presync_ldif_directory_new (target->ldif, cancellable, error);
  if (directory == NULL)
    return NULL;
  presync_open_stage_cb ("open", PRESYNC_STAGE_DONE, text, stages);
  presync_open_stage_cb ("first-read", PRESYNC_STAGE_RUNNING, NULL, stages);
  return PRESYNC_DIRECTORY (directory);
}

static PresyncDirectory *
presync_open_target (PresyncOpenStages *stages, const PresyncDirectoryTarget *target,
                     GTlsCertificate **certificate, GCancellable *cancellable, GError **error)
{
  if (target->ldif != NULL)
    return presync_open_ldif (stages, target, cancellable, error);
  if (!presync_directory_target_validate (target, error))
    return NULL;
  if (target->server != NULL)
    return presync_open_server (stages, target, target->server, certificate, cancellable, error);
  return presync_open_domain (stages, target, certificate, cancellable, error);
}

PresyncDirectory *
presync_directory_open_forest (const PresyncDirectoryTarget *target, PresyncStageFunc stage,
                               gpointer user_data, GTlsCertificate **certificate,
                               PresyncForest **forest, GCancellable *cancellable, GError **error)
{
  PresyncOpenStages stages = { stage, user_data, NULL };
  g_autoptr (PresyncDirectory) directory = NULL;
  g_autoptr (PresyncForest) found = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (target != NULL, NULL);
  if (certificate != NULL)
    *certificate = NULL;
  directory = presync_open_target (&stages, target, certificate, cancellable, &local);
  if (directory != NULL)
    found = presync_probe_read_forest (directory, cancellable, &local);
  if (found == NULL)
    {
      if (stages.running != NULL)
        presync_open_stage_cb (stages.running, PRESYNC_STAGE_FAILED, local->message, &stages);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  text = g_strdup_printf ("%s · %s", found->forest != NULL ? found->forest : "?",
                          found->controller != NULL ? found->controller : "?");
  presync_open_stage_cb ("first-read", PRESYNC_STAGE_DONE, text, &stages);
  if (forest != NULL)
    *forest = g_steal_pointer (&found);
  return g_steal_pointer (&directory);
}

PresyncDirectory *
presync_directory_open (const PresyncDirectoryTarget *target, PresyncStageFunc stage,
                        gpointer user_data, GTlsCertificate **certificate,
                        GCancellable *cancellable, GError **error)
{
  return presync_directory_open_forest (target, stage, user_data, certificate, NULL, cancellable,
                                        error);
}
