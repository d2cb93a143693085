/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made of cairo's file: with the cairo of today it is packed, and nothing that another one
 * may write is lost */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "report/layout.h"
#include "report/pdf-pack.h"
#include "report/pdf.h"

/* A PDF as cairo might write it; @objects: bodies of 1, 2 and so on; %NULL if it is not packed */
static GBytes *
pack_test_write (const char *const *objects, gsize piece)
{
  g_autoptr (PresyncPdfPack) pack = presync_pdf_pack_new ();
  g_autoptr (GPtrArray) alternates = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new ("%PDF-1.4\n%\265\355\256\373\n");
  g_autoptr (GString) table = g_string_new ("0000000000 65535 f \n");
  guint n = 1;

  for (; objects[n - 1] != NULL; n++)
    {
      g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", text->len);
      g_string_append_printf (text, "%u 0 obj\n%s\nendobj\n", n, objects[n - 1]);
    }
  g_string_append_printf (
      text, "xref\n0 %u\n%strailer\n<< /Size %u\n/Root 1 0 R\n/Info 2 0 R\n>>\n", n, table->str, n);
  for (gsize at = 0; at < text->len; at += piece)
    presync_pdf_pack_write (pack, (const guchar *) text->str + at, MIN (piece, text->len - at));
  return presync_pdf_pack_finish (pack, NULL, alternates);
}

static gboolean
pack_test_holds (GBytes *pdf, const char *part)
{
  gsize length;
  const void *data = g_bytes_get_data (pdf, &length);

  return memmem (data, length, part, strlen (part)) != NULL;
}

/* Streams stay as they are, whatever stands in them and before them */
static void
pack_test_streams (void)
{
  g_autofree char *many = g_strnfill (9000, '1');
  g_autofree char *head = g_strconcat (
      "<< /Widths [", many, "]\n>>\nstream\nlong\nendobj\n7 0 obj\nend\nendstream", NULL);
  const char *objects[] = {
    "<< /Type /Catalog\n>>",
    "<< /Title (x)\n>>",
    "<< /Length 4 0 R\n>>\nstream\nshort endobj\n5 0 obj\nendstream",
    "   99",
    head,
    "<< /Length 9 >> stream\nodd\nendstream",
    "[ 1 2 3 ]",
    NULL,
  };

  for (gsize piece = 100; piece < 40000; piece *= 6)
    {
      g_autoptr (GBytes) pdf = pack_test_write (objects, piece);

      if (pdf == NULL)
        g_error ("in pieces of %" G_GSIZE_FORMAT " it is not packed", piece);
      g_assert_true (pack_test_holds (pdf, "stream\nshort endobj\n5 0 obj\nendstream\nendobj\n"));
      g_assert_true (pack_test_holds (pdf, "stream\nlong\nendobj\n7 0 obj\nend\nendstream\n"));
      g_assert_true (pack_test_holds (pdf, "stream\nodd\nendstream\nendobj\n"));
      g_assert_false (pack_test_holds (pdf, "/Title (x)"));
    }
}

/* Otherwise the file stays as it is */
static void
pack_test_unknown (void)
{
  const char *odd[] = {
    "<< /Length 9 >> stream\nodd\nendstream ",
    "<< /Length 9 >> stream\r\nodd\r\nendstream\r",
    "<< /Length 9 >> stream\nodd endobj\n endstream",
    "<< /Length 9\n",
    NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      const char *objects[] = { "<< /Type /Catalog\n>>", "<< /Title (x)\n>>", odd[i], NULL };
      g_autoptr (GBytes) pdf = pack_test_write (objects, 1000);

      g_assert_true ((pdf != NULL) == (odd[i] == NULL));
    }
}

/* Should this fail with a new cairo: presync_pdf_pack_finish() tells where what it writes is not
 * as it was; reports are still whole, but larger, and without language and alternate texts */
static void
pack_test_today (void)
{
  g_autoptr (PresyncDocument) document = presync_document_new ("Title", "Subtitle");
  PresyncBlock *table = presync_document_add_table (document, "Table");
  g_autoptr (PresyncLayout) layout = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;

  document->date = g_strdup ("2026-11-22");
  document->language = g_strdup ("en");
  presync_block_add_column (table, "What", 50);
  presync_block_add_column (table, "Found", 50);
  for (guint i = 0; i < 600; i++)
    {
      PresyncRow *row = presync_block_add_row (table);

      presync_row_add_text (row, PRESYNC_SPAN_PLAIN, "endobj");
      presync_row_add_text (row, PRESYNC_SPAN_MONO, "(Ω) é");
    }
  layout = presync_layout_new (document, PRESYNC_PAPER_A4, NULL, &error);
  g_assert_no_error (error);
  pdf = presync_pdf_new (layout, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 9, "%PDF-1.5\n", 9);
  g_assert_true (pack_test_holds (pdf, "/Type /ObjStm"));
  g_assert_false (pack_test_holds (pdf, "/StructElem"));
  g_clear_pointer (&layout, presync_layout_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/pack/streams", pack_test_streams);
  g_test_add_func ("/report/pack/unknown", pack_test_unknown);
  g_test_add_func ("/report/pack/today", pack_test_today);
  return g_test_run ();
}
