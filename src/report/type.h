/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/face.h"
#include "report/palette.h"
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * PresyncTypeRole: the one type scale of a report
 */
typedef enum
{
  PRESYNC_ROLE_TITLE,    /* of the cover */
  PRESYNC_ROLE_HEADING1, /* a part of the report */
  PRESYNC_ROLE_HEADING2, /* a section */
  PRESYNC_ROLE_HEADING3,
  PRESYNC_ROLE_BODY,
  PRESYNC_ROLE_CELL,
  PRESYNC_ROLE_SMALL,
  PRESYNC_ROLE_FIGURE, /* the number in a donut */
} PresyncTypeRole;

/**
 * PresyncLine: one line; all in points from the upper left of its text
 * @start, @end: the bytes it shows
 * @left: where its first glyph begins
 */
typedef struct
{
  double top;
  double bottom;
  double baseline;
  double left;
  int start;
  int end;
} PresyncLine;

/* A part of a text that is drawn in one way; in bytes; @face is that of a plain text, else %NULL;
 * @ink: -1 for the lines' own; @link: (nullable): where it leads, belongs to the document */
typedef struct
{
  guint start;
  guint end;
  PresyncFace *face;
  int ink;
  const char *link;
} PresyncTextRun;

/**
 * PresyncLines: a text set in lines of a given width. Reference counted plain data; valid as long
 * as the #PresyncType.
 * @text: what the lines show, valid UTF-8
 * @layout: (nullable): of what is not plain text: see type-plain.c
 * @ink: of what has no colour of its own
 * @runs: in their order, without a gap
 * @width: of the widest line
 */
typedef struct
{
  const char *text;
  PangoLayout *layout;
  PresyncInk ink;
  guint n_lines;
  PresyncLine *lines;
  guint n_runs;
  PresyncTextRun *runs;
  double width;
} PresyncLines;

PresyncLines *presync_lines_ref (PresyncLines *self);
void presync_lines_unref (PresyncLines *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncLines, presync_lines_unref)

/* Height of @n lines from @first on, in points; 0 for none */
double presync_lines_height (const PresyncLines *self, guint first, guint n);
/* How many lines from @first on fit into @height */
guint presync_lines_fit (const PresyncLines *self, guint first, double height);

/**
 * PresyncType: the fonts of a report. Not shared between threads.
 */
typedef struct _PresyncType PresyncType;

PresyncType *presync_type_new (void);
void presync_type_free (PresyncType *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncType, presync_type_free)

/**
 * presync_type_set:
 * @prose: (element-type PresyncSpan): what; must outlive the result
 * @width: of the column, in points; no line is wider, whatever the text holds
 *
 * Sets a text: lines break between words, else anywhere; a distinguished name breaks behind its
 * commas. Control characters, and those that turn the direction of what follows, show as U+FFFD.
 *
 * Returns: (transfer full): the lines; at least one, which may be empty
 */
PresyncLines *presync_type_set (PresyncType *self, PresyncTypeRole role, const GPtrArray *prose,
                                double width);
/* Likewise, of plain text */
PresyncLines *presync_type_set_text (PresyncType *self, PresyncTypeRole role, PresyncInk ink,
                                     const char *text, double width);

/* (transfer full): @text in one line, with U+FFFD for what is not to be shown: for titles that
 * other programs show. In type-flat.c. */
char *presync_flat_dup_line (const char *text);

/* Whether all text is set by Pango, for a test of what is set without it */
void presync_type_set_slow (PresyncType *self, gboolean slow);

G_END_DECLS
