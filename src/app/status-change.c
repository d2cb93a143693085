/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/status-change.h"

#include "app/drawing.h"

#define GAP 8
#define ARROW 16

struct _PresyncStatusChange
{
  GtkWidget parent_instance;

  PresyncStatus status[2];
  char *text[2];
};

G_DEFINE_FINAL_TYPE (PresyncStatusChange, presync_status_change, GTK_TYPE_WIDGET)

static int
presync_status_change_width (PresyncStatusChange *self, guint i)
{
  return self->text[i] != NULL ? presync_drawing_pill_width (GTK_WIDGET (self), self->text[i]) : 0;
}

/* Where both have no room side by side, the second stands below. */
static gboolean
presync_status_change_is_wide (PresyncStatusChange *self, int width)
{
  return width < 0
         || presync_status_change_width (self, 0) + presync_status_change_width (self, 1) + ARROW
                    + 2 * GAP
                <= width;
}

static GtkSizeRequestMode
presync_status_change_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_status_change_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                               int *minimum, int *natural, int *minimum_baseline,
                               int *natural_baseline)
{
  PresyncStatusChange *self = PRESYNC_STATUS_CHANGE (widget);
  int height = presync_drawing_pill_height (widget);
  int before = presync_status_change_width (self, 0);
  int after = presync_status_change_width (self, 1);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (before, ARROW + GAP + after);
      *natural = before + after + ARROW + 2 * GAP;
    }
  else
    *minimum = *natural = presync_status_change_is_wide (self, for_size) ? height : 2 * height + 4;
}

static void
presync_status_change_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncStatusChange *self = PRESYNC_STATUS_CHANGE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean wide = presync_status_change_is_wide (self, gtk_widget_get_width (widget));
  int height = presync_drawing_pill_height (widget);
  double x;
  double y = wide ? 0 : height + 4;

  if (self->text[0] == NULL)
    return;
  x = presync_drawing_pill (widget, snapshot, self->status[0], self->text[0], 0, 0) + GAP;
  if (!wide)
    x = 0;
  presync_drawing_symbol (widget, snapshot, rtl ? "go-previous-symbolic" : "go-next-symbolic", NULL,
                          x, y + (height - ARROW) / 2.0, ARROW);
  (void) presync_drawing_pill (widget, snapshot, self->status[1], self->text[1], x + ARROW + GAP,
                               y);
}

static void
presync_status_change_finalize (GObject *object)
{
  PresyncStatusChange *self = PRESYNC_STATUS_CHANGE (object);

  g_free (self->text[0]);
  g_free (self->text[1]);

  G_OBJECT_CLASS (presync_status_change_parent_class)->finalize (object);
}

static void
presync_status_change_class_init (PresyncStatusChangeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = presync_status_change_finalize;
  widget_class->get_request_mode = presync_status_change_get_request_mode;
  widget_class->measure = presync_status_change_measure;
  widget_class->snapshot = presync_status_change_snapshot;
  gtk_widget_class_set_css_name (widget_class, "status-change");
  /* Whoever shows it says it in the name of the whole. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
presync_status_change_init (PresyncStatusChange *self)
{
}

GtkWidget *
presync_status_change_new (void)
{
  return g_object_new (PRESYNC_TYPE_STATUS_CHANGE, NULL);
}

void
presync_status_change_set (PresyncStatusChange *self, PresyncStatus before, const char *before_text,
                           PresyncStatus after, const char *after_text)
{
  g_return_if_fail (PRESYNC_IS_STATUS_CHANGE (self));

  self->status[0] = before;
  self->status[1] = after;
  g_free (self->text[0]);
  g_free (self->text[1]);
  self->text[0] = g_strdup (before_text);
  self->text[1] = g_strdup (after_text);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
