/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncHttpTrace: how far one request came, for the sentence that says why it failed. Plain data.
 * @host: (transfer none): which server was asked
 * @proxy: (nullable): host and port of the proxy on the way, without user name
 * @seconds: the request's bound
 * @event: the last step of the connection
 * @certificate: (nullable): the one that was not accepted, and why
 * @old_tls: the server speaks no TLS 1.2
 * @answered: the head of the answer was there
 */
typedef struct
{
  const char *host;
  char *proxy;
  guint seconds;
  GSocketClientEvent event;
  GTlsCertificate *certificate;
  GTlsCertificateFlags flaws;
  gboolean old_tls;
  gboolean answered;
} PresyncHttpTrace;

void presync_http_trace_clear (PresyncHttpTrace *self);

/**
 * presync_http_trace_fail:
 * @over: the time ran out
 * @reason: what GIO or libsoup says; never shown where it could quote a server
 *
 * Sets @error: one sentence that names the server, or the proxy if that is to blame.
 */
void presync_http_trace_fail (const PresyncHttpTrace *self, gboolean over, const GError *reason,
                              GError **error);

/* What a proxy said instead of opening the way: 407, 403, or something else */
void presync_http_trace_fail_proxy (const PresyncHttpTrace *self, guint status, GError **error);

G_END_DECLS
