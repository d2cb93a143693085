/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_resolve_host:
 * @host: a host name or an IP address; with a dot in it, it is whole: no search list is applied
 * @canonical: (out) (optional) (nullable) (transfer full): the name that @host is an alias of, or
 *   its own; %NULL if the resolver does not tell
 *
 * Blocks for as long as the system's resolver does, which may be half a minute: for a thread of the
 * caller's own. GResolver is not used, because its lookups run on GTask's few threads, and silent
 * name servers would hold up everything else there; a resolver that somebody set as default
 * (g_resolver_set_default()) is asked all the same.
 *
 * Returns: (transfer full) (element-type GInetAddress): at least one address; %NULL with a
 *   #GResolverError: %G_RESOLVER_ERROR_NOT_FOUND is certain, everything else is not
 */
GList *presync_resolve_host (const char *host, char **canonical, GError **error);

/**
 * presync_resolve_service:
 * @record: name of an SRV record, such as "_ldap._tcp.contoso.com"
 *
 * As presync_resolve_host(). A service that is said not to be there (RFC 2782, target ".") is not
 * found.
 *
 * Returns: (transfer full) (element-type GSrvTarget): at least one, best first
 */
GList *presync_resolve_service (const char *record, GError **error);

G_END_DECLS
