/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/evaluate.h"

#include "base/version.h"
#include "facts/fact-list.h"
#include "rules/built-in.h"

static PresyncTruth
presync_truth_and (PresyncTruth a, PresyncTruth b)
{
  if (a == PRESYNC_FALSE || b == PRESYNC_FALSE)
    return PRESYNC_FALSE;
  /* Of two that are open the first tells: it is what the test is about. */
  return a != PRESYNC_TRUE ? a : b;
}

static PresyncTruth
presync_truth_not (PresyncTruth a)
{
  if (a == PRESYNC_TRUE)
    return PRESYNC_FALSE;
  if (a == PRESYNC_FALSE)
    return PRESYNC_TRUE;
  return a;
}

/* By De Morgan, so that there is one table only. */
static PresyncTruth
presync_truth_or (PresyncTruth a, PresyncTruth b)
{
  return presync_truth_not (presync_truth_and (presync_truth_not (a), presync_truth_not (b)));
}

static gboolean
presync_evaluate_same_text (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);
  return g_str_equal (folded_a, folded_b);
}

static gint64
presync_evaluate_amount (PresyncFact *fact)
{
  if (presync_fact_get_value_type (fact) == PRESYNC_FACT_LIST)
    return (gint64) g_strv_length ((char **) presync_fact_get_list (fact));
  return presync_fact_get_integer (fact);
}

static gboolean
presync_evaluate_equals (const PresyncTest *test, PresyncFact *fact)
{
  if (presync_fact_get_value_type (fact) == PRESYNC_FACT_INTEGER)
    return presync_fact_get_integer (fact) == test->number;
  for (guint i = 0; test->values[i] != NULL; i++)
    if (presync_evaluate_same_text (presync_fact_get_text (fact), test->values[i]))
      return TRUE;
  return FALSE;
}

static gboolean
presync_evaluate_contains (const PresyncTest *test, PresyncFact *fact)
{
  const char *const *list;

  if (presync_fact_get_value_type (fact) == PRESYNC_FACT_TEXT)
    {
      g_autofree char *text = g_utf8_casefold (presync_fact_get_text (fact), -1);
      g_autofree char *part = g_utf8_casefold (test->values[0], -1);
      return g_strstr_len (text, -1, part) != NULL;
    }
  list = presync_fact_get_list (fact);
  for (guint i = 0; list[i] != NULL; i++)
    if (presync_evaluate_same_text (list[i], test->values[0]))
      return TRUE;
  return FALSE;
}

static gboolean
presync_evaluate_version (const PresyncTest *test, PresyncFact *fact)
{
  PresyncVersion have, need;

  return presync_version_parse (presync_fact_get_text (fact), &have)
         && presync_version_parse (test->values[0], &need)
         && presync_version_compare (&have, &need) >= 0;
}

/* Two-valued: the fact is known and its read was complete. */
static gboolean
presync_evaluate_known (const PresyncTest *test, PresyncFact *fact, GDateTime *now)
{
  switch (test->kind)
    {
    case PRESYNC_TEST_IS_TRUE:
      return presync_fact_get_boolean (fact);
    case PRESYNC_TEST_IS_FALSE:
      return !presync_fact_get_boolean (fact);
    case PRESYNC_TEST_AT_LEAST:
      return presync_evaluate_amount (fact) >= test->number;
    case PRESYNC_TEST_AT_MOST:
      return presync_evaluate_amount (fact) <= test->number;
    case PRESYNC_TEST_EQUALS:
    case PRESYNC_TEST_ONE_OF:
      return presync_evaluate_equals (test, fact);
    case PRESYNC_TEST_CONTAINS:
      return presync_evaluate_contains (test, fact);
    case PRESYNC_TEST_VERSION_AT_LEAST:
      return presync_evaluate_version (test, fact);
    case PRESYNC_TEST_OLDER_THAN:
      return g_date_time_difference (now, presync_fact_get_time (fact))
             >= test->number * G_TIME_SPAN_HOUR;
    case PRESYNC_TEST_IS_KNOWN:
      return TRUE;
    case PRESYNC_TEST_BUILT_IN:
      return presync_built_in_holds (test->values[0], fact);
    case PRESYNC_TEST_IS_COLLECTED:
    case PRESYNC_TEST_AGREES:
    case PRESYNC_TEST_SHARES:
    case PRESYNC_TEST_SAME:
    case PRESYNC_TEST_ALL:
    case PRESYNC_TEST_ANY:
    case PRESYNC_TEST_NOT:
    case PRESYNC_TEST_BY_PERSON:
    default:
      g_return_val_if_reached (FALSE);
    }
}

