/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sql-form.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/form.h"
#include "app/settings.h"
#include "assessment/sql-place.h"
#include "base/error.h"

/* Order of the sign-in row's choices */
enum
{
  SIGN_IN_KERBEROS,
  SIGN_IN_LOGIN,
};

/* Characters that are shown of each end of a fingerprint: eight bytes with their colons */
#define PIN_END 23

struct _PresyncSqlForm
{
  AdwBin parent_instance;

  GtkCheckButton *local_button;
  GtkCheckButton *own_button;
  GtkWidget *server_group;
  AdwEntryRow *server_row;
  AdwActionRow *place_row;
  GtkSwitch *place_switch;
  AdwComboRow *sign_in_row;
  AdwEntryRow *login_row;
  AdwPasswordEntryRow *password_row;
  AdwActionRow *remember_row;
  GtkSwitch *remember_switch;
  AdwActionRow *ca_row;
  GtkWidget *ca_clear_button;
  AdwActionRow *pin_row;

  PresyncAssessment *assessment;
  PresyncSqlTarget *known; /* nullable: what was filled in, with its password */
  char *ca_file;           /* nullable: the system's authorities */
  char *pin;               /* nullable */
  gboolean filling;        /* the program changes fields, no person */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PresyncSqlForm, presync_sql_form, ADW_TYPE_BIN)

static void
presync_sql_form_changed_cb (PresyncSqlForm *self)
{
  if (self->filling)
    return;
  presync_sql_form_mark (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
presync_sql_form_wants_password (PresyncSqlForm *self)
{
  return adw_combo_row_get_selected (self->sign_in_row) == SIGN_IN_LOGIN;
}

/* Is @target still the server that is named? */
static gboolean
presync_sql_form_is_server (PresyncSqlForm *self, const PresyncSqlTarget *target)
{
  g_autofree char *typed = presync_form_dup_text (self->server_row);
  g_autofree char *text = target != NULL ? presync_sql_target_dup_text (target) : NULL;

  return typed != NULL && text != NULL && g_ascii_strcasecmp (typed, text) == 0;
}

/* Is nothing typed, and the password that was given for the same login of the same server used? */
static gboolean
presync_sql_form_knows_password (PresyncSqlForm *self)
{
  g_autofree char *login = presync_form_dup_text (self->login_row);

  return *gtk_editable_get_text (GTK_EDITABLE (self->password_row)) == '\0' && self->known != NULL
         && self->known->password != NULL && g_strcmp0 (self->known->login, login) == 0
         && presync_sql_form_is_server (self, self->known);
}

/* Nobody signs in to one. */
gboolean
presync_sql_form_is_recording (PresyncSqlForm *self)
{
  g_return_val_if_fail (PRESYNC_IS_SQL_FORM (self), FALSE);

  return self->known != NULL && self->known->recording != NULL
         && presync_sql_form_is_server (self, self->known);
}

/* Where it runs: names decide if they can, else the person */

static void
presync_sql_form_update_place (PresyncSqlForm *self)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autofree char *typed = presync_form_dup_text (self->server_row);
  g_autofree char *text = NULL;
  gboolean filling = self->filling;
  PresyncSqlPlace place = PRESYNC_SQL_PLACE_UNKNOWN;

  if (typed != NULL && presync_sql_target_parse_name (target, typed, NULL))
    place = presync_sql_place_get (self->assessment, target->server);
  /* Until another server is checked, the one that was decides. */
  if (place == PRESYNC_SQL_PLACE_UNKNOWN)
    place = presync_sql_place_get (self->assessment, NULL);
  text = presync_sql_place_dup_text (self->assessment, place);
  if (text == NULL && presync_assessment_get_sync_server (self->assessment) == NULL)
    text = g_strdup (_ ("No sync server is named that could be compared"));
  adw_action_row_set_subtitle (self->place_row, text != NULL ? text : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->place_switch), place == PRESYNC_SQL_PLACE_UNKNOWN);
  self->filling = TRUE;
  gtk_switch_set_active (self->place_switch,
                         place == PRESYNC_SQL_PLACE_UNKNOWN
                             ? presync_assessment_get_feature (self->assessment, "remote-sql")
                             : place == PRESYNC_SQL_PLACE_OTHER);
  self->filling = filling;
}

