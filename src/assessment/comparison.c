/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/comparison.h"

#include <glib/gi18n.h>

struct _PresyncComparison
{
  GObject parent_instance;
  PresyncRun *before;
  PresyncRun *after;
  GPtrArray *rows; /* PresyncComparisonRow */
  guint counts[PRESYNC_N_OPTIONS][PRESYNC_N_CHANGES];
  guint n_foreign;
};

G_DEFINE_FINAL_TYPE (PresyncComparison, presync_comparison, G_TYPE_OBJECT)

static void
presync_comparison_row_free (gpointer data)
{
  PresyncComparisonRow *self = data;

  g_object_unref (self->requirement);
  g_object_unref (self->condition);
  g_free (self);
}

static void
presync_comparison_finalize (GObject *object)
{
  PresyncComparison *self = PRESYNC_COMPARISON (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  G_OBJECT_CLASS (presync_comparison_parent_class)->finalize (object);
}

static void
presync_comparison_class_init (PresyncComparisonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_comparison_finalize;
}

static void
presync_comparison_init (PresyncComparison *self)
{
  self->rows = g_ptr_array_new_with_free_func (presync_comparison_row_free);
}

static gboolean
presync_comparison_is_problem (PresyncStatus status)
{
  return status == PRESYNC_STATUS_NOT_MET || status == PRESYNC_STATUS_ADVICE;
}

static gboolean
presync_comparison_is_open (PresyncStatus status)
{
  return status == PRESYNC_STATUS_UNKNOWN || status == PRESYNC_STATUS_NEEDS_ANSWER;
}

/* What the two statuses alone say */
static PresyncChange
presync_comparison_judge (PresyncStatus before, PresyncStatus after)
{
  if (presync_comparison_is_problem (after))
    {
      if (before == after)
        return PRESYNC_CHANGE_UNCHANGED;
      if (!presync_comparison_is_problem (before))
        return PRESYNC_CHANGE_NEW;
      return after == PRESYNC_STATUS_NOT_MET ? PRESYNC_CHANGE_NEW : PRESYNC_CHANGE_MENDED;
    }
  if (presync_comparison_is_open (after))
    return presync_comparison_is_open (before) ? PRESYNC_CHANGE_UNCHANGED : PRESYNC_CHANGE_LOST;
  if (presync_comparison_is_problem (before))
    return PRESYNC_CHANGE_MENDED;
  return presync_comparison_is_open (before) ? PRESYNC_CHANGE_KNOWN : PRESYNC_CHANGE_UNCHANGED;
}

/* @a, @b: (nullable) */
static gboolean
presync_comparison_same_test (const PresyncTest *a, const PresyncTest *b)
{
  g_autofree char *left = a != NULL ? presync_test_dup_text (a) : NULL;
  g_autofree char *right = b != NULL ? presync_test_dup_text (b) : NULL;

  return g_strcmp0 (left, right) == 0;
}

/* What is met with advice in one edition may be met in another. */
static gboolean
presync_comparison_same_advice (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!presync_comparison_same_test (((const PresyncAdvice *) g_ptr_array_index (a, i))->test,
                                       ((const PresyncAdvice *) g_ptr_array_index (b, i))->test))
      return FALSE;
  return TRUE;
}

/* Do both conditions ask the same of the same severity? */
static gboolean
presync_comparison_asks_same (PresyncCondition *a, PresyncCondition *b)
{
  const PresyncProvided *left = presync_condition_get_provided (a);
  const PresyncProvided *right = presync_condition_get_provided (b);

  if (a == b)
    return TRUE;
  return presync_condition_get_severity (a) == presync_condition_get_severity (b)
         && g_strcmp0 (presync_condition_get_feature (a), presync_condition_get_feature (b)) == 0
         && g_str_equal (presync_condition_get_needed (a), presync_condition_get_needed (b))
         && presync_comparison_same_test (presync_condition_get_test (a),
                                          presync_condition_get_test (b))
         && presync_comparison_same_advice (presync_condition_get_advice (a),
                                            presync_condition_get_advice (b))
         && presync_comparison_same_test (presync_condition_get_only_when (a),
                                          presync_condition_get_only_when (b))
         && presync_comparison_same_test (left != NULL ? left->test : NULL,
                                          right != NULL ? right->test : NULL);
}

/* Did somebody answer "met"? What comes of an answer depends on the severity: of what is required,
 * advice is what was met with advice. */
static gboolean
presync_comparison_says_met (const PresyncRunRow *row, PresyncCondition *condition)
{
  return row->status == PRESYNC_STATUS_MET
         || (row->status == PRESYNC_STATUS_ADVICE
             && presync_condition_get_severity (condition) != PRESYNC_SEVERITY_RECOMMENDED);
}

