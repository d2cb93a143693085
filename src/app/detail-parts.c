/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/detail-parts.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/answer-text.h"
#include "app/command-card.h"
#include "app/relative-time.h"
#include "app/source-text.h"
#include "app/status-style.h"
#include "app/waiver-badge.h"
#include "assessment/command-text.h"

/* More facts than anybody reads: a forest may have hundreds of domain controllers. */
#define MAX_FACTS 12

static void
presync_detail_clear (GtkWidget *container)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (container)) != NULL)
    {
      if (GTK_IS_LIST_BOX (container))
        gtk_list_box_remove (GTK_LIST_BOX (container), child);
      else
        gtk_box_remove (GTK_BOX (container), child);
    }
}

static GtkWidget *
presync_detail_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* Tab goes through what can be done; a text can still be selected with the pointer. */
  gtk_widget_set_focusable (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* A row of plain texts: @text, and below it @caption, both of which may be long. */
static GtkWidget *
presync_detail_row (const char *text, const char *caption)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = NULL;

  gtk_widget_add_css_class (box, "detail-row");
  gtk_box_append (GTK_BOX (box), presync_detail_label (text, NULL));
  if (caption != NULL && *caption != '\0')
    {
      GtkWidget *label = presync_detail_label (caption, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  name = g_strjoin (caption != NULL ? ", " : "", text, caption, NULL);
  presync_accessible_set_label (row, name);
  return row;
}

static const char *
presync_detail_fact_label (PresyncFact *fact)
{
  const PresyncFactKey *key = presync_fact_key_find (presync_fact_get_key (fact));

  return key != NULL ? _ (key->label) : presync_fact_get_key (fact);
}

static void
presync_detail_append_fact (GtkListBox *list, PresyncFact *fact)
{
  const char *subject = presync_fact_get_subject (fact);
  g_autofree char *value = presync_fact_describe (fact);
  g_autofree char *caption = NULL;

  caption = *subject != '\0' ? g_strjoin (" · ", presync_detail_fact_label (fact), subject, NULL)
                             : g_strdup (presync_detail_fact_label (fact));
  gtk_list_box_append (list, presync_detail_row (value, caption));
}

static char *
presync_detail_dup_origin (PresyncOrigin *origin)
{
  g_autofree char *at = presync_absolute_time_text (presync_origin_get_at (origin));
  g_autofree char *target = presync_source_text_dup_place (presync_origin_get_target (origin));
  g_autoptr (GString) text
      = g_string_new (presync_source_title (presync_origin_get_source (origin)));

  if (*target != '\0')
    g_string_append_printf (text, " · %s", target);
  g_string_append_printf (text, " · %s", at);
  g_string_append_printf (text, " · %s",
                          presync_origin_get_complete (origin) ? _ ("read completely")
                                                               : _ ("read only in part"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Facts of one read share an origin, or have equal ones; each is shown once. */
static void
presync_detail_append_origins (GtkListBox *list, GPtrArray *facts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("How we know"));
  for (guint i = 0; i < facts->len && g_hash_table_size (seen) < MAX_FACTS; i++)
    {
      PresyncOrigin *origin = presync_fact_get_origin (g_ptr_array_index (facts, i));
      g_autofree char *text = presync_detail_dup_origin (origin);
      g_autofree char *key = g_strjoin ("\n", text, presync_origin_get_query (origin), NULL);
      GtkWidget *row;

      if (g_hash_table_contains (seen, key))
        continue;
      row = presync_detail_row (presync_origin_get_query (origin), text);
      gtk_widget_add_css_class (row, "origin");
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
      g_hash_table_add (seen, g_steal_pointer (&key));
    }
  gtk_list_box_append (list, expander);
}

/* What a person said counts; beside it stands what was measured, if anything was. */
static void
presync_detail_append_answer (GtkListBox *list, PresyncChecklistItem *item)
{
  PresyncAnswer *answer = presync_checklist_item_get_answer (item);
  PresyncStatus status = presync_checklist_item_get_measured_status (item);
  const char *found = presync_checklist_item_get_found (item);
  const char *reason = presync_checklist_item_get_reason (item);
  g_autofree char *answered = presync_answer_dup_text (answer);
  g_autofree char *measured = NULL;
  g_autofree char *caption = NULL;

  gtk_list_box_append (list, presync_detail_row (answered, presync_answer_get_note (answer)));
  if (status == PRESYNC_STATUS_NEEDS_ANSWER && *found == '\0')
    return;
  if (status == PRESYNC_STATUS_NEEDS_ANSWER)
    {
      gtk_list_box_append (list, presync_detail_row (found, NULL));
      return;
    }
  /* TRANSLATORS: %s is a status, such as "Not met" */
  measured = g_strdup_printf (_ ("Measured: %s"), presync_status_title (status));
  caption = *found != '\0' && reason != NULL ? g_strdup_printf ("%s · %s", found, reason)
                                             : g_strdup (*found != '\0' ? found : reason);
  gtk_list_box_append (list, presync_detail_row (measured, caption));
}

void
presync_detail_fill_found (GtkListBox *list, PresyncChecklistItem *item)
{
  const char *found = presync_checklist_item_get_found (item);
  const char *reason = presync_checklist_item_get_reason (item);
  GPtrArray *facts = presync_checklist_item_get_facts (item);
  guint n = MIN (facts->len, MAX_FACTS);

  presync_detail_clear (GTK_WIDGET (list));

  if (*found == '\0' && reason == NULL)
    found = _ ("Nothing yet");
  if (presync_checklist_item_get_answer (item) != NULL)
    presync_detail_append_answer (list, item);
  else if (*found != '\0')
    gtk_list_box_append (list, presync_detail_row (found, reason));
  else
    gtk_list_box_append (list, presync_detail_row (reason, NULL));

  for (guint i = 0; i < n; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *value = presync_fact_describe (fact);

      /* A lone fact that says just what stands above it would be read twice. */
      if (facts->len > 1 || (!g_str_equal (value, found) && g_strcmp0 (value, reason) != 0))
        presync_detail_append_fact (list, fact);
    }
  if (facts->len > n)
    {
      g_autofree char *more = g_strdup_printf (
          ngettext ("and %u more", "and %u more", facts->len - n), facts->len - n);

      gtk_list_box_append (list, presync_detail_row (more, NULL));
    }
  if (facts->len > 0)
    presync_detail_append_origins (list, facts);
}

void
presync_detail_fill_needed (GtkListBox *list, const char *needed, PresyncCondition *condition)
{
  GPtrArray *figures = condition != NULL ? presync_condition_get_figures (condition) : NULL;

  presync_detail_clear (GTK_WIDGET (list));
  gtk_list_box_append (list, presync_detail_row (needed, figures != NULL && figures->len > 1
                                                             ? _ ("Microsoft’s pages disagree; "
                                                                  "the strictest decides.")
                                                             : NULL));
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      const PresyncFigure *figure = g_ptr_array_index (figures, i);
      g_autofree char *caption
          = g_strjoin (" · ", figure->reference->title, figure->reference->date, NULL);

      gtk_list_box_append (list, presync_detail_row (figure->value, caption));
    }
}

static GtkWidget *
presync_detail_step (guint number, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *figure = g_strdup_printf (_ ("%u."), number);
  GtkWidget *label = gtk_label_new (figure);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), presync_detail_label (text, NULL));
  return box;
}

void
presync_detail_fill_steps (GtkBox *box, GPtrArray *steps, PresyncAssessment *assessment)
{
  guint number = 0;
  guint n_texts = 0;

  presync_detail_clear (GTK_WIDGET (box));
  for (guint i = 0; i < steps->len; i++)
    {
      const PresyncStep *step = g_ptr_array_index (steps, i);

      n_texts += step->is_command ? 0 : 1;
    }
  for (guint i = 0; i < steps->len; i++)
    {
      const PresyncStep *step = g_ptr_array_index (steps, i);

      if (step->is_command)
        {
          g_autofree char *command = presync_command_fill (assessment, step->text);

          gtk_box_append (box, presync_command_card_new (
                                   command, presync_command_has_examples (assessment, step->text)));
        }
      else if (n_texts == 1)
        gtk_box_append (box, presync_detail_label (step->text, NULL));
      else
        gtk_box_append (box, presync_detail_step (++number, step->text));
    }
}

static void
presync_detail_append_references (GtkListBox *list, PresyncCondition *condition, GHashTable *seen)
{
  GPtrArray *references = presync_condition_get_references (condition);

  for (guint i = 0; i < references->len; i++)
    {
      const PresyncReference *reference = g_ptr_array_index (references, i);
      GtkWidget *row;

      if (!g_hash_table_add (seen, (gpointer) reference->id))
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), reference->title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reference->date);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 presync_accessible_new_ornament ("presync-linked-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-link");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", reference->url);
      gtk_widget_set_tooltip_text (row, reference->url);
      gtk_list_box_append (list, row);
    }
}

