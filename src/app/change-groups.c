/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/change-groups.h"

struct _PresyncChangeItem
{
  GObject parent_instance;

  PresyncComparison *comparison; /* keeps the row */
  const PresyncComparisonRow *row;
  PresyncChange change;
  GListStore *children; /* of a heading */
};

G_DEFINE_FINAL_TYPE (PresyncChangeItem, presync_change_item, G_TYPE_OBJECT)

static void
presync_change_item_finalize (GObject *object)
{
  PresyncChangeItem *self = PRESYNC_CHANGE_ITEM (object);

  g_clear_object (&self->children);
  g_clear_object (&self->comparison);

  G_OBJECT_CLASS (presync_change_item_parent_class)->finalize (object);
}

static void
presync_change_item_class_init (PresyncChangeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_change_item_finalize;
}

static void
presync_change_item_init (PresyncChangeItem *self)
{
}

const PresyncComparisonRow *
presync_change_item_get_row (PresyncChangeItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHANGE_ITEM (self), NULL);

  return self->row;
}

PresyncChange
presync_change_item_get_change (PresyncChangeItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHANGE_ITEM (self), PRESYNC_CHANGE_UNCHANGED);

  return self->change;
}

guint
presync_change_item_get_count (PresyncChangeItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHANGE_ITEM (self), 0);

  return self->children != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;
}

static PresyncChangeItem *
presync_change_item_new (PresyncComparison *comparison, PresyncChange change,
                         const PresyncComparisonRow *row)
{
  PresyncChangeItem *self = g_object_new (PRESYNC_TYPE_CHANGE_ITEM, NULL);

  self->comparison = g_object_ref (comparison);
  self->change = change;
  self->row = row;
  return self;
}

static PresyncChangeItem *
presync_change_groups_new_heading (PresyncComparison *comparison, PresyncChange change)
{
  GPtrArray *rows = presync_comparison_get_rows (comparison);
  PresyncChangeItem *heading = presync_change_item_new (comparison, change, NULL);

  heading->children = g_list_store_new (PRESYNC_TYPE_CHANGE_ITEM);
  for (guint i = 0; i < rows->len; i++)
    {
      const PresyncComparisonRow *row = g_ptr_array_index (rows, i);

      if (row->change == change)
        {
          g_autoptr (PresyncChangeItem) item = presync_change_item_new (comparison, change, row);

          g_list_store_append (heading->children, item);
        }
    }
  return heading;
}

static GListModel *
presync_change_groups_create_children_cb (gpointer item, gpointer user_data)
{
  PresyncChangeItem *self = item;

  return self->children != NULL ? g_object_ref (G_LIST_MODEL (self->children)) : NULL;
}

GListModel *
presync_change_groups_new (PresyncComparison *comparison)
{
  g_autoptr (GListStore) headings = g_list_store_new (PRESYNC_TYPE_CHANGE_ITEM);
  GtkTreeListModel *tree;

  g_return_val_if_fail (PRESYNC_IS_COMPARISON (comparison), NULL);

  for (guint change = 0; change < PRESYNC_N_CHANGES; change++)
    {
      g_autoptr (PresyncChangeItem) heading = NULL;

      if (presync_comparison_count (comparison, (PresyncChange) change) == 0)
        continue;
      heading = presync_change_groups_new_heading (comparison, (PresyncChange) change);
      g_list_store_append (headings, heading);
    }
  tree = gtk_tree_list_model_new (G_LIST_MODEL (g_steal_pointer (&headings)), FALSE, FALSE,
                                  presync_change_groups_create_children_cb, NULL, NULL);
  /* From the end, so that the positions of those before it stay. */
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (tree)); i > 0; i--)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (tree, i - 1);
      g_autoptr (PresyncChangeItem) item = gtk_tree_list_row_get_item (row);

      gtk_tree_list_row_set_expanded (row, item->change != PRESYNC_CHANGE_UNCHANGED);
    }
  return G_LIST_MODEL (tree);
}
