/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/connection-dialog.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/certificate-view.h"
#include "app/connection-form.h"
#include "app/connection.h"
#include "app/form.h"
#include "app/keyring.h"
#include "app/message.h"
#include "app/settings.h"
#include "app/stage-row.h"
#include "base/error.h"

struct _PresyncConnectionDialog
{
  AdwWindow parent_instance;

  PresyncConnectionForm *form;
  GtkButton *connect_button;
  GtkButton *test_button;
  GtkWidget *test_group;
  GtkWidget *other_group;
  GtkWidget *message_box;
  GtkImage *message_icon;
  GtkLabel *message_label;
  GtkListBox *stages;
  PresyncCertificateView *certificate;
  GtkScrolledWindow *scroller;

  PresyncAssessment *assessment;
  GSettings *settings;

  /* The test under way or done last */
  PresyncDirectorySource *source;
  PresyncDirectoryKind kind;
  GCancellable *cancellable; /* NULL if none is under way */
  gboolean connect_after;
  gboolean passed; /* and nothing was changed since */
};

G_DEFINE_FINAL_TYPE (PresyncConnectionDialog, presync_connection_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  SAY_WORKS,
  SAY_STOPPED,
  SAY_FAILED,
} Say;

/* @sentence: (nullable): %NULL takes away what was said */
static void
presync_connection_dialog_say (PresyncConnectionDialog *self, Say what, const char *sentence)
{
  static const struct
  {
    const char *icon;
    const char *css_class;
  } looks[] = {
    [SAY_WORKS] = { "presync-met-symbolic", "status-met" },
    [SAY_STOPPED] = { "presync-skipped-symbolic", "dim-label" },
    [SAY_FAILED] = { "presync-not-met-symbolic", "status-not-met" },
  };
  const char *classes[] = { looks[what].css_class, NULL };

  gtk_widget_set_visible (self->message_box, sentence != NULL);
  gtk_label_set_text (self->message_label, sentence != NULL ? sentence : "");
  gtk_image_set_from_icon_name (self->message_icon, looks[what].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->message_icon), classes);
}

/* The test stands on top, so that its end is seen whatever the size of the window. */
static void
presync_connection_dialog_show_test (PresyncConnectionDialog *self)
{
  gtk_widget_set_visible (self->test_group, TRUE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/* A step that failed says why in its own row; above, the step is named and no more. */
static void
presync_connection_dialog_say_error (PresyncConnectionDialog *self, const GError *error)
{
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (self->source));
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);

      if (presync_stage_get_state (stage) != PRESYNC_STAGE_FAILED || sentence != NULL)
        continue;
      if (g_strcmp0 (presync_stage_get_text (stage), error->message) == 0)
        /* TRANSLATORS: name of a step of the connection test, such as "Sign in" */
        sentence = g_strdup_printf (_ ("The step “%s” failed. Nothing was connected."),
                                    presync_stage_get_title (stage));
    }
  presync_connection_dialog_say (self, SAY_FAILED, sentence != NULL ? sentence : error->message);
}

static void
presync_connection_dialog_show_running (PresyncConnectionDialog *self)
{
  gboolean running = self->cancellable != NULL;

  /* GtkText must not lose the focus by becoming insensitive while it handles a key. */
  if (running)
    gtk_widget_grab_focus (GTK_WIDGET (self->test_button));
  gtk_widget_set_sensitive (GTK_WIDGET (self->form), !running);
  gtk_widget_set_sensitive (self->other_group, !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.connect", !running);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->connect_button),
                               running ? _ ("The connection is being tested") : NULL);
  gtk_button_set_label (self->test_button, running ? _ ("_Stop") : _ ("_Test"));
  presync_accessible_set_label (GTK_WIDGET (self->test_button), running
                                                                    ? _ ("Stop the connection test")
                                                                    : _ ("Test the connection"));
}

static void
presync_connection_dialog_store_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!presync_keyring_store_finish (result, &error))
    presync_message_show (parent, _ ("Password not kept"), error->message);
}

static void
presync_connection_dialog_keep_password (PresyncConnectionDialog *self, const char *address,
                                         const PresyncDirectoryTarget *target)
{
  gboolean keep = presync_connection_form_get_remember (self->form);
  gboolean kept = g_settings_get_boolean (self->settings, "remember-password");
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (target->sign_in != PRESYNC_SIGN_IN_PASSWORD)
    return;

  g_settings_set_boolean (self->settings, "remember-password", keep);
  if (keep)
    presync_keyring_store_async (address, target->name, target->password, NULL,
                                 presync_connection_dialog_store_cb,
                                 parent != NULL ? g_object_ref (parent) : NULL);
  else if (kept)
    presync_keyring_forget (address, target->name);
}

