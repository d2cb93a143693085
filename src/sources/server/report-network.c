/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/report-network.h"

#include <string.h>
#include <glib/gi18n.h>

#include "facts/cloud-title.h"
#include "sources/network/endpoint.h"
#include "sources/network/network-source.h"
#include "sources/network/reach-facts.h"
#include "sources/network/reach-plan.h"
#include "sources/server/reach-sentence.h"
#include "sources/server/report-items.h"

#define ROWS "networkProbes.rows"
#define FOREST_RECORD "_gc._tcp."
#define CATALOG_PORT 3268
/* Behind the tenant's id, in the one address that carries it */
#define TENANT_HOST ".registration.msappproxy.net"

/* What the script tried, and what there was to try. On the stack. */
typedef struct
{
  PresyncFactsReport *report;
  const PresyncNetworkTarget *wanted; /* nullable */
  PresyncNetworkTarget *target;       /* what the rows are planned for */
  GHashTable *rows;                   /* "kind subject" -> JsonNode */
  GHashTable *kinds;                  /* kinds that the file tells of, and "kind host" */
  char *cloud;
  gboolean forest_unread; /* the script does not know the forest's root */
} PresyncReportNetwork;

/* (transfer full) (nullable) */
static char *
presync_report_network_dup_text (JsonNode *row, const char *name)
{
  PresyncReading reading = presync_reading_get_member (row, name);

  return presync_reading_dup_text (&reading);
}

static guint16
presync_report_network_get_port (JsonNode *row)
{
  PresyncReading reading = presync_reading_get_member (row, "port");
  gint64 port = 0;

  return presync_reading_get_integer (&reading, &port) ? (guint16) port : 0;
}

/* (transfer full): names are the same in any case */
static char *
presync_report_network_dup_host (JsonNode *row)
{
  g_autofree char *host = presync_report_network_dup_text (row, "host");

  return g_ascii_strdown (host, -1);
}

/* (transfer full): what the row is found by */
static char *
presync_report_network_dup_id (const char *kind, const char *host, guint16 port)
{
  if (g_str_equal (kind, "sign-in"))
    kind = "address";
  if (port == 0 || g_str_equal (kind, "domain"))
    return g_strdup_printf ("%s %s", kind, host);
  return g_strdup_printf ("%s %s:%u", kind, host, port);
}

static void
presync_report_network_index (PresyncReportNetwork *self, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *row = json_array_get_element (array, i);
      g_autofree char *kind = presync_report_network_dup_text (row, "kind");
      g_autofree char *host = presync_report_network_dup_host (row);
      PresyncReading port = presync_reading_get_member (row, "port");

      /* Of which port it tells is not known: that is not “of all”. */
      if (port.state == PRESYNC_READING_FAILED)
        continue;
      g_hash_table_insert (
          self->rows,
          presync_report_network_dup_id (kind, host, presync_report_network_get_port (row)), row);
      g_hash_table_add (self->kinds, g_strdup (g_str_equal (kind, "sign-in") ? "address" : kind));
      g_hash_table_add (self->kinds, g_strdup_printf ("%s %s", kind, host));
    }
}

/* (transfer full) (nullable): @names and the hosts of rows of @kind, each once */
static char **
presync_report_network_list_hosts (JsonArray *array, const char *kind, char **names)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (hosts, g_ascii_strdown (names[i], -1));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *row = json_array_get_element (array, i);
      g_autofree char *text = presync_report_network_dup_text (row, "kind");
      g_autofree char *host = presync_report_network_dup_host (row);

      if (g_str_equal (text, kind)
          && !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_steal_pointer (&host));
    }
  if (hosts->len == 0)
    return NULL;
  g_ptr_array_add (hosts, NULL);
  return (char **) g_ptr_array_steal (hosts, NULL);
}

/* (transfer full) (nullable): what is left of the first host of @kind without @before or @after */
static char *
presync_report_network_find_part (JsonArray *array, const char *kind, const char *before,
                                  const char *after)
{
  g_auto (GStrv) hosts = presync_report_network_list_hosts (array, kind, NULL);

  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    if (g_str_has_prefix (hosts[i], before) && g_str_has_suffix (hosts[i], after))
      return g_strndup (hosts[i] + strlen (before),
                        strlen (hosts[i]) - strlen (before) - strlen (after));
  return NULL;
}

