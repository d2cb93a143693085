/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "PSYN": bytes 68 to 71 of an assessment file, the application id of SQLite
 * (https://www.sqlite.org/fileformat2.html#application_id) */
#define PRESYNC_FILE_APPLICATION_ID 0x5053594e

/* Is @path (nullable) an assessment file by its first bytes, whatever it is called and whether or
 * not it can be opened? Nothing else may be written in its place. */
gboolean presync_file_is_assessment (const char *path);

/* Do @a and @b name the same file, also through links, and also one that is not there yet? */
gboolean presync_file_is_same (const char *a, const char *b);

G_END_DECLS
