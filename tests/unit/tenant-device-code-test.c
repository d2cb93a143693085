/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/device-code.h"

#include <string.h>

#include "base/error.h"

/* The sign-in service is played here, in place of http.c: the program has these functions itself,
 * so the library's are not taken. That the real ones reach a server is tested elsewhere. */

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"
#define OTHER_TENANT "11111111-2222-4333-8444-555555555555"
#define CLIENT "0a0a0a0a-1111-4222-8333-444444444444"
#define SECRET_CODE "device-code-that-nobody-may-see"
#define SECRET_TOKEN "token-that-nobody-may-see"
#define SECRET_REFRESH "refresh-that-nobody-may-see"

typedef struct
{
  guint status; /* 0: the server cannot be reached */
  const char *body;
} ServiceAnswer;

/* What the service answers, one after the other, and what it was asked. The service
 * has no object to hang it on. */
typedef struct
{
  const ServiceAnswer *answers;
  guint n;
  gint64 times[16];
  char *urls[16];
  char *forms[16];
} Service;

static Service service;

void
presync_http_answer_free (PresyncHttpAnswer *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self->url);
  g_free (self);
}

char *
presync_http_answer_dup_text (const PresyncHttpAnswer *self, const char *member)
{
  JsonNode *node = self->body != NULL && JSON_NODE_HOLDS_OBJECT (self->body)
                       ? json_object_get_member (json_node_get_object (self->body), member)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : NULL;
}

PresyncHttpAnswer *
presync_http_post_form (PresyncHttp *self, const char *url, const char *const *names_and_values,
                        GCancellable *cancellable, GError **error)
{
  const ServiceAnswer *next = &service.answers[service.n];
  g_autoptr (GString) body = g_string_new (next->body);
  PresyncHttpAnswer *answer;

  g_assert_cmpuint (service.n, <, G_N_ELEMENTS (service.urls));
  g_assert_true (next->status != 0 || next->body != NULL);
  service.times[service.n] = g_get_monotonic_time ();
  service.urls[service.n] = g_strdup (url);
  service.forms[service.n] = g_strjoinv ("|", (char **) names_and_values);
  service.n++;
  if (next->status == 0)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE, "%s", next->body);
      return NULL;
    }
  g_string_replace (body, "'", "\"", 0);
  answer = g_new0 (PresyncHttpAnswer, 1);
  answer->status = next->status;
  answer->body = json_from_string (body->str, NULL);
  answer->url = g_strdup (url);
  return answer;
}

static void
service_begin (const ServiceAnswer *answers)
{
  for (guint i = 0; i < G_N_ELEMENTS (service.urls); i++)
    {
      g_clear_pointer (&service.urls[i], g_free);
      g_clear_pointer (&service.forms[i], g_free);
    }
  service.n = 0;
  service.answers = answers;
}

static PresyncTenantTarget *
target_new (void)
{
  PresyncTenantTarget *target = presync_tenant_target_new ();

  target->domain = g_strdup ("contoso.com");
  target->client_id = g_strdup (CLIENT);
  return target;
}

/* (transfer full): an answer with an id token of @tenant */
static char *
tokens_dup_body (const char *tenant, const char *more)
{
  g_autofree char *claims
      = g_strdup_printf ("{\"tid\":\"%s\"%s,\"name\":\"Änne ÿ?>\"}", tenant, more);
  g_autofree char *base64 = g_base64_encode ((const guchar *) claims, strlen (claims));

  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  g_strdelimit (base64, "=", '\0');
  return g_strdup_printf ("{'token_type':'Bearer','expires_in':3600,'access_token':'" SECRET_TOKEN
                          "','refresh_token':'" SECRET_REFRESH "','id_token':'e30.%s.c2ln'}",
                          base64);
}

