/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/ldap-connection.h"

G_BEGIN_DECLS

/**
 * PresyncLdapAsk: one search request, at most a page
 * @cookie: (nullable): of the page before
 */
typedef struct
{
  const char *base;
  int scope;
  const char *filter;
  const char *const *attributes;
  guint sd_flags;
  gboolean paged;
  GBytes *cookie;
} PresyncLdapAsk;

/**
 * PresyncLdapAnswer: how it ended. Cleared with presync_ldap_answer_clear().
 * @partial: (nullable): why entries are missing
 * @has_cookie: the answer had a paging control
 * @cookie: (nullable): for the next page, %NULL if this was the last
 * @n_entries: how many came; search references are not followed
 */
typedef struct
{
  char *partial;
  gboolean has_cookie;
  GBytes *cookie;
  guint n_entries;
} PresyncLdapAnswer;

void presync_ldap_answer_clear (PresyncLdapAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncLdapAnswer, presync_ldap_answer_clear)

/* Called for each entry. Returns FALSE to stop, with an error or without */
typedef gboolean (*PresyncLdapEntryFunc) (LDAPMessage *message, gpointer user_data, GError **error);

/**
 * presync_ldap_ask:
 *
 * Sends one request and reads its answer, within %PRESYNC_BOUND_PAGE seconds. A server that is busy
 * from the start is asked again twice.
 */
gboolean presync_ldap_ask (PresyncLdapConnection *connection, const PresyncLdapAsk *ask,
                           PresyncLdapEntryFunc func, gpointer user_data, PresyncLdapAnswer *answer,
                           GCancellable *cancellable, GError **error);

G_END_DECLS
