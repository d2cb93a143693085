/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/waiver-card.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/form.h"
#include "app/note-row.h"
#include "app/reveal.h"
#include "app/settings.h"
#include "app/waiver-text.h"
#include "app/wrap-layout.h"

struct _PresyncWaiverCard
{
  AdwBin parent_instance;

  GtkWidget *state;
  GtkImage *state_icon;
  GtkLabel *state_label;
  GtkWidget *closed;
  GtkWidget *form;
  GtkButton *open;
  PresyncNoteRow *reason;
  AdwEntryRow *owner;
  AdwEntryRow *expires;
  GtkCalendar *calendar;
  GtkLabel *hint;
  GtkButton *save;
  GtkButton *remove;

  PresyncAssessment *assessment;
  PresyncChecklistItem *item;
  PresyncWaiver *shown; /* what the fields were filled from; NULL if there was none */
  GVariant *loaded;     /* (sss): how they were filled; NULL before use */
  GHashTable *drafts;   /* id of a condition -> GVariant, likewise: typed, and not saved */
  gulong updated_id;
};

G_DEFINE_FINAL_TYPE (PresyncWaiverCard, presync_waiver_card, ADW_TYPE_BIN)

/* (out) @day: what was typed; cleared where nothing was. Returns: %FALSE if it is no day */
static gboolean
presync_waiver_card_get_expires (PresyncWaiverCard *self, GDate *day)
{
  g_autofree char *text = presync_form_dup_text (self->expires);

  g_date_clear (day, 1);
  return text == NULL || presync_day_parse (text, day);
}

static void
presync_waiver_card_get_today (GDate *day)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
}

/* What the date means, or what is wrong with it. Returns: %FALSE if it cannot be taken */
static gboolean
presync_waiver_card_update_hint (PresyncWaiverCard *self)
{
  GDate today;
  GDate day;
  g_autofree char *text = NULL;
  gboolean parsed = presync_waiver_card_get_expires (self, &day);
  gboolean past = FALSE;

  presync_waiver_card_get_today (&today);
  if (!parsed)
    text = g_strdup (_ ("Type the last day as 2027-03-01, or choose it."));
  else if (!g_date_valid (&day))
    text = g_strdup (_ ("It counts until somebody removes it."));
  else
    {
      int days = g_date_days_between (&today, &day);
      g_autofree char *words = presync_day_text (&day);

      past = days < 0;
      text = past ? g_strdup_printf (_ ("%s is in the past."), words)
                  /* TRANSLATORS: a day in words, then how many days away it is */
                  : g_strdup_printf (ngettext ("It counts until %s, for %d day more.",
                                               "It counts until %s, for %d days more.",
                                               (gulong) days),
                                     words, days);
    }
  gtk_label_set_text (self->hint, text);
  presync_form_set_error (GTK_WIDGET (self->expires), !parsed || past);
  presync_accessible_set_description (GTK_WIDGET (self->expires), text);
  return parsed && !past;
}

static void
presync_waiver_card_changed_cb (PresyncWaiverCard *self)
{
  g_autofree char *owner = presync_form_dup_text (self->owner);
  g_autofree char *reason = presync_note_row_dup_text (self->reason);
  gboolean dated = presync_waiver_card_update_hint (self);
  const char *why = NULL;

  if (*reason == '\0')
    why = _ ("Say why it is accepted first");
  else if (owner == NULL)
    why = _ ("Say who accepts it first");
  else if (!dated)
    why = _ ("Mend the last day first");
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), why == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->save), why);
  presync_accessible_set_description (GTK_WIDGET (self->save), why != NULL ? why : "");
}

static void
presync_waiver_card_update_state (PresyncWaiverCard *self)
{
  PresyncWaiver *waiver = presync_checklist_item_get_waiver (self->item);
  gboolean expired = presync_checklist_item_get_waiver_expired (self->item);
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->state, waiver != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->remove), waiver != NULL);
  gtk_button_set_label (self->open, waiver != NULL ? _ ("Change waiver…") : _ ("Waive…"));
  if (waiver == NULL)
    return;
  now = presync_assessment_dup_now (self->assessment);
  if (now == NULL)
    now = g_date_time_new_now_local ();
  text = presync_waiver_dup_text (waiver, now);
  gtk_label_set_text (self->state_label, text);
  gtk_image_set_from_icon_name (self->state_icon, expired ? "presync-waiver-expired-symbolic"
                                                          : "presync-waived-symbolic");
  if (expired)
    gtk_widget_add_css_class (self->state, "status-advice");
  else
    gtk_widget_remove_css_class (self->state, "status-advice");
}

/* (transfer full): what stands in the fields */
static GVariant *
presync_waiver_card_read (PresyncWaiverCard *self)
{
  g_autofree char *reason = presync_note_row_dup_text (self->reason);

  return g_variant_ref_sink (g_variant_new ("(sss)", reason,
                                            gtk_editable_get_text (GTK_EDITABLE (self->owner)),
                                            gtk_editable_get_text (GTK_EDITABLE (self->expires))));
}

