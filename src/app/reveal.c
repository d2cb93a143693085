/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reveal.h"

/* Room around what is revealed */
#define MARGIN 12

static gboolean
presync_reveal_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer frames)
{
  GtkWidget *window = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *viewport = NULL;
  GtkWidget *content = NULL;
  GtkAdjustment *adjustment = NULL;
  graphene_rect_t area;
  double value;

  /* The first is before the layout, the second after it. */
  if (++*(guint *) frames < 2)
    return G_SOURCE_CONTINUE;
  viewport = window != NULL ? gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (window)) : NULL;
  content = GTK_IS_VIEWPORT (viewport) ? gtk_viewport_get_child (GTK_VIEWPORT (viewport)) : NULL;
  /* Within the content: where the page is scrolled to may have changed since the layout. */
  if (content == NULL || !gtk_widget_compute_bounds (widget, content, &area))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  area.origin.y += (float) gtk_widget_get_margin_top (content);
  /* Not gtk_adjustment_clamp_page(), which moves step by step: GTK's own scrolling to what just got
   * the focus would end that half way. */
  value = gtk_adjustment_get_value (adjustment);
  value = MAX (value, area.origin.y + area.size.height + MARGIN
                          - gtk_adjustment_get_page_size (adjustment));
  gtk_adjustment_set_value (adjustment, MIN (value, area.origin.y - MARGIN));
  return G_SOURCE_REMOVE;
}

void
presync_reveal (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_widget_add_tick_callback (widget, presync_reveal_tick_cb, g_new0 (guint, 1), g_free);
}
