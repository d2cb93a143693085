/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/place.h"

#include <glib/gi18n.h>

static const struct
{
  const char *title;
  const char *prefix; /* of the keys of its facts; NULL for all that remain */
  /* clang-format off */
} places[PRESYNC_N_PLACES] = {
  [PRESYNC_PLACE_FOREST]      = { N_ ("Forest"),       NULL },
  [PRESYNC_PLACE_SYNC_SERVER] = { N_ ("Sync server"),  "server." },
  [PRESYNC_PLACE_SQL]         = { N_ ("SQL Server"),   "sql." },
  [PRESYNC_PLACE_TENANT]      = { N_ ("Entra tenant"), "tenant." },
};
/* clang-format on */

const char *
presync_place_title (PresyncPlace place)
{
  g_return_val_if_fail ((guint) place < PRESYNC_N_PLACES, NULL);

  return _ (places[place].title);
}

static PresyncPlace
presync_place_of_key (const char *key)
{
  for (guint i = PRESYNC_PLACE_FOREST + 1; i < PRESYNC_N_PLACES; i++)
    {
      if (g_str_has_prefix (key, places[i].prefix))
        return (PresyncPlace) i;
    }
  return PRESYNC_PLACE_FOREST;
}

static gboolean
presync_place_is_tested_by (PresyncPlace place, PresyncChecklistItem *condition)
{
  const PresyncTest *test
      = presync_condition_get_test (presync_checklist_item_get_condition (condition));
  const char *id = presync_checklist_item_get_id (condition);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key;

  /* The size for the built-in database is read off the forest, and yet is about SQL Server. */
  if (g_str_has_prefix (id, "cn-sql-"))
    return place == PRESYNC_PLACE_SQL;
  presync_test_collect_facts (test, keys);
  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      /* A plan is no place, nor is the way from one to another. */
      if (!g_str_has_prefix (key, "plan.") && !g_str_has_prefix (key, "network.")
          && presync_place_of_key (key) == place)
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
presync_place_list_items (PresyncAssessment *assessment, PresyncPlace place)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      GListModel *checklist
          = G_LIST_MODEL (presync_assessment_get_checklist (assessment, (PresyncOption) i));

      for (guint j = 0; j < g_list_model_get_n_items (checklist); j++)
        {
          g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (checklist, j);
          GListModel *children = presync_checklist_item_get_children (row);

          for (guint k = 0; children != NULL && k < g_list_model_get_n_items (children); k++)
            {
              g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, k);

              if (presync_place_is_tested_by (place, child))
                g_ptr_array_add (items, g_steal_pointer (&child));
            }
        }
    }
  return g_steal_pointer (&items);
}

PresyncStatus
presync_place_status (PresyncAssessment *assessment, PresyncPlace place)
{
  g_autoptr (GPtrArray) items = presync_place_list_items (assessment, place);
  PresyncStatus status = PRESYNC_STATUS_NOT_APPLICABLE;

  for (guint i = 0; i < items->len; i++)
    status = presync_worst_status (
        status, presync_checklist_item_get_status (g_ptr_array_index (items, i)));
  return status;
}

static char *
presync_place_dup_fact (PresyncAssessment *assessment, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);

  if (facts == NULL || facts->len == 0
      || presync_fact_get_unknown (g_ptr_array_index (facts, 0)) != PRESYNC_UNKNOWN_NONE)
    return NULL;
  return presync_fact_describe (g_ptr_array_index (facts, 0));
}

char *
presync_place_dup_name (PresyncAssessment *assessment, PresyncPlace place)
{
  g_autoptr (PresyncSource) source = NULL;
  g_autofree char *found = NULL;
  const char *name;

  switch (place)
    {
    case PRESYNC_PLACE_FOREST:
      name = presync_assessment_get_name (assessment);
      return g_strdup (*name != '\0' ? name : _ ("not read yet"));
    case PRESYNC_PLACE_SYNC_SERVER:
      name = presync_assessment_get_sync_server (assessment);
      return g_strdup (name != NULL && *name != '\0' ? name : _ ("not named yet"));
    case PRESYNC_PLACE_SQL:
      source = presync_assessment_dup_source (assessment, "sql");
      if (source != NULL)
        return presync_source_dup_target (source);
      return g_strdup (presync_assessment_get_feature (assessment, "own-sql")
                               || presync_assessment_get_feature (assessment, "remote-sql")
                           ? _ ("a SQL Server of your own")
                           : _ ("LocalDB"));
    case PRESYNC_PLACE_TENANT:
    default:
      found = presync_place_dup_fact (assessment, "tenant.name");
      if (found != NULL)
        return g_steal_pointer (&found);
      source = presync_assessment_dup_source (assessment, "tenant");
      return source != NULL ? presync_source_dup_target (source)
                            : g_strdup (_ ("Microsoft Entra ID"));
    }
}

char *
presync_place_dup_detail (PresyncAssessment *assessment, PresyncPlace place)
{
  g_autofree char *detail = NULL;

  if (place == PRESYNC_PLACE_FOREST)
    detail = presync_place_dup_fact (assessment, "forest.functional-level");
  else if (place == PRESYNC_PLACE_SYNC_SERVER)
    detail = presync_place_dup_fact (assessment, "server.os");
  else if (place == PRESYNC_PLACE_SQL)
    detail = presync_place_dup_fact (assessment, "sql.major-version");
  if (detail == NULL)
    detail = g_strdup (presync_status_title (presync_place_status (assessment, place)));
  return g_steal_pointer (&detail);
}
