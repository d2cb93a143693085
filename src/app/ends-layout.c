/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ends-layout.h"

#define GAP 12
#define LINE_GAP 6

struct _PresyncEndsLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (PresyncEndsLayout, presync_ends_layout, GTK_TYPE_LAYOUT_MANAGER)

typedef struct
{
  GtkWidget *child;
  int minimum;
  int natural;
  int width;
  int height;
} PresyncEnd;

/* @width: of the line; below 0 for any. Returns: whether both children fit in one */
static gboolean
presync_ends_layout_collect (GtkWidget *widget, int width, PresyncEnd ends[2])
{
  gboolean fit = FALSE;

  ends[0].child = gtk_widget_get_first_child (widget);
  ends[1].child = gtk_widget_get_last_child (widget);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_measure (ends[i].child, GTK_ORIENTATION_HORIZONTAL, -1, &ends[i].minimum,
                          &ends[i].natural, NULL, NULL);
    }
  fit = width < 0 || width >= ends[0].natural + GAP + ends[1].natural;
  for (guint i = 0; i < 2; i++)
    {
      /* On a line of its own, text that is longer than that wraps. */
      ends[i].width = fit ? ends[i].natural : MAX (MIN (ends[i].natural, width), ends[i].minimum);
      gtk_widget_measure (ends[i].child, GTK_ORIENTATION_VERTICAL, ends[i].width, NULL,
                          &ends[i].height, NULL, NULL);
    }
  return fit;
}

static GtkSizeRequestMode
presync_ends_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_ends_layout_measure (GtkLayoutManager *manager, GtkWidget *widget,
                             GtkOrientation orientation, int for_size, int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  PresyncEnd ends[2];
  gboolean fit = presync_ends_layout_collect (
      widget, orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, ends);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (ends[0].minimum, ends[1].minimum);
      *natural = ends[0].natural + GAP + ends[1].natural;
    }
  else if (fit)
    *minimum = *natural = MAX (ends[0].height, ends[1].height);
  else
    *minimum = *natural = ends[0].height + LINE_GAP + ends[1].height;
}

static void
presync_ends_layout_place (GtkWidget *child, int parent_width, int x, int y, int width, int height)
{
  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    x = parent_width - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
presync_ends_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height,
                              int baseline)
{
  PresyncEnd ends[2];

  if (presync_ends_layout_collect (widget, width, ends))
    {
      presync_ends_layout_place (ends[0].child, width, 0, 0, ends[0].width, height);
      presync_ends_layout_place (ends[1].child, width, width - ends[1].width, 0, ends[1].width,
                                 height);
      return;
    }
  presync_ends_layout_place (ends[0].child, width, 0, 0, ends[0].width, ends[0].height);
  presync_ends_layout_place (ends[1].child, width, 0, ends[0].height + LINE_GAP, ends[1].width,
                             ends[1].height);
}

static void
presync_ends_layout_class_init (PresyncEndsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = presync_ends_layout_get_request_mode;
  layout_class->measure = presync_ends_layout_measure;
  layout_class->allocate = presync_ends_layout_allocate;
}

static void
presync_ends_layout_init (PresyncEndsLayout *self)
{
}
