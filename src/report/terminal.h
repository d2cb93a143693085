/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Columns that @text takes in a terminal */
guint presync_terminal_width (const char *text);

/**
 * presync_terminal_append:
 * @label: what stands before the text in its first line, behind @indent columns
 * @hang: columns before the text, in all its lines
 * @text: (nullable): nothing is appended if it is %NULL or empty and @label is empty too
 * @width: columns of the terminal; a longer word is broken
 *
 * Appends a paragraph, broken between words, and a new line. Control characters show as U+FFFD: a
 * directory's strings must not speak to the terminal.
 */
void presync_terminal_append (GString *out, guint indent, const char *label, guint hang,
                              const char *text, guint width);

/* Appends @title on a line of its own, underlined */
void presync_terminal_append_heading (GString *out, const char *title, guint width);

G_END_DECLS
