/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/checklist-row.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/columns-layout.h"
#include "app/relative-time.h"
#include "app/status-style.h"
#include "app/waiver-badge.h"

/* Expander, symbol and the space between them; each level below is indented by one expander. */
#define TEXT_INDENT 46
#define LEVEL_INDENT 16

struct _PresyncChecklistRow
{
  GtkWidget parent_instance;

  GtkTreeExpander *expander;
  GtkImage *status;
  GtkLabel *title;
  GtkImage *linked;
  GtkImage *answered;
  PresyncWaiverBadge *waiver;
  GtkLabel *found;
  GtkLabel *needed;
  GtkLabel *checked;

  PresyncChecklistItem *item;
  gulong updated_id;
};

G_DEFINE_FINAL_TYPE (PresyncChecklistRow, presync_checklist_row, GTK_TYPE_WIDGET)

static void
presync_checklist_row_set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

/* A text that is cut is whole in its tooltip. */
static gboolean
presync_checklist_row_query_tooltip_cb (GtkLabel *label, int x, int y, gboolean keyboard,
                                        GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));
  return TRUE;
}

/* What was found; where nothing was, why: the words of the status, or what stood in the way. */
static const char *
presync_checklist_row_get_found (PresyncChecklistRow *self)
{
  const char *found = presync_checklist_item_get_found (self->item);
  const char *reason = presync_checklist_item_get_reason (self->item);
  PresyncStatus status = presync_checklist_item_get_status (self->item);
  GListModel *children = presync_checklist_item_get_children (self->item);
  gboolean lone = children == NULL || g_list_model_get_n_items (children) == 1;

  /* Part of what is asked may be known; in one line it would be taken for the whole. */
  if (*found != '\0'
      && !(lone
           && (status == PRESYNC_STATUS_NEEDS_ANSWER
               || (status == PRESYNC_STATUS_UNKNOWN && reason != NULL))))
    return found;
  if (presync_checklist_item_get_answered (self->item))
    return _ ("Answered by hand");
  if (reason != NULL && status != PRESYNC_STATUS_NEEDS_ANSWER)
    return reason;
  return presync_status_title (status);
}

static void
presync_checklist_row_update_name (PresyncChecklistRow *self)
{
  const char *needed = presync_checklist_item_get_needed (self->item);
  g_autoptr (GString) name = g_string_new (presync_checklist_item_get_title (self->item));

  g_string_append_printf (name, ": %s",
                          presync_status_title (presync_checklist_item_get_status (self->item)));
  if (presync_checklist_row_get_found (self) == presync_checklist_item_get_found (self->item))
    g_string_append_printf (name, _ (", found: %s"), gtk_label_get_text (self->found));
  if (*needed != '\0')
    g_string_append_printf (name, _ (", needed: %s"), needed);
  if (presync_checklist_item_get_answered (self->item))
    g_string_append_printf (name, ", %s", _ ("answered by hand"));
  if (presync_waiver_badge_text (self->item) != NULL)
    g_string_append_printf (name, ", %s", presync_waiver_badge_text (self->item));
  if (!presync_requirement_get_overview (presync_checklist_item_get_requirement (self->item)))
    g_string_append_printf (name, ", %s", _ ("from a linked page"));

  presync_accessible_set_label (GTK_WIDGET (self), name->str);
  presync_accessible_set_label (GTK_WIDGET (self->expander), name->str);
  presync_accessible_label_list_row (GTK_WIDGET (self), name->str);
}

static void
presync_checklist_row_update (PresyncChecklistRow *self)
{
  gboolean is_requirement = presync_checklist_item_get_is_requirement (self->item);
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (self->item);
  const char *found = presync_checklist_row_get_found (self);

  presync_status_set_image (self->status, presync_checklist_item_get_status (self->item));
  presync_checklist_row_set_text (self->title, presync_checklist_item_get_title (self->item));
  presync_checklist_row_set_text (self->found, found);
  if (found == presync_checklist_item_get_found (self->item))
    gtk_widget_remove_css_class (GTK_WIDGET (self->found), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->found), "dim-label");
  presync_checklist_row_set_text (self->needed, presync_checklist_item_get_needed (self->item));
  gtk_widget_set_visible (GTK_WIDGET (self->answered),
                          presync_checklist_item_get_answered (self->item));
  presync_waiver_badge_set_item (self->waiver, self->item);
  gtk_widget_set_visible (GTK_WIDGET (self->linked),
                          is_requirement && !presync_requirement_get_overview (requirement));
  if (is_requirement)
    gtk_widget_add_css_class (GTK_WIDGET (self), "requirement");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "requirement");
  presync_checklist_row_refresh_time (self);
  presync_checklist_row_update_name (self);
}

static void
presync_checklist_row_dispose (GObject *object)
{
  PresyncChecklistRow *self = PRESYNC_CHECKLIST_ROW (object);

  presync_checklist_row_bind (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_CHECKLIST_ROW);

  G_OBJECT_CLASS (presync_checklist_row_parent_class)->dispose (object);
}

static void
presync_checklist_row_class_init (PresyncChecklistRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_checklist_row_dispose;

  g_type_ensure (PRESYNC_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (PRESYNC_TYPE_WAIVER_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/checklist-row.ui");
  gtk_widget_class_set_css_name (widget_class, "checklist-row");
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, expander);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, status);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, title);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, linked);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, answered);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, waiver);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, found);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, needed);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistRow, checked);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_row_query_tooltip_cb);
}

static void
presync_checklist_row_init (PresyncChecklistRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_checklist_row_new (void)
{
  return g_object_new (PRESYNC_TYPE_CHECKLIST_ROW, NULL);
}

void
presync_checklist_row_bind (PresyncChecklistRow *self, GtkTreeListRow *tree_row)
{
  g_return_if_fail (PRESYNC_IS_CHECKLIST_ROW (self));

  if (self->item != NULL)
    g_clear_signal_handler (&self->updated_id, self->item);
  g_clear_object (&self->item);
  if (self->expander != NULL)
    gtk_tree_expander_set_list_row (self->expander, tree_row);
  if (tree_row == NULL)
    return;

  self->item = gtk_tree_list_row_get_item (tree_row);
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "indent",
                TEXT_INDENT + LEVEL_INDENT * (int) gtk_tree_list_row_get_depth (tree_row), NULL);
  self->updated_id = g_signal_connect_object (
      self->item, "updated", G_CALLBACK (presync_checklist_row_update), self, G_CONNECT_SWAPPED);
  presync_checklist_row_update (self);
}

PresyncChecklistItem *
presync_checklist_row_get_item (PresyncChecklistRow *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ROW (self), NULL);

  return self->item;
}

void
presync_checklist_row_refresh_time (PresyncChecklistRow *self)
{
  GDateTime *at;
  g_autofree char *text = NULL;
  g_autofree char *tooltip = NULL;

  g_return_if_fail (PRESYNC_IS_CHECKLIST_ROW (self));

  if (self->item == NULL)
    return;
  at = presync_checklist_item_get_checked_at (self->item);
  text = presync_relative_time_text_now (at);
  tooltip = presync_absolute_time_text (at);
  presync_checklist_row_set_text (self->checked, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->checked), at != NULL ? tooltip : NULL);
}