/* (transfer full): all that may be planned, if nobody says what is */
static char **
presync_report_network_list_features (void)
{
  static const char *const others[] = { "federation", "provision-to-ad", "seamless-sso", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gsize n = 0;
  const PresyncEndpoint *endpoints = presync_endpoints (&n);

  g_strv_builder_addv (builder, (const char **) others);
  for (gsize i = 0; i < n; i++)
    if (endpoints[i].feature != NULL)
      g_strv_builder_add (builder, endpoints[i].feature);
  return g_strv_builder_end (builder);
}

/* (transfer full) (nullable): the global catalogs that others know, and those controllers that only
 * the script knows and of which it tells as of one */
static char **
presync_report_network_list_catalogs (JsonArray *array, const PresyncNetworkTarget *wanted)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; wanted != NULL && wanted->catalogs != NULL && wanted->catalogs[i] != NULL; i++)
    g_ptr_array_add (hosts, g_ascii_strdown (wanted->catalogs[i], -1));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *row = json_array_get_element (array, i);
      g_autofree char *kind = presync_report_network_dup_text (row, "kind");
      g_autofree char *host = presync_report_network_dup_host (row);
      guint16 port = presync_report_network_get_port (row);
      gboolean known = wanted != NULL && wanted->catalogs != NULL && wanted->controllers != NULL
                       && g_strv_contains ((const char *const *) wanted->controllers, host);

      if (g_str_equal (kind, "controller") && !known && (port == 0 || port == CATALOG_PORT)
          && !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_steal_pointer (&host));
    }
  if (hosts->len == 0)
    return NULL;
  g_ptr_array_add (hosts, NULL);
  return (char **) g_ptr_array_steal (hosts, NULL);
}

/* Did a controller of every domain of the file answer? Then the file names all controllers. */
static gboolean
presync_report_network_found_controllers (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *row = json_array_get_element (array, i);
      g_autofree char *kind = presync_report_network_dup_text (row, "kind");
      g_autofree char *outcome = presync_report_network_dup_text (row, "outcome");

      if (g_str_equal (kind, "domain") && !g_str_equal (outcome, "reached"))
        return FALSE;
    }
  return TRUE;
}

/* The forest: what either the directory or the script knows of it */
static void
presync_report_network_set_forest (PresyncReportNetwork *self, JsonArray *array)
{
  const PresyncNetworkTarget *wanted = self->wanted;
  PresyncNetworkTarget *target = self->target;
  g_autofree char *forest = presync_report_network_find_part (array, "record", FOREST_RECORD, "");
  gboolean domains = wanted != NULL && wanted->domains != NULL && !wanted->domains_partial;
  gboolean controllers
      = wanted != NULL && wanted->controllers != NULL && !wanted->controllers_partial;
  char **names;

  /* Without the forest's root the script knew no more than the server's own domain. */
  self->forest_unread = forest == NULL;
  target->domains_partial = !domains && forest == NULL;
  target->controllers_partial
      = !controllers
        && (target->domains_partial || !presync_report_network_found_controllers (array));
  target->all_controllers = TRUE;
  if (target->forest == NULL)
    target->forest = g_steal_pointer (&forest);
  names = presync_report_network_list_hosts (array, "domain", target->domains);
  g_strfreev (target->domains);
  target->domains = names;
  names = presync_report_network_list_hosts (array, "controller", target->controllers);
  g_strfreev (target->controllers);
  target->controllers = names;
  names = presync_report_network_list_catalogs (array, wanted);
  g_strfreev (target->catalogs);
  target->catalogs = names;
}

/* AD FS: the service that somebody named, else the script's; and the servers of both */
static void
presync_report_network_set_federation (PresyncReportNetwork *self, JsonArray *array)
{
  PresyncNetworkTarget *target = self->target;
  char **servers;

  if (target->federation == NULL)
    target->federation = presync_federation_new ();
  if (target->federation->service == NULL)
    target->federation->service = presync_report_network_find_part (array, "federation", "", "");
  servers
      = presync_report_network_list_hosts (array, "federation-server", target->federation->servers);
  g_strfreev (target->federation->servers);
  target->federation->servers = servers;
}

/* What is to be told of: what others know of the forest and the tenant, and what the script found.
 * A name that only one of them knows counts too: nothing is met that was not tried. */
