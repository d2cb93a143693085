/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n.h>

#include "app/about.h"
#include "app/checklist-page.h"
#include "app/connection-dialog.h"
#include "app/connection.h"
#include "app/export-dialog.h"
#include "app/export-options.h"
#include "app/export-table.h"
#include "app/page-title.h"
#include "app/pages.h"
#include "app/plan-dialog.h"
#include "app/print-report.h"
#include "app/settings.h"
#include "assessment/history.h"

/* How often "2 min ago" below the title is said anew. */
#define REFRESH_SECONDS 20
/* From this width on the header bar has room for a product's whole name. */
#define LONG_TITLE_FROM 740
/* Side by side both need SIDEBAR + CONTENT. Folded, the header bar is shorter, and the sides would
 * fit side by side again: so they ask for as much in both states. */
#define SIDEBAR_WIDTH 240
#define CONTENT_WIDTH 480
#define FOLDED_WIDTH 360
/* From this width of the window on, the buttons of the header bar have room for words. */
#define WORDS_FROM 860

G_DEFINE_FINAL_TYPE (PresyncWindow, presync_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

void
presync_window_toast (PresyncWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* Pages */

static gboolean
presync_window_is_narrow (PresyncWindow *self)
{
  int width = gtk_widget_get_width (self->content_side);

  return adw_leaflet_get_folded (self->leaflet) || (width > 0 && width < LONG_TITLE_FROM);
}

void
presync_window_update_title (PresyncWindow *self)
{
  const char *page
      = self->assessment != NULL ? gtk_stack_get_visible_child_name (self->stack) : NULL;
  const char *name = page == NULL ? "" : presync_assessment_get_name (self->assessment);
  const char *file = self->link != NULL ? presync_store_link_get_title (self->link) : NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *title = NULL;

  if (page == NULL)
    return;
  subtitle = presync_page_dup_subtitle (page, self->assessment,
                                        adw_leaflet_get_folded (self->leaflet), &self->read_at);
  adw_window_title_set_title (self->title,
                              presync_page_title (page, presync_window_is_narrow (self)));
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_label_set_text (self->name, file != NULL ? file : *name != '\0' ? name : _ ("Presync"));
  if (file != NULL)
    /* TRANSLATORS: title of a window: a file, a page, the program: "contoso — Overview — Presync"
     */
    title = g_strdup_printf (_ ("%s — %s — Presync"), file, presync_page_title (page, FALSE));
  else
    title = *name != '\0' ? g_strdup_printf ("%s — %s", presync_page_title (page, FALSE), name)
                          : g_strdup (presync_page_title (page, FALSE));
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* Pages are made when they are first needed: the window is on screen sooner. */
static GtkWidget *
presync_window_ensure_page (PresyncWindow *self, const char *page)
{
  GtkWidget *child = gtk_stack_get_child_by_name (self->stack, page);

  if (child == NULL)
    {
      child = presync_pages_create (page, self->assessment, self->settings);
      gtk_stack_add_named (self->stack, child, page);
    }
  return child;
}

void
presync_window_show_page (PresyncWindow *self, const char *page)
{
  GAction *action;

  g_return_if_fail (PRESYNC_IS_WINDOW (self));

  if (presync_page_title (page, FALSE) == NULL)
    return;
  presync_window_ensure_page (self, page);
  gtk_stack_set_visible_child_name (self->stack, page);
  presync_sidebar_set_page (self->sidebar, page);
  adw_leaflet_set_visible_child (self->leaflet, self->content_side);
  action = g_action_map_lookup_action (G_ACTION_MAP (self), "page");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (page));
  presync_window_update_title (self);
}

static void
presync_window_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  presync_window_show_page (user_data, g_variant_get_string (parameter, NULL));
}

/* A page that was just made has nothing to scroll before it is laid out. */
static gboolean
presync_window_show_item_tick_cb (GtkWidget *page, GdkFrameClock *clock, gpointer id)
{
  if (gtk_widget_get_width (page) == 0)
    return G_SOURCE_CONTINUE;
  presync_checklist_page_show_item (PRESYNC_CHECKLIST_PAGE (page), id);
  return G_SOURCE_REMOVE;
}

static void
presync_window_show_item_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  const char *page;
  const char *id;
  PresyncOption option;

  g_variant_get (parameter, "(&s&s)", &page, &id);
  if (!presync_option_from_id (page, &option))
    return;
  presync_window_show_page (self, page);
  gtk_widget_add_tick_callback (presync_window_ensure_page (self, page),
                                presync_window_show_item_tick_cb, g_strdup (id), g_free);
}

