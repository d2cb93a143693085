/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/connection.h"

#include "app/settings.h"

void
presync_connection_take_live (PresyncSource *source)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  g_return_if_fail (PRESYNC_IS_SOURCE (source));

  presync_source_set_live (source, g_settings_get_boolean (settings, "live"));
}

void
presync_connection_use (PresyncAssessment *assessment, PresyncDirectorySource *source)
{
  PresyncRunner *runner = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (PRESYNC_IS_DIRECTORY_SOURCE (source));

  runner = presync_assessment_get_runner (assessment);
  presync_runner_cancel (runner);
  presync_assessment_set_sync_server (assessment,
                                      presync_directory_source_get_target (source)->sync_server);
  presync_connection_take_live (PRESYNC_SOURCE (source));
  presync_runner_set_source (runner, PRESYNC_SOURCE (source));
  /* How it went is told by the source's state, message and facts. */
  presync_runner_check_async (runner, NULL, NULL, NULL);
}

PresyncDirectorySource *
presync_connection_get_directory (PresyncAssessment *assessment)
{
  GListModel *sources = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      if (PRESYNC_IS_DIRECTORY_SOURCE (source))
        return PRESYNC_DIRECTORY_SOURCE (g_steal_pointer (&source));
    }
  return NULL;
}

void
presync_connection_set_sync_server (PresyncAssessment *assessment, const char *sync_server)
{
  g_autoptr (PresyncDirectorySource) old = NULL;
  g_autoptr (PresyncDirectorySource) fresh = NULL;
  g_autoptr (PresyncDirectoryTarget) target = NULL;
  const char *name = sync_server != NULL && *sync_server != '\0' ? sync_server : NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (g_strcmp0 (presync_assessment_get_sync_server (assessment), name) == 0)
    return;

  presync_assessment_set_sync_server (assessment, name);
  old = presync_connection_get_directory (assessment);
  if (old == NULL)
    return;

  /* A target never changes; the same one with another server takes its place. */
  target = presync_directory_target_copy (presync_directory_source_get_target (old));
  g_free (target->sync_server);
  target->sync_server = g_strdup (name);
  fresh = presync_directory_source_new (target);
  presync_connection_use (assessment, fresh);
}
