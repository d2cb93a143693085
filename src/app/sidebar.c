/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sidebar.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/page-title.h"
#include "app/source-text.h"
#include "assessment/summary.h"

/* The pages below "Details", and the ids of their rows and badges in the template */
static const struct
{
  const char *page;
  const char *row;
  const char *badge;
} details[] = {
  { "accounts", "accounts_row", "accounts_badge" },
  { "tenant", "tenant_row", "tenant_badge" },
  { "sql-server", "sql_server_row", "sql_server_badge" },
  { "sync-server", "sync_server_row", "sync_server_badge" },
};
#define N_DETAILS G_N_ELEMENTS (details)

struct _PresyncSidebar
{
  AdwBin parent_instance;

  GtkListBox *list;
  GtkListBoxRow *overview_row;
  GtkListBoxRow *option_rows[PRESYNC_N_OPTIONS];
  GtkListBoxRow *detail_rows[N_DETAILS];
  GtkListBoxRow *history_row;
  GtkListBoxRow *sources_row;
  GtkLabel *badges[PRESYNC_N_OPTIONS];
  GtkLabel *detail_badges[N_DETAILS];
  GtkWidget *state_button;
  GtkImage *state_icon;
  GtkLabel *state_label;

  PresyncAssessment *assessment;
  GPtrArray *watched; /* PresyncSource */
};

G_DEFINE_FINAL_TYPE (PresyncSidebar, presync_sidebar, ADW_TYPE_BIN)

static const char *
presync_sidebar_page_of_row (PresyncSidebar *self, GtkListBoxRow *row)
{
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      if (row == self->option_rows[i])
        return presync_option_id ((PresyncOption) i);
    }
  for (guint i = 0; i < N_DETAILS; i++)
    {
      if (row == self->detail_rows[i])
        return details[i].page;
    }
  if (row == self->history_row)
    return "history";
  return row == self->sources_row ? "sources" : "overview";
}

static void
presync_sidebar_activated_cb (PresyncSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s",
                              presync_sidebar_page_of_row (self, row));
}

/* A red count of what blocks; where nothing does, a quiet one of what is open. @text: in words */
static void
presync_sidebar_set_badge (GtkLabel *badge, GtkListBoxRow *row, const char *title, guint blockers,
                           guint open, const char *text)
{
  guint count = blockers > 0 ? blockers : open;
  g_autofree char *figure = g_strdup_printf ("%u", count);
  g_autofree char *name = g_strdup_printf ("%s: %s", title, text);

  gtk_label_set_text (badge, figure);
  gtk_widget_set_visible (GTK_WIDGET (badge), count > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (badge), text);
  if (blockers > 0)
    gtk_widget_add_css_class (GTK_WIDGET (badge), "blockers");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (badge), "blockers");
  presync_accessible_set_label (GTK_WIDGET (row), name);
}

static void
presync_sidebar_update (PresyncSidebar *self)
{
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      PresyncOption option = (PresyncOption) i;
      g_autoptr (PresyncSummary) summary = presync_summary_new (
          presync_assessment_get_checklist (self->assessment, option), FALSE);
      g_autofree char *verdict = presync_summary_dup_text (summary);

      presync_sidebar_set_badge (self->badges[i], self->option_rows[i],
                                 presync_option_title (option), summary->blockers, summary->open,
                                 verdict);
    }
  for (guint i = 0; i < N_DETAILS; i++)
    {
      const char *page = details[i].page;
      guint not_met;
      guint open;
      g_autofree char *text = presync_page_dup_subtitle (page, self->assessment, FALSE, NULL);

      presync_page_count (page, self->assessment, &not_met, &open);
      presync_sidebar_set_badge (self->detail_badges[i], self->detail_rows[i],
                                 presync_page_title (page, TRUE), not_met, open, text);
    }
}

static void
presync_sidebar_update_state (PresyncSidebar *self)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));
  g_autoptr (PresyncSource) source = presync_source_text_worst (sources);
  g_autofree char *text = presync_source_text_dup (source);
  const char *message = source != NULL ? presync_source_get_message (source) : NULL;
  const char *classes[] = { presync_source_text_css_class (source), NULL };

  gtk_image_set_from_icon_name (self->state_icon, presync_source_text_icon (source));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_icon), classes);
  gtk_label_set_text (self->state_label, text);
  gtk_widget_set_tooltip_text (self->state_button, message != NULL ? message : text);
  presync_accessible_set_label (self->state_button, text);
  presync_accessible_set_description (self->state_button, message != NULL ? message : "");
}

