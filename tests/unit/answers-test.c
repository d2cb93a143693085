/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/assessment.h"

#include <string.h>
#include <glib/gstdio.h>

#include "base/error.h"

/* The answers file, read into an assessment with the built-in catalogue. */

#define ONE "{\"condition\":\"cs-ram\",\"met\":true,\"name\":\"Ada\"}"

typedef struct
{
  PresyncAssessment *assessment;
  GDateTime *now;
  char *folder;
  char *path;
} AnswersTest;

static void
answers_test_set_up (AnswersTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  self->assessment = presync_assessment_new (catalogue);
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  presync_assessment_set_now (self->assessment, self->now);
  self->folder = g_dir_make_tmp ("presync-answers-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "answers.json", NULL);
}

static void
answers_test_tear_down (AnswersTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->assessment);
  g_date_time_unref (self->now);
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static gboolean
answers_test_read (AnswersTest *self, const char *text, gssize length, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_file_set_contents (self->path, text, length, &local);
  g_assert_no_error (local);
  return presync_assessment_read_answers (self->assessment, self->path, error);
}

/* Refused, in one sentence that names the file, and nothing of it taken. */
static void
answers_test_refused (AnswersTest *self, const char *text, gssize length, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  g_assert_false (answers_test_read (self, text, length, &error));
  if (!g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT))
    g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, self->path));
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not say “%s”", error->message, part);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  answers = presync_assessment_list_answers (self->assessment);
  g_assert_cmpuint (answers->len, ==, 0);
}

static void
answers_test_good (AnswersTest *self, gconstpointer data)
{
  PresyncAnswer *answer;
  PresyncChecklistItem *item;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autofree char *at = NULL;

  g_assert_true (answers_test_read (
      self,
      "{\"answers\": [\n"
      "  {\"condition\": \"cs-tenant\", \"met\": false, \"name\": \"Grace \\\"H\\\"\",\n"
      "   \"note\": \"<b>[[[{{{ // '\\u00e4'\", \"at\": \"2026-10-06T11:00:00+02:00\"},\n"
      "  {\"condition\": \"cs-ram\", \"met\": true, \"name\": \"Ada\"}\n"
      "]}\n",
      -1, &error));
  g_assert_no_error (error);
  answers = presync_assessment_list_answers (self->assessment);
  g_assert_cmpuint (answers->len, ==, 2);
  answer = g_ptr_array_index (answers, 0);
  g_assert_cmpstr (presync_answer_get_condition (answer), ==, "cs-ram");
  g_assert_true (presync_answer_get_met (answer));
  g_assert_cmpstr (presync_answer_get_note (answer), ==, "");
  /* Without a time it is given now. */
  g_assert_true (g_date_time_equal (presync_answer_get_at (answer), self->now));
  answer = g_ptr_array_index (answers, 1);
  g_assert_cmpstr (presync_answer_get_condition (answer), ==, "cs-tenant");
  g_assert_false (presync_answer_get_met (answer));
  g_assert_cmpstr (presync_answer_get_name (answer), ==, "Grace \"H\"");
  g_assert_cmpstr (presync_answer_get_note (answer), ==, "<b>[[[{{{ // '\xc3\xa4'");
  at = g_date_time_format_iso8601 (presync_answer_get_at (answer));
  g_assert_cmpstr (at, ==, "2026-10-06T09:00:00Z");
  item = presync_checklist_find (
      presync_assessment_get_checklist (self->assessment, PRESYNC_OPTION_CLOUD_SYNC), "cs-tenant");
  g_assert_true (presync_checklist_item_get_status (item) == PRESYNC_STATUS_NOT_MET);
  g_assert_true (presync_checklist_item_get_answer (item) == answer);
}

static void
answers_test_good_forms (AnswersTest *self, gconstpointer data)
{
  static const char *const forms[]
      = { "{\"answers\":[]}", "\xef\xbb\xbf{\"answers\":[" ONE "]}\r\n",
          /* of a condition that another edition has: it waits for that */
          "{\"answers\":[{\"condition\":\"cn-dotnet\",\"met\":true,\"name\":\"A\"}]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_true (answers_test_read (self, forms[i], -1, &error));
      g_assert_no_error (error);
    }
}

