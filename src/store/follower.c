/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/follower.h"

#include "sources/server/server-source.h"
#include "store/plan-json.h"
#include "store/targets-json.h"

struct _PresyncFollower
{
  GObject parent_instance;
  PresyncAssessment *assessment;
  GHashTable *pieces;     /* name -> JSON text, as last gathered */
  GHashTable *keys;       /* of facts that changed */
  GHashTable *conditions; /* whose statements changed */
  GHashTable *stated;     /* conditions that ever had a statement */
  GHashTable *runs;       /* PresyncRun: those that were gathered */
  gboolean pieces_changed;
};

static guint dirty_signal;

G_DEFINE_FINAL_TYPE (PresyncFollower, presync_follower, G_TYPE_OBJECT)

static void
presync_follower_dispose (GObject *object)
{
  presync_follower_stop (PRESYNC_FOLLOWER (object));
  G_OBJECT_CLASS (presync_follower_parent_class)->dispose (object);
}

static void
presync_follower_finalize (GObject *object)
{
  PresyncFollower *self = PRESYNC_FOLLOWER (object);

  g_clear_object (&self->assessment);
  g_hash_table_unref (self->pieces);
  g_hash_table_unref (self->keys);
  g_hash_table_unref (self->conditions);
  g_hash_table_unref (self->stated);
  g_hash_table_unref (self->runs);
  G_OBJECT_CLASS (presync_follower_parent_class)->finalize (object);
}

