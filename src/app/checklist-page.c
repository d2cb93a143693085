/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/checklist-page.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/checklist-row.h"
#include "app/checklist-rows.h"
#include "app/checklist-view.h"
#include "app/columns-layout.h"
#include "app/detail-pane.h"
#include "app/filter-bar.h"
#include "assessment/summary.h"

/* How often "2 min ago" is said anew. */
#define REFRESH_SECONDS 20

struct _PresyncChecklistPage
{
  AdwBin parent_instance;

  AdwLeaflet *leaflet;
  GtkWidget *list_side;
  PresyncDetailPane *pane;
  PresyncFilterBar *filter_bar;
  GtkStack *stack;
  PresyncChecklistView *view;
  GtkListView *list;

  PresyncAssessment *assessment;
  PresyncOption option;
  gboolean overview_only;
  gboolean pane_open;
  PresyncChecklistRows *rows;
  GtkSingleSelection *selection;
  GHashTable *bound;  /* PresyncChecklistRow, those that exist */
  GHashTable *opened; /* ids of requirements that were opened for the person */
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (PresyncChecklistPage, presync_checklist_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  PROP_OPTION,
  PROP_OVERVIEW_ONLY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static PresyncChecklist *
presync_checklist_page_get_checklist (PresyncChecklistPage *self)
{
  return presync_assessment_get_checklist (self->assessment, self->option);
}

static void
presync_checklist_page_update_chips (PresyncChecklistPage *self)
{
  g_autoptr (PresyncSummary) summary
      = presync_summary_new (presync_checklist_page_get_checklist (self), self->overview_only);

  presync_filter_bar_update (self->filter_bar, summary);
}

static void
presync_checklist_page_update_stack (PresyncChecklistPage *self)
{
  guint n = g_list_model_get_n_items (presync_checklist_rows_get_model (self->rows));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

/* The list and the details */

/* Beside the list the pane is shown and hidden; over the list it is gone to and left. Only then is
 * it made the leaflet's visible child: that takes the keyboard focus along. */
static void
presync_checklist_page_update_pane (PresyncChecklistPage *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  presync_detail_pane_set_narrow (self->pane, folded);
  /* A folded leaflet keeps its pane: hiding it would cut the way back short. */
  gtk_widget_set_visible (GTK_WIDGET (self->pane), self->pane_open || folded);
  if (folded)
    adw_leaflet_set_visible_child (self->leaflet,
                                   self->pane_open ? GTK_WIDGET (self->pane) : self->list_side);
}

static void
presync_checklist_page_open_pane (PresyncChecklistPage *self)
{
  self->pane_open = TRUE;
  presync_checklist_page_update_pane (self);
}

static void
presync_checklist_page_close_pane (PresyncChecklistPage *self)
{
  self->pane_open = FALSE;
  presync_checklist_page_update_pane (self);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Also after a swipe or the back button of a mouse */
static void
presync_checklist_page_visible_child_cb (PresyncChecklistPage *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    self->pane_open = adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->pane);
}

static PresyncChecklistItem *
presync_checklist_page_get_selected (PresyncChecklistPage *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (GObject) item = NULL;

  if (row == NULL)
    return NULL;
  item = gtk_tree_list_row_get_item (row);
  /* The tree keeps it alive. */
  return PRESYNC_IS_CHECKLIST_ITEM (item) ? PRESYNC_CHECKLIST_ITEM (item) : NULL;
}

/* The details of a requirement with a single condition are those of the condition. */
static void
presync_checklist_page_show_details (PresyncChecklistPage *self, PresyncChecklistItem *item)
{
  GListModel *children = presync_checklist_item_get_children (item);
  g_autoptr (PresyncChecklistItem) only = NULL;

  if (children != NULL && g_list_model_get_n_items (children) == 1)
    only = g_list_model_get_item (children, 0);
  presync_detail_pane_set_item (self->pane, self->assessment, only != NULL ? only : item);
}

static void
presync_checklist_page_selected_cb (PresyncChecklistPage *self)
{
  PresyncChecklistItem *item = presync_checklist_page_get_selected (self);

  /* A row that a filter took away stays in the pane: it may just have turned green. */
  if (item == NULL)
    return;
  presync_checklist_view_set_last (self->view, item);
  presync_checklist_page_show_details (self, item);
  if (!adw_leaflet_get_folded (self->leaflet))
    presync_checklist_page_open_pane (self);
}

static void
presync_checklist_page_open_cb (PresyncChecklistPage *self)
{
  if (presync_checklist_page_get_selected (self) == NULL)
    return;
  presync_checklist_page_open_pane (self);
  presync_detail_pane_focus (self->pane);
}

static void
presync_checklist_page_activated_cb (PresyncChecklistPage *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row == NULL)
    return;
  if (!adw_leaflet_get_folded (self->leaflet) && gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
  else
    presync_checklist_page_open_cb (self);
}

/* Where the pane covers the list, moving through rows must not open it, but a tap must. */
static void
presync_checklist_page_row_released_cb (PresyncChecklistPage *self, int n_press, double x, double y,
                                        GtkGestureClick *gesture)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  PresyncChecklistItem *item = presync_checklist_row_get_item (PRESYNC_CHECKLIST_ROW (widget));

  if (item == NULL || !adw_leaflet_get_folded (self->leaflet))
    return;
  presync_checklist_page_show_details (self, item);
  presync_checklist_page_open_pane (self);
}

static void
presync_checklist_page_bind_cb (PresyncChecklistPage *self, GtkListItem *list_item)
{
  GtkTreeListRow *tree_row = gtk_list_item_get_item (list_item);
  g_autoptr (GObject) item = gtk_tree_list_row_get_item (tree_row);
  gboolean heading = GTK_IS_STRING_OBJECT (item);
  GtkWidget *child = gtk_list_item_get_child (list_item);

  gtk_list_item_set_selectable (list_item, !heading);
  gtk_list_item_set_activatable (list_item, !heading);
  if (heading)
    {
      const char *text = gtk_string_object_get_string (GTK_STRING_OBJECT (item));

      if (!GTK_IS_LABEL (child))
        {
          child = gtk_label_new (NULL);
          gtk_label_set_xalign (GTK_LABEL (child), 0);
          gtk_label_set_ellipsize (GTK_LABEL (child), PANGO_ELLIPSIZE_END);
          gtk_widget_add_css_class (child, "section-heading");
          gtk_list_item_set_child (list_item, child);
        }
      gtk_label_set_text (GTK_LABEL (child), text);
      presync_accessible_label_list_row (child, text);
      return;
    }

  if (!PRESYNC_IS_CHECKLIST_ROW (child))
    {
      GtkGesture *click = gtk_gesture_click_new ();

      child = presync_checklist_row_new ();
      g_signal_connect_object (click, "released",
                               G_CALLBACK (presync_checklist_page_row_released_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (click));
      gtk_list_item_set_child (list_item, child);
    }
  presync_checklist_row_bind (PRESYNC_CHECKLIST_ROW (child), tree_row);
  g_hash_table_add (self->bound, child);
}

static void
presync_checklist_page_unbind_cb (PresyncChecklistPage *self, GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (!PRESYNC_IS_CHECKLIST_ROW (child))
    return;
  g_hash_table_remove (self->bound, child);
  presync_checklist_row_bind (PRESYNC_CHECKLIST_ROW (child), NULL);
}

/* Filters */

/* A row that a filter took away is selected again when it comes back: its details are still shown.
 */
static void
presync_checklist_page_reselect (PresyncChecklistPage *self)
{
  PresyncChecklistItem *item = presync_detail_pane_get_item (self->pane);
  guint position;

  if (!self->pane_open || item == NULL
      || gtk_single_selection_get_selected (self->selection) != GTK_INVALID_LIST_POSITION)
    return;
  position = presync_checklist_rows_find_item (self->rows, item);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
presync_checklist_page_filter_cb (PresyncChecklistPage *self)
{
  presync_checklist_rows_set_filter (self->rows, presync_filter_bar_get_filter (self->filter_bar));
  presync_checklist_page_reselect (self);
}

static void
presync_checklist_page_words_cb (PresyncChecklistPage *self)
{
  presync_checklist_rows_set_search (self->rows, presync_filter_bar_get_words (self->filter_bar));
  presync_checklist_page_reselect (self);
}

static void
presync_checklist_page_stop_search_cb (PresyncChecklistPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
presync_checklist_page_reset_filters_cb (PresyncChecklistPage *self)
{
  presync_filter_bar_reset (self->filter_bar);
}

static void
presync_checklist_page_set_overview_only (PresyncChecklistPage *self, gboolean overview_only)
{
  if (self->overview_only == overview_only)
    return;
  self->overview_only = overview_only;
  if (self->rows != NULL)
    {
      presync_checklist_rows_set_overview_only (self->rows, overview_only);
      presync_checklist_page_update_chips (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OVERVIEW_ONLY]);
}

/* Time */

static gboolean
presync_checklist_page_refresh_cb (gpointer user_data)
{
  PresyncChecklistPage *self = user_data;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    presync_checklist_row_refresh_time (row);
  return G_SOURCE_CONTINUE;
}

static void
presync_checklist_page_map (GtkWidget *widget)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (widget);

  GTK_WIDGET_CLASS (presync_checklist_page_parent_class)->map (widget);
  presync_checklist_page_refresh_cb (self);
  self->refresh_id
      = g_timeout_add_seconds (REFRESH_SECONDS, presync_checklist_page_refresh_cb, self);
}

static void
presync_checklist_page_unmap (GtkWidget *widget)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (widget);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  GTK_WIDGET_CLASS (presync_checklist_page_parent_class)->unmap (widget);
}

static gboolean
presync_checklist_page_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (widget);

  if (!self->pane_open)
    return FALSE;
  presync_checklist_page_close_pane (self);
  return TRUE;
}

/* Object */

/* What blocks is what an administrator comes for: a requirement opens when it turns red, once; who
 * closes it again is not contradicted. */
static void
presync_checklist_page_expand (PresyncChecklistPage *self)
{
  GListModel *model = presync_checklist_rows_get_model (self->rows);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (model, i);
      g_autoptr (GObject) object = gtk_tree_list_row_get_item (row);
      PresyncChecklistItem *item;

      if (!gtk_tree_list_row_is_expandable (row) || !PRESYNC_IS_CHECKLIST_ITEM (object))
        continue;
      item = PRESYNC_CHECKLIST_ITEM (object);
      if (presync_checklist_item_get_status (item) == PRESYNC_STATUS_NOT_MET
          && g_hash_table_add (self->opened, g_strdup (presync_checklist_item_get_id (item))))
        gtk_tree_list_row_set_expanded (row, TRUE);
    }
}

static void
presync_checklist_page_updated_cb (PresyncChecklistPage *self)
{
  presync_checklist_page_update_chips (self);
  presync_checklist_page_expand (self);
}

static void
presync_checklist_page_constructed (GObject *object)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (object);
  PresyncChecklist *checklist = presync_checklist_page_get_checklist (self);
  GListModel *model;

