/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/overview-page.h"

#include "app/connection.h"
#include "app/map.h"
#include "app/option-card.h"
#include "app/split-layout.h"
#include "app/start-page.h"
#include "assessment/history.h"

struct _PresyncOverviewPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  PresyncOptionCard *cloud_sync;
  PresyncOptionCard *connect_sync;
  PresyncMap *map;

  PresyncAssessment *assessment;
};

G_DEFINE_FINAL_TYPE (PresyncOverviewPage, presync_overview_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
presync_overview_page_update (PresyncOverviewPage *self)
{
  gtk_stack_set_visible_child_name (
      self->stack, presync_connection_has_begun (self->assessment) ? "overview" : "start");
  presync_option_card_update (self->cloud_sync, presync_assessment_get_checklist (
                                                    self->assessment, PRESYNC_OPTION_CLOUD_SYNC));
  presync_option_card_update (
      self->connect_sync,
      presync_assessment_get_checklist (self->assessment, PRESYNC_OPTION_CONNECT_SYNC));
  presync_map_update (self->map, self->assessment);
}

static void
presync_overview_page_constructed (GObject *object)
{
  PresyncOverviewPage *self = PRESYNC_OVERVIEW_PAGE (object);
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  G_OBJECT_CLASS (presync_overview_page_parent_class)->constructed (object);

  g_signal_connect_object (self->assessment, "updated", G_CALLBACK (presync_overview_page_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assessment, "notify::name",
                           G_CALLBACK (presync_overview_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sources, "items-changed", G_CALLBACK (presync_overview_page_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_assessment_get_history (self->assessment), "items-changed",
                           G_CALLBACK (presync_overview_page_update), self, G_CONNECT_SWAPPED);
  presync_overview_page_update (self);
}

static void
presync_overview_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncOverviewPage *self = PRESYNC_OVERVIEW_PAGE (object);

  if (id == PROP_ASSESSMENT)
    g_value_set_object (value, self->assessment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_overview_page_set_property (GObject *object, guint id, const GValue *value,
                                    GParamSpec *pspec)
{
  PresyncOverviewPage *self = PRESYNC_OVERVIEW_PAGE (object);

  if (id == PROP_ASSESSMENT)
    self->assessment = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_overview_page_dispose (GObject *object)
{
  PresyncOverviewPage *self = PRESYNC_OVERVIEW_PAGE (object);

  /* AdwBin would take away once more what the template has let go of. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_OVERVIEW_PAGE);
  g_clear_object (&self->assessment);

  G_OBJECT_CLASS (presync_overview_page_parent_class)->dispose (object);
}

static void
presync_overview_page_class_init (PresyncOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = presync_overview_page_constructed;
  object_class->get_property = presync_overview_page_get_property;
  object_class->set_property = presync_overview_page_set_property;
  object_class->dispose = presync_overview_page_dispose;

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_MAP);
  g_type_ensure (PRESYNC_TYPE_OPTION_CARD);
  g_type_ensure (PRESYNC_TYPE_SPLIT_LAYOUT);
  g_type_ensure (PRESYNC_TYPE_START_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncOverviewPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PresyncOverviewPage, cloud_sync);
  gtk_widget_class_bind_template_child (widget_class, PresyncOverviewPage, connect_sync);
  gtk_widget_class_bind_template_child (widget_class, PresyncOverviewPage, map);
}

static void
presync_overview_page_init (PresyncOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_overview_page_new (PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_OVERVIEW_PAGE, "assessment", assessment, NULL);
}
