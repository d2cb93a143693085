/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "catalogue/catalogue.h"

/* How catalogue files are refused: "name.xml:LINE: what is wrong". */

static const char documents[] = "<documents>\n"
                                "<document id=\"DOC\" date=\"2026-10-06\">\n"
                                "<title>A page</title>\n"
                                "<url>https://example.com/</url>\n"
                                "</document>\n"
                                "</documents>\n";

/* A good file; each case below spoils one place of it. */
static const char good[] = "<catalogue option=\"cloud-sync\">\n"              /* 1 */
                           "<section id=\"accounts\">\n"                      /* 2 */
                           "<requirement id=\"cs-r\">\n"                      /* 3 */
                           "<title>Row</title>\n"                             /* 4 */
                           "<why>Because.</why>\n"                            /* 5 */
                           "<condition id=\"cs-c\" severity=\"required\">\n"  /* 6 */
                           "<title>Line</title>\n"                            /* 7 */
                           "<needed>it</needed>\n"                            /* 8 */
                           "<test><is-true fact=\"tenant.exists\"/></test>\n" /* 9 */
                           "<fix><step>Mend it.</step></fix>\n"               /* 10 */
                           "<find-out><step>Look.</step></find-out>\n"        /* 11 */
                           "<source document=\"DOC\"/>\n"                     /* 12 */
                           "</condition>\n"                                   /* 13 */
                           "</requirement>\n"                                 /* 14 */
                           "</section>\n"                                     /* 15 */
                           "</catalogue>\n";                                  /* 16 */

#define TEST_LINE "<test><is-true fact=\"tenant.exists\"/></test>"
#define BODY                                                                                       \
  "<title>A</title><needed>b</needed>" TEST_LINE "<fix><step>c</step></fix>"                       \
  "<find-out><step>d</step></find-out><source document=\"DOC\"/></condition>"
#define REQUIREMENT "<title>A</title><why>b</why>"
#define CONDITION_2 "</condition>\n<condition id=\"cs-c\" severity=\"required\""

typedef struct
{
  const char *name;
  const char *from; /* replaced in the good file by … */
  const char *to;
  int line;
  const char *message; /* a part of the sentence */
} ReaderCase;

