/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/face.h"

#include <string.h>

/* Blocks of characters that are drawn one by one, in the order of their numbers. What looks the
 * same may be of another kind: no blank that does not break, no soft hyphen, no combining mark. */
typedef struct
{
  gunichar first;
  gunichar last;
  int index;
} PresyncFaceBlock;

static const PresyncFaceBlock blocks[] = {
  { 0x20, 0x7e, 0 },       { 0xa1, 0xac, 95 },      { 0xae, 0x17f, 107 },
  { 0x386, 0x386, 317 },   { 0x388, 0x38a, 318 },   { 0x38c, 0x38c, 321 },
  { 0x38e, 0x3a1, 322 },   { 0x3a3, 0x3ce, 342 },   { 0x400, 0x45f, 386 },
  { 0x490, 0x491, 482 },   { 0x2013, 0x2014, 484 }, { 0x2018, 0x201e, 486 },
  { 0x2020, 0x2022, 493 }, { 0x2026, 0x2026, 496 }, { 0x2030, 0x2030, 497 },
  { 0x2039, 0x203a, 498 }, { 0x20ac, 0x20ac, 500 }, { 0x2212, 0x2212, 501 },
};

#define N_PLAIN 502
/* The first of the blocks of letters of these scripts, and of what follows */
#define FIRST_GREEK 317
#define FIRST_CYRILLIC 386
#define FIRST_SIGN 484

/* Not asked for yet */
#define UNASKED G_MAXINT

typedef struct
{
  guint32 glyph;
  int advance;
  int *pairs; /* advance before each other letter; NULL as long as nobody asked */
} PresyncLetter;

typedef enum
{
  PRESYNC_SAMPLE_LATIN,
  PRESYNC_SAMPLE_GREEK,
  PRESYNC_SAMPLE_CYRILLIC,
  PRESYNC_N_SAMPLES,
} PresyncSample;

struct _PresyncFace
{
  /* each in one item, whose analysis serves to shape letters of its script; NULL: another font */
  PangoLayout *samples[PRESYNC_N_SAMPLES];
  PangoItem *items[PRESYNC_N_SAMPLES];
  PangoGlyphString *glyphs; /* of one or two letters */
  PangoGlyphString *whole;  /* of a text that checks them */
  PresyncFaceMetrics metrics;
  gboolean simple;
  PresyncLetter letters[N_PLAIN];
};

static gunichar
presync_face_get_character (int index)
{
  gsize i = G_N_ELEMENTS (blocks) - 1;

  while (blocks[i].index > index)
    i--;
  return blocks[i].first + (gunichar) (index - blocks[i].index);
}

int
presync_face_get_index (gunichar c, guint *scripts)
{
  if (c >= 0x20 && c <= 0x7e)
    {
      if (g_ascii_isalpha ((char) c))
        *scripts |= PRESYNC_SCRIPT_LATIN;
      return (int) c - 0x20;
    }
  for (gsize i = 1; i < G_N_ELEMENTS (blocks) && c >= blocks[i].first; i++)
    if (c <= blocks[i].last)
      {
        if (blocks[i].index >= FIRST_CYRILLIC && blocks[i].index < FIRST_SIGN)
          *scripts |= PRESYNC_SCRIPT_CYRILLIC;
        else if (blocks[i].index >= FIRST_GREEK && blocks[i].index < FIRST_SIGN)
          *scripts |= PRESYNC_SCRIPT_GREEK;
        else if (g_unichar_isalpha (c) && c != 0xb5)
          *scripts |= PRESYNC_SCRIPT_LATIN;
        return blocks[i].index + (int) (c - blocks[i].first);
      }
  return -1;
}

