/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/condition-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (PresyncCondition, presync_condition, G_TYPE_OBJECT)

static void
presync_advice_free (PresyncAdvice *advice)
{
  presync_test_free (advice->test);
  g_free (advice->text);
  g_free (advice);
}

static void
presync_provided_free (PresyncProvided *provided)
{
  presync_test_free (provided->test);
  g_free (provided->text);
  g_free (provided);
}

static void
presync_step_free (PresyncStep *step)
{
  g_free (step->text);
  g_free (step);
}

static void
presync_figure_free (PresyncFigure *figure)
{
  g_free (figure->value);
  g_free (figure);
}

static void
presync_condition_finalize (GObject *object)
{
  PresyncCondition *self = PRESYNC_CONDITION (object);

  g_free (self->id);
  g_free (self->feature);
  g_free (self->title);
  g_free (self->needed);
  g_free (self->why);
  g_clear_pointer (&self->from, g_date_free);
  g_clear_pointer (&self->until, g_date_free);
  g_clear_pointer (&self->test, presync_test_free);
  g_clear_pointer (&self->only_when, presync_test_free);
  g_clear_pointer (&self->provided, presync_provided_free);
  g_ptr_array_unref (self->fact_keys);
  g_ptr_array_unref (self->advice);
  g_ptr_array_unref (self->fix);
  g_ptr_array_unref (self->find_out);
  g_ptr_array_unref (self->figures);
  g_ptr_array_unref (self->references);
  G_OBJECT_CLASS (presync_condition_parent_class)->finalize (object);
}

static void
presync_condition_class_init (PresyncConditionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_condition_finalize;
}

static void
presync_condition_init (PresyncCondition *self)
{
  self->fact_keys = g_ptr_array_new ();
  self->advice = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_advice_free);
  self->fix = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_step_free);
  self->find_out = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_step_free);
  self->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_figure_free);
  self->references = g_ptr_array_new ();
}

PresyncCondition *
presync_condition_new (void)
{
  return g_object_new (PRESYNC_TYPE_CONDITION, NULL);
}

void
presync_condition_seal (PresyncCondition *self)
{
  GHashTableIter iter;
  gpointer key;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  presync_test_collect_facts (self->test, keys);
  if (self->only_when != NULL)
    presync_test_collect_facts (self->only_when, keys);
  if (self->provided != NULL)
    presync_test_collect_facts (self->provided->test, keys);
  for (guint i = 0; i < self->advice->len; i++)
    {
      PresyncAdvice *advice = g_ptr_array_index (self->advice, i);
      presync_test_collect_facts (advice->test, keys);
    }
  if (self->feature != NULL)
    g_hash_table_add (keys, self->feature);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (self->fact_keys, key);
}

const char *
presync_severity_id (PresyncSeverity severity)
{
  static const char *const ids[] = { "required", "recommended", "conditional" };

  g_return_val_if_fail (severity < G_N_ELEMENTS (ids), NULL);
  return ids[severity];
}

const char *
presync_severity_title (PresyncSeverity severity)
{
  static const char *const titles[]
      = { N_ ("Required"), N_ ("Recommended"), N_ ("Required for a planned feature") };

  g_return_val_if_fail (severity < G_N_ELEMENTS (titles), NULL);
  return _ (titles[severity]);
}

const char *
presync_condition_get_id (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->id;
}

PresyncSeverity
presync_condition_get_severity (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), PRESYNC_SEVERITY_REQUIRED);
  return self->severity;
}

const char *
presync_condition_get_feature (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->feature;
}

const char *
presync_condition_get_account (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->account;
}

const char *
presync_condition_get_title (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->title;
}

const char *
presync_condition_get_needed (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->needed;
}

const char *
presync_condition_get_why (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->why;
}

const GDate *
presync_condition_get_from (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->from;
}

const GDate *
presync_condition_get_until (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->until;
}

const PresyncTest *
presync_condition_get_test (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->test;
}

const PresyncTest *
presync_condition_get_only_when (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->only_when;
}

const PresyncProvided *
presync_condition_get_provided (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->provided;
}

GPtrArray *
presync_condition_get_fact_keys (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->fact_keys;
}

GPtrArray *
presync_condition_get_advice (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->advice;
}

GPtrArray *
presync_condition_get_fix (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->fix;
}

GPtrArray *
presync_condition_get_find_out (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->find_out;
}

GPtrArray *
presync_condition_get_figures (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->figures;
}

GPtrArray *
presync_condition_get_references (PresyncCondition *self)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), NULL);
  return self->references;
}

gboolean
presync_condition_holds_on (PresyncCondition *self, const GDate *edition)
{
  g_return_val_if_fail (PRESYNC_IS_CONDITION (self), FALSE);
  g_return_val_if_fail (edition != NULL, FALSE);
  return (self->from == NULL || g_date_compare (self->from, edition) <= 0)
         && (self->until == NULL || g_date_compare (edition, self->until) < 0);
}
