/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/connection-form.h"

#include <glib/gi18n.h>

#include "app/form.h"
#include "app/keyring.h"
#include "app/settings.h"
#include "base/error.h"

/* Order of the encryption row's choices, and of the settings' values */
enum
{
  ENCRYPTION_LDAPS,
  ENCRYPTION_STARTTLS,
};

struct _PresyncConnectionForm
{
  AdwBin parent_instance;

  AdwEntryRow *address_row;
  AdwComboRow *encryption_row;
  AdwActionRow *ca_row;
  GtkButton *ca_clear_button;
  AdwComboRow *sign_in_row;
  AdwEntryRow *name_row;
  AdwPasswordEntryRow *password_row;
  AdwActionRow *remember_row;
  GtkSwitch *remember_switch;
  AdwEntryRow *sync_server_row;

  char *ca_file; /* NULL for the system's authorities */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PresyncConnectionForm, presync_connection_form, ADW_TYPE_BIN)

static gboolean
presync_connection_form_wants_password (PresyncConnectionForm *self)
{
  return adw_combo_row_get_selected (self->sign_in_row) == (guint) PRESYNC_SIGN_IN_PASSWORD;
}

static void
presync_connection_form_changed_cb (PresyncConnectionForm *self)
{
  presync_connection_form_mark (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* An address with a scheme decides the encryption: ldap:// is only ever used with StartTLS. */
static void
presync_connection_form_address_changed_cb (PresyncConnectionForm *self)
{
  g_autofree char *address = presync_form_dup_text (self->address_row);
  gboolean ldap = address != NULL && g_ascii_strncasecmp (address, "ldap://", 7) == 0;
  gboolean ldaps = address != NULL && g_ascii_strncasecmp (address, "ldaps://", 8) == 0;

  if (ldap || ldaps)
    adw_combo_row_set_selected (self->encryption_row,
                                ldaps ? ENCRYPTION_LDAPS : ENCRYPTION_STARTTLS);
  gtk_widget_set_sensitive (GTK_WIDGET (self->encryption_row), !ldap && !ldaps);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->encryption_row),
                               ldap || ldaps ? _ ("Decided by the address") : "");
  presync_connection_form_changed_cb (self);
}

static void
presync_connection_form_sign_in_changed_cb (PresyncConnectionForm *self)
{
  gboolean password = presync_connection_form_wants_password (self);

  gtk_widget_set_visible (GTK_WIDGET (self->name_row), password);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), password);
  gtk_widget_set_visible (GTK_WIDGET (self->remember_row), password);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sign_in_row),
                               password ? "" : _ ("The ticket at hand (see “klist”)"));
  presync_connection_form_changed_cb (self);
}

static void
presync_connection_form_set_ca_file (PresyncConnectionForm *self, const char *path)
{
  g_autofree char *old = g_steal_pointer (&self->ca_file);

  self->ca_file = path != NULL && *path != '\0' ? g_strdup (path) : NULL;
  adw_action_row_set_subtitle (self->ca_row,
                               self->ca_file != NULL ? self->ca_file : _ ("Those of the system"));
  gtk_widget_set_visible (GTK_WIDGET (self->ca_clear_button), self->ca_file != NULL);
  presync_connection_form_changed_cb (self);
}

static void
presync_connection_form_ca_chosen_cb (const char *path, gpointer user_data)
{
  presync_connection_form_set_ca_file (PRESYNC_CONNECTION_FORM (user_data), path);
}

static void
presync_connection_form_choose_ca_file_action (GtkWidget *widget, const char *name,
                                               GVariant *parameter)
{
  const char *patterns[] = { "*.pem", "*.crt", "*.cer", NULL };
  GtkRoot *root = gtk_widget_get_root (widget);

  presync_form_choose_file (GTK_WINDOW (root), _ ("Choose Accepted Authorities"),
                            _ ("Certificates (PEM)"), patterns, NULL, NULL,
                            presync_connection_form_ca_chosen_cb, G_OBJECT (widget));
}

