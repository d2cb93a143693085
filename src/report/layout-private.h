/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/layout.h"

G_BEGIN_DECLS

/* For layout*.c only */

/**
 * PresyncFlow: where the next block goes
 * @layout: what is being filled
 * @cancellable: (nullable): once it is cancelled, nobody needs the rest of a table
 * @page: (transfer none): its last page
 * @y: down to where that is full
 * @left, @width: of the column
 * @anchors: anchor -> page number from 1
 * @references: (element-type PresyncReferenceBox): page numbers of the contents, set at the end
 * @outline_level: of the last heading
 */
typedef struct
{
  PresyncLayout *layout;
  GCancellable *cancellable;
  GArray *page;
  double y;
  double left;
  double width;
  GHashTable *anchors;
  GArray *references;
  int outline_level;
} PresyncFlow;

/* A page number of the contents: box @box of page @page gets the page of @anchor, and ends at
 * @right */
typedef struct
{
  guint page;
  guint box;
  double right;
  const char *anchor;
} PresyncReferenceBox;

/* (transfer full) (element-type PresyncBox) */
GArray *presync_boxes_new (void);
void presync_flow_new_page (PresyncFlow *self);
/* Points that are left on the page */
double presync_flow_room (const PresyncFlow *self);
gboolean presync_flow_at_top (const PresyncFlow *self);

/* Each adds a box to the page. @lines: (transfer none) */
void presync_flow_text (PresyncFlow *self, PresyncLines *lines, guint first, guint n, double x,
                        double y);
void presync_flow_field (PresyncFlow *self, PresyncBoxKind kind, PresyncInk ink, double x, double y,
                         double width, double height, double radius);
void presync_flow_symbol (PresyncFlow *self, int status, double x, double y, double size);
void presync_flow_donut (PresyncFlow *self, const PresyncCard *card, double x, double y,
                         double size);
/* layout-chart.c */
void presync_flow_share (PresyncFlow *self, PresyncStatus status, double x, double y, double width,
                         double height);
void presync_flow_curve (PresyncFlow *self, const PresyncCurve *curve, double x, double y,
                         double width, double height);
void presync_flow_place (PresyncFlow *self, PresyncPlace place, PresyncInk ink, double x, double y,
                         double size);
void presync_flow_waiver (PresyncFlow *self, PresyncInk ink, double x, double y, double size);
void presync_flow_logo (PresyncFlow *self, const PresyncLogo *logo, double x, double y,
                        double width, double height);
/* layout.c */
void presync_flow_open (PresyncFlow *self, const char *tag, const char *alternate);
void presync_flow_close (PresyncFlow *self, const char *tag);
/* @anchor: (nullable); @outline: (nullable): title of an entry of the outline at @level */
void presync_flow_anchor (PresyncFlow *self, const char *anchor, const char *outline, int level);
/* Appends an empty text box, for a page number of the contents that ends at @right */
void presync_flow_reference (PresyncFlow *self, const char *anchor, double right, double y);

/* Sets lines at @x, over as many pages as it takes, with the last or first line of a paragraph
 * never alone; @symbol: a status before the first line of an item, -2 for a bullet, -1 for none */
void presync_flow_paragraph (PresyncFlow *self, PresyncLines *lines, double x, int symbol);

/* layout-table.c: a table whose rows are set and measured, but not placed yet */
PresyncTable *presync_table_new (PresyncType *type, const PresyncBlock *block, double width);
const PresyncBlock *presync_table_get_block (const PresyncTable *self);
void presync_table_free (PresyncTable *self);
/* The least that must stand below a heading: head and first rows */
double presync_table_get_start_height (PresyncTable *self, double page_height);
void presync_table_place (PresyncTable *self, PresyncFlow *flow);
/* Places the rows of one page, of a table that is for this alone; rows that the page before had,
 * too, are not set again */
void presync_table_place_page (PresyncTable *self, PresyncFlow *flow, const PresyncRowsPage *page);

/* layout-scale.c: a drawing that is not parted */
double presync_scale_get_height (PresyncType *type, const PresyncScale *scale, double width);
void presync_flow_scale (PresyncFlow *self, const PresyncBlock *block);

/* layout-badge.c: of a waiver, below the text of a cell. @text, @lines: (nullable) */
PresyncLines *presync_badge_set (PresyncType *type, const char *text, double width);
double presync_badge_get_height (const PresyncLines *lines);
void presync_flow_badge (PresyncFlow *self, PresyncLines *lines, double x, double y);

/* layout-chart.c: bars, map and history, which are not parted either: layout-bars.c, layout-map.c,
 * layout-history.c */
double presync_chart_get_height (PresyncType *type, const PresyncBlock *block, double width);
void presync_flow_chart (PresyncFlow *self, const PresyncBlock *block);
double presync_bars_get_height (PresyncType *type, const PresyncChart *chart, double width);
void presync_flow_bars (PresyncFlow *self, const PresyncBlock *block);
double presync_map_get_height (PresyncType *type, const PresyncChart *chart, double width);
void presync_flow_map (PresyncFlow *self, const PresyncBlock *block);
double presync_history_get_height (PresyncType *type, const PresyncChart *chart, double width);
void presync_flow_history (PresyncFlow *self, const PresyncBlock *block);
/* The classification in the head of the page, if there is one */
void presync_flow_classification (PresyncFlow *self, double y);
/* layout.c: one line of head or foot, shortened to its room */
PresyncLines *presync_flow_set_edge (PresyncFlow *self, const char *text);

/* layout-cover.c */
void presync_flow_cover (PresyncFlow *self, const PresyncBlock *block);
void presync_flow_verdicts (PresyncFlow *self, const PresyncBlock *block);
double presync_contents_get_height (PresyncType *type, const PresyncBlock *block, double width);
void presync_flow_contents (PresyncFlow *self, const PresyncBlock *block);

G_END_DECLS
