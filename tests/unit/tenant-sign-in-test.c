/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-source.h"

#include <string.h>

#include "base/error.h"
#include "facts/fact-set.h"
#include "sources/tenant/discovery.h"
#include "wait-kit.h"

/* The source with a sign-in. The servers are played here, in place of http.c and discovery.c: the
 * program has these functions itself, so the library's are not taken. */

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"
#define CLIENT "0a0a0a0a-1111-4222-8333-444444444444"
#define USER "a1a1a1a1-0000-4000-8000-000000000001"
/* {"tid":"72f988bf-86f1-41af-91ab-2d7cd011db47"} */
#define ID_TOKEN "e30.eyJ0aWQiOiI3MmY5ODhiZi04NmYxLTQxYWYtOTFhYi0yZDdjZDAxMWRiNDcifQ.c2ln"

struct _PresyncHttp
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (PresyncHttp, presync_http, G_TYPE_OBJECT)

/* What the servers do; written before a thread begins, counted by it */
typedef struct
{
  int pending;      /* so often nobody has signed in yet; below 0: never */
  int declined;     /* then it is declined */
  int refused;      /* access tokens below this number are not accepted: 401 */
  int no_refresh;   /* a refresh token is not accepted */
  int unreachable;  /* Graph and discovery */
  int n_tokens;     /* that were given */
  int n_graph;      /* questions to Graph */
  int token_leaked; /* a token came to another host than Graph's */
  int dod;          /* the tenant is in that cloud */
  int dod_code;     /* the code was asked for its Graph */
} Servers;

static Servers servers;

static void
presync_http_class_init (PresyncHttpClass *klass)
{
}

static void
presync_http_init (PresyncHttp *self)
{
}

PresyncHttp *
presync_http_new (const PresyncTenantTarget *target)
{
  return g_object_new (PRESYNC_TYPE_HTTP, NULL);
}

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
  JsonNode *node = json_object_get_member (json_node_get_object (self->body), member);

  return node != NULL ? json_node_dup_string (node) : NULL;
}

char *
presync_http_dup_skew (PresyncHttp *self)
{
  return NULL;
}

GDateTime *
presync_http_dup_now (PresyncHttp *self)
{
  return g_date_time_new_now_utc ();
}

/* @body: with ' instead of " */
static PresyncHttpAnswer *
answer_new (guint status, const char *url, const char *body)
{
  g_autoptr (GString) text = g_string_new (body);
  PresyncHttpAnswer *answer = g_new0 (PresyncHttpAnswer, 1);

  g_string_replace (text, "'", "\"", 0);
  answer->status = status;
  answer->url = g_strdup (url);
  answer->body = json_from_string (text->str, NULL);
  g_assert_nonnull (answer->body);
  return answer;
}

static PresyncHttpAnswer *
answer_new_tokens (const char *url)
{
  int n = g_atomic_int_add (&servers.n_tokens, 1);
  g_autofree char *body = g_strdup_printf ("{'access_token':'%d','refresh_token':'refresh%d',"
                                           "'expires_in':3600,'id_token':'" ID_TOKEN "'}",
                                           n, n);

  return answer_new (200, url, body);
}

PresyncHttpAnswer *
presync_http_post_form (PresyncHttp *self, const char *url, const char *const *names_and_values,
                        GCancellable *cancellable, GError **error)
{
  g_assert_true (g_str_has_prefix (url, "https://login.microsoftonline.com/" TENANT "/")
                 || g_str_has_prefix (url, "https://login.microsoftonline.us/" TENANT "/"));
  if (g_str_has_suffix (url, "/devicecode"))
    {
      g_assert_cmpstr (names_and_values[2], ==, "scope");
      g_atomic_int_set (&servers.dod_code,
                        strstr (names_and_values[3], " https://dod-graph.") != NULL);
      return answer_new (200, url,
                         "{'user_code':'FQK7P3RTX','device_code':'d','interval':1,"
                         "'expires_in':900,"
                         "'verification_uri':'https://microsoft.com/devicelogin'}");
    }
  if (strcmp (names_and_values[1], "refresh_token") == 0)
    return g_atomic_int_get (&servers.no_refresh) != 0
               ? answer_new (400, url, "{'error':'invalid_grant'}")
               : answer_new_tokens (url);
  if (g_atomic_int_get (&servers.pending) != 0)
    {
      g_atomic_int_add (&servers.pending, -1);
      return answer_new (400, url, "{'error':'authorization_pending'}");
    }
  if (g_atomic_int_get (&servers.declined) != 0)
    return answer_new (400, url, "{'error':'authorization_declined'}");
  return answer_new_tokens (url);
}

