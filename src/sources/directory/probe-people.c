/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/account-state.h"
#include "sources/directory/membership.h"

#include <string.h>
#include <glib/gi18n.h>

/* An account of another forest is known here by its SID only; what it is in, is known. */
static gboolean
presync_probe_people_add_foreign (PresyncProbeRun *run, const PresyncHeads *heads, const char *role,
                                  const PresyncPrincipalFound *found, GError **error)
{
  static const char *const memberships[]
      = { "domain-admin", "enterprise-admin", "membership", "protected-user", "sids" };
  g_autoptr (GPtrArray) but = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *problem
      = g_strdup_printf (_ ("“%s” is an account of another forest; this one knows its memberships "
                            "only."),
                         found->principal->name);

  for (guint i = 0; i < G_N_ELEMENTS (memberships); i++)
    g_ptr_array_add (but, g_strconcat (role, ".", memberships[i], NULL));
  g_ptr_array_add (but, NULL);
  presync_account_add_unknown (run, role, (const char *const *) but->pdata, found->principal->name,
                               PRESYNC_UNKNOWN_NOT_OFFERED, problem, found->origin);
  return presync_membership_add_facts (run, heads, found->principal, role, error);
}

/* What is no "DOMAIN\\account", because that attribute is hidden, compares with nothing. */
static void
presync_probe_people_add_name (PresyncProbeRun *run, const char *role,
                               const PresyncPrincipalFound *found)
{
  const PresyncPrincipal *principal = found->principal;
  g_autofree char *key = g_strconcat (role, ".name", NULL);
  g_autofree char *problem = NULL;

  if (strchr (principal->name, '\\') != NULL)
    {
      presync_probe_add (
          run, presync_fact_new_text (key, principal->name, principal->name, found->origin));
      return;
    }
  problem = presync_probe_dup_hidden (run, "sAMAccountName", principal->dn);
  presync_probe_add (run, presync_fact_new_unknown (key, principal->name, PRESYNC_UNKNOWN_NO_RIGHT,
                                                    problem, found->origin));
}

static gboolean
presync_probe_people_add (PresyncProbeRun *run, const PresyncDomains *domains,
                          const PresyncHeads *heads, const char *role, const char *name,
                          GError **error)
{
  g_auto (PresyncPrincipalFound) found = { 0 };
  g_autofree char *exists = g_strconcat (role, ".exists", NULL);

  if (!presync_account_find (run, domains, role, name, TRUE, &found, error))
    return FALSE;
  if (found.principal == NULL)
    return TRUE;
  if (found.principal->kind == PRESYNC_PRINCIPAL_FOREIGN)
    return presync_probe_people_add_foreign (run, heads, role, &found, error);
  presync_probe_add (run,
                     presync_fact_new_boolean (exists, found.principal->name, TRUE, found.origin));
  presync_probe_people_add_name (run, role, &found);
  return presync_account_state_add_facts (run, found.principal, role, error)
         && presync_membership_add_facts (run, heads, found.principal, role, error);
}

gboolean
presync_probe_people (PresyncProbeRun *run, GError **error)
{
  static const char *const roles[] = { "cloud-admin", "connect-admin" };
  g_autoptr (PresyncDomains) domains = NULL;
  g_autoptr (PresyncHeads) heads = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const char *name = presync_accounts_get (run->accounts, roles[i]);

      if (name == NULL)
        continue;
      if (domains == NULL)
        domains = presync_domains_read (run, error);
      if (domains != NULL && heads == NULL)
        heads = presync_heads_read (run, error);
      if (heads == NULL || !presync_probe_people_add (run, domains, heads, roles[i], name, error))
        return FALSE;
    }
  return TRUE;
}
