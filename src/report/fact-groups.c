/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/fact-groups.h"

#include <glib/gi18n.h>

static const char *const system_keys[] = {
  "server.name",
  "server.domain",
  "server.domain-joined",
  "server.domain-controller",
  "server.in-directory",
  "server.laps",
  "server.os",
  "server.os-build",
  "server.os-ubr",
  "server.os-is-server",
  "server.sku",
  "server.installation-type",
  "server.desktop-experience",
  "server.time-offset",
  NULL,
};
static const char *const hardware_keys[] = {
  "server.memory",    "server.cpu", "server.cpu-mhz",     "server.disk-size",
  "server.disk-free", "server.tpm", "server.tpm-version", NULL,
};
static const char *const runtime_keys[] = {
  "server.dotnet-release",
  "server.powershell-version",
  "server.rsat-powershell",
  "server.powershell-transcription",
  NULL,
};
static const char *const security_keys[] = {
  "server.credential-manager",   "server.ie-esc",
  "server.ntlm-outgoing",        "server.fips",
  "server.fips-exempt-agent",    "server.fips-exempt-sync",
  "server.dcom-descriptors",     "server.proxy-configured",
  "server.local-administrators", NULL,
};
static const char *const software_keys[] = {
  "server.agent-installed",
  "server.agent-version",
  "server.connect-installed",
  "server.connect-version",
  "server.software",
  "server.sql-drivers",
  NULL,
};
static const char *const engine_keys[] = {
  "sql.major-version", "sql.version",   "sql.edition",   "sql.engine-edition",
  "sql.on-windows",    "sql.clustered", "sql.always-on", NULL,
};
static const char *const connection_keys[] = {
  "sql.instance-found", "sql.transport", "sql.encrypted", "sql.tls12", "sql.certificate-trusted",
  "sql.login",          "sql.sysadmin",  "sql.rights",    NULL,
};
static const char *const database_keys[] = {
  "sql.collation",     "sql.adsync-database", "sql.adsync-size",       "sql.mirrored",
  "sql.other-engines", "sql.max-memory",      "sql.max-memory-capped", NULL,
};

static const char *const tenant_keys[] = {
  "tenant.exists",          "tenant.name",         "tenant.id",
  "tenant.cloud",           "tenant.kind",         "tenant.created",
  "tenant.premium-licence", "tenant.signed-in-as", NULL,
};
/* Whose each domain is stands in a table of its own. */
static const char *const domain_keys[] = {
  "tenant.custom-domain",       "tenant.verified-domains", "tenant.federated-domains",
  "tenant.unverified-suffixes", "tenant.foreign-suffixes", NULL,
};
static const char *const admin_keys[] = {
  "tenant.admin-exists",
  "tenant.admin-enabled",
  "tenant.admin-roles",
  "tenant.admin-eligible-roles",
  "tenant.admin-role",
  "tenant.admin-role-direct",
  "tenant.admin-role-eligible",
  "tenant.admin-guest",
  "tenant.admin-microsoft-account",
  "tenant.admin-synced",
  NULL,
};
static const char *const quota_keys[] = {
  "tenant.quota-used",
  "tenant.quota-total",
  "tenant.quota-left",
  NULL,
};
static const char *const sync_keys[] = {
  "tenant.active-sync",        "tenant.last-sync",          "tenant.sync-accounts",
  "tenant.soft-match-blocked", "tenant.hard-match-blocked", NULL,
};
static const char *const internet_keys[] = {
  "network.cloud-run",
  "network.cloud-registration",
  "network.cloud-lists",
  "network.connect-run",
  "network.connect-lists",
  "network.health",
  "network.pass-through",
  "network.seamless-sso",
  "network.mfa-site",
  "network.public-issuer",
  "network.issuer",
  "network.proxy",
  NULL,
};
static const char *const name_keys[] = {
  "network.internet-name",
  "network.srv-record",
  NULL,
};
static const char *const controller_keys[] = {
  "network.domain-reached", "network.dc-dns",
  "network.dc-kerberos",    "network.dc-rpc",
  "network.dc-ldap",        "network.dc-smb",
  "network.dc-gc",          "network.dc-winrm",
  "network.dc-adws",        NULL,
};
static const char *const federation_keys[] = {
  "network.adfs-a-record",
  "network.adfs-https",
  "network.adfs-certauth",
  "network.adfs-winrm",
  "network.adfs-valid",
  "network.adfs-self-signed",
  "network.adfs-chain",
  "network.adfs-missing-names",
  "network.adfs-missing-registration",
  NULL,
};

static const PresyncFactGroup server_groups[] = {
  { N_ ("System"), system_keys },
  { N_ ("Hardware"), hardware_keys },
  { N_ (".NET and PowerShell"), runtime_keys },
  { N_ ("Services and security"), security_keys },
  { N_ ("Software"), software_keys },
};

static const PresyncFactGroup sql_groups[] = {
  { N_ ("Engine"), engine_keys },
  { N_ ("Connection and rights"), connection_keys },
  { N_ ("Databases and memory"), database_keys },
};

static const PresyncFactGroup tenant_groups[] = {
  { N_ ("Tenant"), tenant_keys },        { N_ ("Domains and UPN suffixes"), domain_keys },
  { N_ ("Administrator"), admin_keys },  { N_ ("Quota"), quota_keys },
  { N_ ("Synchronization"), sync_keys },
};

