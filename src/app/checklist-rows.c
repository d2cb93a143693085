/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/checklist-rows.h"

struct _PresyncChecklistRows
{
  GObject parent_instance;

  PresyncChecklist *checklist;
  PresyncChecklistFilter filter;
  char **words; /* case-folded, NULL if there is no search */
  gboolean overview_only;
  GHashTable *expanded; /* ids of requirements that were open before; NULL if nothing narrows */

  GtkFilter *requirement_filters[PRESYNC_N_SECTIONS];
  GListStore *headings[PRESYNC_N_SECTIONS];
  GListModel *requirements[PRESYNC_N_SECTIONS];
  GtkFilter *condition_filter;
  GtkTreeListModel *tree;
};

/* What a section's filter knows. */
typedef struct
{
  PresyncChecklistRows *rows;
  PresyncSection section;
} PresyncSectionFilter;

G_DEFINE_FINAL_TYPE (PresyncChecklistRows, presync_checklist_rows, G_TYPE_OBJECT)

static gboolean
presync_checklist_rows_status_passes (PresyncChecklistRows *self, PresyncChecklistItem *item)
{
  PresyncStatus status = presync_checklist_item_get_status (item);

  switch (self->filter)
    {
    case PRESYNC_FILTER_BLOCKERS:
      return status == PRESYNC_STATUS_NOT_MET;
    case PRESYNC_FILTER_NEEDS_ANSWER:
      return status == PRESYNC_STATUS_NEEDS_ANSWER;
    case PRESYNC_FILTER_UNKNOWN:
      return status == PRESYNC_STATUS_UNKNOWN;
    case PRESYNC_FILTER_ADVICE:
      return status == PRESYNC_STATUS_ADVICE;
    case PRESYNC_FILTER_MET:
      return status == PRESYNC_STATUS_MET;
    case PRESYNC_FILTER_WAIVED:
      return presync_checklist_item_get_waived (item)
             || presync_checklist_item_get_waiver_expired (item);
    case PRESYNC_FILTER_ALL:
    default:
      return TRUE;
    }
}

/* The words may be spread over a condition and the requirement it belongs to. */
static gboolean
presync_checklist_rows_words_pass (PresyncChecklistRows *self, PresyncChecklistItem *item)
{
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (item);
  g_autofree char *text = NULL;
  g_autofree char *folded = NULL;

  if (self->words == NULL)
    return TRUE;

  text = g_strjoin (
      "\n", presync_checklist_item_get_id (item), presync_checklist_item_get_title (item),
      presync_checklist_item_get_found (item), presync_checklist_item_get_needed (item),
      presync_requirement_get_title (requirement), NULL);
  folded = g_utf8_casefold (text, -1);
  for (guint i = 0; self->words[i] != NULL; i++)
    {
      if (strstr (folded, self->words[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
presync_checklist_rows_condition_passes_cb (gpointer object, gpointer user_data)
{
  PresyncChecklistRows *self = user_data;

  return presync_checklist_rows_status_passes (self, object)
         && presync_checklist_rows_words_pass (self, object);
}

static gboolean
presync_checklist_rows_requirement_passes (PresyncChecklistRows *self, PresyncChecklistItem *item)
{
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (item);
  GListModel *children = presync_checklist_item_get_children (item);
  guint n = children != NULL ? g_list_model_get_n_items (children) : 0;

  if (self->overview_only && !presync_requirement_get_overview (requirement))
    return FALSE;
  if (self->filter == PRESYNC_FILTER_ALL && presync_checklist_rows_words_pass (self, item))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, i);

      if (presync_checklist_rows_condition_passes_cb (child, self))
        return TRUE;
    }
  return FALSE;
}

static gboolean
presync_checklist_rows_requirement_passes_cb (gpointer object, gpointer user_data)
{
  const PresyncSectionFilter *section = user_data;
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (object);

  return presync_requirement_get_section (requirement) == section->section
         && presync_checklist_rows_requirement_passes (section->rows, object);
}

/* A section without rows has no heading. */
static void
presync_checklist_rows_update_headings (PresyncChecklistRows *self)
{
  for (guint i = 0; i < PRESYNC_N_SECTIONS; i++)
    {
      gboolean wanted = g_list_model_get_n_items (self->requirements[i]) > 0;
      gboolean there = g_list_model_get_n_items (G_LIST_MODEL (self->headings[i])) > 0;

      if (wanted && !there)
        {
          g_autoptr (GtkStringObject) heading
              = gtk_string_object_new (presync_section_title ((PresyncSection) i));

          g_list_store_append (self->headings[i], heading);
        }
      else if (!wanted && there)
        g_list_store_remove_all (self->headings[i]);
    }
}

static GListModel *
presync_checklist_rows_create_children_cb (gpointer object, gpointer user_data)
{
  PresyncChecklistRows *self = user_data;
  GListModel *children;

  if (!PRESYNC_IS_CHECKLIST_ITEM (object))
    return NULL;
  children = presync_checklist_item_get_children (object);
  /* A lone condition says the same as its requirement: one row is enough. */
  if (children == NULL || g_list_model_get_n_items (children) < 2)
    return NULL;
  return G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (children), g_object_ref (self->condition_filter)));
}

static void
presync_checklist_rows_refilter (PresyncChecklistRows *self)
{
  for (guint i = 0; i < PRESYNC_N_SECTIONS; i++)
    gtk_filter_changed (self->requirement_filters[i], GTK_FILTER_CHANGE_DIFFERENT);
  gtk_filter_changed (self->condition_filter, GTK_FILTER_CHANGE_DIFFERENT);
  presync_checklist_rows_update_headings (self);
}

static void
presync_checklist_rows_updated_cb (PresyncChecklistRows *self)
{
  if (self->filter != PRESYNC_FILTER_ALL || self->words != NULL)
    presync_checklist_rows_refilter (self);
}

static void
presync_checklist_rows_remember_expanded (PresyncChecklistRows *self)
{
  self->expanded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (PRESYNC_IS_CHECKLIST_ITEM (item) && gtk_tree_list_row_get_expanded (row))
        g_hash_table_add (self->expanded,
                          g_strdup (presync_checklist_item_get_id (PRESYNC_CHECKLIST_ITEM (item))));
    }
}