static void
presync_connection_dialog_use_cb (gpointer user_data)
{
  PresyncConnectionDialog *self = user_data;
  g_autoptr (PresyncDirectorySource) source = g_steal_pointer (&self->source);
  g_autofree char *address = NULL;
  const PresyncDirectoryTarget *target = NULL;

  /* The dialog was closed while the person was asked. */
  if (source == NULL)
    return;
  address = presync_connection_form_dup_address (self->form);
  target = presync_directory_source_get_target (source);

  presync_settings_save_target (self->settings, self->kind, address, target);
  if (self->kind == PRESYNC_DIRECTORY_SERVER)
    presync_connection_dialog_keep_password (self, address, target);
  presync_connection_use (self->assessment, source);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
presync_connection_dialog_finish (PresyncConnectionDialog *self)
{
  presync_connection_ask (GTK_WINDOW (self), self->assessment,
                          presync_directory_source_get_target (self->source), FALSE,
                          presync_connection_dialog_use_cb, g_object_ref (self), g_object_unref);
}

static void
presync_connection_dialog_tested_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncConnectionDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  gboolean refused = FALSE;
  gboolean passed = presync_source_check_finish (PRESYNC_SOURCE (object), result, &error);

  /* The dialog was closed meanwhile. */
  if ((GObject *) self->source != object)
    return;

  self->passed = passed;
  g_clear_object (&self->cancellable);
  presync_connection_dialog_show_running (self);
  g_object_get (self->source, "certificate", &certificate, NULL);
  refused = g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE);
  /* One that was accepted stands in its step. */
  presync_certificate_view_set (self->certificate, refused ? certificate : NULL, refused);
  if (self->passed && self->connect_after)
    presync_connection_dialog_finish (self);
  else if (self->passed)
    presync_connection_dialog_say (self, SAY_WORKS, _ ("The connection works."));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    presync_connection_dialog_say (self, SAY_STOPPED, _ ("The test was stopped."));
  else
    {
      presync_connection_dialog_say_error (self, error);
      if (self->kind == PRESYNC_DIRECTORY_SERVER)
        presync_connection_form_mark (self->form, error);
      presync_connection_dialog_show_test (self);
    }
}

static void
presync_connection_dialog_drop_source (PresyncConnectionDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->source != NULL)
    {
      gtk_list_box_bind_model (self->stages, NULL, NULL, NULL, NULL);
      presync_source_close (PRESYNC_SOURCE (self->source));
    }
  g_clear_object (&self->source);
  self->passed = FALSE;
}

static void
presync_connection_dialog_start (PresyncConnectionDialog *self, PresyncDirectoryKind kind,
                                 const PresyncDirectoryTarget *target, gboolean connect_after)
{
  presync_connection_dialog_drop_source (self);
  presync_connection_dialog_say (self, SAY_WORKS, NULL);
  presync_certificate_view_set (self->certificate, NULL, FALSE);

  self->kind = kind;
  self->connect_after = connect_after;
  self->source = presync_directory_source_new (target);
  self->cancellable = g_cancellable_new ();
  gtk_list_box_bind_model (self->stages, presync_source_get_stages (PRESYNC_SOURCE (self->source)),
                           presync_stage_row_create, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->stages), TRUE);
  presync_connection_dialog_show_running (self);
  presync_connection_dialog_show_test (self);
  presync_source_check_async (PRESYNC_SOURCE (self->source), TRUE, self->cancellable,
                              presync_connection_dialog_tested_cb, g_object_ref (self));
}

static void
presync_connection_dialog_test_server (PresyncConnectionDialog *self, gboolean connect_after)
{
  g_autoptr (PresyncDirectoryTarget) target = NULL;
  g_autoptr (GError) error = NULL;

  presync_connection_form_mark (self->form, NULL);
  target = presync_connection_form_dup_target (self->form, &error);
  if (target != NULL)
    presync_connection_dialog_start (self, PRESYNC_DIRECTORY_SERVER, target, connect_after);
  else
    {
      presync_connection_dialog_say (self, SAY_FAILED, error->message);
      presync_connection_dialog_show_test (self);
    }
}

static void
presync_connection_dialog_test_ldif (PresyncConnectionDialog *self, PresyncDirectoryKind kind,
                                     const char *path)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();

  presync_connection_form_mark (self->form, NULL);
  target->ldif = g_strdup (path);
  target->sync_server = presync_connection_form_dup_sync_server (self->form);
  if (target->sync_server == NULL && kind == PRESYNC_DIRECTORY_SAMPLE)
    target->sync_server = g_strdup (PRESYNC_SAMPLE_SYNC_SERVER);
  presync_connection_dialog_start (self, kind, target, TRUE);
}

