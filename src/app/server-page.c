/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-page.h"

#include <glib/gi18n.h>

#include "app/form.h"
#include "app/server-facts.h"
#include "app/server-files.h"
#include "app/server-guide.h"
#include "app/server-topic-row.h"
#include "assessment/network-plan.h"

struct _PresyncServerPage
{
  AdwBin parent_instance;

  PresyncServerFiles *files;
  PresyncServerGuide *guide;
  AdwPreferencesGroup *groups[PRESYNC_N_SERVER_GROUPS];

  PresyncAssessment *assessment;
  PresyncServerSource *source; /* nullable: the one that is followed */
  GPtrArray *rows;             /* PresyncServerTopicRow, one a topic */
  gboolean stale;              /* something changed while nobody looked */
};

G_DEFINE_FINAL_TYPE (PresyncServerPage, presync_server_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
presync_server_page_update_groups (PresyncServerPage *self)
{
  gboolean filled[PRESYNC_N_SERVER_GROUPS] = { FALSE };
  guint n = 0;
  const PresyncServerTopic *topics = presync_server_topics (&n);

  for (guint i = 0; i < n; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (self->rows, i)))
      filled[topics[i].group] = TRUE;
  for (guint i = 0; i < PRESYNC_N_SERVER_GROUPS; i++)
    gtk_widget_set_visible (GTK_WIDGET (self->groups[i]), filled[i]);
}

static void
presync_server_page_update (PresyncServerPage *self)
{
  g_autoptr (GPtrArray) lists = NULL;
  g_autoptr (PresyncNetworkTarget) target = NULL;

  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
  lists = presync_server_topics_list_items (self->assessment);
  /* The first topic is the facts file itself. */
  presync_server_files_update (self->files, self->assessment, g_ptr_array_index (lists, 0));
  presync_server_guide_set_needed (
      self->guide,
      self->source == NULL
          || g_list_model_get_n_items (presync_server_source_get_reports (self->source)) == 0);
  target = presync_network_plan_dup (self->assessment, NULL);
  presync_server_guide_set_target (self->guide, target);
  for (guint i = 0; i < self->rows->len; i++)
    presync_server_topic_row_update (g_ptr_array_index (self->rows, i),
                                     g_ptr_array_index (lists, i));
  presync_server_page_update_groups (self);
}

static void
presync_server_page_sources_cb (PresyncServerPage *self)
{
  g_autoptr (PresyncServerSource) source = presync_server_facts_dup_source (self->assessment);

  if (source != self->source)
    {
      if (self->source != NULL)
        {
          g_signal_handlers_disconnect_by_data (self->source, self);
          g_signal_handlers_disconnect_by_data (presync_server_source_get_reports (self->source),
                                                self);
        }
      g_set_object (&self->source, source);
      if (source != NULL)
        {
          /* Folder, server, and with state and message the files that could not be used. */
          g_signal_connect_object (source, "notify", G_CALLBACK (presync_server_page_update), self,
                                   G_CONNECT_SWAPPED);
          g_signal_connect_object (presync_server_source_get_reports (source), "items-changed",
                                   G_CALLBACK (presync_server_page_update), self,
                                   G_CONNECT_SWAPPED);
        }
    }
  presync_server_page_update (self);
}

static void
presync_server_page_map (GtkWidget *widget)
{
  PresyncServerPage *self = PRESYNC_SERVER_PAGE (widget);

  GTK_WIDGET_CLASS (presync_server_page_parent_class)->map (widget);
  if (self->stale)
    presync_server_page_update (self);
}

static void
presync_server_page_file_cb (const char *path, gpointer user_data)
{
  PresyncServerPage *self = user_data;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GSList) files = g_slist_prepend (NULL, file);

  if (self->assessment != NULL)
    presync_server_facts_add (GTK_WIDGET (self), self->assessment, files);
}

static void
presync_server_page_add_file (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const patterns[] = { "*.json", NULL };

  presync_form_choose_file (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Add a Facts File"),
                            _ ("Facts files"), patterns, NULL, NULL, presync_server_page_file_cb,
                            G_OBJECT (widget));
}

