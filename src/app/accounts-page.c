/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/accounts-page.h"

#include "app/account-row.h"
#include "app/account-traces.h"
#include "app/connection.h"

struct _PresyncAccountsPage
{
  AdwBin parent_instance;

  AdwPreferencesGroup *groups[PRESYNC_N_OPTIONS];
  PresyncAccountTraces *traces;

  PresyncAssessment *assessment;
  GPtrArray *rows;       /* PresyncAccountRow */
  PresyncFinder *finder; /* nullable */
  gboolean stale;        /* something changed while nobody looked */
};

G_DEFINE_FINAL_TYPE (PresyncAccountsPage, presync_accounts_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
presync_accounts_page_update (PresyncAccountsPage *self)
{
  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    presync_account_row_update (g_ptr_array_index (self->rows, i));
  presync_account_traces_update (self->traces, self->assessment);
}

/* Names are looked up in the directory that is used now. */
static void
presync_accounts_page_sources_cb (PresyncAccountsPage *self)
{
  g_autoptr (PresyncDirectorySource) directory
      = presync_connection_get_directory (self->assessment);

  g_clear_object (&self->finder);
  if (directory != NULL)
    self->finder = presync_finder_new (presync_directory_source_get_target (directory));
  for (guint i = 0; i < self->rows->len; i++)
    presync_account_row_set_finder (g_ptr_array_index (self->rows, i), self->finder);
  presync_accounts_page_update (self);
}

static void
presync_accounts_page_map (GtkWidget *widget)
{
  PresyncAccountsPage *self = PRESYNC_ACCOUNTS_PAGE (widget);

  GTK_WIDGET_CLASS (presync_accounts_page_parent_class)->map (widget);
  if (self->stale)
    presync_accounts_page_update (self);
}

static void
presync_accounts_page_constructed (GObject *object)
{
  PresyncAccountsPage *self = PRESYNC_ACCOUNTS_PAGE (object);
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  guint n = 0;
  const PresyncAccountRole *roles = presync_account_roles (&n);

  G_OBJECT_CLASS (presync_accounts_page_parent_class)->constructed (object);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = presync_account_row_new (self->assessment, &roles[i]);

      adw_preferences_group_add (self->groups[roles[i].option], row);
      g_ptr_array_add (self->rows, row);
    }
  /* Statuses, and facts that change none: a second gap beside the first. */
  g_signal_connect_object (self->assessment, "updated", G_CALLBACK (presync_accounts_page_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assessment, "notify::accounts",
                           G_CALLBACK (presync_accounts_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_assessment_get_facts (self->assessment), "changed",
                           G_CALLBACK (presync_accounts_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_runner_get_sources (runner), "items-changed",
                           G_CALLBACK (presync_accounts_page_sources_cb), self, G_CONNECT_SWAPPED);
  self->stale = TRUE;
  presync_accounts_page_sources_cb (self);
}

static void
presync_accounts_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    g_value_set_object (value, PRESYNC_ACCOUNTS_PAGE (object)->assessment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_accounts_page_set_property (GObject *object, guint id, const GValue *value,
                                    GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    PRESYNC_ACCOUNTS_PAGE (object)->assessment = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_accounts_page_dispose (GObject *object)
{
  PresyncAccountsPage *self = PRESYNC_ACCOUNTS_PAGE (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->finder);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_ACCOUNTS_PAGE);

  G_OBJECT_CLASS (presync_accounts_page_parent_class)->dispose (object);
}

static void
presync_accounts_page_finalize (GObject *object)
{
  g_ptr_array_unref (PRESYNC_ACCOUNTS_PAGE (object)->rows);

  G_OBJECT_CLASS (presync_accounts_page_parent_class)->finalize (object);
}

static void
presync_accounts_page_class_init (PresyncAccountsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = presync_accounts_page_constructed;
  object_class->get_property = presync_accounts_page_get_property;
  object_class->set_property = presync_accounts_page_set_property;
  object_class->dispose = presync_accounts_page_dispose;
  object_class->finalize = presync_accounts_page_finalize;
  widget_class->map = presync_accounts_page_map;

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_ACCOUNT_TRACES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/accounts-page.ui");
  gtk_widget_class_bind_template_child_full (
      widget_class, "cloud_sync", FALSE,
      G_STRUCT_OFFSET (PresyncAccountsPage, groups[PRESYNC_OPTION_CLOUD_SYNC]));
  gtk_widget_class_bind_template_child_full (
      widget_class, "connect_sync", FALSE,
      G_STRUCT_OFFSET (PresyncAccountsPage, groups[PRESYNC_OPTION_CONNECT_SYNC]));
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountsPage, traces);
}

static void
presync_accounts_page_init (PresyncAccountsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_accounts_page_new (PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_ACCOUNTS_PAGE, "assessment", assessment, NULL);
}
