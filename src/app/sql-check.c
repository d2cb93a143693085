/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sql-check.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/certificate-view.h"
#include "app/connection.h"
#include "app/keyring.h"
#include "app/message.h"
#include "app/settings.h"
#include "app/sql-settings.h"
#include "app/stage-row.h"
#include "base/error.h"
#include "sources/sql/sql-source.h"

struct _PresyncSqlCheck
{
  AdwBin parent_instance;

  GtkButton *connect_button;
  GtkButton *stop_button;
  GtkWidget *message_box;
  GtkLabel *message;
  GtkListBox *stages;
  PresyncCertificateView *certificate;
  GtkWidget *trust_box;
  GtkWidget *trust_button;

  PresyncAssessment *assessment;
  PresyncSqlForm *form;
  PresyncSqlSource *source;  /* nullable: the assessment's */
  GCancellable *cancellable; /* nullable: of a check that was started here */
  gpointer checked;          /* the source that it checks; only to be compared */
  char *problem;             /* nullable: what went wrong before anybody was asked */
  gboolean keep_form;        /* the next source is what the form names */
  gboolean reset;            /* the last failure is no longer of interest */
};

G_DEFINE_FINAL_TYPE (PresyncSqlCheck, presync_sql_check, ADW_TYPE_BIN)

static gboolean
presync_sql_check_is_busy (PresyncSqlCheck *self)
{
  PresyncSourceState state = self->source != NULL
                                 ? presync_source_get_state (PRESYNC_SOURCE (self->source))
                                 : PRESYNC_SOURCE_IDLE;

  return state == PRESYNC_SOURCE_CHECKING || state == PRESYNC_SOURCE_TESTING;
}

/* (transfer full) (nullable): the step that failed */
static PresyncStage *
presync_sql_check_dup_failed (PresyncSqlCheck *self)
{
  GListModel *stages
      = self->source != NULL ? presync_source_get_stages (PRESYNC_SOURCE (self->source)) : NULL;

  for (guint i = 0; stages != NULL && i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);

      if (presync_stage_get_state (stage) == PRESYNC_STAGE_FAILED)
        return g_steal_pointer (&stage);
    }
  return NULL;
}

/* A step that failed says why in its own row; above, only what no step tells. */
static void
presync_sql_check_update_message (PresyncSqlCheck *self, gboolean failed)
{
  g_autoptr (PresyncStage) stage = presync_sql_check_dup_failed (self);
  const char *text = self->problem;

  if (text == NULL && failed)
    {
      text = presync_source_get_message (PRESYNC_SOURCE (self->source));
      if (stage != NULL && g_strcmp0 (text, presync_stage_get_text (stage)) == 0)
        text = NULL;
    }
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (self->message_box, text != NULL && *text != '\0');
}

/* Is it the version of TLS that is refused? To trust the certificate would then help nobody. */
static gboolean
presync_sql_check_is_tls_too_old (PresyncSqlCheck *self)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  GPtrArray *facts = presync_fact_set_lookup (set, "sql.tls12");
  GPtrArray *trusted = presync_fact_set_lookup (set, "sql.certificate-trusted");

  return facts != NULL && facts->len > 0 && trusted != NULL && trusted->len > 0
         && presync_fact_get_unknown (g_ptr_array_index (facts, 0)) == PRESYNC_UNKNOWN_NONE
         && presync_fact_get_unknown (g_ptr_array_index (trusted, 0)) == PRESYNC_UNKNOWN_NONE
         && !presync_fact_get_boolean (g_ptr_array_index (facts, 0))
         && presync_fact_get_boolean (g_ptr_array_index (trusted, 0));
}