static void
presync_report_network_set_target (PresyncReportNetwork *self, JsonArray *array)
{
  const PresyncNetworkTarget *wanted = self->wanted;
  PresyncNetworkTarget *target
      = wanted != NULL ? presync_network_target_copy (wanted) : presync_network_target_new ();

  self->target = target;
  if (target->cloud == NULL)
    {
      g_free (target->login_host);
      target->cloud = g_strdup (self->cloud);
      target->login_host = presync_report_network_find_part (array, "sign-in", "", "");
    }
  if (target->tenant_id == NULL)
    target->tenant_id = presync_report_network_find_part (array, "address", "", TENANT_HOST);
  presync_report_network_set_forest (self, array);
  if (wanted == NULL)
    target->features = presync_report_network_list_features ();
  presync_report_network_set_federation (self, array);
}

/* What kind of row of the file tells of a planned one */
static const char *
presync_report_network_get_kind (PresyncReach *row)
{
  const char *const *keys = presync_reach_get_keys (row);
  const char *group = presync_reach_get_group (row);

  if (g_str_equal (group, "names"))
    return g_strv_contains (keys, "network.srv-record") ? "record" : "name";
  if (g_str_equal (group, "controllers"))
    return g_strv_contains (keys, "network.domain-reached") ? "domain" : "controller";
  if (g_str_equal (group, "federation"))
    return g_strv_contains (keys, "network.adfs-winrm") ? "federation-server" : "federation";
  return "address";
}

/* (transfer none) (nullable) */
static JsonNode *
presync_report_network_find (PresyncReportNetwork *self, PresyncReach *row)
{
  const char *kind = presync_report_network_get_kind (row);
  g_autofree char *host = g_ascii_strdown (presync_reach_get_host (row), -1);
  g_autofree char *id = presync_report_network_dup_id (kind, host, presync_reach_get_port (row));
  g_autofree char *all = NULL;
  JsonNode *found = g_hash_table_lookup (self->rows, id);

  if (found != NULL || !g_str_equal (kind, "controller"))
    return found;
  /* Without a port: what is true of all of them */
  all = presync_report_network_dup_id (kind, host, 0);
  return g_hash_table_lookup (self->rows, all);
}

/* (transfer full) (nullable) */
static GDateTime *
presync_report_network_dup_time (JsonNode *certificate, const char *name)
{
  g_autofree char *text = presync_report_network_dup_text (certificate, name);

  return text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

/* (transfer full) (nullable) */
static PresyncReachCertificate *
presync_report_network_read_certificate (JsonNode *row)
{
  PresyncReading reading = presync_reading_get_member (row, "certificate");
  PresyncReading names, flag;
  g_autoptr (GStrvBuilder) builder = NULL;
  PresyncReachCertificate *self;
  JsonArray *array;

  if (reading.state != PRESYNC_READING_VALUE)
    return NULL;
  self = presync_reach_certificate_new ();
  self->subject = presync_report_network_dup_text (reading.node, "subject");
  self->issuer = presync_report_network_dup_text (reading.node, "issuer");
  self->root = presync_report_network_dup_text (reading.node, "root");
  self->not_before = presync_report_network_dup_time (reading.node, "notBefore");
  self->not_after = presync_report_network_dup_time (reading.node, "notAfter");
  flag = presync_reading_get_member (reading.node, "selfSigned");
  self->have_self_signed = presync_reading_get_boolean (&flag, &self->self_signed);
  flag = presync_reading_get_member (reading.node, "trusted");
  self->have_trusted = presync_reading_get_boolean (&flag, &self->trusted);
  names = presync_reading_get_member (reading.node, "names");
  array = presync_reading_get_array (&names);
  if (array == NULL)
    return self;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *name = presync_reading_clean_text (json_array_get_string_element (array, i));
      g_strv_builder_add (builder, name);
    }
  self->names = g_strv_builder_end (builder);
  return self;
}

/* TLS was there, and only the request after it did not come to an end: not the port's fault */
static void
presync_report_network_mark_tls (PresyncReach *row, PresyncReachOutcome outcome, JsonNode *told)
{
  PresyncReading reading = presync_reading_get_member (told, "tls");
  gboolean tls = FALSE;
  gboolean proxy = presync_reach_get_proxy (row) != NULL;

  if (!presync_reading_get_boolean (&reading, &tls) || !tls
      || presync_reach_get_mark (row, PRESYNC_REACH_TLS) == PRESYNC_REACH_NONE
      || (outcome != PRESYNC_REACH_RESET && outcome != PRESYNC_REACH_SILENT
          && outcome != PRESYNC_REACH_NO_NETWORK))
    return;
  presync_reach_set_mark (row, PRESYNC_REACH_NAME, proxy ? PRESYNC_REACH_NONE : PRESYNC_REACH_GOOD);
  presync_reach_set_mark (row, PRESYNC_REACH_TCP, PRESYNC_REACH_GOOD);
  presync_reach_set_mark (row, PRESYNC_REACH_TLS, PRESYNC_REACH_GOOD);
}

