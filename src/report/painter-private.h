/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/layout.h"

G_BEGIN_DECLS

/* For painter*.c only */

/* Is there anything in which tags tell of structure and links? A picture has none, nor has one that
 * is put into a PDF. */
gboolean presync_painter_is_tagged (cairo_t *cr);
/* (transfer full): @text as a string in the attributes of a cairo tag */
char *presync_painter_quote (const char *text);
/* Letters that are handed to cairo at once */
#define PRESYNC_PEN_MOST 240

/**
 * PresyncPen: gathers letters of one face and colour that follow each other, line below line
 * @text: what they show; @length: of it, in bytes
 */
typedef struct
{
  cairo_t *cr;
  PresyncLayout *layout;
  PresyncFace *face;
  PresyncInk ink;
  int n;
  int length;
  cairo_glyph_t glyphs[PRESYNC_PEN_MOST];
  cairo_text_cluster_t clusters[PRESYNC_PEN_MOST];
  char text[PRESYNC_PEN_MOST * 4];
} PresyncPen;

/* The lines of a text box */
void presync_pen_draw_text (PresyncPen *self, const PresyncBox *box);
/* Draws what is gathered: before anything else is drawn */
void presync_pen_flush (PresyncPen *self);

G_END_DECLS
