/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-facts.h"

#include <glib/gi18n.h>

#include "app/connection.h"
#include "app/message.h"
#include "app/settings.h"

#define FOLDER_KEY "facts-folder"
#define FILES_KEY "facts-files"

/* Files that are being read, one after the other. */
typedef struct
{
  GtkWidget *widget; /* nullable: nobody is to be told */
  PresyncAssessment *assessment;
  PresyncServerSource *source;
  GSList *files; /* GFile: still to be read */
  char *server;  /* nullable: whose facts were read */
  GString *faults;
  guint n_faults;
} Batch;

static void
presync_server_facts_batch_free (Batch *batch)
{
  g_clear_object (&batch->widget);
  g_clear_object (&batch->assessment);
  g_clear_object (&batch->source);
  g_slist_free_full (batch->files, g_object_unref);
  g_free (batch->server);
  g_string_free (batch->faults, TRUE);
  g_free (batch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, presync_server_facts_batch_free)

PresyncServerSource *
presync_server_facts_dup_source (PresyncAssessment *assessment)
{
  g_autoptr (PresyncSource) source = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  source = presync_assessment_dup_source (assessment, "server");
  return PRESYNC_IS_SERVER_SOURCE (source) ? PRESYNC_SERVER_SOURCE (g_steal_pointer (&source))
                                           : NULL;
}

/* (transfer full): it is among the sources before it reads, so that no fact is lost */
static PresyncServerSource *
presync_server_facts_ensure_source (PresyncAssessment *assessment)
{
  PresyncServerSource *source = presync_server_facts_dup_source (assessment);

  if (source == NULL)
    {
      source = presync_server_source_new ();
      presync_runner_set_source (presync_assessment_get_runner (assessment),
                                 PRESYNC_SOURCE (source));
    }
  return source;
}

static gboolean
presync_server_facts_is_used (PresyncAssessment *assessment, PresyncServerSource *source)
{
  g_autoptr (PresyncServerSource) used = presync_server_facts_dup_source (assessment);

  return used == source;
}

/* A source with nothing to read would stand among the sources and never be checked. */
static void
presync_server_facts_tidy (PresyncAssessment *assessment, PresyncServerSource *source)
{
  if (presync_server_source_is_empty (source) && presync_server_facts_is_used (assessment, source))
    presync_runner_remove_source (presync_assessment_get_runner (assessment), "server");
}

/* Those of the sample must not turn up in the next real assessment, nor those of a file that was
 * only looked at. */
static void
presync_server_facts_save (PresyncAssessment *assessment)
{
  g_autoptr (PresyncServerSource) source = presync_server_facts_dup_source (assessment);
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autofree char *folder = NULL;
  GFile *watched = source != NULL ? presync_server_source_get_folder (source) : NULL;
  GListModel *reports = source != NULL ? presync_server_source_get_reports (source) : NULL;

  if (!presync_connection_is_remembered (assessment))
    return;
  for (guint i = 0; reports != NULL && i < g_list_model_get_n_items (reports); i++)
    {
      g_autoptr (PresyncFactsReport) report = g_list_model_get_item (reports, i);
      const char *path = presync_facts_report_get_path (report);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GFile) parent = g_file_get_parent (file);

      if (g_path_is_absolute (path)
          && (watched == NULL || parent == NULL || !g_file_equal (parent, watched)))
        g_ptr_array_add (files, (gpointer) path);
    }
  g_ptr_array_add (files, NULL);
  folder = watched != NULL ? g_file_get_parse_name (watched) : g_strdup ("");
  settings = presync_settings_new ();
  g_settings_set_strv (settings, FILES_KEY, (const char *const *) files->pdata);
  g_settings_set_string (settings, FOLDER_KEY, folder);
}

static void
presync_server_facts_tell (Batch *batch)
{
  GtkRoot *root = gtk_widget_get_root (batch->widget);

  if (batch->server != NULL)
    {
      g_autofree char *text = NULL;

      /* TRANSLATORS: %s is a server, such as SYNC01 */
      text = g_strdup_printf (_ ("Facts of %s read"), batch->server);
      gtk_widget_activate_action (batch->widget, "win.toast", "s", text);
      gtk_widget_activate_action (batch->widget, "win.page", "s", "sync-server");
    }
  if (batch->n_faults > 0 && GTK_IS_WINDOW (root))
    presync_message_show (
        GTK_WINDOW (root),
        ngettext ("This file was not used", "These files were not used", batch->n_faults),
        batch->faults->str);
}

static void presync_server_facts_next (Batch *batch);

static void
presync_server_facts_added_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Batch *batch = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report
      = presync_server_source_add_file_finish (PRESYNC_SERVER_SOURCE (object), result, &error);

  if (report != NULL)
    {
      g_free (batch->server);
      batch->server = g_strdup (presync_facts_report_get_name (report));
    }
  else
    {
      g_debug ("%s", error->message);
      g_string_append_printf (batch->faults, "%s%s", batch->n_faults > 0 ? "\n\n" : "",
                              error->message);
      batch->n_faults++;
    }
  presync_server_facts_next (batch);
}

