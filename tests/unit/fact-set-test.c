/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/fact-set.h"

typedef struct
{
  PresyncFactSet *set;
  GString *log; /* "changed:key,key;refreshed:key;" with keys in order */
} FactSetTest;

static int
fact_set_test_compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static void
fact_set_test_log (FactSetTest *self, const char *signal, const char *const *keys)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; keys[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) keys[i]);
  g_ptr_array_sort (sorted, fact_set_test_compare);
  g_ptr_array_add (sorted, NULL);
  joined = g_strjoinv (",", (char **) sorted->pdata);
  g_string_append_printf (self->log, "%s:%s;", signal, joined);
}

static void
fact_set_test_changed_cb (PresyncFactSet *set, const char *const *keys, FactSetTest *self)
{
  fact_set_test_log (self, "changed", keys);
}

static void
fact_set_test_refreshed_cb (PresyncFactSet *set, const char *const *keys, FactSetTest *self)
{
  fact_set_test_log (self, "refreshed", keys);
}

static void
fact_set_test_set_up (FactSetTest *self, gconstpointer data)
{
  self->set = presync_fact_set_new ();
  self->log = g_string_new (NULL);
  g_signal_connect (self->set, "changed", G_CALLBACK (fact_set_test_changed_cb), self);
  g_signal_connect (self->set, "refreshed", G_CALLBACK (fact_set_test_refreshed_cb), self);
}

static void
fact_set_test_tear_down (FactSetTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->set);
  g_string_free (self->log, TRUE);
}

/* Who was told what since the last time. */
static void
fact_set_test_assert_log (FactSetTest *self, const char *expected)
{
  g_assert_cmpstr (self->log->str, ==, expected);
  g_string_truncate (self->log, 0);
}

static PresyncFact *
fact_set_test_fact (const char *source, const char *key, const char *subject, gint64 value)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new (source, "test", "test", now, TRUE);
  return presync_fact_new_integer (key, subject, value, origin);
}

/* One update with up to three facts. */
static void
fact_set_test_update (FactSetTest *self, PresyncFact *a, PresyncFact *b, PresyncFact *c)
{
  PresyncFact *given[] = { a, b, c };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i] != NULL)
      g_ptr_array_add (facts, given[i]);
  presync_fact_set_update (self->set, facts);
}

static void
fact_set_test_changes (FactSetTest *self, gconstpointer data)
{
  GPtrArray *found;
  PresyncFact *first;

  fact_set_test_update (self, fact_set_test_fact ("server", "server.memory", "A", 1),
                        fact_set_test_fact ("server", "server.disk-size", "A", 2), NULL);
  fact_set_test_assert_log (self, "changed:server.disk-size,server.memory;");
  found = presync_fact_set_lookup (self->set, "server.memory");
  g_assert_cmpuint (found->len, ==, 1);
  first = g_object_ref (g_ptr_array_index (found, 0));

  /* One of two is another: each key is told once, and by the signal that is true of it. */
  fact_set_test_update (self, fact_set_test_fact ("server", "server.memory", "A", 1),
                        fact_set_test_fact ("server", "server.disk-size", "A", 3), NULL);
  fact_set_test_assert_log (self, "changed:server.disk-size;refreshed:server.memory;");

  /* Read again: the newer fact is kept. */
  found = presync_fact_set_lookup (self->set, "server.memory");
  g_assert_true (g_ptr_array_index (found, 0) != first);
  g_assert_finalize_object (first);

  /* Nothing new is nothing to tell of. */
  fact_set_test_update (self, NULL, NULL, NULL);
  fact_set_test_assert_log (self, "");
  g_assert_null (presync_fact_set_lookup (self->set, "server.cpu-mhz"));
  g_assert_null (presync_fact_set_lookup (self->set, "no.such-key"));
}

static void
fact_set_test_completeness (FactSetTest *self, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) part = presync_origin_new ("server", "test", "test", now, FALSE);

  fact_set_test_update (self, fact_set_test_fact ("server", "server.memory", "A", 1), NULL, NULL);
  fact_set_test_assert_log (self, "changed:server.memory;");
  fact_set_test_update (self, presync_fact_new_integer ("server.memory", "A", 1, part), NULL, NULL);
  fact_set_test_assert_log (self, "changed:server.memory;");
  fact_set_test_update (self,
                        presync_fact_new_unknown ("server.memory", "A", PRESYNC_UNKNOWN_TIMED_OUT,
                                                  "A did not answer.", part),
                        NULL, NULL);
  fact_set_test_assert_log (self, "changed:server.memory;");
}

