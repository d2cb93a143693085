/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables whose rows are made when they are drawn: no row is made, and so set, again and again */
#include <string.h>

#include "report/layout.h"
#include "report/pdf.h"

#define LONG_ROW 3
#define NOTE_ROW 40
#define LONG_TEXT 30000

typedef struct
{
  guint n_filled;
  guint cancel_at;
  GCancellable *cancellable;
  char *text;
} RowsTest;

static void
rows_test_fill_cb (PresyncRow *row, guint index, gpointer data)
{
  RowsTest *self = data;

  if (self->n_filled++ == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, "a value of usual length");
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, index == LONG_ROW ? self->text : "short");
  if (index == 1 || index == NOTE_ROW)
    row->note = presync_prose_new_text (PRESYNC_SPAN_DIM, index == 1 ? "a note" : self->text);
}

static PresyncDocument *
rows_test_new (RowsTest *self, guint n)
{
  PresyncDocument *document = presync_document_new ("Title", "Subtitle");
  PresyncBlock *table = presync_document_add_table (document, "Evidence");
  GString *text = g_string_new (NULL);

  while (text->len < LONG_TEXT)
    g_string_append (text, "words that fill many pages ");
  memset (self, 0, sizeof *self);
  self->cancel_at = G_MAXUINT;
  self->cancellable = g_cancellable_new ();
  self->text = g_string_free (text, FALSE);
  document->date = g_strdup ("2026-11-22");
  presync_block_add_column (table, "What", 75);
  presync_block_add_column (table, "Found", 25);
  presync_block_set_source (table, n, rows_test_fill_cb, self, NULL);
  return document;
}

static void
rows_test_clear (RowsTest *self)
{
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->text, g_free);
}

/* A row that goes on over many pages is made once, not once a page */
static void
rows_test_once (void)
{
  RowsTest self;
  g_autoptr (PresyncDocument) document = rows_test_new (&self, 200);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncLayout) layout = presync_layout_new (document, PRESYNC_PAPER_A4, NULL, &error);
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (layout->pages->len, >, 12);
  g_assert_cmpuint (self.n_filled, ==, 200);
  pdf = presync_pdf_new (layout, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self.n_filled, ==, 400);
  g_clear_pointer (&layout, presync_layout_free);
  rows_test_clear (&self);
}

/* (transfer full): the rows that stand on a page, and where */
static char *
rows_test_dup_page (PresyncLayout *layout, guint page)
{
  const GArray *boxes = g_ptr_array_index (layout->pages, page);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < boxes->len; i++)
    {
      const PresyncBox *box = &g_array_index (boxes, PresyncBox, i);
      g_auto (PresyncSetRows) set = { NULL, NULL, NULL };

      if (box->kind != PRESYNC_BOX_ROWS)
        continue;
      presync_layout_set_rows (layout, box->rows, &set);
      for (guint j = 0; j < set.boxes->len; j++)
        {
          const PresyncBox *row = &g_array_index (set.boxes, PresyncBox, j);

          g_string_append_printf (text, "%u %.2f %.2f %.2f %.2f %u %u %.9s\n", row->kind, row->x,
                                  row->y, row->width, row->height, row->first, row->n,
                                  row->lines != NULL ? row->lines->text : "");
        }
    }
  return g_string_free (text, FALSE);
}

/* In whatever order pages are looked at, they are the same */
static void
rows_test_orders (void)
{
  RowsTest self;
  g_autoptr (PresyncDocument) document = rows_test_new (&self, 150);
  g_autoptr (PresyncLayout) layout = presync_layout_new (document, PRESYNC_PAPER_A4, NULL, NULL);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func (g_free);
  guint n = layout->pages->len;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (pages, rows_test_dup_page (layout, i));
  for (guint i = 0; i < 4 * n; i++)
    {
      guint page = i < n ? n - 1 - i : i * 7 % n; /* the first one twice in turn */
      g_autofree char *again = rows_test_dup_page (layout, page);

      g_assert_cmpuint (strlen (again), >, 100);
      g_assert_cmpstr (again, ==, g_ptr_array_index (pages, page));
    }
  g_clear_pointer (&layout, presync_layout_free);
  rows_test_clear (&self);
}

/* A long table is left when nobody wants it any more */
static void
rows_test_cancel (void)
{
  RowsTest self;
  g_autoptr (PresyncDocument) document = rows_test_new (&self, 100000);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncLayout) layout = NULL;

  self.cancel_at = 700;
  layout = presync_layout_new (document, PRESYNC_PAPER_A4, self.cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (layout);
  g_assert_cmpuint (self.n_filled, <, 1200);
  rows_test_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/rows/once", rows_test_once);
  g_test_add_func ("/report/rows/orders", rows_test_orders);
  g_test_add_func ("/report/rows/cancel", rows_test_cancel);
  return g_test_run ();
}