static void
presync_window_search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;

  if (!PRESYNC_IS_CHECKLIST_PAGE (gtk_stack_get_visible_child (self->stack)))
    presync_window_show_page (self, presync_option_id (PRESYNC_OPTION_CLOUD_SYNC));
  presync_checklist_page_focus_search (
      PRESYNC_CHECKLIST_PAGE (gtk_stack_get_visible_child (self->stack)));
}

static void
presync_window_back_cb (PresyncWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->sidebar_side);
}

/* A narrow header bar has room for symbols and the title; the report is in the menu too. */
static void
presync_window_update_header (PresyncWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  gboolean words = FALSE;
  int width = 0;
  int height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  words = !folded && (gtk_window_is_maximized (GTK_WINDOW (self)) || width >= WORDS_FROM);
  gtk_widget_set_visible (GTK_WIDGET (self->check_label), words);
  gtk_widget_set_visible (GTK_WIDGET (self->check_icon), !words);
  gtk_widget_set_visible (GTK_WIDGET (self->export), !folded);
  gtk_widget_set_visible (GTK_WIDGET (self->export_label), words);
  presync_window_update_title (self);
}

static void
presync_window_folded_cb (PresyncWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_size_request (self->sidebar_side, folded ? FOLDED_WIDTH : SIDEBAR_WIDTH, -1);
  gtk_widget_set_size_request (self->content_side, folded ? FOLDED_WIDTH : CONTENT_WIDTH, -1);
  if (folded)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "narrow");
  presync_window_update_header (self);
}

/* Other actions */

static void
presync_window_export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;

  presync_export_dialog_present (GTK_WINDOW (self), self->assessment, self->toasts);
}

static void
presync_window_export_table_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;

  presync_export_table (GTK_WINDOW (self), self->assessment, g_variant_get_string (parameter, NULL),
                        self->toasts);
}

static void
presync_window_print_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  g_autoptr (PresyncReportOptions) options = presync_export_options_load ();

  presync_print_report_run (GTK_WINDOW (self), self->assessment, options, self->toasts, NULL, NULL);
}

static void
presync_window_new_connection_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;

  presync_connection_dialog_present (GTK_WINDOW (self), self->assessment);
}

static PresyncDirectorySource *
presync_window_create_sample (void)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_sample_dup_target (NULL);

  return presync_directory_source_new (target);
}

static void
presync_window_use_sample_cb (gpointer user_data)
{
  PresyncWindow *self = user_data;
  g_autoptr (PresyncDirectorySource) sample = presync_window_create_sample ();

  presync_connection_use (self->assessment, sample);
}

static void
presync_window_open_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  g_autoptr (PresyncDirectorySource) sample = presync_window_create_sample ();

  /* It is chosen from a menu: a slip must not end a connection. */
  presync_connection_ask (GTK_WINDOW (self), self->assessment,
                          presync_directory_source_get_target (sample), TRUE,
                          presync_window_use_sample_cb, g_object_ref (self), g_object_unref);
}

static void
presync_window_plan_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;

  presync_plan_dialog_present (GTK_WINDOW (self), self->assessment);
}

static void
presync_window_shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (PRESYNC_RESOURCE_BASE "/shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (window, GTK_WINDOW (user_data));
  gtk_window_present (window);
}

static void
presync_window_about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  presync_about_window_present (GTK_WINDOW (user_data));
}

static void
presync_window_open_link_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_show_uri (GTK_WINDOW (user_data), g_variant_get_string (parameter, NULL), GDK_CURRENT_TIME);
}

static void
presync_window_toast_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  presync_window_toast (user_data, g_variant_get_string (parameter, NULL));
}

