/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-group.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/connection.h"
#include "app/form.h"
#include "app/network-matrix.h"
#include "app/network-problems.h"
#include "app/network-settings.h"
#include "app/relative-time.h"
#include "app/settings.h"
#include "report/reach-text.h"

/* Seconds until "2 min ago" is said anew */
#define TIME_SECONDS 30

struct _PresyncNetworkGroup
{
  AdwBin parent_instance;

  GtkSwitch *enabled_switch;
  AdwActionRow *summary_row;
  GtkSpinner *spinner;
  GtkWidget *again_button;
  GtkWidget *stop_button;
  AdwExpanderRow *settings_row;
  AdwEntryRow *proxy_row;
  GtkLabel *proxy_note;
  AdwEntryRow *service_row;
  AdwEntryRow *servers_row;
  GtkLabel *federation_note;
  GtkProgressBar *progress;
  GtkWidget *problems_box;
  GtkListBox *problems;
  GtkWidget *matrix_box;
  GtkLabel *matrix_title;
  PresyncNetworkMatrix *matrix;

  PresyncAssessment *assessment;
  PresyncNetworkSource *source;  /* nullable: the assessment's */
  PresyncNetworkProblems *shown; /* nullable: rows of @source that did not answer */
  GCancellable *cancellable;     /* nullable: of a try that was started here */
  char *proxy;                   /* nullable: the one in use */
  gboolean updating;             /* the switch is moved by the program */
  guint time_id;
};

G_DEFINE_FINAL_TYPE (PresyncNetworkGroup, presync_network_group, ADW_TYPE_BIN)

static gboolean
presync_network_group_is_busy (PresyncNetworkGroup *self)
{
  return self->source != NULL
         && presync_source_get_state (PRESYNC_SOURCE (self->source)) == PRESYNC_SOURCE_CHECKING;
}

/* Does the field say another proxy than the one in use? */
static gboolean
presync_network_group_is_pending (PresyncNetworkGroup *self)
{
  g_autofree char *typed = presync_form_dup_text (self->proxy_row);

  return g_strcmp0 (typed, self->proxy) != 0;
}

static void
presync_network_group_update_summary (PresyncNetworkGroup *self)
{
  PresyncReachCounts counts = { 0 };
  g_autofree char *summary = NULL;
  g_autofree char *ago = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;
  GDateTime *at = NULL;
  gboolean recorded = FALSE;

  if (self->source == NULL)
    return;
  recorded = presync_network_source_get_target (self->source)->recording != NULL;
  counts = presync_reach_text_count (presync_network_source_get_rows (self->source));
  summary = presync_reach_text_dup_summary (&counts);
  at = presync_network_source_get_at (self->source);
  ago = presync_relative_time_text_now (at);
  if (recorded)
    when = g_strdup (_ ("As recorded, not seen from this computer"));
  else if (presync_network_group_is_busy (self))
    when = g_strdup (_ ("Under way, seen from this computer"));
  else if (at != NULL)
    /* TRANSLATORS: %s is how long ago: "2 min ago" */
    when = g_strdup_printf (_ ("Tried %s, seen from this computer"), ago);
  if (when != NULL && !recorded && presync_network_group_is_pending (self))
    /* TRANSLATORS: %s is such as "Tried 2 min ago, seen from this computer" */
    text = g_strdup_printf (_ ("%s; not with the proxy that stands in the field"), when);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->summary_row), summary);
  adw_action_row_set_subtitle (self->summary_row, text != NULL ? text : when != NULL ? when : "");
  gtk_label_set_text (self->matrix_title,
                      recorded ? _ ("As recorded") : _ ("Seen from this computer"));
  gtk_widget_set_visible (self->problems_box, counts.bad + counts.unknown > 0);
  gtk_widget_set_visible (self->matrix_box, counts.total > 0);
}

static void
presync_network_group_update (PresyncNetworkGroup *self)
{
  gboolean busy = presync_network_group_is_busy (self);
  double progress
      = self->source != NULL ? presync_source_get_progress (PRESYNC_SOURCE (self->source)) : -1;

  gtk_widget_set_visible (GTK_WIDGET (self->summary_row), self->source != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (self->again_button, !busy);
  gtk_widget_set_visible (self->stop_button, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  if (busy && progress >= 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP (progress, 0.0, 1.0));
  else if (busy)
    gtk_progress_bar_pulse (self->progress);
  if (self->source == NULL)
    {
      gtk_widget_set_visible (self->problems_box, FALSE);
      gtk_widget_set_visible (self->matrix_box, FALSE);
    }
  presync_network_group_update_summary (self);
}

/* Settings */

/* @text: (nullable): what is in use, so that nothing is left to apply */
static void
presync_network_group_set_text (AdwEntryRow *row, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row)), text != NULL ? text : "") != 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  /* libadwaita 1.2.2 takes it for typed while the row has the focus, and forgets no other way. */
  adw_entry_row_set_show_apply_button (row, FALSE);
  adw_entry_row_set_show_apply_button (row, TRUE);
}

