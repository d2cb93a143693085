/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_authority_dup_part:
 * @name: a distinguished name as RFC 4514 ("O=DigiCert\, Inc.") or Windows ("O=\"DigiCert, Inc.\"")
 *   writes it
 * @type: such as "O" or "CN"
 *
 * Returns: (transfer full) (nullable): the value of the first such part
 */
char *presync_authority_dup_part (const char *name, const char *type);

/**
 * presync_authority_is_published:
 * @name: distinguished name of the top of a chain
 *
 * Is it one of the organisations whose authorities Microsoft publishes for its services ("Azure
 * Certificate Authority details" and "Microsoft 365 encryption chains")? The root itself is seldom
 * sent, so that it is known by name; what else signs for Microsoft's hosts is an inspection of the
 * organisation's own.
 */
gboolean presync_authority_is_published (const char *name);

G_END_DECLS
