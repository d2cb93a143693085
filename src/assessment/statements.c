/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/statements.h"

#include <string.h>
#include <glib/gi18n.h>

struct _PresyncStatements
{
  GObject parent_instance;
  GHashTable *answers; /* condition id -> PresyncAnswer, which holds the id */
  GHashTable *waivers; /* condition id -> PresyncWaiver, likewise */
  GPtrArray *done;     /* PresyncStatementsStep, the last at the end */
  GPtrArray *undone;   /* likewise */
  PresyncStatementsTitle title;
  gpointer title_data;
};

enum
{
  PROP_UNDO_TEXT = 1,
  PROP_REDO_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (PresyncStatements, presync_statements, G_TYPE_OBJECT)

/* A change, with what was there before it and after it: answers or waivers; nullable */
typedef struct
{
  char *condition;
  gboolean waiver;
  GObject *before;
  GObject *after;
} PresyncStatementsStep;

static void
presync_statements_step_free (gpointer data)
{
  PresyncStatementsStep *self = data;

  g_free (self->condition);
  g_clear_object (&self->before);
  g_clear_object (&self->after);
  g_free (self);
}

static void
presync_statements_finalize (GObject *object)
{
  PresyncStatements *self = PRESYNC_STATEMENTS (object);

  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->waivers);
  g_ptr_array_unref (self->done);
  g_ptr_array_unref (self->undone);
  G_OBJECT_CLASS (presync_statements_parent_class)->finalize (object);
}

/* (transfer full) (nullable): the last step of @steps for people */
static char *
presync_statements_dup_text (PresyncStatements *self, GPtrArray *steps)
{
  const PresyncStatementsStep *step;
  g_autofree char *title = NULL;

  if (steps->len == 0)
    return NULL;
  step = g_ptr_array_index (steps, steps->len - 1);
  title = self->title != NULL ? self->title (step->condition, self->title_data)
                              : g_strdup (step->condition);
  if (step->waiver && step->after != NULL)
    /* Translators: what can be undone or done again; the title of a condition */
    return g_strdup_printf (_ ("Waiver of “%s”"), title);
  if (step->waiver)
    /* Translators: what can be undone or done again; the title of a condition */
    return g_strdup_printf (_ ("Removal of the waiver of “%s”"), title);
  if (step->after != NULL)
    /* Translators: what can be undone or done again; the title of a condition */
    return g_strdup_printf (_ ("Answer of “%s”"), title);
  /* Translators: what can be undone or done again; the title of a condition */
  return g_strdup_printf (_ ("Removal of the answer of “%s”"), title);
}

static void
presync_statements_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncStatements *self = PRESYNC_STATEMENTS (object);

  switch (id)
    {
    case PROP_UNDO_TEXT:
      g_value_take_string (value, presync_statements_dup_text (self, self->done));
      break;
    case PROP_REDO_TEXT:
      g_value_take_string (value, presync_statements_dup_text (self, self->undone));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_statements_class_init (PresyncStatementsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = presync_statements_finalize;
  object_class->get_property = presync_statements_get_property;
  properties[PROP_UNDO_TEXT] = g_param_spec_string ("undo-text", NULL, NULL, NULL, readable);
  properties[PROP_REDO_TEXT] = g_param_spec_string ("redo-text", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
presync_statements_init (PresyncStatements *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->waivers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->done = g_ptr_array_new_with_free_func (presync_statements_step_free);
  self->undone = g_ptr_array_new_with_free_func (presync_statements_step_free);
}

PresyncStatements *
presync_statements_new (void)
{
  return g_object_new (PRESYNC_TYPE_STATEMENTS, NULL);
}

void
presync_statements_set_title (PresyncStatements *self, PresyncStatementsTitle title,
                              gpointer user_data)
{
  g_return_if_fail (PRESYNC_IS_STATEMENTS (self));
  self->title = title;
  self->title_data = user_data;
}

PresyncAnswer *
presync_statements_get_answer (PresyncStatements *self, const char *condition)
{
  g_return_val_if_fail (PRESYNC_IS_STATEMENTS (self), NULL);
  g_return_val_if_fail (condition != NULL, NULL);
  return g_hash_table_lookup (self->answers, condition);
}

PresyncWaiver *
presync_statements_get_waiver (PresyncStatements *self, const char *condition)
{
  g_return_val_if_fail (PRESYNC_IS_STATEMENTS (self), NULL);
  g_return_val_if_fail (condition != NULL, NULL);
  return g_hash_table_lookup (self->waivers, condition);
}

gboolean
presync_statements_has_waivers (PresyncStatements *self)
{
  g_return_val_if_fail (PRESYNC_IS_STATEMENTS (self), FALSE);
  return g_hash_table_size (self->waivers) > 0;
}

static int
presync_statements_compare_cb (gconstpointer a, gconstpointer b, gpointer table)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer container): what @table holds, by condition id */
static GPtrArray *
presync_statements_list (GHashTable *table)
{
  guint n = 0;
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (table, &n);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);

  g_qsort_with_data (ids, (int) n, sizeof *ids, presync_statements_compare_cb, NULL);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, g_object_ref (g_hash_table_lookup (table, ids[i])));
  return list;
}