static PresyncSample
presync_face_get_sample (int index, int next)
{
  int last = MAX (index < FIRST_SIGN ? index : 0, next < FIRST_SIGN ? next : 0);

  return last >= FIRST_CYRILLIC ? PRESYNC_SAMPLE_CYRILLIC
         : last >= FIRST_GREEK  ? PRESYNC_SAMPLE_GREEK
                                : PRESYNC_SAMPLE_LATIN;
}

/* Shapes one or two letters; %FALSE if the font does not have them, or puts anything but a glyph
 * in its place for each */
static gboolean
presync_face_shape (PresyncFace *self, int index, int next)
{
  const PangoItem *item = self->items[presync_face_get_sample (index, next)];
  char text[12];
  int n = next >= 0 ? 2 : 1;
  int length = g_unichar_to_utf8 (presync_face_get_character (index), text);

  if (item == NULL)
    return FALSE;
  if (next >= 0)
    length += g_unichar_to_utf8 (presync_face_get_character (next), text + length);
  pango_shape (text, length, &item->analysis, self->glyphs);
  if (self->glyphs->num_glyphs != n)
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      const PangoGlyphInfo *glyph = &self->glyphs->glyphs[i];

      if ((glyph->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 || glyph->glyph == PANGO_GLYPH_EMPTY
          || glyph->glyph == 0 || glyph->geometry.x_offset != 0 || glyph->geometry.y_offset != 0)
        return FALSE;
    }
  return TRUE;
}

/* Asks for a letter alone */
static gboolean
presync_face_ask_letter (PresyncFace *self, int index)
{
  PresyncLetter *letter = &self->letters[index];

  if (letter->advance == UNASKED)
    {
      letter->advance = PRESYNC_FACE_NOT_SIMPLE;
      if (presync_face_shape (self, index, -1))
        {
          letter->glyph = self->glyphs->glyphs[0].glyph;
          letter->advance = self->glyphs->glyphs[0].geometry.width;
        }
    }
  return letter->advance != PRESYNC_FACE_NOT_SIMPLE;
}

/* How wide @index is before @next: letters that change each other are not plain */
static int
presync_face_ask_pair (PresyncFace *self, int index, int next)
{
  const PangoGlyphInfo *glyphs;

  if (!presync_face_ask_letter (self, index) || !presync_face_ask_letter (self, next)
      || !presync_face_shape (self, index, next))
    return PRESYNC_FACE_NOT_SIMPLE;
  glyphs = self->glyphs->glyphs;
  if (glyphs[0].glyph != self->letters[index].glyph || glyphs[1].glyph != self->letters[next].glyph
      || glyphs[1].geometry.width != self->letters[next].advance)
    return PRESYNC_FACE_NOT_SIMPLE;
  return glyphs[0].geometry.width;
}

int
presync_face_get_advance (PresyncFace *self, int index, int next)
{
  PresyncLetter *letter = &self->letters[index];

  if (next < 0)
    {
      if (letter->advance == UNASKED)
        presync_face_ask_letter (self, index);
      return letter->advance;
    }
  if (letter->pairs == NULL)
    {
      letter->pairs = g_new (int, N_PLAIN);
      for (int i = 0; i < N_PLAIN; i++)
        letter->pairs[i] = UNASKED;
    }
  if (letter->pairs[next] == UNASKED)
    letter->pairs[next] = presync_face_ask_pair (self, index, next);
  return letter->pairs[next];
}

guint32
presync_face_get_glyph (const PresyncFace *self, int index)
{
  return self->letters[index].glyph;
}

/* (nullable): the only item of a layout */
static PangoItem *
presync_face_get_item (PangoLayout *layout)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);

  if (line == NULL || line->runs == NULL || line->runs->next != NULL)
    return NULL;
  return ((PangoGlyphItem *) line->runs->data)->item;
}

/* Whether a text in the letters of @sample comes out as if it were shaped as a whole: some fonts
 * draw arrows, addresses and the like with glyphs of their own */