static void
presync_sql_form_place_switched_cb (PresyncSqlForm *self)
{
  if (self->filling || self->assessment == NULL
      || !gtk_widget_get_sensitive (GTK_WIDGET (self->place_switch)))
    return;
  presync_assessment_set_feature (self->assessment, "remote-sql",
                                  gtk_switch_get_active (self->place_switch));
  presync_settings_save (self->assessment);
}

/* What is seen */

/* The fingerprint as the certificate's own card writes it; its ends are enough to tell it */
static void
presync_sql_form_update_pin (PresyncSqlForm *self)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autofree char *brief = NULL;

  for (const char *p = self->pin; p != NULL && p[0] != '\0' && p[1] != '\0'; p += 2)
    g_string_append_printf (whole, "%s%c%c", whole->len > 0 ? ":" : "", g_ascii_toupper (p[0]),
                            g_ascii_toupper (p[1]));
  if (whole->len > 2 * PIN_END)
    brief = g_strdup_printf ("%.*s…%s", PIN_END, whole->str, whole->str + whole->len - PIN_END);
  adw_action_row_set_subtitle (self->pin_row, brief != NULL ? brief : whole->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pin_row), whole->str);
  presync_accessible_set_description (GTK_WIDGET (self->pin_row), whole->str);
}

static void
presync_sql_form_update (PresyncSqlForm *self)
{
  gboolean own = gtk_check_button_get_active (self->own_button);
  gboolean recording = presync_sql_form_is_recording (self);
  gboolean password = presync_sql_form_wants_password (self) && !recording;

  gtk_widget_set_visible (self->server_group, own);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_row), !recording);
  gtk_widget_set_visible (GTK_WIDGET (self->login_row), password);
  gtk_widget_set_visible (GTK_WIDGET (self->password_row), password);
  gtk_widget_set_visible (GTK_WIDGET (self->remember_row), password);
  gtk_widget_set_visible (GTK_WIDGET (self->ca_row), !recording);
  gtk_widget_set_visible (GTK_WIDGET (self->ca_clear_button), self->ca_file != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->pin_row), self->pin != NULL && !recording);
  adw_action_row_set_subtitle (self->ca_row,
                               self->ca_file != NULL ? self->ca_file : _ ("Those of the system"));
  presync_sql_form_update_pin (self);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->sign_in_row),
                               password ? "" : _ ("The ticket at hand (see “klist”)"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->server_row),
                                 *gtk_editable_get_text (GTK_EDITABLE (self->server_row)) != '\0'
                                     ? _ ("Server and instance")
                                     : _ ("Server and instance, such as sql01\\SYNC"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row),
                                 presync_sql_form_knows_password (self) ? _ ("Password (is known)")
                                                                        : _ ("Password"));
  if (self->assessment != NULL)
    presync_sql_form_update_place (self);
}

/* The plan may be changed elsewhere too: in its dialog, by the sample, by the command line. */
static void
presync_sql_form_plan_cb (PresyncSqlForm *self)
{
  gboolean own = presync_assessment_get_feature (self->assessment, "own-sql");
  gboolean filling = self->filling;

  self->filling = TRUE;
  gtk_check_button_set_active (own ? self->own_button : self->local_button, TRUE);
  self->filling = filling;
  presync_sql_form_update (self);
}

