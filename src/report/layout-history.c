/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

/* Figures over time: panels side by side, each with its curves, an axis with figures at the left
 * and dates below, and at the end of each curve its symbol, its figure and its word */

#define PANEL_GAP 20.0
#define PLOT 84.0
#define AXIS 20.0 /* room of the figures */
#define ENDS 66.0 /* room behind the curves */
#define SYMBOL 8.0
#define SYMBOL_ROOM 11.0
#define GAP 4.0
#define AFTER 14.0

static PresyncLines *
presync_history_set (PresyncType *type, PresyncTypeRole role, PresyncSpanStyle style,
                     const char *text, double width)
{
  g_autoptr (GPtrArray) prose = presync_prose_new_text (style, text);

  return presync_type_set (type, role, prose, width);
}

static double
presync_history_lines_height (const PresyncLines *lines)
{
  return presync_lines_height (lines, 0, lines->n_lines);
}

double
presync_history_get_height (PresyncType *type, const PresyncChart *chart, double width)
{
  g_autoptr (PresyncLines) line
      = presync_type_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, "2026", width);
  g_autoptr (PresyncLines) title
      = presync_type_set_text (type, PRESYNC_ROLE_HEADING3, PRESYNC_INK_TEXT, "2026", width);
  double height = presync_history_lines_height (title) + 2 * GAP + PLOT + GAP
                  + presync_history_lines_height (line);

  if (chart->note != NULL)
    {
      g_autoptr (PresyncLines) note
          = presync_type_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, chart->note, width);

      height += GAP + presync_history_lines_height (note);
    }
  return height;
}

/* Whole figures at the left, with a faint line each */
static void
presync_history_place_axis (PresyncFlow *self, const PresyncPanel *panel, double x, double y,
                            double width)
{
  guint step = MAX (panel->step, 1);

  for (guint i = 0; i <= panel->most / step; i++)
    {
      guint figure = i * step;
      g_autofree char *text = g_strdup_printf ("%u", figure);
      g_autoptr (PresyncLines) lines = presync_history_set (self->layout->type, PRESYNC_ROLE_SMALL,
                                                            PRESYNC_SPAN_PLAIN, text, AXIS);
      double at = y + PLOT - PLOT * figure / MAX (panel->most, 1);

      presync_flow_field (self, PRESYNC_BOX_RULE, figure == 0 ? PRESYNC_INK_GREY : PRESYNC_INK_LINE,
                          x + AXIS, at - 0.25, width, figure == 0 ? 0.7 : 0.4, 0);
      presync_flow_text (self, lines, 0, 1, x + AXIS - GAP - lines->width,
                         at - presync_lines_height (lines, 0, 1) / 2);
    }
}

static void
presync_history_place_dates (PresyncFlow *self, const PresyncPanel *panel, double x, double y,
                             double width)
{
  g_autoptr (PresyncLines) first = presync_history_set (self->layout->type, PRESYNC_ROLE_SMALL,
                                                        PRESYNC_SPAN_PLAIN, panel->first, width);
  g_autoptr (PresyncLines) last = presync_history_set (self->layout->type, PRESYNC_ROLE_SMALL,
                                                       PRESYNC_SPAN_PLAIN, panel->last, width);
  gboolean both
      = first->width + last->width + GAP <= width && g_strcmp0 (panel->first, panel->last) != 0;

  if (both)
    presync_flow_text (self, first, 0, 1, x, y);
  presync_flow_text (self, last, 0, 1, x + MAX (width - last->width, 0), y);
}