/* Did people, and not the sources, make the difference? The same answer in both runs is a fact like
 * others. */
static gboolean
presync_comparison_is_stated (const PresyncRunRow *before, const PresyncRunRow *after,
                              PresyncCondition *was, PresyncCondition *is)
{
  return before->answered != after->answered
         || (before->answered
             && presync_comparison_says_met (before, was)
                    != presync_comparison_says_met (after, is));
}

/* What @change, which the statuses that count tell, is called: nothing was mended where a problem
 * is only answered away, or is none because nobody asks any more; and none is new that was there
 * all the time, below an answer that was taken back. */
static PresyncChange
presync_comparison_refine (PresyncChange change, const PresyncRunRow *before,
                           const PresyncRunRow *after)
{
  if (change == PRESYNC_CHANGE_NEW && before->answered
      && presync_comparison_judge (before->measured, after->status) != PRESYNC_CHANGE_NEW)
    return PRESYNC_CHANGE_STATED;
  if (change != PRESYNC_CHANGE_MENDED)
    return change;
  if (after->status == PRESYNC_STATUS_NOT_APPLICABLE)
    return PRESYNC_CHANGE_NOT_ASKED;
  if (after->answered
      && presync_comparison_judge (before->status, after->measured) != PRESYNC_CHANGE_MENDED)
    return PRESYNC_CHANGE_STATED;
  return change;
}

/* @was, @is: (nullable): the condition in the edition of each run */
static PresyncChange
presync_comparison_change (const PresyncRunRow *before, const PresyncRunRow *after,
                           PresyncCondition *was, PresyncCondition *is)
{
  PresyncChange change;

  if (was != is && ((before == NULL && was == NULL) || (after == NULL && is == NULL)))
    return PRESYNC_CHANGE_BY_EDITION;
  /* Asked for, yet not in the run: another program wrote it. Nothing is known of it there. */
  change = presync_comparison_judge (before != NULL ? before->status : PRESYNC_STATUS_UNKNOWN,
                                     after != NULL ? after->status : PRESYNC_STATUS_UNKNOWN);
  if (change == PRESYNC_CHANGE_UNCHANGED || before == NULL || after == NULL)
    return change;
  if (was != NULL && is != NULL && !presync_comparison_asks_same (was, is)
      && g_str_equal (before->evidence, after->evidence)
      && !presync_comparison_is_stated (before, after, was, is))
    return PRESYNC_CHANGE_BY_EDITION;
  return presync_comparison_refine (change, before, after);
}

/* (transfer full): condition id -> row of @run for @option */
static GHashTable *
presync_comparison_index (PresyncRun *run, PresyncOption option)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *rows = presync_run_get_rows (run);

  for (guint i = 0; i < rows->len; i++)
    {
      PresyncRunRow *row = g_ptr_array_index (rows, i);

      if (row->option == option)
        g_hash_table_insert (index, row->condition, row);
    }
  return index;
}

/* (nullable) (transfer none): the one of @id that holds on @edition, among @conditions */
static PresyncCondition *
presync_comparison_find (GPtrArray *conditions, const char *id, const GDate *edition)
{
  for (guint i = 0; i < conditions->len; i++)
    {
      PresyncCondition *condition = g_ptr_array_index (conditions, i);

      if (g_str_equal (presync_condition_get_id (condition), id)
          && presync_condition_holds_on (condition, edition))
        return condition;
    }
  return NULL;
}

/* Takes the rows of @condition out of @before and @after: several conditions may have its id. */
static void
presync_comparison_add (PresyncComparison *self, PresyncRequirement *requirement,
                        GPtrArray *conditions, PresyncCondition *condition, GHashTable *before,
                        GHashTable *after)
{
  const char *id = presync_condition_get_id (condition);
  const PresyncRunRow *old = g_hash_table_lookup (before, id);
  const PresyncRunRow *new = g_hash_table_lookup (after, id);
  PresyncOption option = presync_requirement_get_option (requirement);
  PresyncCondition *was, *is;
  PresyncComparisonRow *row;

  if (old == NULL && new == NULL)
    return;
  was = presync_comparison_find (conditions, id, presync_run_get_edition (self->before));
  is = presync_comparison_find (conditions, id, presync_run_get_edition (self->after));
  row = g_new0 (PresyncComparisonRow, 1);
  row->option = option;
  row->requirement = g_object_ref (requirement);
  row->condition = g_object_ref (is != NULL ? is : was != NULL ? was : condition);
  row->before = old;
  row->after = new;
  row->change = presync_comparison_change (old, new, was, is);
  g_ptr_array_add (self->rows, row);
  self->counts[option][row->change]++;
  g_hash_table_remove (before, id);
  g_hash_table_remove (after, id);
}

