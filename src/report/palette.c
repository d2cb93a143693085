/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/palette.h"

guint32
presync_ink_rgb (PresyncInk ink)
{
  static const guint32 rgb[] = {
    [PRESYNC_INK_TEXT] = 0x241f31,       [PRESYNC_INK_DIM] = 0x5e5c64,
    [PRESYNC_INK_PAPER] = 0xffffff,      [PRESYNC_INK_LINE] = 0xd5d3cf,
    [PRESYNC_INK_WASH] = 0xf6f5f4,       [PRESYNC_INK_GREEN] = 0x26a269,
    [PRESYNC_INK_RED] = 0xc01c28,        [PRESYNC_INK_AMBER] = 0x986a00,
    [PRESYNC_INK_YELLOW] = 0xe5a50a,     [PRESYNC_INK_BLUE] = 0x1c71d8,
    [PRESYNC_INK_GREY] = 0x77767b,       [PRESYNC_INK_PALE] = 0xdeddda,
    [PRESYNC_INK_GREEN_TINT] = 0xe0f3e8, [PRESYNC_INK_RED_TINT] = 0xf9dfe1,
    [PRESYNC_INK_AMBER_TINT] = 0xfaefd2, [PRESYNC_INK_BLUE_TINT] = 0xdfeafa,
  };

  return rgb[ink];
}

void
presync_ink_set (PresyncInk ink, cairo_t *cr)
{
  guint32 rgb = presync_ink_rgb (ink);

  cairo_set_source_rgb (cr, (double) (rgb >> 16) / 255.0, (double) ((rgb >> 8) & 0xff) / 255.0,
                        (double) (rgb & 0xff) / 255.0);
}

PresyncInk
presync_ink_of_status (PresyncStatus status)
{
  static const PresyncInk inks[PRESYNC_N_STATUSES] = {
    [PRESYNC_STATUS_NOT_APPLICABLE] = PRESYNC_INK_GREY,
    [PRESYNC_STATUS_MET] = PRESYNC_INK_GREEN,
    [PRESYNC_STATUS_ADVICE] = PRESYNC_INK_AMBER,
    [PRESYNC_STATUS_NEEDS_ANSWER] = PRESYNC_INK_BLUE,
    [PRESYNC_STATUS_UNKNOWN] = PRESYNC_INK_GREY,
    [PRESYNC_STATUS_NOT_MET] = PRESYNC_INK_RED,
  };

  return inks[status];
}

PresyncInk
presync_ink_of_share (PresyncStatus status)
{
  if (status == PRESYNC_STATUS_ADVICE)
    return PRESYNC_INK_YELLOW;
  if (status == PRESYNC_STATUS_NOT_APPLICABLE)
    return PRESYNC_INK_PALE;
  return presync_ink_of_status (status);
}

PresyncInk
presync_ink_behind_status (PresyncStatus status)
{
  static const PresyncInk inks[PRESYNC_N_STATUSES] = {
    [PRESYNC_STATUS_NOT_APPLICABLE] = PRESYNC_INK_WASH,
    [PRESYNC_STATUS_MET] = PRESYNC_INK_GREEN_TINT,
    [PRESYNC_STATUS_ADVICE] = PRESYNC_INK_AMBER_TINT,
    [PRESYNC_STATUS_NEEDS_ANSWER] = PRESYNC_INK_BLUE_TINT,
    [PRESYNC_STATUS_UNKNOWN] = PRESYNC_INK_WASH,
    [PRESYNC_STATUS_NOT_MET] = PRESYNC_INK_RED_TINT,
  };

  return inks[status];
}

PresyncInk
presync_ink_of_verdict (PresyncVerdict verdict)
{
  static const PresyncInk inks[] = {
    [PRESYNC_VERDICT_READY] = PRESYNC_INK_GREEN,
    [PRESYNC_VERDICT_READY_WITH_ADVICE] = PRESYNC_INK_AMBER,
    [PRESYNC_VERDICT_NOT_YET_KNOWN] = PRESYNC_INK_BLUE,
    [PRESYNC_VERDICT_NOT_READY] = PRESYNC_INK_RED,
  };

  return inks[verdict];
}

PresyncInk
presync_ink_behind_verdict (PresyncVerdict verdict)
{
  static const PresyncInk inks[] = {
    [PRESYNC_VERDICT_READY] = PRESYNC_INK_GREEN_TINT,
    [PRESYNC_VERDICT_READY_WITH_ADVICE] = PRESYNC_INK_AMBER_TINT,
    [PRESYNC_VERDICT_NOT_YET_KNOWN] = PRESYNC_INK_BLUE_TINT,
    [PRESYNC_VERDICT_NOT_READY] = PRESYNC_INK_RED_TINT,
  };

  return inks[verdict];
}
