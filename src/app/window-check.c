/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/connection-dialog.h"
#include "app/wake.h"

/* How often the bar moves while nobody knows how long a check takes. */
#define PULSE_MS 120

static void
presync_window_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A source that is checked by itself just now needs no other check. */
  if (!presync_runner_check_finish (PRESYNC_RUNNER (object), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) && self->toasts != NULL)
    presync_window_toast (self, error->message);
}

static void
presync_window_woken_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncWindow) self = user_data;
  gboolean ready = presync_wake_finish (result);

  /* The window was closed. */
  if (self->toasts == NULL)
    return;
  if (ready)
    presync_runner_check_async (presync_assessment_get_runner (self->assessment), NULL,
                                presync_window_checked_cb, g_object_ref (self));
  else
    presync_connection_dialog_present (GTK_WINDOW (self), self->assessment);
}

void
presync_window_check (PresyncWindow *self)
{
  g_return_if_fail (PRESYNC_IS_WINDOW (self));

  presync_wake_async (self->assessment, presync_window_woken_cb, g_object_ref (self));
}

/* One button, one shortcut: starts a check, and cancels it while it runs. */
static void
presync_window_check_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);

  if (presync_runner_get_checking (runner))
    presync_runner_cancel (runner);
  else
    presync_window_check (self);
}

gboolean
presync_window_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  PresyncRunner *runner = presync_assessment_get_runner (PRESYNC_WINDOW (widget)->assessment);

  if (!presync_runner_get_checking (runner))
    return FALSE;
  presync_runner_cancel (runner);
  return TRUE;
}

static gboolean
presync_window_pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (PRESYNC_WINDOW (user_data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
presync_window_update_progress (PresyncWindow *self)
{
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  gboolean checking = presync_runner_get_checking (runner);
  double progress = -1;

  g_object_get (runner, "progress", &progress, NULL);
  /* Before the first answer there is nothing to measure: the bar shows that something goes on. */
  if (checking && progress > 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (progress, 1.0));
  if (checking && progress <= 0 && self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_MS, presync_window_pulse_cb, self);
  else if ((!checking || progress > 0) && self->pulse_id != 0)
    g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), checking);
}

static void
presync_window_update_check (PresyncWindow *self)
{
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  gboolean checking = presync_runner_get_checking (runner);
  gboolean possible = g_list_model_get_n_items (presync_runner_get_sources (runner)) > 0;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "check");
  const char *label = checking ? _ ("Cancel") : _ ("Check now");
  const char *tooltip = checking    ? _ ("Cancel the check (Escape)")
                        : !possible ? _ ("Connect to a directory first: there is nothing to check")
                                    : _ ("Check all sources again (Ctrl+R)");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), possible);
  gtk_label_set_text (self->check_label, label);
  gtk_image_set_from_icon_name (self->check_icon,
                                checking ? "process-stop-symbolic" : "presync-check-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->check), tooltip);
  presync_accessible_set_label (GTK_WIDGET (self->check), label);
  presync_accessible_set_description (GTK_WIDGET (self->check), tooltip);
  if (checking || !possible)
    gtk_widget_remove_css_class (GTK_WIDGET (self->check), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->check), "suggested-action");
  presync_window_update_progress (self);
  presync_window_update_title (self);
}

/* What was read of one directory tells nothing of another. */
static void
presync_window_sources_cb (PresyncWindow *self)
{
  g_clear_pointer (&self->read_at, g_date_time_unref);
  presync_window_update_check (self);
}

void
presync_window_watch_check (PresyncWindow *self)
{
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);

  g_signal_connect_object (runner, "notify::checking", G_CALLBACK (presync_window_update_check),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::progress", G_CALLBACK (presync_window_update_progress),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_runner_get_sources (runner), "items-changed",
                           G_CALLBACK (presync_window_sources_cb), self, G_CONNECT_SWAPPED);
  presync_window_update_check (self);
}

void
presync_window_add_check_actions (PresyncWindow *self)
{
  static const GActionEntry actions[]
      = { { .name = "check", .activate = presync_window_check_cb } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
