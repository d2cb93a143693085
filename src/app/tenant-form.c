/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-form.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/connection.h"
#include "app/form.h"
#include "app/settings.h"
#include "app/stage-row.h"
#include "app/tenant-settings.h"
#include "base/error.h"
#include "facts/cloud-title.h"

struct _PresyncTenantForm
{
  AdwBin parent_instance;

  GtkWidget *fields;
  AdwEntryRow *domain_row;
  AdwComboRow *cloud_row;
  GtkWidget *message_box;
  GtkLabel *message;
  GtkButton *look_up_button;
  GtkWidget *stop_button;
  GtkListBox *stages;
  GtkWidget *found;
  AdwActionRow *name_row;
  AdwActionRow *id_row;
  AdwActionRow *found_cloud_row;

  PresyncAssessment *assessment;
  PresyncTenantSource *source; /* nullable: the assessment's */
  GCancellable *cancellable;   /* nullable: of a look that was begun here */
  gpointer checked;            /* the source that it asks; only to be compared */
  GtkWidget *back;             /* nullable: what had the focus before; weak */
  char *problem;               /* nullable: what went wrong before anybody was asked */
  gboolean filling;            /* the program changes fields, no person */
  gboolean keep_fields;        /* the next source is what the fields name */
  gboolean reset;              /* the last failure is no longer of interest */
};

enum
{
  SIGNAL_CHECKED,
  SIGNAL_SOURCE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PresyncTenantForm, presync_tenant_form, ADW_TYPE_BIN)

static const PresyncCloud *
presync_tenant_form_get_cloud (PresyncTenantForm *self)
{
  gsize n = 0;
  const PresyncCloud *clouds = presync_clouds (&n);
  guint selected = adw_combo_row_get_selected (self->cloud_row);

  return &clouds[selected < n ? selected : 0];
}

static void
presync_tenant_form_select_cloud (PresyncTenantForm *self, const PresyncCloud *cloud)
{
  gsize n = 0;
  const PresyncCloud *clouds = presync_clouds (&n);

  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (clouds[i].id, cloud->id) == 0)
      adw_combo_row_set_selected (self->cloud_row, (guint) i);
}

/* @target: (nullable): %NULL empties the fields */
static void
presync_tenant_form_fill (PresyncTenantForm *self, const PresyncTenantTarget *target)
{
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->domain_row),
                         target != NULL && target->domain != NULL ? target->domain : "");
  if (target != NULL)
    presync_tenant_form_select_cloud (self, target->cloud);
  self->filling = FALSE;
}

gboolean
presync_tenant_form_is_current (PresyncTenantForm *self)
{
  g_autoptr (PresyncTenantTarget) typed = presync_tenant_target_new ();
  const PresyncTenantTarget *target = NULL;

  g_return_val_if_fail (PRESYNC_IS_TENANT_FORM (self), FALSE);

  if (self->source == NULL
      || !presync_tenant_target_parse_name (
          typed, gtk_editable_get_text (GTK_EDITABLE (self->domain_row)), NULL))
    return FALSE;
  target = presync_tenant_source_get_target (self->source);
  return g_strcmp0 (typed->domain, target->domain) == 0
         && g_strcmp0 (presync_tenant_form_get_cloud (self)->id, target->cloud->id) == 0;
}

static gboolean
presync_tenant_form_is_recording (PresyncTenantForm *self)
{
  return self->source != NULL && presync_tenant_source_get_target (self->source)->recording != NULL
         && presync_tenant_form_is_current (self);
}

/* What is seen */

static gboolean
presync_tenant_form_is_busy (PresyncTenantForm *self)
{
  PresyncSourceState state = self->source != NULL
                                 ? presync_source_get_state (PRESYNC_SOURCE (self->source))
                                 : PRESYNC_SOURCE_IDLE;

  return state == PRESYNC_SOURCE_CHECKING || state == PRESYNC_SOURCE_TESTING;
}

