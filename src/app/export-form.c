/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-form.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/form.h"

/* What is often written there; people may write anything. */
static const char *const classifications[]
    = { N_ ("Public"), N_ ("Internal"), N_ ("Confidential") };

struct _PresyncExportForm
{
  AdwBin parent_instance;

  GtkCheckButton *summary;
  GtkCheckButton *full;
  AdwComboRow *paper_row;
  AdwEntryRow *organisation_row;
  AdwActionRow *logo_row;
  GtkWidget *logo_icon;
  GtkWidget *choose_logo;
  GtkWidget *remove_logo;
  AdwEntryRow *prepared_by_row;
  AdwEntryRow *classification_row;
  GtkMenuButton *classifications;
  AdwPreferencesGroup *sections_group;

  GPtrArray *checks; /* of GtkCheckButton: one a section, in their order; the rows own them */
  char *logo;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (PresyncExportForm, presync_export_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static PresyncReportLength
presync_export_form_get_length (PresyncExportForm *self)
{
  return gtk_check_button_get_active (self->summary) ? PRESYNC_REPORT_SUMMARY : PRESYNC_REPORT_FULL;
}

/* A summary has no parts that could be left out: the group says so. */
static void
presync_export_form_update_sections (PresyncExportForm *self)
{
  gboolean full = presync_export_form_get_length (self) == PRESYNC_REPORT_FULL;
  const char *why = _ ("A summary always has the same parts. Choose a full report to select some.");

  adw_preferences_group_set_description (
      self->sections_group, full ? _ ("The cover with both verdicts is always there.") : why);
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkWidget *check = g_ptr_array_index (self->checks, i);
      GtkWidget *row = gtk_widget_get_ancestor (check, ADW_TYPE_ACTION_ROW);

      gtk_widget_set_sensitive (row, full);
      /* GTK 4.8 does not tell a screen reader that the row is not. */
      gtk_widget_set_sensitive (check, full);
      presync_accessible_set_description (check, full ? "" : why);
    }
}

static void
presync_export_form_changed_cb (PresyncExportForm *self)
{
  if (self->filling)
    return;
  presync_export_form_update_sections (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Of two radio buttons, one tells. */
static void
presync_export_form_length_cb (PresyncExportForm *self)
{
  presync_export_form_changed_cb (self);
}

static void
presync_export_form_add_sections (PresyncExportForm *self)
{
  gsize n = 0;
  const PresyncSectionInfo *sections = presync_report_sections (&n);

  for (gsize i = 0; i < n; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (sections[i].title));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      presync_accessible_set_label (check, _ (sections[i].title));
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (presync_export_form_changed_cb),
                                self);
      g_ptr_array_add (self->checks, check);
      adw_preferences_group_add (self->sections_group, row);
    }
}

/* Logo */

static void
presync_export_form_update_logo (PresyncExportForm *self, const char *problem)
{
  g_autofree char *name = self->logo != NULL ? g_filename_display_basename (self->logo) : NULL;

  adw_action_row_set_subtitle (self->logo_row, problem != NULL ? problem
                                               : name != NULL  ? name
                                                               : _ ("None; a PNG or SVG file"));
  gtk_widget_set_visible (self->logo_icon, problem != NULL);
  gtk_widget_set_visible (self->remove_logo, self->logo != NULL);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->logo_row), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->logo_row), "problem");
}

static void
presync_export_form_logo_chosen_cb (const char *path, gpointer user_data)
{
  PresyncExportForm *self = user_data;

  g_free (self->logo);
  self->logo = g_strdup (path);
  presync_export_form_update_logo (self, NULL);
  presync_export_form_changed_cb (self);
}

static void
presync_export_form_choose_logo_cb (PresyncExportForm *self)
{
  const char *patterns[] = { "*.png", "*.svg", NULL };
  g_autofree char *folder = self->logo != NULL ? g_path_get_dirname (self->logo) : NULL;
  const char *pictures = g_get_user_special_dir (G_USER_DIRECTORY_PICTURES);

  presync_form_choose_file (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            _ ("Choose a Logo"), _ ("PNG and SVG pictures"), patterns, NULL,
                            folder != NULL ? folder : pictures, presync_export_form_logo_chosen_cb,
                            G_OBJECT (self));
}

