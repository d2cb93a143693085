/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-web.h"

#include <glib/gi18n.h>

#include "sources/network/authority.h"
#include "sources/network/dial.h"
#include "sources/network/handshake.h"

#define HTTP_PORT 80
#define PROXY_PORT 8080
#define STATUS_OK 200
#define STATUS_MULTIPLE 300
#define STATUS_FORBIDDEN 403
#define STATUS_PROXY_SIGN_IN 407
#define STATUS_BAD_GATEWAY 502
#define STATUS_GATEWAY_SILENT 504
#define STATUS_NETWORK_SIGN_IN 511 /* RFC 6585: the network itself wants it */

/* One web probe under way, on its thread's stack */
typedef struct
{
  const PresyncReachProbe *probe;
  PresyncLookup *lookup;
  gint64 deadline;
  PresyncReachProbeFunc passed;
  gpointer user_data;
  GCancellable *cancellable;
  PresyncReachProbeResult *result;
  char *proxy; /* nullable: "http://HOST:PORT", without a name or password */
} PresyncReachWeb;

/* @text: (transfer full) */
static void
presync_reach_web_end (PresyncReachWeb *web, PresyncReachOutcome outcome, char *text)
{
  web->result->outcome = outcome;
  g_free (web->result->text);
  web->result->text = text;
}

/* (transfer full) (nullable): @proxy without what is secret in it; %NULL for none */
static char *
presync_reach_web_clean_proxy (const char *proxy)
{
  g_autoptr (GUri) uri = g_uri_parse (proxy, G_URI_FLAGS_HAS_PASSWORD, NULL);
  int port;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_str_equal (g_uri_get_scheme (uri), "direct"))
    return NULL;
  port = g_uri_get_port (uri);
  /* With the brackets that an IPv6 address needs */
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     port > 0 ? port : PROXY_PORT, "", NULL, NULL);
}

static char *
presync_reach_web_dup_proxy (PresyncReachWeb *web)
{
  const PresyncReachProbe *probe = web->probe;
  g_autofree char *url = NULL;
  g_auto (GStrv) proxies = NULL;

  if (probe->kind == PRESYNC_REACH_PROBE_FARM)
    return NULL;
  if (probe->proxy != NULL)
    return presync_reach_web_clean_proxy (probe->proxy);
  url = g_strdup_printf ("%s://%s/", probe->port != HTTP_PORT ? "https" : "http", probe->host);
  proxies = presync_lookup_proxies (web->lookup, url, web->cancellable, NULL);
  return proxies != NULL && proxies[0] != NULL ? presync_reach_web_clean_proxy (proxies[0]) : NULL;
}

/* What a proxy says instead of letting through. %TRUE: it let through */
static gboolean
presync_reach_web_judge_proxy (PresyncReachWeb *web, const PresyncDialHead *head)
{
  const char *host = web->probe->host;

  if (head->status >= STATUS_OK && head->status < STATUS_MULTIPLE)
    return TRUE;
  if (head->status == STATUS_PROXY_SIGN_IN)
    presync_reach_web_end (
        web, PRESYNC_REACH_PROXY_SIGN_IN,
        g_strdup_printf (_ ("The proxy %s wants a sign-in (407) for %s."), web->proxy, host));
  else if (head->status == STATUS_FORBIDDEN)
    presync_reach_web_end (
        web, PRESYNC_REACH_PROXY_REFUSED,
        g_strdup_printf (_ ("The proxy %s refuses %s (403)."), web->proxy, host));
  else if (head->status == 0)
    presync_reach_web_end (
        web, PRESYNC_REACH_PROXY_BROKEN,
        g_strdup_printf (_ ("What %s answered for %s is not what a proxy answers."), web->proxy,
                         host));
  else
    presync_reach_web_end (
        web, PRESYNC_REACH_PROXY_BROKEN,
        g_strdup_printf (_ ("The proxy %s does not get through to %s: it answered %u."), web->proxy,
                         host, head->status));
  return FALSE;
}

/* Was it something on the way that answered, which nobody named? Nothing but a proxy says so, and
 * where TLS vouches for the host, it cannot. */
static gboolean
presync_reach_web_was_stopped (const PresyncDialHead *head)
{
  return head->status == STATUS_PROXY_SIGN_IN || head->status == STATUS_NETWORK_SIGN_IN
         || head->by_squid;
}

