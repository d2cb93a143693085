/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-page.h"

#include "app/tenant-domains.h"
#include "app/tenant-findings.h"
#include "app/tenant-form.h"
#include "app/tenant-sign-in.h"

struct _PresyncTenantPage
{
  AdwBin parent_instance;

  PresyncTenantForm *form;
  PresyncTenantDomains *domains;
  PresyncTenantSignIn *sign_in;
  PresyncTenantFindings *findings;

  PresyncAssessment *assessment;
};

G_DEFINE_FINAL_TYPE (PresyncTenantPage, presync_tenant_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
presync_tenant_page_look_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncTenantPage *self = PRESYNC_TENANT_PAGE (widget);
  g_autofree char *client_id = presync_tenant_sign_in_dup_client_id (self->sign_in);

  presync_tenant_form_start (self->form, client_id);
}

static void
presync_tenant_page_stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_tenant_form_stop (PRESYNC_TENANT_PAGE (widget)->form);
}

static void
presync_tenant_page_sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_tenant_sign_in_start (PRESYNC_TENANT_PAGE (widget)->sign_in);
}

static void
presync_tenant_page_cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_tenant_sign_in_cancel (PRESYNC_TENANT_PAGE (widget)->sign_in);
}

static void
presync_tenant_page_sign_out_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_tenant_sign_in_sign_out (PRESYNC_TENANT_PAGE (widget)->sign_in);
}

static void
presync_tenant_page_constructed (GObject *object)
{
  PresyncTenantPage *self = PRESYNC_TENANT_PAGE (object);

  G_OBJECT_CLASS (presync_tenant_page_parent_class)->constructed (object);

  presync_tenant_form_set_assessment (self->form, self->assessment);
  presync_tenant_sign_in_set_up (self->sign_in, self->assessment, self->form);
  presync_tenant_domains_set_assessment (self->domains, self->assessment);
  presync_tenant_findings_set_assessment (self->findings, self->assessment);
}

static void
presync_tenant_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    g_value_set_object (value, PRESYNC_TENANT_PAGE (object)->assessment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_tenant_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    PRESYNC_TENANT_PAGE (object)->assessment = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_tenant_page_dispose (GObject *object)
{
  PresyncTenantPage *self = PRESYNC_TENANT_PAGE (object);

  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_TENANT_PAGE);

  G_OBJECT_CLASS (presync_tenant_page_parent_class)->dispose (object);
}

static void
presync_tenant_page_class_init (PresyncTenantPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = presync_tenant_page_constructed;
  object_class->get_property = presync_tenant_page_get_property;
  object_class->set_property = presync_tenant_page_set_property;
  object_class->dispose = presync_tenant_page_dispose;

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_TENANT_DOMAINS);
  g_type_ensure (PRESYNC_TYPE_TENANT_FINDINGS);
  g_type_ensure (PRESYNC_TYPE_TENANT_FORM);
  g_type_ensure (PRESYNC_TYPE_TENANT_SIGN_IN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/tenant-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncTenantPage, form);
  gtk_widget_class_bind_template_child (widget_class, PresyncTenantPage, domains);
  gtk_widget_class_bind_template_child (widget_class, PresyncTenantPage, sign_in);
  gtk_widget_class_bind_template_child (widget_class, PresyncTenantPage, findings);
  gtk_widget_class_install_action (widget_class, "tenant.look-up", NULL,
                                   presync_tenant_page_look_up_action);
  gtk_widget_class_install_action (widget_class, "tenant.stop", NULL,
                                   presync_tenant_page_stop_action);
  gtk_widget_class_install_action (widget_class, "tenant.sign-in", NULL,
                                   presync_tenant_page_sign_in_action);
  gtk_widget_class_install_action (widget_class, "tenant.cancel-sign-in", NULL,
                                   presync_tenant_page_cancel_action);
  gtk_widget_class_install_action (widget_class, "tenant.sign-out", NULL,
                                   presync_tenant_page_sign_out_action);
}

static void
presync_tenant_page_init (PresyncTenantPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_tenant_page_new (PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_TENANT_PAGE, "assessment", assessment, NULL);
}
