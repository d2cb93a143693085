/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sources/sql/helper/request.h"

G_BEGIN_DECLS

/**
 * PresyncTdsPrelogin: what a server tells before any log-in
 * @version: (nullable): "15.0.4375"
 * @encryption: its answer to our wish to encrypt: "on", "off", "required", "not-supported"
 * @tls: (nullable): agreed version, "1.2"
 * @peer: (nullable): the address that was asked
 * @certificate: (nullable): what it showed
 * @flags: what is wrong with it
 * @problem: (nullable): why the certificate alone is not trusted, a word of ../protocol.md
 */
typedef struct
{
  char *version;
  const char *encryption;
  const char *tls;
  GSocketAddress *peer;
  GTlsCertificate *certificate;
  GTlsCertificateFlags flags;
  const char *problem;
} PresyncTdsPrelogin;

void presync_tds_prelogin_free (PresyncTdsPrelogin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTdsPrelogin, presync_tds_prelogin_free)

/**
 * presync_tds_prelogin_connect:
 *
 * Connects to @request's server on @port within @seconds.
 *
 * Returns: (transfer full): its socket has a time limit of @seconds for each further step
 */
GSocketConnection *presync_tds_prelogin_connect (const PresyncSqlRequest *request, guint16 port,
                                                 guint seconds, GError **error);

/**
 * presync_tds_prelogin_exchange:
 *
 * Sends the PRELOGIN message, which asks for encryption and holds nothing secret, and reads the
 * answer, whatever it is.
 */
PresyncTdsPrelogin *presync_tds_prelogin_exchange (const PresyncSqlRequest *request,
                                                   GSocket *socket, GError **error);

/**
 * presync_tds_prelogin_parse:
 * @body: the body of a PRELOGIN answer
 *
 * Returns: (transfer full): %NULL if it is none
 */
PresyncTdsPrelogin *presync_tds_prelogin_parse (const guint8 *body, gsize length);

/* Does the server agree to encrypt everything, not the log-in only? */
gboolean presync_tds_prelogin_is_encrypted (const PresyncTdsPrelogin *self);

/**
 * presync_tds_prelogin_shake_hands:
 *
 * Does the TLS handshake inside PRELOGIN packets and sets @self's tls, certificate and problem.
 * Nothing is sent over it, so every certificate is looked at; presync_tds_prelogin_judge() decides.
 */
gboolean presync_tds_prelogin_shake_hands (PresyncTdsPrelogin *self,
                                           const PresyncSqlRequest *request, guint16 port,
                                           GSocket *socket, GError **error);

/**
 * presync_tds_prelogin_judge:
 *
 * Returns: %FALSE with %PRESYNC_ERROR_CERTIFICATE unless the certificate verifies, or is the one
 *   that @request pins; with %PRESYNC_ERROR_NOT_SUPPORTED if TLS is older than 1.2
 */
gboolean presync_tds_prelogin_judge (const PresyncTdsPrelogin *self,
                                     const PresyncSqlRequest *request, GError **error);

G_END_DECLS
