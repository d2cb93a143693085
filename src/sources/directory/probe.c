/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include "sources/directory/dn.h"

#include <string.h>
#include <glib/gi18n.h>

#define MAX_KEYS 10
#define MAX_ROLES 3
#define DOMAIN_CONTROLLERS "OU=Domain Controllers"

/* @keys: of its facts; or @roles: the named accounts it looks at, prefixes of the keys of its facts
 * (the unit has no facts of its own), @rights: those that tell their rights, else the others. It
 * would make stairs of N_ (). */
/* clang-format off */
static const struct
{
  const char *title;
  gboolean (*run) (PresyncProbeRun *run, GError **error);
  const char *keys[MAX_KEYS];
  const char *roles[MAX_ROLES];
  gboolean rights;
} probes[PRESYNC_N_PROBES] = {
  [PRESYNC_PROBE_ROOT] = {
    N_ ("Reading the domain controller"), presync_probe_root,
    { "directory.product", "directory.writable", "domain.functional-level", NULL } },
  [PRESYNC_PROBE_SCHEMA] = {
    N_ ("Reading the schema"), presync_probe_schema,
    { "schema.version", "schema.gmsa-class", "schema.external-directory-object-id",
      "schema.exchange", NULL } },
  [PRESYNC_PROBE_PARTITIONS] = {
    N_ ("Reading the domains of the forest"), presync_probe_partitions,
    { "forest.functional-level", "forest.domains", "forest.upn-suffixes", "forest.recycle-bin",
      "domain.netbios-name", NULL } },
  [PRESYNC_PROBE_CONTROLLERS] = {
    N_ ("Reading the domain controllers"), presync_probe_controllers,
    { "domain.newest-controller-level", "domain.writable-controllers",
      "domain.read-only-controllers", "controller.os-build", "forest.domain-controllers",
      "forest.global-catalogs", NULL } },
  [PRESYNC_PROBE_KDS] = {
    N_ ("Looking for KDS root keys"), presync_probe_kds,
    { "forest.kds-root-keys", "forest.kds-root-key-created", NULL } },
  [PRESYNC_PROBE_ACCOUNTS] = {
    N_ ("Looking for service accounts"), presync_probe_accounts,
    { "domain.agent-gmsas", "domain.connect-accounts", NULL } },
  [PRESYNC_PROBE_SERVER] = {
    N_ ("Looking for the sync server"), presync_probe_server,
    { "server.in-directory", "server.domain-joined", "server.name", "server.domain",
      "server.domain-controller", "server.os", "server.os-build", "server.os-is-server",
      "server.laps", NULL } },
  [PRESYNC_PROBE_TRACES] = {
    N_ ("Looking for earlier synchronizations"), presync_probe_traces,
    { "domain.adsync-accounts", "domain.minimum-password-age", "forest.sso-account",
      "forest.sso-key-changed", "forest.join-tenant", "forest.join-domain", NULL } },
  [PRESYNC_PROBE_PEOPLE] = {
    N_ ("Reading who will install"), presync_probe_people,
    .roles = { "cloud-admin", "connect-admin" } },
  [PRESYNC_PROBE_SERVICES] = {
    N_ ("Reading the service accounts"), presync_probe_services,
    .roles = { "gmsa", "service" } },
  [PRESYNC_PROBE_CONNECTOR] = {
    N_ ("Reading the AD DS Connector account"), presync_probe_connector,
    .roles = { "connector" } },
  [PRESYNC_PROBE_RIGHTS] = {
    N_ ("Checking rights"), presync_probe_rights,
    .roles = { "connector", "gmsa", "group-unit" }, .rights = TRUE },
  [PRESYNC_PROBE_FEDERATION] = {
    N_ ("Looking for the AD FS servers"), presync_probe_federation,
    { "adfs.in-directory", "adfs.os-build", NULL } },
  [PRESYNC_PROBE_COUNTS] = {
    N_ ("Counting objects"), presync_probe_counts,
    { "forest.objects", "domain.objects", "domain.inetorgpersons", "domain.upn-suffixes-in-use",
      NULL } },
};
/* clang-format on */

