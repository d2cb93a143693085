/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/fact-set.h"

struct _PresyncFactSet
{
  GObject parent_instance;
  GHashTable *by_key; /* const char * -> GPtrArray of layers */
};

/* A layer: what one source tells of one key, a GPtrArray of PresyncFact that is never empty */

enum
{
  CHANGED,
  REFRESHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PresyncFactSet, presync_fact_set, G_TYPE_OBJECT)

static void
presync_fact_set_finalize (GObject *object)
{
  PresyncFactSet *self = PRESYNC_FACT_SET (object);

  g_clear_pointer (&self->by_key, g_hash_table_unref);
  G_OBJECT_CLASS (presync_fact_set_parent_class)->finalize (object);
}

static void
presync_fact_set_class_init (PresyncFactSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = presync_fact_set_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[REFRESHED] = g_signal_new ("refreshed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
presync_fact_set_init (PresyncFactSet *self)
{
  self->by_key
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
}

PresyncFactSet *
presync_fact_set_new (void)
{
  return g_object_new (PRESYNC_TYPE_FACT_SET, NULL);
}

static const char *
presync_fact_set_layer_source (GPtrArray *layer)
{
  return presync_origin_get_source (presync_fact_get_origin (g_ptr_array_index (layer, 0)));
}

static gboolean
presync_fact_set_layer_knows (GPtrArray *layer)
{
  for (guint i = 0; i < layer->len; i++)
    if (presync_fact_get_unknown (g_ptr_array_index (layer, i)) == PRESYNC_UNKNOWN_NONE)
      return TRUE;
  return FALSE;
}

/* (nullable): the layer of @source among @layers (nullable) */
static GPtrArray *
presync_fact_set_find_layer (GPtrArray *layers, const char *source)
{
  for (guint i = 0; layers != NULL && i < layers->len; i++)
    if (g_str_equal (presync_fact_set_layer_source (g_ptr_array_index (layers, i)), source))
      return g_ptr_array_index (layers, i);
  return NULL;
}

/* (nullable): the layer that counts: that of the key's own source unless it knows nothing and
 * another does */
static GPtrArray *
presync_fact_set_best_layer (GPtrArray *layers, const char *key)
{
  GPtrArray *best;

  if (layers == NULL)
    return NULL;
  best = presync_fact_set_find_layer (layers, presync_fact_key_find (key)->source);
  for (guint i = 0; i < layers->len && (best == NULL || !presync_fact_set_layer_knows (best)); i++)
    if (best == NULL || presync_fact_set_layer_knows (g_ptr_array_index (layers, i)))
      best = g_ptr_array_index (layers, i);
  return best;
}

/* @facts: (transfer full): become the layer of their source */
static void
presync_fact_set_put_layer (PresyncFactSet *self, const char *key, GPtrArray *facts)
{
  GPtrArray *layers = g_hash_table_lookup (self->by_key, key);
  GPtrArray *old;

  if (layers == NULL)
    {
      layers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
      g_hash_table_insert (self->by_key, (gpointer) key, layers);
    }
  old = presync_fact_set_find_layer (layers, presync_fact_set_layer_source (facts));
  if (old != NULL)
    g_ptr_array_remove (layers, old);
  g_ptr_array_add (layers, facts);
}

static gboolean
presync_fact_set_same_facts (GPtrArray *old, GPtrArray *new)
{
  if (old == NULL || new == NULL || old->len != new->len)
    return FALSE;
  for (guint i = 0; i < new->len; i++)
    if (!presync_fact_same_value (g_ptr_array_index (old, i), g_ptr_array_index (new, i)))
      return FALSE;
  return TRUE;
}

static guint
presync_fact_set_hash (gconstpointer subject)
{
  PresyncFact *fact = (PresyncFact *) subject;

  return g_str_hash (presync_fact_get_key (fact)) * 31
         + g_str_hash (presync_fact_get_subject (fact));
}

static gboolean
presync_fact_set_same_subject (gconstpointer a, gconstpointer b)
{
  PresyncFact *fact_a = (PresyncFact *) a;
  PresyncFact *fact_b = (PresyncFact *) b;

  return g_str_equal (presync_fact_get_key (fact_a), presync_fact_get_key (fact_b))
         && g_str_equal (presync_fact_get_subject (fact_a), presync_fact_get_subject (fact_b));
}

/* @facts: those of one key; @places: of all facts in such arrays, counted from 1. The last fact of
 * a subject takes the place of the first. */
static void
presync_fact_set_add (GPtrArray *facts, GHashTable *places, PresyncFact *fact)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, fact));

  if (place != 0)
    g_set_object ((PresyncFact **) &g_ptr_array_index (facts, place - 1), fact);
  else
    {
      g_ptr_array_add (facts, g_object_ref (fact));
      g_hash_table_insert (places, fact, GUINT_TO_POINTER (facts->len));
    }
}

