/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/plan-json.h"

#include <string.h>

#include "base/error.h"
#include "sources/json.h"
#include "store/json-member.h"
#include "store/statements-table.h"
#include "store/targets-json.h"

#define MAX_DEPTH 8

/* What a federation's names may be in all */
#define MAX_SERVERS 100

/* The name that a person gave; %NULL if it is only that of the forest, which the facts tell */
static const char *
presync_plan_json_get_name (PresyncAssessment *assessment)
{
  const char *name = presync_assessment_get_name (assessment);
  GPtrArray *domains
      = presync_fact_set_lookup (presync_assessment_get_facts (assessment), "forest.domains");
  const char *forest
      = domains != NULL ? presync_fact_get_subject (g_ptr_array_index (domains, 0)) : "";

  return g_strcmp0 (name, forest) != 0 ? name : NULL;
}

static JsonObject *
presync_plan_json_dup_accounts (const PresyncAccounts *accounts)
{
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < n; i++)
    presync_json_member_set_text (object, fields[i].id,
                                  presync_accounts_get (accounts, fields[i].id));
  return object;
}

static JsonObject *
presync_plan_json_dup_plan (PresyncAssessment *assessment)
{
  JsonObject *object = json_object_new ();
  const PresyncFederation *federation = presync_assessment_get_federation (assessment);
  char edition[16];

  presync_statements_table_format_day (presync_assessment_get_edition (assessment), edition);
  presync_json_member_set_text (object, "name", presync_plan_json_get_name (assessment));
  presync_json_member_set_text (object, "edition", edition);
  presync_json_member_set_text (object, "syncServer",
                                presync_assessment_get_sync_server (assessment));
  json_object_set_object_member (
      object, "accounts",
      presync_plan_json_dup_accounts (presync_assessment_get_accounts (assessment)));
  if (federation != NULL)
    {
      JsonObject *farm = json_object_new ();

      presync_json_member_set_text (farm, "service", federation->service);
      presync_json_member_set_list (farm, "servers", federation->servers);
      json_object_set_object_member (object, "federation", farm);
    }
  return object;
}

/* @object: (transfer full) (nullable) */
static void
presync_plan_json_add (GHashTable *pieces, const char *name, JsonObject *object)
{
  g_autoptr (JsonNode) node = NULL;

  if (object == NULL)
    return;
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  g_hash_table_insert (pieces, g_strdup (name), json_to_string (node, FALSE));
}

GHashTable *
presync_plan_json_dup (PresyncAssessment *assessment)
{
  g_autoptr (PresyncTargets) targets = presync_targets_new_from_assessment (assessment);
  GHashTable *pieces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  presync_plan_json_add (pieces, PRESYNC_PLAN_PIECE, presync_plan_json_dup_plan (assessment));
  for (guint i = 0; presync_targets_json_names[i] != NULL; i++)
    {
      const char *name = presync_targets_json_names[i];
      char **text = presync_targets_json_get_found (targets, name);

      if (text == NULL)
        presync_plan_json_add (pieces, name, presync_targets_json_dup (targets, name));
      else if (*text != NULL)
        g_hash_table_insert (pieces, g_strdup (name), g_steal_pointer (text));
    }
  return pieces;
}

gboolean
presync_plan_json_is_known (const char *name)
{
  return g_str_equal (name, PRESYNC_PLAN_PIECE)
         || g_strv_contains (presync_targets_json_names, name);
}

GHashTable *
presync_plan_json_parse (GHashTable *pieces, GError **error)
{
  GHashTableIter iter;
  gpointer name, text;
  g_autoptr (GHashTable) parsed
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);

  g_hash_table_iter_init (&iter, pieces);
  while (g_hash_table_iter_next (&iter, &name, &text))
    {
      g_autoptr (JsonNode) node = NULL;

      /* What was found is text of its source, who checks it. */
      if (!presync_plan_json_is_known (name) || presync_targets_json_is_found (name))
        continue;
      node = presync_json_parse (text, strlen (text), name, MAX_DEPTH, error);
      if (node == NULL)
        return NULL;
      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          presync_statement_set_damaged (error);
          return NULL;
        }
      g_hash_table_insert (parsed, g_strdup (name), g_steal_pointer (&node));
    }
  return g_steal_pointer (&parsed);
}

static void
presync_plan_json_apply_accounts (JsonObject *object, PresyncAssessment *assessment)
{
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();

  for (gsize i = 0; i < n; i++)
    presync_accounts_set (accounts, fields[i].id,
                          presync_json_member_get_text (object, fields[i].id));
  presync_assessment_set_accounts (assessment, accounts);
}

static void
presync_plan_json_apply_federation (JsonObject *object, PresyncAssessment *assessment)
{
  g_autoptr (PresyncFederation) federation = presync_federation_new ();
  g_auto (GStrv) servers = presync_json_member_dup_list (object, "servers", MAX_SERVERS);
  g_autofree char *text = g_strjoinv (",", servers);

  if (presync_federation_set_names (federation, presync_json_member_get_text (object, "service"),
                                    text, NULL))
    presync_assessment_set_federation (assessment, federation);
}

static void
presync_plan_json_apply_plan (JsonObject *object, PresyncAssessment *assessment)
{
  const char *name = presync_json_member_get_text (object, "name");
  const char *edition = presync_json_member_get_text (object, "edition");
  JsonObject *accounts = presync_json_member_get_object (object, "accounts");
  JsonObject *federation = presync_json_member_get_object (object, "federation");
  GDate day;

  if (name != NULL)
    presync_assessment_set_name (assessment, name);
  if (edition != NULL && presync_edition_parse (edition, &day, NULL))
    presync_assessment_set_edition (assessment, &day);
  if (accounts != NULL)
    presync_plan_json_apply_accounts (accounts, assessment);
  if (federation != NULL)
    presync_plan_json_apply_federation (federation, assessment);
  presync_assessment_set_sync_server (assessment,
                                      presync_json_member_get_text (object, "syncServer"));
}

void
presync_plan_json_apply (GHashTable *pieces, GHashTable *parsed, PresyncAssessment *assessment)
{
  JsonNode *plan = g_hash_table_lookup (parsed, PRESYNC_PLAN_PIECE);
  g_autoptr (PresyncTargets) targets = presync_targets_new ();

  if (plan != NULL)
    presync_plan_json_apply_plan (json_node_get_object (plan), assessment);
  for (guint i = 0; presync_targets_json_names[i] != NULL; i++)
    {
      const char *name = presync_targets_json_names[i];
      JsonNode *node = g_hash_table_lookup (parsed, name);
      char **text = presync_targets_json_get_found (targets, name);

      if (node != NULL)
        presync_targets_json_set (targets, name, json_node_get_object (node));
      else if (text != NULL)
        *text = g_strdup (g_hash_table_lookup (pieces, name));
    }
  presync_targets_apply (targets, assessment);
}
