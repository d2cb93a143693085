/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

/* A box that @box is of beside its place and size */
static void
presync_flow_add_box (PresyncFlow *self, PresyncBox box, double x, double y, double width,
                      double height)
{
  box.x = x;
  box.y = y;
  box.width = width;
  box.height = height;
  g_array_append_val (self->page, box);
}

void
presync_flow_share (PresyncFlow *self, PresyncStatus status, double x, double y, double width,
                    double height)
{
  presync_flow_add_box (self, (PresyncBox){ .kind = PRESYNC_BOX_SHARE, .status = (int) status }, x,
                        y, width, height);
}

void
presync_flow_curve (PresyncFlow *self, const PresyncCurve *curve, double x, double y, double width,
                    double height)
{
  presync_flow_add_box (self, (PresyncBox){ .kind = PRESYNC_BOX_CURVE, .drawing = curve }, x, y,
                        width, height);
}

void
presync_flow_place (PresyncFlow *self, PresyncPlace place, PresyncInk ink, double x, double y,
                    double size)
{
  presync_flow_add_box (
      self, (PresyncBox){ .kind = PRESYNC_BOX_PLACE, .status = (int) place, .ink = ink }, x, y,
      size, size);
}

void
presync_flow_waiver (PresyncFlow *self, PresyncInk ink, double x, double y, double size)
{
  presync_flow_add_box (self, (PresyncBox){ .kind = PRESYNC_BOX_WAIVER, .ink = ink }, x, y, size,
                        size);
}

void
presync_flow_logo (PresyncFlow *self, const PresyncLogo *logo, double x, double y, double width,
                   double height)
{
  presync_flow_add_box (self, (PresyncBox){ .kind = PRESYNC_BOX_LOGO, .drawing = logo }, x, y,
                        width, height);
}

double
presync_chart_get_height (PresyncType *type, const PresyncBlock *block, double width)
{
  if (block->kind == PRESYNC_BLOCK_BARS)
    return presync_bars_get_height (type, block->chart, width);
  if (block->kind == PRESYNC_BLOCK_MAP)
    return presync_map_get_height (type, block->chart, width);
  return presync_history_get_height (type, block->chart, width);
}

void
presync_flow_chart (PresyncFlow *self, const PresyncBlock *block)
{
  if (block->kind == PRESYNC_BLOCK_BARS)
    presync_flow_bars (self, block);
  else if (block->kind == PRESYNC_BLOCK_MAP)
    presync_flow_map (self, block);
  else
    presync_flow_history (self, block);
}

/* A line in the head of each page, on the cover too, in the middle between what else stands there
 */
void
presync_flow_classification (PresyncFlow *self, double y)
{
  const char *text = self->layout->document->classification;
  g_autoptr (PresyncLines) lines = NULL;

  if (text == NULL)
    return;
  lines = presync_flow_set_edge (self, text);
  lines->ink = PRESYNC_INK_TEXT;
  presync_flow_text (self, lines, 0, 1, self->left + (self->width - lines->width) / 2, y);
}
