/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

#define GAP 1.0        /* between cells */
#define CELL_PAD 3.0   /* above and below the words of a cell */
#define SIDE 3.0       /* beside them */
#define LANE_GAP 4.0   /* between lanes */
#define TITLE 0.16     /* share of the width that the lanes' titles take */
#define TITLE_GAP 6.0  /* between them and the lanes */
#define MARKER 1.4     /* width of the line at the position */
#define MARKER_TOP 4.0 /* how far it reaches above the lanes */
#define TICK 3.0       /* length of the line above a figure */
#define CAPTION_GAP 4.0
#define AFTER 12.0

/* A lane, set; NULL where there is no text, or none that fits */
typedef struct
{
  PresyncLines *title;
  PresyncLines **cells;
  double height;
} PresyncSetLane;

/* A scale, set: all lines measured, nothing placed; NULL where there is no text */
typedef struct
{
  const PresyncScale *scale;
  double left;  /* where the lanes begin */
  double width; /* of the lanes */
  PresyncLines *caption;
  PresyncLines *label;
  PresyncSetLane *lanes;
  PresyncLines **ticks;
  double tick_height;
  double height;
} PresyncSetScale;

static double
presync_scale_lines_height (const PresyncLines *lines)
{
  return lines != NULL ? presync_lines_height (lines, 0, lines->n_lines) : 0;
}

static PresyncLines *
presync_scale_set_text (PresyncType *type, PresyncTypeRole role, PresyncInk ink, const char *text,
                        double width)
{
  return text != NULL ? presync_type_set_text (type, role, ink, text, width) : NULL;
}

/* (nullable): the longest words of @cell that fit on one line */
static PresyncLines *
presync_scale_set_cell (PresyncType *type, const PresyncScaleCell *cell, double width)
{
  const char *const labels[] = { cell->label, cell->brief, cell->briefest };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (GPtrArray) prose = presync_prose_new_text (
          cell->active ? PRESYNC_SPAN_BOLD : PRESYNC_SPAN_PLAIN, labels[i]);
      PresyncLines *lines = NULL;

      if (labels[i] == NULL)
        return NULL;
      lines = presync_type_set (type, PRESYNC_ROLE_SMALL, prose, G_MAXINT16);
      if (lines->width <= width - GAP - 2 * SIDE)
        return lines;
      presync_lines_unref (lines);
    }
  return NULL;
}

static void
presync_set_lane_init (PresyncSetLane *self, PresyncType *type, const PresyncScaleLane *lane,
                       double title_width, double width)
{
  self->title = presync_scale_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_TEXT, lane->title,
                                        title_width);
  self->height = presync_scale_lines_height (self->title);
  self->cells = g_new0 (PresyncLines *, lane->cells->len + 1);
  for (guint i = 0; i < lane->cells->len; i++)
    {
      const PresyncScaleCell *cell = g_ptr_array_index (lane->cells, i);

      self->cells[i] = presync_scale_set_cell (type, cell, (cell->to - cell->from) * width);
      self->height = MAX (self->height, presync_scale_lines_height (self->cells[i]));
    }
  self->height += 2 * CELL_PAD;
}

static void
presync_set_scale_init (PresyncSetScale *self, PresyncType *type, const PresyncScale *scale,
                        double width)
{
  self->scale = scale;
  self->left = TITLE * width;
  self->width = width - self->left;
  self->caption
      = presync_scale_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, scale->caption, width);
  if (scale->position >= 0)
    self->label = presync_scale_set_text (type, PRESYNC_ROLE_HEADING3, PRESYNC_INK_TEXT,
                                          scale->label, width);
  self->lanes = g_new0 (PresyncSetLane, scale->lanes->len);
  self->ticks = g_new0 (PresyncLines *, scale->ticks->len);
  self->height = presync_scale_lines_height (self->caption) + CAPTION_GAP
                 + presync_scale_lines_height (self->label) + MARKER_TOP;
  for (guint i = 0; i < scale->lanes->len; i++)
    {
      presync_set_lane_init (&self->lanes[i], type, g_ptr_array_index (scale->lanes, i),
                             self->left - TITLE_GAP, self->width);
      self->height += self->lanes[i].height + LANE_GAP;
    }
  for (guint i = 0; i < scale->ticks->len; i++)
    {
      const PresyncScaleTick *tick = g_ptr_array_index (scale->ticks, i);

      self->ticks[i] = presync_scale_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM,
                                               tick->label, width / 4);
      self->tick_height = MAX (self->tick_height, presync_scale_lines_height (self->ticks[i]));
    }
  self->height += TICK + self->tick_height;
}