static const ReaderCase cases[] = {
  { "unknown-root", "<catalogue option=\"cloud-sync\">", "<list>", 1, "<list>" },
  { "unknown-element-section", "<section id=\"accounts\">", "<part>", 2, "<part>" },
  { "unknown-element-condition", "<needed>it</needed>", "<wanted>it</wanted>", 8, "<wanted>" },
  { "unknown-element-test", "<is-true fact=\"tenant.exists\"/>",
    "<is-blue fact=\"tenant.exists\"/>", 9, "<is-blue>" },
  { "unknown-element-fix", "<step>Mend", "\n<click/><step>Mend", 11, "<click>" },
  { "element-in-text", "Mend it.", "Mend <b>it</b>.", 10, "<b>" },
  { "unknown-attribute", "<requirement id=\"cs-r\">", "<requirement id=\"cs-r\" color=\"red\">", 3,
    "“color”" },
  { "unknown-attribute-test", "fact=\"tenant.exists\"", "fact=\"tenant.exists\" value=\"1\"", 9,
    "“value”" },
  { "unknown-attribute-text", "<needed>", "<needed lang=\"en\">", 8, "“lang”" },
  { "unknown-attribute-unless", "<fix>",
    "<advice><unless x=\"y\"><by-person/></unless><text>t</text></advice><fix>", 10, "“x”" },
  { "bad-option", "cloud-sync", "sky-sync", 1, "“sky-sync”" },
  { "bad-section", "accounts", "money", 2, "“money”" },
  { "bad-severity", "severity=\"required\"", "severity=\"urgent\"", 6, "“urgent”" },
  { "no-severity", " severity=\"required\"", "", 6, "severity" },
  { "bad-id", "\"cs-c\"", "\"cs C\"", 6, "“cs C”" },
  { "no-id", " id=\"cs-r\"", "", 3, "id" },
  { "bad-overview", "id=\"cs-r\"", "id=\"cs-r\" overview=\"yes\"", 3, "“yes”" },
  { "unknown-account", "id=\"cs-r\"", "id=\"cs-r\" account=\"butler\"", 3, "“butler”" },
  { "no-account", "id=\"cs-r\"", "id=\"cs-r\" account=\"\"", 3, "“”" },
  { "account-of-the-other-option", "id=\"cs-r\"", "id=\"cs-r\" account=\"connector\"", 3,
    "Cloud sync has no account “connector”" },
  { "unknown-account-of-condition", "\"required\"", "\"required\" account=\"sso\"", 6, "“sso”" },
  { "account-of-section", "<section id=\"accounts\"", "<section account=\"gmsa\" id=\"accounts\"",
    2, "“account”" },
  { "conditional-without-feature", "\"required\"", "\"conditional\"", 6, "“feature”" },
  { "unknown-feature", "\"required\"", "\"conditional\" feature=\"flying\"", 6, "“flying”" },
  { "bad-date", "\"required\"", "\"required\" from=\"2026-02-30\"", 6, "“2026-02-30”" },
  { "bad-until", "\"required\"", "\"required\" until=\"tomorrow\"", 6, "“tomorrow”" },
  { "ends-before-it-begins", "\"required\"",
    "\"required\" from=\"2026-02-02\" until=\"2026-02-02\"", 13, "“cs-c”" },
  { "unknown-fact", "tenant.exists", "tenant.colour", 9, "“tenant.colour”" },
  { "fact-of-another-type", "is-true fact=\"tenant.exists\"", "is-true fact=\"server.memory\"", 9,
    "“server.memory”" },
  { "no-fact", " fact=\"tenant.exists\"", "", 9, "“fact”" },
  { "no-value", "is-true fact=\"tenant.exists\"", "at-least fact=\"server.memory\"", 9, "“value”" },
  { "bad-number", "is-true fact=\"tenant.exists\"",
    "at-least fact=\"server.memory\" value=\"4 TB\"", 9, "“4 TB”" },
  { "number-too-large", "is-true fact=\"tenant.exists\"",
    "at-least fact=\"server.memory\" value=\"99999999999999999999\"", 9, "“99999999999999999999”" },
  { "size-too-large", "is-true fact=\"tenant.exists\"",
    "at-least fact=\"server.memory\" value=\"9223372036854775807 GB\"", 9, "GB”" },
  { "negative-number", "is-true fact=\"tenant.exists\"",
    "at-most fact=\"server.memory\" value=\"-1\"", 9, "“-1”" },
  { "bad-slack", "is-true fact=\"tenant.exists\"",
    "at-least fact=\"server.memory\" value=\"4 GB\" slack=\"100%\"", 9, "“100%”" },
  { "bad-version", "is-true fact=\"tenant.exists\"",
    "version-at-least fact=\"server.agent-version\" value=\"1.x\"", 9, "“1.x”" },
  { "bad-hours", "is-true fact=\"tenant.exists\"",
    "older-than fact=\"forest.kds-root-key-created\" hours=\"0\"", 9, "“0”" },
  { "too-many-hours", "is-true fact=\"tenant.exists\"",
    "older-than fact=\"forest.kds-root-key-created\" hours=\"9000000000000000\"", 9, "hours" },
  { "agrees-for", "is-true fact=\"tenant.exists\"", "agrees fact=\"server.os\" for=\"any\"", 9,
    "“for”" },
  { "agrees-on-lists", "is-true fact=\"tenant.exists\"", "agrees fact=\"server.software\"", 9,
    "“server.software”" },
  { "shares-without-with", "is-true fact=\"tenant.exists\"",
    "shares fact=\"server.local-administrator-sids\"", 9, "“with”" },
  { "shares-unknown-fact", "is-true fact=\"tenant.exists\"",
    "shares fact=\"server.local-administrator-sids\" with=\"tenant.colour\"", 9,
    "“tenant.colour”" },
  { "shares-with-another-type", "is-true fact=\"tenant.exists\"",
    "shares fact=\"server.local-administrator-sids\" with=\"server.memory\"", 9,
    "“server.memory”" },
  { "shares-of-another-type", "is-true fact=\"tenant.exists\"",
    "shares fact=\"server.memory\" with=\"connect-admin.sids\"", 9, "“server.memory”" },
  { "same-without-with", "is-true fact=\"tenant.exists\"", "same fact=\"sql.login\"", 9, "“with”" },
  { "same-of-another-type", "is-true fact=\"tenant.exists\"",
    "same fact=\"tenant.exists\" with=\"sql.login\"", 9, "“tenant.exists”" },
  { "same-with-another-type", "is-true fact=\"tenant.exists\"",
    "same fact=\"sql.login\" with=\"connect-admin.sids\"", 9, "“connect-admin.sids”" },
  { "same-for", "is-true fact=\"tenant.exists\"",
    "same fact=\"sql.login\" with=\"server.name\" for=\"any\"", 9, "“for”" },
  { "is-collected-for", "is-true fact=\"tenant.exists\"",
    "is-collected fact=\"sql.login\" for=\"any\"", 9, "“for”" },
  { "with-unknown-fact", "is-true fact=\"tenant.exists\"",
    "at-most fact=\"forest.objects\" with=\"tenant.colour\"", 9, "“tenant.colour”" },
  { "with-and-value", "is-true fact=\"tenant.exists\"",
    "at-most fact=\"forest.objects\" with=\"tenant.quota-left\" value=\"1\"", 9, "“value”" },
  { "with-and-slack", "is-true fact=\"tenant.exists\"",
    "at-least fact=\"forest.objects\" with=\"tenant.quota-left\" slack=\"3%\"", 9, "“slack”" },
  { "with-of-a-list", "is-true fact=\"tenant.exists\"",
    "at-most fact=\"forest.upn-suffixes\" with=\"tenant.quota-left\"", 9, "“forest.upn-suffixes”" },
  { "with-a-list", "is-true fact=\"tenant.exists\"",
    "at-most fact=\"forest.objects\" with=\"forest.upn-suffixes\"", 9, "“forest.upn-suffixes”" },
  { "equals-with", "is-true fact=\"tenant.exists\"",
    "equals fact=\"forest.objects\" with=\"tenant.quota-left\"", 9, "“with”" },
  { "with-elsewhere", "fact=\"tenant.exists\"", "fact=\"tenant.exists\" with=\"server.os\"", 9,
    "“with”" },
  { "bad-for", "fact=\"tenant.exists\"", "fact=\"tenant.exists\" for=\"some\"", 9, "“some”" },
  { "bad-built-in", "is-true fact=\"tenant.exists\"", "built-in name=\"magic\"", 9, "“magic”" },
  { "empty-group", "<is-true fact=\"tenant.exists\"/>", "<all></all>", 9, "empty" },
  { "not-of-two", "<is-true fact=\"tenant.exists\"/>", "<not><by-person/><by-person/></not>", 9,
    "<not>" },
  { "two-tests", "<is-true fact=\"tenant.exists\"/>", "<by-person/>\n<by-person/>", 10,
    "<by-person>" },
  { "test-in-leaf", "<is-true fact=\"tenant.exists\"/>",
    "<is-true fact=\"tenant.exists\"><by-person/></is-true>", 9, "<by-person>" },
  { "test-twice", "<fix>", TEST_LINE "<fix>", 10, "<test>" },
  { "empty-test", "<is-true fact=\"tenant.exists\"/>", "", 9, "<test>" },
  { "one-of-nothing", "<is-true fact=\"tenant.exists\"/>", "<one-of fact=\"tenant.kind\"/>", 9,
    "<value>" },
  { "unknown-document", "document=\"DOC\"", "document=\"BOOK\"", 12, "“BOOK”" },
  { "text-in-source", "<source document=\"DOC\"/>", "<source document=\"DOC\">x</source>", 12,
    "text" },
  { "empty-text", "<title>Line</title>", "<title> \t\n </title>", 8, "<title>" },
  { "title-twice", "<title>Line</title>", "<title>Line</title>\n<title>Line</title>", 8,
    "<title>" },
  { "stray-text", "<needed>it</needed>", "<needed>it</needed> stray\n\n", 8, "text" },
  { "stray-text-below", "<section id=\"accounts\">", "<section id=\"accounts\">\n\nstray\n", 4,
    "text" },
  { "no-title", "<title>Line</title>", "", 13, "“cs-c”" },
  { "no-fix", "<fix><step>Mend it.</step></fix>", "", 13, "fix" },
  { "requirement-without-why", "<why>Because.</why>", "", 14, "“cs-r”" },
  { "advice-without-text", "<fix>", "<advice><unless><by-person/></unless></advice><fix>", 10,
    "<advice>" },
  { "provided-without-text", "<fix>", "<provided><test><by-person/></test></provided><fix>", 10,
    "<provided>" },
  { "provided-without-test", "<fix>", "<provided><text>t</text></provided><fix>", 10,
    "<provided>" },
  { "provided-with-empty-test", "<fix>", "<provided><test></test><text>t</text></provided><fix>",
    10, "<test>" },
  { "provided-unless", "<fix>",
    "<provided><unless><by-person/></unless><text>t</text></provided><fix>", 10, "<unless>" },
  { "provided-test-twice", "<fix>",
    "<provided><test><by-person/></test><test><by-person/></test></provided><fix>", 10, "<test>" },
  { "provided-text-twice", "<fix>", "<provided><text>t</text><text>u</text></provided><fix>", 10,
    "<text>" },
  { "provided-twice", "<fix>",
    "<provided><test><by-person/></test><text>t</text></provided><provided/><fix>", 10,
    "<provided>" },
  { "provided-with-attribute", "<fix>", "<provided x=\"y\"/><fix>", 10, "“x”" },
  { "duplicate-requirement", "</section>",
    "<requirement id=\"cs-r\">" REQUIREMENT "<condition id=\"cs-d\" severity=\"required\">" BODY
    "</requirement></section>",
    15, "“cs-r”" },
  { "duplicate-condition", "</condition>", CONDITION_2 ">" BODY, 14, "“cs-c”" },
  { "duplicate-condition-overlaps", "</condition>", CONDITION_2 " from=\"2026-01-01\">" BODY, 14,
    "“cs-c”" },
  { "duplicate-condition-elsewhere", "</section>",
    "<requirement id=\"cs-s\">" REQUIREMENT "<condition id=\"cs-c\" severity=\"required\">" BODY
    "</requirement></section>",
    15, "“cs-c”" },
  { "wrong-end-tag", "</needed>", "</needs>", 8, "needs" },
  { "not-closed", "</section>\n</catalogue>\n", "", 15, "" },
  { "bad-entity", "Because.", "&nbsp;", 5, "nbsp" },
  { "invalid-utf8", "Because.", "Bec\xff", 5, "UTF-8" },
  { "empty-file", good, "", 1, "" },
};

