/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one strict reader of JSON: what it takes, and the sentence for what it does not */
#include "sources/json.h"

#include <string.h>

#include "base/error.h"

#define DEPTH 4

static void
json_test_taken (void)
{
  static const char *const texts[] = { "{}", " [1, -2.5e3, \"\\u00e4\xc3\xa4\", null, true]\n",
                                       "\"\\ud83d\\ude00\"", "[[[[]]]]" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node
          = presync_json_parse (texts[i], strlen (texts[i]), "a.json", DEPTH, &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
json_test_refused (void)
{
  static const struct
  {
    const char *text;
    gsize length;
    PresyncError code;
    const char *words;
  } cases[] = {
    { "", 0, PRESYNC_ERROR_BAD_INPUT, "a.json is empty" },
    { "{\n\"a\":\"\xf0\"}", 9, PRESYNC_ERROR_BAD_INPUT,
      "a.json, line 2: this is no text in UTF-8." },
    { "\"\xc3", 2, PRESYNC_ERROR_BAD_INPUT, "a.json, line 1: this is no text in UTF-8." },
    { "\"a\0\"", 4, PRESYNC_ERROR_BAD_INPUT, "a.json, line 1: " },
    { "\"\\ud83d\"", 8, PRESYNC_ERROR_BAD_INPUT, "a.json, line 1: " },
    { "{\"a\":1,\"a\":2}", 13, PRESYNC_ERROR_BAD_INPUT, "a" },
    { "{} {}", 5, PRESYNC_ERROR_BAD_INPUT, "behind the end" },
    { "[1,]", 4, PRESYNC_ERROR_BAD_INPUT, "a.json, line 1: " },
    { "[[[[[]]]]]", 10, PRESYNC_ERROR_LIMIT, "a.json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* exactly as long as it says: a sanitizer sees who reads on */
      g_autofree char *text = g_memdup2 (cases[i].text, MAX (1, cases[i].length));
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node
          = presync_json_parse (text, cases[i].length, "a.json", DEPTH, &error);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_error (error, PRESYNC_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_null (node);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/taken", json_test_taken);
  g_test_add_func ("/json/refused", json_test_refused);
  return g_test_run ();
}
