/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/domains.h"

#include "sources/directory/dn.h"

/* Only the crossRef of a domain has a NetBIOS name. */
static const PresyncProbeQuery domains_query = {
  PRESYNC_BASE_CONFIGURATION,
  "CN=Partitions",
  PRESYNC_SCOPE_SUBTREE,
  "(&(objectClass=crossRef)(nETBIOSName=*))",
  { "nETBIOSName", "dnsRoot", "nCName", NULL },
  0,
};

static void
presync_domain_free (PresyncDomain *domain)
{
  g_free (domain->dns);
  g_free (domain->netbios);
  g_free (domain);
}

void
presync_domains_free (PresyncDomains *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_object (&self->origin);
  g_free (self);
}

static void
presync_domains_add (PresyncDomains *self, const PresyncEntry *entry)
{
  PresyncDomain *own = self->list->pdata[0];
  g_autofree char *dns = presync_entry_dup_text (entry, "dnsRoot");
  g_autofree char *netbios = presync_entry_dup_text (entry, "nETBIOSName");
  g_autofree char *dn = presync_entry_dup_text (entry, "nCName");
  PresyncDomain *domain;

  if (dns == NULL && dn != NULL)
    dns = presync_dn_dup_domain (dn);
  if (dns == NULL || dns[0] == '\0')
    return;
  if (g_ascii_strcasecmp (dns, own->dns) == 0)
    {
      if (own->netbios == NULL)
        own->netbios = g_steal_pointer (&netbios);
      return;
    }
  domain = g_new0 (PresyncDomain, 1);
  domain->dns = g_steal_pointer (&dns);
  domain->netbios = g_steal_pointer (&netbios);
  g_ptr_array_add (self->list, domain);
}

PresyncDomains *
presync_domains_read (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &domains_query, error);
  g_autoptr (PresyncDomains) self = g_new0 (PresyncDomains, 1);
  PresyncDomain *own = g_new0 (PresyncDomain, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_domain_free);
  own->dns = g_strdup (run->forest->domain);
  g_ptr_array_add (self->list, own);
  if (read == NULL)
    return NULL;
  self->origin = g_object_ref (read->origin);
  for (guint i = 0; i < read->entries->len; i++)
    presync_domains_add (self, g_ptr_array_index (read->entries, i));
  /* A list without the domain that answers, or without the root, is not to be trusted. */
  self->whole = read->reason == PRESYNC_UNKNOWN_NONE && read->complete && own->netbios != NULL
                && presync_domains_find (self, run->forest->forest) != NULL;
  return g_steal_pointer (&self);
}

const PresyncDomain *
presync_domains_find (const PresyncDomains *self, const char *name)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const PresyncDomain *domain = self->list->pdata[i];

      if (g_ascii_strcasecmp (domain->dns, name) == 0
          || (domain->netbios != NULL && g_ascii_strcasecmp (domain->netbios, name) == 0))
        return domain;
    }
  return NULL;
}

const PresyncDomain *
presync_domains_own (const PresyncDomains *self)
{
  return self->list->pdata[0];
}

gboolean
presync_domains_is_only (const PresyncDomains *self)
{
  return self->whole && self->list->len == 1;
}