static void
presync_sql_check_update_certificate (PresyncSqlCheck *self, gboolean failed)
{
  g_autoptr (PresyncStage) stage = failed ? presync_sql_check_dup_failed (self) : NULL;
  GTlsCertificate *certificate = NULL;

  /* One that was accepted needs no look; another step may have failed after it. */
  if (stage != NULL && g_strcmp0 (presync_stage_get_id (stage), "tls") == 0)
    certificate = presync_sql_source_get_certificate (self->source);
  presync_certificate_view_set (self->certificate, certificate, TRUE);
  gtk_widget_set_visible (self->trust_box,
                          certificate != NULL && !presync_sql_check_is_tls_too_old (self));
}

/* A new label takes the name for screen readers with it. */
static void
presync_sql_check_update_button (PresyncSqlCheck *self)
{
  gboolean recording = self->form != NULL && presync_sql_form_is_recording (self->form);

  gtk_button_set_label (self->connect_button,
                        recording ? _ ("_Read the sample again") : _ ("C_onnect and check"));
  /* However long it is in another language, the page stays as narrow as the window. */
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->connect_button)),
                           PANGO_ELLIPSIZE_END);
  presync_accessible_set_label (GTK_WIDGET (self->connect_button),
                                recording ? _ ("Read the sample again")
                                          : _ ("Connect to the SQL Server and check it"));
}

static void
presync_sql_check_update (PresyncSqlCheck *self)
{
  gboolean busy = presync_sql_check_is_busy (self);
  gboolean mine = self->cancellable != NULL;
  gboolean failed
      = !busy && !self->reset && self->source != NULL
        && presync_source_get_state (PRESYNC_SOURCE (self->source)) == PRESYNC_SOURCE_FAILED;

  presync_sql_check_update_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self->connect_button), !mine);
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), mine);
  gtk_widget_set_sensitive (GTK_WIDGET (self->connect_button), !busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->connect_button),
                               busy ? _ ("A check or test is under way") : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->stages), busy || failed);
  presync_sql_check_update_message (self, failed);
  presync_sql_check_update_certificate (self, failed);
}

static void
presync_sql_check_looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncSqlCheck) self = user_data;
  g_autoptr (PresyncSecret) password = presync_keyring_lookup_finish (result, NULL);
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncSqlTarget) target = presync_sql_settings_dup_target (settings);

  /* The page was closed, or something else named meanwhile. */
  if (password == NULL || target == NULL || self->form == NULL || self->source != NULL
      || self->reset)
    return;
  target->password = g_steal_pointer (&password);
  presync_sql_form_fill (self->form, target, TRUE);
}

/* What was used last, if anything was; a password that was kept comes a moment later. */
static void
presync_sql_check_fill (PresyncSqlCheck *self)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncSqlTarget) target = presync_sql_settings_dup_target (settings);
  gboolean kept = g_settings_get_boolean (settings, "sql-remember-password");
  g_autofree char *address = NULL;

  presync_sql_form_fill (self->form, target, kept);
  if (target == NULL || target->kerberos || target->login == NULL || !kept)
    return;
  address = presync_sql_settings_dup_address (target);
  presync_keyring_lookup_async (address, target->login, NULL, presync_sql_check_looked_up_cb,
                                g_object_ref (self));
}

/* The assessment's source may be set by the command line, the sample or the settings too. */
static void
presync_sql_check_sources_cb (PresyncSqlCheck *self)
{
  g_autoptr (PresyncSource) found = presync_assessment_dup_source (self->assessment, "sql");
  PresyncSqlSource *source = PRESYNC_IS_SQL_SOURCE (found) ? PRESYNC_SQL_SOURCE (found) : NULL;
  g_autoptr (GSettings) settings = presync_settings_new ();

  if (source == self->source)
    return;
  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->source, presync_sql_check_update, self);
      gtk_list_box_bind_model (self->stages, NULL, NULL, NULL, NULL);
    }
  g_set_object (&self->source, source);
  self->reset = FALSE;
  if (source != NULL)
    {
      if (!self->keep_form)
        presync_sql_form_fill (self->form, presync_sql_source_get_target (source),
                               g_settings_get_boolean (settings, "sql-remember-password"));
      gtk_list_box_bind_model (self->stages, presync_source_get_stages (PRESYNC_SOURCE (source)),
                               presync_stage_row_create, NULL, NULL);
      g_signal_connect_swapped (source, "notify::state", G_CALLBACK (presync_sql_check_update),
                                self);
      g_signal_connect_swapped (source, "notify::message", G_CALLBACK (presync_sql_check_update),
                                self);
      g_signal_connect_swapped (source, "notify::certificate",
                                G_CALLBACK (presync_sql_check_update), self);
    }
  /* The sample was left. */
  else if (presync_sql_form_is_recording (self->form)
           && !presync_connection_is_sample (self->assessment))
    presync_sql_check_fill (self);
  presync_sql_check_update (self);
}

