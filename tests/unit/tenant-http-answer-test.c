/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server says, well or badly meant: statuses, pauses, redirects, bodies of any kind. */
#include "tenant-server-kit.h"

#define BIG (50 * 1024 * 1024)

static void
test_answers (Kit *self, gconstpointer data)
{
  static const guint statuses[] = { 200, 400, 401, 403, 404, 418 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (PresyncHttpAnswer) answer = NULL;
      g_autofree char *text = NULL;

      server_answer (self->graph, NULL, statuses[i], "request-id: 1a-2B\r\n",
                     "{'id':'x','n':1,'none':null}");
      answer = kit_get (self, self->graph_base, "/v1.0/me?$select=id", NULL);
      g_assert_no_error (self->error);
      g_assert_cmpuint (answer->status, ==, statuses[i]);
      g_assert_cmpstr (answer->request_id, ==, "1a-2B");
      g_assert_true (g_str_has_suffix (answer->url, "/v1.0/me?$select=id"));
      text = presync_http_answer_dup_text (answer, "id");
      g_assert_cmpstr (text, ==, "x");
      g_assert_null (presync_http_answer_dup_text (answer, "n"));
      g_assert_null (presync_http_answer_dup_text (answer, "none"));
      g_assert_null (presync_http_answer_dup_text (answer, "more"));
    }
}

static void
test_empty (Kit *self, gconstpointer data)
{
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  server_answer (self->graph, NULL, 404, "x-ms-request-id: <b>no</b>\r\n", "");
  answer = kit_get (self, self->graph_base, "/v1.0/me", NULL);
  g_assert_no_error (self->error);
  g_assert_cmpuint (answer->status, ==, 404);
  g_assert_null (answer->body);
  g_assert_null (answer->request_id);
  g_assert_null (presync_http_answer_dup_text (answer, "id"));
}

/* A server's own faults name what Microsoft's support asks for. */
static void
test_faults (Kit *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *headers;
    const char *words;
    guint n;
  } cases[] = {
    { 500, "request-id: abc-1\r\n", "HTTP status 500): try again later. Request ID: abc-1", 1 },
    { 502, "x-ms-request-id: abc-2\r\n", "HTTP status 502): try again later. Request ID: abc-2",
      1 },
    { 504, "request-id: a b\r\n", "HTTP status 504): try again later. Request ID: none", 1 },
    { 503, "", "HTTP status 503", 1 },
    { 429, "request-id: abc-3\r\n", "wants a pause (429): try again later. Request ID: abc-3", 1 },
    /* Pauses that no check can wait for, and such that are none */
    { 429, "Retry-After: 31\r\n", "(429)", 1 },
    { 429, "Retry-After: 99999999999999999999\r\n", "(429)", 1 },
    { 429, "Retry-After: -5\r\n", "(429)", 1 },
    { 429, "Retry-After: soon\r\n", "(429)", 1 },
    { 429, "Retry-After: 1.5\r\n", "(429)", 1 },
    { 429, "Retry-After: \r\n", "(429)", 1 },
    { 503, "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n", "HTTP status 503", 1 },
    /* Pauses that are over at once: asked three times more, not for ever */
    { 429, "Retry-After: 0\r\n", "(429)", 4 },
    { 503, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", "HTTP status 503", 4 },
    /* Of these, Retry-After means nothing. */
    { 500, "Retry-After: 0\r\n", "HTTP status 500", 1 },
  };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      for (guint times = 0; times < cases[i].n; times++)
        server_answer (self->graph, NULL, cases[i].status, cases[i].headers,
                       "{'error':{'code':'x','message':'" TOKEN "'}}");
      kit_assert_refused (self, kit_get (self, self->graph_base, "/v1.0/me", NULL),
                          PRESYNC_ERROR_UNREACHABLE, cases[i].words);
      n += cases[i].n;
      g_assert_cmpuint (server_count (self->graph), ==, n);
    }
}

static char *
dup_http_date (double seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, seconds);

  return g_date_time_format (then, "%a, %d %b %Y %H:%M:%S GMT");
}

static void
test_pause_date (Kit *self, gconstpointer data)
{
  g_autofree char *date = dup_http_date (1.0);
  g_autofree char *header = g_strdup_printf ("Retry-After: %s\r\n", date);
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  server_answer (self->graph, NULL, 503, header, "{}");
  server_answer (self->graph, NULL, 200, "", "{}");
  answer = kit_get (self, self->graph_base, "/v1.0/me", NULL);
  g_assert_no_error (self->error);
  g_assert_cmpuint (answer->status, ==, 200);
}

