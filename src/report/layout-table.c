/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-rows.h"

#include <string.h>
#include <glib/gi18n.h>

#define PAD_X 6.0
#define PAD_Y 3.6
#define NOTE_GAP 2.0
#define SYMBOL 8.5
#define SYMBOL_ROOM 12.5
#define BAR 2.5
/* A row that is higher than this part of a page may be split; a lower one moves as a whole. */
#define WHOLE_ROW 0.4
/* Of the head: it stands on each page */
#define MOST_HEAD_LINES 4
/* Of a row that is split at least this much stands on the first page */
#define FIRST_PIECE 48.0
/* Rows that are set before the cancellable is asked again */
#define ROWS_AT_ONCE 256

/* A row as it is set: how many lines of each cell are placed already; @made: by a source */
typedef struct
{
  const PresyncRow *row;
  PresyncRow *made;
  PresyncLines **cells;
  PresyncLines **badges; /* NULL where there is none; they stand on the page of the first line */
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
  PresyncType *type;
  GQueue rows; /* (element-type PresyncSetRow): those that are set, from row @first_row on */
  guint first_row;
  guint n_rows;
  GArray *grounds;       /* (element-type PresyncBox): of the rows on this page */
  guint grounds_at;      /* where they go on it: before the rows */
  PresyncRowsKeep *keep; /* (nullable): rows are not placed for good: see layout-rows.c */
};

static double
presync_table_cell_x (const PresyncTable *self, const PresyncRow *row, guint column)
{
  const PresyncCell *cell = g_ptr_array_index (row->cells, column);

  return self->x[column] + PAD_X + cell->indent + (cell->status >= 0 ? SYMBOL_ROOM : 0);
}

static PresyncSetRow *
presync_table_set_row (PresyncTable *self, const PresyncRow *row)
{
  PresyncSetRow *set = g_new0 (PresyncSetRow, 1);

  g_assert (row->cells->len == self->n_columns);
  set->row = row;
  set->cells = g_new0 (PresyncLines *, self->n_columns);
  set->badges = g_new0 (PresyncLines *, self->n_columns);
  set->placed = g_new0 (guint, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const PresyncCell *cell = g_ptr_array_index (row->cells, i);
      double x = presync_table_cell_x (self, row, i);
      double width = self->x[i + 1] - x - (i + 1 < self->n_columns ? 2 : PAD_X);

      set->cells[i] = presync_type_set (self->type, PRESYNC_ROLE_CELL, cell->prose, width);
      set->badges[i] = presync_badge_set (self->type, cell->badge, width);
      set->cells_height
          = MAX (set->cells_height, presync_lines_height (set->cells[i], 0, set->cells[i]->n_lines)
                                        + presync_badge_get_height (set->badges[i]));
    }
  set->height = 2 * PAD_Y + set->cells_height;
  if (row->note != NULL && row->note->len > 0)
    {
      double x = presync_table_cell_x (self, row, self->block->note_column);

      set->note
          = presync_type_set (self->type, PRESYNC_ROLE_CELL, row->note, self->width - x - PAD_X);
      set->height += NOTE_GAP + presync_lines_height (set->note, 0, set->note->n_lines);
    }
  return set;
}

static void
presync_table_free_row (PresyncTable *self, PresyncSetRow *row)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_clear_pointer (&row->cells[i], presync_lines_unref);
      g_clear_pointer (&row->badges[i], presync_lines_unref);
    }
  g_clear_pointer (&row->note, presync_lines_unref);
  g_clear_pointer (&row->made, presync_row_free);
  g_free (row->cells);
  g_free (row->badges);
  g_free (row->placed);
  g_free (row);
}

/* Row @index, which is not before one that was dropped */
static PresyncSetRow *
presync_table_get_row (PresyncTable *self, guint index)
{
  const PresyncRowSource *source = self->block->source;

  while (self->first_row + self->rows.length <= index)
    {
      guint next = self->first_row + self->rows.length;
      PresyncRow *made = NULL;
      PresyncSetRow *row;

      if (source != NULL)
        {
          made = presync_row_new ();
          source->fill (made, next, source->data);
        }
      row = presync_table_set_row (
          self, made != NULL ? made : g_ptr_array_index (self->block->children, next));
      row->made = made;
      g_queue_push_tail (&self->rows, row);
    }
  return g_queue_peek_nth (&self->rows, index - self->first_row);
}

/* Forgets the rows before @index: they are placed */
static void
presync_table_drop_rows (PresyncTable *self, guint index)
{
  while (self->first_row < index && !g_queue_is_empty (&self->rows))
    {
      presync_table_free_row (self, g_queue_pop_head (&self->rows));
      self->first_row++;
    }
  self->first_row = MAX (self->first_row, index);
}

