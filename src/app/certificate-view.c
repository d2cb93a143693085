/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/certificate-view.h"

#include <glib/gi18n.h>

#include "app/form.h"
#include "sources/directory/directory-source.h"

struct _PresyncCertificateView
{
  AdwBin parent_instance;

  AdwExpanderRow *expander;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (PresyncCertificateView, presync_certificate_view, ADW_TYPE_BIN)

static void
presync_certificate_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_CERTIFICATE_VIEW);

  G_OBJECT_CLASS (presync_certificate_view_parent_class)->dispose (object);
}

static void
presync_certificate_view_class_init (PresyncCertificateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_certificate_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/certificate-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncCertificateView, expander);
  gtk_widget_class_bind_template_child (widget_class, PresyncCertificateView, label);
}

static void
presync_certificate_view_init (PresyncCertificateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  presync_form_label_expander (self->expander);
}

void
presync_certificate_view_set (PresyncCertificateView *self, GTlsCertificate *certificate,
                              gboolean refused)
{
  g_autofree char *text = NULL;

  g_return_if_fail (PRESYNC_IS_CERTIFICATE_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), certificate != NULL);
  if (certificate == NULL)
    return;

  text = presync_directory_describe_certificate (certificate);
  gtk_label_set_text (self->label, text);
  adw_expander_row_set_subtitle (self->expander, refused ? _ ("Refused") : _ ("Accepted"));
  if (refused)
    adw_expander_row_set_expanded (self->expander, TRUE);
}
