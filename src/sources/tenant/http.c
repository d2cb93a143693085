/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/http.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/json.h"
#include "sources/proxy.h"
#include "sources/tenant/http-exchange.h"
#include "sources/tenant/http-wait.h"
#include "sources/tenant/recording.h"

/* Redirects within the cloud's own hosts */
#define REDIRECTS 3

struct _PresyncHttp
{
  GObject parent_instance;
  PresyncTenantTarget *target;
  PresyncRecording *recording;
  GMainContext *context;
  SoupSession *session;
  GTlsDatabase *trust;
  guint seconds;
  char *skew; /* (nullable): see presync_http_dup_skew() */
};

G_DEFINE_FINAL_TYPE (PresyncHttp, presync_http, G_TYPE_OBJECT)

static void
presync_http_finalize (GObject *object)
{
  PresyncHttp *self = PRESYNC_HTTP (object);

  if (self->session != NULL)
    {
      /* Its idle connections end in the context they live in. */
      g_main_context_push_thread_default (self->context);
      soup_session_abort (self->session);
      g_clear_object (&self->session);
      while (g_main_context_iteration (self->context, FALSE))
        continue;
      g_main_context_pop_thread_default (self->context);
    }
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->recording, presync_recording_free);
  g_clear_pointer (&self->target, presync_tenant_target_free);
  g_clear_object (&self->trust);
  g_clear_pointer (&self->skew, g_free);
  G_OBJECT_CLASS (presync_http_parent_class)->finalize (object);
}

static void
presync_http_class_init (PresyncHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_http_finalize;
}

static void
presync_http_init (PresyncHttp *self)
{
  self->seconds = PRESYNC_HTTP_SECONDS;
}

PresyncHttp *
presync_http_new (const PresyncTenantTarget *target)
{
  PresyncHttp *self;

  g_return_val_if_fail (target != NULL && target->cloud != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_HTTP, NULL);
  self->target = presync_tenant_target_copy (target);
  return self;
}

void
presync_http_set_trust (PresyncHttp *self, GTlsDatabase *authorities)
{
  g_return_if_fail (PRESYNC_IS_HTTP (self) && self->session == NULL);
  g_set_object (&self->trust, authorities);
}

void
presync_http_set_seconds (PresyncHttp *self, guint seconds)
{
  g_return_if_fail (PRESYNC_IS_HTTP (self));
  self->seconds = seconds;
}

void
presync_http_answer_free (PresyncHttpAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->request_id);
  g_free (self->url);
  g_free (self);
}

char *
presync_http_answer_dup_text (const PresyncHttpAnswer *self, const char *member)
{
  JsonNode *node = NULL;

  g_return_val_if_fail (self != NULL && member != NULL, NULL);
  if (self->body != NULL && JSON_NODE_HOLDS_OBJECT (self->body))
    node = json_object_get_member (json_node_get_object (self->body), member);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_dup_string (node);
}

static gboolean
presync_http_load_recording (PresyncHttp *self, GCancellable *cancellable, GError **error)
{
  if (self->recording == NULL)
    self->recording = presync_recording_read (self->target->recording, cancellable, error);
  return self->recording != NULL;
}

GDateTime *
presync_http_dup_now (PresyncHttp *self)
{
  g_return_val_if_fail (PRESYNC_IS_HTTP (self), NULL);
  if (self->target->recording != NULL && presync_http_load_recording (self, NULL, NULL))
    return g_date_time_ref (presync_recording_get_at (self->recording));
  return g_date_time_new_now_utc ();
}

/* (transfer full): "login.microsoftonline.com" of an address */
static char *
presync_http_dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);

  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "?");
}

char *
presync_http_dup_skew (PresyncHttp *self)
{
  g_return_val_if_fail (PRESYNC_IS_HTTP (self), NULL);
  return g_strdup (self->skew);
}

/* Compares the clock of who answered @url with this computer's. */
static void
presync_http_compare_clocks (PresyncHttp *self, const char *url, const PresyncHttpReply *reply)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *host = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  g_clear_pointer (&self->skew, g_free);
  if (reply->date == NULL
      || ABS (g_date_time_difference (now, reply->date))
             <= PRESYNC_HTTP_SKEW_SECONDS * G_TIME_SPAN_SECOND)
    return;
  host = presync_http_dup_host (url);
  ours = g_date_time_format (now, "%Y-%m-%d %H:%M");
  theirs = g_date_time_format (reply->date, "%Y-%m-%d %H:%M");
  self->skew = g_strdup_printf (
      /* Translators: a time, a server, a time */
      _ ("This computer’s clock says %s UTC, that of %s %s UTC: set this computer’s clock."), ours,
      host, theirs);
}

