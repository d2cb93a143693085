/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/donut.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/status-style.h"

#define DIAMETER 150
#define MIN_DIAMETER 112
#define THICKNESS 15.0
/* Radians left free between two parts, so that they can be told apart without colour. */
#define GAP 0.05

struct _PresyncDonut
{
  GtkWidget parent_instance;

  guint counts[PRESYNC_N_STATUSES];
  guint total;
  GtkLabel *figure;
  GtkLabel *caption;
  GtkWidget *middle;
};

G_DEFINE_FINAL_TYPE (PresyncDonut, presync_donut, GTK_TYPE_WIDGET)

/* Clockwise from the top: what is done first, then by urgency. */
static const PresyncStatus order[] = {
  PRESYNC_STATUS_MET,          PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE,
  PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_UNKNOWN,
};

static void
presync_donut_draw_part (PresyncDonut *self, cairo_t *cr, double radius, double from, double to,
                         const char *color_name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA color = { 0.5, 0.5, 0.5, 1.0 };

  (void) gtk_style_context_lookup_color (context, color_name, &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, radius, from - G_PI_2, to - G_PI_2);
  cairo_stroke (cr);
}

static void
presync_donut_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncDonut *self = PRESYNC_DONUT (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double radius = (MIN (width, height) - THICKNESS) / 2.0;
  double at = 0;
  guint parts = 0;
  cairo_t *cr;

  if (radius <= 0)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_set_line_width (cr, THICKNESS);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    parts += self->counts[order[i]] > 0 ? 1 : 0;

  if (parts <= 1)
    {
      const char *name = "presync_track_color";

      for (guint i = 0; i < G_N_ELEMENTS (order); i++)
        {
          if (self->counts[order[i]] > 0)
            name = presync_status_color_name (order[i]);
        }
      presync_donut_draw_part (self, cr, radius, 0, 2 * G_PI, name);
    }
  for (guint i = 0; parts > 1 && i < G_N_ELEMENTS (order); i++)
    {
      double share = 2 * G_PI * self->counts[order[i]] / self->total;

      if (share > 0)
        presync_donut_draw_part (self, cr, radius, at + MIN (GAP, share / 2) / 2,
                                 at + share - MIN (GAP, share / 2) / 2,
                                 presync_status_color_name (order[i]));
      at += share;
    }
  cairo_destroy (cr);

  GTK_WIDGET_CLASS (presync_donut_parent_class)->snapshot (widget, snapshot);
}

static GtkSizeRequestMode
presync_donut_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_donut_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_DIAMETER;
      *natural = DIAMETER;
    }
  else
    *minimum = *natural = for_size < 0 ? DIAMETER : CLAMP (for_size, MIN_DIAMETER, DIAMETER);
}

static void
presync_donut_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PresyncDonut *self = PRESYNC_DONUT (widget);
  int box_height = 0;
  int box_width = 0;
  int caption_width = 0;

  gtk_widget_measure (self->middle, GTK_ORIENTATION_HORIZONTAL, -1, &box_width, NULL, NULL, NULL);
  box_width = MAX (box_width, MIN (width, height) - (int) (2 * THICKNESS) - 6);
  gtk_widget_measure (self->middle, GTK_ORIENTATION_VERTICAL, box_width, NULL, &box_height, NULL,
                      NULL);
  /* A small ring has no room for the word; the legend beside it has it too. */
  gtk_widget_measure (GTK_WIDGET (self->caption), GTK_ORIENTATION_HORIZONTAL, -1, NULL,
                      &caption_width, NULL, NULL);
  gtk_widget_set_child_visible (GTK_WIDGET (self->caption), caption_width <= box_width);
  gtk_widget_size_allocate (
      self->middle,
      &(GtkAllocation){ (width - box_width) / 2, (height - box_height) / 2, box_width, box_height },
      -1);
}

static void
presync_donut_dispose (GObject *object)
{
  PresyncDonut *self = PRESYNC_DONUT (object);

  g_clear_pointer (&self->middle, gtk_widget_unparent);

  G_OBJECT_CLASS (presync_donut_parent_class)->dispose (object);
}

static void
presync_donut_class_init (PresyncDonutClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_donut_dispose;
  widget_class->snapshot = presync_donut_snapshot;
  widget_class->get_request_mode = presync_donut_get_request_mode;
  widget_class->measure = presync_donut_measure;
  widget_class->size_allocate = presync_donut_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "donut");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_donut_init (PresyncDonut *self)
{
  self->middle = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->figure = GTK_LABEL (gtk_label_new (NULL));
  self->caption = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->caption, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->figure), "donut-figure");
  gtk_widget_add_css_class (GTK_WIDGET (self->figure), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (self->caption), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->caption), "dim-label");
  gtk_box_append (GTK_BOX (self->middle), GTK_WIDGET (self->figure));
  gtk_box_append (GTK_BOX (self->middle), GTK_WIDGET (self->caption));
  gtk_widget_set_parent (self->middle, GTK_WIDGET (self));
}

void
presync_donut_set_summary (PresyncDonut *self, const PresyncSummary *summary)
{
  g_autoptr (GString) label = g_string_new (NULL);
  guint met = summary->requirements[PRESYNC_STATUS_MET];
  g_autofree char *figure = NULL;

  g_return_if_fail (PRESYNC_IS_DONUT (self));

  /* What does not apply is no part of the work: a ring without it can be closed. */
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    self->counts[i] = i == PRESYNC_STATUS_NOT_APPLICABLE ? 0 : summary->requirements[i];
  self->total = summary->n_applicable;

  figure = g_strdup_printf ("%u/%u", met, self->total);
  gtk_label_set_text (self->figure, figure);
  /* TRANSLATORS: below "13/16" in the middle of a ring */
  gtk_label_set_text (self->caption, _ ("met"));

  g_string_append_printf (label, _ ("%u of %u requirements met"), met, self->total);
  for (guint i = 1; i < G_N_ELEMENTS (order); i++)
    {
      if (self->counts[order[i]] > 0)
        g_string_append_printf (label, ", %s: %u", presync_status_title (order[i]),
                                self->counts[order[i]]);
    }
  presync_accessible_set_label (GTK_WIDGET (self), label->str);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
