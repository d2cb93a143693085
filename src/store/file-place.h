/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What lies at a path, before SQLite is let near it. Errors are one sentence that names the path.
 */

/**
 * presync_file_place_find:
 * @path: an existing file; a link is followed
 *
 * Never waits, whatever lies there (a FIFO).
 *
 * Returns: (transfer full) (nullable): its path without links; %NULL with %PRESYNC_ERROR_NOT_FOUND,
 *   or with %PRESYNC_ERROR_BAD_INPUT if it is a folder, device, … or empty
 */
char *presync_file_place_find (const char *path, GError **error);

/**
 * presync_file_place_find_new:
 * @path: where a file is to be written; one that is there will be replaced
 *
 * Returns: (transfer full) (nullable): the path without links; %NULL with
 *   %PRESYNC_ERROR_CANNOT_WRITE
 */
char *presync_file_place_find_new (const char *path, GError **error);

/**
 * presync_file_place_check_head:
 * @whole: path without links
 * @path: for the error
 * @version: (out): the file's version
 *
 * Is it an assessment, by its first bytes? Nobody of this process may have it open in SQLite: its
 * locks would be lost.
 */
gboolean presync_file_place_check_head (const char *whole, const char *path, int *version,
                                        GError **error);

/* Is there a journal, from a program that stopped amid writing? */
gboolean presync_file_place_has_journal (const char *whole);
/* %FALSE if there is a journal that Presync cannot have written: one that makes SQLite delete
 * another file, or a write-ahead log */
gboolean presync_file_place_check_journal (const char *whole, const char *path, GError **error);

G_END_DECLS
