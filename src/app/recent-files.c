/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recent-files.h"

#include "store/store.h"

/* How the manager tells our files from those of others */
#define APPLICATION_NAME "Presync"
#define COMMAND "presync %f"

static int
presync_recent_files_compare_cb (gconstpointer a, gconstpointer b)
{
  GtkRecentInfo *left = *(GtkRecentInfo *const *) a;
  GtkRecentInfo *right = *(GtkRecentInfo *const *) b;

  return g_date_time_compare (gtk_recent_info_get_modified (right),
                              gtk_recent_info_get_modified (left));
}

GPtrArray *
presync_recent_files_list (guint at_most)
{
  GList *items = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_recent_info_unref);

  for (GList *item = items; item != NULL; item = item->next)
    {
      GtkRecentInfo *info = item->data;

      if (g_strcmp0 (gtk_recent_info_get_mime_type (info), PRESYNC_MIME_TYPE) == 0
          && gtk_recent_info_is_local (info))
        g_ptr_array_add (found, gtk_recent_info_ref (info));
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  g_ptr_array_sort (found, presync_recent_files_compare_cb);
  if (found->len > at_most)
    g_ptr_array_set_size (found, (int) at_most);
  return found;
}

void
presync_recent_files_add (const char *path)
{
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;
  GtkRecentData data = { 0 };

  g_return_if_fail (path != NULL);

  uri = g_filename_to_uri (path, NULL, NULL);
  if (uri == NULL)
    return;
  name = g_filename_display_basename (path);
  data.display_name = name;
  data.mime_type = (char *) PRESYNC_MIME_TYPE;
  data.app_name = (char *) APPLICATION_NAME;
  data.app_exec = (char *) COMMAND;
  (void) gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

void
presync_recent_files_remove (const char *uri)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (uri != NULL);

  /* Another window may have removed it. */
  if (!gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, &error))
    g_debug ("%s", error->message);
}

char *
presync_recent_files_dup_path (GtkRecentInfo *info)
{
  g_return_val_if_fail (info != NULL, NULL);

  return g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
}

char *
presync_recent_files_dup_title (GtkRecentInfo *info)
{
  g_autofree char *path = NULL;
  char *name = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  path = presync_recent_files_dup_path (info);
  name = path != NULL ? g_filename_display_basename (path)
                      : g_strdup (gtk_recent_info_get_display_name (info));
  if (g_str_has_suffix (name, PRESYNC_STORE_SUFFIX))
    name[strlen (name) - strlen (PRESYNC_STORE_SUFFIX)] = '\0';
  return name;
}
