/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
#include "report/pdf-pack.h"

#include <gio/gio.h>
#include <string.h>

/* Objects of a stream: more compress better, but a reader unpacks all of them for one */
#define MOST_PACKED 1000
/* zlib's: small objects are much alike, a higher one gains little */
#define LEVEL 3

/* Where an object is: @at: its place in the file; if @stream > 0, of the @at-th in that stream.
 * @origin: its place in cairo's file */
typedef struct
{
  guint32 origin;
  guint32 at;
  guint16 stream;
} PresyncPdfEntry;

/* An object whose text is not complete yet */
typedef struct
{
  guint id;
  char *text;
} PresyncPdfHeld;

struct _PresyncPdfPack
{
  GByteArray *in; /* from the object on that is not complete */
  gsize origin;   /* where that begins in cairo's file */
  gsize scanned;  /* of it: no end was found there */
  GByteArray *out;
  gboolean failed;
  gboolean begun;
  GArray *entries;  /* (element-type PresyncPdfEntry): by id */
  GString *numbers; /* of the stream that is being filled: ids and places */
  GString *bodies;
  guint n_packed;
  GPtrArray *streams; /* (element-type GBytes): written at the end, when their ids are known */
  GArray *held;       /* (element-type PresyncPdfHeld): figures and the catalogue */
  GConverter *deflate;
};

static void
presync_pdf_held_clear (PresyncPdfHeld *self)
{
  g_free (self->text);
}

PresyncPdfPack *
presync_pdf_pack_new (void)
{
  PresyncPdfPack *self = g_new0 (PresyncPdfPack, 1);

  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->entries = g_array_new (FALSE, TRUE, sizeof (PresyncPdfEntry));
  self->numbers = g_string_new (NULL);
  self->bodies = g_string_new (NULL);
  self->streams = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->held = g_array_new (FALSE, FALSE, sizeof (PresyncPdfHeld));
  g_array_set_clear_func (self->held, (GDestroyNotify) presync_pdf_held_clear);
  self->deflate = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, LEVEL));
  return self;
}

void
presync_pdf_pack_free (PresyncPdfPack *self)
{
  g_byte_array_unref (self->in);
  g_clear_pointer (&self->out, g_byte_array_unref);
  g_array_unref (self->entries);
  g_string_free (self->numbers, TRUE);
  g_string_free (self->bodies, TRUE);
  g_ptr_array_unref (self->streams);
  g_array_unref (self->held);
  g_object_unref (self->deflate);
  g_free (self);
}

static void
presync_pdf_pack_print (PresyncPdfPack *self, const char *text)
{
  g_byte_array_append (self->out, (const guint8 *) text, (guint) strlen (text));
}