static void
presync_sql_form_chosen_cb (PresyncSqlForm *self)
{
  gboolean own = gtk_check_button_get_active (self->own_button);
  g_autoptr (PresyncSqlTarget) target = NULL;

  if (self->filling || self->assessment == NULL)
    return;
  if (own != presync_assessment_get_feature (self->assessment, "own-sql"))
    {
      presync_sql_place_plan_own (self->assessment, own);
      presync_settings_save (self->assessment);
    }
  presync_sql_form_update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
presync_sql_form_edited_cb (PresyncSqlForm *self)
{
  presync_sql_form_update (self);
  presync_sql_form_changed_cb (self);
}

/* A certificate was trusted for one server; another has its own. */
static void
presync_sql_form_server_edited_cb (PresyncSqlForm *self)
{
  if (!self->filling && self->pin != NULL && !presync_sql_form_is_server (self, self->known))
    g_clear_pointer (&self->pin, g_free);
  presync_sql_form_edited_cb (self);
}

static void
presync_sql_form_activate_cb (PresyncSqlForm *self)
{
  (void) gtk_widget_activate_action (GTK_WIDGET (self), "sql.connect", NULL);
}

static void
presync_sql_form_set_ca_file (PresyncSqlForm *self, const char *path)
{
  g_autofree char *old = g_steal_pointer (&self->ca_file);

  self->ca_file = path != NULL && *path != '\0' ? g_strdup (path) : NULL;
  presync_sql_form_edited_cb (self);
}

static void
presync_sql_form_ca_chosen_cb (const char *path, gpointer user_data)
{
  presync_sql_form_set_ca_file (PRESYNC_SQL_FORM (user_data), path);
}

static void
presync_sql_form_choose_ca_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *patterns[] = { "*.pem", "*.crt", "*.cer", NULL };
  GtkRoot *root = gtk_widget_get_root (widget);

  presync_form_choose_file (GTK_WINDOW (root), _ ("Choose Accepted Authorities"),
                            _ ("Certificates (PEM)"), patterns, NULL, NULL,
                            presync_sql_form_ca_chosen_cb, G_OBJECT (widget));
}

static void
presync_sql_form_clear_ca_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  presync_sql_form_set_ca_file (PRESYNC_SQL_FORM (widget), NULL);
}

/* Object */

static void
presync_sql_form_dispose (GObject *object)
{
  PresyncSqlForm *self = PRESYNC_SQL_FORM (object);

  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SQL_FORM);

  G_OBJECT_CLASS (presync_sql_form_parent_class)->dispose (object);
}

static void
presync_sql_form_finalize (GObject *object)
{
  PresyncSqlForm *self = PRESYNC_SQL_FORM (object);

  g_clear_pointer (&self->known, presync_sql_target_free);
  g_free (self->ca_file);
  g_free (self->pin);

  G_OBJECT_CLASS (presync_sql_form_parent_class)->finalize (object);
}

static void
presync_sql_form_bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncSqlForm, name)
  BIND (local_button);
  BIND (own_button);
  BIND (server_group);
  BIND (server_row);
  BIND (place_row);
  BIND (place_switch);
  BIND (sign_in_row);
  BIND (login_row);
  BIND (password_row);
  BIND (remember_row);
  BIND (remember_switch);
  BIND (ca_row);
  BIND (ca_clear_button);
  BIND (pin_row);
#undef BIND
}

static void
presync_sql_form_class_init (PresyncSqlFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_sql_form_dispose;
  object_class->finalize = presync_sql_form_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", PRESYNC_TYPE_SQL_FORM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, PRESYNC_RESOURCE_BASE "/sql-form.ui");
  presync_sql_form_bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, presync_sql_form_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_sql_form_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_sql_form_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_sql_form_server_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_sql_form_place_switched_cb);
  gtk_widget_class_install_action (widget_class, "sql.choose-ca-file", NULL,
                                   presync_sql_form_choose_ca_file_action);
  gtk_widget_class_install_action (widget_class, "sql.clear-ca-file", NULL,
                                   presync_sql_form_clear_ca_file_action);
}

/* libadwaita 1.2.2 leaves the one button of a password row without a name. */
static void
presync_sql_form_name_buttons (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_tooltip_text (widget) != NULL)
    presync_accessible_set_label (widget, _ ("Show or hide the password"));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    presync_sql_form_name_buttons (child);
}

static void
presync_sql_form_init (PresyncSqlForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  presync_sql_form_name_buttons (GTK_WIDGET (self->password_row));
  presync_sql_form_update (self);
}

