/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include "sources/directory/dn.h"

#define RECYCLE_BIN                                                                                \
  "CN=Recycle Bin Feature,CN=Optional Features,CN=Directory Service,CN=Windows NT,CN=Services,"
/* systemFlags of a crossRef, [MS-ADTS] 2.2.10: naming context of this forest, and a domain */
#define FLAG_DOMAIN 3

static const PresyncProbeQuery partitions_query = {
  PRESYNC_BASE_CONFIGURATION,
  "CN=Partitions",
  PRESYNC_SCOPE_SUBTREE,
  "(|(objectClass=crossRefContainer)(objectClass=crossRef))",
  { "objectClass", "msDS-Behavior-Version", "msDS-EnabledFeature", "uPNSuffixes", "nETBIOSName",
    "dnsRoot", "nCName", "systemFlags", NULL },
  0,
};

static gboolean
presync_probe_partitions_is_domain (const PresyncEntry *entry)
{
  gint64 flags;

  if (presync_entry_get_values (entry, "nCName") == NULL)
    return FALSE;
  if (presync_entry_get_integer (entry, "systemFlags", &flags))
    return (flags & FLAG_DOMAIN) == FLAG_DOMAIN;
  return presync_entry_get_values (entry, "nETBIOSName") != NULL; /* only domains have one */
}

/* (transfer full): the domain's DNS name */
static char *
presync_probe_partitions_dup_domain (const PresyncEntry *entry)
{
  g_autofree char *name = presync_entry_dup_text (entry, "dnsRoot");
  g_autofree char *dn = presync_entry_dup_text (entry, "nCName");

  if (name != NULL && name[0] != '\0')
    return g_steal_pointer (&name);
  return presync_dn_dup_domain (dn == NULL ? "" : dn);
}

/* (transfer container): crossRefs of the forest's domains; empty if our own is not among them:
 * then the list is not to be trusted */
static GPtrArray *
presync_probe_partitions_list_domains (PresyncProbeRun *run, const PresyncProbeRead *read)
{
  GPtrArray *domains = g_ptr_array_new ();
  gboolean own = FALSE;

  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);
      g_autofree char *dn = presync_entry_dup_text (entry, "nCName");

      if (!presync_probe_partitions_is_domain (entry))
        continue;
      g_ptr_array_add (domains, entry);
      own = own || (dn != NULL && presync_dn_equal (dn, run->forest->domain_dn));
    }
  if (!own)
    g_ptr_array_set_size (domains, 0);
  return domains;
}

static void
presync_probe_partitions_add_domains (PresyncProbeRun *run, const PresyncProbeRead *read,
                                      GPtrArray *domains, GPtrArray *names)
{
  for (guint i = 0; i < domains->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (domains, i);
      g_autofree char *name = presync_probe_partitions_dup_domain (entry);
      g_autofree char *netbios = presync_entry_dup_text (entry, "nETBIOSName");
      const char *key = "domain.netbios-name";

      if (netbios != NULL && netbios[0] != '\0')
        presync_probe_add (run, presync_fact_new_text (key, name, netbios, read->origin));
      else
        presync_probe_add_hidden (run, read, key, name, "nETBIOSName",
                                  presync_entry_get_dn (entry));
      g_ptr_array_add (names, g_steal_pointer (&name));
    }
  if (domains->len == 0)
    {
      presync_probe_add_hidden (run, read, "forest.domains", run->forest->forest, "crossRef",
                                read->base);
      presync_probe_add_hidden (run, read, "domain.netbios-name", run->forest->domain,
                                "nETBIOSName", read->base);
      return;
    }
  presync_probe_add_list (run, read, "forest.domains", run->forest->forest, names);
}

