/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/device-code.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/json.h"
#include "sources/tenant/http-exchange.h"

/* RFC 8628, 3.2 and 3.5: the interval if none is told, and what slow_down adds to it */
#define INTERVAL_SECONDS 5
#define SLOW_DOWN_SECONDS 5
#define INTERVAL_MAX_SECONDS 60
/* A code of Microsoft's lives 15 minutes; no longer than an hour is believed. */
#define CODE_SECONDS 900
#define CODE_MAX_SECONDS 3600
/* So many questions in a row may fail on the way, while a person signs in. */
#define FAILURES_MAX 3
#define USER_CODE_MAX 32
#define DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"

G_DEFINE_BOXED_TYPE (PresyncDeviceCode, presync_device_code, presync_device_code_copy,
                     presync_device_code_free)

PresyncDeviceCode *
presync_device_code_copy (const PresyncDeviceCode *self)
{
  PresyncDeviceCode *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (PresyncDeviceCode, 1);
  copy->user_code = g_strdup (self->user_code);
  copy->verification_uri = g_strdup (self->verification_uri);
  copy->expires = self->expires != NULL ? g_date_time_ref (self->expires) : NULL;
  copy->interval = self->interval;
  copy->device_code = self->device_code != NULL ? presync_secret_ref (self->device_code) : NULL;
  return copy;
}

void
presync_device_code_free (PresyncDeviceCode *self)
{
  if (self == NULL)
    return;
  g_free (self->user_code);
  g_free (self->verification_uri);
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_clear_pointer (&self->device_code, presync_secret_unref);
  g_free (self);
}

void
presync_tokens_free (PresyncTokens *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->access, presync_secret_unref);
  g_clear_pointer (&self->expires, g_date_time_unref);
  g_clear_pointer (&self->refresh, presync_secret_unref);
  g_free (self->tenant_id);
  g_free (self->provider);
  g_free (self);
}

PresyncTokens *
presync_tokens_copy (const PresyncTokens *self)
{
  PresyncTokens *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (PresyncTokens, 1);
  copy->access = presync_secret_ref (self->access);
  copy->expires = g_date_time_ref (self->expires);
  copy->refresh = self->refresh != NULL ? presync_secret_ref (self->refresh) : NULL;
  copy->tenant_id = g_strdup (self->tenant_id);
  copy->provider = g_strdup (self->provider);
  return copy;
}

const char *
presync_device_code_get_scopes (void)
{
  return "User.Read User.Read.All Organization.Read.All RoleManagement.Read.Directory "
         "OnPremDirectorySynchronization.Read.All";
}

/* (transfer full): the scopes with the address of the cloud's Graph, and what brings an id token
 * and a refresh token */