static void
presync_network_group_tell (GtkLabel *note, AdwEntryRow *row, const GError *error,
                            const char *otherwise)
{
  presync_form_set_error (GTK_WIDGET (row), error != NULL);
  gtk_label_set_text (note, error != NULL ? error->message : otherwise);
  if (error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (note), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (note), "error");
  presync_accessible_set_description (GTK_WIDGET (row), gtk_label_get_text (note));
}

static void
presync_network_group_tell_proxy (PresyncNetworkGroup *self, const GError *error)
{
  presync_network_group_tell (
      self->proxy_note, self->proxy_row, error,
      presync_connection_is_sample (self->assessment)
          ? _ ("The sample was recorded: nothing is tried, and nothing of this is remembered.")
          : _ ("Such as http://proxy.contoso.com:8080. Empty: as the system’s settings say."));
}

/* @row: what @error is about, or either */
static void
presync_network_group_tell_federation (PresyncNetworkGroup *self, AdwEntryRow *row,
                                       const GError *error)
{
  gboolean planned = presync_assessment_get_feature (self->assessment, "federation");

  presync_form_set_error (GTK_WIDGET (self->service_row), FALSE);
  presync_form_set_error (GTK_WIDGET (self->servers_row), FALSE);
  presync_network_group_tell (
      self->federation_note, row, error,
      planned ? _ ("Its name, certificate and ports 443 and 49443 are tried, and port 5985 of "
                   "each server.")
              : _ ("Only tried if sign-in at your own AD FS servers is planned: see “Plan”."));
}

static void
presync_network_group_fill_federation (PresyncNetworkGroup *self)
{
  const PresyncFederation *federation = presync_assessment_get_federation (self->assessment);
  g_autofree char *servers = federation != NULL && federation->servers != NULL
                                 ? g_strjoinv (", ", federation->servers)
                                 : NULL;

  presync_network_group_set_text (self->service_row,
                                  federation != NULL ? federation->service : NULL);
  presync_network_group_set_text (self->servers_row, servers);
}

static void
presync_network_group_fill (PresyncNetworkGroup *self)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *stored = g_settings_get_string (settings, PRESYNC_SETTING_PROXY);
  const char *proxy = *stored != '\0' ? stored : NULL;
  g_autoptr (GError) error = NULL;

  if (self->source != NULL)
    proxy = presync_network_source_get_target (self->source)->proxy;
  if (presync_connection_is_sample (self->assessment))
    proxy = NULL;
  g_free (self->proxy);
  self->proxy = g_strdup (proxy);
  presync_network_group_set_text (self->proxy_row, proxy);
  presync_network_group_fill_federation (self);
  if (self->source == NULL)
    presync_network_settings_check_proxy (self->assessment, &error);
  presync_network_group_tell_proxy (self, error);
  presync_network_group_tell_federation (self, self->service_row, NULL);
}

/* Puts the proxy in the field to use, and says what is wrong with it. */
static gboolean
presync_network_group_apply_proxy (PresyncNetworkGroup *self)
{
  g_autofree char *proxy = presync_form_dup_text (self->proxy_row);
  g_autoptr (GError) error = NULL;
  gboolean applied = presync_network_settings_set_proxy (self->assessment, proxy, &error);

  if (applied)
    {
      g_free (self->proxy);
      self->proxy = g_strdup (proxy);
      presync_network_group_set_text (self->proxy_row, proxy);
    }
  presync_network_group_tell_proxy (self, error);
  presync_network_group_update_summary (self);
  return applied;
}

static void
presync_network_group_proxy_cb (PresyncNetworkGroup *self)
{
  presync_network_group_apply_proxy (self);
}

/* Before something is tried: with what stands in the field, or not at all. */
static gboolean
presync_network_group_settle_proxy (PresyncNetworkGroup *self)
{
  if (!presync_network_group_is_pending (self) || presync_network_group_apply_proxy (self))
    return TRUE;
  adw_expander_row_set_expanded (self->settings_row, TRUE);
  return FALSE;
}

static void
presync_network_group_proxy_edited_cb (PresyncNetworkGroup *self)
{
  if (self->assessment != NULL)
    presync_network_group_update_summary (self);
}