/* Made in the context in which it is then used. */
static void
presync_http_open (PresyncHttp *self)
{
  g_autoptr (GProxyResolver) proxy = NULL;

  if (self->session != NULL)
    return;
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session = soup_session_new_with_options ("user-agent", "Presync/" PRESYNC_VERSION, NULL);
  if (self->target->proxy != NULL)
    {
      proxy = g_simple_proxy_resolver_new (self->target->proxy, NULL);
      soup_session_set_proxy_resolver (self->session, proxy);
    }
  if (self->trust != NULL)
    soup_session_set_tls_database (self->session, self->trust);
  g_main_context_pop_thread_default (self->context);
}

/* Nothing leaves for a host that is not the cloud's, no token but to Graph, no form but to the
 * sign-in. */
static gboolean
presync_http_may (PresyncHttp *self, const char *url, PresyncSecret *token, GBytes *form,
                  GError **error)
{
  const PresyncCloud *cloud = self->target->cloud;
  g_autofree char *host = NULL;

  if (presync_cloud_allows (cloud, url) && (token == NULL || presync_cloud_is_graph (cloud, url))
      && (form == NULL || presync_cloud_is_login (cloud, url)))
    return TRUE;
  host = presync_http_dup_host (url);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
               _ ("Nothing was sent to %s: it is not the place for that in the chosen cloud."),
               host);
  return FALSE;
}

/* (transfer full) (nullable): where @reply leads, if that is allowed */
static char *
presync_http_follow (PresyncHttp *self, const char *url, const PresyncHttpReply *reply,
                     gboolean post, GError **error)
{
  g_autofree char *host = presync_http_dup_host (url);
  g_autofree char *next = NULL;
  g_autofree char *other = NULL;

  if (reply->location != NULL)
    next = g_uri_resolve_relative (url, reply->location, G_URI_FLAGS_NONE, NULL);
  if (next == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("%s sends elsewhere, but tells no address (HTTP status %u)."), host,
                   reply->status);
      return NULL;
    }
  if (!post && presync_cloud_allows (self->target->cloud, next))
    return g_steal_pointer (&next);
  other = presync_http_dup_host (next);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
               _ ("%s sends on to %s; nothing was sent there: perhaps a device on the way answers "
                  "in its place."),
               host, other);
  return NULL;
}

static void
presync_http_fail_busy (const char *url, const PresyncHttpReply *reply, GError **error)
{
  g_autofree char *host = presync_http_dup_host (url);
  const char *id = reply->request_id != NULL ? reply->request_id : _ ("none");

  if (reply->status == 429)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s is asked too often and wants a pause (429): try again later. Request ID: "
                    "%s"),
                 host, id);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s has a fault of its own (HTTP status %u): try again later. Request ID: %s"),
                 host, reply->status, id);
}

/* (transfer full) (nullable): @body must be one object, or empty */
static gboolean
presync_http_parse (const char *url, const PresyncHttpReply *reply, JsonNode **body, GError **error)
{
  g_autofree char *host = presync_http_dup_host (url);
  const char *text = (const char *) reply->body->data;
  g_autoptr (GError) local = NULL;
  g_autoptr (JsonNode) root = NULL;

  *body = NULL;
  if (reply->body->len == 0)
    return TRUE;
  /* The parser's own sentence is for files of people; what a server wrote is not quoted. */
  root = presync_json_parse (text, reply->body->len, host, PRESYNC_HTTP_MAX_DEPTH, &local);
  if (g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT,
                 _ ("The answer of %s is nested too deeply; it was not read."), host);
  else if (root == NULL)
    g_set_error (
        error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
        _ ("The answer of %s is not JSON, or cut off (HTTP status %u): perhaps a device on "
           "the way answers in its place."),
        host, reply->status);
  else if (!JSON_NODE_HOLDS_OBJECT (root))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("The answer of %s is not what it should be: no JSON object."), host);
  else
    *body = g_steal_pointer (&root);
  return *body != NULL;
}

/* Lets the server have the pause it asked for. */
static gboolean
presync_http_pause (PresyncHttp *self, gint64 seconds, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncHttpWait) wait
      = presync_http_wait_new (self->context, (guint) seconds, cancellable);

  return presync_http_wait_sleep (wait) || !presync_http_wait_is_cancelled (wait, error);
}

