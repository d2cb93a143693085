/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "assessment/history.h"
#include <glib/gi18n.h>

/* A curve has so many places side by side; of the runs that share one the first, the lowest, the
 * highest and the last are drawn, so that nothing that was ever the case is hidden. */
#define PLACES 60
#define AXIS_PARTS 4 /* at most */

static const char *const titles[PRESYNC_N_RUN_LINES] = {
  [PRESYNC_RUN_LINE_MET] = N_ ("met"),
  [PRESYNC_RUN_LINE_NOT_MET] = N_ ("not met"),
  /* Translators: unknown or in need of an answer */
  [PRESYNC_RUN_LINE_OPEN] = N_ ("not known"),
};

static int
presync_content_compare_runs_cb (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (presync_run_get_at (*(PresyncRun *const *) a),
                              presync_run_get_at (*(PresyncRun *const *) b));
}

/* Was something stated or planned since @run that its figures do not show? */
static gboolean
presync_content_has_moved (PresyncRun *run, PresyncRun *now)
{
  gboolean moved = FALSE;

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    for (guint j = 0; j < PRESYNC_N_RUN_LINES; j++)
      moved = moved || presync_run_get_figure (run, i, j) != presync_run_get_figure (now, i, j);
  return moved && g_date_time_compare (presync_run_get_at (run), presync_run_get_at (now)) < 0;
}

/* (transfer full) (element-type PresyncRun): by their times */
static GPtrArray *
presync_content_list_runs (PresyncContent *self)
{
  GListModel *history = G_LIST_MODEL (presync_assessment_get_history (self->assessment));
  GPtrArray *runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    g_ptr_array_add (runs, g_list_model_get_item (history, i));
  /* the clock of a computer may have been set back */
  g_ptr_array_sort (runs, presync_content_compare_runs_cb);
  return runs;
}

static double
presync_content_get_x (GPtrArray *runs, guint index)
{
  GDateTime *first = presync_run_get_at (g_ptr_array_index (runs, 0));
  GDateTime *last = presync_run_get_at (g_ptr_array_index (runs, runs->len - 1));
  GTimeSpan span = g_date_time_difference (last, first);
  GTimeSpan since
      = g_date_time_difference (presync_run_get_at (g_ptr_array_index (runs, index)), first);

  return span > 0 ? (double) since / (double) span : (double) index / MAX (runs->len - 1, 1);
}

static void
presync_curve_add_figure (PresyncCurve *curve, double x, guint figure, guint most)
{
  presync_curve_add_point (curve, x, (double) figure / MAX (most, 1));
  curve->last = figure;
}

/* The runs from @from to below @to, which share a place */
static void
presync_curve_add_runs (PresyncCurve *curve, GPtrArray *runs, PresyncOption option,
                        PresyncRunLine line, guint from, guint to, guint most)
{
  guint kept[4] = { from, from, from, to - 1 }; /* first, lowest, highest, last */
  guint lowest = G_MAXUINT;
  guint highest = 0;

  for (guint i = from; i < to; i++)
    {
      guint figure = presync_run_get_figure (g_ptr_array_index (runs, i), option, line);

      if (figure < lowest)
        kept[1] = i;
      if (figure > highest)
        kept[2] = i;
      lowest = MIN (lowest, figure);
      highest = MAX (highest, figure);
    }
  if (kept[1] > kept[2])
    {
      guint later = kept[1];

      kept[1] = kept[2];
      kept[2] = later;
    }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (i == 0 || kept[i] != kept[i - 1])
      presync_curve_add_figure (
          curve, presync_content_get_x (runs, kept[i]),
          presync_run_get_figure (g_ptr_array_index (runs, kept[i]), option, line), most);
}

