/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n.h>

#include "app/application.h"
#include "app/connection-dialog.h"
#include "app/form.h"
#include "app/message.h"
#include "app/recent-files.h"
#include "app/settings.h"

/* More would make a menu that nobody reads. */
#define MAX_RECENT 8
/* Where they stand in the menu: after "New" and "Open" */
#define RECENT_AT 2

const char *
presync_window_get_path (PresyncWindow *self)
{
  g_return_val_if_fail (PRESYNC_IS_WINDOW (self), NULL);

  return presync_store_link_get_path (self->link);
}

gboolean
presync_window_is_empty (PresyncWindow *self)
{
  g_return_val_if_fail (PRESYNC_IS_WINDOW (self), FALSE);

  return presync_store_link_get_path (self->link) == NULL
         && !presync_store_link_has_content (self->link);
}

/* A report of nothing is none; a button that cannot be pressed says why. */
static void
presync_window_update_export (PresyncWindow *self)
{
  static const char *const names[] = { "export", "export-table", "print" };
  gboolean content = presync_store_link_has_content (self->link);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), names[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), content);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->export),
                               content ? _ ("Export or print the report (Ctrl+E)")
                                       : _ ("There is nothing to report yet"));
}

void
presync_window_update_file (PresyncWindow *self)
{
  PresyncStore *store = presync_store_link_get_store (self->link);
  g_autofree char *text = presync_store_link_dup_text (self->link);

  gtk_label_set_text (self->saved, text);
  gtk_widget_set_visible (GTK_WIDGET (self->saved), *text != '\0');
  gtk_widget_set_visible (self->save, (store == NULL && *text != '\0')
                                          || presync_store_link_is_gone (self->link));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), presync_store_link_get_path (self->link));
  presync_save_banner_update (self->banner, store);
  presync_window_update_export (self);
  presync_window_update_title (self);
}

/* The file is found again: among the recent ones, and at the next start. */
static void
presync_window_remember_file (PresyncWindow *self)
{
  const char *path = presync_window_get_path (self);

  presync_recent_files_add (path);
  presync_settings_save_last_file (path);
}

/* Opening */

gboolean
presync_window_open (PresyncWindow *self, const char *path, GError **error)
{
  g_return_val_if_fail (PRESYNC_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!presync_store_link_open (self->link, path, error))
    return FALSE;
  presync_window_remember_file (self);
  return TRUE;
}

static void
presync_window_open_path (PresyncWindow *self, const char *path)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (PRESYNC_IS_APPLICATION (application))
    presync_application_open_file (PRESYNC_APPLICATION (application), self, path);
}

static void
presync_window_open_chosen_cb (const char *path, gpointer user_data)
{
  presync_window_open_path (user_data, path);
}

/* (transfer full): where the person most likely has assessments */
static char *
presync_window_dup_folder (PresyncWindow *self)
{
  const char *path = presync_window_get_path (self);
  g_autofree char *last = presync_settings_dup_last_file ();
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);

  if (path == NULL)
    path = last;
  if (path != NULL)
    return g_path_get_dirname (path);
  return g_strdup (documents != NULL ? documents : g_get_home_dir ());
}

static void
presync_window_open_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  g_autofree char *folder = presync_window_dup_folder (self);
  const char *patterns[] = { "*" PRESYNC_STORE_SUFFIX, NULL };

  presync_form_choose_file (GTK_WINDOW (self), _ ("Open an Assessment"), _ ("Presync assessments"),
                            patterns, NULL, folder, presync_window_open_chosen_cb, G_OBJECT (self));
}

static void
presync_window_open_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *path = g_filename_from_uri (g_variant_get_string (parameter, NULL), NULL, NULL);

  if (path != NULL)
    presync_window_open_path (user_data, path);
}

static void
presync_window_new_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  /* An empty one is as good as a new one: on with the next step. */
  if (presync_window_is_empty (self))
    presync_connection_dialog_present (GTK_WINDOW (self), self->assessment);
  else if (PRESYNC_IS_APPLICATION (application))
    presync_application_new_window (PRESYNC_APPLICATION (application));
}

/* Saving */

static gboolean
presync_window_close_idle_cb (gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (user_data));
  return G_SOURCE_REMOVE;
}

/* When the dialog is gone in which that was decided: it must not outlive its window. */
static void
presync_window_close_later (PresyncWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, presync_window_close_idle_cb, g_object_ref (self),
                   g_object_unref);
}

