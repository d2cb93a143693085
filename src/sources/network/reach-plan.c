/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-plan.h"

#include <string.h>
#include <glib/gi18n.h>

#include "facts/routable.h"
#include "sources/network/endpoint.h"

#define NAMES "names"
#define CONTROLLERS "controllers"
#define INTERNET "internet"
#define LISTS "lists"
#define FEDERATION "federation"

/* A port of every domain controller, or of those that are global catalogs; @features: planned
 * features that need it, %NULL: all do */
typedef struct
{
  guint16 port;
  const char *key;
  const char *features[3];
  gboolean catalogs;
} PresyncReachPort;

static const PresyncReachPort ports[] = {
  { 53, "network.dc-dns", { NULL } },
  { 88, "network.dc-kerberos", { NULL } },
  { 135, "network.dc-rpc", { NULL } },
  { 389, "network.dc-ldap", { NULL } },
  { 445, "network.dc-smb", { NULL } },
  { 3268, "network.dc-gc", { "provision-to-ad", "seamless-sso", NULL }, TRUE },
  { 5985, "network.dc-winrm", { "federation", NULL } },
  { 9389, "network.dc-adws", { "federation", NULL } },
};

/* One row that is being put together: an address may serve several keys. */
static void
presync_reach_plan_add_key (PresyncReach *row, const char *key)
{
  const char *const *keys = presync_reach_get_keys (row);
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) more = NULL;

  if (g_strv_contains (keys, key))
    return;
  builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **) keys);
  g_strv_builder_add (builder, key);
  more = g_strv_builder_end (builder);
  presync_reach_set_keys (row, (const char *const *) more);
}

/* What is planned so far; a large forest has thousands of rows. */
typedef struct
{
  GPtrArray *rows;
  GHashTable *by_name; /* group, port and subject -> (transfer none) row */
} PresyncReachPlan;

/* (transfer none): the row of @subject in @group, made if there is none */
static PresyncReach *
presync_reach_plan_add (PresyncReachPlan *plan, const char *key, const char *group,
                        const char *subject, const char *host, guint16 port, const char *stands_for)
{
  const char *const keys[] = { key, NULL };
  g_autofree char *name = g_strdup_printf ("%s\n%u\n%s", group, port, subject);
  PresyncReach *row = g_hash_table_lookup (plan->by_name, name);

  if (row != NULL)
    {
      presync_reach_plan_add_key (row, key);
      return row;
    }
  row = presync_reach_new (keys, group, subject, host, port, stands_for);
  g_ptr_array_add (plan->rows, row);
  g_hash_table_insert (plan->by_name, g_steal_pointer (&name), row);
  return row;
}

static PresyncReach *
presync_reach_plan_add_port (PresyncReachPlan *plan, const char *key, const char *group,
                             const char *host, guint16 port, const char *stands_for)
{
  g_autofree char *subject = g_strdup_printf ("%s:%u", host, port);

  return presync_reach_plan_add (plan, key, group, subject, host, port, stands_for);
}

/* What nobody can try: it is there all the same, so that its key is not met without it. */
static void
presync_reach_plan_add_obstacle (PresyncReachPlan *plan, const char *key, const char *group,
                                 const char *subject, const char *why)
{
  PresyncReach *row = presync_reach_plan_add (plan, key, group, subject, subject, 0, NULL);

  presync_reach_set_obstacle (row, why);
}

static void
presync_reach_plan_add_other_domains (PresyncReachPlan *plan, const PresyncNetworkTarget *target,
                                      const char *key, const char *group)
{
  if (target->domains_partial)
    presync_reach_plan_add_obstacle (
        plan, key, group, _ ("other domains"),
        _ ("Not all domains of the forest are known, so others could not be tried."));
}

static gboolean
presync_reach_plan_has (const PresyncNetworkTarget *target, const char *feature)
{
  return target->features != NULL
         && g_strv_contains ((const char *const *) target->features, feature);
}