static void
presync_waiver_card_write (PresyncWaiverCard *self, GVariant *fields)
{
  const char *reason = NULL;
  const char *owner = NULL;
  const char *expires = NULL;

  g_variant_get (fields, "(&s&s&s)", &reason, &owner, &expires);
  presync_note_row_set_text (self->reason, reason);
  gtk_editable_set_text (GTK_EDITABLE (self->owner), owner);
  gtk_editable_set_text (GTK_EDITABLE (self->expires), expires);
  presync_waiver_card_changed_cb (self);
}

/* From now on the fields are as the waiver, or as what was saved just now. */
static void
presync_waiver_card_set_loaded (PresyncWaiverCard *self, GVariant *fields)
{
  g_clear_pointer (&self->loaded, g_variant_unref);
  self->loaded = g_variant_ref (fields);
}

static gboolean
presync_waiver_card_is_dirty (PresyncWaiverCard *self)
{
  g_autoptr (GVariant) fields = presync_waiver_card_read (self);

  return self->loaded != NULL && gtk_widget_get_visible (self->form)
         && !g_variant_equal (fields, self->loaded);
}

/* What stands in the fields is said, or is not wanted any more. */
static void
presync_waiver_card_settle (PresyncWaiverCard *self)
{
  g_autoptr (GVariant) fields = presync_waiver_card_read (self);

  presync_waiver_card_set_loaded (self, fields);
}

/* @keep: what stands in the fields stays there */
static void
presync_waiver_card_load (PresyncWaiverCard *self, gboolean keep)
{
  PresyncWaiver *waiver = presync_checklist_item_get_waiver (self->item);
  const GDate *expires = waiver != NULL ? presync_waiver_get_expires (waiver) : NULL;
  g_autofree char *owner = waiver != NULL ? g_strdup (presync_waiver_get_owner (waiver))
                                          : presync_settings_dup_answer_name ();
  g_autoptr (GVariant) fields = NULL;
  char day[16] = "";

  g_set_object (&self->shown, waiver);
  if (expires != NULL)
    g_date_strftime (day, sizeof day, "%Y-%m-%d", expires);
  fields = g_variant_ref_sink (g_variant_new (
      "(sss)", waiver != NULL ? presync_waiver_get_reason (waiver) : "", owner, day));
  presync_waiver_card_set_loaded (self, fields);
  if (keep)
    return;
  presync_waiver_card_write (self, fields);
  presync_waiver_card_settle (self);
}

/* Only a waiver that changed fills the fields, and takes nothing that is typed: neither a new
 * measurement nor an undo does. */
static void
presync_waiver_card_updated_cb (PresyncWaiverCard *self)
{
  if (self->shown != presync_checklist_item_get_waiver (self->item))
    presync_waiver_card_load (self, presync_waiver_card_is_dirty (self));
  presync_waiver_card_update_state (self);
}

/* Of the condition that is shown, before another one is */
static void
presync_waiver_card_keep_draft (PresyncWaiverCard *self)
{
  const char *id = presync_checklist_item_get_id (self->item);

  if (presync_waiver_card_is_dirty (self))
    g_hash_table_insert (self->drafts, g_strdup (id), presync_waiver_card_read (self));
  else
    g_hash_table_remove (self->drafts, id);
}

/* The form */

static void
presync_waiver_card_set_open (PresyncWaiverCard *self, gboolean open)
{
  gtk_widget_set_visible (self->form, open);
  gtk_widget_set_visible (self->closed, !open);
}

static void
presync_waiver_card_open_cb (PresyncWaiverCard *self)
{
  presync_waiver_card_set_open (self, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->reason), GTK_DIR_TAB_FORWARD);
  presync_reveal (self->form);
}

/* What was typed goes. */
static void
presync_waiver_card_cancel_cb (PresyncWaiverCard *self)
{
  presync_waiver_card_set_open (self, FALSE);
  if (self->item != NULL)
    presync_waiver_card_load (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->open));
}

/* The date */

/* @widget's name is how many days from today on; "0": until it is removed */
static void
presync_waiver_card_choice_cb (PresyncWaiverCard *self, GtkWidget *widget)
{
  guint days = (guint) g_ascii_strtoull (gtk_widget_get_name (widget), NULL, 10);
  char text[16] = "";
  GDate day;

  presync_waiver_card_get_today (&day);
  if (days == 365)
    g_date_add_years (&day, 1);
  else
    g_date_add_days (&day, days);
  if (days > 0)
    g_date_strftime (text, sizeof text, "%Y-%m-%d", &day);
  gtk_editable_set_text (GTK_EDITABLE (self->expires), text);
}

static void
presync_waiver_card_day_cb (PresyncWaiverCard *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->expires), text);
}

/* The calendar begins where the date is; only what is chosen in it is taken. */
static void
presync_waiver_card_calendar_cb (PresyncWaiverCard *self)
{
  g_autoptr (GDateTime) at = NULL;
  GDate day;

  if (!presync_waiver_card_get_expires (self, &day) || !g_date_valid (&day))
    presync_waiver_card_get_today (&day);
  at = g_date_time_new_local (g_date_get_year (&day), (int) g_date_get_month (&day),
                              g_date_get_day (&day), 12, 0, 0);
  g_signal_handlers_block_by_func (self->calendar, presync_waiver_card_day_cb, self);
  if (at != NULL)
    gtk_calendar_select_day (self->calendar, at);
  g_signal_handlers_unblock_by_func (self->calendar, presync_waiver_card_day_cb, self);
}

