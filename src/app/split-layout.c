/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/split-layout.h"

#define SPACING 18
#define CHILD_FROM 330

struct _PresyncSplitLayout
{
  GtkLayoutManager parent_instance;

  int child_from;
};

G_DEFINE_FINAL_TYPE (PresyncSplitLayout, presync_split_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_0,
  PROP_CHILD_FROM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static int
presync_split_layout_count (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_should_layout (child))
        n++;
    }
  return n;
}

static gboolean
presync_split_layout_is_wide (GtkLayoutManager *manager, int n, int width)
{
  int child_from = PRESYNC_SPLIT_LAYOUT (manager)->child_from;

  return width < 0 || width >= n * child_from + (n - 1) * SPACING;
}

static GtkSizeRequestMode
presync_split_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_split_layout_measure (GtkLayoutManager *manager, GtkWidget *widget,
                              GtkOrientation orientation, int for_size, int *minimum, int *natural,
                              int *minimum_baseline, int *natural_baseline)
{
  int n = presync_split_layout_count (widget);
  gboolean wide = presync_split_layout_is_wide (manager, n, for_size);
  gboolean side_by_side = orientation == GTK_ORIENTATION_HORIZONTAL || wide;
  int for_child = for_size;

  if (orientation == GTK_ORIENTATION_VERTICAL && wide && for_size >= 0 && n > 0)
    for_child = (for_size - (n - 1) * SPACING) / n;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, for_child, &child_minimum, &child_natural, NULL,
                          NULL);
      *minimum = side_by_side ? MAX (*minimum, child_minimum) : *minimum + child_minimum;
      *natural = side_by_side ? MAX (*natural, child_natural) : *natural + child_natural;
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = *natural * n + (n - 1) * SPACING;
  else if (!wide)
    {
      *minimum += (n - 1) * SPACING;
      *natural += (n - 1) * SPACING;
    }
}

static void
presync_split_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                               int baseline)
{
  int n = presync_split_layout_count (widget);
  gboolean wide = presync_split_layout_is_wide (manager, n, width);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int child_width = wide && n > 0 ? (width - (n - 1) * SPACING) / n : width;
  int x = 0;
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_height = height;

      if (!gtk_widget_should_layout (child))
        continue;
      if (!wide)
        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &child_height, NULL,
                            NULL);
      gtk_widget_size_allocate (
          child,
          &(GtkAllocation){ rtl ? width - x - child_width : x, y, child_width, child_height }, -1);
      if (wide)
        x += child_width + SPACING;
      else
        y += child_height + SPACING;
    }
}

static void
presync_split_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHILD_FROM)
    g_value_set_int (value, PRESYNC_SPLIT_LAYOUT (object)->child_from);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_split_layout_set_property (GObject *object, guint id, const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_CHILD_FROM)
    PRESYNC_SPLIT_LAYOUT (object)->child_from = g_value_get_int (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_split_layout_class_init (PresyncSplitLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = presync_split_layout_get_property;
  G_OBJECT_CLASS (klass)->set_property = presync_split_layout_set_property;
  properties[PROP_CHILD_FROM]
      = g_param_spec_int ("child-from", NULL, NULL, 1, G_MAXINT, CHILD_FROM,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  layout_class->get_request_mode = presync_split_layout_get_request_mode;
  layout_class->measure = presync_split_layout_measure;
  layout_class->allocate = presync_split_layout_allocate;
}

static void
presync_split_layout_init (PresyncSplitLayout *self)
{
}