static char *
presync_device_code_dup_scope (const PresyncCloud *cloud)
{
  GString *scope = g_string_new ("openid profile offline_access");
  g_auto (GStrv) names = g_strsplit (presync_device_code_get_scopes (), " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (scope, " %s/%s", cloud->graph, names[i]);
  return g_string_free (scope, FALSE);
}

static const char *
presync_device_code_get_host (const PresyncTenantTarget *target)
{
  return target->cloud->login + strlen ("https://");
}

static char *
presync_device_code_dup_url (const PresyncTenantTarget *target, const char *tenant,
                             const char *endpoint)
{
  g_autofree char *escaped = g_uri_escape_string (tenant, NULL, FALSE);

  return g_strdup_printf ("%s/%s/oauth2/v2.0/%s", target->cloud->login, escaped, endpoint);
}

/* What the service says, and what it means. Source: Microsoft Entra authentication error codes
 * (AADSTS), and RFC 6749, 5.2 and RFC 8628, 3.5. The first that fits counts. */
typedef struct
{
  guint number;      /* AADSTS; 0: any */
  const char *error; /* nullable: any */
  const char *text;
} PresyncDeviceCodeRefusal;

/* clang-format off */
static const PresyncDeviceCodeRefusal refusals[] = {
  { 700016, NULL, N_ ("The tenant does not know this application (client) ID: register the "
                      "application in this tenant, or correct the ID.") },
  { 700038, NULL, N_ ("The application (client) ID is not valid: correct it.") },
  { 7000218, NULL, N_ ("The application is not a public client: in its registration, switch "
                       "“Allow public client flows” on.") },
  { 7000215, NULL, N_ ("The application is not a public client: in its registration, switch "
                       "“Allow public client flows” on.") },
  { 7000112, NULL, N_ ("The application is disabled in this tenant.") },
  { 65001, NULL, N_ ("An administrator must consent to the permissions of the application first.") },
  { 65004, NULL, N_ ("The permissions of the application were declined.") },
  { 90094, NULL, N_ ("An administrator must consent to the permissions of the application first.") },
  { 90095, NULL, N_ ("An administrator must consent to the permissions of the application first.") },
  { 90002, NULL, N_ ("There is no such tenant.") },
  { 50020, NULL, N_ ("The person is not a user of this tenant.") },
  { 50034, NULL, N_ ("The person is not a user of this tenant.") },
  { 50057, NULL, N_ ("The account is disabled.") },
  { 50059, NULL, N_ ("There is no such tenant.") },
  { 50105, NULL, N_ ("The person is not assigned to the application.") },
  { 53003, NULL, N_ ("A Conditional Access policy blocks this sign-in.") },
  { 530036, NULL, N_ ("A Conditional Access policy blocks signing in by device code.") },
  { 0, "authorization_declined", N_ ("The sign-in was declined.") },
  { 0, "access_denied", N_ ("The sign-in was declined.") },
  { 0, "expired_token", N_ ("The code has expired before anybody signed in: get a new one.") },
  { 0, "code_expired", N_ ("The code has expired before anybody signed in: get a new one.") },
  { 0, "bad_verification_code", N_ ("The service does not know the code: get a new one.") },
  { 0, "invalid_client", N_ ("The application is not a public client: in its registration, switch "
                             "“Allow public client flows” on.") },
  { 0, "unauthorized_client", N_ ("The application may not sign people in by device code: in its "
                                  "registration, switch “Allow public client flows” on.") },
  { 0, "interaction_required", N_ ("Sign in again.") },
  { 0, "consent_required", N_ ("An administrator must consent to the permissions of the "
                               "application first.") },
  { 0, "invalid_grant", N_ ("The sign-in has ended: sign in again.") },
};
/* clang-format on */

/* The AADSTS number of an answer; 0 if it has none */
static guint
presync_device_code_get_number (const PresyncHttpAnswer *answer)
{
  g_autofree char *text = presync_http_answer_dup_text (answer, "error_description");
  const char *digits = text != NULL && g_str_has_prefix (text, "AADSTS") ? text + 6 : "";
  guint64 number = g_ascii_strtoull (digits, NULL, 10);

  return number <= G_MAXUINT ? (guint) number : 0;
}

/* Only what the table holds and plain names of errors reach the message: the description may
 * repeat what was sent. */
static void
presync_device_code_set_refused (const PresyncTenantTarget *target, const PresyncHttpAnswer *answer,
                                 GError **error)
{
  const char *host = presync_device_code_get_host (target);
  guint number = presync_device_code_get_number (answer);
  g_autofree char *name = presync_http_answer_dup_text (answer, "error");
  g_autofree char *code = number != 0 ? g_strdup_printf ("AADSTS%u", number)
                                      : g_strdup_printf ("HTTP %u", answer->status);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    if ((refusals[i].number == 0 || refusals[i].number == number)
        && (refusals[i].error == NULL || g_strcmp0 (refusals[i].error, name) == 0))
      {
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                     /* Translators: a server, what is wrong, a number of Microsoft's */
                     _ ("%s refused the sign-in. %s (%s)"), host, _ (refusals[i].text), code);
        return;
      }
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN, _ ("%s refused the sign-in (%s)."),
               host, code);
}

/* An integer of an answer, also as the text that older services send; @missing if there is none */
static gint64
presync_device_code_get_integer (const PresyncHttpAnswer *answer, const char *member,
                                 gint64 missing)
{
  JsonNode *node = answer->body != NULL && JSON_NODE_HOLDS_OBJECT (answer->body)
                       ? json_object_get_member (json_node_get_object (answer->body), member)
                       : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return missing;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_ascii_strtoll (json_node_get_string (node), NULL, 10);
  return missing;
}

/* (transfer full) (nullable): taken out of the answer, where nothing is left of it */
static PresyncSecret *
presync_device_code_take_secret (const PresyncHttpAnswer *answer, const char *member)
{
  JsonObject *object = answer->body != NULL && JSON_NODE_HOLDS_OBJECT (answer->body)
                           ? json_node_get_object (answer->body)
                           : NULL;
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  PresyncSecret *secret = NULL;
  char *text = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = (char *) json_node_get_string (node);
  if (text[0] != '\0')
    secret = presync_secret_new (text);
  presync_http_wipe (text, strlen (text));
  return secret;
}

