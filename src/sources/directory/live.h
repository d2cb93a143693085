/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/ldap-directory.h"
#include "sources/directory/probe.h"

G_BEGIN_DECLS

/* Called from the reading thread. @facts: (transfer full) */
typedef void (*PresyncLiveFunc) (PresyncProbe probe, GPtrArray *facts, gpointer user_data);

/**
 * presync_live_read_usn:
 * @usn: (inout) (transfer full) (nullable): is replaced by the server's highestCommittedUSN, which
 *   grows with every change; %NULL if it does not tell it
 *
 * Returns: %FALSE with the errors of presync_directory_search()
 */
gboolean presync_live_read_usn (PresyncLdapDirectory *directory, char **usn,
                                GCancellable *cancellable, GError **error);

/**
 * presync_live_follow:
 * @sync_server: (nullable)
 * @usn: (nullable): of presync_live_read_usn() before the check, so that nothing that changed since
 *   is lost; %NULL reads everything again at once
 * @func: called with the facts of each probe that was read again
 *
 * Follows changes until the connection is lost or @cancellable is cancelled: what the watches of
 * presync_probe_list_watches() tell is read again at once; the rest after a small read every three
 * seconds has told that anything changed at all. The long counts are not repeated.
 *
 * Always ends with an error.
 */
void presync_live_follow (PresyncLdapDirectory *directory, const PresyncForest *forest,
                          const char *sync_server, const char *usn, PresyncLiveFunc func,
                          gpointer user_data, GCancellable *cancellable, GError **error);

G_END_DECLS