static void
presync_connection_form_clear_ca_file_action (GtkWidget *widget, const char *name,
                                              GVariant *parameter)
{
  presync_connection_form_set_ca_file (PRESYNC_CONNECTION_FORM (widget), NULL);
}

/* Who comes back has only the password to type. */
static gboolean
presync_connection_form_grab_focus (GtkWidget *widget)
{
  PresyncConnectionForm *self = PRESYNC_CONNECTION_FORM (widget);
  gboolean named = *gtk_editable_get_text (GTK_EDITABLE (self->address_row)) != '\0'
                   && *gtk_editable_get_text (GTK_EDITABLE (self->name_row)) != '\0';
  gboolean password = named && presync_connection_form_wants_password (self);

  return gtk_widget_grab_focus (
      GTK_WIDGET (password ? ADW_ENTRY_ROW (self->password_row) : self->address_row));
}

static void
presync_connection_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_CONNECTION_FORM);

  G_OBJECT_CLASS (presync_connection_form_parent_class)->dispose (object);
}

static void
presync_connection_form_finalize (GObject *object)
{
  PresyncConnectionForm *self = PRESYNC_CONNECTION_FORM (object);

  g_clear_pointer (&self->ca_file, g_free);

  G_OBJECT_CLASS (presync_connection_form_parent_class)->finalize (object);
}

static void
presync_connection_form_class_init (PresyncConnectionFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_connection_form_dispose;
  object_class->finalize = presync_connection_form_finalize;
  widget_class->grab_focus = presync_connection_form_grab_focus;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", PRESYNC_TYPE_CONNECTION_FORM,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/connection-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, address_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, encryption_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, ca_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, ca_clear_button);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, sign_in_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, password_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, remember_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, PresyncConnectionForm, sync_server_row);
  gtk_widget_class_bind_template_callback (widget_class, presync_connection_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class,
                                           presync_connection_form_address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class,
                                           presync_connection_form_sign_in_changed_cb);
  gtk_widget_class_install_action (widget_class, "form.choose-ca-file", NULL,
                                   presync_connection_form_choose_ca_file_action);
  gtk_widget_class_install_action (widget_class, "form.clear-ca-file", NULL,
                                   presync_connection_form_clear_ca_file_action);
}

static void
presync_connection_form_init (PresyncConnectionForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
presync_connection_form_looked_up_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncConnectionForm) self = user_data;
  g_autoptr (PresyncSecret) password = presync_keyring_lookup_finish (result, NULL);

  /* What was typed meanwhile is not overwritten; a closed form has no rows any more. */
  if (password != NULL && self->password_row != NULL
      && *gtk_editable_get_text (GTK_EDITABLE (self->password_row)) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->password_row), presync_secret_peek (password));
}

/* A password that was kept comes later. */
static void
presync_connection_form_look_up (PresyncConnectionForm *self, const char *address, const char *name)
{
  if (address != NULL && *address != '\0' && name != NULL && *name != '\0')
    presync_keyring_lookup_async (address, name, NULL, presync_connection_form_looked_up_cb,
                                  g_object_ref (self));
}

static void
presync_connection_form_fill_target (PresyncConnectionForm *self, gboolean kept,
                                     const PresyncDirectoryTarget *target)
{
  g_autofree char *address = presync_settings_dup_address (target);

  adw_combo_row_set_selected (self->encryption_row,
                              target->starttls ? ENCRYPTION_STARTTLS : ENCRYPTION_LDAPS);
  adw_combo_row_set_selected (self->sign_in_row, (guint) target->sign_in);
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), address);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), target->name != NULL ? target->name : "");
  gtk_editable_set_text (GTK_EDITABLE (self->sync_server_row),
                         target->sync_server != NULL ? target->sync_server : "");
  presync_connection_form_set_ca_file (self, target->ca_file);
  /* One click would send it. */
  if (kept && target->sign_in == PRESYNC_SIGN_IN_PASSWORD
      && presync_settings_trusts ("ca-file", target->ca_file))
    presync_connection_form_look_up (self, address, target->name);
}

