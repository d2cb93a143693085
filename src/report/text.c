/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "assessment/summary.h"
#include "report/account-entry.h"
#include "report/terminal.h"
#include "report/text-facts.h"
#include "report/wording.h"
#include <glib/gi18n.h>

#define NARROWEST 40

/* How an option is printed: columns of the status words and of the terminal */
typedef struct
{
  GString *out;
  guint status_width;
  guint width;
} PresyncText;

static guint
presync_text_get_status_width (void)
{
  guint width = 0;

  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    width = MAX (width, presync_terminal_width (presync_status_title (i)));
  return width + 2;
}

static void
presync_text_add_labelled (PresyncText *self, guint hang, const char *label, const char *text)
{
  g_autofree char *before = g_strconcat (label, " ", NULL);

  if (text != NULL && *text != '\0')
    presync_terminal_append (self->out, hang, before, hang + 2, text, self->width);
}

static void
presync_text_add_answer (PresyncText *self, PresyncChecklistItem *item, guint hang)
{
  PresyncAnswer *answer = presync_checklist_item_get_answer (item);
  g_autofree char *text = presync_wording_dup_answer (answer);
  g_autofree char *contradiction = presync_wording_dup_contradiction (item);

  presync_terminal_append (self->out, hang, "", hang, text, self->width);
  presync_text_add_labelled (self, hang, _ ("Note:"), presync_answer_get_note (answer));
  presync_terminal_append (self->out, hang, "", hang, contradiction, self->width);
}

/* "Waived by Jane Doe until 2027-03-01: it will be replaced" */
static char *
presync_text_dup_waiver (PresyncChecklistItem *item)
{
  PresyncWaiver *waiver = presync_checklist_item_get_waiver (item);
  const char *owner = presync_waiver_get_owner (waiver);
  const char *reason = presync_waiver_get_reason (waiver);
  const GDate *expires = presync_waiver_get_expires (waiver);
  char day[16] = "";

  if (expires != NULL)
    g_date_strftime (day, sizeof day, "%Y-%m-%d", expires);
  if (presync_checklist_item_get_waiver_expired (item))
    /* Translators: a name, a day, and why somebody accepted it */
    return g_strdup_printf (_ ("The waiver of %s expired on %s: %s"), owner, day, reason);
  if (expires != NULL)
    /* Translators: a name, a day, and why somebody accepts it */
    return g_strdup_printf (_ ("Waived by %s until %s: %s"), owner, day, reason);
  /* Translators: a name, and why somebody accepts it */
  return g_strdup_printf (_ ("Waived by %s: %s"), owner, reason);
}

static void
presync_text_add_waiver (PresyncText *self, PresyncChecklistItem *item, guint hang)
{
  g_autofree char *text = NULL;

  if (!presync_checklist_item_get_waived (item)
      && !presync_checklist_item_get_waiver_expired (item))
    return;
  text = presync_text_dup_waiver (item);
  presync_terminal_append (self->out, hang, "", hang, text, self->width);
}

static void
presync_text_add_condition (PresyncText *self, PresyncChecklistItem *item, const char *title,
                            guint indent)
{
  guint hang = indent + self->status_width;
  PresyncStatus status = presync_checklist_item_get_status (item);

  presync_terminal_append (self->out, indent, presync_status_title (status), hang, title,
                           self->width);
  presync_text_add_labelled (self, hang, _ ("Found:"), presync_checklist_item_get_found (item));
  presync_text_add_labelled (self, hang, _ ("Needed:"), presync_checklist_item_get_needed (item));
  if (presync_checklist_item_get_answered (item))
    presync_text_add_answer (self, item, hang);
  presync_terminal_append (self->out, hang, "", hang, presync_wording_get_reason (item),
                           self->width);
  presync_text_add_waiver (self, item, hang);
}

static void
presync_text_add_requirement (PresyncText *self, PresyncChecklistItem *row)
{
  GListModel *conditions = presync_checklist_item_get_children (row);
  guint n = g_list_model_get_n_items (conditions);
  const char *title = presync_checklist_item_get_title (row);

  if (n == 1)
    {
      g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (conditions, 0);
      const char *condition = presync_checklist_item_get_title (item);
      g_autofree char *both = g_str_equal (condition, title)
                                  ? g_strdup (title)
                                  : g_strconcat (title, " – ", condition, NULL);

      presync_text_add_condition (self, item, both, 2);
      return;
    }
  presync_terminal_append (self->out, 2,
                           presync_status_title (presync_checklist_item_get_status (row)),
                           2 + self->status_width, title, self->width);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (conditions, i);

      presync_text_add_condition (self, item, presync_checklist_item_get_title (item), 4);
    }
}

