/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

/* The badge of a waiver below the text of a cell: its mark and a few words in a frame */

#define GAP 2.5
#define PAD_X 3.0
#define PAD_Y 1.2
#define MARK 7.0
#define MARK_ROOM 9.5
#define RADIUS 3.0

PresyncLines *
presync_badge_set (PresyncType *type, const char *text, double width)
{
  g_autoptr (GPtrArray) prose = NULL;
  PresyncLines *lines;

  if (text == NULL)
    return NULL;
  prose = presync_prose_new_text (PRESYNC_SPAN_BOLD, text);
  lines = presync_type_set (type, PRESYNC_ROLE_SMALL, prose, width - 2 * PAD_X - MARK_ROOM);
  lines->ink = PRESYNC_INK_TEXT;
  return lines;
}

double
presync_badge_get_height (const PresyncLines *lines)
{
  return lines != NULL ? GAP + 2 * PAD_Y + presync_lines_height (lines, 0, lines->n_lines) : 0;
}

void
presync_flow_badge (PresyncFlow *self, PresyncLines *lines, double x, double y)
{
  double height = presync_badge_get_height (lines) - GAP;
  double line = presync_lines_height (lines, 0, 1);

  y += GAP;
  presync_flow_field (self, PRESYNC_BOX_FIELD, PRESYNC_INK_WASH, x, y,
                      lines->width + 2 * PAD_X + MARK_ROOM, height, RADIUS);
  presync_flow_field (self, PRESYNC_BOX_FRAME, PRESYNC_INK_GREY, x, y,
                      lines->width + 2 * PAD_X + MARK_ROOM, height, RADIUS);
  presync_flow_waiver (self, PRESYNC_INK_TEXT, x + PAD_X, y + PAD_Y + (line - MARK) / 2, MARK);
  presync_flow_text (self, lines, 0, lines->n_lines, x + PAD_X + MARK_ROOM, y + PAD_Y);
}
