/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-title.h"

#include <glib/gi18n.h>

#include "app/relative-time.h"
#include "assessment/summary.h"

const char *
presync_page_title (const char *page, gboolean brief)
{
  PresyncOption option;

  if (presync_option_from_id (page, &option))
    return brief ? presync_option_title (option) : presync_option_long_title (option);
  if (g_str_equal (page, "overview"))
    return _ ("Overview");
  if (g_str_equal (page, "sources"))
    return _ ("Sources");
  return NULL;
}

static char *
presync_page_dup_option_subtitle (PresyncChecklist *checklist)
{
  g_autoptr (PresyncSummary) summary = presync_summary_new (checklist, FALSE);
  guint total = summary->n_applicable;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("%u of %u requirement met", "%u of %u requirements met", total),
                          summary->requirements[PRESYNC_STATUS_MET], total);
  if (summary->blockers > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u blocker", "%u blockers", summary->blockers),
                              summary->blockers);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
presync_page_dup_overview_subtitle (PresyncAssessment *assessment)
{
  g_autofree char *ago = NULL;
  g_autoptr (GDateTime) oldest = NULL;

  if (presync_runner_get_checking (presync_assessment_get_runner (assessment)))
    return g_strdup (_ ("Checking…"));
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (PresyncSummary) summary = presync_summary_new (
          presync_assessment_get_checklist (assessment, (PresyncOption) i), FALSE);

      if (summary->oldest != NULL
          && (oldest == NULL || g_date_time_compare (summary->oldest, oldest) < 0))
        {
          g_clear_pointer (&oldest, g_date_time_unref);
          oldest = g_date_time_ref (summary->oldest);
        }
    }
  if (oldest == NULL)
    return g_strdup (_ ("Not checked yet"));
  ago = presync_relative_time_text_now (oldest);
  /* TRANSLATORS: %s is "now", "2 min ago", or a date */
  return g_strdup_printf (_ ("Checked: %s"), ago);
}

static char *
presync_page_dup_sources_subtitle (PresyncAssessment *assessment)
{
  GListModel *sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  guint n = g_list_model_get_n_items (sources);

  if (n == 0)
    return g_strdup (_ ("Nothing is connected"));
  return g_strdup_printf (ngettext ("%u source", "%u sources", n), n);
}

char *
presync_page_dup_subtitle (const char *page, PresyncAssessment *assessment)
{
  PresyncOption option;

  if (presync_option_from_id (page, &option))
    return presync_page_dup_option_subtitle (presync_assessment_get_checklist (assessment, option));
  if (g_str_equal (page, "sources"))
    return presync_page_dup_sources_subtitle (assessment);
  return presync_page_dup_overview_subtitle (assessment);
}
