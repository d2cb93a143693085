/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/ldap-directory.h"
#include "sources/directory/probe.h"

G_BEGIN_DECLS

/**
 * PresyncLiveReader: who reads what has changed. Both functions are called from the thread that
 * follows.
 * @read: runs @probe and hands its facts on; %FALSE with an error that ends the connection
 * @take_due: returns the set of probes that look at something else than they did when it was asked
 *   last, to be read at once; @idle: (out): the set of those that have nothing to look at
 */
typedef struct
{
  gboolean (*read) (PresyncProbe probe, gpointer user_data, GError **error);
  guint (*take_due) (guint *idle, gpointer user_data);
  gpointer user_data;
} PresyncLiveReader;

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
 * @usn: (nullable): of presync_live_read_usn() before the check, so that nothing that changed since
 *   is lost; %NULL reads everything again at once
 *
 * Follows changes until the connection is lost or @cancellable is cancelled: what the watches of
 * presync_probe_list_watches() tell is read again at once; the rest after a small read every three
 * seconds has told that anything changed at all. The long counts are not repeated. After
 * presync_ldap_directory_wake() @reader is asked whether something else is to be looked at.
 *
 * Always ends with an error.
 */
void presync_live_follow (PresyncLdapDirectory *directory, const PresyncForest *forest,
                          const PresyncLiveReader *reader, const char *usn,
                          GCancellable *cancellable, GError **error);

G_END_DECLS
