/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/connect.h"
#include "sources/directory/directory.h"

G_BEGIN_DECLS

/**
 * PresyncLdapDirectory: a signed-in LDAP connection as a directory
 */
#define PRESYNC_TYPE_LDAP_DIRECTORY (presync_ldap_directory_get_type ())
G_DECLARE_FINAL_TYPE (PresyncLdapDirectory, presync_ldap_directory, PRESYNC, LDAP_DIRECTORY,
                      GObject)

/**
 * presync_ldap_directory_open:
 * @opening: server, port, target and who is told; gets the certificate
 *
 * Connects and signs in, blocking. Stages "resolve", "connect", "tls", "sign-in", and "first-read"
 * up to running: the controls that the server offers are known then.
 *
 * Returns: (transfer full): %NULL with an error naming the server
 */
PresyncLdapDirectory *presync_ldap_directory_open (PresyncOpening *opening, GError **error);

/**
 * presync_ldap_directory_watch:
 * @id: (out): for presync_ldap_directory_wait_change()
 *
 * Asks to be told of changes (control 1.2.840.113556.1.4.528), deletions included. A refusal is
 * told by presync_ldap_directory_wait_change().
 *
 * Returns: %FALSE if the server does not offer it (@error is not set) or the connection broke
 */
gboolean presync_ldap_directory_watch (PresyncLdapDirectory *self, const char *base,
                                       PresyncScope scope, int *id, GError **error);

/**
 * PresyncLdapChange: what a wait for changes ended with
 */
typedef enum
{
  PRESYNC_LDAP_CHANGE_NONE,    /* the time is up, or it was woken */
  PRESYNC_LDAP_CHANGE_ENTRY,   /* something changed below the watch */
  PRESYNC_LDAP_CHANGE_REFUSED, /* the server does not (or no longer) serve the watch */
} PresyncLdapChange;

/**
 * presync_ldap_directory_wait_change:
 * @milliseconds: how long
 * @id: (out): of which watch
 * @dn: (out) (transfer full) (nullable): what changed
 *
 * Waits for one notification; a cancel wakes it, and so does presync_ldap_directory_wake().
 *
 * Returns: %FALSE with an error if the connection is lost or @cancellable was cancelled
 */
gboolean presync_ldap_directory_wait_change (PresyncLdapDirectory *self, guint milliseconds,
                                             PresyncLdapChange *change, int *id, char **dn,
                                             GCancellable *cancellable, GError **error);

/* From any thread: ends the wait under way, or else the next one. */
void presync_ldap_directory_wake (PresyncLdapDirectory *self);

G_END_DECLS
