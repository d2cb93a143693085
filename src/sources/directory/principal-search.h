/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/domains.h"
#include "sources/directory/principal.h"

G_BEGIN_DECLS

/* What principal.c shares with the probes and the finder, beyond principal.h. */

/* What presync_principal_from_entry() looks at; a list of attributes begins with it. */
#define PRESYNC_PRINCIPAL_ATTRIBUTES                                                               \
  "objectClass", "objectSid", "sAMAccountName", "displayName", "userPrincipalName", "cn",          \
      "dNSHostName"

/**
 * PresyncPrincipalFound: what a name turned out to be
 * @principal: (nullable): NULL unless it is one object
 * @absent: there certainly is no such account, as an administrator signed in, who sees all of them;
 *   @reason and @problem are set as well
 * @reason, @problem: why there is no @principal; %PRESYNC_UNKNOWN_NOT_OFFERED if it does not exist
 *   or is not of this domain, %PRESYNC_UNKNOWN_FAILED if two objects have the name
 * @origin: of the read
 */
typedef struct
{
  PresyncPrincipal *principal;
  gboolean absent;
  PresyncUnknown reason;
  char *problem;
  PresyncOrigin *origin;
} PresyncPrincipalFound;

void presync_principal_found_clear (PresyncPrincipalFound *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncPrincipalFound, presync_principal_found_clear)

/**
 * presync_principal_search:
 * @found: (out): to be cleared by presync_principal_found_clear() on every path
 *
 * As presync_principal_find(), with domains that were read before.
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_principal_search (PresyncProbeRun *run, const PresyncDomains *domains,
                                   const char *name, PresyncPrincipalFound *found, GError **error);

/**
 * presync_principal_from_entry:
 * @domain: name of its domain for people, "CONTOSO"
 *
 * Returns: (transfer full): the account that @entry, read with %PRESYNC_PRINCIPAL_ATTRIBUTES, is
 */
PresyncPrincipal *presync_principal_from_entry (const PresyncEntry *entry, const char *domain);

/* (transfer none): the name of the domain that was asked, for people: "CONTOSO" */
const char *presync_domains_get_title (const PresyncDomains *domains);

/**
 * presync_principal_name_sids:
 * @sids: (element-type PresyncSid)
 * @names: (out) (transfer full) (element-type utf8): for each in its order, for people:
 *   "CONTOSO\\SYNC01$", "Authenticated Users"; the SID as text if nothing of that SID was found
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_principal_name_sids (PresyncProbeRun *run, const PresyncDomains *domains,
                                      GArray *sids, GPtrArray **names, GError **error);

/* (transfer full): (objectSid=…) of @n SIDs at once */
char *presync_principal_dup_sid_filter (const PresyncSid *sids, guint n);

/* SIDs or DNs in one filter; more are asked for in several reads */
#define PRESYNC_PRINCIPAL_BATCH 50

/* As presync_principal_read_token(), within a run */
gboolean presync_principal_search_token (PresyncProbeRun *run, const PresyncPrincipal *principal,
                                         PresyncToken **token, PresyncOrigin **origin,
                                         PresyncUnknown *reason, char **problem, GError **error);
/* The same without the groups that Everyone and Authenticated Users are in: these are no
 * administrators', and take reads of their own. */
gboolean presync_principal_search_own_token (PresyncProbeRun *run,
                                             const PresyncPrincipal *principal,
                                             PresyncToken **token, PresyncOrigin **origin,
                                             PresyncUnknown *reason, char **problem,
                                             GError **error);

G_END_DECLS
