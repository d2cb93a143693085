/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-guide.h"

#include <glib/gi18n.h>

#include "app/command-card.h"
#include "app/form.h"
#include "app/message.h"
#include "app/wrap-layout.h"
#include "sources/server/collector-command.h"

#define SCRIPT_NAME PRESYNC_COLLECTOR_SCRIPT
#define SCRIPT_RESOURCE PRESYNC_RESOURCE_BASE "/collector/" SCRIPT_NAME
/* No execution policy holds for a text, and an error ends the new process, not the window. */
#define COMMAND_WITHOUT_SCRIPT                                                                     \
  "powershell.exe -NoProfile -Command \"& ([scriptblock]::Create((Get-Content -Raw "               \
  ".\\" SCRIPT_NAME ")))\""

struct _PresyncServerGuide
{
  AdwBin parent_instance;

  GtkWidget *hero;
  AdwExpanderRow *expander;
  GtkBox *run_step;
  GtkBox *network_step;

  GtkWidget *network_card; /* nullable: nobody has said what it is for */
  char *network_command;
  int needed; /* -1: nobody has said yet */
};

G_DEFINE_FINAL_TYPE (PresyncServerGuide, presync_server_guide, ADW_TYPE_BIN)

static void
presync_server_guide_fail (PresyncServerGuide *self, const char *message)
{
  presync_message_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                        _ ("The script was not saved"), message);
}

static void
presync_server_guide_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncServerGuide) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Script saved"));
  else
    presync_server_guide_fail (self, error->message);
}

static void
presync_server_guide_chosen_cb (const char *path, gpointer user_data)
{
  PresyncServerGuide *self = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) script
      = g_resources_lookup_data (SCRIPT_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (script == NULL)
    {
      presync_server_guide_fail (self, error->message);
      return;
    }
  g_file_replace_contents_bytes_async (file, script, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       presync_server_guide_written_cb, g_object_ref (self));
}

static void
presync_server_guide_save_cb (PresyncServerGuide *self)
{
  static const char *const patterns[] = { "*.ps1", NULL };

  presync_form_choose_file (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                            _ ("Save the Script"), _ ("PowerShell scripts"), patterns, SCRIPT_NAME,
                            NULL, presync_server_guide_chosen_cb, G_OBJECT (self));
}

static void
presync_server_guide_copy_cb (PresyncServerGuide *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) script
      = g_resources_lookup_data (SCRIPT_RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autofree char *text = NULL;

  if (script == NULL)
    {
      presync_server_guide_fail (self, error->message);
      return;
    }
  text = g_strndup (g_bytes_get_data (script, NULL), g_bytes_get_size (script));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Copied"));
}

static void
presync_server_guide_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_SERVER_GUIDE);

  G_OBJECT_CLASS (presync_server_guide_parent_class)->dispose (object);
}

static void
presync_server_guide_finalize (GObject *object)
{
  g_clear_pointer (&PRESYNC_SERVER_GUIDE (object)->network_command, g_free);

  G_OBJECT_CLASS (presync_server_guide_parent_class)->finalize (object);
}

static void
presync_server_guide_class_init (PresyncServerGuideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_server_guide_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_server_guide_finalize;

  g_type_ensure (PRESYNC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/server-guide.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncServerGuide, hero);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerGuide, expander);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerGuide, run_step);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerGuide, network_step);
  gtk_widget_class_bind_template_callback (widget_class, presync_server_guide_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_server_guide_copy_cb);
}

static void
presync_server_guide_init (PresyncServerGuide *self)
{
  GtkWidget *command = NULL;

  self->needed = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  command = presync_command_card_new (PRESYNC_COLLECTOR_COMMAND, FALSE);
  gtk_box_append (self->run_step, command);
  gtk_box_reorder_child_after (self->run_step, command,
                               gtk_widget_get_first_child (GTK_WIDGET (self->run_step)));
  gtk_box_append (self->run_step, presync_command_card_new (COMMAND_WITHOUT_SCRIPT, FALSE));
  presync_form_label_expander (self->expander);
}

void
presync_server_guide_set_needed (PresyncServerGuide *self, gboolean needed)
{
  g_return_if_fail (PRESYNC_IS_SERVER_GUIDE (self));

  /* Whoever opened it to make a newer file keeps it open. */
  if (self->needed == needed)
    return;
  self->needed = needed;
  gtk_widget_set_visible (self->hero, needed);
  adw_expander_row_set_expanded (self->expander, needed);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander),
                                 needed ? _ ("Make a facts file") : _ ("Make a newer facts file"));
  presync_form_label_expander (self->expander);
}

void
presync_server_guide_set_target (PresyncServerGuide *self, const PresyncNetworkTarget *target)
{
  g_autofree char *command = NULL;

  g_return_if_fail (PRESYNC_IS_SERVER_GUIDE (self));
  command = presync_collector_command_dup_network (target);
  if (g_strcmp0 (self->network_command, command) == 0)
    return;
  g_free (self->network_command);
  self->network_command = g_steal_pointer (&command);
  if (self->network_card != NULL)
    gtk_box_remove (self->network_step, self->network_card);
  self->network_card = presync_command_card_new (self->network_command, FALSE);
  gtk_box_append (self->network_step, self->network_card);
}
