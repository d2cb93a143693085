/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <ldap.h>
#include <gio/gio.h>

#include "sources/directory/transport.h"

G_BEGIN_DECLS

/**
 * PresyncLdapConnection: a libldap handle on a connection of ours. Belongs to one thread.
 * @ld: the handle
 * @transport: what carries its bytes
 * @text: the server for sentences and origins
 * @dead: nothing more can be asked: the connection broke, hung or was cancelled
 * @why: (nullable): the sentence it died of
 */
typedef struct
{
  LDAP *ld;
  PresyncTransport *transport;
  char *text;
  gboolean dead;
  char *why;
} PresyncLdapConnection;

/**
 * presync_ldap_connection_new:
 * @stream: (transfer none): connected, encrypted if wanted
 * @host: host name for Kerberos
 * @text: the server for sentences
 * @encrypted: %TRUE under TLS, where SASL must not encrypt again
 *
 * Returns: (transfer full): a handle with every default of libldap overridden
 */
PresyncLdapConnection *presync_ldap_connection_new (GIOStream *stream, const char *host,
                                                    guint16 port, const char *text,
                                                    gboolean encrypted, GError **error);
void presync_ldap_connection_free (PresyncLdapConnection *self);

/**
 * presync_ldap_connection_wait:
 * @id: message id, or %LDAP_RES_ANY
 * @until: monotonic time, µs
 * @seconds: for the sentence, if the time runs out
 * @message: (out): (transfer full): ldap_msgfree()
 *
 * Waits for one message. After any error the connection is dead.
 */
gboolean presync_ldap_connection_wait (PresyncLdapConnection *self, int id, gint64 until,
                                       guint seconds, LDAPMessage **message,
                                       GCancellable *cancellable, GError **error);

/* Sets the error for a libldap call that returned @code, with what is known of the connection. */
void presync_ldap_connection_set_error (PresyncLdapConnection *self, int code,
                                        GCancellable *cancellable, GError **error);

/* Nothing more can be asked. @why: a sentence; the first is kept */
void presync_ldap_connection_give_up (PresyncLdapConnection *self, const char *why);

/* Lets a cancel wake libldap; returns the handler for g_cancellable_disconnect(). */
gulong presync_ldap_connection_guard (PresyncLdapConnection *self, GCancellable *cancellable);

/* End of a bounded time, for @until */
gint64 presync_ldap_until (guint seconds);

/**
 * presync_ldap_prepare:
 *
 * Makes libldap set up its globals, which only one thread may do (ldap_open(3)). main() calls it
 * before any thread is started; connections call it again for programs that forgot.
 */
void presync_ldap_prepare (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncLdapConnection, presync_ldap_connection_free)

G_END_DECLS
