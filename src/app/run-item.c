/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/run-item.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/drawing.h"
#include "app/run-text.h"
#include "app/status-style.h"

/* From this width on an option has its half of the row. */
#define OPTION_FROM 270
#define GAP 6
/* Between verdict and counts, and between these */
#define FIGURE_GAP 12
#define ICON 16

struct _PresyncRunItem
{
  GtkWidget parent_instance;

  PresyncRun *run;
  char *title;
};

G_DEFINE_FINAL_TYPE (PresyncRunItem, presync_run_item, GTK_TYPE_WIDGET)

static gboolean
presync_run_item_is_wide (int width)
{
  return width >= PRESYNC_N_OPTIONS * OPTION_FROM;
}

static int
presync_run_item_option_height (GtkWidget *widget)
{
  return presync_drawing_line_height (widget, PRESYNC_TEXT_CAPTION) + GAP / 2
         + presync_drawing_pill_height (widget);
}

static GtkSizeRequestMode
presync_run_item_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_run_item_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  int rows = for_size < 0 || presync_run_item_is_wide (for_size) ? 1 : PRESYNC_N_OPTIONS;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = OPTION_FROM;
      *natural = PRESYNC_N_OPTIONS * OPTION_FROM;
      return;
    }
  *minimum = *natural = presync_drawing_line_height (widget, PRESYNC_TEXT_BOLD)
                        + rows * (GAP + presync_run_item_option_height (widget));
}

static void
presync_run_item_draw_option (PresyncRunItem *self, GtkSnapshot *snapshot, PresyncOption option,
                              double x, double y, int width)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PresyncVerdict verdict = presync_run_get_totals (self->run, option)->verdict;
  int height = presync_drawing_pill_height (widget);
  int line = presync_drawing_line_height (widget, PRESYNC_TEXT_PLAIN);
  double at = x;

  (void) presync_drawing_line (widget, snapshot, presync_option_title (option),
                               PRESYNC_TEXT_CAPTION, x, y, width);
  y += presync_drawing_line_height (widget, PRESYNC_TEXT_CAPTION) + GAP / 2;
  at += presync_drawing_pill (widget, snapshot, presync_verdict_status (verdict),
                              presync_verdict_title (verdict), at, y);
  for (guint i = 0; i < PRESYNC_N_RUN_LINES; i++)
    {
      PresyncStatus status = presync_run_line_status ((PresyncRunLine) i);
      guint figure = presync_run_get_figure (self->run, option, (PresyncRunLine) i);
      g_autofree char *text = g_strdup_printf ("%u", figure);
      GdkRGBA color = presync_drawing_status_color (widget, status);

      at += FIGURE_GAP;
      presync_drawing_symbol (widget, snapshot, presync_status_icon (status), &color, at,
                              y + (height - ICON) / 2.0, ICON);
      at += ICON + GAP - 1;
      at += presync_drawing_line (widget, snapshot, text, PRESYNC_TEXT_PLAIN, at,
                                  y + (height - line) / 2.0, -1);
    }
}

static void
presync_run_item_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncRunItem *self = PRESYNC_RUN_ITEM (widget);
  int width = gtk_widget_get_width (widget);
  gboolean wide = presync_run_item_is_wide (width);
  int column = wide ? width / PRESYNC_N_OPTIONS : width;
  double y = presync_drawing_line_height (widget, PRESYNC_TEXT_BOLD) + GAP;
  double x = 0;

  if (self->run == NULL)
    return;
  (void) presync_drawing_line (widget, snapshot, self->title, PRESYNC_TEXT_BOLD, 0, 0, width);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      presync_run_item_draw_option (self, snapshot, (PresyncOption) i, x, y, column);
      if (wide)
        x += column;
      else
        y += presync_run_item_option_height (widget) + GAP;
    }
}

/* Object */

static void
presync_run_item_dispose (GObject *object)
{
  PresyncRunItem *self = PRESYNC_RUN_ITEM (object);

  g_clear_object (&self->run);
  g_clear_pointer (&self->title, g_free);

  G_OBJECT_CLASS (presync_run_item_parent_class)->dispose (object);
}

static void
presync_run_item_class_init (PresyncRunItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_run_item_dispose;
  widget_class->get_request_mode = presync_run_item_get_request_mode;
  widget_class->measure = presync_run_item_measure;
  widget_class->snapshot = presync_run_item_snapshot;
  gtk_widget_class_set_css_name (widget_class, "run-item");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_run_item_init (PresyncRunItem *self)
{
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Show what changed since the run before"));
}

GtkWidget *
presync_run_item_new (void)
{
  return g_object_new (PRESYNC_TYPE_RUN_ITEM, NULL);
}

void
presync_run_item_set_run (PresyncRunItem *self, PresyncRun *run, guint place, const GDate *newest)
{
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PRESYNC_IS_RUN_ITEM (self));

  g_set_object (&self->run, run);
  g_free (self->title);
  number = presync_run_dup_number (run, place);
  title = presync_run_dup_title (run, newest);
  text = presync_run_dup_name (run, newest);
  self->title = g_strjoin (" · ", number, title, NULL);
  name = g_strjoin (" · ", number, text, NULL);
  presync_accessible_set_label (GTK_WIDGET (self), name);
  presync_accessible_label_list_row (GTK_WIDGET (self), name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
