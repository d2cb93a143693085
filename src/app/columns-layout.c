/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/columns-layout.h"

/* From this width on the columns stand side by side. */
#define WIDE_FROM 520
/* A row that may choose takes this much; the split view folds when it cannot have it. */
#define NATURAL_WIDTH 560
/* From this width on there is room for "needed" too. */
#define NEEDED_FROM 640
#define CHECKED_WIDTH 84
#define GAP 12

enum
{
  COLUMN_TITLE,
  COLUMN_FOUND,
  COLUMN_NEEDED,
  COLUMN_CHECKED,
  N_COLUMNS,
};

struct _PresyncColumnsLayout
{
  GtkLayoutManager parent_instance;

  gboolean head;
  int indent;
};

enum
{
  PROP_0,
  PROP_HEAD,
  PROP_INDENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (PresyncColumnsLayout, presync_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
presync_columns_layout_collect (GtkWidget *widget, GtkWidget *children[N_COLUMNS])
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      children[i] = child;
      if (child != NULL)
        child = gtk_widget_get_next_sibling (child);
    }
}

/* A column that is left out has the width 0. */
static void
presync_columns_layout_widths (int width, int widths[N_COLUMNS])
{
  gboolean needed = width >= NEEDED_FROM;
  int rest = width - CHECKED_WIDTH - (needed ? 3 : 2) * GAP;

  widths[COLUMN_CHECKED] = CHECKED_WIDTH;
  widths[COLUMN_FOUND] = needed ? rest * 29 / 100 : rest * 42 / 100;
  widths[COLUMN_NEEDED] = needed ? rest * 29 / 100 : 0;
  widths[COLUMN_TITLE] = rest - widths[COLUMN_FOUND] - widths[COLUMN_NEEDED];
}

static GtkSizeRequestMode
presync_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
presync_columns_layout_child_height (GtkWidget *child)
{
  int natural = 0;

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* The empty "found" of a row that nobody checked yet takes no second line. */
static gboolean
presync_columns_layout_is_blank (GtkWidget *child)
{
  return child == NULL || !gtk_widget_should_layout (child)
         || (GTK_IS_LABEL (child) && *gtk_label_get_text (GTK_LABEL (child)) == '\0');
}

static void
presync_columns_layout_measure (GtkLayoutManager *manager, GtkWidget *widget,
                                GtkOrientation orientation, int for_size, int *minimum,
                                int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *children[N_COLUMNS];

  presync_columns_layout_collect (widget, children);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      int title = 0;

      gtk_widget_measure (children[COLUMN_TITLE], orientation, -1, &title, NULL, NULL, NULL);
      *minimum = title;
      *natural = MAX (title, NATURAL_WIDTH);
      return;
    }

  if (for_size >= 0 && for_size < WIDE_FROM && PRESYNC_COLUMNS_LAYOUT (manager)->head)
    *minimum = 0;
  else if (for_size >= 0 && for_size < WIDE_FROM)
    {
      *minimum = presync_columns_layout_child_height (children[COLUMN_TITLE]);
      if (!presync_columns_layout_is_blank (children[COLUMN_FOUND]))
        *minimum += presync_columns_layout_child_height (children[COLUMN_FOUND]);
    }
  else
    {
      *minimum = 0;
      for (guint i = 0; i < N_COLUMNS; i++)
        *minimum = MAX (*minimum, presync_columns_layout_child_height (children[i]));
    }
  *natural = *minimum;
}

static void
presync_columns_layout_place (GtkWidget *child, int parent_width, int x, int y, int width,
                              int height)
{
  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    x = parent_width - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
presync_columns_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width,
                                 int height, int baseline)
{
  PresyncColumnsLayout *self = PRESYNC_COLUMNS_LAYOUT (manager);
  GtkWidget *children[N_COLUMNS];
  gboolean wide = width >= WIDE_FROM;
  int widths[N_COLUMNS];
  int x = 0;

  presync_columns_layout_collect (widget, children);
  presync_columns_layout_widths (width, widths);

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      if (children[i] == NULL || !gtk_widget_should_layout (children[i]))
        continue;
      gtk_widget_set_child_visible (children[i],
                                    wide ? widths[i] > 0 : i <= COLUMN_FOUND && !self->head);
      if (!wide || widths[i] == 0)
        continue;
      presync_columns_layout_place (children[i], width, x, 0, widths[i], height);
      x += widths[i] + GAP;
    }
  if (wide || self->head)
    return;

  int title = presync_columns_layout_child_height (children[COLUMN_TITLE]);
  gboolean blank = presync_columns_layout_is_blank (children[COLUMN_FOUND]);

  presync_columns_layout_place (children[COLUMN_TITLE], width, 0, 0, width, blank ? height : title);
  gtk_widget_set_child_visible (children[COLUMN_FOUND], !blank);
  if (!blank)
    presync_columns_layout_place (children[COLUMN_FOUND], width, self->indent, title,
                                  MAX (width - self->indent, 0), MAX (height - title, 0));
}

static void
presync_columns_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncColumnsLayout *self = PRESYNC_COLUMNS_LAYOUT (object);

  if (id == PROP_HEAD)
    g_value_set_boolean (value, self->head);
  else if (id == PROP_INDENT)
    g_value_set_int (value, self->indent);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_columns_layout_set_property (GObject *object, guint id, const GValue *value,
                                     GParamSpec *pspec)
{
  PresyncColumnsLayout *self = PRESYNC_COLUMNS_LAYOUT (object);

  if (id == PROP_HEAD)
    self->head = g_value_get_boolean (value);
  else if (id == PROP_INDENT)
    {
      self->indent = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_columns_layout_class_init (PresyncColumnsLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = presync_columns_layout_get_property;
  object_class->set_property = presync_columns_layout_set_property;
  /* A head has nothing to say over rows that are no columns any more. */
  properties[PROP_HEAD] = g_param_spec_boolean ("head", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  /* Where the text of the first column starts, behind expander and symbol. */
  properties[PROP_INDENT] = g_param_spec_int ("indent", NULL, NULL, 0, G_MAXINT16, 0,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  layout_class->get_request_mode = presync_columns_layout_get_request_mode;
  layout_class->measure = presync_columns_layout_measure;
  layout_class->allocate = presync_columns_layout_allocate;
}

static void
presync_columns_layout_init (PresyncColumnsLayout *self)
{
}