static gboolean
presync_probe_partitions_has_name (GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (names, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* A domain's own DNS name is a suffix without being listed as one. */
static void
presync_probe_partitions_add_suffixes (PresyncProbeRun *run, const PresyncProbeRead *read,
                                       const PresyncEntry *container, GPtrArray *names)
{
  g_auto (GStrv) suffixes = presync_entry_dup_texts (container, "uPNSuffixes");

  for (guint i = 0; suffixes[i] != NULL; i++)
    if (!presync_probe_partitions_has_name (names, suffixes[i]))
      g_ptr_array_add (names, g_strdup (suffixes[i]));
  presync_probe_add_list (run, read, "forest.upn-suffixes", run->forest->forest, names);
}

static void
presync_probe_partitions_add_recycle_bin (PresyncProbeRun *run, const PresyncProbeRead *read,
                                          const PresyncEntry *container)
{
  g_auto (GStrv) features = presync_entry_dup_texts (container, "msDS-EnabledFeature");
  g_autofree char *bin = g_strconcat (RECYCLE_BIN, run->forest->configuration_dn, NULL);
  gboolean enabled = FALSE;

  for (guint i = 0; features[i] != NULL; i++)
    enabled = enabled || presync_dn_equal (features[i], bin);
  presync_probe_add (run, presync_fact_new_boolean ("forest.recycle-bin", run->forest->forest,
                                                    enabled, read->origin));
}

/* The container holds the level; the rootDSE repeats it, and some servers do so from their start
 * only. Absent in both is level 0 ([MS-ADTS] 3.1.1.3.2.27), if the container can be seen at all. */
static gboolean
presync_probe_partitions_add_level (PresyncProbeRun *run, const PresyncProbeRead *read,
                                    const PresyncEntry *container, GError **error)
{
  g_autoptr (PresyncProbeRead) root = NULL;
  PresyncEntry *entry;
  const char *key = "forest.functional-level";
  const char *subject = run->forest->forest;
  gint64 level = 0;

  if (container != NULL && presync_entry_get_integer (container, "msDS-Behavior-Version", &level))
    {
      presync_probe_add (run, presync_fact_new_integer (key, subject, level, read->origin));
      return TRUE;
    }
  root = presync_probe_read (run, &presync_probe_root_dse, error);
  if (root == NULL)
    return FALSE;
  entry = presync_probe_read_first (root);
  if (entry == NULL)
    presync_probe_add_hidden (run, root, key, subject, "forestFunctionality", "rootDSE");
  else if (presync_entry_get_values (entry, "forestFunctionality") == NULL
           && (container == NULL || presync_entry_get_values (container, "objectClass") == NULL))
    presync_probe_add_hidden (run, read, key, subject, "msDS-Behavior-Version", read->base);
  else if (presync_entry_get_values (entry, "forestFunctionality") != NULL
           && !presync_entry_get_integer (entry, "forestFunctionality", &level))
    presync_probe_add_malformed (run, root, key, subject, "forestFunctionality", "rootDSE");
  else
    presync_probe_add (run, presync_fact_new_integer (key, subject, level, root->origin));
  return TRUE;
}

gboolean
presync_probe_partitions (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &partitions_query, error);
  g_autoptr (GPtrArray) domains = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  PresyncEntry *container;
  gboolean visible;

  if (read == NULL)
    return FALSE;
  container = presync_probe_read_find (read, read->base);
  if (!presync_probe_partitions_add_level (run, read, container, error))
    return FALSE;
  domains = presync_probe_partitions_list_domains (run, read);
  presync_probe_partitions_add_domains (run, read, domains, names);
  /* Of an entry that shows its class, absent attributes are absent. */
  visible = container != NULL && presync_entry_get_values (container, "objectClass") != NULL;
  if (visible && domains->len > 0)
    presync_probe_partitions_add_suffixes (run, read, container, names);
  else
    presync_probe_add_hidden (run, read, "forest.upn-suffixes", run->forest->forest, "uPNSuffixes",
                              read->base);
  if (visible)
    presync_probe_partitions_add_recycle_bin (run, read, container);
  else
    presync_probe_add_hidden (run, read, "forest.recycle-bin", run->forest->forest,
                              "msDS-EnabledFeature", read->base);
  return TRUE;
}
