/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window.h"

#include <glib/gi18n.h>

#include "app/about.h"
#include "app/accessible.h"
#include "app/checklist-page.h"
#include "app/connection-dialog.h"
#include "app/connection.h"
#include "app/export-report.h"
#include "app/facts-drop.h"
#include "app/page-title.h"
#include "app/pages.h"
#include "app/plan-dialog.h"
#include "app/settings.h"
#include "app/sidebar.h"

/* How often "2 min ago" below the title is said anew. */
#define REFRESH_SECONDS 20
/* How often the bar moves while nobody knows how long a check takes. */
#define PULSE_MS 120
/* From this width on the header bar has room for a product's whole name. */
#define LONG_TITLE_FROM 740
/* Side by side both need SIDEBAR + CONTENT. Folded, the header bar is shorter, and the sides would
 * fit side by side again: so they ask for as much in both states. */
#define SIDEBAR_WIDTH 240
#define CONTENT_WIDTH 480
#define FOLDED_WIDTH 360
/* From this width of the window on, the buttons of the header bar have room for words. */
#define WORDS_FROM 860

struct _PresyncWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar_side;
  GtkWidget *content_side;
  GtkLabel *name;
  PresyncSidebar *sidebar;
  GtkButton *check;
  GtkImage *check_icon;
  GtkLabel *check_label;
  GtkButton *export;
  GtkWidget *export_label;
  AdwWindowTitle *title;
  GtkProgressBar *progress;
  GtkStack *stack;
  PresyncFactsDrop *drop;

  PresyncAssessment *assessment;
  GSettings *settings;
  GDateTime *read_at; /* when the directory was last read with success; NULL if it never was */
  guint refresh_id;
  guint pulse_id;
};

G_DEFINE_FINAL_TYPE (PresyncWindow, presync_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
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

static void
presync_window_update_title (PresyncWindow *self)
{
  const char *page
      = self->assessment != NULL ? gtk_stack_get_visible_child_name (self->stack) : NULL;
  const char *name = page == NULL ? "" : presync_assessment_get_name (self->assessment);
  g_autofree char *subtitle = NULL;
  g_autofree char *title = NULL;

  if (page == NULL)
    return;
  subtitle = presync_page_dup_subtitle (page, self->assessment,
                                        adw_leaflet_get_folded (self->leaflet), &self->read_at);
  adw_window_title_set_title (self->title,
                              presync_page_title (page, presync_window_is_narrow (self)));
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_label_set_text (self->name, *name != '\0' ? name : _ ("Presync"));
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

/* Checking */

static void
presync_window_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* A source that is checked by itself just now needs no other check. */
  if (!presync_runner_check_finish (PRESYNC_RUNNER (object), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) && self->toasts != NULL)
    presync_window_toast (self, error->message);
}

void
presync_window_check (PresyncWindow *self)
{
  g_return_if_fail (PRESYNC_IS_WINDOW (self));

  presync_runner_check_async (presync_assessment_get_runner (self->assessment), NULL,
                              presync_window_checked_cb, g_object_ref (self));
}

/* One button, one shortcut: starts a check, and cancels it while it runs. */
static void
presync_window_check_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncWindow *self = user_data;
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);

  if (presync_runner_get_checking (runner))
    presync_runner_cancel (runner);
  else
    presync_window_check (self);
}

static gboolean
presync_window_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  PresyncRunner *runner = presync_assessment_get_runner (PRESYNC_WINDOW (widget)->assessment);

  if (!presync_runner_get_checking (runner))
    return FALSE;
  presync_runner_cancel (runner);
  return TRUE;
}

static gboolean
presync_window_pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (PRESYNC_WINDOW (user_data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
presync_window_update_progress (PresyncWindow *self)
{
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  gboolean checking = presync_runner_get_checking (runner);
  double progress = -1;

  g_object_get (runner, "progress", &progress, NULL);
  /* Before the first answer there is nothing to measure: the bar shows that something goes on. */
  if (checking && progress > 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (progress, 1.0));
  if (checking && progress <= 0 && self->pulse_id == 0)
    self->pulse_id = g_timeout_add (PULSE_MS, presync_window_pulse_cb, self);
  else if ((!checking || progress > 0) && self->pulse_id != 0)
    g_clear_handle_id (&self->pulse_id, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), checking);
}

static void
presync_window_update_check (PresyncWindow *self)
{
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  gboolean checking = presync_runner_get_checking (runner);
  gboolean possible = g_list_model_get_n_items (presync_runner_get_sources (runner)) > 0;
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "check");
  const char *label = checking ? _ ("Cancel") : _ ("Check now");
  const char *tooltip = checking    ? _ ("Cancel the check (Escape)")
                        : !possible ? _ ("Connect to a directory first: there is nothing to check")
                                    : _ ("Check all sources again (Ctrl+R)");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), possible);
  gtk_label_set_text (self->check_label, label);
  gtk_image_set_from_icon_name (self->check_icon,
                                checking ? "process-stop-symbolic" : "presync-check-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->check), tooltip);
  presync_accessible_set_label (GTK_WIDGET (self->check), label);
  presync_accessible_set_description (GTK_WIDGET (self->check), tooltip);
  if (checking || !possible)
    gtk_widget_remove_css_class (GTK_WIDGET (self->check), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->check), "suggested-action");
  presync_window_update_progress (self);
  presync_window_update_title (self);
}

/* What was read of one directory tells nothing of another. */
static void
presync_window_sources_cb (PresyncWindow *self)
{
  g_clear_pointer (&self->read_at, g_date_time_unref);
  presync_window_update_check (self);
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

  presync_export_report (GTK_WINDOW (self), self->assessment, self->toasts);
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
  { .name = "check", .activate = presync_window_check_cb },
  { .name = "export", .activate = presync_window_export_cb },
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

  presync_runner_cancel (presync_assessment_get_runner (self->assessment));
  return GTK_WINDOW_CLASS (presync_window_parent_class)->close_request (window);
}

static void
presync_window_constructed (GObject *object)
{
  PresyncWindow *self = PRESYNC_WINDOW (object);
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);

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
  g_signal_connect_object (runner, "notify::checking", G_CALLBACK (presync_window_update_check),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (runner, "notify::progress", G_CALLBACK (presync_window_update_progress),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_runner_get_sources (runner), "items-changed",
                           G_CALLBACK (presync_window_sources_cb), self, G_CONNECT_SWAPPED);
  self->refresh_id = g_timeout_add_seconds (REFRESH_SECONDS, presync_window_refresh_cb, self);
  presync_window_update_check (self);
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

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_FACTS_DROP);
  g_type_ensure (PRESYNC_TYPE_SIDEBAR);
  presync_window_bind_template (widget_class);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, presync_window_escape_cb, NULL);
}

static void
presync_window_init (PresyncWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

PresyncWindow *
presync_window_new (GtkApplication *application, PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_WINDOW, "application", application, "assessment", assessment,
                       NULL);
}
