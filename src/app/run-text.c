/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/run-text.h"

#include <glib/gi18n.h>

#include "app/relative-time.h"

const char *
presync_run_line_title (PresyncRunLine line)
{
  switch (line)
    {
    case PRESYNC_RUN_LINE_MET:
      return presync_status_title (PRESYNC_STATUS_MET);
    case PRESYNC_RUN_LINE_NOT_MET:
      return presync_status_title (PRESYNC_STATUS_NOT_MET);
    case PRESYNC_RUN_LINE_OPEN:
    default:
      return _ ("Unknown or unanswered");
    }
}

char *
presync_run_dup_title (PresyncRun *run, const GDate *newest)
{
  const GDate *edition = presync_run_get_edition (run);
  g_autofree char *at = presync_absolute_time_text (presync_run_get_at (run));
  char day[16] = "";

  if (edition == NULL || newest == NULL || g_date_compare (edition, newest) == 0)
    return g_steal_pointer (&at);
  g_date_strftime (day, sizeof day, "%Y-%m-%d", edition);
  /* TRANSLATORS: when a check was, then the date of the catalogue's edition */
  return g_strdup_printf (_ ("%s · edition %s"), at, day);
}

char *
presync_run_dup_number (PresyncRun *run, guint place)
{
  gint64 id = presync_run_get_id (run);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id > 0 ? id : (gint64) place);

  /* TRANSLATORS: a number */
  return g_strdup_printf (_ ("Run %s"), number);
}

char *
presync_run_dup_figures (PresyncRun *run, PresyncOption option)
{
  guint met = presync_run_get_figure (run, option, PRESYNC_RUN_LINE_MET);
  guint not_met = presync_run_get_figure (run, option, PRESYNC_RUN_LINE_NOT_MET);
  guint open = presync_run_get_figure (run, option, PRESYNC_RUN_LINE_OPEN);

  /* TRANSLATORS: counts of requirements */
  return g_strdup_printf (_ ("%u met, %u not met, %u unknown or unanswered"), met, not_met, open);
}

char *
presync_run_dup_name (PresyncRun *run, const GDate *newest)
{
  g_autofree char *title = presync_run_dup_title (run, newest);
  g_autoptr (GString) text = g_string_new (title);

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      PresyncOption option = (PresyncOption) i;
      g_autofree char *figures = presync_run_dup_figures (run, option);

      g_string_append_printf (text, ". %s: %s, %s", presync_option_title (option),
                              presync_verdict_title (presync_run_get_totals (run, option)->verdict),
                              figures);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
presync_runs_dup_description (GListModel *runs, PresyncOption option)
{
  guint n = g_list_model_get_n_items (runs);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PresyncRun) first = n > 0 ? g_list_model_get_item (runs, 0) : NULL;
  g_autoptr (PresyncRun) last = n > 0 ? g_list_model_get_item (runs, n - 1) : NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  /* TRANSLATORS: an option, then how many checks */
  g_string_append_printf (text, ngettext ("%s: %u run", "%s: %u runs", n),
                          presync_option_title (option), n);
  if (n == 0)
    return g_string_free (g_steal_pointer (&text), FALSE);
  from = presync_absolute_time_text (presync_run_get_at (first));
  to = presync_absolute_time_text (presync_run_get_at (last));
  if (n > 1)
    g_string_append_printf (text, _ (", from %s to %s"), from, to);
  else
    g_string_append_printf (text, ", %s", to);
  g_string_append_c (text, '.');
  for (guint i = 0; i < PRESYNC_N_RUN_LINES; i++)
    {
      PresyncRunLine line = (PresyncRunLine) i;
      guint least = G_MAXUINT;
      guint most = 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (PresyncRun) run = g_list_model_get_item (runs, j);
          guint figure = presync_run_get_figure (run, option, line);

          least = MIN (least, figure);
          most = MAX (most, figure);
        }
      g_string_append_printf (text, " %s: ", presync_run_line_title (line));
      if (n == 1)
        g_string_append_printf (text, "%u.", most);
      else
        /* TRANSLATORS: figures of a line: of the first run, of the last, and its extremes */
        g_string_append_printf (text, _ ("%u at first, %u at last, between %u and %u."),
                                presync_run_get_figure (first, option, line),
                                presync_run_get_figure (last, option, line), least, most);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