/* Saving */

static void
presync_waiver_card_save_cb (PresyncWaiverCard *self)
{
  g_autoptr (PresyncWaiver) waiver = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *owner = presync_form_dup_text (self->owner);
  g_autofree char *reason = presync_note_row_dup_text (self->reason);
  GDate day;

  if (self->item == NULL || self->assessment == NULL
      || !gtk_widget_is_sensitive (GTK_WIDGET (self->save))
      || !presync_waiver_card_get_expires (self, &day))
    return;
  waiver = presync_waiver_new (presync_checklist_item_get_id (self->item), reason, owner,
                               g_date_valid (&day) ? &day : NULL, now);
  presync_waiver_card_settle (self);
  presync_statements_set_waiver (presync_assessment_get_statements (self->assessment),
                                 presync_checklist_item_get_id (self->item), waiver);
  presync_waiver_card_set_open (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->open));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _ ("Waiver saved"));
}

static void
presync_waiver_card_remove_cb (PresyncWaiverCard *self)
{
  if (self->item == NULL || self->assessment == NULL)
    return;
  presync_waiver_card_settle (self);
  presync_statements_set_waiver (presync_assessment_get_statements (self->assessment),
                                 presync_checklist_item_get_id (self->item), NULL);
  presync_waiver_card_set_open (self, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _ ("Waiver removed"));
}

/* Object */

static void
presync_waiver_card_dispose (GObject *object)
{
  PresyncWaiverCard *self = PRESYNC_WAIVER_CARD (object);

  if (self->item != NULL)
    g_clear_signal_handler (&self->updated_id, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->shown);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_WAIVER_CARD);

  G_OBJECT_CLASS (presync_waiver_card_parent_class)->dispose (object);
}

static void
presync_waiver_card_finalize (GObject *object)
{
  PresyncWaiverCard *self = PRESYNC_WAIVER_CARD (object);

  g_clear_pointer (&self->loaded, g_variant_unref);
  g_hash_table_unref (self->drafts);

  G_OBJECT_CLASS (presync_waiver_card_parent_class)->finalize (object);
}

static void
presync_waiver_card_class_init (PresyncWaiverCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_waiver_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_waiver_card_finalize;

  g_type_ensure (PRESYNC_TYPE_NOTE_ROW);
  g_type_ensure (PRESYNC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/waiver-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, state);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, state_icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, state_label);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, closed);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, form);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, open);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, reason);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, owner);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, expires);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, calendar);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, hint);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, save);
  gtk_widget_class_bind_template_child (widget_class, PresyncWaiverCard, remove);
  gtk_widget_class_bind_template_callback (widget_class, presync_waiver_card_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_waiver_card_choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_waiver_card_calendar_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_waiver_card_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_waiver_card_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_waiver_card_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_waiver_card_remove_cb);
}

static void
presync_waiver_card_init (PresyncWaiverCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (presync_waiver_card_day_cb),
                            self);
}

void
presync_waiver_card_set_item (PresyncWaiverCard *self, PresyncAssessment *assessment,
                              PresyncChecklistItem *item)
{
  GVariant *draft = NULL;

  g_return_if_fail (PRESYNC_IS_WAIVER_CARD (self));

  g_set_object (&self->assessment, assessment);
  if (self->item == item)
    return;
  if (self->item != NULL)
    {
      presync_waiver_card_keep_draft (self);
      g_clear_signal_handler (&self->updated_id, self->item);
    }
  g_set_object (&self->item, item);
  presync_waiver_card_set_open (self, FALSE);
  if (item == NULL)
    return;
  self->updated_id = g_signal_connect_object (
      item, "updated", G_CALLBACK (presync_waiver_card_updated_cb), self, G_CONNECT_SWAPPED);
  presync_waiver_card_load (self, FALSE);
  draft = g_hash_table_lookup (self->drafts, presync_checklist_item_get_id (item));
  if (draft != NULL)
    {
      presync_waiver_card_write (self, draft);
      presync_waiver_card_set_open (self, TRUE);
    }
  presync_waiver_card_update_state (self);
}

gboolean
presync_waiver_card_wanted (PresyncChecklistItem *item)
{
  if (presync_checklist_item_get_condition (item) == NULL)
    return FALSE;
  if (presync_checklist_item_get_waiver (item) != NULL)
    return TRUE;
  switch (presync_checklist_item_get_status (item))
    {
    case PRESYNC_STATUS_NOT_MET:
    case PRESYNC_STATUS_ADVICE:
    case PRESYNC_STATUS_UNKNOWN:
    case PRESYNC_STATUS_NEEDS_ANSWER:
      return TRUE;
    case PRESYNC_STATUS_MET:
    case PRESYNC_STATUS_NOT_APPLICABLE:
    default:
      return FALSE;
    }
}