/* @batch: (transfer full) */
static void
presync_server_facts_next (Batch *given)
{
  g_autoptr (Batch) batch = given;

  if (batch->files != NULL)
    {
      g_autoptr (GFile) file = batch->files->data;

      batch->files = g_slist_delete_link (batch->files, batch->files);
      presync_server_source_add_file_async (batch->source, file, NULL,
                                            presync_server_facts_added_cb, batch);
      g_steal_pointer (&batch);
      return;
    }
  presync_server_facts_tidy (batch->assessment, batch->source);
  if (batch->widget == NULL)
    return;
  if (batch->server != NULL)
    presync_server_facts_save (batch->assessment);
  presync_server_facts_tell (batch);
}

static void
presync_server_facts_read (GtkWidget *widget, PresyncAssessment *assessment, GSList *files)
{
  Batch *batch = g_new0 (Batch, 1);

  batch->widget = widget != NULL ? g_object_ref (widget) : NULL;
  batch->assessment = g_object_ref (assessment);
  batch->source = presync_server_facts_ensure_source (assessment);
  batch->files = g_slist_copy_deep (files, (GCopyFunc) (GCallback) g_object_ref, NULL);
  batch->faults = g_string_new (NULL);
  presync_server_facts_next (batch);
}

/* Which of some files are folders is being found out, one after the other: a share that does not
 * answer must not hold up the window. */
typedef struct
{
  GtkWidget *widget;
  PresyncAssessment *assessment;
  GSList *asked; /* GFile: still to be looked at, the first of them now */
  GSList *plain; /* GFile: no folders, in their order */
} Sorting;

static void
presync_server_facts_sorting_free (Sorting *sorting)
{
  g_clear_object (&sorting->widget);
  g_clear_object (&sorting->assessment);
  g_slist_free_full (sorting->asked, g_object_unref);
  g_slist_free_full (sorting->plain, g_object_unref);
  g_free (sorting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sorting, presync_server_facts_sorting_free)

static void presync_server_facts_sort (Sorting *given);

static void
presync_server_facts_sorted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Sorting) sorting = user_data;
  g_autoptr (GFile) file = sorting->asked->data;
  /* What cannot be looked at is read: that tells what is wrong with it. */
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, NULL);

  sorting->asked = g_slist_delete_link (sorting->asked, sorting->asked);
  if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      presync_server_facts_watch (sorting->assessment, file);
      gtk_widget_activate_action (sorting->widget, "win.page", "s", "sync-server");
    }
  else
    sorting->plain = g_slist_append (sorting->plain, g_steal_pointer (&file));
  presync_server_facts_sort (g_steal_pointer (&sorting));
}

/* @given: (transfer full) */
static void
presync_server_facts_sort (Sorting *given)
{
  g_autoptr (Sorting) sorting = given;
  GFile *file = sorting->asked != NULL ? sorting->asked->data : NULL;

  if (file != NULL)
    g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                             G_PRIORITY_DEFAULT, NULL, presync_server_facts_sorted_cb,
                             g_steal_pointer (&sorting));
  else if (sorting->plain != NULL)
    presync_server_facts_read (sorting->widget, sorting->assessment, sorting->plain);
}

void
presync_server_facts_add (GtkWidget *widget, PresyncAssessment *assessment, GSList *files)
{
  Sorting *sorting = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  sorting = g_new0 (Sorting, 1);
  sorting->widget = g_object_ref (widget);
  sorting->assessment = g_object_ref (assessment);
  sorting->asked = g_slist_copy_deep (files, (GCopyFunc) (GCallback) g_object_ref, NULL);
  presync_server_facts_sort (sorting);
}

void
presync_server_facts_watch (PresyncAssessment *assessment, GFile *folder)
{
  g_autoptr (PresyncServerSource) source = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  source = folder != NULL ? presync_server_facts_ensure_source (assessment)
                          : presync_server_facts_dup_source (assessment);
  if (source == NULL)
    return;
  presync_server_source_set_folder (source, folder);
  presync_server_facts_tidy (assessment, source);
  presync_server_facts_save (assessment);
}

void
presync_server_facts_remove (PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  presync_runner_remove_source (presync_assessment_get_runner (assessment), "server");
  presync_server_facts_save (assessment);
}

void
presync_server_facts_restore (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncServerSource) used = NULL;
  g_autofree char *folder = g_settings_get_string (settings, FOLDER_KEY);
  g_auto (GStrv) paths = g_settings_get_strv (settings, FILES_KEY);
  GSList *files = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  used = presync_server_facts_dup_source (assessment);
  if (used != NULL || presync_connection_is_sample (assessment))
    return;
  if (*folder != '\0')
    {
      g_autoptr (PresyncServerSource) source = presync_server_facts_ensure_source (assessment);
      g_autoptr (GFile) file = g_file_parse_name (folder);

      presync_server_source_set_folder (source, file);
    }
  for (char **path = paths; *path != NULL; path++)
    files = g_slist_append (files, g_file_new_for_path (*path));
  /* A file that is gone is no news. */
  if (files != NULL)
    presync_server_facts_read (NULL, assessment, files);
  g_slist_free_full (files, g_object_unref);
}
