/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that tell of the network and are faulty, or go, or are replaced by others */
#include "sources/server/server-source.h"

#include "server-network-kit.h"

/* One clear sentence that names the file and the member */
static void
file_test_bad (void)
{
  static const struct
  {
    const char *group;
    const char *sentence;
  } cases[] = {
    { "[]", "SYNC01.json: networkProbes is a list, not an object." },
    { "{ \"rows\": {} }", "SYNC01.json: networkProbes.rows is an object, not a list." },
    { "{ \"rows\": [ 1 ] }", "SYNC01.json: networkProbes.rows[0] is a number, not an object." },
    { "{ \"rows\": [ " ERROR " ] }", "SYNC01.json: networkProbes.rows[0].kind is missing." },
    { "{ \"cloud\": \"moon\", \"rows\": [] }",
      "SYNC01.json: networkProbes.cloud is “moon”, and Presync knows no such cloud." },
    { "{ \"rows\": [ " ROW ("smtp", "a", "25", "reached") " ] }",
      "SYNC01.json: networkProbes.rows[0].kind is “smtp”, and Presync knows no such kind of "
      "probe." },
    { "{ \"rows\": [ " ROW ("address", "a", "443", "reached") ", " ROW ("address", "b", "443",
                                                                        "pending") " ] }",
      "SYNC01.json: networkProbes.rows[1].outcome is “pending”, and no probe ends so." },
    { "{ \"rows\": [ " ROW ("address", "a", "443", "great") " ] }",
      "SYNC01.json: networkProbes.rows[0].outcome is “great”, and no probe ends so." },
    { "{ \"rows\": [ " ROW ("address", "a\\u001b[31m\\n", "443", "reached") " ] }",
      "SYNC01.json: networkProbes.rows[0].host is “a\xef\xbf\xbd[31m\xef\xbf\xbd”, which is no "
      "host name." },
    { "{ \"rows\": [ " ROW ("address", "", "443", "reached") " ] }",
      "SYNC01.json: networkProbes.rows[0].host is “”, which is no host name." },

    { "{ \"rows\": [ " ROW ("address", "a", "65536", "reached") " ] }",
      "SYNC01.json: networkProbes.rows[0].port is 65536, which is out of range." },
    { "{ \"rows\": [ " ROW ("address", "a", "443.5", "reached") " ] }",
      "SYNC01.json: networkProbes.rows[0].port is 443.5, not a whole number." },
    { "{ \"rows\": [ " ROW ("address", "A", "443", "reached") ", " ROW ("sign-in", "a", "443",
                                                                        "refused") " ] }",
      "SYNC01.json: networkProbes.rows[1] tells of a, of which an earlier row tells already." },
    { "{ \"rows\": [ " ROW_WITH ("address", "a", "443", "reached", "null",
                                 "\"http://u:secret@proxy:8080\"", "null") " ] }",
      "SYNC01.json: networkProbes.rows[0].proxy is not the address and port of a proxy, such as "
      "http://proxy:8080." },
    { "{ \"rows\": [ " ROW_WITH ("address", "a", "443", "reached", "null", "\"http://proxy\"",
                                 "null") " ] }",
      "SYNC01.json: networkProbes.rows[0].proxy is not the address and port of a proxy, such as "
      "http://proxy:8080." },
    { "{ \"rows\": [ " ROW_TLS ("address", "a", "reached", "\"yes\"", "null") " ] }",
      "SYNC01.json: networkProbes.rows[0].tls is text, not true or false." },
    { "{ \"rows\": [ " ROW ("domain", "a", "389", "reached") ", " ROW ("domain", "a", "null",
                                                                       "refused") " ] }",
      "SYNC01.json: networkProbes.rows[1] tells of a, of which an earlier row tells already." },
    { "{ \"rows\": [ " ROW_WITH ("address", "a", "443", "reached", "7", "null", "null") " ] }",
      "SYNC01.json: networkProbes.rows[0].detail is a number, not text." },
    { "{ \"rows\": [ " ROW_WITH ("address", "a", "443", "reached", "null", "null",
                                 "{ \"trusted\": 1 }") " ] }",
      "SYNC01.json: networkProbes.rows[0].certificate.trusted is a number, not true or false." },
    { "{ \"rows\": [ " ROW_WITH ("address", "a", "443", "reached", "null", "null",
                                 "{ \"names\": [ \"a\", 1 ] }") " ] }",
      "SYNC01.json: networkProbes.rows[0].certificate.names[1] is a number, not text." },
    { "{ \"rows\": [ " ROW_WITH ("address", "a", "443", "reached", "null", "null",
                                 "{ \"notAfter\": \"soon\" }") " ] }",
      "SYNC01.json: networkProbes.rows[0].certificate.notAfter is “soon”, which is no time such as "
      "2026-10-28T09:14:03Z." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = network_kit_text (cases[i].group);
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncFactsReport) report = facts_kit_parse (text, -1, &error);

      g_assert_null (report);
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      if (cases[i].sentence != NULL)
        g_assert_cmpstr (error->message, ==, cases[i].sentence);
    }
}

static void
file_test_many (void)
{
  g_autoptr (GString) group = g_string_new ("{ \"rows\": [");
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (group, "%s{\"kind\":\"name\",\"host\":\"a%u\",\"outcome\":\"reached\"}",
                            i > 0 ? "," : "", i);
  g_string_append (group, "] }");
  text = network_kit_text (group->str);
  report = facts_kit_parse (text, -1, &error);
  g_assert_null (report);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_cmpstr (error->message, ==,
                   "SYNC01.json: networkProbes.rows has 10000 members, and no more than 2000 are "
                   "taken.");
}

