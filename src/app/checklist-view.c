/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/checklist-view.h"

#include "app/checklist-row.h"

/* How far Page Up and Page Down go: less than what is seen at the usual size */
#define PAGE 8

struct _PresyncChecklistView
{
  AdwBin parent_instance;

  GtkListView *list; /* a descendant */
  PresyncChecklistItem *last;
};

G_DEFINE_FINAL_TYPE (PresyncChecklistView, presync_checklist_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkSingleSelection *
presync_checklist_view_get_selection (PresyncChecklistView *self)
{
  return GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->list));
}

static guint
presync_checklist_view_count (PresyncChecklistView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (presync_checklist_view_get_selection (self)));
}

/* (transfer full) (nullable): %NULL for a heading */
static PresyncChecklistItem *
presync_checklist_view_dup_item (PresyncChecklistView *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (
      G_LIST_MODEL (presync_checklist_view_get_selection (self)), position);
  g_autoptr (GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  return PRESYNC_IS_CHECKLIST_ITEM (item) ? PRESYNC_CHECKLIST_ITEM (g_steal_pointer (&item)) : NULL;
}

static gboolean
presync_checklist_view_is_row (PresyncChecklistView *self, guint position)
{
  g_autoptr (PresyncChecklistItem) item = presync_checklist_view_dup_item (self, position);

  return item != NULL;
}

static guint
presync_checklist_view_find (PresyncChecklistView *self, PresyncChecklistItem *wanted)
{
  guint n = wanted != NULL ? presync_checklist_view_count (self) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncChecklistItem) item = presync_checklist_view_dup_item (self, i);

      if (item == wanted)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* The child of the list that shows the row; each has an item widget of GTK's around it. */
static PresyncChecklistRow *
presync_checklist_view_get_row (GtkWidget *item_widget)
{
  GtkWidget *child = item_widget != NULL ? gtk_widget_get_first_child (item_widget) : NULL;

  return PRESYNC_IS_CHECKLIST_ROW (child) ? PRESYNC_CHECKLIST_ROW (child) : NULL;
}

/* Where the keyboard is: the row with the focus, else the selected one */
static guint
presync_checklist_view_get_position (PresyncChecklistView *self)
{
  PresyncChecklistRow *row
      = presync_checklist_view_get_row (gtk_widget_get_focus_child (GTK_WIDGET (self->list)));
  guint position = GTK_INVALID_LIST_POSITION;

  if (row != NULL)
    position = presync_checklist_view_find (self, presync_checklist_row_get_item (row));
  if (position == GTK_INVALID_LIST_POSITION)
    position = gtk_single_selection_get_selected (presync_checklist_view_get_selection (self));
  return position;
}

/* The next row that is no heading, from @position on; @step: 1 or -1 */
static guint
presync_checklist_view_skip (PresyncChecklistView *self, guint position, int step)
{
  guint n = presync_checklist_view_count (self);

  /* Below 0 it wraps around to more than there are. */
  for (guint i = position; i < n; i += (guint) step)
    {
      if (presync_checklist_view_is_row (self, i))
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

static gboolean
presync_checklist_view_focus_position (PresyncChecklistView *self, guint position)
{
  g_autoptr (PresyncChecklistItem) item = NULL;

  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  item = presync_checklist_view_dup_item (self, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      PresyncChecklistRow *row = presync_checklist_view_get_row (child);

      if (row != NULL && presync_checklist_row_get_item (row) == item)
        return gtk_widget_grab_focus (child);
    }
  return FALSE;
}

static gboolean
presync_checklist_view_enter (PresyncChecklistView *self)
{
  guint position = gtk_single_selection_get_selected (presync_checklist_view_get_selection (self));

  if (position == GTK_INVALID_LIST_POSITION)
    position = presync_checklist_view_find (self, self->last);
  if (position == GTK_INVALID_LIST_POSITION)
    position = presync_checklist_view_skip (self, 0, 1);
  return presync_checklist_view_focus_position (self, position);
}

static void
presync_checklist_view_select (PresyncChecklistView *self, guint position)
{
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (presync_checklist_view_get_selection (self), position);
  presync_checklist_view_focus_position (self, position);
}

/* @by: how many rows further, or back */
static void
presync_checklist_view_move (PresyncChecklistView *self, int by)
{
  int n = (int) presync_checklist_view_count (self);
  guint position = presync_checklist_view_get_position (self);
  int step = by < 0 ? -1 : 1;
  guint next;

  if (position == GTK_INVALID_LIST_POSITION)
    {
      presync_checklist_view_select (self, presync_checklist_view_skip (self, 0, 1));
      return;
    }
  next = presync_checklist_view_skip (self, (guint) CLAMP ((int) position + by, 0, n - 1), step);
  /* Before the first row there is but a heading: it is scrolled to, so that it can be read. */
  if (next == GTK_INVALID_LIST_POSITION && step < 0)
    {
      presync_checklist_view_select (self, presync_checklist_view_skip (self, 0, 1));
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0u);
      return;
    }
  presync_checklist_view_select (self, next);
}

/* As in any tree: left closes a requirement, and goes from a condition to its requirement. */
static void
presync_checklist_view_fold (PresyncChecklistView *self, gboolean open, gboolean toggle)
{
  GListModel *model = G_LIST_MODEL (presync_checklist_view_get_selection (self));
  g_autoptr (GtkTreeListRow) row
      = g_list_model_get_item (model, presync_checklist_view_get_position (self));
  g_autoptr (GtkTreeListRow) parent = row != NULL ? gtk_tree_list_row_get_parent (row) : NULL;

  if (row == NULL)
    return;
  if (gtk_tree_list_row_is_expandable (row))
    gtk_tree_list_row_set_expanded (row, toggle ? !gtk_tree_list_row_get_expanded (row) : open);
  else if (parent != NULL && !open && !toggle)
    presync_checklist_view_select (self, gtk_tree_list_row_get_position (parent));
}

static void
presync_checklist_view_open (PresyncChecklistView *self)
{
  guint position = presync_checklist_view_get_position (self);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_single_selection_set_selected (presync_checklist_view_get_selection (self), position);
  g_signal_emit (self, signals[SIGNAL_OPEN], 0);
}

static gboolean
presync_checklist_view_key_cb (PresyncChecklistView *self, guint keyval, guint keycode,
                               GdkModifierType state)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0 || self->list == NULL
      || gtk_widget_get_focus_child (GTK_WIDGET (self->list)) == NULL)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      presync_checklist_view_move (self, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      presync_checklist_view_move (self, 1);
      return TRUE;
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      presync_checklist_view_move (self, -PAGE);
      return TRUE;
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      presync_checklist_view_move (self, PAGE);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      presync_checklist_view_move (self, -(int) presync_checklist_view_count (self));
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      presync_checklist_view_move (self, (int) presync_checklist_view_count (self));
      return TRUE;
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      presync_checklist_view_fold (self, rtl, FALSE);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      presync_checklist_view_fold (self, !rtl, FALSE);
      return TRUE;
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      presync_checklist_view_fold (self, TRUE, TRUE);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      presync_checklist_view_open (self);
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
presync_checklist_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  PresyncChecklistView *self = PRESYNC_CHECKLIST_VIEW (widget);

  if (self->list == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    return GTK_WIDGET_CLASS (presync_checklist_view_parent_class)->focus (widget, direction);
  /* The list is a single stop: from a row, Tab leaves it. */
  if (gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return presync_checklist_view_enter (self);
}

static gboolean
presync_checklist_view_grab_focus (GtkWidget *widget)
{
  PresyncChecklistView *self = PRESYNC_CHECKLIST_VIEW (widget);

  if (self->list == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    return GTK_WIDGET_CLASS (presync_checklist_view_parent_class)->grab_focus (widget);
  return presync_checklist_view_enter (self);
}

static void
presync_checklist_view_dispose (GObject *object)
{
  PresyncChecklistView *self = PRESYNC_CHECKLIST_VIEW (object);

  self->list = NULL;
  g_clear_object (&self->last);

  G_OBJECT_CLASS (presync_checklist_view_parent_class)->dispose (object);
}

static void
presync_checklist_view_class_init (PresyncChecklistViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_checklist_view_dispose;
  widget_class->focus = presync_checklist_view_focus;
  widget_class->grab_focus = presync_checklist_view_grab_focus;

  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
presync_checklist_view_init (PresyncChecklistView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (presync_checklist_view_key_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
presync_checklist_view_set_list (PresyncChecklistView *self, GtkListView *list)
{
  g_return_if_fail (PRESYNC_IS_CHECKLIST_VIEW (self));

  self->list = list;
}

void
presync_checklist_view_set_last (PresyncChecklistView *self, PresyncChecklistItem *item)
{
  g_return_if_fail (PRESYNC_IS_CHECKLIST_VIEW (self));

  g_set_object (&self->last, item);
}
