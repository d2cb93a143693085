/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * PresyncFace: how wide the letters of one font are, remembered by pairs, so that plain text needs
 * no shaping. It knows Latin, Greek and Cyrillic letters that the font draws one by one, and says
 * so of a text that holds others. For type*.c and the painter. Not shared between threads.
 */
typedef struct _PresyncFace PresyncFace;

/**
 * presync_face_new:
 * @attributes: (transfer none): of all the text
 *
 * Returns: (transfer full): the face of @font with @attributes
 */
PresyncFace *presync_face_new (PangoContext *context, const PangoFontDescription *font,
                               PangoAttrList *attributes);
void presync_face_free (PresyncFace *self);

/**
 * PresyncFaceMetrics: of a line, in Pango units
 * @height: from line to line
 */
typedef struct
{
  int ascent;
  int descent;
  int height;
} PresyncFaceMetrics;

/* (transfer none): %NULL if the font does not draw letters one by one: nothing else may be asked */
const PresyncFaceMetrics *presync_face_get_metrics (PresyncFace *self);
/* (transfer none) */
cairo_scaled_font_t *presync_face_get_scaled_font (PresyncFace *self);

/* Scripts of letters, as flags; blanks, figures and most signs are of none */
typedef enum
{
  PRESYNC_SCRIPT_LATIN = 1 << 0,
  PRESYNC_SCRIPT_GREEK = 1 << 1,
  PRESYNC_SCRIPT_CYRILLIC = 1 << 2,
} PresyncScript;

#define PRESYNC_FACE_NOT_SIMPLE G_MININT

/* The number of a character for the calls below, -1 for one that is not plain; @scripts gains its
 * script */
int presync_face_get_index (gunichar c, guint *scripts);
/* Width of the letter before @next (-1 for none) in Pango units; PRESYNC_FACE_NOT_SIMPLE if the
 * font draws them otherwise than one by one */
int presync_face_get_advance (PresyncFace *self, int index, int next);
/* What the advance of it was asked for before */
guint32 presync_face_get_glyph (const PresyncFace *self, int index);

G_END_DECLS
