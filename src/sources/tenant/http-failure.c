/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/http-failure.h"

#include <glib/gi18n.h>

#include "base/error.h"

/* So much of a name that a server gave is shown. */
#define SHOWN_NAME 200

void
presync_http_trace_clear (PresyncHttpTrace *self)
{
  g_clear_pointer (&self->proxy, g_free);
  g_clear_object (&self->certificate);
}

/* (transfer full): the name of the issuer, which anybody on the way may have chosen, as plain text
 * on one line */
static char *
presync_http_trace_dup_issuer (GTlsCertificate *certificate)
{
  g_autofree char *raw = g_tls_certificate_get_issuer_name (certificate);
  g_autofree char *valid = g_utf8_make_valid (raw != NULL ? raw : "?", -1);
  g_autoptr (GString) plain = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < SHOWN_NAME; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (
          plain, g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT ? c : ' ');
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static char *
presync_http_trace_dup_day (GDateTime *date)
{
  return date != NULL ? g_date_time_format (date, "%Y-%m-%d") : g_strdup ("?");
}

/* A date that does not fit is as often this computer’s as the certificate's. */
static void
presync_http_trace_fail_date (const PresyncHttpTrace *self, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (self->certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (self->certificate);
  g_autofree char *today = presync_http_trace_dup_day (now);
  g_autofree char *first = presync_http_trace_dup_day (from);
  g_autofree char *last = presync_http_trace_dup_day (until);

  if ((self->flaws & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 /* Translators: a server, two dates */
                 _ ("The certificate of %s is not valid before %s, and this computer’s clock says "
                    "%s: perhaps the clock is wrong."),
                 self->host, first, today);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 /* Translators: a server, two dates */
                 _ ("The certificate of %s has expired: it was valid until %s, and this computer’s "
                    "clock says %s. If that is wrong, set the clock."),
                 self->host, last, today);
}

static void
presync_http_trace_fail_certificate (const PresyncHttpTrace *self, GError **error)
{
  g_autofree char *issuer = presync_http_trace_dup_issuer (self->certificate);

  if ((self->flaws & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 _ ("The certificate of %s is signed by an authority that this computer does not "
                    "trust: perhaps a device on the way opens the encrypted traffic. Issuer: %s"),
                 self->host, issuer);
  else if ((self->flaws & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 _ ("The certificate of %s is made out for another server: perhaps a sign-in page "
                    "of this network, or a device, answers in its place. Issuer: %s"),
                 self->host, issuer);
  else if ((self->flaws & (G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_EXPIRED)) != 0)
    presync_http_trace_fail_date (self, error);
  else if ((self->flaws & G_TLS_CERTIFICATE_REVOKED) != 0)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 _ ("The certificate of %s was revoked. Issuer: %s"), self->host, issuer);
  else if ((self->flaws & G_TLS_CERTIFICATE_INSECURE) != 0)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 _ ("The certificate of %s uses an insecure algorithm or key. Issuer: %s"),
                 self->host, issuer);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 _ ("The certificate of %s could not be verified. Issuer: %s"), self->host, issuer);
}

static void
presync_http_trace_fail_time (const PresyncHttpTrace *self, GError **error)
{
  if (self->answered)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("%s did not finish its answer within %u seconds."), self->host, self->seconds);
  else if (self->proxy != NULL && self->event < G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("The proxy %s did not open the way to %s within %u seconds."), self->proxy,
                 self->host, self->seconds);
  else if (self->event < G_SOCKET_CLIENT_RESOLVED)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("No name server told the address of %s within %u seconds."), self->host,
                 self->seconds);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("%s did not answer within %u seconds."), self->host, self->seconds);
}

/* The way to @name, the server or its proxy. Returns: %FALSE if @reason tells of something else */
static gboolean
presync_http_trace_fail_way (const char *name, const GError *reason, GError **error)
{
  if (g_error_matches (reason, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 /* The resolver says the same when this computer has no address of its own. */
                 _ ("The name %s has no address, as this computer sees it: is it connected to a "
                    "network, and does its DNS tell names of the internet?"),
                 name);
  else if (reason->domain == G_RESOLVER_ERROR)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("No name server tells the address of %s: is this computer connected to a "
                    "network?"),
                 name);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE)
           || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("There is no way to %s: is this computer connected to a network?"), name);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s refuses the connection: perhaps a firewall does."), name);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT, _ ("%s does not answer."), name);
  else
    return FALSE;
  return TRUE;
}

static gboolean
presync_http_trace_is_broken (const GError *reason)
{
  return g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
         || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)
         || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
         || g_error_matches (reason, G_TLS_ERROR, G_TLS_ERROR_EOF);
}

void
presync_http_trace_fail (const PresyncHttpTrace *self, gboolean over, const GError *reason,
                         GError **error)
{
  /* Before the tunnel stands, all trouble is the proxy's. */
  gboolean outside = self->proxy != NULL && self->event < G_SOCKET_CLIENT_TLS_HANDSHAKING;
  const char *name = outside ? self->proxy : self->host;

  if (self->certificate != NULL)
    presync_http_trace_fail_certificate (self, error);
  else if (self->old_tls)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s speaks no TLS 1.2: perhaps a device on the way does not."), self->host);
  else if (over)
    presync_http_trace_fail_time (self, error);
  else if (presync_http_trace_fail_way (name, reason, error))
    return;
  else if (outside)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("The proxy %s does not open the way to %s."), self->proxy, self->host);
  else if (self->answered)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s broke off in the middle of its answer."), self->host);
  else if (self->event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("No encrypted connection to %s could be made: it, or a device on the way, does "
                    "not speak TLS as it should."),
                 self->host);
  else if (presync_http_trace_is_broken (reason))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s closed the connection without an answer."), self->host);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                 _ ("%s could not be asked: what came back is no HTTP answer."), self->host);
}

void
presync_http_trace_fail_proxy (const PresyncHttpTrace *self, guint status, GError **error)
{
  const char *proxy = self->proxy != NULL ? self->proxy : _ ("of this computer’s settings");

  if (status == 407)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("The proxy %s wants a sign-in (407) before it opens the way to %s."), proxy,
                 self->host);
  else if (status == 403)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("The proxy %s refuses the way to %s (403): the address has to be allowed "
                    "there."),
                 proxy, self->host);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("The proxy %s does not open the way to %s (HTTP status %u)."), proxy,
                 self->host, status);
}
