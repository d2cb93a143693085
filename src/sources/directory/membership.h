/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/principal-search.h"

G_BEGIN_DECLS

/**
 * PresyncHeads: the SIDs of the domain that was asked and of the forest's root. Plain data.
 * @domain, @root: "none" if they are not known
 * @problem: (nullable): why @domain is not known
 * @root_problem: (nullable): why @root is not known
 */
typedef struct
{
  PresyncSid domain;
  PresyncSid root;
  PresyncUnknown reason;
  char *problem;
  PresyncUnknown root_reason;
  char *root_problem;
} PresyncHeads;

/**
 * presync_heads_read:
 *
 * Returns: (transfer full): %NULL only with an error that ends the connection
 */
PresyncHeads *presync_heads_read (PresyncProbeRun *run, GError **error);
void presync_heads_free (PresyncHeads *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncHeads, presync_heads_free)

/**
 * presync_membership_add_facts:
 * @role: "cloud-admin", "connect-admin" or "connector"
 *
 * Adds ROLE.domain-admin, ROLE.enterprise-admin, ROLE.membership and, if there are such keys,
 * ROLE.protected-user and ROLE.sids of @principal, all from what it is really in, nested groups and
 * the primary one included.
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_membership_add_facts (PresyncProbeRun *run, const PresyncHeads *heads,
                                       const PresyncPrincipal *principal, const char *role,
                                       GError **error);

G_END_DECLS
