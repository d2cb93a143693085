/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/network-plan.h"

#include <string.h>

#include "sources/tenant/tenant-source.h"

#define PLAN_PREFIX "plan."

/* (transfer none) (nullable): the first fact of @key that is known */
static PresyncFact *
presync_network_plan_find (PresyncAssessment *assessment, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
        return fact;
    }
  return NULL;
}

static int
presync_network_plan_compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds what all known facts of @key list, in lower case and each name once. */
static void
presync_network_plan_add (PresyncAssessment *assessment, const char *key, GPtrArray *names)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *const *list;

      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        continue;
      list = presync_fact_get_list (fact);
      for (guint j = 0; list[j] != NULL; j++)
        {
          g_autofree char *name = g_utf8_strdown (list[j], -1);

          if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
            g_ptr_array_add (names, g_steal_pointer (&name));
        }
    }
}

/* (transfer full) (nullable): @names, sorted; %NULL for none */
static char **
presync_network_plan_end (GPtrArray *names)
{
  if (names->len == 0)
    return NULL;
  g_ptr_array_sort (names, presync_network_plan_compare_cb);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

static char **
presync_network_plan_dup_list (PresyncAssessment *assessment, const char *key)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  presync_network_plan_add (assessment, key, names);
  return presync_network_plan_end (names);
}

/* Did all users of the forest show their suffix? @in_use: (nullable) */
static gboolean
presync_network_plan_saw_all (PresyncAssessment *assessment, PresyncFact *in_use)
{
  PresyncFact *domains = presync_network_plan_find (assessment, "forest.domains");

  return in_use != NULL && presync_origin_get_complete (presync_fact_get_origin (in_use))
         && domains != NULL && presync_origin_get_complete (presync_fact_get_origin (domains))
         && g_strv_length ((char **) presync_fact_get_list (domains)) == 1;
}

/* (transfer full) (nullable): what the forest offers beside @used (nullable) */
static char **
presync_network_plan_dup_offered (PresyncAssessment *assessment, char **used)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  presync_network_plan_add (assessment, "forest.upn-suffixes", names);
  for (guint i = names->len; i > 0; i--)
    if (used != NULL
        && g_strv_contains ((const char *const *) used, g_ptr_array_index (names, i - 1)))
      g_ptr_array_remove_index (names, i - 1);
  return presync_network_plan_end (names);
}

char **
presync_network_plan_dup_suffixes (PresyncAssessment *assessment, char ***offered, gboolean *whole)
{
  gboolean saw_all;
  char **used;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  saw_all = presync_network_plan_saw_all (
      assessment, presync_network_plan_find (assessment, "domain.upn-suffixes-in-use"));
  used = presync_network_plan_dup_list (assessment, "domain.upn-suffixes-in-use");
  if (offered != NULL)
    *offered = saw_all ? NULL : presync_network_plan_dup_offered (assessment, used);
  if (whole != NULL)
    *whole = saw_all;
  return used;
}

static char **
presync_network_plan_dup_features (PresyncAssessment *assessment)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n; i++)
    {
      const char *feature = keys[i].id + strlen (PLAN_PREFIX);

      if (g_str_has_prefix (keys[i].id, PLAN_PREFIX)
          && presync_assessment_get_feature (assessment, feature))
        g_ptr_array_add (names, g_strdup (feature));
    }
  return presync_network_plan_end (names);
}

static char *
presync_network_plan_dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

/* The cloud that the tenant is in, as far as somebody looked; else the one it was looked for in,
 * and the worldwide one if none is named */
static void
presync_network_plan_set_tenant (PresyncAssessment *assessment, PresyncNetworkTarget *target)
{
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (assessment, "tenant");
  PresyncFact *id = presync_network_plan_find (assessment, "tenant.id");
  PresyncFact *found = presync_network_plan_find (assessment, "tenant.cloud");
  const PresyncCloud *cloud = NULL;

  if (found != NULL)
    cloud = presync_cloud_find (presync_fact_get_text (found));
  target->tenant_named = PRESYNC_IS_TENANT_SOURCE (source);
  if (cloud == NULL && target->tenant_named)
    cloud = presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (source))->cloud;
  if (cloud == NULL)
    cloud = presync_cloud_find ("worldwide");
  target->cloud = g_strdup (cloud->id);
  target->login_host = presync_network_plan_dup_host (cloud->login);
  target->graph_host = presync_network_plan_dup_host (cloud->graph);
  if (id != NULL)
    target->tenant_id = g_strdup (presync_fact_get_text (id));
}

/* Was @key read, and is there more of it than was read, for all that is known? */
static gboolean
presync_network_plan_is_partial (PresyncAssessment *assessment, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);
  gboolean partial = FALSE;

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      partial = partial || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
                || !presync_origin_get_complete (presync_fact_get_origin (fact));
    }
  return partial;
}

/* The forest, its domains and their controllers. Where those of all domains did not show, those of
 * the domain that was read are tried all the same. */
static void
presync_network_plan_set_forest (PresyncAssessment *assessment, PresyncNetworkTarget *target)
{
  PresyncFact *domains = presync_network_plan_find (assessment, "forest.domains");

  if (domains != NULL)
    target->forest = g_strdup (presync_fact_get_subject (domains));
  target->domains = presync_network_plan_dup_list (assessment, "forest.domains");
  target->domains_partial = presync_network_plan_is_partial (assessment, "forest.domains");
  target->controllers = presync_network_plan_dup_list (assessment, "forest.domain-controllers");
  target->controllers_partial
      = presync_network_plan_is_partial (assessment, "forest.domain-controllers");
  target->catalogs = presync_network_plan_dup_list (assessment, "forest.global-catalogs");
  if (target->controllers != NULL)
    return;
  target->controllers = presync_network_plan_dup_list (assessment, "domain.writable-controllers");
  target->controllers_partial = target->controllers_partial || target->controllers != NULL;
}

PresyncNetworkTarget *
presync_network_plan_dup (PresyncAssessment *assessment, const PresyncNetworkTarget *base)
{
  PresyncNetworkTarget *target;
  gboolean whole = FALSE;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  target = presync_network_target_new ();
  if (base != NULL)
    {
      target->recording = g_strdup (base->recording);
      target->proxy = g_strdup (base->proxy);
    }
  presync_network_plan_set_tenant (assessment, target);
  presync_network_plan_set_forest (assessment, target);
  target->suffixes = presync_network_plan_dup_suffixes (assessment, &target->offered, &whole);
  target->suffixes_partial = !whole;
  target->features = presync_network_plan_dup_features (assessment);
  target->federation = presync_federation_copy (presync_assessment_get_federation (assessment));
  return target;
}