static void
presync_table_set_head (PresyncTable *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      const PresyncColumn *column = g_ptr_array_index (self->block->columns, i);
      g_autoptr (GPtrArray) prose = NULL;

      if (column->title == NULL)
        continue;
      prose = presync_prose_new_text (PRESYNC_SPAN_BOLD, column->title);
      self->head[i] = presync_type_set (self->type, PRESYNC_ROLE_SMALL, prose,
                                        self->x[i + 1] - self->x[i] - PAD_X - 2);
      self->head_height = MAX (
          self->head_height, 2 * PAD_Y + presync_lines_height (self->head[i], 0, MOST_HEAD_LINES));
    }
  if (self->block->title != NULL)
    {
      /* Translators: above the rest of a table on the next page, "Accounts, continued" */
      g_autofree char *text = g_strdup_printf (_ ("%s, continued"), self->block->title);

      self->continued = presync_type_set_text (self->type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM,
                                               text, self->width - 2 * PAD_X);
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
  self->n_rows = block->source != NULL ? block->source->n : block->children->len;
  self->type = type;
  g_queue_init (&self->rows);
  self->grounds = g_array_new (FALSE, FALSE, sizeof (PresyncBox));
  self->x = g_new0 (double, self->n_columns + 1);
  self->head = g_new0 (PresyncLines *, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    shares += ((PresyncColumn *) g_ptr_array_index (block->columns, i))->share;
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->x[i] = x;
      x += width * ((PresyncColumn *) g_ptr_array_index (block->columns, i))->share / shares;
    }
  self->x[self->n_columns] = width;
  presync_table_set_head (self);
  return self;
}

const PresyncBlock *
presync_table_get_block (const PresyncTable *self)
{
  return self->block;
}

void
presync_table_free (PresyncTable *self)
{
  presync_table_drop_rows (self, G_MAXUINT);
  g_array_unref (self->grounds);
  for (guint i = 0; i < self->n_columns; i++)
    g_clear_pointer (&self->head[i], presync_lines_unref);
  g_clear_pointer (&self->continued, presync_lines_unref);
  g_free (self->head);
  g_free (self->x);
  g_free (self);
}

/* What must find room so that row @index may begin: the row, or its first piece if it may be
 * split; of one that heads others also the next */
static double
presync_table_get_row_start (PresyncTable *self, guint index, double page_height)
{
  double height = 0;

  for (guint i = index; i < self->n_rows && height < page_height; i++)
    {
      const PresyncSetRow *row = presync_table_get_row (self, i);

      height += row->height <= page_height * WHOLE_ROW ? row->height : FIRST_PIECE;
      if (!row->row->group)
        break;
    }
  return MIN (height, page_height - self->head_height - 20);
}

double
presync_table_get_start_height (PresyncTable *self, double page_height)
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
        presync_flow_text (flow, self->head[i], 0, MIN (self->head[i]->n_lines, MOST_HEAD_LINES),
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
      double badge = row->placed[i] == 0 ? presync_badge_get_height (row->badges[i]) : 0;

      piece->n[i] = presync_lines_fit (lines, row->placed[i], room - badge);
      if (piece->n[i] == 0 && force && row->placed[i] < lines->n_lines)
        piece->n[i] = 1;
      piece->cells_height
          = MAX (piece->cells_height, presync_lines_height (lines, row->placed[i], piece->n[i])
                                          + (piece->n[i] > 0 ? badge : 0));
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
  if (piece->n[column] > 0 && row->placed[column] == 0 && row->badges[column] != NULL)
    presync_flow_badge (flow, row->badges[column], x,
                        y + presync_lines_height (row->cells[column], 0, piece->n[column]));
  row->placed[column] += piece->n[column];
  if (column == self->block->note_column && piece->note > 0)
    {
      double gap = piece->cells_height > 0 ? NOTE_GAP : 0;

      presync_flow_text (flow, row->note, row->note_placed, piece->note, x,
                         y + piece->cells_height + gap);
      row->note_placed += piece->note;
    }
}

static void
presync_table_add_ground (PresyncTable *self, PresyncInk ink, double x, double y, double width,
                          double height)
{
  PresyncBox box = { .kind = PRESYNC_BOX_RULE, .ink = ink, .x = x, .y = y };

  box.width = width;
  box.height = height;
  g_array_append_val (self->grounds, box);
}

/* What lies behind and below a row */
static void
presync_table_place_ground (PresyncTable *self, PresyncFlow *flow, const PresyncSetRow *row,
                            double height, gboolean last)
{
  if (row->row->group)
    presync_table_add_ground (self, PRESYNC_INK_WASH, flow->left, flow->y, self->width, height);
  if (row->row->marked)
    presync_table_add_ground (self, PRESYNC_INK_BLUE, flow->left, flow->y, BAR, height);
  if (last)
    presync_table_add_ground (self, PRESYNC_INK_LINE, flow->left, flow->y + height - 0.5,
                              self->width, 0.5);
}

/* The rows of a page begin */
static void
presync_table_begin_page (PresyncTable *self, PresyncFlow *flow)
{
  g_array_set_size (self->grounds, 0);
  self->grounds_at = flow->page->len;
}

/* Puts what lies behind and below the rows of a page before them, as no part of the structure:
 * drawn one by one, between the cells, they would cost as much as the text */
