/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-title.h"

#include <glib/gi18n.h>

#include "app/account-text.h"
#include "app/condition-merge.h"
#include "app/relative-time.h"
#include "app/server-topics.h"
#include "app/source-text.h"
#include "app/topology.h"
#include "assessment/history.h"
#include "assessment/summary.h"

const char *
presync_page_title (const char *page, gboolean brief)
{
  PresyncOption option;

  if (presync_option_from_id (page, &option))
    return brief ? presync_option_title (option) : presync_option_long_title (option);
  if (g_str_equal (page, "overview"))
    return _ ("Overview");
  if (g_str_equal (page, "accounts"))
    return _ ("Accounts");
  if (g_str_equal (page, "tenant"))
    return _ ("Entra tenant");
  if (g_str_equal (page, "sql-server"))
    return _ ("SQL Server");
  if (g_str_equal (page, "sync-server"))
    return _ ("Sync server");
  if (g_str_equal (page, "history"))
    return _ ("History");
  if (g_str_equal (page, "sources"))
    return _ ("Sources");
  return NULL;
}

static char *
presync_page_dup_option_subtitle (PresyncChecklist *checklist, gboolean brief)
{
  g_autoptr (PresyncSummary) summary = presync_summary_new (checklist, FALSE);
  guint total = summary->n_applicable;
  g_autoptr (GString) text = NULL;

  if (brief)
    /* TRANSLATORS: requirements: "5 of 30 met" */
    return g_strdup_printf (ngettext ("%u of %u met", "%u of %u met", total),
                            summary->requirements[PRESYNC_STATUS_MET], total);
  text = g_string_new (NULL);
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

/* (transfer full) (nullable): when the oldest of what counts was read */
static GDateTime *
presync_page_dup_oldest (PresyncAssessment *assessment)
{
  g_autoptr (GDateTime) oldest = NULL;

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
  return g_steal_pointer (&oldest);
}

/* (nullable): why the time of the last check is not the whole truth; %NULL if it is */
static const char *
presync_page_get_trouble (PresyncSource *source)
{
  if (source == NULL)
    return NULL;
  switch (presync_source_get_state (source))
    {
    case PRESYNC_SOURCE_FAILED:
      return _ ("Check failed");
    case PRESYNC_SOURCE_LOST:
      return _ ("Connection lost");
    case PRESYNC_SOURCE_IDLE:
      /* Before the first check a source has nothing to say. */
      return presync_source_get_message (source) != NULL ? _ ("Check cancelled") : NULL;
    case PRESYNC_SOURCE_TESTING:
    case PRESYNC_SOURCE_CHECKING:
    case PRESYNC_SOURCE_DONE:
    case PRESYNC_SOURCE_LIVE:
    default:
      return NULL;
    }
}

static char *
presync_page_dup_overview_subtitle (PresyncAssessment *assessment, gboolean brief,
                                    GDateTime **read_at)
{
  PresyncRunner *runner = presync_assessment_get_runner (assessment);
  g_autoptr (PresyncSource) source
      = presync_source_text_worst (presync_runner_get_sources (runner));
  const char *trouble = presync_page_get_trouble (source);
  g_autofree char *ago = NULL;

  if (presync_runner_get_checking (runner))
    return g_strdup (_ ("Checking…"));
  /* A check that failed leaves facts with its own time: that they could not be read. */
  if (trouble == NULL)
    {
      g_clear_pointer (read_at, g_date_time_unref);
      *read_at = presync_page_dup_oldest (assessment);
    }
  if (*read_at == NULL || (trouble != NULL && brief))
    return g_strdup (trouble != NULL ? trouble : _ ("Not checked yet"));
  ago = presync_relative_time_text_now (*read_at);
  if (trouble != NULL)
    /* TRANSLATORS: "Check failed", then "now", "2 min ago", or a date */
    return g_strdup_printf (_ ("%s · last read: %s"), trouble, ago);
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

/* @merged: whether the page shows a condition once where the options agree */
static void
presync_page_count_items (GPtrArray *items, gboolean merged, guint *not_met, guint *open)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) captions = g_ptr_array_new ();

  if (merged)
    presync_condition_merge (items, shown, captions);
  else
    g_ptr_array_extend (shown, items, (GCopyFunc) (GCallback) g_object_ref, NULL);
  for (guint i = 0; i < shown->len; i++)
    {
      PresyncStatus status = presync_checklist_item_get_status (g_ptr_array_index (shown, i));

      *not_met += status == PRESYNC_STATUS_NOT_MET ? 1 : 0;
      *open += status == PRESYNC_STATUS_NEEDS_ANSWER || status == PRESYNC_STATUS_UNKNOWN ? 1 : 0;
    }
}