/* (transfer full): the two texts, one behind the other, compressed */
static GBytes *
presync_pdf_pack_compress (PresyncPdfPack *self, const char *first, gsize first_length,
                           const char *second, gsize second_length)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *buffer = g_malloc (65536);
  const char *parts[] = { first, second };
  gsize lengths[] = { first_length, second_length };
  guint part = 0;
  GConverterResult result = G_CONVERTER_CONVERTED;

  g_converter_reset (self->deflate);
  while (result != G_CONVERTER_FINISHED && result != G_CONVERTER_ERROR)
    {
      gsize used = 0;
      gsize made = 0;

      result = g_converter_convert (self->deflate, parts[part], lengths[part], buffer, 65536,
                                    part == 1 ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS,
                                    &used, &made, NULL);
      g_byte_array_append (out, buffer, (guint) made);
      parts[part] += used;
      lengths[part] -= used;
      if (part == 0 && lengths[0] == 0)
        part = 1;
    }
  self->failed |= result == G_CONVERTER_ERROR;
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* Ends the stream that is being filled */
static void
presync_pdf_pack_end_stream (PresyncPdfPack *self)
{
  g_autoptr (GBytes) packed = NULL;
  g_autofree char *head = NULL;
  GByteArray *stream;
  gsize length;
  const guint8 *data;

  if (self->n_packed == 0)
    return;
  packed = presync_pdf_pack_compress (self, self->numbers->str, self->numbers->len,
                                      self->bodies->str, self->bodies->len);
  data = g_bytes_get_data (packed, &length);
  head = g_strdup_printf (" 0 obj\n<< /Type /ObjStm /N %u /First %" G_GSIZE_FORMAT
                          " /Length %" G_GSIZE_FORMAT " /Filter /FlateDecode >>\nstream\n",
                          self->n_packed, self->numbers->len, length);
  stream = g_byte_array_new ();
  g_byte_array_append (stream, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (stream, data, (guint) length);
  g_ptr_array_add (self->streams, g_byte_array_free_to_bytes (stream));
  g_string_truncate (self->numbers, 0);
  g_string_truncate (self->bodies, 0);
  self->n_packed = 0;
  self->failed |= self->streams->len >= G_MAXUINT16;
}

static PresyncPdfEntry *
presync_pdf_pack_entry (PresyncPdfPack *self, guint id)
{
  if (self->entries->len <= id)
    g_array_set_size (self->entries, id + 1);
  return &g_array_index (self->entries, PresyncPdfEntry, id);
}

/* A whole number at @p, at most nine digits; %NULL if there is none, else what is behind it */
static const char *
presync_pdf_number (const char *p, const char *end, guint *number)
{
  const char *start = p;

  *number = 0;
  while (p < end && g_ascii_isdigit (*p) && p - start < 9)
    *number = *number * 10 + (guint) (*p++ - '0');
  return p > start ? p : NULL;
}

static gboolean
presync_pdf_starts (const char *text, gsize length, const char *start)
{
  gsize n = strlen (start);

  return length >= n && memcmp (text, start, n) == 0;
}

/* Behind it a blank; there is one for each object, where printf would be slow */
static void
presync_pdf_append_number (GString *out, gsize number)
{
  char digits[24];
  gsize i = sizeof digits;

  digits[--i] = ' ';
  do
    {
      digits[--i] = (char) ('0' + number % 10);
      number /= 10;
    }
  while (number > 0);
  g_string_append_len (out, digits + i, (gssize) (sizeof digits - i));
}

/* Puts an object into the stream that is being filled; what cairo indents is not */
static void
presync_pdf_pack_add (PresyncPdfPack *self, guint id, const char *text, gsize length,
                      const char *addition)
{
  PresyncPdfEntry *entry = presync_pdf_pack_entry (self, id);
  static const char element[] = "<< /Type /StructElem\n";
  const char *end = text + length;

  presync_pdf_append_number (self->numbers, id);
  presync_pdf_append_number (self->numbers, self->bodies->len);
  entry->stream = (guint16) (self->streams->len + 1);
  entry->at = self->n_packed++;
  /* what it is goes without saying */
  if (presync_pdf_starts (text, length, element))
    {
      g_string_append (self->bodies, "<<");
      text += strlen (element) - 1;
    }
  while (text < end)
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));

      stop = stop != NULL ? stop : end;
      if (addition != NULL && stop >= end - 1 && g_str_has_prefix (text, ">>"))
        g_string_append (self->bodies, addition);
      g_string_append_len (self->bodies, text, stop - text);
      g_string_append_c (self->bodies, '\n');
      text = stop + 1;
      while (text < end && *text == ' ')
        text++;
    }
  if (self->n_packed == MOST_PACKED)
    presync_pdf_pack_end_stream (self);
}

/* @text: of an object, from "N 0 obj" to its end; %FALSE if it is none */
static gboolean
presync_pdf_pack_take (PresyncPdfPack *self, const char *text, gsize length, gboolean is_stream)
{
  static const char figure[] = "<< /Type /StructElem\n   /S /Figure\n";
  static const char head[] = "<< /Type /StructElem\n   /S /TH\n";
  const char *end = text + length - strlen ("endobj\n");
  guint id;
  const char *body = presync_pdf_number (text, end, &id);

  if (body == NULL || !presync_pdf_starts (body, (gsize) (end - body), " 0 obj\n")
      || self->origin > G_MAXUINT32 || self->out->len > G_MAXINT32)
    return FALSE;
  body += strlen (" 0 obj\n");
  length = (gsize) (end - body);
  /* a stream that was not recognised must not be packed: what it holds would be gone */
  if (!is_stream && presync_pdf_starts (body, length, "<<")
      && (length < 3 || memcmp (end - 3, ">>\n", 3) != 0))
    return FALSE;
  presync_pdf_pack_entry (self, id)->origin = (guint32) self->origin;
  if (is_stream || !presync_pdf_starts (body, length, "<<"))
    {
      presync_pdf_pack_entry (self, id)->at = self->out->len;
      g_byte_array_append (self->out, (const guint8 *) text,
                           (guint) (end + strlen ("endobj\n") - text));
    }
  else if (presync_pdf_starts (body, length, figure)
           || presync_pdf_starts (body, length, "<< /Type /Catalog\n"))
    {
      PresyncPdfHeld held = { id, g_strndup (body, length) };

      g_array_append_val (self->held, held);
    }
  else
    presync_pdf_pack_add (
        self, id, body, length,
        presync_pdf_starts (body, length, head) ? "/A << /O /Table /Scope /Column >>\n" : NULL);
  return TRUE;
}