PresyncHttpAnswer *
presync_http_get (PresyncHttp *self, const char *url, PresyncSecret *token,
                  GCancellable *cancellable, GError **error)
{
  if (!g_str_has_prefix (url, g_atomic_int_get (&servers.dod) != 0
                                  ? "https://dod-graph.microsoft.us/"
                                  : "https://graph.microsoft.com/")
      || token == NULL)
    g_atomic_int_set (&servers.token_leaked, 1);
  g_atomic_int_inc (&servers.n_graph);
  if (g_atomic_int_get (&servers.unreachable) != 0)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE, "No way to Graph.");
      return NULL;
    }
  if (g_ascii_strtoll (presync_secret_peek (token), NULL, 10) < g_atomic_int_get (&servers.refused))
    return answer_new (401, url, "{'error':{'code':'InvalidAuthenticationToken'}}");
  if (strstr (url, "/me?") != NULL)
    return answer_new (200, url,
                       "{'id':'" USER "','displayName':'Anna','userPrincipalName':'a@contoso.com',"
                       "'userType':'Guest','accountEnabled':true,'identities':[],"
                       "'onPremisesSyncEnabled':null}");
  if (strstr (url, "/v1.0/organization") != NULL)
    return answer_new (
        200, url, "{'value':[{'id':'" TENANT "','displayName':'Contoso','tenantType':'AAD'}]}");
  return answer_new (403, url, "{'error':{'code':'Authorization_RequestDenied'}}");
}

void
presync_discovery_free (PresyncDiscovery *self)
{
  if (self == NULL)
    return;
  g_free (self->domain);
  g_free (self->tenant_id);
  g_free (self->url);
  g_free (self);
}

PresyncDiscovery *
presync_discover (PresyncHttp *http, const PresyncCloud *cloud, const char *domain,
                  GCancellable *cancellable, GError **error)
{
  PresyncDiscovery *found;

  if (g_atomic_int_get (&servers.unreachable) == 2)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE, "No way to the sign-in.");
      return NULL;
    }
  found = g_new0 (PresyncDiscovery, 1);
  found->domain = g_strdup (domain);
  found->exists = TRUE;
  found->tenant_id = g_strdup (TENANT);
  found->cloud
      = g_atomic_int_get (&servers.dod) != 0 ? presync_cloud_find ("us-government-dod") : cloud;
  found->url = g_strdup ("https://login.microsoftonline.com/x");
  return found;
}

typedef struct
{
  PresyncTenantTarget *target;
  PresyncSource *source;
  PresyncTenantSource *tenant;
  PresyncFactSet *facts;
  GCancellable *cancellable;
  GError *error;
  GError *check_error;
  guint n_ends;
  guint n_checks;
} SignInTest;

static void
sign_in_facts_cb (PresyncSource *source, GPtrArray *facts, SignInTest *self)
{
  presync_fact_set_update (self->facts, facts);
}

static void
sign_in_forgotten_cb (PresyncSource *source, const char *const *keys, SignInTest *self)
{
  presync_fact_set_forget_keys (self->facts, "tenant", keys);
}

/* The source with the target as it is now */
static void
sign_in_make (SignInTest *self)
{
  self->tenant = presync_tenant_source_new (self->target);
  self->source = PRESYNC_SOURCE (self->tenant);
  g_signal_connect (self->source, "facts", G_CALLBACK (sign_in_facts_cb), self);
  g_signal_connect (self->source, "forgotten", G_CALLBACK (sign_in_forgotten_cb), self);
}

static void
sign_in_set_up (SignInTest *self, gconstpointer data)
{
  servers = (Servers){ .pending = 1 };
  self->target = presync_tenant_target_new ();
  self->target->domain = g_strdup ("contoso.com");
  self->target->client_id = g_strdup (CLIENT);
  self->facts = presync_fact_set_new ();
  self->cancellable = g_cancellable_new ();
  sign_in_make (self);
}

