/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

static void
presync_span_free (PresyncSpan *self)
{
  g_free (self->text);
  g_free (self->link);
  g_free (self);
}

GPtrArray *
presync_prose_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) presync_span_free);
}

GPtrArray *
presync_prose_new_text (PresyncSpanStyle style, const char *text)
{
  GPtrArray *prose = presync_prose_new ();

  presync_prose_add (prose, style, text);
  return prose;
}

void
presync_prose_add (GPtrArray *prose, PresyncSpanStyle style, const char *text)
{
  presync_prose_add_link (prose, style, text, NULL);
}

void
presync_prose_add_link (GPtrArray *prose, PresyncSpanStyle style, const char *text,
                        const char *link)
{
  PresyncSpan *span;

  if (text == NULL || *text == '\0')
    return;
  span = g_new0 (PresyncSpan, 1);
  span->text = g_strdup (text);
  span->style = style;
  span->link = g_strdup (link);
  g_ptr_array_add (prose, span);
}

static void
presync_cell_free (PresyncCell *self)
{
  g_ptr_array_unref (self->prose);
  g_free (self->badge);
  g_free (self);
}

PresyncRow *
presync_row_new (void)
{
  PresyncRow *self = g_new0 (PresyncRow, 1);

  self->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_cell_free);
  return self;
}

void
presync_row_free (PresyncRow *self)
{
  g_ptr_array_unref (self->cells);
  g_clear_pointer (&self->note, g_ptr_array_unref);
  g_free (self->anchor);
  g_free (self->outline);
  g_free (self);
}

static void
presync_column_free (PresyncColumn *self)
{
  g_free (self->title);
  g_free (self);
}

static void
presync_card_free (PresyncCard *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->alternate);
  g_ptr_array_unref (self->summary);
  g_free (self);
}

static void
presync_item_free (PresyncItem *self)
{
  g_ptr_array_unref (self->prose);
  g_free (self->anchor);
  g_free (self);
}

static void
presync_row_source_free (PresyncRowSource *self)
{
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

static void
presync_block_free (PresyncBlock *self)
{
  g_free (self->anchor);
  g_free (self->title);
  g_clear_pointer (&self->prose, g_ptr_array_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->scale, presync_scale_free);
  g_clear_pointer (&self->source, presync_row_source_free);
  g_clear_pointer (&self->chart, presync_chart_free);
  g_free (self);
}

PresyncDocument *
presync_document_new (const char *title, const char *subtitle)
{
  PresyncDocument *self = g_new0 (PresyncDocument, 1);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_block_free);
  return self;
}

void
presync_document_free (PresyncDocument *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->date);
  g_free (self->classification);
  g_clear_pointer (&self->logo, presync_logo_free);
  g_free (self->logo_alternate);
  g_free (self->at);
  g_free (self->language);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

PresyncBlock *
presync_document_add (PresyncDocument *self, PresyncBlockKind kind)
{
  PresyncBlock *block = g_new0 (PresyncBlock, 1);
  GDestroyNotify child_free = NULL;

  block->kind = kind;
  switch (kind)
    {
    case PRESYNC_BLOCK_VERDICTS:
      child_free = (GDestroyNotify) presync_card_free;
      break;
    case PRESYNC_BLOCK_LIST:
    case PRESYNC_BLOCK_CONTENTS:
      child_free = (GDestroyNotify) presync_item_free;
      break;
    case PRESYNC_BLOCK_TABLE:
      child_free = (GDestroyNotify) presync_row_free;
      break;
    case PRESYNC_BLOCK_SCALE:
      block->scale = presync_scale_new ();
      break;
    case PRESYNC_BLOCK_BARS:
    case PRESYNC_BLOCK_MAP:
    case PRESYNC_BLOCK_HISTORY:
      block->chart = presync_chart_new ();
      break;
    case PRESYNC_BLOCK_COVER:
    case PRESYNC_BLOCK_HEADING:
    case PRESYNC_BLOCK_PARAGRAPH:
    case PRESYNC_BLOCK_PAGE_BREAK:
    default:
      break;
    }
  if (child_free != NULL)
    block->children = g_ptr_array_new_with_free_func (child_free);
  g_ptr_array_add (self->blocks, block);
  return block;
}

PresyncBlock *
presync_document_add_heading (PresyncDocument *self, int level, const char *anchor,
                              const char *text)
{
  PresyncBlock *block = presync_document_add (self, PRESYNC_BLOCK_HEADING);

  block->level = level;
  block->anchor = g_strdup (anchor);
  block->prose = presync_prose_new_text (PRESYNC_SPAN_PLAIN, text);
  return block;
}

PresyncBlock *
presync_document_add_paragraph (PresyncDocument *self, GPtrArray *prose)
{
  PresyncBlock *block = presync_document_add (self, PRESYNC_BLOCK_PARAGRAPH);

  block->prose = prose;
  return block;
}

PresyncBlock *
presync_document_add_table (PresyncDocument *self, const char *title)
{
  PresyncBlock *block = presync_document_add (self, PRESYNC_BLOCK_TABLE);

  block->title = g_strdup (title);
  block->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_column_free);
  return block;
}

void
presync_block_add_column (PresyncBlock *self, const char *title, double share)
{
  PresyncColumn *column = g_new0 (PresyncColumn, 1);

  column->title = g_strdup (title);
  column->share = share;
  g_ptr_array_add (self->columns, column);
}

void
presync_block_set_source (PresyncBlock *self, guint n,
                          void (*fill) (PresyncRow *row, guint index, gpointer data), gpointer data,
                          GDestroyNotify destroy)
{
  g_return_if_fail (self->kind == PRESYNC_BLOCK_TABLE && self->source == NULL);
  g_return_if_fail (self->children->len == 0);
  self->source = g_new0 (PresyncRowSource, 1);
  *self->source = (PresyncRowSource){ n, fill, data, destroy };
}

PresyncRow *
presync_block_add_row (PresyncBlock *self)
{
  PresyncRow *row = presync_row_new ();

  g_ptr_array_add (self->children, row);
  return row;
}

PresyncItem *
presync_block_add_item (PresyncBlock *self, int status, GPtrArray *prose)
{
  PresyncItem *item = g_new0 (PresyncItem, 1);

  item->status = status;
  item->prose = prose;
  g_ptr_array_add (self->children, item);
  return item;
}

PresyncCard *
presync_block_add_card (PresyncBlock *self)
{
  PresyncCard *card = g_new0 (PresyncCard, 1);

  card->summary = presync_prose_new ();
  g_ptr_array_add (self->children, card);
  return card;
}

PresyncCell *
presync_row_add_cell (PresyncRow *self, int status, GPtrArray *prose)
{
  PresyncCell *cell = g_new0 (PresyncCell, 1);

  cell->status = status;
  cell->prose = prose;
  g_ptr_array_add (self->cells, cell);
  return cell;
}

PresyncCell *
presync_row_add_text (PresyncRow *self, PresyncSpanStyle style, const char *text)
{
  return presync_row_add_cell (self, -1, presync_prose_new_text (style, text));
}
