/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/source-card.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/certificate-view.h"
#include "app/connection.h"
#include "app/form.h"
#include "app/message.h"
#include "app/network-settings.h"
#include "app/relative-time.h"
#include "app/server-facts.h"
#include "app/settings.h"
#include "app/source-log.h"
#include "app/source-rows.h"
#include "app/source-text.h"
#include "app/sql-settings.h"
#include "app/tenant-settings.h"
#include "base/error.h"
#include "sources/directory/directory-source.h"
#include "sources/sql/sql-source.h"

/* Seconds until "2 min ago" is said anew */
#define TIME_SECONDS 30

struct _PresyncSourceCard
{
  AdwBin parent_instance;

  GtkWidget *rows;
  GtkListBoxRow *head_row;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *target;
  GtkStack *symbol;
  GtkImage *state_icon;
  GtkSpinner *spinner;
  GtkLabel *state;
  GtkWidget *message_row;
  GtkLabel *message;
  GtkProgressBar *progress;
  GtkWidget *live_row;
  GtkSwitch *live_switch;
  AdwActionRow *read_row;
  GtkLabel *read_at;
  AdwExpanderRow *stages_row;
  AdwExpanderRow *queries_row;
  AdwExpanderRow *unread_row;
  PresyncCertificateView *certificate;
  GtkWidget *remove_button;
  GtkWidget *test_button;
  GtkWidget *check_button;

  PresyncAssessment *assessment;
  PresyncSource *source;
  PresyncSource *test; /* beside the source, so that a test never stops following changes */
  GCancellable *cancellable;
  char *test_text; /* how the test ended; NULL if the source's own message counts */
  GPtrArray *stage_rows;
  GPtrArray *query_rows;
  GPtrArray *unread_rows;
  gboolean queries_stale;
  guint time_id;
};

G_DEFINE_FINAL_TYPE (PresyncSourceCard, presync_source_card, ADW_TYPE_BIN)

static void
presync_source_card_update_stages (PresyncSourceCard *self)
{
  presync_source_rows_fill_stages (
      self->stages_row, self->stage_rows,
      presync_source_get_stages (self->test != NULL ? self->test : self->source));
}

static void
presync_source_card_update_queries (PresyncSourceCard *self)
{
  /* The rows are made only when somebody looks. */
  self->queries_stale = !presync_source_rows_fill_queries (
      self->queries_row, self->query_rows, self->assessment, presync_source_get_id (self->source));
}

static void
presync_source_card_queries_cb (PresyncSourceCard *self)
{
  if (self->queries_stale && adw_expander_row_get_expanded (self->queries_row))
    presync_source_card_update_queries (self);
}

static void
presync_source_card_update_read (PresyncSourceCard *self)
{
  g_autoptr (GDateTime) at
      = presync_source_log_dup_read_at (self->assessment, presync_source_get_id (self->source));
  g_autofree char *ago = presync_relative_time_text_now (at);
  g_autofree char *exact = at != NULL ? presync_absolute_time_text (at) : NULL;
  g_autofree char *summary
      = presync_source_log_dup_summary (self->assessment, presync_source_get_id (self->source));

  gtk_label_set_text (self->read_at, at != NULL ? ago : _ ("Never"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->read_at), exact);
  adw_action_row_set_subtitle (self->read_row, summary);
}

static void presync_source_card_update (PresyncSourceCard *self);

static void
presync_source_card_facts_cb (PresyncSourceCard *self)
{
  presync_source_card_update_read (self);
  presync_source_rows_fill_unread (self->unread_row, self->unread_rows, self->assessment,
                                   presync_source_get_id (self->source));
  presync_source_card_update_queries (self);
  /* Another file may be the newest now. */
  presync_source_card_update (self);
}

static gboolean
presync_source_card_time_cb (gpointer user_data)
{
  presync_source_card_update_read (PRESYNC_SOURCE_CARD (user_data));
  return G_SOURCE_CONTINUE;
}