void
presync_detail_fill_references (GtkListBox *list, PresyncChecklistItem *item)
{
  GListModel *children = presync_checklist_item_get_children (item);
  PresyncCondition *condition = presync_checklist_item_get_condition (item);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  presync_detail_clear (GTK_WIDGET (list));
  if (condition != NULL)
    presync_detail_append_references (list, condition, seen);
  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, i);

      condition = presync_checklist_item_get_condition (child);
      if (condition != NULL)
        presync_detail_append_references (list, condition, seen);
    }
}

void
presync_detail_fill_conditions (GtkListBox *list, PresyncChecklistItem *item)
{
  GListModel *children = presync_checklist_item_get_children (item);
  PresyncOption option
      = presync_requirement_get_option (presync_checklist_item_get_requirement (item));

  presync_detail_clear (GTK_WIDGET (list));
  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, i);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *image = gtk_image_new ();
      GtkWidget *badge = presync_waiver_badge_new ();

      presync_status_set_image (GTK_IMAGE (image), presync_checklist_item_get_status (child));
      presync_waiver_badge_set_item (PRESYNC_WAIVER_BADGE (badge), child);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     presync_checklist_item_get_title (child));
      adw_action_row_set_subtitle (
          ADW_ACTION_ROW (row), presync_status_title (presync_checklist_item_get_status (child)));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-item");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", presync_option_id (option),
                                        presync_checklist_item_get_id (child));
      gtk_list_box_append (list, row);
    }
}
