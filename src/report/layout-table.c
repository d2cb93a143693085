/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

#include <glib/gi18n.h>

#define PAD_X 6.0
#define PAD_Y 3.6
#define NOTE_GAP 2.0
#define SYMBOL 8.5
#define SYMBOL_ROOM 12.5
#define BAR 2.5
/* A row that is higher than this part of a page may be split; a lower one moves as a whole. */
#define WHOLE_ROW 0.4
/* Of a row that is split at least this much stands on the first page */
#define FIRST_PIECE 48.0

/* A row as it is set: how many lines of each cell are placed already */
typedef struct
{
  const PresyncRow *row;
  PresyncLines **cells;
  guint *placed;
  PresyncLines *note;
  guint note_placed;
  double cells_height;
  double height;
} PresyncSetRow;

struct _PresyncTable
{
  const PresyncBlock *block;
  guint n_columns;
  double width;
  double *x; /* of each column, from the left of the table; one more for its end */
  PresyncLines **head;
  double head_height;
  PresyncLines *continued;
  PresyncSetRow *rows;
  guint n_rows;
};

static double
presync_table_cell_x (const PresyncTable *self, const PresyncRow *row, guint column)
{
  const PresyncCell *cell = g_ptr_array_index (row->cells, column);

  return self->x[column] + PAD_X + cell->indent + (cell->status >= 0 ? SYMBOL_ROOM : 0);
}

static void
presync_table_set_row (PresyncTable *self, PresyncType *type, const PresyncRow *row,
                       PresyncSetRow *set)
{
  g_assert (row->cells->len == self->n_columns);
  set->row = row;
  set->cells = g_new0 (PresyncLines *, self->n_columns);
  set->placed = g_new0 (guint, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const PresyncCell *cell = g_ptr_array_index (row->cells, i);
      double x = presync_table_cell_x (self, row, i);

      set->cells[i] = presync_type_set (type, PRESYNC_ROLE_CELL, cell->prose,
                                        self->x[i + 1] - x - (i + 1 < self->n_columns ? 2 : PAD_X));
      set->cells_height = MAX (set->cells_height,
                               presync_lines_height (set->cells[i], 0, set->cells[i]->n_lines));
    }
  set->height = 2 * PAD_Y + set->cells_height;
  if (row->note != NULL && row->note->len > 0)
    {
      double x = presync_table_cell_x (self, row, self->block->note_column);

      set->note = presync_type_set (type, PRESYNC_ROLE_CELL, row->note, self->width - x - PAD_X);
      set->height += NOTE_GAP + presync_lines_height (set->note, 0, set->note->n_lines);
    }
}

static void
presync_table_set_head (PresyncTable *self, PresyncType *type)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const PresyncColumn *column = g_ptr_array_index (self->block->columns, i);
      g_autoptr (GPtrArray) prose = NULL;

      if (column->title == NULL)
        continue;
      prose = presync_prose_new_text (PRESYNC_SPAN_BOLD, column->title);
      self->head[i] = presync_type_set (type, PRESYNC_ROLE_SMALL, prose,
                                        self->x[i + 1] - self->x[i] - PAD_X - 2);
      self->head_height
          = MAX (self->head_height,
                 2 * PAD_Y + presync_lines_height (self->head[i], 0, self->head[i]->n_lines));
    }
  if (self->block->title != NULL)
    {
      /* Translators: above the rest of a table on the next page, "Accounts, continued" */
      g_autofree char *text = g_strdup_printf (_ ("%s, continued"), self->block->title);

      self->continued
          = presync_type_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, text, self->width);
    }
}

PresyncTable *
presync_table_new (PresyncType *type, const PresyncBlock *block, double width)
{
  PresyncTable *self = g_new0 (PresyncTable, 1);
  double shares = 0;
  double x = 0;

  self->block = block;
  self->width = width;
  self->n_columns = block->columns->len;
  self->n_rows = block->children->len;
  self->x = g_new0 (double, self->n_columns + 1);
  self->head = g_new0 (PresyncLines *, self->n_columns);
  self->rows = g_new0 (PresyncSetRow, self->n_rows);
  for (guint i = 0; i < self->n_columns; i++)
    shares += ((PresyncColumn *) g_ptr_array_index (block->columns, i))->share;
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->x[i] = x;
      x += width * ((PresyncColumn *) g_ptr_array_index (block->columns, i))->share / shares;
    }
  self->x[self->n_columns] = width;
  presync_table_set_head (self, type);
  for (guint i = 0; i < self->n_rows; i++)
    presync_table_set_row (self, type, g_ptr_array_index (block->children, i), &self->rows[i]);
  return self;
}