typedef struct
{
  char *folder;
  char *documents;
  char *path;
} ReaderTest;

static void
reader_test_set_up (ReaderTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("presync-catalogue-XXXXXX", &error);
  g_assert_no_error (error);
  self->documents = g_build_filename (self->folder, "documents.xml", NULL);
  self->path = g_build_filename (self->folder, "test.xml", NULL);
  g_file_set_contents (self->documents, documents, -1, &error);
  g_assert_no_error (error);
}

static void
reader_test_tear_down (ReaderTest *self, gconstpointer data)
{
  g_remove (self->documents);
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->documents);
  g_free (self->path);
  g_free (self->folder);
}

/* (nullable) (transfer full): the catalogue that @text makes */
static PresyncCatalogue *
reader_test_read (ReaderTest *self, const char *text, gssize length, GError **error)
{
  const char *const files[] = { self->documents, self->path, NULL };
  g_autoptr (GError) local = NULL;

  if (text != NULL)
    g_file_set_contents (self->path, text, length, &local);
  g_assert_no_error (local);
  return presync_catalogue_new_from_files (files, error);
}

/* One sentence in one line, whatever the parser below had to say. */
static void
reader_test_refused (ReaderTest *self, const char *text, gssize length, const char *prefix,
                     const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncCatalogue) catalogue = reader_test_read (self, text, length, &error);

  g_assert_null (catalogue);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_test_message ("%s", error->message);
  if (!g_str_has_prefix (error->message, prefix))
    g_error ("“%s” does not begin with “%s”", error->message, prefix);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (strstr (error->message, "Error on line"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
reader_test_case (ReaderTest *self, gconstpointer data)
{
  const ReaderCase *item = data;
  g_autofree char *prefix = g_strdup_printf ("test.xml:%d: ", item->line);
  g_autoptr (GString) text = g_string_new (good);

  g_assert_cmpuint (g_string_replace (text, item->from, item->to, 1), ==, 1);
  reader_test_refused (self, text->str, -1, prefix, item->message);
}

static guint
reader_test_count (PresyncCatalogue *catalogue, const char *day)
{
  GDate edition;
  g_autoptr (GPtrArray) rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CLOUD_SYNC);
  g_autoptr (GPtrArray) conditions = NULL;

  g_assert_cmpuint (rows->len, ==, 1);
  if (day != NULL)
    g_assert_true (presync_edition_parse (day, &edition, NULL));
  conditions = presync_requirement_list_conditions (g_ptr_array_index (rows, 0),
                                                    day != NULL ? &edition : NULL);
  return conditions->len;
}

static void
reader_test_good (ReaderTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncCatalogue) catalogue = reader_test_read (self, good, -1, &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (reader_test_count (catalogue, NULL), ==, 1);
  rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CONNECT_SYNC);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* One id may stand twice if the dates do not overlap, and the newest edition knows them. */
static void
reader_test_good_dates (ReaderTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (PresyncCatalogue) catalogue = NULL;

  g_string_replace (text, "</condition>", CONDITION_2 " from=\"2027-01-01\">" BODY, 1);
  g_string_replace (text, "severity=\"required\">\n",
                    "severity=\"required\" until=\"2027-01-01\">\n", 1);
  catalogue = reader_test_read (self, text->str, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reader_test_count (catalogue, NULL), ==, 2);
  g_assert_cmpuint (reader_test_count (catalogue, "2026-12-31"), ==, 1);
  g_assert_cmpuint (reader_test_count (catalogue, "2027-01-01"), ==, 1);
  g_assert_cmpuint (g_date_get_year (presync_catalogue_get_newest (catalogue)), ==, 2027);
}

/* Blanks are folded in texts, as gettext does; a command stays as it was written. */
static void
reader_test_good_texts (ReaderTest *self, gconstpointer data)
{
  PresyncStep *step;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (PresyncCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) conditions = NULL;

  g_string_replace (text, "<step>Mend it.</step>",
                    "<step>\n  Mend\tit\n now &amp; &lt;soon&gt;.\n</step>"
                    "<command>\n  Get-It  'a  b' |\n    Out-It\n</command>",
                    1);
  catalogue = reader_test_read (self, text->str, -1, &error);
  g_assert_no_error (error);
  rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CLOUD_SYNC);
  conditions = presync_requirement_list_conditions (g_ptr_array_index (rows, 0), NULL);
  step = g_ptr_array_index (presync_condition_get_fix (g_ptr_array_index (conditions, 0)), 0);
  g_assert_cmpstr (step->text, ==, "Mend it now & <soon>.");
  step = g_ptr_array_index (presync_condition_get_fix (g_ptr_array_index (conditions, 0)), 1);
  g_assert_true (step->is_command);
  g_assert_cmpstr (step->text, ==, "Get-It  'a  b' |\n    Out-It");
}