/* Inside the cloud's own hosts a redirect is followed, but the token stays with the Graph. */
static void
test_redirect (Kit *self, gconstpointer data)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };
  g_autofree char *over
      = g_strdup_printf ("Location: %s/there\r\nContent-Language: en\r\n", self->login_base);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (PresyncHttpAnswer) answer = NULL;
      g_autofree char *id = NULL;
      const char *first, *second, *third;

      server_answer (self->graph, "/from", statuses[i], "Location: /on?a=b\r\n", "");
      server_answer (self->graph, "/on?a=b", statuses[i], over, "{}");
      server_answer (self->login, "/there", 200, "", "{'id':'x'}");
      answer = kit_get (self, self->graph_base, "/from", NULL);
      g_assert_no_error (self->error);
      id = presync_http_answer_dup_text (answer, "id");
      g_assert_cmpstr (id, ==, "x");
      first = server_wait (self->graph, 2 * i);
      second = server_wait (self->graph, 2 * i + 1);
      third = server_wait (self->login, i);
      g_assert_nonnull (strstr (first, "Authorization: Bearer " TOKEN "\r\n"));
      g_assert_nonnull (strstr (second, "Authorization: Bearer " TOKEN "\r\n"));
      g_assert_null (strstr (third, TOKEN));
      g_assert_null (strstr (third, "Authorization"));
    }
}

static void
test_redirect_refused (Kit *self, gconstpointer data)
{
  g_autofree char *good = g_build_filename (self->folder, "good.pem", NULL);
  Server *stranger = server_start (good);
  g_autofree char *there = g_strdup_printf ("https://localhost:%u/v1.0/me", stranger->port);
  g_autofree char *plain = g_strdup_printf ("http://localhost:%u/v1.0/me", self->graph->port);
  g_autofree char *user = g_strdup_printf ("https://u:p@localhost:%u/", self->graph->port);
  const struct
  {
    const char *location;
    PresyncError code;
    const char *words;
  } cases[] = {
    { there, PRESYNC_ERROR_REFUSED, "nothing was sent there" },
    { plain, PRESYNC_ERROR_REFUSED, "nothing was sent there" },
    { user, PRESYNC_ERROR_REFUSED, "nothing was sent there" },
    { "https://evil.example/" TOKEN, PRESYNC_ERROR_REFUSED,
      "localhost sends on to evil.example; nothing was sent there" },
    { "//evil.example/", PRESYNC_ERROR_REFUSED, "sends on to evil.example" },
    { "file:///etc/passwd", PRESYNC_ERROR_REFUSED, "nothing was sent there" },
    { "https://[", PRESYNC_ERROR_FAILED, "tells no address (HTTP status 302)" },
  };

  server_answer (stranger, NULL, 200, "", "{}");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header = g_strdup_printf ("Location: %s\r\n", cases[i].location);

      server_answer (self->graph, NULL, 302, header, "");
      kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), cases[i].code,
                          cases[i].words);
    }
  server_answer (self->graph, NULL, 302, "", "");
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_FAILED,
                      "tells no address");
  server_answer (self->graph, NULL, 302, "Location: /again\r\n", "");
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_FAILED,
                      "from one address to the next without end");
  g_assert_cmpuint (server_count (stranger), ==, 0);
  g_assert_cmpuint (server_count (self->login), ==, 0);
  server_stop (stranger);
}

/* A form with a secret in it goes nowhere else, not even inside the cloud. */
static void
test_redirect_form (Kit *self, gconstpointer data)
{
  static const char *const form[] = { "grant_type", "refresh_token", "refresh_token", TOKEN, NULL };
  g_autofree char *url = g_strconcat (self->login_base, "/t/token", NULL);

  server_answer (self->login, NULL, 307, "Location: /else\r\n", "");
  kit_assert_refused (self, presync_http_post_form (self->http, url, form, NULL, &self->error),
                      PRESYNC_ERROR_REFUSED, "nothing was sent there");
  g_assert_cmpuint (server_count (self->login), ==, 1);
}

/* The allow-list, before anything is sent */
static void
test_places (Kit *self, gconstpointer data)
{
  static const char *const form[] = { "a", TOKEN, NULL };
  g_autofree char *graph = g_strconcat (self->graph_base, "/", NULL);
  g_autofree char *login = g_strconcat (self->login_base, "/", NULL);

  kit_assert_refused (
      self, presync_http_get (self->http, "https://evil.example/" TOKEN, NULL, NULL, &self->error),
      PRESYNC_ERROR_REFUSED, "Nothing was sent to evil.example");
  g_clear_error (&self->error);
  kit_assert_refused (self, presync_http_get (self->http, login, self->token, NULL, &self->error),
                      PRESYNC_ERROR_REFUSED, "Nothing was sent to localhost");
  g_clear_error (&self->error);
  kit_assert_refused (self, presync_http_post_form (self->http, graph, form, NULL, &self->error),
                      PRESYNC_ERROR_REFUSED, "Nothing was sent to localhost");
  g_assert_cmpuint (server_count (self->login), ==, 0);
  g_assert_cmpuint (server_count (self->graph), ==, 0);
}

/* What is too much is not read: most of it is never sent, and nothing of it is kept. */
static void
test_big (Kit *self, gconstpointer data)
{
  static const char *const heads[] = { "Content-Length: 52428800\r\n", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autofree char *head
          = g_strdup_printf ("HTTP/1.1 200 OK\r\nConnection: close\r\n%s\r\n", heads[i]);

      server_say (self->graph, NULL, head, strlen (head), BIG);
      kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_LIMIT,
                          "The answer of localhost is larger than 4 MiB; it was not read");
      kit_open (self);
      for (guint call = 0; call < self->graph->calls->len; call++)
        g_thread_join (g_ptr_array_index (self->graph->calls, call));
      g_ptr_array_set_size (self->graph->calls, 0);
      g_assert_cmpuint (self->graph->n_sent, >, PRESYNC_HTTP_MAX_BYTES);
      g_assert_cmpuint (self->graph->n_sent, <, BIG / 2);
      self->graph->n_sent = 0;
    }
}

