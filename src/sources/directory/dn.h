/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_dn_normalize:
 * @dn: a distinguished name as text (RFC 4514)
 *
 * Brings equal names to the same text, for comparison and as a key: case is folded, white space
 * around separators dropped, escapes are written one way. In the result a "," is always a
 * separator: "cn=a\\2cb,dc=contoso".
 *
 * Returns: (transfer full): the key; "" for the empty name
 */
char *presync_dn_normalize (const char *dn);

/* Do both name the same entry? */
gboolean presync_dn_equal (const char *a, const char *b);

/**
 * presync_dn_key_parent:
 * @key: of presync_dn_normalize()
 *
 * Returns: (transfer none) (nullable): the part of @key that is its parent's key; "" above the last
 *   component; %NULL for ""
 */
const char *presync_dn_key_parent (const char *key);

/* Is @key the entry @base or below it? Both of presync_dn_normalize() */
gboolean presync_dn_key_is_under (const char *key, const char *base);

/* How many components @key has; of presync_dn_normalize() */
guint presync_dn_key_depth (const char *key);

/* (transfer full): the value of the first component, unescaped: "DC01" of "CN=DC01,OU=…" */
char *presync_dn_dup_name (const char *dn);

/* (transfer full) (nullable): what is above the first component, as written */
char *presync_dn_dup_parent (const char *dn);

/**
 * presync_dn_dup_domain:
 *
 * Returns: (transfer full): the DNS name that the DC= components at the end spell, "contoso.com";
 *   "" if there are none
 */
char *presync_dn_dup_domain (const char *dn);

G_END_DECLS
