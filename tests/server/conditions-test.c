/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/error.h"
#include "rules/judge.h"
#include "sources/server/facts-report.h"
#include "sources/server/report-network.h"
#include "../unit/rules-kit.h"

/* Facts files judged by the built-in catalogue, from conditions.txt; and odd files, from
 * bad/expected.txt. */

#define SUBJECT "SYNC01"

typedef struct
{
  PresyncCatalogue *catalogue;
  char *line;
} ConditionsCase;

static void
conditions_case_free (ConditionsCase *self)
{
  g_object_unref (self->catalogue);
  g_free (self->line);
  g_free (self);
}

/* A while after the files were written */
static GDateTime *
conditions_now (void)
{
  return g_date_time_new_utc (2026, 11, 20, 12, 0, 0);
}

static PresyncFactsReport *
conditions_load (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GDateTime) now = conditions_now ();
  return presync_facts_report_load (file, now, NULL, error);
}

/* "key=value" of another source than the file */
static PresyncFact *
conditions_fact (const char *word, GDateTime *now)
{
  g_auto (GStrv) part = g_strsplit (word, "=", 2);
  g_auto (GStrv) list = g_strsplit (part[1] != NULL ? part[1] : "", ",", -1);
  const PresyncFactKey *key = presync_fact_key_find (part[0]);
  g_autoptr (PresyncOrigin) origin = NULL;
  /* facts about the server from its computer object, about its account, or about the forest */
  const char *subject = g_str_has_prefix (part[0], "server.") ? SUBJECT : "";

  if (key == NULL || part[1] == NULL)
    g_error ("no fact: %s", word);
  origin = presync_origin_new (g_str_has_prefix (part[0], "server.") ? "directory" : key->source,
                               "test", "test", now, TRUE);
  switch (key->type)
    {
    case PRESYNC_FACT_BOOLEAN:
      return presync_fact_new_boolean (key->id, subject, g_str_equal (part[1], "yes"), origin);
    case PRESYNC_FACT_INTEGER:
      return presync_fact_new_integer (key->id, subject, g_ascii_strtoll (part[1], NULL, 10),
                                       origin);
    case PRESYNC_FACT_LIST:
      return presync_fact_new_list (key->id, subject, (const char *const *) list, origin);
    case PRESYNC_FACT_TEXT:
      return presync_fact_new_text (key->id, subject, part[1], origin);
    case PRESYNC_FACT_VERSION:
    case PRESYNC_FACT_TIME:
    default:
      g_error ("not made here: %s", word);
    }
}

/* The facts of @words, and that the condition's feature is planned */
static void
conditions_add_others (PresyncFactSet *facts, PresyncCondition *condition, char **words)
{
  g_autoptr (GDateTime) now = conditions_now ();
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  const char *feature = presync_condition_get_feature (condition);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (list, conditions_fact (words[i], now));
  if (feature != NULL)
    {
      g_autofree char *planned = g_strconcat (feature, "=yes", NULL);
      g_ptr_array_add (list, conditions_fact (planned, now));
    }
  presync_fact_set_update (facts, list);
}

/* condition ; edition ; status ; file ; other facts */
static void
conditions_test_case (gconstpointer data)
{
  const ConditionsCase *self = data;
  g_auto (GStrv) field = g_strsplit (self->line, ";", 5);
  g_auto (GStrv) words = NULL;
  g_autofree char *file = NULL;
  GDate edition;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) now = conditions_now ();
  g_autoptr (PresyncFactsReport) report = NULL;
  g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
  g_autoptr (GPtrArray) told = NULL;
  g_autoptr (GPtrArray) network = NULL;
  g_autoptr (PresyncCondition) condition = NULL;
  g_autoptr (PresyncJudgement) judgement = NULL;

  g_assert_cmpuint (g_strv_length (field), ==, 5);
  g_assert_true (presync_edition_parse (g_strstrip (field[1]), &edition, NULL));
  condition = rules_kit_find (self->catalogue, g_strstrip (field[0]), &edition);
  g_assert_nonnull (condition);
  file = g_strconcat (g_strstrip (field[3]), ".json", NULL);
  report = conditions_load ("server/files", file, &error);
  g_assert_no_error (error);
  told = presync_facts_report_list_facts (report, SUBJECT);
  presync_fact_set_update (facts, told);
  network = presync_facts_report_list_network_facts (report, NULL);
  presync_fact_set_update (facts, network);
  words = g_strsplit (g_strstrip (field[4]), " ", -1);
  conditions_add_others (facts, condition, words);
  judgement = presync_judge (condition, facts, now);
  if (!g_str_equal (presync_status_id (judgement->status), g_strstrip (field[2])))
    g_test_message ("found: %s; reason: %s", judgement->found, judgement->reason);
  g_assert_cmpstr (presync_status_id (judgement->status), ==, field[2]);
}

