/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/detail-pane.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/answer-card.h"
#include "app/detail-parts.h"
#include "app/status-pill.h"
#include "app/waiver-badge.h"
#include "app/waiver-card.h"

/* What the pane asks for beside the list; where it covers the list it takes all there is. */
#define NATURAL_WIDTH 390

struct _PresyncDetailPane
{
  GtkWidget parent_instance;

  GtkButton *back;
  GtkButton *close;
  GtkScrolledWindow *scrolled;
  PresyncStatusPill *pill;
  PresyncWaiverBadge *waiver_badge;
  GtkLabel *severity;
  GtkLabel *requirement;
  GtkLabel *title;
  GtkLabel *why;
  GtkWidget *linked;
  GtkWidget *accounts;
  GtkWidget *found_part;
  GtkListBox *found;
  GtkWidget *needed_part;
  GtkListBox *needed;
  GtkWidget *fix_part;
  GtkLabel *fix_heading;
  GtkBox *fix;
  GtkWidget *find_out_part;
  GtkBox *find_out;
  GtkWidget *conditions_part;
  GtkListBox *conditions;
  GtkWidget *answer_part;
  GtkLabel *answer_heading;
  PresyncAnswerCard *answer;
  GtkWidget *waiver_part;
  PresyncWaiverCard *waiver;
  GtkWidget *references_part;
  GtkListBox *references;

  PresyncAssessment *assessment;
  PresyncChecklistItem *item;
  PresyncCondition *shown_condition; /* what the lasting parts were built from */
  gulong updated_id;
  gulong accounts_id;
};

G_DEFINE_FINAL_TYPE (PresyncDetailPane, presync_detail_pane, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CLOSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
presync_detail_pane_is_open (PresyncStatus status)
{
  return status == PRESYNC_STATUS_NEEDS_ANSWER || status == PRESYNC_STATUS_UNKNOWN;
}

/* Instructions stand where they are of use: mending where something is wrong, finding out where
 * nobody knows or a person said so. */
static void
presync_detail_pane_update_parts (PresyncDetailPane *self)
{
  PresyncCondition *condition = presync_checklist_item_get_condition (self->item);
  PresyncStatus status = presync_checklist_item_get_status (self->item);
  gboolean wrong = status == PRESYNC_STATUS_NOT_MET || status == PRESYNC_STATUS_ADVICE;
  gboolean open = presync_detail_pane_is_open (status)
                  || presync_checklist_item_get_answer (self->item) != NULL;

  /* Where nobody knows yet, an answer is asked for, and a cure is only for the worst case. */
  gtk_label_set_text (self->answer_heading, open ? _ ("Your answer") : _ ("If you know better"));
  gtk_label_set_text (self->fix_heading, wrong ? _ ("How to fix it") : _ ("If it is not met"));
  gtk_widget_set_visible (self->fix_part, condition != NULL && (wrong || open)
                                              && presync_condition_get_fix (condition)->len > 0);
  gtk_widget_set_visible (self->find_out_part,
                          condition != NULL && open
                              && presync_condition_get_find_out (condition)->len > 0);
  gtk_widget_set_visible (self->answer_part,
                          condition != NULL && (status != PRESYNC_STATUS_NOT_APPLICABLE || open));
  gtk_widget_set_visible (self->waiver_part, presync_waiver_card_wanted (self->item));
  gtk_widget_set_visible (self->found_part, condition != NULL);
  gtk_widget_set_visible (self->conditions_part, condition == NULL);
}

/* Commands name accounts, which may be named anew while they are on screen. */
static void
presync_detail_pane_build_steps (PresyncDetailPane *self)
{
  PresyncCondition *condition
      = self->item != NULL ? presync_checklist_item_get_condition (self->item) : NULL;

  if (condition == NULL)
    return;
  presync_detail_fill_steps (self->fix, presync_condition_get_fix (condition), self->assessment);
  presync_detail_fill_steps (self->find_out, presync_condition_get_find_out (condition),
                             self->assessment);
}

/* What depends on the catalogue alone. Built once for each condition: a measurement that arrives
 * must not take focus or selection away from a command. */
static void
presync_detail_pane_build (PresyncDetailPane *self)
{
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (self->item);
  PresyncCondition *condition = presync_checklist_item_get_condition (self->item);
  const char *needed = presync_checklist_item_get_needed (self->item);
  const char *why = condition != NULL ? presync_condition_get_why (condition)
                                      : presync_requirement_get_why (requirement);

  g_set_object (&self->shown_condition, condition);
  gtk_label_set_text (self->why, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL && *why != '\0');
  gtk_label_set_text (self->requirement, presync_requirement_get_title (requirement));
  gtk_widget_set_visible (GTK_WIDGET (self->requirement),
                          condition != NULL
                              && !g_str_equal (presync_requirement_get_title (requirement),
                                               presync_condition_get_title (condition)));
  gtk_widget_set_visible (self->linked, !presync_requirement_get_overview (requirement));
  gtk_widget_set_visible (GTK_WIDGET (self->severity), condition != NULL);
  gtk_widget_set_visible (self->accounts,
                          condition != NULL && presync_condition_get_account (condition) != NULL);

  presync_detail_fill_needed (self->needed, needed, condition);
  gtk_widget_set_visible (self->needed_part, *needed != '\0');
  if (condition != NULL)
    {
      gtk_label_set_text (self->severity,
                          presync_severity_title (presync_condition_get_severity (condition)));
      presync_detail_pane_build_steps (self);
    }
  presync_answer_card_set_item (self->answer, self->assessment,
                                condition != NULL ? self->item : NULL);
  presync_waiver_card_set_item (self->waiver, self->assessment,
                                condition != NULL ? self->item : NULL);
  presync_detail_fill_references (self->references, self->item);
  gtk_widget_set_visible (self->references_part,
                          gtk_list_box_get_row_at_index (self->references, 0) != NULL);
}

static void
presync_detail_pane_update (PresyncDetailPane *self)
{
  /* Another edition may have brought another threshold to the same row. */
  if (presync_checklist_item_get_condition (self->item) != self->shown_condition)
    presync_detail_pane_build (self);

  gtk_label_set_text (self->title, presync_checklist_item_get_title (self->item));
  presync_status_pill_set_status (self->pill, presync_checklist_item_get_status (self->item));
  presync_waiver_badge_set_item (self->waiver_badge, self->item);
  if (presync_checklist_item_get_is_requirement (self->item))
    presync_detail_fill_conditions (self->conditions, self->item);
  else
    presync_detail_fill_found (self->found, self->item);
  presync_detail_pane_update_parts (self);
}

static void
presync_detail_pane_close_cb (PresyncDetailPane *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSE], 0);
}

