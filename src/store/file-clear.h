/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_file_clear:
 * @whole: path without links of a file that is about to be replaced; there need not be one
 * @any: (out): whether something was removed: the folder is not on the disk yet
 *
 * Removes the journal that a killed program left beside it: SQLite would play it into whatever file
 * stands there next. With it the file itself is made whole first, as something may go wrong yet.
 *
 * Returns: %FALSE with half a sentence (store/statement.h)
 */
gboolean presync_file_clear (const char *whole, gboolean *any, GError **error);

G_END_DECLS