static void
presync_report_network_end_row (PresyncReach *row, JsonNode *told)
{
  g_autofree char *id = presync_report_network_dup_text (told, "outcome");
  g_autofree char *detail = presync_report_network_dup_text (told, "detail");
  g_autofree char *proxy = presync_report_network_dup_text (told, "proxy");
  g_autoptr (PresyncReachCertificate) certificate = presync_report_network_read_certificate (told);
  PresyncReachOutcome outcome = PRESYNC_REACH_NOT_TRIED;
  g_autofree char *sentence = NULL;

  presync_reach_outcome_from_id (id, &outcome);
  presync_reach_set_certificate (row, certificate);
  presync_reach_set_proxy (row, proxy);
  presync_report_network_mark_tls (row, outcome, told);
  sentence = presync_reach_sentence_dup (row, outcome, detail);
  presync_reach_end (row, outcome, sentence);
}

/* (transfer full) (nullable): what the script is to be told, so that it tells of @row too */
static char *
presync_report_network_dup_switch (PresyncReportNetwork *self, PresyncReach *row, const char *kind)
{
  const PresyncFederation *farm = self->target->federation;
  g_autofree char *lower = g_ascii_strdown (presync_reach_get_host (row), -1);
  g_autofree char *id = g_strdup_printf ("%s %s", kind, lower);
  g_autofree char *servers = NULL;

  if (g_str_has_suffix (presync_reach_get_host (row), TENANT_HOST))
    return g_strdup_printf ("-Network -TenantId %s", self->target->tenant_id);
  /* It was told that name. */
  if (g_hash_table_contains (self->kinds, id))
    return NULL;
  if (g_str_equal (kind, "federation"))
    return g_strdup_printf ("-Network -FederationService %s", presync_reach_get_host (row));
  if (!g_str_equal (kind, "federation-server"))
    return NULL;
  servers = g_strjoinv (",", farm->servers);
  return g_strdup_printf ("-Network -FederationServer %s", servers);
}

/* (transfer full) (nullable): why the script, however new it is, does not tell of a domain or one
 * of its records */
static char *
presync_report_network_dup_no_domain (PresyncReportNetwork *self, PresyncReach *row)
{
  const char *name = presync_facts_report_get_name (self->report);
  const char *subject = presync_reach_get_subject (row);
  const char *host = presync_reach_get_host (row);
  const char *service = g_strrstr (host, "._");
  const char *domain = service != NULL ? strchr (service + 1, '.') + 1 : host;
  g_autofree char *lower = g_ascii_strdown (domain, -1);
  g_autofree char *id = presync_report_network_dup_id ("domain", lower, 0);

  if (!g_hash_table_contains (self->rows, id))
    return g_strdup_printf (
        /* Translators: a server, a domain or DNS record, a domain */
        _ ("The facts file of %s does not tell of %s: the script did not come across the domain %s "
           "in the forest. Try it by hand and answer."),
        name, subject, domain);
  if (!self->forest_unread
      || (!g_str_has_prefix (host, FOREST_RECORD) && strstr (host, ".gc._msdcs.") == NULL))
    return NULL;
  /* Translators: a server, a DNS record */
  return g_strdup_printf (_ ("The facts file of %s does not tell of %s: the script could not read "
                             "the forest. Try it by hand and answer."),
                          name, subject);
}

/* (transfer full) (nullable): why no newer script would tell of @row either */
static char *
presync_report_network_dup_unseen (PresyncReportNetwork *self, PresyncReach *row, const char *kind)
{
  guint16 port = presync_reach_get_port (row);
  g_autofree char *host = g_ascii_strdown (presync_reach_get_host (row), -1);
  g_autofree char *id = g_strdup_printf ("controller %s", host);

  if (g_str_equal (kind, "record") || g_str_equal (kind, "domain"))
    return presync_report_network_dup_no_domain (self, row);
  if (!g_str_equal (kind, "controller")
      || (port != CATALOG_PORT && g_hash_table_contains (self->kinds, id)))
    return NULL;
  /* Translators: a server, a domain controller and port */
  return g_strdup_printf (_ ("The facts file of %s does not tell of %s: the script did not come "
                             "across it in the SRV records of the forest. Try it by hand and "
                             "answer."),
                          presync_facts_report_get_name (self->report),
                          presync_reach_get_subject (row));
}