static void
fact_set_test_subjects (FactSetTest *self, gconstpointer data)
{
  GPtrArray *found;

  fact_set_test_update (self, fact_set_test_fact ("directory", "domain.functional-level", "a", 7),
                        fact_set_test_fact ("directory", "domain.functional-level", "b", 6),
                        fact_set_test_fact ("directory", "domain.functional-level", "c", 5));
  fact_set_test_assert_log (self, "changed:domain.functional-level;");
  found = presync_fact_set_lookup (self->set, "domain.functional-level");
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpstr (presync_fact_get_subject (g_ptr_array_index (found, 1)), ==, "b");

  /* Domain b is gone. */
  fact_set_test_update (self, fact_set_test_fact ("directory", "domain.functional-level", "a", 7),
                        fact_set_test_fact ("directory", "domain.functional-level", "c", 5), NULL);
  fact_set_test_assert_log (self, "changed:domain.functional-level;");
  found = presync_fact_set_lookup (self->set, "domain.functional-level");
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (presync_fact_get_subject (g_ptr_array_index (found, 1)), ==, "c");

  /* So is c, the last. */
  fact_set_test_update (self, fact_set_test_fact ("directory", "domain.functional-level", "a", 7),
                        NULL, NULL);
  fact_set_test_assert_log (self, "changed:domain.functional-level;");

  /* Of two facts about one subject the last holds, in the place of the first. */
  fact_set_test_update (self, fact_set_test_fact ("directory", "domain.functional-level", "a", 1),
                        fact_set_test_fact ("directory", "domain.functional-level", "c", 2),
                        fact_set_test_fact ("directory", "domain.functional-level", "a", 3));
  found = presync_fact_set_lookup (self->set, "domain.functional-level");
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpint (presync_fact_get_integer (g_ptr_array_index (found, 0)), ==, 3);
}

static void
fact_set_test_forget (FactSetTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;

  fact_set_test_update (self, fact_set_test_fact ("server", "server.memory", "A", 1),
                        fact_set_test_fact ("server", "server.disk-size", "A", 1),
                        fact_set_test_fact ("directory", "forest.functional-level", "a", 7));
  g_string_truncate (self->log, 0);
  presync_fact_set_forget_source (self->set, "server");
  fact_set_test_assert_log (self, "changed:server.disk-size,server.memory;");
  g_assert_null (presync_fact_set_lookup (self->set, "server.memory"));
  list = presync_fact_set_list (self->set);
  g_assert_cmpuint (list->len, ==, 1);
  presync_fact_set_forget_source (self->set, "server");
  presync_fact_set_forget_source (self->set, "sql");
  fact_set_test_assert_log (self, "");
}

static void
fact_set_test_forget_prefixes (FactSetTest *self, gconstpointer data)
{
  const char *const prefixes[] = { "server.d", "server.disk", "forest.", NULL };
  const char *const none[] = { NULL };

  fact_set_test_update (self, fact_set_test_fact ("server", "server.memory", "A", 1),
                        fact_set_test_fact ("server", "server.disk-size", "A", 1),
                        fact_set_test_fact ("directory", "forest.functional-level", "a", 7));
  g_string_truncate (self->log, 0);
  g_assert_false (presync_fact_set_forget_prefixes (self->set, none));
  g_assert_true (presync_fact_set_forget_prefixes (self->set, prefixes));
  fact_set_test_assert_log (self, "changed:forest.functional-level,server.disk-size;");
  g_assert_nonnull (presync_fact_set_lookup (self->set, "server.memory"));
  g_assert_false (presync_fact_set_forget_prefixes (self->set, prefixes));
  fact_set_test_assert_log (self, "");
}

static void
fact_set_test_list (FactSetTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL;

  fact_set_test_update (self, fact_set_test_fact ("server", "server.memory", "B", 1),
                        fact_set_test_fact ("server", "server.memory", "A", 1),
                        fact_set_test_fact ("directory", "forest.functional-level", "a", 7));
  list = presync_fact_set_list (self->set);
  /* By key as the table of keys has them, subjects as they were given. */
  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpstr (presync_fact_get_key (g_ptr_array_index (list, 0)), ==,
                   "forest.functional-level");
  g_assert_cmpstr (presync_fact_get_subject (g_ptr_array_index (list, 1)), ==, "B");
  g_assert_cmpstr (presync_fact_get_subject (g_ptr_array_index (list, 2)), ==, "A");
}

static PresyncFact *
fact_set_test_unknown (const char *source, const char *key)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new (source, "test", "test", now, TRUE);
  return presync_fact_new_unknown (key, "A", PRESYNC_UNKNOWN_FAILED, "It was not read.", origin);
}

