/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sql-page.h"

#include "app/connection.h"
#include "app/sizing-bar.h"
#include "app/sql-check.h"
#include "app/sql-findings.h"
#include "app/sql-form.h"
#include "assessment/sizing.h"
#include "sources/sql/sql-source.h"

struct _PresyncSqlPage
{
  AdwBin parent_instance;

  PresyncSqlForm *form;
  PresyncSqlCheck *check;
  PresyncSqlFindings *findings;
  PresyncSizingBar *bar;
  GtkLabel *sizing_label;

  PresyncAssessment *assessment;
  PresyncSqlTarget *left; /* nullable: what was read before LocalDB was chosen */
};

G_DEFINE_FINAL_TYPE (PresyncSqlPage, presync_sql_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
presync_sql_page_update_sizing (PresyncSqlPage *self)
{
  PresyncFactSet *facts = presync_assessment_get_facts (self->assessment);
  PresyncSizing sizing = presync_sizing_get (facts);
  g_autofree char *text = presync_sizing_dup_text (&sizing);

  gtk_label_set_text (self->sizing_label, text);
  presync_sizing_bar_set (self->bar, facts);
}

/* With LocalDB no SQL Server is asked any more; the recorded one of the sample comes back. */
static void
presync_sql_page_follow_plan (PresyncSqlPage *self)
{
  gboolean own = presync_assessment_get_feature (self->assessment, "own-sql");
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "sql");

  gtk_widget_set_visible (GTK_WIDGET (self->check), own);
  if (!own && PRESYNC_IS_SQL_SOURCE (source))
    {
      g_clear_pointer (&self->left, presync_sql_target_free);
      self->left
          = presync_sql_target_copy (presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source)));
      presync_runner_remove_source (runner, "sql");
    }
  else if (own && source == NULL && self->left != NULL && self->left->recording != NULL
           && presync_connection_is_sample (self->assessment))
    {
      g_autoptr (PresyncSqlTarget) target = g_steal_pointer (&self->left);
      g_autoptr (PresyncSqlSource) again = presync_sql_source_new (target);

      /* A recording is read without asking anybody. */
      presync_runner_set_source (runner, PRESYNC_SOURCE (again));
      presync_source_check_async (PRESYNC_SOURCE (again), FALSE, NULL, NULL, NULL);
    }
}

static void
presync_sql_page_facts_cb (PresyncSqlPage *self, const char *const *keys)
{
  if (g_strv_contains (keys, "plan.own-sql"))
    presync_sql_page_follow_plan (self);
  if (g_strv_contains (keys, "forest.objects"))
    presync_sql_page_update_sizing (self);
}

static void
presync_sql_page_changed_cb (PresyncSqlPage *self)
{
  presync_sql_check_reset (self->check);
}

static void
presync_sql_page_connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_sql_check_start (PRESYNC_SQL_PAGE (widget)->check);
}

static void
presync_sql_page_stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_sql_check_stop (PRESYNC_SQL_PAGE (widget)->check);
}

static void
presync_sql_page_trust_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_sql_check_trust (PRESYNC_SQL_PAGE (widget)->check);
}

static void
presync_sql_page_forget_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_sql_check_forget (PRESYNC_SQL_PAGE (widget)->check);
}

static void
presync_sql_page_constructed (GObject *object)
{
  PresyncSqlPage *self = PRESYNC_SQL_PAGE (object);

  G_OBJECT_CLASS (presync_sql_page_parent_class)->constructed (object);

  presync_sql_form_set_assessment (self->form, self->assessment);
  presync_sql_check_set_up (self->check, self->assessment, self->form);
  presync_sql_findings_set_assessment (self->findings, self->assessment);
  g_signal_connect_object (presync_assessment_get_facts (self->assessment), "changed",
                           G_CALLBACK (presync_sql_page_facts_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->check),
                          presync_assessment_get_feature (self->assessment, "own-sql"));
  presync_sql_page_update_sizing (self);
}

static void
presync_sql_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    g_value_set_object (value, PRESYNC_SQL_PAGE (object)->assessment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_sql_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    PRESYNC_SQL_PAGE (object)->assessment = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_sql_page_dispose (GObject *object)
{
  PresyncSqlPage *self = PRESYNC_SQL_PAGE (object);

  g_clear_object (&self->assessment);
  g_clear_pointer (&self->left, presync_sql_target_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SQL_PAGE);

  G_OBJECT_CLASS (presync_sql_page_parent_class)->dispose (object);
}

static void
presync_sql_page_class_init (PresyncSqlPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = presync_sql_page_constructed;
  object_class->get_property = presync_sql_page_get_property;
  object_class->set_property = presync_sql_page_set_property;
  object_class->dispose = presync_sql_page_dispose;

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_SIZING_BAR);
  g_type_ensure (PRESYNC_TYPE_SQL_CHECK);
  g_type_ensure (PRESYNC_TYPE_SQL_FINDINGS);
  g_type_ensure (PRESYNC_TYPE_SQL_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, PRESYNC_RESOURCE_BASE "/sql-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncSqlPage, form);
  gtk_widget_class_bind_template_child (widget_class, PresyncSqlPage, check);
  gtk_widget_class_bind_template_child (widget_class, PresyncSqlPage, findings);
  gtk_widget_class_bind_template_child (widget_class, PresyncSqlPage, bar);
  gtk_widget_class_bind_template_child (widget_class, PresyncSqlPage, sizing_label);
  gtk_widget_class_bind_template_callback (widget_class, presync_sql_page_changed_cb);
  gtk_widget_class_install_action (widget_class, "sql.connect", NULL,
                                   presync_sql_page_connect_action);
  gtk_widget_class_install_action (widget_class, "sql.stop", NULL, presync_sql_page_stop_action);
  gtk_widget_class_install_action (widget_class, "sql.trust", NULL, presync_sql_page_trust_action);
  gtk_widget_class_install_action (widget_class, "sql.forget-certificate", NULL,
                                   presync_sql_page_forget_action);
}

static void
presync_sql_page_init (PresyncSqlPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_sql_page_new (PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_SQL_PAGE, "assessment", assessment, NULL);
}