GPtrArray *
presync_probe_run (PresyncProbe probe, PresyncDirectory *directory, const PresyncForest *forest,
                   const PresyncProbeSubjects *subjects, PresyncProbeProgress progress,
                   gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  PresyncProbeRun run = { 0 };

  g_return_val_if_fail (probe < PRESYNC_N_PROBES, NULL);
  g_return_val_if_fail (PRESYNC_IS_DIRECTORY (directory) && forest != NULL, NULL);
  g_return_val_if_fail (subjects != NULL, NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  run.directory = directory;
  run.forest = forest;
  run.sync_server = subjects->sync_server;
  run.accounts = subjects->accounts;
  run.federation = subjects->federation;
  run.progress = progress;
  run.user_data = user_data;
  run.cancellable = cancellable;
  run.facts = facts;
  if (!probes[probe].run (&run, error))
    return NULL;
  return g_steal_pointer (&facts);
}

const char *
presync_probe_title (PresyncProbe probe)
{
  g_return_val_if_fail (probe < PRESYNC_N_PROBES, NULL);
  return _ (probes[probe].title);
}

static gboolean
presync_probe_key_is_right (const PresyncFactKey *key)
{
  return key->format == PRESYNC_FORMAT_RIGHTS || key->format == PRESYNC_FORMAT_GAPS;
}

/* Adds the keys of the account @role that tell its rights, or the others. */
static void
presync_probe_add_role_keys (GPtrArray *found, const char *role, gboolean rights)
{
  gsize n;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  gsize length = strlen (role);

  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (keys[i].id, role) && keys[i].id[length] == '.'
        && presync_probe_key_is_right (&keys[i]) == rights)
      g_ptr_array_add (found, (gpointer) keys[i].id);
}

GPtrArray *
presync_probe_list_keys (PresyncProbe probe, const PresyncProbeSubjects *subjects)
{
  GPtrArray *keys = g_ptr_array_new ();

  g_return_val_if_fail (probe < PRESYNC_N_PROBES && subjects != NULL, keys);
  /* Nobody named a server to look for: no check would ever replace such facts. */
  if (probe == PRESYNC_PROBE_SERVER && subjects->sync_server == NULL)
    return keys;
  if (probe == PRESYNC_PROBE_FEDERATION
      && (subjects->federation == NULL || subjects->federation->servers == NULL))
    return keys;
  for (guint i = 0; i < MAX_KEYS && probes[probe].keys[i] != NULL; i++)
    g_ptr_array_add (keys, (gpointer) probes[probe].keys[i]);
  for (guint i = 0; i < MAX_ROLES && probes[probe].roles[i] != NULL; i++)
    if (presync_accounts_get (subjects->accounts, probes[probe].roles[i]) != NULL)
      presync_probe_add_role_keys (keys, probes[probe].roles[i], probes[probe].rights);
  return keys;
}

guint
presync_probe_list_idle (const PresyncProbeSubjects *subjects)
{
  guint idle = 0;

  g_return_val_if_fail (subjects != NULL, 0);
  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    {
      g_autoptr (GPtrArray) keys = presync_probe_list_keys ((PresyncProbe) probe, subjects);
      if (keys->len == 0)
        idle |= PRESYNC_PROBE_BIT (probe);
    }
  return idle;
}

guint
presync_probe_list_renamed (const PresyncProbeSubjects *before, const PresyncProbeSubjects *after)
{
  guint renamed = 0;

  g_return_val_if_fail (before != NULL && after != NULL, 0);
  if (!presync_federation_equal (before->federation, after->federation))
    renamed |= PRESYNC_PROBE_BIT (PRESYNC_PROBE_FEDERATION);
  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    for (guint i = 0; i < MAX_ROLES && probes[probe].roles[i] != NULL; i++)
      if (g_strcmp0 (presync_accounts_get (before->accounts, probes[probe].roles[i]),
                     presync_accounts_get (after->accounts, probes[probe].roles[i]))
          != 0)
        renamed |= PRESYNC_PROBE_BIT (probe);
  return renamed;
}

static void
presync_watch_free (PresyncWatch *watch)
{
  g_free (watch->base);
  g_free (watch);
}

