/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/document.h"
#include "report/report.h"
#include "report/type.h"

G_BEGIN_DECLS

typedef enum
{
  PRESYNC_BOX_TEXT,
  PRESYNC_BOX_RULE,    /* a filled rectangle */
  PRESYNC_BOX_FIELD,   /* a filled rectangle with round corners */
  PRESYNC_BOX_FRAME,   /* a hairline with round corners */
  PRESYNC_BOX_SYMBOL,  /* of a status */
  PRESYNC_BOX_DONUT,   /* of a card */
  PRESYNC_BOX_ANCHOR,  /* a place to link to */
  PRESYNC_BOX_OUTLINE, /* an entry of the outline */
  PRESYNC_BOX_OPEN,    /* a structure tag begins */
  PRESYNC_BOX_CLOSE,   /* it ends */
} PresyncBoxKind;

/**
 * PresyncBox: one thing on a page, in points from the upper left corner of the sheet
 * @first, @n: of a text: lines of @lines
 * @radius: of round corners
 * @status: of a symbol
 * @level: of an outline entry
 * @name: (transfer none): the anchor, the tag, the title of the outline entry
 * @target: (transfer none): of an outline entry: its anchor; of a figure's tag: alternate text
 * @card: (transfer none): of a donut
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
} PresyncBox;

/**
 * PresyncLayout: a document on pages
 * @document: (transfer none): must outlive the layout
 * @pages: (element-type GArray): of each page its #PresyncBox, in the order of reading
 * @width, @height: of a sheet; @margin: to its left and right; @top, @bottom: where the text
 *   between head and foot begins and ends; all in points
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

G_END_DECLS
