/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/saved-file.h"

#include "cli/command.h"

void
presync_saved_file_free (PresyncSavedFile *self)
{
  if (self == NULL)
    return;
  if (self->store != NULL)
    presync_store_close (self->store, NULL);
  g_clear_object (&self->store);
  g_clear_object (&self->assessment);
  g_free (self->path);
  g_free (self);
}

PresyncSavedFile *
presync_saved_file_open (const char *path, GError **error)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncSavedFile) self = g_new0 (PresyncSavedFile, 1);

  self->path = g_strdup (path);
  self->assessment = presync_assessment_new (catalogue);
  self->store = presync_store_open (self->assessment, path, error);
  if (self->store == NULL)
    return NULL;
  /* It is only read. */
  presync_store_hold (self->store);
  /* That it cannot be written does not matter here; that something may be missing does. */
  if (presync_store_get_newer (self->store))
    presync_command_say ("presync-cli: ", presync_store_get_message (self->store));
  return g_steal_pointer (&self);
}

typedef struct
{
  GMainLoop *loop;
  gboolean loaded;
  GError **error;
} PresyncRowsWait;

static void
presync_saved_file_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncRowsWait *wait = user_data;

  wait->loaded = presync_history_load_rows_finish (PRESYNC_HISTORY (object), result, wait->error);
  g_main_loop_quit (wait->loop);
}

gboolean
presync_history_load_rows (PresyncHistory *history, PresyncRun *run, GError **error)
{
  g_autoptr (GMainLoop) loop = NULL;
  PresyncRowsWait wait = { NULL, FALSE, error };

  if (presync_run_get_rows (run) != NULL)
    return TRUE;
  loop = g_main_loop_new (NULL, FALSE);
  wait.loop = loop;
  presync_history_load_rows_async (history, run, NULL, presync_saved_file_loaded_cb, &wait);
  g_main_loop_run (loop);
  return wait.loaded;
}

static void
presync_saved_file_loaded_last_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncRowsWait *wait = user_data;

  wait->loaded = presync_history_load_last_finish (PRESYNC_HISTORY (object), result, wait->error);
  g_main_loop_quit (wait->loop);
}

void
presync_saved_file_load_last (PresyncAssessment *assessment)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  PresyncRowsWait wait = { loop, FALSE, &error };

  presync_history_load_last_async (presync_assessment_get_history (assessment), NULL,
                                   presync_saved_file_loaded_last_cb, &wait);
  g_main_loop_run (loop);
  if (!wait.loaded)
    presync_command_say ("presync-cli: ", error->message);
}