  G_OBJECT_CLASS (presync_checklist_page_parent_class)->constructed (object);

  self->rows = presync_checklist_rows_new (checklist);
  presync_checklist_rows_set_overview_only (self->rows, self->overview_only);
  model = presync_checklist_rows_get_model (self->rows);

  /* Order matters: a model that is set first has its first row selected. */
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, model);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  presync_checklist_view_set_list (self->view, self->list);

  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (presync_checklist_page_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (presync_checklist_page_update_stack),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (checklist, "updated", G_CALLBACK (presync_checklist_page_updated_cb),
                           self, G_CONNECT_SWAPPED);
  presync_checklist_page_updated_cb (self);
  presync_checklist_page_update_stack (self);
}

static void
presync_checklist_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (object);

  switch (id)
    {
    case PROP_ASSESSMENT:
      g_value_set_object (value, self->assessment);
      break;
    case PROP_OPTION:
      g_value_set_int (value, (int) self->option);
      break;
    case PROP_OVERVIEW_ONLY:
      g_value_set_boolean (value, self->overview_only);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_checklist_page_set_property (GObject *object, guint id, const GValue *value,
                                     GParamSpec *pspec)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (object);

  switch (id)
    {
    case PROP_ASSESSMENT:
      self->assessment = g_value_dup_object (value);
      break;
    case PROP_OPTION:
      self->option = (PresyncOption) g_value_get_int (value);
      break;
    case PROP_OVERVIEW_ONLY:
      presync_checklist_page_set_overview_only (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_checklist_page_dispose (GObject *object)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (object);

  /* The lists change once more while they are taken apart. */
  if (self->rows != NULL)
    g_signal_handlers_disconnect_by_data (presync_checklist_rows_get_model (self->rows), self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  /* AdwBin would take away once more what the template has let go of. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_CHECKLIST_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->rows);
  g_clear_object (&self->assessment);

  G_OBJECT_CLASS (presync_checklist_page_parent_class)->dispose (object);
}

static void
presync_checklist_page_finalize (GObject *object)
{
  PresyncChecklistPage *self = PRESYNC_CHECKLIST_PAGE (object);

  g_hash_table_unref (self->bound);
  g_hash_table_unref (self->opened);

  G_OBJECT_CLASS (presync_checklist_page_parent_class)->finalize (object);
}

static void
presync_checklist_page_bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/checklist-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistPage, list_side);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistPage, pane);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistPage, view);
  gtk_widget_class_bind_template_child (widget_class, PresyncChecklistPage, list);

  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_close_pane);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_update_pane);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_visible_child_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_reset_filters_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_words_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_checklist_page_stop_search_cb);
}

static void
presync_checklist_page_class_init (PresyncChecklistPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->constructed = presync_checklist_page_constructed;
  object_class->get_property = presync_checklist_page_get_property;
  object_class->set_property = presync_checklist_page_set_property;
  object_class->dispose = presync_checklist_page_dispose;
  object_class->finalize = presync_checklist_page_finalize;
  widget_class->map = presync_checklist_page_map;
  widget_class->unmap = presync_checklist_page_unmap;

  properties[PROP_ASSESSMENT] = g_param_spec_object (
      "assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_OPTION] = g_param_spec_int ("option", NULL, NULL, 0, PRESYNC_N_OPTIONS - 1, 0,
                                              flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_OVERVIEW_ONLY]
      = g_param_spec_boolean ("overview-only", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_CHECKLIST_VIEW);
  g_type_ensure (PRESYNC_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (PRESYNC_TYPE_DETAIL_PANE);
  g_type_ensure (PRESYNC_TYPE_FILTER_BAR);
  presync_checklist_page_bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, presync_checklist_page_escape_cb,
                                NULL);
}

static void
presync_checklist_page_init (PresyncChecklistPage *self)
{
  self->bound = g_hash_table_new (NULL, NULL);
  self->opened = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_checklist_page_new (PresyncAssessment *assessment, PresyncOption option)
{
  return g_object_new (PRESYNC_TYPE_CHECKLIST_PAGE, "assessment", assessment, "option",
                       (int) option, NULL);
}

void
presync_checklist_page_show_item (PresyncChecklistPage *self, const char *id)
{
  guint position;

  g_return_if_fail (PRESYNC_IS_CHECKLIST_PAGE (self));

  position = presync_checklist_rows_find (self->rows, id);
  if (position == GTK_INVALID_LIST_POSITION)
    {
      presync_checklist_page_reset_filters_cb (self);
      position = presync_checklist_rows_find (self->rows, id);
    }
  if (position == GTK_INVALID_LIST_POSITION && self->overview_only)
    {
      presync_checklist_page_set_overview_only (self, FALSE);
      position = presync_checklist_rows_find (self->rows, id);
    }
  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  presync_checklist_page_open_pane (self);
}

void
presync_checklist_page_focus_search (PresyncChecklistPage *self)
{
  g_return_if_fail (PRESYNC_IS_CHECKLIST_PAGE (self));

  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->list_side);
  presync_filter_bar_focus_search (self->filter_bar);
}
