/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncVersion:
 *
 * A dotted version of one to four numbers; missing parts count as 0, so 10.0 equals 10.0.0.0.
 */
typedef struct
{
  guint32 part[4];
} PresyncVersion;

/**
 * presync_version_parse:
 * @text: digits and dots only, such as "10.0.20348" or "4.7.1"
 * @version: (out caller-allocates): the parsed version
 *
 * Returns: %FALSE if @text is anything else (empty parts, signs, more than four parts, overflow)
 */
gboolean presync_version_parse (const char *text, PresyncVersion *version);

/**
 * presync_version_compare:
 *
 * Returns: below, equal to or above 0 as @a is older than, the same as or newer than @b
 */
int presync_version_compare (const PresyncVersion *a, const PresyncVersion *b);

G_END_DECLS