GPtrArray *
presync_statements_list_answers (PresyncStatements *self)
{
  g_return_val_if_fail (PRESYNC_IS_STATEMENTS (self), NULL);
  return presync_statements_list (self->answers);
}

GPtrArray *
presync_statements_list_waivers (PresyncStatements *self)
{
  g_return_val_if_fail (PRESYNC_IS_STATEMENTS (self), NULL);
  return presync_statements_list (self->waivers);
}

/* @statement: (nullable): an answer or a waiver, which holds its condition's id */
static void
presync_statements_put (PresyncStatements *self, gboolean waiver, const char *condition,
                        GObject *statement)
{
  GHashTable *table = waiver ? self->waivers : self->answers;

  if (statement == NULL)
    g_hash_table_remove (table, condition);
  /* replace, not insert: the key lives in the value */
  else if (waiver)
    g_hash_table_replace (table,
                          (gpointer) presync_waiver_get_condition (PRESYNC_WAIVER (statement)),
                          g_object_ref (statement));
  else
    g_hash_table_replace (table,
                          (gpointer) presync_answer_get_condition (PRESYNC_ANSWER (statement)),
                          g_object_ref (statement));
}

static void
presync_statements_tell (PresyncStatements *self, const char *condition)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, properties[PROP_UNDO_TEXT]);
  g_object_notify_by_pspec (object, properties[PROP_REDO_TEXT]);
  g_object_thaw_notify (object);
  g_signal_emit (self, changed_signal, 0, condition);
}

/* @after: (nullable) (transfer none) */
static void
presync_statements_set (PresyncStatements *self, gboolean waiver, const char *condition,
                        GObject *after)
{
  PresyncStatementsStep *step = g_new0 (PresyncStatementsStep, 1);
  GObject *before = g_hash_table_lookup (waiver ? self->waivers : self->answers, condition);

  step->condition = g_strdup (condition);
  step->waiver = waiver;
  g_set_object (&step->before, before);
  g_set_object (&step->after, after);
  g_ptr_array_set_size (self->undone, 0);
  g_ptr_array_add (self->done, step);
  presync_statements_put (self, waiver, step->condition, after);
  presync_statements_tell (self, step->condition);
}

void
presync_statements_set_answer (PresyncStatements *self, const char *condition,
                               PresyncAnswer *answer)
{
  g_return_if_fail (PRESYNC_IS_STATEMENTS (self) && condition != NULL);
  g_return_if_fail (answer == NULL
                    || g_str_equal (presync_answer_get_condition (answer), condition));
  if (!presync_answer_equal (presync_statements_get_answer (self, condition), answer))
    presync_statements_set (self, FALSE, condition, (GObject *) answer);
}

void
presync_statements_set_waiver (PresyncStatements *self, const char *condition,
                               PresyncWaiver *waiver)
{
  g_return_if_fail (PRESYNC_IS_STATEMENTS (self) && condition != NULL);
  g_return_if_fail (waiver == NULL
                    || g_str_equal (presync_waiver_get_condition (waiver), condition));
  if (!presync_waiver_equal (presync_statements_get_waiver (self, condition), waiver))
    presync_statements_set (self, TRUE, condition, (GObject *) waiver);
}

void
presync_statements_load (PresyncStatements *self, GPtrArray *answers, GPtrArray *waivers)
{
  g_return_if_fail (PRESYNC_IS_STATEMENTS (self));
  g_return_if_fail (answers != NULL && waivers != NULL);
  g_hash_table_remove_all (self->answers);
  g_hash_table_remove_all (self->waivers);
  g_ptr_array_set_size (self->done, 0);
  g_ptr_array_set_size (self->undone, 0);
  for (guint i = 0; i < answers->len; i++)
    presync_statements_put (self, FALSE, NULL, g_ptr_array_index (answers, i));
  for (guint i = 0; i < waivers->len; i++)
    presync_statements_put (self, TRUE, NULL, g_ptr_array_index (waivers, i));
  presync_statements_tell (self, NULL);
}

/* The last step of @from goes to @to, and what it left (@back: found) is there again. */
static gboolean
presync_statements_move (PresyncStatements *self, GPtrArray *from, GPtrArray *to, gboolean back)
{
  PresyncStatementsStep *step;
  g_autofree char *condition = NULL;

  if (from->len == 0)
    return FALSE;
  step = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, step);
  condition = g_strdup (step->condition);
  presync_statements_put (self, step->waiver, condition, back ? step->before : step->after);
  presync_statements_tell (self, condition);
  return TRUE;
}

gboolean
presync_statements_undo (PresyncStatements *self)
{
  g_return_val_if_fail (PRESYNC_IS_STATEMENTS (self), FALSE);
  return presync_statements_move (self, self->done, self->undone, TRUE);
}

gboolean
presync_statements_redo (PresyncStatements *self)
{
  g_return_val_if_fail (PRESYNC_IS_STATEMENTS (self), FALSE);
  return presync_statements_move (self, self->undone, self->done, FALSE);
}
