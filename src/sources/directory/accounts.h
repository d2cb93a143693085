/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PresyncAccounts: the accounts that a person named. Plain data, copied between threads; no
 * secrets. Each name is a DN, UPN, DOMAIN\name, account name or SID as it was given; %NULL if none
 * was.
 *
 * @cloud_admin: who will install the provisioning agent
 * @connect_admin: who will run the wizard of Connect Sync
 * @hybrid_admin: the Hybrid Identity Administrator, a UPN of the tenant; not looked up in Active
 *   Directory
 * @gmsa: a gMSA of one's own for the agent; %NULL: the installer makes it
 * @connector: the AD DS Connector account of custom settings
 * @service: the ADSync service account: also "NT SERVICE\ADSync" (virtual) or ".\name" (local)
 * @entra_connector: the Microsoft Entra Connector identity, a UPN of the tenant; not looked up
 * @group_unit: DN of the organizational unit that group writeback writes to
 */
typedef struct
{
  char *cloud_admin;
  char *connect_admin;
  char *hybrid_admin;
  char *gmsa;
  char *connector;
  char *service;
  char *entra_connector;
  char *group_unit;
} PresyncAccounts;

#define PRESYNC_TYPE_ACCOUNTS (presync_accounts_get_type ())
GType presync_accounts_get_type (void);

PresyncAccounts *presync_accounts_new (void);
/* (nullable) */
PresyncAccounts *presync_accounts_copy (const PresyncAccounts *self);
void presync_accounts_free (PresyncAccounts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncAccounts, presync_accounts_free)
gboolean presync_accounts_equal (const PresyncAccounts *a, const PresyncAccounts *b);

/**
 * PresyncAccountField: one of the names
 * @id: "cloud-admin", …; the prefix of its facts' keys, the name of its setting, and with "--" its
 *   option on the command line
 * @offset: of the name in #PresyncAccounts
 */
typedef struct
{
  const char *id;
  gsize offset;
} PresyncAccountField;

/* (transfer none): all of them, in the order above; @n: (out) */
const PresyncAccountField *presync_account_fields (gsize *n);

/* (transfer none) (nullable): the name of the field @id */
const char *presync_accounts_get (const PresyncAccounts *self, const char *id);
/* @name: (nullable): surrounding white space is dropped, "" is none */
void presync_accounts_set (PresyncAccounts *self, const char *id, const char *name);

/* The virtual service account that the wizard of Connect Sync makes by default */
#define PRESYNC_VIRTUAL_SERVICE_ACCOUNT "NT SERVICE\\ADSync"

G_END_DECLS