void
presync_page_count (const char *page, PresyncAssessment *assessment, guint *not_met, guint *open)
{
  *not_met = *open = 0;
  if (g_str_equal (page, "accounts"))
    {
      PresyncAccountCounts counts;

      presync_account_count (assessment, &counts);
      *not_met = counts.not_met;
      *open = counts.needs_answer + counts.unknown;
    }
  else if (g_str_equal (page, "sync-server"))
    {
      PresyncServerCounts counts;

      presync_server_count (assessment, &counts);
      *not_met = counts.not_met;
      *open = counts.needs_answer + counts.unknown;
    }
  else if (g_str_equal (page, "sql-server") || g_str_equal (page, "tenant"))
    {
      gboolean tenant = g_str_equal (page, "tenant");
      g_autoptr (GPtrArray) items = presync_place_list_items (
          assessment, tenant ? PRESYNC_PLACE_TENANT : PRESYNC_PLACE_SQL);

      presync_page_count_items (items, tenant, not_met, open);
    }
}

/* A place's name is enough where nothing about it is open; @brief: what is open is enough. */
static char *
presync_page_dup_place_subtitle (const char *page, PresyncAssessment *assessment,
                                 PresyncPlace place, gboolean brief)
{
  g_autofree char *name = presync_place_dup_name (assessment, place);
  g_autoptr (GString) text = g_string_new (NULL);
  guint not_met;
  guint open;

  presync_page_count (page, assessment, &not_met, &open);
  if (!brief || not_met + open == 0)
    g_string_append (text, name);
  if (not_met > 0)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, ngettext ("%u not met", "%u not met", not_met), not_met);
    }
  if (open > 0)
    {
      g_string_append (text, text->len > 0 ? " · " : "");
      g_string_append_printf (text, ngettext ("%u open", "%u open", open), open);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
presync_page_dup_history_subtitle (PresyncAssessment *assessment)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (presync_assessment_get_history (assessment)));

  return n == 0 ? g_strdup (_ ("No run yet"))
                : g_strdup_printf (ngettext ("%u run", "%u runs", n), n);
}

char *
presync_page_dup_subtitle (const char *page, PresyncAssessment *assessment, gboolean brief,
                           GDateTime **read_at)
{
  PresyncOption option;

  if (presync_option_from_id (page, &option))
    return presync_page_dup_option_subtitle (presync_assessment_get_checklist (assessment, option),
                                             brief);
  if (g_str_equal (page, "accounts"))
    {
      PresyncAccountCounts counts;

      presync_account_count (assessment, &counts);
      return presync_account_counts_dup_text (&counts, brief);
    }
  if (g_str_equal (page, "tenant"))
    return presync_page_dup_place_subtitle (page, assessment, PRESYNC_PLACE_TENANT, brief);
  if (g_str_equal (page, "sql-server"))
    return presync_page_dup_place_subtitle (page, assessment, PRESYNC_PLACE_SQL, brief);
  if (g_str_equal (page, "sync-server"))
    return presync_page_dup_place_subtitle (page, assessment, PRESYNC_PLACE_SYNC_SERVER, brief);
  if (g_str_equal (page, "history"))
    return presync_page_dup_history_subtitle (assessment);
  if (g_str_equal (page, "sources"))
    return presync_page_dup_sources_subtitle (assessment);
  return presync_page_dup_overview_subtitle (assessment, brief, read_at);
}
