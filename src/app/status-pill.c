/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/status-pill.h"

#include "app/accessible.h"
#include "app/status-style.h"

struct _PresyncStatusPill
{
  AdwBin parent_instance;

  GtkImage *image;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (PresyncStatusPill, presync_status_pill, ADW_TYPE_BIN)

static void
presync_status_pill_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_STATUS_PILL);

  G_OBJECT_CLASS (presync_status_pill_parent_class)->dispose (object);
}

static void
presync_status_pill_class_init (PresyncStatusPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_status_pill_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/status-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncStatusPill, image);
  gtk_widget_class_bind_template_child (widget_class, PresyncStatusPill, label);
}

static void
presync_status_pill_init (PresyncStatusPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
presync_status_pill_show (PresyncStatusPill *self, PresyncStatus style, const char *text)
{
  gtk_image_set_from_icon_name (self->image, presync_status_icon (style));
  presync_status_set_class (GTK_WIDGET (self), style);
  gtk_label_set_text (self->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

void
presync_status_pill_set_status (PresyncStatusPill *self, PresyncStatus status)
{
  g_return_if_fail (PRESYNC_IS_STATUS_PILL (self));

  presync_status_pill_show (self, status, presync_status_title (status));
}

void
presync_status_pill_set_verdict (PresyncStatusPill *self, PresyncVerdict verdict, const char *text)
{
  g_return_if_fail (PRESYNC_IS_STATUS_PILL (self));

  presync_status_pill_show (self, presync_verdict_status (verdict), text);
}

void
presync_status_pill_set_explanation (PresyncStatusPill *self, const char *explanation)
{
  g_autofree char *tooltip = NULL;

  g_return_if_fail (PRESYNC_IS_STATUS_PILL (self));

  tooltip = g_strdup_printf ("%s\n%s", gtk_label_get_text (self->label), explanation);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  presync_accessible_set_description (GTK_WIDGET (self->label), explanation);
}
