/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sizing-bar.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "assessment/sizing-lanes.h"

/* Space around the words of a cell, between cells, and between lanes */
#define PADDING 4
#define GAP 2
#define LANE_GAP 6
#define RADIUS 4
#define MARKER 2
/* From this width on the lanes' names stand beside them, below it above */
#define BESIDE_FROM 460
#define BESIDE_WIDTH 104
#define MIN_WIDTH 240
#define NATURAL_WIDTH 520

struct _PresyncSizingBar
{
  GtkWidget parent_instance;

  PresyncSizing sizing;
  GArray *lanes[PRESYNC_N_SIZING_LANES]; /* PresyncSizingPart */
};

G_DEFINE_FINAL_TYPE (PresyncSizingBar, presync_sizing_bar, GTK_TYPE_WIDGET)

/* Size and place */

static PangoLayout *
presync_sizing_bar_layout (PresyncSizingBar *self, const char *text, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static int
presync_sizing_bar_text_height (PresyncSizingBar *self)
{
  g_autoptr (PangoLayout) layout = presync_sizing_bar_layout (self, "Ág", TRUE);
  int height = 0;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* Height of the number on top with the space below it; @text: height of a line. What was not
 * counted needs none. */
static int
presync_sizing_bar_top (PresyncSizingBar *self, int text)
{
  return self->sizing.objects >= 0 ? text + 2 * PADDING + LANE_GAP : 0;
}

static GtkSizeRequestMode
presync_sizing_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_sizing_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  PresyncSizingBar *self = PRESYNC_SIZING_BAR (widget);
  int text = presync_sizing_bar_text_height (self);
  int lane = text + 2 * PADDING + LANE_GAP;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  if (for_size >= 0 && for_size < BESIDE_FROM)
    lane += text + GAP;
  /* The number on top, the lanes, the scale */
  *minimum = *natural
      = presync_sizing_bar_top (self, text) + PRESYNC_N_SIZING_LANES * lane + text + PADDING;
}

/* Drawing */

typedef struct
{
  PresyncSizingBar *self;
  GtkSnapshot *snapshot;
  double width;
  double left; /* where the scale begins */
  double text; /* height of a line */
  gboolean rtl;
  gboolean contrast;
  GdkRGBA track, accent, accent_text, text_color;
} Drawing;

static void
presync_sizing_bar_look_up (PresyncSizingBar *self, const char *name, GdkRGBA *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  *color = (GdkRGBA){ 0.5, 0.5, 0.5, 1.0 };
  (void) gtk_style_context_lookup_color (context, name, color);
}

/* Where so many objects are; from the right where people read so */
static double
presync_sizing_bar_x (const Drawing *drawing, gint64 objects)
{
  double x = drawing->left + presync_sizing_position (objects) * (drawing->width - drawing->left);

  return drawing->rtl ? drawing->width - x : x;
}

/* @x: middle of the words, which are kept inside the widget */
static void
presync_sizing_bar_draw_text (const Drawing *drawing, PangoLayout *layout, double x, double y,
                              const GdkRGBA *color)
{
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x = CLAMP (x - width / 2.0, 0, MAX (0, drawing->width - width));
  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (drawing->snapshot, layout, color);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
presync_sizing_bar_draw_rect (const Drawing *drawing, double x, double y, double width,
                              double height, double radius, const GdkRGBA *color)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float) radius);
  gtk_snapshot_push_rounded_clip (drawing->snapshot, &outline);
  gtk_snapshot_append_color (drawing->snapshot, color, &bounds);
  gtk_snapshot_pop (drawing->snapshot);
  if (drawing->contrast)
    gtk_snapshot_append_border (drawing->snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                                (const GdkRGBA[4]){ drawing->text_color, drawing->text_color,
                                                    drawing->text_color, drawing->text_color });
}

static void
presync_sizing_bar_draw_cell (const Drawing *drawing, const PresyncSizingPart *cell, double y)
{
  double a = presync_sizing_bar_x (drawing, cell->from);
  double b = presync_sizing_bar_x (drawing, cell->to);
  double x = MIN (a, b) + GAP / 2.0;
  double width = ABS (b - a) - GAP;
  gboolean active = presync_sizing_part_is_active (cell, &drawing->self->sizing);
  const GdkRGBA *color = active ? &drawing->accent_text : &drawing->text_color;
  const char *const labels[] = { cell->label, cell->brief, cell->briefest };

  if (width <= 0)
    return;
  presync_sizing_bar_draw_rect (drawing, x, y, width, drawing->text + 2 * PADDING, RADIUS,
                                active ? &drawing->accent : &drawing->track);
  for (gsize i = 0; i < G_N_ELEMENTS (labels) && labels[i] != NULL; i++)
    {
      g_autoptr (PangoLayout) layout = presync_sizing_bar_layout (drawing->self, labels[i], active);
      int needed = 0;

      pango_layout_get_pixel_size (layout, &needed, NULL);
      if (needed > width - PADDING)
        continue;
      presync_sizing_bar_draw_text (drawing, layout, x + width / 2, y + PADDING, color);
      return;
    }
}

