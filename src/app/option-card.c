/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/option-card.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/answer-text.h"
#include "app/donut.h"
#include "app/ends-layout.h"
#include "app/status-pill.h"
#include "app/status-style.h"
#include "app/waiver-badge.h"
#include "assessment/summary.h"

/* More would push the other option out of sight; the checklist has them all. */
#define MAX_ISSUES 4
/* Where little is wrong, what is open fills up to this. */
#define MAX_OPEN 3
/* In a narrow card the ring shrinks before the counts beside it are cut. */
#define LEGEND_CHARS 17

struct _PresyncOptionCard
{
  AdwBin parent_instance;

  GtkLabel *title;
  PresyncStatusPill *pill;
  GtkLabel *about;
  PresyncDonut *donut;
  GtkBox *legend;
  GtkListBox *issues;
  GtkButton *open;

  PresyncOption option;
  GtkWidget *legend_rows[PRESYNC_N_STATUSES];
  char *issues_key; /* what the list shows, to leave it alone while nothing changes */
};

G_DEFINE_FINAL_TYPE (PresyncOptionCard, presync_option_card, ADW_TYPE_BIN)

static const PresyncStatus legend_order[] = {
  PRESYNC_STATUS_MET,          PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE,
  PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_NOT_APPLICABLE,
};

static const char *
presync_option_card_about (PresyncOption option)
{
  return option == PRESYNC_OPTION_CLOUD_SYNC
             ? _ ("Light agents on your servers, configured in Microsoft Entra.")
             : _ ("One sync server with its own SQL database, and more features.");
}

static char *
presync_option_card_dup_count (PresyncStatus status, guint n)
{
  switch (status)
    {
    case PRESYNC_STATUS_MET:
      return g_strdup_printf (ngettext ("%u met", "%u met", n), n);
    case PRESYNC_STATUS_NOT_MET:
      return g_strdup_printf (ngettext ("%u not met", "%u not met", n), n);
    case PRESYNC_STATUS_ADVICE:
      return g_strdup_printf (ngettext ("%u advice", "%u advice", n), n);
    case PRESYNC_STATUS_NEEDS_ANSWER:
      return g_strdup_printf (ngettext ("%u needs an answer", "%u need an answer", n), n);
    case PRESYNC_STATUS_UNKNOWN:
      return g_strdup_printf (ngettext ("%u unknown", "%u unknown", n), n);
    case PRESYNC_STATUS_NOT_APPLICABLE:
    default:
      return g_strdup_printf (ngettext ("%u does not apply", "%u do not apply", n), n);
    }
}

static void
presync_option_card_update_legend (PresyncOptionCard *self, const PresyncSummary *summary)
{
  for (guint i = 0; i < G_N_ELEMENTS (legend_order); i++)
    {
      PresyncStatus status = legend_order[i];
      guint n = summary->requirements[status];
      g_autofree char *text = presync_option_card_dup_count (status, n);
      GtkWidget *label = gtk_widget_get_last_child (self->legend_rows[status]);

      gtk_label_set_text (GTK_LABEL (label), text);
      gtk_widget_set_tooltip_text (self->legend_rows[status], text);
      gtk_widget_set_visible (self->legend_rows[status], n > 0);
    }
}

static char *
presync_option_card_dup_subtitle (PresyncChecklistItem *item)
{
  const char *found = presync_checklist_item_get_found (item);
  const char *reason = presync_checklist_item_get_reason (item);
  const char *needed = presync_checklist_item_get_needed (item);
  PresyncAnswer *answer = presync_checklist_item_get_answer (item);
  PresyncStatus status = presync_checklist_item_get_status (item);

  if (answer != NULL)
    return presync_answer_dup_text (answer);
  if (status == PRESYNC_STATUS_NEEDS_ANSWER)
    return g_strdup_printf (_ ("Needs an answer. Needed: %s"), needed);
  /* What is met with advice has found what it needs: the advice is the news. Of what is unknown a
   * part may have been found: why not all of it was. */
  if ((status == PRESYNC_STATUS_ADVICE || status == PRESYNC_STATUS_UNKNOWN) && reason != NULL)
    return g_strdup (reason);
  if (*found != '\0')
    return g_strdup_printf (_ ("Found: %s. Needed: %s"), found, needed);
  return g_strdup (reason != NULL ? reason : needed);
}

static void
presync_option_card_add_issue (PresyncOptionCard *self, PresyncChecklistItem *item)
{
  g_autofree char *subtitle = presync_option_card_dup_subtitle (item);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new ();
  PresyncStatus status = presync_checklist_item_get_status (item);
  GtkWidget *badge = presync_waiver_badge_new ();
  const char *waiver = presync_waiver_badge_text (item);
  g_autofree char *name = NULL;
  g_autofree char *full = NULL;

  presync_status_set_image (GTK_IMAGE (image), presync_checklist_item_get_status (item));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 presync_checklist_item_get_title (item));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  presync_waiver_badge_set_item (PRESYNC_WAIVER_BADGE (badge), item);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), badge);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             presync_accessible_new_ornament ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-item");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", presync_option_id (self->option),
                                    presync_checklist_item_get_id (item));
  /* The subtitle of what needs an answer says so itself. */
  name = status == PRESYNC_STATUS_NEEDS_ANSWER
             ? g_strdup_printf ("%s: %s", presync_checklist_item_get_title (item), subtitle)
             : g_strdup_printf ("%s: %s, %s", presync_checklist_item_get_title (item),
                                presync_status_title (status), subtitle);
  full = g_strjoin (waiver != NULL ? ", " : "", name, waiver, NULL);
  presync_accessible_set_label (row, full);
  gtk_list_box_append (self->issues, row);
}