static void
presync_reach_plan_add_names (PresyncReachPlan *plan, const PresyncNetworkTarget *target)
{
  static const char *const of_domain[] = { "_ldap._tcp.", "_ldap._tcp.dc._msdcs.",
                                           "_ldap._tcp.pdc._msdcs.", "_kerberos._tcp.dc._msdcs." };
  static const char *const of_forest[] = { "_ldap._tcp.gc._msdcs.", "_gc._tcp." };

  for (guint i = 0; target->domains != NULL && target->domains[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (of_domain); j++)
      {
        g_autofree char *record = g_strconcat (of_domain[j], target->domains[i], NULL);
        presync_reach_plan_add (plan, "network.srv-record", NAMES, record, record, 0, NULL);
      }
  presync_reach_plan_add_other_domains (plan, target, "network.srv-record", NAMES);
  for (gsize j = 0; target->forest != NULL && j < G_N_ELEMENTS (of_forest); j++)
    {
      g_autofree char *record = g_strconcat (of_forest[j], target->forest, NULL);
      presync_reach_plan_add (plan, "network.srv-record", NAMES, record, record, 0, NULL);
    }
  if (target->login_host != NULL)
    presync_reach_plan_add (plan, "network.internet-name", NAMES, target->login_host,
                            target->login_host, 0, NULL);
}

static gboolean
presync_reach_plan_needs_port (const PresyncNetworkTarget *target, const PresyncReachPort *port)
{
  gboolean needed = port->features[0] == NULL;

  for (guint i = 0; port->features[i] != NULL; i++)
    needed = needed || presync_reach_plan_has (target, port->features[i]);
  return needed;
}

/* A port of @hosts (nullable), and of those that are not tried or not known */
static void
presync_reach_plan_add_hosts (PresyncReachPlan *plan, const PresyncNetworkTarget *target,
                              const PresyncReachPort *port, char *const *hosts)
{
  guint n = hosts != NULL ? g_strv_length ((char **) hosts) : 0;
  guint tried = target->all_controllers ? n : MIN (n, PRESYNC_REACH_MAX_CONTROLLERS);
  g_autofree char *subject = NULL;
  g_autofree char *why = NULL;

  for (guint i = 0; i < tried; i++)
    presync_reach_plan_add_port (plan, port->key, CONTROLLERS, hosts[i], port->port, NULL);
  if (target->controllers_partial)
    presync_reach_plan_add_obstacle (
        plan, port->key, CONTROLLERS, _ ("other domain controllers"),
        _ ("Not all domain controllers of the forest are known, so others could not be tried."));
  else if (n > tried)
    {
      subject = g_strdup_printf (
          ngettext ("%u more domain controller", "%u more domain controllers", n - tried),
          n - tried);
      why = g_strdup_printf (_ ("At most %u domain controllers are tried in one check; try the "
                                "others by hand and answer."),
                             tried);
      presync_reach_plan_add_obstacle (plan, port->key, CONTROLLERS, subject, why);
    }
}

static void
presync_reach_plan_add_controllers (PresyncReachPlan *plan, const PresyncNetworkTarget *target)
{
  gboolean known = target->catalogs != NULL || target->controllers == NULL;

  for (guint i = 0; target->domains != NULL && target->domains[i] != NULL; i++)
    presync_reach_plan_add (plan, "network.domain-reached", CONTROLLERS, target->domains[i],
                            target->domains[i], 389, NULL);
  presync_reach_plan_add_other_domains (plan, target, "network.domain-reached", CONTROLLERS);
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    if (!presync_reach_plan_needs_port (target, &ports[i]))
      continue;
    else if (!ports[i].catalogs)
      presync_reach_plan_add_hosts (plan, target, &ports[i], target->controllers);
    else if (known)
      presync_reach_plan_add_hosts (plan, target, &ports[i], target->catalogs);
    else
      presync_reach_plan_add_obstacle (
          plan, ports[i].key, CONTROLLERS, _ ("global catalogs"),
          _ ("Which domain controllers are global catalogs is not known."));
}

/* The row of @endpoint; if its address carries the tenant's id and that is not known, nobody can
 * try it, and it has no name yet. */
static PresyncReach *
presync_reach_plan_add_endpoint (PresyncReachPlan *plan, const PresyncNetworkTarget *target,
                                 const char *group, const PresyncEndpoint *endpoint)
{
  g_auto (GStrv) parts = g_strsplit (endpoint->host, "{tenant}", 2);
  const char *id = target->tenant_id != NULL ? target->tenant_id : "…";
  g_autofree char *host = g_strjoinv (id, parts);
  g_autofree char *subject = NULL;
  PresyncReach *row;

  if (parts[1] == NULL || target->tenant_id != NULL)
    return presync_reach_plan_add_port (plan, endpoint->key, group, host, endpoint->port,
                                        endpoint->stands_for);
  /* TRANSLATORS: %s is an address without its first part, which is not known */
  subject = g_strdup_printf (_ ("the tenant’s own address (%s:%u)"), host, endpoint->port);
  row = presync_reach_plan_add (plan, endpoint->key, group, subject, host, endpoint->port,
                                endpoint->stands_for);
  presync_reach_set_obstacle (
      row,
      target->tenant_named
          ? _ ("The tenant’s own address was not tried, because it carries the tenant’s ID, which "
               "is not known: the tenant was named, but did not tell it. Look it up again (page "
               "Entra tenant), and check again.")
          : _ ("An address that carries the tenant’s ID was not tried: name your tenant first "
               "(page Entra tenant, or --tenant)."));
  return row;
}

static gboolean
presync_reach_plan_is_in_cloud (const PresyncEndpoint *endpoint, const char *cloud)
{
  g_auto (GStrv) clouds = g_strsplit (endpoint->clouds, " ", -1);

  return g_str_equal (endpoint->clouds, "*")
         || (cloud != NULL && g_strv_contains ((const char *const *) clouds, cloud));
}

static void
presync_reach_plan_add_endpoints (PresyncReachPlan *plan, const PresyncNetworkTarget *target,
                                  const char *group)
{
  gboolean lists = g_str_equal (group, LISTS);
  gsize n = 0;
  const PresyncEndpoint *endpoints = presync_endpoints (&n);

  if (!lists && target->login_host != NULL)
    presync_reach_plan_add_port (plan, "network.public-issuer", group, target->login_host, 443,
                                 NULL);
  for (gsize i = 0; i < n; i++)
    {
      const PresyncEndpoint *endpoint = &endpoints[i];
      PresyncReach *row;

      if ((endpoint->port == 80) != lists
          || !presync_reach_plan_is_in_cloud (endpoint, target->cloud)
          || (endpoint->feature != NULL && !presync_reach_plan_has (target, endpoint->feature)))
        continue;
      row = presync_reach_plan_add_endpoint (plan, target, group, endpoint);
      if (endpoint->stands_for != NULL)
        presync_reach_set_stands_for (row, endpoint->stands_for);
    }
}

/* (transfer full): @first: (nullable); then enterpriseregistration of every suffix (CN-PRE), but
 * for those that no public authority could put on a certificate, and under which nobody can
 * register a device. @suffixes: (nullable) */
static char **
presync_reach_plan_dup_names (const char *first, char **suffixes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (first != NULL)
    g_strv_builder_add (builder, first);
  for (guint i = 0; suffixes != NULL && suffixes[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (PRESYNC_REACH_REGISTRATION, suffixes[i], NULL);

      if (presync_is_routable (suffixes[i]))
        g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

/* AD FS: the service name, and those that registering devices needs */
static void
presync_reach_plan_want_names (PresyncReach *row, const PresyncNetworkTarget *target)
{
  g_auto (GStrv) names
      = presync_reach_plan_dup_names (target->federation->service, target->suffixes);
  g_auto (GStrv) offered = presync_reach_plan_dup_names (NULL, target->offered);

  presync_reach_set_wanted_names (row, (const char *const *) names);
  presync_reach_set_offered_names (row, (const char *const *) offered);
  presync_reach_set_wanted_partial (row, target->suffixes == NULL || target->suffixes_partial);
}

static void
presync_reach_plan_add_federation (PresyncReachPlan *plan, const PresyncNetworkTarget *target)
{
  static const char *const of_certificate[]
      = { "network.adfs-missing-names", "network.adfs-missing-registration", "network.adfs-valid",
          "network.adfs-self-signed", "network.adfs-chain" };
  const PresyncFederation *farm = target->federation;

  if (farm == NULL || !presync_reach_plan_has (target, "federation"))
    return;
  if (farm->service != NULL)
    {
      PresyncReach *row;

      presync_reach_plan_add (plan, "network.adfs-a-record", FEDERATION, farm->service,
                              farm->service, 0, NULL);
      row = presync_reach_plan_add_port (plan, "network.adfs-https", FEDERATION, farm->service, 443,
                                         NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (of_certificate); i++)
        presync_reach_plan_add_key (row, of_certificate[i]);
      presync_reach_plan_want_names (row, target);
      presync_reach_plan_add_port (plan, "network.adfs-certauth", FEDERATION, farm->service, 49443,
                                   NULL);
    }
  for (guint i = 0; farm->servers != NULL && farm->servers[i] != NULL; i++)
    presync_reach_plan_add_port (plan, "network.adfs-winrm", FEDERATION, farm->servers[i], 5985,
                                 NULL);
}

GPtrArray *
presync_reach_plan (const PresyncNetworkTarget *target)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PresyncReachPlan plan = { NULL, by_name };

  g_return_val_if_fail (target != NULL, NULL);
  plan.rows = g_ptr_array_new_with_free_func (g_object_unref);
  presync_reach_plan_add_names (&plan, target);
  presync_reach_plan_add_controllers (&plan, target);
  presync_reach_plan_add_endpoints (&plan, target, INTERNET);
  presync_reach_plan_add_endpoints (&plan, target, LISTS);
  presync_reach_plan_add_federation (&plan, target);
  return plan.rows;
}

/* Is @host right below @domain or anywhere below it? */
static gboolean
presync_reach_plan_is_below (const char *host, const char *domain)
{
  gsize host_length = strlen (host), length = strlen (domain);

  return host_length > length + 1 && host[host_length - length - 1] == '.'
         && g_ascii_strcasecmp (host + host_length - length, domain) == 0;
}

char **
presync_reach_plan_list_controllers (const PresyncNetworkTarget *target, const char *domain)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (target != NULL && domain != NULL, NULL);
  for (guint i = 0; target->controllers != NULL && target->controllers[i] != NULL; i++)
    {
      const char *host = target->controllers[i];
      gboolean own = presync_reach_plan_is_below (host, domain);

      for (guint j = 0; own && target->domains != NULL && target->domains[j] != NULL; j++)
        own = strlen (target->domains[j]) <= strlen (domain)
              || !presync_reach_plan_is_below (host, target->domains[j]);
      if (own)
        g_strv_builder_add (builder, host);
    }
  return g_strv_builder_end (builder);
}