static void
presync_sidebar_unwatch (PresyncSidebar *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
presync_sidebar_sources_changed_cb (PresyncSidebar *self)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  presync_sidebar_unwatch (self);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      PresyncSource *source = g_list_model_get_item (sources, i);

      g_ptr_array_add (self->watched, source);
      g_signal_connect_object (source, "notify::state", G_CALLBACK (presync_sidebar_update_state),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (source, "notify::message", G_CALLBACK (presync_sidebar_update_state),
                               self, G_CONNECT_SWAPPED);
    }
  /* Rows tell the names of servers, and those are of the sources. */
  presync_sidebar_update (self);
  presync_sidebar_update_state (self);
}

static void
presync_sidebar_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  PresyncSidebar *self = user_data;
  const char *text = NULL;
  GtkWidget *label;

  if (row == self->option_rows[0])
    text = _ ("Sync options");
  else if (row == self->detail_rows[0])
    text = _ ("Details");
  else if (row == self->history_row)
    text = _ ("Assessment");
  if (text == NULL || gtk_list_box_row_get_header (row) != NULL)
    return;
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
presync_sidebar_dispose (GObject *object)
{
  PresyncSidebar *self = PRESYNC_SIDEBAR (object);

  presync_sidebar_unwatch (self);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SIDEBAR);

  G_OBJECT_CLASS (presync_sidebar_parent_class)->dispose (object);
}

static void
presync_sidebar_finalize (GObject *object)
{
  g_ptr_array_unref (PRESYNC_SIDEBAR (object)->watched);

  G_OBJECT_CLASS (presync_sidebar_parent_class)->finalize (object);
}

static void
presync_sidebar_class_init (PresyncSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_sidebar_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_sidebar_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, PRESYNC_RESOURCE_BASE "/sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, PresyncSidebar, overview_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncSidebar, history_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncSidebar, sources_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncSidebar, state_button);
  gtk_widget_class_bind_template_child (widget_class, PresyncSidebar, state_icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncSidebar, state_label);
  gtk_widget_class_bind_template_child_full (
      widget_class, "cloud_sync_row", FALSE,
      G_STRUCT_OFFSET (PresyncSidebar, option_rows[PRESYNC_OPTION_CLOUD_SYNC]));
  gtk_widget_class_bind_template_child_full (
      widget_class, "connect_sync_row", FALSE,
      G_STRUCT_OFFSET (PresyncSidebar, option_rows[PRESYNC_OPTION_CONNECT_SYNC]));
  gtk_widget_class_bind_template_child_full (
      widget_class, "cloud_sync_badge", FALSE,
      G_STRUCT_OFFSET (PresyncSidebar, badges[PRESYNC_OPTION_CLOUD_SYNC]));
  gtk_widget_class_bind_template_child_full (
      widget_class, "connect_sync_badge", FALSE,
      G_STRUCT_OFFSET (PresyncSidebar, badges[PRESYNC_OPTION_CONNECT_SYNC]));
  for (guint i = 0; i < N_DETAILS; i++)
    {
      gtk_widget_class_bind_template_child_full (widget_class, details[i].row, FALSE,
                                                 G_STRUCT_OFFSET (PresyncSidebar, detail_rows)
                                                     + (gssize) (i * sizeof (gpointer)));
      gtk_widget_class_bind_template_child_full (widget_class, details[i].badge, FALSE,
                                                 G_STRUCT_OFFSET (PresyncSidebar, detail_badges)
                                                     + (gssize) (i * sizeof (gpointer)));
    }
  gtk_widget_class_bind_template_callback (widget_class, presync_sidebar_activated_cb);
}

static void
presync_sidebar_init (PresyncSidebar *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, presync_sidebar_header_cb, self, NULL);
}

void
presync_sidebar_set_assessment (PresyncSidebar *self, PresyncAssessment *assessment)
{
  static const char *const signals[] = { "changed", "refreshed" };
  GListModel *sources;

  g_return_if_fail (PRESYNC_IS_SIDEBAR (self));
  g_return_if_fail (self->assessment == NULL);

  self->assessment = g_object_ref (assessment);
  sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  g_signal_connect_object (assessment, "updated", G_CALLBACK (presync_sidebar_update), self,
                           G_CONNECT_SWAPPED);
  /* A source tells nobody that it reads another file or server now; its facts do. */
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (presync_assessment_get_facts (assessment), signals[i],
                             G_CALLBACK (presync_sidebar_update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (assessment, "notify::sync-server",
                           G_CALLBACK (presync_sidebar_update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sources, "items-changed",
                           G_CALLBACK (presync_sidebar_sources_changed_cb), self,
                           G_CONNECT_SWAPPED);
  presync_sidebar_sources_changed_cb (self);
}

void
presync_sidebar_set_page (PresyncSidebar *self, const char *page)
{
  g_return_if_fail (PRESYNC_IS_SIDEBAR (self));

  for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);

      if (g_str_equal (presync_sidebar_page_of_row (self, row), page))
        gtk_list_box_select_row (self->list, row);
    }
}
