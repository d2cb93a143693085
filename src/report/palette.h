/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/status.h"
#include <cairo.h>

G_BEGIN_DECLS

/**
 * PresyncInk: the few colours of a report; every one of them differs from its neighbours in
 * lightness or comes with a shape and a word, so that a grey print loses nothing
 */
typedef enum
{
  PRESYNC_INK_TEXT,
  PRESYNC_INK_DIM,
  PRESYNC_INK_PAPER,
  PRESYNC_INK_LINE,
  PRESYNC_INK_WASH,
  PRESYNC_INK_GREEN,
  PRESYNC_INK_RED,
  PRESYNC_INK_AMBER,
  PRESYNC_INK_YELLOW,
  PRESYNC_INK_BLUE,
  PRESYNC_INK_GREY,
  PRESYNC_INK_PALE,
  PRESYNC_INK_GREEN_TINT,
  PRESYNC_INK_RED_TINT,
  PRESYNC_INK_AMBER_TINT,
  PRESYNC_INK_BLUE_TINT,
} PresyncInk;

/* As 0xRRGGBB */
guint32 presync_ink_rgb (PresyncInk ink);
void presync_ink_set (PresyncInk ink, cairo_t *cr);

/* Of a status' symbol, and of its part of a donut */
PresyncInk presync_ink_of_status (PresyncStatus status);
PresyncInk presync_ink_of_share (PresyncStatus status);
/* Of the field behind a status */
PresyncInk presync_ink_behind_status (PresyncStatus status);
/* Of a verdict's words, and of the field behind them */
PresyncInk presync_ink_of_verdict (PresyncVerdict verdict);
PresyncInk presync_ink_behind_verdict (PresyncVerdict verdict);

G_END_DECLS