static void
presync_probe_add_watch (GPtrArray *watches, const char *below, const char *top, PresyncScope scope,
                         guint set)
{
  PresyncWatch *watch = g_new0 (PresyncWatch, 1);

  watch->base = below == NULL ? g_strdup (top) : g_strconcat (below, ",", top, NULL);
  watch->scope = scope;
  watch->probes = set;
  g_ptr_array_add (watches, watch);
}

/* Microsoft advises against watching a whole naming context, since the server then tells of every
 * change in it. These two change seldom, and only so are the first KDS root key (its container may
 * not exist before it) and what was deleted told at once. The domain is watched in two places only.
 */
GPtrArray *
presync_probe_list_watches (const PresyncForest *forest)
{
  GPtrArray *watches = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_watch_free);

  g_return_val_if_fail (forest != NULL, watches);

  presync_probe_add_watch (watches, NULL, forest->configuration_dn, PRESYNC_SCOPE_SUBTREE,
                           PRESYNC_PROBE_BIT (PRESYNC_PROBE_PARTITIONS)
                               | PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS)
                               | PRESYNC_PROBE_BIT (PRESYNC_PROBE_KDS));
  presync_probe_add_watch (watches, NULL, forest->schema_dn, PRESYNC_SCOPE_SUBTREE,
                           PRESYNC_PROBE_BIT (PRESYNC_PROBE_SCHEMA));
  presync_probe_add_watch (watches, DOMAIN_CONTROLLERS, forest->domain_dn, PRESYNC_SCOPE_ONE_LEVEL,
                           PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS));
  /* Its security descriptor too: a right that is granted there is seen at once. */
  presync_probe_add_watch (watches, NULL, forest->domain_dn, PRESYNC_SCOPE_BASE,
                           PRESYNC_PROBE_BIT (PRESYNC_PROBE_ROOT)
                               | PRESYNC_PROBE_BIT (PRESYNC_PROBE_TRACES)
                               | PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS));
  return watches;
}

/* @below: (nullable); @key: of presync_dn_normalize() */
static gboolean
presync_probe_is_under (const char *key, const char *below, const char *top)
{
  g_autofree char *dn = below == NULL ? g_strdup (top) : g_strconcat (below, ",", top, NULL);
  g_autofree char *base = presync_dn_normalize (dn);

  return presync_dn_key_is_under (key, base);
}

guint
presync_probe_affected (const PresyncForest *forest, const char *dn)
{
  static const struct
  {
    const char *below;
    guint probes;
  } places[] = {
    /* Of a domain that is new the controllers are looked for too. */
    { "CN=Partitions", PRESYNC_PROBE_BIT (PRESYNC_PROBE_PARTITIONS)
                           | PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS) },
    { "CN=Sites", PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS) },
    { "CN=Group Key Distribution Service,CN=Services", PRESYNC_PROBE_BIT (PRESYNC_PROBE_KDS) },
    /* What a deleted object was, its new name does not tell. */
    { "CN=Deleted Objects", PRESYNC_PROBE_BIT (PRESYNC_PROBE_PARTITIONS)
                                | PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS)
                                | PRESYNC_PROBE_BIT (PRESYNC_PROBE_KDS) },
  };
  g_autofree char *key = NULL;
  guint affected = 0;

  g_return_val_if_fail (forest != NULL && dn != NULL, 0);

  key = presync_dn_normalize (dn);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (presync_probe_is_under (key, places[i].below, forest->configuration_dn))
      affected |= places[i].probes;
  if (presync_probe_is_under (key, NULL, forest->schema_dn))
    affected |= PRESYNC_PROBE_BIT (PRESYNC_PROBE_SCHEMA);
  if (presync_probe_is_under (key, DOMAIN_CONTROLLERS, forest->domain_dn))
    affected |= PRESYNC_PROBE_BIT (PRESYNC_PROBE_CONTROLLERS);
  if (presync_dn_equal (dn, forest->domain_dn))
    affected |= PRESYNC_PROBE_BIT (PRESYNC_PROBE_ROOT) | PRESYNC_PROBE_BIT (PRESYNC_PROBE_TRACES)
                | PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS);
  return affected;
}
