/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/changes.h"

static void
presync_changes_unref_object (gpointer object)
{
  if (object != NULL)
    g_object_unref (object);
}

static void
presync_changes_unref_array (gpointer array)
{
  if (array != NULL)
    g_ptr_array_unref (array);
}

static GHashTable *
presync_changes_new_table (GDestroyNotify destroy)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, destroy);
}

PresyncChanges *
presync_changes_new (void)
{
  PresyncChanges *self = g_new0 (PresyncChanges, 1);

  self->pieces = presync_changes_new_table (g_free);
  self->facts = presync_changes_new_table (presync_changes_unref_array);
  self->answers = presync_changes_new_table (presync_changes_unref_object);
  self->waivers = presync_changes_new_table (presync_changes_unref_object);
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
presync_changes_free (PresyncChanges *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->pieces);
  g_hash_table_unref (self->facts);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->waivers);
  g_ptr_array_unref (self->runs);
  g_free (self);
}

gboolean
presync_changes_is_empty (const PresyncChanges *self)
{
  return !self->all && g_hash_table_size (self->pieces) == 0 && g_hash_table_size (self->facts) == 0
         && g_hash_table_size (self->answers) == 0 && g_hash_table_size (self->waivers) == 0
         && self->runs->len == 0;
}

static void
presync_changes_move (GHashTable *table, GHashTable *newer)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, newer);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_hash_table_iter_steal (&iter);
      g_hash_table_replace (table, key, value);
    }
}

void
presync_changes_merge (PresyncChanges *self, PresyncChanges *newer)
{
  self->all = self->all || newer->all;
  presync_changes_move (self->pieces, newer->pieces);
  presync_changes_move (self->facts, newer->facts);
  presync_changes_move (self->answers, newer->answers);
  presync_changes_move (self->waivers, newer->waivers);
  for (guint i = 0; i < newer->runs->len; i++)
    g_ptr_array_add (self->runs, g_object_ref (g_ptr_array_index (newer->runs, i)));
  presync_changes_free (newer);
}

void
presync_changes_set_piece (PresyncChanges *self, const char *name, const char *json)
{
  g_hash_table_replace (self->pieces, g_strdup (name), g_strdup (json));
}

void
presync_changes_set_answer (PresyncChanges *self, const char *condition, PresyncAnswer *answer)
{
  g_hash_table_replace (self->answers, g_strdup (condition),
                        answer != NULL ? g_object_ref (answer) : NULL);
}

void
presync_changes_set_waiver (PresyncChanges *self, const char *condition, PresyncWaiver *waiver)
{
  g_hash_table_replace (self->waivers, g_strdup (condition),
                        waiver != NULL ? g_object_ref (waiver) : NULL);
}

void
presync_changes_set_facts (PresyncChanges *self, PresyncFactSet *facts, const char *key)
{
  GPtrArray *layers = presync_fact_set_list_layers (facts, key);
  GPtrArray *copy = NULL;

  if (layers != NULL)
    {
      copy = g_ptr_array_new_full (layers->len, (GDestroyNotify) g_ptr_array_unref);
      for (guint i = 0; i < layers->len; i++)
        g_ptr_array_add (copy, g_ptr_array_ref (g_ptr_array_index (layers, i)));
    }
  g_hash_table_replace (self->facts, g_strdup (key), copy);
}