/* A rule of the program's own rests on no document; the other keys of a test count too. */
static void
reader_test_good_tests (ReaderTest *self, gconstpointer data)
{
  GPtrArray *keys;
  PresyncCondition *condition;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (PresyncCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) conditions = NULL;

  g_string_replace (text, "<source document=\"DOC\"/>", "", 1);
  g_string_replace (text, "<is-true fact=\"tenant.exists\"/>",
                    "<all><agrees fact=\"server.os-build\"/><is-known fact=\"server.collected\"/>"
                    "<shares fact=\"server.local-administrator-sids\" with=\"connect-admin.sids\"/>"
                    "<at-most fact=\"forest.objects\" with=\"tenant.quota-left\"/></all>",
                    1);
  catalogue = reader_test_read (self, text->str, -1, &error);
  g_assert_no_error (error);
  rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CLOUD_SYNC);
  conditions = presync_requirement_list_conditions (g_ptr_array_index (rows, 0), NULL);
  condition = g_ptr_array_index (conditions, 0);
  g_assert_cmpuint (presync_condition_get_references (condition)->len, ==, 0);
  line = presync_test_dup_text (presync_condition_get_test (condition));
  g_assert_cmpstr (line, ==,
                   "all (server.os-build agrees, server.collected is-known, "
                   "server.local-administrator-sids shares connect-admin.sids, "
                   "forest.objects at-most tenant.quota-left)");
  keys = presync_condition_get_fact_keys (condition);
  g_assert_cmpuint (keys->len, ==, 6);
  g_assert_true (g_ptr_array_find_with_equal_func (keys, "connect-admin.sids", g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (keys, "tenant.quota-left", g_str_equal, NULL));
}