/* The script did not try it: it was told less, or did not see that it is there, or is older. */
static void
presync_report_network_end_untold (PresyncReportNetwork *self, PresyncReach *row)
{
  const char *name = presync_facts_report_get_name (self->report);
  const char *subject = presync_reach_get_subject (row);
  const char *kind = presync_report_network_get_kind (row);
  const char *cloud = self->target->cloud;
  g_autofree char *wanted = NULL;
  g_autofree char *text = NULL;

  if (presync_reach_get_obstacle (row) != NULL)
    {
      presync_reach_end (row, PRESYNC_REACH_NOT_TRIED, presync_reach_get_obstacle (row));
      return;
    }
  wanted = presync_report_network_dup_switch (self, row, kind);
  if (g_strcmp0 (cloud, self->cloud) != 0
      && (g_str_equal (kind, "address") || g_str_equal (kind, "name")))
    text = g_strdup_printf (
        /* Translators: a server, two clouds such as “US Government (L4)”, an address, a word of a
         * command */
        _ ("The facts file of %s tells of the addresses of %s. The tenant is in %s, and so %s is "
           "needed too; make the file again with “-Network -Cloud %s”."),
        name, presync_cloud_title (self->cloud), presync_cloud_title (cloud), subject, cloud);
  else if (wanted != NULL)
    /* Translators: a server, an address, words of a command */
    text
        = g_strdup_printf (_ ("The facts file of %s does not tell of %s; make it again with “%s”."),
                           name, subject, wanted);
  else
    text = presync_report_network_dup_unseen (self, row, kind);
  if (text == NULL)
    text = g_strdup_printf (_ ("The facts file of %s does not tell of %s; make it again with the "
                               "newest collector script."),
                            name, subject);
  presync_reach_end (row, PRESYNC_REACH_NOT_TRIED, text);
}

/* (transfer full): rows of the kinds that the file tells of, each ended */
static GPtrArray *
presync_report_network_end_rows (PresyncReportNetwork *self)
{
  g_autoptr (GPtrArray) planned = presync_reach_plan (self->target);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < planned->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (planned, i);
      JsonNode *told = presync_report_network_find (self, row);

      if (told != NULL)
        presync_report_network_end_row (row, told);
      else if (g_hash_table_contains (self->kinds, presync_report_network_get_kind (row)))
        presync_report_network_end_untold (self, row);
      else
        continue;
      g_ptr_array_add (rows, g_object_ref (row));
    }
  return rows;
}

/* The script was asked, and could not do it. */
static GPtrArray *
presync_report_network_list_unread (PresyncFactsReport *report, const PresyncReading *reading)
{
  PresyncReportItems items = { report, presync_facts_report_get_name (report), NULL };
  const char *const *keys = presync_network_fact_keys ();

  items.facts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; keys[i] != NULL; i++)
    if (presync_fact_key_find (keys[i])->type == PRESYNC_FACT_BOOLEAN)
      presync_report_items_add_unread (&items, keys[i], reading->path, reading);
  return items.facts;
}

GPtrArray *
presync_facts_report_list_network_facts (PresyncFactsReport *self,
                                         const PresyncNetworkTarget *target)
{
  PresyncReportNetwork network = { self, target, NULL, NULL, NULL, NULL, FALSE };
  PresyncReading reading, cloud;
  g_autoptr (GPtrArray) rows = NULL;
  GPtrArray *facts;
  JsonArray *array;

  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  reading = presync_facts_report_read (self, ROWS);
  cloud = presync_facts_report_read (self, "networkProbes.cloud");
  if (reading.state == PRESYNC_READING_FAILED)
    return presync_report_network_list_unread (self, &reading);
  array = presync_reading_get_array (&reading);
  if (array == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  network.cloud = presync_reading_dup_text (&cloud);
  if (network.cloud == NULL)
    network.cloud = g_strdup ("worldwide");
  network.rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  network.kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  presync_report_network_index (&network, array);
  presync_report_network_set_target (&network, array);
  rows = presync_report_network_end_rows (&network);
  facts = presync_reach_list_facts (rows, NULL, "server", presync_facts_report_get_path (self),
                                    presync_facts_report_get_collected (self));
  g_hash_table_unref (network.rows);
  g_hash_table_unref (network.kinds);
  presync_network_target_free (network.target);
  g_free (network.cloud);
  return facts;
}
