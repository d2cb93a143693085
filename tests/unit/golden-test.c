/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "facts/access-text.h"
#include "rules-kit.h"
#include "rules/judge.h"

/* One case per condition and outcome, from golden.txt: the built-in catalogue judged by the rules.
 */

static char *
golden_value (const char *text)
{
  g_autoptr (GString) value = g_string_new (text);
  g_string_replace (value, "_", " ", 0);
  return g_string_free (g_steal_pointer (&value), FALSE);
}

/* What is missing of a right: class, or class:part. */
static char *
golden_lack (const char *member)
{
  g_auto (GStrv) field = g_strsplit (member, ":", 2);
  return presync_access_lack_format (field[0], field[1], NULL);
}

/* Where a right does not arrive: place:reason:objects. */
static char *
golden_gap (const char *member)
{
  g_auto (GStrv) field = g_strsplit (member, ":", 3);
  PresyncAccessGapReason reason = PRESYNC_GAP_INHERITANCE_OFF;

  g_assert_cmpuint (g_strv_length (field), ==, 3);
  while (!g_str_equal (presync_access_gap_reason_id (reason), field[1]))
    reason++;
  return presync_access_gap_format (field[0], reason, (guint) g_ascii_strtoull (field[2], NULL, 10),
                                    NULL);
}

static PresyncFact *
golden_fact_with_list (const PresyncFactKey *key, const char *subject, const char *text,
                       PresyncOrigin *origin)
{
  g_auto (GStrv) list = g_strsplit (text, ",", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autofree char *member = list[i];
      if (key->format == PRESYNC_FORMAT_RIGHTS)
        list[i] = golden_lack (member);
      else if (key->format == PRESYNC_FORMAT_GAPS)
        list[i] = golden_gap (member);
      else
        list[i] = golden_value (member);
    }
  return presync_fact_new_list (key->id, subject, (const char *const *) list, origin);
}

static PresyncFact *
golden_fact_with_value (const PresyncFactKey *key, const char *subject, const char *text,
                        PresyncOrigin *origin)
{
  g_autofree char *spaced = golden_value (text);
  g_autoptr (GDateTime) time = NULL;

  switch (key->type)
    {
    case PRESYNC_FACT_BOOLEAN:
      g_assert_true (g_str_equal (text, "yes") || g_str_equal (text, "no"));
      return presync_fact_new_boolean (key->id, subject, g_str_equal (text, "yes"), origin);
    case PRESYNC_FACT_INTEGER:
      return presync_fact_new_integer (key->id, subject, g_ascii_strtoll (text, NULL, 10), origin);
    case PRESYNC_FACT_VERSION:
      return presync_fact_new_version (key->id, subject, text, origin);
    case PRESYNC_FACT_LIST:
      return golden_fact_with_list (key, subject, text, origin);
    case PRESYNC_FACT_TIME:
      time = g_date_time_new_from_iso8601 (text, NULL);
      g_assert_nonnull (time);
      return presync_fact_new_time (key->id, subject, time, origin);
    case PRESYNC_FACT_TEXT:
    default:
      /* Blanks are written as underscores, which only product names and kinds of tenant have. */
      return presync_fact_new_text (
          key->id, subject, g_str_has_prefix (key->id, "sql.collation") ? text : spaced, origin);
    }
}

/* key=value, key@subject=value, key~=value (not complete), key? (not read); @source: (nullable):
 * who tells it, if not the key's own source */
static PresyncFact *
golden_fact (const char *word, const char *source, GDateTime *now)
{
  gboolean complete = TRUE;
  const char *equals = strchr (word, '=');
  g_autofree char *name = equals != NULL ? g_strndup (word, (gsize) (equals - word))
                                         : g_strndup (word, strlen (word) - 1);
  char *at = NULL;
  const PresyncFactKey *key;
  g_autoptr (PresyncOrigin) origin = NULL;

  if (g_str_has_suffix (name, "~"))
    {
      complete = FALSE;
      name[strlen (name) - 1] = '\0';
    }
  at = strchr (name, '@');
  if (at != NULL)
    *at++ = '\0';
  key = presync_fact_key_find (name);
  if (key == NULL)
    g_error ("no fact %s", name);
  origin = presync_origin_new (source != NULL ? source : key->source, "golden", "golden", now,
                               complete);
  if (equals == NULL)
    return presync_fact_new_unknown (name, at != NULL ? at : "", PRESYNC_UNKNOWN_NO_RIGHT,
                                     "no right to read", origin);
  return golden_fact_with_value (key, at != NULL ? at : "", equals + 1, origin);
}

/* (transfer full): the facts of @words that begin with @source and a slash; %NULL: those of the
 * keys' own sources */
static GPtrArray *
golden_facts (const char *const *words, const char *source, GDateTime *now)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *slash = strchr (words[i], '/');
      gboolean other = slash != NULL && slash < strchr (words[i], '.');
      g_autofree char *teller = other ? g_strndup (words[i], (gsize) (slash - words[i])) : NULL;
      if (words[i][0] != '\0' && g_strcmp0 (teller, source) == 0)
        g_ptr_array_add (list, golden_fact (other ? slash + 1 : words[i], source, now));
    }
  return g_steal_pointer (&list);
}

