/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-sign-in.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/connection.h"
#include "app/form.h"
#include "app/message.h"
#include "app/reveal.h"
#include "app/settings.h"
#include "app/tenant-code.h"
#include "app/tenant-guide.h"
#include "app/tenant-settings.h"
#include "base/error.h"

struct _PresyncTenantSignIn
{
  AdwBin parent_instance;

  AdwEntryRow *client_row;
  PresyncTenantGuide *guide;
  AdwActionRow *person_row;
  GtkWidget *sign_out_button;
  AdwActionRow *stay_row;
  GtkSwitch *stay_switch;
  GtkWidget *message_box;
  GtkLabel *message;
  GtkButton *sign_in_button;
  GtkLabel *hint;
  PresyncTenantCode *code;

  PresyncAssessment *assessment;
  PresyncTenantForm *form;
  PresyncTenantSource *source; /* nullable: the assessment's */
  GCancellable *cancellable;   /* nullable: of a sign-in that was begun here */
  gpointer asked;              /* the source that it asks; only to be compared */
  PresyncSecret *kept;         /* nullable: what the keyring has, or is about to have */
  GCancellable *keeping;       /* nullable: of putting it there */
  char *problem;               /* nullable: why nobody is signed in */
  GDateTime *expires;          /* nullable: when the last code ends */
  gboolean expired;            /* it ended unused */
  gboolean ended;              /* its source went away, and no new one has come yet */
  gboolean wanted;             /* a sign-in follows as soon as the tenant was looked up */
  gboolean filling;            /* the program changes fields, no person */
};

G_DEFINE_FINAL_TYPE (PresyncTenantSignIn, presync_tenant_sign_in, ADW_TYPE_BIN)

static gboolean
presync_tenant_sign_in_is_recording (PresyncTenantSignIn *self)
{
  return self->source != NULL && presync_tenant_source_get_target (self->source)->recording != NULL;
}

static const char *
presync_tenant_sign_in_get_person (PresyncTenantSignIn *self)
{
  return self->source != NULL ? presync_tenant_source_get_signed_in_as (self->source) : NULL;
}

static gboolean
presync_tenant_sign_in_is_busy (PresyncTenantSignIn *self)
{
  PresyncSourceState state = self->source != NULL
                                 ? presync_source_get_state (PRESYNC_SOURCE (self->source))
                                 : PRESYNC_SOURCE_IDLE;

  return state == PRESYNC_SOURCE_CHECKING || state == PRESYNC_SOURCE_TESTING;
}

/* Is a person's doing waited for? */
static gboolean
presync_tenant_sign_in_waits (PresyncTenantSignIn *self)
{
  gboolean waits = FALSE;

  if (self->source != NULL)
    g_object_get (self->source, "signing-in", &waits, NULL);
  return waits;
}

/* What is seen */

static void
presync_tenant_sign_in_update_person (PresyncTenantSignIn *self, const char *person)
{
  gboolean recording = presync_tenant_sign_in_is_recording (self);
  g_autofree char *name
      = g_strdup_printf (_ ("%s: %s"), _ ("Signed in as"), person != NULL ? person : "");

  adw_action_row_set_subtitle (self->person_row, person != NULL ? person : "");
  presync_accessible_set_label (GTK_WIDGET (self->person_row), name);
  gtk_widget_set_visible (GTK_WIDGET (self->person_row), person != NULL);
  /* What is tried while the sample is open is not remembered. */
  gtk_widget_set_visible (GTK_WIDGET (self->stay_row),
                          person != NULL && !recording
                              && !presync_connection_is_sample (self->assessment));
  /* Nobody signed in to a recording. */
  gtk_widget_set_visible (self->sign_out_button, !recording);
}

/* A new label takes the name for screen readers with it. */
static void
presync_tenant_sign_in_update_button (PresyncTenantSignIn *self, gboolean busy)
{
  const char *text = self->expired ? _ ("Get a new code") : _ ("Sign in…");

  gtk_button_set_label (self->sign_in_button,
                        self->expired ? _ ("_Get a new code") : _ ("_Sign in…"));
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (self->sign_in_button)),
                           PANGO_ELLIPSIZE_END);
  presync_accessible_set_label (GTK_WIDGET (self->sign_in_button), text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sign_in_button), !busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sign_in_button),
                               busy ? _ ("A check or test is under way") : NULL);
}

