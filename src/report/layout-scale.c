/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

#define GAP 1.0        /* between steps */
#define STEP_PAD 4.0   /* above and below a step's label */
#define LIMIT_PAD 2.6  /* likewise of a limit */
#define LIMIT_GAP 3.0  /* between limits */
#define SIDE 5.0       /* beside a label */
#define MARKER 1.4     /* width of the line at the position */
#define MARKER_TOP 4.0 /* how far it reaches above the steps */
#define CAPTION_GAP 4.0
#define AFTER 12.0
#define LEAST_LABEL 60.0

/* A scale, set: all lines measured, nothing placed; NULL where there is no text */
typedef struct
{
  const PresyncScale *scale;
  PresyncLines *caption;
  PresyncLines *label;
  PresyncLines **steps;
  PresyncLines **figures;
  PresyncLines **limits;
  double step_height;
  double figure_height;
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

/* The label of a limit and its figure on one line */
static PresyncLines *
presync_scale_set_limit (PresyncType *type, const PresyncScaleSpan *span, double width)
{
  g_autoptr (GPtrArray) prose = presync_prose_new ();

  presync_prose_add (prose, PRESYNC_SPAN_BOLD, span->figure);
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, span->figure != NULL ? "  " : NULL);
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, span->label);
  return presync_type_set (type, PRESYNC_ROLE_SMALL, prose, width);
}

static void
presync_set_scale_init (PresyncSetScale *self, PresyncType *type, const PresyncScale *scale,
                        double width)
{
  self->scale = scale;
  self->caption
      = presync_scale_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, scale->caption, width);
  if (scale->position >= 0)
    self->label = presync_scale_set_text (type, PRESYNC_ROLE_HEADING3, PRESYNC_INK_TEXT,
                                          scale->label, width);
  self->steps = g_new0 (PresyncLines *, scale->steps->len + 1);
  self->figures = g_new0 (PresyncLines *, scale->steps->len + 1);
  self->limits = g_new0 (PresyncLines *, scale->limits->len + 1);
  for (guint i = 0; i < scale->steps->len; i++)
    {
      const PresyncScaleSpan *span = g_ptr_array_index (scale->steps, i);

      self->steps[i] = presync_scale_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_TEXT,
                                               span->label, (span->to - span->from) * width - 4);
      self->figures[i] = presync_scale_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM,
                                                 span->figure, width / 4);
      self->step_height = MAX (self->step_height, presync_scale_lines_height (self->steps[i]));
      self->figure_height
          = MAX (self->figure_height, presync_scale_lines_height (self->figures[i]));
    }
  self->step_height += 2 * STEP_PAD;
  self->height = presync_scale_lines_height (self->caption) + CAPTION_GAP
                 + presync_scale_lines_height (self->label) + MARKER_TOP + self->step_height + 2
                 + self->figure_height + LIMIT_GAP;
  for (guint i = 0; i < scale->limits->len; i++)
    {
      const PresyncScaleSpan *span = g_ptr_array_index (scale->limits, i);

      self->limits[i]
          = presync_scale_set_limit (type, span, MAX (span->to * width - 2 * SIDE, LEAST_LABEL));
      self->height += presync_scale_lines_height (self->limits[i]) + 2 * LIMIT_PAD + LIMIT_GAP;
    }
}

static void
presync_set_scale_clear (PresyncSetScale *self)
{
  for (guint i = 0; i < self->scale->steps->len; i++)
    {
      g_clear_pointer (&self->steps[i], presync_lines_unref);
      g_clear_pointer (&self->figures[i], presync_lines_unref);
    }
  for (guint i = 0; i < self->scale->limits->len; i++)
    g_clear_pointer (&self->limits[i], presync_lines_unref);
  g_clear_pointer (&self->caption, presync_lines_unref);
  g_clear_pointer (&self->label, presync_lines_unref);
  g_free (self->steps);
  g_free (self->figures);
  g_free (self->limits);
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

/* Around @x, but not beyond the column. Returns: where it ends */
static double
presync_flow_centred (PresyncFlow *self, PresyncLines *lines, double x, double y)
{
  double left = CLAMP (x - lines->width / 2, self->left,
                       MAX (self->left, self->left + self->width - lines->width));

  presync_flow_text (self, lines, 0, lines->n_lines, left, y);
  return left + lines->width;
}

static void
presync_set_scale_place_steps (const PresyncSetScale *self, PresyncFlow *flow, double y)
{
  double end = flow->left;

  for (guint i = 0; i < self->scale->steps->len; i++)
    {
      const PresyncScaleSpan *span = g_ptr_array_index (self->scale->steps, i);
      double x = flow->left + span->from * flow->width;
      double width = (span->to - span->from) * flow->width - GAP;
      PresyncLines *figure = self->figures[i];

      presync_flow_field (flow, PRESYNC_BOX_RULE,
                          span->other ? PRESYNC_INK_BLUE_TINT : PRESYNC_INK_GREEN_TINT, x, y, width,
                          self->step_height, 0);
      if (self->steps[i] != NULL)
        presync_flow_text (flow, self->steps[i], 0, self->steps[i]->n_lines,
                           x + MAX ((width - self->steps[i]->width) / 2, 1), y + STEP_PAD);
      /* a figure that has no room beside the one before it is told by the table */
      if (figure != NULL && (i == 0 || x - figure->width / 2 > end + 2))
        end = presync_flow_centred (flow, figure, x, y + self->step_height + 2);
    }
}

/* Each limit is a bar that ends where it lies; the marker does not cross its words. */
static void
presync_set_scale_place_limit (const PresyncSetScale *self, PresyncFlow *flow, guint index,
                               double y)
{
  const PresyncScaleSpan *span = g_ptr_array_index (self->scale->limits, index);
  PresyncLines *lines = self->limits[index];
  double width = span->to * flow->width;
  double marker = self->scale->position * flow->width;
  double x = SIDE;

  if (marker >= 0 && marker < x + lines->width + SIDE && marker + SIDE + lines->width < width)
    x = MAX (marker + SIDE, width - SIDE - lines->width);
  presync_flow_field (flow, PRESYNC_BOX_RULE,
                      span->other ? PRESYNC_INK_WASH : PRESYNC_INK_GREEN_TINT, flow->left, y, width,
                      presync_scale_lines_height (lines) + 2 * LIMIT_PAD, 0);
  presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_GREY, flow->left + width - 1, y, 1,
                      presync_scale_lines_height (lines) + 2 * LIMIT_PAD, 0);
  presync_flow_text (flow, lines, 0, lines->n_lines, flow->left + x, y + LIMIT_PAD);
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
  if (set.label != NULL)
    presync_flow_centred (self, set.label, self->left + set.scale->position * self->width, y);
  y += presync_scale_lines_height (set.label) + MARKER_TOP;
  top = y - MARKER_TOP;
  presync_set_scale_place_steps (&set, self, y);
  y += set.step_height + 2 + set.figure_height + LIMIT_GAP;
  for (guint i = 0; i < set.scale->limits->len; i++)
    {
      presync_set_scale_place_limit (&set, self, i, y);
      y += presync_scale_lines_height (set.limits[i]) + 2 * LIMIT_PAD + LIMIT_GAP;
    }
  if (set.scale->position >= 0)
    presync_flow_field (self, PRESYNC_BOX_RULE, PRESYNC_INK_TEXT,
                        self->left + MIN (set.scale->position, 1) * (self->width - MARKER), top,
                        MARKER, y - LIMIT_GAP - top, 0);
  presync_flow_close (self, "Figure");
  self->y = y + AFTER;
  presync_set_scale_clear (&set);
}