/* Whose fact counts, and its value; -1 for an unknown one */
static void
fact_set_test_assert_best (FactSetTest *self, const char *key, const char *source, gint64 value)
{
  GPtrArray *facts = presync_fact_set_lookup (self->set, key);
  PresyncFact *fact;

  g_assert_nonnull (facts);
  fact = g_ptr_array_index (facts, 0);
  g_assert_cmpstr (presync_origin_get_source (presync_fact_get_origin (fact)), ==, source);
  if (value < 0)
    g_assert_cmpint (presync_fact_get_unknown (fact), !=, PRESYNC_UNKNOWN_NONE);
  else
    g_assert_cmpint (presync_fact_get_integer (fact), ==, value);
}

static guint
fact_set_test_count_layers (FactSetTest *self, const char *key)
{
  GPtrArray *layers = presync_fact_set_list_layers (self->set, key);

  return layers != NULL ? layers->len : 0;
}

/* A key of the source "server", of which the directory tells too */
static void
fact_set_test_layers (FactSetTest *self, gconstpointer data)
{
  const char *key = "server.os-build";
  g_autoptr (GPtrArray) list = NULL;

  fact_set_test_update (self, fact_set_test_fact ("directory", key, "A", 1), NULL, NULL);
  fact_set_test_assert_log (self, "changed:server.os-build;");
  fact_set_test_assert_best (self, key, "directory", 1);
  /* The key's own source knows better, whoever came first. */
  fact_set_test_update (self, fact_set_test_fact ("server", key, "A", 2), NULL, NULL);
  fact_set_test_assert_log (self, "changed:server.os-build;");
  fact_set_test_assert_best (self, key, "server", 2);
  /* Hidden, and yet a change: the two may agree no longer. */
  fact_set_test_update (self, fact_set_test_fact ("directory", key, "A", 3), NULL, NULL);
  fact_set_test_assert_log (self, "changed:server.os-build;");
  fact_set_test_assert_best (self, key, "server", 2);
  fact_set_test_update (self, fact_set_test_fact ("directory", key, "A", 3), NULL, NULL);
  fact_set_test_assert_log (self, "refreshed:server.os-build;");
  g_assert_cmpuint (fact_set_test_count_layers (self, key), ==, 2);
  g_assert_cmpint (presync_fact_get_integer (g_ptr_array_index (
                       presync_fact_set_lookup_source (self->set, key, "directory"), 0)),
                   ==, 3);
  g_assert_null (presync_fact_set_lookup_source (self->set, key, "sql"));
  /* One that knows nothing gives way to one that does, in both orders. */
  fact_set_test_update (self, fact_set_test_unknown ("server", key), NULL, NULL);
  fact_set_test_assert_log (self, "changed:server.os-build;");
  fact_set_test_assert_best (self, key, "directory", 3);
  fact_set_test_update (self, fact_set_test_unknown ("directory", key), NULL, NULL);
  fact_set_test_assert_best (self, key, "server", -1);
  fact_set_test_update (self, fact_set_test_fact ("directory", key, "A", 4), NULL, NULL);
  fact_set_test_assert_best (self, key, "directory", 4);
  /* Only the layer that counts is listed. */
  list = presync_fact_set_list (self->set);
  g_assert_cmpuint (list->len, ==, 1);
}

static void
fact_set_test_layers_forget (FactSetTest *self, gconstpointer data)
{
  const char *const prefixes[] = { "server.", NULL };
  const char *const keys[] = { "server.os-build", "server.cpu", NULL };
  const char *key = "server.os-build";

  fact_set_test_update (self, fact_set_test_fact ("directory", key, "A", 1), NULL, NULL);
  fact_set_test_update (self, fact_set_test_fact ("server", key, "A", 2),
                        fact_set_test_fact ("server", "server.memory", "A", 3), NULL);
  g_string_truncate (self->log, 0);
  presync_fact_set_forget_source (self->set, "server");
  fact_set_test_assert_log (self, "changed:server.memory,server.os-build;");
  fact_set_test_assert_best (self, key, "directory", 1);
  g_assert_cmpuint (fact_set_test_count_layers (self, key), ==, 1);
  g_assert_cmpuint (fact_set_test_count_layers (self, "server.memory"), ==, 0);
  fact_set_test_update (self, fact_set_test_fact ("server", key, "A", 2),
                        fact_set_test_fact ("server", "server.memory", "A", 3), NULL);
  g_string_truncate (self->log, 0);
  presync_fact_set_forget_keys (self->set, "server", keys);
  fact_set_test_assert_log (self, "changed:server.os-build;");
  fact_set_test_assert_best (self, key, "directory", 1);
  fact_set_test_assert_best (self, "server.memory", "server", 3);
  presync_fact_set_forget_keys (self->set, "server", keys);
  fact_set_test_assert_log (self, "");
  g_assert_true (presync_fact_set_forget_prefixes (self->set, prefixes));
  g_assert_null (presync_fact_set_lookup (self->set, key));
  /* A subject that one source drops, another may still tell of. */
  fact_set_test_update (self, fact_set_test_fact ("directory", key, "A", 1),
                        fact_set_test_fact ("directory", key, "B", 2), NULL);
  fact_set_test_update (self, fact_set_test_fact ("server", key, "A", 5), NULL, NULL);
  g_assert_cmpuint (presync_fact_set_lookup (self->set, key)->len, ==, 1);
  g_assert_cmpuint (presync_fact_set_lookup_source (self->set, key, "directory")->len, ==, 2);
}

