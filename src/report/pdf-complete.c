/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pdf.h"

#include <string.h>

/* An incremental update (PDF 1.4 reference, 3.4.5): changed objects, a table of where they begin,
 * and a trailer that points to the table before. */

typedef struct
{
  const char *data;
  gsize length;
  gsize xref; /* where the table begins */
  guint n_objects;
  const char *offsets; /* the first entry of the table */
} PresyncPdfFile;

#define ENTRY_LENGTH 20

/* The last place of @text, %NULL if there is none. A PDF holds zero bytes, where the functions of
 * GLib would stop. */
static const char *
presync_pdf_file_find_last (const PresyncPdfFile *self, const char *text)
{
  gsize length = strlen (text);

  for (gsize i = self->length; i >= length; i--)
    if (memcmp (self->data + i - length, text, length) == 0)
      return self->data + i - length;
  return NULL;
}

/* A whole number at @p, at most ten digits; %FALSE if there is none */
static gboolean
presync_pdf_number (const char *p, const char *end, gsize *number, const char **after)
{
  const char *start = p;

  *number = 0;
  while (p < end && g_ascii_isdigit (*p) && p - start < 10)
    *number = *number * 10 + (gsize) (*p++ - '0');
  *after = p;
  return p > start;
}

static gboolean
presync_pdf_file_open (PresyncPdfFile *self, GBytes *pdf)
{
  const char *end;
  const char *p;
  gsize number;

  self->data = g_bytes_get_data (pdf, &self->length);
  end = self->data + self->length;
  if (self->length < 64)
    return FALSE;
  p = presync_pdf_file_find_last (self, "startxref\n");
  if (p == NULL || !presync_pdf_number (p + strlen ("startxref\n"), end, &self->xref, &p)
      || self->xref + 16 > self->length)
    return FALSE;
  p = self->data + self->xref;
  if (memcmp (p, "xref\n0 ", 7) != 0 || !presync_pdf_number (p + 7, end, &number, &p) || p >= end
      || *p != '\n' || number > (gsize) (end - p) / ENTRY_LENGTH)
    return FALSE;
  self->n_objects = (guint) number;
  self->offsets = p + 1;
  return TRUE;
}

/* The object's text from "N 0 obj" to before "endobj"; %NULL for one that holds zero bytes, a
 * stream */
static const char *
presync_pdf_file_get (const PresyncPdfFile *self, guint id, gsize *length)
{
  const char *end = self->data + self->length;
  const char *after;
  gsize offset;
  const char *stop;

  if (!presync_pdf_number (self->offsets + id * ENTRY_LENGTH, end, &offset, &after) || offset == 0
      || offset >= self->length)
    return NULL;
  stop = g_strstr_len (self->data + offset, (gssize) (self->length - offset), "endobj");
  if (stop == NULL)
    return NULL;
  *length = (gsize) (stop - self->data) - offset;
  return self->data + offset;
}

/* Text as a PDF string: UTF-16 in hexadecimal */
static void
presync_pdf_append_text (GString *out, const char *text)
{
  glong n = 0;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);

  g_string_append (out, "<FEFF");
  for (glong i = 0; units != NULL && i < n; i++)
    g_string_append_printf (out, "%04X", (guint) units[i]);
  g_string_append_c (out, '>');
}

/* What is to be added to an object's dictionary, %NULL for nothing */
static char *
presync_pdf_addition (const char *object, gsize length, const char *language,
                      const GPtrArray *alternates, guint *figure)
{
  GString *addition = NULL;

  if (g_strstr_len (object, (gssize) length, "\n<< /Type /Catalog\n") != NULL)
    {
      addition = g_string_new ("   /ViewerPreferences << /DisplayDocTitle true >>\n");
      if (language != NULL)
        g_string_append_printf (addition, "   /Lang (%s)\n", language);
    }
  else if (g_strstr_len (object, (gssize) length, "\n<< /Type /StructElem\n   /S /Figure\n") != NULL
           && *figure < alternates->len)
    {
      addition = g_string_new ("   /Alt ");
      presync_pdf_append_text (addition, g_ptr_array_index (alternates, (*figure)++));
      g_string_append_c (addition, '\n');
    }
  else if (g_strstr_len (object, (gssize) length, "\n<< /Type /StructElem\n   /S /TH\n") != NULL)
    addition = g_string_new ("   /A << /O /Table /Scope /Column >>\n");
  return addition != NULL ? g_string_free (addition, FALSE) : NULL;
}

/* Appends the object with @addition before the end of its dictionary, and its table entry */
static void
presync_pdf_append_object (GString *out, GString *table, guint id, const char *object, gsize length,
                           const char *addition)
{
  const char *dictionary_end = g_strrstr_len (object, (gssize) length, ">>");

  if (dictionary_end == NULL)
    return;
  g_string_append_printf (table, "%u 1\n%010" G_GSIZE_FORMAT " 00000 n \n", id, out->len);
  g_string_append_len (out, object, dictionary_end - object);
  g_string_append_c (out, '\n');
  g_string_append (out, addition);
  g_string_append (out, ">>\nendobj\n");
}

static gboolean
presync_pdf_append_trailer (GString *out, const PresyncPdfFile *file, const GString *table)
{
  const char *end = file->data + file->length;
  const char *trailer = presync_pdf_file_find_last (file, "trailer\n");
  const char *close;
  gsize xref = out->len;

  if (trailer == NULL)
    return FALSE;
  close = g_strstr_len (trailer, end - trailer, ">>");
  if (close == NULL)
    return FALSE;
  g_string_append (out, "xref\n");
  g_string_append_len (out, table->str, (gssize) table->len);
  g_string_append_len (out, trailer, close - trailer);
  g_string_append_printf (
      out, "\n   /Prev %" G_GSIZE_FORMAT "\n>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
      file->xref, xref);
  return TRUE;
}

GBytes *
presync_pdf_complete (GBytes *pdf, const char *language, const GPtrArray *alternates)
{
  PresyncPdfFile file;
  g_autoptr (GString) out = NULL;
  g_autoptr (GString) table = g_string_new (NULL);
  guint figure = 0;

  if (!presync_pdf_file_open (&file, pdf))
    return g_bytes_ref (pdf);
  out = g_string_new_len (file.data, (gssize) file.length);
  for (guint id = 1; id < file.n_objects; id++)
    {
      gsize length = 0;
      const char *object = presync_pdf_file_get (&file, id, &length);
      g_autofree char *addition = NULL;

      if (object == NULL || g_strstr_len (object, (gssize) MIN (length, 60), "/Type /") == NULL)
        continue;
      addition = presync_pdf_addition (object, length, language, alternates, &figure);
      if (addition != NULL)
        presync_pdf_append_object (out, table, id, object, length, addition);
    }
  if (table->len == 0 || !presync_pdf_append_trailer (out, &file, table))
    return g_bytes_ref (pdf);
  return g_string_free_to_bytes (g_steal_pointer (&out));
}
