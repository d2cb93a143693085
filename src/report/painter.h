/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/layout.h"

G_BEGIN_DECLS

/**
 * presync_painter_draw_page:
 * @page: from 0
 * @cr: any cairo context whose unit is the point: of a PDF, a printer, a picture on the screen
 *
 * Draws one page. On a PDF surface the structure tags, links and anchors are written too; they
 * span pages there, so all pages must be drawn in their order.
 */
void presync_painter_draw_page (const PresyncLayout *layout, guint page, cairo_t *cr);

G_END_DECLS