void
presync_table_free (PresyncTable *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      PresyncSetRow *row = &self->rows[i];

      for (guint j = 0; j < self->n_columns; j++)
        g_clear_pointer (&row->cells[j], presync_lines_unref);
      g_clear_pointer (&row->note, presync_lines_unref);
      g_free (row->cells);
      g_free (row->placed);
    }
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_pointer (&self->head[i], presync_lines_unref);
  g_clear_pointer (&self->continued, presync_lines_unref);
  g_free (self->rows);
  g_free (self->head);
  g_free (self->x);
  g_free (self);
}

/* What must find room so that row @index may begin: the row, or its first piece if it may be
 * split; of one that heads others also the next */
static double
presync_table_get_row_start (const PresyncTable *self, guint index, double page_height)
{
  double height = 0;

  for (guint i = index; i < self->n_rows; i++)
    {
      const PresyncSetRow *row = &self->rows[i];

      height += row->height <= page_height * WHOLE_ROW ? row->height : FIRST_PIECE;
      if (!row->row->group)
        break;
    }
  return MIN (height, page_height - self->head_height - 20);
}

double
presync_table_get_start_height (const PresyncTable *self, double page_height)
{
  return self->head_height + presync_table_get_row_start (self, 0, page_height);
}

/* A head on a page where the table goes on is not part of the structure: a screen reader reads the
 * table as one. */
static void
presync_table_place_head (PresyncTable *self, PresyncFlow *flow, gboolean first)
{
  double end = flow->y + self->head_height;

  if (self->head_height <= 0 && (first || self->continued == NULL))
    return;
  presync_flow_open (flow, first ? "TR" : "Private", NULL);
  if (!first && self->continued != NULL)
    {
      presync_flow_text (flow, self->continued, 0, 1, flow->left + PAD_X, flow->y);
      flow->y += presync_lines_height (self->continued, 0, 1) + 2;
      end = flow->y + self->head_height;
    }
  for (guint i = 0; i < self->n_columns && self->head_height > 0; i++)
    {
      if (first)
        presync_flow_open (flow, "TH", NULL);
      if (i == 0)
        presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_GREY, flow->left, end - 0.7,
                            self->width, 0.7, 0);
      if (self->head[i] != NULL)
        presync_flow_text (flow, self->head[i], 0, self->head[i]->n_lines,
                           flow->left + self->x[i] + PAD_X, flow->y + PAD_Y);
      if (first)
        presync_flow_close (flow, "TH");
    }
  presync_flow_close (flow, first ? "TR" : "Private");
  flow->y = end;
}

/* How many lines of each cell and of the note the next piece of a row holds */
typedef struct
{
  guint *n;
  guint note;
  double cells_height;
  double height;
  gboolean last;
} PresyncPiece;

static void
presync_table_measure_piece (const PresyncTable *self, const PresyncSetRow *row, double room,
                             gboolean force, PresyncPiece *piece)
{
  piece->last = TRUE;
  piece->cells_height = 0;
  for (guint i = 0; i < self->n_columns; i++)
    {
      const PresyncLines *lines = row->cells[i];

      piece->n[i] = presync_lines_fit (lines, row->placed[i], room);
      if (piece->n[i] == 0 && force && row->placed[i] < lines->n_lines)
        piece->n[i] = 1;
      piece->cells_height
          = MAX (piece->cells_height, presync_lines_height (lines, row->placed[i], piece->n[i]));
      if (row->placed[i] + piece->n[i] < lines->n_lines)
        piece->last = FALSE;
    }
  piece->note = 0;
  piece->height = piece->cells_height;
  if (piece->last && row->note != NULL)
    {
      double gap = piece->cells_height > 0 ? NOTE_GAP : 0;

      piece->note
          = presync_lines_fit (row->note, row->note_placed, room - piece->cells_height - gap);
      if (piece->note == 0 && force && piece->cells_height <= 0)
        piece->note = 1;
      if (piece->note > 0)
        piece->height += gap + presync_lines_height (row->note, row->note_placed, piece->note);
      piece->last = row->note_placed + piece->note >= row->note->n_lines;
    }
}

