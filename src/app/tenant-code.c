/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-code.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/qr-code.h"
#include "app/reveal.h"

struct _PresyncTenantCode
{
  AdwBin parent_instance;

  GtkWidget *content;
  GtkLabel *code_label;
  GtkWidget *copy_button;
  GtkLinkButton *link;
  GtkLabel *address;
  PresyncQrCode *qr_code;
  GtkSpinner *spinner;
  GtkLabel *waiting;
  GtkProgressBar *time_left;
  GtkWidget *cancel_button;

  PresyncDeviceCode *code; /* nullable */
  GTimeSpan lasts;         /* of the whole code, as far as it was seen */
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (PresyncTenantCode, presync_tenant_code, ADW_TYPE_BIN)

char *
presync_tenant_code_dup_spelled (const char *code)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (code != NULL, NULL);

  for (const char *p = code; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append_unichar (text, g_utf8_get_char (p));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GTimeSpan
presync_tenant_code_get_left (PresyncTenantCode *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return MAX (0, g_date_time_difference (self->code->expires, now));
}

static void
presync_tenant_code_update_time (PresyncTenantCode *self)
{
  GTimeSpan left = self->code != NULL ? presync_tenant_code_get_left (self) : 0;
  int seconds = (int) (left / G_TIME_SPAN_SECOND);
  g_autofree char *text = NULL;

  if (self->code == NULL)
    text = g_strdup (_ ("Asking for a code…"));
  else
    /* TRANSLATORS: minutes and seconds that are left */
    text = g_strdup_printf (_ ("Waiting for you to sign in; the code ends in %d:%02d"),
                            seconds / 60, seconds % 60);
  gtk_label_set_text (self->waiting, text);
  gtk_progress_bar_set_fraction (self->time_left,
                                 self->lasts > 0 ? (double) left / (double) self->lasts : 0);
}

static gboolean
presync_tenant_code_tick_cb (gpointer user_data)
{
  presync_tenant_code_update_time (PRESYNC_TENANT_CODE (user_data));
  return G_SOURCE_CONTINUE;
}

static void
presync_tenant_code_copy (PresyncTenantCode *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Copied"));
}

static void
presync_tenant_code_copy_code_cb (PresyncTenantCode *self)
{
  if (self->code != NULL)
    presync_tenant_code_copy (self, self->code->user_code);
}

static void
presync_tenant_code_copy_address_cb (PresyncTenantCode *self)
{
  if (self->code != NULL)
    presync_tenant_code_copy (self, self->code->verification_uri);
}

/* A server names the address: it is opened only if it is a page of Microsoft's. */
static void
presync_tenant_code_update_address (PresyncTenantCode *self)
{
  const char *uri = self->code != NULL ? self->code->verification_uri : "";
  gboolean safe = presync_cloud_is_sign_in_page (uri);
  GtkWidget *label = NULL;

  gtk_link_button_set_uri (self->link, safe ? uri : "");
  gtk_button_set_label (GTK_BUTTON (self->link), safe ? uri + strlen ("https://") : uri);
  label = gtk_button_get_child (GTK_BUTTON (self->link));
  if (GTK_IS_LABEL (label))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  presync_accessible_set_label (GTK_WIDGET (self->link), uri);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->link), uri);
  gtk_widget_set_visible (GTK_WIDGET (self->link), safe);
  gtk_label_set_text (self->address, uri);
  gtk_widget_set_visible (GTK_WIDGET (self->address), !safe && *uri != '\0');
  presync_qr_code_set_text (self->qr_code, safe ? uri : NULL);
}

static void
presync_tenant_code_map (GtkWidget *widget)
{
  PresyncTenantCode *self = PRESYNC_TENANT_CODE (widget);

  GTK_WIDGET_CLASS (presync_tenant_code_parent_class)->map (widget);
  presync_tenant_code_update_time (self);
  gtk_spinner_start (self->spinner);
  self->tick_id = g_timeout_add_seconds (1, presync_tenant_code_tick_cb, self);
}

static void
presync_tenant_code_unmap (GtkWidget *widget)
{
  PresyncTenantCode *self = PRESYNC_TENANT_CODE (widget);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
  GTK_WIDGET_CLASS (presync_tenant_code_parent_class)->unmap (widget);
}

static void
presync_tenant_code_dispose (GObject *object)
{
  PresyncTenantCode *self = PRESYNC_TENANT_CODE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->code, presync_device_code_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_TENANT_CODE);

  G_OBJECT_CLASS (presync_tenant_code_parent_class)->dispose (object);
}

static void
presync_tenant_code_class_init (PresyncTenantCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_tenant_code_dispose;
  widget_class->map = presync_tenant_code_map;
  widget_class->unmap = presync_tenant_code_unmap;

  g_type_ensure (PRESYNC_TYPE_QR_CODE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/tenant-code.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncTenantCode, name)
  BIND (content);
  BIND (code_label);
  BIND (copy_button);
  BIND (link);
  BIND (address);
  BIND (qr_code);
  BIND (spinner);
  BIND (waiting);
  BIND (time_left);
  BIND (cancel_button);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, presync_tenant_code_copy_code_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_tenant_code_copy_address_cb);
}

static void
presync_tenant_code_init (PresyncTenantCode *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* GTK 4.8 would say the underscore of what is written on them. */
  presync_accessible_set_label (self->copy_button, _ ("Copy the code"));
  presync_accessible_set_label (self->cancel_button, _ ("Cancel the sign-in"));
  presync_tenant_code_set (self, NULL);
}

void
presync_tenant_code_set (PresyncTenantCode *self, const PresyncDeviceCode *code)
{
  g_autofree char *spelled = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_CODE (self));

  g_clear_pointer (&self->code, presync_device_code_free);
  self->code = presync_device_code_copy (code);
  gtk_widget_set_visible (self->content, code != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->time_left), code != NULL);
  gtk_label_set_text (self->code_label, code != NULL ? code->user_code : "");
  spelled = presync_tenant_code_dup_spelled (code != NULL ? code->user_code : "");
  /* TRANSLATORS: for screen readers: a code, and the same letter by letter */
  name = g_strdup_printf (_ ("Code %s, letter by letter: %s"), code != NULL ? code->user_code : "",
                          spelled);
  presync_accessible_set_label (GTK_WIDGET (self->code_label), name);
  self->lasts = code != NULL ? presync_tenant_code_get_left (self) : 0;
  presync_tenant_code_update_address (self);
  presync_tenant_code_update_time (self);
}

void
presync_tenant_code_focus (PresyncTenantCode *self)
{
  g_return_if_fail (PRESYNC_IS_TENANT_CODE (self));

  gtk_widget_grab_focus (self->code != NULL ? self->copy_button : self->cancel_button);
  presync_reveal (GTK_WIDGET (self));
}
