/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/drawing.h"

#include <adwaita.h>

#include "app/status-style.h"

/* As style.css has them for .status-pill */
#define PADDING_X 11
#define PADDING_Y 3
#define SPACING 6
#define ICON 16
#define SCALE 0.9
#define TINT 0.13f
/* Of what is dim, as .dim-label has it */
#define DIM 0.55f

static PangoLayout *
presync_drawing_layout (GtkWidget *widget, const char *text, gboolean bold, double scale)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

static PangoLayout *
presync_drawing_line_layout (GtkWidget *widget, const char *text, PresyncTextStyle style)
{
  return presync_drawing_layout (widget, text, style == PRESYNC_TEXT_BOLD,
                                 style == PRESYNC_TEXT_CAPTION ? PANGO_SCALE_SMALL : 1);
}

/* @width: of what is drawn at @x */
static double
presync_drawing_mirror (GtkWidget *widget, double x, double width)
{
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    return gtk_widget_get_width (widget) - x - width;
  return x;
}

static void
presync_drawing_append (GtkSnapshot *snapshot, PangoLayout *layout, const GdkRGBA *color, double x,
                        double y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

GdkRGBA
presync_drawing_status_color (GtkWidget *widget, PresyncStatus status)
{
  GdkRGBA color = { 0.5f, 0.5f, 0.5f, 1 };

  (void) gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                         presync_status_color_name (status), &color);
  return color;
}

int
presync_drawing_pill_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = presync_drawing_layout (widget, "Ág", TRUE, SCALE);
  int height = 0;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return MAX (height, ICON) + 2 * PADDING_Y;
}

int
presync_drawing_pill_width (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = presync_drawing_layout (widget, text, TRUE, SCALE);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + ICON + SPACING + 2 * PADDING_X;
}

int
presync_drawing_pill (GtkWidget *widget, GtkSnapshot *snapshot, PresyncStatus style,
                      const char *text, double x, double y)
{
  g_autoptr (PangoLayout) layout = presync_drawing_layout (widget, text, TRUE, SCALE);
  GdkRGBA color = presync_drawing_status_color (widget, style);
  GdkRGBA tint = color;
  GskRoundedRect outline;
  graphene_rect_t bounds;
  int text_width = 0;
  int text_height = 0;
  int height = presync_drawing_pill_height (widget);
  int width;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  width = text_width + ICON + SPACING + 2 * PADDING_X;
  bounds = GRAPHENE_RECT_INIT ((float) presync_drawing_mirror (widget, x, width), (float) y,
                               (float) width, (float) height);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, (float) height / 2);
  tint.alpha *= TINT;
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &tint, &bounds);
  gtk_snapshot_pop (snapshot);
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                                (const GdkRGBA[4]){ color, color, color, color });
  presync_drawing_symbol (widget, snapshot, presync_status_icon (style), &color, x + PADDING_X,
                          y + (height - ICON) / 2.0, ICON);
  presync_drawing_append (
      snapshot, layout, &color,
      presync_drawing_mirror (widget, x + PADDING_X + ICON + SPACING, text_width),
      y + (height - text_height) / 2.0);
  return width;
}

void
presync_drawing_symbol (GtkWidget *widget, GtkSnapshot *snapshot, const char *icon_name,
                        const GdkRGBA *color, double x, double y, double size)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
      theme, icon_name, NULL, (int) size, gtk_widget_get_scale_factor (widget),
      gtk_widget_get_direction (widget), 0);
  GdkRGBA text_color;

  if (color == NULL)
    {
      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text_color);
      color = &text_color;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) presync_drawing_mirror (widget, x, size), (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size, size,
                                            color, 1);
  gtk_snapshot_restore (snapshot);
}

int
presync_drawing_line_height (GtkWidget *widget, PresyncTextStyle style)
{
  g_autoptr (PangoLayout) layout = presync_drawing_line_layout (widget, "Ág", style);
  int height = 0;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

int
presync_drawing_line (GtkWidget *widget, GtkSnapshot *snapshot, const char *text,
                      PresyncTextStyle style, double x, double y, int width)
{
  g_autoptr (PangoLayout) layout = presync_drawing_line_layout (widget, text, style);
  GdkRGBA color;
  int natural = 0;

  pango_layout_get_pixel_size (layout, &natural, NULL);
  if (width >= 0 && natural > width)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, width * PANGO_SCALE);
      natural = width;
    }
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  if (style == PRESYNC_TEXT_CAPTION
      && !adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    color.alpha *= DIM;
  presync_drawing_append (snapshot, layout, &color, presync_drawing_mirror (widget, x, natural), y);
  return natural;
}
