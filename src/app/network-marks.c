/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-marks.h"

#include "report/reach-text.h"

#define NARROW 34
#define WIDE 62
/* Pixels of the shapes */
#define STROKE 2.0F
#define RING 15.0F
#define DOT 5.0F
#define DASH 8.0F

static void
presync_network_marks_look_up (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  *color = (GdkRGBA){ 0.5F, 0.5F, 0.5F, 1.0F };
  (void) gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color);
}

int
presync_network_marks_column (int width)
{
  return width >= PRESYNC_NETWORK_MARKS_WIDE ? WIDE : NARROW;
}

/* A line from where the snapshot stands, turned by @angle degrees */
static void
presync_network_marks_line (GtkSnapshot *snapshot, const GdkRGBA *color, float angle, float from,
                            float to)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_rotate (snapshot, angle);
  gtk_snapshot_append_color (snapshot, color,
                             &GRAPHENE_RECT_INIT (from, -STROKE / 2, to - from, STROKE));
  gtk_snapshot_restore (snapshot);
}

static void
presync_network_marks_disc (GtkSnapshot *snapshot, const GdkRGBA *color, float size, gboolean ring)
{
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (-size / 2, -size / 2, size, size),
                                   size / 2);
  if (ring)
    {
      gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1.5F, 1.5F, 1.5F, 1.5F },
                                  (const GdkRGBA[4]){ *color, *color, *color, *color });
      return;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Small words with their middle where the snapshot stands */
static void
presync_network_marks_text (GtkWidget *widget, GtkSnapshot *snapshot, const char *text,
                            const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width = 0, height = 0;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.8));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) -width / 2, (float) -height / 2));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
presync_network_marks_shape (GtkWidget *widget, GtkSnapshot *snapshot, PresyncReachMark mark)
{
  GdkRGBA color;

  switch (mark)
    {
    case PRESYNC_REACH_GOOD:
      presync_network_marks_look_up (widget, "presync_met_color", &color);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-1.5F, 4.0F));
      presync_network_marks_line (snapshot, &color, -135, -STROKE / 2, 5);
      presync_network_marks_line (snapshot, &color, -45, -STROKE / 2, 10);
      break;
    case PRESYNC_REACH_BAD:
      presync_network_marks_look_up (widget, "presync_not_met_color", &color);
      presync_network_marks_line (snapshot, &color, 45, -6, 6);
      presync_network_marks_line (snapshot, &color, -45, -6, 6);
      break;
    case PRESYNC_REACH_UNKNOWN:
      presync_network_marks_look_up (widget, "presync_unknown_color", &color);
      presync_network_marks_disc (snapshot, &color, RING, TRUE);
      presync_network_marks_text (widget, snapshot, "?", &color);
      break;
    case PRESYNC_REACH_WAITING:
      presync_network_marks_look_up (widget, "window_fg_color", &color);
      color.alpha = 0.5F;
      presync_network_marks_disc (snapshot, &color, DOT, FALSE);
      break;
    case PRESYNC_REACH_NONE:
    default:
      presync_network_marks_look_up (widget, "presync_not_applicable_color", &color);
      presync_network_marks_line (snapshot, &color, 0, -DASH / 2, DASH / 2);
      break;
    }
}

void
presync_network_marks_draw (GtkWidget *widget, GtkSnapshot *snapshot, PresyncReachMark mark,
                            double x, double y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  presync_network_marks_shape (widget, snapshot, mark);
  gtk_snapshot_restore (snapshot);
}

void
presync_network_marks_draw_title (GtkWidget *widget, GtkSnapshot *snapshot, PresyncReachStage stage,
                                  double x, double y)
{
  gboolean wide = gtk_widget_get_width (widget) >= PRESYNC_NETWORK_MARKS_WIDE;
  GdkRGBA color;

  presync_network_marks_look_up (widget, "window_fg_color", &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  presync_network_marks_text (
      widget, snapshot,
      wide ? presync_reach_text_stage (stage) : presync_reach_text_stage_brief (stage), &color);
  gtk_snapshot_restore (snapshot);
}