static const GActionEntry actions[] = {
  { .name = "page",
    .activate = presync_window_page_cb,
    .parameter_type = "s",
    .state = "'overview'" },
  { .name = "export", .activate = presync_window_export_cb },
  { .name = "export-table", .activate = presync_window_export_table_cb, .parameter_type = "s" },
  { .name = "print", .activate = presync_window_print_cb },
  { .name = "new-connection", .activate = presync_window_new_connection_cb },
  { .name = "open-sample", .activate = presync_window_open_sample_cb },
  { .name = "plan", .activate = presync_window_plan_cb },
  { .name = "search", .activate = presync_window_search_cb },
  { .name = "shortcuts", .activate = presync_window_shortcuts_cb },
  { .name = "about", .activate = presync_window_about_cb },
  { .name = "show-item", .activate = presync_window_show_item_cb, .parameter_type = "(ss)" },
  { .name = "open-link", .activate = presync_window_open_link_cb, .parameter_type = "s" },
  { .name = "toast", .activate = presync_window_toast_cb, .parameter_type = "s" },
};

/* Object */

static gboolean
presync_window_refresh_cb (gpointer user_data)
{
  presync_window_update_title (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
presync_window_close_request (GtkWindow *window)
{
  PresyncWindow *self = PRESYNC_WINDOW (window);

  if (!presync_window_may_close (self))
    return TRUE;
  presync_window_end (self);
  return GTK_WINDOW_CLASS (presync_window_parent_class)->close_request (window);
}

static void
presync_window_constructed (GObject *object)
{
  PresyncWindow *self = PRESYNC_WINDOW (object);

  G_OBJECT_CLASS (presync_window_parent_class)->constructed (object);

  self->settings = presync_settings_new ();
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);

  presync_sidebar_set_assessment (self->sidebar, self->assessment);
  presync_facts_drop_attach (self->drop, GTK_WIDGET (self), self->assessment);
  g_signal_connect_object (self->assessment, "updated", G_CALLBACK (presync_window_update_title),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->assessment, "notify::name",
                           G_CALLBACK (presync_window_update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::default-width", G_CALLBACK (presync_window_update_header), NULL);
  g_signal_connect (self, "notify::maximized", G_CALLBACK (presync_window_update_header), NULL);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, presync_window_refresh_cb, self);
  self->undo = presync_undo_actions_new (ADW_APPLICATION_WINDOW (self), self->toasts,
                                         self->edit_menu, self->assessment);
  g_signal_connect_object (presync_assessment_get_history (self->assessment), "items-changed",
                           G_CALLBACK (presync_window_update_title), self, G_CONNECT_SWAPPED);
  presync_window_watch_documents (self);
  presync_window_watch_check (self);
  presync_window_folded_cb (self);
}

static void
presync_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    g_value_set_object (value, PRESYNC_WINDOW (object)->assessment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    PRESYNC_WINDOW (object)->assessment = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_window_dispose (GObject *object)
{
  PresyncWindow *self = PRESYNC_WINDOW (object);

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_WINDOW);
  /* The file is let go before its assessment is. */
  g_clear_object (&self->link);
  g_clear_object (&self->undo);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (presync_window_parent_class)->dispose (object);
}

static void
presync_window_finalize (GObject *object)
{
  g_clear_object (&PRESYNC_WINDOW (object)->assessment);
  g_clear_pointer (&PRESYNC_WINDOW (object)->read_at, g_date_time_unref);

  G_OBJECT_CLASS (presync_window_parent_class)->finalize (object);
}

static void
presync_window_bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, PRESYNC_RESOURCE_BASE "/window.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, sidebar_side);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, content_side);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, name);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, saved);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, save);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, documents_menu);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, edit_menu);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, check);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, check_icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, check_label);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, export);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, export_label);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PresyncWindow, drop);
  gtk_widget_class_bind_template_callback (widget_class, presync_window_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_window_folded_cb);
}

static void
presync_window_class_init (PresyncWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = presync_window_constructed;
  object_class->get_property = presync_window_get_property;
  object_class->set_property = presync_window_set_property;
  object_class->dispose = presync_window_dispose;
  object_class->finalize = presync_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = presync_window_close_request;

  g_signal_new ("stays", PRESYNC_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);
  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_FACTS_DROP);
  g_type_ensure (PRESYNC_TYPE_SAVE_BANNER);
  g_type_ensure (PRESYNC_TYPE_SIDEBAR);
  presync_window_bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, presync_window_escape_cb, NULL);
}

static void
presync_window_init (PresyncWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  presync_window_add_check_actions (self);
  presync_window_add_document_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

PresyncWindow *
presync_window_new (GtkApplication *application, PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_WINDOW, "application", application, "assessment", assessment,
                       NULL);
}