static void
presync_source_card_update_progress (PresyncSourceCard *self)
{
  PresyncSourceState state = presync_source_get_state (self->source);
  double progress = presync_source_get_progress (self->source);
  const char *text
      = self->test_text != NULL ? self->test_text : presync_source_get_message (self->source);
  gboolean busy = state == PRESYNC_SOURCE_CHECKING;

  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL && *text != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  gtk_widget_set_visible (self->message_row, busy || (text != NULL && *text != '\0'));
  if (busy && progress >= 0)
    gtk_progress_bar_set_fraction (self->progress, CLAMP (progress, 0.0, 1.0));
  else if (busy)
    gtk_progress_bar_pulse (self->progress);
}

/* A button that cannot be used says why. */
static void
presync_source_card_allow (GtkWidget *button, const char *action, const char *why_not)
{
  PresyncSourceCard *self
      = PRESYNC_SOURCE_CARD (gtk_widget_get_ancestor (button, PRESYNC_TYPE_SOURCE_CARD));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, why_not == NULL);
  gtk_widget_set_tooltip_text (button, why_not);
  presync_accessible_set_description (button, why_not != NULL ? why_not : "");
}

static void
presync_source_card_update (PresyncSourceCard *self)
{
  PresyncSourceState state = presync_source_get_state (self->source);
  gboolean testing = self->test != NULL && self->cancellable != NULL;
  gboolean busy = testing || state == PRESYNC_SOURCE_TESTING || state == PRESYNC_SOURCE_CHECKING;
  const char *classes[] = { presync_source_text_css_class (self->source), NULL };
  const char *word = testing ? _ ("Testing") : presync_source_text_word (self->source);
  g_autofree char *address = presync_source_dup_target (self->source);
  g_autofree char *target = presync_source_text_dup_place (address);
  g_autofree char *label = NULL;

  gtk_label_set_text (self->target, target);
  gtk_image_set_from_icon_name (self->state_icon, presync_source_text_icon (self->source));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_icon), classes);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes);
  gtk_label_set_text (self->state, word);
  gtk_stack_set_visible_child (self->symbol,
                               busy ? GTK_WIDGET (self->spinner) : GTK_WIDGET (self->state_icon));
  gtk_spinner_set_spinning (self->spinner, busy);
  presync_source_card_allow (self->test_button, "source.test",
                             busy ? _ ("A check or test is under way") : NULL);
  presync_source_card_allow (self->check_button, "source.check",
                             busy ? _ ("A check or test is under way") : NULL);
  /* TRANSLATORS: for screen readers: kind of source, its address, its state */
  label = g_strdup_printf (_ ("%s, %s: %s"), gtk_label_get_text (self->title), target, word);
  presync_accessible_set_label (GTK_WIDGET (self->head_row), label);
  presync_source_card_update_progress (self);
}

static void
presync_source_card_update_certificate (PresyncSourceCard *self)
{
  PresyncSource *source = self->test != NULL ? self->test : self->source;
  g_autoptr (GTlsCertificate) certificate = NULL;
  GListModel *stages = presync_source_get_stages (source);
  gboolean refused = FALSE;

  if (!PRESYNC_IS_DIRECTORY_SOURCE (source) && !PRESYNC_IS_SQL_SOURCE (source))
    return;

  g_object_get (source, "certificate", &certificate, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);

      if (g_strcmp0 (presync_stage_get_id (stage), "tls") == 0)
        refused = presync_stage_get_state (stage) == PRESYNC_STAGE_FAILED;
    }
  /* One that was accepted stands in its step. */
  presync_certificate_view_set (self->certificate, refused ? certificate : NULL, refused);
}

static void
presync_source_card_state_cb (PresyncSourceCard *self)
{
  /* A new check tells more than an old test. */
  if (presync_source_get_state (self->source) == PRESYNC_SOURCE_CHECKING
      && self->cancellable == NULL && self->test != NULL)
    {
      g_clear_pointer (&self->test_text, g_free);
      presync_source_close (self->test);
      g_clear_object (&self->test);
      presync_source_card_update_stages (self);
    }
  presync_source_card_update (self);
  presync_source_card_update_certificate (self);
}