static void
sign_in_tear_down (SignInTest *self, gconstpointer data)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_false (g_atomic_int_get (&servers.token_leaked));
  g_assert_finalize_object (self->source);
  presync_tenant_target_free (self->target);
  g_object_unref (self->facts);
  g_object_unref (self->cancellable);
  g_clear_error (&self->error);
  g_clear_error (&self->check_error);
}

static void
sign_in_ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SignInTest *self = user_data;

  g_clear_error (&self->error);
  presync_tenant_source_sign_in_finish (PRESYNC_TENANT_SOURCE (object), result, &self->error);
  self->n_ends++;
}

static void
sign_in_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  SignInTest *self = user_data;

  g_clear_error (&self->check_error);
  presync_source_check_finish (PRESYNC_SOURCE (object), result, &self->check_error);
  self->n_checks++;
}

static void
sign_in_begin (SignInTest *self)
{
  presync_tenant_source_sign_in_async (self->tenant, self->cancellable, sign_in_ended_cb, self);
}

static void
sign_in_check (SignInTest *self)
{
  guint n = self->n_checks;

  presync_source_check_async (self->source, FALSE, NULL, sign_in_checked_cb, self);
  WAIT_FOR (self->n_checks > n);
}

static gboolean
sign_in_is_signing_in (SignInTest *self)
{
  gboolean signing_in = FALSE;

  g_object_get (self->source, "signing-in", &signing_in, NULL);
  return signing_in;
}

/* "-" if there is no such fact */
static void
sign_in_assert (SignInTest *self, const char *key, const char *expected)
{
  GPtrArray *facts = presync_fact_set_lookup (self->facts, key);
  PresyncFact *fact = facts != NULL && facts->len > 0 ? facts->pdata[0] : NULL;
  g_autofree char *found = NULL;

  if (fact == NULL)
    found = g_strdup ("-");
  else if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    found = g_strconcat ("?", presync_unknown_nick (presync_fact_get_unknown (fact)), NULL);
  else
    found = presync_fact_describe (fact);
  if (strcmp (found, expected) != 0)
    g_error ("%s: “%s” instead of “%s”", key, found, expected);
}

static void
test_signs_in (SignInTest *self, gconstpointer data)
{
  const PresyncDeviceCode *code;
  g_autoptr (PresyncSecret) refresh = NULL;

  sign_in_check (self);
  g_assert_no_error (self->check_error);
  sign_in_assert (self, "tenant.exists", "yes");
  sign_in_assert (self, "tenant.kind", "-");
  g_assert_cmpint (servers.n_graph, ==, 0);
  sign_in_begin (self);
  g_assert_true (sign_in_is_signing_in (self));
  WAIT_FOR (presync_tenant_source_get_code (self->tenant) != NULL);
  code = presync_tenant_source_get_code (self->tenant);
  g_assert_cmpstr (code->user_code, ==, "FQK7P3RTX");
  /* Another at the same time is refused; a check is not kept waiting. */
  presync_tenant_source_sign_in_async (self->tenant, NULL, sign_in_ended_cb, self);
  WAIT_FOR (self->n_ends == 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_PENDING);
  sign_in_check (self);
  g_assert_no_error (self->check_error);
  WAIT_FOR (self->n_ends == 2);
  g_assert_no_error (self->error);
  g_assert_null (presync_tenant_source_get_code (self->tenant));
  g_assert_false (sign_in_is_signing_in (self));
  g_assert_cmpstr (presync_tenant_source_get_signed_in_as (self->tenant), ==,
                   "Anna (a@contoso.com)");
  sign_in_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  sign_in_assert (self, "tenant.admin-guest", "yes – The user type is “Guest”");
  sign_in_assert (self, "tenant.quota-left", "?no-right");
  refresh = presync_tenant_source_dup_refresh_token (self->tenant);
  g_assert_cmpstr (presync_secret_peek (refresh), ==, "refresh0");
  presync_tenant_source_sign_out (self->tenant);
  g_assert_null (presync_tenant_source_dup_refresh_token (self->tenant));
  sign_in_assert (self, "tenant.kind", "-");
  sign_in_assert (self, "tenant.exists", "yes");
  servers.n_graph = 0;
  sign_in_check (self);
  g_assert_cmpint (servers.n_graph, ==, 0);
  sign_in_assert (self, "tenant.kind", "-");
}

