/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/server-source-private.h"

void
presync_server_source_remember (PresyncServerSource *self, GPtrArray *files, GFile *folder)
{
  g_return_if_fail (PRESYNC_IS_SERVER_SOURCE (self));
  g_return_if_fail (presync_server_source_is_empty (self));
  g_return_if_fail (files != NULL && (folder == NULL || G_IS_FILE (folder)));
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (self->files,
                     presync_facts_file_new (g_ptr_array_index (files, i), NULL, NULL));
  self->unread = TRUE;
  presync_server_telling_remember (self->telling);
  if (g_set_object (&self->folder, folder))
    presync_server_source_notify_folder (self);
}

gboolean
presync_server_source_end_unread (PresyncServerSource *self)
{
  gboolean unread = self->unread;

  self->unread = FALSE;
  if (unread && self->folder != NULL && self->watch == NULL)
    self->watch = presync_facts_watch_new (self->folder, PRESYNC_FACTS_WATCH_SECONDS,
                                           presync_server_source_scanned_cb, self);
  return unread;
}

GPtrArray *
presync_server_source_list_files (PresyncServerSource *self)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_SERVER_SOURCE (self), NULL);
  for (guint i = 0; i < self->files->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (self->files, i);

      if (!file->in_folder)
        g_ptr_array_add (files, g_object_ref (file->file));
    }
  return g_steal_pointer (&files);
}