/* Takes the objects that are complete from the front of @in */
static void
presync_pdf_pack_parse (PresyncPdfPack *self)
{
  const char *start = (const char *) self->in->data;
  const char *end = start + self->in->len;
  const char *object = start;
  const char *from = start + self->scanned;

  for (;;)
    {
      const char *stop = memmem (from, (gsize) (end - from), "endobj\n", 7);
      gboolean is_stream;
      gboolean ends;

      if (stop == NULL)
        break;
      from = stop + 7;
      ends = stop - object >= 11 && memcmp (stop - 11, "\nendstream\n", 11) == 0;
      is_stream = memmem (object, (gsize) (stop - object), ">>\nstream\n", 10) != NULL;
      /* else these letters are within a stream */
      if (is_stream && !ends)
        continue;
      if (!presync_pdf_pack_take (self, object, (gsize) (from - object), is_stream || ends))
        {
          self->failed = TRUE;
          return;
        }
      self->origin += (gsize) (from - object);
      object = from;
    }
  self->scanned = (gsize) (MAX (object, end - 6) - object);
  g_byte_array_remove_range (self->in, 0, (guint) (object - start));
}

void
presync_pdf_pack_write (PresyncPdfPack *self, const guchar *data, gsize length)
{
  static const char head[] = "%PDF-1.4\n%\265\355\256\373\n";
  gsize n = strlen (head);

  if (self->failed)
    return;
  g_byte_array_append (self->in, data, (guint) length);
  if (!self->begun && self->in->len >= n)
    {
      self->failed = memcmp (self->in->data, head, n) != 0;
      g_byte_array_append (self->out, (const guint8 *) head, (guint) n);
      self->out->data[7] = '5';
      g_byte_array_remove_range (self->in, 0, (guint) n);
      self->origin = n;
      self->begun = TRUE;
    }
  /* a call of this costs as much as a page of objects */
  if (self->begun && !self->failed && self->in->len >= 16384)
    presync_pdf_pack_parse (self);
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
  g_string_append (out, ">\n");
}

static int
presync_pdf_held_compare_cb (gconstpointer a, gconstpointer b)
{
  const PresyncPdfHeld *first = a;
  const PresyncPdfHeld *second = b;

  return first->id < second->id ? -1 : first->id > second->id;
}

/* Completes what was held back: the ids of figures are in the order of reading */
static void
presync_pdf_pack_release (PresyncPdfPack *self, const char *language, const GPtrArray *alternates)
{
  guint figure = 0;

  g_array_sort (self->held, presync_pdf_held_compare_cb);
  for (guint i = 0; i < self->held->len; i++)
    {
      const PresyncPdfHeld *held = &g_array_index (self->held, PresyncPdfHeld, i);
      g_autoptr (GString) addition = g_string_new (NULL);

      if (g_str_has_prefix (held->text, "<< /Type /Catalog"))
        {
          g_string_append (addition, "/ViewerPreferences << /DisplayDocTitle true >>\n");
          if (language != NULL)
            g_string_append_printf (addition, "/Lang (%s)\n", language);
        }
      else if (figure < alternates->len)
        {
          g_string_append (addition, "/Alt ");
          presync_pdf_append_text (addition, g_ptr_array_index (alternates, figure++));
        }
      presync_pdf_pack_add (self, held->id, held->text, strlen (held->text), addition->str);
    }
  presync_pdf_pack_end_stream (self);
}

/* Whether cairo's table has just the objects that were found, in just these places. Within it
 * @tail: (out): behind it */