typedef struct
{
  PresyncCatalogue *catalogue;
  char *line;
} GoldenCase;

static void
golden_case_free (GoldenCase *self)
{
  g_object_unref (self->catalogue);
  g_free (self->line);
  g_free (self);
}

/* A right that is missing, or a place where it does not arrive, is named in what was found. */
static void
golden_check_found (GPtrArray *facts, const PresyncJudgement *judgement)
{
  if (judgement->status != PRESYNC_STATUS_NOT_MET && judgement->status != PRESYNC_STATUS_ADVICE)
    return;
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const PresyncFactKey *key = presync_fact_key_find (presync_fact_get_key (fact));
      g_autofree char *text = presync_fact_describe (fact);
      if ((key->format != PRESYNC_FORMAT_RIGHTS && key->format != PRESYNC_FORMAT_GAPS)
          || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
          || presync_fact_get_list (fact)[0] == NULL)
        continue;
      g_assert_nonnull (judgement->found);
      g_assert_nonnull (strstr (judgement->found, text));
      g_assert_nonnull (strstr (judgement->found, key->label));
      /* What is all right does not hide what is not; of several domains each is told. */
      if (!g_str_equal (presync_fact_get_subject (fact), ""))
        continue;
      g_assert_null (strstr (judgement->found, "granted"));
      g_assert_null (strstr (judgement->found, "everywhere"));
    }
}

/* Of an account that is certainly absent, that is told, whatever else was to be looked at. */
static void
golden_check_absent (GPtrArray *facts, const PresyncJudgement *judgement)
{
  for (guint i = 0; judgement->status == PRESYNC_STATUS_NOT_MET && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *key = presync_fact_get_key (fact);
      if (g_str_has_suffix (key, ".exists") && presync_fact_key_get_account (key) != NULL
          && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
          && !presync_fact_get_boolean (fact))
        g_assert_true (g_str_has_prefix (judgement->found, "no (")
                       && strstr (judgement->found, "exists)") != NULL);
    }
}

static void
golden_test_case (gconstpointer data)
{
  const GoldenCase *self = data;
  GDate edition;
  g_auto (GStrv) field = g_strsplit (self->line, ";", 4);
  g_auto (GStrv) words = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) computer_object = NULL;
  g_autoptr (GPtrArray) this_computer = NULL;
  g_autoptr (PresyncCondition) condition = NULL;
  g_autoptr (PresyncJudgement) judgement = NULL;
  const char *feature;

  g_assert_true (presync_edition_parse (g_strstrip (field[1]), &edition, NULL));
  condition = rules_kit_find (self->catalogue, g_strstrip (field[0]), &edition);
  g_assert_nonnull (condition);
  words = g_strsplit (g_strstrip (field[3]), " ", -1);
  list = golden_facts ((const char *const *) words, NULL, now);
  computer_object = golden_facts ((const char *const *) words, "directory", now);
  this_computer = golden_facts ((const char *const *) words, "network", now);
  feature = presync_condition_get_feature (condition);
  if (feature != NULL)
    {
      g_autofree char *planned = g_strconcat (feature, "=yes", NULL);
      g_ptr_array_add (list, golden_fact (planned, NULL, now));
    }
  presync_fact_set_update (facts, list);
  presync_fact_set_update (facts, computer_object);
  presync_fact_set_update (facts, this_computer);
  judgement = presync_judge (condition, facts, now);
  g_assert_cmpstr (presync_status_id (judgement->status), ==, g_strstrip (field[2]));
  /* What fails or passes shows what was found; all else says why. */
  if (judgement->status == PRESYNC_STATUS_UNKNOWN
      || judgement->status == PRESYNC_STATUS_NEEDS_ANSWER
      || judgement->status == PRESYNC_STATUS_NOT_APPLICABLE)
    g_assert_nonnull (judgement->reason);
  else
    g_assert_cmpuint (judgement->facts->len, >, 0);
  golden_check_found (list, judgement);
  golden_check_absent (list, judgement);
}

static gboolean
golden_is_measured (PresyncCondition *condition)
{
  const PresyncTest *test = presync_condition_get_test (condition);
  return test->kind != PRESYNC_TEST_BY_PERSON;
}

/* FALSE if @test leaves to a person what it does not find met. */
static gboolean
golden_can_fail (const PresyncTest *test)
{
  gboolean can = test->kind != PRESYNC_TEST_BY_PERSON;

  for (guint i = 0; test->kind == PRESYNC_TEST_ANY && i < test->children->len; i++)
    can = can && golden_can_fail (g_ptr_array_index (test->children, i));
  return can;
}

/* FALSE if a person has to say something, whatever was measured. */
static gboolean
golden_can_pass (const PresyncTest *test)
{
  gboolean can = test->kind != PRESYNC_TEST_BY_PERSON;

  for (guint i = 0; test->kind == PRESYNC_TEST_ALL && i < test->children->len; i++)
    can = can && golden_can_pass (g_ptr_array_index (test->children, i));
  return can;
}