static gboolean
presync_tenant_form_says (PresyncTenantForm *self, const char *text)
{
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (self->source));

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);

      if (presync_stage_get_state (stage) == PRESYNC_STAGE_FAILED
          && g_strcmp0 (presync_stage_get_text (stage), text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A step that failed says why in its own row; above, only what no step tells. */
static void
presync_tenant_form_update_message (PresyncTenantForm *self, gboolean failed)
{
  const char *text = self->problem;

  if (text == NULL && failed)
    text = presync_source_get_message (PRESYNC_SOURCE (self->source));
  if (text != NULL && self->problem == NULL && presync_tenant_form_says (self, text))
    text = NULL;
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (self->message_box, text != NULL && *text != '\0');
}

/* (transfer full) (nullable): @key of the tenant, if it is known */
static char *
presync_tenant_form_dup_fact (PresyncTenantForm *self, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment), key);
  PresyncFact *fact = facts != NULL && facts->len > 0 ? g_ptr_array_index (facts, 0) : NULL;

  if (fact == NULL || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return NULL;
  return presync_fact_describe (fact);
}

static gboolean
presync_tenant_form_show_fact (PresyncTenantForm *self, AdwActionRow *row, const char *key)
{
  g_autofree char *value = presync_tenant_form_dup_fact (self, key);
  g_autofree char *name
      = g_strdup_printf (_ ("%s: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                         value != NULL ? value : "");

  adw_action_row_set_subtitle (row, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (row), value != NULL);
  presync_accessible_set_label (GTK_WIDGET (row), name);
  return value != NULL;
}

/* The facts are of the tenant that was looked up, whatever is typed since. */
static void
presync_tenant_form_update_heading (PresyncTenantForm *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self->found);
  const char *domain
      = self->source != NULL ? presync_tenant_source_get_target (self->source)->domain : NULL;
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;
  g_autofree char *markup = NULL;

  if (domain != NULL)
    {
      /* TRANSLATORS: a heading; %s is a domain */
      title = g_strdup_printf (_ ("Tenant of %s"), domain);
      if (!presync_tenant_form_is_current (self))
        /* TRANSLATORS: %s is a domain */
        words = g_strdup_printf (_ ("What is named above was not looked up yet. All below is "
                                    "still of the tenant of %s."),
                                 domain);
      else
        words = presync_tenant_source_dup_other_cloud (self->source);
    }
  adw_preferences_group_set_title (group, title != NULL ? title : "");
  markup = words != NULL ? g_markup_escape_text (words, -1) : NULL;
  adw_preferences_group_set_description (group, markup);
}

static void
presync_tenant_form_update_found (PresyncTenantForm *self)
{
  gboolean any = presync_tenant_form_show_fact (self, self->name_row, "tenant.name");

  any = presync_tenant_form_show_fact (self, self->id_row, "tenant.id") || any;
  any = presync_tenant_form_show_fact (self, self->found_cloud_row, "tenant.cloud") || any;
  presync_tenant_form_update_heading (self);
  gtk_widget_set_visible (self->found, any);
}

/* A new label takes the name for screen readers with it. */
static void
presync_tenant_form_update_button (PresyncTenantForm *self, gboolean busy)
{
  gboolean recording = presync_tenant_form_is_recording (self);

  gtk_button_set_label (self->look_up_button,
                        recording ? _ ("_Read the sample again") : _ ("_Look up"));
  /* However long it is in another language, the page stays as narrow as the window. */
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->look_up_button)),
                           PANGO_ELLIPSIZE_END);
  presync_accessible_set_label (GTK_WIDGET (self->look_up_button),
                                recording ? _ ("Read the sample again") : _ ("Look up the tenant"));
  gtk_widget_set_visible (GTK_WIDGET (self->look_up_button), self->cancellable == NULL);
  gtk_widget_set_visible (self->stop_button, self->cancellable != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->look_up_button), !busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->look_up_button),
                               busy ? _ ("A check or test is under way") : NULL);
}

