/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report-cost ours|bare|tagged ROWS [FILE]: CPU time, pages, peak memory and bytes of a PDF with
 * that many rows of evidence in four columns: by the report, or the same letters in the same places
 * by bare cairo_show_glyphs(), without or with the tags of rows and cells. report-cost html ROWS
 * FILE: the same rows for another program. */
#include <cairo-pdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "report/layout.h"
#include "report/pdf.h"

static double
bench_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
bench_fill_cb (PresyncRow *row, guint index, gpointer data)
{
  static const char *const units[] = { "Staff", "Sales", "Malmö", "Workshop", "Contractors" };
  static const char *const names[] = { "Vera Lindqvist", "Jane Doe", "José Núñez", "Li Ming" };
  g_autofree char *dn = g_strdup_printf ("CN=%s %06u,OU=%s,OU=People,DC=emea,DC=contoso,DC=com",
                                         names[index % 4], index, units[index % 5]);
  g_autofree char *value = g_strdup_printf ("user.%06u@contoso.local", index);
  g_autofree char *note = g_strdup_printf ("not routable; used %u times", index % 9 + 1);

  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, dn);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, "userPrincipalName");
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, value);
  presync_row_add_text (row, PRESYNC_SPAN_DIM, note);
}

static PresyncDocument *
bench_document (guint n)
{
  PresyncDocument *document = presync_document_new ("Readiness", "bench");
  PresyncBlock *table;

  document->date = g_strdup ("2026-11-22");
  document->at = g_strdup ("2026-11-22T10:15:00Z");
  document->language = g_strdup ("en");
  presync_document_add_heading (document, 1, "evidence", "Evidence");
  table = presync_document_add_table (document, "Evidence");
  presync_block_add_column (table, "Object", 36);
  presync_block_add_column (table, "Attribute", 18);
  presync_block_add_column (table, "Value", 24);
  presync_block_add_column (table, "Note", 22);
  presync_block_set_source (table, n, bench_fill_cb, NULL, NULL);
  return document;
}

typedef struct
{
  cairo_t *cr;
  double used;
  gboolean tagged;
  GArray *glyphs;
  GHashTable *known; /* glyphs by face and character */
} BenchBare;

/* As cairo alone finds it, without the features of the report: figures of one width are other
 * glyphs, which cost cairo more */
static unsigned long
bench_bare_glyph (BenchBare *self, PresyncFace *face, const char *p)
{
  g_autofree char *key = g_strdup_printf ("%p %u", (void *) face, g_utf8_get_char (p));
  gpointer known = g_hash_table_lookup (self->known, key);
  cairo_glyph_t *glyphs = NULL;
  int n = 0;

  if (known == NULL)
    {
      cairo_scaled_font_text_to_glyphs (presync_face_get_scaled_font (face), 0, 0, p,
                                        (int) (g_utf8_next_char (p) - p), &glyphs, &n, NULL, NULL,
                                        NULL);
      known = GSIZE_TO_POINTER (glyphs[0].index);
      cairo_glyph_free (glyphs);
      g_hash_table_insert (self->known, g_steal_pointer (&key), known);
    }
  return GPOINTER_TO_SIZE (known);
}

static void
bench_bare_line (BenchBare *self, const PresyncBox *box, guint i)
{
  const PresyncLines *lines = box->lines;
  double y = box->y + lines->lines[i].baseline - lines->lines[box->first].top;
  int x = 0;
  double start;

  for (guint r = 0; r < lines->n_runs; r++)
    {
      const PresyncTextRun *run = &lines->runs[r];
      const char *p = lines->text + MAX (run->start, (guint) lines->lines[i].start);
      const char *end = lines->text + MIN (run->end, (guint) lines->lines[i].end);

      g_array_set_size (self->glyphs, 0);
      for (; p < end; p = g_utf8_next_char (p))
        {
          guint scripts = 0;
          int index = presync_face_get_index (g_utf8_get_char (p), &scripts);
          cairo_glyph_t glyph
              = { bench_bare_glyph (self, run->face, p), box->x + pango_units_to_double (x), y };

          x += presync_face_get_advance (run->face, index, -1);
          g_array_append_val (self->glyphs, glyph);
        }
      start = bench_now ();
      cairo_set_scaled_font (self->cr, presync_face_get_scaled_font (run->face));
      cairo_show_glyphs (self->cr, (cairo_glyph_t *) self->glyphs->data, (int) self->glyphs->len);
      self->used += bench_now () - start;
    }
}