static gboolean
presync_face_check (PresyncFace *self, PresyncSample sample, const char *text)
{
  PangoGlyphString *whole = self->whole;
  const char *p = text;

  pango_shape (text, (int) strlen (text), &self->items[sample]->analysis, whole);
  if (whole->num_glyphs != g_utf8_strlen (text, -1))
    return FALSE;
  for (int i = 0; i < whole->num_glyphs; i++)
    {
      guint scripts = 0;
      int index = presync_face_get_index (g_utf8_get_char (p), &scripts);
      int next = -1;

      p = g_utf8_next_char (p);
      if (*p != '\0')
        next = presync_face_get_index (g_utf8_get_char (p), &scripts);
      if (presync_face_get_advance (self, index, next) != whole->glyphs[i].geometry.width
          || presync_face_get_glyph (self, index) != whole->glyphs[i].glyph)
        return FALSE;
    }
  return TRUE;
}

static void
presync_face_measure (PresyncFace *self)
{
  const PangoItem *item = self->items[PRESYNC_SAMPLE_LATIN];
  PangoFontMetrics *metrics = pango_font_get_metrics (item->analysis.font, item->analysis.language);
  PangoRectangle logical;

  pango_layout_line_get_extents (
      pango_layout_get_line_readonly (self->samples[PRESYNC_SAMPLE_LATIN], 0), NULL, &logical);
  self->metrics.ascent = -logical.y;
  self->metrics.descent = logical.y + logical.height;
  self->metrics.height = pango_font_metrics_get_height (metrics);
  pango_font_metrics_unref (metrics);
}

PresyncFace *
presync_face_new (PangoContext *context, const PangoFontDescription *font,
                  PangoAttrList *attributes)
{
  static const char *const samples[] = { "n", "ν", "н" };
  static const char *const texts[]
      = { "https://www.fi-ff.fl/ffi -> <= != == ++ :: AV. To, (Ty) “Wa” 0x10 1/2 3:4 ...", "Αυτό",
          "Текст" };
  PresyncFace *self = g_new0 (PresyncFace, 1);

  self->glyphs = pango_glyph_string_new ();
  self->whole = pango_glyph_string_new ();
  for (int i = 0; i < N_PLAIN; i++)
    self->letters[i].advance = UNASKED;
  for (int i = 0; i < PRESYNC_N_SAMPLES; i++)
    {
      self->samples[i] = pango_layout_new (context);
      pango_layout_set_font_description (self->samples[i], font);
      pango_layout_set_attributes (self->samples[i], attributes);
      pango_layout_set_text (self->samples[i], samples[i], -1);
      self->items[i] = presync_face_get_item (self->samples[i]);
      if (self->items[i] != NULL
          && (self->items[PRESYNC_SAMPLE_LATIN] == NULL
              || self->items[i]->analysis.font != self->items[PRESYNC_SAMPLE_LATIN]->analysis.font
              || !presync_face_check (self, i, texts[i])))
        self->items[i] = NULL;
    }
  self->simple = self->items[PRESYNC_SAMPLE_LATIN] != NULL;
  if (self->simple)
    presync_face_measure (self);
  return self;
}

void
presync_face_free (PresyncFace *self)
{
  for (int i = 0; i < N_PLAIN; i++)
    g_free (self->letters[i].pairs);
  for (int i = 0; i < PRESYNC_N_SAMPLES; i++)
    g_clear_object (&self->samples[i]);
  pango_glyph_string_free (self->glyphs);
  pango_glyph_string_free (self->whole);
  g_free (self);
}

const PresyncFaceMetrics *
presync_face_get_metrics (PresyncFace *self)
{
  return self->simple ? &self->metrics : NULL;
}

cairo_scaled_font_t *
presync_face_get_scaled_font (PresyncFace *self)
{
  PangoFont *font = self->items[PRESYNC_SAMPLE_LATIN]->analysis.font;

  return pango_cairo_font_get_scaled_font (PANGO_CAIRO_FONT (font));
}
