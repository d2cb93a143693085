/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-rows.h"

#include "sources/network/reach-plan.h"

GPtrArray *
presync_reach_rows_list (GListModel *model)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (rows, g_list_model_get_item (model, i));
  return rows;
}

GPtrArray *
presync_reach_rows_list_pending (GListModel *model)
{
  GPtrArray *rows = presync_reach_rows_list (model);

  for (guint i = rows->len; i > 0; i--)
    if (presync_reach_get_outcome (g_ptr_array_index (rows, i - 1)) != PRESYNC_REACH_PENDING)
      g_ptr_array_remove_index (rows, i - 1);
  return rows;
}

gboolean
presync_reach_rows_has_pending (GListModel *model)
{
  g_autoptr (GPtrArray) pending = presync_reach_rows_list_pending (model);

  return pending->len > 0;
}

char **
presync_reach_rows_list_whole_keys (GListModel *model, PresyncReach *row)
{
  const char *const *keys = presync_reach_get_keys (row);
  g_autoptr (GPtrArray) pending = presync_reach_rows_list_pending (model);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      gboolean whole = TRUE;

      for (guint j = 0; whole && j < pending->len; j++)
        whole = !g_strv_contains (presync_reach_get_keys (g_ptr_array_index (pending, j)), keys[i]);
      if (whole)
        g_strv_builder_add (builder, keys[i]);
    }
  return g_strv_builder_end (builder);
}

/* Would @row be tried otherwise than before? Then what was found does not count any more. */
static gboolean
presync_reach_rows_is_outdated (PresyncReach *row, const PresyncNetworkTarget *before,
                                const PresyncNetworkTarget *after)
{
  const char *group = presync_reach_get_group (row);

  if (g_strcmp0 (before->recording, after->recording) != 0)
    return TRUE;
  if (g_str_equal (group, "internet") || g_str_equal (group, "lists"))
    return g_strcmp0 (before->proxy, after->proxy) != 0;
  if (g_strv_contains (presync_reach_get_keys (row), "network.domain-reached")
      && presync_reach_get_outcome (row) != PRESYNC_REACH_REACHED)
    {
      const char *domain = presync_reach_get_host (row);
      g_auto (GStrv) old = presync_reach_plan_list_controllers (before, domain);
      g_auto (GStrv) new = presync_reach_plan_list_controllers (after, domain);

      return !g_strv_equal ((const char *const *) old, (const char *const *) new);
    }
  return FALSE;
}

/* (transfer full) (nullable): the row of @old that is @planned, with its keys */
static PresyncReach *
presync_reach_rows_take (GPtrArray *old, PresyncReach *planned)
{
  for (guint i = 0; i < old->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (old, i);

      if (!g_str_equal (presync_reach_get_subject (row), presync_reach_get_subject (planned))
          || !g_str_equal (presync_reach_get_group (row), presync_reach_get_group (planned))
          || g_strcmp0 (presync_reach_get_obstacle (row), presync_reach_get_obstacle (planned))
                 != 0)
        continue;
      presync_reach_set_keys (row, presync_reach_get_keys (planned));
      presync_reach_set_wanted_names (row, presync_reach_get_wanted_names (planned));
      presync_reach_set_offered_names (row, presync_reach_get_offered_names (planned));
      presync_reach_set_wanted_partial (row, presync_reach_get_wanted_partial (planned));
      presync_reach_set_stands_for (row, presync_reach_get_stands_for (planned));
      return g_ptr_array_steal_index (old, i);
    }
  return NULL;
}

void
presync_reach_rows_replace (GListStore *store, GPtrArray *planned,
                            const PresyncNetworkTarget *before, const PresyncNetworkTarget *after,
                            PresyncReachRun *run)
{
  g_autoptr (GPtrArray) old = presync_reach_rows_list (G_LIST_MODEL (store));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_old = old->len;

  for (guint i = 0; i < planned->len; i++)
    {
      PresyncReach *row = presync_reach_rows_take (old, g_ptr_array_index (planned, i));
      gboolean kept = row != NULL && !presync_reach_rows_is_outdated (row, before, after);

      if (row == NULL)
        row = g_object_ref (g_ptr_array_index (planned, i));
      g_ptr_array_add (rows, row);
      if (kept)
        continue;
      if (run != NULL)
        presync_reach_run_drop (run, row);
      presync_reach_end (row, PRESYNC_REACH_PENDING, NULL);
      /* Otherwise it waits for the next look. */
      if (run != NULL && presync_reach_run_has_time (run))
        presync_reach_run_add (run, row, after);
    }
  for (guint i = 0; run != NULL && i < old->len; i++)
    presync_reach_run_drop (run, g_ptr_array_index (old, i));
  g_list_store_splice (store, 0, n_old, rows->pdata, rows->len);
}

gboolean
presync_reach_rows_may_tell (GListModel *model, const char *key)
{
  const char *own = g_str_equal (key, "network.issuer") ? "network.public-issuer" : key;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (PresyncReach) row = g_list_model_get_item (model, i);

      if (g_str_equal (key, "network.proxy") || g_strv_contains (presync_reach_get_keys (row), own))
        return TRUE;
    }
  return FALSE;
}