static void
presync_set_scale_clear (PresyncSetScale *self)
{
  for (guint i = 0; i < self->scale->lanes->len; i++)
    {
      const PresyncScaleLane *lane = g_ptr_array_index (self->scale->lanes, i);

      for (guint j = 0; j < lane->cells->len; j++)
        g_clear_pointer (&self->lanes[i].cells[j], presync_lines_unref);
      g_clear_pointer (&self->lanes[i].title, presync_lines_unref);
      g_free (self->lanes[i].cells);
    }
  for (guint i = 0; i < self->scale->ticks->len; i++)
    g_clear_pointer (&self->ticks[i], presync_lines_unref);
  g_clear_pointer (&self->caption, presync_lines_unref);
  g_clear_pointer (&self->label, presync_lines_unref);
  g_free (self->lanes);
  g_free (self->ticks);
}

double
presync_scale_get_height (PresyncType *type, const PresyncScale *scale, double width)
{
  PresyncSetScale set = { NULL };
  double height;

  presync_set_scale_init (&set, type, scale, width);
  height = set.height;
  presync_set_scale_clear (&set);
  return height;
}

/* Around @x, but not beyond the column. */
static void
presync_flow_centred (PresyncFlow *self, PresyncLines *lines, double x, double y)
{
  double left = CLAMP (x - lines->width / 2, self->left,
                       MAX (self->left, self->left + self->width - lines->width));

  presync_flow_text (self, lines, 0, lines->n_lines, left, y);
}

static void
presync_set_scale_place_lane (const PresyncSetScale *self, PresyncFlow *flow, guint index, double y)
{
  const PresyncScaleLane *lane = g_ptr_array_index (self->scale->lanes, index);
  const PresyncSetLane *set = &self->lanes[index];

  if (set->title != NULL)
    presync_flow_text (flow, set->title, 0, set->title->n_lines, flow->left, y + CELL_PAD);
  for (guint i = 0; i < lane->cells->len; i++)
    {
      const PresyncScaleCell *cell = g_ptr_array_index (lane->cells, i);
      PresyncLines *words = set->cells[i];
      double x = flow->left + self->left + cell->from * self->width;
      double width = (cell->to - cell->from) * self->width - GAP;

      if (width <= 0)
        continue;
      presync_flow_field (flow, PRESYNC_BOX_RULE,
                          cell->active ? PRESYNC_INK_BLUE_TINT : PRESYNC_INK_WASH, x, y, width,
                          set->height, 0);
      /* the colour alone does not tell in print */
      if (cell->active)
        presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_BLUE, x, y + set->height - MARKER,
                            width, MARKER, 0);
      if (words != NULL)
        presync_flow_text (flow, words, 0, words->n_lines, x + (width - words->width) / 2,
                           y + CELL_PAD);
    }
}

static void
presync_set_scale_place_ticks (const PresyncSetScale *self, PresyncFlow *flow, double y)
{
  for (guint i = 0; i < self->scale->ticks->len; i++)
    {
      const PresyncScaleTick *tick = g_ptr_array_index (self->scale->ticks, i);
      double x = flow->left + self->left + tick->at * (self->width - 1);

      presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_GREY, x, y, 1, TICK, 0);
      if (self->ticks[i] != NULL)
        presync_flow_centred (flow, self->ticks[i], x, y + TICK);
    }
}

void
presync_flow_scale (PresyncFlow *self, const PresyncBlock *block)
{
  PresyncSetScale set = { NULL };
  double top;
  double y;

  presync_set_scale_init (&set, self->layout->type, block->scale, self->width);
  if (set.height > presync_flow_room (self) && !presync_flow_at_top (self))
    presync_flow_new_page (self);
  y = self->y;
  presync_flow_open (self, "Figure", block->scale->alternate);
  if (set.caption != NULL)
    presync_flow_text (self, set.caption, 0, set.caption->n_lines, self->left, y);
  y += presync_scale_lines_height (set.caption) + CAPTION_GAP;
  top = y + presync_scale_lines_height (set.label);
  if (set.scale->position >= 0)
    {
      double x = set.left + MIN (set.scale->position, 1) * (set.width - MARKER);

      if (set.label != NULL)
        presync_flow_centred (self, set.label, self->left + x, y);
      /* Behind the lanes: it crosses no words. */
      presync_flow_field (self, PRESYNC_BOX_RULE, PRESYNC_INK_BLUE, self->left + x, top, MARKER,
                          self->y + set.height - set.tick_height - TICK - top, 0);
    }
  y = top + MARKER_TOP;
  for (guint i = 0; i < set.scale->lanes->len; i++)
    {
      presync_set_scale_place_lane (&set, self, i, y);
      y += set.lanes[i].height + LANE_GAP;
    }
  presync_set_scale_place_ticks (&set, self, y);
  presync_flow_close (self, "Figure");
  self->y += set.height + AFTER;
  presync_set_scale_clear (&set);
}
