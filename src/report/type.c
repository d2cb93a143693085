/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/type.h"

#include "report/breaks.h"
#include "report/document.h"
#include <string.h>

#define FAMILY "Cantarell, Noto Sans, DejaVu Sans, Sans"
#define FAMILY_MONO "DejaVu Sans Mono, Noto Sans Mono, Monospace"
/* Monospaced letters look larger than those around them. */
#define MONO_SCALE 0.9
/* A paragraph longer than this is cut into several: laying out one takes more than linear time. */
#define LONGEST_PARAGRAPH 4000
#define LONGEST_WORD 100
/* In one text: each costs a new layout */
#define MOST_PART_BREAKS 24

typedef struct
{
  double size; /* points */
  gboolean bold;
  double leading; /* of the line, times the font's own */
  PresyncInk ink;
} PresyncTypeStyle;

static const PresyncTypeStyle styles[] = {
  [PRESYNC_ROLE_TITLE] = { 28, TRUE, 0.95, PRESYNC_INK_TEXT },
  [PRESYNC_ROLE_HEADING1] = { 18, TRUE, 1.0, PRESYNC_INK_TEXT },
  [PRESYNC_ROLE_HEADING2] = { 12.5, TRUE, 1.0, PRESYNC_INK_TEXT },
  [PRESYNC_ROLE_HEADING3] = { 10, TRUE, 1.0, PRESYNC_INK_TEXT },
  [PRESYNC_ROLE_BODY] = { 10, FALSE, 1.08, PRESYNC_INK_TEXT },
  [PRESYNC_ROLE_CELL] = { 8.5, FALSE, 1.0, PRESYNC_INK_TEXT },
  [PRESYNC_ROLE_SMALL] = { 7.5, FALSE, 1.0, PRESYNC_INK_DIM },
  [PRESYNC_ROLE_FIGURE] = { 18, TRUE, 1.0, PRESYNC_INK_TEXT },
};

struct _PresyncType
{
  PangoFontMap *font_map;
  PangoContext *context;
  PangoFontDescription *fonts[G_N_ELEMENTS (styles)];
};

/* A prose as one text with attributes */
typedef struct
{
  GString *text;
  PangoAttrList *attributes;
  GArray *links;
} PresyncFlat;

PresyncLines *
presync_lines_ref (PresyncLines *self)
{
  return g_rc_box_acquire (self);
}

static void
presync_lines_clear (PresyncLines *self)
{
  g_clear_object (&self->layout);
  g_clear_pointer (&self->lines, g_free);
  g_clear_pointer (&self->links, g_array_unref);
}

void
presync_lines_unref (PresyncLines *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) presync_lines_clear);
}

double
presync_lines_height (const PresyncLines *self, guint first, guint n)
{
  if (n == 0 || first >= self->n_lines)
    return 0;
  return self->lines[MIN (first + n, self->n_lines) - 1].bottom - self->lines[first].top;
}

guint
presync_lines_fit (const PresyncLines *self, guint first, double height)
{
  guint n = 0;

  while (first + n < self->n_lines
         && self->lines[first + n].bottom - self->lines[first].top <= height + 0.01)
    n++;
  return n;
}

PresyncType *
presync_type_new (void)
{
  PresyncType *self = g_new0 (PresyncType, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* A map of our own, at 72 dots an inch and unhinted, so that lines break in the same places
   * whatever the screen is like; and so that it may be used in any thread. */
  self->font_map = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->font_map), 72);
  self->context = pango_font_map_create_context (self->font_map);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_destroy (options);
  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    {
      PangoFontDescription *font = pango_font_description_new ();

      pango_font_description_set_family_static (font, FAMILY);
      pango_font_description_set_size (font, (int) (styles[i].size * PANGO_SCALE));
      pango_font_description_set_weight (font,
                                         styles[i].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
      self->fonts[i] = font;
    }
  return self;
}

void
presync_type_free (PresyncType *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->fonts); i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->context);
  g_object_unref (self->font_map);
  g_free (self);
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
      gboolean bidi = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e
                      || c == 0x200f;

      paragraph = c == '\n' ? 0 : paragraph + 1;
      if (c == '\t')
        g_string_append_c (flat, ' ');
      else if ((g_unichar_iscntrl (c) && c != '\n') || bidi || c == 0x2028 || c == 0x2029)
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