static void
presync_tenant_sign_in_update (PresyncTenantSignIn *self)
{
  const char *person = presync_tenant_sign_in_get_person (self);
  gboolean mine = self->cancellable != NULL;
  gboolean waits = mine && presync_tenant_sign_in_waits (self);
  gboolean open = person == NULL && !mine && !presync_tenant_sign_in_is_recording (self);

  presync_tenant_sign_in_update_person (self, person);
  presync_tenant_sign_in_update_button (self,
                                        presync_tenant_sign_in_is_busy (self) || self->wanted);
  /* Of a recording, until it was read, there is nothing to show. */
  gtk_widget_set_visible (GTK_WIDGET (self),
                          person != NULL || !presync_tenant_sign_in_is_recording (self));
  gtk_widget_set_visible (GTK_WIDGET (self->client_row), open || (mine && person == NULL));
  gtk_widget_set_sensitive (GTK_WIDGET (self->client_row), open);
  gtk_widget_set_visible (GTK_WIDGET (self->guide), open);
  gtk_widget_set_visible (GTK_WIDGET (self->sign_in_button), open);
  gtk_label_set_text (self->hint, mine ? _ ("Signed in; the tenant is being read…")
                                       : _ ("The tenant is looked up first…"));
  gtk_widget_set_visible (GTK_WIDGET (self->hint), (open && self->wanted) || (mine && !waits));
  gtk_widget_set_visible (GTK_WIDGET (self->code), waits);
  gtk_label_set_text (self->message, self->problem != NULL ? self->problem : "");
  gtk_widget_set_visible (self->message_box, self->problem != NULL && open);
}

static void
presync_tenant_sign_in_code_cb (PresyncTenantSignIn *self)
{
  const PresyncDeviceCode *code = presync_tenant_source_get_code (self->source);

  presync_tenant_code_set (self->code, code);
  if (code != NULL)
    {
      g_clear_pointer (&self->expires, g_date_time_unref);
      self->expires = g_date_time_ref (code->expires);
    }
  presync_tenant_sign_in_update (self);
  if (code != NULL && self->cancellable != NULL)
    presync_tenant_code_focus (self->code);
}

/* The keyring */

static void
presync_tenant_sign_in_kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncTenantSignIn) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (presync_tenant_settings_keep_finish (result, &error) || root == NULL
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* It does not stay, so the switch must not say so. */
  gtk_switch_set_active (self->stay_switch, FALSE);
  presync_message_show (GTK_WINDOW (root), _ ("Sign-in not kept"), error->message);
}

/* A sign-in is renewed with something else each time: the keyring follows. */
static void
presync_tenant_sign_in_keep (PresyncTenantSignIn *self)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncSecret) refresh = NULL;

  if (self->source == NULL
      || !presync_tenant_settings_stays (settings, presync_tenant_source_get_target (self->source)))
    return;
  refresh = presync_tenant_source_dup_refresh_token (self->source);
  if (refresh == NULL
      || (self->kept != NULL
          && g_str_equal (presync_secret_peek (self->kept), presync_secret_peek (refresh))))
    return;
  if (self->keeping == NULL)
    self->keeping = g_cancellable_new ();
  if (presync_tenant_settings_keep_async (self->source, self->keeping,
                                          presync_tenant_sign_in_kept_cb, self))
    {
      /* The callback's */
      g_object_ref (self);
      g_clear_pointer (&self->kept, presync_secret_unref);
      self->kept = g_steal_pointer (&refresh);
    }
}

/* What is not yet in the keyring does not get there. */
static void
presync_tenant_sign_in_stop_keeping (PresyncTenantSignIn *self)
{
  g_cancellable_cancel (self->keeping);
  g_clear_object (&self->keeping);
  g_clear_pointer (&self->kept, presync_secret_unref);
}

