/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/type.h"

#include "report/breaks.h"
#include "report/type-private.h"

#define FAMILY "Cantarell, Noto Sans, DejaVu Sans, Sans"
/* In one text: each costs a new layout */
#define MOST_PART_BREAKS 24
#define N_FACES 4
/* Times the size of the type: no font's lines are as high */
#define HIGHEST_LINE 8.0

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
  PresyncFace *faces[G_N_ELEMENTS (styles)][N_FACES]; /* by role, weight and family */
  PresyncFlat flat;                                   /* of what is being set */
  PresyncPlain *plain;
  gboolean slow;
};

PresyncLines *
presync_lines_ref (PresyncLines *self)
{
  return g_rc_box_acquire (self);
}

static void
presync_lines_clear (PresyncLines *self)
{
  /* those of a plain text lie in the same piece of memory */
  if (self->layout == NULL)
    return;
  g_clear_object (&self->layout);
  g_clear_pointer (&self->lines, g_free);
  g_clear_pointer (&self->runs, g_free);
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
  presync_flat_init (&self->flat);
  self->plain = presync_plain_new ();
  return self;
}

void
presync_type_free (PresyncType *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->fonts); i++)
    {
      pango_font_description_free (self->fonts[i]);
      for (gsize j = 0; j < N_FACES; j++)
        g_clear_pointer (&self->faces[i][j], presync_face_free);
    }
  presync_flat_clear (&self->flat);
  presync_plain_free (self->plain);
  g_object_unref (self->context);
  g_object_unref (self->font_map);
  g_free (self);
}

PangoContext *
presync_type_get_context (PresyncType *self)
{
  return self->context;
}

PresyncFace *
presync_type_get_face (PresyncType *self, PresyncTypeRole role, PresyncSpanStyle style)
{
  gboolean bold = (style & PRESYNC_SPAN_BOLD) != 0;
  gboolean mono = (style & PRESYNC_SPAN_MONO) != 0;
  /* Pango kerns no letters of which but one is said to be bold, even if all are */
  PresyncFace **face = &self->faces[role][(bold ? 1 : 0) + (mono ? 2 : 0)];

  if (*face == NULL)
    {
      g_autoptr (PangoAttrList) attributes = presync_flat_dup_attributes (NULL, style);

      *face = presync_face_new (self->context, self->fonts[role], attributes);
    }
  return *face;
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

/* Where there is no font at all Pango tells nothing of use: lines of the usual height, then, with
 * boxes for letters */
static void
presync_lines_mend (PresyncLines *self, double size)
{
  gboolean usable = TRUE;

  for (guint i = 0; i < self->n_lines; i++)
    {
      double height = self->lines[i].bottom - self->lines[i].top;

      usable = usable && height > 0 && height < HIGHEST_LINE * size;
    }
  for (guint i = 0; i < self->n_lines && !usable; i++)
    {
      self->lines[i].top = i * size * 1.2;
      self->lines[i].bottom = self->lines[i].top + size * 1.2;
      self->lines[i].baseline = self->lines[i].top + size;
    }
}

static void
presync_flat_give (const PresyncFlat *self, PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attributes = presync_flat_dup_attributes (self, PRESYNC_SPAN_PLAIN);

  pango_layout_set_text (layout, self->text->str, (int) self->text->len);
  pango_layout_set_attributes (layout, attributes);
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

static void
presync_lines_take_runs (PresyncLines *self, const PresyncFlat *flat)
{
  self->n_runs = flat->runs->len;
  self->runs = g_new0 (PresyncTextRun, self->n_runs);
  for (guint i = 0; i < self->n_runs; i++)
    {
      const PresyncFlatRun *run = &g_array_index (flat->runs, PresyncFlatRun, i);

      self->runs[i] = (PresyncTextRun){ run->start, run->end, NULL, -1, run->link };
    }
}

/* What is not plain text */
static PresyncLines *
presync_type_set_layout (PresyncType *self, PresyncTypeRole role, double width)
{
  PresyncFlat *flat = &self->flat;
  PresyncLines *lines = g_rc_box_new0 (PresyncLines);
  PangoLayout *layout = pango_layout_new (self->context);
  int pango_width = (int) (MAX (width, 1) * PANGO_SCALE);

  lines->layout = layout;
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
  lines->text = pango_layout_get_text (layout);
  presync_lines_measure (lines);
  presync_lines_mend (lines, styles[role].size);
  presync_lines_take_runs (lines, flat);
  return lines;
}

static PresyncLines *
presync_type_set_flat (PresyncType *self, PresyncTypeRole role, double width)
{
  PresyncLines *lines = NULL;

  if (!self->slow)
    lines = presync_plain_set (self->plain, self, role, &self->flat, styles[role].leading, width);
  if (lines == NULL)
    lines = presync_type_set_layout (self, role, width);
  lines->ink = styles[role].ink;
  return lines;
}

PresyncLines *
presync_type_set (PresyncType *self, PresyncTypeRole role, const GPtrArray *prose, double width)
{
  presync_flat_reset (&self->flat);
  for (guint i = 0; prose != NULL && i < prose->len; i++)
    {
      const PresyncSpan *span = g_ptr_array_index (prose, i);

      presync_flat_add (&self->flat, span->style, span->text, span->link);
    }
  return presync_type_set_flat (self, role, width);
}

PresyncLines *
presync_type_set_text (PresyncType *self, PresyncTypeRole role, PresyncInk ink, const char *text,
                       double width)
{
  PresyncLines *lines;

  presync_flat_reset (&self->flat);
  presync_flat_add (&self->flat, PRESYNC_SPAN_PLAIN, text, NULL);
  lines = presync_type_set_flat (self, role, width);
  lines->ink = ink;
  return lines;
}

void
presync_type_set_slow (PresyncType *self, gboolean slow)
{
  self->slow = slow;
}
