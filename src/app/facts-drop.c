/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/facts-drop.h"

#include "app/server-facts.h"
#include "store/store.h"

struct _PresyncFactsDrop
{
  AdwBin parent_instance;

  PresyncAssessment *assessment;
};

G_DEFINE_FINAL_TYPE (PresyncFactsDrop, presync_facts_drop, ADW_TYPE_BIN)

static GdkDragAction
presync_facts_drop_enter_cb (PresyncFactsDrop *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return GDK_ACTION_COPY;
}

static void
presync_facts_drop_leave_cb (PresyncFactsDrop *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* However a drag ends, the hint does not outlast it. */
static void
presync_facts_drop_current_cb (PresyncFactsDrop *self, GParamSpec *pspec, GtkDropTarget *target)
{
  if (gtk_drop_target_get_current_drop (target) == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* An assessment among them is meant to be opened, not to be read as facts. */
static gboolean
presync_facts_drop_open (PresyncFactsDrop *self, GSList *files)
{
  gboolean opened = FALSE;

  for (GSList *file = files; file != NULL; file = file->next)
    {
      g_autofree char *uri = g_file_get_uri (file->data);

      if (!g_str_has_suffix (uri, PRESYNC_STORE_SUFFIX))
        continue;
      gtk_widget_activate_action (GTK_WIDGET (self), "win.open-file", "s", uri);
      opened = TRUE;
    }
  return opened;
}

static gboolean
presync_facts_drop_drop_cb (PresyncFactsDrop *self, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (files == NULL)
    return FALSE;
  if (presync_facts_drop_open (self, files))
    return TRUE;
  presync_server_facts_add (GTK_WIDGET (self), self->assessment, files);
  return TRUE;
}

static void
presync_facts_drop_dispose (GObject *object)
{
  g_clear_object (&PRESYNC_FACTS_DROP (object)->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_FACTS_DROP);

  G_OBJECT_CLASS (presync_facts_drop_parent_class)->dispose (object);
}

static void
presync_facts_drop_class_init (PresyncFactsDropClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_facts_drop_dispose;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               PRESYNC_RESOURCE_BASE "/facts-drop.ui");
}

static void
presync_facts_drop_init (PresyncFactsDrop *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
presync_facts_drop_attach (PresyncFactsDrop *self, GtkWidget *window, PresyncAssessment *assessment)
{
  GtkDropTarget *target = NULL;

  g_return_if_fail (PRESYNC_IS_FACTS_DROP (self));
  g_return_if_fail (self->assessment == NULL);

  self->assessment = g_object_ref (assessment);
  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  /* Before a text field below takes the drop and writes the file's name */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "enter", G_CALLBACK (presync_facts_drop_enter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (presync_facts_drop_leave_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (presync_facts_drop_drop_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "notify::current-drop",
                           G_CALLBACK (presync_facts_drop_current_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
}