/* The keys are static strings of the key table, so they may outlive any fact. */
static const char *
presync_fact_set_static_key (const char *key)
{
  return presync_fact_key_find (key)->id;
}

static void
presync_fact_set_emit (PresyncFactSet *self, guint signal, GPtrArray *keys)
{
  if (keys->len == 0)
    return;
  g_ptr_array_add (keys, NULL);
  g_signal_emit (self, signals[signal], 0, keys->pdata);
}

static void
presync_fact_set_note (GPtrArray *keys, const char *key)
{
  if (!g_ptr_array_find (keys, key, NULL))
    g_ptr_array_add (keys, (gpointer) key);
}

/* @facts: of one source. Adds their keys to @changed or @refreshed. */
static void
presync_fact_set_take (PresyncFactSet *self, GPtrArray *facts, GPtrArray *changed,
                       GPtrArray *refreshed)
{
  GHashTableIter iter;
  gpointer key, value;
  g_autoptr (GHashTable) fresh = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) places
      = g_hash_table_new (presync_fact_set_hash, presync_fact_set_same_subject);

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *id = presync_fact_set_static_key (presync_fact_get_key (fact));
      GPtrArray *same = g_hash_table_lookup (fresh, id);
      if (same == NULL)
        {
          same = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (fresh, (gpointer) id, same);
        }
      presync_fact_set_add (same, places, fact);
    }
  g_hash_table_iter_init (&iter, fresh);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      GPtrArray *before = presync_fact_set_lookup (self, key);
      g_autoptr (GPtrArray) old = before != NULL ? g_ptr_array_ref (before) : NULL;
      GPtrArray *layers = g_hash_table_lookup (self->by_key, key);
      GPtrArray *layer
          = presync_fact_set_find_layer (layers, presync_fact_set_layer_source (value));
      /* What another source tells better may hide it, yet they may agree no longer. */
      gboolean same
          = (layers == NULL || layers->len == 1 || presync_fact_set_same_facts (layer, value));

      presync_fact_set_put_layer (self, key, value);
      same = same && presync_fact_set_same_facts (old, presync_fact_set_lookup (self, key));
      presync_fact_set_note (same ? refreshed : changed, key);
    }
}

void
presync_fact_set_update (PresyncFactSet *self, GPtrArray *facts)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  g_autoptr (GPtrArray) refreshed = g_ptr_array_new ();

  g_return_if_fail (PRESYNC_IS_FACT_SET (self));
  g_return_if_fail (facts != NULL);
  presync_fact_set_take (self, facts, changed, refreshed);
  presync_fact_set_emit (self, CHANGED, changed);
  presync_fact_set_emit (self, REFRESHED, refreshed);
}

void
presync_fact_set_load (PresyncFactSet *self, GPtrArray *facts)
{
  g_autoptr (GHashTable) sources = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) batches
      = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();
  g_autoptr (GPtrArray) refreshed = g_ptr_array_new ();

  g_return_if_fail (PRESYNC_IS_FACT_SET (self));
  g_return_if_fail (facts != NULL);
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *source = presync_origin_get_source (presync_fact_get_origin (fact));
      GPtrArray *batch = g_hash_table_lookup (sources, source);

      if (batch == NULL)
        {
          batch = g_ptr_array_new ();
          g_hash_table_insert (sources, (gpointer) source, batch);
          g_ptr_array_add (batches, batch);
        }
      g_ptr_array_add (batch, fact);
    }
  /* Of sources that know as much, the first counts: the same facts must come out the same. */
  for (guint i = 0; i < batches->len; i++)
    presync_fact_set_take (self, g_ptr_array_index (batches, i), changed, refreshed);
  presync_fact_set_emit (self, CHANGED, changed);
  presync_fact_set_emit (self, REFRESHED, refreshed);
}