static void
presync_tenant_sign_in_drop (PresyncTenantSignIn *self)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  presync_tenant_sign_in_stop_keeping (self);
  if (self->source != NULL)
    presync_tenant_settings_end_stay (settings, presync_tenant_source_get_target (self->source));
}

static void
presync_tenant_sign_in_stay_cb (PresyncTenantSignIn *self)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  gboolean stay = gtk_switch_get_active (self->stay_switch);

  if (self->filling || self->source == NULL)
    return;
  if (!stay)
    {
      presync_tenant_sign_in_drop (self);
      return;
    }
  presync_tenant_settings_begin_stay (settings, presync_tenant_source_get_target (self->source));
  presync_tenant_sign_in_keep (self);
}

/* Signing in and out */

static void
presync_tenant_sign_in_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncTenantSignIn) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean passed
      = presync_tenant_source_sign_in_finish (PRESYNC_TENANT_SOURCE (object), result, &error);

  /* The page was closed, or another tenant named. */
  if (self->form == NULL || self->asked != object)
    return;
  self->ended = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                && !g_cancellable_is_cancelled (self->cancellable);
  g_clear_object (&self->cancellable);
  self->asked = NULL;
  if (!passed && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      self->problem = g_strdup (error->message);
      self->expired = self->expires != NULL && g_date_time_compare (now, self->expires) >= 0;
    }
  presync_tenant_sign_in_keep (self);
  presync_tenant_sign_in_update (self);
  /* Not from a page to which somebody went meanwhile, nor from what somebody looks up */
  if (self->ended || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_widget_grab_focus (passed ? self->sign_out_button : GTK_WIDGET (self->sign_in_button));
  presync_reveal (passed ? self->sign_out_button : GTK_WIDGET (self->sign_in_button));
}

static void
presync_tenant_sign_in_begin (PresyncTenantSignIn *self)
{
  self->cancellable = g_cancellable_new ();
  self->asked = self->source;
  self->expired = FALSE;
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_clear_pointer (&self->problem, g_free);
  presync_tenant_code_set (self->code, NULL);
  presync_tenant_source_sign_in_async (self->source, self->cancellable,
                                       presync_tenant_sign_in_done_cb, g_object_ref (self));
  /* Who pressed a button by keyboard goes on with the next. */
  gtk_widget_set_visible (GTK_WIDGET (self->code), TRUE);
  presync_tenant_code_focus (self->code);
  presync_tenant_sign_in_update (self);
}

/* (transfer full) (nullable): what is typed, if it is a client id; says what is wrong with it */
static char *
presync_tenant_sign_in_dup_valid (PresyncTenantSignIn *self, GError **error)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();

  target->client_id = presync_form_dup_text (self->client_row);
  if (target->client_id == NULL)
    g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                         _ ("Please give the application (client) ID to sign in with."));
  else if (presync_tenant_target_validate (target, error))
    return g_steal_pointer (&target->client_id);
  return NULL;
}

char *
presync_tenant_sign_in_dup_client_id (PresyncTenantSignIn *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_SIGN_IN (self), NULL);

  return presync_tenant_sign_in_dup_valid (self, NULL);
}

void
presync_tenant_sign_in_start (PresyncTenantSignIn *self)
{
  g_autofree char *client_id = NULL;
  g_autoptr (GError) error = NULL;
  const PresyncTenantTarget *target = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_SIGN_IN (self));

  if (self->cancellable != NULL || presync_tenant_sign_in_is_busy (self) || self->wanted)
    return;
  g_clear_pointer (&self->problem, g_free);
  client_id = presync_tenant_sign_in_dup_valid (self, &error);
  presync_form_set_error (GTK_WIDGET (self->client_row), client_id == NULL);
  if (client_id == NULL)
    {
      self->problem = g_strdup (error->message);
      presync_tenant_sign_in_update (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->client_row));
      return;
    }
  target = self->source != NULL ? presync_tenant_source_get_target (self->source) : NULL;
  if (target != NULL && presync_tenant_form_is_current (self->form)
      && presync_tenant_source_get_tenant_id (self->source) != NULL
      && g_strcmp0 (target->client_id, client_id) == 0)
    {
      presync_tenant_sign_in_begin (self);
      return;
    }
  /* Who signs in must know whose tenant it is. */
  self->wanted = presync_tenant_form_start (self->form, client_id);
  presync_tenant_sign_in_update (self);
}

