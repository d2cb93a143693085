/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/command-card.h"

#include <glib/gi18n.h>

struct _PresyncCommandCard
{
  AdwBin parent_instance;

  GtkLabel *command;
  GtkWidget *examples;
};

G_DEFINE_FINAL_TYPE (PresyncCommandCard, presync_command_card, ADW_TYPE_BIN)

static void
presync_command_card_copy_cb (PresyncCommandCard *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  gdk_clipboard_set_text (clipboard, gtk_label_get_text (self->command));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Copied"));
}

static void
presync_command_card_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_COMMAND_CARD);

  G_OBJECT_CLASS (presync_command_card_parent_class)->dispose (object);
}

static void
presync_command_card_class_init (PresyncCommandCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_command_card_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/command-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncCommandCard, command);
  gtk_widget_class_bind_template_child (widget_class, PresyncCommandCard, examples);
  gtk_widget_class_bind_template_callback (widget_class, presync_command_card_copy_cb);
}

static void
presync_command_card_init (PresyncCommandCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_command_card_new (const char *command, gboolean examples)
{
  PresyncCommandCard *self = g_object_new (PRESYNC_TYPE_COMMAND_CARD, NULL);

  gtk_label_set_text (self->command, command);
  gtk_widget_set_visible (self->examples, examples);
  return GTK_WIDGET (self);
}
