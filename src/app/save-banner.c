/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/save-banner.h"

#include <glib/gi18n.h>

#include "app/ends-layout.h"

struct _PresyncSaveBanner
{
  AdwBin parent_instance;

  GtkLabel *message;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (PresyncSaveBanner, presync_save_banner, ADW_TYPE_BIN)

static void
presync_save_banner_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_SAVE_BANNER);

  G_OBJECT_CLASS (presync_save_banner_parent_class)->dispose (object);
}

static void
presync_save_banner_class_init (PresyncSaveBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_save_banner_dispose;

  g_type_ensure (PRESYNC_TYPE_ENDS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/save-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncSaveBanner, message);
  gtk_widget_class_bind_template_child (widget_class, PresyncSaveBanner, again);
}

static void
presync_save_banner_init (PresyncSaveBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
presync_save_banner_update (PresyncSaveBanner *self, PresyncStore *store)
{
  PresyncStoreState state = PRESYNC_STORE_SAVED;
  const char *message = NULL;

  g_return_if_fail (PRESYNC_IS_SAVE_BANNER (self));
  g_return_if_fail (store == NULL || PRESYNC_IS_STORE (store));

  if (store != NULL)
    {
      state = presync_store_get_state (store);
      message = presync_store_get_message (store);
    }
  /* While it is tried again, nothing is known yet: the words stay. */
  if (state == PRESYNC_STORE_SAVING && gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (message == NULL)
    message = _ ("Changes are not saved.");
  if (state == PRESYNC_STORE_FAILED || state == PRESYNC_STORE_READ_ONLY)
    gtk_label_set_text (self->message, message);
  gtk_widget_set_visible (self->again, state == PRESYNC_STORE_FAILED);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          state == PRESYNC_STORE_FAILED || state == PRESYNC_STORE_READ_ONLY);
}