static void
presync_tenant_form_update (PresyncTenantForm *self)
{
  gboolean busy = presync_tenant_form_is_busy (self);
  gboolean failed
      = !busy && !self->reset && self->source != NULL
        && presync_source_get_state (PRESYNC_SOURCE (self->source)) == PRESYNC_SOURCE_FAILED;

  presync_tenant_form_update_button (self, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->stages), busy || failed);
  gtk_widget_set_sensitive (self->fields, self->cancellable == NULL);
  presync_tenant_form_update_message (self, failed);
  presync_tenant_form_update_found (self);
}

/* What people do */

static void
presync_tenant_form_edited_cb (PresyncTenantForm *self)
{
  if (self->filling)
    return;
  presync_form_set_error (GTK_WIDGET (self->domain_row), FALSE);
  g_clear_pointer (&self->problem, g_free);
  self->reset = self->cancellable == NULL;
  presync_tenant_form_update (self);
}

static void
presync_tenant_form_activate_cb (PresyncTenantForm *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "tenant.look-up", NULL);
}

static GtkWidget *
presync_tenant_form_get_focus (PresyncTenantForm *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* "Stop" goes, and would leave the focus to nothing that anybody could use. */
static void
presync_tenant_form_give_back_focus (PresyncTenantForm *self)
{
  GtkWidget *back = self->back;

  if (back == NULL || !gtk_widget_is_visible (back) || !gtk_widget_is_sensitive (back))
    back = GTK_WIDGET (self->domain_row);
  gtk_widget_grab_focus (back);
}

static void
presync_tenant_form_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncTenantForm) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean passed = presync_source_check_finish (PRESYNC_SOURCE (object), result, &error);
  gboolean stop_has_focus;

  /* The page was closed, or another look began. */
  if (self->assessment == NULL || self->checked != object)
    return;
  g_clear_object (&self->cancellable);
  self->checked = NULL;
  /* The source may have been removed meanwhile. */
  if ((GObject *) self->source != object)
    passed = FALSE;
  stop_has_focus = presync_tenant_form_get_focus (self) == self->stop_button;
  presync_tenant_form_update (self);
  if (stop_has_focus)
    presync_tenant_form_give_back_focus (self);
  g_clear_weak_pointer (&self->back);
  g_signal_emit (self, signals[SIGNAL_CHECKED], 0, passed);
}

/* (transfer full) (nullable): what is typed; %NULL if that must be mended, which is said then */
static PresyncTenantTarget *
presync_tenant_form_dup_target (PresyncTenantForm *self, const char *client_id)
{
  g_autoptr (PresyncTenantTarget) target = NULL;
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *typed = presync_form_dup_text (self->domain_row);

  if (presync_tenant_form_is_recording (self))
    return presync_tenant_target_copy (presync_tenant_source_get_target (self->source));
  target = presync_tenant_target_new ();
  if (typed == NULL)
    error = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                                 _ ("Please name a domain of your tenant, such as contoso.com."));
  else
    presync_tenant_target_parse_name (target, typed, &error);
  if (error != NULL)
    {
      self->problem = g_strdup (error->message);
      presync_form_set_error (GTK_WIDGET (self->domain_row), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->domain_row));
      return NULL;
    }
  target->cloud = presync_tenant_form_get_cloud (self);
  target->client_id = g_strdup (client_id);
  target->proxy = presync_tenant_settings_dup_proxy (settings, &error);
  if (error != NULL)
    {
      self->problem = g_strdup (error->message);
      return NULL;
    }
  return g_steal_pointer (&target);
}

/* (transfer full): the source that there is if it is of @target; else a new one, which is
 * remembered */
