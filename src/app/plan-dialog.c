/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plan-dialog.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/connection.h"
#include "app/form.h"
#include "app/settings.h"
#include "assessment/sql-place.h"

/* Date of the overview document whose two tables the checklists hold */
#define OVERVIEW_EDITION "2023-03-01"
/* The feature that names may decide */
#define REMOTE_SQL "remote-sql"

struct _PresyncPlanDialog
{
  AdwPreferencesWindow parent_instance;

  AdwEntryRow *sync_server_row;
  AdwPreferencesGroup *sign_in_group;
  AdwPreferencesGroup *writeback_group;
  AdwPreferencesGroup *sql_group;
  AdwPreferencesGroup *other_group;
  AdwComboRow *edition_row;
  AdwEntryRow *name_row;

  PresyncAssessment *assessment;
  GSettings *settings;
  GPtrArray *editions; /* ISO dates, one a choice */
  AdwActionRow *remote_sql_row;
  GtkWidget *remote_sql_switch;
};

G_DEFINE_FINAL_TYPE (PresyncPlanDialog, presync_plan_dialog, ADW_TYPE_PREFERENCES_WINDOW)

/* What a feature means, where its name alone does not tell */
static const struct
{
  const char *feature;
  const char *meaning;
} meanings[] = {
  { "password-hash-sync", N_ ("The same password, checked by Microsoft Entra") },
  { "pass-through", N_ ("Passwords are checked by your domain controllers, through an agent") },
  { "federation", N_ ("Sign-in at your own AD FS servers") },
  { "seamless-sso", N_ ("No sign-in page on computers of the domain") },
  { "mfa-admin", N_ ("The installing administrator confirms with a second factor") },
  { "password-writeback", N_ ("Passwords reset in the cloud reach Active Directory") },
  { "group-writeback", N_ ("Microsoft 365 groups appear in Active Directory") },
  { "device-writeback", N_ ("Registered devices appear in Active Directory; Connect Sync only") },
  { "exchange-hybrid", N_ ("Mailboxes both in Exchange Server and Exchange Online") },
  { "mail-public-folders", N_ ("Their mail addresses are read from Exchange Server") },
  { "provision-to-ad", N_ ("Groups made in Entra appear in Active Directory; Cloud sync only") },
  { "own-sql", N_ ("Instead of the LocalDB that Connect Sync brings") },
  { REMOTE_SQL, N_ ("The database is not on the sync server") },
  { "sql-availability", N_ ("Failover cluster or Always On availability group") },
  { "custom-settings", N_ ("Not the express way of Connect Sync’s installation") },
  { "custom-gmsa", N_ ("Instead of the one that the agent’s installer makes") },
  { "several-forests", N_ ("More than one forest is synchronized to the tenant") },
  { "proxy", N_ ("The sync server reaches the internet through a proxy only") },
  { "connect-health", N_ ("Microsoft’s monitoring agent on the sync server") },
};

static const char *
presync_plan_dialog_get_meaning (const char *feature)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_equal (feature, meanings[i].feature))
      return _ (meanings[i].meaning);
  return "";
}

static AdwPreferencesGroup *
presync_plan_dialog_get_group (PresyncPlanDialog *self, const char *feature)
{
  static const char *const sign_in[]
      = { "password-hash-sync", "pass-through", "federation", "seamless-sso", NULL };
  static const char *const writeback[]
      = { "password-writeback", "group-writeback", "device-writeback",
          "exchange-hybrid",    "provision-to-ad", NULL };
  static const char *const sql[] = { "own-sql", REMOTE_SQL, "sql-availability", NULL };

  if (g_strv_contains (sign_in, feature))
    return self->sign_in_group;
  if (g_strv_contains (writeback, feature))
    return self->writeback_group;
  if (g_strv_contains (sql, feature))
    return self->sql_group;
  return self->other_group;
}