/* @negated: what is false here makes the whole true, so nothing is certain of a partial read */
static PresyncTruth
presync_evaluate_fact (const PresyncTest *test, PresyncFact *fact, GDateTime *now, gboolean negated)
{
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return PRESYNC_NOT_READ;
  if (presync_origin_get_complete (presync_fact_get_origin (fact)))
    return presync_evaluate_known (test, fact, now) ? PRESYNC_TRUE : PRESYNC_FALSE;
  /* What a partial read counted can only grow: too many already is too many for certain. */
  if (!negated && test->kind == PRESYNC_TEST_AT_MOST && !presync_evaluate_known (test, fact, now))
    return PRESYNC_FALSE;
  return PRESYNC_NOT_READ;
}

/* The facts that decided come first, so that a person sees the one that fails. */
static void
presync_evaluate_note_used (GPtrArray *facts, const GArray *truths, PresyncTruth result,
                            GPtrArray *used)
{
  g_autoptr (GPtrArray) ordered = g_ptr_array_new ();

  if (used == NULL)
    return;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < facts->len; i++)
      if ((g_array_index (truths, PresyncTruth, i) == result) == (pass == 0))
        g_ptr_array_add (ordered, g_ptr_array_index (facts, i));
  presync_fact_list_add (used, ordered);
}

static PresyncTruth
presync_evaluate_leaf (const PresyncTest *test, PresyncFactSet *facts, GDateTime *now,
                       gboolean negated, GPtrArray *used)
{
  GPtrArray *list = presync_fact_set_lookup (facts, test->fact);
  PresyncTruth result = test->for_any ? PRESYNC_FALSE : PRESYNC_TRUE;
  g_autoptr (GArray) truths = g_array_new (FALSE, FALSE, sizeof (PresyncTruth));

  if (list == NULL || list->len == 0)
    return PRESYNC_NOT_COLLECTED;
  for (guint i = 0; i < list->len; i++)
    {
      PresyncTruth truth = presync_evaluate_fact (test, g_ptr_array_index (list, i), now, negated);
      g_array_append_val (truths, truth);
      result = test->for_any ? presync_truth_or (result, truth) : presync_truth_and (result, truth);
    }
  presync_evaluate_note_used (list, truths, result, used);
  return result;
}