/* All of a file's facts come in at once: the keys are told once, whichever sources tell of them. */
static void
fact_set_test_load (FactSetTest *self, gconstpointer data)
{
  const char *key = "server.memory";
  g_autoptr (PresyncFactSet) other = presync_fact_set_new ();
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) again = NULL;

  g_ptr_array_add (facts, fact_set_test_fact ("directory", key, "A", 1));
  g_ptr_array_add (facts, fact_set_test_fact ("server", key, "A", 2));
  g_ptr_array_add (facts, fact_set_test_fact ("directory", key, "B", 3));
  g_ptr_array_add (facts, fact_set_test_fact ("directory", "forest.functional-level", "F", 7));
  presync_fact_set_load (self->set, facts);
  fact_set_test_assert_log (self, "changed:forest.functional-level,server.memory;");
  g_assert_cmpuint (presync_fact_set_lookup_source (self->set, key, "directory")->len, ==, 2);
  g_assert_cmpuint (presync_fact_set_lookup_source (self->set, key, "server")->len, ==, 1);
  /* what every source tells, so that another set is alike */
  all = presync_fact_set_list_all (self->set);
  g_assert_cmpuint (all->len, ==, 4);
  presync_fact_set_load (other, all);
  again = presync_fact_set_list_all (other);
  g_assert_cmpuint (again->len, ==, 4);
  g_assert_cmpuint (presync_fact_set_lookup_source (other, key, "directory")->len, ==, 2);
  /* nothing is nothing */
  g_ptr_array_set_size (facts, 0);
  presync_fact_set_load (self->set, facts);
  fact_set_test_assert_log (self, "");
}

/* The layers come in the order in which their sources are first named. */
static void
fact_set_test_load_order (FactSetTest *self, gconstpointer data)
{
  static const char *const orders[][4] = { { "directory", "tenant", "network", "sql" },
                                           { "sql", "network", "tenant", "directory" },
                                           { "tenant", "sql", "directory", "network" } };
  static const char key[] = "server.memory";

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      g_autoptr (PresyncFactSet) set = presync_fact_set_new ();
      g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
      GPtrArray *layers;

      for (gsize j = 0; j < G_N_ELEMENTS (orders[i]); j++)
        g_ptr_array_add (facts, fact_set_test_fact (orders[i][j], key, "A", 1));
      presync_fact_set_load (set, facts);
      layers = presync_fact_set_list_layers (set, key);
      g_assert_cmpuint (layers->len, ==, G_N_ELEMENTS (orders[i]));
      for (gsize j = 0; j < G_N_ELEMENTS (orders[i]); j++)
        {
          GPtrArray *layer = g_ptr_array_index (layers, j);
          PresyncOrigin *origin = presync_fact_get_origin (g_ptr_array_index (layer, 0));

          g_assert_cmpstr (presync_origin_get_source (origin), ==, orders[i][j]);
        }
    }
}

#define FACT_SET_ADD(name, func)                                                                   \
  g_test_add ("/fact-set/" name, FactSetTest, NULL, fact_set_test_set_up, func,                    \
              fact_set_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FACT_SET_ADD ("changes", fact_set_test_changes);
  FACT_SET_ADD ("completeness", fact_set_test_completeness);
  FACT_SET_ADD ("subjects", fact_set_test_subjects);
  FACT_SET_ADD ("forget-source", fact_set_test_forget);
  FACT_SET_ADD ("forget-prefixes", fact_set_test_forget_prefixes);
  FACT_SET_ADD ("list", fact_set_test_list);
  FACT_SET_ADD ("layers", fact_set_test_layers);
  FACT_SET_ADD ("layers-forget", fact_set_test_layers_forget);
  FACT_SET_ADD ("load", fact_set_test_load);
  FACT_SET_ADD ("load-order", fact_set_test_load_order);
  return g_test_run ();
}
