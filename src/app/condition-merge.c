/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/condition-merge.h"

static gboolean
presync_condition_merge_agree (PresyncChecklistItem *a, PresyncChecklistItem *b)
{
  return presync_requirement_get_option (presync_checklist_item_get_requirement (a))
             != presync_requirement_get_option (presync_checklist_item_get_requirement (b))
         && g_str_equal (presync_checklist_item_get_title (a), presync_checklist_item_get_title (b))
         && g_str_equal (presync_checklist_item_get_needed (a),
                         presync_checklist_item_get_needed (b))
         && g_str_equal (presync_checklist_item_get_found (a), presync_checklist_item_get_found (b))
         && presync_checklist_item_get_status (a) == presync_checklist_item_get_status (b);
}

void
presync_condition_merge (GPtrArray *items, GPtrArray *shown, GPtrArray *captions)
{
  for (guint i = 0; i < items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (items, i);
      gboolean agrees = FALSE;

      for (guint j = 0; !agrees && j < shown->len; j++)
        if (presync_condition_merge_agree (g_ptr_array_index (shown, j), item))
          {
            agrees = TRUE;
            captions->pdata[j] = GINT_TO_POINTER (FALSE);
          }
      if (agrees)
        continue;
      g_ptr_array_add (shown, g_object_ref (item));
      g_ptr_array_add (captions, GINT_TO_POINTER (TRUE));
    }
}

gboolean
presync_condition_merge_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}