static gboolean
presync_evaluate_same_value (PresyncFact *a, PresyncFact *b)
{
  switch (presync_fact_get_value_type (a))
    {
    case PRESYNC_FACT_BOOLEAN:
      return presync_fact_get_boolean (a) == presync_fact_get_boolean (b);
    case PRESYNC_FACT_INTEGER:
      return presync_fact_get_integer (a) == presync_fact_get_integer (b);
    case PRESYNC_FACT_TEXT:
    case PRESYNC_FACT_VERSION:
      return presync_evaluate_same_text (presync_fact_get_text (a), presync_fact_get_text (b));
    case PRESYNC_FACT_LIST:
    case PRESYNC_FACT_TIME:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
presync_evaluate_note_all (GPtrArray *facts, GPtrArray *used)
{
  if (used != NULL)
    presync_fact_list_add (used, facts);
}

/* Do all sources that know the fact tell the same? One alone has nothing to be compared with. */
static PresyncTruth
presync_evaluate_agrees (const PresyncTest *test, PresyncFactSet *facts, GPtrArray *used)
{
  GPtrArray *layers = presync_fact_set_list_layers (facts, test->fact);
  PresyncFact *first = NULL;
  gboolean complete = TRUE;
  gboolean same = TRUE;
  guint knowing = 0;

  if (layers == NULL)
    return PRESYNC_NOT_COLLECTED;
  for (guint i = 0; i < layers->len; i++)
    {
      GPtrArray *layer = g_ptr_array_index (layers, i);
      gboolean knows = FALSE;
      for (guint j = 0; j < layer->len; j++)
        {
          PresyncFact *fact = g_ptr_array_index (layer, j);
          if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
            continue;
          knows = TRUE;
          first = first != NULL ? first : fact;
          same = same && presync_evaluate_same_value (first, fact);
          complete = complete && presync_origin_get_complete (presync_fact_get_origin (fact));
        }
      knowing += knows ? 1 : 0;
      presync_evaluate_note_all (layer, used);
    }
  if (layers->len < 2)
    return PRESYNC_NOT_COLLECTED;
  if (knowing > 1 && !same)
    return PRESYNC_FALSE;
  return knowing > 1 && complete ? PRESYNC_TRUE : PRESYNC_NOT_READ;
}

/* @members: a set of case-folded texts, filled; FALSE if there may be more of them */
static gboolean
presync_evaluate_gather (GPtrArray *facts, GHashTable *members)
{
  gboolean whole = TRUE;

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      gboolean known = presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE;
      gboolean text = presync_fact_get_value_type (fact) == PRESYNC_FACT_TEXT;
      const char *const *list = known && !text ? presync_fact_get_list (fact) : NULL;
      if (known && text)
        g_hash_table_add (members, g_utf8_casefold (presync_fact_get_text (fact), -1));
      for (guint j = 0; list != NULL && list[j] != NULL; j++)
        g_hash_table_add (members, g_utf8_casefold (list[j], -1));
      whole = whole && known && presync_origin_get_complete (presync_fact_get_origin (fact));
    }
  return whole;
}

/* Have two lists a member in common? One that was found stays found, however much was not read. */
static PresyncTruth
presync_evaluate_shares (const PresyncTest *test, PresyncFactSet *facts, GPtrArray *used)
{
  GPtrArray *one = presync_fact_set_lookup (facts, test->fact);
  GPtrArray *other = presync_fact_set_lookup (facts, test->with);
  gboolean whole;
  GHashTableIter iter;
  gpointer member;
  g_autoptr (GHashTable) ones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (one == NULL || one->len == 0 || other == NULL || other->len == 0)
    return PRESYNC_NOT_COLLECTED;
  presync_evaluate_note_all (one, used);
  presync_evaluate_note_all (other, used);
  whole = presync_evaluate_gather (one, ones);
  whole = presync_evaluate_gather (other, others) && whole;
  g_hash_table_iter_init (&iter, ones);
  while (g_hash_table_iter_next (&iter, &member, NULL))
    if (g_hash_table_contains (others, member))
      return PRESYNC_TRUE;
  return whole ? PRESYNC_FALSE : PRESYNC_NOT_READ;
}

/* Are two texts the same? Of a text that was read in part nothing can be said. */
static PresyncTruth
presync_evaluate_same (const PresyncTest *test, PresyncFactSet *facts, GPtrArray *used)
{
  GPtrArray *one = presync_fact_set_lookup (facts, test->fact);
  GPtrArray *other = presync_fact_set_lookup (facts, test->with);
  PresyncTruth result = PRESYNC_TRUE;

  if (one != NULL)
    presync_evaluate_note_all (one, used);
  if (other != NULL)
    presync_evaluate_note_all (other, used);
  if (one == NULL || one->len == 0 || other == NULL || other->len == 0)
    return PRESYNC_NOT_COLLECTED;
  for (guint i = 0; i < one->len; i++)
    for (guint j = 0; j < other->len; j++)
      {
        PresyncFact *a = g_ptr_array_index (one, i);
        PresyncFact *b = g_ptr_array_index (other, j);
        PresyncTruth truth = PRESYNC_NOT_READ;
        if (presync_fact_get_unknown (a) == PRESYNC_UNKNOWN_NONE
            && presync_fact_get_unknown (b) == PRESYNC_UNKNOWN_NONE
            && presync_origin_get_complete (presync_fact_get_origin (a))
            && presync_origin_get_complete (presync_fact_get_origin (b)))
          truth = presync_evaluate_same_value (a, b) ? PRESYNC_TRUE : PRESYNC_FALSE;
        result = presync_truth_and (result, truth);
      }
  return result;
}

/* Is one number at most, or at least, another? Both may have been counted in part, and can only
 * grow: what is too much already, or the room that was read whole, stays so. */
static PresyncTruth
presync_evaluate_numbers (const PresyncTest *test, PresyncFact *a, PresyncFact *b, gboolean negated)
{
  gboolean at_most = test->kind == PRESYNC_TEST_AT_MOST;
  PresyncFact *lesser = at_most ? a : b;
  PresyncFact *greater = at_most ? b : a;
  gboolean holds;
  gboolean whole;

  if (presync_fact_get_unknown (a) != PRESYNC_UNKNOWN_NONE
      || presync_fact_get_unknown (b) != PRESYNC_UNKNOWN_NONE)
    return PRESYNC_NOT_READ;
  holds = presync_fact_get_integer (lesser) <= presync_fact_get_integer (greater);
  whole = presync_origin_get_complete (presync_fact_get_origin (greater));
  if (whole && presync_origin_get_complete (presync_fact_get_origin (lesser)))
    return holds ? PRESYNC_TRUE : PRESYNC_FALSE;
  return whole && !holds && !negated ? PRESYNC_FALSE : PRESYNC_NOT_READ;
}

/* at-most, at-least with another fact: each of the one against each of the other */
static PresyncTruth
presync_evaluate_with (const PresyncTest *test, PresyncFactSet *facts, gboolean negated,
                       GPtrArray *used)
{
  GPtrArray *one = presync_fact_set_lookup (facts, test->fact);
  GPtrArray *other = presync_fact_set_lookup (facts, test->with);
  PresyncTruth result = test->for_any ? PRESYNC_FALSE : PRESYNC_TRUE;

  if (one != NULL)
    presync_evaluate_note_all (one, used);
  if (other != NULL)
    presync_evaluate_note_all (other, used);
  if (one == NULL || one->len == 0 || other == NULL || other->len == 0)
    return PRESYNC_NOT_COLLECTED;
  for (guint i = 0; i < one->len; i++)
    for (guint j = 0; j < other->len; j++)
      {
        PresyncTruth truth = presync_evaluate_numbers (test, g_ptr_array_index (one, i),
                                                       g_ptr_array_index (other, j), negated);
        result
            = test->for_any ? presync_truth_or (result, truth) : presync_truth_and (result, truth);
      }
  return result;
}

/* Moves the facts of the children that decided in front of the others'. */
static void
presync_evaluate_note_children (GPtrArray *used_by, const GArray *truths, PresyncTruth result,
                                GPtrArray *used)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < used_by->len; i++)
      if ((g_array_index (truths, PresyncTruth, i) == result) == (pass == 0))
        presync_fact_list_add (used, g_ptr_array_index (used_by, i));
}

