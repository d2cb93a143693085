/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-matrix.h"

#include "app/network-row.h"

struct _PresyncNetworkMatrix
{
  AdwBin parent_instance;

  GtkWidget *head;
  GtkListBox *list;
  GtkWidget *open; /* nullable: the list row that is open; only to be compared */
};

G_DEFINE_FINAL_TYPE (PresyncNetworkMatrix, presync_network_matrix, ADW_TYPE_BIN)

static PresyncNetworkRow *
presync_network_matrix_get_row (GtkListBoxRow *row)
{
  return PRESYNC_NETWORK_ROW (gtk_list_box_row_get_child (row));
}

static GtkWidget *
presync_network_matrix_create_cb (gpointer item, gpointer user_data)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), presync_network_row_new (item));
  return row;
}

static const char *
presync_network_matrix_get_group (GtkListBoxRow *row)
{
  return presync_reach_get_group (
      presync_network_row_get_reach (presync_network_matrix_get_row (row)));
}

static void
presync_network_matrix_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *group = presync_network_matrix_get_group (row);
  GtkWidget *label = NULL;

  if (before != NULL && g_strcmp0 (group, presync_network_matrix_get_group (before)) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  label = g_object_new (GTK_TYPE_LABEL, "label", presync_reach_group_title (group), "xalign", 0.0,
                        "wrap", TRUE, NULL);
  gtk_widget_add_css_class (label, "network-heading");
  gtk_list_box_row_set_header (row, label);
}

/* The row that the arrow keys reached, or that was clicked, tells more. */
static void
presync_network_matrix_selected_cb (PresyncNetworkMatrix *self, GtkListBoxRow *row)
{
  GtkListBoxRow *other = NULL;

  for (int i = 0; (other = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (other != row && GTK_WIDGET (other) == self->open)
      presync_network_row_set_open (presync_network_matrix_get_row (other), FALSE);
  self->open = row != NULL ? GTK_WIDGET (row) : NULL;
  if (row != NULL)
    presync_network_row_set_open (presync_network_matrix_get_row (row), TRUE);
}

static void
presync_network_matrix_dispose (GObject *object)
{
  PresyncNetworkMatrix *self = PRESYNC_NETWORK_MATRIX (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_NETWORK_MATRIX);

  G_OBJECT_CLASS (presync_network_matrix_parent_class)->dispose (object);
}

static void
presync_network_matrix_class_init (PresyncNetworkMatrixClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_network_matrix_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/network-matrix.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncNetworkMatrix, head);
  gtk_widget_class_bind_template_child (widget_class, PresyncNetworkMatrix, list);
  gtk_widget_class_bind_template_callback (widget_class, presync_network_matrix_selected_cb);
}

static void
presync_network_matrix_init (PresyncNetworkMatrix *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  adw_bin_set_child (ADW_BIN (self->head), presync_network_row_new (NULL));
  gtk_list_box_set_header_func (self->list, presync_network_matrix_header_cb, NULL, NULL);
}

void
presync_network_matrix_set_rows (PresyncNetworkMatrix *self, GListModel *rows)
{
  g_return_if_fail (PRESYNC_IS_NETWORK_MATRIX (self));
  g_return_if_fail (rows == NULL || G_IS_LIST_MODEL (rows));

  self->open = NULL;
  gtk_list_box_bind_model (self->list, rows, presync_network_matrix_create_cb, NULL, NULL);
}