/* What an earlier file told of the network does not outlive it. */
typedef struct
{
  PresyncServerSource *source;
  GPtrArray *facts;
  char **forgotten;
  char *path;
  GFile *file;
} SourceTest;

static void
source_test_facts_cb (SourceTest *self, GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_str_has_prefix (presync_fact_get_key (facts->pdata[i]), "network."))
      g_ptr_array_add (self->facts, g_object_ref (facts->pdata[i]));
}

static void
source_test_forgotten_cb (SourceTest *self, char **keys)
{
  g_assert_null (self->forgotten);
  self->forgotten = g_strdupv (keys);
}

/* @hour: when the file was made */
static void
source_test_write (SourceTest *self, const char *group, const char *hour)
{
  g_autofree char *base = network_kit_text (group);
  g_autoptr (GString) text = g_string_new (base);
  g_autofree char *time = g_strdup_printf ("T%s:14:03Z", hour);
  g_autoptr (GError) error = NULL;

  g_string_replace (text, "T09:14:03Z", time, 1);
  g_file_set_contents (self->path, text->str, -1, &error);
  g_assert_no_error (error);
  presync_server_source_add_file (self->source, self->file, &error);
  g_assert_no_error (error);
}

static void
source_test_set_up (SourceTest *self, gconstpointer data)
{
  g_autoptr (GFileIOStream) stream = NULL;

  self->source = presync_server_source_new ();
  self->facts = g_ptr_array_new_with_free_func (g_object_unref);
  self->file = g_file_new_tmp ("server-network-XXXXXX.json", &stream, NULL);
  g_assert_nonnull (self->file);
  self->path = g_file_get_path (self->file);
  g_signal_connect_swapped (self->source, "facts", G_CALLBACK (source_test_facts_cb), self);
  g_signal_connect_swapped (self->source, "forgotten", G_CALLBACK (source_test_forgotten_cb), self);
}

static void
source_test_tear_down (SourceTest *self, gconstpointer data)
{
  g_unlink (self->path);
  g_object_unref (self->source);
  g_object_unref (self->file);
  g_ptr_array_unref (self->facts);
  g_strfreev (self->forgotten);
  g_free (self->path);
}

static void
source_test_newer_file (SourceTest *self, gconstpointer data)
{
  source_test_write (self,
                     "{ \"rows\": [ " ROW ("name", "a", "null", "reached") ", " ROW (
                         "controller", "dc01.contoso.com", "389", "reached") " ] }",
                     "09");
  g_assert_nonnull (network_kit_find (self->facts, "network.dc-ldap", "dc01.contoso.com:389"));
  g_assert_null (self->forgotten);
  g_ptr_array_set_size (self->facts, 0);
  /* Less than before */
  source_test_write (self, "{ \"rows\": [ " ROW ("domain", "contoso.com", "389", "reached") " ] }",
                     "10");
  g_assert_nonnull (network_kit_find (self->facts, "network.domain-reached", "contoso.com"));
  g_assert_nonnull (self->forgotten);
  g_assert_true (g_strv_contains ((const char *const *) self->forgotten, "network.dc-ldap"));
  g_assert_false (
      g_strv_contains ((const char *const *) self->forgotten, "network.domain-reached"));
  g_clear_pointer (&self->forgotten, g_strfreev);
  g_ptr_array_set_size (self->facts, 0);
  /* Nothing */
  source_test_write (self, NULL, "11");
  g_assert_cmpuint (self->facts->len, ==, 0);
  g_assert_nonnull (self->forgotten);
  g_assert_cmpuint (g_strv_length (self->forgotten), ==, 1);
  g_assert_cmpstr (self->forgotten[0], ==, "network.domain-reached");
}

static void
source_test_file_goes (SourceTest *self, gconstpointer data)
{
  guint n;

  source_test_write (self, "{ \"rows\": [ " ROW ("domain", "contoso.com", "389", "reached") " ] }",
                     "09");
  n = self->facts->len;
  g_assert_cmpuint (n, >, 0);
  presync_server_source_set_sync_server (self->source, "SYNC02.contoso.com");
  g_assert_nonnull (self->forgotten);
  g_assert_cmpstr (self->forgotten[0], ==, "network.domain-reached");
  g_assert_cmpuint (self->facts->len, ==, n);
}

/* What others know comes later than the file. */
static void
source_test_target (SourceTest *self, gconstpointer data)
{
  g_autoptr (PresyncNetworkTarget) target = network_kit_target ("worldwide");
  PresyncFact *fact;

  source_test_write (
      self, "{ \"rows\": [ " ROW ("controller", "dc01.contoso.com", "389", "reached") " ] }", "09");
  g_assert_null (network_kit_find (self->facts, "network.dc-ldap", "dc02.contoso.com:389"));
  g_ptr_array_set_size (self->facts, 0);
  presync_server_source_set_target (self->source, target);
  fact = network_kit_find (self->facts, "network.dc-ldap", "dc02.contoso.com:389");
  g_assert_nonnull (fact);
  g_assert_cmpint (presync_fact_get_unknown (fact), ==, PRESYNC_UNKNOWN_TIMED_OUT);
  g_ptr_array_set_size (self->facts, 0);
  presync_server_source_set_target (self->source, target);
  g_assert_cmpuint (self->facts->len, ==, 0);
}

#define SOURCE_ADD(name, func)                                                                     \
  g_test_add ("/server-network-file/" name, SourceTest, NULL, source_test_set_up, func,            \
              source_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server-network-file/bad", file_test_bad);
  g_test_add_func ("/server-network-file/many", file_test_many);
  SOURCE_ADD ("newer-file", source_test_newer_file);
  SOURCE_ADD ("file-goes", source_test_file_goes);
  SOURCE_ADD ("target", source_test_target);
  return g_test_run ();
}
