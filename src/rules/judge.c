/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/judge.h"

#include <glib/gi18n.h>

/* So many subjects are named in "found"; the rest is counted. */
#define SHOWN_SUBJECTS 3
/* So many different things are told in "found"; all facts stand in the details. */
#define SHOWN_KEYS 2
/* A feature rests on no more rights than this, and each that fails is named. */
#define SHOWN_RIGHTS 4

void
presync_judgement_free (PresyncJudgement *self)
{
  if (self == NULL)
    return;
  g_free (self->found);
  g_free (self->reason);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_free (self);
}

PresyncStatus
presync_worst_status (PresyncStatus a, PresyncStatus b)
{
  return MAX (a, b);
}

static gboolean
presync_judge_is_plan (PresyncFact *fact)
{
  return g_str_has_prefix (presync_fact_get_key (fact), "plan.");
}

static const char *
presync_judge_label (const char *key)
{
  return _ (presync_fact_key_find (key)->label);
}

/* All known facts of @key in the order of @facts, in one line: "DC01: 2016, DC02: 2012 R2". */
static char *
presync_judge_describe_key (GPtrArray *facts, const char *key)
{
  guint n = 0;
  gboolean same = TRUE;
  g_autofree char *first = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *value = NULL;
      if (!g_str_equal (presync_fact_get_key (fact), key))
        continue;
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        {
          /* Why is told as the reason; here it only keeps the others from standing for all. */
          same = FALSE;
          continue;
        }
      value = presync_fact_describe (fact);
      if (first == NULL)
        first = g_strdup (value);
      same = same && g_str_equal (first, value);
      if (n < SHOWN_SUBJECTS)
        g_string_append_printf (text, "%s%s: %s", n > 0 ? ", " : "",
                                presync_fact_get_subject (fact), value);
      n++;
    }
  if (same)
    return g_steal_pointer (&first);
  if (n > SHOWN_SUBJECTS)
    {
      guint more = n - SHOWN_SUBJECTS;
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static PresyncFactFormat
presync_judge_format (PresyncFact *fact)
{
  return presync_fact_key_find (presync_fact_get_key (fact))->format;
}

static gboolean
presync_judge_is_right (PresyncFact *fact)
{
  return presync_judge_format (fact) == PRESYNC_FORMAT_RIGHTS
         || presync_judge_format (fact) == PRESYNC_FORMAT_GAPS;
}

static void
presync_judge_add_key (GPtrArray *keys, PresyncFact *fact)
{
  const char *key = presync_fact_get_key (fact);

  if (!g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, (gpointer) key);
}

/* (transfer container): keys of the rights that are missing or do not arrive; if there is none, one
 * that is granted speaks for all; empty if @facts has no right that was read */
static GPtrArray *
presync_judge_shown_rights (GPtrArray *facts, gboolean *trouble)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  *trouble = FALSE;
  for (guint i = 0; i < facts->len && keys->len < SHOWN_RIGHTS; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (presync_judge_is_right (fact) && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
          && presync_fact_get_list (fact)[0] != NULL)
        presync_judge_add_key (keys, fact);
    }
  *trouble = keys->len > 0;
  for (guint i = 0; i < facts->len && keys->len == 0; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (presync_judge_format (fact) == PRESYNC_FORMAT_RIGHTS
          && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
        presync_judge_add_key (keys, fact);
    }
  return g_steal_pointer (&keys);
}

/* (transfer container): keys of the facts worth showing, the deciding ones first. What the user
 * plans is no finding; a plain yes or no is left out where there are values to show. */
static GPtrArray *
presync_judge_shown_keys (GPtrArray *facts, PresyncTruth truth)
{
  gboolean values_only = FALSE;
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < facts->len && truth == PRESYNC_TRUE; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      values_only |= presync_fact_get_value_type (fact) != PRESYNC_FACT_BOOLEAN
                     && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE;
    }
  for (guint i = 0; i < facts->len && keys->len < SHOWN_KEYS; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      gboolean boolean = presync_fact_get_value_type (fact) == PRESYNC_FACT_BOOLEAN;
      if (!presync_judge_is_plan (fact) && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
          && !(boolean && values_only))
        presync_judge_add_key (keys, fact);
    }
  return g_steal_pointer (&keys);
}