static void
presync_tenant_sign_in_checked_cb (PresyncTenantSignIn *self, gboolean passed)
{
  gboolean wanted = self->wanted;

  self->wanted = FALSE;
  if (wanted && passed && presync_tenant_source_get_tenant_id (self->source) != NULL
      && self->cancellable == NULL && presync_tenant_sign_in_get_person (self) == NULL)
    presync_tenant_sign_in_begin (self);
  else
    presync_tenant_sign_in_update (self);
}

void
presync_tenant_sign_in_cancel (PresyncTenantSignIn *self)
{
  g_return_if_fail (PRESYNC_IS_TENANT_SIGN_IN (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
presync_tenant_sign_in_sign_out (PresyncTenantSignIn *self)
{
  g_return_if_fail (PRESYNC_IS_TENANT_SIGN_IN (self));

  if (self->source == NULL || presync_tenant_sign_in_is_recording (self))
    return;
  presync_tenant_sign_in_cancel (self);
  presync_tenant_sign_in_drop (self);
  /* Whoever signs in next is asked anew. */
  gtk_switch_set_active (self->stay_switch, FALSE);
  presync_tenant_source_sign_out (self->source);
  presync_tenant_sign_in_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_button));
}

/* What others do */

static void
presync_tenant_sign_in_state_cb (PresyncTenantSignIn *self)
{
  if (presync_tenant_sign_in_get_person (self) != NULL)
    g_clear_pointer (&self->problem, g_free);
  if (!presync_tenant_sign_in_is_busy (self))
    presync_tenant_sign_in_keep (self);
  presync_tenant_sign_in_update (self);
}

static void
presync_tenant_sign_in_edited_cb (PresyncTenantSignIn *self)
{
  if (self->filling)
    return;
  presync_form_set_error (GTK_WIDGET (self->client_row), FALSE);
  g_clear_pointer (&self->problem, g_free);
  self->expired = FALSE;
  presync_tenant_sign_in_update (self);
}

static void
presync_tenant_sign_in_activate_cb (PresyncTenantSignIn *self)
{
  presync_tenant_sign_in_start (self);
}

/* What was used last; while the sample is open, nothing of a person's own */
static void
presync_tenant_sign_in_fill (PresyncTenantSignIn *self)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *known = NULL;
  const char *client_id = NULL;

  if (self->source != NULL)
    client_id = presync_tenant_source_get_target (self->source)->client_id;
  if (client_id == NULL && !presync_connection_is_sample (self->assessment))
    client_id = known = presync_tenant_settings_dup_client_id (settings);
  self->filling = TRUE;
  /* What was typed and not used yet stays. */
  if (client_id != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->client_row), client_id);
  gtk_switch_set_active (self->stay_switch,
                         self->source != NULL
                             && presync_tenant_settings_stays (
                                 settings, presync_tenant_source_get_target (self->source)));
  self->filling = FALSE;
}

static void
presync_tenant_sign_in_unwatch (PresyncTenantSignIn *self)
{
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);
}

