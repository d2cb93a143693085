/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/map.h"

#include "app/accessible.h"
#include "app/status-style.h"
#include "app/topology.h"

/* From this width on the places stand in a row. */
#define WIDE_FROM 480
#define GAP 12
#define LINE 2

enum
{
  LABEL_TITLE,
  LABEL_NAME,
  LABEL_DETAIL,
  N_LABELS,
};

typedef struct
{
  GtkWidget *circle;
  GtkWidget *labels[N_LABELS];
} PresyncMapNode;

struct _PresyncMap
{
  GtkWidget parent_instance;

  PresyncMapNode nodes[PRESYNC_N_PLACES];
};

G_DEFINE_FINAL_TYPE (PresyncMap, presync_map, GTK_TYPE_WIDGET)

static int
presync_map_natural (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int natural = 0;

  gtk_widget_measure (widget, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

static GtkSizeRequestMode
presync_map_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
presync_map_labels_height (const PresyncMapNode *node)
{
  int height = 0;

  for (guint i = 0; i < N_LABELS; i++)
    height += presync_map_natural (node->labels[i], GTK_ORIENTATION_VERTICAL, -1);
  return height;
}

static int
presync_map_node_height (const PresyncMapNode *node, gboolean wide)
{
  int circle = presync_map_natural (node->circle, GTK_ORIENTATION_VERTICAL, -1);
  int labels = presync_map_labels_height (node);

  return wide ? circle + GAP + labels : MAX (circle, labels);
}

static void
presync_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                     int *natural, int *minimum_baseline, int *natural_baseline)
{
  PresyncMap *self = PRESYNC_MAP (widget);
  gboolean wide = for_size < 0 || for_size >= WIDE_FROM;
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = presync_map_natural (self->nodes[0].circle, orientation, -1) + GAP + 60;
      *natural = MAX (*minimum, WIDE_FROM);
      return;
    }
  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      int node = presync_map_node_height (&self->nodes[i], wide);

      height = wide ? MAX (height, node) : height + node;
    }
  if (!wide)
    height += (PRESYNC_N_PLACES - 1) * 2 * GAP;
  *minimum = *natural = height;
}

static void
presync_map_place (GtkWidget *parent, GtkWidget *child, int x, int y, int width, int height)
{
  if (gtk_widget_get_direction (parent) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (parent) - x - width;
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
presync_map_allocate_wide (PresyncMap *self, int width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int column = width / PRESYNC_N_PLACES;

  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      const PresyncMapNode *node = &self->nodes[i];
      int x = (int) i * column;
      int circle = presync_map_natural (node->circle, GTK_ORIENTATION_HORIZONTAL, -1);
      int y = presync_map_natural (node->circle, GTK_ORIENTATION_VERTICAL, -1);

      presync_map_place (widget, node->circle, x + (column - circle) / 2, 0, circle, y);
      y += GAP;
      for (guint j = 0; j < N_LABELS; j++)
        {
          int natural = presync_map_natural (node->labels[j], GTK_ORIENTATION_HORIZONTAL, -1);
          int label_width = MIN (natural, column - GAP);
          int height = presync_map_natural (node->labels[j], GTK_ORIENTATION_VERTICAL, -1);

          presync_map_place (widget, node->labels[j], x + (column - label_width) / 2, y,
                             label_width, height);
          y += height;
        }
    }
}

static void
presync_map_allocate_narrow (PresyncMap *self, int width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int y = 0;

  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      const PresyncMapNode *node = &self->nodes[i];
      int height = presync_map_node_height (node, FALSE);
      int circle_width = presync_map_natural (node->circle, GTK_ORIENTATION_HORIZONTAL, -1);
      int circle = presync_map_natural (node->circle, GTK_ORIENTATION_VERTICAL, -1);
      int x = circle_width + GAP;
      int top = y + (height - presync_map_labels_height (node)) / 2;

      presync_map_place (widget, node->circle, 0, y + (height - circle) / 2, circle_width, circle);
      for (guint j = 0; j < N_LABELS; j++)
        {
          int label = presync_map_natural (node->labels[j], GTK_ORIENTATION_VERTICAL, -1);

          presync_map_place (widget, node->labels[j], x, top, MAX (width - x, 0), label);
          top += label;
        }
      y += height + 2 * GAP;
    }
}

static void
presync_map_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PresyncMap *self = PRESYNC_MAP (widget);

  if (width >= WIDE_FROM)
    presync_map_allocate_wide (self, width);
  else
    presync_map_allocate_narrow (self, width);
}

