/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rules/status.h"

G_BEGIN_DECLS

/* Pills and symbols drawn straight onto a widget. Long lists make two hundred rows at once: of
 * widgets that would take a second. They look as #PresyncStatusPill does. Positions are of the left
 * edge where people read from the left, and mirrored where they do not. */

/* Width of a pill with @text, and the height that all pills have; in pixels */
int presync_drawing_pill_width (GtkWidget *widget, const char *text);
int presync_drawing_pill_height (GtkWidget *widget);

/* Returns: its width */
int presync_drawing_pill (GtkWidget *widget, GtkSnapshot *snapshot, PresyncStatus style,
                          const char *text, double x, double y);

/**
 * presync_drawing_symbol:
 * @color: (nullable): that of the widget's text
 * @size: width and height
 */
void presync_drawing_symbol (GtkWidget *widget, GtkSnapshot *snapshot, const char *icon_name,
                             const GdkRGBA *color, double x, double y, double size);

/**
 * PresyncTextStyle: of a line of text
 */
typedef enum
{
  PRESYNC_TEXT_PLAIN,
  PRESYNC_TEXT_BOLD,
  PRESYNC_TEXT_CAPTION, /* small and dim */
} PresyncTextStyle;

/* Returns: its width; it is cut after @width pixels, if that is not negative */
int presync_drawing_line (GtkWidget *widget, GtkSnapshot *snapshot, const char *text,
                          PresyncTextStyle style, double x, double y, int width);
int presync_drawing_line_height (GtkWidget *widget, PresyncTextStyle style);

/* The colour of a status, as style.css has it */
GdkRGBA presync_drawing_status_color (GtkWidget *widget, PresyncStatus status);

G_END_DECLS