/* What a measurement must be of is read with its text, and its facts count too. */
static void
reader_test_good_provided (ReaderTest *self, gconstpointer data)
{
  const PresyncProvided *provided;
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (good);
  g_autoptr (PresyncCatalogue) catalogue = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) conditions = NULL;

  g_string_replace (text, "<fix>",
                    "<provided><test><any><same fact=\"sql.login\" with=\"connect-admin.name\"/>"
                    "<not><is-collected fact=\"connect-admin.name\"/></not></any></test>"
                    "<text>\n Of somebody\n else.</text></provided><fix>",
                    1);
  catalogue = reader_test_read (self, text->str, -1, &error);
  g_assert_no_error (error);
  rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CLOUD_SYNC);
  conditions = presync_requirement_list_conditions (g_ptr_array_index (rows, 0), NULL);
  provided = presync_condition_get_provided (g_ptr_array_index (conditions, 0));
  g_assert_nonnull (provided);
  g_assert_cmpstr (provided->text, ==, "Of somebody else.");
  line = presync_test_dup_text (provided->test);
  g_assert_cmpstr (line, ==,
                   "any (sql.login same connect-admin.name, "
                   "not (connect-admin.name is-collected))");
  g_assert_cmpuint (presync_condition_get_fact_keys (g_ptr_array_index (conditions, 0))->len, ==,
                    3);
}