/* Something was typed: what was tested is not what would be connected to. */
static void
presync_connection_dialog_changed_cb (PresyncConnectionDialog *self)
{
  self->passed = FALSE;
  /* What was said of a field is no longer true; the steps of a test stay to be read. */
  if (self->source == NULL)
    gtk_widget_set_visible (self->test_group, FALSE);
}

static void
presync_connection_dialog_snapshot_chosen_cb (const char *path, gpointer user_data)
{
  presync_connection_dialog_test_ldif (PRESYNC_CONNECTION_DIALOG (user_data),
                                       PRESYNC_DIRECTORY_SNAPSHOT, path);
}

static void
presync_connection_dialog_cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
presync_connection_dialog_test_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncConnectionDialog *self = PRESYNC_CONNECTION_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    presync_connection_dialog_test_server (self, FALSE);
}

static void
presync_connection_dialog_connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncConnectionDialog *self = PRESYNC_CONNECTION_DIALOG (widget);

  if (self->passed && self->source != NULL && self->kind == PRESYNC_DIRECTORY_SERVER)
    presync_connection_dialog_finish (self);
  else
    presync_connection_dialog_test_server (self, TRUE);
}

static void
presync_connection_dialog_choose_snapshot_action (GtkWidget *widget, const char *name,
                                                  GVariant *parameter)
{
  const char *patterns[] = { "*.ldif", "*.ldf", NULL };

  presync_form_choose_file (GTK_WINDOW (widget), _ ("Choose a Snapshot"), _ ("LDIF snapshots"),
                            patterns, NULL, NULL, presync_connection_dialog_snapshot_chosen_cb,
                            G_OBJECT (widget));
}

static void
presync_connection_dialog_use_sample_action (GtkWidget *widget, const char *name,
                                             GVariant *parameter)
{
  presync_connection_dialog_test_ldif (PRESYNC_CONNECTION_DIALOG (widget), PRESYNC_DIRECTORY_SAMPLE,
                                       PRESYNC_SAMPLE_LDIF);
}

static void
presync_connection_dialog_dispose (GObject *object)
{
  PresyncConnectionDialog *self = PRESYNC_CONNECTION_DIALOG (object);

  if (self->stages != NULL)
    presync_connection_dialog_drop_source (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->assessment);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_CONNECTION_DIALOG);

  G_OBJECT_CLASS (presync_connection_dialog_parent_class)->dispose (object);
}

static void
presync_connection_dialog_bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name)                                                                                 \
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionDialog, name)
  BIND (form);
  BIND (connect_button);
  BIND (test_button);
  BIND (test_group);
  BIND (other_group);
  BIND (message_box);
  BIND (message_icon);
  BIND (message_label);
  BIND (stages);
  BIND (certificate);
  BIND (scroller);
#undef BIND
}

static void
presync_connection_dialog_class_init (PresyncConnectionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_connection_dialog_dispose;
  g_type_ensure (PRESYNC_TYPE_CERTIFICATE_VIEW);
  g_type_ensure (PRESYNC_TYPE_CONNECTION_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/connection-dialog.ui");
  presync_connection_dialog_bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, presync_connection_dialog_changed_cb);
  gtk_widget_class_install_action (widget_class, "dialog.cancel", NULL,
                                   presync_connection_dialog_cancel_action);
  gtk_widget_class_install_action (widget_class, "dialog.test", NULL,
                                   presync_connection_dialog_test_action);
  gtk_widget_class_install_action (widget_class, "dialog.connect", NULL,
                                   presync_connection_dialog_connect_action);
  gtk_widget_class_install_action (widget_class, "dialog.choose-snapshot", NULL,
                                   presync_connection_dialog_choose_snapshot_action);
  gtk_widget_class_install_action (widget_class, "dialog.use-sample", NULL,
                                   presync_connection_dialog_use_sample_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "dialog.cancel", NULL);
}

static void
presync_connection_dialog_init (PresyncConnectionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  presync_form_wrap_titles (GTK_WIDGET (self));
}

void
presync_connection_dialog_present (GtkWindow *parent, PresyncAssessment *assessment)
{
  PresyncConnectionDialog *self = NULL;
  g_autoptr (PresyncDirectorySource) directory = NULL;
  const PresyncDirectoryTarget *target = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  self = g_object_new (PRESYNC_TYPE_CONNECTION_DIALOG, "transient-for", parent, NULL);
  self->assessment = g_object_ref (assessment);
  self->settings = presync_settings_new ();
  directory = presync_connection_get_directory (assessment);
  if (directory != NULL && presync_directory_source_get_target (directory)->ldif == NULL)
    target = presync_directory_source_get_target (directory);
  presync_connection_form_fill (self->form, self->settings, target);
  gtk_widget_grab_focus (GTK_WIDGET (self->form));
  gtk_window_present (GTK_WINDOW (self));
}
