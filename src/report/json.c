/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "assessment/summary.h"
#include "report/facts-json.h"
#include "report/json-output.h"

/* Only where there is one; it changes no status. */
static void
presync_json_add_waiver (JsonBuilder *builder, PresyncWaiver *waiver, GDateTime *now)
{
  const GDate *expires;
  char day[16];

  if (waiver == NULL)
    return;
  expires = presync_waiver_get_expires (waiver);
  if (expires != NULL)
    g_date_strftime (day, sizeof day, "%Y-%m-%d", expires);
  json_builder_set_member_name (builder, "waiver");
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "reason", presync_waiver_get_reason (waiver));
  presync_json_add_text (builder, "owner", presync_waiver_get_owner (waiver));
  presync_json_add_text (builder, "expires", expires != NULL ? day : NULL);
  json_builder_set_member_name (builder, "expired");
  json_builder_add_boolean_value (builder, presync_waiver_get_expired (waiver, now));
  json_builder_end_object (builder);
}

static void
presync_json_add_condition (JsonBuilder *builder, PresyncChecklistItem *item, GDateTime *now)
{
  PresyncCondition *condition = presync_checklist_item_get_condition (item);
  const char *found = presync_checklist_item_get_found (item);
  GPtrArray *facts = presync_checklist_item_get_facts (item);

  json_builder_begin_object (builder);
  presync_json_add_text (builder, "id", presync_checklist_item_get_id (item));
  presync_json_add_text (builder, "status",
                         presync_status_id (presync_checklist_item_get_status (item)));
  presync_json_add_text (builder, "severity",
                         presync_severity_id (presync_condition_get_severity (condition)));
  presync_json_add_text (builder, "found", *found != '\0' ? found : NULL);
  presync_json_add_text (builder, "needed", presync_checklist_item_get_needed (item));
  presync_json_add_text (builder, "reason", presync_checklist_item_get_reason (item));
  json_builder_set_member_name (builder, "answered");
  json_builder_add_boolean_value (builder, presync_checklist_item_get_answered (item));
  presync_json_add_waiver (builder, presync_checklist_item_get_waiver (item), now);
  /* the deciding fact comes first */
  presync_json_add_origin (
      builder, facts->len > 0 ? presync_fact_get_origin (g_ptr_array_index (facts, 0)) : NULL);
  json_builder_end_object (builder);
}

static void
presync_json_add_requirement (JsonBuilder *builder, PresyncChecklistItem *item, GDateTime *now)
{
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (item);
  GListModel *conditions = presync_checklist_item_get_children (item);

  json_builder_begin_object (builder);
  presync_json_add_text (builder, "id", presync_checklist_item_get_id (item));
  presync_json_add_text (builder, "section",
                         presync_section_id (presync_requirement_get_section (requirement)));
  presync_json_add_text (builder, "status",
                         presync_status_id (presync_checklist_item_get_status (item)));
  json_builder_set_member_name (builder, "conditions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (conditions); i++)
    {
      g_autoptr (PresyncChecklistItem) condition = g_list_model_get_item (conditions, i);

      presync_json_add_condition (builder, condition, now);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
presync_json_add_counts (JsonBuilder *builder, const PresyncSummary *summary)
{
  static const PresyncStatus order[] = {
    PRESYNC_STATUS_MET,          PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE,
    PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_NOT_APPLICABLE,
  };

  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      json_builder_set_member_name (builder, presync_status_id (order[i]));
      json_builder_add_int_value (builder, summary->requirements[order[i]]);
    }
  /* conditions, whatever their status */
  json_builder_set_member_name (builder, "waived");
  json_builder_add_int_value (builder, summary->waived);
  json_builder_end_object (builder);
}

static void
presync_json_add_option (JsonBuilder *builder, PresyncAssessment *assessment, PresyncOption option)
{
  PresyncChecklist *checklist = presync_assessment_get_checklist (assessment, option);
  g_autoptr (PresyncSummary) summary = presync_summary_new (checklist, FALSE);
  g_autoptr (GDateTime) now = presync_assessment_dup_now (assessment);

  json_builder_begin_object (builder);
  presync_json_add_text (builder, "id", presync_option_id (option));
  presync_json_add_text (builder, "verdict", presync_verdict_id (summary->verdict));
  presync_json_add_counts (builder, summary);
  json_builder_set_member_name (builder, "requirements");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
    {
      g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (G_LIST_MODEL (checklist), i);

      presync_json_add_requirement (builder, item, now);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
presync_report_dup_json (PresyncAssessment *assessment, const PresyncOption *only)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  presync_json_begin (builder, presync_assessment_get_edition (assessment),
                      presync_assessment_get_accounts (assessment));
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    if (only == NULL || *only == i)
      presync_json_add_option (builder, assessment, i);
  json_builder_end_array (builder);
  presync_json_add_findings (builder, assessment);
  return presync_json_end (builder);
}
