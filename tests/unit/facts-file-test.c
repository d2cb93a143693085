/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Facts files: what is taken and what is refused, with which sentence */
#include "facts-kit.h"

/* Of 64 characters; and a host name of one too many */
#define LABEL "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define LONG LABEL LABEL LABEL LABEL

/* A text that is refused, and what its sentence must say beside the file's name */
static const struct
{
  FactsEdit edit;
  const char *says;
} refusals[] = {
  { { "\"presync-server-facts\": 1,", "" }, "presync-server-facts" },
  { { "\"presync-server-facts\": 1", "\"presync-server-facts\": 2" }, "newer" },
  { { "\"presync-server-facts\": 1", "\"presync-server-facts\": 0" }, "is 0" },
  { { "\"presync-server-facts\": 1", "\"presync-server-facts\": \"1\"" }, "not a number" },
  { { "\"build\": 20348", "\"build\": 9600, \"build\": 20348" }, "system.build is there twice" },
  { { "\"memoryBytes\": 17179332608", "\"memoryBytes\": \"16 GB\"" },
    "hardware.memoryBytes is text, not a number" },
  { { "\"tls12\": {", "\"tls12\": [], \"x\": {" }, "tls12 is a list, not an object" },
  { { "\"software\": [", "\"software\": {}, \"x\": [" }, "software is an object, not a list" },
  { { "\"caption\": \"Microsoft", "\"caption\": 7, \"x\": \"" },
    "system.caption is a number, not text" },
  { { "\"elevated\": true", "\"elevated\": 1" }, "ranAs.elevated is a number, not true or false" },
  { { "\"build\": 20348", "\"build\": 20348.5" }, "system.build is 20348.5, not a whole number" },
  { { "\"sizeBytes\": 136365211648", "\"sizeBytes\": -1" },
    "hardware.disks[0].sizeBytes is -1, which is out of range" },
  { { "\"cores\": 4", "\"cores\": 99999999999999999999" }, "hardware.processors[0].cores" },
  { { "\"cores\": 4", "\"cores\": 1e999" }, "line 13" },
  { { "\"ServerCore\": 1", "\"ServerCore\": \"1\"" }, "system.serverLevels.ServerCore is text" },
  { { "[ " ADMINS " ]", "[ null ]" }, "security.localAdministrators[0] is null" },
  { { "2026-10-28T09:14:03Z", "28.10.2026 09:14" }, "28.10.2026 09:14" },
  { { "2026-10-28T09:14:03Z", "2026-11-01T12:11:00Z" }, "2026-11-01T12:11:00Z" },
  /* Moments that have no name in UTC: before the first year, behind the last */
  { { "2026-10-28T09:14:03Z", "0001-01-01T00:00:00+14:00" }, "0001-01-01T00:00:00+14:00" },
  { { "2026-10-28T09:14:03Z", "9999-12-31T23:59:59-14:00" }, "9999-12-31T23:59:59-14:00" },
  { { "\"2026-10-28T09:14:03Z\"", "null" }, "collected is null" },
  { { "\"collected\": \"2026-10-28T09:14:03Z\",", "" }, "collected is missing" },
  { { "\"name\": \"SYNC01\"", "\"name\": \" \"" }, "computer.name" },
  { { "\"name\": \"SYNC01\"", "\"name\": " ERROR }, "computer.name" },
  { { "\"name\": \"SYNC01\"", "\"name\": \"SYNC 01\"" },
    "computer.name is “SYNC 01”, which is no host name" },
  { { "\"name\": \"SYNC01\"", "\"name\": \"<b>SYNC01</b>\"" }, "computer.name is “<b>SYNC01</b>”" },
  { { "\"name\": \"SYNC01\"", "\"name\": \"SYNC01\\u001b[31m\"" }, "computer.name is" },
  { { "\"name\": \"SYNC01\"", "\"name\": \"S\u00dfNC01\"" }, "computer.name is" },
  { { "\"name\": \"SYNC01\"", "\"name\": \"" LONG "\"" }, "computer.name is “" LABEL },
  { { "sync01.contoso.com", "sync01.contoso.com:389" },
    "computer.dnsName is “sync01.contoso.com:389”, which is no host name" },
  { { "sync01.contoso.com", "$(calc).contoso.com" }, "computer.dnsName is" },
  { { "\"collector\": \"1.0\"", "// by hand\n\"collector\": \"1.0\"" }, "line 3" },
  { { "\"collector\": \"1.0\"", "'collector': \"1.0\"" }, "line 3" },
  { { "\"collector\": \"1.0\"", "\"collector\": 01" }, "line 3" },
  { { "\"collector\": \"1.0\"", "\"collector\": \"\\x\"" }, "line 3" },
  { { "\"collector\": \"1.0\"", "\"collector\": \"\\ud800\"" }, "line 3" },
  { { "\"collector\": \"1.0\"", "\"collector\": \"\\ud800\\u0041\"" }, "line 3" },
  { { "\"collector\": \"1.0\"", "\"collector\": \"a\\u0000b\"" }, "line 3" },
  { { "\"collector\": \"1.0\"", "\"collector\": \"a\nb\"" }, "line 3" },
  { { "\"collector\": \"1.0\"", "\"collector\": \"\xff\"" }, "line 3" },
  { { "\"collector\": \"1.0\",", "\"collector\": \"1.0\"" }, "line 4" },
  { { "\"collector\": \"1.0\"", "\"collector\": nul" }, "line 3" },
};

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      const FactsEdit edits[] = { refusals[i].edit, { NULL, NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncFactsReport) report = facts_kit_parse_edited (edits, &error);

      g_test_message ("case %u: %s", i, error != NULL ? error->message : "taken");
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_null (report);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_nonnull (strstr (error->message, "SYNC01.json"));
      g_assert_nonnull (strstr (error->message, refusals[i].says));
    }
}

