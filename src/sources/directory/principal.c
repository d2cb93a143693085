/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/principal-search.h"

#include "sources/directory/access-names.h"
#include "sources/directory/dn.h"

#include <string.h>

#define FOREIGN_CLASS "foreignSecurityPrincipal"

PresyncPrincipal *
presync_principal_copy (const PresyncPrincipal *self)
{
  PresyncPrincipal *copy;

  if (self == NULL)
    return NULL;
  copy = g_new0 (PresyncPrincipal, 1);
  copy->dn = g_strdup (self->dn);
  copy->name = g_strdup (self->name);
  copy->display_name = g_strdup (self->display_name);
  copy->upn = g_strdup (self->upn);
  copy->class = g_strdup (self->class);
  copy->kind = self->kind;
  copy->sid = self->sid;
  return copy;
}

void
presync_principal_free (PresyncPrincipal *self)
{
  if (self == NULL)
    return;
  g_free (self->dn);
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->upn);
  g_free (self->class);
  g_free (self);
}

/* The most special first: a gMSA is a computer, a computer is a user. */
static const struct
{
  const char *class;
  PresyncPrincipalKind kind;
} kinds[] = {
  { "msDS-GroupManagedServiceAccount", PRESYNC_PRINCIPAL_GMSA },
  { "msDS-ManagedServiceAccount", PRESYNC_PRINCIPAL_SMSA },
  { "computer", PRESYNC_PRINCIPAL_COMPUTER },
  { "inetOrgPerson", PRESYNC_PRINCIPAL_INETORGPERSON },
  { "user", PRESYNC_PRINCIPAL_USER },
  { "group", PRESYNC_PRINCIPAL_GROUP },
  { FOREIGN_CLASS, PRESYNC_PRINCIPAL_FOREIGN },
};

/* A class that is none of those (a customer's own, or one that is newer than Presync) is named as
 * it is, the last of its list ([MS-ADTS] 3.1.1.1.4), and counts as what it was derived from. */
static void
presync_principal_take_class (PresyncPrincipal *self, const PresyncEntry *entry)
{
  g_auto (GStrv) classes = presync_entry_dup_texts (entry, "objectClass");
  guint n = g_strv_length (classes);

  self->kind = PRESYNC_PRINCIPAL_OTHER;
  self->class = g_strdup (n == 0 ? "" : classes[n - 1]);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (!presync_entry_has_text (entry, "objectClass", kinds[i].class))
        continue;
      self->kind = kinds[i].kind;
      for (guint j = 0; j < G_N_ELEMENTS (kinds); j++)
        if (n > 0 && g_ascii_strcasecmp (self->class, kinds[j].class) == 0)
          {
            g_free (self->class);
            self->class = g_strdup (kinds[i].class);
            break;
          }
      return;
    }
}

/* (transfer full) */
static char *
presync_principal_dup_name (const PresyncPrincipal *self, const PresyncEntry *entry,
                            const char *domain)
{
  const char *known = self->sid.size == 0 ? NULL : presync_access_name_of_sid (&self->sid);
  g_autofree char *account = presync_entry_dup_text (entry, "sAMAccountName");
  g_autofree char *name = NULL;

  if (known != NULL)
    return g_strdup (known);
  if (self->kind == PRESYNC_PRINCIPAL_FOREIGN && self->sid.size > 0)
    return presync_sid_to_text (&self->sid);
  if (account != NULL && account[0] != '\0')
    return g_strconcat (domain, "\\", account, NULL);
  return presync_dn_dup_name (self->dn);
}

PresyncPrincipal *
presync_principal_from_entry (const PresyncEntry *entry, const char *domain)
{
  PresyncPrincipal *self = g_new0 (PresyncPrincipal, 1);
  GPtrArray *sid = presync_entry_get_values (entry, "objectSid");

  self->dn = g_strdup (presync_entry_get_dn (entry));
  presync_principal_take_class (self, entry);
  if (sid != NULL && sid->len > 0)
    presync_sid_from_bytes (g_ptr_array_index (sid, 0), &self->sid);
  /* Its name is its SID, whether or not that attribute is shown. */
  if (self->sid.size == 0 && self->kind == PRESYNC_PRINCIPAL_FOREIGN)
    {
      g_autofree char *name = presync_dn_dup_name (self->dn);
      presync_sid_parse (name, &self->sid);
    }
  self->display_name = presync_entry_dup_text (entry, "displayName");
  self->upn = presync_entry_dup_text (entry, "userPrincipalName");
  self->name = presync_principal_dup_name (self, entry, domain);
  return self;
}

