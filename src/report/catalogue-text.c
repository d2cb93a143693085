/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "report/terminal.h"
#include "report/wording.h"
#include <glib/gi18n.h>

#define NARROWEST 40

static void
presync_catalogue_text_add_condition (GString *out, PresyncCondition *condition, guint width)
{
  PresyncSeverity severity = presync_condition_get_severity (condition);
  GPtrArray *figures = presync_condition_get_figures (condition);
  g_autofree char *line = NULL;
  g_autofree char *feature = presync_wording_dup_feature (condition);

  line = g_strdup_printf ("%s: %s (%s)", presync_condition_get_title (condition),
                          presync_condition_get_needed (condition),
                          feature != NULL ? feature : presync_severity_title (severity));
  presync_terminal_append (out, 4, "•", 6, line, width);
  for (guint i = 0; i < figures->len; i++)
    {
      const PresyncFigure *figure = g_ptr_array_index (figures, i);
      g_autofree char *text = g_strdup_printf ("%s – %s, %s", figure->value,
                                               figure->reference->title, figure->reference->date);

      presync_terminal_append (out, 6, "", 8, text, width);
    }
}

static void
presync_catalogue_text_add_requirement (GString *out, PresyncRequirement *requirement,
                                        GPtrArray *conditions, guint width)
{
  g_autofree char *title
      = presync_requirement_get_overview (requirement)
            ? g_strdup_printf ("%s [%s]", presync_requirement_get_title (requirement),
                               _ ("Overview"))
            : g_strdup (presync_requirement_get_title (requirement));

  presync_terminal_append (out, 2, "", 2, title, width);
  for (guint i = 0; i < conditions->len; i++)
    presync_catalogue_text_add_condition (out, g_ptr_array_index (conditions, i), width);
}

static void
presync_catalogue_text_add_option (GString *out, PresyncAssessment *assessment,
                                   PresyncOption option, guint width)
{
  const GDate *edition = presync_assessment_get_edition (assessment);
  g_autoptr (GPtrArray) requirements
      = presync_catalogue_list (presync_assessment_get_catalogue (assessment), option);
  int section = -1;

  presync_terminal_append (out, 0, "", 0, presync_option_long_title (option), width);
  for (guint i = 0; i < requirements->len; i++)
    {
      PresyncRequirement *requirement = g_ptr_array_index (requirements, i);
      PresyncSection of = presync_requirement_get_section (requirement);
      g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (requirement, edition);

      if (conditions->len == 0)
        continue;
      if ((int) of != section)
        {
          g_string_append_c (out, '\n');
          presync_terminal_append (out, 0, "", 0, presync_section_title (of), width);
        }
      section = (int) of;
      presync_catalogue_text_add_requirement (out, requirement, conditions, width);
    }
  g_string_append_c (out, '\n');
}

char *
presync_report_dup_catalogue_text (PresyncAssessment *assessment, guint width)
{
  GString *out;
  g_autofree char *edition = NULL;
  char day[16];

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  width = MAX (width, NARROWEST);
  out = g_string_new (NULL);
  g_date_strftime (day, sizeof (day), "%Y-%m-%d", presync_assessment_get_edition (assessment));
  edition = g_strdup_printf (_ ("Requirements as of %s"), day);
  presync_terminal_append (out, 0, "", 0, edition, width);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    presync_catalogue_text_add_option (out, assessment, i, width);
  return g_string_free (out, FALSE);
}