static void
check_whole (const char *text, gssize length, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report = facts_kit_parse (text, length, &error);

  g_test_message ("%s", error != NULL ? error->message : "taken");
  g_assert_true (error != NULL && error->domain == PRESYNC_ERROR);
  g_assert_null (report);
  g_assert_nonnull (strstr (error->message, "SYNC01.json"));
  g_assert_nonnull (strstr (error->message, says));
}

static void
test_refused_whole (void)
{
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) large = g_string_new (facts_kit_text);
  g_autofree char *trailing = g_strconcat (facts_kit_text, "{}", NULL);
  g_autofree char *cut = g_strndup (facts_kit_text, 1000);
  gsize size;
  g_autofree char *wide = g_convert (facts_kit_text, -1, "UTF-16LE", "UTF-8", NULL, &size, NULL);

  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "[");
  while (large->len <= PRESYNC_FACTS_FILE_MAX_BYTES)
    g_string_append (large, "                                                                ");
  check_whole ("", 0, "empty");
  check_whole (" \n", -1, "empty");
  check_whole ("SYNC01 runs", -1, "line 1");
  check_whole ("[1, 2]", -1, "presync-server-facts");
  check_whole ("null", -1, "presync-server-facts");
  check_whole ("\"a\"", -1, "presync-server-facts");
  check_whole (deep->str, -1, "32 levels");
  check_whole (trailing, -1, "behind the end");
  check_whole (cut, -1, "ends too early");
  check_whole (large->str, -1, "1 MB");
  check_whole (wide, (gssize) size, "UTF-16");
  check_whole ("\xff\xfe\x00\xd8", 4, "UTF-16");
}

static void
test_taken (void)
{
  static const struct
  {
    const char *charset;
    const char *mark;
    gsize mark_size;
  } forms[] = { { "UTF-8", "", 0 },
                { "UTF-8", "\xef\xbb\xbf", 3 },
                { "UTF-16LE", "\xff\xfe", 2 },
                { "UTF-16BE", "\xfe\xff", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gsize size;
      g_autofree char *text
          = g_convert (facts_kit_text, -1, forms[i].charset, "UTF-8", NULL, &size, NULL);
      g_autoptr (GString) data = g_string_new_len (forms[i].mark, (gssize) forms[i].mark_size);
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncFactsReport) report = NULL;

      g_string_append_len (data, text, (gssize) size);
      report = facts_kit_parse (data->str, (gssize) data->len, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (presync_facts_report_get_name (report), ==, "SYNC01");
      g_assert_null (presync_facts_report_get_unknown_members (report)[0]);
    }
}

/* Whatever a host name may look like */
static void
test_names (void)
{
  static const char *const names[]
      = { "sync_01", "s", "10.0.0.5", "Sync-01.corp.contoso.com", LABEL "." LABEL "." LABEL "." };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const FactsEdit edits[] = { { "sync01.contoso.com", names[i] }, { NULL, NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncFactsReport) report = facts_kit_parse_edited (edits, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (presync_facts_report_get_dns_name (report), ==, names[i]);
    }
}

static void
test_clock (void)
{
  /* Ten minutes ahead are forgiven; time zones are understood. */
  static const char *const times[]
      = { "2026-11-01T12:09:59Z", "2026-11-01T13:59:59+02:00", "2026-11-01T11:00:00.1234567Z" };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      const FactsEdit edits[] = { { "2026-10-28T09:14:03Z", times[i] }, { NULL, NULL } };
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncFactsReport) report = facts_kit_parse_edited (edits, &error);

      g_assert_no_error (error);
    }
}

