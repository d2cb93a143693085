/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/access.h"
#include "sources/directory/probe.h"

G_BEGIN_DECLS

/**
 * PresyncPrincipalKind: what class of object an account is
 */
typedef enum
{
  PRESYNC_PRINCIPAL_USER,
  PRESYNC_PRINCIPAL_INETORGPERSON,
  PRESYNC_PRINCIPAL_COMPUTER,
  PRESYNC_PRINCIPAL_SMSA,
  PRESYNC_PRINCIPAL_GMSA,
  PRESYNC_PRINCIPAL_GROUP,
  PRESYNC_PRINCIPAL_FOREIGN, /* a foreignSecurityPrincipal: an account of another forest */
  PRESYNC_PRINCIPAL_OTHER,
} PresyncPrincipalKind;

/**
 * PresyncPrincipal: an account of the directory. Plain data.
 * @name: for people: "CONTOSO\eadmin"
 * @class: ldapDisplayName of its most special class
 * @sid: "none" if it was not shown
 */
typedef struct
{
  char *dn;
  char *name;
  char *display_name; /* nullable */
  char *upn;          /* nullable */
  char *class;
  PresyncPrincipalKind kind;
  PresyncSid sid;
} PresyncPrincipal;

PresyncPrincipal *presync_principal_copy (const PresyncPrincipal *self);
void presync_principal_free (PresyncPrincipal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncPrincipal, presync_principal_free)

/**
 * presync_principal_find:
 * @name: as a person gave it: DN, UPN, DOMAIN\name, name (sAMAccountName, with or without "$"), SID
 * @forest: tells the domain; @netbios: (nullable): its NetBIOS name
 * @origin: (out) (transfer full): of the read that decided
 * @reason: (out): %PRESYNC_UNKNOWN_NONE if one object was found; %PRESYNC_UNKNOWN_NOT_OFFERED if
 *   there is none or it is of another domain, %PRESYNC_UNKNOWN_FAILED if there are two
 *
 * A gMSA is also found by its common name, as the agent's installer made it: "provAgentgMSA".
 * What a name means is decided by its form, never by trying all. Characters that mean something in
 * a filter or DN stand for themselves.
 *
 * Returns: (transfer full) (nullable): the one object of that name. %NULL and no @error: it is not
 *   there (@problem a sentence for people: not found in contoso.com; two objects have that name,
 *   with both DNs; EXAMPLE is no domain of this forest), or not readable. %NULL with an error only
 *   if the connection ends.
 */
PresyncPrincipal *presync_principal_find (PresyncDirectory *directory, const PresyncForest *forest,
                                          const char *netbios, const char *name,
                                          PresyncOrigin **origin, PresyncUnknown *reason,
                                          char **problem, GCancellable *cancellable,
                                          GError **error);

/**
 * presync_principal_read_token:
 * @token: (out) (transfer full): everything it acts with in this domain: its SID, tokenGroups (base
 *   read; primary and nested groups are in it), Everyone, Authenticated Users, and the groups that
 *   those two are in (Pre-Windows 2000 Compatible Access …); of a foreign principal the groups that
 *   its foreignSecurityPrincipal is in
 * @problem: (out) (nullable): why the memberships could not be read; @token is %NULL then: groups
 *   that are hidden are never taken for none
 *
 * Returns: %FALSE with an error only if the connection ends
 */
gboolean presync_principal_read_token (PresyncDirectory *directory, const PresyncForest *forest,
                                       const PresyncPrincipal *principal, PresyncToken **token,
                                       PresyncOrigin **origin, PresyncUnknown *reason,
                                       char **problem, GCancellable *cancellable, GError **error);

G_END_DECLS
