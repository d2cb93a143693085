/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/condition-row.h"

#include "app/accessible.h"
#include "app/account-text.h"
#include "app/form.h"
#include "app/status-style.h"
#include "app/waiver-badge.h"

/* Characters that surely fit on the lines of a subtitle */
#define MAX_FOUND 100

struct _PresyncConditionRow
{
  AdwActionRow parent_instance;

  GtkImage *icon;
  GtkLabel *pill;
  PresyncWaiverBadge *waiver;
  GtkLabel *caption;

  PresyncChecklistItem *item;
};

G_DEFINE_FINAL_TYPE (PresyncConditionRow, presync_condition_row, ADW_TYPE_ACTION_ROW)

static void
presync_condition_row_update (PresyncConditionRow *self)
{
  PresyncStatus status = presync_checklist_item_get_status (self->item);
  const char *title = presync_checklist_item_get_title (self->item);
  g_autofree char *found = presync_account_dup_found (self->item);
  const char *caption = gtk_label_get_text (self->caption);
  const char *waiver = presync_waiver_badge_text (self->item);
  g_autofree char *name
      = g_strdup_printf ("%s%s%s: %s, %s%s%s", title, *caption != '\0' ? ", " : "", caption,
                         presync_status_title (status), found, waiver != NULL ? ", " : "",
                         waiver != NULL ? waiver : "");

  /* The row's name has the status. */
  gtk_image_set_from_icon_name (self->icon, presync_status_icon (status));
  presync_status_set_class (GTK_WIDGET (self->icon), status);
  gtk_label_set_text (self->pill, presync_status_title (status));
  presync_waiver_badge_set_item (self->waiver, self->item);
  presync_status_set_class (GTK_WIDGET (self->pill), status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), presync_status_title (status));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), found);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               g_utf8_strlen (found, -1) > MAX_FOUND ? found : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), status != PRESYNC_STATUS_NOT_APPLICABLE);
  presync_accessible_set_label (GTK_WIDGET (self), name);
}

static void
presync_condition_row_dispose (GObject *object)
{
  PresyncConditionRow *self = PRESYNC_CONDITION_ROW (object);

  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_CONDITION_ROW);

  G_OBJECT_CLASS (presync_condition_row_parent_class)->dispose (object);
}

static void
presync_condition_row_class_init (PresyncConditionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_condition_row_dispose;

  g_type_ensure (PRESYNC_TYPE_WAIVER_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/condition-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncConditionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncConditionRow, pill);
  gtk_widget_class_bind_template_child (widget_class, PresyncConditionRow, waiver);
  gtk_widget_class_bind_template_child (widget_class, PresyncConditionRow, caption);
}

static void
presync_condition_row_init (PresyncConditionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_condition_row_new (PresyncChecklistItem *item)
{
  PresyncConditionRow *self = NULL;
  PresyncOption option;

  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (item), NULL);

  self = g_object_new (PRESYNC_TYPE_CONDITION_ROW, NULL);
  self->item = g_object_ref (item);
  option = presync_requirement_get_option (presync_checklist_item_get_requirement (item));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "(ss)", presync_option_id (option),
                                    presync_checklist_item_get_id (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.show-item");
  g_signal_connect_object (item, "updated", G_CALLBACK (presync_condition_row_update), self,
                           G_CONNECT_SWAPPED);
  presync_condition_row_update (self);
  presync_form_forbid_hyphens (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
presync_condition_row_set_caption (PresyncConditionRow *self, const char *caption)
{
  g_return_if_fail (PRESYNC_IS_CONDITION_ROW (self));

  gtk_label_set_text (self->caption, caption);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), *caption != '\0');
  presync_condition_row_update (self);
}

void
presync_condition_row_set_written_out (PresyncConditionRow *self, gboolean written_out)
{
  g_return_if_fail (PRESYNC_IS_CONDITION_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->pill), written_out);
}
