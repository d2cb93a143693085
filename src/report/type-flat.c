/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/type-private.h"

#include <string.h>

#define FAMILY_MONO "DejaVu Sans Mono, Noto Sans Mono, Monospace"
/* Monospaced letters look larger than those around them. */
#define MONO_SCALE 0.9
/* A paragraph longer than this is cut into several: laying out one takes more than linear time. */
#define LONGEST_PARAGRAPH 4000
#define LONGEST_WORD 100

void
presync_flat_init (PresyncFlat *self)
{
  self->text = g_string_new (NULL);
  self->runs = g_array_new (FALSE, FALSE, sizeof (PresyncFlatRun));
}

void
presync_flat_clear (PresyncFlat *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->runs);
}

void
presync_flat_reset (PresyncFlat *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->runs, 0);
}

/* Whether a text is short and may be shown as it is: of what may not, U+0080 to U+009F begin with
 * C2, what turns the direction or ends a line with E2, what is no character with EF or above */
static gboolean
presync_flat_is_printable (const char *text, gsize *length)
{
  gboolean ascii = TRUE;
  gsize n = 0;

  for (; text[n] != '\0' && n < LONGEST_PARAGRAPH; n++)
    {
      guchar c = (guchar) text[n];

      if (c < 0x20 || c == 0x7f || c == 0xc2 || c == 0xe2 || c >= 0xef)
        return FALSE;
      ascii = ascii && c < 0x80;
    }
  *length = n;
  return text[n] == '\0' && (ascii || g_utf8_validate_len (text, n, NULL));
}

/* Whether a character is not to be shown: it controls, turns what follows, ends a line, or is none
 * (Unicode 3.4 D14, for which cairo gives up) */
static gboolean
presync_flat_is_bad (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x200e || c == 0x200f || c == 0x2028 || c == 0x2029 || (c & 0xfffe) == 0xfffe
         || (c >= 0xfdd0 && c <= 0xfdef);
}

char *
presync_flat_dup_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (line, g_unichar_isspace (g_utf8_get_char (p)) ? ' '
                                   : presync_flat_is_bad (g_utf8_get_char (p))
                                       ? 0xfffd
                                       : g_utf8_get_char (p));
  return g_string_free (line, FALSE);
}

/* Appends what may be shown of @text: directories hold anything. */
static void
presync_flat_append (GString *flat, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gsize paragraph = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      paragraph = c == '\n' ? 0 : paragraph + 1;
      if (c == '\t')
        g_string_append_c (flat, ' ');
      else if (c != '\n' && presync_flat_is_bad (c))
        g_string_append (flat, "\357\277\275");
      else
        g_string_append_unichar (flat, c);
      if (paragraph > LONGEST_PARAGRAPH
          && (c == ' ' || c == ',' || paragraph > LONGEST_PARAGRAPH + LONGEST_WORD)
          && !g_unichar_ismark (g_utf8_get_char (g_utf8_next_char (p))))
        {
          g_string_append_c (flat, '\n');
          paragraph = 0;
        }
    }
}

void
presync_flat_add (PresyncFlat *self, PresyncSpanStyle style, const char *text, const char *link)
{
  PresyncFlatRun run = { (guint) self->text->len, 0, style, link };
  gsize length;

  if (presync_flat_is_printable (text, &length))
    g_string_append_len (self->text, text, (gssize) length);
  else
    presync_flat_append (self->text, text);
  run.end = (guint) self->text->len;
  if (run.end > run.start)
    g_array_append_val (self->runs, run);
}

/* Moves @offset behind the new lines before it */
static guint
presync_shifted (const GArray *breaks, guint offset)
{
  guint shift = 0;

  while (shift < breaks->len && g_array_index (breaks, guint, shift) < offset)
    shift++;
  return offset + shift;
}

void
presync_flat_break (PresyncFlat *self, const GArray *breaks)
{
  for (guint i = breaks->len; i > 0; i--)
    g_string_insert_c (self->text, g_array_index (breaks, guint, i - 1), '\n');
  for (guint i = 0; i < self->runs->len; i++)
    {
      PresyncFlatRun *run = &g_array_index (self->runs, PresyncFlatRun, i);

      run->start = i > 0 ? g_array_index (self->runs, PresyncFlatRun, i - 1).end : 0;
      run->end = presync_shifted (breaks, run->end);
    }
}

static void
presync_flat_style (PangoAttrList *attributes, PangoAttribute *attribute, const PresyncFlatRun *run)
{
  attribute->start_index = run->start;
  attribute->end_index = run->end;
  pango_attr_list_insert (attributes, attribute);
}

static void
presync_flat_style_run (PangoAttrList *attributes, const PresyncFlatRun *run)
{
  if ((run->style & PRESYNC_SPAN_BOLD) != 0)
    presync_flat_style (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), run);
  if ((run->style & PRESYNC_SPAN_MONO) != 0)
    {
      presync_flat_style (attributes, pango_attr_family_new (FAMILY_MONO), run);
      presync_flat_style (attributes, pango_attr_scale_new (MONO_SCALE), run);
    }
  if (run->link != NULL || (run->style & PRESYNC_SPAN_DIM) != 0)
    {
      guint32 rgb = presync_ink_rgb (run->link != NULL ? PRESYNC_INK_BLUE : PRESYNC_INK_DIM);

      presync_flat_style (attributes,
                          pango_attr_foreground_new ((guint16) ((rgb >> 16) * 0x101),
                                                     (guint16) (((rgb >> 8) & 0xff) * 0x101),
                                                     (guint16) ((rgb & 0xff) * 0x101)),
                          run);
    }
}

PangoAttrList *
presync_flat_dup_attributes (const PresyncFlat *self, PresyncSpanStyle style)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  /* figures of one width, so that numbers stand below each other; no ligatures, or a search in the
   * PDF for “file” would not find it */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1, liga=0, clig=0"));
  /* a hyphen in a path or a name would be taken for a part of it */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (self == NULL)
    {
      const PresyncFlatRun all = { 0, PANGO_ATTR_INDEX_TO_TEXT_END, style, NULL };

      presync_flat_style_run (attributes, &all);
      return attributes;
    }
  for (guint i = 0; i < self->runs->len; i++)
    presync_flat_style_run (attributes, &g_array_index (self->runs, PresyncFlatRun, i));
  return attributes;
}