static void
presync_follower_class_init (PresyncFollowerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = presync_follower_dispose;
  object_class->finalize = presync_follower_finalize;
  dirty_signal = g_signal_new ("dirty", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static GHashTable *
presync_follower_new_set (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
presync_follower_init (PresyncFollower *self)
{
  self->pieces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->keys = presync_follower_new_set ();
  self->conditions = presync_follower_new_set ();
  self->stated = presync_follower_new_set ();
  self->runs = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

static void
presync_follower_tell (PresyncFollower *self, gboolean sure)
{
  g_signal_emit (self, dirty_signal, 0, sure);
}

static void
presync_follower_facts_cb (PresyncFollower *self, const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_hash_table_add (self->keys, g_strdup (keys[i]));
      /* The name is that of the forest, unless somebody gave another. */
      if (g_str_equal (keys[i], "forest.domains"))
        self->pieces_changed = TRUE;
    }
  presync_follower_tell (self, TRUE);
}

/* Notes the conditions of @statements, and that they change (@changed) */
static void
presync_follower_note_statements (PresyncFollower *self, gboolean changed)
{
  PresyncStatements *statements = presync_assessment_get_statements (self->assessment);
  g_autoptr (GPtrArray) answers = presync_statements_list_answers (statements);
  g_autoptr (GPtrArray) waivers = presync_statements_list_waivers (statements);
  GHashTableIter iter;
  gpointer condition;

  for (guint i = 0; i < answers->len; i++)
    g_hash_table_add (self->stated,
                      g_strdup (presync_answer_get_condition (g_ptr_array_index (answers, i))));
  for (guint i = 0; i < waivers->len; i++)
    g_hash_table_add (self->stated,
                      g_strdup (presync_waiver_get_condition (g_ptr_array_index (waivers, i))));
  if (!changed)
    return;
  g_hash_table_iter_init (&iter, self->stated);
  while (g_hash_table_iter_next (&iter, &condition, NULL))
    g_hash_table_add (self->conditions, g_strdup (condition));
}

/* @condition: (nullable): all */
static void
presync_follower_statements_cb (PresyncFollower *self, const char *condition)
{
  if (condition == NULL)
    presync_follower_note_statements (self, TRUE);
  else
    {
      g_hash_table_add (self->stated, g_strdup (condition));
      g_hash_table_add (self->conditions, g_strdup (condition));
    }
  presync_follower_tell (self, TRUE);
}

static void
presync_follower_history_cb (PresyncFollower *self)
{
  presync_follower_tell (self, TRUE);
}

static void
presync_follower_plan_cb (PresyncFollower *self)
{
  self->pieces_changed = TRUE;
  presync_follower_tell (self, TRUE);
}

/* What a source asks may have changed with whatever it tells, but for how far it is. */
static void
presync_follower_notify_cb (PresyncFollower *self, GParamSpec *property)
{
  static const char *const others[]
      = { "progress", "message", "stages", "live", "code", "signing-in", NULL };

  if (g_strv_contains (others, g_param_spec_get_name (property)))
    return;
  self->pieces_changed = TRUE;
  presync_follower_tell (self, FALSE);
}

static void
presync_follower_source_cb (PresyncFollower *self)
{
  self->pieces_changed = TRUE;
  presync_follower_tell (self, FALSE);
}

static void
presync_follower_follow_source (PresyncFollower *self, PresyncSource *source)
{
  g_signal_connect_object (source, "notify", G_CALLBACK (presync_follower_notify_cb), self,
                           G_CONNECT_SWAPPED);
  /* A file of another server changes nothing else. */
  if (PRESYNC_IS_SERVER_SOURCE (source))
    g_signal_connect_object (presync_server_source_get_reports (PRESYNC_SERVER_SOURCE (source)),
                             "items-changed", G_CALLBACK (presync_follower_source_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
presync_follower_sources_cb (PresyncFollower *self, guint position, guint removed, guint added,
                             GListModel *sources)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      presync_follower_follow_source (self, source);
    }
  presync_follower_plan_cb (self);
}

static void
presync_follower_connect (PresyncFollower *self)
{
  PresyncAssessment *assessment = self->assessment;
  PresyncFactSet *facts = presync_assessment_get_facts (assessment);
  GListModel *sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  static const char *const plan[] = { "notify::name", "notify::edition-text", "notify::accounts",
                                      "notify::sync-server", "notify::federation" };

  g_signal_connect_swapped (facts, "changed", G_CALLBACK (presync_follower_facts_cb), self);
  g_signal_connect_swapped (facts, "refreshed", G_CALLBACK (presync_follower_facts_cb), self);
  g_signal_connect_swapped (presync_assessment_get_statements (assessment), "changed",
                            G_CALLBACK (presync_follower_statements_cb), self);
  g_signal_connect_swapped (presync_assessment_get_history (assessment), "items-changed",
                            G_CALLBACK (presync_follower_history_cb), self);
  g_signal_connect_swapped (sources, "items-changed", G_CALLBACK (presync_follower_sources_cb),
                            self);
  for (guint i = 0; i < G_N_ELEMENTS (plan); i++)
    g_signal_connect_swapped (assessment, plan[i], G_CALLBACK (presync_follower_plan_cb), self);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      presync_follower_follow_source (self, source);
    }
}

/* @pieces: (transfer full) */
static void
presync_follower_take_pieces (PresyncFollower *self, GHashTable *pieces)
{
  g_hash_table_unref (self->pieces);
  self->pieces = pieces;
}

PresyncFollower *
presync_follower_new (PresyncAssessment *assessment, GPtrArray *runs)
{
  PresyncFollower *self = g_object_new (PRESYNC_TYPE_FOLLOWER, NULL);

  self->assessment = g_object_ref (assessment);
  presync_follower_take_pieces (self, presync_plan_json_dup (assessment));
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    g_hash_table_add (self->runs, g_object_ref (g_ptr_array_index (runs, i)));
  presync_follower_note_statements (self, FALSE);
  presync_follower_connect (self);
  return self;
}

void
presync_follower_stop (PresyncFollower *self)
{
  GListModel *sources;

  if (self->assessment == NULL)
    return;
  sources = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));
  g_signal_handlers_disconnect_by_data (presync_assessment_get_facts (self->assessment), self);
  g_signal_handlers_disconnect_by_data (presync_assessment_get_statements (self->assessment), self);
  g_signal_handlers_disconnect_by_data (presync_assessment_get_history (self->assessment), self);
  g_signal_handlers_disconnect_by_data (self->assessment, self);
  g_signal_handlers_disconnect_by_data (sources, self);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      g_signal_handlers_disconnect_by_data (source, self);
      if (PRESYNC_IS_SERVER_SOURCE (source))
        g_signal_handlers_disconnect_by_data (
            presync_server_source_get_reports (PRESYNC_SERVER_SOURCE (source)), self);
    }
  g_clear_object (&self->assessment);
}

