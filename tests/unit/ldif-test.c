/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LDIF: reading, hostile input, writing, and the snapshot as a directory */
#include "base/error.h"
#include "sources/directory/ldif-directory.h"
#include "sources/directory/ldif-reader.h"
#include "sources/directory/ldif-writer.h"

#include <string.h>
#include <glib/gstdio.h>

static GPtrArray *
read_text (const char *text, gssize length, gboolean *complete, GError **error)
{
  g_autoptr (GBytes) data = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);

  return presync_ldif_read (data, "x.ldif", complete, NULL, error);
}

static void
assert_text (GPtrArray *entries, guint index, const char *attribute, const char *expected)
{
  g_autofree char *text = presync_entry_dup_text (g_ptr_array_index (entries, index), attribute);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_good (void)
{
  static const char text[] = "\xef\xbb\xbfversion: 1\r\n"
                             "# a comment\r\n"
                             "  that goes on\r\n"
                             "dn: CN=a,\r\n"
                             " DC=b\r\n"
                             "cn:   a\r\n"
                             "description:: w6Q=\r\n"
                             "sn:\r\n"
                             "# between\r\n"
                             "member;range=0-1: x\r\n"
                             "photo:: /9g=\r\n"
                             "raw: \xff\r\n"
                             "\r\n\r\n"
                             "dn::  REM9Yg==\r\n"
                             "changetype: add\r\n"
                             "a: :b\r\n"
                             "\r\n"
                             "dn:\r\n"
                             "dnsHostName: last line without end";
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;
  g_autoptr (GPtrArray) entries = read_text (text, -1, &complete, &error);
  GBytes *raw;

  g_assert_no_error (error);
  g_assert_false (complete); /* the last line may go on */
  g_assert_cmpuint (entries->len, ==, 3);
  g_assert_cmpstr (presync_entry_get_dn (entries->pdata[0]), ==, "CN=a,DC=b");
  assert_text (entries, 0, "cn", "a");
  assert_text (entries, 0, "description", "\xc3\xa4");
  assert_text (entries, 0, "sn", "");
  assert_text (entries, 0, "member", "x");
  assert_text (entries, 0, "raw", NULL);
  raw = presync_entry_get_values (entries->pdata[0], "raw")->pdata[0];
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), "\xff", 1);
  g_assert_cmpstr (presync_entry_get_dn (entries->pdata[1]), ==, "DC=b");
  assert_text (entries, 1, "a", ":b");
  g_assert_null (presync_entry_get_values (entries->pdata[1], "changetype"));
  g_assert_cmpstr (presync_entry_get_dn (entries->pdata[2]), ==, "");
  assert_text (entries, 2, "dnsHostName", "last line without end");
}