static gboolean
presync_device_code_set_malformed (const PresyncTenantTarget *target, GError **error)
{
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("%s answered the sign-in with something else than expected."),
               presync_device_code_get_host (target));
  return FALSE;
}

/* What a person reads and types must be short and plain, the address one of the web. */
static gboolean
presync_device_code_is_sane (const PresyncDeviceCode *self)
{
  if (self->user_code == NULL || self->verification_uri == NULL || self->device_code == NULL)
    return FALSE;
  for (const char *p = self->user_code; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;
  for (const char *p = self->verification_uri; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || strchr ("<>\"\\", *p) != NULL)
      return FALSE;
  return self->user_code[0] != '\0' && strlen (self->user_code) <= USER_CODE_MAX
         && g_str_has_prefix (self->verification_uri, "https://")
         && g_uri_is_valid (self->verification_uri, G_URI_FLAGS_NONE, NULL);
}

PresyncDeviceCode *
presync_device_code_begin (PresyncHttp *http, const PresyncTenantTarget *target, const char *tenant,
                           GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncHttpAnswer) answer = NULL;
  g_autoptr (PresyncDeviceCode) code = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *url = NULL;
  g_autofree char *scope = NULL;

  g_return_val_if_fail (target != NULL && target->client_id != NULL && tenant != NULL, NULL);
  url = presync_device_code_dup_url (target, tenant, "devicecode");
  scope = presync_device_code_dup_scope (target->cloud);
  {
    const char *const form[] = { "client_id", target->client_id, "scope", scope, NULL };
    answer = presync_http_post_form (http, url, form, cancellable, error);
  }
  if (answer == NULL)
    return NULL;
  if (answer->status != 200)
    {
      presync_device_code_set_refused (target, answer, error);
      return NULL;
    }
  code = g_new0 (PresyncDeviceCode, 1);
  code->user_code = presync_http_answer_dup_text (answer, "user_code");
  code->verification_uri = presync_http_answer_dup_text (answer, "verification_uri");
  code->device_code = presync_device_code_take_secret (answer, "device_code");
  code->interval
      = (guint) CLAMP (presync_device_code_get_integer (answer, "interval", INTERVAL_SECONDS), 1,
                       INTERVAL_MAX_SECONDS);
  now = g_date_time_new_now_utc ();
  code->expires = g_date_time_add_seconds (
      now, (double) CLAMP (presync_device_code_get_integer (answer, "expires_in", CODE_SECONDS), 1,
                           CODE_MAX_SECONDS));
  if (!presync_device_code_is_sane (code))
    {
      presync_device_code_set_malformed (target, error);
      return NULL;
    }
  /* It is not shown: who opens it may type a password there. */
  if (!presync_cloud_is_sign_in_page (code->verification_uri))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The address that %s named for signing in is none of Microsoft’s."),
                   presync_device_code_get_host (target));
      return NULL;
    }
  return g_steal_pointer (&code);
}

