/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/principal-search.h"

G_BEGIN_DECLS

/**
 * presync_account_state_add_facts:
 * @role: "cloud-admin", …: the prefix of the facts' keys
 *
 * Adds of ROLE.enabled, ROLE.expired, ROLE.password-expired and ROLE.password-never-expires those
 * that are keys, from one read of the account itself; what is expired is judged now. Each that is
 * not shown is unknown on its own.
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_account_state_add_facts (PresyncProbeRun *run, const PresyncPrincipal *principal,
                                          const char *role, GError **error);

/**
 * presync_account_add_enabled:
 * @entry: read with userAccountControl
 *
 * Adds the fact @key: is the account enabled?
 */
void presync_account_add_enabled (PresyncProbeRun *run, const PresyncProbeRead *read,
                                  const PresyncEntry *entry, const char *key, const char *subject);

/**
 * presync_account_add_unknown:
 *
 * Adds an unknown fact of each key of @role that does not tell rights and is not in @but.
 * @but: (array zero-terminated=1) (nullable): keys
 */
void presync_account_add_unknown (PresyncProbeRun *run, const char *role, const char *const *but,
                                  const char *subject, PresyncUnknown reason, const char *problem,
                                  PresyncOrigin *origin);

/**
 * presync_account_search:
 * @found: (out): to be cleared by presync_principal_found_clear() on every path
 * @foreign: an account of another forest is welcome
 *
 * Resolves @name as presync_principal_search(), for all that looks at a named account: what cannot
 * be one, such as a group, has no @found->principal, and @found->problem says so.
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_account_search (PresyncProbeRun *run, const PresyncDomains *domains,
                                 const char *name, gboolean foreign, PresyncPrincipalFound *found,
                                 GError **error);

/* (transfer full) (nullable): why @principal is no gMSA, or may be none; *@reason is set then */
char *presync_account_dup_no_gmsa (PresyncProbeRun *run, const PresyncPrincipal *principal,
                                   PresyncUnknown *reason);

/**
 * presync_account_find:
 * @found: (out): to be cleared by presync_principal_found_clear() on every path
 *
 * Resolves the account @name of @role. If it is not one account, adds facts for all keys of the
 * role: that it does not exist, if that is certain, and all else unknown.
 * @foreign: an account of another forest is welcome
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_account_find (PresyncProbeRun *run, const PresyncDomains *domains,
                               const char *role, const char *name, gboolean foreign,
                               PresyncPrincipalFound *found, GError **error);

G_END_DECLS
