/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "report/json-output.h"

static void
presync_catalogue_json_add_date (JsonBuilder *builder, const char *name, const GDate *date)
{
  char day[16] = "";

  if (date != NULL)
    g_date_strftime (day, sizeof (day), "%Y-%m-%d", date);
  presync_json_add_text (builder, name, date != NULL ? day : NULL);
}

/* @steps: (element-type PresyncStep): each an object of one member, "step" or "command" */
static void
presync_catalogue_json_add_steps (JsonBuilder *builder, const char *name, GPtrArray *steps)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < steps->len; i++)
    {
      const PresyncStep *step = g_ptr_array_index (steps, i);

      json_builder_begin_object (builder);
      presync_json_add_text (builder, step->is_command ? "command" : "step", step->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
presync_catalogue_json_add_figures (JsonBuilder *builder, GPtrArray *figures)
{
  json_builder_set_member_name (builder, "figures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->len; i++)
    {
      const PresyncFigure *figure = g_ptr_array_index (figures, i);

      json_builder_begin_object (builder);
      presync_json_add_text (builder, "value", figure->value);
      presync_json_add_text (builder, "document", figure->reference->id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
presync_catalogue_json_add_sources (JsonBuilder *builder, GPtrArray *references)
{
  json_builder_set_member_name (builder, "sources");
  json_builder_begin_array (builder);
  for (guint i = 0; i < references->len; i++)
    {
      const PresyncReference *reference = g_ptr_array_index (references, i);

      json_builder_begin_object (builder);
      presync_json_add_text (builder, "id", reference->id);
      presync_json_add_text (builder, "title", reference->title);
      presync_json_add_text (builder, "url", reference->url);
      presync_json_add_text (builder, "date", reference->date);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
presync_catalogue_json_add_condition (JsonBuilder *builder, PresyncCondition *condition)
{
  const PresyncTest *test = presync_condition_get_test (condition);
  g_autofree char *text = test != NULL ? presync_test_dup_text (test) : NULL;

  json_builder_begin_object (builder);
  presync_json_add_text (builder, "id", presync_condition_get_id (condition));
  presync_json_add_text (builder, "title", presync_condition_get_title (condition));
  presync_json_add_text (builder, "severity",
                         presync_severity_id (presync_condition_get_severity (condition)));
  presync_json_add_text (builder, "feature", presync_condition_get_feature (condition));
  presync_json_add_text (builder, "needed", presync_condition_get_needed (condition));
  presync_json_add_text (builder, "test", text);
  presync_catalogue_json_add_date (builder, "from", presync_condition_get_from (condition));
  presync_catalogue_json_add_date (builder, "until", presync_condition_get_until (condition));
  presync_catalogue_json_add_steps (builder, "fix", presync_condition_get_fix (condition));
  presync_catalogue_json_add_steps (builder, "find_out",
                                    presync_condition_get_find_out (condition));
  presync_catalogue_json_add_figures (builder, presync_condition_get_figures (condition));
  presync_catalogue_json_add_sources (builder, presync_condition_get_references (condition));
  json_builder_end_object (builder);
}

static void
presync_catalogue_json_add_requirement (JsonBuilder *builder, PresyncRequirement *requirement,
                                        const GDate *edition)
{
  g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (requirement, edition);

  /* what had no condition yet at that date was no requirement yet */
  if (conditions->len == 0)
    return;
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "id", presync_requirement_get_id (requirement));
  presync_json_add_text (builder, "section",
                         presync_section_id (presync_requirement_get_section (requirement)));
  json_builder_set_member_name (builder, "overview");
  json_builder_add_boolean_value (builder, presync_requirement_get_overview (requirement));
  presync_json_add_text (builder, "title", presync_requirement_get_title (requirement));
  presync_json_add_text (builder, "why", presync_requirement_get_why (requirement));
  json_builder_set_member_name (builder, "conditions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < conditions->len; i++)
    presync_catalogue_json_add_condition (builder, g_ptr_array_index (conditions, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
presync_report_dup_catalogue_json (PresyncAssessment *assessment)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const GDate *edition;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  edition = presync_assessment_get_edition (assessment);
  presync_json_begin (builder, edition, NULL);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (GPtrArray) requirements
          = presync_catalogue_list (presync_assessment_get_catalogue (assessment), i);

      json_builder_begin_object (builder);
      presync_json_add_text (builder, "id", presync_option_id (i));
      presync_json_add_text (builder, "title", presync_option_long_title (i));
      json_builder_set_member_name (builder, "requirements");
      json_builder_begin_array (builder);
      for (guint j = 0; j < requirements->len; j++)
        presync_catalogue_json_add_requirement (builder, g_ptr_array_index (requirements, j),
                                                edition);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return presync_json_end (builder);
}
