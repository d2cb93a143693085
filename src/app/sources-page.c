/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sources-page.h"

#include "app/connection-dialog.h"
#include "app/network-group.h"
#include "app/source-card.h"

struct _PresyncSourcesPage
{
  AdwBin parent_instance;

  GtkWidget *empty;
  GtkWidget *missing_group;
  GtkWidget *other_group;
  GtkWidget *server_row;
  GtkWidget *more_group;
  GtkWidget *tenant_row;
  GtkWidget *sql_row;
  PresyncNetworkGroup *network;
  GtkBox *cards;
  GtkBox *network_cards;

  PresyncAssessment *assessment;
  gulong changed_id;
};

enum
{
  PROP_ASSESSMENT = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncSourcesPage, presync_sources_page, ADW_TYPE_BIN)

static GListModel *
presync_sources_page_get_sources (PresyncSourcesPage *self)
{
  return presync_runner_get_sources (presync_assessment_get_runner (self->assessment));
}

/* There are a handful of sources at most; cards hold no state that is worth keeping. */
static void
presync_sources_page_update (PresyncSourcesPage *self)
{
  GtkWidget *child = NULL;
  gboolean directory = FALSE;
  gboolean server = FALSE;
  gboolean sql = FALSE;
  gboolean tenant = FALSE;
  gboolean any = FALSE;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->network_cards))) != NULL)
    gtk_box_remove (self->network_cards, child);
  if (self->assessment != NULL)
    {
      GListModel *sources = presync_sources_page_get_sources (self);

      for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
        {
          g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);
          const char *id = presync_source_get_id (source);

          directory |= g_str_equal (id, "directory");
          server |= g_str_equal (id, "server");
          sql |= g_str_equal (id, "sql");
          tenant |= g_str_equal (id, "tenant");
          /* Below the switch that brought it, which stays where the pointer is. */
          gtk_box_append (g_str_equal (id, "network") ? self->network_cards : self->cards,
                          presync_source_card_new (self->assessment, source));
        }
    }
  /* Cards of other sources leave no room for a page of its own. */
  any = gtk_widget_get_first_child (GTK_WIDGET (self->cards)) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->network_cards),
                          gtk_widget_get_first_child (GTK_WIDGET (self->network_cards)) != NULL);
  gtk_widget_set_visible (self->empty, !any);
  gtk_widget_set_visible (self->missing_group, !directory && any);
  gtk_widget_set_visible (self->other_group, directory);
  /* What has a card needs no way to it. */
  gtk_widget_set_visible (self->server_row, !server);
  gtk_widget_set_visible (self->sql_row, !sql);
  gtk_widget_set_visible (self->tenant_row, !tenant);
  gtk_widget_set_visible (self->more_group, !server || !sql || !tenant);
}

static void
presync_sources_page_new_connection_action (GtkWidget *widget, const char *name,
                                            GVariant *parameter)
{
  PresyncSourcesPage *self = PRESYNC_SOURCES_PAGE (widget);

  if (self->assessment != NULL)
    presync_connection_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), self->assessment);
}

static void
presync_sources_page_disconnect (PresyncSourcesPage *self)
{
  if (self->assessment != NULL)
    g_clear_signal_handler (&self->changed_id, presync_sources_page_get_sources (self));
}

void
presync_sources_page_set_assessment (PresyncSourcesPage *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_SOURCES_PAGE (self));
  g_return_if_fail (assessment == NULL || PRESYNC_IS_ASSESSMENT (assessment));

  if (self->assessment == assessment)
    return;

  presync_sources_page_disconnect (self);
  g_set_object (&self->assessment, assessment);
  if (assessment != NULL)
    self->changed_id
        = g_signal_connect_swapped (presync_sources_page_get_sources (self), "items-changed",
                                    G_CALLBACK (presync_sources_page_update), self);
  presync_sources_page_update (self);
  presync_network_group_set_assessment (self->network, assessment);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASSESSMENT]);
}

static void
presync_sources_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncSourcesPage *self = PRESYNC_SOURCES_PAGE (object);

  switch (id)
    {
    case PROP_ASSESSMENT:
      g_value_set_object (value, self->assessment);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_sources_page_set_property (GObject *object, guint id, const GValue *value,
                                   GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ASSESSMENT:
      presync_sources_page_set_assessment (PRESYNC_SOURCES_PAGE (object),
                                           g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_sources_page_dispose (GObject *object)
{
  PresyncSourcesPage *self = PRESYNC_SOURCES_PAGE (object);

  presync_sources_page_disconnect (self);
  if (self->network != NULL)
    presync_network_group_set_assessment (self->network, NULL);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SOURCES_PAGE);

  G_OBJECT_CLASS (presync_sources_page_parent_class)->dispose (object);
}

static void
presync_sources_page_class_init (PresyncSourcesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = presync_sources_page_get_property;
  object_class->set_property = presync_sources_page_set_property;
  object_class->dispose = presync_sources_page_dispose;

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (PRESYNC_TYPE_NETWORK_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/sources-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, empty);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, missing_group);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, other_group);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, sql_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, tenant_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, more_group);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, network);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, cards);
  gtk_widget_class_bind_template_child (widget_class, PresyncSourcesPage, network_cards);
  gtk_widget_class_install_action (widget_class, "sources.new-connection", NULL,
                                   presync_sources_page_new_connection_action);
}

static void
presync_sources_page_init (PresyncSourcesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
