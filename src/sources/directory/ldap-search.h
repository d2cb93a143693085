/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/directory.h"
#include "sources/directory/ldap-connection.h"

G_BEGIN_DECLS

/**
 * PresyncLdapOffer: which controls the server offers, by its rootDSE
 */
typedef struct
{
  gboolean paging;
  gboolean sd_flags;
  gboolean notification;
} PresyncLdapOffer;

/**
 * presync_ldap_search:
 * @complete: (out): as in presync_directory_search()
 * @partial: (out) (transfer full) (nullable): why it is not complete, for people
 *
 * One search with all its pages and ranges, each wait, page and byte bounded (bounds.h).
 *
 * Returns: %FALSE with the errors of presync_directory_search()
 */
gboolean presync_ldap_search (PresyncLdapConnection *connection, const PresyncLdapOffer *offer,
                              const PresyncQuery *query, PresyncEntryFunc func, gpointer user_data,
                              gboolean *complete, char **partial, GCancellable *cancellable,
                              GError **error);

/* LDAP's number of a scope */
int presync_ldap_scope (PresyncScope scope);

G_END_DECLS