static void
presync_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncMap *self = PRESYNC_MAP (widget);
  gboolean wide = gtk_widget_get_width (widget) >= WIDE_FROM;
  GdkRGBA color = { 0.5, 0.5, 0.5, 1.0 };

  (void) gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                         "presync_line_color", &color);
  for (guint i = 0; i + 1 < PRESYNC_N_PLACES; i++)
    {
      graphene_rect_t a, b;

      if (!gtk_widget_compute_bounds (self->nodes[i].circle, widget, &a)
          || !gtk_widget_compute_bounds (self->nodes[i + 1].circle, widget, &b))
        continue;
      if (wide)
        {
          float from = MIN (a.origin.x + a.size.width, b.origin.x + b.size.width);
          float to = MAX (a.origin.x, b.origin.x);
          float y = a.origin.y + a.size.height / 2 - LINE / 2.0f;

          gtk_snapshot_append_color (snapshot, &color,
                                     &GRAPHENE_RECT_INIT (from, y, MAX (to - from, 0), LINE));
        }
      else
        {
          float x = a.origin.x + a.size.width / 2 - LINE / 2.0f;
          float from = a.origin.y + a.size.height;

          gtk_snapshot_append_color (
              snapshot, &color, &GRAPHENE_RECT_INIT (x, from, LINE, MAX (b.origin.y - from, 0)));
        }
    }
  GTK_WIDGET_CLASS (presync_map_parent_class)->snapshot (widget, snapshot);
}

static void
presync_map_dispose (GObject *object)
{
  PresyncMap *self = PRESYNC_MAP (object);

  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      g_clear_pointer (&self->nodes[i].circle, gtk_widget_unparent);
      for (guint j = 0; j < N_LABELS; j++)
        g_clear_pointer (&self->nodes[i].labels[j], gtk_widget_unparent);
    }

  G_OBJECT_CLASS (presync_map_parent_class)->dispose (object);
}

static void
presync_map_class_init (PresyncMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_map_dispose;
  widget_class->get_request_mode = presync_map_get_request_mode;
  widget_class->measure = presync_map_measure;
  widget_class->size_allocate = presync_map_size_allocate;
  widget_class->snapshot = presync_map_snapshot;
  gtk_widget_class_set_css_name (widget_class, "map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
presync_map_add_label (PresyncMap *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
presync_map_init (PresyncMap *self)
{
  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      PresyncMapNode *node = &self->nodes[i];

      node->circle = gtk_image_new_from_icon_name (presync_place_icon ((PresyncPlace) i));
      gtk_image_set_pixel_size (GTK_IMAGE (node->circle), 24);
      gtk_widget_add_css_class (node->circle, "map-circle");
      gtk_widget_set_parent (node->circle, GTK_WIDGET (self));
      node->labels[LABEL_TITLE] = presync_map_add_label (self, "heading");
      node->labels[LABEL_NAME] = presync_map_add_label (self, "caption");
      node->labels[LABEL_DETAIL] = presync_map_add_label (self, "caption");
      gtk_widget_add_css_class (node->labels[LABEL_DETAIL], "dim-label");
      gtk_label_set_text (GTK_LABEL (node->labels[LABEL_TITLE]),
                          presync_place_title ((PresyncPlace) i));
    }
}

void
presync_map_update (PresyncMap *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_MAP (self));

  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      PresyncMapNode *node = &self->nodes[i];
      PresyncStatus status = presync_place_status (assessment, (PresyncPlace) i);
      g_autofree char *text = presync_place_dup_name (assessment, (PresyncPlace) i);
      g_autofree char *detail = presync_place_dup_detail (assessment, (PresyncPlace) i);
      g_autofree char *name = g_strdup_printf ("%s: %s", presync_place_title ((PresyncPlace) i),
                                               presync_status_title (status));

      presync_status_set_class (node->circle, status);
      gtk_widget_set_tooltip_text (node->circle, name);
      presync_accessible_set_label (node->circle, name);
      gtk_label_set_text (GTK_LABEL (node->labels[LABEL_NAME]), text);
      gtk_widget_set_tooltip_text (node->labels[LABEL_NAME], text);
      gtk_label_set_text (GTK_LABEL (node->labels[LABEL_DETAIL]), detail);
      gtk_widget_set_tooltip_text (node->labels[LABEL_DETAIL], detail);
    }
}