/* The second answer is bad; the first must not be taken either. */
static void
answers_test_members (AnswersTest *self, gconstpointer data)
{
  static const struct
  {
    const char *answer;
    const char *part;
  } cases[] = {
    { "{\"met\":true,\"name\":\"A\"}", ": answers[1].condition: " },
    { "{\"condition\":\"cs-no\",\"met\":true,\"name\":\"A\"}", ": answers[1].condition: " },
    { "{\"condition\":\"cs-windows-server\",\"met\":true,\"name\":\"A\"}",
      ": answers[1].condition: " },
    { "{\"condition\":7,\"met\":true,\"name\":\"A\"}", ": answers[1].condition: " },
    { "{\"condition\":null,\"met\":true,\"name\":\"A\"}", ": answers[1].condition: " },
    { "{\"condition\":\"cs-ram\",\"name\":\"A\"}", ": answers[1].met: " },
    { "{\"condition\":\"cs-ram\",\"met\":\"yes\",\"name\":\"A\"}", ": answers[1].met: " },
    { "{\"condition\":\"cs-ram\",\"met\":1,\"name\":\"A\"}", ": answers[1].met: " },
    { "{\"condition\":\"cs-ram\",\"met\":null,\"name\":\"A\"}", ": answers[1].met: " },
    { "{\"condition\":\"cs-ram\",\"met\":[true],\"name\":\"A\"}", ": answers[1].met: " },
    { "{\"condition\":\"cs-ram\",\"met\":true}", ": answers[1].name: " },
    { "{\"condition\":\"cs-ram\",\"met\":true,\"name\":\"\"}", ": answers[1].name: " },
    { "{\"condition\":\"cs-ram\",\"met\":true,\"name\":{}}", ": answers[1].name: " },
    { "{\"condition\":\"cs-ram\",\"met\":true,\"name\":\"A\",\"note\":3}", ": answers[1].note: " },
    { "{\"condition\":\"cs-ram\",\"met\":true,\"name\":\"A\",\"at\":\"yesterday\"}",
      ": answers[1].at: " },
    { "{\"condition\":\"cs-ram\",\"met\":true,\"name\":\"A\",\"at\":\"2026-10-06\"}",
      ": answers[1].at: " },
    { "{\"condition\":\"cs-ram\",\"met\":true,\"name\":\"A\",\"mood\":\"good\"}",
      ": answers[1].mood: " },
    { "[]", ": answers[1]: " },
    { "\"cs-ram\"", ": answers[1]: " },
    { "null", ": answers[1]: " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"answers\":[" ONE ",%s]}", cases[i].answer);
      answers_test_refused (self, text, -1, cases[i].part);
    }
}

static void
answers_test_shape (AnswersTest *self, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    " ",
    "null",
    "[]",
    "[" ONE "]",
    "{}",
    "{\"answers\":{}}",
    "{\"answers\":\"x\"}",
    "{\"answers\":[" ONE "}",
    "{\"answers\":[" ONE "]",
    "{\"answers\":[" ONE ",]}",
    "{\"answers\"",
    /* what json-glib alone would take */
    "{'answers':[" ONE "]}",
    "/* \" */ {\"answers\":[" ONE "]}",
    "{\"answers\":[" ONE "]} more",
    "{\"answers\":[" ONE "]}{\"answers\":[]}",
    "\"\\ud800",
    "{\"answers\":[{\"name\":\"\\ud800\"}]}",
  };
  static const char not_utf8[] = "{\"answers\":[{\"name\":\"\xff\"}]}";
  static const char with_nul[] = "{\"answers\":[" ONE "]\0}";

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    answers_test_refused (self, texts[i], -1, "");
  answers_test_refused (self, not_utf8, sizeof not_utf8 - 1, "");
  answers_test_refused (self, with_nul, sizeof with_nul - 1, "");
}

static void
answers_test_missing (AnswersTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (presync_assessment_read_answers (self->assessment, self->path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, self->path));
}

static void
answers_test_size (AnswersTest *self, gconstpointer data)
{
  static const char text[] = "{\"answers\":[" ONE "]}";
  const gsize limit = 1024 * 1024;
  g_autoptr (GError) error = NULL;
  g_autofree char *padded = g_malloc (limit + 1);

  memset (padded, ' ', limit + 1);
  memcpy (padded, text, strlen (text));
  answers_test_refused (self, padded, (gssize) limit + 1, "1 MiB");
  g_assert_true (answers_test_read (self, padded, (gssize) limit, &error));
  g_assert_no_error (error);
}

/* The parser recurses; a file must not be able to end the program with that. */
static void
answers_test_deep (AnswersTest *self, gconstpointer data)
{
  static const struct
  {
    const char *head;
    const char *part;
  } cases[] = { { "", "[" },         { "", "{\"a\":" }, { "{\"answers\":[" ONE ",", "[" },
                { "/* \" */", "[" }, { "'\"'", "[" },   { "\"\\\"\"", "[" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (cases[i].head);
      for (guint j = 0; j < 200000; j++)
        g_string_append (text, cases[i].part);
      answers_test_refused (self, text->str, (gssize) text->len, "");
    }
}

#define ANSWERS_ADD(name, func)                                                                    \
  g_test_add ("/answers/" name, AnswersTest, NULL, answers_test_set_up, func,                      \
              answers_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ANSWERS_ADD ("good", answers_test_good);
  ANSWERS_ADD ("good-forms", answers_test_good_forms);
  ANSWERS_ADD ("members", answers_test_members);
  ANSWERS_ADD ("shape", answers_test_shape);
  ANSWERS_ADD ("missing", answers_test_missing);
  ANSWERS_ADD ("size", answers_test_size);
  ANSWERS_ADD ("deep", answers_test_deep);
  return g_test_run ();
}
