/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Microsoft Graph read over a real connection: refusals name what is missing, pages, tokens that
 * have ended, and that a token is nowhere but on its way. */
#include "tenant-server-kit.h"

#include "sources/tenant/graph.h"

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"
#define OTHER_TENANT "11111111-2222-4333-8444-555555555555"
#define CLIENT "0a0a0a0a-1111-4222-8333-444444444444"
#define LOG_TEST "/tenant-graph/log/subprocess"
#define REFRESH "refresh-that-nobody-may-see"
#define NEW_TOKEN "new-token-that-nobody-may-see"

static PresyncTokens *
tokens_new (gboolean renewable)
{
  PresyncTokens *tokens = g_new0 (PresyncTokens, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  tokens->access = presync_secret_new (TOKEN);
  tokens->refresh = renewable ? presync_secret_new (REFRESH) : NULL;
  tokens->expires = g_date_time_add_hours (now, 1);
  tokens->tenant_id = g_strdup (TENANT);
  return tokens;
}

/* (transfer full): reads; looks for secrets in whatever is told of it */
static PresyncGraphAnswer *
read_it (Kit *self, PresyncGraphRead read, gboolean renewable)
{
  PresyncGraph graph = { self->http, self->target, TENANT, tokens_new (renewable) };
  PresyncGraphAnswer *answer;
  const char *told[3];

  g_free (self->target->client_id);
  self->target->client_id = g_strdup (CLIENT);
  g_clear_error (&self->error);
  answer = presync_graph_read (&graph, read, NULL, NULL, &self->error);
  g_assert_nonnull (answer);
  told[0] = answer->detail != NULL ? answer->detail : "";
  told[1] = presync_origin_get_query (answer->origin);
  told[2] = self->error != NULL ? self->error->message : "";
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    g_assert_null (strstr (told[i], "nobody-may-see"));
  g_assert_true (g_str_has_prefix (told[1], "GET https://localhost:"));
  presync_tokens_free (graph.tokens);
  return answer;
}

static void
assert_unknown (Kit *self, PresyncGraphRead read, PresyncUnknown unknown, const char *words)
{
  g_autoptr (PresyncGraphAnswer) answer = read_it (self, read, FALSE);

  g_assert_cmpint (answer->unknown, ==, unknown);
  if (strstr (answer->detail, words) == NULL)
    g_error ("“%s” without “%s”", answer->detail, words);
  g_assert_null (answer->body);
  g_assert_null (answer->items);
  g_assert_false (presync_origin_get_complete (answer->origin));
}

static void
test_refused (Kit *self, gconstpointer data)
{
  static const char denied[]
      = "{'error':{'code':'Authorization_RequestDenied','message':'" TOKEN "'}}";

  server_answer (self->graph, NULL, 403, "", denied);
  assert_unknown (self, PRESYNC_GRAPH_LICENCES, PRESYNC_UNKNOWN_NO_RIGHT,
                  "Reading the licences needs the role “Directory Readers” and the permission "
                  "“Organization.Read.All”.");
  server_answer (self->graph, NULL, 403, "", denied);
  assert_unknown (self, PRESYNC_GRAPH_FEATURES, PRESYNC_UNKNOWN_NO_RIGHT,
                  "the role “Global Administrator”");
  server_answer (self->graph, NULL, 403, "", denied);
  assert_unknown (self, PRESYNC_GRAPH_ME, PRESYNC_UNKNOWN_NO_RIGHT,
                  "Reading who signed in needs the permission “User.Read”.");
  server_answer (self->graph, NULL, 404, "", "{'error':{'code':'Request_ResourceNotFound'}}");
  assert_unknown (self, PRESYNC_GRAPH_QUOTA, PRESYNC_UNKNOWN_NOT_OFFERED,
                  "does not have the directory quota");
}

static void
test_faults (Kit *self, gconstpointer data)
{
  server_answer (self->graph, NULL, 400, "request-id: abc-1\r\n",
                 "{'error':{'code':'BadRequest','message':'" TOKEN "'}}");
  assert_unknown (self, PRESYNC_GRAPH_LICENCES, PRESYNC_UNKNOWN_FAILED,
                  "answered “400 BadRequest” (request ID for Microsoft’s support: abc-1)");
  server_answer (self->graph, NULL, 400, "", "{'error':{'code':'<b>" TOKEN "</b>'}}");
  assert_unknown (self, PRESYNC_GRAPH_LICENCES, PRESYNC_UNKNOWN_FAILED,
                  "answered “400 without a reason”");
  server_answer (self->graph, NULL, 500, "request-id: abc-2\r\n", "{}");
  assert_unknown (self, PRESYNC_GRAPH_LICENCES, PRESYNC_UNKNOWN_UNREACHABLE, "Request ID: abc-2");
  server_answer (self->graph, NULL, 429, "request-id: abc-3\r\n", "{}");
  assert_unknown (self, PRESYNC_GRAPH_LICENCES, PRESYNC_UNKNOWN_UNREACHABLE, "(429)");
  server_answer (self->graph, NULL, 200, "", "{'value':");
  assert_unknown (self, PRESYNC_GRAPH_LICENCES, PRESYNC_UNKNOWN_MALFORMED, "cut off");
  server_answer (self->graph, NULL, 200, "", "{'value':{}}");
  assert_unknown (self, PRESYNC_GRAPH_LICENCES, PRESYNC_UNKNOWN_MALFORMED,
                  "something else than the licences");
}

static void
test_pages (Kit *self, gconstpointer data)
{
  g_autofree char *first = g_strdup_printf (
      "{'value':[{'id':'1'}],'@odata.nextLink':'%s/v1.0/subscribedSkus?page=2'}", self->graph_base);
  g_autofree char *user = g_strdup_printf (
      "{'value':[{'id':'1'}],'@odata.nextLink':'%s@evil.example/v1.0/x'}", self->graph_base);
  g_autoptr (PresyncGraphAnswer) all = NULL;
  g_autoptr (PresyncGraphAnswer) like = NULL;
  g_autoptr (PresyncGraphAnswer) cut = NULL;

  server_answer (self->graph, "/v1.0/subscribedSkus?page=2", 200, "", "{'value':[{'id':'2'}]}");
  server_answer (self->graph, "/v1.0/subscribedSkus ", 200, "", first);
  all = read_it (self, PRESYNC_GRAPH_LICENCES, FALSE);
  g_assert_cmpint (all->unknown, ==, PRESYNC_UNKNOWN_NONE);
  g_assert_cmpuint (json_array_get_length (all->items), ==, 2);
  g_assert_true (presync_origin_get_complete (all->origin));
  g_assert_cmpuint (server_count (self->graph), ==, 2);
  /* A next page elsewhere is not asked, so the list is not whole. */
  server_answer (self->graph, "/v1.0/subscribedSkus ", 200, "",
                 "{'value':[{'id':'1'}],'@odata.nextLink':'https://evil.example/v1.0/x'}");
  cut = read_it (self, PRESYNC_GRAPH_LICENCES, FALSE);
  g_assert_cmpuint (json_array_get_length (cut->items), ==, 1);
  g_assert_false (presync_origin_get_complete (cut->origin));
  g_assert_cmpuint (server_count (self->graph), ==, 3);
  server_answer (self->graph, "/v1.0/subscribedSkus ", 200, "", user);
  like = read_it (self, PRESYNC_GRAPH_LICENCES, FALSE);
  g_assert_cmpuint (json_array_get_length (like->items), ==, 1);
  g_assert_false (presync_origin_get_complete (like->origin));
  g_assert_cmpuint (server_count (self->graph), ==, 4);
}

/* @more: claims, each with a comma before it */
static char *
dup_tokens (const char *tenant, const char *more)
{
  g_autofree char *claims = g_strdup_printf ("{\"tid\":\"%s\"%s}", tenant, more);
  g_autofree char *base64 = g_base64_encode ((const guchar *) claims, strlen (claims));

  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  if (strchr (base64, '=') != NULL)
    *strchr (base64, '=') = '\0';
  return g_strdup_printf ("{'token_type':'Bearer','expires_in':3600,'access_token':'" NEW_TOKEN
                          "','refresh_token':'" REFRESH "','id_token':'e30.%s.x'}",
                          base64);
}

/* A token that the Graph no longer takes is renewed once. */
static void
test_renewed (Kit *self, gconstpointer data)
{
  g_autofree char *tokens = dup_tokens (TENANT, "");
  g_autoptr (PresyncGraphAnswer) answer = NULL;
  g_autoptr (PresyncGraphAnswer) ended = NULL;
  const char *form;

  server_answer (self->graph, NULL, 401, "", "{}");
  server_answer (self->login, NULL, 200, "", tokens);
  server_answer (self->graph, NULL, 200, "", "{'id':'x'}");
  answer = read_it (self, PRESYNC_GRAPH_ME, TRUE);
  g_assert_no_error (self->error);
  g_assert_cmpint (answer->unknown, ==, PRESYNC_UNKNOWN_NONE);
  form = server_wait (self->login, 0);
  g_assert_true (g_str_has_prefix (form, "POST /" TENANT "/oauth2/v2.0/token HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (form, "refresh_token=" REFRESH));
  g_assert_nonnull (strstr (server_wait (self->graph, 0), "Bearer " TOKEN "\r\n"));
  g_assert_nonnull (strstr (server_wait (self->graph, 1), "Bearer " NEW_TOKEN "\r\n"));
  /* Not twice */
  server_answer (self->graph, NULL, 401, "", "{}");
  server_answer (self->graph, NULL, 401, "", "{}");
  ended = read_it (self, PRESYNC_GRAPH_ME, TRUE);
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (self->error->message, "no longer accepts the sign-in: sign in again"));
  g_assert_cmpint (ended->unknown, ==, PRESYNC_UNKNOWN_NO_RIGHT);
}

/* Whose token it is, and whether this computer's clock can judge it */
static void
test_tokens (Kit *self, gconstpointer data)
{
  static const struct
  {
    const char *tenant;
    const char *claims; /* NOW: this moment, shifted */
    int shift;
    PresyncError code;
    const char *words; /* NULL: it is taken */
  } cases[] = {
    { OTHER_TENANT, ",\"exp\":NOW", 3600, PRESYNC_ERROR_SIGN_IN,
      "The sign-in was to tenant " OTHER_TENANT ", but “contoso.com” belongs to tenant " TENANT },
    { TENANT, ",\"nbf\":NOW", 3600, PRESYNC_ERROR_FAILED, "is valid only from" },
    { TENANT, ",\"exp\":NOW", -3600, PRESYNC_ERROR_FAILED, "set the clock, then sign in again" },
    { TENANT, ",\"nbf\":NOW", 200, 0, NULL },
    { TENANT, ",\"exp\":NOW", -200, 0, NULL },
    { TENANT, ",\"exp\":99999999999NOW", 0, 0, NULL },
    { TENANT, ",\"exp\":\"NOW\"", -3600, 0, NULL },
  };
  g_autoptr (PresyncSecret) refresh = presync_secret_new (REFRESH);

  self->target->client_id = g_strdup (CLIENT);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 now = g_get_real_time () / G_USEC_PER_SEC + cases[i].shift;
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, now);
      g_autoptr (GString) claims = g_string_new (cases[i].claims);
      g_autofree char *body = NULL;
      g_autoptr (PresyncTokens) tokens = NULL;

      g_string_replace (claims, "NOW", number, 1);
      body = dup_tokens (cases[i].tenant, claims->str);
      server_answer (self->login, NULL, 200, "", body);
      g_clear_error (&self->error);
      tokens
          = presync_tokens_refresh (self->http, self->target, TENANT, refresh, NULL, &self->error);
      if (cases[i].words == NULL)
        {
          g_assert_no_error (self->error);
          g_assert_cmpstr (presync_secret_peek (tokens->access), ==, NEW_TOKEN);
          continue;
        }
      g_assert_null (tokens);
      g_assert_error (self->error, PRESYNC_ERROR, (int) cases[i].code);
      if (strstr (self->error->message, cases[i].words) == NULL)
        g_error ("%s", self->error->message);
      g_assert_null (strstr (self->error->message, "nobody-may-see"));
    }
}