static void
bench_bare_boxes (BenchBare *self, PresyncLayout *layout, const GArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const PresyncBox *box = &g_array_index (boxes, PresyncBox, i);
      double start = bench_now ();

      if (box->kind == PRESYNC_BOX_OPEN && self->tagged)
        cairo_tag_begin (self->cr, box->name, NULL);
      if (box->kind == PRESYNC_BOX_CLOSE && self->tagged)
        cairo_tag_end (self->cr, box->name);
      self->used += bench_now () - start;
      if (box->kind == PRESYNC_BOX_ROWS)
        {
          g_auto (PresyncSetRows) set = { NULL, NULL, NULL };

          presync_layout_set_rows (layout, box->rows, &set);
          bench_bare_boxes (self, layout, set.boxes);
        }
      for (guint j = 0; box->kind == PRESYNC_BOX_TEXT && j < box->n; j++)
        bench_bare_line (self, box, box->first + j);
    }
}

static cairo_status_t
bench_write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static double
bench_bare (PresyncLayout *layout, gboolean tagged, GBytes **pdf)
{
  GByteArray *data = g_byte_array_new ();
  BenchBare self = { .tagged = tagged };
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (bench_write_cb, data, layout->width, layout->height);
  double start;

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  self.glyphs = g_array_new (FALSE, FALSE, sizeof (cairo_glyph_t));
  self.known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.cr = cairo_create (surface);
  for (guint i = 0; i < layout->pages->len; i++)
    {
      bench_bare_boxes (&self, layout, g_ptr_array_index (layout->pages, i));
      start = bench_now ();
      cairo_show_page (self.cr);
      self.used += bench_now () - start;
    }
  start = bench_now ();
  cairo_destroy (self.cr);
  cairo_surface_finish (surface);
  self.used += bench_now () - start;
  cairo_surface_destroy (surface);
  g_array_unref (self.glyphs);
  g_hash_table_unref (self.known);
  *pdf = g_byte_array_free_to_bytes (data);
  return self.used;
}

static void
bench_write_html (guint n, const char *path)
{
  g_autoptr (GString) html = g_string_new (
      "<!DOCTYPE html><html lang=en><style>@page{size:A4;margin:25mm 19mm}"
      "body{font:8.5pt Cantarell}table{width:100%;table-layout:fixed;border-collapse:collapse}"
      "td{padding:3.6pt 6pt;border-bottom:.5pt solid #ccc;vertical-align:top;"
      "overflow-wrap:anywhere}</style><table><thead><tr><th style='width:36%'>Object"
      "<th style='width:18%'>Attribute<th style='width:24%'>Value<th>Note</thead>");

  for (guint i = 0; i < n; i++)
    {
      PresyncRow *row = presync_row_new ();

      bench_fill_cb (row, i, NULL);
      g_string_append (html, "<tr>");
      for (guint j = 0; j < row->cells->len; j++)
        {
          const PresyncCell *cell = g_ptr_array_index (row->cells, j);
          const PresyncSpan *span = g_ptr_array_index (cell->prose, 0);

          g_string_append_printf (html, "<td>%s", span->text);
        }
      presync_row_free (row);
    }
  g_file_set_contents (path, html->str, (gssize) html->len, NULL);
}

int
main (int argc, char **argv)
{
  const char *mode = argc > 2 ? argv[1] : "ours";
  guint n = argc > 2 ? (guint) strtoul (argv[2], NULL, 10) : 1000;
  PresyncDocument *document = bench_document (n);
  g_autoptr (PresyncLayout) layout = NULL;
  g_autoptr (GBytes) pdf = NULL;
  struct rusage usage;
  double start = bench_now ();
  double used;

  if (g_str_equal (mode, "html"))
    {
      bench_write_html (n, argv[3]);
      presync_document_free (document);
      return 0;
    }
  layout = presync_layout_new (document, PRESYNC_PAPER_A4, NULL, NULL);
  if (g_str_equal (mode, "ours"))
    {
      pdf = presync_pdf_new (layout, NULL, NULL);
      used = bench_now () - start;
    }
  else
    used = bench_bare (layout, g_str_equal (mode, "tagged"), &pdf);
  getrusage (RUSAGE_SELF, &usage);
  printf ("%.3f %u %ld %" G_GSIZE_FORMAT "\n", used, layout->pages->len, usage.ru_maxrss / 1024,
          g_bytes_get_size (pdf));
  if (argc > 3)
    g_file_set_contents (argv[3], g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf),
                         NULL);
  g_clear_pointer (&layout, presync_layout_free);
  presync_document_free (document);
  return 0;
}