/* @all: those that did not change, too */
static void
presync_follower_gather_pieces (PresyncFollower *self, PresyncChanges *changes, gboolean all)
{
  g_autoptr (GHashTable) now = presync_plan_json_dup (self->assessment);
  const char *names[16] = { PRESYNC_PLAN_PIECE };

  for (guint i = 0; presync_targets_json_names[i] != NULL; i++)
    names[i + 1] = presync_targets_json_names[i];
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *json = g_hash_table_lookup (now, names[i]);

      if (!all && g_strcmp0 (json, g_hash_table_lookup (self->pieces, names[i])) == 0)
        continue;
      presync_changes_set_piece (changes, names[i], json);
      g_hash_table_replace (self->pieces, g_strdup (names[i]), g_strdup (json));
    }
  self->pieces_changed = FALSE;
}

static void
presync_follower_gather_facts (PresyncFollower *self, PresyncChanges *changes)
{
  PresyncFactSet *facts = presync_assessment_get_facts (self->assessment);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    presync_changes_set_facts (changes, facts, key);
  g_hash_table_remove_all (self->keys);
}

static void
presync_follower_gather_statements (PresyncFollower *self, PresyncChanges *changes)
{
  PresyncStatements *statements = presync_assessment_get_statements (self->assessment);
  GHashTableIter iter;
  gpointer condition;

  g_hash_table_iter_init (&iter, self->conditions);
  while (g_hash_table_iter_next (&iter, &condition, NULL))
    {
      presync_changes_set_answer (changes, condition,
                                  presync_statements_get_answer (statements, condition));
      presync_changes_set_waiver (changes, condition,
                                  presync_statements_get_waiver (statements, condition));
    }
  g_hash_table_remove_all (self->conditions);
}

static void
presync_follower_gather_runs (PresyncFollower *self, PresyncChanges *changes, gboolean all)
{
  GListModel *history = G_LIST_MODEL (presync_assessment_get_history (self->assessment));

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (PresyncRun) run = g_list_model_get_item (history, i);
      gboolean fresh = g_hash_table_add (self->runs, g_object_ref (run));

      if (fresh || all)
        g_ptr_array_add (changes->runs, g_steal_pointer (&run));
    }
}

PresyncChanges *
presync_follower_gather (PresyncFollower *self)
{
  PresyncChanges *changes = presync_changes_new ();

  if (self->assessment == NULL)
    return changes;
  if (self->pieces_changed)
    presync_follower_gather_pieces (self, changes, FALSE);
  presync_follower_gather_facts (self, changes);
  presync_follower_gather_statements (self, changes);
  presync_follower_gather_runs (self, changes, FALSE);
  return changes;
}

PresyncChanges *
presync_follower_gather_all (PresyncFollower *self, gboolean with_runs)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  PresyncChanges *changes;

  for (gsize i = 0; i < n; i++)
    g_hash_table_add (self->keys, g_strdup (keys[i].id));
  presync_follower_note_statements (self, TRUE);
  changes = presync_changes_new ();
  changes->all = TRUE;
  presync_follower_gather_pieces (self, changes, TRUE);
  presync_follower_gather_facts (self, changes);
  presync_follower_gather_statements (self, changes);
  if (with_runs)
    presync_follower_gather_runs (self, changes, TRUE);
  return changes;
}
