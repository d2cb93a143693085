/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/target.h"
#include "sources/stage.h"

G_BEGIN_DECLS

/**
 * PresyncOpening: a connection that is being made, and who is told of it. Lives on the stack.
 * @server: host name or address
 * @port: TCP port
 * @text: the server for sentences: "ldaps://dc1.contoso.com"
 * @stage: (nullable)
 * @certificate: what the server showed, accepted or refused
 */
typedef struct
{
  const PresyncDirectoryTarget *target;
  const char *server;
  guint16 port;
  const char *text;
  PresyncStageFunc stage;
  gpointer stage_data;
  GTlsCertificate *certificate;
  GCancellable *cancellable;
} PresyncOpening;

/* Tells the stage function, if there is one. */
void presync_opening_tell (const PresyncOpening *self, const char *stage, PresyncStageState state,
                           const char *text);

/**
 * presync_connect:
 *
 * Resolves, connects (never through a proxy) and sets up TLS as the target wants it, with stages
 * "resolve", "connect" and "tls", each within its bound.
 *
 * Returns: (transfer full): the connection; %NULL with an error naming the server: unreachable,
 *   timed out, certificate
 */
GIOStream *presync_connect (PresyncOpening *self, GError **error);

/**
 * presync_connect_find_controllers:
 * @domain: DNS name
 *
 * Asks DNS for the domain's controllers (_ldap._tcp.dc._msdcs), best first. One whose name lies
 * outside the domain is left out: an answer of DNS is not proof enough to send a password there.
 *
 * Returns: (transfer full) (array zero-terminated=1): host names; empty if there are none
 */
char **presync_connect_find_controllers (const char *domain, GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
