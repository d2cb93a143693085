/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* Where a text breaks that is wider than its column and has no blanks: names, paths, long words.
 * For type.c; offsets are in bytes. */

/* Whether @text may hold a distinguished name */
gboolean presync_breaks_have_name (const char *text);

/* Where the character at @index of a paragraph begins, or, if @trailing, ends, from the paragraph's
 * left, in Pango units */
typedef int (*PresyncBreakMeasure) (guint index, gboolean trailing, gpointer data);

/* Appends to @breaks what presync_breaks_find_names() finds in the bytes from @start to @end */
void presync_breaks_find_in_paragraph (const char *text, guint start, guint end, double width,
                                       PresyncBreakMeasure measure, gpointer data, GArray *breaks);

/**
 * presync_breaks_find_names:
 * @layout: its width is unset
 *
 * Where to break the distinguished names of a text that is wider than @width: behind commas, so
 * that each line holds as many whole parts as fit. Measured on paragraphs in one line each.
 *
 * Returns: (transfer full) (element-type guint): in ascending order
 */
GArray *presync_breaks_find_names (PangoLayout *layout, double width);

/* Whether a line ends within a word that is made of letters only and has no parts */
gboolean presync_breaks_have_broken_word (PangoLayout *layout);

/**
 * presync_breaks_find_part:
 * @from: where to begin
 * @at: (out): where a new line is better than where the line ends: behind the backslash of a path,
 *   before the dot of a host name, between the words of msDSExternalDirectoryObjectId
 *
 * Returns: %FALSE if no line ends within what has such parts
 */
gboolean presync_breaks_find_part (PangoLayout *layout, guint from, guint *at);

G_END_DECLS