static void
presync_network_group_federation_cb (PresyncNetworkGroup *self)
{
  g_autofree char *service = presync_form_dup_text (self->service_row);
  g_autofree char *servers = presync_form_dup_text (self->servers_row);
  g_autoptr (PresyncFederation) alone = presync_federation_new ();
  g_autoptr (GError) error = NULL;
  AdwEntryRow *row = self->service_row;

  /* Names are written as the program understood them. */
  if (presync_network_settings_set_federation (self->assessment, service, servers, &error))
    presync_network_group_fill_federation (self);
  else if (presync_federation_set_names (alone, service, NULL, NULL))
    row = self->servers_row;
  presync_network_group_tell_federation (self, row, error);
}

/* Trying */

static void
presync_network_group_tried_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncNetworkGroup) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Every row tells for itself how it went. */
  if (!presync_source_check_finish (PRESYNC_SOURCE (object), result, &error))
    g_debug ("%s", error->message);
  if ((GObject *) self->source != object)
    return;
  g_clear_object (&self->cancellable);
  presync_network_group_update (self);
}

static void
presync_network_group_try (PresyncNetworkGroup *self)
{
  if (self->source == NULL || presync_network_group_is_busy (self))
    return;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  presync_source_check_async (PRESYNC_SOURCE (self->source), FALSE, self->cancellable,
                              presync_network_group_tried_cb, g_object_ref (self));
  presync_network_group_update (self);
}

/* Buttons change places: who pressed one by keyboard goes on with the other. */
static void
presync_network_group_again_cb (PresyncNetworkGroup *self)
{
  if (!presync_network_group_settle_proxy (self))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->proxy_row));
      return;
    }
  presync_network_group_try (self);
  if (presync_network_group_is_busy (self))
    gtk_widget_grab_focus (self->stop_button);
}

static void
presync_network_group_stop_cb (PresyncNetworkGroup *self)
{
  presync_network_settings_stop (self->assessment);
  gtk_widget_grab_focus (self->again_button);
}

static void
presync_network_group_switched_cb (PresyncNetworkGroup *self)
{
  gboolean enabled = gtk_switch_get_active (self->enabled_switch);
  g_autoptr (GError) error = NULL;

  if (self->updating || self->assessment == NULL || enabled == (self->source != NULL))
    return;
  if (enabled && !presync_network_group_settle_proxy (self))
    {
      gtk_switch_set_active (self->enabled_switch, FALSE);
      return;
    }
  if (enabled && !presync_network_settings_check_proxy (self->assessment, &error))
    {
      presync_network_group_tell_proxy (self, error);
      adw_expander_row_set_expanded (self->settings_row, TRUE);
      gtk_switch_set_active (self->enabled_switch, FALSE);
      return;
    }
  presync_network_settings_save (self->assessment, enabled);
  if (enabled)
    {
      g_autoptr (PresyncNetworkSource) source = presync_network_settings_use (self->assessment);

      presync_network_group_try (self);
    }
  else
    presync_runner_remove_source (presync_assessment_get_runner (self->assessment), "network");
}

/* The source */

static void
presync_network_group_unfollow (PresyncNetworkGroup *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_func (self->source, presync_network_group_update, self);
  if (self->shown != NULL)
    {
      gtk_list_box_bind_model (self->problems, NULL, NULL, NULL, NULL);
      presync_network_matrix_set_rows (self->matrix, NULL);
      g_signal_handlers_disconnect_by_func (self->shown, presync_network_group_update_summary,
                                            self);
    }
  g_clear_object (&self->shown);
  g_clear_object (&self->source);
}

/* The source may be set by the command line, the sample or the settings too. */
static void
presync_network_group_sources_cb (PresyncNetworkGroup *self)
{
  g_autoptr (PresyncNetworkSource) source = presync_network_settings_dup_source (self->assessment);

  if (source != self->source)
    {
      presync_network_group_unfollow (self);
      self->source = g_steal_pointer (&source);
      if (self->source != NULL)
        {
          static const char *const signals[]
              = { "notify::state", "notify::message", "notify::progress" };
          GListModel *rows = presync_network_source_get_rows (self->source);

          for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
            g_signal_connect_swapped (self->source, signals[i],
                                      G_CALLBACK (presync_network_group_update), self);
          self->shown = presync_network_problems_new (rows);
          g_signal_connect_swapped (self->shown, "changed",
                                    G_CALLBACK (presync_network_group_update_summary), self);
          gtk_list_box_bind_model (self->problems, presync_network_problems_get_model (self->shown),
                                   presync_network_problems_create_row, NULL, NULL);
          presync_network_matrix_set_rows (self->matrix, rows);
        }
      presync_network_group_fill (self);
    }
  self->updating = TRUE;
  gtk_switch_set_active (self->enabled_switch, self->source != NULL);
  self->updating = FALSE;
  presync_network_group_update (self);
}

