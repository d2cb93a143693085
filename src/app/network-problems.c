/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-problems.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/form.h"
#include "report/reach-text.h"

struct _PresyncNetworkProblems
{
  GObject parent_instance;

  GListModel *rows;
  GtkFilter *filter;
  GtkFilterListModel *model;
  guint update_id;
};

G_DEFINE_FINAL_TYPE (PresyncNetworkProblems, presync_network_problems, G_TYPE_OBJECT)

static guint changed_signal;

static gboolean
presync_network_problems_match_cb (gpointer item, gpointer user_data)
{
  PresyncReachOutcome outcome = presync_reach_get_outcome (item);

  return outcome != PRESYNC_REACH_PENDING && outcome != PRESYNC_REACH_REACHED;
}

static gboolean
presync_network_problems_update_cb (gpointer user_data)
{
  PresyncNetworkProblems *self = PRESYNC_NETWORK_PROBLEMS (user_data);

  self->update_id = 0;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

/* Many rows may end at once: they are looked at together, before the next frame. */
static void
presync_network_problems_queue (PresyncNetworkProblems *self)
{
  if (self->update_id == 0)
    self->update_id
        = g_idle_add_full (G_PRIORITY_DEFAULT, presync_network_problems_update_cb, self, NULL);
}

static void
presync_network_problems_rows_cb (PresyncNetworkProblems *self, guint position, guint removed,
                                  guint added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (PresyncReach) reach = g_list_model_get_item (self->rows, i);

      /* A row that was moved is followed already. */
      g_signal_handlers_disconnect_by_func (reach, presync_network_problems_queue, self);
      g_signal_connect_object (reach, "notify::outcome",
                               G_CALLBACK (presync_network_problems_queue), self,
                               G_CONNECT_SWAPPED);
    }
  presync_network_problems_queue (self);
}

static void
presync_network_problems_dispose (GObject *object)
{
  PresyncNetworkProblems *self = PRESYNC_NETWORK_PROBLEMS (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->filter);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (presync_network_problems_parent_class)->dispose (object);
}

static void
presync_network_problems_class_init (PresyncNetworkProblemsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_network_problems_dispose;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
presync_network_problems_init (PresyncNetworkProblems *self)
{
  self->filter = GTK_FILTER (gtk_custom_filter_new (presync_network_problems_match_cb, NULL, NULL));
}

PresyncNetworkProblems *
presync_network_problems_new (GListModel *rows)
{
  PresyncNetworkProblems *self = NULL;

  g_return_val_if_fail (G_IS_LIST_MODEL (rows), NULL);

  self = g_object_new (PRESYNC_TYPE_NETWORK_PROBLEMS, NULL);
  self->rows = g_object_ref (rows);
  self->model = gtk_filter_list_model_new (g_object_ref (rows), g_object_ref (self->filter));
  g_signal_connect_object (rows, "items-changed", G_CALLBACK (presync_network_problems_rows_cb),
                           self, G_CONNECT_SWAPPED);
  presync_network_problems_rows_cb (self, 0, 0, g_list_model_get_n_items (rows));
  return self;
}

GListModel *
presync_network_problems_get_model (PresyncNetworkProblems *self)
{
  g_return_val_if_fail (PRESYNC_IS_NETWORK_PROBLEMS (self), NULL);
  return G_LIST_MODEL (self->model);
}

static void
presync_network_problems_update_row (AdwActionRow *row, GParamSpec *pspec, PresyncReach *reach)
{
  gboolean bad = presync_reach_outcome_is_known (presync_reach_get_outcome (reach));
  g_autofree char *sentence = presync_reach_text_dup_sentence (reach);
  const char *mark = presync_reach_text_mark (bad ? PRESYNC_REACH_BAD : PRESYNC_REACH_UNKNOWN);
  /* TRANSLATORS: for screen readers: an address, "fails" or "not known", and why */
  g_autofree char *name
      = g_strdup_printf (_ ("%s: %s, %s"), presync_reach_get_subject (reach), mark, sentence);

  adw_action_row_set_icon_name (row, bad ? "presync-not-met-symbolic" : "presync-unknown-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (row), bad ? "not-known" : "not-reached");
  gtk_widget_add_css_class (GTK_WIDGET (row), bad ? "not-reached" : "not-known");
  adw_action_row_set_subtitle (row, sentence);
  presync_accessible_set_label (GTK_WIDGET (row), name);
}

GtkWidget *
presync_network_problems_create_row (gpointer item, gpointer user_data)
{
  PresyncReach *reach = PRESYNC_REACH (item);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), presync_reach_get_subject (reach));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_signal_connect_object (reach, "notify", G_CALLBACK (presync_network_problems_update_row), row,
                           G_CONNECT_SWAPPED);
  presync_network_problems_update_row (ADW_ACTION_ROW (row), NULL, reach);
  presync_form_forbid_hyphens (row);
  return row;
}