static void
presync_table_end_page (PresyncTable *self, PresyncFlow *flow)
{
  const PresyncBox open = { .kind = PRESYNC_BOX_OPEN, .name = "Private" };
  const PresyncBox close = { .kind = PRESYNC_BOX_CLOSE, .name = "Private" };

  if (self->grounds->len == 0)
    return;
  g_array_prepend_val (self->grounds, open);
  g_array_append_val (self->grounds, close);
  g_array_insert_vals (flow->page, self->grounds_at, self->grounds->data, self->grounds->len);
  g_array_set_size (self->grounds, 0);
}

static void
presync_table_place_piece (PresyncTable *self, PresyncFlow *flow, PresyncSetRow *row,
                           const PresyncPiece *piece)
{
  double height = piece->height + 2 * PAD_Y;

  presync_table_place_ground (self, flow, row, height, piece->last);
  /* each piece is a row of the structure: a tag cannot be opened again on the next page */
  presync_flow_open (flow, "TR", NULL);
  for (guint i = 0; i < self->n_columns; i++)
    {
      presync_flow_open (flow, "TD", NULL);
      presync_table_place_cell (self, flow, row, i, piece);
      presync_flow_close (flow, "TD");
    }
  presync_flow_close (flow, "TR");
  flow->y += height;
}

/* %FALSE if the table ends with this page for now */
static gboolean
presync_table_next_page (PresyncTable *self, PresyncFlow *flow, guint index)
{
  presync_table_end_page (self, flow);
  if (self->keep != NULL)
    {
      const PresyncSetRow *row = presync_table_get_row (self, index);

      if (!presync_rows_keep_page (self->keep, flow, index, row->placed, row->note_placed))
        return FALSE;
    }
  else
    presync_flow_new_page (flow);
  presync_table_place_head (self, flow, FALSE);
  presync_table_begin_page (self, flow);
  return TRUE;
}

/* @fresh: the row must begin here, whatever the room; %FALSE if it is for the next page */
static gboolean
presync_table_place_row (PresyncTable *self, PresyncFlow *flow, guint index, gboolean fresh)
{
  double page_height = flow->layout->bottom - flow->layout->top;
  PresyncSetRow *row = presync_table_get_row (self, index);
  g_autofree guint *n = g_new0 (guint, self->n_columns);
  PresyncPiece piece = { .n = n };

  if (!fresh && presync_table_get_row_start (self, index, page_height) > presync_flow_room (flow))
    {
      if (!presync_table_next_page (self, flow, index))
        return FALSE;
      fresh = TRUE;
    }
  if (row->row->anchor != NULL && row->made == NULL)
    presync_flow_anchor (flow, row->row->anchor, row->row->outline, flow->outline_level + 1);
  do
    {
      presync_table_measure_piece (self, row, presync_flow_room (flow) - 2 * PAD_Y, fresh, &piece);
      if (piece.height > 0 || piece.last)
        presync_table_place_piece (self, flow, row, &piece);
      if (!piece.last && !presync_table_next_page (self, flow, index))
        return FALSE;
      fresh = TRUE;
    }
  while (!piece.last);
  return TRUE;
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
  if (self->block->source != NULL && self->n_rows > 0)
    self->keep = presync_rows_keep_new (flow, self->block, self->n_columns);
  presync_table_begin_page (self, flow);
  for (guint i = 0; i < self->n_rows; i++)
    {
      presync_table_drop_rows (self, i);
      if (i % ROWS_AT_ONCE == 0 && g_cancellable_is_cancelled (flow->cancellable))
        break;
      presync_table_place_row (self, flow, i, FALSE);
    }
  presync_table_end_page (self, flow);
  if (self->keep != NULL)
    presync_rows_keep_end (self->keep, flow);
  g_clear_pointer (&self->keep, presync_rows_keep_free);
  presync_flow_close (flow, "Table");
  flow->y += 10;
}

/* Keeps of the rows that are set those from @index on, as none of them was placed */
static void
presync_table_rewind (PresyncTable *self, guint index)
{
  if (index < self->first_row || index >= self->first_row + self->rows.length)
    presync_table_drop_rows (self, G_MAXUINT);
  else
    presync_table_drop_rows (self, index);
  self->first_row = index;
  for (GList *l = self->rows.head; l != NULL; l = l->next)
    {
      PresyncSetRow *row = l->data;

      memset (row->placed, 0, self->n_columns * sizeof (guint));
      row->note_placed = 0;
    }
}

void
presync_table_place_page (PresyncTable *self, PresyncFlow *flow, const PresyncRowsPage *page)
{
  PresyncSetRow *row;

  self->keep = presync_rows_keep_new_page ();
  presync_table_rewind (self, page->index);
  row = presync_table_get_row (self, page->index);
  for (guint i = 0; i < self->n_columns; i++)
    row->placed[i] = page->placed[i];
  row->note_placed = page->note_placed;
  if (page->continued)
    presync_table_place_head (self, flow, FALSE);
  presync_table_begin_page (self, flow);
  for (guint i = page->index; i < self->n_rows; i++)
    if (!presync_table_place_row (self, flow, i, i == page->index && page->continued))
      break;
  /* of a page that was full this is done */
  presync_table_end_page (self, flow);
  g_clear_pointer (&self->keep, presync_rows_keep_free);
}
