/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/summary.h"

#include <glib/gi18n.h>

void
presync_summary_free (PresyncSummary *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->oldest, g_date_time_unref);
  g_free (self);
}

static gboolean
presync_summary_is_binding (PresyncChecklistItem *condition)
{
  return presync_condition_get_severity (presync_checklist_item_get_condition (condition))
         != PRESYNC_SEVERITY_RECOMMENDED;
}

static gboolean
presync_summary_is_open (PresyncStatus status)
{
  return status == PRESYNC_STATUS_UNKNOWN || status == PRESYNC_STATUS_NEEDS_ANSWER;
}

static void
presync_summary_add_condition (PresyncSummary *self, PresyncChecklistItem *condition)
{
  PresyncStatus status = presync_checklist_item_get_status (condition);
  GDateTime *at = presync_checklist_item_get_checked_at (condition);

  self->n_conditions++;
  self->conditions[status]++;
  if (presync_summary_is_binding (condition))
    {
      self->blockers += status == PRESYNC_STATUS_NOT_MET ? 1 : 0;
      self->open += presync_summary_is_open (status) ? 1 : 0;
    }
  self->answered += presync_checklist_item_get_answered (condition) ? 1 : 0;
  self->contradicted += presync_checklist_item_get_contradicted (condition) ? 1 : 0;
  self->waived += presync_checklist_item_get_waived (condition) ? 1 : 0;
  self->expired += presync_checklist_item_get_waiver_expired (condition) ? 1 : 0;
  if (at != NULL && (self->oldest == NULL || g_date_time_compare (at, self->oldest) < 0))
    {
      g_clear_pointer (&self->oldest, g_date_time_unref);
      self->oldest = g_date_time_ref (at);
    }
}

PresyncSummary *
presync_summary_new (PresyncChecklist *checklist, gboolean overview_only)
{
  g_autoptr (PresyncSummary) self = g_new0 (PresyncSummary, 1);

  g_return_val_if_fail (PRESYNC_IS_CHECKLIST (checklist), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
    {
      g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (G_LIST_MODEL (checklist), i);
      GListModel *children = presync_checklist_item_get_children (row);
      if (overview_only
          && !presync_requirement_get_overview (presync_checklist_item_get_requirement (row)))
        continue;
      self->n_requirements++;
      self->requirements[presync_checklist_item_get_status (row)]++;
      for (guint j = 0; j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, j);
          presync_summary_add_condition (self, child);
        }
    }
  self->n_applicable = self->n_requirements - self->requirements[PRESYNC_STATUS_NOT_APPLICABLE];
  if (self->blockers > 0)
    self->verdict = PRESYNC_VERDICT_NOT_READY;
  else if (self->open > 0)
    self->verdict = PRESYNC_VERDICT_NOT_YET_KNOWN;
  else if (self->conditions[PRESYNC_STATUS_ADVICE] > 0)
    self->verdict = PRESYNC_VERDICT_READY_WITH_ADVICE;
  else
    self->verdict = PRESYNC_VERDICT_READY;
  return g_steal_pointer (&self);
}

/* Adds @words, (transfer full), unless there is nothing to count. */
static void
presync_summary_append (GString *text, guint n, char *words)
{
  g_autofree char *taken = words;

  if (n > 0)
    g_string_append_printf (text, " · %s", taken);
}

char *
presync_summary_dup_text (const PresyncSummary *self)
{
  g_autoptr (GString) text = NULL;
  guint open;

  g_return_val_if_fail (self != NULL, NULL);
  open = self->blockers == 0 ? self->open : 0;
  text = g_string_new (presync_verdict_title (self->verdict));
  presync_summary_append (
      text, self->blockers,
      g_strdup_printf (ngettext ("%u blocker", "%u blockers", self->blockers), self->blockers));
  presync_summary_append (text, open,
                          g_strdup_printf (ngettext ("%u open", "%u open", open), open));
  presync_summary_append (
      text, self->waived,
      g_strdup_printf (ngettext ("%u waived", "%u waived", self->waived), self->waived));
  presync_summary_append (
      text, self->expired,
      g_strdup_printf (ngettext ("%u waiver expired", "%u waivers expired", self->expired),
                       self->expired));
  presync_summary_append (
      text, self->answered,
      g_strdup_printf (ngettext ("%u answered by hand", "%u answered by hand", self->answered),
                       self->answered));
  presync_summary_append (
      text, self->contradicted,
      g_strdup_printf (
          ngettext ("%u against a measurement", "%u against a measurement", self->contradicted),
          self->contradicted));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef gboolean (*PresyncSummaryFilter) (PresyncChecklistItem *condition);

static gboolean
presync_summary_is_blocker (PresyncChecklistItem *condition)
{
  return presync_summary_is_binding (condition)
         && presync_checklist_item_get_status (condition) == PRESYNC_STATUS_NOT_MET;
}

static gboolean
presync_summary_is_open_item (PresyncChecklistItem *condition)
{
  return presync_summary_is_binding (condition)
         && presync_summary_is_open (presync_checklist_item_get_status (condition));
}

static gboolean
presync_summary_is_advice (PresyncChecklistItem *condition)
{
  return presync_checklist_item_get_status (condition) == PRESYNC_STATUS_ADVICE;
}

static GPtrArray *
presync_checklist_list_conditions (PresyncChecklist *checklist, PresyncSummaryFilter filter)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
    {
      g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (G_LIST_MODEL (checklist), i);
      GListModel *children = presync_checklist_item_get_children (row);
      for (guint j = 0; j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, j);
          if (filter (child))
            g_ptr_array_add (list, g_steal_pointer (&child));
        }
    }
  return g_steal_pointer (&list);
}

GPtrArray *
presync_checklist_list_blockers (PresyncChecklist *checklist)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST (checklist), NULL);
  return presync_checklist_list_conditions (checklist, presync_summary_is_blocker);
}

GPtrArray *
presync_checklist_list_open (PresyncChecklist *checklist)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST (checklist), NULL);
  return presync_checklist_list_conditions (checklist, presync_summary_is_open_item);
}

GPtrArray *
presync_checklist_list_advice (PresyncChecklist *checklist)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST (checklist), NULL);
  return presync_checklist_list_conditions (checklist, presync_summary_is_advice);
}