static void
presync_plan_dialog_feature_cb (GtkSwitch *toggle, GParamSpec *pspec, PresyncPlanDialog *self)
{
  const char *feature = gtk_widget_get_name (GTK_WIDGET (toggle));

  presync_assessment_set_feature (self->assessment, feature, gtk_switch_get_active (toggle));
  presync_settings_save (self->assessment);
}

/* Where names tell whether SQL Server runs on the sync server, nobody else need say so. */
static void
presync_plan_dialog_update_remote_sql (PresyncPlanDialog *self)
{
  PresyncSqlPlace place = PRESYNC_SQL_PLACE_UNKNOWN;
  g_autofree char *reason = NULL;
  const char *meaning;

  /* Already gone */
  if (self->assessment == NULL)
    return;
  if (presync_assessment_get_feature (self->assessment, "own-sql"))
    place = presync_sql_place_get (self->assessment, NULL);
  reason = presync_sql_place_dup_text (self->assessment, place);
  meaning = reason != NULL ? reason : presync_plan_dialog_get_meaning (REMOTE_SQL);
  adw_action_row_set_subtitle (self->remote_sql_row, meaning);
  presync_accessible_set_description (self->remote_sql_switch, meaning);
  gtk_widget_set_sensitive (self->remote_sql_switch, reason == NULL);
  gtk_switch_set_active (GTK_SWITCH (self->remote_sql_switch),
                         presync_assessment_get_feature (self->assessment, REMOTE_SQL));
}

static void
presync_plan_dialog_add_feature (PresyncPlanDialog *self, const PresyncFactKey *key)
{
  const char *feature = key->id + strlen ("plan.");
  const char *title = g_dgettext (GETTEXT_PACKAGE, key->label);
  const char *meaning = presync_plan_dialog_get_meaning (feature);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), meaning);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_name (toggle, feature);
  gtk_switch_set_active (GTK_SWITCH (toggle),
                         presync_assessment_get_feature (self->assessment, feature));
  presync_accessible_set_label (toggle, title);
  presync_accessible_set_description (toggle, meaning);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (presync_plan_dialog_get_group (self, feature), row);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (presync_plan_dialog_feature_cb),
                           self, 0);
  if (!g_str_equal (feature, REMOTE_SQL))
    return;
  self->remote_sql_row = ADW_ACTION_ROW (row);
  self->remote_sql_switch = toggle;
  g_signal_connect_object (self->assessment, "updated",
                           G_CALLBACK (presync_plan_dialog_update_remote_sql), self,
                           G_CONNECT_SWAPPED);
  presync_plan_dialog_update_remote_sql (self);
}

static void
presync_plan_dialog_add_features (PresyncPlanDialog *self)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  /* The order of the meanings is that of importance; features they do not know come last. */
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      g_autofree char *id = g_strconcat ("plan.", meanings[i].feature, NULL);
      const PresyncFactKey *key = presync_fact_key_find (id);

      if (key != NULL)
        presync_plan_dialog_add_feature (self, key);
    }
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (keys[i].id, "plan.")
        && *presync_plan_dialog_get_meaning (keys[i].id + strlen ("plan.")) == '\0')
      presync_plan_dialog_add_feature (self, &keys[i]);
}

static void
presync_plan_dialog_sync_server_cb (PresyncPlanDialog *self)
{
  g_autofree char *name = NULL;

  /* Still being filled, or already gone */
  if (self->settings == NULL || self->assessment == NULL)
    return;
  name = presync_form_dup_text (self->sync_server_row);
  presync_connection_name_sync_server (self->assessment, name);
}

static void
presync_plan_dialog_edition_cb (PresyncPlanDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->edition_row);
  GDate edition;

  /* Still being filled */
  if (self->settings == NULL || selected >= self->editions->len)
    return;
  if (!presync_edition_parse (g_ptr_array_index (self->editions, selected), &edition, NULL))
    return;

  presync_assessment_set_edition (self->assessment, &edition);
  presync_settings_save (self->assessment);
}

static void
presync_plan_dialog_name_cb (PresyncPlanDialog *self)
{
  g_autofree char *name = presync_form_dup_text (self->name_row);

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "answer-name", name != NULL ? name : "");
}