/* Claims that go as deep as one likes are not followed. */
static void
test_deep_claims (Kit *self, gconstpointer data)
{
  g_autoptr (PresyncSecret) refresh = presync_secret_new (REFRESH);
  g_autofree char *open = g_strnfill (500000, '[');
  g_autofree char *more = g_strdup_printf (",\"a\":%s", open);
  g_autofree char *body = dup_tokens (TENANT, more);

  self->target->client_id = g_strdup (CLIENT);
  server_answer (self->login, NULL, 200, "", body);
  g_assert_null (
      presync_tokens_refresh (self->http, self->target, TENANT, refresh, NULL, &self->error));
  g_assert_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
}

/* Everything that happens to a token, with all that can be logged */
static void
test_log_subprocess (Kit *self, gconstpointer data)
{
  static const char *const answers[] = { "{'id':'x'}", "{'value':[]}", "{'x", "<" TOKEN ">" };
  static const guint statuses[] = { 200, 400, 403, 500, 302 };
  g_autofree char *tokens = dup_tokens (TENANT, "");
  g_autofree char *other = dup_tokens (OTHER_TENANT, "");

  g_log (NULL, G_LOG_LEVEL_DEBUG, "The log is on.");
  for (gsize i = 0; i < G_N_ELEMENTS (answers) * G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (PresyncGraphAnswer) answer = NULL;

      server_answer (self->graph, NULL, statuses[i / G_N_ELEMENTS (answers)],
                     "Location: https://evil.example/" TOKEN "\r\n",
                     answers[i % G_N_ELEMENTS (answers)]);
      answer = read_it (self, PRESYNC_GRAPH_ME, FALSE);
    }
  server_answer (self->login, NULL, 200, "", other);
  server_answer (self->login, NULL, 200, "", tokens);
  for (gsize i = 0; i < 2; i++)
    {
      g_autoptr (PresyncGraphAnswer) answer = NULL;

      server_answer (self->graph, NULL, 401, "", "{}");
      server_answer (self->graph, NULL, 200, "", "{}");
      answer = read_it (self, PRESYNC_GRAPH_ME, TRUE);
    }
}

static void
test_log (Kit *self, gconstpointer data)
{
  g_test_trap_subprocess (LOG_TEST, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*The log is on.*");
  g_test_trap_assert_stdout ("*GSocketClient*");
  g_test_trap_assert_stdout_unmatched ("*nobody-may-see*");
  g_test_trap_assert_stderr_unmatched ("*nobody-may-see*");
}

int
main (int argc, char **argv)
{
  static const KitTest tests[] = {
    { "/tenant-graph/refused", test_refused }, { "/tenant-graph/faults", test_faults },
    { "/tenant-graph/pages", test_pages },     { "/tenant-graph/renewed", test_renewed },
    { "/tenant-graph/tokens", test_tokens },   { "/tenant-graph/deep-claims", test_deep_claims },
    { "/tenant-graph/log", test_log },         { LOG_TEST, test_log_subprocess },
  };

  /* While there is one thread */
  for (int i = 1; i < argc; i++)
    if (strstr (argv[i], LOG_TEST) != NULL)
      g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  return kit_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
