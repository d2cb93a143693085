/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <ldap.h>

#include "sources/directory/entry.h"

G_BEGIN_DECLS

/**
 * PresyncLdapRange: an attribute of which the server gave only some values
 * ("member;range=0-1499", MS-ADTS 3.1.1.3.1.3.3)
 * @first, @next: as of presync_ldap_range_parse()
 */
typedef struct
{
  char *attribute;
  guint64 first;
  guint64 next;
} PresyncLdapRange;

void presync_ldap_range_free (PresyncLdapRange *self);

/**
 * presync_ldap_entry_read:
 * @ranges: (element-type PresyncLdapRange): those that do not hold all values are added; the
 *   values are in the entry under the plain name
 * @bytes: (out): size of the values
 *
 * Returns: (transfer full) (nullable): %NULL if the message is malformed
 */
PresyncEntry *presync_ldap_entry_read (LDAP *ld, LDAPMessage *message, GPtrArray *ranges,
                                       gsize *bytes);

/**
 * presync_ldap_range_parse:
 * @name: attribute name as it came
 * @plain: (out) (transfer full): the name without its range
 * @first: (out): index of the first value
 * @next: (out): index of the first value that is missing; 0 if these were the last
 *
 * Returns: %FALSE if @name has no range
 */
gboolean presync_ldap_range_parse (const char *name, char **plain, guint64 *first, guint64 *next);

G_END_DECLS