static void
presync_tenant_sign_in_source_cb (PresyncTenantSignIn *self)
{
  PresyncTenantSource *source = presync_tenant_form_get_source (self->form);
  gboolean ended = (self->cancellable != NULL || self->ended) && source != NULL;

  self->ended = FALSE;
  presync_tenant_sign_in_cancel (self);
  g_clear_object (&self->cancellable);
  self->asked = NULL;
  presync_tenant_sign_in_stop_keeping (self);
  g_clear_pointer (&self->problem, g_free);
  if (ended)
    self->problem = g_strdup (
        _ ("The sign-in has ended, as another tenant was named. Please sign in again."));
  else if (presync_tenant_settings_take_lapsed (self->assessment))
    self->problem = g_strdup (_ ("Nobody stayed signed in: the keyring has no sign-in, or was not "
                                 "unlocked. Please sign in again."));
  self->expired = FALSE;
  presync_tenant_sign_in_unwatch (self);
  if (source != NULL)
    {
      self->source = g_object_ref (source);
      g_signal_connect_swapped (source, "notify::state",
                                G_CALLBACK (presync_tenant_sign_in_state_cb), self);
      g_signal_connect_swapped (source, "notify::signed-in-as",
                                G_CALLBACK (presync_tenant_sign_in_state_cb), self);
      g_signal_connect_swapped (source, "notify::signing-in",
                                G_CALLBACK (presync_tenant_sign_in_update), self);
      g_signal_connect_swapped (source, "notify::code", G_CALLBACK (presync_tenant_sign_in_code_cb),
                                self);
      presync_tenant_guide_set_cloud (self->guide,
                                      presync_tenant_source_get_target (source)->cloud);
    }
  presync_tenant_sign_in_fill (self);
  presync_tenant_sign_in_update (self);
}

/* Object */

static void
presync_tenant_sign_in_dispose (GObject *object)
{
  PresyncTenantSignIn *self = PRESYNC_TENANT_SIGN_IN (object);

  presync_tenant_sign_in_cancel (self);
  g_clear_object (&self->cancellable);
  presync_tenant_sign_in_unwatch (self);
  g_clear_object (&self->form);
  g_clear_object (&self->assessment);
  g_clear_pointer (&self->kept, presync_secret_unref);
  g_clear_object (&self->keeping);
  g_clear_pointer (&self->expires, g_date_time_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_TENANT_SIGN_IN);

  G_OBJECT_CLASS (presync_tenant_sign_in_parent_class)->dispose (object);
}

static void
presync_tenant_sign_in_finalize (GObject *object)
{
  g_free (PRESYNC_TENANT_SIGN_IN (object)->problem);

  G_OBJECT_CLASS (presync_tenant_sign_in_parent_class)->finalize (object);
}

static void
presync_tenant_sign_in_class_init (PresyncTenantSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_tenant_sign_in_dispose;
  object_class->finalize = presync_tenant_sign_in_finalize;

  g_type_ensure (PRESYNC_TYPE_TENANT_CODE);
  g_type_ensure (PRESYNC_TYPE_TENANT_GUIDE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/tenant-sign-in.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncTenantSignIn, name)
  BIND (client_row);
  BIND (guide);
  BIND (person_row);
  BIND (sign_out_button);
  BIND (stay_row);
  BIND (stay_switch);
  BIND (message_box);
  BIND (message);
  BIND (sign_in_button);
  BIND (hint);
  BIND (code);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, presync_tenant_sign_in_edited_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_tenant_sign_in_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_tenant_sign_in_stay_cb);
}

static void
presync_tenant_sign_in_init (PresyncTenantSignIn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* GTK 4.8 would say what is written on it once more, or the row's title. */
  presync_accessible_set_label (self->sign_out_button, _ ("Sign out of the tenant"));
  presync_accessible_set_label (GTK_WIDGET (self->stay_switch),
                                _ ("Stay signed in on this computer"));
}

void
presync_tenant_sign_in_set_up (PresyncTenantSignIn *self, PresyncAssessment *assessment,
                               PresyncTenantForm *form)
{
  g_return_if_fail (PRESYNC_IS_TENANT_SIGN_IN (self) && self->assessment == NULL);
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment) && PRESYNC_IS_TENANT_FORM (form));

  self->assessment = g_object_ref (assessment);
  self->form = g_object_ref (form);
  g_signal_connect_object (form, "checked", G_CALLBACK (presync_tenant_sign_in_checked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (form, "source-changed", G_CALLBACK (presync_tenant_sign_in_source_cb),
                           self, G_CONNECT_SWAPPED);
  presync_tenant_sign_in_source_cb (self);
}