/* A condition that a program can measure and that has no case both ways is a gap. */
static void
golden_test_complete (gconstpointer data)
{
  const GoldenCase *self = data;

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) list = presync_catalogue_list (self->catalogue, option);
      for (guint i = 0; i < list->len; i++)
        {
          g_autoptr (GPtrArray) conditions
              = presync_requirement_list_conditions (g_ptr_array_index (list, i), NULL);
          for (guint j = 0; j < conditions->len; j++)
            {
              PresyncCondition *condition = g_ptr_array_index (conditions, j);
              const char *id = presync_condition_get_id (condition);
              const PresyncTest *test = presync_condition_get_test (condition);
              g_autofree char *met = g_strdup_printf (
                  "\n%s ; [0-9-]+ ; %s ;", id, golden_can_pass (test) ? "met" : "needs-answer");
              g_autofree char *not_met
                  = g_strdup_printf ("\n%s ; [0-9-]+ ; (%s) ;", id,
                                     golden_can_fail (test) ? "not-met|advice" : "needs-answer");
              if (!golden_is_measured (condition))
                continue;
              if (!g_regex_match_simple (met, self->line, 0, 0)
                  || !g_regex_match_simple (not_met, self->line, 0, 0))
                {
                  g_test_message ("%s has no case both ways", id);
                  g_test_fail ();
                }
            }
        }
    }
}

/* What only a person can see needs an answer, whatever else is known. */
static void
golden_test_by_person (gconstpointer data)
{
  const GoldenCase *self = data;
  guint n = 0;
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) list = presync_catalogue_list (self->catalogue, option);
      for (guint i = 0; i < list->len; i++)
        {
          g_autoptr (GPtrArray) conditions
              = presync_requirement_list_conditions (g_ptr_array_index (list, i), NULL);
          for (guint j = 0; j < conditions->len; j++)
            {
              PresyncCondition *condition = g_ptr_array_index (conditions, j);
              g_autoptr (PresyncJudgement) judgement = NULL;
              if (golden_is_measured (condition)
                  || presync_condition_get_feature (condition) != NULL)
                continue;
              judgement = presync_judge (condition, facts, now);
              g_assert_cmpstr (presync_status_id (judgement->status), ==, "needs-answer");
              g_assert_null (judgement->found);
              n++;
            }
        }
    }
  g_assert_cmpuint (n, >, 10);
}

/* What a facts file, the SQL Server, the tenant or the network tells is asked of nobody. */
static void
golden_test_measured (gconstpointer data)
{
  const GoldenCase *self = data;
  /* what no program can see there */
  static const char *const by_person[] = { "cs-ha-agents",      "cs-tier0",
                                           "cn-tier0",          "cn-adfs-certificate-key",
                                           "cn-adfs-hardware",  "cn-version-app-auth",
                                           "cn-sql-aad-backup", NULL };

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) rows = presync_catalogue_list (self->catalogue, option);
      for (guint i = 0; i < rows->len; i++)
        {
          PresyncRequirement *row = g_ptr_array_index (rows, i);
          PresyncSection section = presync_requirement_get_section (row);
          g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (row, NULL);
          for (guint j = 0; j < conditions->len; j++)
            {
              PresyncCondition *condition = g_ptr_array_index (conditions, j);
              const char *id = presync_condition_get_id (condition);
              gboolean person = !golden_is_measured (condition);
              if (section == PRESYNC_SECTION_HARDWARE_AND_SOFTWARE
                  || section == PRESYNC_SECTION_SQL_SERVER)
                if (person != g_strv_contains (by_person, id))
                  g_error ("%s is asked of %s", id, person ? "a person" : "no person");
            }
        }
    }
}

static GoldenCase *
golden_case_new (PresyncCatalogue *catalogue, const char *line)
{
  GoldenCase *self = g_new0 (GoldenCase, 1);
  self->catalogue = g_object_ref (catalogue);
  self->line = g_strdup (line);
  return self;
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncCatalogue) catalogue = NULL;

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  path = g_test_build_filename (G_TEST_DIST, "unit", "golden.txt", NULL);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  catalogue = presync_catalogue_new_built_in ();
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && strchr (lines[i], ';') != NULL)
      {
        g_auto (GStrv) field = g_strsplit (lines[i], " ;", 4);
        g_autofree char *name = g_strdup_printf ("/golden/%s/%u", field[0], i + 1);
        g_test_add_data_func_full (name, golden_case_new (catalogue, lines[i]), golden_test_case,
                                   (GDestroyNotify) golden_case_free);
      }
  g_test_add_data_func_full ("/golden/complete", golden_case_new (catalogue, text),
                             golden_test_complete, (GDestroyNotify) golden_case_free);
  g_test_add_data_func_full ("/golden/measured", golden_case_new (catalogue, text),
                             golden_test_measured, (GDestroyNotify) golden_case_free);
  g_test_add_data_func_full ("/golden/by-person", golden_case_new (catalogue, text),
                             golden_test_by_person, (GDestroyNotify) golden_case_free);
  return g_test_run ();
}