static PresyncTenantSource *
presync_tenant_form_dup_source (PresyncTenantForm *self, const PresyncTenantTarget *target)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  const PresyncTenantTarget *former
      = self->source != NULL ? presync_tenant_source_get_target (self->source) : NULL;

  if (former != NULL && presync_tenant_form_is_current (self)
      && g_strcmp0 (former->client_id, target->client_id) == 0
      && g_strcmp0 (former->proxy, target->proxy) == 0)
    return g_object_ref (self->source);
  /* The new one has no sign-in, and who signs in next is asked whether to stay. */
  if (former != NULL && presync_tenant_settings_stays (settings, former))
    presync_tenant_settings_end_stay (settings, former);
  /* What is tried while the sample is open must not turn up in the next real assessment. */
  if (!presync_connection_is_sample (self->assessment))
    presync_tenant_settings_save (settings, target);
  return presync_tenant_source_new (target);
}

gboolean
presync_tenant_form_start (PresyncTenantForm *self, const char *client_id)
{
  g_autoptr (PresyncTenantTarget) target = NULL;
  g_autoptr (PresyncTenantSource) source = NULL;

  g_return_val_if_fail (PRESYNC_IS_TENANT_FORM (self), FALSE);

  if (presync_tenant_form_is_busy (self) || self->cancellable != NULL)
    return FALSE;
  g_clear_pointer (&self->problem, g_free);
  presync_form_set_error (GTK_WIDGET (self->domain_row), FALSE);
  target = presync_tenant_form_dup_target (self, client_id);
  if (target == NULL)
    {
      self->reset = TRUE;
      presync_tenant_form_update (self);
      return FALSE;
    }

  /* Buttons change places: who pressed one by keyboard goes on with the other. No field that turns
   * insensitive may have the focus. */
  g_set_weak_pointer (&self->back, presync_tenant_form_get_focus (self));
  gtk_widget_set_visible (self->stop_button, TRUE);
  gtk_widget_grab_focus (self->stop_button);
  self->cancellable = g_cancellable_new ();
  source = presync_tenant_form_dup_source (self, target);
  self->checked = source;
  self->keep_fields = TRUE;
  /* The same one keeps what is known, and its sign-in. */
  if (source != self->source)
    presync_runner_set_source (presync_assessment_get_runner (self->assessment),
                               PRESYNC_SOURCE (source));
  self->keep_fields = FALSE;
  /* A pasted address became a domain. */
  presync_tenant_form_fill (self, target);
  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, self->cancellable,
                              presync_tenant_form_done_cb, g_object_ref (self));
  presync_tenant_form_update (self);
  return TRUE;
}

void
presync_tenant_form_stop (PresyncTenantForm *self)
{
  g_return_if_fail (PRESYNC_IS_TENANT_FORM (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
presync_tenant_form_copy_id_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PresyncTenantForm *self = PRESYNC_TENANT_FORM (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          adw_action_row_get_subtitle (self->id_row));
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Copied"));
}

/* What others do */

static void
presync_tenant_form_unwatch (PresyncTenantForm *self)
{
  if (self->source == NULL)
    return;
  gtk_list_box_bind_model (self->stages, NULL, NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_func (self->source, presync_tenant_form_update, self);
  g_clear_object (&self->source);
}

/* What was used last, if anything was */
static void
presync_tenant_form_recall (PresyncTenantForm *self)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncTenantTarget) target = NULL;

  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->problem, g_free);
  if (!presync_connection_is_sample (self->assessment))
    target = presync_tenant_settings_dup_target (settings);
  presync_tenant_form_fill (self, target);
  /* It is not brought back if the proxy cannot be used. */
  if (target != NULL)
    g_free (presync_tenant_settings_dup_proxy (settings, &error));
  if (error != NULL)
    self->problem = g_strdup (error->message);
}