static const PresyncFactGroup network_groups[] = {
  { N_ ("Internet"), internet_keys },
  { N_ ("Names"), name_keys },
  { N_ ("Domain controllers"), controller_keys },
  { N_ ("Federation"), federation_keys },
};

static const PresyncFactPair pairs[] = {
  { N_ ("PowerShell execution policy"),
    { { NULL, "server.execution-policy" } },
    "server.execution-policy-documented",
    "server.execution-policy-scopes" },
  { N_ ("TLS 1.2"),
    { { N_ ("Clients:"), "server.tls12-client" },
      { N_ ("Servers:"), "server.tls12-server" },
      { N_ ("Strong cryptography in .NET:"), "server.tls12-dotnet" } },
    "server.tls12-explicit",
    "server.tls12-values" },
};

const PresyncFactGroup *
presync_fact_groups (const char *subject, gsize *n)
{
  g_return_val_if_fail (subject != NULL && n != NULL, NULL);
  if (g_str_equal (subject, "sql"))
    {
      *n = G_N_ELEMENTS (sql_groups);
      return sql_groups;
    }
  if (g_str_equal (subject, "tenant"))
    {
      *n = G_N_ELEMENTS (tenant_groups);
      return tenant_groups;
    }
  if (g_str_equal (subject, "network"))
    {
      *n = G_N_ELEMENTS (network_groups);
      return network_groups;
    }
  *n = G_N_ELEMENTS (server_groups);
  return server_groups;
}

gboolean
presync_fact_groups_are_read (PresyncFactSet *facts, const char *subject)
{
  gsize n = 0;
  const PresyncFactGroup *groups;

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts) && subject != NULL, FALSE);
  groups = presync_fact_groups (subject, &n);
  for (gsize i = 0; i < n; i++)
    for (guint j = 0; groups[i].keys[j] != NULL; j++)
      if (presync_fact_set_lookup (facts, groups[i].keys[j]) != NULL)
        return TRUE;
  return FALSE;
}

const PresyncFactPair *
presync_fact_pairs (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (pairs);
  return pairs;
}

/* (nullable): why the one fact of @key is unknown; what is known may have a reason, too */
static const char *
presync_fact_get_one_reason (PresyncFactSet *set, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (set, key);

  if (facts == NULL || facts->len != 1
      || presync_fact_get_unknown (g_ptr_array_index (facts, 0)) == PRESYNC_UNKNOWN_NONE)
    return NULL;
  return presync_fact_get_detail (g_ptr_array_index (facts, 0));
}

GHashTable *
presync_fact_groups_list_reasons (PresyncFactSet *facts, const char *subject)
{
  GHashTable *reasons
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer keys;
  gsize n = 0;
  const PresyncFactGroup *groups = presync_fact_groups (subject, &n);

  for (gsize i = 0; i < n; i++)
    for (guint j = 0; groups[i].keys[j] != NULL; j++)
      {
        const char *reason = presync_fact_get_one_reason (facts, groups[i].keys[j]);
        GPtrArray *told = reason != NULL ? g_hash_table_lookup (reasons, reason) : NULL;

        if (reason == NULL)
          continue;
        if (told == NULL)
          {
            told = g_ptr_array_new ();
            g_hash_table_insert (reasons, (gpointer) reason, told);
          }
        g_ptr_array_add (told, (gpointer) presync_fact_key_find (groups[i].keys[j]));
      }
  g_hash_table_iter_init (&iter, reasons);
  while (g_hash_table_iter_next (&iter, NULL, &keys))
    if (((GPtrArray *) keys)->len < PRESYNC_FACT_SAME_REASON)
      g_hash_table_iter_remove (&iter);
  return reasons;
}

const char *
presync_fact_groups_get_reason (PresyncFactSet *facts, GHashTable *reasons, const char *key)
{
  const char *reason = presync_fact_get_one_reason (facts, key);

  return reason != NULL && g_hash_table_contains (reasons, reason) ? reason : NULL;
}

char *
presync_fact_groups_dup_labels (GPtrArray *keys)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            _ (((const PresyncFactKey *) g_ptr_array_index (keys, i))->label));
  return g_string_free (text, FALSE);
}

/* (transfer full): what is known, folded: texts that differ in case alone say the same */
static char *
presync_fact_dup_folded (PresyncFact *fact)
{
  g_autofree char *text = presync_fact_describe (fact);

  return g_utf8_casefold (text, -1);
}

static gboolean
presync_fact_is_told (GPtrArray *facts, const char *folded)
{
  for (guint i = 0; i < facts->len; i++)
    {
      g_autofree char *own = presync_fact_dup_folded (g_ptr_array_index (facts, i));

      if (g_str_equal (own, folded))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
presync_fact_list_others (PresyncFactSet *facts, const char *key)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  GPtrArray *layers;
  GPtrArray *best;

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts) && key != NULL, NULL);
  layers = presync_fact_set_list_layers (facts, key);
  best = presync_fact_set_lookup (facts, key);
  for (guint i = 0; layers != NULL && i < layers->len; i++)
    {
      GPtrArray *layer = g_ptr_array_index (layers, i);

      for (guint j = 0; layer != best && j < layer->len; j++)
        {
          PresyncFact *fact = g_ptr_array_index (layer, j);
          g_autofree char *folded = NULL;

          if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
            continue;
          folded = presync_fact_dup_folded (fact);
          if (!presync_fact_is_told (best, folded))
            g_ptr_array_add (others, fact);
        }
    }
  return g_steal_pointer (&others);
}
