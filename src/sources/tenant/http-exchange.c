/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/http-exchange.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/tenant/http-failure.h"
#include "sources/tenant/http-wait.h"
#include "sources/tenant/http.h"

#define CHUNK (32 * 1024)
#define REQUEST_ID_MAX 64

/* While one request runs; lives on the stack of presync_http_exchange(). */
typedef struct
{
  const PresyncHttpRequest *request;
  PresyncHttpWait *wait;
  PresyncHttpTrace trace;
} PresyncHttpExchange;

void
presync_http_wipe (void *data, gsize length)
{
  volatile char *p = data;

  for (gsize i = 0; i < length; i++)
    p[i] = 0;
}

void
presync_http_reply_free (PresyncHttpReply *self)
{
  if (self == NULL)
    return;
  presync_http_wipe (self->body->data, self->body->len);
  g_byte_array_unref (self->body);
  g_free (self->location);
  g_free (self->request_id);
  g_clear_pointer (&self->date, g_date_time_unref);
  g_free (self);
}

static gboolean
presync_http_exchange_accept_cb (SoupMessage *message, GTlsCertificate *certificate,
                                 GTlsCertificateFlags flaws, gpointer user_data)
{
  PresyncHttpExchange *self = user_data;

  g_set_object (&self->trace.certificate, certificate);
  self->trace.flaws = flaws;
  return FALSE;
}

static void
presync_http_exchange_event_cb (SoupMessage *message, GSocketClientEvent event,
                                GIOStream *connection, gpointer user_data)
{
  PresyncHttpExchange *self = user_data;

  self->trace.event = event;
  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED || !G_IS_TLS_CONNECTION (connection))
    return;
  /* GnuTLS still takes TLS 1.0 and 1.1; nothing is sent over those. */
  if (g_tls_connection_get_protocol_version (G_TLS_CONNECTION (connection))
      < G_TLS_PROTOCOL_VERSION_TLS_1_2)
    {
      self->trace.old_tls = TRUE;
      g_cancellable_cancel (presync_http_wait_get_cancellable (self->wait));
    }
}

/* Sets @error from what went wrong. */
static void
presync_http_exchange_fail (PresyncHttpExchange *self, const GError *reason, GError **error)
{
  if (!presync_http_wait_is_cancelled (self->wait, error))
    presync_http_trace_fail (&self->trace, presync_http_wait_is_over (self->wait), reason, error);
}

/* (nullable): "proxy.contoso.com:8080" of an address, without a user name */
static char *
presync_http_exchange_dup_proxy (const char *address)
{
  g_autoptr (GUri) uri
      = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_str_equal (g_uri_get_scheme (uri), "direct"))
    return NULL;
  return g_uri_get_port (uri) > 0
             ? g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri))
             : g_strdup (g_uri_get_host (uri));
}

/* Which proxy is on the way, for sentences; libsoup asks for itself again. */
static void
presync_http_exchange_find_proxy (PresyncHttpExchange *self)
{
  GProxyResolver *resolver = g_proxy_resolver_get_default ();
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) found = NULL;

  if (self->request->proxy != NULL)
    {
      self->trace.proxy = presync_http_exchange_dup_proxy (self->request->proxy);
      return;
    }
  g_proxy_resolver_lookup_async (resolver, self->request->url,
                                 presync_http_wait_get_cancellable (self->wait),
                                 presync_http_wait_ready_cb, self->wait);
  result = presync_http_wait_result (self->wait);
  found = g_proxy_resolver_lookup_finish (resolver, result, NULL);
  if (found != NULL && found[0] != NULL)
    self->trace.proxy = presync_http_exchange_dup_proxy (found[0]);
}

static SoupMessage *
presync_http_exchange_make (PresyncHttpExchange *self, GUri *uri)
{
  const PresyncHttpRequest *request = self->request;
  SoupMessage *message = soup_message_new_from_uri (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (request->token != NULL)
    {
      char *value = g_strconcat ("Bearer ", presync_secret_peek (request->token), NULL);

      soup_message_headers_replace (headers, "Authorization", value);
      presync_http_wipe (value, strlen (value));
      g_free (value);
    }
  if (request->form != NULL)
    soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded",
                                              request->form);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (presync_http_exchange_accept_cb),
                    self);
  g_signal_connect (message, "network-event", G_CALLBACK (presync_http_exchange_event_cb), self);
  return message;
}

/* (transfer full) (nullable) */
static char *
presync_http_exchange_dup_request_id (SoupMessageHeaders *headers)
{
  const char *id = soup_message_headers_get_one (headers, "request-id");

  if (id == NULL)
    id = soup_message_headers_get_one (headers, "x-ms-request-id");
  if (id == NULL || id[0] == '\0' || strlen (id) > REQUEST_ID_MAX)
    return NULL;
  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return NULL;
  return g_strdup (id);
}