/* Another program may have written over runs that this window has not read. */
static void
presync_window_tell_lost (PresyncWindow *self)
{
  guint n = presync_store_get_n_lost (presync_store_link_get_store (self->link));
  g_autofree char *text = NULL;

  if (n == 0)
    return;
  text = g_strdup_printf (ngettext ("%u run of the old file could not be taken along: another "
                                    "program had written over it.",
                                    "%u runs of the old file could not be taken along: another "
                                    "program had written over them.",
                                    n),
                          n);
  presync_message_show (GTK_WINDOW (self), _ ("Saved, but not all"), text);
}

/* Returns: whether it was saved; if not, the person was told why. */
static gboolean
presync_window_save_to (PresyncWindow *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (PRESYNC_IS_APPLICATION (application)
      && presync_application_is_open (PRESYNC_APPLICATION (application), self, path))
    {
      presync_message_show (GTK_WINDOW (self), _ ("Not saved"),
                            _ ("This file is open in another window. Please choose another name."));
      return FALSE;
    }
  if (!presync_store_link_save_as (self->link, path, &error))
    {
      presync_message_show (GTK_WINDOW (self), _ ("Not saved"), error->message);
      return FALSE;
    }
  presync_window_remember_file (self);
  presync_window_tell_lost (self);
  /* If nothing more can be saved there, the banner says so. */
  if (presync_store_get_state (presync_store_link_get_store (self->link))
      == PRESYNC_STORE_READ_ONLY)
    return TRUE;
  /* TRANSLATORS: %s is the name of a file */
  text = g_strdup_printf (_ ("Saved as %s. Changes are saved as you go."),
                          presync_store_link_get_title (self->link));
  presync_window_toast (self, text);
  return TRUE;
}

/* A file that is to be saved, while the person is asked whether it may replace another */
typedef struct
{
  PresyncWindow *window;
  char *path;
  gboolean close;
} Saving;

static void
presync_window_saving_free (gpointer data)
{
  Saving *saving = data;

  g_object_unref (saving->window);
  g_free (saving->path);
  g_free (saving);
}

static void
presync_window_saving_go_on_cb (gpointer user_data)
{
  Saving *saving = user_data;

  if (presync_window_save_to (saving->window, saving->path) && saving->close)
    presync_window_close_later (saving->window);
}

/* A name without the suffix gets it; the file chooser has not asked about that name. */
static void
presync_window_save_chosen (PresyncWindow *self, const char *path, gboolean close)
{
  Saving *saving = g_new0 (Saving, 1);
  gboolean complete = g_str_has_suffix (path, PRESYNC_STORE_SUFFIX);

  saving->window = g_object_ref (self);
  saving->path = complete ? g_strdup (path) : g_strconcat (path, PRESYNC_STORE_SUFFIX, NULL);
  saving->close = close;
  if (!complete && g_file_test (saving->path, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_filename_display_basename (saving->path);
      /* TRANSLATORS: %s is the name of a file */
      g_autofree char *heading = g_strdup_printf (_ ("Replace %s?"), name);

      presync_message_ask (GTK_WINDOW (self), heading, _ ("What is in this file now is lost then."),
                           _ ("_Replace"), TRUE, presync_window_saving_go_on_cb, saving,
                           presync_window_saving_free);
      return;
    }
  presync_window_saving_go_on_cb (saving);
  presync_window_saving_free (saving);
}

static void
presync_window_save_chosen_cb (const char *path, gpointer user_data)
{
  presync_window_save_chosen (user_data, path, FALSE);
}

static void
presync_window_save_and_close_chosen_cb (const char *path, gpointer user_data)
{
  presync_window_save_chosen (user_data, path, TRUE);
}

static void
presync_window_choose_save (PresyncWindow *self, PresyncFileFunc func)
{
  const char *title = presync_store_link_get_title (self->link);
  const char *name = presync_assessment_get_name (self->assessment);
  g_autofree char *suggestion = NULL;
  g_autofree char *folder = presync_window_dup_folder (self);
  const char *patterns[] = { "*" PRESYNC_STORE_SUFFIX, NULL };

  if (title == NULL)
    title = *name != '\0' ? name : _ ("Assessment");
  suggestion = g_strconcat (title, PRESYNC_STORE_SUFFIX, NULL);
  /* A name is the directory's or the person's own words; no folder must come of it. */
  g_strdelimit (suggestion, "/\\:*?\"<>|", '-');
  presync_form_choose_file (GTK_WINDOW (self), _ ("Save the Assessment"), _ ("Presync assessments"),
                            patterns, suggestion, folder, func, G_OBJECT (self));
}

static void
presync_window_save_as_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  presync_window_choose_save (user_data, presync_window_save_chosen_cb);
}