/* (nullable): what was found, for people */
static char *
presync_judge_found (GPtrArray *facts, PresyncTruth truth)
{
  gboolean named = FALSE;
  g_autoptr (GPtrArray) keys = presync_judge_shown_rights (facts, &named);
  g_autoptr (GString) text = g_string_new (NULL);

  if (keys->len == 0)
    {
      g_ptr_array_unref (keys);
      keys = presync_judge_shown_keys (facts, truth);
    }
  if (keys->len == 0)
    return NULL;
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      gboolean boolean = presync_fact_key_find (key)->type == PRESYNC_FACT_BOOLEAN;
      g_autofree char *value = presync_judge_describe_key (facts, key);
      if (i > 0)
        g_string_append (text, " · ");
      if (boolean)
        /* TRANSLATORS: yes or no, then what it is said of */
        g_string_append_printf (text, _ ("%s (%s)"), value, presync_judge_label (key));
      else if (keys->len > 1 || named)
        /* TRANSLATORS: name of a value, then the value */
        g_string_append_printf (text, _ ("%s: %s"), presync_judge_label (key), value);
      else
        g_string_append (text, value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
presync_judge_why_unknown (GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        return g_strdup (presync_fact_get_detail (fact));
    }
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      PresyncOrigin *origin = presync_fact_get_origin (fact);
      if (!presync_origin_get_complete (origin))
        return g_strdup_printf (_ ("%s: not everything was read from %s, so there may be more."),
                                presync_judge_label (presync_fact_get_key (fact)),
                                presync_origin_get_target (origin));
    }
  return g_strdup (_ ("It could not be read."));
}

/* (nullable): the first fact that @test names and nobody has collected */
static const PresyncFactKey *
presync_judge_missing_key (const PresyncTest *test, PresyncFactSet *facts)
{
  const PresyncFactKey *key = NULL;

  if (test->fact != NULL && presync_fact_set_lookup (facts, test->fact) == NULL)
    return presync_fact_key_find (test->fact);
  for (guint i = 0; key == NULL && test->children != NULL && i < test->children->len; i++)
    key = presync_judge_missing_key (g_ptr_array_index (test->children, i), facts);
  return key;
}

static char *
presync_judge_why_unanswered (const PresyncTest *test, PresyncFactSet *facts)
{
  const PresyncFactKey *key = presync_judge_missing_key (test, facts);

  if (key == NULL)
    return g_strdup (_ ("Find out by hand and answer: no program can see this."));
  if (!g_str_equal (key->source, "directory"))
    /* TRANSLATORS: %s is a source, such as SQL Server */
    return g_strdup_printf (_ ("Find out by hand and answer: not read yet (%s)."),
                            presync_source_title (key->source));
  /* This may depend on the condition alone: it is not judged again when other facts come. */
  if (presync_fact_key_get_account (key->id) != NULL)
    return g_strdup (_ ("Name this account under Accounts, or answer by hand."));
  if (g_str_has_prefix (key->id, "server."))
    return g_strdup (_ ("The sync server’s computer object was not read: connect to its domain and "
                        "name the server, or answer by hand."));
  return g_strdup (_ ("No directory was read: connect to a domain controller, or answer by hand."));
}

/* @used: the facts for which there is advice are put in front of it */
static const char *
presync_judge_find_advice (PresyncCondition *condition, PresyncFactSet *facts, GDateTime *now,
                           GPtrArray *used)
{
  GPtrArray *advice = presync_condition_get_advice (condition);

  for (guint i = 0; i < advice->len; i++)
    {
      PresyncAdvice *item = g_ptr_array_index (advice, i);
      g_autoptr (GPtrArray) about = g_ptr_array_new_with_free_func (g_object_unref);
      if (presync_evaluate (item->test, facts, now, about) != PRESYNC_FALSE)
        continue;
      for (guint j = 0; j < about->len; j++)
        {
          g_ptr_array_remove (used, g_ptr_array_index (about, j));
          g_ptr_array_insert (used, (int) j, g_object_ref (g_ptr_array_index (about, j)));
        }
      return item->text;
    }
  return NULL;
}

