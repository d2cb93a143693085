/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/chart.h"
#include "report/logo.h"

G_BEGIN_DECLS

/* A report as plain data: a tree of blocks that knows no paper, no font and no cairo. It is built
 * from an assessment by content.c, may then be handed to another thread, and is set on pages by
 * layout.c. Nobody changes it once it is built. */

/**
 * PresyncSpanStyle: how a piece of text differs from what is around it; flags
 */
typedef enum
{
  PRESYNC_SPAN_PLAIN = 0,
  PRESYNC_SPAN_BOLD = 1 << 0,
  PRESYNC_SPAN_DIM = 1 << 1,
  PRESYNC_SPAN_MONO = 1 << 2,
} PresyncSpanStyle;

/**
 * PresyncSpan:
 * @text: plain text, never markup; may be of any length and hold anything that is UTF-8
 * @style: flags
 * @link: (nullable): "#anchor" in this document, or an http or https address
 */
typedef struct
{
  char *text;
  PresyncSpanStyle style;
  char *link;
} PresyncSpan;

/* A prose is a GPtrArray of PresyncSpan: what stands in one paragraph or cell. */

/* (transfer full) (element-type PresyncSpan): an empty prose */
GPtrArray *presync_prose_new (void);
/* (transfer full): a prose of one span */
GPtrArray *presync_prose_new_text (PresyncSpanStyle style, const char *text);
/* @text: (nullable): nothing is added if it is %NULL or empty */
void presync_prose_add (GPtrArray *prose, PresyncSpanStyle style, const char *text);
void presync_prose_add_link (GPtrArray *prose, PresyncSpanStyle style, const char *text,
                             const char *link);

/**
 * PresyncCell: one cell of a table
 * @prose: (element-type PresyncSpan): its text, may be empty
 * @status: symbol before the text, a #PresyncStatus, or -1
 * @indent: points from the left
 * @badge: (nullable): words below the text, behind the mark of a waiver
 */
typedef struct
{
  GPtrArray *prose;
  int status;
  double indent;
  char *badge;
} PresyncCell;

/**
 * PresyncRow: one row of a table
 * @cells: (element-type PresyncCell): as many as the table has columns
 * @note: (nullable) (element-type PresyncSpan): below the cells, across the columns
 * @group: the row heads those that follow; it never stands last on a page
 * @marked: a bar at the left edge sets the row apart
 * @anchor: (nullable): name to link to
 * @outline: (nullable): title in the document outline, below the last heading; needs @anchor
 */
typedef struct
{
  GPtrArray *cells;
  GPtrArray *note;
  gboolean group;
  gboolean marked;
  char *anchor;
  char *outline;
} PresyncRow;

/**
 * PresyncRowSource: the rows of a table that is too long to be kept: each is made when it is set on
 * a page, and dropped
 * @n: how many
 * @fill: adds the cells of row @index to @row, which has none; any one thread, always the same for
 *   the same index, which may be asked for again; such a row has no anchor
 */
typedef struct
{
  guint n;
  void (*fill) (PresyncRow *row, guint index, gpointer data);
  gpointer data;
  GDestroyNotify destroy;
} PresyncRowSource;

/**
 * PresyncColumn:
 * @title: (nullable): its head; a table whose columns have none has no head row
 * @share: of the table's width; the shares of a table are measured against their sum
 */
typedef struct
{
  char *title;
  double share;
} PresyncColumn;

/**
 * PresyncCard: the verdict of an option, for the cover
 * @counts: requirements by status
 * @total: how many apply; what does not is in @counts, for the legend, and not in the figure
 * @alternate: what the figure shows, in words, for those who do not see it
 * @summary: (element-type PresyncSpan): a few words below the figure
 */
typedef struct
{
  char *title;
  char *subtitle;
  PresyncVerdict verdict;
  guint counts[PRESYNC_N_STATUSES];
  guint total;
  char *alternate;
  GPtrArray *summary;
} PresyncCard;

/**
 * PresyncScaleCell: a part of a lane
 * @from, @to: its ends, 0 to 1
 * @label: in it, as long as there is room
 * @brief, @briefest: (nullable): else
 * @active: the position is here
 */
typedef struct
{
  double from;
  double to;
  char *label;
  char *brief;
  char *briefest;
  gboolean active;
} PresyncScaleCell;

/**
 * PresyncScaleLane: what a scale tells of one thing
 * @title: before it
 * @cells: (element-type PresyncScaleCell): side by side, without a gap
 */
typedef struct
{
  char *title;
  GPtrArray *cells;
} PresyncScaleLane;

/* PresyncScaleTick: a figure below the lanes; @at: 0 to 1 */
typedef struct
{
  double at;
  char *label;
} PresyncScaleTick;

/**
 * PresyncScale: where something stands between limits, as a drawing
 * @position: 0 to 1; below 0: not known
 * @label: (nullable): at the position
 * @caption: (nullable): above the lanes
 * @alternate: what the drawing shows, in words, for those who do not see it
 * @lanes: (element-type PresyncScaleLane): one below the other
 * @ticks: (element-type PresyncScaleTick): from left to right
 */