static void
presync_plan_dialog_add_edition (PresyncPlanDialog *self, GtkStringList *titles, const char *date,
                                 const char *title)
{
  g_ptr_array_add (self->editions, g_strdup (date));
  gtk_string_list_append (titles, title);
}

static void
presync_plan_dialog_fill_editions (PresyncPlanDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const GDate *newest
      = presync_catalogue_get_newest (presync_assessment_get_catalogue (self->assessment));
  const GDate *edition = presync_assessment_get_edition (self->assessment);
  char date[16];
  char set[16];
  g_autofree char *title = NULL;
  guint selected = 0;

  g_date_strftime (date, sizeof date, "%Y-%m-%d", newest);
  g_date_strftime (set, sizeof set, "%Y-%m-%d", edition);
  title = g_strdup_printf (_ ("Newest (%s)"), date);
  presync_plan_dialog_add_edition (self, titles, date, title);
  presync_plan_dialog_add_edition (self, titles, OVERVIEW_EDITION, OVERVIEW_EDITION);
  /* One that was named on the command line */
  if (!g_str_equal (set, date) && !g_str_equal (set, OVERVIEW_EDITION))
    presync_plan_dialog_add_edition (self, titles, set, set);
  for (guint i = 0; i < self->editions->len; i++)
    if (g_str_equal (g_ptr_array_index (self->editions, i), set))
      selected = i;
  adw_combo_row_set_model (self->edition_row, G_LIST_MODEL (titles));
  adw_combo_row_set_selected (self->edition_row, selected);
}

/* However it is closed, what was typed counts. */
static gboolean
presync_plan_dialog_close_request (GtkWindow *window)
{
  presync_plan_dialog_sync_server_cb (PRESYNC_PLAN_DIALOG (window));
  return GTK_WINDOW_CLASS (presync_plan_dialog_parent_class)->close_request (window);
}

static void
presync_plan_dialog_dispose (GObject *object)
{
  PresyncPlanDialog *self = PRESYNC_PLAN_DIALOG (object);

  g_clear_object (&self->assessment);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->editions, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_PLAN_DIALOG);

  G_OBJECT_CLASS (presync_plan_dialog_parent_class)->dispose (object);
}

static void
presync_plan_dialog_class_init (PresyncPlanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_plan_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = presync_plan_dialog_close_request;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/plan-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncPlanDialog, sync_server_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncPlanDialog, sign_in_group);
  gtk_widget_class_bind_template_child (widget_class, PresyncPlanDialog, writeback_group);
  gtk_widget_class_bind_template_child (widget_class, PresyncPlanDialog, sql_group);
  gtk_widget_class_bind_template_child (widget_class, PresyncPlanDialog, other_group);
  gtk_widget_class_bind_template_child (widget_class, PresyncPlanDialog, edition_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncPlanDialog, name_row);
  gtk_widget_class_bind_template_callback (widget_class, presync_plan_dialog_sync_server_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_plan_dialog_edition_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_plan_dialog_name_cb);
}

static void
presync_plan_dialog_init (PresyncPlanDialog *self)
{
  self->editions = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  presync_form_wrap_titles (GTK_WIDGET (self));
}

void
presync_plan_dialog_present (GtkWindow *parent, PresyncAssessment *assessment)
{
  PresyncPlanDialog *self = NULL;
  g_autofree char *name = presync_settings_dup_answer_name ();
  const char *sync_server = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  self = g_object_new (PRESYNC_TYPE_PLAN_DIALOG, "transient-for", parent, NULL);
  sync_server = presync_assessment_get_sync_server (assessment);
  gtk_editable_set_text (GTK_EDITABLE (self->sync_server_row),
                         sync_server != NULL ? sync_server : "");
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  self->assessment = g_object_ref (assessment);
  presync_plan_dialog_add_features (self);
  presync_plan_dialog_fill_editions (self);
  self->settings = presync_settings_new ();
  gtk_window_present (GTK_WINDOW (self));
}
