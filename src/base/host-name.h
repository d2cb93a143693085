/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_host_name_is:
 * @name: a host name as a person or a program wrote it, with or without a domain
 * @host: the name of a host, likewise
 * @domain: (nullable): the domain that the host is in; "" if it is in none, %NULL if that is not
 *   known
 *
 * Is @name that host? Upper and lower case, surrounding white space and one dot at the end make no
 * difference. First labels must be the same. A name without a domain says no more than that. Two
 * names with domains must be the same as a whole; a name with a domain may be @domain's as well,
 * since a host's own name need not end with its domain's, and if @host has no domain it must be.
 *
 * Returns: %TRUE if it is
 */
gboolean presync_host_name_is (const char *name, const char *host, const char *domain);

G_END_DECLS
