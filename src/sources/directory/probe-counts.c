/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

/* Only names are asked for, and none is kept; the bound is far above Connect Sync's largest size.
 */
#define MAX_OBJECTS 5000000

static const PresyncProbeQuery objects_query = {
  PRESYNC_BASE_DOMAIN,   NULL,
  PRESYNC_SCOPE_SUBTREE, "(|(objectCategory=person)(objectCategory=group)(objectClass=computer))",
  { "1.1", NULL },       MAX_OBJECTS,
};

static const PresyncProbeQuery inetorgpersons_query = {
  PRESYNC_BASE_DOMAIN,   NULL,
  PRESYNC_SCOPE_SUBTREE, "(&(objectCategory=person)(objectClass=inetOrgPerson))",
  { "1.1", NULL },       MAX_OBJECTS,
};

/* Domains of the forest: those of others were not counted. systemFlags 2: a domain. */
static const PresyncProbeQuery domains_query = {
  PRESYNC_BASE_CONFIGURATION,
  "CN=Partitions",
  PRESYNC_SCOPE_ONE_LEVEL,
  "(&(objectClass=crossRef)(systemFlags:1.2.840.113556.1.4.803:=2))",
  { "1.1", NULL },
  0,
};

/* A domain has its built-in accounts at least: who sees none of them may see nothing. @objects: all
 * that were counted */
static gboolean
presync_probe_counts_hidden (const PresyncProbeRead *read, const PresyncProbeRead *objects)
{
  return read->reason != PRESYNC_UNKNOWN_NONE || (read->count == 0 && objects->count == 0);
}

static void
presync_probe_counts_add (PresyncProbeRun *run, const PresyncProbeRead *read,
                          const PresyncProbeRead *objects, const char *key)
{
  if (presync_probe_counts_hidden (read, objects))
    presync_probe_add_hidden (run, read, key, run->forest->domain, "objectCategory", read->base);
  else
    presync_probe_add (
        run, presync_fact_new_integer (key, run->forest->domain, read->count, read->origin));
}

/* The forest has at least what the domain has; exactly so if it is the only one. */
static void
presync_probe_counts_add_forest (PresyncProbeRun *run, const PresyncProbeRead *objects,
                                 const PresyncProbeRead *domains)
{
  gboolean only = domains->reason == PRESYNC_UNKNOWN_NONE && domains->complete
                  && domains->count == 1 && objects->complete;
  const char *key = "forest.objects";
  g_autoptr (PresyncOrigin) origin = NULL;

  if (presync_probe_counts_hidden (objects, objects))
    {
      presync_probe_add_hidden (run, objects, key, run->forest->forest, "objectCategory",
                                objects->base);
      return;
    }
  origin = presync_origin_new ("directory", presync_origin_get_target (objects->origin),
                               presync_origin_get_query (objects->origin),
                               presync_origin_get_at (objects->origin), only);
  presync_probe_add (run,
                     presync_fact_new_integer (key, run->forest->forest, objects->count, origin));
}

gboolean
presync_probe_counts (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) domains = presync_probe_read (run, &domains_query, error);
  g_autoptr (PresyncProbeRead) objects = NULL;
  g_autoptr (PresyncProbeRead) people = NULL;

  if (domains == NULL)
    return FALSE;
  objects = presync_probe_count (run, &objects_query, 0, error);
  if (objects == NULL)
    return FALSE;
  people = presync_probe_count (run, &inetorgpersons_query, objects->count, error);
  if (people == NULL)
    return FALSE;
  presync_probe_counts_add (run, objects, objects, "domain.objects");
  presync_probe_counts_add (run, people, objects, "domain.inetorgpersons");
  presync_probe_counts_add_forest (run, objects, domains);
  return TRUE;
}