static PresyncDeviceCode *
code_new (guint interval, double seconds)
{
  PresyncDeviceCode *code = g_new0 (PresyncDeviceCode, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  code->user_code = g_strdup ("FQK7P3RTX");
  code->verification_uri = g_strdup ("https://microsoft.com/devicelogin");
  code->expires = g_date_time_add_seconds (now, seconds);
  code->interval = interval;
  code->device_code = presync_secret_new (SECRET_CODE);
  return code;
}

static void
assert_no_secret (const GError *error)
{
  g_assert_null (strstr (error->message, SECRET_CODE));
  g_assert_null (strstr (error->message, SECRET_TOKEN));
  g_assert_null (strstr (error->message, SECRET_REFRESH));
}

static void
test_begin (void)
{
  static const ServiceAnswer answers[]
      = { { 200, "{'user_code':'FQK7P3RTX','device_code':'" SECRET_CODE "',"
                 "'verification_uri':'https://microsoft.com/devicelogin','expires_in':'900',"
                 "'interval':7,'message':'x'}" } };
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncDeviceCode) code = NULL;
  g_autoptr (PresyncDeviceCode) copy = NULL;
  g_autoptr (GError) error = NULL;

  target->cloud = presync_cloud_find ("china");
  service_begin (answers);
  code = presync_device_code_begin (NULL, target, TENANT, NULL, &error);
  g_assert_no_error (error);
  copy = presync_device_code_copy (code);
  g_assert_cmpstr (copy->user_code, ==, "FQK7P3RTX");
  g_assert_cmpuint (copy->interval, ==, 7);
  g_assert_cmpstr (service.urls[0], ==,
                   "https://login.partner.microsoftonline.cn/" TENANT "/oauth2/v2.0/devicecode");
  /* The scopes are those of the cloud's own Graph, and all of them only read. */
  g_assert_nonnull (strstr (service.forms[0],
                            "|openid profile offline_access "
                            "https://microsoftgraph.chinacloudapi.cn/User.Read "));
  g_assert_null (strstr (service.forms[0], "Write"));
  g_assert_null (strstr (service.forms[0], "secret"));
}

static void
test_bad_code (void)
{
#define CODE(user, uri) "{'user_code':'" user "','device_code':'x','verification_uri':'" uri "'}"
  static const char *const bodies[] = {
    "{}",
    "[]",
    "{'user_code':7,'device_code':'x','verification_uri':'https://a.example'}",
    CODE ("", "https://microsoft.com/devicelogin"),
    CODE ("<b>AB</b>", "https://microsoft.com/devicelogin"),
    CODE ("AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDD", "https://microsoft.com/devicelogin"),
    CODE ("ABC", "http://microsoft.com/devicelogin"),
    CODE ("ABC", "javascript:alert(1)"),
    CODE ("ABC", "https://microsoft.com/a b"),
  };
#undef CODE
  g_autoptr (PresyncTenantTarget) target = target_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      ServiceAnswer answer = { 200, bodies[i] };
      g_autoptr (GError) error = NULL;

      service_begin (&answer);
      g_assert_null (presync_device_code_begin (NULL, target, TENANT, NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, "login.microsoftonline.com"));
    }
}