static void
presync_source_card_tested_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncSourceCard) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean passed = presync_source_check_finish (PRESYNC_SOURCE (object), result, &error);

  if ((GObject *) self->test != object)
    return;

  g_clear_object (&self->cancellable);
  g_free (self->test_text);
  self->test_text = g_strdup (passed ? _ ("The connection works.") : error->message);
  presync_source_card_update (self);
  presync_source_card_update_certificate (self);
}

static void
presync_source_card_drop_test (PresyncSourceCard *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->test != NULL)
    presync_source_close (self->test);
  g_clear_object (&self->test);
  g_clear_pointer (&self->test_text, g_free);
}

/* (transfer full) (nullable): a source with the same target; files have no connection to test */
static PresyncSource *
presync_source_card_new_test (PresyncSourceCard *self)
{
  if (PRESYNC_IS_DIRECTORY_SOURCE (self->source))
    return PRESYNC_SOURCE (presync_directory_source_new (
        presync_directory_source_get_target (PRESYNC_DIRECTORY_SOURCE (self->source))));
  if (PRESYNC_IS_SQL_SOURCE (self->source))
    return PRESYNC_SOURCE (
        presync_sql_source_new (presync_sql_source_get_target (PRESYNC_SQL_SOURCE (self->source))));
  if (PRESYNC_IS_TENANT_SOURCE (self->source))
    return PRESYNC_SOURCE (presync_tenant_source_new (
        presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (self->source))));
  return NULL;
}

static void
presync_source_card_test_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncSourceCard *self = PRESYNC_SOURCE_CARD (widget);
  PresyncSource *test = presync_source_card_new_test (self);

  if (test == NULL)
    return;

  presync_source_card_drop_test (self);
  self->test = test;
  self->cancellable = g_cancellable_new ();
  presync_source_card_update_stages (self);
  adw_expander_row_set_expanded (self->stages_row, TRUE);
  presync_source_check_async (self->test, TRUE, self->cancellable, presync_source_card_tested_cb,
                              g_object_ref (self));
  presync_source_card_update (self);
}

static void
presync_source_card_check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* The window asks for a password first, if need be. */
  gtk_widget_activate_action (widget, "win.check", NULL);
}

static void
presync_source_card_remove_cb (gpointer user_data)
{
  PresyncSourceCard *self = PRESYNC_SOURCE_CARD (user_data);
  g_autoptr (GSettings) settings = presync_settings_new ();
  PresyncSource *source = self->source;
  /* What was used last is forgotten with it, but not for a file that was only looked at. */
  gboolean remembered = !presync_connection_is_resting (self->assessment);

  if (PRESYNC_IS_SERVER_SOURCE (source))
    presync_server_facts_remove (self->assessment);
  else if (PRESYNC_IS_DIRECTORY_SOURCE (source))
    {
      if (remembered && !presync_connection_is_apart (self->assessment))
        g_settings_set_enum (settings, "directory", PRESYNC_DIRECTORY_NONE);
      presync_connection_remove (self->assessment);
    }
  else
    {
      if (PRESYNC_IS_SQL_SOURCE (source) && remembered
          && presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source))->recording == NULL)
        presync_sql_settings_forget (presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source)));
      if (PRESYNC_IS_TENANT_SOURCE (source) && remembered
          && presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (source))->recording == NULL)
        presync_tenant_settings_forget (
            presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (source)));
      if (PRESYNC_IS_NETWORK_SOURCE (source))
        presync_network_settings_save (self->assessment, FALSE);
      /* The card goes with its source; the id is a constant of its class. */
      presync_runner_remove_source (presync_assessment_get_runner (self->assessment),
                                    presync_source_get_id (source));
    }
}