/* A check of everything tries the network too: with the proxy in the field. One that is refused is
 * not used, and the summary says so. */
static void
presync_network_group_checking_cb (PresyncNetworkGroup *self)
{
  if (self->source != NULL && !presync_network_group_is_busy (self)
      && presync_runner_get_checking (presync_assessment_get_runner (self->assessment)))
    presync_network_group_settle_proxy (self);
}

static void
presync_network_group_updated_cb (PresyncNetworkGroup *self)
{
  /* What is planned decides whether AD FS is tried. An error stays until it is mended. */
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->federation_note), "error"))
    presync_network_group_tell_federation (self, self->service_row, NULL);
}

void
presync_network_group_set_assessment (PresyncNetworkGroup *self, PresyncAssessment *assessment)
{
  GListModel *sources = NULL;

  g_return_if_fail (PRESYNC_IS_NETWORK_GROUP (self));
  g_return_if_fail (assessment == NULL || PRESYNC_IS_ASSESSMENT (assessment));

  if (self->assessment == assessment)
    return;
  presync_network_group_unfollow (self);
  if (self->assessment != NULL)
    {
      sources = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));
      g_signal_handlers_disconnect_by_func (sources, presync_network_group_sources_cb, self);
      g_signal_handlers_disconnect_by_func (presync_assessment_get_runner (self->assessment),
                                            presync_network_group_checking_cb, self);
      g_signal_handlers_disconnect_by_data (self->assessment, self);
    }
  g_set_object (&self->assessment, assessment);
  if (assessment == NULL)
    return;
  sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  g_signal_connect_object (sources, "items-changed", G_CALLBACK (presync_network_group_sources_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_assessment_get_runner (assessment), "notify::checking",
                           G_CALLBACK (presync_network_group_checking_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (assessment, "updated", G_CALLBACK (presync_network_group_updated_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (assessment, "notify::federation",
                           G_CALLBACK (presync_network_group_fill), self, G_CONNECT_SWAPPED);
  presync_network_group_fill (self);
  presync_network_group_sources_cb (self);
}

static gboolean
presync_network_group_time_cb (gpointer user_data)
{
  presync_network_group_update_summary (PRESYNC_NETWORK_GROUP (user_data));
  return G_SOURCE_CONTINUE;
}

static void
presync_network_group_map (GtkWidget *widget)
{
  PresyncNetworkGroup *self = PRESYNC_NETWORK_GROUP (widget);

  GTK_WIDGET_CLASS (presync_network_group_parent_class)->map (widget);
  presync_network_group_update_summary (self);
  self->time_id = g_timeout_add_seconds (TIME_SECONDS, presync_network_group_time_cb, self);
}

static void
presync_network_group_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PRESYNC_NETWORK_GROUP (widget)->time_id, g_source_remove);
  GTK_WIDGET_CLASS (presync_network_group_parent_class)->unmap (widget);
}

static void
presync_network_group_dispose (GObject *object)
{
  PresyncNetworkGroup *self = PRESYNC_NETWORK_GROUP (object);

  presync_network_group_set_assessment (self, NULL);
  g_clear_pointer (&self->proxy, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_NETWORK_GROUP);

  G_OBJECT_CLASS (presync_network_group_parent_class)->dispose (object);
}

static void
presync_network_group_class_init (PresyncNetworkGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_network_group_dispose;
  widget_class->map = presync_network_group_map;
  widget_class->unmap = presync_network_group_unmap;

  g_type_ensure (PRESYNC_TYPE_NETWORK_MATRIX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/network-group.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncNetworkGroup, name)
  BIND (enabled_switch);
  BIND (summary_row);
  BIND (spinner);
  BIND (again_button);
  BIND (stop_button);
  BIND (settings_row);
  BIND (proxy_row);
  BIND (proxy_note);
  BIND (service_row);
  BIND (servers_row);
  BIND (federation_note);
  BIND (progress);
  BIND (problems_box);
  BIND (problems);
  BIND (matrix_box);
  BIND (matrix_title);
  BIND (matrix);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, presync_network_group_switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_network_group_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_network_group_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_network_group_proxy_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_network_group_proxy_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_network_group_federation_cb);
}

static void
presync_network_group_init (PresyncNetworkGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  presync_form_label_expander (self->settings_row);
}