static void
presync_sql_check_store_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!presync_keyring_store_finish (result, &error))
    presync_message_show (parent, _ ("Password not kept"), error->message);
}

/* Only one that was right is kept. */
static void
presync_sql_check_keep_password (PresyncSqlCheck *self, const PresyncSqlTarget *target)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *address = presync_sql_settings_dup_address (target);
  gboolean keep = presync_sql_form_get_remember (self->form);
  gboolean kept = g_settings_get_boolean (settings, "sql-remember-password");
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (target->kerberos || target->recording != NULL || target->password == NULL)
    return;
  g_settings_set_boolean (settings, "sql-remember-password", keep);
  if (keep)
    presync_keyring_store_async (address, target->login, target->password, NULL,
                                 presync_sql_check_store_cb,
                                 root != NULL ? g_object_ref (root) : NULL);
  else if (kept)
    presync_keyring_forget (address, target->login);
}

static void
presync_sql_check_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncSqlCheck) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean passed = presync_source_check_finish (PRESYNC_SOURCE (object), result, &error);

  /* The page was closed */
  if (self->form == NULL || self->checked != object)
    return;

  g_clear_object (&self->cancellable);
  self->checked = NULL;
  presync_sql_form_set_busy (self->form, FALSE);
  /* The source may have been removed meanwhile. */
  if ((GObject *) self->source != object)
    passed = FALSE;
  if (passed)
    presync_sql_check_keep_password (self, presync_sql_source_get_target (self->source));
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    presync_sql_form_mark (self->form, error);
  presync_sql_check_update (self);
}

/* Buttons change places: who pressed one by keyboard goes on with the other. */
static void
presync_sql_check_show_running (PresyncSqlCheck *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->stop_button), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->stop_button));
  presync_sql_form_set_busy (self->form, TRUE);
  presync_sql_check_update (self);
}

void
presync_sql_check_start (PresyncSqlCheck *self)
{
  g_autoptr (PresyncSqlTarget) target = NULL;
  g_autoptr (PresyncSqlSource) source = NULL;
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PRESYNC_IS_SQL_CHECK (self));

  if (presync_sql_check_is_busy (self) || self->cancellable != NULL)
    return;
  g_clear_pointer (&self->problem, g_free);
  presync_sql_form_mark (self->form, NULL);
  target = presync_sql_form_dup_target (self->form, &error);
  if (target == NULL)
    {
      self->reset = TRUE;
      self->problem = g_strdup (error->message);
      presync_sql_check_update (self);
      return;
    }

  presync_sql_settings_save (settings, target);
  source = presync_sql_source_new (target);
  self->cancellable = g_cancellable_new ();
  self->checked = source;
  presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                             PRESYNC_SOURCE (source));
  /* Its name may have told where it runs. */
  presync_settings_save (self->assessment);
  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, self->cancellable,
                              presync_sql_check_done_cb, g_object_ref (self));
  presync_sql_check_show_running (self);
}

