/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>

static void
presync_content_add_origin (PresyncBlock *table, PresyncOrigin *origin, guint number)
{
  PresyncRow *row = presync_block_add_row (table);
  g_autofree char *label = g_strdup_printf ("[%u]", number);
  g_autofree char *time = presync_wording_dup_time (presync_origin_get_at (origin));
  g_autofree char *target = presync_wording_dup_target (presync_origin_get_target (origin));
  gboolean complete = presync_origin_get_complete (origin);
  PresyncCell *cell;

  row->anchor = presync_origin_anchor (number);
  presync_row_add_text (row, PRESYNC_SPAN_BOLD, label);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN,
                        presync_source_title (presync_origin_get_source (origin)));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, target);
  presync_row_add_text (row, PRESYNC_SPAN_MONO, presync_origin_get_query (origin));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, time);
  cell = presync_row_add_text (row, PRESYNC_SPAN_PLAIN, complete ? _ ("whole") : _ ("in part"));
  if (!complete)
    cell->status = PRESYNC_STATUS_UNKNOWN;
}

void
presync_content_add_origins (PresyncContent *self)
{
  PresyncBlock *table;

  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "origins", _ ("Appendix: Origins"));
  presync_document_add_paragraph (
      self->document, presync_prose_new_text (
                          PRESYNC_SPAN_PLAIN,
                          _ ("What was asked, of whom and when. A read that stopped early never "
                             "makes a condition met.")));
  if (self->origins->origins->len == 0)
    {
      presync_document_add_paragraph (
          self->document, presync_prose_new_text (PRESYNC_SPAN_DIM, _ ("Nothing was read.")));
      return;
    }
  table = presync_document_add_table (self->document, _ ("Origins"));
  presync_block_add_column (table, _ ("No."), 8);
  presync_block_add_column (table, _ ("Source"), 11);
  presync_block_add_column (table, _ ("Target"), 17);
  presync_block_add_column (table, _ ("Query"), 41);
  presync_block_add_column (table, _ ("Read at"), 13);
  presync_block_add_column (table, _ ("Read"), 10);
  for (guint i = 0; i < self->origins->origins->len; i++)
    presync_content_add_origin (table, g_ptr_array_index (self->origins->origins, i), i + 1);
}

void
presync_content_add_documents (PresyncContent *self)
{
  PresyncBlock *table;

  if (self->origins->documents->len == 0)
    return;
  presync_document_add_heading (self->document, 1, "documents", _ ("Appendix: Documents"));
  presync_document_add_paragraph (
      self->document,
      presync_prose_new_text (PRESYNC_SPAN_PLAIN,
                              _ ("The pages that the requirements rest on, with their dates.")));
  table = presync_document_add_table (self->document, _ ("Documents"));
  presync_block_add_column (table, _ ("No."), 7);
  presync_block_add_column (table, _ ("Document"), 38);
  presync_block_add_column (table, _ ("Date"), 12);
  presync_block_add_column (table, _ ("Address"), 43);
  for (guint i = 0; i < self->origins->documents->len; i++)
    {
      const PresyncReference *reference = g_ptr_array_index (self->origins->documents, i);
      PresyncRow *row = presync_block_add_row (table);
      g_autofree char *label = g_strdup_printf ("[D%u]", i + 1);
      GPtrArray *address = presync_prose_new ();

      row->anchor = presync_document_anchor (i + 1);
      presync_row_add_text (row, PRESYNC_SPAN_BOLD, label);
      presync_row_add_text (row, PRESYNC_SPAN_PLAIN, reference->title);
      presync_row_add_text (row, PRESYNC_SPAN_PLAIN, reference->date);
      presync_prose_add_link (address, PRESYNC_SPAN_PLAIN, reference->url, reference->url);
      presync_row_add_cell (row, -1, address);
    }
}
