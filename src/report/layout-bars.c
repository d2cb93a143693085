/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

/* Bars per section: what each symbol means, then a row for each section with its name, a bar whose
 * length is the number of requirements that apply, and the figures in columns */

#define TITLE 0.30   /* share of the width of the names */
#define FIGURES 0.34 /* of the figures */
#define BAR 9.0      /* height of a bar */
#define MORE 2.0     /* how much higher the part is that blocks */
#define ROW 14.5
#define PAD 4.0
#define SYMBOL 8.5
#define SYMBOL_ROOM 12.0
#define KEY_GAP 14.0
#define BETWEEN 1.0 /* between the parts of a bar */
#define AFTER 14.0

typedef struct
{
  PresyncLines *title;
  PresyncLines *figures[PRESYNC_N_STATUSES]; /* by status; NULL where nothing counts it */
  double height;
} PresyncSetBar;

typedef struct
{
  const PresyncChart *chart;
  double width;
  PresyncLines *keys[PRESYNC_N_STATUSES]; /* in the order of the chart; NULL if there is none */
  double key_x[PRESYNC_N_STATUSES];
  double key_y[PRESYNC_N_STATUSES];
  double key_height;
  guint n_columns;
  guint most; /* of one bar */
  PresyncSetBar *bars;
  double height;
} PresyncSetBars;

static guint
presync_bar_get_length (const PresyncBar *bar)
{
  guint n = 0;

  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    if (i != PRESYNC_STATUS_NOT_APPLICABLE)
      n += bar->counts[i];
  return n;
}

/* Symbols and words, in as many lines as it takes */
static void
presync_set_bars_set_keys (PresyncSetBars *self, PresyncType *type)
{
  double x = 0;
  double y = 0;
  double line = ROW;

  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    {
      PresyncStatus status = presync_chart_order[i];
      guint n = 0;
      double width;

      for (guint j = 0; j < self->chart->bars->len; j++)
        n += ((const PresyncBar *) g_ptr_array_index (self->chart->bars, j))->counts[status];
      if (n == 0)
        continue;
      self->n_columns++;
      self->keys[i]
          = presync_type_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_TEXT,
                                   presync_status_title (status), self->width - SYMBOL_ROOM);
      width = SYMBOL_ROOM + self->keys[i]->width + KEY_GAP;
      if (x > 0 && x + width - KEY_GAP > self->width)
        {
          x = 0;
          y += line;
        }
      self->key_x[i] = x;
      self->key_y[i] = y;
      x += width;
    }
  self->key_height = self->n_columns > 0 ? y + line + PAD : 0;
}

static void
presync_set_bars_init (PresyncSetBars *self, PresyncType *type, const PresyncChart *chart,
                       double width)
{
  self->chart = chart;
  self->width = width;
  presync_set_bars_set_keys (self, type);
  self->height = self->key_height;
  self->bars = g_new0 (PresyncSetBar, chart->bars->len);
  for (guint i = 0; i < chart->bars->len; i++)
    {
      const PresyncBar *bar = g_ptr_array_index (chart->bars, i);
      PresyncSetBar *set = &self->bars[i];
      g_autoptr (GPtrArray) title = presync_prose_new_text (
          bar->total ? PRESYNC_SPAN_BOLD : PRESYNC_SPAN_PLAIN, bar->title);

      set->title = presync_type_set (type, PRESYNC_ROLE_CELL, title, TITLE * width - PAD);
      set->height = MAX (ROW, presync_lines_height (set->title, 0, set->title->n_lines) + PAD);
      if (bar->total && i > 0)
        set->height += PAD;
      for (guint j = 0; j < PRESYNC_N_STATUSES; j++)
        {
          g_autofree char *text = g_strdup_printf ("%u", bar->counts[j]);
          g_autoptr (GPtrArray) prose = presync_prose_new_text (
              bar->counts[j] == 0 ? PRESYNC_SPAN_DIM
                                  : (bar->total ? PRESYNC_SPAN_BOLD : PRESYNC_SPAN_PLAIN),
              bar->counts[j] == 0 ? "–" : text);

          set->figures[j] = presync_type_set (type, PRESYNC_ROLE_CELL, prose, 60);
        }
      if (!bar->total)
        self->most = MAX (self->most, presync_bar_get_length (bar));
      self->height += set->height;
    }
}

