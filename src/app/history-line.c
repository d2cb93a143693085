/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/history-line.h"

#include "app/accessible.h"
#include "app/history-plot.h"

#define MIN_WIDTH 260
#define NATURAL_WIDTH 640
struct _PresyncHistoryLine
{
  GtkWidget parent_instance;

  GListModel *runs;
  PresyncOption option;
  guint selected;
};

G_DEFINE_FINAL_TYPE (PresyncHistoryLine, presync_history_line, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
presync_history_line_count (PresyncHistoryLine *self)
{
  return self->runs != NULL ? g_list_model_get_n_items (self->runs) : 0;
}

/* Words */

static void
presync_history_line_update_words (PresyncHistoryLine *self)
{
  g_autofree char *label = NULL;
  g_autofree char *point = NULL;
  g_autoptr (PresyncRun) run = NULL;

  if (self->runs == NULL)
    return;
  label = presync_runs_dup_description (self->runs, self->option);
  presync_accessible_set_label (GTK_WIDGET (self), label);
  run = g_list_model_get_item (self->runs, self->selected);
  if (run != NULL)
    {
      g_autofree char *title = presync_run_dup_title (run, NULL);
      g_autofree char *figures = presync_run_dup_figures (run, self->option);

      point = g_strdup_printf ("%s: %s", title, figures);
    }
  presync_accessible_set_description (GTK_WIDGET (self), point != NULL ? point : "");
}

/* Size and drawing */

static PresyncHistoryPlot
presync_history_line_get_plot (PresyncHistoryLine *self)
{
  return (PresyncHistoryPlot){ GTK_WIDGET (self), self->runs, self->option, self->selected };
}

static void
presync_history_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncHistoryPlot plot = presync_history_line_get_plot (PRESYNC_HISTORY_LINE (widget));

  presync_history_plot_draw (&plot, snapshot);
}

static GtkSizeRequestMode
presync_history_line_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_history_line_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  PresyncHistoryPlot plot = presync_history_line_get_plot (PRESYNC_HISTORY_LINE (widget));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  *minimum = *natural
      = presync_history_plot_height (&plot, for_size < 0 ? NATURAL_WIDTH : for_size);
}

/* Choosing */

static void
presync_history_line_motion_cb (PresyncHistoryLine *self, double x, double y)
{
  PresyncHistoryPlot plot = presync_history_line_get_plot (self);

  presync_history_line_select (self, presync_history_plot_at (&plot, x));
}

static void
presync_history_line_activate (PresyncHistoryLine *self)
{
  if (self->selected < presync_history_line_count (self))
    g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, self->selected);
}

static void
presync_history_line_click_cb (PresyncHistoryLine *self, int n_press, double x, double y)
{
  PresyncHistoryPlot plot = presync_history_line_get_plot (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  presync_history_line_select (self, presync_history_plot_at (&plot, x));
  presync_history_line_activate (self);
}

static gboolean
presync_history_line_key_cb (PresyncHistoryLine *self, guint keyval, guint keycode,
                             GdkModifierType state)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint n = presync_history_line_count (self);
  guint forward = MIN (self->selected + 1, n > 0 ? n - 1 : 0);
  guint back = self->selected > 0 ? self->selected - 1 : 0;

  if (n == 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      presync_history_line_select (self, rtl ? forward : back);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      presync_history_line_select (self, rtl ? back : forward);
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      presync_history_line_select (self, 0);
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      presync_history_line_select (self, n - 1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      presync_history_line_activate (self);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Object */

static void
presync_history_line_changed_cb (PresyncHistoryLine *self)
{
  guint n = presync_history_line_count (self);

  self->selected = n > 0 ? n - 1 : 0;
  presync_history_line_update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
presync_history_line_dispose (GObject *object)
{
  PresyncHistoryLine *self = PRESYNC_HISTORY_LINE (object);

  if (self->runs != NULL)
    g_signal_handlers_disconnect_by_data (self->runs, self);
  g_clear_object (&self->runs);

  G_OBJECT_CLASS (presync_history_line_parent_class)->dispose (object);
}

static void
presync_history_line_class_init (PresyncHistoryLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_history_line_dispose;
  widget_class->get_request_mode = presync_history_line_get_request_mode;
  widget_class->measure = presync_history_line_measure;
  widget_class->snapshot = presync_history_line_snapshot;
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "history-line");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_history_line_init (PresyncHistoryLine *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (motion, "motion", G_CALLBACK (presync_history_line_motion_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (presync_history_line_key_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (presync_history_line_click_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
presync_history_line_set_runs (PresyncHistoryLine *self, GListModel *runs)
{
  g_return_if_fail (PRESYNC_IS_HISTORY_LINE (self));
  g_return_if_fail (self->runs == NULL);

  self->runs = g_object_ref (runs);
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (presync_history_line_changed_cb),
                           self, G_CONNECT_SWAPPED);
  presync_history_line_changed_cb (self);
}

void
presync_history_line_set_option (PresyncHistoryLine *self, PresyncOption option)
{
  g_return_if_fail (PRESYNC_IS_HISTORY_LINE (self));

  self->option = option;
  presync_history_line_update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
presync_history_line_get_selected (PresyncHistoryLine *self)
{
  g_return_val_if_fail (PRESYNC_IS_HISTORY_LINE (self), GTK_INVALID_LIST_POSITION);

  return presync_history_line_count (self) > 0 ? self->selected : GTK_INVALID_LIST_POSITION;
}

void
presync_history_line_select (PresyncHistoryLine *self, guint position)
{
  guint n;

  g_return_if_fail (PRESYNC_IS_HISTORY_LINE (self));

  n = presync_history_line_count (self);
  position = n > 0 ? MIN (position, n - 1) : 0;
  if (self->selected == position)
    return;
  self->selected = position;
  presync_history_line_update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