/* What has a file is saved already; that is worth saying to whoever is used to save. */
static void
presync_window_save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  PresyncStore *store = presync_store_link_get_store (self->link);
  g_autoptr (GError) error = NULL;

  if (store == NULL || presync_store_get_state (store) == PRESYNC_STORE_READ_ONLY
      || presync_store_link_is_gone (self->link))
    presync_window_choose_save (self, presync_window_save_chosen_cb);
  else if (presync_store_link_flush (self->link, &error))
    presync_window_toast (self, _ ("All changes are saved as you go"));
  else
    presync_message_show (GTK_WINDOW (self), _ ("Not saved"), error->message);
}

static void
presync_window_save_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  /* If it failed again, or if the file is not ours any more, the banner says so. */
  if (presync_store_link_flush (self->link, &error)
      && presync_store_get_state (presync_store_link_get_store (self->link)) == PRESYNC_STORE_SAVED)
    presync_window_toast (self, _ ("Saved"));
  presync_window_update_file (self);
}

/* Closing */

static void
presync_window_ask_cb (AdwMessageDialog *dialog, const char *response, PresyncWindow *self)
{
  if (g_str_equal (response, "save"))
    presync_window_choose_save (self, presync_window_save_and_close_chosen_cb);
  else if (g_str_equal (response, "discard"))
    {
      self->closing = TRUE;
      presync_window_close_later (self);
      return;
    }
  g_signal_emit_by_name (self, "stays");
}

gboolean
presync_window_may_close (PresyncWindow *self)
{
  g_autofree char *loss = NULL;
  g_autofree char *heading = NULL;
  const char *title = presync_store_link_get_title (self->link);
  const char *name = presync_assessment_get_name (self->assessment);
  AdwMessageDialog *dialog = NULL;

  if (self->closing)
    return TRUE;
  loss = presync_store_link_dup_loss (self->link);
  if (loss == NULL)
    return TRUE;

  if (title == NULL)
    title = *name != '\0' ? name : NULL;
  /* TRANSLATORS: %s is a file or a forest, such as contoso.com */
  heading = title != NULL ? g_strdup_printf (_ ("Save the assessment %s?"), title)
                          : g_strdup (_ ("Save the assessment?"));
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), NULL, NULL));
  adw_message_dialog_set_heading (dialog, heading);
  adw_message_dialog_set_body (dialog, loss);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "discard", _ ("_Discard"),
                                    "save", _ ("_Save…"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_default_response (dialog, "save");
  g_signal_connect_object (dialog, "response", G_CALLBACK (presync_window_ask_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return FALSE;
}

void
presync_window_end (PresyncWindow *self)
{
  PresyncRunner *runner = NULL;

  g_return_if_fail (PRESYNC_IS_WINDOW (self));

  runner = presync_assessment_get_runner (self->assessment);
  presync_runner_cancel (runner);
  if (presync_window_get_path (self) != NULL)
    presync_settings_save_last_file (presync_window_get_path (self));
  else if (presync_store_link_has_content (self->link))
    presync_settings_save_last_file (NULL);
  presync_store_link_close (self->link);
  presync_runner_close (runner);
}

/* The menu */

static void
presync_window_fill_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  PresyncWindow *self = user_data;
  g_autoptr (GPtrArray) files = presync_recent_files_list (MAX_RECENT);
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < files->len; i++)
    {
      GtkRecentInfo *info = g_ptr_array_index (files, i);
      g_autofree char *title = presync_recent_files_dup_title (info);
      g_auto (GStrv) parts = g_strsplit (title, "_", -1);
      /* A menu takes a single underline for a mnemonic. */
      g_autofree char *label = g_strjoinv ("__", parts);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "win.open-file", "s",
                                         gtk_recent_info_get_uri (info));
      g_menu_append_item (menu, item);
    }
  if (self->in_recent)
    g_menu_remove (self->documents_menu, RECENT_AT);
  self->in_recent = g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0;
  if (self->in_recent)
    g_menu_insert_submenu (self->documents_menu, RECENT_AT, _ ("_Recent assessments"),
                           G_MENU_MODEL (menu));
}

void
presync_window_watch_documents (PresyncWindow *self)
{
  self->link = presync_store_link_new (self->assessment);
  g_signal_connect_object (self->link, "changed", G_CALLBACK (presync_window_update_file), self,
                           G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->menu_button, presync_window_fill_menu_cb, self,
                                         NULL);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (presync_store_link_look),
                           self->link, G_CONNECT_SWAPPED);
  presync_window_update_file (self);
}

void
presync_window_add_document_actions (PresyncWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "new", .activate = presync_window_new_cb },
    { .name = "open", .activate = presync_window_open_cb },
    { .name = "open-file", .activate = presync_window_open_file_cb, .parameter_type = "s" },
    { .name = "save", .activate = presync_window_save_cb },
    { .name = "save-as", .activate = presync_window_save_as_cb },
    { .name = "save-again", .activate = presync_window_save_again_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