static void
presync_flat_style (PresyncFlat *self, PangoAttribute *attribute, guint start)
{
  attribute->start_index = start;
  attribute->end_index = (guint) self->text->len;
  pango_attr_list_insert (self->attributes, attribute);
}

static void
presync_flat_ink (PresyncFlat *self, PresyncInk ink, guint start)
{
  guint32 rgb = presync_ink_rgb (ink);

  presync_flat_style (self,
                      pango_attr_foreground_new ((guint16) ((rgb >> 16) * 0x101),
                                                 (guint16) (((rgb >> 8) & 0xff) * 0x101),
                                                 (guint16) ((rgb & 0xff) * 0x101)),
                      start);
}

static void
presync_flat_add (PresyncFlat *self, const PresyncSpan *span)
{
  guint start = (guint) self->text->len;

  presync_flat_append (self->text, span->text);
  if ((span->style & PRESYNC_SPAN_BOLD) != 0)
    presync_flat_style (self, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start);
  if ((span->style & PRESYNC_SPAN_MONO) != 0)
    {
      presync_flat_style (self, pango_attr_family_new (FAMILY_MONO), start);
      presync_flat_style (self, pango_attr_scale_new (MONO_SCALE), start);
    }
  if (span->link != NULL)
    {
      PresyncLinkRange range = { start, (guint) self->text->len, span->link };

      presync_flat_ink (self, PRESYNC_INK_BLUE, start);
      g_array_append_val (self->links, range);
    }
  else if ((span->style & PRESYNC_SPAN_DIM) != 0)
    presync_flat_ink (self, PRESYNC_INK_DIM, start);
}

/* Moves @offset, of attributes and links, behind the new lines before it */
static guint
presync_shifted (const GArray *breaks, guint offset)
{
  guint shift = 0;

  while (shift < breaks->len && g_array_index (breaks, guint, shift) < offset)
    shift++;
  return offset + shift;
}

static gboolean
presync_flat_shift_cb (PangoAttribute *attribute, gpointer user_data)
{
  const GArray *breaks = user_data;

  attribute->start_index = presync_shifted (breaks, attribute->start_index);
  if (attribute->end_index != G_MAXUINT)
    attribute->end_index = presync_shifted (breaks, attribute->end_index);
  return FALSE;
}

/* Puts new lines where @breaks says: offsets in ascending order */
static void
presync_flat_break (PresyncFlat *self, GArray *breaks)
{
  g_autoptr (PangoAttrList) unused = NULL;

  for (guint i = breaks->len; i > 0; i--)
    g_string_insert_c (self->text, g_array_index (breaks, guint, i - 1), '\n');
  unused = pango_attr_list_filter (self->attributes, presync_flat_shift_cb, breaks);
  for (guint i = 0; i < self->links->len; i++)
    {
      PresyncLinkRange *range = &g_array_index (self->links, PresyncLinkRange, i);

      range->start = presync_shifted (breaks, range->start);
      range->end = presync_shifted (breaks, range->end);
    }
}