/* Long texts ask for the width of one line; that must not decide whether the list has room. */
static void
presync_detail_pane_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  PresyncDetailPane *self = PRESYNC_DETAIL_PANE (widget);

  gtk_widget_measure (GTK_WIDGET (self->scrolled), orientation, for_size, minimum, natural, NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, NATURAL_WIDTH);
}

static void
presync_detail_pane_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PresyncDetailPane *self = PRESYNC_DETAIL_PANE (widget);

  gtk_widget_size_allocate (GTK_WIDGET (self->scrolled), &(GtkAllocation){ 0, 0, width, height },
                            baseline);
}

static void
presync_detail_pane_dispose (GObject *object)
{
  PresyncDetailPane *self = PRESYNC_DETAIL_PANE (object);

  if (self->item != NULL)
    g_clear_signal_handler (&self->updated_id, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->shown_condition);
  if (self->assessment != NULL)
    g_clear_signal_handler (&self->accounts_id, self->assessment);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_DETAIL_PANE);

  G_OBJECT_CLASS (presync_detail_pane_parent_class)->dispose (object);
}

static void
presync_detail_pane_bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, back);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, close);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, pill);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, waiver_badge);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, severity);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, title);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, requirement);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, why);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, linked);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, accounts);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, found_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, found);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, needed_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, needed);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, fix_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, fix_heading);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, fix);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, find_out_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, find_out);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, conditions_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, conditions);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, answer_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, answer_heading);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, answer);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, waiver_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, waiver);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, references_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncDetailPane, references);
}

static void
presync_detail_pane_class_init (PresyncDetailPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_detail_pane_dispose;
  widget_class->measure = presync_detail_pane_measure;
  widget_class->size_allocate = presync_detail_pane_size_allocate;

  signals[SIGNAL_CLOSE] = g_signal_new ("close", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PRESYNC_TYPE_ANSWER_CARD);
  g_type_ensure (PRESYNC_TYPE_STATUS_PILL);
  g_type_ensure (PRESYNC_TYPE_WAIVER_BADGE);
  g_type_ensure (PRESYNC_TYPE_WAIVER_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/detail-pane.ui");
  presync_detail_pane_bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, presync_detail_pane_close_cb);
}

static void
presync_detail_pane_init (PresyncDetailPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
presync_detail_pane_set_item (PresyncDetailPane *self, PresyncAssessment *assessment,
                              PresyncChecklistItem *item)
{
  g_return_if_fail (PRESYNC_IS_DETAIL_PANE (self));

  if (self->assessment != NULL && self->assessment != assessment)
    g_clear_signal_handler (&self->accounts_id, self->assessment);
  if (g_set_object (&self->assessment, assessment) && assessment != NULL)
    self->accounts_id = g_signal_connect_object (assessment, "notify::accounts",
                                                 G_CALLBACK (presync_detail_pane_build_steps), self,
                                                 G_CONNECT_SWAPPED);
  if (self->item == item)
    return;
  if (self->item != NULL)
    g_clear_signal_handler (&self->updated_id, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    {
      presync_answer_card_set_item (self->answer, NULL, NULL);
      presync_waiver_card_set_item (self->waiver, NULL, NULL);
      return;
    }

  self->updated_id = g_signal_connect_object (
      item, "updated", G_CALLBACK (presync_detail_pane_update), self, G_CONNECT_SWAPPED);
  presync_detail_pane_build (self);
  presync_detail_pane_update (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

PresyncChecklistItem *
presync_detail_pane_get_item (PresyncDetailPane *self)
{
  g_return_val_if_fail (PRESYNC_IS_DETAIL_PANE (self), NULL);

  return self->item;
}

void
presync_detail_pane_set_narrow (PresyncDetailPane *self, gboolean narrow)
{
  g_return_if_fail (PRESYNC_IS_DETAIL_PANE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->back), narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->close), !narrow);
  if (narrow)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "beside");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "beside");
}

void
presync_detail_pane_focus (PresyncDetailPane *self)
{
  g_return_if_fail (PRESYNC_IS_DETAIL_PANE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->back)))
    gtk_widget_grab_focus (GTK_WIDGET (self->back));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->close));
}