static void
presync_set_bars_clear (PresyncSetBars *self)
{
  for (guint i = 0; i < self->chart->bars->len; i++)
    {
      presync_lines_unref (self->bars[i].title);
      for (guint j = 0; j < PRESYNC_N_STATUSES; j++)
        presync_lines_unref (self->bars[i].figures[j]);
    }
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    g_clear_pointer (&self->keys[i], presync_lines_unref);
  g_free (self->bars);
}

double
presync_bars_get_height (PresyncType *type, const PresyncChart *chart, double width)
{
  PresyncSetBars set = { NULL };
  double height;

  presync_set_bars_init (&set, type, chart, width);
  height = set.height;
  presync_set_bars_clear (&set);
  return height;
}

static void
presync_set_bars_place_keys (const PresyncSetBars *self, PresyncFlow *flow)
{
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    {
      double x = flow->left + self->key_x[i];
      double y = flow->y + self->key_y[i];

      if (self->keys[i] == NULL)
        continue;
      presync_flow_symbol (flow, (int) presync_chart_order[i], x,
                           y + (presync_lines_height (self->keys[i], 0, 1) - SYMBOL) / 2, SYMBOL);
      presync_flow_text (flow, self->keys[i], 0, self->keys[i]->n_lines, x + SYMBOL_ROOM, y);
    }
}

static void
presync_set_bars_place_bar (const PresyncSetBars *self, PresyncFlow *flow, const PresyncBar *bar,
                            double middle)
{
  double x = flow->left + TITLE * self->width;
  double unit = (1 - TITLE - FIGURES) * self->width / MAX (self->most, 1);

  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    {
      PresyncStatus status = presync_chart_order[i];
      double height = BAR + (status == PRESYNC_STATUS_NOT_MET ? MORE : 0);
      double width = bar->counts[status] * unit;

      if (status == PRESYNC_STATUS_NOT_APPLICABLE || bar->counts[status] == 0)
        continue;
      presync_flow_share (flow, status, x, middle - height / 2, MAX (width - BETWEEN, 0.6), height);
      x += width;
    }
}

static void
presync_set_bars_place_row (const PresyncSetBars *self, PresyncFlow *flow, guint index)
{
  const PresyncBar *bar = g_ptr_array_index (self->chart->bars, index);
  const PresyncSetBar *set = &self->bars[index];
  double title = presync_lines_height (set->title, 0, set->title->n_lines);
  double top = flow->y + (bar->total && index > 0 ? PAD : 0);
  double height = flow->y + set->height - top;
  double column = FIGURES * self->width / MAX (self->n_columns, 1);
  double x = flow->left + (1 - FIGURES) * self->width;

  if (bar->total)
    presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_WASH, flow->left, top, self->width,
                        height, 0);
  presync_flow_text (flow, set->title, 0, set->title->n_lines, flow->left + PAD,
                     top + (height - title) / 2);
  if (!bar->total)
    presync_set_bars_place_bar (self, flow, bar, top + height / 2);
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    {
      PresyncStatus status = presync_chart_order[i];
      PresyncLines *figure = set->figures[status];
      double line = presync_lines_height (figure, 0, 1);

      if (self->keys[i] == NULL)
        continue;
      x += column;
      /* of the sum, the symbol heads the column */
      if (bar->total)
        presync_flow_symbol (flow, (int) status, x - PAD - figure->width - SYMBOL - 2.5,
                             top + (height - SYMBOL) / 2, SYMBOL);
      presync_flow_text (flow, figure, 0, 1, x - PAD - figure->width, top + (height - line) / 2);
    }
  presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_LINE, flow->left,
                      flow->y + set->height - 0.4, self->width, 0.4, 0);
  flow->y += set->height;
}

void
presync_flow_bars (PresyncFlow *self, const PresyncBlock *block)
{
  PresyncSetBars set = { NULL };

  presync_set_bars_init (&set, self->layout->type, block->chart, self->width);
  if (set.height > presync_flow_room (self) && !presync_flow_at_top (self))
    presync_flow_new_page (self);
  presync_flow_open (self, "Figure", block->chart->alternate);
  presync_set_bars_place_keys (&set, self);
  self->y += set.key_height;
  for (guint i = 0; i < block->chart->bars->len; i++)
    presync_set_bars_place_row (&set, self, i);
  presync_flow_close (self, "Figure");
  self->y += AFTER;
  presync_set_bars_clear (&set);
}
