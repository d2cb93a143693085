/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/answer-card.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/answer-text.h"
#include "app/note-row.h"
#include "app/settings.h"

struct _PresyncAnswerCard
{
  AdwBin parent_instance;

  GtkToggleButton *met;
  GtkToggleButton *not_met;
  PresyncNoteRow *note;
  AdwEntryRow *name;
  GtkLabel *state;
  GtkLabel *contradiction;
  GtkButton *save;
  GtkButton *remove;

  PresyncAssessment *assessment;
  PresyncChecklistItem *item;
  PresyncAnswer *shown; /* what the fields were filled from; NULL if there was none */
  GVariant *loaded;     /* (bbss): how they were filled; NULL before use */
  GHashTable *drafts;   /* id of a condition -> GVariant, likewise: typed, and not saved */
  gulong updated_id;
};

G_DEFINE_FINAL_TYPE (PresyncAnswerCard, presync_answer_card, ADW_TYPE_BIN)

static void
presync_answer_card_changed_cb (PresyncAnswerCard *self)
{
  gboolean chosen
      = gtk_toggle_button_get_active (self->met) || gtk_toggle_button_get_active (self->not_met);
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  const char *why = NULL;

  g_strstrip (name);
  if (!chosen)
    why = _ ("Choose “Met” or “Not met” first");
  else if (*name == '\0')
    why = _ ("Say who answers first");
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), why == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->save), why);
  presync_accessible_set_description (GTK_WIDGET (self->save), why != NULL ? why : "");
}

static void
presync_answer_card_update_state (PresyncAnswerCard *self)
{
  PresyncAnswer *answer = presync_checklist_item_get_answer (self->item);

  gtk_widget_set_visible (GTK_WIDGET (self->remove), answer != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->state), answer != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->contradiction),
                          presync_checklist_item_get_contradicted (self->item));
  gtk_button_set_label (self->save, answer != NULL ? _ ("Change answer") : _ ("Save answer"));
  if (answer != NULL)
    {
      g_autofree char *text = presync_answer_dup_text (answer);

      gtk_label_set_text (self->state, text);
    }
}

/* (transfer full): what stands in the fields */
static GVariant *
presync_answer_card_read (PresyncAnswerCard *self)
{
  g_autofree char *note = presync_note_row_dup_text (self->note);

  return g_variant_ref_sink (g_variant_new ("(bbss)", gtk_toggle_button_get_active (self->met),
                                            gtk_toggle_button_get_active (self->not_met), note,
                                            gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static void
presync_answer_card_write (PresyncAnswerCard *self, GVariant *fields)
{
  gboolean met = FALSE;
  gboolean not_met = FALSE;
  const char *note = NULL;
  const char *name = NULL;

  g_variant_get (fields, "(bb&s&s)", &met, &not_met, &note, &name);
  gtk_toggle_button_set_active (self->met, met);
  gtk_toggle_button_set_active (self->not_met, not_met);
  presync_note_row_set_text (self->note, note);
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  presync_answer_card_changed_cb (self);
}

/* From now on the fields are as the answer, or as what was saved just now. */
static void
presync_answer_card_set_loaded (PresyncAnswerCard *self, GVariant *fields)
{
  g_clear_pointer (&self->loaded, g_variant_unref);
  self->loaded = g_variant_ref (fields);
}

static gboolean
presync_answer_card_is_dirty (PresyncAnswerCard *self)
{
  g_autoptr (GVariant) fields = presync_answer_card_read (self);

  return self->loaded != NULL && !g_variant_equal (fields, self->loaded);
}

/* What stands in the fields is said, or is not wanted any more. */
static void
presync_answer_card_settle (PresyncAnswerCard *self)
{
  g_autoptr (GVariant) fields = presync_answer_card_read (self);

  presync_answer_card_set_loaded (self, fields);
}

/* @keep: what stands in the fields stays there */
static void
presync_answer_card_load (PresyncAnswerCard *self, gboolean keep)
{
  PresyncAnswer *answer = presync_checklist_item_get_answer (self->item);
  const char *note = answer != NULL ? presync_answer_get_note (answer) : NULL;
  g_autofree char *name = answer != NULL ? g_strdup (presync_answer_get_name (answer))
                                         : presync_settings_dup_answer_name ();
  g_autoptr (GVariant) fields = g_variant_ref_sink (g_variant_new (
      "(bbss)", answer != NULL && presync_answer_get_met (answer),
      answer != NULL && !presync_answer_get_met (answer), note != NULL ? note : "", name));

  g_set_object (&self->shown, answer);
  presync_answer_card_set_loaded (self, fields);
  if (keep)
    return;
  presync_answer_card_write (self, fields);
  presync_answer_card_settle (self);
}

/* Only an answer that changed fills the fields, and takes nothing that is typed: neither a new
 * measurement nor an undo does. */
static void
presync_answer_card_updated_cb (PresyncAnswerCard *self)
{
  if (self->shown != presync_checklist_item_get_answer (self->item))
    presync_answer_card_load (self, presync_answer_card_is_dirty (self));
  presync_answer_card_update_state (self);
}

/* Of the condition that is shown, before another one is */
static void
presync_answer_card_keep_draft (PresyncAnswerCard *self)
{
  const char *id = presync_checklist_item_get_id (self->item);

  if (presync_answer_card_is_dirty (self))
    g_hash_table_insert (self->drafts, g_strdup (id), presync_answer_card_read (self));
  else
    g_hash_table_remove (self->drafts, id);
}

static void
presync_answer_card_save_cb (PresyncAnswerCard *self)
{
  g_autoptr (PresyncAnswer) answer = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name)));
  g_autofree char *note = presync_note_row_dup_text (self->note);

  if (self->item == NULL || self->assessment == NULL
      || !gtk_widget_is_sensitive (GTK_WIDGET (self->save)))
    return;
  answer
      = presync_answer_new (presync_checklist_item_get_id (self->item),
                            gtk_toggle_button_get_active (self->met), g_strstrip (name), note, now);
  presync_answer_card_settle (self);
  presync_assessment_set_answer (self->assessment, answer);
  settings = presync_settings_new ();
  g_settings_set_string (settings, "answer-name", name);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _ ("Answer saved"));
}

