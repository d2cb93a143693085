/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/entry.h"

G_BEGIN_DECLS

/**
 * PresyncFilter: an LDAP filter (RFC 4515) that can be asked of entries at hand
 *
 * As Active Directory does it, for the filters that Presync uses: and, or, not, presence, equality,
 * substrings, >=, <=, and the bit rules 1.2.840.113556.1.4.803 (all bits) and .804 (any bit). Text
 * compares without case, and "objectCategory=person" with the first component of the category's DN.
 */
typedef struct _PresyncFilter PresyncFilter;

/**
 * presync_filter_parse:
 *
 * Returns: (transfer full): %NULL with %PRESYNC_ERROR_BAD_INPUT, naming the place in @text
 */
PresyncFilter *presync_filter_parse (const char *text, GError **error);
void presync_filter_free (PresyncFilter *self);

gboolean presync_filter_matches (const PresyncFilter *self, const PresyncEntry *entry);

/* (transfer full) (array zero-terminated=1): the attributes it looks at, each once */
char **presync_filter_list_attributes (const PresyncFilter *self);

/* (transfer full): @value so that it stands for itself in a filter (RFC 4515, section 3) */
char *presync_filter_escape (const char *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncFilter, presync_filter_free)

G_END_DECLS