static void
presync_source_card_remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncSourceCard *self = PRESYNC_SOURCE_CARD (widget);
  g_autofree char *address = presync_source_dup_target (self->source);
  g_autofree char *target = presync_source_text_dup_place (address);
  g_autofree char *heading = g_strdup_printf (_ ("Remove %s?"), target);

  presync_message_ask (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                       _ ("What was read there is forgotten. Answers given by hand stay."),
                       _ ("_Remove"), TRUE, presync_source_card_remove_cb, g_object_ref (self),
                       g_object_unref);
}

static void
presync_source_card_map (GtkWidget *widget)
{
  PresyncSourceCard *self = PRESYNC_SOURCE_CARD (widget);

  GTK_WIDGET_CLASS (presync_source_card_parent_class)->map (widget);
  if (self->source == NULL)
    return;
  presync_source_card_update_read (self);
  self->time_id = g_timeout_add_seconds (TIME_SECONDS, presync_source_card_time_cb, self);
}

static void
presync_source_card_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PRESYNC_SOURCE_CARD (widget)->time_id, g_source_remove);
  GTK_WIDGET_CLASS (presync_source_card_parent_class)->unmap (widget);
}

static void
presync_source_card_dispose (GObject *object)
{
  PresyncSourceCard *self = PRESYNC_SOURCE_CARD (object);

  presync_source_card_drop_test (self);
  g_clear_object (&self->source);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SOURCE_CARD);

  G_OBJECT_CLASS (presync_source_card_parent_class)->dispose (object);
}

static void
presync_source_card_finalize (GObject *object)
{
  PresyncSourceCard *self = PRESYNC_SOURCE_CARD (object);

  g_clear_pointer (&self->stage_rows, g_ptr_array_unref);
  g_clear_pointer (&self->query_rows, g_ptr_array_unref);
  g_clear_pointer (&self->unread_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (presync_source_card_parent_class)->finalize (object);
}

static void
presync_source_card_bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncSourceCard, name)
  BIND (rows);
  BIND (head_row);
  BIND (icon);
  BIND (title);
  BIND (target);
  BIND (symbol);
  BIND (state_icon);
  BIND (spinner);
  BIND (state);
  BIND (message_row);
  BIND (message);
  BIND (progress);
  BIND (live_row);
  BIND (live_switch);
  BIND (read_row);
  BIND (read_at);
  BIND (stages_row);
  BIND (queries_row);
  BIND (unread_row);
  BIND (certificate);
  BIND (remove_button);
  BIND (test_button);
  BIND (check_button);
#undef BIND
}

static void
presync_source_card_class_init (PresyncSourceCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_source_card_dispose;
  object_class->finalize = presync_source_card_finalize;
  widget_class->map = presync_source_card_map;
  widget_class->unmap = presync_source_card_unmap;

  g_type_ensure (PRESYNC_TYPE_CERTIFICATE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/source-card.ui");
  presync_source_card_bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, presync_source_card_queries_cb);
  gtk_widget_class_install_action (widget_class, "source.test", NULL,
                                   presync_source_card_test_action);
  gtk_widget_class_install_action (widget_class, "source.check", NULL,
                                   presync_source_card_check_action);
  gtk_widget_class_install_action (widget_class, "source.remove", NULL,
                                   presync_source_card_remove_action);
}

static void
presync_source_card_init (PresyncSourceCard *self)
{
  self->stage_rows = g_ptr_array_new ();
  self->query_rows = g_ptr_array_new ();
  self->unread_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  presync_form_label_expander (self->stages_row);
  presync_form_label_expander (self->queries_row);
  presync_form_label_expander (self->unread_row);
}