static void
test_declined (SignInTest *self, gconstpointer data)
{
  servers.pending = 0;
  servers.declined = 1;
  sign_in_begin (self);
  WAIT_FOR (self->n_ends == 1);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
  g_assert_false (sign_in_is_signing_in (self));
  g_assert_null (presync_tenant_source_get_signed_in_as (self->tenant));
  sign_in_assert (self, "tenant.kind", "-");
}

static void
test_cancelled (SignInTest *self, gconstpointer data)
{
  sign_in_check (self);
  servers.pending = -1;
  sign_in_begin (self);
  WAIT_FOR (presync_tenant_source_get_code (self->tenant) != NULL);
  g_cancellable_cancel (self->cancellable);
  WAIT_FOR (self->n_ends == 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (presync_tenant_source_get_code (self->tenant));
  g_assert_false (sign_in_is_signing_in (self));
  /* What was known before stays. */
  sign_in_assert (self, "tenant.exists", "yes");
  g_assert_cmpint (presync_source_get_state (self->source), ==, PRESYNC_SOURCE_DONE);
}

static void
test_closed (SignInTest *self, gconstpointer data)
{
  servers.pending = -1;
  sign_in_begin (self);
  WAIT_FOR (presync_tenant_source_get_code (self->tenant) != NULL);
  presync_source_close (self->source);
  WAIT_FOR (self->n_ends == 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Somebody signs in, and the application is told to forget it before it was read. */
static void
test_cancelled_late (SignInTest *self, gconstpointer data)
{
  servers.pending = 0;
  sign_in_begin (self);
  WAIT_FOR (presync_source_get_state (self->source) == PRESYNC_SOURCE_CHECKING);
  g_cancellable_cancel (self->cancellable);
  WAIT_FOR (self->n_ends == 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (presync_tenant_source_dup_refresh_token (self->tenant));
  sign_in_check (self);
  sign_in_assert (self, "tenant.kind", "-");
}

/* The same, while a check waits for that reading: it goes on, and knows nothing of the sign-in. */
static void
test_cancelled_joined (SignInTest *self, gconstpointer data)
{
  servers.pending = 0;
  sign_in_begin (self);
  WAIT_FOR (presync_source_get_state (self->source) == PRESYNC_SOURCE_CHECKING);
  g_assert_true (presync_source_may_join (self->source));
  presync_source_check_async (self->source, FALSE, NULL, sign_in_checked_cb, self);
  g_cancellable_cancel (self->cancellable);
  WAIT_FOR (self->n_ends == 1 && self->n_checks == 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (self->check_error);
  g_assert_null (presync_tenant_source_get_signed_in_as (self->tenant));
  g_assert_null (presync_tenant_source_dup_refresh_token (self->tenant));
  sign_in_assert (self, "tenant.exists", "yes");
  sign_in_assert (self, "tenant.kind", "-");
  sign_in_assert (self, "tenant.signed-in-as", "-");
}

/* Two clouds share a sign-in: after a check that failed, in which of them the tenant is has to be
 * asked before a code is. */
static void
test_cloud (SignInTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->source);
  self->target->cloud = presync_cloud_find ("us-government");
  sign_in_make (self);
  servers.dod = 1;
  servers.pending = 0;
  sign_in_check (self);
  g_assert_no_error (self->check_error);
  servers.unreachable = 2;
  sign_in_check (self);
  g_assert_error (self->check_error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE);
  servers.unreachable = 0;
  sign_in_begin (self);
  WAIT_FOR (self->n_ends == 1);
  g_assert_no_error (self->error);
  g_assert_true (servers.dod_code);
  sign_in_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
}

/* The keyring's refresh token signs in at the next check. */
static void
test_refresh (SignInTest *self, gconstpointer data)
{
  g_autoptr (PresyncSecret) earlier = presync_secret_new ("earlier");
  g_autoptr (PresyncSecret) now = NULL;

  presync_tenant_source_set_refresh_token (self->tenant, earlier);
  sign_in_check (self);
  g_assert_no_error (self->check_error);
  sign_in_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  now = presync_tenant_source_dup_refresh_token (self->tenant);
  g_assert_cmpstr (presync_secret_peek (now), ==, "refresh0");
  /* An access token that is no longer accepted is renewed once. */
  servers.refused = 1;
  sign_in_check (self);
  g_assert_cmpint (servers.n_tokens, ==, 2);
  sign_in_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  g_assert_cmpstr (presync_tenant_source_get_signed_in_as (self->tenant), ==,
                   "Anna (a@contoso.com)");
}

static void
test_refresh_refused (SignInTest *self, gconstpointer data)
{
  g_autoptr (PresyncSecret) earlier = presync_secret_new ("earlier");

  servers.no_refresh = 1;
  presync_tenant_source_set_refresh_token (self->tenant, earlier);
  sign_in_check (self);
  /* The rest was read. Nobody was signed in: that can be answered. */
  g_assert_no_error (self->check_error);
  sign_in_assert (self, "tenant.exists", "yes");
  sign_in_assert (self, "tenant.kind", "-");
  g_assert_null (presync_tenant_source_dup_refresh_token (self->tenant));
}

/* What a sign-in told is unknown, with the reason, once it has ended. */
static void
test_ended (SignInTest *self, gconstpointer data)
{
  g_autoptr (PresyncSecret) earlier = presync_secret_new ("earlier");
  const char *const *keys = presync_tenant_signed_in_fact_keys ();

  presync_tenant_source_set_refresh_token (self->tenant, earlier);
  sign_in_check (self);
  sign_in_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
  servers.refused = 100;
  servers.no_refresh = 1;
  sign_in_check (self);
  g_assert_no_error (self->check_error);
  sign_in_assert (self, "tenant.exists", "yes");
  for (guint i = 3; keys[i] != NULL; i++)
    if (strcmp (keys[i], "tenant.last-sync") != 0)
      sign_in_assert (self, keys[i], "?no-right");
  g_assert_null (presync_tenant_source_get_signed_in_as (self->tenant));
  g_assert_null (presync_tenant_source_dup_refresh_token (self->tenant));
  sign_in_check (self);
  sign_in_assert (self, "tenant.kind", "?no-right");
}

/* Graph cannot be reached: the sign-in stays, and what it told is unknown. */
static void
test_unreachable (SignInTest *self, gconstpointer data)
{
  g_autoptr (PresyncSecret) earlier = presync_secret_new ("earlier");
  g_autoptr (PresyncSecret) now = NULL;

  presync_tenant_source_set_refresh_token (self->tenant, earlier);
  sign_in_check (self);
  servers.unreachable = 1;
  sign_in_check (self);
  g_assert_no_error (self->check_error);
  sign_in_assert (self, "tenant.exists", "yes");
  sign_in_assert (self, "tenant.kind", "?unreachable");
  sign_in_assert (self, "tenant.admin-role", "?unreachable");
  now = presync_tenant_source_dup_refresh_token (self->tenant);
  g_assert_nonnull (now);
  servers.unreachable = 2;
  sign_in_check (self);
  g_assert_error (self->check_error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE);
  sign_in_assert (self, "tenant.exists", "?unreachable");
  sign_in_assert (self, "tenant.kind", "?unreachable");
  servers.unreachable = 0;
  sign_in_check (self);
  sign_in_assert (self, "tenant.kind", "Microsoft Entra ID, workforce (AAD)");
}

static void
sign_in_add (const char *path, void (*test) (SignInTest *, gconstpointer))
{
  g_test_add (path, SignInTest, NULL, sign_in_set_up, test, sign_in_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sign_in_add ("/tenant-sign-in/signs-in", test_signs_in);
  sign_in_add ("/tenant-sign-in/declined", test_declined);
  sign_in_add ("/tenant-sign-in/cancelled", test_cancelled);
  sign_in_add ("/tenant-sign-in/closed", test_closed);
  sign_in_add ("/tenant-sign-in/cancelled-late", test_cancelled_late);
  sign_in_add ("/tenant-sign-in/cancelled-joined", test_cancelled_joined);
  sign_in_add ("/tenant-sign-in/cloud", test_cloud);
  sign_in_add ("/tenant-sign-in/refresh", test_refresh);
  sign_in_add ("/tenant-sign-in/refresh-refused", test_refresh_refused);
  sign_in_add ("/tenant-sign-in/ended", test_ended);
  sign_in_add ("/tenant-sign-in/unreachable", test_unreachable);
  return g_test_run ();
}