static void
presync_comparison_add_option (PresyncComparison *self, PresyncCatalogue *catalogue,
                               PresyncOption option)
{
  g_autoptr (GPtrArray) requirements = presync_catalogue_list (catalogue, option);
  g_autoptr (GHashTable) before = presync_comparison_index (self->before, option);
  g_autoptr (GHashTable) after = presync_comparison_index (self->after, option);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < requirements->len; i++)
    {
      PresyncRequirement *requirement = g_ptr_array_index (requirements, i);
      g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (requirement, NULL);

      for (guint j = 0; j < conditions->len; j++)
        presync_comparison_add (self, requirement, conditions, g_ptr_array_index (conditions, j),
                                before, after);
    }
  self->n_foreign += g_hash_table_size (before);
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (before, id))
      self->n_foreign++;
}

PresyncComparison *
presync_comparison_new (PresyncCatalogue *catalogue, PresyncRun *before, PresyncRun *after)
{
  PresyncComparison *self;

  g_return_val_if_fail (PRESYNC_IS_CATALOGUE (catalogue), NULL);
  g_return_val_if_fail (PRESYNC_IS_RUN (before) && presync_run_get_rows (before) != NULL, NULL);
  g_return_val_if_fail (PRESYNC_IS_RUN (after) && presync_run_get_rows (after) != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_COMPARISON, NULL);
  self->before = g_object_ref (before);
  self->after = g_object_ref (after);
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    presync_comparison_add_option (self, catalogue, option);
  return self;
}

PresyncRun *
presync_comparison_get_before (PresyncComparison *self)
{
  g_return_val_if_fail (PRESYNC_IS_COMPARISON (self), NULL);
  return self->before;
}

PresyncRun *
presync_comparison_get_after (PresyncComparison *self)
{
  g_return_val_if_fail (PRESYNC_IS_COMPARISON (self), NULL);
  return self->after;
}

GPtrArray *
presync_comparison_get_rows (PresyncComparison *self)
{
  g_return_val_if_fail (PRESYNC_IS_COMPARISON (self), NULL);
  return self->rows;
}

guint
presync_comparison_count (PresyncComparison *self, PresyncChange change)
{
  guint n = 0;

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    n += presync_comparison_count_option (self, option, change);
  return n;
}

guint
presync_comparison_count_option (PresyncComparison *self, PresyncOption option,
                                 PresyncChange change)
{
  g_return_val_if_fail (PRESYNC_IS_COMPARISON (self), 0);
  g_return_val_if_fail (option < PRESYNC_N_OPTIONS && change < PRESYNC_N_CHANGES, 0);
  return self->counts[option][change];
}

guint
presync_comparison_get_n_foreign (PresyncComparison *self)
{
  g_return_val_if_fail (PRESYNC_IS_COMPARISON (self), 0);
  return self->n_foreign;
}

const char *
presync_change_title (PresyncChange change)
{
  /* Translators: what became of a condition between two runs */
  static const char *const titles[] = {
    [PRESYNC_CHANGE_NEW] = N_ ("New"),
    [PRESYNC_CHANGE_MENDED] = N_ ("Mended"),
    [PRESYNC_CHANGE_STATED] = N_ ("Answered by hand"),
    [PRESYNC_CHANGE_NOT_ASKED] = N_ ("No longer asked"),
    [PRESYNC_CHANGE_BY_EDITION] = N_ ("Changed by edition"),
    [PRESYNC_CHANGE_LOST] = N_ ("No longer known"),
    [PRESYNC_CHANGE_KNOWN] = N_ ("Now known"),
    [PRESYNC_CHANGE_UNCHANGED] = N_ ("Unchanged"),
  };

  g_return_val_if_fail (change < PRESYNC_N_CHANGES, NULL);
  return _ (titles[change]);
}

const char *
presync_change_id (PresyncChange change)
{
  static const char *const ids[] = {
    [PRESYNC_CHANGE_NEW] = "new",
    [PRESYNC_CHANGE_MENDED] = "mended",
    [PRESYNC_CHANGE_STATED] = "stated",
    [PRESYNC_CHANGE_NOT_ASKED] = "not-asked",
    [PRESYNC_CHANGE_BY_EDITION] = "by-edition",
    [PRESYNC_CHANGE_LOST] = "lost",
    [PRESYNC_CHANGE_KNOWN] = "known",
    [PRESYNC_CHANGE_UNCHANGED] = "unchanged",
  };

  g_return_val_if_fail (change < PRESYNC_N_CHANGES, NULL);
  return ids[change];
}