/* Whoever narrows the list wants to see the conditions that are left; after that, what was open
 * before. */
static void
presync_checklist_rows_narrow (PresyncChecklistRows *self)
{
  gboolean narrowed = self->filter != PRESYNC_FILTER_ALL || self->words != NULL;

  if (narrowed && self->expanded == NULL)
    presync_checklist_rows_remember_expanded (self);
  gtk_tree_list_model_set_autoexpand (self->tree, narrowed);
  presync_checklist_rows_refilter (self);
  if (self->expanded == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->tree)); i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (PRESYNC_IS_CHECKLIST_ITEM (item) && gtk_tree_list_row_is_expandable (row))
        gtk_tree_list_row_set_expanded (
            row, narrowed
                     || g_hash_table_contains (self->expanded, presync_checklist_item_get_id (
                                                                   PRESYNC_CHECKLIST_ITEM (item))));
    }
  if (!narrowed)
    g_clear_pointer (&self->expanded, g_hash_table_unref);
}

static void
presync_checklist_rows_dispose (GObject *object)
{
  PresyncChecklistRows *self = PRESYNC_CHECKLIST_ROWS (object);

  /* Others may keep the models longer than this; their filters must not look back. */
  for (guint i = 0; i < PRESYNC_N_SECTIONS; i++)
    {
      if (self->requirements[i] != NULL)
        g_signal_handlers_disconnect_by_data (self->requirements[i], self);
      if (self->requirement_filters[i] != NULL)
        gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->requirement_filters[i]), NULL,
                                           NULL, NULL);
      g_clear_object (&self->requirement_filters[i]);
      g_clear_object (&self->headings[i]);
      g_clear_object (&self->requirements[i]);
    }
  if (self->condition_filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->condition_filter), NULL, NULL,
                                       NULL);
  g_clear_object (&self->condition_filter);
  g_clear_object (&self->tree);
  g_clear_object (&self->checklist);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_pointer (&self->expanded, g_hash_table_unref);

  G_OBJECT_CLASS (presync_checklist_rows_parent_class)->dispose (object);
}

static void
presync_checklist_rows_class_init (PresyncChecklistRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_checklist_rows_dispose;
}

static void
presync_checklist_rows_init (PresyncChecklistRows *self)
{
}

