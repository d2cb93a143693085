/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account-row.h"

#include <glib/gi18n.h>

#include "app/account-names.h"
#include "app/account-picker.h"
#include "app/accessible.h"
#include "app/condition-row.h"
#include "app/rights-table.h"
#include "app/service-choices.h"
#include "app/status-style.h"

/* The connector account has a unit beside its own name. */
#define MAX_PICKERS 2

struct _PresyncAccountRow
{
  AdwExpanderRow parent_instance;

  GtkImage *icon;
  GtkWidget *header; /* nullable: the expander's own row */

  PresyncAssessment *assessment;
  const PresyncAccountRole *role;
  GPtrArray *items;      /* PresyncChecklistItem, those of the rows below */
  GPtrArray *conditions; /* their rows */
  PresyncAccountPicker *pickers[MAX_PICKERS];
  guint n_pickers;
  GtkWidget *installer_row; /* nullable: "The installer makes it" */
  GtkWidget *installer_mark;
  PresyncServiceChoices *choices; /* nullable */
  PresyncRightsTable *table;      /* nullable */
  GtkWidget *table_row;           /* owned: is taken out and put back */
};

G_DEFINE_FINAL_TYPE (PresyncAccountRow, presync_account_row, ADW_TYPE_EXPANDER_ROW)

/* A row that holds a widget of its own and is none itself to the keyboard. */
static GtkWidget *
presync_account_row_wrap (GtkWidget *child)
{
  GtkWidget *row = adw_preferences_row_new ();

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (child, "account-part");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  return row;
}

static gboolean
presync_account_row_same_items (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}

/* Another edition brings other conditions; else the rows stay, and follow their items. */
static void
presync_account_row_build_conditions (PresyncAccountRow *self)
{
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (self);

  for (guint i = 0; i < self->conditions->len; i++)
    adw_expander_row_remove (expander, g_ptr_array_index (self->conditions, i));
  g_ptr_array_set_size (self->conditions, 0);
  if (self->table_row != NULL && gtk_widget_get_parent (self->table_row) != NULL)
    adw_expander_row_remove (expander, self->table_row);
  for (guint i = 0; i < self->items->len; i++)
    {
      GtkWidget *row = presync_condition_row_new (g_ptr_array_index (self->items, i));

      adw_expander_row_add_row (expander, row);
      g_ptr_array_add (self->conditions, row);
    }
  if (self->table_row != NULL)
    adw_expander_row_add_row (expander, self->table_row);
}

static gboolean
presync_account_row_is_named (PresyncAccountRow *self)
{
  return presync_accounts_get (presync_assessment_get_accounts (self->assessment),
                               self->role->field)
         != NULL;
}

/* The unit matters only to those who plan group writeback. */
static void
presync_account_row_update_unit (PresyncAccountRow *self)
{
  const PresyncAccounts *accounts = presync_assessment_get_accounts (self->assessment);

  gtk_widget_set_visible (
      GTK_WIDGET (self->pickers[1]),
      accounts->group_unit != NULL
          || presync_assessment_get_feature (self->assessment, "group-writeback"));
}

static void
presync_account_row_update_installer (PresyncAccountRow *self)
{
  gboolean own = presync_account_names_is_used (self->assessment, self->role->field);
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->installer_row));
  g_autofree char *name = own ? g_strdup (title)
                              /* TRANSLATORS: of the choice that stands */
                              : g_strdup_printf (_ ("%s: chosen"), title);

  gtk_widget_set_opacity (self->installer_mark, own ? 0 : 1);
  presync_accessible_set_label (self->installer_row, name);
}

/* What the installer makes has all rights, and there is nothing to look at yet. */
static void
presync_account_row_update_table (PresyncAccountRow *self)
{
  gtk_widget_set_visible (
      self->table_row, presync_account_names_is_used (self->assessment, self->role->field)
                           && (self->installer_row == NULL || presync_account_row_is_named (self)));
  presync_rights_table_update (self->table);
}

/* (transfer none) (nullable): the part of the expander that has the focus; libadwaita gives it the
 * title alone as its name */