/* 50 KB that are 50 MB when they are unpacked */
static void
test_packed (Kit *self, gconstpointer data)
{
  g_autoptr (GConverter) packer
      = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) packed = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (packed, packer);
  g_autoptr (GString) answer = NULL;
  g_autofree char *zeros = g_malloc0 (BIG);
  gsize size;

  g_assert_true (g_output_stream_write_all (stream, zeros, BIG, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (packed));
  answer = g_string_new ("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\n");
  g_string_append_printf (answer, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", size);
  g_string_append_len (answer, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (packed)),
                       (gssize) size);
  server_say (self->graph, NULL, answer->str, answer->len, 0);
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_LIMIT,
                      "The answer of localhost is larger than 4 MiB; it was not read");
}

static void
test_deep (Kit *self, gconstpointer data)
{
  static const struct
  {
    guint depth;
    gboolean read;
  } cases[] = { { 63, TRUE }, { 64, FALSE }, { 1000, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) body = g_string_new ("{'a':");
      g_autoptr (PresyncHttpAnswer) answer = NULL;

      for (guint n = 0; n < cases[i].depth; n++)
        g_string_append_c (body, '[');
      for (guint n = 0; n < cases[i].depth; n++)
        g_string_append_c (body, ']');
      g_string_append_c (body, '}');
      server_answer (self->graph, NULL, 200, "", body->str);
      answer = kit_get (self, self->graph_base, "/", NULL);
      if (!cases[i].read)
        kit_assert_refused (self, g_steal_pointer (&answer), PRESYNC_ERROR_LIMIT,
                            "The answer of localhost is nested too deeply; it was not read");
      else
        g_assert_no_error (self->error);
    }
}

static void
test_not_json (Kit *self, gconstpointer data)
{
  static const struct
  {
    const char *body;
    const char *words;
  } cases[] = {
    { "<html><b>" TOKEN "</b></html>", "is not JSON, or cut off (HTTP status 200)" },
    { "{'id':'" TOKEN, "is not JSON, or cut off" },
    { "{'id':'x'", "is not JSON, or cut off" },
    { "{'id':'x'} {}", "is not JSON, or cut off" },
    { "{'id':'x','id':'y'}", "is not JSON, or cut off" },
    { "{'id':'\xff\xfe'}", "is not JSON, or cut off" },
    { " ", "is not JSON, or cut off" },
    { "[]", "no JSON object" },
    { "null", "no JSON object" },
    { "'" TOKEN "'", "no JSON object" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      server_answer (self->graph, NULL, 200, "", cases[i].body);
      kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL),
                          PRESYNC_ERROR_BAD_INPUT, cases[i].words);
    }
}

/* What a page of a hotel says is told with its status; JSON by another name is JSON. */
static void
test_types (Kit *self, gconstpointer data)
{
  static const char page[] = "HTTP/1.1 511 Sign in\r\nContent-Type: text/html\r\nConnection: close"
                             "\r\nContent-Length: 15\r\n\r\n<html>Hi</html>";
  static const char html[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
                             "Content-Length: 15\r\n\r\n<html>Hi</html>";
  static const char text[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                             "Content-Length: 10\r\n\r\n{\"id\":\"x\"}";
  g_autoptr (PresyncHttpAnswer) answer = NULL;

  server_say (self->graph, NULL, page, strlen (page), 0);
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_UNREACHABLE,
                      "HTTP status 511");
  server_say (self->graph, NULL, html, strlen (html), 0);
  kit_assert_refused (self, kit_get (self, self->graph_base, "/", NULL), PRESYNC_ERROR_BAD_INPUT,
                      "perhaps a device on the way answers in its place");
  server_say (self->graph, NULL, text, strlen (text), 0);
  answer = kit_get (self, self->graph_base, "/", NULL);
  g_assert_no_error (self->error);
}

int
main (int argc, char **argv)
{
  static const KitTest tests[] = {
    { "/tenant-http-answer/answers", test_answers },
    { "/tenant-http-answer/empty", test_empty },
    { "/tenant-http-answer/faults", test_faults },
    { "/tenant-http-answer/pause-date", test_pause_date },
    { "/tenant-http-answer/redirect", test_redirect },
    { "/tenant-http-answer/redirect-refused", test_redirect_refused },
    { "/tenant-http-answer/redirect-form", test_redirect_form },
    { "/tenant-http-answer/places", test_places },
    { "/tenant-http-answer/big", test_big },
    { "/tenant-http-answer/packed", test_packed },
    { "/tenant-http-answer/deep", test_deep },
    { "/tenant-http-answer/not-json", test_not_json },
    { "/tenant-http-answer/types", test_types },
  };

  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  return kit_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