static void
presync_server_page_folder_cb (const char *path, gpointer user_data)
{
  PresyncServerPage *self = user_data;
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  if (self->assessment != NULL)
    presync_server_facts_watch (self->assessment, folder);
}

static void
presync_server_page_watch (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_form_choose_folder (GTK_WINDOW (gtk_widget_get_root (widget)),
                              _ ("Watch a Folder for Facts Files"), NULL,
                              presync_server_page_folder_cb, G_OBJECT (widget));
}

static void
presync_server_page_stop_watching (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_server_facts_watch (PRESYNC_SERVER_PAGE (widget)->assessment, NULL);
}

static void
presync_server_page_constructed (GObject *object)
{
  PresyncServerPage *self = PRESYNC_SERVER_PAGE (object);
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  guint n = 0;
  const PresyncServerTopic *topics = presync_server_topics (&n);

  G_OBJECT_CLASS (presync_server_page_parent_class)->constructed (object);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = presync_server_topic_row_new (self->assessment, &topics[i]);

      adw_preferences_group_add (self->groups[topics[i].group], row);
      g_ptr_array_add (self->rows, row);
    }
  g_signal_connect_object (self->assessment, "updated", G_CALLBACK (presync_server_page_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assessment, "notify::sync-server",
                           G_CALLBACK (presync_server_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_runner_get_sources (runner), "items-changed",
                           G_CALLBACK (presync_server_page_sources_cb), self, G_CONNECT_SWAPPED);
  self->stale = TRUE;
  presync_server_page_sources_cb (self);
}

static void
presync_server_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    g_value_set_object (value, PRESYNC_SERVER_PAGE (object)->assessment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_server_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    PRESYNC_SERVER_PAGE (object)->assessment = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_server_page_dispose (GObject *object)
{
  PresyncServerPage *self = PRESYNC_SERVER_PAGE (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->source);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SERVER_PAGE);

  G_OBJECT_CLASS (presync_server_page_parent_class)->dispose (object);
}

static void
presync_server_page_finalize (GObject *object)
{
  g_ptr_array_unref (PRESYNC_SERVER_PAGE (object)->rows);

  G_OBJECT_CLASS (presync_server_page_parent_class)->finalize (object);
}

static void
presync_server_page_bind_template (GtkWidgetClass *widget_class)
{
  static const char *const names[PRESYNC_N_SERVER_GROUPS] = {
    [PRESYNC_SERVER_SYSTEM] = "system",     [PRESYNC_SERVER_POWERSHELL] = "powershell",
    [PRESYNC_SERVER_TLS] = "tls",           [PRESYNC_SERVER_SECURITY] = "security",
    [PRESYNC_SERVER_SOFTWARE] = "software",
  };

  g_type_ensure (PRESYNC_TYPE_SERVER_FILES);
  g_type_ensure (PRESYNC_TYPE_SERVER_GUIDE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/server-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncServerPage, files);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerPage, guide);
  for (guint i = 0; i < PRESYNC_N_SERVER_GROUPS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (PresyncServerPage, groups)
                                                   + (gssize) (i * sizeof (gpointer)));
}

static void
presync_server_page_class_init (PresyncServerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = presync_server_page_constructed;
  object_class->get_property = presync_server_page_get_property;
  object_class->set_property = presync_server_page_set_property;
  object_class->dispose = presync_server_page_dispose;
  object_class->finalize = presync_server_page_finalize;
  widget_class->map = presync_server_page_map;

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  presync_server_page_bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "server.add-file", NULL,
                                   presync_server_page_add_file);
  gtk_widget_class_install_action (widget_class, "server.watch", NULL, presync_server_page_watch);
  gtk_widget_class_install_action (widget_class, "server.stop-watching", NULL,
                                   presync_server_page_stop_watching);
}

static void
presync_server_page_init (PresyncServerPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_server_page_new (PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_SERVER_PAGE, "assessment", assessment, NULL);
}
