/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wrap-layout.h"

#define GAP 6

struct _PresyncWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (PresyncWrapLayout, presync_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
presync_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* All lines are of the same height, that of the highest child. */
static int
presync_wrap_layout_line_height (GtkWidget *widget)
{
  int line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int height = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      line = MAX (line, height);
    }
  return line;
}

/* Returns: the height of all lines at that width */
static int
presync_wrap_layout_run (GtkWidget *widget, int width, gboolean place)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int line = presync_wrap_layout_line_height (widget);
  int x = 0;
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum = 0;
      int natural = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      natural = MAX (MIN (natural, width), minimum);
      if (x > 0 && x + natural > width)
        {
          x = 0;
          y += line + GAP;
        }
      if (place)
        gtk_widget_size_allocate (
            child, &(GtkAllocation){ rtl ? width - x - natural : x, y, natural, line }, -1);
      x += natural + GAP;
    }
  return y + line;
}

static void
presync_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget,
                             GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  int widest = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      widest = MAX (widest, least);
    }
  /* It asks for no more than it must have: whether there is room for the details beside the list
   * shall not depend on it. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = widest;
  else
    *minimum = *natural = presync_wrap_layout_run (widget, for_size < 0 ? widest : for_size, FALSE);
}

static void
presync_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                              int baseline)
{
  presync_wrap_layout_run (widget, width, TRUE);
}

static void
presync_wrap_layout_class_init (PresyncWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = presync_wrap_layout_get_request_mode;
  layout_class->measure = presync_wrap_layout_measure;
  layout_class->allocate = presync_wrap_layout_allocate;
}

static void
presync_wrap_layout_init (PresyncWrapLayout *self)
{
}