char *
presync_principal_dup_sid_filter (const PresyncSid *sids, guint n)
{
  g_autoptr (GString) filter = g_string_new ("(|");

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *escaped = presync_sid_dup_filter (&sids[i]);
      g_string_append_printf (filter, "(objectSid=%s)", escaped);
    }
  g_string_append_c (filter, ')');
  return g_string_free (g_steal_pointer (&filter), FALSE);
}

/* Replaces the names in @names by those of the objects that have one of the SIDs. */
static gboolean
presync_principal_name_batch (PresyncProbeRun *run, const PresyncDomains *domains, GArray *sids,
                              GPtrArray *names, guint first, GError **error)
{
  static const char *const attributes[] = { PRESYNC_PRINCIPAL_ATTRIBUTES, NULL };
  guint n = MIN (sids->len - first, PRESYNC_PRINCIPAL_BATCH);
  g_autofree char *filter
      = presync_principal_dup_sid_filter (&g_array_index (sids, PresyncSid, first), n);
  PresyncQuery query = { run->forest->domain_dn, PRESYNC_SCOPE_SUBTREE, filter, attributes, 0, 0 };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (run, &query, error);

  if (read == NULL)
    return FALSE;
  for (guint i = 0; i < read->entries->len; i++)
    {
      g_autoptr (PresyncPrincipal) found = presync_principal_from_entry (
          g_ptr_array_index (read->entries, i), presync_domains_get_title (domains));

      for (guint j = first; j < first + n; j++)
        if (presync_sid_equal (&found->sid, &g_array_index (sids, PresyncSid, j)))
          {
            g_free (names->pdata[j]);
            names->pdata[j] = g_strdup (found->name);
          }
    }
  return TRUE;
}

gboolean
presync_principal_name_sids (PresyncProbeRun *run, const PresyncDomains *domains, GArray *sids,
                             GPtrArray **names, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  *names = NULL;
  for (guint i = 0; i < sids->len; i++)
    {
      const PresyncSid *sid = &g_array_index (sids, PresyncSid, i);
      const char *known = presync_access_name_of_sid (sid);
      g_ptr_array_add (list, known != NULL ? g_strdup (known) : presync_sid_to_text (sid));
    }
  for (guint first = 0; first < sids->len; first += PRESYNC_PRINCIPAL_BATCH)
    if (!presync_principal_name_batch (run, domains, sids, list, first, error))
      return FALSE;
  *names = g_steal_pointer (&list);
  return TRUE;
}

const char *
presync_domains_get_title (const PresyncDomains *domains)
{
  const PresyncDomain *own = presync_domains_own (domains);

  return own->netbios != NULL ? own->netbios : own->dns;
}

PresyncPrincipal *
presync_principal_find (PresyncDirectory *directory, const PresyncForest *forest,
                        const char *netbios, const char *name, PresyncOrigin **origin,
                        PresyncUnknown *reason, char **problem, GCancellable *cancellable,
                        GError **error)
{
  PresyncProbeRun run = { .directory = directory, .forest = forest, .cancellable = cancellable };
  g_auto (PresyncPrincipalFound) found = { 0 };
  g_autoptr (PresyncDomains) domains = NULL;

  *origin = NULL;
  *reason = PRESYNC_UNKNOWN_NONE;
  *problem = NULL;
  domains = presync_domains_read (&run, error);
  if (domains == NULL)
    return NULL;
  if (netbios != NULL && presync_domains_own (domains)->netbios == NULL)
    ((PresyncDomain *) domains->list->pdata[0])->netbios = g_strdup (netbios);
  if (!presync_principal_search (&run, domains, name, &found, error))
    return NULL;
  *origin = g_steal_pointer (&found.origin);
  *reason = found.reason;
  *problem = g_steal_pointer (&found.problem);
  return g_steal_pointer (&found.principal);
}
