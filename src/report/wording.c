/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/wording.h"

#include <glib/gi18n.h>
#include <string.h>

/* What comes with the program */
#define SAMPLE_PREFIX "resource://" PRESYNC_RESOURCE_BASE "/sample/"

char *
presync_wording_dup_time (GDateTime *at)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (at);

  return g_date_time_format (utc, _ ("%Y-%m-%d %H:%M UTC"));
}

const char *
presync_wording_get_reason (PresyncChecklistItem *item)
{
  PresyncStatus status = presync_checklist_item_get_status (item);

  /* An answer takes the place of what could not be read; advice holds all the same. */
  if (presync_checklist_item_get_answered (item)
      && (status != PRESYNC_STATUS_ADVICE
          || presync_checklist_item_get_measured_status (item) != PRESYNC_STATUS_ADVICE))
    return NULL;
  if (status == PRESYNC_STATUS_NEEDS_ANSWER && presync_checklist_item_get_facts (item)->len == 0)
    return NULL;
  return presync_checklist_item_get_reason (item);
}

char *
presync_wording_dup_answer (PresyncAnswer *answer)
{
  g_autofree char *time = presync_wording_dup_time (presync_answer_get_at (answer));

  if (presync_answer_get_met (answer))
    /* Translators: name of a person and date */
    return g_strdup_printf (_ ("Answered by hand: met – %s, %s"), presync_answer_get_name (answer),
                            time);
  /* Translators: name of a person and date */
  return g_strdup_printf (_ ("Answered by hand: not met – %s, %s"),
                          presync_answer_get_name (answer), time);
}

char *
presync_wording_dup_contradiction (PresyncChecklistItem *item)
{
  PresyncStatus measured = presync_checklist_item_get_measured_status (item);

  if (!presync_checklist_item_get_contradicted (item))
    return NULL;
  /* Translators: what was measured says otherwise than the answer; %s is a status */
  return g_strdup_printf (_ ("measured: %s"), presync_status_title (measured));
}

char *
presync_wording_dup_feature (PresyncCondition *condition)
{
  const char *feature = presync_condition_get_feature (condition);
  const PresyncFactKey *key = feature != NULL ? presync_fact_key_find (feature) : NULL;

  if (key == NULL)
    return NULL;
  /* Translators: when a condition applies; %s is a feature, such as "Device writeback" */
  return g_strdup_printf (_ ("If planned: %s"), _ (key->label));
}

char *
presync_wording_dup_target (const char *target)
{
  return g_strdup (g_str_has_prefix (target, SAMPLE_PREFIX) ? target + strlen (SAMPLE_PREFIX)
                                                            : target);
}