/* One request with its pauses. (transfer full): an answer that is no 429 and no 5xx */
static PresyncHttpReply *
presync_http_insist (PresyncHttp *self, const PresyncHttpRequest *request,
                     GCancellable *cancellable, GError **error)
{
  for (guint tries = 0;; tries++)
    {
      g_autoptr (PresyncHttpReply) reply = presync_http_exchange (request, cancellable, error);
      gboolean again;

      if (reply == NULL)
        return NULL;
      if (reply->status != 429 && reply->status < 500)
        return g_steal_pointer (&reply);
      again = (reply->status == 429 || reply->status == 503) && reply->retry_after >= 0
              && reply->retry_after <= PRESYNC_HTTP_RETRY_SECONDS && tries < PRESYNC_HTTP_RETRIES;
      if (!again)
        {
          presync_http_fail_busy (request->url, reply, error);
          return NULL;
        }
      if (!presync_http_pause (self, reply->retry_after, cancellable, error))
        return NULL;
    }
}

static gboolean
presync_http_is_redirect (guint status)
{
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/* (transfer full): @self's answer for @url, after redirects */
static PresyncHttpReply *
presync_http_send (PresyncHttp *self, const char *url, PresyncSecret *token, GBytes *form,
                   GCancellable *cancellable, GError **error)
{
  g_autofree char *at = g_strdup (url);
  g_autofree char *host = NULL;

  presync_http_open (self);
  for (guint hops = 0; hops <= REDIRECTS; hops++)
    {
      PresyncHttpRequest request
          = { self->context,
              self->session,
              self->target->proxy,
              self->seconds,
              form != NULL ? "POST" : "GET",
              at,
              presync_cloud_is_graph (self->target->cloud, at) ? token : NULL,
              form };
      g_autoptr (PresyncHttpReply) reply = presync_http_insist (self, &request, cancellable, error);
      g_autofree char *next = NULL;

      if (reply == NULL || !presync_http_is_redirect (reply->status))
        return g_steal_pointer (&reply);
      next = presync_http_follow (self, at, reply, form != NULL, error);
      if (next == NULL)
        return NULL;
      g_free (at);
      at = g_steal_pointer (&next);
    }
  host = presync_http_dup_host (at);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
               _ ("%s sends from one address to the next without end."), host);
  return NULL;
}

static PresyncHttpAnswer *
presync_http_ask (PresyncHttp *self, const char *url, PresyncSecret *token, GBytes *form,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncHttpAnswer) answer = NULL;
  g_autoptr (PresyncHttpReply) reply = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !presync_http_may (self, url, token, form, error))
    return NULL;
  answer = g_new0 (PresyncHttpAnswer, 1);
  answer->url = g_strdup (url);
  if (self->target->recording != NULL)
    {
      if (!presync_http_load_recording (self, cancellable, error))
        return NULL;
      answer->body = presync_recording_find (self->recording, url, &answer->status);
      return g_steal_pointer (&answer);
    }
  if (self->target->proxy != NULL && !presync_proxy_check (self->target->proxy, error))
    return NULL;
  reply = presync_http_send (self, url, token, form, cancellable, error);
  if (reply == NULL)
    return NULL;
  presync_http_compare_clocks (self, url, reply);
  if (!presync_http_parse (url, reply, &answer->body, error))
    return NULL;
  answer->status = reply->status;
  answer->request_id = g_steal_pointer (&reply->request_id);
  return g_steal_pointer (&answer);
}

PresyncHttpAnswer *
presync_http_get (PresyncHttp *self, const char *url, PresyncSecret *token,
                  GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (PRESYNC_IS_HTTP (self) && url != NULL, NULL);
  return presync_http_ask (self, url, token, NULL, cancellable, error);
}

static void
presync_http_free_form (gpointer data)
{
  presync_http_wipe (data, strlen (data));
  g_free (data);
}

/* (transfer full): application/x-www-form-urlencoded; wiped when it is freed */
static GBytes *
presync_http_new_form (const char *const *names_and_values)
{
  gsize size = 1;
  char *text, *end;

  for (gsize i = 0; names_and_values[i] != NULL; i++)
    size += 3 * strlen (names_and_values[i]) + 1;
  text = g_malloc0 (size);
  end = text;
  for (gsize i = 0; names_and_values[i] != NULL; i++)
    {
      char *escaped = g_uri_escape_string (names_and_values[i], NULL, FALSE);

      if (i > 0)
        *end++ = i % 2 == 1 ? '=' : '&';
      end = g_stpcpy (end, escaped);
      presync_http_free_form (escaped);
    }
  return g_bytes_new_with_free_func (text, (gsize) (end - text), presync_http_free_form, text);
}

PresyncHttpAnswer *
presync_http_post_form (PresyncHttp *self, const char *url, const char *const *names_and_values,
                        GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) form = NULL;

  g_return_val_if_fail (PRESYNC_IS_HTTP (self) && url != NULL && names_and_values != NULL, NULL);
  form = presync_http_new_form (names_and_values);
  return presync_http_ask (self, url, NULL, form, cancellable, error);
}