void
presync_sql_form_set_assessment (PresyncSqlForm *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_SQL_FORM (self) && self->assessment == NULL);
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  self->assessment = g_object_ref (assessment);
  g_signal_connect_object (presync_assessment_get_facts (assessment), "changed",
                           G_CALLBACK (presync_sql_form_plan_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (assessment, "notify::sync-server", G_CALLBACK (presync_sql_form_plan_cb),
                           self, G_CONNECT_SWAPPED);
  presync_sql_form_plan_cb (self);
}

void
presync_sql_form_fill (PresyncSqlForm *self, const PresyncSqlTarget *target, gboolean remember)
{
  g_autoptr (PresyncSqlTarget) known
      = target != NULL ? presync_sql_target_copy (target) : presync_sql_target_new ();
  g_autofree char *text = target != NULL ? presync_sql_target_dup_text (target) : NULL;

  g_return_if_fail (PRESYNC_IS_SQL_FORM (self));

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->server_row), text != NULL ? text : "");
  if (target != NULL && known->recording == NULL)
    adw_combo_row_set_selected (self->sign_in_row,
                                known->kerberos ? SIGN_IN_KERBEROS : SIGN_IN_LOGIN);
  if (known->login != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->login_row), known->login);
  /* What was typed and is used stays to be mended. */
  if (known->password == NULL
      || g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->password_row)),
                    presync_secret_peek (known->password))
             != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_switch_set_active (self->remember_switch, remember);
  g_free (self->ca_file);
  self->ca_file = g_strdup (known->ca_file);
  g_free (self->pin);
  self->pin = g_strdup (known->pin);
  g_clear_pointer (&self->known, presync_sql_target_free);
  self->known = target != NULL ? g_steal_pointer (&known) : NULL;
  self->filling = FALSE;
  presync_sql_form_update (self);
}

static void
presync_sql_form_blame (AdwEntryRow *row)
{
  presync_form_set_error (GTK_WIDGET (row), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* (transfer full) (nullable) */
static PresyncSecret *
presync_sql_form_dup_password (PresyncSqlForm *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));

  if (*password != '\0')
    return presync_secret_new (password);
  return presync_sql_form_knows_password (self) ? presync_secret_ref (self->known->password) : NULL;
}

PresyncSqlTarget *
presync_sql_form_dup_target (PresyncSqlForm *self, GError **error)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autofree char *server = NULL;

  g_return_val_if_fail (PRESYNC_IS_SQL_FORM (self), NULL);

  if (presync_sql_form_is_recording (self))
    return presync_sql_target_copy (self->known);
  server = presync_form_dup_text (self->server_row);
  if (server == NULL)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("Please name the SQL Server, and its instance if it has one."));
      presync_sql_form_blame (self->server_row);
      return NULL;
    }
  if (!presync_sql_target_parse_name (target, server, error))
    {
      presync_sql_form_blame (self->server_row);
      return NULL;
    }
  target->kerberos = !presync_sql_form_wants_password (self);
  target->ca_file = g_strdup (self->ca_file);
  target->pin = g_strdup (self->pin);
  if (!target->kerberos)
    {
      target->login = presync_form_dup_text (self->login_row);
      target->password = presync_sql_form_dup_password (self);
    }
  if (!presync_sql_target_validate (target, error))
    {
      presync_sql_form_blame (target->login == NULL || target->password != NULL
                                  ? self->login_row
                                  : ADW_ENTRY_ROW (self->password_row));
      return NULL;
    }
  return g_steal_pointer (&target);
}

gboolean
presync_sql_form_get_remember (PresyncSqlForm *self)
{
  g_return_val_if_fail (PRESYNC_IS_SQL_FORM (self), FALSE);

  return gtk_switch_get_active (self->remember_switch);
}

void
presync_sql_form_set_pin (PresyncSqlForm *self, const char *pin)
{
  g_return_if_fail (PRESYNC_IS_SQL_FORM (self));

  g_free (self->pin);
  self->pin = g_strdup (pin);
  presync_sql_form_edited_cb (self);
}

void
presync_sql_form_mark (PresyncSqlForm *self, const GError *error)
{
  gboolean server = g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE)
                    || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT)
                    || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
  gboolean password = g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN)
                      && presync_sql_form_wants_password (self);

  g_return_if_fail (PRESYNC_IS_SQL_FORM (self));

  presync_form_set_error (GTK_WIDGET (self->server_row), server);
  presync_form_set_error (GTK_WIDGET (self->login_row), password);
  presync_form_set_error (GTK_WIDGET (self->password_row), password);
}

void
presync_sql_form_set_busy (PresyncSqlForm *self, gboolean busy)
{
  g_return_if_fail (PRESYNC_IS_SQL_FORM (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self), !busy);
}