/* A condition is about the account of its requirement, unless it names its own. */
static void
reader_test_good_accounts (ReaderTest *self, gconstpointer data)
{
  static const struct
  {
    const char *requirement;
    const char *condition;
    const char *expected;
  } cases_of_account[] = { { NULL, NULL, NULL },
                           { "gmsa", NULL, "gmsa" },
                           { NULL, "installer", "installer" },
                           { "gmsa", "installer", "installer" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases_of_account); i++)
    {
      const char *outer = cases_of_account[i].requirement;
      const char *inner = cases_of_account[i].condition;
      g_autofree char *row
          = g_strdup_printf ("id=\"cs-r\" account=\"%s\"", outer != NULL ? outer : "");
      g_autofree char *line
          = g_strdup_printf ("id=\"cs-c\" account=\"%s\"", inner != NULL ? inner : "");
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (PresyncCatalogue) catalogue = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GPtrArray) conditions = NULL;
      if (outer != NULL)
        g_string_replace (text, "id=\"cs-r\"", row, 1);
      if (inner != NULL)
        g_string_replace (text, "id=\"cs-c\"", line, 1);
      catalogue = reader_test_read (self, text->str, -1, &error);
      g_assert_no_error (error);
      rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CLOUD_SYNC);
      conditions = presync_requirement_list_conditions (g_ptr_array_index (rows, 0), NULL);
      g_assert_cmpstr (presync_requirement_get_account (g_ptr_array_index (rows, 0)), ==, outer);
      g_assert_cmpstr (presync_condition_get_account (g_ptr_array_index (conditions, 0)), ==,
                       cases_of_account[i].expected);
    }
}