static void
presync_export_form_remove_logo_cb (PresyncExportForm *self)
{
  g_clear_pointer (&self->logo, g_free);
  /* Before the button with the focus is hidden */
  gtk_widget_grab_focus (self->choose_logo);
  presync_export_form_update_logo (self, NULL);
  presync_export_form_changed_cb (self);
}

/* Classification */

static void
presync_export_form_classify (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PresyncExportForm *self = PRESYNC_EXPORT_FORM (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->classification_row),
                         g_variant_get_string (parameter, NULL));
}

static void
presync_export_form_add_classifications (PresyncExportForm *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (classifications); i++)
    {
      const char *name = _ (classifications[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (name, NULL);

      g_menu_item_set_action_and_target (item, "form.classify", "s", name);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->classifications, G_MENU_MODEL (menu));
}

/* Object */

static void
presync_export_form_dispose (GObject *object)
{
  PresyncExportForm *self = PRESYNC_EXPORT_FORM (object);

  /* Its rows tell of changes while they go. */
  self->filling = TRUE;
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_EXPORT_FORM);
  g_clear_pointer (&self->logo, g_free);

  G_OBJECT_CLASS (presync_export_form_parent_class)->dispose (object);
}

static void
presync_export_form_bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/export-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, summary);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, full);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, paper_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, organisation_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, logo_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, logo_icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, choose_logo);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, remove_logo);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, prepared_by_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, classification_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, classifications);
  gtk_widget_class_bind_template_child (widget_class, PresyncExportForm, sections_group);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_form_length_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_form_choose_logo_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_export_form_remove_logo_cb);
}

static void
presync_export_form_class_init (PresyncExportFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_export_form_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  presync_export_form_bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "form.classify", "s",
                                   presync_export_form_classify);
}

static void
presync_export_form_init (PresyncExportForm *self)
{
  self->filling = TRUE;
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  presync_form_wrap_titles (GTK_WIDGET (self));
  presync_export_form_add_classifications (self);
  presync_export_form_add_sections (self);
  presync_export_form_update_sections (self);
  presync_export_form_update_logo (self, NULL);
  presync_accessible_set_label (GTK_WIDGET (self->summary), _ ("Summary"));
  presync_accessible_set_label (GTK_WIDGET (self->full), _ ("Full report"));
  self->filling = FALSE;
}

static void
presync_export_form_set_text (AdwEntryRow *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

void
presync_export_form_set_options (PresyncExportForm *self, const PresyncReportOptions *options)
{
  const PresyncSectionInfo *sections = presync_report_sections (NULL);

  g_return_if_fail (PRESYNC_IS_EXPORT_FORM (self));
  g_return_if_fail (options != NULL);

  self->filling = TRUE;
  gtk_check_button_set_active (
      options->length == PRESYNC_REPORT_SUMMARY ? self->summary : self->full, TRUE);
  adw_combo_row_set_selected (self->paper_row, options->paper);
  presync_export_form_set_text (self->organisation_row, options->organisation);
  presync_export_form_set_text (self->prepared_by_row, options->prepared_by);
  presync_export_form_set_text (self->classification_row, options->classification);
  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i),
                                 (options->sections & sections[i].section) != 0);
  g_free (self->logo);
  self->logo = g_strdup (options->logo);
  self->filling = FALSE;
  presync_export_form_update_logo (self, NULL);
  presync_export_form_update_sections (self);
}

PresyncReportOptions *
presync_export_form_dup_options (PresyncExportForm *self)
{
  const PresyncSectionInfo *sections = presync_report_sections (NULL);
  PresyncReportOptions *options = NULL;

  g_return_val_if_fail (PRESYNC_IS_EXPORT_FORM (self), NULL);

  options = presync_report_options_new ();
  options->length = presync_export_form_get_length (self);
  options->paper = adw_combo_row_get_selected (self->paper_row) == PRESYNC_PAPER_LETTER
                       ? PRESYNC_PAPER_LETTER
                       : PRESYNC_PAPER_A4;
  options->organisation = presync_form_dup_text (self->organisation_row);
  options->logo = g_strdup (self->logo);
  options->prepared_by = presync_form_dup_text (self->prepared_by_row);
  options->classification = presync_form_dup_text (self->classification_row);
  options->sections = 0;
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      options->sections |= sections[i].section;
  return options;
}

void
presync_export_form_set_problem (PresyncExportForm *self, const char *problem)
{
  g_return_if_fail (PRESYNC_IS_EXPORT_FORM (self));
  presync_export_form_update_logo (self, problem);
}
