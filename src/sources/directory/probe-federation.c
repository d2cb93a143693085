/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/directory/filter.h"
#include "sources/directory/ldif-directory.h"

static const char *const attributes[]
    = { "objectClass",        "sAMAccountName",         "dNSHostName",
        "userAccountControl", "operatingSystemVersion", NULL };

/* (transfer full): computers of these names, of which presync_federation_set_names() takes so many
 * that a filter can hold them, and the controller's own object: if not even that comes, nothing may
 * be said about the absence of the others */
static char *
presync_probe_federation_dup_filter (const PresyncProbeRun *run)
{
  g_autoptr (GString) filter = g_string_new ("(&(objectCategory=computer)(|");
  const char *controller = run->forest->controller != NULL ? run->forest->controller : "";
  g_autofree char *own = presync_filter_escape (controller);

  for (guint i = 0; run->federation->servers[i] != NULL; i++)
    {
      const char *server = run->federation->servers[i];
      g_autofree char *host = presync_filter_escape (server);
      g_autofree char *label = g_strndup (server, strcspn (server, "."));
      g_autofree char *account = presync_filter_escape (label);

      g_string_append_printf (filter, "(dNSHostName=%s)(sAMAccountName=%s$)", host, account);
    }
  g_string_append_printf (filter, "(dNSHostName=%s)))", own);
  return g_string_free (g_steal_pointer (&filter), FALSE);
}

static void
presync_probe_federation_add_unknown (PresyncProbeRun *run, const PresyncProbeRead *read,
                                      const char *server, const char *detail)
{
  static const char *const keys[] = { "adfs.in-directory", "adfs.os-build" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    presync_probe_add (run, presync_fact_new_unknown (keys[i], server, PRESYNC_UNKNOWN_NOT_OFFERED,
                                                      detail, read->origin));
}

static gboolean
presync_probe_federation_not_recorded (const PresyncProbeRun *run, const char *server)
{
  return PRESYNC_IS_LDIF_DIRECTORY (run->directory)
         && !presync_ldif_directory_tells_of (PRESYNC_LDIF_DIRECTORY (run->directory), server);
}

/* @others: does any other computer show itself? */
static void
presync_probe_federation_add_missing (PresyncProbeRun *run, const PresyncProbeRead *read,
                                      const char *server, gboolean others)
{
  g_autofree char *detail = NULL;

  if (presync_probe_federation_not_recorded (run, server))
    {
      detail = g_strdup_printf (
          _ ("The snapshot %s does not hold “%s”: record it again with this name."),
          presync_directory_get_target (run->directory), server);
      presync_probe_federation_add_unknown (run, read, server, detail);
      return;
    }
  if (!others || !read->complete)
    {
      presync_probe_add_hidden (run, read, "adfs.in-directory", server, "computer", read->base);
      presync_probe_add_hidden (run, read, "adfs.os-build", server, "computer", read->base);
      return;
    }
  if (presync_probe_is_elsewhere (run, server))
    {
      detail = g_strdup_printf (_ ("The domain %s has no computer “%s”; other domains were not "
                                   "read."),
                                run->forest->domain, server);
      presync_probe_federation_add_unknown (run, read, server, detail);
      return;
    }
  detail = g_strdup_printf (_ ("The domain %s has no computer object for “%s”."),
                            run->forest->domain, server);
  presync_probe_add (run, presync_fact_new_boolean_because ("adfs.in-directory", server, FALSE,
                                                            detail, read->origin));
  presync_probe_add (run,
                     presync_fact_new_unknown ("adfs.os-build", server, PRESYNC_UNKNOWN_NOT_OFFERED,
                                               detail, read->origin));
}

static void
presync_probe_federation_add_found (PresyncProbeRun *run, const PresyncProbeRead *read,
                                    const char *server, const PresyncEntry *entry)
{
  const char *dn = presync_entry_get_dn (entry);
  g_autofree char *version = presync_entry_dup_text (entry, "operatingSystemVersion");
  gint64 build;

  presync_probe_add (run,
                     presync_fact_new_boolean ("adfs.in-directory", server, TRUE, read->origin));
  if (version == NULL)
    presync_probe_add_hidden (run, read, "adfs.os-build", server, "operatingSystemVersion", dn);
  else if (!presync_probe_parse_build (version, &build))
    presync_probe_add_malformed (run, read, "adfs.os-build", server, "operatingSystemVersion", dn);
  else
    presync_probe_add (run,
                       presync_fact_new_integer ("adfs.os-build", server, build, read->origin));
}

static void
presync_probe_federation_add (PresyncProbeRun *run, const PresyncProbeRead *read,
                              const char *server)
{
  const PresyncEntry *found = NULL;
  gboolean others = FALSE;

  for (guint i = 0; i < read->entries->len; i++)
    {
      const PresyncEntry *entry = g_ptr_array_index (read->entries, i);

      if (!presync_probe_is_computer (run, entry, server))
        others = TRUE;
      else if (found == NULL || presync_probe_is_disabled (found))
        found = entry;
    }
  if (found != NULL)
    presync_probe_federation_add_found (run, read, server, found);
  else
    presync_probe_federation_add_missing (run, read, server, others);
}

gboolean
presync_probe_federation (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) read = NULL;
  g_autofree char *filter = NULL;
  PresyncQuery query = { run->forest->domain_dn, PRESYNC_SCOPE_SUBTREE, NULL, attributes, 0, 0 };

  if (run->federation == NULL || run->federation->servers == NULL)
    return TRUE; /* nobody to say anything about */
  filter = presync_probe_federation_dup_filter (run);
  query.filter = filter;
  read = presync_probe_read_query (run, &query, error);
  if (read == NULL)
    return FALSE;
  for (guint i = 0; run->federation->servers[i] != NULL; i++)
    presync_probe_federation_add (run, read, run->federation->servers[i]);
  return TRUE;
}