static char *
presync_text_dup_counts (const PresyncSummary *summary)
{
  static const PresyncStatus order[] = {
    PRESYNC_STATUS_MET,          PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE,
    PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_NOT_APPLICABLE,
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (summary->requirements[order[i]] > 0)
      g_string_append_printf (text, "%s%s: %u", text->len > 0 ? " · " : "",
                              presync_status_title (order[i]), summary->requirements[order[i]]);
  return g_string_free (text, FALSE);
}

static void
presync_text_add_option (PresyncText *self, PresyncChecklist *checklist)
{
  int section = -1;

  presync_terminal_append_heading (
      self->out, presync_option_long_title (presync_checklist_get_option (checklist)), self->width);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
    {
      g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (G_LIST_MODEL (checklist), i);
      PresyncSection of
          = presync_requirement_get_section (presync_checklist_item_get_requirement (row));

      if ((int) of != section)
        {
          g_string_append_c (self->out, '\n');
          presync_terminal_append (self->out, 0, "", 0, presync_section_title (of), self->width);
        }
      section = (int) of;
      presync_text_add_requirement (self, row);
    }
  g_string_append_c (self->out, '\n');
}

static void
presync_text_add_account (PresyncText *self, const PresyncAccountEntry *entry,
                          PresyncAssessment *assessment)
{
  guint hang = 2 + self->status_width;
  g_autofree char *membership = presync_account_entry_dup_membership (entry, assessment);
  g_autofree char *text = membership != NULL ? g_strconcat (entry->name, " · ", membership, NULL)
                                             : g_strdup (entry->name);

  presync_terminal_append (self->out, 2, presync_status_title (entry->status), hang,
                           _ (entry->role->title), self->width);
  presync_terminal_append (self->out, hang, "", hang, text, self->width);
}

/* The accounts that were named, each with the most urgent status of its conditions */
static void
presync_text_add_accounts (PresyncText *self, PresyncAssessment *assessment,
                           const PresyncOption *only)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (GPtrArray) entries = presync_account_entry_list (assessment, i);
      gboolean named = FALSE;

      for (guint j = 0; j < entries->len && (only == NULL || *only == i); j++)
        {
          const PresyncAccountEntry *entry = g_ptr_array_index (entries, j);

          if (entry->name == NULL)
            continue;
          if (!begun)
            presync_terminal_append_heading (self->out, _ ("Accounts"), self->width);
          if (!named)
            {
              g_string_append_c (self->out, '\n');
              presync_terminal_append (self->out, 0, "", 0, presync_option_title (i), self->width);
            }
          begun = named = TRUE;
          presync_text_add_account (self, entry, assessment);
        }
    }
  if (begun)
    g_string_append_c (self->out, '\n');
}

char *
presync_report_dup_text (PresyncAssessment *assessment, const PresyncOption *only, guint width)
{
  PresyncText self = { .width = MAX (width, NARROWEST) };
  guint label = 0;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  self.out = g_string_new (NULL);
  self.status_width = presync_text_get_status_width ();
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    label = MAX (label, presync_terminal_width (presync_option_title (i)) + 2);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (PresyncSummary) summary = NULL;
      g_autofree char *verdict = NULL;
      g_autofree char *counts = NULL;

      if (only != NULL && *only != i)
        continue;
      summary = presync_summary_new (presync_assessment_get_checklist (assessment, i), FALSE);
      verdict = presync_summary_dup_text (summary);
      counts = presync_text_dup_counts (summary);
      presync_terminal_append (self.out, 0, presync_option_title (i), label, verdict, self.width);
      presync_terminal_append (self.out, label, "", label, counts, self.width);
    }
  g_string_append_c (self.out, '\n');
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    if (only == NULL || *only == i)
      presync_text_add_option (&self, presync_assessment_get_checklist (assessment, i));
  presync_text_add_accounts (&self, assessment, only);
  /* Only Connect Sync has a database, and is sized. */
  if (only == NULL || *only == PRESYNC_OPTION_CONNECT_SYNC)
    {
      presync_text_add_sql (self.out, assessment, self.width);
      presync_text_add_sizing (self.out, assessment, self.width);
    }
  presync_text_add_tenant (self.out, assessment, self.width);
  presync_text_add_network (self.out, assessment, self.width);
  presync_text_add_server (self.out, assessment, self.width);
  return g_string_free (self.out, FALSE);
}