static double
presync_sizing_bar_draw_lane (const Drawing *drawing, PresyncSizingLane lane, double y)
{
  const GArray *cells = drawing->self->lanes[lane];
  g_autoptr (PangoLayout) title
      = presync_sizing_bar_layout (drawing->self, presync_sizing_lane_title (lane), FALSE);
  gboolean beside = drawing->left > 0;
  int width = 0;

  if (beside)
    {
      pango_layout_set_width (title, (int) (drawing->left - 2 * PADDING) * PANGO_SCALE);
      pango_layout_set_ellipsize (title, PANGO_ELLIPSIZE_END);
    }
  pango_layout_get_pixel_size (title, &width, NULL);
  /* The layout's own width would put it at the wrong end where people read from the right. */
  if (beside)
    pango_layout_set_width (title, MIN (width + 1, (int) drawing->left) * PANGO_SCALE);
  presync_sizing_bar_draw_text (drawing, title,
                                drawing->rtl ? drawing->width - width / 2.0 : width / 2.0,
                                beside ? y + PADDING : y, &drawing->text_color);
  if (!beside)
    y += drawing->text + GAP;
  for (guint i = 0; i < cells->len; i++)
    presync_sizing_bar_draw_cell (drawing, &g_array_index (cells, PresyncSizingPart, i), y);
  return y + drawing->text + 2 * PADDING + LANE_GAP;
}

/* The number on top, and a line down through the lanes: behind them, so that it crosses no words */
static void
presync_sizing_bar_draw_marker (const Drawing *drawing, double bottom)
{
  const PresyncSizing *sizing = &drawing->self->sizing;
  g_autofree char *number = presync_sizing_dup_number (sizing->objects);
  g_autofree char *text
      = g_strdup_printf (sizing->complete ? _ ("%s objects") : _ ("at least %s objects"), number);
  g_autoptr (PangoLayout) layout = presync_sizing_bar_layout (drawing->self, text, TRUE);
  double x = presync_sizing_bar_x (drawing, sizing->objects);
  double top = drawing->text + 2 * PADDING;
  int width = 0;
  double middle;

  pango_layout_get_pixel_size (layout, &width, NULL);
  x = CLAMP (x, MARKER, drawing->width - MARKER);
  middle = CLAMP (x, width / 2.0 + 2 * PADDING, drawing->width - width / 2.0 - 2 * PADDING);
  /* Names of lanes that stand above them would be struck through. */
  if (drawing->left > 0)
    presync_sizing_bar_draw_rect (drawing, x - MARKER / 2.0, top, MARKER, bottom - top, 0,
                                  &drawing->accent);
  presync_sizing_bar_draw_rect (drawing, middle - width / 2.0 - 2 * PADDING, 0, width + 4 * PADDING,
                                top, RADIUS, &drawing->accent);
  presync_sizing_bar_draw_text (drawing, layout, middle, PADDING, &drawing->accent_text);
}

/* Numbers that have no room beside those that are drawn already are left out: the ends matter most,
 * then the limit of the built-in database. */
static void
presync_sizing_bar_draw_scale (const Drawing *drawing, double y)
{
  static const gint64 ticks[] = { 1000, 1000000, 100000, 10000 };
  double from[G_N_ELEMENTS (ticks)];
  double to[G_N_ELEMENTS (ticks)];
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ticks); i++)
    {
      g_autofree char *number = presync_sizing_dup_number (ticks[i]);
      g_autoptr (PangoLayout) layout = presync_sizing_bar_layout (drawing->self, number, FALSE);
      double x = presync_sizing_bar_x (drawing, ticks[i]);
      gboolean fits = TRUE;
      int width = 0;

      presync_sizing_bar_draw_rect (drawing, CLAMP (x, 0, drawing->width - 1), y - LANE_GAP, 1,
                                    PADDING, 0, &drawing->text_color);
      pango_layout_get_pixel_size (layout, &width, NULL);
      from[n] = CLAMP (x - width / 2.0, 0, MAX (0, drawing->width - width));
      to[n] = from[n] + width;
      for (gsize j = 0; j < n; j++)
        fits = fits && (to[n] + 2 * PADDING <= from[j] || to[j] + 2 * PADDING <= from[n]);
      if (!fits)
        continue;
      presync_sizing_bar_draw_text (drawing, layout, x, y, &drawing->text_color);
      n++;
    }
}

