/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

static void
presync_scale_cell_free (gpointer data)
{
  PresyncScaleCell *self = data;

  g_free (self->label);
  g_free (self->brief);
  g_free (self->briefest);
  g_free (self);
}

static void
presync_scale_lane_free (gpointer data)
{
  PresyncScaleLane *self = data;

  g_free (self->title);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static void
presync_scale_tick_free (gpointer data)
{
  PresyncScaleTick *self = data;

  g_free (self->label);
  g_free (self);
}

PresyncScale *
presync_scale_new (void)
{
  PresyncScale *self = g_new0 (PresyncScale, 1);

  self->position = -1;
  self->lanes = g_ptr_array_new_with_free_func (presync_scale_lane_free);
  self->ticks = g_ptr_array_new_with_free_func (presync_scale_tick_free);
  return self;
}

void
presync_scale_free (PresyncScale *self)
{
  g_free (self->label);
  g_free (self->caption);
  g_free (self->alternate);
  g_ptr_array_unref (self->lanes);
  g_ptr_array_unref (self->ticks);
  g_free (self);
}

PresyncScaleLane *
presync_scale_add_lane (PresyncScale *self, const char *title)
{
  PresyncScaleLane *lane = g_new0 (PresyncScaleLane, 1);

  lane->title = g_strdup (title);
  lane->cells = g_ptr_array_new_with_free_func (presync_scale_cell_free);
  g_ptr_array_add (self->lanes, lane);
  return lane;
}

PresyncScaleCell *
presync_scale_lane_add_cell (PresyncScaleLane *self, double from, double to, const char *label,
                             const char *brief, const char *briefest)
{
  PresyncScaleCell *cell = g_new0 (PresyncScaleCell, 1);

  cell->from = from;
  cell->to = to;
  cell->label = g_strdup (label);
  cell->brief = g_strdup (brief);
  cell->briefest = g_strdup (briefest);
  g_ptr_array_add (self->cells, cell);
  return cell;
}

void
presync_scale_add_tick (PresyncScale *self, double at, const char *label)
{
  PresyncScaleTick *tick = g_new0 (PresyncScaleTick, 1);

  tick->at = at;
  tick->label = g_strdup (label);
  g_ptr_array_add (self->ticks, tick);
}