/* The assessment's source may be set by the command line, the sample or the settings too. */
static void
presync_tenant_form_sources_cb (PresyncTenantForm *self)
{
  g_autoptr (PresyncSource) found = presync_assessment_dup_source (self->assessment, "tenant");
  PresyncTenantSource *source
      = PRESYNC_IS_TENANT_SOURCE (found) ? PRESYNC_TENANT_SOURCE (found) : NULL;

  if (source == self->source)
    return;
  presync_tenant_form_unwatch (self);
  self->reset = FALSE;
  if (source != NULL)
    {
      self->source = g_object_ref (source);
      if (!self->keep_fields)
        presync_tenant_form_fill (self, presync_tenant_source_get_target (source));
      gtk_list_box_bind_model (self->stages, presync_source_get_stages (PRESYNC_SOURCE (source)),
                               presync_stage_row_create, NULL, NULL);
      g_signal_connect_swapped (source, "notify::state", G_CALLBACK (presync_tenant_form_update),
                                self);
      g_signal_connect_swapped (source, "notify::message", G_CALLBACK (presync_tenant_form_update),
                                self);
    }
  else
    presync_tenant_form_recall (self);
  presync_tenant_form_update (self);
  g_signal_emit (self, signals[SIGNAL_SOURCE_CHANGED], 0);
}

/* Object */

static void
presync_tenant_form_dispose (GObject *object)
{
  PresyncTenantForm *self = PRESYNC_TENANT_FORM (object);

  presync_tenant_form_stop (self);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->back);
  presync_tenant_form_unwatch (self);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_TENANT_FORM);

  G_OBJECT_CLASS (presync_tenant_form_parent_class)->dispose (object);
}

static void
presync_tenant_form_finalize (GObject *object)
{
  g_free (PRESYNC_TENANT_FORM (object)->problem);

  G_OBJECT_CLASS (presync_tenant_form_parent_class)->finalize (object);
}

static void
presync_tenant_form_class_init (PresyncTenantFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_tenant_form_dispose;
  object_class->finalize = presync_tenant_form_finalize;
  signals[SIGNAL_CHECKED] = g_signal_new ("checked", PRESYNC_TYPE_TENANT_FORM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_SOURCE_CHANGED]
      = g_signal_new ("source-changed", PRESYNC_TYPE_TENANT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/tenant-form.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncTenantForm, name)
  BIND (fields);
  BIND (domain_row);
  BIND (cloud_row);
  BIND (message_box);
  BIND (message);
  BIND (look_up_button);
  BIND (stop_button);
  BIND (stages);
  BIND (found);
  BIND (name_row);
  BIND (id_row);
  BIND (found_cloud_row);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, presync_tenant_form_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_tenant_form_activate_cb);
  gtk_widget_class_install_action (widget_class, "tenant.copy-id", NULL,
                                   presync_tenant_form_copy_id_action);
}

static void
presync_tenant_form_init (PresyncTenantForm *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  gsize n = 0;
  const PresyncCloud *clouds = presync_clouds (&n);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (titles, presync_cloud_title (clouds[i].id));
  self->filling = TRUE;
  adw_combo_row_set_model (self->cloud_row, G_LIST_MODEL (titles));
  self->filling = FALSE;
}

void
presync_tenant_form_set_assessment (PresyncTenantForm *self, PresyncAssessment *assessment)
{
  PresyncFactSet *facts = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_FORM (self) && self->assessment == NULL);
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  self->assessment = g_object_ref (assessment);
  facts = presync_assessment_get_facts (assessment);
  g_signal_connect_object (facts, "changed", G_CALLBACK (presync_tenant_form_update_found), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_runner_get_sources (presync_assessment_get_runner (assessment)),
                           "items-changed", G_CALLBACK (presync_tenant_form_sources_cb), self,
                           G_CONNECT_SWAPPED);
  presync_tenant_form_recall (self);
  presync_tenant_form_sources_cb (self);
  presync_tenant_form_update (self);
}

PresyncTenantSource *
presync_tenant_form_get_source (PresyncTenantForm *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_FORM (self), NULL);

  return self->source;
}
