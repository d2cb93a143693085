/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/directory/ldif-directory.h"

/* Only the users' names for a sign-in are asked for, and of those only the suffixes are kept; the
 * bound is far above Connect Sync's largest size. */
#define MAX_OBJECTS 5000000
/* More suffixes than anybody could look through */
#define MAX_SUFFIXES 1000
/* A DNS name has at most 255 octets. */
#define MAX_SUFFIX 255

#define UPN "userPrincipalName"

static const PresyncProbeQuery objects_query = {
  PRESYNC_BASE_DOMAIN,   NULL,
  PRESYNC_SCOPE_SUBTREE, "(|(objectCategory=person)(objectCategory=group)(objectClass=computer))",
  { UPN, NULL },         MAX_OBJECTS,
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

/* What presync_probe_counts() collects while it counts; lives on its stack
 * @last: (nullable): the suffix that came last, since most users have the same
 * @full: there were more suffixes than are kept */
typedef struct
{
  GHashTable *suffixes; /* set, in lower case */
  const char *last;
  gboolean full;
} PresyncProbeSuffixes;

/* Adds the suffix of a UPN, @size bytes of UTF-8. */
static void
presync_probe_suffixes_add (PresyncProbeSuffixes *self, const char *upn, gsize size)
{
  const char *at = g_strrstr_len (upn, (gssize) size, "@");
  gsize length = at != NULL ? size - (gsize) (at + 1 - upn) : 0;
  g_autofree char *suffix = NULL;

  /* A computer that joined from Linux has "host/name@REALM"; nobody signs in so. */
  if (length == 0 || length > MAX_SUFFIX || memchr (upn, '/', (gsize) (at - upn)) != NULL)
    return;
  if (self->last != NULL && strlen (self->last) == length
      && memcmp (self->last, at + 1, length) == 0)
    return;
  if (!g_utf8_validate_len (at + 1, length, NULL))
    return;
  suffix = g_utf8_strdown (at + 1, (gssize) length);
  self->last = g_hash_table_lookup (self->suffixes, suffix);
  if (self->last != NULL)
    return;
  if (g_hash_table_size (self->suffixes) == MAX_SUFFIXES)
    {
      self->full = TRUE;
      return;
    }
  self->last = suffix;
  g_hash_table_add (self->suffixes, g_steal_pointer (&suffix));
}

static gboolean
presync_probe_counts_entry_cb (const PresyncEntry *entry, gpointer user_data)
{
  GPtrArray *values = presync_entry_get_values (entry, UPN);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      gsize size = 0;
      const char *upn = g_bytes_get_data (g_ptr_array_index (values, i), &size);

      if (upn != NULL)
        presync_probe_suffixes_add (user_data, upn, size);
    }
  return TRUE;
}

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

/* (transfer full): the read's origin, which is not complete if suffixes were left out */
static PresyncOrigin *
presync_probe_counts_dup_origin (const PresyncProbeRead *objects, gboolean full)
{
  PresyncOrigin *origin = objects->origin;

  return presync_origin_new ("directory", presync_origin_get_target (origin),
                             presync_origin_get_query (origin), presync_origin_get_at (origin),
                             presync_origin_get_complete (origin) && !full);
}

/* A domain in which nobody shows a UPN may have none, or hide them. */
static void
presync_probe_counts_add_suffixes (PresyncProbeRun *run, const PresyncProbeRead *objects,
                                   const PresyncProbeSuffixes *suffixes)
{
  const char *key = "domain.upn-suffixes-in-use";
  const char *target = presync_directory_get_target (run->directory);
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autoptr (GList) list = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (objects->reason == PRESYNC_UNKNOWN_NONE && PRESYNC_IS_LDIF_DIRECTORY (run->directory)
      && !presync_ldif_directory_tells_names (PRESYNC_LDIF_DIRECTORY (run->directory)))
    {
      g_autofree char *detail = g_strdup_printf (
          _ ("The snapshot %s was recorded without the UPNs of its users: record it again."),
          target);

      presync_probe_add (run, presync_fact_new_unknown (key, run->forest->domain,
                                                        PRESYNC_UNKNOWN_NOT_OFFERED, detail,
                                                        objects->origin));
      return;
    }
  if (presync_probe_counts_hidden (objects, objects) || g_hash_table_size (suffixes->suffixes) == 0)
    {
      presync_probe_add_hidden (run, objects, key, run->forest->domain, UPN, objects->base);
      return;
    }
  list = g_list_sort (g_hash_table_get_keys (suffixes->suffixes), (GCompareFunc) strcmp);
  for (GList *item = list; item != NULL; item = item->next)
    g_ptr_array_add (names, item->data);
  g_ptr_array_add (names, NULL);
  origin = presync_probe_counts_dup_origin (objects, suffixes->full);
  presync_probe_add (run, presync_fact_new_list (key, run->forest->domain,
                                                 (const char *const *) names->pdata, origin));
}

gboolean
presync_probe_counts (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) domains = presync_probe_read (run, &domains_query, error);
  g_autoptr (PresyncProbeRead) objects = NULL;
  g_autoptr (PresyncProbeRead) people = NULL;
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PresyncProbeSuffixes suffixes = { set, NULL, FALSE };

  if (domains == NULL)
    return FALSE;
  objects = presync_probe_count (run, &objects_query, 0, presync_probe_counts_entry_cb, &suffixes,
                                 error);
  if (objects == NULL)
    return FALSE;
  people = presync_probe_count (run, &inetorgpersons_query, objects->count, NULL, NULL, error);
  if (people == NULL)
    return FALSE;
  presync_probe_counts_add (run, objects, objects, "domain.objects");
  presync_probe_counts_add (run, people, objects, "domain.inetorgpersons");
  presync_probe_counts_add_forest (run, objects, domains);
  presync_probe_counts_add_suffixes (run, objects, &suffixes);
  return TRUE;
}