/* What a proxy on the way said, that no setting names */
static void
presync_reach_web_judge_stop (PresyncReachWeb *web, const PresyncDialHead *head)
{
  const char *host = web->probe->host;

  if (head->status == STATUS_PROXY_SIGN_IN || head->status == STATUS_NETWORK_SIGN_IN)
    presync_reach_web_end (web, PRESYNC_REACH_PROXY_SIGN_IN,
                           g_strdup_printf (_ ("Something on the way to %s wants a sign-in (%u)."),
                                            host, head->status));
  else if (head->status == STATUS_FORBIDDEN)
    presync_reach_web_end (web, PRESYNC_REACH_PROXY_REFUSED,
                           g_strdup_printf (_ ("A proxy on the way refuses %s (403)."), host));
  else
    presync_reach_web_end (
        web, PRESYNC_REACH_PROXY_BROKEN,
        g_strdup_printf (_ ("A proxy on the way does not get through to %s: it answered %u."), host,
                         head->status));
}

/* The proxy itself cannot be talked to: nothing is known of what is behind it but that. */
static void
presync_reach_web_fail_proxy (PresyncReachWeb *web)
{
  PresyncReachOutcome outcome = web->result->outcome;
  g_autofree char *why = g_steal_pointer (&web->result->text);

  if (presync_reach_outcome_is_known (outcome))
    outcome = PRESYNC_REACH_PROXY_BROKEN;
  /* Translators: the address of a proxy, then a whole sentence */
  presync_reach_web_end (web, outcome,
                         g_strdup_printf (_ ("The proxy %s cannot be used. %s"), web->proxy, why));
}

/* (transfer full) (nullable): a connection to the proxy */
static GIOStream *
presync_reach_web_reach_proxy (PresyncReachWeb *web)
{
  g_autoptr (GUri) uri = g_uri_parse (web->proxy, G_URI_FLAGS_NONE, NULL);
  GSocketConnection *connection;

  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "http"))
    {
      presync_reach_web_end (
          web, PRESYNC_REACH_NOT_TRIED,
          web->probe->proxy != NULL
              ? g_strdup_printf (_ ("%s is a kind of proxy that is not tried."), web->proxy)
              : g_strdup_printf (
                  _ ("The system’s settings name %s, a kind of proxy that is not tried."),
                  web->proxy));
      return NULL;
    }
  connection = presync_reach_probe_connect (g_uri_get_host (uri), (guint16) g_uri_get_port (uri),
                                            web->lookup, web->deadline, NULL, NULL,
                                            web->cancellable, web->result);
  if (connection == NULL)
    presync_reach_web_fail_proxy (web);
  return connection != NULL ? G_IO_STREAM (connection) : NULL;
}

/* (transfer full) (nullable): a tunnel through the proxy */
static GIOStream *
presync_reach_web_tunnel (PresyncReachWeb *web)
{
  g_autoptr (GIOStream) stream = presync_reach_web_reach_proxy (web);
  g_autofree char *request
      = g_strdup_printf ("CONNECT %s:%u HTTP/1.1\r\nHost: %s:%u\r\n\r\n", web->probe->host,
                         web->probe->port, web->probe->host, web->probe->port);
  g_autoptr (GError) error = NULL;
  PresyncDialHead head;

  if (stream == NULL)
    return NULL;
  if (!presync_dial_ask (stream, request, &head, web->cancellable, &error))
    {
      g_autoptr (GUri) uri = g_uri_parse (web->proxy, G_URI_FLAGS_NONE, NULL);
      presync_reach_probe_fail_connect (g_uri_get_host (uri), (guint16) g_uri_get_port (uri), error,
                                        web->result);
      presync_reach_web_fail_proxy (web);
      return NULL;
    }
  if (!presync_reach_web_judge_proxy (web, &head))
    return NULL;
  web->passed (PRESYNC_REACH_TCP, PRESYNC_REACH_GOOD, NULL, web->user_data);
  return g_steal_pointer (&stream);
}

/* (transfer full) (nullable): a way to the host, through the proxy or not */
static GIOStream *
presync_reach_web_connect (PresyncReachWeb *web)
{
  GSocketConnection *connection;

  if (web->proxy != NULL)
    return presync_reach_web_tunnel (web);
  connection
      = presync_reach_probe_connect (web->probe->host, web->probe->port, web->lookup, web->deadline,
                                     web->passed, web->user_data, web->cancellable, web->result);
  return connection != NULL ? G_IO_STREAM (connection) : NULL;
}

