/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/stage-row.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/form.h"

struct _PresyncStageRow
{
  AdwActionRow parent_instance;

  PresyncStage *stage;

  GtkStack *symbol;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *word;
};

G_DEFINE_FINAL_TYPE (PresyncStageRow, presync_stage_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *icon;
  const char *word;
  const char *css_class;
} looks[] = {
  [PRESYNC_STAGE_WAITING] = { "presync-waiting-symbolic", N_ ("Waiting"), "dim-label" },
  [PRESYNC_STAGE_RUNNING] = { "presync-waiting-symbolic", N_ ("Running"), "accent" },
  [PRESYNC_STAGE_DONE] = { "presync-met-symbolic", N_ ("Done"), "status-met" },
  [PRESYNC_STAGE_FAILED] = { "presync-not-met-symbolic", N_ ("Failed"), "status-not-met" },
  [PRESYNC_STAGE_SKIPPED] = { "presync-skipped-symbolic", N_ ("Skipped"), "dim-label" },
};

static void
presync_stage_row_update (PresyncStageRow *self)
{
  PresyncStageState state = presync_stage_get_state (self->stage);
  const char *text = presync_stage_get_text (self->stage);
  const char *word = _ (looks[state].word);
  const char *classes[] = { looks[state].css_class, NULL };
  const char *word_classes[] = { looks[state].css_class, "caption", NULL };
  g_autofree char *label = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), presync_stage_get_title (self->stage));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->icon, looks[state].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
  gtk_label_set_label (self->word, word);
  gtk_widget_set_css_classes (GTK_WIDGET (self->word), word_classes);
  gtk_stack_set_visible_child (self->symbol, state == PRESYNC_STAGE_RUNNING
                                                 ? GTK_WIDGET (self->spinner)
                                                 : GTK_WIDGET (self->icon));
  if (state == PRESYNC_STAGE_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "failed");
  gtk_spinner_set_spinning (self->spinner, state == PRESYNC_STAGE_RUNNING);

  /* TRANSLATORS: for screen readers: name of a step, and how far it is: "Sign in: done" */
  label = g_strdup_printf (_ ("%s: %s"), presync_stage_get_title (self->stage), word);
  presync_accessible_set_label (GTK_WIDGET (self), label);
  presync_accessible_set_description (GTK_WIDGET (self), text != NULL ? text : "");
}

static void
presync_stage_row_dispose (GObject *object)
{
  PresyncStageRow *self = PRESYNC_STAGE_ROW (object);

  g_clear_object (&self->stage);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_STAGE_ROW);

  G_OBJECT_CLASS (presync_stage_row_parent_class)->dispose (object);
}

static void
presync_stage_row_class_init (PresyncStageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_stage_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, PRESYNC_RESOURCE_BASE "/stage-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncStageRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, PresyncStageRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncStageRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PresyncStageRow, word);
}

static void
presync_stage_row_init (PresyncStageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_stage_row_new (PresyncStage *stage)
{
  PresyncStageRow *self = NULL;

  g_return_val_if_fail (PRESYNC_IS_STAGE (stage), NULL);

  self = g_object_new (PRESYNC_TYPE_STAGE_ROW, NULL);
  self->stage = g_object_ref (stage);
  g_signal_connect_object (stage, "notify", G_CALLBACK (presync_stage_row_update), self,
                           G_CONNECT_SWAPPED);
  presync_stage_row_update (self);
  presync_form_forbid_hyphens (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

GtkWidget *
presync_stage_row_create (gpointer item, gpointer user_data)
{
  return presync_stage_row_new (item);
}