static gboolean
presync_pdf_pack_check (PresyncPdfPack *self, const char **tail)
{
  const char *p = (const char *) self->in->data;
  const char *end = p + self->in->len;
  guint n;

  if (!presync_pdf_starts (p, self->in->len, "xref\n0 "))
    return FALSE;
  p = presync_pdf_number (p + 7, end, &n);
  if (p == NULL || n != self->entries->len || (gsize) (end - p) < 1 + (gsize) n * 20)
    return FALSE;
  p++;
  for (guint id = 1; id < n; id++)
    {
      const PresyncPdfEntry *entry = &g_array_index (self->entries, PresyncPdfEntry, id);

      if (entry->origin == 0 || g_ascii_strtoull (p + (gsize) id * 20, NULL, 10) != entry->origin)
        return FALSE;
    }
  *tail = p + (gsize) n * 20;
  return TRUE;
}

static void
presync_pdf_append_entry (GString *table, guint kind, guint32 where, guint16 which)
{
  const char bytes[7]
      = { (char) kind,  (char) (where >> 24), (char) (where >> 16), (char) (where >> 8),
          (char) where, (char) (which >> 8),  (char) which };

  g_string_append_len (table, bytes, sizeof bytes);
}

/* The streams of objects, and the table of where all is, which is a stream too */
static void
presync_pdf_pack_write_end (PresyncPdfPack *self, guint root, guint info)
{
  guint n = self->entries->len;
  g_autoptr (GString) table = g_string_new (NULL);
  g_autoptr (GString) streams = g_string_new (NULL);
  g_autoptr (GBytes) packed = NULL;
  g_autofree char *head = NULL;
  g_autofree char *foot = NULL;

  presync_pdf_append_entry (table, 0, 0, G_MAXUINT16);
  for (guint id = 1; id < n; id++)
    {
      const PresyncPdfEntry *entry = &g_array_index (self->entries, PresyncPdfEntry, id);

      if (entry->stream > 0)
        presync_pdf_append_entry (table, 2, n + entry->stream - 1, (guint16) entry->at);
      else
        presync_pdf_append_entry (table, 1, entry->at, 0);
    }
  for (guint i = 0; i < self->streams->len; i++)
    {
      GBytes *stream = g_ptr_array_index (self->streams, i);
      g_autofree char *number = g_strdup_printf ("%u", n + i);

      presync_pdf_append_entry (table, 1, self->out->len, 0);
      presync_pdf_pack_print (self, number);
      g_byte_array_append (self->out, g_bytes_get_data (stream, NULL),
                           (guint) g_bytes_get_size (stream));
      presync_pdf_pack_print (self, "\nendstream\nendobj\n");
    }
  n += self->streams->len;
  presync_pdf_append_entry (table, 1, self->out->len, 0);
  packed = presync_pdf_pack_compress (self, table->str, table->len, "", 0);
  head = g_strdup_printf ("%u 0 obj\n<< /Type /XRef /Size %u /W [ 1 4 2 ] /Root %u 0 R /Info %u 0 R"
                          " /Length %" G_GSIZE_FORMAT " /Filter /FlateDecode >>\nstream\n",
                          n, n + 1, root, info, g_bytes_get_size (packed));
  foot = g_strdup_printf ("\nendstream\nendobj\nstartxref\n%u\n%%%%EOF\n", self->out->len);
  presync_pdf_pack_print (self, head);
  g_byte_array_append (self->out, g_bytes_get_data (packed, NULL),
                       (guint) g_bytes_get_size (packed));
  presync_pdf_pack_print (self, foot);
}

static gboolean
presync_pdf_find_reference (const char *tail, const char *end, const char *name, guint *id)
{
  const char *p = g_strstr_len (tail, end - tail, name);

  return p != NULL && presync_pdf_number (p + strlen (name), end, id) != NULL;
}

GBytes *
presync_pdf_pack_finish (PresyncPdfPack *self, const char *language, const GPtrArray *alternates)
{
  const char *tail = NULL;
  const char *end;
  guint root = 0;
  guint info = 0;

  if (!self->failed)
    presync_pdf_pack_parse (self);
  end = (const char *) self->in->data + self->in->len;
  if (self->failed || !presync_pdf_pack_check (self, &tail)
      || !presync_pdf_find_reference (tail, end, "/Root ", &root)
      || !presync_pdf_find_reference (tail, end, "/Info ", &info))
    return NULL;
  presync_pdf_pack_release (self, language, alternates);
  presync_pdf_pack_write_end (self, root, info);
  if (self->failed)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&self->out));
}
