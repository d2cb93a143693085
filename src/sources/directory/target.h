/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/secret.h"
#include "sources/directory/accounts.h"
#include "sources/federation.h"

G_BEGIN_DECLS

/**
 * PresyncSignIn: how to sign in to a directory
 */
typedef enum
{
  PRESYNC_SIGN_IN_PASSWORD, /* simple bind, over TLS only */
  PRESYNC_SIGN_IN_KERBEROS, /* SASL GSSAPI with the ticket at hand */
} PresyncSignIn;

/**
 * PresyncDirectoryTarget: which directory to read and how. Plain data, copied between threads.
 * @ldif: (nullable): an LDIF snapshot (file name or "resource://" address) instead of a server;
 *   then only @sync_server matters beside it
 * @server: (nullable): host name or address, or NULL with @domain
 * @domain: (nullable): DNS name of a domain: its controllers are found by DNS SRV
 * @port: 0 for the usual one (636 for LDAPS, else 389)
 * @ldaps: TLS from the start
 * @starttls: upgrade to TLS after connecting
 * @ca_file: (nullable): PEM file of accepted roots instead of the system's
 * @sign_in: how
 * @name: (nullable): DN, UPN or DOMAIN\user for a simple bind
 * @password: (nullable)
 * @sync_server: (nullable): host name of the future sync server
 * @accounts: (nullable): the accounts to look at
 * @federation: (nullable): the AD FS servers to look at
 */
typedef struct
{
  char *ldif;
  char *server;
  char *domain;
  guint16 port;
  gboolean ldaps;
  gboolean starttls;
  char *ca_file;
  PresyncSignIn sign_in;
  char *name;
  PresyncSecret *password;
  char *sync_server;
  PresyncAccounts *accounts;
  PresyncFederation *federation;
} PresyncDirectoryTarget;

PresyncDirectoryTarget *presync_directory_target_new (void);
PresyncDirectoryTarget *presync_directory_target_copy (const PresyncDirectoryTarget *self);
void presync_directory_target_free (PresyncDirectoryTarget *self);

/**
 * presync_directory_target_parse_uri:
 * @text: what a person typed or pasted: "ldaps://dc1.contoso.com[:PORT]", "ldap://…", a host name
 *   with a dot or an address, or a domain name; surrounding white space is dropped
 * @self: its server, domain, port and ldaps are set
 *
 * Without a scheme: an address, a name without a dot or "host:port" is a server (LDAPS); another
 * name is tried as a domain (DNS SRV) and, if it has no controllers, as a server.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT, one clear sentence, for anything else
 *   (a path or query behind the host, user names in the address, a bad port, other schemes)
 */
gboolean presync_directory_target_parse_uri (PresyncDirectoryTarget *self, const char *text,
                                             GError **error);

/**
 * presync_directory_target_validate:
 *
 * Returns: %FALSE with %PRESYNC_ERROR_REFUSED if a password would go over an unencrypted
 *   connection, with %PRESYNC_ERROR_BAD_INPUT if a name or password is missing
 */
gboolean presync_directory_target_validate (const PresyncDirectoryTarget *self, GError **error);

/* (transfer full): for people and origins, without secrets: "ldaps://dc1.contoso.com", "a.ldif" */
char *presync_directory_target_dup_text (const PresyncDirectoryTarget *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncDirectoryTarget, presync_directory_target_free)

G_END_DECLS