static PresyncTruth presync_evaluate_node (const PresyncTest *test, PresyncFactSet *facts,
                                           GDateTime *now, gboolean negated, GPtrArray *used);

static PresyncTruth
presync_evaluate_group (const PresyncTest *test, PresyncFactSet *facts, GDateTime *now,
                        gboolean negated, GPtrArray *used)
{
  gboolean all = test->kind == PRESYNC_TEST_ALL;
  PresyncTruth result = all ? PRESYNC_TRUE : PRESYNC_FALSE;
  g_autoptr (GArray) truths = g_array_new (FALSE, FALSE, sizeof (PresyncTruth));
  g_autoptr (GPtrArray) used_by
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < test->children->len; i++)
    {
      GPtrArray *child_used = g_ptr_array_new_with_free_func (g_object_unref);
      PresyncTruth truth = presync_evaluate_node (g_ptr_array_index (test->children, i), facts, now,
                                                  negated, child_used);
      g_array_append_val (truths, truth);
      g_ptr_array_add (used_by, child_used);
      result = all ? presync_truth_and (result, truth) : presync_truth_or (result, truth);
    }
  if (used != NULL)
    presync_evaluate_note_children (used_by, truths, result, used);
  return result;
}

static PresyncTruth
presync_evaluate_node (const PresyncTest *test, PresyncFactSet *facts, GDateTime *now,
                       gboolean negated, GPtrArray *used)
{
  if (test->kind == PRESYNC_TEST_BY_PERSON)
    return PRESYNC_NOT_COLLECTED;
  if (test->kind == PRESYNC_TEST_AGREES)
    return presync_evaluate_agrees (test, facts, used);
  if (test->kind == PRESYNC_TEST_SHARES)
    return presync_evaluate_shares (test, facts, used);
  if (test->kind == PRESYNC_TEST_SAME)
    return presync_evaluate_same (test, facts, used);
  if (test->kind == PRESYNC_TEST_IS_COLLECTED)
    return presync_fact_set_lookup (facts, test->fact) != NULL ? PRESYNC_TRUE : PRESYNC_FALSE;
  if ((test->kind == PRESYNC_TEST_AT_MOST || test->kind == PRESYNC_TEST_AT_LEAST)
      && test->with != NULL)
    return presync_evaluate_with (test, facts, negated, used);
  if (test->children == NULL)
    return presync_evaluate_leaf (test, facts, now, negated, used);
  if (test->kind == PRESYNC_TEST_NOT)
    return presync_truth_not (
        presync_evaluate_node (g_ptr_array_index (test->children, 0), facts, now, !negated, used));
  return presync_evaluate_group (test, facts, now, negated, used);
}

PresyncTruth
presync_evaluate (const PresyncTest *test, PresyncFactSet *facts, GDateTime *now, GPtrArray *used)
{
  g_return_val_if_fail (test != NULL && facts != NULL && now != NULL, PRESYNC_NOT_READ);
  return presync_evaluate_node (test, facts, now, FALSE, used);
}