/* (transfer full): whose name stands at the top of the chain, or below it */
static char *
presync_reach_web_dup_issuer (const PresyncReachCertificate *certificate)
{
  const char *name = certificate->root != NULL ? certificate->root : certificate->issuer;
  char *text = NULL;

  if (name != NULL)
    text = presync_authority_dup_part (name, "CN");
  if (name != NULL && text == NULL)
    text = presync_authority_dup_part (name, "O");
  return text != NULL ? text : g_strdup (name != NULL ? name : _ ("nobody"));
}

static char *
presync_reach_web_dup_expiry (const PresyncHandshake *handshake)
{
  GDateTime *at
      = handshake->not_yet ? handshake->certificate->not_before : handshake->certificate->not_after;

  return at != NULL ? g_date_time_format (at, "%F") : g_strdup ("?");
}

/* (transfer full): what is wrong with the certificate */
static char *
presync_reach_web_dup_bad_certificate (const char *host, const PresyncHandshake *handshake)
{
  g_autofree char *issuer = presync_reach_web_dup_issuer (handshake->certificate);
  g_autofree char *day = presync_reach_web_dup_expiry (handshake);

  if (handshake->outcome == PRESYNC_REACH_WRONG_NAME)
    return g_strdup_printf (_ ("The certificate that %s shows is for another name."), host);
  if (handshake->outcome == PRESYNC_REACH_EXPIRED && handshake->not_yet)
    return g_strdup_printf (
        _ ("The certificate of %s is valid only from %s on; is this computer’s clock right?"), host,
        day);
  if (handshake->outcome == PRESYNC_REACH_EXPIRED)
    return g_strdup_printf (_ ("The certificate of %s expired on %s."), host, day);
  return g_strdup_printf (
      _ ("The certificate of %s is signed by “%s”, which this computer does not trust."), host,
      issuer);
}

/* Says why the handshake failed. */
static void
presync_reach_web_fail_tls (PresyncReachWeb *web, const PresyncHandshake *handshake)
{
  const char *host = web->probe->host;
  PresyncReachOutcome outcome = handshake->outcome;
  char *text;

  if (outcome == PRESYNC_REACH_WRONG_NAME || outcome == PRESYNC_REACH_EXPIRED
      || outcome == PRESYNC_REACH_INTERCEPTED)
    text = presync_reach_web_dup_bad_certificate (host, handshake);
  else if (outcome == PRESYNC_REACH_NO_TLS12)
    text = g_strdup_printf (_ ("%s does not speak TLS 1.2 or newer."), host);
  else if (outcome == PRESYNC_REACH_RESET)
    text = g_strdup_printf (_ ("The connection to %s was broken off during the TLS handshake."),
                            host);
  else if (outcome == PRESYNC_REACH_SILENT)
    text = g_strdup_printf (_ ("%s took the connection, but does not answer to TLS."), host);
  else if (outcome == PRESYNC_REACH_NO_NETWORK)
    text = g_strdup_printf (_ ("There is no way to %s from this computer: %s"), host,
                            handshake->reason);
  else
    text = g_strdup_printf (_ ("TLS with %s failed: %s"), host, handshake->reason);
  presync_reach_web_end (web, outcome, text);
}

/* (transfer full) (nullable): the host's stream, encrypted */
static GIOStream *
presync_reach_web_encrypt (PresyncReachWeb *web, GIOStream *base)
{
  g_auto (PresyncHandshake) handshake = { 0 };
  GIOStream *stream = presync_handshake_run (base, web->probe->host, web->probe->port, &handshake,
                                             web->cancellable);

  web->result->certificate = presync_reach_certificate_copy (handshake.certificate);
  if (stream != NULL)
    {
      web->passed (PRESYNC_REACH_TLS, PRESYNC_REACH_GOOD, web->result->certificate, web->user_data);
      return stream;
    }
  if (handshake.outcome == PRESYNC_REACH_TLS_FAILED && handshake.certificate == NULL)
    {
      g_autoptr (GIOStream) again = presync_reach_web_connect (web);

      if (again != NULL)
        handshake.outcome
            = presync_handshake_look_again (again, web->probe->host, web->cancellable);
      else if (web->result->outcome == PRESYNC_REACH_RESET)
        handshake.outcome = PRESYNC_REACH_RESET;
    }
  presync_reach_web_fail_tls (web, &handshake);
  return NULL;
}