/* (transfer none): symbol of a kind of source, by its id */
static const char *
presync_source_card_get_icon (const char *source)
{
  static const struct
  {
    const char *source;
    const char *icon;
  } icons[] = {
    { "directory", "presync-directory-symbolic" },
    { "server", "presync-server-symbolic" },
    { "sql", "presync-sql-symbolic" },
    { "tenant", "presync-tenant-symbolic" },
    { "network", "presync-network-symbolic" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (source, icons[i].source) == 0)
      return icons[i].icon;
  return "presync-sources-symbolic";
}

static void
presync_source_card_live_changed_cb (PresyncSourceCard *self)
{
  gtk_switch_set_active (self->live_switch, presync_source_get_live (self->source));
}

/* Not a binding of the settings: only what the person switched is remembered, not what a source or
 * the command line began with. */
static void
presync_source_card_live_switched_cb (PresyncSourceCard *self)
{
  gboolean live = gtk_switch_get_active (self->live_switch);
  g_autoptr (GSettings) settings = presync_settings_new ();

  if (presync_source_get_live (self->source) == live)
    return;

  g_settings_set_boolean (settings, "live", live);
  presync_source_set_live (self->source, live);
}

static void
presync_source_card_follow (PresyncSourceCard *self)
{
  PresyncFactSet *facts = presync_assessment_get_facts (self->assessment);
  const char *const state_signals[] = { "notify::state", "notify::message", "notify::progress" };

  for (gsize i = 0; i < G_N_ELEMENTS (state_signals); i++)
    g_signal_connect_object (self->source, state_signals[i],
                             G_CALLBACK (presync_source_card_state_cb), self, G_CONNECT_SWAPPED);
  presync_source_card_live_changed_cb (self);
  g_signal_connect_object (self->source, "notify::live",
                           G_CALLBACK (presync_source_card_live_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live_switch, "notify::active",
                           G_CALLBACK (presync_source_card_live_switched_cb), self,
                           G_CONNECT_SWAPPED);
  if (PRESYNC_IS_DIRECTORY_SOURCE (self->source) || PRESYNC_IS_SQL_SOURCE (self->source))
    g_signal_connect_object (self->source, "notify::certificate",
                             G_CALLBACK (presync_source_card_update_certificate), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_source_get_stages (self->source), "items-changed",
                           G_CALLBACK (presync_source_card_update_stages), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (facts, "changed", G_CALLBACK (presync_source_card_facts_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (facts, "refreshed", G_CALLBACK (presync_source_card_facts_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
presync_source_card_new (PresyncAssessment *assessment, PresyncSource *source)
{
  PresyncSourceCard *self = NULL;
  const char *id = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  g_return_val_if_fail (PRESYNC_IS_SOURCE (source), NULL);

  self = g_object_new (PRESYNC_TYPE_SOURCE_CARD, NULL);
  self->assessment = g_object_ref (assessment);
  self->source = g_object_ref (source);
  id = presync_source_get_id (source);
  gtk_image_set_from_icon_name (self->icon, presync_source_card_get_icon (id));
  gtk_label_set_text (self->title, presync_source_title (id));
  presync_accessible_set_label (self->rows, presync_source_title (id));
  /* A snapshot is a file: nothing in it changes. Facts files are followed in any case, and a SQL
   * Server tells of no changes. */
  gtk_widget_set_visible (
      self->live_row,
      PRESYNC_IS_DIRECTORY_SOURCE (source)
          && presync_directory_source_get_target (PRESYNC_DIRECTORY_SOURCE (source))->ldif == NULL);
  gtk_widget_set_visible (self->test_button, !PRESYNC_IS_SERVER_SOURCE (source)
                                                 && !PRESYNC_IS_NETWORK_SOURCE (source));
  if (PRESYNC_IS_SERVER_SOURCE (source))
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->stages_row), _ ("Files"));
      /* Its facts are of the moment the script ran on the server. */
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->read_row), _ ("Written"));
    }
  /* Of the network, each row is a connection of its own. */
  if (PRESYNC_IS_NETWORK_SOURCE (source))
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->stages_row), _ ("Steps"));
  presync_form_label_expander (self->stages_row);
  presync_source_card_follow (self);
  presync_source_card_update_stages (self);
  presync_source_card_state_cb (self);
  presync_source_card_facts_cb (self);
  return GTK_WIDGET (self);
}
