/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Threads of one check at most */
#define PRESYNC_LOOKUP_AT_ONCE 32

/**
 * PresyncLookup: names that were looked up, shared by all probes of one check. Used by any thread.
 *
 * Each name is looked up once, on a thread that nobody waits for longer than wanted: the system's
 * resolver cannot be cancelled, and a silent name server would otherwise hold up the rest. There
 * are twice as many threads as rows that are tried at once, so that names for which nobody waits
 * any more leave room for others; what nobody waits for is not begun.
 */
typedef struct _PresyncLookup PresyncLookup;

PresyncLookup *presync_lookup_new (void);
PresyncLookup *presync_lookup_ref (PresyncLookup *self);
void presync_lookup_unref (PresyncLookup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncLookup, presync_lookup_unref)

/**
 * presync_lookup_host:
 * @canonical: (out) (optional) (nullable) (transfer full): see presync_resolve_host()
 * @cancellable: ends the wait, not the lookup
 *
 * Blocks; likewise the others.
 *
 * Returns: (transfer full) (element-type GInetAddress): addresses; %NULL with a #GResolverError or
 *   %G_IO_ERROR_CANCELLED
 */
GList *presync_lookup_host (PresyncLookup *self, const char *host, char **canonical,
                            GCancellable *cancellable, GError **error);
/* (transfer full) (element-type GSrvTarget) */
GList *presync_lookup_service (PresyncLookup *self, const char *record, GCancellable *cancellable,
                               GError **error);
/* (transfer full): what the system's settings say for an address: "direct://",
 * "http://proxy:8080" …; settings may name a script, so that asking them may take long */
char **presync_lookup_proxies (PresyncLookup *self, const char *url, GCancellable *cancellable,
                               GError **error);

G_END_DECLS
