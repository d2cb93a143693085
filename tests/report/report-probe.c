/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-probe hostile|kept|source|plain FILE: writes a PDF whose texts are as bad as a directory
 * may hold them, or one of a long table whose rows are kept, or made when they are set, or one of
 * all kinds of structure. */
#include <stdio.h>
#include <string.h>

#include "report/layout.h"
#include "report/pdf.h"

#define ROWS 120

static const char *const texts[] = {
  "plain",
  "CN=Vera Lindqvist,OU=Staff,OU=People,DC=emea,DC=contoso,DC=com",
  "שלום עולם",
  "مرحبا بالعالم",
  "漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字",
  "ไทยภาษาไทย हिन्दी",
  "\033[31m\a\342\200\256 turned <b>&amp; 'quoted' \\ (endobj\nendobj\n>>\nstream\n)",
  "e\314\201\314\201\314\201\314\201 \360\237\230\200 \360\221\204\200 \357\277\277 \377\376",
  "f\"ile:///"
  "C:\\\\Users\\\\somebody\\\\AppData\\\\Local\\\\Temp\\\\a-rather-long-name_of_a_file.txt",
};

static void
probe_fill_cb (PresyncRow *row, guint index, gpointer data)
{
  static const guint lengths[] = { 0, 1, 40, 300, 10000 };

  for (guint i = 0; i < 4; i++)
    {
      const char *text = texts[(index * 7 + i) % G_N_ELEMENTS (texts)];
      GPtrArray *prose = presync_prose_new ();

      if ((index + i) % 37 == 0)
        {
          g_autofree char *solid = g_strnfill (lengths[index % 5], index % 2 == 0 ? 'W' : 'i');

          presync_prose_add (prose, PRESYNC_SPAN_MONO, solid);
        }
      presync_prose_add (prose, (index + i) % 4, text);
      if (index % 5 == 0)
        presync_prose_add_link (prose, PRESYNC_SPAN_PLAIN, text, "https://contoso.com/it's\\");
      presync_row_add_cell (row, i == 1 ? (int) (index % 6) : -1, prose);
    }
  row->group = index % 19 == 0;
  row->marked = index % 11 == 0;
  if (index % 13 == 0)
    row->note = presync_prose_new_text (PRESYNC_SPAN_DIM, texts[index % G_N_ELEMENTS (texts)]);
}

static PresyncBlock *
probe_add_table (PresyncDocument *document, const char *title)
{
  PresyncBlock *table = presync_document_add_table (document, title);

  presync_block_add_column (table, "Object", 36);
  presync_block_add_column (table, "Attribute", 18);
  presync_block_add_column (table, title, 24);
  presync_block_add_column (table, "Note", 22);
  return table;
}

static void
probe_add_texts (PresyncDocument *document, const char *text)
{
  PresyncBlock *list;

  for (int level = 1; level <= 3; level++)
    presync_document_add_heading (document, level, NULL, text);
  presync_document_add_paragraph (document, presync_prose_new_text (PRESYNC_SPAN_PLAIN, text));
  list = presync_document_add (document, PRESYNC_BLOCK_LIST);
  presync_block_add_item (list, -1, presync_prose_new_text (PRESYNC_SPAN_PLAIN, text));
  presync_block_add_item (list, 1, presync_prose_new_text (PRESYNC_SPAN_MONO, text));
}

static PresyncDocument *
probe_document (const char *mode)
{
  g_autofree char *solid = g_strnfill (10000, 'W');
  gboolean hostile = g_str_equal (mode, "hostile");
  PresyncDocument *document
      = presync_document_new ("Readiness", hostile ? texts[6] : "contoso.com");
  PresyncBlock *table;

  document->date = g_strdup (hostile ? solid : "2026-11-22");
  document->at = g_strdup ("2026-11-22T10:15:00Z");
  document->language = g_strdup ("en");
  presync_document_add_heading (document, 1, "start", "Start");
  for (gsize i = 0; i < G_N_ELEMENTS (texts) && hostile; i++)
    probe_add_texts (document, texts[i]);
  if (hostile)
    probe_add_texts (document, solid);
  else
    probe_add_texts (document, "What is said");
  table = probe_add_table (document, hostile ? solid : "Value");
  if (g_str_equal (mode, "source"))
    presync_block_set_source (table, ROWS, probe_fill_cb, NULL, NULL);
  else
    for (guint i = 0; i < (g_str_equal (mode, "plain") ? 2 : ROWS); i++)
      probe_fill_cb (presync_block_add_row (table), i, NULL);
  presync_document_add_heading (document, 1, "end", "End");
  return document;
}

int
main (int argc, char **argv)
{
  PresyncDocument *document;
  g_autoptr (PresyncLayout) layout = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    return 64;
  document = probe_document (argv[1]);
  layout = presync_layout_new (document, PRESYNC_PAPER_A4, NULL, &error);
  g_assert_no_error (error);
  pdf = presync_pdf_new (layout, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (argv[2], g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf),
                       &error);
  g_assert_no_error (error);
  printf ("%u\n", layout->pages->len);
  g_clear_pointer (&layout, presync_layout_free);
  presync_document_free (document);
  return 0;
}