typedef struct
{
  double position;
  char *label;
  char *caption;
  char *alternate;
  GPtrArray *lanes;
  GPtrArray *ticks;
} PresyncScale;

PresyncScale *presync_scale_new (void);
void presync_scale_free (PresyncScale *self);
/* (transfer none) */
PresyncScaleLane *presync_scale_add_lane (PresyncScale *self, const char *title);
/* (transfer none); @brief, @briefest: (nullable) */
PresyncScaleCell *presync_scale_lane_add_cell (PresyncScaleLane *self, double from, double to,
                                               const char *label, const char *brief,
                                               const char *briefest);
void presync_scale_add_tick (PresyncScale *self, double at, const char *label);

/**
 * PresyncItem: of a list or of the contents
 * @status: symbol before it, a #PresyncStatus, or -1 for a bullet
 * @anchor: (nullable): of the contents: where it leads
 * @level: of the contents: level of the heading
 */
typedef struct
{
  GPtrArray *prose;
  int status;
  char *anchor;
  int level;
} PresyncItem;

typedef enum
{
  PRESYNC_BLOCK_COVER,
  PRESYNC_BLOCK_HEADING,
  PRESYNC_BLOCK_PARAGRAPH,
  PRESYNC_BLOCK_VERDICTS,
  PRESYNC_BLOCK_LIST,
  PRESYNC_BLOCK_CONTENTS,
  PRESYNC_BLOCK_TABLE,
  PRESYNC_BLOCK_SCALE,
  PRESYNC_BLOCK_BARS,
  PRESYNC_BLOCK_MAP,
  PRESYNC_BLOCK_HISTORY,
  PRESYNC_BLOCK_PAGE_BREAK,
} PresyncBlockKind;

/**
 * PresyncBlock:
 * @kind: what it is
 * @level: of a heading: 1 to 3; of a page break: 1 if it matters only where little of the page is
 *   free
 * @anchor: (nullable): of a heading: name to link to
 * @title: (nullable): of a table: what it continues, where it does so on another page; of a cover:
 *   the words above the heading
 * @prose: (nullable): of a heading, a paragraph, a cover
 * @children: (nullable): cards, items or rows
 * @columns: (nullable) (element-type PresyncColumn): of a table
 * @note_column: of a table: column below which the rows' notes begin
 * @scale: (nullable): of a scale
 * @chart: (nullable): of bars, a map, a history
 * @source: (nullable): of a table: its rows, in place of @children
 */
typedef struct
{
  PresyncBlockKind kind;
  int level;
  char *anchor;
  char *title;
  GPtrArray *prose;
  GPtrArray *children;
  GPtrArray *columns;
  guint note_column;
  PresyncScale *scale;
  PresyncChart *chart;
  PresyncRowSource *source;
} PresyncBlock;

/**
 * PresyncDocument:
 * @title: of the file and in the head of each page
 * @subtitle: what it is about, in the head of each page
 * @date: for people, in the foot of each page
 * @classification: (nullable): in the head of each page
 * @logo: (nullable): on the cover; @logo_alternate: (nullable): what it shows, in words
 * @at: date of the file, ISO 8601 in UTC
 * @language: (nullable): BCP 47
 * @blocks: (element-type PresyncBlock)
 */
typedef struct
{
  char *title;
  char *subtitle;
  char *date;
  char *classification;
  PresyncLogo *logo;
  char *logo_alternate;
  char *at;
  char *language;
  GPtrArray *blocks;
} PresyncDocument;

PresyncDocument *presync_document_new (const char *title, const char *subtitle);
void presync_document_free (PresyncDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncDocument, presync_document_free)

/* Each adds a block at the end and returns it, (transfer none). */
PresyncBlock *presync_document_add (PresyncDocument *self, PresyncBlockKind kind);
PresyncBlock *presync_document_add_heading (PresyncDocument *self, int level, const char *anchor,
                                            const char *text);
/* @prose: (transfer full) */
PresyncBlock *presync_document_add_paragraph (PresyncDocument *self, GPtrArray *prose);
/* @title: (nullable) */
PresyncBlock *presync_document_add_table (PresyncDocument *self, const char *title);
/* Gives a table without rows their source. @data: (transfer full) */
void presync_block_set_source (PresyncBlock *self, guint n,
                               void (*fill) (PresyncRow *row, guint index, gpointer data),
                               gpointer data, GDestroyNotify destroy);
/* A row of a source, for who asks one; (transfer full) */
PresyncRow *presync_row_new (void);
void presync_row_free (PresyncRow *self);
/* @title: (nullable) */
void presync_block_add_column (PresyncBlock *self, const char *title, double share);

/* Each adds to a block and returns what it added, (transfer none); @prose: (transfer full). */
PresyncRow *presync_block_add_row (PresyncBlock *self);
PresyncItem *presync_block_add_item (PresyncBlock *self, int status, GPtrArray *prose);
PresyncCard *presync_block_add_card (PresyncBlock *self);
PresyncCell *presync_row_add_cell (PresyncRow *self, int status, GPtrArray *prose);
/* likewise, of one span; @text: (nullable) */
PresyncCell *presync_row_add_text (PresyncRow *self, PresyncSpanStyle style, const char *text);

G_END_DECLS