static void
presync_checklist_rows_add_section (PresyncChecklistRows *self, PresyncSection section,
                                    GListStore *parts)
{
  PresyncSectionFilter *filter = g_new0 (PresyncSectionFilter, 1);

  filter->rows = self;
  filter->section = section;
  self->requirement_filters[section] = GTK_FILTER (
      gtk_custom_filter_new (presync_checklist_rows_requirement_passes_cb, filter, g_free));
  self->requirements[section] = G_LIST_MODEL (
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->checklist)),
                                 g_object_ref (self->requirement_filters[section])));
  self->headings[section] = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_list_store_append (parts, self->headings[section]);
  g_list_store_append (parts, self->requirements[section]);
  /* After the list of lists has taken the change: a heading that came or went in the midst of it
   * would be counted at the wrong place. */
  g_signal_connect_object (self->requirements[section], "items-changed",
                           G_CALLBACK (presync_checklist_rows_update_headings), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

PresyncChecklistRows *
presync_checklist_rows_new (PresyncChecklist *checklist)
{
  PresyncChecklistRows *self = g_object_new (PRESYNC_TYPE_CHECKLIST_ROWS, NULL);
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);

  self->checklist = g_object_ref (checklist);
  self->condition_filter
      = GTK_FILTER (gtk_custom_filter_new (presync_checklist_rows_condition_passes_cb, self, NULL));
  for (guint i = 0; i < PRESYNC_N_SECTIONS; i++)
    presync_checklist_rows_add_section (self, (PresyncSection) i, parts);
  presync_checklist_rows_update_headings (self);

  self->tree = gtk_tree_list_model_new (
      G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&parts)))), FALSE,
      FALSE, presync_checklist_rows_create_children_cb, self, NULL);
  g_signal_connect_object (checklist, "updated", G_CALLBACK (presync_checklist_rows_updated_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}

GListModel *
presync_checklist_rows_get_model (PresyncChecklistRows *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ROWS (self), NULL);

  return G_LIST_MODEL (self->tree);
}

void
presync_checklist_rows_set_filter (PresyncChecklistRows *self, PresyncChecklistFilter filter)
{
  g_return_if_fail (PRESYNC_IS_CHECKLIST_ROWS (self));

  if (self->filter == filter)
    return;
  self->filter = filter;
  presync_checklist_rows_narrow (self);
}

void
presync_checklist_rows_set_search (PresyncChecklistRows *self, const char *words)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (PRESYNC_IS_CHECKLIST_ROWS (self));

  folded = g_strstrip (g_utf8_casefold (words, -1));
  g_clear_pointer (&self->words, g_strfreev);
  if (*folded != '\0')
    self->words = g_strsplit_set (folded, " \t", -1);
  presync_checklist_rows_narrow (self);
}

void
presync_checklist_rows_set_overview_only (PresyncChecklistRows *self, gboolean overview_only)
{
  g_return_if_fail (PRESYNC_IS_CHECKLIST_ROWS (self));

  if (self->overview_only == overview_only)
    return;
  self->overview_only = overview_only;
  presync_checklist_rows_refilter (self);
}

/* Only rows that are in the tree; those below a closed row are not. @requirement: a requirement is
 * looked for, not the condition that may share its id */
static guint
presync_checklist_rows_position (PresyncChecklistRows *self, const char *id, gboolean requirement)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tree));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, i);
      g_autoptr (GObject) item = gtk_tree_list_row_get_item (row);

      if (PRESYNC_IS_CHECKLIST_ITEM (item)
          && presync_checklist_item_get_is_requirement (PRESYNC_CHECKLIST_ITEM (item))
                 == requirement
          && g_str_equal (presync_checklist_item_get_id (PRESYNC_CHECKLIST_ITEM (item)), id))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

guint
presync_checklist_rows_find (PresyncChecklistRows *self, const char *id)
{
  PresyncChecklistItem *item;

  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ROWS (self), GTK_INVALID_LIST_POSITION);
  g_return_val_if_fail (id != NULL, GTK_INVALID_LIST_POSITION);

  item = presync_checklist_find (self->checklist, id);
  return item != NULL ? presync_checklist_rows_find_item (self, item) : GTK_INVALID_LIST_POSITION;
}

guint
presync_checklist_rows_find_item (PresyncChecklistRows *self, PresyncChecklistItem *item)
{
  g_autoptr (GtkTreeListRow) row = NULL;
  const char *requirement;
  guint position;

  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ROWS (self), GTK_INVALID_LIST_POSITION);
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (item), GTK_INVALID_LIST_POSITION);

  requirement = presync_requirement_get_id (presync_checklist_item_get_requirement (item));
  position = presync_checklist_rows_position (self, requirement, TRUE);
  if (position == GTK_INVALID_LIST_POSITION || presync_checklist_item_get_is_requirement (item))
    return position;

  row = gtk_tree_list_model_get_row (self->tree, position);
  if (!gtk_tree_list_row_is_expandable (row))
    return position;
  gtk_tree_list_row_set_expanded (row, TRUE);
  return presync_checklist_rows_position (self, presync_checklist_item_get_id (item), FALSE);
}