static GtkWidget *
presync_account_row_find_header (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found
          = ADW_IS_ACTION_ROW (child) ? child : presync_account_row_find_header (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

void
presync_account_row_update (PresyncAccountRow *self)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *name = NULL;
  PresyncStatus status;

  g_return_if_fail (PRESYNC_IS_ACCOUNT_ROW (self));

  items = presync_account_list_items (self->assessment, self->role);
  if (!presync_account_row_same_items (self->items, items))
    {
      g_clear_pointer (&self->items, g_ptr_array_unref);
      self->items = g_ptr_array_ref (items);
      presync_account_row_build_conditions (self);
    }
  status = presync_account_worst (items);
  subtitle = presync_account_dup_subtitle (self->assessment, self->role, items, FALSE);
  whole = presync_account_dup_subtitle (self->assessment, self->role, items, TRUE);
  /* The row's name has the status. */
  gtk_image_set_from_icon_name (self->icon, presync_status_icon (status));
  presync_status_set_class (GTK_WIDGET (self->icon), status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), presync_status_title (status));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  name
      = g_strdup_printf ("%s: %s, %s", _ (self->role->title), presync_status_title (status), whole);
  presync_accessible_set_label (GTK_WIDGET (self), name);
  if (self->header == NULL)
    self->header = presync_account_row_find_header (GTK_WIDGET (self));
  if (self->header != NULL)
    {
      presync_accessible_set_label (self->header, name);
      gtk_widget_set_tooltip_text (self->header, g_str_equal (whole, subtitle) ? NULL : whole);
    }
  if (self->installer_row != NULL)
    presync_account_row_update_installer (self);
  if (self->choices != NULL)
    presync_service_choices_update (self->choices);
  if (self->n_pickers > 1)
    presync_account_row_update_unit (self);
  if (self->table != NULL)
    presync_account_row_update_table (self);
  for (guint i = 0; i < self->n_pickers; i++)
    presync_account_picker_update (self->pickers[i]);
}

void
presync_account_row_set_finder (PresyncAccountRow *self, PresyncFinder *finder)
{
  g_return_if_fail (PRESYNC_IS_ACCOUNT_ROW (self));

  for (guint i = 0; i < self->n_pickers; i++)
    presync_account_picker_set_finder (self->pickers[i], finder);
}

static void
presync_account_row_installer_cb (PresyncAccountRow *self)
{
  /* A name that is remembered and not used may stay so. */
  if (presync_account_names_is_used (self->assessment, self->role->field))
    presync_account_names_set (self->assessment, self->role->field, NULL);
}

static void
presync_account_row_name_wanted_cb (PresyncAccountRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->pickers[0]));
}

static void
presync_account_row_add_picker (PresyncAccountRow *self, const char *field)
{
  GtkWidget *picker = presync_account_picker_new (self->assessment, field, _ (self->role->title));

  self->pickers[self->n_pickers++] = PRESYNC_ACCOUNT_PICKER (picker);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), picker);
}

static void
presync_account_row_add_installer (PresyncAccountRow *self)
{
  self->installer_row = adw_action_row_new ();
  self->installer_mark = presync_accessible_new_ornament ("object-select-symbolic");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->installer_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->installer_row),
                                 _ ("The installer makes it"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->installer_row),
                               _ ("With all rights that the agent needs"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->installer_row), self->installer_mark);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->installer_row), TRUE);
  g_signal_connect_object (self->installer_row, "activated",
                           G_CALLBACK (presync_account_row_installer_cb), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->installer_row);
}

static void
presync_account_row_add_parts (PresyncAccountRow *self)
{
  gboolean service = g_str_equal (self->role->id, "service");

  if (self->role->field != NULL)
    presync_account_row_add_picker (self, self->role->field);
  if (g_str_equal (self->role->id, "connector"))
    presync_account_row_add_picker (self, "group-unit");
  if (g_str_equal (self->role->id, "gmsa"))
    presync_account_row_add_installer (self);
  if (service)
    {
      GtkWidget *choices = presync_service_choices_new (self->assessment);

      self->choices = PRESYNC_SERVICE_CHOICES (choices);
      g_signal_connect_object (choices, "name-wanted",
                               G_CALLBACK (presync_account_row_name_wanted_cb), self,
                               G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), presync_account_row_wrap (choices));
    }
  if (self->role->rights != NULL)
    {
      GtkWidget *table = presync_rights_table_new (self->assessment, self->role);

      self->table = PRESYNC_RIGHTS_TABLE (table);
      self->table_row = g_object_ref_sink (presync_account_row_wrap (table));
    }
}

static void
presync_account_row_dispose (GObject *object)
{
  PresyncAccountRow *self = PRESYNC_ACCOUNT_ROW (object);

  g_clear_object (&self->assessment);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->conditions, g_ptr_array_unref);
  g_clear_object (&self->table_row);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_ACCOUNT_ROW);

  G_OBJECT_CLASS (presync_account_row_parent_class)->dispose (object);
}

static void
presync_account_row_class_init (PresyncAccountRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_account_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountRow, icon);
}

static void
presync_account_row_init (PresyncAccountRow *self)
{
  self->conditions = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_account_row_new (PresyncAssessment *assessment, const PresyncAccountRole *role)
{
  PresyncAccountRow *self = g_object_new (PRESYNC_TYPE_ACCOUNT_ROW, NULL);

  self->assessment = g_object_ref (assessment);
  self->role = role;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (role->title));
  presync_account_row_add_parts (self);
  presync_account_row_update (self);
  return GTK_WIDGET (self);
}