/* A feature that nobody spoke of is not planned. */
static gboolean
presync_judge_is_planned (PresyncCondition *condition, PresyncFactSet *facts)
{
  const char *feature = presync_condition_get_feature (condition);
  GPtrArray *plan = feature != NULL ? presync_fact_set_lookup (facts, feature) : NULL;

  if (feature == NULL)
    return TRUE;
  return plan != NULL && presync_fact_get_boolean (g_ptr_array_index (plan, 0));
}

/* @test: what has that @truth; @advice: (nullable): for what is true */
static void
presync_judge_settle (PresyncJudgement *self, PresyncCondition *condition, const PresyncTest *test,
                      PresyncTruth truth, PresyncFactSet *facts, const char *advice)
{
  switch (truth)
    {
    case PRESYNC_TRUE:
      self->status = advice != NULL ? PRESYNC_STATUS_ADVICE : PRESYNC_STATUS_MET;
      self->reason = g_strdup (advice);
      return;
    case PRESYNC_FALSE:
      self->status = presync_condition_get_severity (condition) == PRESYNC_SEVERITY_RECOMMENDED
                         ? PRESYNC_STATUS_ADVICE
                         : PRESYNC_STATUS_NOT_MET;
      return;
    case PRESYNC_NOT_COLLECTED:
      self->status = PRESYNC_STATUS_NEEDS_ANSWER;
      self->reason = presync_judge_why_unanswered (test, facts);
      return;
    case PRESYNC_NOT_READ:
    default:
      self->status = PRESYNC_STATUS_UNKNOWN;
      self->reason = presync_judge_why_unknown (self->facts);
      return;
    }
}

PresyncJudgement *
presync_judge (PresyncCondition *condition, PresyncFactSet *facts, GDateTime *now)
{
  PresyncTruth applies = PRESYNC_TRUE;
  PresyncTruth truth;
  const PresyncTest *test;
  const PresyncTest *only_when;
  const char *advice = NULL;
  g_autoptr (PresyncJudgement) self = g_new0 (PresyncJudgement, 1);

  g_return_val_if_fail (PRESYNC_IS_CONDITION (condition), NULL);
  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts) && now != NULL, NULL);
  self->facts = g_ptr_array_new_with_free_func (g_object_unref);
  if (!presync_judge_is_planned (condition, facts))
    {
      const char *feature = presync_condition_get_feature (condition);
      self->status = PRESYNC_STATUS_NOT_APPLICABLE;
      self->reason
          = g_strdup_printf (_ ("Only if this is planned: %s."), presync_judge_label (feature));
      return g_steal_pointer (&self);
    }
  test = presync_condition_get_test (condition);
  truth = presync_evaluate (test, facts, now, self->facts);
  only_when = presync_condition_get_only_when (condition);
  if (only_when != NULL)
    applies = presync_evaluate (only_when, facts, now, self->facts);
  if (truth == PRESYNC_TRUE && applies != PRESYNC_FALSE)
    advice = presync_judge_find_advice (condition, facts, now, self->facts);
  /* Where what matters was not collected, what was read beside it is no finding. */
  if (truth != PRESYNC_NOT_COLLECTED && applies != PRESYNC_FALSE)
    self->found = presync_judge_found (self->facts, truth);
  if (applies == PRESYNC_FALSE)
    {
      self->status = PRESYNC_STATUS_NOT_APPLICABLE;
      self->reason = g_strdup (_ ("Does not apply to what was found or planned."));
    }
  else if (applies != PRESYNC_TRUE && truth != PRESYNC_TRUE)
    /* Whether it applies is open, so failing it is no certainty either. */
    presync_judge_settle (self, condition, only_when, applies, facts, NULL);
  else
    presync_judge_settle (self, condition, test, truth, facts, advice);
  return g_steal_pointer (&self);
}