static void
presync_sizing_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncSizingBar *self = PRESYNC_SIZING_BAR (widget);
  Drawing drawing = { .self = self, .snapshot = snapshot };
  double y;
  double bottom;

  drawing.width = gtk_widget_get_width (widget);
  drawing.left = drawing.width >= BESIDE_FROM ? BESIDE_WIDTH : 0;
  drawing.text = presync_sizing_bar_text_height (self);
  drawing.rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  drawing.contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  presync_sizing_bar_look_up (self, "presync_track_color", &drawing.track);
  presync_sizing_bar_look_up (self, "accent_bg_color", &drawing.accent);
  presync_sizing_bar_look_up (self, "accent_fg_color", &drawing.accent_text);
  presync_sizing_bar_look_up (self, "window_fg_color", &drawing.text_color);

  y = presync_sizing_bar_top (self, (int) drawing.text);
  bottom = gtk_widget_get_height (widget) - drawing.text - PADDING;
  if (self->sizing.objects >= 0)
    presync_sizing_bar_draw_marker (&drawing, bottom);
  for (PresyncSizingLane lane = 0; lane < PRESYNC_N_SIZING_LANES; lane++)
    y = presync_sizing_bar_draw_lane (&drawing, lane, y);
  presync_sizing_bar_draw_scale (&drawing, bottom + PADDING);
}

/* Object */

static void
presync_sizing_bar_finalize (GObject *object)
{
  PresyncSizingBar *self = PRESYNC_SIZING_BAR (object);

  for (PresyncSizingLane lane = 0; lane < PRESYNC_N_SIZING_LANES; lane++)
    g_array_unref (self->lanes[lane]);

  G_OBJECT_CLASS (presync_sizing_bar_parent_class)->finalize (object);
}

static void
presync_sizing_bar_class_init (PresyncSizingBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = presync_sizing_bar_finalize;
  widget_class->get_request_mode = presync_sizing_bar_get_request_mode;
  widget_class->measure = presync_sizing_bar_measure;
  widget_class->snapshot = presync_sizing_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sizing-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_sizing_bar_init (PresyncSizingBar *self)
{
  self->sizing = (PresyncSizing){ -1, TRUE, NULL };
  for (PresyncSizingLane lane = 0; lane < PRESYNC_N_SIZING_LANES; lane++)
    self->lanes[lane] = presync_sizing_lane_list (lane);
}

static void
presync_sizing_bar_update_label (PresyncSizingBar *self)
{
  g_autofree char *sentence = presync_sizing_dup_text (&self->sizing);
  g_autoptr (GString) text = g_string_new (sentence);

  for (PresyncSizingLane lane = 0; lane < PRESYNC_N_SIZING_LANES; lane++)
    {
      g_string_append_printf (text, " %s:", presync_sizing_lane_title (lane));
      for (guint i = 0; i < self->lanes[lane]->len; i++)
        {
          const PresyncSizingPart *cell = &g_array_index (self->lanes[lane], PresyncSizingPart, i);
          g_autofree char *from = presync_sizing_dup_number (cell->from);

          g_string_append (text, i > 0 ? "; " : " ");
          if (lane != PRESYNC_SIZING_TENANT && cell->from > 0)
            /* TRANSLATORS: "32 GB from 100,000" objects on */
            g_string_append_printf (text, _ ("%s from %s"), cell->label, from);
          else
            g_string_append (text, cell->label);
          if (presync_sizing_part_is_active (cell, &self->sizing))
            /* TRANSLATORS: for screen readers: the forest is at this part of the scale */
            g_string_append_printf (text, " (%s)", _ ("here"));
        }
      g_string_append_c (text, '.');
    }
  presync_accessible_set_label (GTK_WIDGET (self), text->str);
}

void
presync_sizing_bar_set (PresyncSizingBar *self, PresyncFactSet *facts)
{
  g_return_if_fail (PRESYNC_IS_SIZING_BAR (self));
  g_return_if_fail (PRESYNC_IS_FACT_SET (facts));

  self->sizing = presync_sizing_get (facts);
  presync_sizing_bar_update_label (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