static void
presync_connection_form_fill_last (PresyncConnectionForm *self, gboolean kept, GSettings *settings)
{
  g_autofree char *address = g_settings_get_string (settings, "address");
  g_autofree char *name = g_settings_get_string (settings, "sign-in-name");
  g_autofree char *ca_file = g_settings_get_string (settings, "ca-file");
  g_autofree char *sync_server = g_settings_get_string (settings, "sync-server");

  adw_combo_row_set_selected (self->encryption_row,
                              (guint) g_settings_get_enum (settings, "encryption"));
  adw_combo_row_set_selected (self->sign_in_row, (guint) g_settings_get_enum (settings, "sign-in"));
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), address);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  gtk_editable_set_text (GTK_EDITABLE (self->sync_server_row), sync_server);
  presync_connection_form_set_ca_file (self, ca_file);
  if (kept)
    presync_connection_form_look_up (self, address, name);
}

void
presync_connection_form_fill (PresyncConnectionForm *self, GSettings *settings,
                              const PresyncDirectoryTarget *target)
{
  gboolean kept = g_settings_get_boolean (settings, "remember-password");

  g_return_if_fail (PRESYNC_IS_CONNECTION_FORM (self));

  gtk_switch_set_active (self->remember_switch, kept);
  if (target != NULL)
    presync_connection_form_fill_target (self, kept, target);
  else
    presync_connection_form_fill_last (self, kept, settings);
  presync_connection_form_sign_in_changed_cb (self);
}

static void
presync_connection_form_blame (AdwEntryRow *row)
{
  presync_form_set_error (GTK_WIDGET (row), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

PresyncDirectoryTarget *
presync_connection_form_dup_target (PresyncConnectionForm *self, GError **error)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();
  g_autofree char *address = NULL;
  const char *password = NULL;

  g_return_val_if_fail (PRESYNC_IS_CONNECTION_FORM (self), NULL);

  address = presync_form_dup_text (self->address_row);
  if (address == NULL)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("Please name a domain or a domain controller."));
      presync_connection_form_blame (self->address_row);
      return NULL;
    }
  if (!presync_directory_target_parse_uri (target, address, error))
    {
      presync_connection_form_blame (self->address_row);
      return NULL;
    }

  target->starttls = adw_combo_row_get_selected (self->encryption_row) == ENCRYPTION_STARTTLS;
  target->ldaps = !target->starttls;
  target->ca_file = g_strdup (self->ca_file);
  target->sync_server = presync_form_dup_text (self->sync_server_row);
  target->sign_in = (PresyncSignIn) adw_combo_row_get_selected (self->sign_in_row);
  if (target->sign_in == PRESYNC_SIGN_IN_PASSWORD)
    {
      password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));
      target->name = presync_form_dup_text (self->name_row);
      target->password = *password != '\0' ? presync_secret_new (password) : NULL;
    }
  if (!presync_directory_target_validate (target, error))
    {
      presync_connection_form_blame (target->name == NULL ? self->name_row
                                                          : ADW_ENTRY_ROW (self->password_row));
      return NULL;
    }
  return g_steal_pointer (&target);
}

char *
presync_connection_form_dup_address (PresyncConnectionForm *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONNECTION_FORM (self), NULL);

  return presync_form_dup_text (self->address_row);
}

char *
presync_connection_form_dup_sync_server (PresyncConnectionForm *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONNECTION_FORM (self), NULL);

  return presync_form_dup_text (self->sync_server_row);
}

gboolean
presync_connection_form_get_remember (PresyncConnectionForm *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONNECTION_FORM (self), FALSE);

  return gtk_switch_get_active (self->remember_switch);
}

void
presync_connection_form_mark (PresyncConnectionForm *self, const GError *error)
{
  gboolean address = g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE)
                     || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT)
                     || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
  gboolean password = g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN)
                      && presync_connection_form_wants_password (self);

  g_return_if_fail (PRESYNC_IS_CONNECTION_FORM (self));

  presync_form_set_error (GTK_WIDGET (self->address_row), address);
  presync_form_set_error (GTK_WIDGET (self->name_row), password);
  presync_form_set_error (GTK_WIDGET (self->password_row), password);
}