/* Sleeps until @end (monotonic time). %FALSE if it was cancelled. */
static gboolean
presync_device_code_sleep (gint64 end, GCancellable *cancellable, GError **error)
{
  GPollFD fd;
  gboolean wakes = g_cancellable_make_pollfd (cancellable, &fd);

  for (gint64 left = end - g_get_monotonic_time ();
       left > 0 && !g_cancellable_is_cancelled (cancellable); left = end - g_get_monotonic_time ())
    g_poll (wakes ? &fd : NULL, wakes ? 1 : 0, (int) (left / 1000) + 1);
  if (wakes)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* (transfer full) (nullable): the payload of an id token. Its signature needs no look: it came from
 * the service itself, over TLS that was verified (OpenID Connect Core, 3.1.3.7, 6). */
static JsonNode *
presync_tokens_dup_payload (const char *token)
{
  const char *begin = strchr (token, '.');
  const char *end = begin != NULL ? strchr (begin + 1, '.') : NULL;
  g_autoptr (GString) base64 = NULL;
  g_autofree guchar *data = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (end == NULL || strchr (end + 1, '.') != NULL)
    return NULL;
  /* Without its signature it is of no use to anybody. */
  base64 = g_string_new_len (begin + 1, end - begin - 1);
  g_string_replace (base64, "-", "+", 0);
  g_string_replace (base64, "_", "/", 0);
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');
  data = g_base64_decode (base64->str, &length);
  text = g_strndup ((const char *) data, length);
  return presync_json_parse (text, length, "", PRESYNC_HTTP_MAX_DEPTH, NULL);
}

/* (transfer full) (nullable) */
static char *
presync_tokens_dup_claim (JsonNode *payload, const char *claim)
{
  JsonNode *node = payload != NULL && JSON_NODE_HOLDS_OBJECT (payload)
                       ? json_object_get_member (json_node_get_object (payload), claim)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

/* (transfer full) (nullable): the time of a claim, such as "exp" */
static GDateTime *
presync_tokens_dup_time (JsonNode *payload, const char *claim)
{
  JsonNode *node = payload != NULL && JSON_NODE_HOLDS_OBJECT (payload)
                       ? json_object_get_member (json_node_get_object (payload), claim)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_INT64
             ? g_date_time_new_from_unix_utc (json_node_get_int (node))
             : NULL;
}

/* OpenID Connect Core, 3.1.3.7, 9 and 10: a token just made that does not fit this moment tells
 * that the clock is wrong; then no date here can be judged. */
static gboolean
presync_tokens_check_time (const PresyncTenantTarget *target, JsonNode *payload, GDateTime *now,
                           GError **error)
{
  g_autoptr (GDateTime) from = presync_tokens_dup_time (payload, "nbf");
  g_autoptr (GDateTime) until = presync_tokens_dup_time (payload, "exp");
  GTimeSpan leeway = PRESYNC_HTTP_SKEW_SECONDS * G_TIME_SPAN_SECOND;
  GDateTime *wrong = NULL;
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (from != NULL && g_date_time_difference (from, now) > leeway)
    wrong = from;
  else if (until != NULL && g_date_time_difference (now, until) > leeway)
    wrong = until;
  if (wrong == NULL)
    return TRUE;
  ours = g_date_time_format (now, "%Y-%m-%d %H:%M");
  theirs = g_date_time_format (wrong, "%Y-%m-%d %H:%M");
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
               wrong == from
                   /* Translators: a server, a time, a time */
                   ? _ ("The sign-in of %s is valid only from %s UTC on, and this computer’s clock "
                        "says %s UTC: set the clock, then sign in again.")
                   /* Translators: a server, a time, a time */
                   : _ ("The sign-in of %s ended at %s UTC, and this computer’s clock says %s UTC: "
                        "set the clock, then sign in again."),
               presync_device_code_get_host (target), theirs, ours);
  return FALSE;
}

/* (transfer full) (nullable): what a good answer of the token endpoint holds. @tenant: which
 * tenant's tokens alone are taken */
static PresyncTokens *
presync_tokens_new (const PresyncTenantTarget *target, const char *tenant,
                    const PresyncHttpAnswer *answer, GError **error)
{
  g_autoptr (PresyncTokens) tokens = g_new0 (PresyncTokens, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (JsonNode) payload = NULL;
  g_autoptr (PresyncSecret) id_token = presync_device_code_take_secret (answer, "id_token");

  tokens->access = presync_device_code_take_secret (answer, "access_token");
  tokens->refresh = presync_device_code_take_secret (answer, "refresh_token");
  tokens->expires = g_date_time_add_seconds (
      now, (double) CLAMP (presync_device_code_get_integer (answer, "expires_in", CODE_MAX_SECONDS),
                           0, 24 * CODE_MAX_SECONDS));
  if (id_token != NULL)
    payload = presync_tokens_dup_payload (presync_secret_peek (id_token));
  tokens->tenant_id = presync_tokens_dup_claim (payload, "tid");
  tokens->provider = presync_tokens_dup_claim (payload, "idp");
  if (tokens->access == NULL || tokens->tenant_id == NULL
      || !g_uuid_string_is_valid (tokens->tenant_id))
    {
      presync_device_code_set_malformed (target, error);
      return NULL;
    }
  if (g_ascii_strcasecmp (tokens->tenant_id, tenant) != 0)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                   _ ("The sign-in was to tenant %s, but “%s” belongs to tenant %s: sign in with "
                      "an account of that tenant."),
                   tokens->tenant_id, target->domain, tenant);
      return NULL;
    }
  if (!presync_tokens_check_time (target, payload, now, error))
    return NULL;
  return g_steal_pointer (&tokens);
}

/* What one question, whether somebody has signed in, came to */
typedef enum
{
  PRESYNC_POLL_DONE,
  PRESYNC_POLL_PENDING,
  PRESYNC_POLL_SLOWER,
  PRESYNC_POLL_FAILED, /* on the way: may be asked again */
  PRESYNC_POLL_REFUSED,
} PresyncPoll;

