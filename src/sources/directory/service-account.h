/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/principal-search.h"

G_BEGIN_DECLS

/**
 * PresyncServiceServer: the computer object of the named sync server, and what it acts with
 * @token: (nullable): NULL if the server was not named, not found, or its groups are hidden
 * @reason, @problem: why there is no @token
 */
typedef struct
{
  PresyncPrincipal *computer;
  PresyncToken *token;
  PresyncUnknown reason;
  char *problem;
} PresyncServiceServer;

/**
 * presync_service_server_read:
 *
 * Returns: (transfer full): %NULL only with an error that ends the connection
 */
PresyncServiceServer *presync_service_server_read (PresyncProbeRun *run,
                                                   const PresyncDomains *domains, GError **error);
void presync_service_server_free (PresyncServiceServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncServiceServer, presync_service_server_free)

/* What a read of a service account asks for */
extern const char *const presync_service_account_attributes[];

/* Is what a gMSA always has shown? Only then is what is not there absent, not hidden. */
gboolean presync_service_account_is_visible (const PresyncEntry *account);

/**
 * presync_service_account_add_may_read:
 * @account: a gMSA, read with presync_service_account_attributes
 *
 * Adds the fact @key: may @server retrieve the password? It may if msDS-GroupMSAMembership, a
 * security descriptor, grants it to read properties ([MS-ADTS] 3.1.1.4.5.39).
 */
void presync_service_account_add_may_read (PresyncProbeRun *run, const PresyncProbeRead *read,
                                           const PresyncEntry *account,
                                           const PresyncServiceServer *server, const char *key,
                                           const char *subject);

/**
 * presync_service_account_add_is_host:
 * @account: an sMSA, read with presync_service_account_attributes
 *
 * Adds the fact @key: is @server the computer that the sMSA was assigned to?
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_service_account_add_is_host (PresyncProbeRun *run, const PresyncProbeRead *read,
                                              const PresyncEntry *account,
                                              const PresyncServiceServer *server, const char *key,
                                              const char *subject, GError **error);

/**
 * presync_service_account_add_readers:
 * @account: a gMSA, read with presync_service_account_attributes
 *
 * Adds the fact @key: who may retrieve the password, by name.
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_service_account_add_readers (PresyncProbeRun *run, const PresyncDomains *domains,
                                              const PresyncProbeRead *read,
                                              const PresyncEntry *account, const char *key,
                                              const char *subject, GError **error);

G_END_DECLS