/* The text of what was reached: the status, and who signed if that is not one of Microsoft's */
static char *
presync_reach_web_dup_reached (PresyncReachWeb *web, guint status)
{
  const PresyncReachCertificate *certificate = web->result->certificate;
  g_autofree char *issuer = NULL;

  if (certificate == NULL || web->probe->kind == PRESYNC_REACH_PROBE_FARM
      || (certificate->root != NULL && presync_authority_is_published (certificate->root)))
    return g_strdup_printf (_ ("Answers with HTTP status %u."), status);
  issuer = presync_reach_web_dup_issuer (certificate);
  return g_strdup_printf (
      _ ("Answers with HTTP status %u; the certificate is signed by “%s”, which "
         "is none of the authorities that Microsoft publishes."),
      status, issuer);
}

/* Asks for "/" and takes any answer of the host. */
static void
presync_reach_web_ask (PresyncReachWeb *web, GIOStream *stream, gboolean through_proxy)
{
  const char *host = web->probe->host;
  g_autofree char *request = NULL;
  g_autoptr (GError) error = NULL;
  PresyncDialHead head;

  /* A plain proxy is told the whole address. */
  request = g_strdup_printf ("GET %s%s/ HTTP/1.1\r\nHost: %s\r\nUser-Agent: Presync\r\n"
                             "Accept: */*\r\nConnection: close\r\n\r\n",
                             through_proxy ? "http://" : "", through_proxy ? host : "", host);
  if (!presync_dial_ask (stream, request, &head, web->cancellable, &error))
    {
      if (G_IS_TLS_CONNECTION (stream) && error->domain == G_TLS_ERROR)
        presync_reach_web_end (
            web, PRESYNC_REACH_RESET,
            g_strdup_printf (_ ("%s broke the connection off without an HTTP answer."), host));
      else
        presync_reach_probe_fail_connect (host, web->probe->port, error, web->result);
      return;
    }
  if (through_proxy
      && (head.status == STATUS_PROXY_SIGN_IN
          || (head.by_proxy
              && (head.status == STATUS_FORBIDDEN
                  || (head.status >= STATUS_BAD_GATEWAY && head.status <= STATUS_GATEWAY_SILENT)))))
    presync_reach_web_judge_proxy (web, &head);
  else if (!G_IS_TLS_CONNECTION (stream) && presync_reach_web_was_stopped (&head))
    presync_reach_web_judge_stop (web, &head);
  else if (head.status == 0)
    presync_reach_web_end (
        web, PRESYNC_REACH_RESET,
        g_strdup_printf (_ ("What %s answers on port %u is not HTTP."), host, web->probe->port));
  else
    presync_reach_web_end (web, PRESYNC_REACH_REACHED,
                           presync_reach_web_dup_reached (web, head.status));
}

void
presync_reach_web_run (const PresyncReachProbe *self, PresyncLookup *lookup, gint64 deadline,
                       PresyncReachProbeFunc passed, gpointer user_data, GCancellable *cancellable,
                       PresyncReachProbeResult *result)
{
  PresyncReachWeb web = { self, lookup, deadline, passed, user_data, cancellable, result, NULL };
  gboolean tls = self->port != HTTP_PORT;
  g_autofree char *proxy = NULL;
  g_autoptr (GIOStream) base = NULL;
  g_autoptr (GIOStream) stream = NULL;

  proxy = presync_reach_web_dup_proxy (&web);
  web.proxy = proxy;
  result->proxy = g_strdup (proxy);
  /* The proxy looks the name up. */
  if (proxy != NULL)
    passed (PRESYNC_REACH_NAME, PRESYNC_REACH_NONE, NULL, user_data);
  if (proxy != NULL && !tls)
    {
      base = presync_reach_web_reach_proxy (&web);
      if (base != NULL)
        {
          passed (PRESYNC_REACH_TCP, PRESYNC_REACH_GOOD, NULL, user_data);
          presync_reach_web_ask (&web, base, TRUE);
        }
      return;
    }
  base = presync_reach_web_connect (&web);
  if (base == NULL)
    return;
  if (tls)
    stream = presync_reach_web_encrypt (&web, base);
  if (!tls || stream != NULL)
    presync_reach_web_ask (&web, tls ? stream : base, FALSE);
}