static PresyncPoll
presync_device_code_poll (PresyncHttp *http, const PresyncTenantTarget *target, const char *tenant,
                          const PresyncDeviceCode *code, PresyncTokens **tokens,
                          GCancellable *cancellable, GError **error)
{
  g_autofree char *url = presync_device_code_dup_url (target, tenant, "token");
  const char *const form[] = { "grant_type",  DEVICE_GRANT,
                               "client_id",   target->client_id,
                               "device_code", presync_secret_peek (code->device_code),
                               NULL };
  g_autoptr (GError) local = NULL;
  g_autoptr (PresyncHttpAnswer) answer
      = presync_http_post_form (http, url, form, cancellable, &local);
  g_autofree char *name = NULL;

  if (answer == NULL)
    {
      gboolean again = g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE)
                       || g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT);
      g_propagate_error (error, g_steal_pointer (&local));
      return again ? PRESYNC_POLL_FAILED : PRESYNC_POLL_REFUSED;
    }
  if (answer->status == 200)
    {
      *tokens = presync_tokens_new (target, tenant, answer, error);
      return *tokens != NULL ? PRESYNC_POLL_DONE : PRESYNC_POLL_REFUSED;
    }
  name = presync_http_answer_dup_text (answer, "error");
  if (g_strcmp0 (name, "authorization_pending") == 0)
    return PRESYNC_POLL_PENDING;
  if (g_strcmp0 (name, "slow_down") == 0)
    return PRESYNC_POLL_SLOWER;
  presync_device_code_set_refused (target, answer, error);
  return PRESYNC_POLL_REFUSED;
}

PresyncTokens *
presync_device_code_wait (PresyncHttp *http, const PresyncTenantTarget *target, const char *tenant,
                          const PresyncDeviceCode *code, GCancellable *cancellable, GError **error)
{
  gint64 interval, end;
  guint failures = 0;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_val_if_fail (target != NULL && tenant != NULL && code != NULL, NULL);
  interval = (gint64) code->interval * G_USEC_PER_SEC;
  end = g_get_monotonic_time () + g_date_time_difference (code->expires, now);
  while (TRUE)
    {
      PresyncTokens *tokens = NULL;
      g_autoptr (GError) local = NULL;
      PresyncPoll poll;

      if (!presync_device_code_sleep (MIN (g_get_monotonic_time () + interval, end), cancellable,
                                      error))
        return NULL;
      poll = presync_device_code_poll (http, target, tenant, code, &tokens, cancellable, &local);
      failures = poll == PRESYNC_POLL_FAILED ? failures + 1 : 0;
      if (poll == PRESYNC_POLL_DONE)
        return tokens;
      if (poll == PRESYNC_POLL_REFUSED || failures > FAILURES_MAX)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (poll == PRESYNC_POLL_SLOWER)
        interval += SLOW_DOWN_SECONDS * G_USEC_PER_SEC;
      if (g_get_monotonic_time () >= end)
        {
          g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                               _ ("The code has expired before anybody signed in: get a new one."));
          return NULL;
        }
    }
}

PresyncTokens *
presync_tokens_refresh (PresyncHttp *http, const PresyncTenantTarget *target, const char *tenant,
                        PresyncSecret *refresh, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncHttpAnswer) answer = NULL;
  g_autoptr (PresyncTokens) tokens = NULL;
  g_autofree char *url = NULL;
  g_autofree char *scope = NULL;

  g_return_val_if_fail (target != NULL && tenant != NULL && refresh != NULL, NULL);
  if (target->client_id == NULL)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                           _ ("Signing in needs the application (client) ID of a registered "
                              "application."));
      return NULL;
    }
  url = presync_device_code_dup_url (target, tenant, "token");
  scope = presync_device_code_dup_scope (target->cloud);
  {
    const char *const form[] = { "grant_type",      "refresh_token", "client_id",
                                 target->client_id, "refresh_token", presync_secret_peek (refresh),
                                 "scope",           scope,           NULL };
    answer = presync_http_post_form (http, url, form, cancellable, error);
  }
  if (answer == NULL)
    return NULL;
  if (answer->status != 200)
    {
      presync_device_code_set_refused (target, answer, error);
      return NULL;
    }
  tokens = presync_tokens_new (target, tenant, answer, error);
  /* A service that gives no new one lets the old one be used again. */
  if (tokens != NULL && tokens->refresh == NULL)
    tokens->refresh = presync_secret_ref (refresh);
  return g_steal_pointer (&tokens);
}