static void
test_empty (void)
{
  static const char *const cases[] = { "", "\n", "version: 1\n", "# nothing", "\r\n\r\n" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean complete;
      g_autoptr (GPtrArray) entries = read_text (cases[i], -1, &complete, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (entries->len, ==, 0);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    gssize length; /* -1: up to its NUL */
    const char *message;
  } cases[] = {
    { "dn: a\nb\n", -1, "x.ldif:2: The line has no colon." },
    { "dn: a\ncn: x\nobjectCl", -1, "x.ldif:3: The file ends within a line." },
    { "dn: a\n\ncn: x\n", -1, "x.ldif:3: The entry does not begin with a “dn:” line." },
    { " x\n", -1, "x.ldif:1: A continued line has nothing before it." },
    { "dn: a\n\n x\n", -1, "x.ldif:3: A continued line has nothing before it." },
    { "dn: a\nx:< file:///etc/shadow\n", -1,
      "x.ldif:2: The value is kept in another file, which Presync does not open." },
    { "dn: a\nx:: YQ\n", -1, "x.ldif:2: The value is not valid base64." },
    { "dn: a\nx:: YQ=a\n", -1, "x.ldif:2: The value is not valid base64." },
    { "dn: a\nx:: Y%==\n", -1, "x.ldif:2: The value is not valid base64." },
    { "dn: a\nx:: ====\n", -1, "x.ldif:2: The value is not valid base64." },
    { "dn: a\nx:: YWFh\n YWF", -1, "x.ldif:2: The file ends within a base64 value." },
    { "dn: a\nx: b\0c\n", 12, "x.ldif:2: The line contains a zero byte." },
    { "dn:: AAAA\n", -1, "x.ldif:1: The name contains a zero byte." },
    { "dn: a\nchangetype: modify\n", -1,
      "x.ldif:2: This is a list of changes, not an export of a directory." },
    { "dn: a\nchangetype: delete\n", -1,
      "x.ldif:2: This is a list of changes, not an export of a directory." },
    { "dn: a\ncontrol: 1.2.3 true\n", -1,
      "x.ldif:2: This is a list of changes, not an export of a directory." },
    { "version: 2\n", -1, "x.ldif:1: Only version 1 of the LDIF format is understood." },
    { "dn: a\ncn: b\ndn: c\n", -1, "x.ldif:3: An empty line is missing before this entry." },
    { "dn: a\n<html>: b\n", -1,
      "x.ldif:2: The line does not begin with the name of an attribute." },
    { ": b\n", -1, "x.ldif:1: The line does not begin with the name of an attribute." },
    { "\xff\xfe"
      "d\0n\0",
      6, "x.ldif:1: The file is in UTF-16; export it again without “-u”." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean complete;

      g_assert_null (read_text (cases[i].text, cases[i].length, &complete, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* ldapsearch without -LLL */
static void
test_ldapsearch (void)
{
  static const char text[] = "# extended LDIF\n#\n# LDAPv3\n\n# a\ndn: DC=a\ndc: a\n\n"
                             "# search reference\nref: ldap://x/\n\n"
                             "# search result\nsearch: 2\nresult: 0 Success\n\n"
                             "# numResponses: 2\n";
  g_autoptr (GString) cut = g_string_new (text);
  gboolean complete = FALSE;
  g_autoptr (GPtrArray) whole_entries = read_text (text, -1, &complete, NULL);
  g_autoptr (GPtrArray) cut_entries = NULL;

  g_assert_cmpuint (whole_entries->len, ==, 1);
  g_assert_true (complete);
  g_string_replace (cut, "result: 0 Success", "result: 4 Size limit exceeded", 0);
  cut_entries = read_text (cut->str, -1, &complete, NULL);
  g_assert_cmpuint (cut_entries->len, ==, 1);
  g_assert_false (complete);
}

static void
assert_limit (GString *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  gboolean complete;

  g_assert_null (read_text (text->str, (gssize) text->len, &complete, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
append_many (GString *text, char c, gsize n)
{
  gsize start = text->len;

  g_string_set_size (text, start + n);
  memset (text->str + start, c, n);
}

static void
test_limits (void)
{
  g_autoptr (GString) value = g_string_new ("dn: a\nx: ");
  g_autoptr (GString) line = g_string_new ("dn: a\nx");
  g_autoptr (GString) name = g_string_new ("dn: ");
  g_autoptr (GString) attributes = g_string_new ("dn: a\n");
  g_autoptr (GString) entries = g_string_new (NULL);

  append_many (value, 'v', PRESYNC_LDIF_MAX_VALUE + 1);
  assert_limit (value, "x.ldif:2: The value is longer than 10 MB.");
  append_many (line, 'v', 20 * 1024 * 1024);
  assert_limit (line, "x.ldif:2: The value is longer than 10 MB.");
  append_many (name, 'v', 9000);
  assert_limit (name, "x.ldif:1: The name of the entry is longer than 8 KB.");
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (attributes, "a%u: x\n", i);
  assert_limit (attributes, "x.ldif:4098: The entry has more than 4096 attributes.");
  for (guint i = 0; i <= PRESYNC_LDIF_MAX_ENTRIES; i++)
    g_string_append (entries, "dn: a\n\n");
  assert_limit (entries, "x.ldif:1000002: There are more than 500 000 entries.");
}

/* What is written is read back as it was. */
static void
test_round_trip (void)
{
  static const char *const values[]
      = { "plain", "", " lead", "trail ", ":colon", "<less", "a\nb", "caf\xc3\xa9", "\xff\xfe" };
  g_autoptr (PresyncEntry) entry = presync_entry_new ("CN=\xc3\x84pfel,DC=b");
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) entries = NULL;
  g_autofree char *long_text = g_strnfill (1000, 'x');
  g_auto (GStrv) lines = NULL;
  GPtrArray *back;
  gboolean complete;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    presync_entry_add (entry, "v", g_bytes_new (values[i], strlen (values[i])));
  presync_entry_add (entry, "v", g_bytes_new (long_text, 1000));
  presync_entry_add (entry, "v", g_bytes_new_static ("\0\1", 2));
  presync_ldif_append (out, entry);
  lines = g_strsplit (out->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 76);
  entries = read_text (out->str, (gssize) out->len, &complete, NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpstr (presync_entry_get_dn (entries->pdata[0]), ==, "CN=\xc3\x84pfel,DC=b");
  back = presync_entry_get_values (entries->pdata[0], "v");
  g_assert_cmpuint (back->len, ==, G_N_ELEMENTS (values) + 2);
  for (guint i = 0; i < back->len; i++)
    g_assert_true (g_bytes_equal (back->pdata[i], presync_entry_get_values (entry, "v")->pdata[i]));
}

static gboolean
collect_cb (const PresyncEntry *entry, gpointer user_data)
{
  g_ptr_array_add (user_data, presync_entry_copy (entry));
  return TRUE;
}

typedef struct
{
  const char *base;
  PresyncScope scope;
  const char *filter;
  guint max_entries;
  guint found;
  gboolean complete;
} Search;

static const char tree[] = "dn:\ndnsHostName: dc\n\n"
                           "dn: DC=Contoso,DC=com\nobjectClass: domainDNS\n\n"
                           "dn: OU=People, DC=contoso, DC=com\nobjectClass: organizationalUnit\n\n"
                           "dn: CN=Lind\\, Eva,OU=People,DC=contoso,DC=com\nobjectClass: user\n"
                           "sn: Lind\nmail: eva@contoso.com\n\n"
                           "dn: CN=Deep,OU=Not Exported,DC=contoso,DC=com\nobjectClass: user\n\n"
                           "dn: DC=other,DC=com\nobjectClass: domainDNS\n\n";

static PresyncDirectory *
open_text (const char *text, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);
  PresyncLdifDirectory *directory;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  directory = presync_ldif_directory_new (path, NULL, error);
  g_unlink (path);
  return directory == NULL ? NULL : PRESYNC_DIRECTORY (directory);
}

static void
test_search (void)
{
  static const Search cases[] = {
    { "", PRESYNC_SCOPE_BASE, "(objectClass=*)", 0, 1, TRUE },
    { "dc=contoso,dc=com", PRESYNC_SCOPE_BASE, "(objectClass=*)", 0, 1, TRUE },
    { "dc=contoso,dc=com", PRESYNC_SCOPE_ONE_LEVEL, "(objectClass=*)", 0, 1, TRUE },
    { "DC=contoso, DC=com", PRESYNC_SCOPE_SUBTREE, "(objectClass=*)", 0, 4, TRUE },
    { "DC=contoso,DC=com", PRESYNC_SCOPE_SUBTREE, "(objectClass=user)", 0, 2, TRUE },
    { "DC=contoso,DC=com", PRESYNC_SCOPE_SUBTREE, "(objectClass=user)", 1, 1, FALSE },
    { "DC=contoso,DC=com", PRESYNC_SCOPE_SUBTREE, "(objectClass=user)", 2, 2, TRUE },
    { "CN=lind\\2C eva,OU=people,DC=contoso,DC=com", PRESYNC_SCOPE_BASE, "(sn=LIND)", 0, 1, TRUE },
    { "OU=Not Exported,DC=contoso,DC=com", PRESYNC_SCOPE_ONE_LEVEL, "(objectClass=*)", 0, 1, TRUE },
    { "DC=contoso,DC=com", PRESYNC_SCOPE_BASE, "(sn=x)", 0, 0, TRUE },
  };
  static const char *const attributes[] = { "SN", NULL };
  g_autoptr (PresyncDirectory) directory = open_text (tree, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found
          = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_entry_free);
      g_autoptr (GError) error = NULL;
      PresyncQuery query = { .base = cases[i].base,
                             .scope = cases[i].scope,
                             .filter = cases[i].filter,
                             .attributes = attributes,
                             .max_entries = cases[i].max_entries };
      gboolean complete;

      presync_directory_search (directory, &query, collect_cb, found, &complete, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, cases[i].found);
      g_assert_cmpint (complete, ==, cases[i].complete);
      for (guint j = 0; j < found->len; j++)
        g_assert_null (presync_entry_get_values (found->pdata[j], "mail"));
    }
}

/* A snapshot of Presync's own that was cut anywhere tells so. */
static void
test_cut_anywhere (void)
{
  static const char text[] = "# presync snapshot\nversion: 1\n\n"
                             "dn:\ndnsHostName: dc\n\n"
                             "dn: DC=a\nobjectClass: domainDNS\n\n"
                             "# presync: end of snapshot, 2 entries\n";
  const gssize length = (gssize) strlen (text);
  gboolean complete = FALSE;
  g_autoptr (GPtrArray) whole = read_text (text, length, &complete, NULL);

  g_assert_cmpuint (whole->len, ==, 2);
  g_assert_true (complete);
  for (gssize i = 1; i < length; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) entries = read_text (text, i, &complete, &error);

      /* Within a name there is no colon yet: that is refused. */
      g_assert_true (entries != NULL || error != NULL);
      g_assert_false (complete);
    }
}

static void
test_partial (void)
{
  static const struct
  {
    const char *text;
    const char *partial; /* nullable */
  } cases[] = {
    /* As other programs write them: without any mark */
    { "dn: DC=a\ndc: a\n", NULL },
    { "version: 1\r\n\r\ndn: DC=a\r\nchangetype: add\r\ndc: a\r\n", NULL },
    { "# a comment\ndn: DC=a\ndc: a\n\n# numEntries: 7\n", NULL },
    { "dn: DC=a\ndc: a", "The snapshot “x.ldif” was cut short: its last line has no end." },
    { "dn: DC=a\ndc: a\n# end", "The snapshot “x.ldif” was cut short: its last line has no end." },
    { "# presync snapshot\r\ndn: DC=a\r\n\r\n# presync: end of snapshot, 1 entries\r\n", NULL },
    { "# presync snapshot\n# presync: end of snapshot, 0 entries\n", NULL },
    { "# presync snapshot\ndn: DC=a\n\n",
      "The snapshot “x.ldif” was cut short: the mark at its end is missing." },
    { "# presync snapshot\ndn: DC=a\n\n# presync: end of snapshot, -1 entries\n",
      "The snapshot “x.ldif” was cut short: the mark at its end is missing." },
    { "# presync snapshot\ndn: DC=a\n\n# presync: end of snapshot,  entries\n",
      "The snapshot “x.ldif” was cut short: the mark at its end is missing." },
    { "# presync snapshot\ndn: DC=a\n\n# presync: end of snapshot, 2 entries\n",
      "The snapshot “x.ldif” is not whole: it holds 1 entries, but 2 were recorded." },
    { "# presync snapshot\ndn: DC=a\n\n# presync: end of snapshot, 1 entries\n\ndn: DC=b\n",
      "The snapshot “x.ldif” is not whole: it holds 2 entries, but 1 were recorded." },
    /* Its beginning was cut off. */
    { "dn: DC=a\n\n# presync: end of snapshot, 2 entries\n",
      "The snapshot “x.ldif” is not whole: it holds 1 entries, but 2 were recorded." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) data = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autofree char *partial = NULL;
      g_autoptr (GPtrArray) entries
          = presync_ldif_read_partial (data, "/tmp/x.ldif", &partial, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (entries);
      g_assert_cmpstr (partial, ==, cases[i].partial);
    }
}

/* Of what a cut file does not hold, nothing is known: not even that it is not there. */
static void
test_cut_search (void)
{
  static const char text[] = "# presync snapshot\n\n"
                             "dn: DC=contoso,DC=com\nobjectClass: domainDNS\n\n";
  static const struct
  {
    const char *base;
    PresyncScope scope;
    gboolean found;
  } cases[] = {
    { "DC=contoso,DC=com", PRESYNC_SCOPE_BASE, TRUE },
    { "DC=contoso,DC=com", PRESYNC_SCOPE_ONE_LEVEL, TRUE },
    { "DC=contoso,DC=com", PRESYNC_SCOPE_SUBTREE, TRUE },
    { "CN=Configuration,DC=contoso,DC=com", PRESYNC_SCOPE_BASE, FALSE },
    { "CN=Configuration,DC=contoso,DC=com", PRESYNC_SCOPE_SUBTREE, FALSE },
  };
  g_autoptr (PresyncDirectory) directory = open_text (text, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found
          = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_entry_free);
      g_autoptr (GError) error = NULL;
      PresyncQuery query
          = { .base = cases[i].base, .scope = cases[i].scope, .filter = "(objectClass=*)" };
      gboolean complete = TRUE;

      g_assert_cmpint (
          presync_directory_search (directory, &query, collect_cb, found, &complete, NULL, &error),
          ==, cases[i].found);
      g_assert_false (complete);
      g_assert_nonnull (strstr (presync_directory_get_partial_reason (directory),
                                "was cut short: the mark at its end is missing."));
      if (!cases[i].found)
        g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT);
    }
}

static void
test_missing_base (void)
{
  static const char *const bases[] = { "DC=nowhere", "OU=Not Exported,DC=contoso,DC=com" };
  static const char *const none[] = { "1.1", NULL };
  g_autoptr (PresyncDirectory) directory = open_text (tree, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      PresyncQuery query = { .base = bases[i],
                             .scope = PRESYNC_SCOPE_BASE,
                             .filter = "(objectClass=*)",
                             .attributes = none };
      g_autoptr (GError) error = NULL;
      gboolean complete = TRUE;

      g_assert_false (
          presync_directory_search (directory, &query, collect_cb, NULL, &complete, NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
      g_assert_false (complete);
    }
}

static void
test_files (void)
{
  static const char *const paths[] = { "/nonexistent/x.ldif", "/dev/zero", "/", "" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (presync_ldif_directory_new (paths[i], NULL, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_test_message ("%s", error->message);
    }
}

/* A file of 3 GB that takes no room on the disk: refused by size, without being read whole */
static void
test_huge (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileIOStream) stream = g_file_open_readwrite (file, NULL, NULL);

  g_close (fd, NULL);
  g_assert_true (
      g_seekable_truncate (G_SEEKABLE (stream), G_GINT64_CONSTANT (3) << 30, NULL, NULL));
  g_assert_null (presync_ldif_directory_new (path, NULL, &error));
  g_unlink (path);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "larger than 64 MB"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ldif/good", test_good);
  g_test_add_func ("/ldif/empty", test_empty);
  g_test_add_func ("/ldif/refused", test_refused);
  g_test_add_func ("/ldif/ldapsearch", test_ldapsearch);
  g_test_add_func ("/ldif/cut-anywhere", test_cut_anywhere);
  g_test_add_func ("/ldif/partial", test_partial);
  g_test_add_func ("/ldif/cut-search", test_cut_search);
  g_test_add_func ("/ldif/limits", test_limits);
  g_test_add_func ("/ldif/round-trip", test_round_trip);
  g_test_add_func ("/ldif/search", test_search);
  g_test_add_func ("/ldif/missing-base", test_missing_base);
  g_test_add_func ("/ldif/files", test_files);
  g_test_add_func ("/ldif/huge", test_huge);
  return g_test_run ();
}