/* Only what is Microsoft's own is shown to a person, who may type a password there. */
static void
test_page (void)
{
  static const char *const good[] = {
    "https://microsoft.com/devicelogin",
    "https://microsoft.com/deviceloginus",
    "https://www.microsoft.com/link",
    "https://login.microsoft.com/device",
    "https://login.microsoftonline.us/device",
    "https://login.partner.microsoftonline.cn/device",
    "https://login.microsoftonline.com:443/x?y=z",
  };
  static const char *const bad[] = {
    "https://microsoft.com%40evil.test/a",
    "https://microsoft.com@evil.test/",
    "https://anna:secret@microsoft.com/devicelogin",
    "https://@microsoft.com/devicelogin",
    "https://microsoft.com.evil.test/devicelogin",
    "https://evil.test/microsoft.com/devicelogin",
    "https://evilmicrosoft.com/devicelogin",
    "https://microsoft.com:8443/devicelogin",
    "https://%6dicrosoft.com.evil.test/",
    "https://192.0.2.1/devicelogin",
  };
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autofree char *a = g_strnfill (200, 'a');
  g_autofree char *endless = g_strconcat ("https://microsoft.com/", a, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    if (!presync_cloud_is_sign_in_page (good[i]))
      g_error ("“%s” is refused", good[i]);
  for (gsize i = 0; i <= G_N_ELEMENTS (bad); i++)
    {
      const char *uri = i < G_N_ELEMENTS (bad) ? bad[i] : endless;
      g_autofree char *body
          = g_strdup_printf ("{'user_code':'ABC','device_code':'x','verification_uri':'%s'}", uri);
      ServiceAnswer answer = { 200, body };
      g_autoptr (GError) error = NULL;

      g_assert_false (presync_cloud_is_sign_in_page (uri));
      service_begin (&answer);
      g_assert_null (presync_device_code_begin (NULL, target, TENANT, NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_cmpstr (error->message, ==,
                       "The address that login.microsoftonline.com named for signing in is none of "
                       "Microsoft’s.");
    }
  for (gsize i = 0; i < 4; i++)
    g_assert_false (presync_cloud_is_sign_in_page (
        ((const char *[]){ "", "microsoft.com/devicelogin", "http://microsoft.com/devicelogin",
                           "javascript:alert(1)" })[i]));
}

/* What the service refuses, in words that tell what to do, with Microsoft's number */
static void
test_refused (void)
{
  static const struct
  {
    const char *body;
    const char *words;
  } cases[] = {
    { "{'error':'unauthorized_client','error_description':'AADSTS700016: Application x'}",
      "does not know this application" },
    { "{'error':'invalid_client','error_description':'AADSTS7000218: x'}", "public client" },
    { "{'error':'invalid_client'}", "public client" },
    { "{'error':'invalid_grant','error_description':'AADSTS65001: x'}", "must consent" },
    { "{'error':'invalid_request','error_description':'AADSTS90002: x'}", "no such tenant" },
    { "{'error':'server_error','error_description':'AADSTS99999: " SECRET_CODE "'}",
      "AADSTS99999" },
    { "{'error':'" SECRET_CODE "'}", "HTTP 400" },
    { "{}", "HTTP 400" },
  };
  g_autoptr (PresyncTenantTarget) target = target_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ServiceAnswer answer = { 400, cases[i].body };
      g_autoptr (GError) error = NULL;

      service_begin (&answer);
      g_assert_null (presync_device_code_begin (NULL, target, TENANT, NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_nonnull (strstr (error->message, "login.microsoftonline.com"));
      assert_no_secret (error);
    }
}

#define PENDING                                                                                    \
  {                                                                                                \
    400, "{'error':'authorization_pending','error_description':'AADSTS70016: x'}"                  \
  }

static void
test_pending (void)
{
  g_autofree char *body = tokens_dup_body (TENANT, ",\"idp\":\"live.com\"");
  const ServiceAnswer answers[] = { PENDING, { 0, "No way there." }, { 200, body } };
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncDeviceCode) code = code_new (1, 900);
  g_autoptr (PresyncTokens) tokens = NULL;
  g_autoptr (PresyncTokens) copy = NULL;
  g_autoptr (GError) error = NULL;

  service_begin (answers);
  tokens = presync_device_code_wait (NULL, target, TENANT, code, NULL, &error);
  g_assert_no_error (error);
  copy = presync_tokens_copy (tokens);
  g_assert_cmpstr (presync_secret_peek (copy->access), ==, SECRET_TOKEN);
  g_assert_cmpstr (presync_secret_peek (copy->refresh), ==, SECRET_REFRESH);
  g_assert_cmpstr (copy->tenant_id, ==, TENANT);
  g_assert_cmpstr (copy->provider, ==, "live.com");
  g_assert_cmpuint (service.n, ==, 3);
  g_assert_nonnull (strstr (service.forms[0], "device_code|" SECRET_CODE));
  for (guint i = 0; i < service.n; i++)
    g_assert_cmpstr (service.urls[i], ==,
                     "https://login.microsoftonline.com/" TENANT "/oauth2/v2.0/token");
}

/* RFC 8628, 3.5: five seconds more between two questions */
static void
test_slow_down (void)
{
  g_autofree char *body = tokens_dup_body (TENANT, "");
  const ServiceAnswer answers[] = { { 400, "{'error':'slow_down'}" }, { 200, body } };
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncDeviceCode) code = code_new (1, 900);
  g_autoptr (PresyncTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  service_begin (answers);
  tokens = presync_device_code_wait (NULL, target, TENANT, code, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (tokens);
  g_assert_null (tokens->provider);
  g_assert_cmpint (service.times[1] - service.times[0], >=, 6 * G_USEC_PER_SEC);
}

static void
test_declined (void)
{
  static const struct
  {
    const char *body;
    const char *words;
  } cases[] = {
    { "{'error':'authorization_declined'}", "declined" },
    { "{'error':'access_denied'}", "declined" },
    { "{'error':'expired_token'}", "expired" },
    { "{'error':'bad_verification_code'}", "does not know the code" },
    { "{'error':'invalid_grant','error_description':'AADSTS50020: " SECRET_CODE "'}",
      "not a user of this tenant" },
  };
  g_autoptr (PresyncTenantTarget) target = target_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ServiceAnswer answer = { 400, cases[i].body };
      g_autoptr (PresyncDeviceCode) code = code_new (0, 900);
      g_autoptr (GError) error = NULL;

      service_begin (&answer);
      g_assert_null (presync_device_code_wait (NULL, target, TENANT, code, NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      assert_no_secret (error);
    }
}

/* Nobody came in time, and the service goes on saying that it waits. */
static void
test_expired (void)
{
  static const ServiceAnswer answers[] = { PENDING, PENDING, PENDING };
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncDeviceCode) code = code_new (1, 1.2);
  g_autoptr (GError) error = NULL;

  service_begin (answers);
  g_assert_null (presync_device_code_wait (NULL, target, TENANT, code, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "expired"));
}

static void
test_unreachable (void)
{
  static const ServiceAnswer answers[]
      = { { 0, "No way." }, { 0, "No way." }, { 0, "No way." }, { 0, "No way." } };
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncDeviceCode) code = code_new (0, 900);
  g_autoptr (GError) error = NULL;

  service_begin (answers);
  g_assert_null (presync_device_code_wait (NULL, target, TENANT, code, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE);
  g_assert_cmpuint (service.n, ==, 4);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (G_USEC_PER_SEC / 20);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncDeviceCode) code = code_new (60, 900);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  service_begin (NULL);
  g_assert_null (presync_device_code_wait (NULL, target, TENANT, code, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service.n, ==, 0);
  g_thread_join (thread);
}

/* A token of another tenant, and answers that are none */
static void
test_other_tenant (void)
{
  static const char *const bad[] = {
    "{'access_token':'" SECRET_TOKEN "'}",
    "{'access_token':'" SECRET_TOKEN "','id_token':'nonsense'}",
    "{'access_token':'" SECRET_TOKEN "','id_token':'e30.%%%.x'}",
    "{'access_token':'" SECRET_TOKEN "','id_token':'e30.e30.x'}",
    "{'access_token':7,'id_token':'e30.eyJ0aWQiOiJ4In0.x'}",
  };
  g_autofree char *body = tokens_dup_body (OTHER_TENANT, "");
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncSecret) refresh = presync_secret_new (SECRET_REFRESH);
  ServiceAnswer answer = { 200, body };
  g_autoptr (GError) error = NULL;

  service_begin (&answer);
  g_assert_null (presync_tokens_refresh (NULL, target, TENANT, refresh, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, TENANT));
  g_assert_nonnull (strstr (error->message, OTHER_TENANT));
  assert_no_secret (error);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_clear_error (&error);
      answer.body = bad[i];
      service_begin (&answer);
      g_assert_null (presync_tokens_refresh (NULL, target, TENANT, refresh, NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      assert_no_secret (error);
    }
}

static void
test_refresh (void)
{
  g_autofree char *id = tokens_dup_body (TENANT, "");
  g_autoptr (GString) without = g_string_new (id);
  g_autoptr (PresyncTenantTarget) target = target_new ();
  g_autoptr (PresyncSecret) refresh = presync_secret_new ("earlier");
  ServiceAnswer answers[] = { { 200, id }, { 200, NULL }, { 400, "{'error':'invalid_grant'}" } };
  g_autoptr (PresyncTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  g_string_replace (without, "'refresh_token'", "'other'", 0);
  answers[1].body = without->str;
  service_begin (answers);
  tokens = presync_tokens_refresh (NULL, target, TENANT, refresh, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (presync_secret_peek (tokens->refresh), ==, SECRET_REFRESH);
  presync_tokens_free (tokens);
  /* A service that gives no new one lets the old one be used again. */
  tokens = presync_tokens_refresh (NULL, target, TENANT, refresh, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (presync_secret_peek (tokens->refresh), ==, "earlier");
  g_assert_null (presync_tokens_refresh (NULL, target, TENANT, refresh, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "sign in again"));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tenant-device-code/begin", test_begin);
  g_test_add_func ("/tenant-device-code/bad-code", test_bad_code);
  g_test_add_func ("/tenant-device-code/page", test_page);
  g_test_add_func ("/tenant-device-code/refused", test_refused);
  g_test_add_func ("/tenant-device-code/pending", test_pending);
  g_test_add_func ("/tenant-device-code/slow-down", test_slow_down);
  g_test_add_func ("/tenant-device-code/declined", test_declined);
  g_test_add_func ("/tenant-device-code/expired", test_expired);
  g_test_add_func ("/tenant-device-code/unreachable", test_unreachable);
  g_test_add_func ("/tenant-device-code/cancelled", test_cancelled);
  g_test_add_func ("/tenant-device-code/other-tenant", test_other_tenant);
  g_test_add_func ("/tenant-device-code/refresh", test_refresh);
  status = g_test_run ();
  service_begin (NULL);
  return status;
}