/* RFC 9110: seconds or a date */
static gint64
presync_http_exchange_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds = 0;
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (text == NULL)
    return -1;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return (gint64) seconds;
  when = soup_date_time_new_from_http_string (text);
  now = g_date_time_new_now_utc ();
  if (when == NULL)
    return -1;
  return MAX (0, (g_date_time_difference (when, now) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

/* (transfer full) (nullable): RFC 9110, 6.6.1, and RFC 9111, 5.1: an answer that was kept somewhere
 * tells how old it is */
static GDateTime *
presync_http_exchange_dup_date (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Date");
  const char *age = soup_message_headers_get_one (headers, "Age");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  guint64 seconds = 0;

  if (date == NULL
      || (age != NULL && !g_ascii_string_to_unsigned (age, 10, 0, G_MAXINT32, &seconds, NULL)))
    return NULL;
  return g_date_time_add_seconds (date, (double) seconds);
}

/* Reads all of @stream, bounded; what is too much is not read. */
static gboolean
presync_http_exchange_read (PresyncHttpExchange *self, GInputStream *stream, GByteArray *body,
                            GError **error)
{
  g_autofree guint8 *chunk = g_malloc (CHUNK);
  gssize n = 0;

  do
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) reason = NULL;

      g_input_stream_read_async (stream, chunk, CHUNK, G_PRIORITY_DEFAULT,
                                 presync_http_wait_get_cancellable (self->wait),
                                 presync_http_wait_ready_cb, self->wait);
      result = presync_http_wait_result (self->wait);
      n = g_input_stream_read_finish (stream, result, &reason);
      if (n < 0)
        presync_http_exchange_fail (self, reason, error);
      else if (body->len + (gsize) n > PRESYNC_HTTP_MAX_BYTES)
        {
          n = -1;
          g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT,
                       _ ("The answer of %s is larger than %d MiB; it was not read."),
                       self->trace.host, PRESYNC_HTTP_MAX_BYTES / 1024 / 1024);
        }
      else if (n > 0)
        g_byte_array_append (body, chunk, (guint) n);
    }
  while (n > 0);
  presync_http_wipe (chunk, CHUNK);
  return n == 0;
}

static PresyncHttpReply *
presync_http_exchange_take (PresyncHttpExchange *self, SoupMessage *message, GInputStream *stream,
                            GError **error)
{
  g_autoptr (PresyncHttpReply) reply = g_new0 (PresyncHttpReply, 1);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  reply->status = soup_message_get_status (message);
  reply->body = g_byte_array_sized_new (2 * CHUNK);
  reply->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  reply->request_id = presync_http_exchange_dup_request_id (headers);
  reply->retry_after = presync_http_exchange_retry_after (headers);
  reply->date = presync_http_exchange_dup_date (headers);
  self->trace.answered = TRUE;
  if (!presync_http_exchange_read (self, stream, reply->body, error))
    return NULL;
  return g_steal_pointer (&reply);
}

static PresyncHttpReply *
presync_http_exchange_run (PresyncHttpExchange *self, SoupMessage *message, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;
  PresyncHttpReply *reply;

  presync_http_exchange_find_proxy (self);
  soup_session_send_async (self->request->session, message, G_PRIORITY_DEFAULT,
                           presync_http_wait_get_cancellable (self->wait),
                           presync_http_wait_ready_cb, self->wait);
  result = presync_http_wait_result (self->wait);
  stream = soup_session_send_finish (self->request->session, result, &reason);
  if (stream == NULL)
    {
      presync_http_exchange_fail (self, reason, error);
      return NULL;
    }
  /* We speak nothing but https: an answer that came without TLS is a proxy's to CONNECT. */
  if (soup_message_get_tls_peer_certificate (message) == NULL)
    {
      presync_http_trace_fail_proxy (&self->trace, soup_message_get_status (message), error);
      return NULL;
    }
  reply = presync_http_exchange_take (self, message, stream, error);
  /* The rest of an answer that is not wanted is not waited for. */
  if (reply == NULL)
    g_cancellable_cancel (presync_http_wait_get_cancellable (self->wait));
  return reply;
}

PresyncHttpReply *
presync_http_exchange (const PresyncHttpRequest *request, GCancellable *cancellable, GError **error)
{
  PresyncHttpExchange self = { request, NULL, { 0 } };
  g_autoptr (GUri) uri = g_uri_parse (request->url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (PresyncHttpWait) wait = NULL;
  g_autoptr (SoupMessage) message = NULL;
  PresyncHttpReply *reply;

  g_return_val_if_fail (uri != NULL && g_uri_get_host (uri) != NULL, NULL);
  wait = presync_http_wait_new (request->context, request->seconds, cancellable);
  self.wait = wait;
  self.trace.host = g_uri_get_host (uri);
  self.trace.seconds = request->seconds;
  message = presync_http_exchange_make (&self, uri);
  reply = presync_http_exchange_run (&self, message, error);
  g_signal_handlers_disconnect_by_data (message, &self);
  presync_http_trace_clear (&self.trace);
  return reply;
}