static void
presync_table_place_cell (PresyncTable *self, PresyncFlow *flow, PresyncSetRow *row, guint column,
                          const PresyncPiece *piece)
{
  const PresyncCell *cell = g_ptr_array_index (row->row->cells, column);
  double x = flow->left + presync_table_cell_x (self, row->row, column);
  double y = flow->y + PAD_Y;

  if (cell->status >= 0 && row->placed[column] == 0 && piece->n[column] > 0)
    presync_flow_symbol (flow, cell->status, x - SYMBOL_ROOM,
                         y + presync_lines_height (row->cells[column], 0, 1) / 2 - SYMBOL / 2,
                         SYMBOL);
  if (piece->n[column] > 0)
    presync_flow_text (flow, row->cells[column], row->placed[column], piece->n[column], x, y);
  row->placed[column] += piece->n[column];
  if (column == self->block->note_column && piece->note > 0)
    {
      double gap = piece->cells_height > 0 ? NOTE_GAP : 0;

      presync_flow_text (flow, row->note, row->note_placed, piece->note, x,
                         y + piece->cells_height + gap);
      row->note_placed += piece->note;
    }
}

/* What lies behind and below a row */
static void
presync_table_place_ground (PresyncTable *self, PresyncFlow *flow, const PresyncSetRow *row,
                            double height, gboolean last)
{
  if (row->row->group)
    presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_WASH, flow->left, flow->y, self->width,
                        height, 0);
  if (row->row->marked)
    presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_BLUE, flow->left, flow->y, BAR, height,
                        0);
  if (last)
    presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_LINE, flow->left,
                        flow->y + height - 0.5, self->width, 0.5, 0);
}

static void
presync_table_place_piece (PresyncTable *self, PresyncFlow *flow, PresyncSetRow *row,
                           const PresyncPiece *piece)
{
  double height = piece->height + 2 * PAD_Y;

  /* each piece is a row of the structure: a tag cannot be opened again on the next page */
  presync_flow_open (flow, "TR", NULL);
  for (guint i = 0; i < self->n_columns; i++)
    {
      presync_flow_open (flow, "TD", NULL);
      if (i == 0)
        presync_table_place_ground (self, flow, row, height, piece->last);
      presync_table_place_cell (self, flow, row, i, piece);
      presync_flow_close (flow, "TD");
    }
  presync_flow_close (flow, "TR");
  flow->y += height;
}

static void
presync_table_next_page (PresyncTable *self, PresyncFlow *flow)
{
  presync_flow_new_page (flow);
  presync_table_place_head (self, flow, FALSE);
}

static void
presync_table_place_row (PresyncTable *self, PresyncFlow *flow, guint index)
{
  double page_height = flow->layout->bottom - flow->layout->top;
  PresyncSetRow *row = &self->rows[index];
  g_autofree guint *n = g_new0 (guint, self->n_columns);
  PresyncPiece piece = { .n = n };
  gboolean fresh = FALSE;

  if (presync_table_get_row_start (self, index, page_height) > presync_flow_room (flow))
    {
      presync_table_next_page (self, flow);
      fresh = TRUE;
    }
  if (row->row->anchor != NULL)
    presync_flow_anchor (flow, row->row->anchor, row->row->outline, flow->outline_level + 1);
  do
    {
      presync_table_measure_piece (self, row, presync_flow_room (flow) - 2 * PAD_Y, fresh, &piece);
      if (piece.height > 0 || piece.last)
        presync_table_place_piece (self, flow, row, &piece);
      if (!piece.last)
        presync_table_next_page (self, flow);
      fresh = TRUE;
    }
  while (!piece.last);
}

void
presync_table_place (PresyncTable *self, PresyncFlow *flow)
{
  double page_height = flow->layout->bottom - flow->layout->top;

  if (!presync_flow_at_top (flow)
      && presync_table_get_start_height (self, page_height) > presync_flow_room (flow))
    presync_flow_new_page (flow);
  presync_flow_open (flow, "Table", NULL);
  presync_table_place_head (self, flow, TRUE);
  for (guint i = 0; i < self->n_rows; i++)
    presync_table_place_row (self, flow, i);
  presync_flow_close (flow, "Table");
  flow->y += 10;
}
