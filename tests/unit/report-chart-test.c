/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-kit.h"

#include "assessment/history.h"
#include "assessment/place.h"
#include "report/content.h"
#include "report/painter-chart.h"

/* The drawings: their words say their figures, and a grey print tells their parts apart */

#define SIDE 24

static PresyncChart *
chart_test_find (PresyncDocument *document, PresyncBlockKind kind)
{
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->kind == kind)
        return block->chart;
    }
  return NULL;
}

static PresyncDocument *
chart_test_new (ReportTest *self)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();

  return presync_content_new (self->assessment, options, self->at);
}

/* Bars: the sums are those of the checklists, and each figure is told */
static void
chart_test_bars (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncDocument) document = chart_test_new (self);
  PresyncChart *chart = chart_test_find (document, PRESYNC_BLOCK_BARS);
  int option = -1;

  if (chart == NULL)
    g_error ("there is no such drawing");
  for (guint i = 0; i < chart->bars->len; i++)
    {
      const PresyncBar *bar = g_ptr_array_index (chart->bars, i);
      g_autoptr (PresyncSummary) summary = NULL;

      if (bar->total)
        {
          option++;
          summary = presync_summary_new (
              presync_assessment_get_checklist (self->assessment, (PresyncOption) option), FALSE);
          g_assert_cmpmem (bar->counts, sizeof (bar->counts), summary->requirements,
                           sizeof (summary->requirements));
          continue;
        }
      for (guint j = 0; j < PRESYNC_N_STATUSES; j++)
        {
          g_autofree char *section = g_strdup_printf (
              "%s, %s:", presync_option_title ((PresyncOption) option), bar->title);
          g_autofree char *figure
              = g_strdup_printf (" %s %u", presync_status_title (j), bar->counts[j]);
          const char *told = strstr (chart->alternate, section);
          const char *end = told != NULL ? told + strcspn (told, ";") : NULL;
          const char *found = told != NULL ? strstr (told, figure) : NULL;

          g_assert_nonnull (told);
          g_assert_cmpint (found != NULL && found<end, ==, bar->counts[j]> 0);
        }
    }
  g_assert_cmpint (option, ==, PRESYNC_N_OPTIONS - 1);
}

static void
chart_test_map (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncDocument) document = chart_test_new (self);
  PresyncChart *chart = chart_test_find (document, PRESYNC_BLOCK_MAP);

  if (chart == NULL)
    g_error ("there is no such drawing");
  g_assert_cmpuint (chart->nodes->len, ==, PRESYNC_N_PLACES);
  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      const PresyncMapNode *node = g_ptr_array_index (chart->nodes, i);
      g_autofree char *told = g_strdup_printf ("%s, %s: %s", presync_place_title (i), node->name,
                                               presync_status_title (node->status));

      g_assert_cmpint (node->status, ==, (int) presync_place_status (self->assessment, i));
      g_assert_nonnull (strstr (chart->alternate, told));
    }
}

/* @n runs, a day apart, the last now, of which run @lowest alone met nothing and run @highest 50 */
static void
chart_test_give_runs (ReportTest *self, guint n, guint lowest, guint highest)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      PresyncRunTotals totals[PRESYNC_N_OPTIONS] = { { 0 } };
      g_autoptr (GDateTime) at = g_date_time_add_days (self->at, (int) i + 1 - (int) n);

      for (guint j = 0; j < PRESYNC_N_OPTIONS; j++)
        {
          totals[j].requirements[PRESYNC_STATUS_MET] = i == lowest ? 0 : i == highest ? 50 : 20;
          totals[j].requirements[PRESYNC_STATUS_NOT_MET] = 7;
          totals[j].requirements[PRESYNC_STATUS_UNKNOWN] = 2;
          totals[j].requirements[PRESYNC_STATUS_NEEDS_ANSWER] = 3;
        }
      g_ptr_array_add (runs, presync_run_new (i + 1, at,
                                              presync_assessment_get_edition (self->assessment),
                                              totals, presync_run_rows_new ()));
    }
  presync_history_load (presync_assessment_get_history (self->assessment), runs);
}

/* Many runs are thinned, and yet none that stands out is lost */
static void
chart_test_history (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncDocument) none = chart_test_new (self);
  g_autoptr (PresyncDocument) document = NULL;
  PresyncChart *chart;

  g_assert_null (chart_test_find (none, PRESYNC_BLOCK_HISTORY));
  chart_test_give_runs (self, 500, 123, 321);
  document = chart_test_new (self);
  chart = chart_test_find (document, PRESYNC_BLOCK_HISTORY);
  if (chart == NULL)
    g_error ("there is no such drawing");
  g_assert_nonnull (strstr (chart->alternate, "500 runs"));
  g_assert_nonnull (strstr (chart->alternate, "met 20 → 20, not met 7 → 7, not known 5 → 5"));
  g_assert_nonnull (strstr (chart->note, "500 runs"));
  for (guint i = 0; i < chart->panels->len; i++)
    {
      const PresyncPanel *panel = g_ptr_array_index (chart->panels, i);
      const PresyncCurve *met = g_ptr_array_index (panel->curves, 0);
      gboolean lowest = FALSE;
      gboolean highest = FALSE;
      double before = 0;

      g_assert_cmpuint (met->last, ==, 20);
      g_assert_cmpuint (met->points->len / 2, <, 260);
      for (guint j = 0; j < met->points->len; j += 2)
        {
          double x = g_array_index (met->points, double, j);
          double y = g_array_index (met->points, double, j + 1);

          g_assert_cmpfloat (x, >=, before);
          g_assert_cmpfloat (x, <=, 1);
          lowest |= y <= 0;
          highest |= y * panel->most > 49.9;
          before = x;
        }
      g_assert_true (lowest && highest);
    }
}

/* (transfer full): a part of a bar, in grey */
static guint8 *
chart_test_draw_share (PresyncStatus status)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);
  guint8 *grey = g_malloc (SIDE * SIDE);
  const guint8 *pixels;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_rectangle (cr, 0, 0, SIDE, SIDE);
  presync_share_fill (status, cr, 0, 0, SIDE, SIDE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = cairo_image_surface_get_data (surface);
  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        guint32 rgb;

        memcpy (&rgb, pixels + y * (guint) cairo_image_surface_get_stride (surface) + x * 4, 4);
        grey[y * SIDE + x]
            = (guint8) ((((rgb >> 16) & 0xff) * 30 + ((rgb >> 8) & 0xff) * 59 + (rgb & 0xff) * 11)
                        / 100);
      }
  cairo_surface_destroy (surface);
  return grey;
}

/* Each differs from each other in grey by a good deal, in the mean or in its pattern */
static void
chart_test_grey (void)
{
  guint8 *grey[PRESYNC_N_STATUSES];

  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    grey[i] = chart_test_draw_share (i);
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    for (guint j = 0; j < i; j++)
      {
        guint difference = 0;

        for (guint k = 0; k < SIDE * SIDE; k++)
          difference += (guint) ABS ((int) grey[i][k] - (int) grey[j][k]);
        g_assert_cmpuint (difference / (SIDE * SIDE), >=, 25);
      }
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    g_free (grey[i]);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (ReportTest *, gconstpointer);
  } tests[] = {
    { "/report-chart/bars", chart_test_bars },
    { "/report-chart/map", chart_test_map },
    { "/report-chart/history", chart_test_history },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-chart/grey", chart_test_grey);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReportTest, NULL, report_test_set_up, tests[i].run,
                report_test_tear_down);
  return g_test_run ();
}