static void
test_unknown_members (void)
{
  static const FactsEdit edits[]
      = { { "\"collector\": \"1.0\"",
            "\"collector\": \"1.0\", \"coffee\": { \"pot\": 1 }, \"hardware.memoryBytes\": \"x\"" },
          { "\"drive\": \"C:\"", "\"drive\": \"C:\", \"odd name\": 1" },
          { "\"build\": 20348", "\"build\": 20348, \"hardware.memoryBytes\": \"x\"" },
          { NULL, NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report = facts_kit_parse_edited (edits, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv (" | ", (char **) presync_facts_report_get_unknown_members (report));
  g_assert_cmpstr (joined, ==,
                   "coffee | [\"hardware.memoryBytes\"] | system[\"hardware.memoryBytes\"] | "
                   "hardware.disks[0][\"odd name\"]");
}

static void
test_is_of (void)
{
  static const FactsEdit nothing[] = { { NULL, NULL } };
  static const FactsEdit short_name[] = { { "\"sync01.contoso.com\"", "null" }, { NULL, NULL } };
  static const FactsEdit cut_name[] = { { "\"name\": \"SYNC01\"", "\"name\": \"SYNCHRONIZATION\"" },
                                        { "sync01.", "synchronization01." },
                                        { NULL, NULL } };
  static const struct
  {
    const FactsEdit *edits;
    const char *server;
    gboolean is_of;
  } cases[] = {
    { nothing, "SYNC01", TRUE },
    { nothing, " sync01.CONTOSO.com. ", TRUE },
    { nothing, "sync01.fabrikam.com", FALSE },
    { nothing, "SYNC0", FALSE },
    { nothing, "SYNC011", FALSE },
    { nothing, "", FALSE },
    { nothing, "10.0.0.5", FALSE },
    { short_name, "sync01.contoso.com", TRUE },
    { short_name, "sync01.fabrikam.com", FALSE },
    { cut_name, "SYNCHRONIZATION01", TRUE },
    { cut_name, "synchronization02", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncFactsReport) report = facts_kit_parse_edited (cases[i].edits, NULL);

      g_test_message ("case %u: %s", i, cases[i].server);
      g_assert_true (presync_facts_report_is_of (report, cases[i].server) == cases[i].is_of);
    }
}

static void
test_load (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0.0);
  g_autofree char *folder = g_dir_make_tmp ("presync-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.json", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.json", NULL);
  g_autofree char *large = g_build_filename (folder, "large.json", NULL);
  const char *const bad[] = { folder, pipe, large, "/nonexistent/none.json" };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report = NULL;
  int fd;

  g_assert_true (g_file_set_contents (path, facts_kit_text, -1, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  fd = g_open (large, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  g_assert_cmpint (ftruncate (fd, 100 << 20), ==, 0);
  g_close (fd, NULL);
  report = presync_facts_report_load (file, now, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (presync_facts_report_get_path (report), ==, path);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GFile) other = g_file_new_for_path (bad[i]);

      g_assert_null (presync_facts_report_load (other, now, NULL, &error));
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_true (error->domain == PRESYNC_ERROR);
      g_assert_nonnull (strstr (error->message, bad[i]));
      g_clear_error (&error);
    }
  g_remove (path);
  g_remove (pipe);
  g_remove (large);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts-file/refused", test_refused);
  g_test_add_func ("/facts-file/refused-whole", test_refused_whole);
  g_test_add_func ("/facts-file/taken", test_taken);
  g_test_add_func ("/facts-file/names", test_names);
  g_test_add_func ("/facts-file/clock", test_clock);
  g_test_add_func ("/facts-file/unknown-members", test_unknown_members);
  g_test_add_func ("/facts-file/is-of", test_is_of);
  g_test_add_func ("/facts-file/load", test_load);
  return g_test_run ();
}