void
presync_sql_check_stop (PresyncSqlCheck *self)
{
  g_return_if_fail (PRESYNC_IS_SQL_CHECK (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
presync_sql_check_trust (PresyncSqlCheck *self)
{
  GTlsCertificate *certificate = NULL;
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *fingerprint = NULL;

  g_return_if_fail (PRESYNC_IS_SQL_CHECK (self));

  certificate = self->source != NULL ? presync_sql_source_get_certificate (self->source) : NULL;
  /* Never one that is not on screen */
  if (certificate == NULL || !gtk_widget_get_visible (self->trust_box))
    return;
  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return;
  fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  presync_sql_form_set_pin (self->form, fingerprint);
  presync_sql_check_start (self);
}

void
presync_sql_check_forget (PresyncSqlCheck *self)
{
  g_autoptr (PresyncSqlTarget) target = NULL;
  g_autoptr (PresyncSqlSource) source = NULL;

  g_return_if_fail (PRESYNC_IS_SQL_CHECK (self));

  presync_sql_settings_forget_certificate ();
  presync_sql_form_set_pin (self->form, NULL);
  if (self->source == NULL)
    return;
  /* The source would go on to trust it with every check. What was typed meanwhile stays. */
  target = presync_sql_target_copy (presync_sql_source_get_target (self->source));
  g_clear_pointer (&target->pin, g_free);
  source = presync_sql_source_new (target);
  self->keep_form = TRUE;
  presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                             PRESYNC_SOURCE (source));
  self->keep_form = FALSE;
}

void
presync_sql_check_reset (PresyncSqlCheck *self)
{
  g_return_if_fail (PRESYNC_IS_SQL_CHECK (self));

  g_clear_pointer (&self->problem, g_free);
  self->reset = self->cancellable == NULL;
  presync_sql_check_update (self);
}

static void
presync_sql_check_dispose (GObject *object)
{
  PresyncSqlCheck *self = PRESYNC_SQL_CHECK (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->source != NULL)
    {
      gtk_list_box_bind_model (self->stages, NULL, NULL, NULL, NULL);
      g_signal_handlers_disconnect_by_func (self->source, presync_sql_check_update, self);
    }
  g_clear_object (&self->source);
  g_clear_object (&self->assessment);
  g_clear_object (&self->form);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SQL_CHECK);

  G_OBJECT_CLASS (presync_sql_check_parent_class)->dispose (object);
}

static void
presync_sql_check_finalize (GObject *object)
{
  g_free (PRESYNC_SQL_CHECK (object)->problem);

  G_OBJECT_CLASS (presync_sql_check_parent_class)->finalize (object);
}

static void
presync_sql_check_class_init (PresyncSqlCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_sql_check_dispose;
  object_class->finalize = presync_sql_check_finalize;

  g_type_ensure (PRESYNC_TYPE_CERTIFICATE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, PRESYNC_RESOURCE_BASE "/sql-check.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncSqlCheck, name)
  BIND (connect_button);
  BIND (stop_button);
  BIND (message_box);
  BIND (message);
  BIND (stages);
  BIND (certificate);
  BIND (trust_box);
  BIND (trust_button);
#undef BIND
}

static void
presync_sql_check_init (PresyncSqlCheck *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  presync_accessible_set_description (
      self->trust_button, _ ("Connections to this server then accept this one certificate"));
}

void
presync_sql_check_set_up (PresyncSqlCheck *self, PresyncAssessment *assessment,
                          PresyncSqlForm *form)
{
  g_return_if_fail (PRESYNC_IS_SQL_CHECK (self) && self->assessment == NULL);
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment) && PRESYNC_IS_SQL_FORM (form));

  self->assessment = g_object_ref (assessment);
  self->form = g_object_ref (form);
  presync_sql_check_fill (self);
  g_signal_connect_object (presync_runner_get_sources (presync_assessment_get_runner (assessment)),
                           "items-changed", G_CALLBACK (presync_sql_check_sources_cb), self,
                           G_CONNECT_SWAPPED);
  presync_sql_check_sources_cb (self);
  presync_sql_check_update (self);
}