static void
reader_test_nul (ReaderTest *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (good);
  char *place = strstr (text->str, "Because.");

  *place = '\0';
  reader_test_refused (self, text->str, (gssize) text->len, "test.xml:5: ", "");
}

static void
reader_test_missing (ReaderTest *self, gconstpointer data)
{
  reader_test_refused (self, NULL, 0, "The catalogue “", self->path);
}

static void
reader_test_huge (ReaderTest *self, gconstpointer data)
{
  gsize length = 4 * 1024 * 1024 + 1;
  g_autofree char *text = g_malloc (length);

  memset (text, ' ', length);
  memcpy (text, good, strlen (good));
  reader_test_refused (self, text, (gssize) length, "The catalogue “", self->path);
}

/* However deep a file goes, nothing may recurse along. */
static void
reader_test_deep (ReaderTest *self, gconstpointer data)
{
  static const char *const elements[]
      = { "<not>", "<all>", "<catalogue option=\"cloud-sync\">", "<a>" };

  for (gsize i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      g_autoptr (GString) nested = g_string_new (NULL);
      g_autoptr (GString) text = g_string_new (good);
      for (guint j = 0; j < 100000; j++)
        g_string_append (nested, elements[i]);
      g_string_replace (text, "<is-true fact=\"tenant.exists\"/>", nested->str, 1);
      reader_test_refused (self, text->str, -1, "test.xml:9: ", i < 2 ? "deep" : "unknown");
      reader_test_refused (self, nested->str, -1, "test.xml:1: ", "");
    }
}

static void
reader_test_documents (ReaderTest *self, gconstpointer data)
{
  static const ReaderCase faults[] = {
    { "", "date=\"2026-10-06\"", "date=\"6 October\"", 2, "“6 October”" },
    { "", " date=\"2026-10-06\"", "", 2, "date" },
    { "", "\"DOC\"", "\"doc\"", 2, "“doc”" },
    { "", "<url>https://example.com/</url>\n", "", 4, "“DOC”" },
    { "", "</document>\n", "</document>\n<document id=\"DOC\" date=\"2026-10-06\"/>", 6, "“DOC”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *prefix = g_strdup_printf ("documents.xml:%d: ", faults[i].line);
      g_autoptr (GString) text = g_string_new (documents);
      g_autoptr (GError) error = NULL;
      g_assert_cmpuint (g_string_replace (text, faults[i].from, faults[i].to, 1), ==, 1);
      g_file_set_contents (self->documents, text->str, -1, &error);
      g_assert_no_error (error);
      reader_test_refused (self, good, -1, prefix, faults[i].message);
    }
}

#define READER_ADD(name, func)                                                                     \
  g_test_add ("/catalogue-reader/" name, ReaderTest, NULL, reader_test_set_up, func,               \
              reader_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  READER_ADD ("good", reader_test_good);
  READER_ADD ("good-dates", reader_test_good_dates);
  READER_ADD ("good-texts", reader_test_good_texts);
  READER_ADD ("good-accounts", reader_test_good_accounts);
  READER_ADD ("good-tests", reader_test_good_tests);
  READER_ADD ("good-provided", reader_test_good_provided);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/catalogue-reader/bad/", cases[i].name, NULL);
      g_test_add (name, ReaderTest, &cases[i], reader_test_set_up, reader_test_case,
                  reader_test_tear_down);
    }
  READER_ADD ("nul", reader_test_nul);
  READER_ADD ("missing", reader_test_missing);
  READER_ADD ("huge", reader_test_huge);
  READER_ADD ("deep", reader_test_deep);
  READER_ADD ("documents", reader_test_documents);
  return g_test_run ();
}