/* Where the words of curve @index stand: at its end, but clear of those of the others */
static void
presync_history_spread (const PresyncPanel *panel, double y, double line, double *tops)
{
  guint n = panel->curves->len;
  g_autofree guint *order = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    {
      const PresyncCurve *curve = g_ptr_array_index (panel->curves, i);
      double end = curve->points->len > 0
                       ? g_array_index (curve->points, double, curve->points->len - 1)
                       : 0;
      guint at = i;

      tops[i] = y + PLOT - PLOT * end - line / 2;
      /* the uppermost first */
      for (; at > 0 && tops[order[at - 1]] > tops[i]; at--)
        order[at] = order[at - 1];
      order[at] = i;
    }
  for (guint i = 1; i < n; i++)
    tops[order[i]] = MAX (tops[order[i]], tops[order[i - 1]] + line);
  /* what was pushed below the plot goes up again, and the others before it */
  for (guint i = n; i-- > 0;)
    {
      double most = i + 1 < n ? tops[order[i + 1]] - line : y + PLOT - line / 2;

      tops[order[i]] = MIN (tops[order[i]], most);
    }
}

static void
presync_history_place_ends (PresyncFlow *self, const PresyncPanel *panel, double x, double y)
{
  g_autofree double *tops = g_new0 (double, panel->curves->len);
  g_autoptr (PresyncLines) any
      = presync_history_set (self->layout->type, PRESYNC_ROLE_SMALL, PRESYNC_SPAN_PLAIN, "0", ENDS);
  double line = presync_lines_height (any, 0, 1);

  presync_history_spread (panel, y, line, tops);
  for (guint i = 0; i < panel->curves->len; i++)
    {
      const PresyncCurve *curve = g_ptr_array_index (panel->curves, i);
      g_autofree char *text = g_strdup_printf ("%u %s", curve->last, curve->title);
      g_autoptr (PresyncLines) lines
          = presync_history_set (self->layout->type, PRESYNC_ROLE_SMALL, PRESYNC_SPAN_PLAIN, text,
                                 ENDS - GAP - SYMBOL_ROOM);

      presync_flow_symbol (self, (int) curve->status, x + GAP, tops[i] + (line - SYMBOL) / 2,
                           SYMBOL);
      lines->ink = PRESYNC_INK_TEXT;
      presync_flow_text (self, lines, 0, 1, x + GAP + SYMBOL_ROOM, tops[i]);
    }
}

static void
presync_history_place_panel (PresyncFlow *self, const PresyncPanel *panel, double x, double width)
{
  g_autoptr (PresyncLines) title = presync_history_set (self->layout->type, PRESYNC_ROLE_HEADING3,
                                                        PRESYNC_SPAN_PLAIN, panel->title, width);
  double y = self->y;
  double plot = width - AXIS - ENDS;

  presync_flow_text (self, title, 0, 1, x, y);
  y += presync_lines_height (title, 0, 1) + 2 * GAP;
  presync_history_place_axis (self, panel, x, y, plot);
  for (guint i = 0; i < panel->curves->len; i++)
    presync_flow_curve (self, g_ptr_array_index (panel->curves, i), x + AXIS, y, plot, PLOT);
  presync_history_place_ends (self, panel, x + AXIS + plot, y);
  presync_history_place_dates (self, panel, x + AXIS, y + PLOT + GAP, plot);
}

void
presync_flow_history (PresyncFlow *self, const PresyncBlock *block)
{
  const PresyncChart *chart = block->chart;
  guint n = MAX (chart->panels->len, 1);
  double width = (self->width - PANEL_GAP * (n - 1)) / n;
  double height = presync_history_get_height (self->layout->type, chart, self->width);

  if (height > presync_flow_room (self) && !presync_flow_at_top (self))
    presync_flow_new_page (self);
  presync_flow_open (self, "Figure", chart->alternate);
  for (guint i = 0; i < chart->panels->len; i++)
    presync_history_place_panel (self, g_ptr_array_index (chart->panels, i),
                                 self->left + i * (width + PANEL_GAP), width);
  if (chart->note != NULL)
    {
      g_autoptr (PresyncLines) note = presync_type_set_text (
          self->layout->type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, chart->note, self->width);

      presync_flow_text (self, note, 0, note->n_lines, self->left,
                         self->y + height - presync_history_lines_height (note));
    }
  presync_flow_close (self, "Figure");
  self->y += height + AFTER;
}
