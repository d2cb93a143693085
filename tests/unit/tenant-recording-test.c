/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of recorded answers: what is in them comes back, what is not is "not found", and what is
 * wrong with one is told in a sentence with the file and the place in it. */
#include <string.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "sources/tenant/discovery.h"
#include "sources/tenant/recording.h"

#define AT "'at':'2026-10-28T08:00:00Z'"
#define GRAPH "https://graph.microsoft.com"
#define LOGIN "https://login.microsoftonline.com"
#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"

typedef struct
{
  char *folder;
  char *path;
} RecordingTest;

static void
recording_test_set_up (RecordingTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("presync-recording-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "tenant.json", NULL);
}

static void
recording_test_tear_down (RecordingTest *self, gconstpointer data)
{
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

/* @text: with ' instead of " */
static void
recording_test_write (RecordingTest *self, const char *text)
{
  g_autoptr (GString) json = g_string_new (text);
  g_autoptr (GError) error = NULL;

  g_string_replace (json, "'", "\"", 0);
  g_file_set_contents (self->path, json->str, (gssize) json->len, &error);
  g_assert_no_error (error);
}

static PresyncHttp *
recording_test_open (RecordingTest *self)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();

  target->domain = g_strdup ("contoso.com");
  target->recording = g_strdup (self->path);
  return presync_http_new (target);
}

static void
test_good (RecordingTest *self, gconstpointer data)
{
  g_autoptr (PresyncHttp) http = NULL;
  g_autoptr (PresyncHttpAnswer) me = NULL;
  g_autoptr (PresyncHttpAnswer) spaced = NULL;
  g_autoptr (PresyncHttpAnswer) empty = NULL;
  g_autoptr (PresyncHttpAnswer) missing = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *id = NULL;
  g_autofree char *when = NULL;
  g_autoptr (GError) error = NULL;

  recording_test_write (self, "\xef\xbb\xbf{" AT ",'answers':["
                              "{'get':'" GRAPH "/v1.0/me','status':200,'body':{'id':'x'}},"
                              "{'get':'" GRAPH "/v1.0/a?$filter=b eq 1','status':403,'body':{}},"
                              "{'get':'" GRAPH "/v1.0/none','status':204}]}");
  http = recording_test_open (self);
  me = presync_http_get (http, GRAPH "/v1.0/me", NULL, NULL, &error);
  g_assert_no_error (error);
  id = presync_http_answer_dup_text (me, "id");
  g_assert_cmpuint (me->status, ==, 200);
  g_assert_cmpstr (id, ==, "x");
  g_assert_cmpstr (me->url, ==, GRAPH "/v1.0/me");
  spaced = presync_http_get (http, GRAPH "/v1.0/a?$filter=b%20eq%201", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (spaced->status, ==, 403);
  empty = presync_http_get (http, GRAPH "/v1.0/none", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (empty->status, ==, 204);
  g_assert_null (empty->body);
  missing = presync_http_get (http, GRAPH "/v1.0/you", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (missing->status, ==, 404);
  g_assert_null (missing->body);
  /* Its moment is the recording's, and no clock is compared with this computer's. */
  now = presync_http_dup_now (http);
  when = g_date_time_format_iso8601 (now);
  g_assert_cmpstr (when, ==, "2026-10-28T08:00:00Z");
  g_assert_null (presync_http_dup_skew (http));
}

/* The same rules as with servers: nothing of another place, and no secret anywhere */
static void
test_places (RecordingTest *self, gconstpointer data)
{
  g_autoptr (PresyncHttp) http = NULL;
  g_autoptr (PresyncSecret) token = presync_secret_new ("secret");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  recording_test_write (self, "{" AT ",'answers':[{'get':'https://evil.example/','status':200}]}");
  http = recording_test_open (self);
  g_assert_null (presync_http_get (http, "https://evil.example/", NULL, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (presync_http_get (http, LOGIN "/x", token, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED);
  g_assert_null (strstr (error->message, "secret"));
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_null (presync_http_get (http, GRAPH "/v1.0/me", NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What was not recorded is a domain whose owner is not known, not one that nobody owns. */
static void
test_discovery (RecordingTest *self, gconstpointer data)
{
  g_autoptr (PresyncHttp) http = NULL;
  g_autoptr (PresyncDiscovery) found = NULL;
  g_autoptr (GError) error = NULL;

  recording_test_write (
      self,
      "{" AT ",'answers':[{'get':'" LOGIN
      "/contoso.com/v2.0/.well-known/openid-configuration','status':200,'body':{'issuer':'" LOGIN
      "/" TENANT "/v2.0','msgraph_host':'graph.microsoft.com'}}]}");
  http = recording_test_open (self);
  found = presync_discover (http, presync_cloud_find ("worldwide"), "contoso.com", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->tenant_id, ==, TENANT);
  g_assert_cmpstr (found->cloud->id, ==, "worldwide");
  g_assert_null (found->realm);
  g_assert_null (
      presync_discover (http, presync_cloud_find ("worldwide"), "other.com", NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "does not tell who owns “other.com”"));
}

/* Every sentence names the file, and where in it. */
static void
recording_test_assert_bad (RecordingTest *self, PresyncError code, const char *words)
{
  g_autoptr (PresyncHttp) http = recording_test_open (self);
  g_autoptr (GError) error = NULL;

  g_assert_null (presync_http_get (http, GRAPH "/v1.0/me", NULL, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, self->path));
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” without “%s”", error->message, words);
  g_assert_null (strpbrk (error->message, "\r\n\033"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_malformed (RecordingTest *self, gconstpointer data)
{
  static const char good[] = "{'get':'" GRAPH "/','status':200,'body':{}}";
  static const struct
  {
    const char *text; /* %s: a good answer */
    const char *words;
  } cases[] = {
    { "", "is empty" },
    { "{" AT ",\n'answers':[%s]", "line 2: the file ends too early" },
    { "{" AT ",\n\n'answers':[%s,]}", "line 3" },
    { "{" AT ",'answers':[%s]} x", "line 1" },
    { "{" AT ",'answers':[],'answers':[]}", "answers" },
    { "[]", "“at” and “answers” are needed" },
    { "{'answers':[%s]}", "“at” and “answers” are needed" },
    { "{'at':'yesterday','answers':[%s]}", "“at” and “answers” are needed" },
    { "{'at':7,'answers':[%s]}", "“at” and “answers” are needed" },
    { "{" AT "}", "“at” and “answers” are needed" },
    { "{" AT ",'answers':{}}", "“at” and “answers” are needed" },
    { "{" AT ",'answers':[%s,7]}", "answers[1] needs “get”, “status” and an object as “body”" },
    { "{" AT ",'answers':[null]}", "answers[0]" },
    { "{" AT ",'answers':[{'status':200}]}", "answers[0]" },
    { "{" AT ",'answers':[{'get':7,'status':200}]}", "answers[0]" },
    { "{" AT ",'answers':[%s,{'get':'x'}]}", "answers[1]" },
    { "{" AT ",'answers':[{'get':'x','status':'200'}]}", "answers[0]" },
    { "{" AT ",'answers':[{'get':'x','status':199}]}", "answers[0]" },
    { "{" AT ",'answers':[{'get':'x','status':600}]}", "answers[0]" },
    { "{" AT ",'answers':[{'get':'x','status':200.5}]}", "answers[0]" },
    { "{" AT ",'answers':[%s,%s,{'get':'x','status':200,'body':[]}]}", "answers[2]" },
    { "{" AT ",'answers':[{'get':'x','status':200,'body':null}]}", "answers[0]" },
    { "\xff\xfe\xff", "" },
    { "{" AT ",'answers':['\x80']}", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (cases[i].text);

      g_string_replace (text, "%s", good, 0);
      recording_test_write (self, text->str);
      recording_test_assert_bad (self, PRESYNC_ERROR_BAD_INPUT, cases[i].words);
    }
}

static void
test_too_much (RecordingTest *self, gconstpointer data)
{
  g_autofree char *spaces = g_strnfill (PRESYNC_RECORDING_MAX_BYTES, ' ');
  g_autofree char *big = g_strconcat (spaces, "{" AT ",'answers':[]}", NULL);
  g_autofree char *open = g_strnfill (1000, '[');
  g_autofree char *close = g_strnfill (1000, ']');
  g_autofree char *deep = g_strdup_printf (
      "{" AT ",'answers':[{'get':'x','status':200,'body':{'a':%s%s}}]}", open, close);

  recording_test_write (self, big);
  recording_test_assert_bad (self, PRESYNC_ERROR_LIMIT, "are larger than 4 MiB");
  recording_test_write (self, deep);
  recording_test_assert_bad (self, PRESYNC_ERROR_LIMIT, "line 1");
}

static void
test_no_file (RecordingTest *self, gconstpointer data)
{
  recording_test_assert_bad (self, PRESYNC_ERROR_BAD_INPUT, "could not be read");
  g_free (self->path);
  self->path = g_strdup ("resource:///no/such/recording");
  recording_test_assert_bad (self, PRESYNC_ERROR_BAD_INPUT, "could not be read");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (RecordingTest *, gconstpointer);
  } tests[] = {
    { "/tenant-recording/good", test_good },
    { "/tenant-recording/places", test_places },
    { "/tenant-recording/discovery", test_discovery },
    { "/tenant-recording/malformed", test_malformed },
    { "/tenant-recording/too-much", test_too_much },
    { "/tenant-recording/no-file", test_no_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, RecordingTest, NULL, recording_test_set_up, tests[i].test,
                recording_test_tear_down);
  return g_test_run ();
}