GPtrArray *
presync_fact_set_list_all (PresyncFactSet *self)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (self), NULL);
  for (gsize i = 0; i < n; i++)
    {
      GPtrArray *layers = g_hash_table_lookup (self->by_key, keys[i].id);

      for (guint j = 0; layers != NULL && j < layers->len; j++)
        {
          GPtrArray *layer = g_ptr_array_index (layers, j);

          for (guint k = 0; k < layer->len; k++)
            g_ptr_array_add (list, g_object_ref (g_ptr_array_index (layer, k)));
        }
    }
  return g_steal_pointer (&list);
}

/* @keys: (nullable): all */
static void
presync_fact_set_forget (PresyncFactSet *self, const char *source, const char *const *keys)
{
  GHashTableIter iter;
  gpointer key, layers;
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, &layers))
    {
      GPtrArray *layer = keys == NULL || g_strv_contains (keys, key)
                             ? presync_fact_set_find_layer (layers, source)
                             : NULL;
      if (layer == NULL)
        continue;
      g_ptr_array_add (changed, key);
      g_ptr_array_remove (layers, layer);
      if (((GPtrArray *) layers)->len == 0)
        g_hash_table_iter_remove (&iter);
    }
  presync_fact_set_emit (self, CHANGED, changed);
}

void
presync_fact_set_forget_source (PresyncFactSet *self, const char *source)
{
  g_return_if_fail (PRESYNC_IS_FACT_SET (self));
  g_return_if_fail (source != NULL);
  presync_fact_set_forget (self, source, NULL);
}

void
presync_fact_set_forget_keys (PresyncFactSet *self, const char *source, const char *const *keys)
{
  g_return_if_fail (PRESYNC_IS_FACT_SET (self));
  g_return_if_fail (source != NULL && keys != NULL);
  presync_fact_set_forget (self, source, keys);
}

gboolean
presync_fact_set_forget_prefixes (PresyncFactSet *self, const char *const *prefixes)
{
  GHashTableIter iter;
  gpointer key;
  gboolean any;
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (self), FALSE);
  g_return_val_if_fail (prefixes != NULL, FALSE);
  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    for (guint i = 0; prefixes[i] != NULL; i++)
      if (g_str_has_prefix (key, prefixes[i]))
        {
          g_ptr_array_add (changed, key);
          g_hash_table_iter_remove (&iter);
          break;
        }
  any = changed->len > 0;
  presync_fact_set_emit (self, CHANGED, changed);
  return any;
}

GPtrArray *
presync_fact_set_lookup (PresyncFactSet *self, const char *key)
{
  g_return_val_if_fail (PRESYNC_IS_FACT_SET (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  return presync_fact_set_best_layer (g_hash_table_lookup (self->by_key, key), key);
}

GPtrArray *
presync_fact_set_lookup_source (PresyncFactSet *self, const char *key, const char *source)
{
  g_return_val_if_fail (PRESYNC_IS_FACT_SET (self), NULL);
  g_return_val_if_fail (key != NULL && source != NULL, NULL);
  return presync_fact_set_find_layer (g_hash_table_lookup (self->by_key, key), source);
}

GPtrArray *
presync_fact_set_list_layers (PresyncFactSet *self, const char *key)
{
  g_return_val_if_fail (PRESYNC_IS_FACT_SET (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);
  return g_hash_table_lookup (self->by_key, key);
}

GPtrArray *
presync_fact_set_list (PresyncFactSet *self)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (self), NULL);
  for (gsize i = 0; i < n; i++)
    {
      GPtrArray *facts = presync_fact_set_lookup (self, keys[i].id);
      for (guint j = 0; facts != NULL && j < facts->len; j++)
        g_ptr_array_add (list, g_object_ref (g_ptr_array_index (facts, j)));
    }
  return g_steal_pointer (&list);
}