static void
presync_lines_measure (PresyncLines *self)
{
  PangoLayoutIter *iter = pango_layout_get_iter (self->layout);
  guint i = 0;

  self->n_lines = (guint) pango_layout_get_line_count (self->layout);
  self->lines = g_new0 (PresyncLine, self->n_lines);
  do
    {
      PangoLayoutLine *pango_line = pango_layout_iter_get_line_readonly (iter);
      PresyncLine *line = &self->lines[i++];
      PangoRectangle logical;
      int top;
      int bottom;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      pango_layout_iter_get_line_yrange (iter, &top, &bottom);
      line->top = pango_units_to_double (top);
      line->bottom = pango_units_to_double (bottom);
      line->baseline = pango_units_to_double (pango_layout_iter_get_baseline (iter));
      line->left = pango_units_to_double (logical.x);
      line->start = pango_line->start_index;
      line->end = pango_line->start_index + pango_line->length;
      self->width = MAX (self->width, pango_units_to_double (logical.width));
    }
  while (i < self->n_lines && pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
presync_flat_give (const PresyncFlat *self, PangoLayout *layout)
{
  pango_layout_set_text (layout, self->text->str, (int) self->text->len);
  pango_layout_set_attributes (layout, self->attributes);
}

/* A word that is a little too wide for its cell gets somewhat smaller letters: broken anywhere it
 * would be hard to read, and where it may be hyphenated is not known. */
static void
presync_type_shrink (PresyncType *self, PresyncTypeRole role, PangoLayout *layout)
{
  static const double scales[] = { 0.94, 0.88, 0.84 };

  for (gsize i = 0; presync_breaks_have_broken_word (layout); i++)
    {
      g_autoptr (PangoFontDescription) font = NULL;

      if (i == G_N_ELEMENTS (scales))
        {
          pango_layout_set_font_description (layout, self->fonts[role]);
          return;
        }
      font = pango_font_description_copy (self->fonts[role]);
      pango_font_description_set_size (font, (int) (styles[role].size * scales[i] * PANGO_SCALE));
      pango_layout_set_font_description (layout, font);
    }
}

/* Breaks what is wider than its cell where it has parts, such as the folders of a path. Each break
 * moves the ones behind it. */
static void
presync_flat_break_parts (PresyncFlat *self, PangoLayout *layout)
{
  guint at = 0;

  for (guint i = 0; i < MOST_PART_BREAKS && presync_breaks_find_part (layout, at, &at); i++)
    {
      g_autoptr (GArray) breaks = g_array_new (FALSE, FALSE, sizeof (guint));

      g_array_append_val (breaks, at);
      presync_flat_break (self, breaks);
      presync_flat_give (self, layout);
      at++;
    }
}

static PresyncLines *
presync_type_set_flat (PresyncType *self, PresyncTypeRole role, PresyncFlat *flat, double width)
{
  PresyncLines *lines = g_rc_box_new0 (PresyncLines);
  PangoLayout *layout = pango_layout_new (self->context);
  int pango_width = (int) (MAX (width, 1) * PANGO_SCALE);

  lines->ink = styles[role].ink;
  lines->layout = layout;
  lines->links = g_array_ref (flat->links);
  pango_layout_set_font_description (layout, self->fonts[role]);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, (float) styles[role].leading);
  presync_flat_give (flat, layout);
  pango_layout_set_width (layout, pango_width);
  if (pango_layout_get_line_count (layout) > 1 && presync_breaks_have_name (flat->text->str))
    {
      g_autoptr (GArray) breaks = presync_breaks_find_names (layout, width);

      if (breaks->len > 0)
        {
          presync_flat_break (flat, breaks);
          presync_flat_give (flat, layout);
        }
      pango_layout_set_width (layout, pango_width);
    }
  if (pango_layout_get_line_count (layout) > 1)
    {
      if (role == PRESYNC_ROLE_CELL || role == PRESYNC_ROLE_SMALL)
        presync_type_shrink (self, role, layout);
      presync_flat_break_parts (flat, layout);
    }
  presync_lines_measure (lines);
  return lines;
}

static void
presync_flat_init (PresyncFlat *self)
{
  PangoAttribute *figures = pango_attr_font_features_new ("tnum=1, liga=0, clig=0");

  self->text = g_string_new (NULL);
  self->attributes = pango_attr_list_new ();
  self->links = g_array_new (FALSE, FALSE, sizeof (PresyncLinkRange));
  /* figures of one width, so that numbers stand below each other; no ligatures, or a search in the
   * PDF for “file” would not find it */
  pango_attr_list_insert (self->attributes, figures);
  /* a hyphen in a path or a name would be taken for a part of it */
  pango_attr_list_insert (self->attributes, pango_attr_insert_hyphens_new (FALSE));
}

static void
presync_flat_clear (PresyncFlat *self)
{
  g_string_free (self->text, TRUE);
  pango_attr_list_unref (self->attributes);
  g_array_unref (self->links);
}

PresyncLines *
presync_type_set (PresyncType *self, PresyncTypeRole role, const GPtrArray *prose, double width)
{
  PresyncLines *lines;
  PresyncFlat flat;

  presync_flat_init (&flat);
  for (guint i = 0; prose != NULL && i < prose->len; i++)
    presync_flat_add (&flat, g_ptr_array_index (prose, i));
  lines = presync_type_set_flat (self, role, &flat, width);
  presync_flat_clear (&flat);
  return lines;
}

PresyncLines *
presync_type_set_text (PresyncType *self, PresyncTypeRole role, PresyncInk ink, const char *text,
                       double width)
{
  PresyncLines *lines;
  PresyncFlat flat;

  presync_flat_init (&flat);
  presync_flat_append (flat.text, text);
  lines = presync_type_set_flat (self, role, &flat, width);
  lines->ink = ink;
  presync_flat_clear (&flat);
  return lines;
}
