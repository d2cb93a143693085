/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/chart.h"

const PresyncStatus presync_chart_order[PRESYNC_N_STATUSES] = {
  PRESYNC_STATUS_MET,          PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE,
  PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_NOT_APPLICABLE,
};

static void
presync_bar_free (gpointer data)
{
  PresyncBar *self = data;

  g_free (self->title);
  g_free (self);
}

static void
presync_map_node_free (gpointer data)
{
  PresyncMapNode *self = data;

  g_free (self->name);
  g_free (self->detail);
  g_free (self);
}

static void
presync_curve_free (gpointer data)
{
  PresyncCurve *self = data;

  g_free (self->title);
  g_array_unref (self->points);
  g_free (self);
}

static void
presync_panel_free (gpointer data)
{
  PresyncPanel *self = data;

  g_free (self->title);
  g_ptr_array_unref (self->curves);
  g_free (self->first);
  g_free (self->last);
  g_free (self);
}

PresyncChart *
presync_chart_new (void)
{
  PresyncChart *self = g_new0 (PresyncChart, 1);

  self->bars = g_ptr_array_new_with_free_func (presync_bar_free);
  self->nodes = g_ptr_array_new_with_free_func (presync_map_node_free);
  self->panels = g_ptr_array_new_with_free_func (presync_panel_free);
  return self;
}

void
presync_chart_free (PresyncChart *self)
{
  g_free (self->title);
  g_free (self->note);
  g_free (self->alternate);
  g_ptr_array_unref (self->bars);
  g_ptr_array_unref (self->nodes);
  g_ptr_array_unref (self->panels);
  g_free (self);
}

PresyncBar *
presync_chart_add_bar (PresyncChart *self, const char *title)
{
  PresyncBar *bar = g_new0 (PresyncBar, 1);

  bar->title = g_strdup (title);
  g_ptr_array_add (self->bars, bar);
  return bar;
}

PresyncMapNode *
presync_chart_add_node (PresyncChart *self, PresyncPlace place, PresyncStatus status,
                        const char *name, const char *detail)
{
  PresyncMapNode *node = g_new0 (PresyncMapNode, 1);

  node->place = place;
  node->status = status;
  node->name = g_strdup (name);
  node->detail = g_strdup (detail);
  g_ptr_array_add (self->nodes, node);
  return node;
}

PresyncPanel *
presync_chart_add_panel (PresyncChart *self, const char *title)
{
  PresyncPanel *panel = g_new0 (PresyncPanel, 1);

  panel->title = g_strdup (title);
  panel->curves = g_ptr_array_new_with_free_func (presync_curve_free);
  g_ptr_array_add (self->panels, panel);
  return panel;
}

PresyncCurve *
presync_panel_add_curve (PresyncPanel *self, PresyncStatus status, const char *title)
{
  PresyncCurve *curve = g_new0 (PresyncCurve, 1);

  curve->title = g_strdup (title);
  curve->status = status;
  curve->points = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (self->curves, curve);
  return curve;
}

void
presync_curve_add_point (PresyncCurve *self, double x, double y)
{
  g_array_append_val (self->points, x);
  g_array_append_val (self->points, y);
}
