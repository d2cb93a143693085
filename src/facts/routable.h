/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_is_routable:
 * @domain: a DNS domain, such as a UPN suffix; UTF-8
 *
 * Could anybody own @domain on the internet, and so prove it to Microsoft? It has a dot, its last
 * label is no number, and that label is no top-level name that RFC 2606, RFC 6761, RFC 6762
 * (appendix G), RFC 7686, RFC 8375 or RFC 9476 reserve or that is in common private use.
 *
 * Returns: %FALSE for "contoso.local", "corp", "home.arpa"
 */
gboolean presync_is_routable (const char *domain);

G_END_DECLS