static void
presync_answer_card_remove_cb (PresyncAnswerCard *self)
{
  if (self->item == NULL || self->assessment == NULL)
    return;
  presync_answer_card_settle (self);
  presync_assessment_remove_answer (self->assessment, presync_checklist_item_get_id (self->item));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", _ ("Answer removed"));
}

static void
presync_answer_card_dispose (GObject *object)
{
  PresyncAnswerCard *self = PRESYNC_ANSWER_CARD (object);

  if (self->item != NULL)
    g_clear_signal_handler (&self->updated_id, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->shown);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_ANSWER_CARD);

  G_OBJECT_CLASS (presync_answer_card_parent_class)->dispose (object);
}

static void
presync_answer_card_finalize (GObject *object)
{
  PresyncAnswerCard *self = PRESYNC_ANSWER_CARD (object);

  g_clear_pointer (&self->loaded, g_variant_unref);
  g_hash_table_unref (self->drafts);

  G_OBJECT_CLASS (presync_answer_card_parent_class)->finalize (object);
}

static void
presync_answer_card_class_init (PresyncAnswerCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_answer_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_answer_card_finalize;

  g_type_ensure (PRESYNC_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/answer-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, met);
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, not_met);
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, note);
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, name);
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, state);
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, contradiction);
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, save);
  gtk_widget_class_bind_template_child (widget_class, PresyncAnswerCard, remove);
  gtk_widget_class_bind_template_callback (widget_class, presync_answer_card_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_answer_card_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_answer_card_remove_cb);
}

static void
presync_answer_card_init (PresyncAnswerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->drafts
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
}

void
presync_answer_card_set_item (PresyncAnswerCard *self, PresyncAssessment *assessment,
                              PresyncChecklistItem *item)
{
  GVariant *draft = NULL;

  g_return_if_fail (PRESYNC_IS_ANSWER_CARD (self));

  g_set_object (&self->assessment, assessment);
  if (self->item == item)
    return;
  if (self->item != NULL)
    {
      presync_answer_card_keep_draft (self);
      g_clear_signal_handler (&self->updated_id, self->item);
    }
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->updated_id = g_signal_connect_object (
      item, "updated", G_CALLBACK (presync_answer_card_updated_cb), self, G_CONNECT_SWAPPED);
  presync_answer_card_load (self, FALSE);
  draft = g_hash_table_lookup (self->drafts, presync_checklist_item_get_id (item));
  if (draft != NULL)
    presync_answer_card_write (self, draft);
  presync_answer_card_update_state (self);
}
