/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_starttls_request:
 * @stream: a fresh, unencrypted connection
 * @server: for sentences
 * @seconds: for the whole exchange
 *
 * Asks for TLS with the extended operation 1.3.6.1.4.1.1466.20037 (RFC 4511 section 4.14). What a
 * server, or somebody between, sends behind its answer would be taken for part of the encrypted
 * conversation, so it is refused.
 *
 * Returns: %FALSE with an error naming @server
 */
gboolean presync_starttls_request (GIOStream *stream, const char *server, guint seconds,
                                   GCancellable *cancellable, GError **error);

/**
 * presync_starttls_parse:
 * @data: what was received so far
 * @needed: (out): the length of the whole answer, 0 if that is not known yet
 * @code: (out): LDAP result code, once the answer is whole
 * @diagnostic: (out) (transfer full): the server's own text
 *
 * Returns: %FALSE if @data is not the answer to our request
 */
gboolean presync_starttls_parse (const guint8 *data, gsize length, gsize *needed, int *code,
                                 char **diagnostic);

G_END_DECLS
