/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-rows.h"

#include <string.h>

static void
presync_rows_keep_begin (PresyncRowsKeep *self, PresyncFlow *flow, guint index, const guint *placed,
                         guint note_placed)
{
  PresyncBox box = { .kind = PRESYNC_BOX_ROWS };
  gsize size = self->n_columns * sizeof (guint);

  box.rows = g_malloc0 (sizeof (PresyncRowsPage) + size);
  box.rows->block = self->block;
  box.rows->index = index;
  box.rows->y = flow->y;
  box.rows->continued = placed != NULL;
  box.rows->note_placed = note_placed;
  if (placed != NULL)
    memcpy (box.rows->placed, placed, size);
  g_array_append_val (flow->page, box);
  self->page = flow->page;
  g_array_set_size (self->scratch, 0);
  flow->page = self->scratch;
}

PresyncRowsKeep *
presync_rows_keep_new (PresyncFlow *flow, const PresyncBlock *block, guint n_columns)
{
  PresyncRowsKeep *self = g_new0 (PresyncRowsKeep, 1);

  self->scratch = presync_boxes_new ();
  self->block = block;
  self->n_columns = n_columns;
  presync_rows_keep_begin (self, flow, 0, NULL, 0);
  return self;
}

PresyncRowsKeep *
presync_rows_keep_new_page (void)
{
  return g_new0 (PresyncRowsKeep, 1);
}

void
presync_rows_keep_free (PresyncRowsKeep *self)
{
  g_clear_pointer (&self->scratch, g_array_unref);
  g_free (self);
}

gboolean
presync_rows_keep_page (PresyncRowsKeep *self, PresyncFlow *flow, guint index, const guint *placed,
                        guint note_placed)
{
  if (self->scratch == NULL)
    return FALSE;
  presync_flow_new_page (flow);
  presync_rows_keep_begin (self, flow, index, placed, note_placed);
  return TRUE;
}

void
presync_rows_keep_end (PresyncRowsKeep *self, PresyncFlow *flow)
{
  flow->page = self->page;
}

void
presync_layout_set_rows (PresyncLayout *self, const PresyncRowsPage *page, PresyncSetRows *set)
{
  PresyncFlow flow = { .layout = self, .y = page->y, .left = self->margin };
  PresyncTable *table;

  flow.width = self->width - 2 * self->margin;
  flow.page = self->spare != NULL ? g_steal_pointer (&self->spare) : presync_boxes_new ();
  table = g_steal_pointer (&self->last);
  if (table != NULL && presync_table_get_block (table) != page->block)
    g_clear_pointer (&table, presync_table_free);
  if (table == NULL)
    table = presync_table_new (self->type, page->block, flow.width);
  presync_table_place_page (table, &flow, page);
  set->layout = self;
  set->boxes = flow.page;
  set->table = table;
}

void
presync_set_rows_clear (PresyncSetRows *self)
{
  if (self->boxes != NULL)
    {
      g_array_set_size (self->boxes, 0);
      g_clear_pointer (&self->layout->spare, g_array_unref);
      self->layout->spare = g_steal_pointer (&self->boxes);
    }
  if (self->table != NULL)
    {
      g_clear_pointer (&self->layout->last, presync_table_free);
      self->layout->last = g_steal_pointer (&self->table);
    }
}
