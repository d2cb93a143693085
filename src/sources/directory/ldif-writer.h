/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/entry.h"

G_BEGIN_DECLS

/**
 * presync_ldif_append:
 *
 * Appends @entry to @out as a content record of LDIF (RFC 2849): lines of at most 76 characters,
 * base64 where the format wants it, an empty line at the end.
 */
void presync_ldif_append (GString *out, const PresyncEntry *entry);

G_END_DECLS
