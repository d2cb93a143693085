/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/ldap-directory.h"
#include "sources/directory/probe.h"

G_BEGIN_DECLS

/* Called from the reading thread. @facts: (transfer full) */
typedef void (*PresyncLiveFunc) (PresyncProbe probe, GPtrArray *facts, gpointer user_data);

/**
 * presync_live_follow:
 * @sync_server: (nullable)
 * @func: called with the facts of each probe that was read again
 *
 * Follows changes until the connection is lost or @cancellable is cancelled: the first watches
 * of presync_probe_list_watches(), as many as a server takes, are pushed by it and read again at
 * once; the others by a small read every three seconds, which tells whether anything changed at
 * all. The long counts are not repeated.
 *
 * Always ends with an error.
 */
void presync_live_follow (PresyncLdapDirectory *directory, const PresyncForest *forest,
                          const char *sync_server, PresyncLiveFunc func, gpointer user_data,
                          GCancellable *cancellable, GError **error);

G_END_DECLS
