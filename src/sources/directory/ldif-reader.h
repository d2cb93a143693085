/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/entry.h"

G_BEGIN_DECLS

/* Bounds of an LDIF file: whole file, one value (bytes); values and entries in all */
#define PRESYNC_LDIF_MAX_FILE (64 * 1024 * 1024)
#define PRESYNC_LDIF_MAX_VALUE (10 * 1024 * 1024)
#define PRESYNC_LDIF_MAX_VALUES 2000000
#define PRESYNC_LDIF_MAX_ENTRIES 500000

/**
 * presync_ldif_read_partial:
 * @data: the file's content
 * @name: the file's name, for error messages
 * @partial: (out) (transfer full) (nullable): why there may be more than the file holds, a
 *   translated sentence that names it: it says itself that its search ended early (the result line
 *   that ldapsearch writes), its last line has no end, or it is a snapshot of ours without its end
 *   or with another number of entries; %NULL if nothing tells so
 *
 * Reads content records of LDIF (RFC 2849) as ldapsearch, ldbsearch and ldifde write them (the
 * latter with "changetype: add" in each record). Values are bytes, kept as they are.
 *
 * Returns: (transfer full) (element-type PresyncEntry): %NULL with %PRESYNC_ERROR_BAD_INPUT, one
 *   sentence with file and line
 */
GPtrArray *presync_ldif_read_partial (GBytes *data, const char *name, char **partial,
                                      GCancellable *cancellable, GError **error);
/* The same. @complete: (out): %TRUE if there is no such reason */
GPtrArray *presync_ldif_read (GBytes *data, const char *name, gboolean *complete,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
