/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/document.h"
#include "report/options.h"
#include "report/type.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PRESYNC_BOX_TEXT,
  PRESYNC_BOX_RULE,   /* a filled rectangle */
  PRESYNC_BOX_FIELD,  /* a filled rectangle with round corners */
  PRESYNC_BOX_FRAME,  /* a hairline with round corners */
  PRESYNC_BOX_SYMBOL, /* of a status */
  PRESYNC_BOX_DONUT,  /* of a card */
  PRESYNC_BOX_SHARE,  /* a rectangle with the pattern of a status */
  PRESYNC_BOX_CURVE,  /* of a history */
  PRESYNC_BOX_PLACE,  /* the symbol of a place */
  PRESYNC_BOX_WAIVER, /* the mark of a waiver */
  PRESYNC_BOX_LOGO,
  PRESYNC_BOX_ANCHOR,  /* a place to link to */
  PRESYNC_BOX_OUTLINE, /* an entry of the outline */
  PRESYNC_BOX_OPEN,    /* a structure tag begins */
  PRESYNC_BOX_CLOSE,   /* it ends */
  PRESYNC_BOX_ROWS,    /* of a table with a source: see presync_layout_set_rows() */
} PresyncBoxKind;

/**
 * PresyncRowsPage: which rows of a table with a source stand on a page; the boxes themselves are
 * made when the page is drawn
 * @block: (transfer none): the table
 * @index: the first row
 * @y: where it begins
 * @continued: the table began on a page before
 * @note_placed, @placed: lines of its note and its cells that stand on pages before
 */
typedef struct
{
  const PresyncBlock *block;
  guint index;
  double y;
  gboolean continued;
  guint note_placed;
  guint placed[];
} PresyncRowsPage;

/**
 * PresyncBox: one thing on a page, in points from the upper left corner of the sheet
 * @first, @n: of a text: lines of @lines
 * @radius: of round corners
 * @status: of a symbol, a share; of a place: which
 * @level: of an outline entry
 * @name: (transfer none): the anchor, the tag, the title of the outline entry
 * @target: (transfer none): of an outline entry: its anchor; of a figure's tag: alternate text
 * @card: (transfer none): of a donut
 * @drawing: (transfer none): the #PresyncCurve of a curve, the #PresyncLogo of a logo
 * @rows: (transfer full): of the rows of a table with a source: which
 *
 * What is not owned belongs to the document, or is static.
 */
typedef struct
{
  PresyncBoxKind kind;
  double x;
  double y;
  double width;
  double height;
  PresyncInk ink;
  PresyncLines *lines;
  guint first;
  guint n;
  double radius;
  int status;
  int level;
  const char *name;
  const char *target;
  const PresyncCard *card;
  PresyncRowsPage *rows;
  gconstpointer drawing;
} PresyncBox;

/* layout-private.h */
typedef struct _PresyncTable PresyncTable;

/**
 * PresyncLayout: a document on pages
 * @document: (transfer none): must outlive the layout
 * @pages: (element-type GArray): of each page its #PresyncBox, in the order of reading
 * @width, @height: of a sheet; @margin: to its left and right; @top, @bottom: where the text
 *   between head and foot begins and ends; all in points
 * @spare: (nullable): the boxes of rows that were drawn: a long table needs some again and again
 * @last: (nullable): the table whose rows were drawn last, with those rows as they are set: one
 * that goes on over many pages is set once
 */
typedef struct
{
  const PresyncDocument *document;
  PresyncType *type;
  GPtrArray *pages;
  double width;
  double height;
  double margin;
  double top;
  double bottom;
  GArray *spare;
  PresyncTable *last;
} PresyncLayout;

/**
 * presync_layout_new:
 * @document: (transfer none)
 * @cancellable: (nullable)
 *
 * Sets a document on pages: heads of tables are repeated, a row that is longer than a page goes on
 * on the next one, headings stay with what follows, nothing leaves the margins. Blocking; any one
 * thread.
 *
 * Returns: (transfer full): the layout, or %NULL with %G_IO_ERROR_CANCELLED
 */
PresyncLayout *presync_layout_new (const PresyncDocument *document, PresyncPaper paper,
                                   GCancellable *cancellable, GError **error);
void presync_layout_free (PresyncLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncLayout, presync_layout_free)

/* Boxes that are made for once: (element-type PresyncBox), with what they draw from */
typedef struct
{
  PresyncLayout *layout;
  GArray *boxes;
  PresyncTable *table;
} PresyncSetRows;

/* layout-rows.c: what stands in place of a box of rows: the same each time. Fills @set. */
void presync_layout_set_rows (PresyncLayout *self, const PresyncRowsPage *page,
                              PresyncSetRows *set);
void presync_set_rows_clear (PresyncSetRows *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncSetRows, presync_set_rows_clear)

G_END_DECLS
