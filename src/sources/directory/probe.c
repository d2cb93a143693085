/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include <glib/gi18n.h>

#define MAX_KEYS 8

static const struct
{
  const char *id;
  const char *title;
  gboolean (*run) (PresyncProbeRun *run, GError **error);
  const char *keys[MAX_KEYS];
} probes[PRESYNC_N_PROBES] = {
  [PRESYNC_PROBE_ROOT]
  = { "root",
      N_ ("Reading the domain controller"), presync_probe_root,
          { "directory.product", "directory.writable", "domain.functional-level", NULL } },
      [PRESYNC_PROBE_SCHEMA]
      = { "schema",
          N_ ("Reading the schema"), presync_probe_schema,
              { "schema.version", "schema.gmsa-class", "schema.external-directory-object-id",
                "schema.exchange", NULL } },
          [PRESYNC_PROBE_PARTITIONS]
          = { "partitions",
              N_ ("Reading the domains of the forest"), presync_probe_partitions,
                  { "forest.functional-level", "forest.domains", "forest.upn-suffixes",
                    "forest.recycle-bin", "domain.netbios-name", NULL } },
              [PRESYNC_PROBE_CONTROLLERS]
              = { "controllers",
                  N_ ("Reading the domain controllers"), presync_probe_controllers,
                      { "domain.newest-controller-level", "domain.writable-controllers",
                        "domain.read-only-controllers", "controller.os-build", NULL } },
                  [PRESYNC_PROBE_KDS]
                  = { "kds",
                      N_ ("Looking for KDS root keys"), presync_probe_kds,
                          { "forest.kds-root-keys", "forest.kds-root-key-created", NULL } },
                      [PRESYNC_PROBE_ACCOUNTS]
                      = { "accounts",
                          N_ ("Looking for service accounts"), presync_probe_accounts,
                              { "domain.agent-gmsas", "domain.connect-accounts", NULL } },
                          [PRESYNC_PROBE_SERVER]
                          = { "server",
                              N_ ("Looking for the sync server"), presync_probe_server,
                                  { "server.in-directory", "server.domain-joined",
                                    "server.domain-controller", "server.os", "server.os-build",
                                    "server.os-is-server", "server.laps", NULL } },
                              [PRESYNC_PROBE_COUNTS]
                              = { "counts",
                                  N_ ("Counting objects"), presync_probe_counts,
                                      { "forest.objects", "domain.objects", "domain.inetorgpersons",
                                        NULL } },
                              };

GPtrArray *
presync_probe_run (PresyncProbe probe, PresyncDirectory *directory, const PresyncForest *forest,
                   const char *sync_server, PresyncProbeProgress progress, gpointer user_data,
                   GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  PresyncProbeRun run = {
    directory, forest, sync_server, progress, user_data, cancellable, facts,
  };

  g_return_val_if_fail (probe < PRESYNC_N_PROBES, NULL);
  g_return_val_if_fail (PRESYNC_IS_DIRECTORY (directory) && forest != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!probes[probe].run (&run, error))
    return NULL;
  return g_steal_pointer (&facts);
}

const char *
presync_probe_id (PresyncProbe probe)
{
  g_return_val_if_fail (probe < PRESYNC_N_PROBES, NULL);
  return probes[probe].id;
}

const char *
presync_probe_title (PresyncProbe probe)
{
  g_return_val_if_fail (probe < PRESYNC_N_PROBES, NULL);
  return _ (probes[probe].title);
}

const char *const *
presync_probe_keys (PresyncProbe probe)
{
  g_return_val_if_fail (probe < PRESYNC_N_PROBES, NULL);
  return probes[probe].keys;
}

static void
presync_watch_free (PresyncWatch *watch)
{
  g_free (watch->base);
  g_free (watch);
}

/* @below: (nullable); @top: (nullable): then there is nothing to watch */
static void
presync_probe_add_watch (GPtrArray *watches, const char *below, const char *top, PresyncScope scope,
                         PresyncProbe probe)
{
  PresyncWatch *watch;

  if (top == NULL || top[0] == '\0')
    return;
  watch = g_new0 (PresyncWatch, 1);
  watch->base = below == NULL ? g_strdup (top) : g_strconcat (below, ",", top, NULL);
  watch->scope = scope;
  watch->probe = probe;
  g_ptr_array_add (watches, watch);
}

GPtrArray *
presync_probe_list_watches (const PresyncForest *forest, const char *sync_server_dn)
{
  GPtrArray *watches = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_watch_free);
  const char *configuration, *domain;

  g_return_val_if_fail (forest != NULL, watches);

  configuration = forest->configuration_dn;
  domain = forest->domain_dn;
  /* Pushed. One level means the children: CN=Partitions itself (level of the forest, suffixes,
   * recycle bin) is one of the first, its crossRefs (NetBIOS names) are the second. */
  presync_probe_add_watch (watches, NULL, configuration, PRESYNC_SCOPE_ONE_LEVEL,
                           PRESYNC_PROBE_PARTITIONS);
  presync_probe_add_watch (watches, "CN=Partitions", configuration, PRESYNC_SCOPE_ONE_LEVEL,
                           PRESYNC_PROBE_PARTITIONS);
  presync_probe_add_watch (watches,
                           "CN=Master Root Keys,CN=Group Key Distribution Service,CN=Services",
                           configuration, PRESYNC_SCOPE_ONE_LEVEL, PRESYNC_PROBE_KDS);
  presync_probe_add_watch (watches, "OU=Domain Controllers", domain, PRESYNC_SCOPE_ONE_LEVEL,
                           PRESYNC_PROBE_CONTROLLERS);
  presync_probe_add_watch (watches, NULL, forest->schema_dn, PRESYNC_SCOPE_ONE_LEVEL,
                           PRESYNC_PROBE_SCHEMA);
  /* Polled. */
  presync_probe_add_watch (watches, NULL, forest->schema_dn, PRESYNC_SCOPE_BASE,
                           PRESYNC_PROBE_SCHEMA);
  presync_probe_add_watch (watches, NULL, sync_server_dn, PRESYNC_SCOPE_BASE, PRESYNC_PROBE_SERVER);
  presync_probe_add_watch (watches, NULL, domain, PRESYNC_SCOPE_BASE, PRESYNC_PROBE_ROOT);
  presync_probe_add_watch (watches, NULL, forest->controller_dn, PRESYNC_SCOPE_BASE,
                           PRESYNC_PROBE_CONTROLLERS);
  presync_probe_add_watch (watches, "CN=Managed Service Accounts", domain, PRESYNC_SCOPE_ONE_LEVEL,
                           PRESYNC_PROBE_ACCOUNTS);
  return watches;
}
