/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/account-role.h"

#include <glib/gi18n.h>

#define CLOUD PRESYNC_OPTION_CLOUD_SYNC
#define CONNECT PRESYNC_OPTION_CONNECT_SYNC

/* The accounts of the two options: Microsoft, "Prerequisites for Microsoft Entra Cloud Sync" and
 * "Microsoft Entra Connect: Accounts and permissions". */
static const PresyncAccountRole roles[] = {
  { "installer", CLOUD, N_ ("Domain or Enterprise administrator"),
    N_ ("Installs the agent: creates the gMSA, gives it its rights and adds the domain."),
    "cloud-admin", NULL },
  { "hybrid-admin", CLOUD, N_ ("Hybrid Identity Administrator"),
    N_ ("Registers the agent and configures Cloud Sync in the tenant."), "hybrid-admin", NULL },
  { "gmsa", CLOUD, N_ ("Group managed service account"),
    N_ ("The agent’s service runs as this account and reads and writes the directory with it."),
    "gmsa", "gmsa" },
  { "installer", CONNECT, N_ ("Enterprise administrator"),
    N_ ("Runs the wizard, which creates accounts in Active Directory and gives them rights."),
    "connect-admin", NULL },
  { "hybrid-admin", CONNECT, N_ ("Hybrid Identity Administrator"),
    N_ ("Connects the sync engine to the tenant and switches its features on."), "hybrid-admin",
    NULL },
  { "connector", CONNECT, N_ ("AD DS Connector account"),
    N_ ("Reads Active Directory and, for some features, writes to it."), "connector", "connector" },
  { "service", CONNECT, N_ ("ADSync service account"),
    N_ ("Runs the sync engine and opens its database."), "service", NULL },
  { "entra-connector", CONNECT, N_ ("Microsoft Entra Connector account"),
    N_ ("The sync engine writes to the tenant with it; the wizard creates it."), "entra-connector",
    NULL },
  { "sso", CONNECT, N_ ("Seamless single sign-on"),
    N_ ("A computer account in each forest, and the administrator who creates it."), NULL, NULL },
  { "adfs", CONNECT, N_ ("AD FS accounts"),
    N_ ("Administrators and a service account for the federation servers."), NULL, NULL },
};

const PresyncAccountRole *
presync_account_roles (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (roles);
  return roles;
}

const PresyncAccountRole *
presync_account_role_find (PresyncOption option, const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].option == option && g_str_equal (roles[i].id, id))
      return &roles[i];
  return NULL;
}
