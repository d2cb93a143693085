/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/judge.h"

#include <glib/gi18n.h>

/* So many subjects are named in "found"; the rest is counted. */
#define SHOWN_SUBJECTS 3

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

/* All facts of @key in the order of @facts, in one line: "DC01: 2016, DC02: 2012 R2". */
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

/* What was found, for people; what the user plans is no finding. */
static char *
presync_judge_found (GPtrArray *facts)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *key = presync_fact_get_key (fact);
      if (!presync_judge_is_plan (fact) && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
          && !g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
        g_ptr_array_add (keys, (gpointer) key);
    }
  if (keys->len == 0)
    return NULL;
  if (keys->len == 1)
    return presync_judge_describe_key (facts, g_ptr_array_index (keys, 0));
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      g_autofree char *value = presync_judge_describe_key (facts, key);
      /* TRANSLATORS: name of a value, then the value */
      g_string_append_printf (text, _ ("%s: %s"), presync_judge_label (key), value);
      if (i + 1 < keys->len)
        g_string_append (text, " · ");
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

/* (nullable): the first fact that the condition names and nobody has collected */
static const PresyncFactKey *
presync_judge_missing_key (PresyncCondition *condition, PresyncFactSet *facts)
{
  GPtrArray *keys = presync_condition_get_fact_keys (condition);

  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      if (presync_fact_set_lookup (facts, key) == NULL)
        return presync_fact_key_find (key);
    }
  return NULL;
}

static char *
presync_judge_why_unanswered (PresyncCondition *condition, PresyncFactSet *facts)
{
  const PresyncFactKey *key = presync_judge_missing_key (condition, facts);

  if (key == NULL)
    return g_strdup (_ ("No program can see this: find out by hand and answer."));
  if (!g_str_equal (key->source, "directory"))
    return g_strdup_printf (_ ("No source has collected this (%s): find out by hand and answer."),
                               presync_source_title (key->source));
  if (presync_fact_set_lookup (facts, "forest.functional-level") == NULL)
    return g_strdup (_ ("No directory was read: connect to a domain controller, or answer by "
                        "hand."));
  if (g_str_has_prefix (key->id, "server."))
    return g_strdup (_ ("Name the sync server, so that its computer object can be read, or answer "
                        "by hand."));
  return g_strdup (_ ("The directory was not asked for this: find out by hand and answer."));
}

static const char *
presync_judge_find_advice (PresyncCondition *condition, PresyncFactSet *facts, GDateTime *now)
{
  GPtrArray *advice = presync_condition_get_advice (condition);

  for (guint i = 0; i < advice->len; i++)
    {
      PresyncAdvice *item = g_ptr_array_index (advice, i);
      if (presync_evaluate (item->test, facts, now, NULL) == PRESYNC_FALSE)
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

static void
presync_judge_settle (PresyncJudgement *self, PresyncCondition *condition, PresyncTruth truth,
                      PresyncFactSet *facts, GDateTime *now)
{
  const char *advice;

  switch (truth)
    {
    case PRESYNC_TRUE:
      advice = presync_judge_find_advice (condition, facts, now);
      self->status = advice != NULL ? PRESYNC_STATUS_ADVICE : PRESYNC_STATUS_MET;
      self->reason = g_strdup (advice);
      return;
    case PRESYNC_FALSE:
      self->status = presync_condition_get_severity (condition) == PRESYNC_SEVERITY_RECOMMENDED
                         ? PRESYNC_STATUS_ADVICE
                         : PRESYNC_STATUS_NOT_MET;
      self->reason = g_strdup_printf (_ ("Needed: %s."), presync_condition_get_needed (condition));
      return;
    case PRESYNC_NOT_COLLECTED:
      self->status = PRESYNC_STATUS_NEEDS_ANSWER;
      self->reason = presync_judge_why_unanswered (condition, facts);
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
  const PresyncTest *only_when;
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
  truth = presync_evaluate (presync_condition_get_test (condition), facts, now, self->facts);
  only_when = presync_condition_get_only_when (condition);
  if (only_when != NULL)
    applies = presync_evaluate (only_when, facts, now, self->facts);
  self->found = presync_judge_found (self->facts);
  if (applies == PRESYNC_FALSE)
    {
      self->status = PRESYNC_STATUS_NOT_APPLICABLE;
      self->reason = g_strdup (_ ("Does not apply to what was found or planned."));
    }
  else if (applies != PRESYNC_TRUE && truth != PRESYNC_TRUE)
    /* Whether it applies is open, so failing it is no certainty either. */
    presync_judge_settle (self, condition, applies, facts, now);
  else
    presync_judge_settle (self, condition, truth, facts, now);
  return g_steal_pointer (&self);
}
