/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/account-state.h"
#include "sources/directory/membership.h"

#define ROLE "connector"

/* The wizard of Connect Sync wants an ordinary user: no gMSA, sMSA or computer (Microsoft,
 * "Accounts and permissions"). */
static void
presync_probe_connector_add_class (PresyncProbeRun *run, const PresyncPrincipalFound *found)
{
  const PresyncPrincipal *principal = found->principal;

  if (principal->class[0] == '\0')
    {
      g_autofree char *problem = presync_probe_dup_hidden (run, "objectClass", principal->dn);

      presync_probe_add (run, presync_fact_new_unknown (ROLE ".class", principal->name,
                                                        PRESYNC_UNKNOWN_NO_RIGHT, problem,
                                                        found->origin));
      presync_probe_add (run, presync_fact_new_unknown (ROLE ".plain-user", principal->name,
                                                        PRESYNC_UNKNOWN_NO_RIGHT, problem,
                                                        found->origin));
      return;
    }
  presync_probe_add (
      run, presync_fact_new_text (ROLE ".class", principal->name, principal->class, found->origin));
  presync_probe_add (
      run, presync_fact_new_boolean (ROLE ".plain-user", principal->name,
                                     principal->kind == PRESYNC_PRINCIPAL_USER
                                         || principal->kind == PRESYNC_PRINCIPAL_INETORGPERSON,
                                     found->origin));
}

gboolean
presync_probe_connector (PresyncProbeRun *run, GError **error)
{
  const char *name = presync_accounts_get (run->accounts, ROLE);
  g_autoptr (PresyncDomains) domains = NULL;
  g_autoptr (PresyncHeads) heads = NULL;
  g_auto (PresyncPrincipalFound) found = { 0 };

  if (name == NULL)
    return TRUE;
  domains = presync_domains_read (run, error);
  if (domains == NULL || !presync_account_find (run, domains, ROLE, name, FALSE, &found, error))
    return FALSE;
  if (found.principal == NULL)
    return TRUE;
  heads = presync_heads_read (run, error);
  if (heads == NULL)
    return FALSE;
  presync_probe_add (
      run, presync_fact_new_boolean (ROLE ".exists", found.principal->name, TRUE, found.origin));
  presync_probe_connector_add_class (run, &found);
  return presync_account_state_add_facts (run, found.principal, ROLE, error)
         && presync_membership_add_facts (run, heads, found.principal, ROLE, error);
}