static void
presync_option_card_collect (GPtrArray *issues, GPtrArray *more, guint max)
{
  for (guint i = 0; i < more->len && issues->len < max; i++)
    g_ptr_array_add (issues, g_ptr_array_index (more, i));
}

static void
presync_option_card_update_issues (PresyncOptionCard *self, PresyncChecklist *checklist)
{
  g_autoptr (GPtrArray) blockers = presync_checklist_list_blockers (checklist);
  g_autoptr (GPtrArray) advice = presync_checklist_list_advice (checklist);
  g_autoptr (GPtrArray) open = presync_checklist_list_open (checklist);
  g_autoptr (GPtrArray) issues = g_ptr_array_new ();
  g_autoptr (GString) key = g_string_new (NULL);
  GtkListBoxRow *row;

  presync_option_card_collect (issues, blockers, MAX_ISSUES);
  presync_option_card_collect (issues, advice, MAX_ISSUES);
  presync_option_card_collect (issues, open, MAX_OPEN);
  for (guint i = 0; i < issues->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (issues, i);
      g_autofree char *subtitle = presync_option_card_dup_subtitle (item);

      const char *waiver = presync_waiver_badge_text (item);

      g_string_append_printf (key, "%s\t%d\t%s\t%s\n", presync_checklist_item_get_id (item),
                              (int) presync_checklist_item_get_status (item), subtitle,
                              waiver != NULL ? waiver : "");
    }
  /* Rows that stay the same keep focus and pointer. */
  if (g_strcmp0 (self->issues_key, key->str) == 0)
    return;
  g_free (self->issues_key);
  self->issues_key = g_strdup (key->str);

  while ((row = gtk_list_box_get_row_at_index (self->issues, 0)) != NULL)
    gtk_list_box_remove (self->issues, GTK_WIDGET (row));
  for (guint i = 0; i < issues->len; i++)
    presync_option_card_add_issue (self, g_ptr_array_index (issues, i));
  gtk_widget_set_visible (GTK_WIDGET (self->issues), issues->len > 0);
}

static void
presync_option_card_dispose (GObject *object)
{
  PresyncOptionCard *self = PRESYNC_OPTION_CARD (object);

  g_clear_pointer (&self->issues_key, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_OPTION_CARD);

  G_OBJECT_CLASS (presync_option_card_parent_class)->dispose (object);
}

static void
presync_option_card_class_init (PresyncOptionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_option_card_dispose;

  g_type_ensure (PRESYNC_TYPE_DONUT);
  g_type_ensure (PRESYNC_TYPE_ENDS_LAYOUT);
  g_type_ensure (PRESYNC_TYPE_STATUS_PILL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/option-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncOptionCard, title);
  gtk_widget_class_bind_template_child (widget_class, PresyncOptionCard, pill);
  gtk_widget_class_bind_template_child (widget_class, PresyncOptionCard, about);
  gtk_widget_class_bind_template_child (widget_class, PresyncOptionCard, donut);
  gtk_widget_class_bind_template_child (widget_class, PresyncOptionCard, legend);
  gtk_widget_class_bind_template_child (widget_class, PresyncOptionCard, issues);
  gtk_widget_class_bind_template_child (widget_class, PresyncOptionCard, open);
}

static void
presync_option_card_init (PresyncOptionCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (legend_order); i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      GtkWidget *image = presync_accessible_new_ornament (presync_status_icon (legend_order[i]));
      GtkWidget *label = gtk_label_new (NULL);

      presync_status_set_class (image, legend_order[i]);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_width_chars (GTK_LABEL (label), LEGEND_CHARS);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (row), image);
      gtk_box_append (GTK_BOX (row), label);
      gtk_widget_set_visible (row, FALSE);
      gtk_box_append (self->legend, row);
      self->legend_rows[legend_order[i]] = row;
    }
}

void
presync_option_card_update (PresyncOptionCard *self, PresyncChecklist *checklist)
{
  g_autoptr (PresyncSummary) summary = presync_summary_new (checklist, FALSE);
  g_autofree char *text = presync_summary_dup_text (summary);
  g_autofree char *open = NULL;

  g_return_if_fail (PRESYNC_IS_OPTION_CARD (self));

  self->option = presync_checklist_get_option (checklist);
  gtk_label_set_text (self->title, presync_option_title (self->option));
  gtk_label_set_text (self->about, presync_option_card_about (self->option));
  presync_status_pill_set_verdict (self->pill, summary->verdict, text);
  /* The ring counts requirements, the verdict conditions. */
  presync_status_pill_set_explanation (
      self->pill, _ ("Counted in conditions: a requirement may have several."));
  presync_donut_set_summary (self->donut, summary);
  presync_option_card_update_legend (self, summary);
  presync_option_card_update_issues (self, checklist);

  /* TRANSLATORS: %s is "Cloud sync" or "Connect Sync" */
  open = g_strdup_printf (_ ("Open the checklist of %s"), presync_option_title (self->option));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s",
                                    presync_option_id (self->option));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->open), open);
  presync_accessible_set_label (GTK_WIDGET (self->open), open);
}
