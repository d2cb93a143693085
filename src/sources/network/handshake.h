/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/reach.h"

G_BEGIN_DECLS

/**
 * PresyncHandshake: what a TLS server showed
 * @outcome: %PRESYNC_REACH_REACHED for TLS 1.2 or newer and a certificate that verifies; otherwise
 *   which of it failed
 * @errors: what is wrong with the certificate
 * @not_yet: it is expired in the sense of not valid yet
 * @certificate: (nullable)
 * @reason: (nullable): what the TLS library says of a failure
 */
typedef struct
{
  PresyncReachOutcome outcome;
  GTlsCertificateFlags errors;
  gboolean not_yet;
  PresyncReachCertificate *certificate;
  char *reason;
} PresyncHandshake;

void presync_handshake_clear (PresyncHandshake *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncHandshake, presync_handshake_clear)

/**
 * presync_handshake_run:
 * @base: a connection to @host, directly or through a proxy; it has to outlive the stream that is
 *   returned
 * @result: (out caller-allocates)
 *
 * Blocks. The certificate is verified against this computer's authorities, the name and the date;
 * the handshake is broken off if it fails, so that nothing can be sent to such a server.
 *
 * Returns: (transfer full) (nullable): a stream to talk through; %NULL unless it was reached.
 *   %PRESYNC_REACH_SILENT: it was cancelled; %PRESYNC_REACH_NO_NETWORK: the way was lost meanwhile
 */
GIOStream *presync_handshake_run (GIOStream *base, const char *host, guint16 port,
                                  PresyncHandshake *result, GCancellable *cancellable);

/**
 * presync_handshake_look_again:
 * @base: a new connection to a server with which presync_handshake_run() ended in
 *   %PRESYNC_REACH_TLS_FAILED
 *
 * Says what a TLS 1.2 client says first, and reads the beginning of the answer. (The TLS library
 * only tells that something went wrong, in words that depend on the language.)
 *
 * Returns: %PRESYNC_REACH_NO_TLS12 if the server chooses TLS 1.1 or older, or refuses the version;
 *   %PRESYNC_REACH_RESET if it breaks off without a word; else %PRESYNC_REACH_TLS_FAILED
 */
PresyncReachOutcome presync_handshake_look_again (GIOStream *base, const char *host,
                                                  GCancellable *cancellable);

G_END_DECLS