/* Does the catalogue ask @condition of the facts file? */
static gboolean
conditions_is_asked (PresyncCondition *condition)
{
  GPtrArray *keys = presync_condition_get_fact_keys (condition);

  if (presync_condition_get_test (condition)->kind == PRESYNC_TEST_BY_PERSON)
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      if (g_strv_contains (presync_server_fact_keys (), key))
        return TRUE;
    }
  return FALSE;
}

/* Is there a line of @condition, in its time, with one of @statuses? */
static gboolean
conditions_has_line (char **lines, PresyncCondition *condition, const char *statuses)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) field = g_strsplit (lines[i], " ; ", 4);
      GDate edition;
      if (g_strv_length (field) == 4 && g_str_equal (field[0], presync_condition_get_id (condition))
          && presync_edition_parse (field[1], &edition, NULL)
          && presync_condition_holds_on (condition, &edition)
          && g_regex_match_simple (statuses, field[2], 0, 0))
        return TRUE;
    }
  return FALSE;
}

/* A condition about the server that is not shown both ways by facts files is a gap. */
static void
conditions_test_complete (gconstpointer data)
{
  const ConditionsCase *self = data;
  g_auto (GStrv) lines = g_strsplit (self->line, "\n", -1);
  guint n = 0;

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) rows = presync_catalogue_list (self->catalogue, option);
      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr (GPtrArray) conditions
              = presync_requirement_list_conditions (g_ptr_array_index (rows, i), NULL);
          for (guint j = 0; j < conditions->len; j++)
            {
              PresyncCondition *condition = g_ptr_array_index (conditions, j);
              if (!conditions_is_asked (condition))
                continue;
              n++;
              if (conditions_has_line (lines, condition, "^met$")
                  && conditions_has_line (lines, condition, "^(not-met|advice|needs-answer)$"))
                continue;
              g_test_message ("%s (%u) is not shown both ways",
                              presync_condition_get_id (condition), j);
              g_test_fail ();
            }
        }
    }
  g_assert_cmpuint (n, >, 40);
}

/* name ; verdict: "taken", "fact" (taken, with a fact that is unknown), "refused: why" */
static void
conditions_test_odd (gconstpointer data)
{
  const ConditionsCase *self = data;
  g_auto (GStrv) field = g_strsplit (self->line, " ; ", 2);
  g_autofree char *name = g_strconcat (field[0], ".facts", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report = conditions_load ("server/bad", name, &error);

  if (!g_str_has_prefix (field[1], "refused"))
    {
      g_assert_no_error (error);
      g_assert_cmpstr (presync_facts_report_get_name (report), ==, "SYNC01");
      return;
    }
  g_assert_null (report);
  g_assert_true (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT)
                 || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
conditions_add (const char *name, GTestDataFunc test, PresyncCatalogue *catalogue, const char *line)
{
  ConditionsCase *data = g_new0 (ConditionsCase, 1);
  data->catalogue = g_object_ref (catalogue);
  data->line = g_strdup (line);
  g_test_add_data_func_full (name, data, test, (GDestroyNotify) conditions_case_free);
}

static char *
conditions_read (const char *folder, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

int
main (int argc, char **argv)
{
  g_autofree char *text = NULL;
  g_autofree char *odd = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) odd_lines = NULL;
  g_autoptr (PresyncCatalogue) catalogue = NULL;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  catalogue = presync_catalogue_new_built_in ();
  text = conditions_read ("server", "conditions.txt");
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && strchr (lines[i], ';') != NULL)
      {
        g_auto (GStrv) field = g_strsplit (lines[i], " ;", 2);
        g_autofree char *name = g_strdup_printf ("/conditions/%s/%u", field[0], i + 1);
        conditions_add (name, conditions_test_case, catalogue, lines[i]);
      }
  conditions_add ("/conditions/complete", conditions_test_complete, catalogue, text);
  odd = conditions_read ("server/bad", "expected.txt");
  odd_lines = g_strsplit (odd, "\n", -1);
  for (guint i = 0; odd_lines[i] != NULL; i++)
    if (strchr (odd_lines[i], ';') != NULL)
      {
        g_auto (GStrv) field = g_strsplit (odd_lines[i], " ;", 2);
        g_autofree char *name = g_strconcat ("/odd/", field[0], NULL);
        conditions_add (name, conditions_test_odd, catalogue, odd_lines[i]);
      }
  return g_test_run ();
}