static void
presync_content_fill_curve (PresyncCurve *curve, GPtrArray *runs, PresyncOption option,
                            PresyncRunLine line, guint most)
{
  guint from = 0;

  while (from < runs->len)
    {
      guint place = (guint) (presync_content_get_x (runs, from) * PLACES);
      guint to = from + 1;

      while (runs->len > PLACES && to < runs->len
             && (guint) (presync_content_get_x (runs, to) * PLACES) == place)
        to++;
      presync_curve_add_runs (curve, runs, option, line, from, to, most);
      from = to;
    }
}

static void
presync_content_add_panel (PresyncChart *chart, GPtrArray *runs, PresyncOption option,
                           GString *alternate)
{
  PresyncPanel *panel = presync_chart_add_panel (chart, presync_option_title (option));
  PresyncRun *first = g_ptr_array_index (runs, 0);
  PresyncRun *last = g_ptr_array_index (runs, runs->len - 1);
  guint step;

  panel->first = g_date_time_format (presync_run_get_at (first), "%Y-%m-%d");
  panel->last = g_date_time_format (presync_run_get_at (last), "%Y-%m-%d");
  for (guint i = 0; i < runs->len; i++)
    for (guint j = 0; j < PRESYNC_N_RUN_LINES; j++)
      panel->most
          = MAX (panel->most, presync_run_get_figure (g_ptr_array_index (runs, i), option, j));
  /* to where the axis has a figure */
  step = presync_run_axis_step (panel->most, AXIS_PARTS);
  panel->most = (panel->most + step - 1) / step * step;
  panel->step = step;
  g_string_append_printf (alternate, "%s%s:", alternate->len > 0 ? "; " : "", panel->title);
  for (guint i = 0; i < PRESYNC_N_RUN_LINES; i++)
    {
      PresyncCurve *curve
          = presync_panel_add_curve (panel, presync_run_line_status (i), _ (titles[i]));
      guint from = presync_run_get_figure (first, option, i);

      presync_content_fill_curve (curve, runs, option, i, panel->most);
      g_string_append_printf (alternate, "%s %s %u → %u", i > 0 ? "," : "", curve->title, from,
                              curve->last);
    }
}

void
presync_content_add_history (PresyncContent *self, PresyncRun *now)
{
  g_autoptr (GPtrArray) runs = presync_content_list_runs (self);
  guint n = runs->len;
  g_autoptr (GString) alternate = g_string_new (NULL);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  PresyncChart *chart;

  if (n < 2)
    return;
  if (presync_content_has_moved (g_ptr_array_index (runs, n - 1), now))
    g_ptr_array_add (runs, g_object_ref (now));
  presync_document_add_heading (self->document, self->summary ? 3 : 2, "history", _ ("Over time"));
  chart = presync_document_add (self->document, PRESYNC_BLOCK_HISTORY)->chart;
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    presync_content_add_panel (chart, runs, i, alternate);
  first = presync_wording_dup_time (presync_run_get_at (g_ptr_array_index (runs, 0)));
  last = presync_wording_dup_time (presync_run_get_at (g_ptr_array_index (runs, runs->len - 1)));
  /* Translators: number of runs, first and last date, and figures of both options */
  chart->alternate = g_strdup_printf (ngettext ("Requirements in %u run, from %s to %s. %s",
                                                "Requirements in %u runs, from %s to %s. %s", n),
                                      n, first, last, alternate->str);
  if (runs->len > PLACES)
    chart->note = g_strdup_printf (
        /* Translators: %u is a number of runs, more than 60 */
        _ ("Requirements in %u runs; of runs that lie close together the first, the lowest, the "
           "highest and the last figure are drawn. Advice and what does not apply are not drawn."),
        n);
  else
    chart->note = g_strdup_printf (
        ngettext ("Requirements in %u run. Advice and what does not apply are not drawn.",
                  "Requirements in %u runs. Advice and what does not apply are not drawn.", n),
        n);
  if (runs->len > n)
    {
      g_autofree char *note = g_steal_pointer (&chart->note);

      chart->note = g_strconcat (note, " ", _ ("The last point is the date of this report."), NULL);
    }
}
