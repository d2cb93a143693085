/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/form.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/message.h"

void
presync_form_label_expander (AdwExpanderRow *row)
{
  g_return_if_fail (ADW_IS_EXPANDER_ROW (row));

  presync_accessible_set_label (GTK_WIDGET (row),
                                adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
}

/* (transfer none) (nullable) */
static GtkLabel *
presync_form_find_label (GtkWidget *widget)
{
  GtkLabel *found = GTK_IS_LABEL (widget) ? GTK_LABEL (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = presync_form_find_label (child);
  return found;
}

void
presync_form_wrap_titles (GtkWidget *widget)
{
  /* A group's title is the first of its labels. */
  GtkLabel *title = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (ADW_IS_PREFERENCES_GROUP (widget))
    title = presync_form_find_label (widget);
  if (title != NULL)
    {
      gtk_label_set_ellipsize (title, PANGO_ELLIPSIZE_NONE);
      gtk_label_set_wrap (title, TRUE);
      gtk_label_set_wrap_mode (title, PANGO_WRAP_WORD_CHAR);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    presync_form_wrap_titles (child);
}

void
presync_form_forbid_hyphens (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_LABEL (widget))
    {
      PangoAttrList *former = gtk_label_get_attributes (GTK_LABEL (widget));
      g_autoptr (PangoAttrList) attributes
          = former != NULL ? pango_attr_list_copy (former) : pango_attr_list_new ();

      pango_attr_list_change (attributes, pango_attr_insert_hyphens_new (FALSE));
      gtk_label_set_attributes (GTK_LABEL (widget), attributes);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    presync_form_forbid_hyphens (child);
}

char *
presync_form_dup_text (AdwEntryRow *row)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (ADW_IS_ENTRY_ROW (row), NULL);

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  return *text == '\0' ? NULL : g_steal_pointer (&text);
}

void
presync_form_set_error (GtkWidget *row, gboolean error)
{
  g_return_if_fail (GTK_IS_WIDGET (row));

  if (error)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}

/* Nobody but us keeps a GtkFileChooserNative alive, so the choice holds it until it is answered. */
typedef struct
{
  GtkFileChooserNative *chooser;
  PresyncFileFunc func;
  GObject *object;
} FileChoice;

static void
presync_form_file_choice_free (FileChoice *choice)
{
  g_clear_object (&choice->chooser);
  g_clear_object (&choice->object);
  g_free (choice);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FileChoice, presync_form_file_choice_free)

static void
presync_form_file_response_cb (GtkNativeDialog *native, int response, gpointer user_data)
{
  g_autoptr (FileChoice) choice = user_data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  gtk_native_dialog_hide (native);
  if (response != GTK_RESPONSE_ACCEPT)
    return;

  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    choice->func (path, choice->object);
  else
    presync_message_show (gtk_native_dialog_get_transient_for (native),
                          _ ("Not a file on this computer"),
                          _ ("Please choose a file in a folder of this computer."));
}

/* Shows @choice's file chooser, starting in @folder if there is one. */
static void
presync_form_show (FileChoice *choice, const char *folder)
{
  g_autoptr (GFile) start = NULL;

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (choice->chooser), TRUE);
  if (folder != NULL && *folder != '\0')
    {
      start = g_file_new_for_path (folder);
      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (choice->chooser), start, NULL);
    }
  g_signal_connect (choice->chooser, "response", G_CALLBACK (presync_form_file_response_cb),
                    choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (choice->chooser));
}

static void
presync_form_add_filters (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

void
presync_form_choose_file (GtkWindow *parent, const char *title, const char *filter_name,
                          const char *const *patterns, const char *suggestion, const char *folder,
                          PresyncFileFunc func, GObject *object)
{
  FileChoice *choice = NULL;

  g_return_if_fail (func != NULL);

  choice = g_new0 (FileChoice, 1);
  choice->func = func;
  choice->object = g_object_ref (object);
  choice->chooser = gtk_file_chooser_native_new (
      title, parent,
      suggestion != NULL ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  presync_form_add_filters (GTK_FILE_CHOOSER (choice->chooser), filter_name, patterns);
  if (suggestion != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (choice->chooser), suggestion);
  presync_form_show (choice, folder);
}

void
presync_form_choose_folder (GtkWindow *parent, const char *title, const char *folder,
                            PresyncFileFunc func, GObject *object)
{
  FileChoice *choice = NULL;

  g_return_if_fail (func != NULL);

  choice = g_new0 (FileChoice, 1);
  choice->func = func;
  choice->object = g_object_ref (object);
  choice->chooser = gtk_file_chooser_native_new (title, parent,
                                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);
  presync_form_show (choice, folder);
}
